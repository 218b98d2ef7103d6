"""DOC of Word 97 and later, and of Word 6 and 95: headers first, then the body, then all that stands beside it.

What the clerk's paper shows is what is read, as for DOCX: no deleted and no hidden text. List numbers that Word counts
itself stand nowhere in the file and are not made up.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from archive.i18n import gettext as _
from archive.readers import outcome, quality
from archive.readers.limits import ReadingLimits
from archive.readers.office.layout import Layout, lines_of, without_page_numbers
from archive.readers.office.office import pictures_only
from archive.readers.ole.doc_file import Encrypted, NotWord, WordFile
from archive.readers.ole.doc_story import blocks_of
from archive.readers.ole.ole import NotOle, Ole
from archive.readers.ole.ole_summary import summary
from archive.records import Reading

_HEADERS = (4, 1, 0)  # first page, odd, even; the same for footers
_FOOTERS = (5, 3, 2)
_BESIDE = ("footnotes", "endnotes", "boxes", "header_boxes", "comments")
_MACROS = frozenset({"Macros", "_VBA_PROJECT_CUR"})


def read_doc(path: Path, limits: ReadingLimits) -> Reading:
    """The reading of a DOC; a broken, cut or locked one is a state, not an error."""
    try:
        with path.open("rb") as stream:
            ole = Ole(stream)
            file = WordFile(ole, limits.text_mb * 1024 * 1024, limits.part_mb * 1024 * 1024)
            return _reading(file, ole, limits)
    except Encrypted:
        return outcome.locked("doc")
    except (NotOle, NotWord, struct.error):
        return outcome.damaged("doc")


def _reading(file: WordFile, ole: Ole, limits: ReadingLimits) -> Reading:
    layout = _laid_out(file, limits)
    pages = layout.pages()
    warnings = list(_warnings(file, ole, layout, limits))
    if file.has_pictures and not any(page.strip() for page in pages):
        return pictures_only("doc", warnings)
    return outcome.read(
        "doc",
        pages,
        tables=layout.tables,
        warnings=warnings,
        properties=summary(ole),
        legacy_font=_legacy_font(file),
    )


def _laid_out(file: WordFile, limits: ReadingLimits) -> Layout:
    layout = Layout(limits)
    _add_margins(file, layout, _HEADERS)
    layout.add(blocks_of(file, *file.story("body")))
    _add_margins(file, layout, _FOOTERS)
    for story in _BESIDE:
        blocks = blocks_of(file, *file.story(story))
        if lines := lines_of(blocks):
            layout.add_lines(["", *lines], blocks)
    return layout


def _add_margins(file: WordFile, layout: Layout, kinds: tuple[int, ...]) -> None:
    """Headers or footers, each line once: sections that only differ in their layout repeat them."""
    blocks = [
        block
        for _kind, start, end in sorted(
            (part for part in file.headers() if part[0] in kinds), key=lambda part: kinds.index(part[0])
        )
        for block in blocks_of(file, start, end)
    ]
    lines = without_page_numbers(dict.fromkeys(lines_of(blocks)))
    if lines:
        layout.add_lines(lines if kinds is _HEADERS else ["", *lines], blocks)


def _warnings(file: WordFile, ole: Ole, layout: Layout, limits: ReadingLimits) -> Iterator[outcome.WarningPair]:
    if file.cut:
        yield "text-incomplete", _("only the first {count} MB were read").format(count=limits.text_mb)
    if layout.cut:
        yield "text-incomplete", _("only the first {count} pages were read").format(count=limits.pages)
    if _MACROS & ole.names:
        yield "active-content", _("the file holds macros; they are kept and never run")
    if file.hid_text:
        yield "hidden-text", _("hidden text is left out, as it is on paper")


def _legacy_font(file: WordFile) -> bool:
    """Whether stretches of text are in an old font; or, where only styles name it, any while the letters look old."""
    if any(map(quality.LEGACY_FONT.search, file.fonts_used())):
        return True
    if not any(map(quality.LEGACY_FONT.search, file.fonts())):
        return False
    return quality.vote(file.text, 100_000).encoding != "unicode"
