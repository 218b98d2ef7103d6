"""The end of the file name says one format, the bytes say another: it opens with the wrong program, or not at all."""

from __future__ import annotations

from pathlib import PurePath

from archive.i18n import gettext as _
from archive.records import Finding, ReadingState
from archive.vietnamese import nfc
from validators.checks.paper import CheckedPaper, warning

# What the readers call a format, and the endings that are right for it. The first one is the one to advise.
ENDINGS: dict[str, tuple[str, ...]] = {
    "pdf": (".pdf",),
    "docx": (".docx", ".dotx"),
    "docm": (".docm", ".dotm"),
    "doc": (".doc", ".dot", ".wps"),
    "rtf": (".rtf",),
    "odt": (".odt", ".ott", ".fodt"),
    "xls": (".xls", ".xlt", ".et"),
    "xlsx": (".xlsx", ".xltx"),
    "xlsm": (".xlsm", ".xltm"),
    "xlsb": (".xlsb",),
    "ods": (".ods", ".ots"),
    "odp": (".odp", ".otp"),
    "odg": (".odg", ".otg"),
    "ppt": (".ppt", ".pps", ".pot"),
    "pptx": (".pptx", ".ppsx", ".potx"),
    "pptm": (".pptm", ".ppsm", ".potm"),
    "txt": (".txt", ".text", ".csv", ".tsv", ".log", ".md"),
    "csv": (".csv", ".tsv", ".txt", ".text", ".log", ".md"),
    "html": (".html", ".htm", ".xhtml", ".mht", ".mhtml"),
    "jpeg": (".jpg", ".jpeg", ".jfif"),
    "png": (".png",),
    "tiff": (".tif", ".tiff"),
    "heic": (".heic", ".heif", ".hif", ".avif"),
    "bmp": (".bmp", ".dib"),
    "gif": (".gif",),
    "webp": (".webp",),
    "zip": (".zip",),
    "7z": (".7z",),
    "rar": (".rar",),
    "eml": (".eml", ".mht", ".mhtml"),
    "msg": (".msg", ".oft"),
}
# Formats that claim no ending: XML comes under those of what it holds, and nobody would advise to call a paper so.
ANY_ENDING = frozenset({"xml", "ole", "shortcut", "tnef"})
_KNOWN = frozenset(ending for endings in ENDINGS.values() for ending in endings)


def type_mismatch(paper: CheckedPaper) -> tuple[Finding, ...]:
    """A known ending over another known format. A locked Office file is an OLE box whatever it holds, and an unknown
    ending (or none) claims nothing: neither is a mismatch."""
    if paper.reading.state is ReadingState.LOCKED:
        return ()
    ending = PurePath(nfc(paper.name).strip()).suffix.lower()
    right = ENDINGS.get(paper.reading.format, ())
    if ending not in _KNOWN or not right or ending in right:
        return ()
    message = _("The name ends in {ending} but the file is {format}.").format(
        ending=ending, format=paper.reading.format.upper()
    )
    remedy = _('Save the paper as a real {ending} file, or let its name end in "{right}".').format(
        ending=ending, right=right[0]
    )
    return warning("type-mismatch", message, remedy)
