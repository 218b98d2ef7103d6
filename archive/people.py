"""What people decide beside the machine: kind, unit and year of a document, and waivers of requirements.

Rows are only ever added or marked as revoked, each with who and when in the audit log, so that the standing answer, the
history and any past answer follow from the same rows. What a campaign file says and what a command said are told apart:
loading the file again touches only the former.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from archive import audit, models
from archive.records import Decision, Waiver, plain

DECIDED, UNDECIDED = "decided", "undecided"
WAIVED, WAIVER_REVOKED = "waived", "waiver-revoked"
DECIDABLE = ("kind", "unit", "year")

# --- decisions on documents ------------------------------------------------------------------------------------------


def decisions(known_at: datetime | None = None, of: Collection[str] | None = None) -> dict[str, Decision]:
    """The standing decision of each document (of all, or of these ids): for each of kind, unit and year the newest that
    was set and not unset since; who and when are those of the newest that stands."""
    rows = models.Decision.objects.order_by("id")
    if known_at is not None:
        rows = rows.filter(at__lte=known_at)
    if of is not None:
        rows = rows.filter(document__in=of)
    standing: dict[str, dict[str, models.Decision]] = {}
    for row in rows:
        held = standing.setdefault(row.document_id, {})
        for name in DECIDABLE:
            if name in row.unset:
                held.pop(name, None)
            elif getattr(row, name):
                held[name] = row
    return {document: _decision(held) for document, held in standing.items() if held}


def _decision(held: dict[str, models.Decision]) -> Decision:
    newest = max(held.values(), key=lambda row: row.pk)
    values = {name: getattr(held[name], name) if name in held else None for name in DECIDABLE}
    return Decision(**values, by=newest.by, at=newest.at)


def note_decision(document: str, values: dict[str, Any], unset: Sequence[str], by: str, now: datetime) -> None:
    """Add a row that sets `values` or takes back those named in `unset`. Must be called inside a transaction."""
    row = models.Decision(document_id=document, **values, unset=list(unset), by=by, at=now)
    row.save()
    action = UNDECIDED if unset else DECIDED
    audit.append([audit.Entry(by, action, document, decision_detail(row))], now)


def decision_detail(row: models.Decision) -> dict[str, Any]:
    """What the log says of a decision."""
    detail = {name: getattr(row, name) for name in DECIDABLE}
    return {**detail, "unset": row.unset} if row.unset else detail


def moved_to(of: Collection[str] | None = None) -> dict[str, str]:
    """The unit that a person moved a document to, of the documents (all, or these ids) that were moved and not taken
    back since."""
    return {document: decision.unit for document, decision in decisions(of=of).items() if decision.unit}


# --- waivers ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GrantedWaiver:
    """A waiver with its history. `by_hand`: a command added it; otherwise the campaign file. `revoked_by` is "" where
    the campaign file no longer has it."""

    waiver: Waiver
    by_hand: bool
    granted_at: datetime
    revoked_at: datetime | None
    revoked_by: str
    revoked_why: str


def _granted(row: models.Waiver) -> GrantedWaiver:
    waiver = Waiver(row.unit, row.requirement, row.why, row.by, row.until)
    return GrantedWaiver(waiver, row.by_hand, row.granted_at, row.revoked_at, row.revoked_by, row.revoked_why)


def waiver_history(campaign: str) -> list[GrantedWaiver]:
    """Every waiver that a campaign ever had, oldest first."""
    return [_granted(row) for row in models.Waiver.objects.filter(campaign=campaign).order_by("id")]


def waivers(campaign: str, known_at: datetime | None = None) -> tuple[Waiver, ...]:
    """The waivers of a campaign that stand now, or stood at `known_at`; whether their day has passed is not looked
    at."""
    rows = models.Waiver.objects.filter(campaign=campaign)
    if known_at is None:
        rows = rows.filter(revoked_at=None)
    else:
        rows = rows.filter(granted_at__lte=known_at).filter(Q(revoked_at=None) | Q(revoked_at__gt=known_at))
    return tuple(_granted(row).waiver for row in rows.order_by("id"))


def grant(campaign: str, waiver: Waiver, now: datetime) -> None:
    """Add a waiver by hand. Must be called inside a transaction; the caller logs it."""
    models.Waiver.objects.create(campaign_id=campaign, **asdict(waiver), granted_at=now, by_hand=True)


def standing_rows(campaign: str, unit: str, requirement: str) -> QuerySet[models.Waiver]:
    """The rows of the waivers of one requirement of one unit that nobody revoked."""
    return models.Waiver.objects.filter(campaign=campaign, unit=unit, requirement=requirement, revoked_at=None)


def revoke(campaign: str, unit: str, requirement: str, by: str, why: str, now: datetime) -> list[GrantedWaiver]:
    """Revoke what stands for that requirement of that unit, from the campaign file or added by hand; what was revoked.
    Must be called inside a transaction; the caller logs it."""
    revoked = []
    for row in standing_rows(campaign, unit, requirement):
        row.revoked_at, row.revoked_by, row.revoked_why = now, by, why
        row.save()
        revoked.append(_granted(row))
    return revoked


def follow_file(campaign: models.Campaign, listed: Sequence[Waiver], now: datetime) -> tuple[Waiver, ...]:
    """Make the waivers that come from the campaign file what the file says: new ones are added, those that it no longer
    has are revoked. Those added by hand stay, and one that a person revoked by hand does not come back by loading the
    very same line again; such lines are returned. Must be called inside a transaction."""
    rows = models.Waiver.objects.filter(campaign=campaign, by_hand=False)
    wanted = {_key(waiver): waiver for waiver in listed}
    held = {_key(row): row for row in rows.filter(revoked_at=None)}
    for key, row in held.items():
        if key not in wanted:
            row.revoked_at = now
            row.save()
    withdrawn = _withdrawn(rows)
    for key in sorted(wanted.keys() - held.keys() - withdrawn, key=lambda key: (key[0], key[1])):
        models.Waiver.objects.create(campaign=campaign, **asdict(wanted[key]), granted_at=now)
    return tuple(waiver for key, waiver in wanted.items() if key in withdrawn)


def _withdrawn(rows: QuerySet[models.Waiver]) -> set[tuple[str, str, str, str, date | None]]:
    """Lines of the file whose newest row a person revoked by hand."""
    newest = {_key(row): row for row in rows.order_by("id")}
    return {key for key, row in newest.items() if row.revoked_by}


def _key(waiver: Waiver | models.Waiver) -> tuple[str, str, str, str, date | None]:
    return waiver.unit, waiver.requirement, waiver.why, waiver.by, waiver.until


def waiver_state(campaign: str) -> list[list[Any]]:
    """All waivers of a campaign, those of the past too, JSON-ready, for its digest in the log. What came with later
    versions of hoso stands only where it says something, so that digests of earlier versions still hold."""
    state = []
    for row in models.Waiver.objects.filter(campaign=campaign).order_by("id"):
        values: list[Any] = [*_key(row), row.granted_at, row.revoked_at]
        if row.by_hand or row.revoked_by:
            values += [row.by_hand, row.revoked_by, row.revoked_why]
        state.append(plain(values))
    return state


# --- for verify ------------------------------------------------------------------------------------------------------


def wrong_decisions() -> Iterator[str]:
    """Decisions that differ from what the audit log says of them, in words."""
    logged = {(row.subject, row.actor, row.at, row.action): row.detail for row in audit.logged(DECIDED, UNDECIDED)}
    for row in models.Decision.objects.all():
        key = (row.document_id, row.by, row.at, UNDECIDED if row.unset else DECIDED)
        if logged.pop(key, None) != decision_detail(row):
            yield f"decision {row.pk} on document {row.document_id}"
    yield from (f"decision of {by} on document {subject} is gone" for subject, by, _at, _action in logged)
