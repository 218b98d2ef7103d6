"""Macros, scripts and links that run by themselves: never opened here, and the clerk should know of them."""

from __future__ import annotations

from archive.i18n import gettext as _
from archive.records import Finding
from validators.checks.paper import CheckedPaper, warning

MACRO_FORMATS = frozenset({"docm", "xlsm", "pptm", "xlsb"})


def active_content(paper: CheckedPaper) -> tuple[Finding, ...]:
    """What the reader said of active content, or a format that is made to carry macros."""
    told = any(code == "active-content" for code, _words in paper.reading.warnings)
    if not told and paper.reading.format not in MACRO_FORMATS:
        return ()
    message = _("The file carries macros or scripts; they were not run.")
    return warning("active-content", message, _("Save it as a plain .docx, .xlsx or PDF and hand that in."))
