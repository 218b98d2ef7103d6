"""A digital signature that no longer holds: the file was changed after it was signed, or the signature is damaged."""

from __future__ import annotations

from archive.i18n import gettext as _
from archive.records import Finding
from validators.checks.paper import CheckedPaper, warning


def signature_changed(paper: CheckedPaper) -> tuple[Finding, ...]:
    """One finding with what the reader said of each signature, whether the text could be read or not."""
    told = [words for code, words in paper.reading.warnings if code == "signature-changed"]
    if not told:
        return ()
    message = _("A digital signature in the file does not hold ({what}).").format(what="; ".join(told)[:300])
    return warning("signature-changed", message, _("Hand in the file just as it was signed, not saved again."))
