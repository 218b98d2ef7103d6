"""Builds what the pages say about a dossier out of verdicts, documents and receipts: pure, without clock or disk.

One page object per page, several renderers (see `reports.table`): the numbers in the HTML and in the plain text are
the same because both read them here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from urllib.parse import quote

from archive.records import Campaign, Completeness, KnownDocument, Receipt, Unit
from reports.items import items_of, numbered, parts_of
from reports.mending import mends_of, strays_of
from reports.names import STATUS, owner, shown, unit_folder
from reports.pages import Head, Item, Meter, NotTaken, RootLine, RootPage, Rules, UnitPage, Waiting
from reports.received import came_again, received_of
from rules.model import RulePack, When
from validators.between.table import attached

_FAR = date.max


def unit_page(
    completeness: Completeness,
    documents: Sequence[KnownDocument],
    *,
    campaign: Campaign,
    pack: RulePack,
    subs: Sequence[Completeness] = (),
    receipts: Sequence[Receipt] = (),
    waiting: Sequence[Waiting] = (),
    not_taken: Sequence[NotTaken] = (),
) -> UnitPage:
    """The page of one unit. `documents` and `receipts` are the unit's own; `subs` the units below it, at any level;
    `waiting` and `not_taken` may be those of the whole inbox: the unit's own are picked by their path."""
    units = {unit.id: unit for unit in campaign.units}
    unit = completeness.unit
    documents = attached(documents, completeness.findings)
    items = items_of(completeness, documents, campaign, pack)
    to_mend = mends_of(completeness, documents, receipts)
    return UnitPage(
        head=_head(completeness, items, campaign, to_mend=len(to_mend)),
        rules=_rules(completeness, campaign, documents, receipts),
        meters=_meters(completeness),
        missing=numbered(items, "not-met"),
        unsure=numbered(items, "cannot-tell"),
        to_mend=to_mend,
        waiting=tuple(
            Waiting(shown(inner), each.why, each.since)
            for each in waiting
            for whose, inner in (owner(units, each.path),)
            if whose == unit.id
        ),
        parts=parts_of(items, pack),
        subs=_sub_heads(unit, subs, campaign, pack),
        received=received_of(documents, items, completeness, pack),
        again=came_again(receipts, documents),
        not_taken=tuple(
            NotTaken(shown(inner), each.why)
            for each in not_taken
            for whose, inner in (owner(units, each.path),)
            if whose == unit.id
        ),
    )


def root_page(
    all_units: Sequence[Completeness],
    documents: Sequence[KnownDocument],
    *,
    campaign: Campaign,
    pack: RulePack,
    nowhere: Sequence[Receipt] = (),
    waiting: Sequence[Waiting] = (),
    not_taken: Sequence[NotTaken] = (),
) -> RootPage | None:
    """The page of the whole inbox: `documents` are those of all units and of nobody, `nowhere` the receipts of files
    outside every unit's folder. None while the campaign has no unit."""
    if not all_units:
        return None
    units = {unit.id: unit for unit in campaign.units}
    of_unit: dict[str, list[KnownDocument]] = {}
    for known in documents:
        of_unit.setdefault(known.document.unit or "", []).append(known)
    lines = [_root_line(one, of_unit.get(one.unit.id, []), campaign, pack, units) for one in all_units]
    return RootPage(
        rules=_rules(all_units[0], campaign, documents, nowhere),
        lines=_by_visit(lines, units),
        strays=strays_of(nowhere, documents, units, all_units[0].as_of),
        waiting=tuple(Waiting(shown(w.path), w.why, w.since) for w in waiting if owner(units, w.path)[0] is None),
        not_taken=tuple(NotTaken(shown(each.path), each.why) for each in not_taken),
    )


# --- heads -----------------------------------------------------------------------------------------------------------


def _head(
    one: Completeness, items: Sequence[Item], campaign: Campaign, *, to_mend: int = 0, href: str = "", depth: int = 0
) -> Head:
    states = [item.state for item in items]
    missing = [item for item in items if item.state == "not-met"]
    teams = {team.id: team.name for team in campaign.teams}
    return Head(
        unit=one.unit.id,
        name=one.unit.name,
        type=one.unit.type.value,
        team=teams.get(one.team or "", one.team or ""),
        visit_on=one.visit_on,
        due_on=one.due_on,
        days_left=one.days_left,
        days_to_visit=(one.visit_on - one.as_of).days if one.visit_on else None,
        low=one.percent.low,
        high=one.percent.high,
        met=states.count("met") + states.count("late"),
        unsure=states.count("cannot-tell"),
        missing=len(missing),
        before=sum(item.when == When.BEFORE_VISIT and item.state not in ("waived", "not-applicable") for item in items),
        missing_before=sum(item.when == When.BEFORE_VISIT for item in missing),
        overdue=sum(item.overdue for item in missing),
        late=states.count("late"),
        waived=states.count("waived"),
        to_mend=to_mend,
        href=href,
        depth=depth,
    )


def _sub_heads(unit: Unit, subs: Sequence[Completeness], campaign: Campaign, pack: RulePack) -> tuple[Head, ...]:
    """The units below, each below its parent, with the way to their own page."""
    units = {each.id: each for each in campaign.units}
    base = unit_folder(units, unit.id)
    placed = []
    for one in subs:
        folder = unit_folder(units, one.unit.id)
        if folder != base and folder.is_relative_to(base):
            inner = folder.relative_to(base)
            items = items_of(one, (), campaign, pack)
            head = _head(one, items, campaign, href=quote(str(inner / STATUS)), depth=len(inner.parts) - 1)
            placed.append((inner.parts, head))
    return tuple(head for _parts, head in sorted(placed, key=lambda pair: pair[0]))


def _root_line(
    one: Completeness,
    documents: Sequence[KnownDocument],
    campaign: Campaign,
    pack: RulePack,
    units: Mapping[str, Unit],
) -> RootLine:
    items = items_of(one, documents, campaign, pack)
    folder = unit_folder(units, one.unit.id)
    to_mend = len(mends_of(one, documents, ()))
    head = _head(
        one, items, campaign, to_mend=to_mend, href=quote(str(folder / STATUS)), depth=len(folder.parts) - 1
    )  # fmt: skip
    return RootLine(head, numbered(items, "not-met"), numbered(items, "cannot-tell"))


def _by_visit(lines: Sequence[RootLine], units: Mapping[str, Unit]) -> tuple[RootLine, ...]:
    """By the visit day of the topmost unit, those without a visit last; sub-units follow their parent."""
    days = {line.head.unit: line.head.visit_on for line in lines}

    def key(line: RootLine) -> tuple[date, tuple[str, ...]]:
        chain = unit_folder(units, line.head.unit).parts
        return days.get(chain[0]) or line.head.visit_on or _FAR, chain

    return tuple(sorted(lines, key=key))


def _meters(one: Completeness) -> tuple[Meter, ...]:
    """The percentages that say something beyond the first: a unit without papers to send beforehand has one only."""
    meters = [Meter("all", one.percent.low, one.percent.high)]
    if any(verdict.when == When.BEFORE_VISIT for verdict in one.verdicts):
        meters.append(Meter("before", one.percent_before.low, one.percent_before.high))
    if any(verdict.due_on and verdict.due_on <= one.as_of for verdict in one.verdicts):
        meters.append(Meter("due", one.percent_due.low, one.percent_due.high))
    return tuple(meters)


def _rules(
    one: Completeness, campaign: Campaign, documents: Iterable[KnownDocument], receipts: Iterable[Receipt]
) -> Rules:
    moments: list[datetime] = [known.document.filed_at for known in documents]
    moments += [receipt.at for receipt in receipts]
    return Rules(campaign.title, one.pack, one.pack_sha256, one.as_of, max(moments, default=None))
