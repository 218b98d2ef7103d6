"""What documents were recognised as."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from archive import models, people
from archive.queries.campaigns import current_row
from archive.queries.held import document_from
from archive.queries.readings import light_enough, reading_from
from archive.recognitions import to_json
from archive.records import Document, Reading, Recognition


def documents_to_recognise(made_with: str, limit: int) -> list[tuple[Document, Reading]]:
    """Documents with a reading whose recognition is missing or, in the current campaign, was made with another pack or
    version, each with what people decided about it."""
    read = models.Reading.objects.filter(sha256=OuterRef("sha256"))
    rows = light_enough(to_recognise(made_with).filter(Exists(read)).order_by("filed_at")[:limit])
    readings = {row.sha256: reading_from(row) for row in models.Reading.objects.filter(pk__in=[r.sha256 for r in rows])}
    decisions = people.decisions(of=[row.pk for row in rows])
    return [(document_from(row, decisions.get(row.pk)), readings[row.sha256]) for row in rows]


def to_recognise(made_with: str) -> QuerySet[models.Document]:
    """Papers of earlier campaigns stay recognised by the rules of theirs: those are what they are judged by."""
    own = Q(document__campaign=current_row(), made_with=made_with)
    earlier = ~Q(document__campaign=current_row()) & ~Q(made_with="")
    return models.Document.objects.filter(
        ~Exists(models.Recognition.objects.filter(own | earlier, document=OuterRef("pk")))
    )


def save_recognitions(
    recognitions: Iterable[tuple[str, Recognition]], made_with: str, decided: Mapping[str, str | None] | None = None
) -> None:
    """Keep recognitions by document id, in place of earlier ones; the documents are to be indexed again. `decided` are
    the kinds that people had said when they were made: where that is other now, the work is asked for again."""
    found = dict(recognitions)
    with transaction.atomic():
        if decided is not None:
            now = _decided_kinds(decided)
            found = {document: one for document, one in found.items() if now[document] == decided[document]}
        rows = [
            models.Recognition(
                document_id=document, made_with=made_with, kind=one.kind, score=one.score, runner_up=one.runner_up,
                secret=one.facts.secrecy is not None, content=to_json(one),
            )
            for document, one in found.items()
        ]  # fmt: skip
        models.Indexed.objects.filter(pk__in=found).delete()
        models.Recognition.objects.filter(pk__in=found).delete()
        models.Recognition.objects.bulk_create(rows)


def _decided_kinds(documents: Iterable[str]) -> dict[str, str | None]:
    held = people.decisions(of=list(documents))
    return {document: held[document].kind if document in held else None for document in documents}


def made_otherwise(made_with: str, campaign_id: str) -> set[str]:
    """Ids of the documents of a campaign whose recognition was made with another pack or version."""
    rows = models.Recognition.objects.filter(document__campaign=campaign_id).exclude(made_with=made_with)
    return set(rows.values_list("document_id", flat=True))
