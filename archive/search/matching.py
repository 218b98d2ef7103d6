"""Which documents a query tree matches. Works on whatever holds word -> document -> places and knows no engine."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Protocol

from archive import vietnamese
from archive.search.facts import Facts, holds
from archive.search.postings import unpack
from archive.search.tree import All, Any, Field, Node, Not, Phrase, Prefix, Term, Word


class Segment(Protocol):
    """Some documents, by numbers of the engine's own, with the places of their words."""

    def everything(self) -> Collection[int]:
        """All documents."""

    def places(self, fold: str) -> Mapping[int, bytes]:
        """The documents that have a folded word, each with its packed places."""

    def beginning(self, stem: str) -> Iterable[str]:
        """The folded words that begin so."""

    def facts(self, document: int) -> Facts:
        """What is known of a document."""

    def text(self, document: int) -> tuple[Sequence[int], Sequence[str]]:
        """The position at which each page begins, and the texts of the pages."""


@dataclass(slots=True)
class Spots:
    """Where a word of the query stands in one document: in any spelling; as wished (with the accents, if any were
    typed); exactly as typed; and as it counts for a minus (as wished or without any accents)."""

    anyhow: Sequence[int]
    wished: Sequence[int]
    typed: Sequence[int]
    barred: Sequence[int]


def chain(places: Sequence[Sequence[int]]) -> set[int]:
    """Where rows of places that follow one another end."""
    ends = set(places[0])
    for nexts in places[1:]:
        if not ends:
            break
        ends = {end + 1 for end in ends}.intersection(nexts)
    return ends


class Slot:
    """One word of a query in one segment: the documents that have it in any spelling, and where."""

    def __init__(self, word: Word, segment: Segment) -> None:
        self.word = word
        self._typed = b"" if word.exact == word.fold else word.exact.encode()
        self._spots: dict[int, Spots] = {}
        self._values: list[tuple[str, Mapping[int, bytes]]] = []
        if isinstance(word, Term):  # most words: no copy of what may be a place in every document
            self._values.append((word.fold, segment.places(word.fold)))
            self.documents: Set[int] = self._values[0][1].keys()
        else:
            self._values.extend((fold, segment.places(fold)) for fold in _folds(word, segment))
            self.documents = set().union(*(values for _, values in self._values))

    def spots(self, document: int) -> Spots:
        """Where the word stands in a document; asked for once for each question that is put about it."""
        found = self._spots.get(document)
        if found is None:
            found = self._spots[document] = self._find(document)
        return found

    def times(self, document: int) -> int:
        """How often the word stands in a document; of a prefix, the word that stands there most often."""
        values = (values.get(document) for _, values in self._values)
        return max((sum(len(places) for _, places in unpack(value)) for value in values if value), default=0)

    def _find(self, document: int) -> Spots:
        anyhow: list[int] = []
        typed: list[int] = []
        plain: list[int] = []
        for fold, values in self._values:
            value = values.get(document)
            if value is None:
                continue
            for spelling, positions in unpack(value):
                anyhow += positions
                if self._is_typed(fold, spelling):
                    typed += positions
                elif not spelling:
                    plain += positions
        if self.word.accented:
            return Spots(anyhow, typed, typed, typed + plain)
        return Spots(anyhow, anyhow, typed, anyhow)

    def _is_typed(self, fold: str, spelling: bytes) -> bool:
        if isinstance(self.word, Term):
            return spelling == self._typed
        return self.word.takes(spelling.decode() or fold)


def _folds(word: Prefix, segment: Segment) -> list[str]:
    return sorted({word.fold, *(fold for stem in word.stems for fold in segment.beginning(vietnamese.bare(stem)))})


class Matcher:
    """One query against one segment."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self._slots: dict[Word, Slot] = {}

    def slot(self, word: Word) -> Slot:
        """The word looked up in the segment, once."""
        if word not in self._slots:
            self._slots[word] = Slot(word, self.segment)
        return self._slots[word]

    def documents(self, node: Node, within: set[int] | None = None) -> set[int]:
        """The documents (of `within`, if given) that a tree matches, accents aside."""
        match node:
            case Term() | Prefix():
                return _both(self.slot(node).documents, within)
            case Phrase(words):
                slots = [self.slot(word) for word in words]
                near = self._every(words, within)
                return {each for each in near if chain([slot.spots(each).anyhow for slot in slots])}
            case Any(parts):
                return set().union(*(self.documents(part, within) for part in parts))
            case All(parts):
                return self._every(parts, within)
            case Not(part):
                rest = self._rest(within)
                return rest - self._barred(part, rest)
            case Field():
                return {each for each in self._rest(within) if holds(node, self.segment.facts(each))}

    def _every(self, parts: Sequence[Node], within: set[int] | None) -> set[int]:
        for part in sorted(parts, key=self._cost):
            within = self.documents(part, within)
            if not within:
                return set()
        return self._rest(within)

    def _cost(self, node: Node) -> tuple[int, int]:
        """Rare words first, then what must look at each document."""
        if isinstance(node, Term | Prefix):
            return 0, len(self.slot(node).documents)
        return (All, Any, Phrase, Field, Not).index(type(node)) + 1, 0

    def _rest(self, within: set[int] | None) -> set[int]:
        return set(self.segment.everything()) if within is None else within

    def _barred(self, node: Node, within: set[int]) -> set[int]:
        """The documents that a minus takes away."""
        if isinstance(node, Term | Prefix | Phrase):
            words = node.words if isinstance(node, Phrase) else (node,)
            slots = [self.slot(word) for word in words]
            near = self._every(words, within)
            return {each for each in near if chain([slot.spots(each).barred for slot in slots])}
        return self.documents(node, within)


def _both(found: Collection[int], within: set[int] | None) -> set[int]:
    return set(found) if within is None else within.intersection(found)
