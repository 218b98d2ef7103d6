"""Loading a campaign file (contract.md, "Campaign file"): whole or not at all, all mistakes with line at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

from archive.errors import BadConfiguration
from archive.i18n import gettext as _
from archive.records import BasisPaper, Campaign, MassOrganisation, Team, Unit, UnitType, Visit, Waiver
from rules.conditions import HOSTS
from rules.fields import Fields
from rules.loader import SUFFIXES, find_pack, pack_for
from rules.model import RulePack
from rules.packfile import read_calendar
from rules.periods import read_period, years_in_words
from rules.yamlfile import Entry, Line, Problems, read_yaml

SECTIONS = ("campaign", "basis", "calendar", "teams", "units", "visits", "waivers")
HEAD = ("id", "title", "year", "quarter", "half", "term", "pack")
UNIT_FIELDS = (
    "id", "name", "type", "parent", "members", "exempt", "host", "mass_orgs", "has_ubkt", "proposed_level",
)  # fmt: skip
_D, _C = UnitType.DANG_BO_CO_SO, UnitType.DANG_BO_BO_PHAN
# Which units stand below which; the two "cơ sở" types stand at the top.
PARENT_TYPES: dict[UnitType, tuple[UnitType, ...]] = {
    UnitType.DANG_BO_BO_PHAN: (_D,),
    UnitType.CHI_BO_TRUC_THUOC: (_D, _C),
}
# Names that Windows keeps for devices, with or without an extension.
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')
_MAX_ID_BYTES = 100


def load_campaign(path: str | Path, find: Callable[[str], RulePack] = find_pack) -> Campaign:
    """The campaign in that file, checked against its pack. Raises BadConfiguration with every mistake."""
    path = Path(path)
    tree, problems, _data = read_yaml(path)
    fields = Fields(tree, problems, SECTIONS, _("section"))
    head = Fields(fields.get("campaign", required=True) or Entry(1, "map"), problems, HEAD)
    pack_name, pack = _pack(head, path, find)
    campaign = _CampaignReader(fields, head, problems, pack).read(pack_name)
    problems.stop_if_any()
    return campaign


def _pack(head: Fields, path: Path, find: Callable[[str], RulePack]) -> tuple[str, RulePack | None]:
    """The pack by its id, or by a path beside the campaign file; with it the name under which it is found again."""
    name = head.text("pack", required=True)
    if not name:
        return name, None
    if name.lower().endswith(SUFFIXES):
        name = str((path.parent / name).resolve())
    try:
        return name, find(name)
    except BadConfiguration as error:
        head.problems.add(head.line_of("pack"), error.message)
    return name, None


class _CampaignReader:
    """Reads the sections of one campaign file in the order in which they rest on each other."""

    def __init__(self, fields: Fields, head: Fields, problems: Problems, pack: RulePack | None) -> None:
        self.fields = fields
        self.head = head
        self.problems = problems
        self.pack = pack
        self.levels = tuple(level.id for level in pack.levels) if pack else ()
        self.lines: dict[str, int] = {}  # unit id -> line

    def read(self, pack_name: str) -> Campaign:
        teams = self._teams()
        units = tuple(self._unit(entry) for entry in self.fields.entries("units"))
        known = {unit.id: unit for unit in units if unit.id}
        self._check_ids(units)
        self._check_parents(units, known)
        year = self.head.number("year", required=True, at_least=1930) or 0
        if self.pack and year:
            self._check_year(self.pack, year)
        if self.pack and known:
            self._check_changes(self.pack, known)
        return Campaign(
            id=self.head.text("id", required=True),
            title=self.head.text("title", required=True),
            year=year,
            pack=pack_name,
            period=read_period(self.head, self.problems, year),
            calendar=read_calendar(self.fields, self.problems),
            basis=tuple(self._basis(entry) for entry in self.fields.entries("basis")),
            teams=teams,
            units=units,
            visits=self._visits(known, tuple(team.id for team in teams)),
            waivers=tuple(filter(None, (self._waiver(entry, known) for entry in self.fields.entries("waivers")))),
        )

    def _check_year(self, pack: RulePack, year: int) -> None:
        """The pack must hold for the campaign's year; if not, the right one is named."""
        if pack.covers(year):
            return
        words = {"pack": pack.id, "years": years_in_words(pack), "year": year, "right": pack_for(year)}
        if words["right"]:
            message = _('pack "{pack}" is for {years}; for {year} take "{right}"').format(**words)
        else:
            message = _('pack "{pack}" is for {years}, not for {year}, and there is none for that year').format(**words)
        self.problems.add(self.head.line_of("year"), message)

    def _check_changes(self, pack: RulePack, known: Mapping[str, Unit]) -> None:
        """A change for a unit that is not there would never be seen."""
        for change in pack.changes:
            for unit in change.units:
                if unit not in known:
                    self.problems.unknown(Line(change.line, change.file), _("unit"), unit, known)

    def _basis(self, entry: Entry) -> BasisPaper:
        fields = Fields(entry, self.problems, ("code", "on", "title"))
        return BasisPaper(fields.text("code", required=True), fields.day("on"), fields.text("title"))

    def _teams(self) -> tuple[Team, ...]:
        found: dict[str, Team] = {}
        for entry in self.fields.entries("teams"):
            fields = Fields(entry, self.problems, ("id", "name"))
            team = Team(fields.text("id", required=True), fields.text("name", required=True))
            if team.id in found:
                self.problems.add(fields.line_of("id"), _('team "{id}" stands twice').format(id=team.id))
            found[team.id] = team
        return tuple(found.values())

    # --- units

    def _unit(self, entry: Entry) -> Unit:
        fields = Fields(entry, self.problems, UNIT_FIELDS)
        members = fields.number("members")
        exempt = fields.number("exempt") or 0
        if members is not None and exempt > members:
            message = _("{exempt} exempt of {members} members: more are excused than there are")
            self.problems.add(fields.line_of("exempt"), message.format(exempt=exempt, members=members))
        unit_type = fields.choice("type", list(UnitType), required=True, default=UnitType.CHI_BO_CO_SO)
        level = fields.choice("proposed_level", self.levels) if self.pack else fields.text("proposed_level")
        unit = Unit(
            id=fields.text("id", required=True),
            name=fields.text("name", required=True),
            type=UnitType(unit_type),
            parent=fields.text("parent") or None,
            members=members,
            exempt=exempt,
            host=fields.choice("host", HOSTS) or None,
            mass_orgs=self._mass_orgs(fields),
            has_ubkt=fields.flag("has_ubkt"),
            proposed_level=level or None,
        )
        self.lines.setdefault(unit.id, fields.line_of("id"))
        self._check_folder_name(unit.id, fields.line_of("id"))
        return unit

    def _mass_orgs(self, fields: Fields) -> tuple[MassOrganisation, ...]:
        found: dict[str, MassOrganisation] = {}
        known = self.pack.mass_orgs if self.pack else {}
        for entry in fields.entries("mass_orgs"):
            if entry.tag == "map":
                own = Fields(entry, self.problems, ("id", "name"))
                org = MassOrganisation(own.text("id", required=True), own.text("name", required=True))
            elif self.pack and entry.text not in known:
                self.problems.unknown(entry.line, _("mass organisation"), entry.text, known)
                continue
            else:
                org = MassOrganisation(entry.text, known.get(entry.text, entry.text))
            if org.id in found:
                self.problems.add(entry.line, _('"{name}" stands twice').format(name=org.id))
            found[org.id] = org
        return tuple(found.values())

    def _check_folder_name(self, unit_id: str, line: int) -> None:
        """A unit's id is the name of its folder on a share that Windows, macOS and Linux use."""
        if not unit_id:
            return
        why = folder_name_trouble(unit_id)
        if why:
            self.problems.add(line, _('unit id "{id}" cannot be a folder: {why}').format(id=unit_id, why=why))

    def _check_ids(self, units: tuple[Unit, ...]) -> None:
        entries = self.fields.entries("units")
        first: dict[str, tuple[str, int]] = {}
        for unit, entry in zip(units, entries, strict=True):
            key, line = unicodedata.normalize("NFC", unit.id).casefold(), entry.fields.get("id", entry).line
            if unit.id and key in first:
                other, before = first[key]
                if other == unit.id:
                    message = _('unit "{id}" stands twice, first in line {line}')
                else:
                    message = _('unit "{id}" and "{other}" (line {line}) would be one folder on Windows')
                self.problems.add(line, message.format(id=unit.id, other=other, line=before))
            first.setdefault(key, (unit.id, line))

    def _check_parents(self, units: tuple[Unit, ...], known: Mapping[str, Unit]) -> None:
        for unit, entry in zip(units, self.fields.entries("units"), strict=True):
            line = entry.fields.get("parent", entry).line
            wanted = PARENT_TYPES.get(unit.type, ())
            if unit.parent is None:
                if wanted:
                    self.problems.add(line, _('{type} "{id}" needs a parent').format(type=unit.type, id=unit.id))
            elif unit.parent not in known:
                self.problems.unknown(line, _("unit"), unit.parent, known)
            elif in_a_loop(unit, known):
                self.problems.add(line, _('"{id}" stands below itself').format(id=unit.id))
            elif not wanted:
                message = _('{type} "{id}" stands below no other unit; leave "parent" out')
                self.problems.add(line, message.format(type=unit.type, id=unit.id))
            elif known[unit.parent].type not in wanted:
                message = _('{type} "{id}" stands below {wanted}, but "{parent}" is {found}')
                words = {"type": unit.type, "id": unit.id, "wanted": _(" or ").join(wanted)}
                words |= {"parent": unit.parent, "found": known[unit.parent].type}
                self.problems.add(line, message.format(**words))

    # --- visits and waivers

    def _visits(self, units: Mapping[str, Unit], teams: tuple[str, ...]) -> tuple[Visit, ...]:
        found: dict[str, Visit] = {}
        for entry in self.fields.entries("visits"):
            fields = Fields(entry, self.problems, ("unit", "team", "on"))
            unit, team = fields.choice("unit", tuple(units), True), fields.choice("team", teams, True)
            on = fields.day("on", required=True)
            if unit in found:
                self.problems.add(entry.line, _('unit "{id}" has a second visit').format(id=unit))
            if unit and units[unit].type in PARENT_TYPES:
                message = _('"{id}" has no visit of its own: it follows that of "{parent}"')
                self.problems.add(entry.line, message.format(id=unit, parent=units[unit].parent))
            if unit and on:
                found[unit] = Visit(unit, team, on)
        return tuple(found.values())

    def _waiver(self, entry: Entry, units: Mapping[str, Unit]) -> Waiver | None:
        fields = Fields(entry, self.problems, ("unit", "requirement", "why", "by", "until"))
        unit = fields.choice("unit", tuple(units), required=True)
        requirements = self.pack.requirements if self.pack else ()
        requirement = fields.text("requirement", required=True)
        if self.pack and requirement:
            requirement = fields.choice("requirement", tuple(item.id for item in requirements))
        why, by = fields.text("why", required=True), fields.text("by", required=True)
        return Waiver(unit, requirement, why, by, fields.day("until")) if unit and requirement else None


def folder_name_trouble(name: str) -> str | None:
    """Why this name cannot be a folder's on every system, or None. Also for units added by hand."""
    if _UNSAFE.search(name):
        return _('none of / \\ : * ? " < > | and no invisible characters')
    if name[0] in "_.~":
        return _('it may not begin with "_", "." or "~": those names are ours or hidden')
    if name[-1] in ". " or name[0] == " ":
        return _("no blank at its ends and no dot at its end")
    if _RESERVED.fullmatch(name):
        return _("Windows keeps this name for itself")
    if len(name.encode()) > _MAX_ID_BYTES:
        return _("longer than {count} bytes").format(count=_MAX_ID_BYTES)
    return None


def in_a_loop(unit: Unit, known: Mapping[str, Unit]) -> bool:
    """Whether going up from this unit comes back to it."""
    seen: set[str] = set()
    above = unit.parent
    while above and above in known and above not in seen:
        seen.add(above)
        above = known[above].parent
    return unit.id in seen
