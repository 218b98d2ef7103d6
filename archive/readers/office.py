"""What the readers of Office packages answer alike: locked, over a limit, damaged, nothing but pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from archive.i18n import gettext as _
from archive.readers import outcome, pasted
from archive.readers.limits import ReadingLimits
from archive.readers.package import BROKEN, NeedsPassword, Package, Refused
from archive.records import Reading


def answered(form: str, read: Callable[[], Reading]) -> Reading:
    """What `read` gives; a package that is locked, refused or broken is a state, not an error."""
    try:
        return read()
    except NeedsPassword:
        return outcome.locked(form)
    except Refused as why:
        words = _("the file unpacks beyond the limits or holds forbidden XML: {what}").format(what=why)
        return outcome.unreadable(form, "over-limit", words)
    except (KeyError, *BROKEN):
        return outcome.unreadable(form, "unreadable", _("the file is damaged; save it again and drop it again"))


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
    count = len(pasted.page_pictures(package, limits))
    words = [page for page in pages if page.strip()]
    if count:
        texts = [""] * count + words
        return outcome.read(form, texts, scans=range(1, count + 1), warnings=warnings, properties=properties)
    return None if words else pictures_only(form, warnings)


def pictures_only(form: str, warnings: Iterable[outcome.WarningPair]) -> Reading:
    """For a paper of pictures that OCR is not led to: drawings, or those of old formats."""
    words = _("the pages are pictures; save the file as PDF and drop it again, then their text can be recognised")
    return outcome.not_yet(form, "needs-ocr", words, warnings)


def not_readable_here(form: str) -> Reading:
    """For a format that no reader reads."""
    words = _("files of the format {format} are kept, but cannot be read here; send the paper as PDF or DOCX")
    return outcome.not_yet(form, "not-readable-yet", words.format(format=form.upper()))


def incomplete(lost: list[str]) -> list[outcome.WarningPair]:
    """The warning that parts are missing, if any are."""
    if not lost:
        return []
    return [("text-incomplete", _("not everything could be read: {what}").format(what=", ".join(lost[:5])))]


def files_inside(names: Iterable[str]) -> list[outcome.WarningPair]:
    """The warning that other files stand in the file, if any do."""
    shown = ", ".join(sorted(set(names))[:20])
    return [("attachments", _("files inside: {names}").format(names=shown))] if shown else []
