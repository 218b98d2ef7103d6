"""The YAML of example dossiers, read for rules.cases: a unit, its papers, a day, and what must come out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from archive.i18n import gettext as _
from archive.records import Calendar, MassOrganisation, Period, ReadingState, Source, Unit, UnitType, VerdictKind
from rules.conditions import HOSTS
from rules.fields import Fields
from rules.model import RulePack
from rules.packfile import read_calendar
from rules.periods import read_period
from rules.requirementfile import CHECK_CODES
from rules.yamlfile import Entry, Problems

_UNIT_FIELDS = (
    "id", "name", "type", "parent", "members", "exempt", "host", "mass_orgs", "has_ubkt", "proposed_level",
)  # fmt: skip
_PARTS = ("year", "half", "quarter", "month", "topic", "term")
_CASE_FIELDS = (
    "name", "year", "quarter", "half", "term", "calendar", "unit", "others", "visit", "as_of", "papers", "waived",
    "expect",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CasePaper:
    """A paper of an example dossier: what is known of it, or its text. `filed` is the day it came in; `decided` the
    kind, unit or year that a person set; `lies_with` the unit among the others in whose folder it lies; `findings` what
    the checks found wrong in it."""

    line: int
    kind: str | None = None
    text: str = ""
    name: str = ""
    folder: str = ""
    state: ReadingState = ReadingState.READ
    source: Source = Source.EMBEDDED
    hint: str | None = None
    runner_up: str | None = None
    score: float = 1.0
    year: int | None = None
    part: str = "year"
    month: int | None = None
    quarter: int | None = None
    half: int | None = None
    since: int | None = None
    issued: date | None = None
    code: str = ""
    issuer: str = ""
    unit_named: str = ""
    member: str = ""
    mass_org: str = ""
    form_year: int | None = None
    secret: bool = False
    lies_with: str = ""
    filed: date | None = None
    decided_kind: str | None = None
    decided_unit: str | None = None
    decided_year: int | None = None
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must come out for one requirement; None = not looked at. `reasons` and `missing` must be among those given,
    `papers` are the names of the papers that count, `remedy` are words that stand in it, `near` the names of those that
    are told as handed in by mistake."""

    line: int
    verdict: VerdictKind
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    have: int | None = None
    need: int | None = None
    late: bool | None = None
    waived: bool | None = None
    papers: tuple[str, ...] | None = None
    remedy: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One example: a unit, perhaps others beside it, papers, a day, and what must come out. It is of the pack's year,
    unless it names another, or a quarter, half-year or term. `pack` is the id of the pack whose example it is."""

    name: str
    file: str
    line: int
    unit: Unit
    others: tuple[Unit, ...]
    visit: date | None
    as_of: date
    papers: tuple[CasePaper, ...]
    waived: tuple[str, ...]
    expect: dict[str, Expectation]
    year: int
    period: Period | None
    calendar: Calendar
    pack: str = ""


def read_cases(entry: Entry, problems: Problems, pack: RulePack) -> list[Case]:
    """The list of cases at this place; mistakes are added to `problems`."""
    items = Fields(Entry(entry.line, "map", fields={"cases": entry}), problems, ("cases",)).entries("cases")
    return [_case(item, problems, pack) for item in items]


def _case(entry: Entry, problems: Problems, pack: RulePack) -> Case:
    fields = Fields(entry, problems, _CASE_FIELDS)
    year = fields.number("year", at_least=1930) or pack.year
    requirements = tuple(item.id for item in pack.requirements)
    expected = Fields(
        Entry(fields.line_of("expect"), "map", fields=fields.mapping("expect", required=True)), problems, requirements
    )
    unit = fields.get("unit", required=True)
    return Case(
        name=fields.text("name", required=True),
        file=problems.file,
        line=entry.line,
        unit=_unit(unit, problems, pack, "don-vi") if unit else Unit("don-vi", "", UnitType.CHI_BO_CO_SO),
        others=tuple(_unit(item, problems, pack, "") for item in fields.entries("others")),
        visit=fields.day("visit"),
        as_of=fields.day("as_of", required=True) or date.min,
        papers=tuple(_paper(item, problems, pack) for item in fields.entries("papers")),
        waived=fields.choices("waived", requirements, _("requirement")),
        expect={name: _expectation(item, problems) for name, item in expected.fields.items() if name in requirements},
        year=year,
        period=read_period(fields, problems, year),
        calendar=read_calendar(fields, problems),
        pack=pack.id,
    )


def _unit(entry: Entry, problems: Problems, pack: RulePack, default_id: str) -> Unit:
    fields = Fields(entry, problems, _UNIT_FIELDS)
    orgs = []
    for item in fields.entries("mass_orgs"):
        own = Fields(item, problems, ("id", "name")) if item.tag == "map" else None
        name = own.text("name") if own else pack.mass_orgs.get(item.text, item.text)
        orgs.append(MassOrganisation(own.text("id") if own else item.text, name))
    return Unit(
        id=fields.text("id", required=not default_id, default=default_id),
        name=fields.text("name", required=not default_id, default="Đơn vị"),
        type=UnitType(fields.choice("type", list(UnitType), required=True, default=UnitType.CHI_BO_CO_SO)),
        parent=fields.text("parent") or None,
        members=fields.number("members"),
        exempt=fields.number("exempt") or 0,
        host=fields.choice("host", HOSTS) or None,
        mass_orgs=tuple(orgs),
        has_ubkt=fields.flag("has_ubkt"),
        proposed_level=fields.choice("proposed_level", tuple(level.id for level in pack.levels)) or None,
    )


def _paper(entry: Entry, problems: Problems, pack: RulePack) -> CasePaper:
    known = tuple(CasePaper.__dataclass_fields__)[1:]
    fields = Fields(entry, problems, known)
    kinds = tuple(pack.kinds)

    def kind(name: str) -> str | None:
        return fields.choice(name, kinds) or None

    return CasePaper(
        line=entry.line,
        kind=kind("kind"),
        text=fields.text("text"),
        name=fields.text("name"),
        folder=fields.text("folder"),
        state=ReadingState(fields.choice("state", list(ReadingState), default=ReadingState.READ)),
        source=Source(fields.choice("source", list(Source), default=Source.EMBEDDED)),
        hint=kind("hint"),
        runner_up=kind("runner_up"),
        score=1.0 if "score" not in fields.fields else fields.score("score") or 0.0,
        year=fields.number("year"),
        part=fields.choice("part", _PARTS, default="year"),
        month=fields.number("month", at_least=1),
        quarter=fields.number("quarter", at_least=1),
        half=fields.number("half", at_least=1),
        since=fields.number("since", at_least=1930),
        issued=fields.day("issued"),
        code=fields.text("code"),
        issuer=fields.text("issuer"),
        unit_named=fields.text("unit_named"),
        member=fields.text("member"),
        mass_org=fields.text("mass_org"),
        form_year=fields.number("form_year"),
        secret=fields.flag("secret"),
        lies_with=fields.text("lies_with"),
        filed=fields.day("filed"),
        decided_kind=kind("decided_kind"),
        decided_unit=fields.text("decided_unit") or None,
        decided_year=fields.number("decided_year"),
        findings=fields.choices("findings", CHECK_CODES, _("check")),
    )


def _expectation(entry: Entry, problems: Problems) -> Expectation:
    if entry.scalar:
        entry = Entry(entry.line, "map", fields={"verdict": entry})
    known = tuple(Expectation.__dataclass_fields__)[1:]
    fields = Fields(entry, problems, known)
    verdict = fields.choice("verdict", list(VerdictKind), required=True, default=VerdictKind.MET)
    return Expectation(
        line=entry.line,
        verdict=VerdictKind(verdict),
        reasons=fields.texts("reasons"),
        missing=fields.texts("missing"),
        have=fields.number("have"),
        need=fields.number("need"),
        late=fields.flag("late") if "late" in fields.fields else None,
        waived=fields.flag("waived") if "waived" in fields.fields else None,
        papers=fields.texts("papers") if "papers" in fields.fields else None,
        remedy=fields.texts("remedy"),
        near=fields.texts("near"),
    )
