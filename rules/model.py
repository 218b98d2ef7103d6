"""A rule pack in memory: what kinds of paper there are, and which of them each kind of unit must hand in, by when.

Everything here is data read from `rules/packs/<id>.yaml` by `rules.loader`; no expressions, no code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from archive.records import Calendar, Unit, UnitType
from rules.grading import Grading
from rules.numbering import Numbering


class When(StrEnum):
    """When a requirement must be handed in."""

    BEFORE_VISIT = "before-visit"
    AT_VISIT = "at-visit"
    BY_DATE = "by-date"
    AFTER_VISIT = "after-visit"


class Per(StrEnum):
    """What a requirement is counted by; NOTHING = so many of it in all."""

    NOTHING = "unit"
    SUB_UNIT = "sub-unit"
    MEMBER = "member"
    MONTH = "month"
    QUARTER = "quarter"
    MASS_ORG = "mass-org"


class Origin(StrEnum):
    """Who issues the paper: the unit itself, or the body it stands in (chính quyền, đoàn thể, the parent)."""

    UNIT = "unit"
    HOST = "host"


PARTS = ("year", "half", "quarter", "term")  # what a campaign may review


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper and the words that tell it. Word lists are alternatives, matched without regard to case,
    accents, tone placement and small noise; `title` and `body` words are phrases of the printed title and the text.

    `printed`: printed kinds that fit ("báo cáo"); a title under another printed kind tells against it.
    `title`: groups of phrases; in each group at least one must stand in the title (all groups = full weight).
    `title_not`: phrases that rule the kind out. `forms`: form codes ("01-HD KĐ.ĐG"). `codes`: code suffixes ("BC").
    `body`: phrases typical for the text. `names`: words in folder and file names ("tong ket", "bc tk").
    `issuers`: phrases of the issuer that the kind needs ("công đoàn"); `issuers_not`: such as rule it out; in both,
    `đoàn thể` stands for any mass organisation of the pack. `period`: what a paper of this kind tells of: "year",
    "part" (half a year, a quarter, a month), "month" (a monthly meeting), "plan" (the year ahead), "term" or "any";
    `form_year`: the year of the form in force. `title_in_body`: where the title says no more than the printed kind,
    the opening of the text may hold the title's words. `general`: the kind of all papers under its printed kinds that
    nothing finer fits."""

    id: str
    title_vi: str
    printed: tuple[str, ...] = ()
    title: tuple[tuple[str, ...], ...] = ()
    title_not: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    period: str = "year"
    form_year: int | None = None
    issuers_not: tuple[str, ...] = ()
    title_in_body: bool = False
    general: bool = False
    unverified: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """So many days before or after the visit, calendar or working days, or a fixed date; `yearly` is a month and day
    of the year reviewed, or of the next one where the last word is True."""

    when: When
    days: int = 0
    working_days: bool = False
    on: date | None = None
    yearly: tuple[int, int, bool] | None = None
    unverified: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A closed condition over unit facts: op is all, any, not, is, in or at_least (see rules.conditions)."""

    op: str
    fact: str = ""
    value: Any = None
    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckUse:
    """A check that a requirement asks for, and how much it weighs ("error": the document does not count)."""

    check: str
    severity: str
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """One change that a pack makes to those below it: `action` is "add", "drop" or "change" (then `fields` are those
    that were given anew), why, and where that is written. `units`: only for these."""

    requirement: str
    action: str
    reason: str
    file: str
    line: int
    fields: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExemptMembers:
    """Which members need no paper of their own, by which rule; the campaign file tells how many they are."""

    who: tuple[str, ...] = ()
    why: str = ""
    unverified: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing a kind of unit must hand in. `accepts` is one-of; `all_of` asks for each of the kinds.

    `near`: kinds that clerks mistake for it (a half-year report), named as near misses. `at_least`: so many per cent of
    the need are enough. `origin`: who issues it; `grace_days`: days behind the deadline in which it is waited for.
    `periods`: in which campaigns it is asked. `units`: only of these. `changes`: how it came to be what it is, `places`
    where each field is written (file and line); two requirements that ask the same are equal however they came about.
    """

    id: str
    title: str
    area: str
    unit_types: tuple[UnitType, ...]
    accepts: tuple[str, ...]
    deadline: Deadline
    per: Per = Per.NOTHING
    count: int = 1
    all_of: tuple[str, ...] = ()
    only_if: Condition | None = None
    checks: tuple[CheckUse, ...] = ()
    why: str = ""
    remedy: str = ""
    names: tuple[str, ...] = ()  # further words of sub-folders named after this requirement
    unverified: str = ""  # what is only assumed about this line, for the reader of the pack
    near: tuple[str, ...] = ()
    at_least: int | None = None
    origin: Origin = Origin.UNIT
    grace_days: int = 0
    periods: tuple[str, ...] = PARTS
    units: tuple[str, ...] = ()
    changes: tuple[Change, ...] = field(default=(), compare=False)
    places: Mapping[str, tuple[str, int]] = field(default_factory=dict, compare=False, repr=False)

    def place(self, *names: str) -> tuple[str, int]:
        """Where the first of these fields that is written stands, else where the requirement begins."""
        return next((self.places[name] for name in (*names, "id") if name in self.places), ("", 1))


@dataclass(frozen=True, slots=True)
class Level:
    """A quality level ("HTTNV"), its name and the score from which it may be proposed (assumed where marked)."""

    id: str
    title: str
    from_score: float | None = None


@dataclass(frozen=True, slots=True)
class RulePack:
    """One period's rules. `sha256` is over the bytes of its file and those of its bases: any answer names the very
    rules it rests on. `year` is that of its example dossiers, `years` the first and last it holds for (None: open).

    `requirements` are those of all units; `variants` what single units have otherwise (None: not asked of them). Who
    judges a unit takes `requirements_for`."""

    id: str
    title: str
    year: int
    basis: tuple[str, ...]
    kinds: dict[str, Kind]
    requirements: tuple[Requirement, ...]
    areas: dict[str, str]
    levels: tuple[Level, ...] = ()
    mass_orgs: dict[str, str] = field(default_factory=dict)  # id -> name
    mass_org_words: dict[str, tuple[str, ...]] = field(default_factory=dict)  # id -> phrases of heads and titles
    abbreviations: dict[str, tuple[str, ...]] = field(default_factory=dict)  # code suffix -> printed kinds
    sha256: str = ""
    unit_types: dict[str, str] = field(default_factory=dict)  # unit type -> its name for people
    committees: tuple[str, ...] = ()  # the committees above the units ("Đảng ủy Khối"): their papers are no unit's own
    years: tuple[int, int | None] | None = None
    base: tuple[str, ...] = ()  # the ids of the packs below it, the nearest first
    variants: dict[str, dict[str, Requirement | None]] = field(default_factory=dict)  # unit id -> requirement id
    changes: tuple[Change, ...] = ()
    calendar: Calendar = field(default_factory=Calendar)
    exempt_members: ExemptMembers = ExemptMembers()
    grading_unverified: str = ""
    unverified: tuple[str, ...] = ()  # what is only assumed about the pack as a whole
    grading: Grading = field(default_factory=Grading)
    numbering: Numbering = field(default_factory=Numbering)

    def covers(self, year: int) -> bool:
        """Whether the pack holds for that year."""
        first, last = self.years or (self.year, self.year)
        return first <= year and (last is None or year <= last)

    def requirements_for(self, unit: Unit) -> tuple[Requirement, ...]:
        """What is asked of this very unit, in the order of the pack: those of its type, as they stand for it."""
        own = self.variants.get(unit.id, {})
        found = (own.get(item.id, item) for item in self.requirements)
        return tuple(
            item
            for item in found
            if item and unit.type in item.unit_types and (not item.units or unit.id in item.units)
        )

    def every_requirement(self) -> tuple[Requirement, ...]:
        """All requirements and their variants: for whoever asks which kinds or words may serve one at all."""
        others = (item for variants in self.variants.values() for item in variants.values() if item)
        return (*self.requirements, *others)

    def requirement(self, requirement_id: str, unit: Unit | None = None) -> Requirement | None:
        """The requirement of that id, or None; as it stands for the unit, where one is given."""
        general = next((r for r in self.requirements if r.id == requirement_id), None)
        own = self.variants.get(unit.id, {}).get(requirement_id) if unit else None
        return own or general
