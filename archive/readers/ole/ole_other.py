"""OLE files that are none of the known formats: Publisher, Visio, Thumbs.db; or cut off before their directory."""

from __future__ import annotations

from pathlib import Path

from archive.i18n import gettext as _
from archive.readers import outcome
from archive.readers.limits import ReadingLimits
from archive.readers.ole.ole import NotOle, Ole
from archive.records import Reading


def read_other_ole(path: Path, limits: ReadingLimits) -> Reading:
    """Damaged when nothing can be found in it, else kept for a later version."""
    try:
        with path.open("rb") as stream:
            Ole(stream)
    except NotOle:
        return outcome.damaged("ole")
    words = _("the program that made this file is not known here; save it as PDF or DOCX and drop it again")
    return outcome.not_yet("ole", "not-readable-yet", words)
