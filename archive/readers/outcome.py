"""How a reading comes out: every reader ends in one of these, so that the states mean the same for all formats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from archive.i18n import gettext as _
from archive.readers import legacy, quality
from archive.records import Page, Reading, ReadingState, Source, Table

READER_VERSION = "2"  # change it with anything that changes what is read: all documents are then read again

_LOST = frozenset({"text-incomplete", "over-limit"})  # no text was found, but not because there is none

WarningPair = tuple[str, str]  # a code and a sentence, as in Reading.warnings


def unreadable(form: str, code: str, message: str, more: Iterable[WarningPair] = ()) -> Reading:
    """Broken, cut off, empty or over a limit."""
    return Reading(form, ReadingState.UNREADABLE, warnings=((code, message), *more), reader=READER_VERSION)


def damaged(form: str) -> Reading:
    """Broken or cut off, and nothing more can be told."""
    return unreadable(form, "unreadable", _("the file is damaged; save it again and drop it again"))


def locked(form: str) -> Reading:
    """Needs a password. It is never asked for: the clerk drops the file again without one."""
    words = _("the file needs a password; save it without one and drop it again")
    return Reading(form, ReadingState.LOCKED, warnings=(("locked", words),), reader=READER_VERSION)


def not_yet(form: str, code: str, message: str, more: Iterable[WarningPair] = ()) -> Reading:
    """Held safely, but this version cannot read it; a later one will."""
    return Reading(form, ReadingState.NOT_YET, warnings=((code, message), *more), reader=READER_VERSION)


def read(
    form: str,
    pages: Sequence[str],
    *,
    tables: Sequence[Table] = (),
    warnings: Iterable[WarningPair] = (),
    properties: Mapping[str, str] | None = None,
    legacy_font: bool = False,
    sure: float = 1.0,
    encoding: str = "unicode",
    scans: Sequence[int] = (),
) -> Reading:
    """A text, judged page by page. Pages, cells and properties are raw: the vote on old encodings, and the conversion
    of what is in one, come before they are tidied here. A text whose letters are mostly none is not handed on: nothing
    may be judged on it. `scans` are the pages, from 1, that wait for OCR; a text that stands on no other page is not
    judged on either. `legacy_font`: a font of an old encoding is in use; `sure` is 1.0, or less for a guess."""
    pages = [quality.without_piles(text) for text in pages]
    converter = legacy.find(pages, legacy_font)
    raw = Reading(
        form,
        ReadingState.READ,
        tables=_tables(tables, converter),
        encoding=converter.encoding if converter else encoding,
        properties={key: _property(value, converter) for key, value in (properties or {}).items()},
        reader=READER_VERSION,
        scans=tuple(sorted(set(scans))),
    )
    kept = tuple(_page(text, converter, sure) for text in pages)
    return _judged(raw, kept, list(warnings), sure)


def _judged(raw: Reading, pages: tuple[Page, ...], warnings: list[WarningPair], sure: float) -> Reading:
    """The reading with its pages, or the state that says why nothing may be judged on them."""
    if raw.scans and not any(page.text.strip() for number, page in enumerate(pages, 1) if number not in raw.scans):
        words = _("the pages are pictures; their text is not recognised yet")
        needs = (("needs-ocr", words), *warnings)
        return replace(raw, state=ReadingState.NOT_YET, pages=pages, tables=(), warnings=needs)
    if not any(page.text.strip() for page in pages):
        lost = [pair for pair in warnings if pair[0] in _LOST]
        if not lost:
            return unreadable(raw.format, "empty", _("there is no text in the file"), warnings)
        return unreadable(raw.format, *lost[0], [pair for pair in warnings if pair is not lost[0]])
    settled = [(number, page) for number, page in enumerate(pages, start=1) if number not in raw.scans]
    garbled = [number for number, page in settled if (page.confidence or 0) < quality.DOUBTFUL * sure]
    if garbled and len(garbled) * 2 > sum(1 for _number, page in settled if page.text):
        return not_yet(raw.format, "text-garbled", _garbled_words(garbled), warnings)
    if garbled:
        warnings.append(("text-garbled", _garbled_words(garbled)))
    if raw.encoding in legacy.ENCODINGS:
        warnings.append(("old-encoding", _old_words(raw.encoding)))
    if raw.scans:
        warnings.insert(0, ("text-incomplete", _waiting_words(raw.scans)))
    source = Source.CONVERTED if raw.encoding in legacy.ENCODINGS else Source.EMBEDDED
    return replace(raw, pages=pages, source=source, confidence=overall(pages), warnings=tuple(warnings))


def numbers(pages: Sequence[int], at_most: int = 10) -> str:
    """Page numbers for a sentence: "2, 3, 7", cut short when there are many."""
    shown = ", ".join(str(page) for page in pages[:at_most])
    return f"{shown}, …" if len(pages) > at_most else shown


def _waiting_words(scans: Sequence[int]) -> str:
    return _("page {pages}: a picture whose text is not recognised yet").format(pages=numbers(scans))


def _page(text: str, converter: legacy.Converter | None, sure: float) -> Page:
    converted = converter.text(text) if converter else text
    tidy = quality.tidy(converted)
    source = Source.CONVERTED if converted != text else Source.EMBEDDED
    return Page(tidy, source if tidy else Source.NONE, round(quality.confidence(tidy) * sure, 2))


def _tables(tables: Iterable[Table], converter: legacy.Converter | None) -> tuple[Table, ...]:
    @lru_cache(maxsize=10_000)  # cells say the same over and over
    def cell(text: str) -> str:
        text = quality.without_piles(text)
        return quality.tidy(converter.text(text) if converter else text)

    return tuple(Table(table.page, tuple(tuple(map(cell, row)) for row in table.rows)) for table in tables)


def _property(value: str, converter: legacy.Converter | None) -> str:
    """A title or a name has a vote of its own: it may be older than the text, or younger."""
    value = quality.without_piles(value)
    own = legacy.find((value,), legacy_font=False)
    if own:
        value = own.text(value)
    elif converter:
        value = converter.property(value)
    return quality.tidy(value)


def overall(pages: Sequence[Page]) -> float | None:
    """The mean of the pages, weighted by their length."""
    total = sum(len(page.text) for page in pages)
    if not total:
        return None
    return round(sum((page.confidence or 0) * len(page.text) for page in pages) / total, 2)


def _old_words(encoding: str) -> str:
    words = _("the text was in the old encoding {encoding} and was converted for reading; the file is kept as it was")
    return words.format(encoding=encoding.upper())


def _garbled_words(pages: Sequence[int]) -> str:
    return _("the letters of page {pages} cannot be told from their codes").format(pages=numbers(pages))
