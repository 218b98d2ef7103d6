"""How many of a requirement a unit needs, how many it has, and what exactly lacks.

Papers are counted by what the requirement says: one per member, month, mass organisation or sub-unit. Revisions of one
paper share a key and count once; the newest of each key stands for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive.i18n import gettext as _
from archive.records import Campaign, Facts, Period, Source, Unit
from archive.vietnamese import collation_key, exact_words, fold_words, has_accents
from rules.model import Per, Requirement, RulePack
from rules.periods import months, quarters
from validators.candidates import Candidate, issued_on, wanted_kinds
from validators.unit_names import SAME_BARE, NameIndex

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Need:
    """What a requirement asks of a unit: how many (None = the office has not told), and by name where that is known.
    `share`: so many per cent of it are enough."""

    count: int | None
    slots: dict[str, str]  # key -> name for people, in order; empty where papers are told apart by themselves
    share: int | None = None

    @property
    def enough(self) -> int:
        """From how many on the requirement is met: the share of the count, rounded up."""
        count = self.count or 0
        return count if self.share is None else -(-count * self.share // 100)


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of it. `chosen` is the newest document for each key, newest first; `older` those that it replaces;
    `in_time` how many keys were served by the end of the due day; `missing` is in words."""

    have: int
    chosen: tuple[Candidate, ...]
    older: tuple[Candidate, ...]
    missing: tuple[str, ...]
    keys: dict[str, str]  # document id -> key


def need_of(requirement: Requirement, unit: Unit, campaign: Campaign, pack: RulePack) -> Need:
    """How many of it this unit must hand in."""
    per, count, share = requirement.per, requirement.count, requirement.at_least
    slots: dict[str, str] = {}
    if per is Per.MEMBER:
        return Need(None if unit.members is None else max(0, unit.members - unit.exempt) * count, {}, share)
    if per in (Per.MONTH, Per.QUARTER):
        slots = _times(per, campaign.reviewed)
    elif per is Per.MASS_ORG:
        slots = {org.id: org.name for org in unit.mass_orgs}
    elif per is Per.SUB_UNIT:
        slots = {other.id: other.name for other in campaign.units if other.parent == unit.id}
    elif requirement.all_of:
        slots = {kind: pack.kinds[kind].title_vi for kind in wanted_kinds(requirement)}
    else:
        return Need(count, {}, share)
    return Need(len(slots) * count, slots, share)


def _times(per: Per, period: Period) -> dict[str, str]:
    """The months or quarters of the period reviewed."""
    times = quarters(period) if per is Per.QUARTER else months(period)
    return {key: time_in_words(per, key) for key in (_key(period, *one) for one in times)}


def time_in_words(per: Per, key: str) -> str:
    """A month or quarter for people, by its key: "tháng 3", "quý 3/2021"."""
    words = _("quarter {number}") if per is Per.QUARTER else _("month {number}")
    return words.format(number=number_of(key))


def _key(period: Period, year: int, number: int) -> str:
    """ "3", or in a term "2021-03"."""
    return f"{year}-{number:02}" if period.part == "term" else str(number)


def number_of(key: str) -> str:
    """The number of a month or quarter for people: "3", "3/2021"."""
    year, _dash, number = key.rpartition("-")
    return f"{int(number)}/{year}" if year else key


def slot_of(requirement: Requirement, candidate: Candidate, unit: Unit, index: NameIndex, period: Period) -> str | None:
    """The key among the slots of `need_of` that this paper fills; None where it cannot be told. "" where there are no
    slots; "-" where it fills none (minutes of a mass organisation that the unit does not have)."""
    facts = candidate.known.recognition.facts if candidate.known.recognition else Facts()
    if requirement.per in (Per.MONTH, Per.QUARTER):
        return _time(facts, period, requirement.per)
    if requirement.per is Per.MASS_ORG:
        return _mass_org(facts, unit)
    if requirement.per is Per.SUB_UNIT:
        return _sub_unit(facts, unit, index)
    if requirement.all_of and requirement.per is Per.NOTHING:
        return candidate.known.kind
    return ""


def _time(facts: Facts, period: Period, per: Per) -> str | None:
    """The month or quarter of a paper: the one it names, else that of its date."""
    said, issued = facts.period, issued_on(facts)
    named = said.index if said and said.part == per.value else None
    if named is None and said and said.part == "month" and per is Per.QUARTER and said.index:
        named = (said.index + 2) // 3
    year = said.year if named and said else issued.year if issued else None
    if named is None and issued and (period.part == "term" or issued.year == period.year):
        named = issued.month if per is Per.MONTH else (issued.month + 2) // 3
    if named is None or not 1 <= named <= MONTHS or (year is None and period.part == "term"):
        return None
    return _key(period, year or 0, named)


def _mass_org(facts: Facts, unit: Unit) -> str | None:
    own = {org.id for org in unit.mass_orgs}
    if facts.mass_org and facts.mass_org.value in own:
        return facts.mass_org.value
    head = " ".join(f" {fold_words(fact.value)} " for fact in (facts.issuer, facts.title) if fact)
    for org in sorted(unit.mass_orgs, key=lambda org: len(org.name), reverse=True):
        if f" {fold_words(org.name)} " in head:
            return org.id
    return "-" if facts.mass_org else None


def _sub_unit(facts: Facts, unit: Unit, index: NameIndex) -> str | None:
    below = {other.id for other in index.units.values() if other.parent == unit.id}
    for fact in (facts.unit_named, facts.issuer):
        found = index.agreements(fact.value) if fact else {}
        best = max(((how, unit_id) for unit_id, how in found.items() if unit_id in below), default=None)
        if best and best[0][0] >= SAME_BARE:
            return best[1]
    return None


# --- telling papers apart --------------------------------------------------------------------------------------------


_name_key = lru_cache(maxsize=65536)(collation_key)


def newest_first(candidates: Iterable[Candidate]) -> list[Candidate]:
    """By the moment of filing, then by name (numbers by their value), whatever order they came in."""
    listed = list(candidates)
    if len(listed) < 2:
        return listed
    return sorted(listed, key=lambda item: (item.known.document.filed_at, _name_key(item.name), item.id), reverse=True)


def group(requirement: Requirement, counting: Sequence[Candidate], slots: dict[str, str]) -> dict[str, list[Candidate]]:
    """The counting papers by key, each group newest first. `slots` maps document ids to their slot."""
    if requirement.per is Per.MEMBER:
        keys = _member_keys(counting)
    elif requirement.per is Per.NOTHING and not requirement.all_of and requirement.count == 1:
        keys = dict.fromkeys((candidate.id for candidate in counting), "")
    elif requirement.count == 1:
        keys = {candidate.id: slots[candidate.id] for candidate in counting}
    else:
        keys = {candidate.id: f"{slots[candidate.id]}/{_paper_key(candidate)}" for candidate in counting}
    groups: dict[str, list[Candidate]] = {}
    for candidate in newest_first(counting):
        groups.setdefault(keys[candidate.id], []).append(candidate)
    return groups


def _paper_key(candidate: Candidate) -> str:
    """One paper and its revisions: the same number, else the same file name."""
    facts = candidate.known.recognition.facts if candidate.known.recognition else Facts()
    if facts.code and facts.number:
        return exact_words(facts.code.value)
    return _file_key(candidate)


def _file_key(candidate: Candidate) -> str:
    return candidate.known.document.version_of or candidate.id


def member_name(candidate: Candidate) -> str:
    """Whose own paper it is, or who signed it; "" where neither could be read."""
    facts = candidate.known.recognition.facts if candidate.known.recognition else Facts()
    fact = facts.member or facts.signer
    return fact.value if fact and fold_words(fact.value) else ""


def _member_keys(counting: Sequence[Candidate]) -> dict[str, str]:
    """Members by name. Accents tell people apart (Tuấn is not Tuân) where they can be trusted: a name typed without
    them, or read off a scan, is that of the member who is already known under it."""
    known: dict[str, str] = {}  # bare name -> the first trusted name in the order of the alphabet
    trusted = {item.id: exact_words(member_name(item)) for item in counting if _trusted(item)}
    for name in sorted(trusted.values(), reverse=True):
        known[fold_words(name)] = name
    keys = {}
    for item in counting:
        bare = fold_words(member_name(item))
        if not bare:
            keys[item.id] = "#" + _file_key(item)
        else:
            keys[item.id] = trusted.get(item.id) or known.get(bare, bare)
    return keys


def _trusted(item: Candidate) -> bool:
    name = member_name(item)
    return bool(name) and has_accents(name) and item.known.source is not Source.OCR


# --- the tally -------------------------------------------------------------------------------------------------------


def tally(requirement: Requirement, need: Need, groups: dict[str, list[Candidate]]) -> Tally:
    """How many keys are served, by which papers, and what lacks."""
    served = {key: papers for key, papers in groups.items() if not need.slots or key.split("/")[0] in need.slots}
    per_slot: dict[str, int] = {}
    for key in served:
        slot = key.split("/")[0] if need.slots else ""
        per_slot[slot] = min(per_slot.get(slot, 0) + 1, requirement.count) if need.slots else len(served)
    have = sum(per_slot.values())
    lacking = tuple(name for key, name in need.slots.items() if per_slot.get(key, 0) < requirement.count)
    if not need.slots and need.count is not None and have < need.count and need.count > 1:
        lacking = (_("{count} more").format(count=need.count - have),)
    chosen = newest_first(papers[0] for papers in served.values())
    older = newest_first(paper for papers in served.values() for paper in papers[1:])
    keys = {paper.id: key for key, papers in served.items() for paper in papers}
    return Tally(have, tuple(chosen), tuple(older), lacking, keys)
