"""A scan so blurred or crooked that its text, as OCR read it, is not to be relied on: it counts for nothing."""

from __future__ import annotations

from archive.i18n import gettext as _
from archive.records import Finding, Severity
from validators.checks.paper import CheckedPaper


def low_confidence(paper: CheckedPaper) -> tuple[Finding, ...]:
    """With the share of the text that seems right, rounded down: it never looks like enough."""
    if not paper.is_doubtful:
        return ()
    share = int(100 * (paper.reading.confidence or 0.0))
    message = _("The picture is too blurred; its text was read unsurely ({percent} %).").format(percent=share)
    remedy = _("Scan or photograph it again, straight and sharp, or hand in the Word file.")
    return (Finding("low-confidence", Severity.ERROR, message, remedy),)
