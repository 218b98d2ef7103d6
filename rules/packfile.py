"""From the tree of a pack file to a RulePack: closed vocabulary, and what refers to what.

Written for rules.loader; nothing here opens a file.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from archive.i18n import gettext as _
from archive.records import Calendar, UnitType
from rules.fields import Fields
from rules.grading import SECTIONS as GRADING
from rules.grading import read_grading
from rules.model import Deadline, ExemptMembers, Kind, Level, RulePack, When
from rules.numbering import read_numbering
from rules.overlay import assemble
from rules.requirementfile import (
    DUE_FIELDS,
    REQUIREMENT_FIELDS,
    USUAL,
    RequirementReader,
    check_id,
    checked_id,
    read_due,
)
from rules.yamlfile import Entry, Problems

SECTIONS = (
    "id", "title", "base", "period", "basis", "committees", "unit_types", "areas", "mass_orgs", "grading",
    "abbreviations", "deadlines", "calendar", "exempt_members", "kinds", "requirements", "changes", "unverified",
    "tests", "numbering",
)  # fmt: skip
_FIRST = 1930  # before it there were no such papers


def read_pack(files: Sequence[Entry], problems: Problems, sha256: str) -> RulePack:
    """The pack in these trees, its own file's first and its bases' behind it; mistakes are added to `problems`, and
    then the pack is not to be used."""
    whole = assemble(files, problems, REQUIREMENT_FIELDS)
    fields = Fields(whole.tree, problems, SECTIONS, _("section"))
    kinds = _kinds(fields, problems)
    levels = _levels(fields, problems)
    names = {name: _names(fields, name, problems) for name in ("areas", "unit_types")}
    names["mass_orgs"], mass_org_words = _mass_orgs(fields, problems)
    vocabulary = {"proposed_level": tuple(level.id for level in levels), "mass_orgs": tuple(names["mass_orgs"])}
    for wrong in set(names["unit_types"]) - set(UnitType):
        problems.unknown(fields.mapping("unit_types")[wrong].line, _("unit type"), wrong, list(UnitType))
    reader = RequirementReader(problems, kinds, names["areas"], vocabulary, _deadlines(fields, problems))
    reader.read_all(whole.twice)
    fields.get("requirements", required=True)
    year, years = _period(fields, problems)
    return RulePack(
        id=checked_id(fields, "id"),
        title=fields.text("title", required=True),
        year=year,
        basis=fields.texts("basis"),
        kinds=kinds,
        requirements=reader.read_all(whole.items.values()),
        areas=names["areas"],
        levels=levels,
        mass_orgs=names["mass_orgs"],
        mass_org_words=mass_org_words,
        abbreviations=_abbreviations(fields, problems),
        sha256=sha256,
        unit_types=names["unit_types"],
        committees=fields.texts("committees"),
        years=years,
        base=tuple(entry.fields["id"].text for entry in files[1:] if "id" in entry.fields),
        variants=reader.read_variants(whole.variants),
        changes=tuple(whole.changes),
        calendar=read_calendar(fields, problems),
        exempt_members=_exempt(fields, problems),
        grading_unverified=_grading_unverified(fields),
        unverified=fields.texts("unverified"),
        grading=read_grading(fields, vocabulary["proposed_level"], tuple(kinds)),
        numbering=read_numbering(fields),
    )


def _period(fields: Fields, problems: Problems) -> tuple[int, tuple[int, int | None]]:
    """The year of the examples, and the first and last year of the pack (None: until another comes)."""
    entry = fields.get("period", required=True) or Entry(fields.line, "map")
    period = Fields(entry, problems, ("year", "years", "from", "title"))
    given = [name for name in ("years", "from") if name in period.fields]
    year = period.number("year", required="period" in fields.fields and not given, at_least=_FIRST)
    if len(given) > 1:
        problems.add(period.line_of("from"), _('"years" and "from" do not go together'))
    years: tuple[int, int | None]
    if "years" in given:
        years = _years(period, problems)
    elif "from" in given:
        years = (period.number("from", at_least=_FIRST) or 0, None)
    else:
        years = (year or 0, year or 0)
    if year and not (years[0] <= year and (years[1] is None or year <= years[1])):
        problems.add(period.line_of("year"), _("the year {year} is none of the pack's own").format(year=year))
    return year or years[0], years


def _years(period: Fields, problems: Problems) -> tuple[int, int]:
    """The first and the last year: `years: [2019, 2022]`, or one."""
    years = [item.number("years", at_least=_FIRST) for item in period.singles("years")]
    found = [number for number in years if number]
    if len(found) == len(years) and (len(years) not in (1, 2) or found != sorted(found)):
        problems.add(period.line_of("years"), _('"years" must be the first and the last year: [2019, 2022]'))
    return (found[0], found[-1]) if found else (0, 0)


def read_calendar(fields: Fields, problems: Problems) -> Calendar:
    """The office's table of swapped days: `calendar: {working: [2021-01-02], off: [2021-12-31]}`."""
    entry = fields.get("calendar")
    if entry is None:
        return Calendar()
    table = Fields(entry, problems, ("working", "off", "why", "unverified"))
    days = {name: [day for item in table.singles(name) if (day := item.day(name))] for name in ("working", "off")}
    for day in sorted(set(days["working"]) & set(days["off"])):
        problems.add(table.line_of("off"), _("{day} cannot be both working and off").format(day=day.isoformat()))
    return Calendar(tuple(sorted(days["working"])), tuple(sorted(days["off"])))


def _exempt(fields: Fields, problems: Problems) -> ExemptMembers:
    entry = fields.get("exempt_members")
    if entry is None:
        return ExemptMembers()
    inner = Fields(entry, problems, ("who", "why", "unverified"))
    return ExemptMembers(inner.texts("who", required=True), inner.text("why", required=True), inner.text("unverified"))


def _names(fields: Fields, section: str, problems: Problems) -> dict[str, str]:
    """A section of `id: name` pairs."""
    block = fields.mapping(section, required=section == "areas")
    inner = Fields(Entry(fields.line_of(section), "map", fields=block), problems, tuple(block))
    return {name: inner.text(name, required=True) for name in block}


def _mass_orgs(fields: Fields, problems: Problems) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """The names of the mass organisations, and the words under which papers know them."""
    names, words = {}, {}
    for org_id, entry in fields.mapping("mass_orgs").items():
        inner = Fields(entry, problems, ("name", "words"))
        names[org_id], words[org_id] = inner.text("name", required=True), inner.texts("words")
    return names, words


def _abbreviations(fields: Fields, problems: Problems) -> dict[str, tuple[str, ...]]:
    block = fields.mapping("abbreviations")
    inner = Fields(Entry(fields.line_of("abbreviations"), "map", fields=block), problems, tuple(block))
    return {name: inner.texts(name, required=True) for name in block}


def _levels(fields: Fields, problems: Problems) -> tuple[Level, ...]:
    entry = fields.get("grading")
    if entry is None:
        return ()
    found = []
    for item in Fields(entry, problems, ("levels", "unverified", *GRADING)).entries("levels", required=True):
        level = Fields(item, problems, ("id", "title", "from_score", "unverified"))
        found.append(Level(level.text("id", True), level.text("title", True), level.score("from_score")))
    _no_twice([(level.id, entry.line) for level in found], problems)
    return tuple(found)


def _no_twice(places: list[tuple[str, int]], problems: Problems) -> None:
    """Ids stand once each."""
    first: dict[str, int] = {}
    for name, line in places:
        if name and name in first:
            problems.add(line, _('"{name}" stands twice, first in line {line}').format(name=name, line=first[name]))
        first.setdefault(name, line)


def _grading_unverified(fields: Fields) -> str:
    entry = fields.fields.get("grading")
    word = entry.fields.get("unverified") if entry else None
    return word.text.strip() if word else ""


def _deadlines(fields: Fields, problems: Problems) -> dict[When, Deadline]:
    """How many days before or after the visit each `when` means, unless a requirement says otherwise."""
    block = fields.mapping("deadlines")
    inner = Fields(Entry(fields.line_of("deadlines"), "map", fields=block), problems, USUAL)
    usual = {when: Deadline(when) for when in USUAL}
    for name, entry in inner.fields.items():
        if name in usual:
            usual[When(name)] = read_due(Fields(entry, problems, DUE_FIELDS), When(name))
    return usual


# --- kinds -----------------------------------------------------------------------------------------------------------


def _groups(fields: Fields, name: str) -> tuple[tuple[str, ...], ...]:
    """A list of lists of words; a plain word among them is a group of one."""
    found = []
    for item in fields.entries(name):
        words = Fields(Entry(item.line, "map", fields={name: item}), fields.problems, (name,)).texts(name)
        found.append(words)
    return tuple(filter(None, found))


_SHAPES: dict[str, Callable[[Fields, str], object]] = {
    "str": lambda fields, name: fields.text(name),
    "int": lambda fields, name: fields.number(name),
    "int | None": lambda fields, name: fields.number(name),
    "float": lambda fields, name: fields.score(name),
    "float | None": lambda fields, name: fields.score(name),
    "bool": lambda fields, name: fields.flag(name),
    "tuple[str, ...]": lambda fields, name: fields.texts(name),
    "tuple[tuple[str, ...], ...]": _groups,
}
_WORDS = {"title_vi": "name", "title": "title_words"}  # field of Kind -> its word in the file, where they differ
_KIND_FIELDS = {_WORDS.get(item.name, item.name): item for item in dataclasses.fields(Kind) if item.name != "id"}
_PERIODS = ("year", "part", "month", "plan", "term", "any")


def _kinds(fields: Fields, problems: Problems) -> dict[str, Kind]:
    found: dict[str, Kind] = {}
    for kind_id, entry in fields.mapping("kinds", required=True).items():
        check_id(kind_id, entry.line, problems)
        inner = Fields(entry, problems, tuple(_KIND_FIELDS))
        given = {
            item.name: _SHAPES[str(item.type)](inner, word)
            for word, item in _KIND_FIELDS.items()
            if word in entry.fields or word == "name"
        }
        inner.get("name", required=True)
        if "period" in given:
            given["period"] = inner.choice("period", _PERIODS, default="year")
        found[kind_id] = Kind(kind_id, **given)  # type: ignore[arg-type]
    return found
