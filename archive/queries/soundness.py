"""Whether the tables say what the audit log says, for `hoso verify`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from django.db.models import Count, F

from archive import audit, models, past, people, saved
from archive.queries.campaigns import CAMPAIGN_KEPT, CAMPAIGN_LOADED, current_row, state_of
from archive.queries.deliveries import receipt_detail, receipt_rows
from archive.records import Outcome


def digests() -> set[str]:
    """Digests of all blobs that the catalogue relies on."""
    return set(models.Document.objects.values_list("sha256", flat=True).distinct())


def wrong_rows() -> list[str]:
    """What is wrong in the tables, in words: rows that differ from what the audit log says of them."""
    found = (
        _wrong_receipts(), _wrong_documents(), people.wrong_decisions(), _wrong_campaigns(), _wrong_past(),
        saved.wrong(),
    )  # fmt: skip
    return list(chain.from_iterable(found))


def _wrong_receipts() -> Iterator[str]:
    logged = {row.subject: (row.at, row.detail) for row in audit.logged(*(outcome.value for outcome in Outcome))}
    for row in receipt_rows().iterator():
        if logged.pop(row.delivery_id, None) != (row.at, receipt_detail(row)):
            yield f"receipt {row.delivery_id}"
    yield from (f"receipt {intake_id} is gone" for intake_id in logged)


def _wrong_documents() -> Iterator[str]:
    """A document is what its first receipt says, by whose time it is judged as late or not."""
    strays = models.Document.objects.annotate(receipts=Count("receipt")).filter(receipts=0)
    yield from (f"document {pk} has no receipt" for pk in strays.values_list("pk", flat=True))
    receipts = models.Receipt.objects
    differing = receipts.exclude(sha256=F("document__sha256"))
    misdated = receipts.filter(document=F("delivery")).exclude(at=F("document__filed_at"))
    for pk in (differing | misdated).distinct().values_list("pk", flat=True):
        yield f"receipt {pk} and its document differ"


def _wrong_campaigns() -> Iterator[str]:
    """Units, teams, visits and waivers as they were when the campaign was loaded, or a waiver changed, last."""
    changes = audit.logged(CAMPAIGN_LOADED, people.WAIVED, people.WAIVER_REVOKED)
    logged = {row.detail.get("campaign", row.subject): row.detail.get("state") for row in changes}
    latest = models.Audit.objects.filter(action=CAMPAIGN_LOADED).order_by("-seq").first()
    current = current_row()
    for pk in models.Campaign.objects.values_list("pk", flat=True):
        if logged.pop(pk, None) != state_of(pk):
            yield f"campaign {pk}"
    yield from (f"campaign {pk} is gone" for pk in logged)
    if current and latest and current.pk != latest.subject:
        yield f"campaign {current.pk} is not the one that was loaded last"


def _wrong_past() -> Iterator[str]:
    logged = [row.detail.get("content") for row in audit.logged(CAMPAIGN_LOADED, CAMPAIGN_KEPT)]
    yield from past.wrong_past([digest for digest in logged if digest])
