"""The neutral tree of a query, which every engine evaluates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from archive import vietnamese


@dataclass(frozen=True, slots=True)
class Term:
    """One word. Documents must have its folded key; typed accents are a wish."""

    exact: str
    fold: str

    @property
    def accented(self) -> bool:
        """Whether accents were typed."""
        return self.exact != self.fold


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so. `stems` are beginnings; `exact`, `fold` the same letters as a whole word: "ly*" means lynch
    as well as lý, which is keyed "lí"."""

    stems: tuple[str, ...]
    exact: str
    fold: str

    @property
    def accented(self) -> bool:
        """Whether accents were typed."""
        return any(vietnamese.bare(stem) != stem for stem in self.stems)

    def takes(self, exact: str) -> bool:
        """Whether a word (exact key) begins as typed."""
        return exact == self.exact or exact.startswith(self.stems)


Word = Term | Prefix


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words next to each other and in this order; a document number is such a row of words as well: with one word of it
    elsewhere, it is another number."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """What is known of a document: `name` is number, kind, unit, year, from or to; `value` as folded words, a year, or
    an ISO date. `typed` are the words with their accents, which tell apart units of nearly the same name; `ids` are
    kinds that are meant besides, by their titles."""

    name: str
    value: str
    typed: str = field(default="", compare=False)
    ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class All:
    """Every part matches; without parts, everything does."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part matches."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not match. Typed accents count here: -trường keeps "trưởng"."""

    part: Node


Node = Term | Prefix | Phrase | Field | All | Any | Not


def words(*nodes: Node) -> Iterator[Word]:
    """All words of trees."""
    for node in nodes:
        match node:
            case Term() | Prefix():
                yield node
            case Phrase(parts):
                yield from parts
            case All(parts) | Any(parts):
                yield from words(*parts)
            case Not(part):
                yield from words(part)
