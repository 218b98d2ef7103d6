"""A pack on top of another (`base:`): the trees of the files are put together before anything is read.

Sections are merged by key (kinds by id and field); `requirements` adds; `changes` drops or changes single requirements,
each with its reason, for all units or for some. Below stand the pack of the period, above it that of the office, and
above both what holds for single units. Each value keeps the line of its own file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from archive.i18n import gettext as _
from rules.fields import Fields
from rules.model import Change
from rules.yamlfile import Entry, Line, Problems

# How deep a section is merged: 1 = by its keys (what is not listed here), 2 = by the fields of each key, 0 = not.
_DEPTH = {"kinds": 2, "mass_orgs": 2, "grading": 2, "period": 0}
# Sections that belong to their own file alone.
_OWN = ("id", "base", "changes", "requirements", "tests")
_CHANGE_WORDS = ("requirement", "reason", "units", "drop")
_MANY = ("add", "drop")  # `names: {add: [...], drop: [...]}` instead of the whole list


@dataclass
class Item:
    """A requirement on its way through the files: its fields as they stand now, and what was changed on the way."""

    entry: Entry
    changes: list[Change] = field(default_factory=list)


@dataclass
class Assembled:
    """The tree of a pack with all its bases: the sections, the requirements in order, those that single units have
    otherwise (None = not asked of them), and every change in the order in which it was made."""

    tree: Entry
    items: dict[str, Item]
    variants: dict[str, dict[str, Item | None]]
    changes: list[Change]
    twice: list[Item]  # requirements whose id stands already; read all the same, for their own mistakes


def assemble(files: Sequence[Entry], problems: Problems, fields: Sequence[str]) -> Assembled:
    """The files of a pack, its own first and its bases behind it, as one. `fields` are those a requirement has."""
    own, bases = files[0], files[1:]
    tree = files[-1]
    for above in reversed(files[:-1]):
        tree = _merge_sections(tree, above)
    assembly = _Assembly(problems, fields)
    for number, entry in enumerate(reversed(files)):
        assembly.add(entry, is_base=number == 0)
    sections = {name: value for name, value in tree.fields.items() if name not in ("base", "changes")}
    listed = [entry.fields["requirements"] for entry in files if "requirements" in entry.fields]
    if sections.get("requirements", Entry(own.line, "null")).tag == "null":
        written = (entry for entry in listed if entry.tag == "seq")
        sections["requirements"] = next(written, Entry(own.line, "null"))
    merged = replace(tree, line=own.line, fields=sections) if bases else replace(own, fields=sections)
    return Assembled(merged, assembly.items, assembly.variants(), assembly.changes, assembly.twice)


# --- sections --------------------------------------------------------------------------------------------------------


def _merge_sections(below: Entry, above: Entry) -> Entry:
    fields = {name: value for name, value in below.fields.items() if name not in _OWN}
    for name, value in above.fields.items():
        old = fields.get(name)
        if value.tag == "null" and old is not None:
            continue  # a heading with nothing below it takes nothing away
        if name == "calendar" and old is not None:
            fields[name] = _merge_days(old, value)
        elif old is not None and name not in _OWN:
            fields[name] = merge(old, value, _DEPTH.get(name, 1))
        else:
            fields[name] = value
    return replace(above, fields=fields) if above.tag == "map" else above


def merge(old: Entry, new: Entry, depth: int) -> Entry:
    """The new value over the old one: fields by name as deep as told, lists of things with an id by their id, and a
    list by what is added to it and dropped from it; anything else takes the old one's place."""
    if old.tag == "map" and new.tag == "map" and depth > 0:
        fields = dict(old.fields)
        for name, value in new.fields.items():
            fields[name] = merge(fields[name], value, depth - 1) if name in fields else value
        return replace(new, fields=fields)
    if old.tag == "seq" and new.tag == "map" and new.fields and set(new.fields) <= set(_MANY):
        return _merge_words(old, new)
    by_id = [_by_id(entry) for entry in (old, new)]
    if depth > 0 and by_id[0] and by_id[1]:
        listed = {**by_id[0]}
        for name, value in by_id[1].items():
            listed[name] = merge(listed[name], value, 1) if name in listed else value
        return replace(new, items=tuple(listed.values()))
    return new


def _by_id(entry: Entry) -> dict[str, Entry]:
    """The items of a list by their ids; empty where one has none."""
    found = {item.fields["id"].text: item for item in entry.items if item.tag == "map" and "id" in item.fields}
    return found if len(found) == len(entry.items) else {}


def _merge_words(old: Entry, new: Entry) -> Entry:
    drop = {item.text for item in _listed(new.fields.get("drop"))}
    kept = [item for item in old.items if not item.scalar or item.text not in drop]
    held = {item.text for item in kept if item.scalar}
    added = [item for item in _listed(new.fields.get("add")) if not item.scalar or item.text not in held]
    return Entry(new.line, "seq", items=(*kept, *added))


def _listed(entry: Entry | None) -> tuple[Entry, ...]:
    if entry is None:
        return ()
    return entry.items if entry.tag == "seq" else (entry,)


def _merge_days(old: Entry, new: Entry) -> Entry:
    """Swapped days of both; about a day that both name, the new one holds."""
    if old.tag != "map" or new.tag != "map":
        return new
    named = {item.text for value in new.fields.values() for item in _listed(value)}
    fields = dict(new.fields)
    for name, value in old.fields.items():
        kept = tuple(item for item in _listed(value) if item.text not in named)
        line = fields[name].line if name in fields else value.line
        fields[name] = Entry(line, "seq", items=(*kept, *_listed(fields.get(name))))
    return replace(new, fields=fields)


# --- requirements ----------------------------------------------------------------------------------------------------


class _Assembly:
    """Puts the requirements of one file after the other on top of those below."""

    def __init__(self, problems: Problems, fields: Sequence[str]) -> None:
        self.problems = problems
        self.fields = tuple(name for name in fields if name not in ("id", "units"))
        self.items: dict[str, Item] = {}
        self.changes: list[Change] = []
        self.twice: list[Item] = []
        self._of_units: list[tuple[Change, Entry]] = []

    def add(self, tree: Entry, is_base: bool) -> None:
        """One more file on top."""
        own = self._own(tree)
        dropped: dict[str, int] = {}  # id -> its place, for one that the same file writes anew
        places = {name: place for place, name in enumerate(self.items)}
        for entry in self._listed_changes(tree, is_base):
            change = self._read(entry, own)
            if change is None:
                continue
            self.changes.append(change)
            if change.units:
                self._of_units.append((change, entry))
            elif change.action == "drop":
                del self.items[change.requirement]
                dropped[change.requirement] = places[change.requirement]
            else:
                item = self.items[change.requirement]
                self.items[change.requirement] = Item(_changed(item.entry, entry), [*item.changes, change])
        self._take(own, dropped, is_base)

    def _listed_changes(self, tree: Entry, is_base: bool) -> tuple[Entry, ...]:
        section = tree.fields.get("changes")
        if section is None or section.tag == "null":
            return ()
        if is_base:
            self.problems.add(section.line, _('"changes" goes with "base: ..." only: there is nothing to change'))
            return ()
        return Fields(tree, self.problems, tuple(tree.fields)).entries("changes")

    def _own(self, tree: Entry) -> list[tuple[str, Entry]]:
        """The requirements that the file itself writes out."""
        entries = Fields(tree, self.problems, tuple(tree.fields)).entries("requirements")
        return [(entry.fields["id"].text if "id" in entry.fields else "", entry) for entry in entries]

    def _take(self, own: list[tuple[str, Entry]], dropped: dict[str, int], is_base: bool) -> None:
        order = list(self.items.items())
        for name, entry in own:
            item = Item(entry)
            if not is_base and entry.tag == "map":
                item.changes.append(self._added(name, entry))
            if not name or name in dict(order):
                self.twice.append(item)
                if name:
                    self._tell_twice(entry, dict(order)[name].entry)
                continue
            place = min(dropped[name], len(order)) if name in dropped else len(order)
            order.insert(place, (name, item))
        self.items = dict(order)

    def _added(self, name: str, entry: Entry) -> Change:
        why = entry.fields["why"].text if "why" in entry.fields else ""
        units = tuple(item.text for item in _listed(entry.fields.get("units")))
        change = Change(name, "add", why, _file(entry.line), int(entry.line), (), units)
        self.changes.append(change)
        return change

    def _tell_twice(self, entry: Entry, first: Entry) -> None:
        line, other = entry.fields["id"].line, first.fields["id"].line
        name = entry.fields["id"].text
        if _file(line) == _file(other):
            message = _('"{name}" stands twice, first in line {line}').format(name=name, line=other)
        else:
            message = _('"{name}" stands already in {file}:{line}; to change it, write it under "changes"')
            message = message.format(name=name, file=_file(other), line=other)
        self.problems.add(line, message)

    def _read(self, entry: Entry, own: list[tuple[str, Entry]]) -> Change | None:
        """A change, checked; None where it is none."""
        fields = Fields(entry, self.problems, (*_CHANGE_WORDS, *self.fields))
        name = fields.text("requirement", required=True)
        reason = fields.text("reason", required=True)
        units, drop = fields.texts("units"), fields.flag("drop")
        changed = tuple(field for field in entry.fields if field in self.fields)
        if "units" in fields.fields and not units:
            self.problems.add(fields.line_of("units"), _('"{name}" lacks').format(name="units"))
        if name and name not in self.items:
            if any(name == other for other, _entry in own):
                message = _('"{name}" is written in this very file: change it there').format(name=name)
                self.problems.add(fields.line_of("requirement"), message)
            else:
                self.problems.unknown(fields.line_of("requirement"), _("requirement"), name, self.items)
            return None
        told = "drop" in entry.fields and entry.fields["drop"].tag != "bool"  # what stands there is told already
        if entry.tag == "map" and drop == bool(changed) and not told:
            message = _('a change needs either "drop: true" or fields with their new values')
            self.problems.add(entry.line, message)
            return None
        action = "drop" if drop else "change"
        return Change(name, action, reason, _file(entry.line), int(entry.line), changed, units) if name else None

    def variants(self) -> dict[str, dict[str, Item | None]]:
        """What single units have otherwise: their changes on top of all others, whichever file they stand in."""
        found: dict[str, dict[str, Item | None]] = {}
        for change, entry in self._of_units:
            general = self.items.get(change.requirement)
            for unit in change.units if general else ():
                item = found.setdefault(unit, {}).get(change.requirement, general)
                if change.action == "drop" or item is None:
                    found[unit][change.requirement] = None
                else:
                    found[unit][change.requirement] = Item(_changed(item.entry, entry), [*item.changes, change])
        return found


def _changed(requirement: Entry, change: Entry) -> Entry:
    """The requirement with the fields of the change; an empty one takes the field away."""
    fields = dict(requirement.fields)
    for name, value in change.fields.items():
        if name in _CHANGE_WORDS:
            continue
        if value.tag == "null":
            fields.pop(name, None)
        else:
            fields[name] = merge(fields[name], value, 0) if name in fields else value
    for one, other in (("accepts", "all_of"), ("all_of", "accepts")):
        if one in change.fields and other not in change.fields:
            fields.pop(other, None)
    return replace(requirement, fields=fields)


def _file(line: int) -> str:
    return line.file if isinstance(line, Line) else ""
