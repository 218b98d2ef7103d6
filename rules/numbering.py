"""How the numbers of papers run: through a committee's term, by kind, from 01; never by the year (HD 36-HD/VPTW)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from archive.records import UnitType
from rules.fields import Fields
from rules.yamlfile import Entry


@dataclass(frozen=True, slots=True)
class Numbering:
    """The years in which the congresses of each type of unit begin a new term, in order."""

    new_terms: Mapping[UnitType, tuple[int, ...]] = field(default_factory=dict)

    def term(self, unit_type: UnitType, day: date) -> int | None:
        """The year in which the term of that day began. None in a year of congresses, when it may be either, and
        outside of the years that the pack knows."""
        years = self.new_terms.get(unit_type, ())
        begun = [year for year in years if year <= day.year]
        if not begun or begun[-1] == day.year or (begun[-1] == years[-1] and day.year - years[-1] >= _LONGEST):
            return None
        return begun[-1]


_LONGEST = 5  # years of a term; what lies further behind the last known congress is unknown


def read_numbering(pack: Fields) -> Numbering:
    """The `numbering` section of a pack; mistakes are noted with their lines."""
    entry = pack.get("numbering")
    if entry is None:
        return Numbering()
    section = Fields(entry, pack.problems, ("new_terms", "unverified"))
    block = Entry(section.line_of("new_terms"), "map", fields=section.mapping("new_terms"))
    inner = Fields(block, pack.problems, list(UnitType))
    found = {}
    for name in UnitType:
        years = [item.number("year", at_least=1930) for item in inner.singles(name, "year")]
        found[name] = tuple(sorted(year for year in years if year))
    return Numbering(found)
