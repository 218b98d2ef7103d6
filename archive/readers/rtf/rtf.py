"""RTF: headers first, then the body, then footers and notes, as for DOCX; hidden and deleted text is left out.

RTF has no password. Its old Vietnamese texts are bytes of Western fonts, converted with all others (legacy.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from archive.i18n import gettext as _
from archive.readers import outcome
from archive.readers.limits import ReadingLimits
from archive.readers.office import office
from archive.readers.office.layout import Layout, lines_of, without_page_numbers
from archive.readers.office.properties import shown
from archive.readers.quality import LEGACY_FONT
from archive.readers.rtf.rtf_parse import parse
from archive.readers.rtf.rtf_story import Parsed
from archive.records import Reading

_PROGRAM = re.compile(r"\s*(?:DDE(?:AUTO)?|INCLUDE(?:TEXT|PICTURE)?|LINK)\b", re.IGNORECASE)


def read_rtf(path: Path, limits: ReadingLimits) -> Reading:
    """The reading of an RTF; one that is cut off or over a limit is a state, not an error."""
    cap = limits.part_mb * 1024 * 1024
    with path.open("rb") as stream:
        data = stream.read(cap + 1)
    if len(data) > cap:
        words = _("the file is larger than {count} MB; save it without pictures or as PDF and drop it again")
        return outcome.unreadable("rtf", "over-limit", words.format(count=limits.part_mb))
    parsed = parse(data, limits.text_mb * 1024 * 1024)
    if not parsed.whole:
        return outcome.unreadable("rtf", "unreadable", _("the file is cut off; copy it again from the beginning"))
    layout = _laid_out(parsed, limits)
    warnings = list(_warnings(parsed, layout, limits))
    pages = layout.pages()
    if parsed.pictures and not any(page.strip() for page in pages):
        return office.pictures_only("rtf", warnings)
    return outcome.read(
        "rtf",
        pages,
        tables=layout.tables,
        warnings=warnings,
        properties=shown(parsed.words) | dict(_dates(parsed.dates)),
        legacy_font=any(map(LEGACY_FONT.search, parsed.fonts)),
    )


def _laid_out(parsed: Parsed, limits: ReadingLimits) -> Layout:
    layout = Layout(limits)
    _add_beside(layout, parsed, "header")
    layout.add(parsed.body)
    for kind in ("footer", "note"):
        _add_beside(layout, parsed, kind)
    return layout


def _add_beside(layout: Layout, parsed: Parsed, kind: str) -> None:
    """Stories beside the body. Headers and footers that sections repeat are given once."""
    blocks = [block for story in parsed.stories.get(kind, ()) for block in story]
    lines = lines_of(blocks)
    if kind != "note":
        lines = without_page_numbers(dict.fromkeys(lines))
    if lines:
        layout.add_lines(lines if kind == "header" else ["", *lines], blocks)


def _warnings(parsed: Parsed, layout: Layout, limits: ReadingLimits) -> Iterator[outcome.WarningPair]:
    if parsed.cut:
        yield "text-incomplete", _("the text is very long; only its beginning was read")
    if layout.cut:
        yield "text-incomplete", _("only the first {count} pages were read").format(count=limits.pages)
    if any(map(_PROGRAM.match, parsed.fields)):
        yield "active-content", _("the file takes text from other files or programs; they are never opened")
    yield from office.files_inside(parsed.objects)
    if parsed.hidden:
        yield "hidden-text", _("hidden text is left out, as it is on paper")


def _dates(dates: Mapping[str, Mapping[str, int]]) -> Iterator[tuple[str, str]]:
    for key, part in dates.items():
        if 1900 <= part.get("yr", 0) <= 9999 and 1 <= part.get("mo", 0) <= 12 and 1 <= part.get("dy", 0) <= 31:
            day = f"{part['yr']:04}-{part['mo']:02}-{part['dy']:02}"
            yield key, f"{day}T{part.get('hr', 0) % 24:02}:{part.get('min', 0) % 60:02}:00"
