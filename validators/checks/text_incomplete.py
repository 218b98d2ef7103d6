"""Part of the text could not be read, or is not read yet: what was found counts, the rest may still be there."""

from __future__ import annotations

from collections.abc import Sequence

from archive.i18n import gettext as _
from archive.records import Finding
from validators.checks.paper import CheckedPaper, warning


def text_incomplete(paper: CheckedPaper) -> tuple[Finding, ...]:
    """Findings `needs-ocr` and `text-incomplete` with what the reader said, for a document of which the rest was
    read."""
    told = [words for code, words in paper.reading.warnings if code == "text-incomplete"]
    if not told or not paper.is_read:
        return ()
    if paper.reading.scans:  # then the first one speaks of the pages that wait
        waiting = _("Part of the text is being recognised ({where}).").format(where=told[0])
        later = warning("needs-ocr", waiting, _("Nothing needs to be done; look again later."))
        return (*later, *_gaps(told[1:]))
    return _gaps(told)


def _gaps(told: Sequence[str]) -> tuple[Finding, ...]:
    if not told:
        return ()
    where = "; ".join(dict.fromkeys(words for words in told if words))[:200]
    message = (
        _("Part of the text could not be read ({where}).").format(where=where)
        if where
        else _("Part of the text could not be read.")
    )
    return warning("text-incomplete", message, _("Hand in the Word file or a PDF saved from Word as well."))
