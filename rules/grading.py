"""How a pack says what a quality level asks for: the papers that tell it, the conditions of each level, the quotas.

A closed vocabulary over what papers and people tell; nothing is ever evaluated. The section looks like this:

    grading:
      levels: [{id: HTXSNV, title: ..., from_score: 90}, ...]       # best first
      points: [{id: chung, title: Tiêu chí chung, maximum: 30}, ...] # leave out for a plain hundred
      papers: {score: [...], ratings: [...], tally: [...], minutes: [...], proposal: [...], report: [...]}
      conditions:
      - {id: ..., title: ..., levels: [HTXSNV], rule: share, of: members, reach: HTTNV, at_least: 80, for: [...]}
      - {id: ..., title: ..., levels: [HTXSNV], rule: related, reach: HTTNV}
      - {id: ..., title: ..., levels: [HTXSNV], rule: no}
      - {id: ..., title: ..., levels: [HTTNV], rule: number, at_least: 100}
      quota:
      - {id: ..., title: ..., level: HTXSNV, whose: members, share: 20, of: HTTNV, per: unit, rounding: down}

A pack on top of another drops one of its conditions or quotas by `{id: ..., drop: true}`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from archive.i18n import gettext as _
from archive.records import UnitType
from rules.fields import Fields
from rules.yamlfile import Entry, Problems

SECTIONS = ("points", "papers", "conditions", "quota")  # of `grading`, beside its levels
ROLES = ("score", "report", "ratings", "tally", "minutes", "proposal")
TOTAL = "total"
_CONDITION_FIELDS = (
    "id", "title", "levels", "for", "rule", "of", "reach", "at_least", "at_most", "why", "unverified", "drop",
)  # fmt: skip
_QUOTA_FIELDS = (
    "id", "title", "level", "whose", "share", "of", "per", "rounding", "for", "why", "unverified", "drop",
)  # fmt: skip


class Rule(StrEnum):
    """What a condition asks: a share of those rated, the level of the host body, yes, no (a knock-out), a number."""

    SHARE = "share"
    RELATED = "related"
    YES = "yes"
    NO = "no"
    NUMBER = "number"


class Whose(StrEnum):
    """Whom a share or a quota counts."""

    MEMBERS = "members"
    SUB_UNITS = "sub-units"
    UNITS = "units"


class Grouping(StrEnum):
    """Within what a quota holds."""

    UNIT = "unit"
    KIND = "kind"
    TEAM = "team"
    CAMPAIGN = "campaign"


class Rounding(StrEnum):
    """What becomes of a part of a place."""

    DOWN = "down"
    NEAREST = "nearest"
    UP = "up"


@dataclass(frozen=True, slots=True)
class Points:
    """A part of the scale ("tiêu chí chung", 30 points)."""

    id: str
    title: str
    maximum: float


@dataclass(frozen=True, slots=True)
class Condition:
    """What a unit that asks for one of `levels` must fulfil. `reach` is the least level of a share or of the host body;
    `at_least` and `at_most` are per cent of a share, or the told number. `unverified`: what is only assumed of it."""

    id: str
    title: str
    levels: tuple[str, ...]
    rule: Rule
    unit_types: tuple[UnitType, ...] = ()  # empty: all
    of: Whose | None = None
    reach: str = ""
    at_least: float | None = None
    at_most: float | None = None
    why: str = ""
    unverified: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Quota:
    """At most `share` per cent of those counted by `base` (level ids, or "total") may hold `level`, within each group.
    A quota of "units" counts the units below each unit where it holds per unit, else those without a parent."""

    id: str
    title: str
    level: str
    whose: Whose
    share: float
    base: tuple[str, ...]
    per: Grouping
    rounding: Rounding
    unit_types: tuple[UnitType, ...] = ()
    why: str = ""
    unverified: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Grading:
    """What a pack says of grading beside its levels. `papers` maps kinds to what they tell (`ROLES`)."""

    points: tuple[Points, ...] = ()
    papers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    conditions: tuple[Condition, ...] = ()
    quotas: tuple[Quota, ...] = ()

    @property
    def scale(self) -> float:
        """The most points that a unit may have without a bonus."""
        return sum(part.maximum for part in self.points) or 100.0

    @property
    def told(self) -> tuple[str, ...]:
        """The ids of conditions that only a person can tell of."""
        return tuple(item.id for item in self.conditions if item.rule is not Rule.SHARE)


def read_grading(pack: Fields, levels: Sequence[str], kinds: Sequence[str]) -> Grading:
    """The `grading` section of a pack, but for its levels; mistakes are noted with their lines."""
    entry = pack.get("grading")
    if entry is None or entry.tag != "map":
        return Grading()
    section = Fields(entry, pack.problems, tuple(entry.fields))
    reader = _Reader(pack.problems, levels)
    conditions = tuple(reader.condition(item) for item in section.entries("conditions") if _stands(item, section))
    quotas = tuple(reader.quota(item) for item in section.entries("quota") if _stands(item, section))
    _once([*conditions, *quotas], pack.problems)
    return Grading(
        points=_points(section),
        papers=_papers(section, kinds),
        conditions=conditions,
        quotas=quotas,
    )


def _stands(entry: Entry, section: Fields) -> bool:
    """Whether no pack above has dropped it."""
    dropped = entry.fields.get("drop")
    return dropped is None or not Fields(entry, section.problems, tuple(entry.fields)).flag("drop")


def _points(section: Fields) -> tuple[Points, ...]:
    found = []
    for entry in section.entries("points"):
        fields = Fields(entry, section.problems, ("id", "title", "maximum", "unverified"))
        maximum = fields.score("maximum")
        if maximum is None or maximum <= 0:
            section.problems.add(fields.line_of("maximum"), _('"{name}" must be above zero').format(name="maximum"))
        found.append(Points(fields.text("id", True), fields.text("title", True), maximum or 0.0))
    return tuple(found)


def _papers(section: Fields, kinds: Sequence[str]) -> dict[str, frozenset[str]]:
    """Which kinds tell what, turned round: kind -> roles."""
    roles = Fields(
        Entry(section.line_of("papers"), "map", fields=section.mapping("papers")), section.problems, ROLES
    )  # fmt: skip
    found: dict[str, set[str]] = {}
    for role in ROLES:
        for kind in roles.choices(role, kinds, _("kind")):
            found.setdefault(kind, set()).add(role)
    return {kind: frozenset(names) for kind, names in found.items()}


class _Reader:
    """Reads conditions and quotas against the levels that the same pack defines."""

    def __init__(self, problems: Problems, levels: Sequence[str]) -> None:
        self.problems = problems
        self.levels = tuple(levels)

    def condition(self, entry: Entry) -> Condition:
        fields = Fields(entry, self.problems, _CONDITION_FIELDS)
        rule = Rule(fields.choice("rule", list(Rule), required=True, default=Rule.YES))
        found = Condition(
            id=fields.text("id", required=True),
            title=fields.text("title", required=True),
            levels=fields.choices("levels", self.levels, _("level"), required=True),
            rule=rule,
            unit_types=self._types(fields),
            of=self._whom(fields, rule),
            reach=fields.choice("reach", self.levels, required=rule in (Rule.SHARE, Rule.RELATED)),
            at_least=self._limit(fields, "at_least", rule),
            at_most=self._limit(fields, "at_most", rule),
            why=fields.text("why"),
            unverified=fields.text("unverified"),
            line=entry.line,
        )
        self._check_limits(found, fields)
        return found

    def _whom(self, fields: Fields, rule: Rule) -> Whose | None:
        if rule is not Rule.SHARE:
            self._out_of_place(fields, ("of",), rule)
            return None
        return Whose(fields.choice("of", (Whose.MEMBERS, Whose.SUB_UNITS), required=True, default=Whose.MEMBERS))

    def _limit(self, fields: Fields, name: str, rule: Rule) -> float | None:
        limit = fields.score(name)
        if limit is not None and rule is Rule.SHARE and not 0 <= limit <= 100:
            self.problems.add(fields.line_of(name), _('"{name}" must lie between 0 and 100').format(name=name))
        return limit

    def _check_limits(self, found: Condition, fields: Fields) -> None:
        limits = [limit for limit in (found.at_least, found.at_most) if limit is not None]
        if found.rule in (Rule.SHARE, Rule.NUMBER) and len(limits) != 1:
            self.problems.add(fields.line, _('this rule needs either "at_least" or "at_most"'))
        if found.rule not in (Rule.SHARE, Rule.NUMBER):
            self._out_of_place(fields, ("at_least", "at_most"), found.rule)
        if found.rule not in (Rule.SHARE, Rule.RELATED):
            self._out_of_place(fields, ("reach",), found.rule)

    def _out_of_place(self, fields: Fields, names: Sequence[str], rule: Rule) -> None:
        for name in names:
            if name in fields.fields:
                message = _('"{name}" does not go with "rule: {rule}"').format(name=name, rule=rule.value)
                self.problems.add(fields.line_of(name), message)

    def quota(self, entry: Entry) -> Quota:
        fields = Fields(entry, self.problems, _QUOTA_FIELDS)
        share = fields.score("share")
        if share is None or not 0 < share <= 100:
            self.problems.add(fields.line_of("share"), _('"{name}" must lie between 0 and 100').format(name="share"))
        whose = (Whose.MEMBERS, Whose.UNITS)
        return Quota(
            id=fields.text("id", required=True),
            title=fields.text("title", required=True),
            level=fields.choice("level", self.levels, required=True),
            whose=Whose(fields.choice("whose", whose, required=True, default=Whose.UNITS)),
            share=share or 0.0,
            base=self._base(fields),
            per=Grouping(fields.choice("per", list(Grouping), required=True, default=Grouping.CAMPAIGN)),
            rounding=Rounding(fields.choice("rounding", list(Rounding), required=True, default=Rounding.DOWN)),
            unit_types=self._types(fields),
            why=fields.text("why"),
            unverified=fields.text("unverified"),
            line=entry.line,
        )

    def _base(self, fields: Fields) -> tuple[str, ...]:
        """`HTTNV`, `HTTNV+HTXSNV` or `total`."""
        words = tuple(word.strip() for word in fields.text("of", required=True).split("+") if word.strip())
        for word in words:
            if word not in (*self.levels, TOTAL):
                self.problems.unknown(fields.line_of("of"), _("level"), word, (*self.levels, TOTAL))
        return (TOTAL,) if TOTAL in words else tuple(dict.fromkeys(words))

    def _types(self, fields: Fields) -> tuple[UnitType, ...]:
        return tuple(map(UnitType, fields.choices("for", list(UnitType), _("unit type"))))


def _once(found: Sequence[Condition | Quota], problems: Problems) -> None:
    """Ids stand once each: what a person tells is told by them."""
    first: dict[str, int] = {}
    for item in found:
        if item.id in first:
            message = _('"{name}" stands twice, first in line {line}').format(name=item.id, line=first[item.id])
            problems.add(item.line, message)
        first.setdefault(item.id, item.line)
