"""A document that could not be read: an error with what to do, so that it costs its unit this document and no more. A
scan that is only waiting to be read is no error."""

from __future__ import annotations

from pathlib import PurePath

from archive.i18n import gettext as _
from archive.records import Finding, ReadingState, Severity
from validators.checks.paper import CheckedPaper, warning
from validators.checks.type_mismatch import ENDINGS

PICTURES = frozenset({"pdf", "jpeg", "png", "tiff", "heic", "bmp", "gif", "webp"})
BUNDLES = frozenset({"zip", "7z", "rar", "tar", "gzip"})
MAILS = frozenset({"eml", "msg"})
# No reader knows these: their endings are all that tells them apart, and what the clerk knows them by.
PROGRAMS = frozenset({".exe", ".msi", ".com", ".scr", ".bat", ".cmd", ".vbs", ".js", ".jar", ".apk", ".dll", ".pif"})
RECORDINGS = frozenset(
    {".mp3", ".m4a", ".wav", ".wma", ".aac", ".amr", ".ogg", ".mp4", ".mov", ".avi", ".mkv", ".wmv", ".3gp"}
)
PACKED = frozenset({".tar", ".gz", ".tgz", ".bz2", ".xz", ".cab", ".iso", ".arj", ".lzh"})
# Codes by which the sandbox says that the file brought the reader down, rather than that the file is broken.
STRAINED = frozenset({"reader-crashed", "reader-timeout", "reader-memory"})


def unread(paper: CheckedPaper) -> tuple[Finding, ...]:
    """Findings `empty`, `locked`, `unreadable`, `not-readable-yet` and `needs-ocr`; none for a document that was
    read."""
    state = paper.reading.state
    if state is ReadingState.READ:
        return ()
    if state is ReadingState.NOT_YET and paper.reading.scans:
        message = _("{name} is a scan; the text on its pictures is being recognised.").format(name=paper.name)
        return warning("needs-ocr", message, _("Nothing needs to be done; look again later."))
    if paper.reading.format == "empty":
        code, message, remedy = _empty(paper)
    elif state is ReadingState.LOCKED:
        code, message, remedy = _locked(paper)
    elif state is ReadingState.NOT_YET:
        code, message, remedy = _not_yet(paper)
    else:
        code, message, remedy = _unreadable(paper)
    return (Finding(code, Severity.ERROR, message.format(name=paper.name), remedy),)


def _is_bundle(paper: CheckedPaper) -> bool:
    """Whether its clerk knows it as a bundle: what is left of a broken Word file is a zip as well."""
    papers = {other for form, endings in ENDINGS.items() if form not in BUNDLES for other in endings}
    return paper.reading.format in BUNDLES and _ending(paper) not in papers


def _empty(paper: CheckedPaper) -> tuple[str, str, str]:
    return "empty", _("{name} is empty (0 bytes)."), _("Open the paper on your computer, save it and hand it in again.")


def _locked(paper: CheckedPaper) -> tuple[str, str, str]:
    message = _("{name} needs a password.")
    if _is_bundle(paper):
        remedy = _(
            "Unpack it on your computer with its password, then hand in its files one by one or in a new bundle."
        )
        return "locked", message, remedy
    return "locked", message, _("Remove the password and hand the file in again.")


def _not_yet(paper: CheckedPaper) -> tuple[str, str, str]:
    code, form = "not-readable-yet", paper.reading.format
    if form in PICTURES:
        message = _("{name} is a scan or a picture without text; it is kept but cannot be read yet.")
        return code, message, _("Hand in the Word file or the PDF saved from Word as well.")
    if any(warned == "needs-ocr" for warned, _words in paper.reading.warnings):
        message = _("{name} holds nothing but pictures of pages; their text is recognised in a PDF only.")
        return code, message, _("Save it as a PDF and hand that in as well.")
    if form in BUNDLES or _ending(paper) in PACKED:
        message = _("{name} is a bundle; it is kept but its papers cannot be read yet.")
        return code, message, _("Unpack it and hand in the papers one by one.")
    if form in MAILS:
        message = _("{name} is an e-mail; it is kept but cannot be read yet.")
        return code, message, _("Save the papers attached to it and hand them in one by one.")
    return code, *_strange(paper)


def _strange(paper: CheckedPaper) -> tuple[str, str]:
    """The message and the remedy for what no reader knows."""
    ending = _ending(paper)
    if paper.reading.format == "shortcut":
        message = _("{name} is only a shortcut; the paper itself is not in it.")
        return message, _("Open the paper, save it as a PDF or Word file (.docx) and hand in that file.")
    if paper.reading.format == "tnef":
        message = _("{name} is a mail packed by Outlook, which other programs cannot open.")
        return message, _("Ask the sender to send it again as HTML or plain text, or hand in each of its files.")
    if ending in PROGRAMS:
        message = _("{name} is a program, not a paper; it is kept and never run.")
        return message, _("If a paper was meant, hand that in; otherwise nothing needs to be done.")
    if ending in RECORDINGS:
        message = _("{name} is a film or a sound recording; it is kept but holds no text to read.")
        return message, _("If a paper belongs to it, hand that in; otherwise nothing needs to be done.")
    if any(ending in endings for endings in ENDINGS.values()):
        message = _("{name} holds something else than its name says, or is damaged.")
        return message, _("Open it on your computer, save it as a Word file (.docx) or PDF and hand that in.")
    message = _("{name} is in a format that is kept but cannot be read yet.")
    return message, _("Hand in the same paper as a Word file (.docx) or PDF as well.")


def _ending(paper: CheckedPaper) -> str:
    return PurePath(paper.name.strip()).suffix.lower()


def _unreadable(paper: CheckedPaper) -> tuple[str, str, str]:
    refused = {code for code, _words in paper.reading.warnings}
    if "over-limit" in refused:
        message = _("{name} is too large once it is unpacked and could not be read.")
        return "unreadable", message, _("Divide it into several files, or save it as a PDF, and hand that in.")
    if "forbidden-xml" in refused:
        message = _("{name} holds forbidden XML (DTD or entities), which no honest paper has; it was not opened.")
        remedy = _("Open it in the program that made it, save it as a new Word file (.docx) or PDF and hand that in.")
        return "unreadable", message, remedy
    if refused & STRAINED:
        message = _("{name} could not be read: it asks for too much time or memory, or is damaged.")
        return "unreadable", message, _("Save it again as a new Word file (.docx) or PDF and hand it in again.")
    if _is_bundle(paper) and "empty" in refused:
        message = _("{name} is a bundle without any file in it.")
        return "empty", message, _("Put the papers into it again, or hand them in one by one.")
    if _is_bundle(paper):
        message = _("{name} cannot be unpacked: it is broken, was cut off while copying, or is one part of several.")
        return "unreadable", message, _("Unpack it on your computer and hand in its files one by one.")
    if "empty" in refused:
        message = _("No words were found in {name}: it is blank, or too unclear to be read.")
        remedy = _("Look whether it is the right file; scan it again straight and sharp, or hand in the Word file.")
        return "unreadable", message, remedy
    gaps = [words for code, words in paper.reading.warnings if code == "text-incomplete"]
    if gaps:  # not broken: too big, or without end
        message = _("{name} could not be read ({where}).").format(name="{name}", where=_plain("; ".join(gaps)[:200]))
        return "unreadable", message, _("Print it to a new PDF, or hand in the Word file.")
    message = _("{name} could not be read: the file is broken or was cut off while copying.")
    remedy = _(
        "Check that it opens on your computer, then copy the whole file again; if it does not open, save or scan the "
        "paper anew."
    )
    return "unreadable", message, remedy


def _plain(words: str) -> str:
    """Words of a reader for a message that is yet to be filled in."""
    return words.replace("{", "{{").replace("}", "}}")
