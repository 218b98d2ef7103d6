"""How much is still to be done."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from archive import models
from archive.queries.recognising import to_recognise


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much is still to do; all numbers."""

    unread: int
    unrecognised: int
    unindexed: int
    unanswered: int
    scans: int  # pages that wait for OCR

    @property
    def any(self) -> bool:
        """Whether anything is left."""
        return bool(self.unread or self.unrecognised or self.unindexed or self.unanswered or self.scans)


def backlog(reader: str, made_with: str) -> Backlog:
    """What is left to read, recognise, index and answer."""
    read = models.Reading.objects.filter(sha256=OuterRef("sha256"), reader=reader)
    marked = models.Indexed.objects.filter(document=OuterRef("pk"))
    documents = models.Document.objects
    return Backlog(
        documents.filter(~Exists(read)).count(),
        to_recognise(made_with).count(),
        documents.filter(~Exists(marked)).count(),
        models.Receipt.objects.filter(answered_at=None).count(),
        models.ReadScan.objects.filter(done=False, reader=reader).count(),
    )
