"""What papers and the campaign's list tell of levels: what a unit asks for, its score, how its people are rated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from archive.records import Campaign, KnownDocument, Place, Unit
from rules.grading import Whose
from rules.model import RulePack
from validators.between.dossier import Dossier, dossier
from validators.between.figures_disagree import own_totals
from validators.between.level_disagree import proposed
from validators.candidates import owner
from validators.unit_names import NameIndex


class Fit(StrEnum):
    """Whether something agrees with the rules."""

    CONSISTENT = "consistent"
    NOT_CONSISTENT = "not-consistent"
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many hold each level; of `unknown` it is not known. `places` are where it was read."""

    held: Mapping[str, int]
    unknown: int = 0
    places: tuple[Place, ...] = ()

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.held.values()) + self.unknown


class LevelFacts:
    """What is known of the units of one campaign; each is read once."""

    def __init__(
        self, campaign: Campaign, documents_by_unit: Mapping[str, Sequence[KnownDocument]], pack: RulePack
    ) -> None:
        self.campaign = campaign
        self.pack = pack
        self.ranks = {level.id: rank for rank, level in enumerate(pack.levels)}  # the best one first
        self.titles = {level.id: level.title for level in pack.levels}
        self._index = NameIndex(campaign, pack)
        self._documents: dict[str, list[KnownDocument]] = {}
        for documents in documents_by_unit.values():
            for known in documents:
                self._documents.setdefault(owner(known) or "", []).append(known)
        self._dossiers: dict[str, Dossier] = {}
        self._levels: dict[str, tuple[str | None, tuple[Place, ...], bool]] = {}

    def _dossier(self, unit: Unit) -> Dossier:
        if unit.id not in self._dossiers:
            documents = self._documents.get(unit.id, ())
            self._dossiers[unit.id] = dossier(unit, documents, self.campaign.year, self.pack, self._index)
        return self._dossiers[unit.id]

    def level(self, unit: Unit) -> tuple[str | None, tuple[Place, ...], bool]:
        """The level a unit asks for by its papers, else by the campaign's list; where it was read; whether papers
        disagree (then there is none)."""
        if unit.id not in self._levels:
            found = [(paper, fact) for paper, fact in proposed(self._dossier(unit)) if fact.value in self.ranks]
            places = tuple(paper.place(fact) for paper, fact in found)
            levels = {fact.value for _paper, fact in found}
            listed = unit.proposed_level if unit.proposed_level in self.ranks else None
            one = levels.pop() if len(levels) == 1 else None if levels else listed
            self._levels[unit.id] = (one, places, len(places) > 0 and one is None)
        return self._levels[unit.id]

    def score(self, unit: Unit) -> tuple[Decimal | None, tuple[Place, ...]]:
        """The total that the unit gives itself; None where no paper tells it, or two tell different ones."""
        found = own_totals(self._dossier(unit), "score")
        values = {value for value, _place in found}
        return (values.pop() if len(values) == 1 else None), tuple(place for _value, place in found)

    def rated(self, unit: Unit, whose: Whose) -> Counts | None:
        """How members or the units below are rated: by the unit's summary, else (units below) by what they ask for
        themselves; None where nothing tells."""
        for paper in self._dossier(unit).of("ratings"):
            figures = [figure for figure in paper.figures("rated") if figure.of == whose.value]
            if figures:
                held = {figure.level: figure.value for figure in figures if figure.level in self.ranks}
                total = next((f.value for f in paper.figures("rated-total") if f.of == whose.value), None)
                places = tuple(dict.fromkeys(paper.place(figure) for figure in figures))
                lacking = (total if total is not None else sum(held.values())) - sum(held.values())
                # A table that counts more than it has is no ground for anything.
                return Counts(held, lacking, places) if lacking >= 0 and any(held.values()) else None
        below = [other for other in self.campaign.units if other.parent == unit.id]
        return self.asked_by(below) if whose is Whose.SUB_UNITS and below else None

    def asked_by(self, units: Sequence[Unit]) -> Counts:
        """What several units ask for."""
        found = [self.level(unit) for unit in units]
        held: dict[str, int] = {}
        for level, _places, _disagree in found:
            if level:
                held[level] = held.get(level, 0) + 1
        places = tuple(place for _level, some, _disagree in found for place in some[:1])
        return Counts(held, len(units) - sum(held.values()), places)


def decimal(value: float) -> Decimal:
    """A number of the pack without the crumbs of binary fractions."""
    return Decimal(str(value))
