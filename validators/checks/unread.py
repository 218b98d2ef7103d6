"""A document that could not be read: an error with what to do, so that it costs its unit this document and no more."""

from __future__ import annotations

from archive.i18n import gettext as _
from archive.records import Finding, ReadingState, Severity
from validators.checks.old_encoding import old_font
from validators.checks.paper import CheckedPaper

PICTURES = frozenset({"pdf", "jpeg", "png", "tiff", "heic", "bmp", "gif", "webp"})
BUNDLES = frozenset({"zip", "7z", "rar", "tar", "gzip"})
MAILS = frozenset({"eml", "msg"})
# Codes by which the sandbox says that the file brought the reader down, rather than that the file is broken.
STRAINED = frozenset({"reader-crashed", "reader-timeout", "reader-memory"})


def unread(paper: CheckedPaper) -> tuple[Finding, ...]:
    """Findings `empty`, `locked`, `unreadable` and `not-readable-yet`; none for a document that was read."""
    state = paper.reading.state
    if state is ReadingState.READ:
        return ()
    if paper.reading.format == "empty":
        code, message, remedy = _empty(paper)
    elif state is ReadingState.LOCKED:
        code, message, remedy = _locked(paper)
    elif state is ReadingState.NOT_YET:
        code, message, remedy = _not_yet(paper)
    else:
        code, message, remedy = _unreadable(paper)
    return (Finding(code, Severity.ERROR, message.format(name=paper.name), remedy),)


def _empty(paper: CheckedPaper) -> tuple[str, str, str]:
    return "empty", _("{name} is empty (0 bytes)."), _("Open the paper on your computer, save it and hand it in again.")


def _locked(paper: CheckedPaper) -> tuple[str, str, str]:
    return "locked", _("{name} needs a password."), _("Remove the password and hand the file in again.")


def _not_yet(paper: CheckedPaper) -> tuple[str, str, str]:
    code, form = "not-readable-yet", paper.reading.format
    if old_font(paper):
        message = _("{name} is typed with an old font; it is kept but cannot be read yet.")
        return code, message, _("Convert it to Unicode (Times New Roman) and hand it in again.")
    if form in PICTURES:
        message = _("{name} is a scan or a picture without text; it is kept but cannot be read yet.")
        return code, message, _("Hand in the Word file or the PDF saved from Word as well.")
    if form in BUNDLES:
        message = _("{name} is a bundle; it is kept but its papers cannot be read yet.")
        return code, message, _("Unpack it and hand in the papers one by one.")
    if form in MAILS:
        message = _("{name} is an e-mail; it is kept but cannot be read yet.")
        return code, message, _("Save the papers attached to it and hand them in one by one.")
    message = _("{name} is in a format that is kept but cannot be read yet.")
    return code, message, _("Hand in the same paper as a Word file (.docx) or PDF as well.")


def _unreadable(paper: CheckedPaper) -> tuple[str, str, str]:
    if any(code in STRAINED for code, _words in paper.reading.warnings):
        message = _("{name} could not be read: it asks for too much time or memory, or is damaged.")
        return "unreadable", message, _("Save it again as a new Word file (.docx) or PDF and hand it in again.")
    message = _("{name} could not be read: the file is broken or was cut off while copying.")
    return "unreadable", message, _("Check that it opens on your computer, then copy the whole file again.")
