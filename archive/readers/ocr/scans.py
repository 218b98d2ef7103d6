"""What becomes of a reading when OCR has read the pages that waited for it: pure, values in and values out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from archive.i18n import gettext as _
from archive.readers import outcome
from archive.records import Page, Reading, ReadingState, Source


def completed(reading: Reading, found: Mapping[int, Page], failed: Mapping[int, str]) -> Reading:
    """The reading with the pages that OCR `found` in their places; `failed` has the codes of why pages could not be
    read. Both go by page numbers from 1; what is in neither was not tried, being over the limit of pages."""
    new = {number: found[number] for number in reading.scans if number in found and found[number].text.strip()}
    pages = tuple(new.get(number, page) for number, page in enumerate(reading.pages, start=1))
    warnings = [*_gaps(reading.scans, found, failed), *_without_waiting(reading)]
    from_ocr = any(number <= len(pages) for number in new)
    if not from_ocr and not _stands_elsewhere(reading):
        return _nothing_found(reading, failed, warnings)
    return replace(
        reading,
        state=ReadingState.READ,
        pages=pages,
        source=Source.OCR if from_ocr else reading.source,
        confidence=outcome.overall(pages),
        warnings=tuple(warnings),
        scans=(),
    )


def _stands_elsewhere(reading: Reading) -> bool:
    """Whether there is a text on pages that waited for nothing. One on a page that waited was doubtful from the first:
    it stays where nothing better is found, but nothing may be judged on it alone."""
    waited = set(reading.scans)
    return any(page.text.strip() for number, page in enumerate(reading.pages, start=1) if number not in waited)


def _without_waiting(reading: Reading) -> list[tuple[str, str]]:
    """The warnings but for those that say that pages wait; `outcome.read` puts that one in front of its like."""
    warnings = [warning for warning in reading.warnings if warning[0] != "needs-ocr"]
    if reading.state is ReadingState.READ:
        waiting = next((warning for warning in warnings if warning[0] == "text-incomplete"), None)
        if waiting:
            warnings.remove(waiting)
    return warnings


def _gaps(scans: Sequence[int], found: Mapping[int, Page], failed: Mapping[int, str]) -> list[tuple[str, str]]:
    gaps = []
    if lost := [page for page in scans if page in failed]:
        words = _("page {pages}: the picture could not be read; scan it again straight and sharp")
        gaps.append(("text-incomplete", words.format(pages=outcome.numbers(lost))))
    if left := [page for page in scans if page not in failed and page not in found]:
        words = _("from page {page} on the pictures are not read: they are too many; hand them in as several files")
        gaps.append(("text-incomplete", words.format(page=left[0])))
    return gaps


def _nothing_found(reading: Reading, failed: Mapping[int, str], warnings: Sequence[tuple[str, str]]) -> Reading:
    """Of pages that could not be read nobody may say that they are blank."""
    words = _("no words were found in the picture; scan it again straight and sharp")
    code = next(iter(failed.values()), "empty")
    more = [warning for warning in warnings if warning[0] != "text-incomplete"]
    unread = outcome.unreadable(reading.format, code, words, more)
    return replace(unread, properties=reading.properties, signatures=reading.signatures, reader=reading.reader)
