"""What the readers of Office packages answer alike: locked, over a limit, damaged, nothing but pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from archive.i18n import gettext as _
from archive.readers import outcome
from archive.readers.limits import ReadingLimits
from archive.readers.office import pasted
from archive.readers.office.package import BROKEN, Forbidden, NeedsPassword, Package, Refused, is_limit
from archive.records import Reading

# Formats that are kept but read by nobody here, by the names that people know.
KEPT = {
    "apk": "Android (APK)",
    "djvu": "DjVu",
    "epub": "EPUB",
    "gz": "GZIP",
    "iwork": "Apple iWork (Pages, Numbers, Keynote)",
    "jar": "Java (JAR)",
    "mp4": "MP4",
    "odb": "OpenDocument Base (ODB)",
    "ooxml": "Microsoft Office",
    "ps": "PostScript",
    "sxc": "OpenOffice 1 (SXC)",
    "sxi": "OpenOffice 1 (SXI)",
    "sxw": "OpenOffice 1 (SXW)",
    "vsdx": "Visio (VSDX)",
    "xps": "XPS",
}
NAMELESS = frozenset({"opc", "package", "unknown"})  # of programs that are not known here, or of none


def answered(form: str, read: Callable[[], Reading]) -> Reading:
    """What `read` gives; a package that is locked, refused or broken is a state, not an error."""
    try:
        return read()
    except NeedsPassword:
        return outcome.locked(form)
    except (Refused, KeyError, *BROKEN) as why:
        return not_read(form, why)


def not_read(form: str, why: Exception) -> Reading:
    """For a package that could not be read: over a limit, forbidden, or else damaged; each has a remedy of its own."""
    if isinstance(why, Forbidden):
        words = _(
            "the file holds XML that no honest paper holds (a document type or entities, in {what}); open it in the"
            " program that made it, save it as a new DOCX, XLSX or PDF and drop that"
        )
        return outcome.unreadable(form, "forbidden-xml", words.format(what=why))
    if isinstance(why, Refused) or is_limit(why):
        words = _(
            "the file is too large once it is unpacked; divide it into several files, or save it as PDF, and drop that"
        )
        return outcome.unreadable(form, "over-limit", words)
    return outcome.damaged(form)


def scanned(
    form: str,
    package: Package,
    limits: ReadingLimits,
    pages: Sequence[str],
    warnings: Iterable[outcome.WarningPair],
    properties: Mapping[str, str] | None = None,
) -> Reading | None:
    """For a paper of pasted pictures of pages and few words: the pictures, which wait for OCR, and the words behind
    them. None when the paper is none."""
    if not pasted.few_words(pages) or not pasted.has_pictures(package):
        return None
    found = len(pasted.page_pictures(package, limits))
    count = min(found, limits.ocr_pages)
    words = [page for page in pages if page.strip()]
    if count:
        if found > count:
            warnings = [*warnings, *incomplete([_("the pictures after the first {count}").format(count=count)])]
        texts = [""] * count + words
        return outcome.read(form, texts, scans=range(1, count + 1), warnings=warnings, properties=properties)
    return None if words else pictures_only(form, warnings)


def pictures_only(form: str, warnings: Iterable[outcome.WarningPair]) -> Reading:
    """For a paper of pictures that OCR is not led to: drawings, or those of old formats."""
    words = _("the pages are pictures; save the file as PDF and drop it again, then their text can be recognised")
    return outcome.not_yet(form, "needs-ocr", words, warnings)


def not_readable_here(form: str) -> Reading:
    """For a format that no reader reads."""
    if form in NAMELESS:
        words = _("files of a kind that is not known are kept, but cannot be read here; send the paper as PDF or DOCX")
        return outcome.not_yet(form, "not-readable-yet", words)
    words = _("files of the format {format} are kept, but cannot be read here; send the paper as PDF or DOCX")
    return outcome.not_yet(form, "not-readable-yet", words.format(format=KEPT.get(form, form.upper())))


def read_tnef(_path: Path, _limits: ReadingLimits) -> Reading:
    """For winmail.dat, in which Outlook packs a mail and its files so that only Outlook opens it."""
    words = _(
        "this is a mail packed by Outlook (winmail.dat), which other programs cannot open; ask the sender to send it"
        " again as HTML or plain text, or hand in each of its files"
    )
    return outcome.not_yet("tnef", "not-readable-yet", words)


def incomplete(lost: list[str]) -> list[outcome.WarningPair]:
    """The warning that parts are missing, if any are."""
    if not lost:
        return []
    return [("text-incomplete", _("not everything could be read: {what}").format(what=", ".join(lost[:5])))]


def files_inside(names: Iterable[str]) -> list[outcome.WarningPair]:
    """The warning that other files stand in the file, if any do."""
    shown = ", ".join(sorted(set(names))[:20])
    return [("attachments", _("files inside: {names}").format(names=shown))] if shown else []
