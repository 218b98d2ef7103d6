"""What the search index holds, and what somebody may find."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from archive import models, people
from archive.queries.deliveries import secret_ids
from archive.queries.held import documents, known_from
from archive.queries.readings import AT_ONCE, light_enough
from archive.records import KnownDocument


def documents_to_index(limit: int) -> list[KnownDocument]:
    """Recognised documents whose present state is not in the index."""
    marked = models.Indexed.objects.filter(document=OuterRef("pk"))
    known = models.Recognition.objects.filter(document=OuterRef("pk"))
    rows = models.Document.objects.filter(~Exists(marked), Exists(known)).order_by("filed_at")[:limit]
    return list(known_from(light_enough(rows)))


def mark_indexed(indexed: Sequence[KnownDocument]) -> None:
    """Those documents are in the index (or must not be) as they are given here. One that has changed meanwhile, by the
    decision of another process say, is not marked: it is to be indexed again."""
    mark_indexed_as({known.document.id: hash(known) for known in indexed})


def mark_indexed_as(states: Mapping[str, int]) -> None:
    """The same by ids and hashes of documents, for more of them than may be held in memory."""
    ids = list(states)
    for start in range(0, len(ids), AT_ONCE):
        with transaction.atomic():
            now = documents(ids[start : start + AT_ONCE])
            same = [known.document.id for known in now if hash(known) == states[known.document.id]]
            models.Indexed.objects.bulk_create([models.Indexed(document_id=i) for i in same], ignore_conflicts=True)


def forget_indexed(ids: Collection[str]) -> None:
    """These documents are not in the index."""
    some = sorted(ids)
    for start in range(0, len(some), AT_ONCE):
        models.Indexed.objects.filter(pk__in=some[start : start + AT_ONCE]).delete()


def forget_index() -> None:
    """Nothing is in the index: it was lost or is made anew."""
    models.Indexed.objects.all().delete()


def recognised_documents(units: Collection[str] | None = None) -> Iterator[KnownDocument]:
    """Every recognised document of every campaign, some at a time: what the index holds. With `units` only theirs."""
    rows = _recognised()
    last = ""
    while some := list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        last = some[-1].pk
        yield from (known for known in known_from(some) if units is None or known.document.unit in units)


def count_recognised() -> int:
    """How many these are."""
    return _recognised().count()


def _recognised() -> QuerySet[models.Document]:
    return models.Document.objects.filter(Exists(models.Recognition.objects.filter(document=OuterRef("pk"))))


@dataclass(frozen=True, slots=True)
class Findable:
    """A document that somebody may find, as the catalogue has it now; `newest` is the id of its newest version."""

    unit: str | None
    sha256: str
    newest: str


def findable(documents: Collection[str]) -> dict[str, Findable]:
    """Those of the documents that somebody may find, by their ids."""
    rows = list(_not_secret().filter(pk__in=documents).values_list("pk", "unit", "sha256", "version_of"))
    roots = {root or pk for pk, _unit, _sha256, root in rows}
    family = list(
        _not_secret()
        .filter(Q(pk__in=roots) | Q(version_of__in=roots))
        .order_by("filed_at", "-pk")
        .values_list("pk", "unit", "version_of")
    )
    moved = people.moved_to([*(row[0] for row in rows), *(row[0] for row in family)])
    newest = {(root or pk, moved.get(pk, unit)): pk for pk, unit, root in family}
    return {
        pk: Findable(moved.get(pk, unit), sha256, newest.get((root or pk, moved.get(pk, unit)), pk))
        for pk, unit, sha256, root in rows
    }


def _not_secret() -> QuerySet[models.Document]:
    return models.Document.objects.filter(
        ~Exists(models.Recognition.objects.filter(document=OuterRef("pk"), secret=True))
    )


def indexed_otherwise() -> frozenset[str]:
    """Documents that somebody moved or that are marked secret, and that the index may still hold as they were."""
    marked = models.Indexed.objects.filter(document=OuterRef("document"))
    moved = models.Decision.objects.exclude(unit=None).filter(~Exists(marked))
    secret = models.Recognition.objects.filter(~Exists(marked), secret=True)
    return frozenset(moved.values_list("document_id", flat=True).union(secret.values_list("document_id", flat=True)))


def searchable_ids() -> set[str]:
    """Ids of the documents that somebody may find: in a unit's folder (or moved there) and not marked secret."""
    moved = people.moved_to()
    rows = models.Document.objects.exclude(pk__in=secret_ids()).values_list("pk", "unit")
    return {pk for pk, unit in rows if unit is not None or pk in moved}


def indexed_ids() -> set[str]:
    """Ids of the documents marked as being in the index."""
    return set(models.Indexed.objects.values_list("pk", flat=True))
