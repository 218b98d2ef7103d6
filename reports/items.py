"""The requirements of one unit as a page lists them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from archive.records import Campaign, Completeness, KnownDocument, NearMiss, Reason, Source, Verdict, VerdictKind
from reports.names import shown
from reports.pages import Area, Item, Near, Part, Proof
from reports.words import sentence
from rules.model import RulePack, When

_WHENS = (When.BEFORE_VISIT.value, When.BY_DATE.value, When.AT_VISIT.value, When.AFTER_VISIT.value)


def items_of(
    completeness: Completeness, documents: Iterable[KnownDocument], campaign: Campaign, pack: RulePack
) -> tuple[Item, ...]:
    """Every requirement of the unit, in the order of its verdicts."""
    proofs = {known.document.id: Proof(shown(known.document.name), ocr_of(known)) for known in documents}
    waivers = {
        waiver.requirement: f"{waiver.why} ({waiver.by})"
        for waiver in campaign.waivers
        if waiver.unit == completeness.unit.id and waiver.holds_on(completeness.as_of)
    }
    return tuple(_item(verdict, completeness, proofs, waivers, pack) for verdict in completeness.verdicts)


def ocr_of(known: KnownDocument) -> float | None:
    """How surely the text of a scan was recognised, 0 to 1; None where it was not recognised but read."""
    return (known.confidence or 0.0) if known.source is Source.OCR else None


def _item(
    verdict: Verdict, of: Completeness, proofs: Mapping[str, Proof], waivers: Mapping[str, str], pack: RulePack
) -> Item:
    requirement, as_of = pack.requirement(verdict.requirement, of.unit), of.as_of
    told = {near.message for near in verdict.near_misses}  # said once, beside the file it is about
    return Item(
        id=verdict.requirement,
        title=verdict.title,
        area=verdict.area,
        when=verdict.when,
        due_on=verdict.due_on,
        days_left=(verdict.due_on - as_of).days if verdict.due_on else None,
        state=_state(verdict),
        have=verdict.have,
        need=verdict.need,
        lacks=verdict.missing,
        reasons=tuple(dict.fromkeys(sentence(r.message) for r in verdict.reasons if _adds(r, told))),
        near=tuple(_near(near) for near in verdict.near_misses),
        remedy=sentence(verdict.remedy),
        basis=requirement.why if requirement else "",
        documents=tuple(proofs[document] for document in verdict.documents if document in proofs),
        waiver=waivers.get(verdict.requirement, "") if verdict.waived else "",
    )


def _adds(reason: Reason, told: set[str]) -> bool:
    """Whether a reason says more than the near misses and the due day that stand beside it."""
    return reason.message not in told and reason.code != "not-due"


def _near(near: NearMiss) -> Near:
    """A message that names the file itself is not given the name a second time."""
    name = shown(near.name)
    return Near("" if name in near.message else name, sentence(near.message, capital=False))


def _state(verdict: Verdict) -> str:
    if verdict.verdict is VerdictKind.NOT_APPLICABLE:
        return verdict.verdict.value
    if verdict.waived:
        return "waived"
    if verdict.verdict is VerdictKind.MET and verdict.late:
        return "late"
    return verdict.verdict.value


def numbered(items: Sequence[Item], state: str) -> tuple[Item, ...]:
    """The items of a state, what is due first in front, numbered from 1."""
    chosen = [item for item in items if item.state == state]
    chosen.sort(key=lambda item: (_rank(item.when), item.due_on or date.max))
    return tuple(replace(item, number=number) for number, item in enumerate(chosen, start=1))


def _rank(when: str) -> int:
    return _WHENS.index(when) if when in _WHENS else len(_WHENS)


def parts_of(items: Sequence[Item], pack: RulePack) -> tuple[Part, ...]:
    """All requirements by when they are due, then by area."""
    parts = []
    for when in sorted({item.when for item in items}, key=_rank):
        own = [item for item in items if item.when == when]
        areas = [*pack.areas, *dict.fromkeys(item.area for item in own if item.area not in pack.areas)]
        grouped = (Area(pack.areas.get(area, area), tuple(item for item in own if item.area == area)) for area in areas)
        days = {item.due_on for item in own if item.due_on}
        parts.append(Part(when, days.pop() if len(days) == 1 else None, tuple(a for a in grouped if a.items)))
    return tuple(parts)
