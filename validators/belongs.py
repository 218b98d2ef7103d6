"""Whose paper is this? The issuer and the unit that a paper names, against the units of the campaign.

A paper of another unit of the campaign, or of a chi bộ in the folder of a đảng bộ, is wrong; one whose issuer no unit
bears is not, but where a party body has nothing in its name of this unit's, or stands above it, it cannot be told.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.records import Fact, Facts, KnownDocument, Source, Unit, UnitType
from validators.unit_names import BEGINS_BARE, SAME_BARE, NameIndex, Printed, unlike

_DANG_BO = (UnitType.DANG_BO_CO_SO, UnitType.DANG_BO_BO_PHAN)


@dataclass(frozen=True, slots=True)
class Belonging:
    """Whether a paper is the unit's own: True, False (`owner` says whose) or None where it cannot be told. `read` is
    where the name stood."""

    ok: bool | None
    owner: str = ""
    read: Fact | None = None


def belongs(known: KnownDocument, unit: Unit, index: NameIndex, about_others: bool = False) -> Belonging:
    """Whether this paper, found in the unit's folder, is the unit's own. `about_others`: papers of its kind name other
    units in their text (an inspection's conclusion), so only the issuer speaks against them."""
    decision = known.document.decision
    if decision and decision.unit:
        return Belonging(decision.unit == unit.id, "" if decision.unit == unit.id else decision.unit)
    facts = known.recognition.facts if known.recognition else Facts()
    scanned = known.source is Source.OCR
    issuer = _speaking(facts, index)
    named = _compare(facts.unit_named, unit, index, scanned) if facts.unit_named else None
    if issuer is None:
        if named and named.ok is False and about_others:
            return Belonging(True, read=facts.unit_named)
        return named or Belonging(True)
    answer = _by_issuer(issuer, unit, index, scanned)
    if named is None or (answer.ok is False and not _is_above(answer.owner, unit, index)):
        return answer
    return _with_name(answer, named, issuer, unit, index, about_others)


def _with_name(
    answer: Belonging, named: Belonging, issuer: Fact, unit: Unit, index: NameIndex, about_others: bool
) -> Belonging:
    """The issuer's answer, mended by the unit that the text names where the issuer is above or says nothing."""
    mine = named.read is not None and unit.id in index.agreements(named.read.value) and named.ok is True
    if answer.ok is not True:
        return named if mine else answer
    unknown = unit.id not in index.agreements(issuer.value)
    if unknown and named.ok is False and not about_others:
        return Belonging(None, named.owner, named.read)
    return answer


def _speaking(facts: Facts, index: NameIndex) -> Fact | None:
    """The line of the head that names the body: the issuer, or the line above where the issuer is a bare word such as
    "ỦY BAN KIỂM TRA"."""
    if facts.issuer is None or not index.parsed(facts.issuer.value).bare_word:
        return facts.issuer
    if facts.superior and not index.parsed(facts.superior.value).bare_word:
        return facts.superior
    return None


def _by_issuer(read: Fact, unit: Unit, index: NameIndex, scanned: bool) -> Belonging:
    name = index.parsed(read.value)
    found = index.agreements(read.value)
    mine = found.get(unit.id, (0, 0))
    if name.rank == "chi" and unit.type in _DANG_BO and mine[0] < SAME_BARE:
        # A đảng bộ signs as Đảng ủy or Đảng bộ: this is a paper of a chi bộ below it, listed in the campaign or not.
        return Belonging(False, _best_other(found, unit, name, index) or read.value, read)
    answer = _compare(read, unit, index, scanned)
    if answer.ok and name.rank == "dang" and unit.type not in _DANG_BO and mine[0] < SAME_BARE:
        return Belonging(None, read.value, read)  # a superior's paper
    begins = (name.names[0].bare[: len(other.bare)] == other.bare for other in index.committees)
    if answer.ok and name.rank == "dang" and not mine[0] and any(begins):
        return Belonging(None, read.value, read)
    return answer


def _best_other(found: dict[str, tuple[int, int]], unit: Unit, name: Printed, index: NameIndex) -> str:
    """The other unit that the name means best, or ""."""
    others = [(how, _rank_fits(name, index.units[unit_id]), unit_id) for unit_id, how in found.items()]
    others = [item for item in others if item[2] != unit.id and item[0][0] >= BEGINS_BARE]
    return max(others)[2] if others else ""


def _rank_fits(name: Printed, unit: Unit) -> bool:
    return not name.rank or (name.rank == "dang") == (unit.type in _DANG_BO)


def _compare(read: Fact, unit: Unit, index: NameIndex, scanned: bool) -> Belonging:
    """This unit against all others of the campaign."""
    name = index.parsed(read.value)
    found = index.agreements(read.value)
    mine = found.get(unit.id, (0, 0))
    other_id = _best_other(found, unit, name, index)
    if not other_id:
        # A renamed unit, an odd abbreviation, or a stranger: a person can tell.
        stranger = not mine[0] and name.rank and all(unlike(own, index.names[unit.id]) for own in name.names)
        return Belonging(None if stranger and not name.bare_word else True, read.value if stranger else "", read)
    other = found[other_id]
    if mine == other:
        return _same_rank(name, read, unit, index.units[other_id], mine)
    if mine > other:
        return Belonging(True, read=read)
    if scanned and mine[0] == SAME_BARE:  # a scan's accents are not to be trusted that far
        return Belonging(None, other_id, read)
    if other[0] >= SAME_BARE or mine[0]:
        return Belonging(False, other_id, read)
    if other_id in index.above(unit) or not _rank_fits(name, index.units[other_id]):
        return Belonging(True, read=read)
    return Belonging(False if other[1] > 2 and not scanned else None, other_id, read)


def _same_rank(name: Printed, read: Fact, unit: Unit, other: Unit, how: tuple[int, int]) -> Belonging:
    """Two units fit alike: Đảng ủy or Chi bộ decides; without accents that would part them it cannot be told."""
    fits, other_fits = _rank_fits(name, unit), _rank_fits(name, other)
    if fits != other_fits:
        return Belonging(fits, "" if fits else other.id, read)
    if how[0] == SAME_BARE:
        return Belonging(None, other.id, read)
    return Belonging(True, read=read)


def _is_above(owner: str, unit: Unit, index: NameIndex) -> bool:
    return owner in index.above(unit)
