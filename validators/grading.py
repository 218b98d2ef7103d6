"""Whether a proposed level agrees with what is known: a helper for the office, never a judge.

Each condition and each quota is answered "consistent", "not consistent" or "cannot tell", with its arithmetic. The
committee decides by secret ballot; nothing here picks a level.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum

from archive.i18n import gettext as _
from archive.records import Campaign, KnownDocument, Place, Unit
from rules.grading import TOTAL, Condition, Grouping, Quota, Rounding, Rule, Whose
from rules.model import RulePack
from validators.between.dossier import Dossier, dossier
from validators.between.level_disagree import proposed
from validators.candidates import owner
from validators.checks.points import parse_points, show
from validators.unit_names import NameIndex

HUNDRED = Decimal(100)
YES, NO = ("yes", "true", "có", "co"), ("no", "false", "không", "khong")


class Fit(StrEnum):
    """Whether something agrees with the rules."""

    CONSISTENT = "consistent"
    NOT_CONSISTENT = "not-consistent"
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, slots=True)
class Answer:
    """One condition: what is asked, the answer, the arithmetic or what lacks, where it was read, what it rests on."""

    id: str
    title: str
    fit: Fit
    arithmetic: str
    places: tuple[Place, ...] = ()
    why: str = ""
    unverified: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """A unit's proposed level against its conditions. `level` None: none is proposed, or its papers disagree."""

    unit: Unit
    level: str | None
    score: Decimal | None
    fit: Fit
    answers: tuple[Answer, ...]
    sources: tuple[Place, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Grading:
    """The answers for a campaign, or for the units asked about with the groups that they belong to."""

    units: tuple[Grade, ...]
    quotas: tuple[QuotaAnswer, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many hold each level; of `unknown` it is not known. `places` are where it was read."""

    held: Mapping[str, int]
    unknown: int = 0
    places: tuple[Place, ...] = ()

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.held.values()) + self.unknown


def grade_all(
    campaign: Campaign,
    documents_by_unit: Mapping[str, Sequence[KnownDocument]],
    pack: RulePack,
    told: Mapping[str, str] | None = None,
    units: Sequence[Unit] | None = None,
) -> Grading:
    """Every unit (or those of `units`) and every quota of their groups. `told` is what a person knows beyond the
    papers, by the ids of conditions; it is about the units asked about. Pure: no clock, nothing is kept."""
    grader = Grader(campaign, documents_by_unit, pack)
    chosen = campaign.units if units is None else units
    ids = {unit.id for unit in chosen}
    quotas = (answer for quota in pack.grading.quotas for answer in grader.quota(quota))
    return Grading(
        tuple(grader.grade(unit, told or {}) for unit in chosen),
        tuple(answer for answer in quotas if ids & set(answer.units)),
    )


class Grader:
    """Grades the units of one campaign; what is read of a unit is read once."""

    def __init__(
        self, campaign: Campaign, documents_by_unit: Mapping[str, Sequence[KnownDocument]], pack: RulePack
    ) -> None:
        self.campaign = campaign
        self.pack = pack
        self.ranks = {level.id: rank for rank, level in enumerate(pack.levels)}  # the best one first
        self.titles = {level.id: level.title for level in pack.levels}
        self._index = NameIndex(campaign, pack)
        self._documents: dict[str, list[KnownDocument]] = {}
        for documents in documents_by_unit.values():
            for known in documents:
                self._documents.setdefault(owner(known) or "", []).append(known)
        self._dossiers: dict[str, Dossier] = {}
        self._levels: dict[str, tuple[str | None, tuple[Place, ...], bool]] = {}

    def _dossier(self, unit: Unit) -> Dossier:
        if unit.id not in self._dossiers:
            documents = self._documents.get(unit.id, ())
            self._dossiers[unit.id] = dossier(unit, documents, self.campaign.year, self.pack, self._index)
        return self._dossiers[unit.id]

    # --- what is known of a unit

    def level(self, unit: Unit) -> tuple[str | None, tuple[Place, ...], bool]:
        """The level a unit asks for by its papers, else by the campaign's list; where it was read; whether papers
        disagree (then there is none)."""
        if unit.id not in self._levels:
            found = [(paper, fact) for paper, fact in proposed(self._dossier(unit)) if fact.value in self.ranks]
            places = tuple(paper.place(fact) for paper, fact in found)
            levels = {fact.value for _paper, fact in found}
            listed = unit.proposed_level if unit.proposed_level in self.ranks else None
            one = levels.pop() if len(levels) == 1 else None if levels else listed
            self._levels[unit.id] = (one, places, len(places) > 0 and one is None)
        return self._levels[unit.id]

    def score(self, unit: Unit) -> tuple[Decimal | None, tuple[Place, ...]]:
        """The total that the unit gives itself; None where no paper tells it, or two tell different ones."""
        found = []
        for paper in self._dossier(unit).of("score"):
            fact = paper.facts.score
            points = parse_points(fact.value) if fact else None
            if fact and points and points.of in (None, _decimal(self.pack.grading.scale)):
                found.append((points.value, paper.place(fact)))
        values = {value for value, _place in found}
        return (values.pop() if len(values) == 1 else None), tuple(place for _value, place in found)

    def rated(self, unit: Unit, whose: Whose) -> Counts | None:
        """How members or the units below are rated: by the unit's summary, else (units below) by what they ask for
        themselves; None where nothing tells."""
        for paper in self._dossier(unit).of("ratings"):
            figures = [figure for figure in paper.figures("rated") if figure.of == whose.value]
            if figures:
                held = {figure.level: figure.value for figure in figures if figure.level in self.ranks}
                total = next((f.value for f in paper.figures("rated-total") if f.of == whose.value), None)
                places = tuple(dict.fromkeys(paper.place(figure) for figure in figures))
                lacking = (total if total is not None else sum(held.values())) - sum(held.values())
                # A table that counts more than it has is no ground for anything.
                return Counts(held, lacking, places) if lacking >= 0 and any(held.values()) else None
        below = [other for other in self.campaign.units if other.parent == unit.id]
        return self.asked_by(below) if whose is Whose.SUB_UNITS and below else None

    def asked_by(self, units: Sequence[Unit]) -> Counts:
        """What several units ask for."""
        found = [self.level(unit) for unit in units]
        held: dict[str, int] = {}
        for level, _places, _disagree in found:
            if level:
                held[level] = held.get(level, 0) + 1
        places = tuple(place for _level, some, _disagree in found for place in some[:1])
        return Counts(held, len(units) - sum(held.values()), places)

    # --- one unit

    def grade(self, unit: Unit, told: Mapping[str, str]) -> Grade:
        """A unit's proposed level against the score and every condition of that level."""
        level, places, disagree = self.level(unit)
        score, _places = self.score(unit)
        if level is None:
            words = _("Its papers ask for different levels.") if disagree else _("No level is proposed.")
            answer = Answer("level", _("A level is proposed"), Fit.CANNOT_TELL, words, places)
            return Grade(unit, None, score, Fit.CANNOT_TELL, (answer,), places)
        answers = [self._by_score(unit, level)]
        for condition in self.pack.grading.conditions:
            fits_type = not condition.unit_types or unit.type in condition.unit_types
            if level in condition.levels and fits_type:
                answers.append(self._answer(condition, unit, told))
        known = tuple(answer for answer in answers if answer)
        return Grade(unit, level, score, together([answer.fit for answer in known]), known, places)

    def _by_score(self, unit: Unit, level: str) -> Answer | None:
        least = next(item.from_score for item in self.pack.levels if item.id == level)
        if least is None:
            return None
        needed, (score, places) = _decimal(least), self.score(unit)
        title = _("The score is enough for “{level}”").format(level=self.titles[level])
        if score is None:
            words = _("its papers tell different scores") if places else _("no score could be read")
            return Answer("score", title, Fit.CANNOT_TELL, words, places)
        fits = score >= needed
        sign = "≥" if fits else "<"
        words = _("{score} points {sign} {needed} points").format(score=show(score), sign=sign, needed=show(needed))
        return Answer("score", title, _fit(fits), words, places)

    def _answer(self, condition: Condition, unit: Unit, told: Mapping[str, str]) -> Answer:
        read: dict[Rule, Callable[[Condition, str], tuple[Fit, str]]] = {
            Rule.RELATED: self._related,
            Rule.YES: _yes_or_no,
            Rule.NO: _yes_or_no,
            Rule.NUMBER: _number,
        }
        places: tuple[Place, ...] = ()
        if condition.rule is Rule.SHARE:
            counts = self.rated(unit, condition.of or Whose.MEMBERS)
            fit, words = self._share(condition, counts)
            places = counts.places if counts else ()
        elif condition.id in told:
            fit, words = read[condition.rule](condition, told[condition.id].strip())
        else:
            fit, words = Fit.CANNOT_TELL, _("no paper tells it; say so with: --know {id}=…").format(id=condition.id)
        return Answer(condition.id, condition.title, fit, words, places, condition.why, condition.unverified)

    def _share(self, condition: Condition, counts: Counts | None) -> tuple[Fit, str]:
        """Whether enough of those rated reach the level; those whose level is unknown may all reach it, or none."""
        if counts is None or not counts.total:
            return Fit.CANNOT_TELL, _("no summary of ratings could be read")
        reaching = [(level, counts.held.get(level, 0)) for level in self._from(condition.reach)]
        low = sum(count for _level, count in reaching)
        fit = _within(condition, Decimal(low), Decimal(low + counts.unknown), counts.total)
        added = " + ".join(f"{count} {level}" for level, count in reaching)
        words = _("{added} = {sum} of {total} = {percent} %; needed: {limit}").format(
            added=added, sum=low, total=counts.total, percent=_percent(low, counts.total), limit=_limit(condition, " %")
        )
        if counts.unknown:
            words += "; " + _("of {n} no level is known").format(n=counts.unknown)
        return fit, words

    def _from(self, level: str) -> list[str]:
        """That level and the better ones, best first."""
        return [other for other in self.ranks if self.ranks[other] <= self.ranks.get(level, -1)]

    def _related(self, condition: Condition, told: str) -> tuple[Fit, str]:
        """The lowest level of the host body and the mass organisations."""
        if told not in self.ranks:
            return Fit.CANNOT_TELL, _("“{word}” is no level; there are: {levels}").format(
                word=told, levels=", ".join(self.ranks)
            )
        fits = self.ranks[told] <= self.ranks.get(condition.reach, -1)
        return _fit(fits), _("told: {level}; needed: {reach} or better").format(
            level=self.titles[told], reach=self.titles.get(condition.reach, condition.reach)
        )

    # --- quotas

    def quota(self, quota: Quota) -> list[QuotaAnswer]:
        """The quota in each of its groups."""
        groups: dict[str, list[Unit]] = {}
        for unit in self._counted(quota):
            groups.setdefault(self._group(quota, unit), []).append(unit)
        return [self._group_answer(quota, name, units) for name, units in groups.items()]

    def _counted(self, quota: Quota) -> list[Unit]:
        below = quota.whose is Whose.UNITS and quota.per is Grouping.UNIT
        units = [unit for unit in self.campaign.units if bool(unit.parent) == below]
        return [unit for unit in units if not quota.unit_types or unit.type in quota.unit_types]

    def _group(self, quota: Quota, unit: Unit) -> str:
        names = {other.id: other.name for other in self.campaign.units}
        if quota.per is Grouping.UNIT:
            return names.get(unit.parent or "", unit.name) if quota.whose is Whose.UNITS else unit.name
        if quota.per is Grouping.KIND:
            return self.pack.unit_types.get(unit.type, unit.type.value)
        if quota.per is Grouping.TEAM:
            teams = {team.id: team.name for team in self.campaign.teams}
            team = next((visit.team for visit in self.campaign.visits if visit.unit == unit.id), "")
            return teams.get(team, team) or _("no visit")
        return self.campaign.title

    def _group_answer(self, quota: Quota, group: str, units: list[Unit]) -> QuotaAnswer:
        of_members = quota.whose is Whose.MEMBERS
        counts = self._members(units) if of_members else self.asked_by(units)
        asking = () if of_members else tuple(unit.name for unit in units if self.level(unit)[0] == quota.level)
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
        found = [self.rated(unit, Whose.MEMBERS) for unit in units]
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
            share=show(_decimal(quota.share)), base=base, of="+".join(self._base_words(quota)),
            exact=show(_decimal(quota.share) * base / HUNDRED), rounding=_ROUNDED[quota.rounding](), allowed=most,
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
    exact = _decimal(quota.share) * base / HUNDRED
    return int(exact.to_integral_value(rounding=_ROUNDING[quota.rounding]))


def together(fits: Sequence[Fit]) -> Fit:
    """Of several answers: one no is a no, else one unknown leaves it open."""
    for fit in (Fit.NOT_CONSISTENT, Fit.CANNOT_TELL):
        if fit in fits:
            return fit
    return Fit.CONSISTENT


def _base(quota: Quota, counts: Counts) -> int:
    return counts.total if TOTAL in quota.base else sum(counts.held.get(level, 0) for level in quota.base)


def _fit(fits: bool) -> Fit:
    return Fit.CONSISTENT if fits else Fit.NOT_CONSISTENT


def _within(condition: Condition, low: Decimal, high: Decimal, total: int) -> Fit:
    """Whether a share that lies between two numbers keeps the condition's limit."""
    least, most = condition.at_least, condition.at_most
    worst, best = (low, high) if least is not None else (high, low)
    answers = []
    for count in (worst, best):
        if least is not None:
            answers.append(count * HUNDRED >= _decimal(least) * total)
        else:
            answers.append(count * HUNDRED <= _decimal(most or 0.0) * total)
    return _fit(answers[0]) if answers[0] == answers[1] else Fit.CANNOT_TELL


def _limit(condition: Condition, unit: str) -> str:
    if condition.at_least is not None:
        return _("at least {n}").format(n=show(_decimal(condition.at_least)) + unit)
    return _("at most {n}").format(n=show(_decimal(condition.at_most or 0.0)) + unit)


def _yes_or_no(condition: Condition, told: str) -> tuple[Fit, str]:
    word = told.lower()
    if word not in (*YES, *NO):
        return Fit.CANNOT_TELL, _("“{word}” is neither yes nor no").format(word=told)
    fits = (word in YES) == (condition.rule is Rule.YES)
    return _fit(fits), _("told: {word}").format(word=_("yes") if word in YES else _("no"))


def _number(condition: Condition, told: str) -> tuple[Fit, str]:
    points = parse_points(told.rstrip("%").strip())
    if points is None:
        return Fit.CANNOT_TELL, _("“{word}” is no number").format(word=told)
    fit = _within(condition, points.value, points.value, 100)
    return fit, _("told: {n}; needed: {limit}").format(n=show(points.value), limit=_limit(condition, ""))


def _percent(part: int, whole: int) -> str:
    """Cut off after the first place, never rounded up to a limit that is not reached."""
    exact = Decimal(part) * HUNDRED / whole
    return show(exact.quantize(Decimal("0.1"), rounding=ROUND_FLOOR))


def _decimal(value: float) -> Decimal:
    return Decimal(str(value))
