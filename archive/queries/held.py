"""The documents that are held, with all that is known of each, and what people decide about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max, Q

from archive import bundles, models, people
from archive.errors import NotFound
from archive.i18n import gettext as _
from archive.queries.campaigns import current_row
from archive.recognitions import from_json
from archive.records import (
    BUNDLE_FORMATS,
    Bundle,
    Decision,
    Document,
    Finding,
    KnownDocument,
    ReadingState,
    Signature,
    Source,
)


def document_from(row: models.Document, decision: Decision | None) -> Document:
    """A document as people see it: in the unit's folder into which somebody moved it."""
    unit = decision.unit if decision and decision.unit else row.unit
    return Document(
        row.id, unit, row.campaign_id, row.sha256, row.name, row.folder, row.size, row.filed_at, row.version_of_id,
        decision,
    )  # fmt: skip


def known_from(rows: Iterable[models.Document], known_at: datetime | None = None) -> Iterator[KnownDocument]:
    """Documents with what was read, recognised and unpacked of them, and decided by `known_at` (None: by now)."""
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
        document = document_from(row, decisions.get(row.id))
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
    of = current_row() if campaign_id is None else campaign_id
    rows = models.Document.objects.filter(campaign=of).order_by("filed_at", "id")
    if known_at is not None:
        rows = rows.filter(filed_at__lte=known_at)
    if units is not None:
        decided = models.Decision.objects.filter(unit__in=units).values("document_id")
        rows = rows.filter(Q(unit__in=units) | Q(pk__in=decided))
    return [known for known in known_from(rows, known_at) if units is None or known.document.unit in units]


def documents(ids: Collection[str]) -> list[KnownDocument]:
    """The documents of these ids."""
    return list(known_from(models.Document.objects.filter(pk__in=ids)))


def document_ids() -> set[str]:
    """Ids of all documents."""
    return set(models.Document.objects.values_list("pk", flat=True))


def document(document_id: str) -> KnownDocument:
    """One document by its id or the unique beginning of it. Raises NotFound."""
    could_be = len(document_id) >= 6 and document_id.isascii()
    rows = list(models.Document.objects.filter(id__startswith=document_id)[:2]) if could_be else []
    if len(rows) != 1:
        raise NotFound(_("there is no document {id}").format(id=document_id), _("Ids are listed by: hoso docs list"))
    return next(known_from(rows))


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


def count_documents() -> int:
    """How many documents are held."""
    return models.Document.objects.count()
