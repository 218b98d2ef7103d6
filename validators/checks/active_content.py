"""Macros, scripts and links that run by themselves, and files inside a PDF: never opened here, and the clerk should
know of them."""

from __future__ import annotations

from archive.i18n import gettext as _
from archive.records import Finding
from validators.checks.paper import CheckedPaper, warning

MACRO_FORMATS = frozenset({"docm", "xlsm", "pptm", "xlsb"})


def active_content(paper: CheckedPaper) -> tuple[Finding, ...]:
    """Findings `active-content`, by what the reader said or a format that is made to carry macros, and `attachments`:
    in office files these are drawings and tables, those of a mail are taken out of it."""
    told = {code for code, _words in paper.reading.warnings}
    found: tuple[Finding, ...] = ()
    if "active-content" in told or paper.reading.format in MACRO_FORMATS:
        message = _("The file carries macros or scripts; they were not run.")
        found = warning("active-content", message, _("Save it as a plain .docx, .xlsx or PDF and hand that in."))
    if "attachments" in told and paper.reading.format == "pdf":
        message = _("The PDF holds other files; they are not opened.")
        found += warning("attachments", message, _("Hand those files in by themselves."))
    return found
