"""How a reading comes out: every reader ends in one of these, so that the states mean the same for all formats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from archive.i18n import gettext as _
from archive.readers import quality
from archive.records import Page, Reading, ReadingState, Source, Table

READER_VERSION = "1"  # change it with anything that changes what is read: all documents are then read again

WarningPair = tuple[str, str]  # a code and a sentence, as in Reading.warnings


def unreadable(form: str, code: str, message: str, more: Iterable[WarningPair] = ()) -> Reading:
    """Broken, cut off, empty or over a limit."""
    return Reading(form, ReadingState.UNREADABLE, warnings=((code, message), *more), reader=READER_VERSION)


def locked(form: str) -> Reading:
    """Needs a password. It is never asked for: the clerk drops the file again without one."""
    words = _("the file needs a password; save it without one and drop it again")
    return Reading(form, ReadingState.LOCKED, warnings=(("locked", words),), reader=READER_VERSION)


def not_yet(form: str, code: str, message: str, more: Iterable[WarningPair] = (), encoding: str = "unicode") -> Reading:
    """Held safely, but this version cannot read it; a later one will."""
    return Reading(
        form, ReadingState.NOT_YET, encoding=encoding, warnings=((code, message), *more), reader=READER_VERSION
    )


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
) -> Reading:
    """A text, judged page by page. `pages` are raw: the vote on old encodings comes before they are tidied. A text in
    an old encoding, or one whose letters are mostly none, is not handed on: nothing may be judged on it."""
    warnings = list(warnings)
    if not any(text.strip() for text in pages):
        return unreadable(form, "empty", _("there is no text in the file"), warnings)
    old = quality.old_encoding("\n".join(pages), legacy_font)
    if old:
        return not_yet(form, "old-encoding", _old_words(old), warnings, old)
    kept = tuple(_page(text, sure) for text in pages)
    garbled = [number for number, page in enumerate(kept, start=1) if (page.confidence or 0) < quality.DOUBTFUL * sure]
    if garbled and len(garbled) * 2 > sum(1 for page in kept if page.text):
        return not_yet(form, "text-garbled", _garbled_words(garbled), warnings)
    if garbled:
        warnings.append(("text-garbled", _garbled_words(garbled)))
    return Reading(
        form,
        ReadingState.READ,
        pages=kept,
        tables=tuple(tables),
        source=Source.EMBEDDED,
        encoding=encoding,
        confidence=_overall(kept),
        warnings=tuple(warnings),
        properties=dict(properties or {}),
        reader=READER_VERSION,
    )


def numbers(pages: Sequence[int], at_most: int = 10) -> str:
    """Page numbers for a sentence: "2, 3, 7", cut short when there are many."""
    shown = ", ".join(str(page) for page in pages[:at_most])
    return f"{shown}, …" if len(pages) > at_most else shown


def _page(text: str, sure: float) -> Page:
    tidy = quality.tidy(text)
    return Page(tidy, Source.EMBEDDED if tidy else Source.NONE, round(quality.confidence(tidy) * sure, 2))


def _overall(pages: Sequence[Page]) -> float | None:
    """The mean of the pages, weighted by their length."""
    total = sum(len(page.text) for page in pages)
    if not total:
        return None
    return round(sum((page.confidence or 0) * len(page.text) for page in pages) / total, 2)


def _old_words(encoding: str) -> str:
    return _("the text is in the old encoding {encoding}; it cannot be read yet").format(encoding=encoding.upper())


def _garbled_words(pages: Sequence[int]) -> str:
    return _("the letters of page {pages} cannot be told from their codes").format(pages=numbers(pages))
