"""PDF: text by pdfium, page by page; pypdf for all else that is in it, and as second reader.

A page without words is not a blank page until that is shown: it may be a scan (OCR, which is not done yet), or its
content may be beyond a limit, which pypdf and pdfium both pass over in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium2
import pypdfium2.raw as pdfium
from pypdf import PdfReader

from archive.i18n import gettext as _
from archive.readers import budget, outcome, pdf_inside, sniff
from archive.readers.limits import ReadingLimits
from archive.readers.pdf_order import JUMPS_FROM, PageChars
from archive.records import Reading

_FEW_WORDS = 30  # a scan may carry a few words of text: a page number, the box of a digital signature
_COVERS = 0.5  # share of the page that a picture covers to be the page
_MANY_PATHS = 100  # text drawn as outlines
_ANSWER_IN = 0.1  # share of the time kept to answer in, when pages are many and slow
_HYPHEN = re.compile("(\\w*)[\x02\ufffe](?:\r?\n)?(\\w*)")


@dataclass(slots=True)
class _Pages:
    """Texts in order, and the pages (from 1) that lack something."""

    texts: list[str] = field(default_factory=list)
    scanned: list[int] = field(default_factory=list)
    empty: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    count: int = 0


def read_pdf(path: Path, limits: ReadingLimits) -> Reading:
    """The reading of a PDF; a broken or locked one is a state, not an error."""
    cut = _cut_off(path, limits)
    try:
        pages = _mended(cut, limits) if cut else _by_pdfium(path, limits)
    except pdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            return outcome.locked("pdf")
        pages = None if cut else _by_pypdf(path, limits)
    if pages is None or not pages.count:
        words = _("the file is cut off") if cut else _("the file is damaged")
        return outcome.unreadable("pdf", "unreadable", _("{what}; save it again and drop it again").format(what=words))
    return _answer(path, pages)


def _by_pdfium(source: Path | bytes, limits: ReadingLimits) -> _Pages:
    document = pdfium2.PdfDocument(source)
    try:
        pages = _Pages(count=len(document))
        budget.extend(limits, pages.count)
        _each(pages, limits, lambda number: _read_page(document, number, pages))
    finally:
        document.close()
    return pages


def _each(pages: _Pages, limits: ReadingLimits, read_one: Callable[[int], str]) -> None:
    """Read page by page (from 1) while the limits and the time allow."""
    for number in range(1, min(pages.count, limits.pages) + 1):
        if budget.left() < limits.seconds * _ANSWER_IN:
            break
        try:
            text = read_one(number)
        except pdfium2.PdfiumError:
            text = ""
            pages.failed.append(number)
        pages.texts.append(text)


def _read_page(document: Any, number: int, pages: _Pages) -> str:
    page = document[number - 1]
    try:
        textpage = page.get_textpage()
        try:
            text = _text(textpage, first=number == 1)
        finally:
            textpage.close()
        words = len(text.split())
        if words < _FEW_WORDS:
            _look_at_picture(page, number, words, pages)
        return text
    finally:
        page.close()


def _text(textpage: Any, first: bool) -> str:
    chars = PageChars(textpage)
    if not chars.count:
        return ""
    if chars.jumps() > JUMPS_FROM and chars.upright():
        return chars.placed(head=first)
    return _HYPHEN.sub(_hyphen, chars.drawn())


def _hyphen(match: re.Match[str]) -> str:
    """pdfium marks a hyphen at the end of a line. A foreign word is joined; Vietnamese is never parted within a
    syllable, so that its hyphen ("Covid-", "thi đua-") is a real one."""
    before, after = match.groups()
    joined = before.isascii() and after.isascii() and before.isalpha() and after.islower()
    return before + ("" if joined else "-") + after


def _look_at_picture(page: Any, number: int, words: int, pages: _Pages) -> None:
    """Note a page that is a picture or empty."""
    width, height = page.get_size()
    covered, pictures, paths = 0.0, 0, 0
    for index, item in enumerate(page.get_objects(max_depth=4)):
        if index > 5000:
            break
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            pictures += 1
            covered = max(covered, abs((right - left) * (top - bottom)) / max(width * height, 1))
        paths += item.type == pdfium.FPDF_PAGEOBJ_PATH
    if covered >= _COVERS or (not words and (pictures or paths > _MANY_PATHS)):
        pages.scanned.append(number)
    elif not words:
        pages.empty.append(number)


# --- when pdfium does not open it ------------------------------------------------------------------------------------


def _by_pypdf(path: Path, limits: ReadingLimits) -> _Pages | None:
    """The second reader; None when it fails as well."""
    try:
        with path.open("rb") as file:
            reader = PdfReader(file)
            if reader.is_encrypted:
                reader.decrypt("")
            pages = _Pages(count=len(reader.pages))
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


def _cut_off(path: Path, limits: ReadingLimits) -> bytes:
    """The bytes of a file whose end is missing: objects follow the last end mark. Empty when it is whole; padding or
    other junk behind the end does no harm."""
    if sniff.closes(path) or path.stat().st_size > limits.part_mb * 1024 * 1024:
        return b""
    data = path.read_bytes()
    return data if _OBJECT.search(data, data.rfind(b"%%EOF") + 1) else b""


_OBJECT = re.compile(rb"(?<!\d)(\d{1,9})\s+(\d{1,5})\s+obj\b")
_REFERENCE = re.compile(rb"(?<!\d)(\d{1,9})\s+(\d{1,5})\s+R\b")
_STREAM = re.compile(rb"\bstream\r?\n.*?endstream", re.DOTALL)
_CATALOGUE = re.compile(rb"(?<!\d)(\d{1,9}\s+\d{1,5})\s+obj\s*<<(?:(?!endobj).){0,4000}?/Type\s*/Catalog\b", re.DOTALL)


def _mended(data: bytes, limits: ReadingLimits) -> _Pages | None:
    """A PDF that lost no more than its table of contents, read with a new trailer. When any object that another one
    names is gone, pages or letters may be missing, and half a paper must not count as the whole one."""
    data = data[: data.rfind(b"endobj") + 6]
    bare = _STREAM.sub(b"", data)
    catalogues = _CATALOGUE.findall(bare)
    if not catalogues or set(_REFERENCE.findall(bare)) - set(_OBJECT.findall(bare)):
        return None
    trailer = b"\ntrailer\n<< /Root %s R >>\nstartxref\n0\n%%%%EOF\n" % catalogues[-1]
    pages = _by_pdfium(data + trailer, limits)
    return None if pages.failed else pages


# --- the answer ------------------------------------------------------------------------------------------------------


def _answer(path: Path, pages: _Pages) -> Reading:
    with path.open("rb") as file:
        inside = pdf_inside.look(file)
        if pages.empty:
            pages.failed += pdf_inside.lost_pages(file, pages.empty)
    for number, values in inside.fields.items():
        if number <= len(pages.texts):
            pages.texts[number - 1] = "\n".join([pages.texts[number - 1], *values]).strip("\n")
    warnings = _warnings(inside)
    if not any(text.strip() for text in pages.texts) or len(pages.scanned) == len(pages.texts):
        return _without_text(pages, warnings)
    gaps = _gaps(pages)
    if gaps:
        warnings.insert(0, ("text-incomplete", gaps))
    return outcome.read("pdf", pages.texts, warnings=warnings, properties=inside.properties)


def _without_text(pages: _Pages, warnings: list[outcome.WarningPair]) -> Reading:
    if pages.scanned:
        words = _("the pages are pictures; their text cannot be read yet")
        return outcome.not_yet("pdf", "needs-ocr", words, warnings)
    if pages.failed or len(pages.texts) < pages.count:
        return outcome.unreadable("pdf", "text-incomplete", _gaps(pages), warnings)
    return outcome.unreadable("pdf", "empty", _("no page has any text or picture"), warnings)


def _gaps(pages: _Pages) -> str:
    """What lacks, in words; "" when nothing does."""
    said = []
    if pages.scanned:
        said.append(_("page {pages}: a picture without text").format(pages=outcome.numbers(sorted(pages.scanned))))
    if pages.failed:
        said.append(_("page {pages}: could not be read").format(pages=outcome.numbers(sorted(pages.failed))))
    if len(pages.texts) < pages.count:
        words = _("only {read} of {count} pages were read")
        said.append(words.format(read=len(pages.texts), count=pages.count))
    return "; ".join(said)


def _warnings(inside: pdf_inside.Inside) -> list[outcome.WarningPair]:
    warnings = []
    if inside.active:
        warnings.append(("active-content", _("the file holds scripts or starts programs; they are never run")))
    elif inside.attachments:
        warnings.append(("active-content", _("the file holds other files; they are kept and never opened")))
    if inside.attachments:
        names = ", ".join(inside.attachments[:20])
        warnings.append(("attachments", _("files inside: {names}").format(names=names)))
    return warnings
