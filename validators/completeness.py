"""How complete a unit's dossier is on a day: a pure function of facts, documents, waivers, pack, visit and day.

Four verdicts. What is unread or unsure is never "missing": it is cannot-tell, and the percentage becomes a range. The
rules of every answer are those of contract.md, "A unit in `check`".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from archive.records import (
    Campaign,
    Completeness,
    KnownDocument,
    Percent,
    ReadingState,
    Unit,
    Verdict,
    VerdictKind,
    Visit,
)
from rules.conditions import holds, unit_facts
from rules.model import Origin, Requirement, RulePack, When
from rules.periods import asked_in
from validators.between.table import compare
from validators.candidates import Judge, decided_kind, doubtful, holds_nothing, owner, pointed_to, waits
from validators.remedies import UNREAD_FILES
from validators.unit_names import NameIndex
from validators.verdicts import Judgement, RequirementJudge, Setting


def assess(
    unit: Unit, documents: Sequence[KnownDocument], *, campaign: Campaign, pack: RulePack, as_of: date
) -> Completeness:
    """The dossier of one unit on that day. `documents` are those filed for it and, for papers of the host body, for the
    unit above; others are left out of account. All of them count, whenever they were filed: `as_of` only sets which
    deadlines have passed."""
    return Assessor(campaign, pack, as_of).assess(unit, documents)


def assess_all(
    campaign: Campaign,
    documents_by_unit: Mapping[str, Sequence[KnownDocument]],
    pack: RulePack,
    as_of: date,
    units: Sequence[Unit] | None = None,
) -> list[Completeness]:
    """The dossiers of many units (all of the campaign by default), in the order of the campaign. A document that a
    person moved to another unit is judged there."""
    owned: dict[str, list[KnownDocument]] = {}
    for documents in documents_by_unit.values():
        for known in documents:
            owned.setdefault(owner(known) or "", []).append(known)
    assessor = Assessor(campaign, pack, as_of)
    chosen = campaign.units if units is None else units
    answers = []
    for unit in chosen:
        above = owned.get(unit.parent or "", ()) if looks_above(unit, pack) else ()
        answers.append(assessor.assess(unit, (*owned.get(unit.id, ()), *above)))
    return answers


def looks_above(unit: Unit, pack: RulePack) -> bool:
    """Whether papers of the unit above may count for this one: those of the host body."""
    return bool(unit.parent) and any(item.origin is Origin.HOST for item in pack.requirements_for(unit))


def folders_of(units: Sequence[Unit], pack: RulePack) -> set[str]:
    """The ids of the units whose documents must be at hand to judge these."""
    above = {unit.parent for unit in units if unit.parent and looks_above(unit, pack)}
    return {unit.id for unit in units} | above


def visits_of(campaign: Campaign) -> dict[str, Visit]:
    """The visit of each unit by its id; a unit below follows the nearest one above that has one."""
    own = {visit.unit: visit for visit in campaign.visits}
    parents = {unit.id: unit.parent for unit in campaign.units}
    found = {}
    for unit in campaign.units:
        seen: set[str] = set()
        at: str | None = unit.id
        while at is not None and at not in own and at not in seen:
            seen.add(at)
            at = parents.get(at)
        if at in own:
            found[unit.id] = own[at]
    return found


class Assessor:
    """Judges units of one campaign on one day; what is the same for all of them is prepared once."""

    def __init__(self, campaign: Campaign, pack: RulePack, as_of: date) -> None:
        self.campaign = campaign
        self.pack = pack
        self.as_of = as_of
        self.index = NameIndex(campaign, pack)
        self.visits = visits_of(campaign)
        self.units = {unit.id: unit for unit in campaign.units}
        self.waived = {(waiver.unit, waiver.requirement) for waiver in campaign.waivers if waiver.holds_on(as_of)}

    def assess(self, unit: Unit, documents: Sequence[KnownDocument]) -> Completeness:
        """The dossier of one unit."""
        visit = self.visits.get(unit.id)
        verdicts = tuple(judgement.verdict for judgement in self.judge(unit, documents))
        unread = self.unread(unit, documents)
        dates = [v.due_on for v in verdicts if v.when == When.BEFORE_VISIT and v.due_on and applies(v)]
        before = [v for v in verdicts if v.when == When.BEFORE_VISIT]
        due = [v for v in verdicts if v.due_on and v.due_on <= self.as_of]
        return Completeness(
            unit=unit,
            team=visit.team if visit else None,
            visit_on=visit.on if visit else None,
            due_on=min(dates) if dates else (visit.on if visit else None),
            as_of=self.as_of,
            pack=self.pack.id,
            pack_sha256=self.pack.sha256,
            verdicts=verdicts,
            percent=percent(verdicts, len(unread)),
            percent_before=percent(before, len(unread)),
            percent_due=percent(due, len(unread)),
            counts=counts(verdicts),
            unread=tuple(known.document.id for known in unread),
            findings=compare(unit, documents, self.campaign.year, self.pack, self.index),
        )

    def judge(self, unit: Unit, documents: Sequence[KnownDocument]) -> list[Judgement]:
        """Every requirement asked of the unit, in the order of the pack."""
        asked = self.asked_of(unit)
        judge = self.judge_of(unit, asked)
        own, of_host = judge.own(documents), judge.of_host(documents)
        facts = unit_facts(unit, self.campaign)
        unread = self.unread(unit, documents)
        names = tuple(" ".join(known.document.name.split()) for known in unread)
        waiting = sum(map(waits, unread))
        found = []
        for requirement in asked:
            condition = holds(requirement.only_if, facts) if requirement.only_if else True
            setting = self._setting(unit, requirement, condition, names, waiting)
            chosen = of_host if requirement.origin is Origin.HOST else own
            found.append(RequirementJudge(requirement, setting).judgement(judge, chosen))
        return found

    def judge_of(self, unit: Unit, asked: Sequence[Requirement]) -> Judge:
        """Who says what speaks for and against each paper of the unit."""
        return Judge(unit, self.campaign, self.pack, self.index, asked)

    def asked_of(self, unit: Unit) -> tuple[Requirement, ...]:
        """What this campaign asks of the unit."""
        period, kinds = self.campaign.reviewed, self.pack.kinds
        found = (asked_in(requirement, kinds, period) for requirement in self.pack.requirements_for(unit))
        return tuple(requirement for requirement in found if requirement)

    def _setting(
        self, unit: Unit, requirement: Requirement, condition: bool | None, unread: tuple[str, ...], waiting: int
    ) -> Setting:
        visit = self.visits.get(unit.id)
        waived = (unit.id, requirement.id) in self.waived
        return Setting(
            self.campaign, self.pack, self.as_of, unit, visit.on if visit else None, condition, waived, unread, waiting
        )

    def unread(self, unit: Unit, documents: Sequence[KnownDocument]) -> list[KnownDocument]:
        """The unit's documents that nobody could read or recognise and whose names point nowhere."""
        found = [known for known in documents if owner(known) == unit.id and self._points_nowhere(known)]
        return sorted(found, key=lambda known: (known.document.name, known.document.id))

    def _points_nowhere(self, known: KnownDocument) -> bool:
        if decided_kind(known):
            return False
        if known.state is ReadingState.READ and known.kind and not doubtful(known):
            return False
        if holds_nothing(known):
            return False
        if known.bundle and known.bundle.whole:
            return False
        # A general kind ("another report") says nothing: the paper may be any of that printed kind.
        kinds = (self.pack.kinds.get(kind) for kind in pointed_to(known))
        return not any(kind and not kind.general for kind in kinds)


# --- numbers ---------------------------------------------------------------------------------------------------------


def applies(verdict: Verdict) -> bool:
    """Whether it is asked of the unit and not waived."""
    return verdict.verdict is not VerdictKind.NOT_APPLICABLE and not verdict.waived


def percent(verdicts: Sequence[Verdict], unread: int) -> Percent:
    """Met of applicable and not waived. The high end adds what cannot be told, and one gap for each unread file that
    points nowhere: a scan that waits may fill any gap, but not all of them. Nothing asked is all done."""
    asked = [verdict for verdict in verdicts if applies(verdict)]
    if not asked:
        return Percent(100.0, 100.0)
    met = sum(verdict.verdict is VerdictKind.MET for verdict in asked)
    gaps = sum(_is_gap(verdict) for verdict in asked)
    high = len(asked) - gaps + min(unread, gaps)
    return Percent(round(100 * met / len(asked), 1), round(100 * high / len(asked), 1))


def _is_gap(verdict: Verdict) -> bool:
    """Whether nothing could fill it but an unread file that points nowhere."""
    told = any(reason.code == UNREAD_FILES for reason in verdict.reasons)
    return verdict.verdict is VerdictKind.NOT_MET or (verdict.verdict is VerdictKind.CANNOT_TELL and told)


def counts(verdicts: Sequence[Verdict]) -> dict[str, int]:
    """How many of each verdict; waived and late are told apart from them."""
    found = {kind.value.replace("-", "_"): 0 for kind in VerdictKind}
    for verdict in verdicts:
        found[verdict.verdict.value.replace("-", "_")] += 1
    found["waived"] = sum(verdict.waived for verdict in verdicts)
    found["late"] = sum(verdict.late for verdict in verdicts)
    return found
