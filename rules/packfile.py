"""From the tree of a pack file to a RulePack: closed vocabulary, and what refers to what.

Written for rules.loader; nothing here opens a file.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from string import Formatter

from archive.i18n import gettext as _
from archive.records import Severity, UnitType
from rules.conditions import FACTS, read_condition
from rules.fields import Fields
from rules.grading import SECTIONS as GRADING
from rules.grading import read_grading
from rules.model import CheckUse, Condition, Deadline, Kind, Level, Per, Requirement, RulePack, When
from rules.numbering import read_numbering
from rules.yamlfile import Entry, Problems

SECTIONS = (
    "id", "title", "period", "basis", "committees", "unit_types", "areas", "mass_orgs", "grading", "abbreviations",
    "deadlines", "kinds", "requirements", "tests", "numbering",
)  # fmt: skip
REQUIREMENT_FIELDS = (
    "id", "title", "area", "for", "accepts", "all_of", "near", "when", "due", "per", "count", "only_if",
    "checks", "why", "remedy", "names", "unverified",
)  # fmt: skip
# Findings that a pack may turn into errors; the codes are those of contract.md.
CHECK_CODES = (
    "no-number", "no-date", "no-signature-block", "odd-code", "blank-field", "sum-mismatch", "over-maximum",
    "level-above-score", "old-encoding", "active-content", "text-incomplete", "type-mismatch",
)  # fmt: skip
# Words in braces that a remedy may use.
REMEDY_WORDS = ("year", "next_year", "unit", "need", "have", "missing", "form_year", "due")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read_pack(tree: Entry, problems: Problems, sha256: str) -> RulePack:
    """The pack in this tree; mistakes are added to `problems`, and then the pack is not to be used."""
    fields = Fields(tree, problems, SECTIONS, _("section"))
    period = Fields(fields.get("period", required=True) or Entry(1, "map"), problems, ("year", "title"))
    levels = _levels(fields, problems)
    kinds = _kinds(fields, problems)
    names = {name: _names(fields, name, problems) for name in ("areas", "unit_types")}
    names["mass_orgs"], mass_org_words = _mass_orgs(fields, problems)
    vocabulary = {"proposed_level": tuple(level.id for level in levels), "mass_orgs": tuple(names["mass_orgs"])}
    for wrong in set(names["unit_types"]) - set(UnitType):
        problems.unknown(fields.mapping("unit_types")[wrong].line, _("unit type"), wrong, list(UnitType))
    reader = _RequirementReader(problems, kinds, names["areas"], vocabulary, _deadlines(fields, problems))
    return RulePack(
        id=_checked_id(fields, "id"),
        title=fields.text("title", required=True),
        year=period.number("year", required="period" in fields.fields, at_least=1930) or 0,
        basis=fields.texts("basis"),
        kinds=kinds,
        requirements=reader.read_all(fields.entries("requirements", required=True)),
        areas=names["areas"],
        levels=levels,
        mass_orgs=names["mass_orgs"],
        mass_org_words=mass_org_words,
        abbreviations=_abbreviations(fields, problems),
        sha256=sha256,
        unit_types=names["unit_types"],
        committees=fields.texts("committees"),
        grading=read_grading(fields, vocabulary["proposed_level"], tuple(kinds)),
        numbering=read_numbering(fields),
    )


def _checked_id(fields: Fields, name: str) -> str:
    word = fields.text(name, required=True)
    if word and not _ID.fullmatch(word):
        message = _('"{word}" is no id: small letters a-z, digits and single hyphens only')
        fields.problems.add(fields.line_of(name), message.format(word=word))
    return word


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


def _deadlines(fields: Fields, problems: Problems) -> dict[When, Deadline]:
    """How many days before the visit each `when` means, unless a requirement says otherwise."""
    block = fields.mapping("deadlines")
    inner = Fields(
        Entry(fields.line_of("deadlines"), "map", fields=block), problems, (When.BEFORE_VISIT, When.AT_VISIT)
    )
    usual = {When.BEFORE_VISIT: Deadline(When.BEFORE_VISIT), When.AT_VISIT: Deadline(When.AT_VISIT)}
    for name, entry in inner.fields.items():
        if name in usual:
            usual[When(name)] = _due(Fields(entry, problems, ("days", "working_days", "unverified")), When(name))
    return usual


def _due(fields: Fields, when: When) -> Deadline:
    return Deadline(when, fields.number("days") or 0, fields.flag("working_days"), fields.day("on"))


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
_PERIODS = ("year", "part", "month", "plan", "any")


def _kinds(fields: Fields, problems: Problems) -> dict[str, Kind]:
    found: dict[str, Kind] = {}
    for kind_id, entry in fields.mapping("kinds", required=True).items():
        if not _ID.fullmatch(kind_id):
            message = _('"{word}" is no id: small letters a-z, digits and single hyphens only')
            problems.add(entry.line, message.format(word=kind_id))
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


# --- requirements ----------------------------------------------------------------------------------------------------


class _RequirementReader:
    """Reads requirements against the kinds, areas and words that the same pack defines."""

    def __init__(
        self,
        problems: Problems,
        kinds: Mapping[str, Kind],
        areas: Mapping[str, str],
        vocabulary: Mapping[str, tuple[str, ...]],
        deadlines: Mapping[When, Deadline],
    ) -> None:
        self.problems = problems
        self.kinds = tuple(kinds)
        self.areas = tuple(areas)
        self.vocabulary = {**{name: fact.values for name, fact in FACTS.items()}, **vocabulary}
        self.deadlines = deadlines

    def read_all(self, entries: tuple[Entry, ...]) -> tuple[Requirement, ...]:
        found = [(self.read(entry), entry) for entry in entries]
        places = [(requirement.id, entry.fields.get("id", entry).line) for requirement, entry in found]
        _no_twice(places, self.problems)
        return tuple(requirement for requirement, _entry in found)

    def read(self, entry: Entry) -> Requirement:
        fields = Fields(entry, self.problems, REQUIREMENT_FIELDS)
        accepts = fields.choices("accepts", self.kinds, _("kind"))
        all_of = fields.choices("all_of", self.kinds, _("kind"))
        if entry.tag == "map" and ("accepts" in fields.fields) == ("all_of" in fields.fields):
            self.problems.add(entry.line, _('a requirement needs either "accepts" (one of) or "all_of", not both'))
        return Requirement(
            id=_checked_id(fields, "id"),
            title=fields.text("title", required=True),
            area=fields.choice("area", self.areas, required=True),
            unit_types=tuple(map(UnitType, fields.choices("for", list(UnitType), _("unit type"), required=True))),
            accepts=accepts,
            all_of=all_of,
            near=fields.choices("near", self.kinds, _("kind")),
            deadline=self._deadline(fields),
            per=Per(fields.choice("per", list(Per), default=Per.NOTHING)),
            count=1 if "count" not in fields.fields else fields.number("count", at_least=1) or 1,
            only_if=self._only_if(fields),
            checks=self._checks(fields),
            why=fields.text("why", required=True),
            remedy=self._remedy(fields),
            names=fields.texts("names"),
            unverified=fields.text("unverified"),
        )

    def _deadline(self, fields: Fields) -> Deadline:
        when = When(fields.choice("when", list(When), required=True, default=When.AT_VISIT))
        entry = fields.get("due", required=when is When.BY_DATE)
        if entry is None:
            return self.deadlines.get(when, Deadline(when))
        due = _due(Fields(entry, self.problems, ("days", "working_days", "on", "unverified")), when)
        if when is When.BY_DATE and due.on is None:
            self.problems.add(entry.line, _('with "when: by-date", "due" needs the day: {{on: 2021-12-15}}').format())
        if when is not When.BY_DATE and due.on is not None:
            self.problems.add(entry.line, _('"due: {{on: ...}}" goes with "when: by-date" only').format())
        return due

    def _only_if(self, fields: Fields) -> Condition | None:
        entry = fields.get("only_if")
        return read_condition(entry, self.problems, self.vocabulary) if entry else None

    def _checks(self, fields: Fields) -> tuple[CheckUse, ...]:
        block = fields.mapping("checks")
        entry = Entry(fields.line_of("checks"), "map", fields=block)
        inner = Fields(entry, self.problems, CHECK_CODES, _("check"))
        return tuple(CheckUse(name, inner.choice(name, list(Severity), required=True)) for name in block)

    def _remedy(self, fields: Fields) -> str:
        text = fields.text("remedy", required=True)
        try:
            words = [name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None]
        except ValueError:
            self.problems.add(fields.line_of("remedy"), _("a brace in the remedy is not closed"))
            return ""
        for word in words:
            if word not in REMEDY_WORDS:
                self.problems.unknown(fields.line_of("remedy"), _("word in braces"), word, REMEDY_WORDS)
        return text


def _no_twice(places: list[tuple[str, int]], problems: Problems) -> None:
    """Ids stand once each."""
    first: dict[str, int] = {}
    for name, line in places:
        if name and name in first:
            problems.add(line, _('"{name}" stands twice, first in line {line}').format(name=name, line=first[name]))
        first.setdefault(name, line)
