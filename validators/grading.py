"""Whether a proposed level agrees with what is known: a helper for the office, never a judge.

Each condition and each quota is answered "consistent", "not consistent" or "cannot tell", with its arithmetic. The
committee decides by secret ballot; nothing here picks a level.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from archive.i18n import gettext as _
from archive.records import Campaign, KnownDocument, Place, Unit
from rules.grading import Condition, Rule, Whose
from rules.model import RulePack
from validators.checks.points import parse_points, show
from validators.level_facts import Counts, Fit, LevelFacts, decimal
from validators.quotas import QuotaAnswer, QuotaJudge

HUNDRED = Decimal(100)
YES, NO = ("yes", "true", "có", "co"), ("no", "false", "không", "khong")


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
class Grading:
    """The answers for a campaign, or for the units asked about with the groups that they belong to."""

    units: tuple[Grade, ...]
    quotas: tuple[QuotaAnswer, ...]


def grade_all(
    campaign: Campaign,
    documents_by_unit: Mapping[str, Sequence[KnownDocument]],
    pack: RulePack,
    told: Mapping[str, str] | None = None,
    units: Sequence[Unit] | None = None,
) -> Grading:
    """Every unit (or those of `units`) and every quota of their groups. `told` is what a person knows beyond the
    papers, by the ids of conditions; it is about the units asked about. Pure: no clock, nothing is kept."""
    facts = LevelFacts(campaign, documents_by_unit, pack)
    grader, judge = Grader(facts), QuotaJudge(facts)
    chosen = campaign.units if units is None else units
    ids = {unit.id for unit in chosen}
    quotas = (answer for quota in pack.grading.quotas for answer in judge.answers(quota))
    return Grading(
        tuple(grader.grade(unit, told or {}) for unit in chosen),
        tuple(answer for answer in quotas if ids & set(answer.units)),
    )


class Grader:
    """Grades the units of one campaign."""

    def __init__(self, facts: LevelFacts) -> None:
        self.facts = facts

    def grade(self, unit: Unit, told: Mapping[str, str]) -> Grade:
        """A unit's proposed level against the score and every condition of that level."""
        level, places, disagree = self.facts.level(unit)
        score, _places = self.facts.score(unit)
        if level is None:
            words = _("Its papers ask for different levels.") if disagree else _("No level is proposed.")
            answer = Answer("level", _("A level is proposed"), Fit.CANNOT_TELL, words, places)
            return Grade(unit, None, score, Fit.CANNOT_TELL, (answer,), places)
        answers = [self._by_score(unit, level)]
        for condition in self.facts.pack.grading.conditions:
            fits_type = not condition.unit_types or unit.type in condition.unit_types
            if level in condition.levels and fits_type:
                answers.append(self._answer(condition, unit, told))
        known = tuple(answer for answer in answers if answer)
        return Grade(unit, level, score, together([answer.fit for answer in known]), known, places)

    def _by_score(self, unit: Unit, level: str) -> Answer | None:
        least = next(item.from_score for item in self.facts.pack.levels if item.id == level)
        if least is None:
            return None
        needed, (score, places) = decimal(least), self.facts.score(unit)
        title = _("The score is enough for “{level}”").format(level=self.facts.titles[level])
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
            counts = self.facts.rated(unit, condition.of or Whose.MEMBERS)
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
        return [other for other in self.facts.ranks if self.facts.ranks[other] <= self.facts.ranks.get(level, -1)]

    def _related(self, condition: Condition, told: str) -> tuple[Fit, str]:
        """The lowest level of the host body and the mass organisations."""
        if told not in self.facts.ranks:
            return Fit.CANNOT_TELL, _("“{word}” is no level; there are: {levels}").format(
                word=told, levels=", ".join(self.facts.ranks)
            )
        fits = self.facts.ranks[told] <= self.facts.ranks.get(condition.reach, -1)
        return _fit(fits), _("told: {level}; needed: {reach} or better").format(
            level=self.facts.titles[told], reach=self.facts.titles.get(condition.reach, condition.reach)
        )


def together(fits: Sequence[Fit]) -> Fit:
    """Of several answers: one no is a no, else one unknown leaves it open."""
    for fit in (Fit.NOT_CONSISTENT, Fit.CANNOT_TELL):
        if fit in fits:
            return fit
    return Fit.CONSISTENT


def _fit(fits: bool) -> Fit:
    return Fit.CONSISTENT if fits else Fit.NOT_CONSISTENT


def _within(condition: Condition, low: Decimal, high: Decimal, total: int) -> Fit:
    """Whether a share that lies between two numbers keeps the condition's limit."""
    least, most = condition.at_least, condition.at_most
    worst, best = (low, high) if least is not None else (high, low)
    answers = []
    for count in (worst, best):
        if least is not None:
            answers.append(count * HUNDRED >= decimal(least) * total)
        else:
            answers.append(count * HUNDRED <= decimal(most or 0.0) * total)
    return _fit(answers[0]) if answers[0] == answers[1] else Fit.CANNOT_TELL


def _limit(condition: Condition, unit: str) -> str:
    if condition.at_least is not None:
        return _("at least {n}").format(n=show(decimal(condition.at_least)) + unit)
    return _("at most {n}").format(n=show(decimal(condition.at_most or 0.0)) + unit)


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
