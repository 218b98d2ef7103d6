"""Requirements of a pack file, read against the kinds, areas and words that the same pack defines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from string import Formatter

from archive.i18n import gettext as _
from archive.records import Severity, UnitType
from rules.conditions import FACTS, read_condition
from rules.fields import Fields
from rules.model import PARTS, CheckUse, Condition, Deadline, Kind, Origin, Per, Requirement, When
from rules.overlay import Item
from rules.yamlfile import Entry, Line, Problems

REQUIREMENT_FIELDS = (
    "id", "title", "area", "for", "units", "periods", "accepts", "all_of", "near", "from", "when", "due", "grace_days",
    "per", "count", "at_least", "only_if", "checks", "why", "remedy", "names", "unverified",
)  # fmt: skip
# Findings that a pack may turn into errors; the codes are those of contract.md.
CHECK_CODES = (
    "no-number", "no-date", "no-signature-block", "odd-code", "blank-field", "sum-mismatch", "over-maximum",
    "level-above-score", "old-encoding", "active-content", "text-incomplete", "type-mismatch",
)  # fmt: skip
# Words in braces that a remedy may use.
REMEDY_WORDS = ("year", "next_year", "period", "unit", "need", "have", "missing", "form_year", "due")
USUAL = (When.BEFORE_VISIT, When.AT_VISIT, When.AFTER_VISIT)  # `when` words with a usual number of days
DUE_FIELDS = ("days", "working_days", "unverified")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MONTH_DAY = re.compile(r"\d\d-\d\d")
_SHARE = re.compile(r"(\d{1,3}) ?%")


def checked_id(fields: Fields, name: str) -> str:
    """An id, with a mistake noted where it is none."""
    word = fields.text(name, required=True)
    if word:
        check_id(word, fields.line_of(name), fields.problems)
    return word


def check_id(word: str, line: int, problems: Problems) -> None:
    """Note it where a word is no id."""
    if not _ID.fullmatch(word):
        message = _('"{word}" is no id: small letters a-z, digits and single hyphens only')
        problems.add(line, message.format(word=word))


def read_due(fields: Fields, when: When) -> Deadline:
    """How many days before or after the visit, or which day: 2021-12-15, or 12-15 of each year."""
    days, working = fields.number("days") or 0, fields.flag("working_days")
    unverified = fields.text("unverified")
    entry = fields.get("on")
    if entry is not None and _MONTH_DAY.fullmatch(entry.text):
        # Looked at in a year without a 29 February: a deadline must be a day of every year.
        day = Fields(
            replace(entry, tag="map", fields={"on": replace(entry, text=f"2023-{entry.text}")}),
            fields.problems,
            ("on",),
        ).day("on")
        yearly = (day.month, day.day, fields.flag("next_year")) if day else None
        return Deadline(when, days, working, yearly=yearly, unverified=unverified)
    if "next_year" in fields.fields:
        fields.problems.add(
            fields.line_of("next_year"), _('"next_year" goes with a day of each year: {{on: 01-10}}').format()
        )
    return Deadline(when, days, working, fields.day("on"), unverified=unverified)


def _place(line: int, problems: Problems) -> tuple[str, int]:
    return (line.file if isinstance(line, Line) else problems.file), int(line)


class RequirementReader:
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

    def read_all(self, items: Iterable[Item]) -> tuple[Requirement, ...]:
        """The requirements, each with the changes that made it what it is."""
        return tuple(map(self.read_item, items))

    def read_variants(
        self, variants: Mapping[str, Mapping[str, Item | None]]
    ) -> dict[str, dict[str, Requirement | None]]:
        """What single units have otherwise."""
        return {
            unit: {name: self.read_item(item) if item else None for name, item in items.items()}
            for unit, items in variants.items()
        }

    def read_item(self, item: Item) -> Requirement:
        """One requirement with its changes."""
        return replace(self.read(item.entry), changes=tuple(item.changes))

    def read(self, entry: Entry) -> Requirement:
        """One requirement."""
        fields = Fields(entry, self.problems, REQUIREMENT_FIELDS)
        accepts = fields.choices("accepts", self.kinds, _("kind"))
        all_of = fields.choices("all_of", self.kinds, _("kind"))
        given = [name for name in ("accepts", "all_of") if name in fields.fields or name in fields.meant]
        if entry.tag == "map" and len(given) != 1:
            self.problems.add(entry.line, _('a requirement needs either "accepts" (one of) or "all_of", not both'))
        return Requirement(
            id=checked_id(fields, "id"),
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
            at_least=self._at_least(fields),
            origin=Origin(fields.choice("from", list(Origin), default=Origin.UNIT)),
            grace_days=fields.number("grace_days") or 0,
            periods=fields.choices("periods", PARTS, _("period")) or PARTS,
            units=fields.texts("units"),
            places={name: _place(value.line, self.problems) for name, value in entry.fields.items()},
        )

    def _at_least(self, fields: Fields) -> int | None:
        """How many per cent of the need are enough: "95 %"."""
        text = fields.text("at_least")
        share = _SHARE.fullmatch(text)
        if text and not (share and 0 < int(share[1]) <= 100):
            message = _(
                '"at_least" must be a share of the need written like 95 %, not "{word}"; a number goes in "count"'
            )
            self.problems.add(fields.line_of("at_least"), message.format(word=text))
            return None
        return int(share[1]) if share else None

    def _deadline(self, fields: Fields) -> Deadline:
        when = When(fields.choice("when", list(When), required=True, default=When.AT_VISIT))
        entry = fields.get("due", required=when is When.BY_DATE)
        if entry is None:
            return self.deadlines.get(when, Deadline(when))
        inner = Fields(entry, self.problems, (*DUE_FIELDS, "on", "next_year"))
        due = read_due(inner, when)
        if when is When.BY_DATE and "on" not in inner.fields:
            self.problems.add(entry.line, _('with "when: by-date", "due" needs the day: {{on: 2021-12-15}}').format())
        if when is not When.BY_DATE and (due.on or due.yearly):
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
