"""Bundles whose members are to be made deliveries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from archive import models, people
from archive.queries.campaigns import current_row
from archive.queries.held import known_from
from archive.records import BUNDLE_FORMATS, MAIL_FORMATS, Delivery, Document, ReadingState, plain


@dataclass(frozen=True, slots=True)
class Packed:
    """A bundle whose members are to be made deliveries. `document` has the unit that they are for; of the ways in which
    it came, `delivery` is the shortest: `depth` bundles deep in one of `outermost` bytes, out of which, with all that
    are inside it, `members` of `size` bytes together were taken already."""

    document: Document
    delivery: Delivery
    depth: int
    outermost: int
    members: int
    size: int


def bundle_to_unpack(made_with: str) -> Packed | None:
    """The oldest bundle of the current campaign that is in a unit's folder, or was given to a unit, and was never
    unpacked, or not whole and by other means than these."""
    formats = {"format__in": BUNDLE_FORMATS, "state__in": (ReadingState.READ.value, ReadingState.LOCKED.value)}
    mails = {"format__in": MAIL_FORMATS, "state": ReadingState.READ.value}
    read = models.Reading.objects.filter(Q(**formats) | Q(**mails))
    done = models.Unpacked.objects.filter(Q(missing=0) | Q(made_with=made_with), document=OuterRef("pk"))
    rows = models.Document.objects.filter(~Exists(done), sha256__in=read.values("sha256"), campaign=current_row())
    given = people.moved_to(list(rows.filter(unit=None).values_list("pk", flat=True)))
    row = rows.filter(Q(unit__isnull=False) | Q(pk__in=given)).order_by("filed_at", "id").first()
    if row is None:
        return None
    way = min((_way(delivery) for delivery in models.Delivery.objects.filter(receipt__document=row)), key=len)
    members, size = _taken_out_of(way[-1].pk, row.pk)
    came = Delivery(way[0].pk, way[0].unit, bytes(way[0].path), way[0].size, way[0].seen_at, way[0].bundle_id)
    return Packed(next(known_from([row])).document, came, len(way) - 1, way[-1].size, members, size)


def _way(delivery: models.Delivery) -> list[models.Delivery]:
    """A delivery and the bundles around it, outwards."""
    way = [delivery]
    while way[-1].bundle:
        way.append(way[-1].bundle)
    return way


def _taken_out_of(outermost: str, but: str) -> tuple[int, int]:
    """How many members, with how many bytes, were taken out of a delivered bundle and all inside it; those of one
    document apart."""
    taken: dict[str, tuple[int, int]] = {}
    level = [outermost]
    while level:
        done = models.Unpacked.objects.filter(document__receipt__in=level).exclude(document=but)
        taken |= {row.document_id: (row.members, row.size) for row in done}
        inside = models.Delivery.objects.filter(bundle__in=level, receipt__document__unpacked__isnull=False)
        level = list(inside.values_list("pk", flat=True))
    return sum(members for members, _size in taken.values()), sum(size for _members, size in taken.values())


def save_unpacked(
    document: str, members: int, size: int, left_out: Sequence[tuple[str, str]], missing: int, made_with: str
) -> None:
    """The members of a bundle are deliveries now, all but those that were left out."""
    values = {"members": members, "size": size, "left_out": plain(left_out), "missing": missing, "made_with": made_with}
    models.Unpacked.objects.update_or_create(document_id=document, defaults=values)
