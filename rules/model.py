"""A rule pack in memory: what kinds of paper there are, and which of them each kind of unit must hand in, by when.

Everything here is data read from `rules/packs/<id>.yaml` by `rules.loader`; no expressions, no code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from archive.records import UnitType
from rules.grading import Grading
from rules.numbering import Numbering


class When(StrEnum):
    """When a requirement must be handed in."""

    BEFORE_VISIT = "before-visit"
    AT_VISIT = "at-visit"
    BY_DATE = "by-date"


class Per(StrEnum):
    """What a requirement is counted by; NOTHING = so many of it in all."""

    NOTHING = "unit"
    SUB_UNIT = "sub-unit"
    MEMBER = "member"
    MONTH = "month"
    MASS_ORG = "mass-org"


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
    "part" (half a year, a quarter, a month), "month" (a monthly meeting), "plan" (the year ahead) or "any";
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


@dataclass(frozen=True, slots=True)
class Deadline:
    """So many days before the visit, calendar or working days, or a fixed date."""

    when: When
    days: int = 0
    working_days: bool = False
    on: date | None = None


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
class Requirement:
    """One thing a kind of unit must hand in. `accepts` is one-of; `all_of` asks for each of the kinds.

    `near`: kinds that clerks mistake for it (a half-year report), named as near misses."""

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


@dataclass(frozen=True, slots=True)
class Level:
    """A quality level ("HTTNV"), its name and the score from which it may be proposed (assumed where marked)."""

    id: str
    title: str
    from_score: float | None = None


@dataclass(frozen=True, slots=True)
class RulePack:
    """One period's rules. `sha256` is over the file's bytes: any answer names the very rules it rests on."""

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
    grading: Grading = field(default_factory=Grading)
    numbering: Numbering = field(default_factory=Numbering)

    def requirement(self, requirement_id: str) -> Requirement | None:
        """The requirement of that id, or None."""
        return next((r for r in self.requirements if r.id == requirement_id), None)
