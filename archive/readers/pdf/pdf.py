"""PDF: text by pdfium, page by page; qpdf for what else is in it and for repairs; pypdf as second reader.

A page without words is not a blank page until that is shown: it may be a scan, which waits for OCR, or its content may
be beyond a limit, which pypdf and pdfium both pass over in silence. What becomes of a page's text, pdf_gate says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium2
import pypdfium2.raw as pdfium
from pypdf import PdfReader

from archive.i18n import gettext as _
from archive.readers import budget, outcome
from archive.readers.limits import ReadingLimits
from archive.readers.pdf import pdf_inside, pdf_page, pdf_repair, pdf_signatures
from archive.readers.pdf.pdf_gate import Treatment
from archive.readers.pdf.pdf_inside import Inside
from archive.readers.pdf.pdf_limits import Guard, Trouble, bound
from archive.records import Reading

_ANSWER_IN = 0.1  # share of the time kept to answer in, when pages are many and slow


@dataclass(slots=True)
class _Pages:
    """Texts in order, the pages (from 1) that need something or lack it, and what the file tells of itself."""

    texts: list[str] = field(default_factory=list)
    scans: list[int] = field(default_factory=list)
    doubtful: list[int] = field(default_factory=list)
    empty: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    count: int = 0
    legacy_font: bool = False
    lacks: bool = False
    info: dict[str, str] = field(default_factory=dict)
    inside: Inside = field(default_factory=Inside)
    troubles: dict[int, Trouble] = field(default_factory=dict)


def read_pdf(path: Path, limits: ReadingLimits) -> Reading:
    """The reading of a PDF; a broken or locked one is a state, not an error."""
    cut = pdf_repair.cut_off(path)
    try:
        pages = _mended(path, limits) if cut else _by_pdfium(path, limits) or _otherwise(path, limits)
    except pdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD and pdf_repair.says_encrypted(path):
            return outcome.locked("pdf")
        pages = None if cut else _otherwise(path, limits)
    if pages is None or (cut and (pages.lacks or pages.failed)):
        words = _("the file is cut off") if cut else _("the file is damaged")
        return outcome.unreadable("pdf", "unreadable", _("{what}; save it again and drop it again").format(what=words))
    return _with_signatures(path, pages, _answer(path, pages, limits))


def _by_pdfium(source: Path | bytes, limits: ReadingLimits) -> _Pages | None:
    """All pages; None when there are none, or qpdf cannot say what is in them. `PdfiumError` when it does not open."""
    bound(limits)
    document = pdfium2.PdfDocument(source)
    try:
        pdf = pdf_repair.opened(source)
        if pdf is None:
            return None
        with pdf:
            if isinstance(source, Path) and pdf_repair.repaired(pdf, len(document)):
                mended = _mended(source, limits)
                if mended:
                    return mended
            pages = _Pages(count=len(document), info=document.get_metadata_dict(skip_empty=True))
            if not pages.count:
                return None
            budget.extend(limits, pages.count)
            pages.inside = pdf_inside.look(pdf)
            guard = Guard(pdf, limits)
            _each(pages, limits, lambda number: _guarded(document, guard, number, pages))
            return pages
    finally:
        document.close()


def _each(pages: _Pages, limits: ReadingLimits, read_one: Callable[[int], str]) -> None:
    """Read page by page (from 1) while the limits and the time allow."""
    letters = limits.text_mb * 1024 * 1024
    for number in range(1, min(pages.count, limits.pages) + 1):
        if budget.left() < limits.seconds * _ANSWER_IN or letters < 0:
            break
        pages.texts.append(read_one(number))
        letters -= len(pages.texts[-1])


def _guarded(document: Any, guard: Guard, number: int, pages: _Pages) -> str:
    """The text of a page that may be read; "" for any other, which is noted."""
    try:
        trouble = guard.at(number)
        if trouble:
            pages.troubles[number] = trouble
        return "" if trouble and trouble.forbids else _read_page(document, number, pages)
    except pdf_page.TooLong:
        pages.troubles[number] = Trouble.BIG
    except MemoryError:
        raise
    except Exception:  # of a damaged page: pdfium has one kind of them, pikepdf a dozen
        pages.failed.append(number)
    return ""


def _read_page(document: Any, number: int, pages: _Pages) -> str:
    page = document[number - 1]
    try:
        nameless = number in pages.inside.nameless
        facts, judgement = pdf_page.read_page(page, first=number == 1, nameless=nameless)
    finally:
        page.close()
    pages.legacy_font = pages.legacy_font or facts.legacy_font
    if judgement.treatment is Treatment.OCR:
        pages.scans.append(number)
        if not judgement.text_stays:
            return ""
        pages.doubtful.append(number)
    elif not facts.text.strip():
        pages.empty.append(number)
    return facts.text


# --- when pdfium does not open it ------------------------------------------------------------------------------------


def _mended(path: Path, limits: ReadingLimits) -> _Pages | None:
    """All pages of the file as qpdf mends it; None when that fails."""
    mended = pdf_repair.mend(path, limits)
    if mended is None:
        return None
    try:
        pages = _by_pdfium(mended.data, limits)
    except pdfium2.PdfiumError:
        return None
    if pages:
        pages.lacks = mended.lacks
    return pages


def _otherwise(path: Path, limits: ReadingLimits) -> _Pages | None:
    return _mended(path, limits) or _by_pypdf(path, limits)


def _by_pypdf(path: Path, limits: ReadingLimits) -> _Pages | None:
    """The second reader; None when it fails as well."""
    try:
        with path.open("rb") as file:
            reader = PdfReader(file)
            if reader.is_encrypted:
                reader.decrypt("")
            info = {key.lstrip("/"): str(value) for key, value in (reader.metadata or {}).items()}
            pages = _Pages(count=len(reader.pages), info=info)
            budget.extend(limits, pages.count)
            _each(pages, limits, lambda number: _pypdf_page(reader, number, pages))
    except (MemoryError, budget.TooSlow):
        raise
    except Exception:
        return None
    return pages if any(text.strip() for text in pages.texts) else None


def _pypdf_page(reader: PdfReader, number: int, pages: _Pages) -> str:
    try:
        page = reader.pages[number - 1]
        text = page.extract_text()
        if not text.strip():
            (pages.failed if pdf_inside.shows_text(page) else pages.empty).append(number)
    except MemoryError:
        raise
    except Exception:
        pages.failed.append(number)
        return ""
    return text


# --- the answer ------------------------------------------------------------------------------------------------------


def _answer(path: Path, pages: _Pages, limits: ReadingLimits) -> Reading:
    inside = pages.inside
    if pages.empty:
        with path.open("rb") as file:
            pages.failed += pdf_inside.lost_pages(file, pages.empty)
    for number, values in inside.fields.items():
        if number <= len(pages.texts):
            pages.texts[number - 1] = "\n".join([pages.texts[number - 1], *values]).strip("\n")
    warnings = _warnings(pages)
    gaps = _gaps(pages, limits)
    if not pages.scans and not any(text.strip() for text in pages.texts):
        if gaps:
            return outcome.unreadable("pdf", "text-incomplete", gaps, warnings)
        return outcome.unreadable("pdf", "empty", _("no page has any text or picture"), warnings)
    if gaps:
        warnings.insert(0, ("text-incomplete", gaps))
    properties = pdf_inside.properties(pages.info)
    if inside.restricted:
        properties["restricted"] = _("opens without a password, but printing and copying may be limited")
    return outcome.read(
        "pdf",
        pages.texts,
        warnings=warnings,
        properties=properties,
        legacy_font=pages.legacy_font,
        scans=pages.scans[: limits.ocr_pages],
    )


def _gaps(pages: _Pages, limits: ReadingLimits) -> str:
    """What lacks, in words, besides the pages that wait for OCR; "" when nothing does."""
    kinds = {
        _("page {pages}: could not be read"): sorted(pages.failed),
        _("page {pages}: there is more on it than can be read"): _of(pages, Trouble.BIG),
        _("page {pages}: the content calls itself without end"): _of(pages, Trouble.ENDLESS),
        _("page {pages}: the content is damaged, some of it may lack"): _of(pages, Trouble.DAMAGED),
        _("page {pages}: a picture, beyond the number of pages that are recognised"): pages.scans[limits.ocr_pages :],
    }
    said = [words.format(pages=outcome.numbers(found)) for words, found in kinds.items() if found]
    if pages.lacks:
        said.append(_("the file is damaged and parts of it are gone"))
    if len(pages.texts) < pages.count:
        words = _("only {read} of {count} pages were read")
        said.append(words.format(read=len(pages.texts), count=pages.count))
    return "; ".join(said)


def _of(pages: _Pages, trouble: Trouble) -> list[int]:
    return [number for number, found in pages.troubles.items() if found is trouble]


def _warnings(pages: _Pages) -> list[outcome.WarningPair]:
    inside = pages.inside
    warnings = []
    if inside.active:
        warnings.append(("active-content", _("the file holds scripts or starts programs; they are never run")))
    if inside.attachments:
        names = ", ".join(inside.attachments[:20])
        warnings.append(("attachments", _("files inside: {names}").format(names=names)))
    if pages.doubtful:
        words = _("page {pages}: the letters are not sure; hand in the Word file as well")
        warnings.append(("text-garbled", words.format(pages=outcome.numbers(pages.doubtful))))
    return warnings


def _with_signatures(path: Path, pages: _Pages, reading: Reading) -> Reading:
    """The reading with the signatures in the file, whatever became of its text."""
    if not pages.inside.signed:
        return reading
    found = pdf_signatures.signatures(path)
    changed = pdf_signatures.changed(found)
    warnings = (*reading.warnings, ("signature-changed", changed)) if changed else reading.warnings
    return replace(reading, signatures=found, warnings=warnings)
