"""Questions about completeness, put to the catalogue and answered by the validators for one campaign and day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from archive import catalogue
from archive.errors import NotFound
from archive.i18n import gettext as _
from archive.records import Campaign, Completeness, KnownDocument, Unit, VerdictKind
from rules.model import Requirement, RulePack
from rules.yamlfile import nearest
from validators.between.table import attached, compare
from validators.completeness import assess_all, folders_of
from validators.explain import Explanation
from validators.explain import explain as explain_requirement
from validators.unit_names import NameIndex


@dataclass(frozen=True, slots=True)
class Question:
    """Which units, on which day, from what was known when (None: everything known now)."""

    as_of: date
    known_at: datetime | None = None
    unit: str | None = None
    team: str | None = None

    @property
    def of_all_units(self) -> Question:
        """The same question about every unit."""
        return replace(self, unit=None, team=None)


def by_unit(documents: Sequence[KnownDocument]) -> dict[str, list[KnownDocument]]:
    """Documents by the unit they belong to; nobody's papers are left out."""
    grouped: dict[str, list[KnownDocument]] = defaultdict(list)
    for known in documents:
        if known.document.unit:
            grouped[known.document.unit].append(known)
    return grouped


def find_unit(campaign: Campaign, unit_id: str) -> Unit:
    """The unit of that id. Raises NotFound with the nearest right id."""
    for unit in campaign.units:
        if unit.id == unit_id:
            return unit
    near = nearest(unit_id, [unit.id for unit in campaign.units])
    hint = _("Did you mean '{near}'?").format(near=near) if near else _("Units are listed by: hoso campaign show")
    raise NotFound(_("there is no unit '{id}'").format(id=unit_id), hint)


def chosen_units(question: Question, campaign: Campaign) -> list[Unit]:
    """The units that the question is about; a team's units come with their sub-units. Raises NotFound."""
    units = list(campaign.units) if question.team is None else _units_of_team(question.team, campaign)
    if not question.unit:
        return units
    unit = find_unit(campaign, question.unit)
    if unit not in units:
        raise NotFound(
            _("unit '{id}' is not visited by team '{team}'").format(id=unit.id, team=question.team),
            _("Its visit is shown by: hoso campaign show"),
        )
    return [unit]


def _units_of_team(team: str, campaign: Campaign) -> list[Unit]:
    if team not in {team.id for team in campaign.teams}:
        near = nearest(team, [team.id for team in campaign.teams])
        raise NotFound(
            _("there is no team '{id}'").format(id=team),
            _("Did you mean '{near}'?").format(near=near) if near else _("Teams are listed by: hoso campaign show"),
        )
    visited = {visit.unit for visit in campaign.visits if visit.team == team}
    chosen: list[Unit] = []
    for unit in _parents_first(campaign.units):
        if unit.id in visited or unit.parent in {parent.id for parent in chosen}:
            chosen.append(unit)
    return chosen


def _parents_first(units: Sequence[Unit]) -> list[Unit]:
    depth = {unit.id: 0 for unit in units}
    parents = {unit.id: unit.parent for unit in units}
    for unit in units:
        at = unit.parent
        while at:
            depth[unit.id] += 1
            at = parents.get(at)
    return sorted(units, key=lambda unit: depth[unit.id])


def ask(
    question: Question, campaign: Campaign, pack: RulePack, documents: Sequence[KnownDocument]
) -> list[Completeness]:
    """How complete the chosen units' dossiers are, by these documents of theirs (see `folders_asked`). Raises
    NotFound."""
    return assess_all(campaign, by_unit(documents), pack, question.as_of, units=chosen_units(question, campaign))


def folders_asked(unit_id: str | None, campaign: Campaign, pack: RulePack) -> set[str] | None:
    """The units whose documents an answer about that unit looks at; None: all. Raises NotFound."""
    return folders_of([find_unit(campaign, unit_id)], pack) if unit_id else None


def with_findings_between(
    documents: Sequence[KnownDocument], campaign: Campaign, pack: RulePack
) -> list[KnownDocument]:
    """All the documents of one unit or of several, with what they say differently from others of their unit."""
    index, grouped = NameIndex(campaign, pack), by_unit(documents)
    units = (unit for unit in campaign.units if unit.id in grouped)
    found = [compare(unit, grouped[unit.id], campaign.year, pack, index) for unit in units]
    return attached(documents, [finding for findings in found for finding in findings])


def explain(question: Question, requirement: str, campaign: Campaign, pack: RulePack) -> Explanation:
    """The whole trace of one verdict. Raises NotFound with the nearest right id."""
    unit = find_unit(campaign, question.unit or "")
    find_requirement(pack, requirement, unit)
    documents = catalogue.known_documents(folders_of([unit], pack), question.known_at)
    return explain_requirement(unit, requirement, documents, campaign=campaign, pack=pack, as_of=question.as_of)


def find_requirement(pack: RulePack, requirement_id: str, unit: Unit) -> Requirement:
    """The requirement of that id. Raises NotFound with the nearest right id."""
    requirement = pack.requirement(requirement_id)
    if requirement is None:
        near = nearest(requirement_id, [item.id for item in pack.requirements])
        raise NotFound(
            _("there is no requirement '{id}'").format(id=requirement_id),
            _("Did you mean '{near}'?").format(near=near)
            if near
            else _("Requirements are listed by: hoso check {unit}").format(unit=unit.id),
        )
    return requirement


def gaps_due(units: Sequence[Completeness], as_of: date) -> bool:
    """Whether anything that is due by that day is not met and not waived."""
    return any(
        verdict.due_on is not None
        and verdict.due_on <= as_of
        and not verdict.waived
        and verdict.verdict in (VerdictKind.NOT_MET, VerdictKind.CANNOT_TELL)
        for unit in units
        for verdict in unit.verdicts
    )
