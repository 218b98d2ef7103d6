"""What the readers of Office packages answer alike: locked, over a limit, damaged, nothing but pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from archive.i18n import gettext as _
from archive.readers import outcome
from archive.readers.package import BROKEN, NeedsPassword, Refused
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


def pictures_only(form: str, warnings: Iterable[outcome.WarningPair]) -> Reading:
    """For a paper made of pictures: OCR reads them in a PDF, not in a package."""
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
