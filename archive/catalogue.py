"""The only queries over the catalogue. Everything takes and returns the records of `archive.records`.

Work is a query, never a queue: what is still to be read, recognised, indexed or answered follows from the tables, so
every step may be repeated after a crash. Each change that people rely on is logged in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Length

from archive import audit, bundles, models, past, people, saved
from archive.errors import NotFound
from archive.i18n import gettext as _
from archive.recognitions import from_json, to_json
from archive.records import (
    BUNDLE_FORMATS,
    MAIL_FORMATS,
    BasisPaper,
    Bundle,
    Calendar,
    Campaign,
    Decision,
    Delivery,
    Document,
    Finding,
    KnownDocument,
    MassOrganisation,
    Outcome,
    Page,
    Period,
    Reading,
    ReadingState,
    Receipt,
    Recognition,
    Signature,
    Source,
    Table,
    Team,
    Unit,
    UnitType,
    Visit,
    Waiver,
    plain,
)
from archive.vietnamese import exact

CAMPAIGN_LOADED, CAMPAIGN_KEPT = "campaign-loaded", "campaign-kept"
_AT_ONCE = 200  # documents that are held in memory together
_TEXT_AT_ONCE = 8 << 20  # characters of pages, as stored, that are worked on together

# --- campaigns -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Changes:
    """What a second load of a campaign file changed, by the ids of the things. `withdrawn` are unit and
    requirement of the waivers of the file that a person revoked by hand: they stay revoked."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    withdrawn: tuple[str, ...] = ()


def _unit_values(unit: Unit, position: int) -> dict[str, Any]:
    return {
        "name": unit.name,
        "type": unit.type.value,
        "parent": unit.parent,
        "members": unit.members,
        "exempt": unit.exempt,
        "host": unit.host,
        "mass_orgs": [[org.id, org.name] for org in unit.mass_orgs],
        "has_ubkt": unit.has_ubkt,
        "proposed_level": unit.proposed_level,
        "position": position,
        "active": True,
    }


def save_campaign(campaign: Campaign, now: datetime, by: str) -> Changes:
    """Make the catalogue's campaign what the file says, in one transaction; loading it again changes nothing. Waivers
    that a command added or revoked stay as they are (see `people.follow_file`)."""
    with transaction.atomic():
        current, before = _current(), _facts_of(campaign.id)
        _note_former(campaign.id, now)
        # The one loaded last is the current one, even where the clock was set back in between.
        loaded_at = max(now, current.loaded_at + timedelta(microseconds=1)) if current else now
        row, _created = models.Campaign.objects.update_or_create(
            id=campaign.id,
            defaults={
                "title": campaign.title,
                "year": campaign.year,
                "pack": campaign.pack,
                "basis": plain(campaign.basis),
                "period": plain(campaign.period),
                "calendar": plain(campaign.calendar) if campaign.calendar != Calendar() else {},
                "loaded_at": loaded_at,
            },
        )
        _save_people(row, campaign)
        withdrawn = people.follow_file(row, campaign.waivers, now)
        after = _facts_of(campaign.id)
        changes = _difference(before, after, withdrawn)
        if before != after or current != row:  # an older campaign that is loaded again becomes the current one
            values = {key: after[key] for key in (*changes.added, *changes.changed)}
            told = {name: plain(getattr(changes, name)) for name in ("added", "changed", "removed")}
            content = past.note_campaign(_campaign(row), loaded_at)
            detail = {**told, "values": values, "state": _state_of(campaign.id), "content": content}
            audit.append([audit.Entry(by, CAMPAIGN_LOADED, campaign.id, detail)], now)
    return changes


def _note_former(campaign: str, now: datetime) -> None:
    """Keep what an earlier version of hoso loaded and kept nothing of, before it is changed."""
    row = models.Campaign.objects.filter(pk=campaign).first()
    if row and not past.is_noted(campaign):
        content = past.note_campaign(_campaign(row), row.loaded_at)
        audit.append([audit.Entry(audit.SYSTEM, CAMPAIGN_KEPT, campaign, {"content": content})], now)


def _save_people(row: models.Campaign, campaign: Campaign) -> None:
    models.Team.objects.filter(campaign=row).exclude(slug__in=[team.id for team in campaign.teams]).delete()
    for team in campaign.teams:
        models.Team.objects.update_or_create(campaign=row, slug=team.id, defaults={"name": team.name})
    models.Unit.objects.filter(campaign=row).exclude(slug__in=[u.id for u in campaign.units]).update(active=False)
    for position, unit in enumerate(campaign.units):
        models.Unit.objects.update_or_create(campaign=row, slug=unit.id, defaults=_unit_values(unit, position))
    models.Visit.objects.filter(campaign=row).exclude(unit__in=[v.unit for v in campaign.visits]).delete()
    for visit in campaign.visits:
        values = {"team": visit.team, "on": visit.on}
        models.Visit.objects.update_or_create(campaign=row, unit=visit.unit, defaults=values)


def _facts_of(campaign: str) -> dict[str, Any]:
    """Everything of a campaign that a load may change, JSON-ready, keyed by readable ids."""
    facts: dict[str, Any] = {}
    for row in models.Campaign.objects.filter(pk=campaign):
        told = {"title": row.title, "year": row.year, "pack": row.pack, "basis": row.basis}
        # Left out where there are none: digests in the audit log are older than these two.
        more = {"period": row.period, "calendar": row.calendar}
        facts[f"campaign {row.pk}"] = told | {name: value for name, value in more.items() if value}
    for team in models.Team.objects.filter(campaign=campaign):
        facts[f"team {team.slug}"] = team.name
    for unit in models.Unit.objects.filter(campaign=campaign, active=True):
        facts[f"unit {unit.slug}"] = _unit_values(_unit(unit), unit.position)
    for visit in models.Visit.objects.filter(campaign=campaign):
        facts[f"visit {visit.unit}"] = [visit.team, plain(visit.on)]
    for waiver in models.Waiver.objects.filter(campaign=campaign, revoked_at=None).order_by("id"):
        values = [waiver.why, waiver.by, plain(waiver.until)]
        facts.setdefault(f"waiver {waiver.unit}/{waiver.requirement}", []).append(values)
    return facts


def _state_of(campaign: str) -> str:
    """A digest of all that answers take from a campaign, waivers of the past too, for `verify`."""
    state = [_facts_of(campaign), people.waiver_state(campaign)]
    return audit.digest_of(state)


def _difference(before: dict[str, Any], after: dict[str, Any], withdrawn: Iterable[Waiver]) -> Changes:
    return Changes(
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(key for key in after.keys() & before.keys() if after[key] != before[key])),
        tuple(sorted(before.keys() - after.keys())),
        tuple(sorted(f"{waiver.unit}/{waiver.requirement}" for waiver in withdrawn)),
    )


def _unit(row: models.Unit) -> Unit:
    return Unit(
        row.slug, row.name, UnitType(row.type), row.parent, row.members, row.exempt, row.host,
        tuple(MassOrganisation(*org) for org in row.mass_orgs), row.has_ubkt, row.proposed_level,
    )  # fmt: skip


def _current() -> models.Campaign | None:
    return models.Campaign.objects.order_by("-loaded_at").first()


def current_campaign(known_at: datetime | None = None) -> Campaign | None:
    """The campaign loaded last, with the waivers that stand now; with `known_at` as both were at that moment. None
    before the first."""
    then = past.campaign_at(known_at) if known_at is not None else None
    if then is None:
        row = _current()
        then = _campaign(row) if row else None
    return replace(then, waivers=people.waivers(then.id, known_at)) if then else None


def campaign(campaign_id: str) -> Campaign:
    """The campaign of that id as it is now, the current one or an earlier one. Raises NotFound."""
    row = models.Campaign.objects.filter(pk=campaign_id).first()
    if row is None:
        known = ", ".join(models.Campaign.objects.order_by("-loaded_at").values_list("pk", flat=True))
        hint = _("Campaigns that were loaded: {ids}").format(ids=known or "-")
        raise NotFound(_("there is no campaign '{id}'").format(id=campaign_id), hint)
    return replace(_campaign(row), waivers=people.waivers(row.pk))


def _campaign(row: models.Campaign) -> Campaign:
    """The campaign of that row, without its waivers."""
    return Campaign(
        row.id,
        row.title,
        row.year,
        row.pack,
        tuple(
            BasisPaper(paper["code"], date.fromisoformat(paper["on"]) if paper["on"] else None, paper["title"])
            for paper in row.basis
        ),
        tuple(Team(team.slug, team.name) for team in models.Team.objects.filter(campaign=row).order_by("slug")),
        tuple(_unit(unit) for unit in models.Unit.objects.filter(campaign=row, active=True).order_by("position")),
        tuple(Visit(visit.unit, visit.team, visit.on) for visit in models.Visit.objects.filter(campaign=row)),
        period=Period(**row.period) if row.period else None,
        calendar=Calendar(*(tuple(map(date.fromisoformat, row.calendar.get(name, ()))) for name in ("working", "off"))),
    )


# --- waivers by hand -------------------------------------------------------------------------------------------------


def grant_waiver(campaign_id: str, waiver: Waiver, now: datetime) -> None:
    """Keep a waiver that a person gives, in the log."""
    with transaction.atomic():
        people.grant(campaign_id, waiver, now)
        _log_waiver(people.WAIVED, campaign_id, waiver, waiver.by, plain(waiver), now)


def revoke_waiver(campaign_id: str, waived: Waiver, by: str, why: str, now: datetime) -> list[people.GrantedWaiver]:
    """Revoke every waiver that stands for that unit's requirement, in the log; those that were. Rows stay."""
    with transaction.atomic():
        revoked = people.revoke(campaign_id, waived.unit, waived.requirement, by, why, now)
        if revoked:
            _log_waiver(people.WAIVER_REVOKED, campaign_id, waived, by, {"why": why, "waivers": len(revoked)}, now)
    return revoked


def _log_waiver(action: str, campaign_id: str, waiver: Waiver, by: str, detail: dict[str, Any], now: datetime) -> None:
    subject = f"{waiver.unit}/{waiver.requirement}"
    detail = {**detail, "campaign": campaign_id, "state": _state_of(campaign_id)}
    audit.append([audit.Entry(by, action, subject, detail)], now)


# --- taking in -------------------------------------------------------------------------------------------------------


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
        campaign = _current()
        if campaign is None:
            raise NotFound(_("no campaign is loaded"), _("Load one with: hoso campaign load FILE.yaml"))
        last = models.Receipt.objects.aggregate(last=Max("number"))["last"] or 0
        known = {r.delivery_id: r for r in _receipt_rows().filter(pk__in=[i.delivery.intake_id for i in items])}
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


def _receipt_rows() -> QuerySet[models.Receipt]:
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


def _secret_ids() -> frozenset[str]:
    return frozenset(models.Recognition.objects.filter(secret=True).values_list("document_id", flat=True))


def receipt(intake_id: str) -> Receipt | None:
    """The receipt of one delivery, if it was recorded."""
    row = _receipt_rows().filter(pk=intake_id).first()
    return _receipt(row, _secret_ids()) if row else None


def receipts(units: Collection[str] | None = None, *, current: bool = False) -> list[Receipt]:
    """Receipts in the order they were given: all, those of some units, those of the current campaign only."""
    rows = _receipt_rows().filter(document__campaign=_current()) if current else _receipt_rows()
    if units is not None:
        rows = rows.filter(delivery__unit__in=units)
    secret = _secret_ids()
    return [_receipt(row, secret) for row in rows.iterator()]


def receipts_nowhere() -> list[Receipt]:
    """Receipts of the current campaign for files that lay in no unit's folder."""
    return [_receipt(row) for row in _receipt_rows().filter(delivery__unit=None, document__campaign=_current())]


def unanswered(limit: int, after: int = 0) -> list[Receipt]:
    """Receipts that do not lie in the clerk's folder yet, oldest first; only those of a higher number than `after`."""
    return [_receipt(row) for row in _receipt_rows().filter(answered_at=None, number__gt=after)[:limit]]


def mark_answered(intake_ids: Collection[str], now: datetime) -> None:
    """Those receipts lie in the clerk's folder."""
    models.Receipt.objects.filter(pk__in=intake_ids).update(answered_at=now)


# --- work: what is still to be read, recognised, indexed -------------------------------------------------------------


def blobs_to_read(reader: str, limit: int) -> list[str]:
    """Digests of documents without a reading by this version of the readers, oldest first."""
    done = models.Reading.objects.filter(sha256=OuterRef("sha256"), reader=reader)
    rows = models.Document.objects.filter(~Exists(done)).order_by("filed_at").values_list("sha256", flat=True)
    return list(dict.fromkeys(rows[:limit]))


def save_readings(readings: Iterable[tuple[str, Reading]], reader: str, scans: int | None = None) -> None:
    """Keep readings, in place of those of earlier versions; what was derived from the earlier ones is made anew. Of the
    pages of each that wait for OCR, the first `scans` are to be read (None: all)."""
    readings = list(readings)
    rows = [
        models.Reading(
            sha256=sha256, reader=reader, format=reading.format, state=reading.state.value,
            source=reading.source.value, encoding=reading.encoding, confidence=reading.confidence,
            warnings=plain(reading.warnings), properties=reading.properties, page_count=len(reading.pages),
            pages=[[page.text, page.source.value, page.confidence] for page in reading.pages],
            tables=[[table.page, plain(table.rows)] for table in reading.tables],
            scans=list(reading.scans), signatures=plain(reading.signatures),
        )
        for sha256, reading in readings
    ]  # fmt: skip
    with transaction.atomic():
        digests = [row.sha256 for row in rows]
        models.Recognition.objects.filter(document__sha256__in=digests).delete()
        models.Indexed.objects.filter(document__sha256__in=digests).delete()
        models.Reading.objects.filter(sha256__in=digests).delete()
        models.ReadScan.objects.filter(sha256__in=digests).delete()
        models.Reading.objects.bulk_create(rows)
        models.ReadScan.objects.bulk_create(
            models.ReadScan(sha256=sha256, page=page, reader=reader)
            for sha256, reading in readings
            for page in reading.scans[:scans]
        )


def _reading(row: models.Reading) -> Reading:
    return Reading(
        row.format,
        ReadingState(row.state),
        tuple(Page(text, Source(source), confidence) for text, source, confidence in row.pages),
        tuple(Table(page, tuple(tuple(cells) for cells in rows)) for page, rows in row.tables),
        Source(row.source),
        row.encoding,
        row.confidence,
        tuple((code, words) for code, words in row.warnings),
        row.properties,
        row.reader,
        tuple(row.scans),
        tuple(Signature(**signature) for signature in row.signatures),
    )


def reading(sha256: str) -> Reading | None:
    """The reading of a blob, whole; None while it is not read."""
    row = models.Reading.objects.filter(pk=sha256).first()
    return _reading(row) if row else None


@dataclass(frozen=True, slots=True)
class Scan:
    """A page that waits for OCR, and the format of its blob."""

    sha256: str
    page: int
    format: str


def scans_to_read(reader: str, limit: int) -> list[Scan]:
    """Pages that wait for OCR. Documents take turns, in the order in which they were read: the first pages of all come
    before their second ones, so that three hundred pages of one hold up no other."""
    form = models.Reading.objects.filter(pk=OuterRef("sha256")).values("format")
    rows = (
        models.ReadScan.objects.filter(done=False, reader=reader).order_by("page", "id").annotate(form=Subquery(form))
    )
    return [Scan(*row) for row in rows.values_list("sha256", "page", "form")[:limit]]


def save_scan(sha256: str, page: int, found: Page | str) -> None:
    """Keep what OCR found on a page, or the code of why the page could not be read. A page that nobody waits for any
    longer is let go."""
    row = models.ReadScan.objects.filter(sha256=sha256, page=page)
    if isinstance(found, Page):
        row.update(done=True, text=found.text, confidence=found.confidence, failed="")
    else:
        row.update(done=True, failed=found)


def scans_done(reader: str, digests: Collection[str] | None = None) -> list[str]:
    """Of these blobs (None: of all) those whose every page was read; `save_readings` makes an end of their scans."""
    rows = models.ReadScan.objects.filter(reader=reader)
    if digests is not None:
        rows = rows.filter(sha256__in=digests)
    waiting = models.ReadScan.objects.filter(sha256=OuterRef("sha256"), done=False)
    return list(rows.filter(~Exists(waiting)).order_by("sha256").values_list("sha256", flat=True).distinct())


def scans_of(sha256: str) -> tuple[dict[int, Page], dict[int, str]]:
    """The pages of a blob that OCR has read, and the codes of those it could not read, by page number."""
    rows = list(models.ReadScan.objects.filter(sha256=sha256, done=True).order_by("page"))
    found = {row.page: Page(row.text, Source.OCR, row.confidence) for row in rows if not row.failed}
    return found, {row.page: row.failed for row in rows if row.failed}


def documents_to_recognise(made_with: str, limit: int) -> list[tuple[Document, Reading]]:
    """Documents with a reading whose recognition is missing or, in the current campaign, was made with another pack or
    version, each with what people decided about it."""
    read = models.Reading.objects.filter(sha256=OuterRef("sha256"))
    rows = _light_enough(_to_recognise(made_with).filter(Exists(read)).order_by("filed_at")[:limit])
    readings = {row.sha256: _reading(row) for row in models.Reading.objects.filter(pk__in=[r.sha256 for r in rows])}
    decisions = people.decisions(of=[row.pk for row in rows])
    return [(_document(row, decisions.get(row.pk)), readings[row.sha256]) for row in rows]


def _to_recognise(made_with: str) -> QuerySet[models.Document]:
    """Papers of earlier campaigns stay recognised by the rules of theirs: those are what they are judged by."""
    own = Q(document__campaign=_current(), made_with=made_with)
    earlier = ~Q(document__campaign=_current()) & ~Q(made_with="")
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


def readings_of(digests: Iterable[str]) -> Iterator[tuple[str, Reading]]:
    """The readings of blobs, some in memory at a time."""
    wanted = list(dict.fromkeys(digests))
    for start in range(0, len(wanted), _AT_ONCE):
        for row in models.Reading.objects.filter(pk__in=wanted[start : start + _AT_ONCE]):
            yield row.sha256, _reading(row)


def documents_to_index(limit: int) -> list[KnownDocument]:
    """Recognised documents whose present state is not in the index."""
    marked = models.Indexed.objects.filter(document=OuterRef("pk"))
    known = models.Recognition.objects.filter(document=OuterRef("pk"))
    rows = models.Document.objects.filter(~Exists(marked), Exists(known)).order_by("filed_at")[:limit]
    return list(_known(_light_enough(rows)))


def _light_enough(documents: Iterable[models.Document]) -> list[models.Document]:
    """As many of the first ones as have no more text together than may be held in memory; at least one."""
    rows = list(documents)
    read = models.Reading.objects.filter(pk__in=[row.sha256 for row in rows])
    sizes = dict(read.annotate(size=Length("pages")).values_list("pk", "size"))
    total = 0
    for count, row in enumerate(rows):
        total += sizes.get(row.sha256, 0)
        if total > _TEXT_AT_ONCE and count:
            return rows[:count]
    return rows


def mark_indexed(indexed: Sequence[KnownDocument]) -> None:
    """Those documents are in the index (or must not be) as they are given here. One that has changed meanwhile, by the
    decision of another process say, is not marked: it is to be indexed again."""
    for start in range(0, len(indexed), _AT_ONCE):
        some = indexed[start : start + _AT_ONCE]
        with transaction.atomic():
            now = {known.document.id: known for known in documents([known.document.id for known in some])}
            same = [known.document.id for known in some if now.get(known.document.id) == known]
            models.Indexed.objects.bulk_create([models.Indexed(document_id=i) for i in same], ignore_conflicts=True)


def forget_index() -> None:
    """Nothing is in the index: it was lost or is made anew."""
    models.Indexed.objects.all().delete()


def recognised_documents(units: Collection[str] | None = None) -> Iterator[KnownDocument]:
    """Every recognised document of every campaign, some at a time: what the index holds. With `units` only theirs."""
    rows = models.Document.objects.filter(Exists(models.Recognition.objects.filter(document=OuterRef("pk"))))
    last = ""
    while some := list(rows.filter(pk__gt=last).order_by("pk")[:_AT_ONCE]):
        last = some[-1].pk
        yield from (known for known in _known(some) if units is None or known.document.unit in units)


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
        _to_recognise(made_with).count(),
        documents.filter(~Exists(marked)).count(),
        models.Receipt.objects.filter(answered_at=None).count(),
        models.ReadScan.objects.filter(done=False, reader=reader).count(),
    )


# --- bundles ---------------------------------------------------------------------------------------------------------


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
    rows = models.Document.objects.filter(~Exists(done), sha256__in=read.values("sha256"), campaign=_current())
    given = people.moved_to(list(rows.filter(unit=None).values_list("pk", flat=True)))
    row = rows.filter(Q(unit__isnull=False) | Q(pk__in=given)).order_by("filed_at", "id").first()
    if row is None:
        return None
    way = min((_way(delivery) for delivery in models.Delivery.objects.filter(receipt__document=row)), key=len)
    members, size = _taken_out_of(way[-1].pk, row.pk)
    came = Delivery(way[0].pk, way[0].unit, bytes(way[0].path), way[0].size, way[0].seen_at, way[0].bundle_id)
    return Packed(next(_known([row])).document, came, len(way) - 1, way[-1].size, members, size)


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


def recorded(intake_ids: Collection[str]) -> set[str]:
    """Which of these deliveries have a receipt."""
    return set(models.Receipt.objects.filter(pk__in=intake_ids).values_list("pk", flat=True))


def save_unpacked(
    document: str, members: int, size: int, left_out: Sequence[tuple[str, str]], missing: int, made_with: str
) -> None:
    """The members of a bundle are deliveries now, all but those that were left out."""
    values = {"members": members, "size": size, "left_out": plain(left_out), "missing": missing, "made_with": made_with}
    models.Unpacked.objects.update_or_create(document_id=document, defaults=values)


# --- what is held ----------------------------------------------------------------------------------------------------


def _document(row: models.Document, decision: Decision | None) -> Document:
    unit = decision.unit if decision and decision.unit else row.unit
    return Document(
        row.id, unit, row.campaign_id, row.sha256, row.name, row.folder, row.size, row.filed_at, row.version_of_id,
        decision,
    )  # fmt: skip


def _known(rows: Iterable[models.Document], known_at: datetime | None = None) -> Iterator[KnownDocument]:
    rows = list(rows)
    few = len(rows) < 500  # beyond that, one sweep over the table beats a long list of keys
    ids = [row.pk for row in rows]
    readings = models.Reading.objects.all()
    recognitions = models.Recognition.objects.all()
    done = models.Unpacked.objects.all()
    members = models.Delivery.objects.filter(bundle__isnull=False)
    if few:
        readings = readings.filter(pk__in=[row.sha256 for row in rows])
        recognitions = recognitions.filter(pk__in=ids)
        done, members = done.filter(pk__in=ids), members.filter(pk__in=ids)
    read = {values[0]: _Read(*values) for values in readings.values_list(*_Read._fields).iterator()}
    recognised = {
        document: from_json(content)
        for document, content in recognitions.values_list("document_id", "content").iterator()
    }
    unpacked = {u.document_id: u for u in done}
    came_in = _bundle_names(dict(members.values_list("pk", "bundle_id")))
    decisions = people.decisions(known_at, ids if few else None)
    for row in rows:
        document = _document(row, decisions.get(row.id))
        reading_row, found = read.get(row.sha256), recognised.get(row.id)
        within = came_in.get(row.id, "")
        if reading_row is None:
            yield KnownDocument(document, ReadingState.NOT_YET, Source.NONE, None, found, came_in=within)
            continue
        yield KnownDocument(
            document, ReadingState(reading_row.state), Source(reading_row.source), reading_row.confidence, found,
            (*(found.findings if found else ()), *_bundle_findings(row.name, unpacked.get(row.id))),
            reading_row.page_count, reading_row.encoding, reading_row.format,
            _bundle(reading_row, unpacked.get(row.id)), within,
            tuple(Signature(**signature) for signature in reading_row.signatures),
        )  # fmt: skip


class _Read(NamedTuple):
    """Of a reading what is known of a document: not its pages."""

    sha256: str
    state: str
    source: str
    confidence: float | None
    page_count: int
    encoding: str
    format: str
    signatures: list[dict[str, Any]]


def _bundle(read: _Read, done: models.Unpacked | None) -> Bundle | None:
    """Nobody can tell of a mail whether anything is attached to it before it was unpacked."""
    is_open = read.state in (ReadingState.READ.value, ReadingState.LOCKED.value)
    if done is None:
        return Bundle(0, False) if read.format in BUNDLE_FORMATS and is_open else None
    return (
        Bundle(done.members, not done.missing)
        if done.members or done.missing or read.format in BUNDLE_FORMATS
        else None
    )


def _bundle_findings(name: str, done: models.Unpacked | None) -> tuple[Finding, ...]:
    """None where nothing but a password keeps everything from being taken out: the reading says so."""
    if done is None or not done.missing or (not done.members and {code for _name, code in done.left_out} == {"locked"}):
        return ()
    return bundles.findings(name, done.left_out, done.missing)


def _bundle_names(bundle_of: dict[str, str]) -> dict[str, str]:
    """Deliveries that came in bundles, by the id of the bundle, to the bundle's name, the outermost first."""
    level = set(bundle_of.values())
    known: dict[str, models.Delivery] = {}
    while level:
        known |= {row.pk: row for row in models.Delivery.objects.filter(pk__in=level)}
        level = {around for bundle in level if (around := known[bundle].bundle_id)} - known.keys()

    def named(bundle: str) -> str:
        name = bytes(known[bundle].path).rpartition(b"/")[2].decode("utf-8", "replace")
        around = known[bundle].bundle_id
        return f"{named(around)}/{name}" if around else name

    return {member: named(bundle) for member, bundle in bundle_of.items()}


def known_documents(
    units: Collection[str] | None = None, known_at: datetime | None = None, campaign_id: str | None = None
) -> list[KnownDocument]:
    """Everything held for these units (None: for all, nobody's papers too) of that campaign (None: the current one), in
    the order it was filed; with `known_at` only what was filed and decided by then."""
    of = _current() if campaign_id is None else campaign_id
    rows = models.Document.objects.filter(campaign=of).order_by("filed_at", "id")
    if known_at is not None:
        rows = rows.filter(filed_at__lte=known_at)
    if units is not None:
        decided = models.Decision.objects.filter(unit__in=units).values("document_id")
        rows = rows.filter(Q(unit__in=units) | Q(pk__in=decided))
    return [known for known in _known(rows, known_at) if units is None or known.document.unit in units]


def documents(ids: Collection[str]) -> list[KnownDocument]:
    """The documents of these ids."""
    return list(_known(models.Document.objects.filter(pk__in=ids)))


def document(document_id: str) -> KnownDocument:
    """One document by its id or the unique beginning of it. Raises NotFound."""
    rows = list(models.Document.objects.filter(id__startswith=document_id)[:2]) if len(document_id) >= 6 else []
    if len(rows) != 1:
        raise NotFound(_("there is no document {id}").format(id=document_id), _("Ids are listed by: hoso docs list"))
    return next(_known(rows))


def decide(
    document_id: str, *, kind: str | None, unit: str | None, year: int | None, by: str, now: datetime
) -> KnownDocument:
    """Keep a person's decision beside what the machine found, in the log; what follows from it follows by itself."""
    return _note_decision(document_id, {"kind": kind, "unit": unit, "year": year}, (), by, now)


def undecide(document_id: str, names: Collection[str], by: str, now: datetime) -> KnownDocument:
    """Take back what people decided about `names` (kind, unit, year): the machine's answer holds again, the history
    stays."""
    return _note_decision(document_id, {}, [name for name in people.DECIDABLE if name in names], by, now)


def _note_decision(
    document_id: str, values: dict[str, Any], unset: Sequence[str], by: str, now: datetime
) -> KnownDocument:
    known = document(document_id)
    with transaction.atomic():
        people.note_decision(known.document.id, values, unset, by, now)
        if values.get("kind") or "kind" in unset:  # facts are read and checks are made as that kind asks for
            models.Recognition.objects.filter(pk=known.document.id).update(made_with="")
        models.Indexed.objects.filter(pk=known.document.id).delete()
    return document(known.document.id)


def decided_since(last: int) -> tuple[int, set[str]]:
    """The number of the newest decision, by whatever process it was noted, and the units that those after number `last`
    concern: where the papers lay, and wherever they were moved from or to."""
    newest = models.Decision.objects.aggregate(newest=Max("pk"))["newest"] or 0
    if newest == last:
        return newest, set()
    papers = models.Decision.objects.filter(pk__gt=last).values("document_id")
    units = {*models.Document.objects.filter(pk__in=papers).values_list("unit", flat=True)}
    units |= {*models.Decision.objects.filter(document_id__in=papers).values_list("unit", flat=True)}
    return newest, {unit for unit in units if unit}


def pages_of(digests: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The page texts of several blobs, for the index."""
    rows = models.Reading.objects.filter(pk__in=digests).values_list("sha256", "pages")
    return {sha256: tuple(page[0] for page in pages) for sha256, pages in rows}


def count_documents() -> int:
    """How many documents are held."""
    return models.Document.objects.count()


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


def unit_names() -> dict[str, str]:
    """The units of the current campaign, id and name."""
    units = models.Unit.objects.filter(campaign=_current(), active=True)
    return dict(units.order_by("position").values_list("slug", "name"))


def page_sources(pages: Collection[tuple[str, int]]) -> dict[tuple[str, int], tuple[Source, float | None]]:
    """Where the texts of these pages (digest, number from 1) came from, and how surely they were read."""
    found = {}
    for page in {page for _sha256, page in pages}:  # most are the first of their papers: one query
        at = f"pages__{page - 1}"
        rows = models.Reading.objects.filter(pk__in=[sha256 for sha256, other in pages if other == page])
        for sha256, source, confidence in rows.values_list("pk", f"{at}__1", f"{at}__2"):
            if source is not None:
                found[sha256, page] = (Source(source), confidence)
    return found


def searchable_ids() -> set[str]:
    """Ids of the documents that somebody may find: in a unit's folder (or moved there) and not marked secret."""
    moved = people.moved_to()
    rows = models.Document.objects.exclude(pk__in=_secret_ids()).values_list("pk", "unit")
    return {pk for pk, unit in rows if unit is not None or pk in moved}


# --- for verify ------------------------------------------------------------------------------------------------------


def digests() -> set[str]:
    """Digests of all blobs that the catalogue relies on."""
    return set(models.Document.objects.values_list("sha256", flat=True).distinct())


def indexed_ids() -> set[str]:
    """Ids of the documents marked as being in the index."""
    return set(models.Indexed.objects.values_list("pk", flat=True))


def wrong_rows() -> list[str]:
    """What is wrong in the tables, in words: rows that differ from what the audit log says of them."""
    found = (
        _wrong_receipts(), _wrong_documents(), people.wrong_decisions(), _wrong_campaigns(), _wrong_past(),
        saved.wrong(),
    )  # fmt: skip
    return list(chain.from_iterable(found))


def _wrong_receipts() -> Iterator[str]:
    logged = {row.subject: (row.at, row.detail) for row in audit.logged(*(outcome.value for outcome in Outcome))}
    for row in _receipt_rows().iterator():
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
    current = _current()
    for pk in models.Campaign.objects.values_list("pk", flat=True):
        if logged.pop(pk, None) != _state_of(pk):
            yield f"campaign {pk}"
    yield from (f"campaign {pk} is gone" for pk in logged)
    if current and latest and current.pk != latest.subject:
        yield f"campaign {current.pk} is not the one that was loaded last"


def _wrong_past() -> Iterator[str]:
    logged = [row.detail.get("content") for row in audit.logged(CAMPAIGN_LOADED, CAMPAIGN_KEPT)]
    yield from past.wrong_past([digest for digest in logged if digest])
