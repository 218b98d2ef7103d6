"""What came in: deliveries, receipts, and the documents that they make."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from archive import audit, models
from archive.errors import NotFound
from archive.i18n import gettext as _
from archive.queries.campaigns import current_row
from archive.records import Delivery, Outcome, Receipt, plain
from archive.vietnamese import exact


@dataclass(frozen=True, slots=True)
class Intake:
    """A delivery whose bytes are safe, ready to be recorded. `name` and `folder` are what people read; `quarantine` is
    a reason code, or None; `incomplete`: taken in as it was, though its format does not close."""

    delivery: Delivery
    sha256: str
    name: str
    folder: str = ""
    quarantine: str | None = None
    incomplete: bool = False


def record(
    items: Sequence[Intake], now: datetime, checkpoint: Callable[[str], None] = lambda _name: None
) -> list[Receipt]:
    """Record deliveries in one transaction: document, receipt and log. Recording the same intake again changes nothing
    and returns the receipt it already has."""
    with transaction.atomic():
        checkpoint("tx_open")
        campaign = current_row()
        if campaign is None:
            raise NotFound(_("no campaign is loaded"), _("Load one with: hoso campaign load FILE.yaml"))
        last = models.Receipt.objects.aggregate(last=Max("number"))["last"] or 0
        known = {r.delivery_id: r for r in receipt_rows().filter(pk__in=[i.delivery.intake_id for i in items])}
        entries = []
        for item in items:
            if item.delivery.intake_id in known:
                continue
            last += 1
            row = _record_one(item, campaign, last, now)
            known[item.delivery.intake_id] = row
            entries.append(audit.Entry(audit.SYSTEM, row.outcome, item.delivery.intake_id, receipt_detail(row)))
        audit.append(entries, now)
        checkpoint("tx_before_commit")
    checkpoint("tx_committed")
    return [_receipt(known[item.delivery.intake_id]) for item in items]


def _record_one(item: Intake, campaign: models.Campaign, number: int, now: datetime) -> models.Receipt:
    delivery = models.Delivery.objects.create(
        intake_id=item.delivery.intake_id, unit=item.delivery.unit, path=item.delivery.path,
        size=item.delivery.size, seen_at=item.delivery.seen_at, bundle_id=item.delivery.bundle,
    )  # fmt: skip
    same = models.Document.objects.filter(campaign=campaign, unit=item.delivery.unit, sha256=item.sha256).first()
    if same and not item.delivery.bundle:  # an inner bundle, dropped by itself now, may be unpacked whole
        models.Unpacked.objects.filter(document=same, missing__gt=0).delete()
    document = same or _new_document(item, campaign, now)
    outcome = Outcome.QUARANTINED if item.quarantine else Outcome.DUPLICATE if same else Outcome.FILED
    return models.Receipt.objects.create(
        delivery=delivery, number=number, document=document, sha256=item.sha256, outcome=outcome.value,
        reason=item.quarantine or ("incomplete" if item.incomplete else None), at=now,
    )  # fmt: skip


def _new_document(item: Intake, campaign: models.Campaign, now: datetime) -> models.Document:
    name, folder = _storable(item.name), _storable(item.folder)
    # As Windows compares names. Not by their words alone: "BB 1" and "BB (1)" are two papers, and neither may hide.
    key = exact(f"{folder}/{name}")
    earlier = models.Document.objects.filter(campaign=campaign, unit=item.delivery.unit, name_key=key)
    first = earlier.order_by("filed_at", "id").first() or _mended_member(item, campaign, exact(f"/{name}"))
    return models.Document.objects.create(
        id=item.delivery.intake_id, campaign=campaign, unit=item.delivery.unit, sha256=item.sha256, name=name,
        name_key=key, folder=folder, size=item.delivery.size, filed_at=now, version_of=first,
    )  # fmt: skip


def _mended_member(item: Intake, campaign: models.Campaign, ending: str) -> models.Document | None:
    """The member of a bundle that a file dropped by itself stands for: the only one of this name, in whatever folder of
    the bundle. Nobody makes those folders in the share to mend one paper."""
    if item.delivery.bundle or item.delivery.unit is None:
        return None
    came = models.Delivery.objects.filter(pk=OuterRef("pk"), bundle__isnull=False)
    members = models.Document.objects.filter(
        Exists(came), campaign=campaign, unit=item.delivery.unit, name_key__endswith=ending
    )
    families = {row.version_of_id or row.pk: row for row in members.order_by("-filed_at", "-id")}
    if len(families) != 1:
        return None
    only = next(iter(families.values()))
    return only.version_of or only


def _storable(text: str) -> str:
    """Names that are not UTF-8 come with surrogates, which no database takes; the exact bytes are in the delivery."""
    return text.encode("utf-8", "replace").decode("utf-8")


def receipt_detail(row: models.Receipt) -> dict[str, Any]:
    """What the log says of a receipt; `verify` compares the tables with it."""
    return {
        "unit": row.delivery.unit,
        "path": bytes(row.delivery.path).hex(),
        "size": row.delivery.size,
        "seen_at": plain(row.delivery.seen_at.astimezone(UTC)),
        "sha256": row.sha256,
        "document": row.document_id,
        "name": row.document.name,
        "folder": row.document.folder,
        "of": row.document.unit,
        "campaign": row.document.campaign_id,
        "version_of": row.document.version_of_id,
        "number": row.number,
        "outcome": row.outcome,
        "reason": row.reason,
        **({"bundle": row.delivery.bundle_id} if row.delivery.bundle_id else {}),
    }


def receipt_rows() -> QuerySet[models.Receipt]:
    """All receipts in the order they were given."""
    return models.Receipt.objects.select_related("delivery__bundle", "document").order_by("number")


def _receipt(row: models.Receipt, secret: Collection[str] = ()) -> Receipt:
    """A document found to be marked secret makes its receipts quarantined; the row itself is never rewritten."""
    outcome, reason = Outcome(row.outcome), row.reason
    if row.document_id in secret:
        outcome, reason = Outcome.QUARANTINED, "secret-mark"
    return Receipt(
        row.delivery_id, row.delivery.unit, bytes(row.delivery.path), row.sha256, row.delivery.size, outcome,
        row.document_id, reason, row.at, row.number,
        bytes(row.delivery.bundle.path) if row.delivery.bundle else None,
    )  # fmt: skip


def secret_ids() -> frozenset[str]:
    """The documents that are marked secret."""
    return frozenset(models.Recognition.objects.filter(secret=True).values_list("document_id", flat=True))


def receipt(intake_id: str) -> Receipt | None:
    """The receipt of one delivery, if it was recorded."""
    row = receipt_rows().filter(pk=intake_id).first()
    return _receipt(row, secret_ids()) if row else None


def receipts(units: Collection[str] | None = None, *, current: bool = False) -> list[Receipt]:
    """Receipts in the order they were given: all, those of some units, those of the current campaign only."""
    rows = receipt_rows().filter(document__campaign=current_row()) if current else receipt_rows()
    if units is not None:
        rows = rows.filter(delivery__unit__in=units)
    secret = secret_ids()
    return [_receipt(row, secret) for row in rows.iterator()]


def receipts_nowhere() -> list[Receipt]:
    """Receipts of the current campaign for files that lay in no unit's folder."""
    return [_receipt(row) for row in receipt_rows().filter(delivery__unit=None, document__campaign=current_row())]


def unanswered(limit: int, after: int = 0) -> list[Receipt]:
    """Receipts that do not lie in the clerk's folder yet, oldest first; only those of a higher number than `after`."""
    return [_receipt(row) for row in receipt_rows().filter(answered_at=None, number__gt=after)[:limit]]


def mark_answered(intake_ids: Collection[str], now: datetime) -> None:
    """Those receipts lie in the clerk's folder."""
    models.Receipt.objects.filter(pk__in=intake_ids).update(answered_at=now)


def recorded(intake_ids: Collection[str]) -> set[str]:
    """Which of these deliveries have a receipt."""
    return set(models.Receipt.objects.filter(pk__in=intake_ids).values_list("pk", flat=True))
