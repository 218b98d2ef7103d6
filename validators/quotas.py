"""How many may hold a level, and how many hold it or ask for it, in each group of a quota: with the arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from archive.i18n import gettext as _
from archive.records import Place, Unit
from rules.grading import TOTAL, Grouping, Quota, Rounding, Whose
from validators.checks.points import show
from validators.level_facts import Counts, Fit, LevelFacts, decimal

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class QuotaAnswer:
    """A quota in one group: how many hold or ask for its level, how many may, of how many. `unknown`: of so many no
    level is known. `units` are the units of the group, `asking` the names of those that ask."""

    id: str
    title: str
    group: str
    fit: Fit
    arithmetic: str
    asked: int
    allowed: int
    base: int
    unknown: int
    units: tuple[str, ...]
    asking: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    why: str = ""
    unverified: str = ""


class QuotaJudge:
    """Answers the quotas of one campaign."""

    def __init__(self, facts: LevelFacts) -> None:
        self.facts = facts
        self._names = {unit.id: unit.name for unit in facts.campaign.units}
        self._teams = {team.id: team.name for team in facts.campaign.teams}

    def answers(self, quota: Quota) -> list[QuotaAnswer]:
        """The quota in each of its groups."""
        groups: dict[str, list[Unit]] = {}
        for unit in self._counted(quota):
            groups.setdefault(self._group(quota, unit), []).append(unit)
        return [self._group_answer(quota, name, units) for name, units in groups.items()]

    def _counted(self, quota: Quota) -> list[Unit]:
        below = quota.whose is Whose.UNITS and quota.per is Grouping.UNIT
        units = [unit for unit in self.facts.campaign.units if bool(unit.parent) == below]
        return [unit for unit in units if not quota.unit_types or unit.type in quota.unit_types]

    def _group(self, quota: Quota, unit: Unit) -> str:
        if quota.per is Grouping.UNIT:
            return self._names.get(unit.parent or "", unit.name) if quota.whose is Whose.UNITS else unit.name
        if quota.per is Grouping.KIND:
            return self.facts.pack.unit_types.get(unit.type, unit.type.value)
        if quota.per is Grouping.TEAM:
            team = next((visit.team for visit in self.facts.campaign.visits if visit.unit == unit.id), "")
            return self._teams.get(team, team) or _("no visit")
        return self.facts.campaign.title

    def _group_answer(self, quota: Quota, group: str, units: list[Unit]) -> QuotaAnswer:
        of_members = quota.whose is Whose.MEMBERS
        counts = self._members(units) if of_members else self.facts.asked_by(units)
        asking = () if of_members else tuple(unit.name for unit in units if self.facts.level(unit)[0] == quota.level)
        asked = counts.held.get(quota.level, 0) if counts else 0
        base = _base(quota, counts) if counts else 0
        unknown = counts.unknown if counts else 0
        fit, words = self._quota_words(quota, counts, asked, base)
        return QuotaAnswer(
            quota.id, quota.title, group, fit, words, asked, allowed(quota, base), base, unknown,
            tuple(unit.id for unit in units), asking, counts.places if counts else (), quota.why, quota.unverified,
        )  # fmt: skip

    def _members(self, units: Sequence[Unit]) -> Counts | None:
        """The members of several units together; None where one of them tells nothing."""
        found = [self.facts.rated(unit, Whose.MEMBERS) for unit in units]
        known = [counts for counts in found if counts]
        if len(known) < len(found):
            return None
        held: dict[str, int] = {}
        for counts in known:
            for level, count in counts.held.items():
                held[level] = held.get(level, 0) + count
        places = tuple(place for counts in known for place in counts.places)
        return Counts(held, sum(counts.unknown for counts in known), places)

    def _quota_words(self, quota: Quota, counts: Counts | None, asked: int, base: int) -> tuple[Fit, str]:
        if counts is None or not counts.total:
            return Fit.CANNOT_TELL, _("no summary of ratings could be read")
        most = allowed(quota, base)
        words = _("{share} % × {base} ({of}) = {exact}, rounded {rounding}: {allowed}; asked for: {asked}").format(
            share=show(decimal(quota.share)), base=base, of="+".join(self._base_words(quota)),
            exact=show(decimal(quota.share) * base / _HUNDRED), rounding=_ROUNDED[quota.rounding](), allowed=most,
            asked=asked,
        )  # fmt: skip
        if counts.unknown:
            words += "; " + _("of {n} no level is known").format(n=counts.unknown)
        # Those of whom nothing is known may widen the base, or hold the level themselves.
        widest = base if TOTAL in quota.base else base + counts.unknown
        if asked > allowed(quota, widest):
            return Fit.NOT_CONSISTENT, words
        return (Fit.CONSISTENT if asked + counts.unknown <= most else Fit.CANNOT_TELL), words

    def _base_words(self, quota: Quota) -> list[str]:
        return [_("all") if level == TOTAL else level for level in quota.base]


_ROUNDED: Mapping[Rounding, Callable[[], str]] = {
    Rounding.DOWN: lambda: _("down"),
    Rounding.NEAREST: lambda: _("to the nearest"),
    Rounding.UP: lambda: _("up"),
}
_ROUNDING = {Rounding.DOWN: ROUND_FLOOR, Rounding.NEAREST: ROUND_HALF_UP, Rounding.UP: ROUND_CEILING}


def allowed(quota: Quota, base: int) -> int:
    """How many may hold the quota's level, out of a base of so many."""
    exact = decimal(quota.share) * base / _HUNDRED
    return int(exact.to_integral_value(rounding=_ROUNDING[quota.rounding]))


def _base(quota: Quota, counts: Counts) -> int:
    return counts.total if TOTAL in quota.base else sum(counts.held.get(level, 0) for level in quota.base)
