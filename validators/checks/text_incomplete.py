"""Part of the text could not be read: what was found counts, what was not found may still be there."""

from __future__ import annotations

from archive.i18n import gettext as _
from archive.records import Finding
from validators.checks.paper import CheckedPaper, warning


def text_incomplete(paper: CheckedPaper) -> tuple[Finding, ...]:
    """One finding with what the reader said, for a document of which the rest was read."""
    told = [words for code, words in paper.reading.warnings if code == "text-incomplete"]
    if not told or not paper.is_read:
        return ()
    where = "; ".join(dict.fromkeys(words for words in told if words))[:200]
    message = (
        _("Part of the text could not be read ({where}).").format(where=where)
        if where
        else _("Part of the text could not be read.")
    )
    return warning("text-incomplete", message, _("Hand in the Word file or a PDF saved from Word as well."))
