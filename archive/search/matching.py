"""Which documents a query tree matches. Works on whatever holds word -> document -> places and knows no engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from itertools import chain as flatten
from itertools import pairwise
from operator import attrgetter
from typing import Literal, NamedTuple, Protocol

from archive import vietnamese
from archive.search.facts import Facts, holds
from archive.search.postings import mark, may_be_followed, unpack
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


How = Literal["anyhow", "wished", "typed", "barred"]


class Spots(NamedTuple):
    """Where a word of the query stands in one document: in any spelling; as wished (with the accents, if any were
    typed); exactly as typed; and as it counts for a minus (as wished or without any accents). `times` is how often it
    stands there; of a prefix, the word that stands there most often."""

    anyhow: Sequence[int]
    wished: Sequence[int]
    typed: Sequence[int]
    barred: Sequence[int]
    times: int


def chain(places: Sequence[Sequence[int]]) -> set[int]:
    """Where rows of places that follow one another end."""
    ends = set(places[0])
    for nexts in places[1:]:
        if not ends:
            break
        ends = {end + 1 for end in ends}.intersection(nexts)
    return ends


class Slot(dict[int, Spots]):
    """One word of a query in one segment: by document, where it stands, read when first asked for. `documents` are
    those that have it in any spelling, `marks` those of its folded words (`archive.search.postings.mark`)."""

    def __init__(self, word: Word, segment: Segment) -> None:
        super().__init__()
        self.word = word
        self._typed = b"" if word.exact == word.fold else word.exact.encode()
        self._accented = word.accented
        folds = [word.fold] if isinstance(word, Term) else _folds(word, segment)
        self.marks = frozenset(map(mark, folds))
        self._one: Mapping[int, bytes] = {}  # most words: no copy of what may be a place in every document
        self._many: defaultdict[int, list[tuple[str, bytes]]] = defaultdict(list)
        self.documents: Set[int] = self._many.keys()
        if isinstance(word, Term):
            self._one = segment.places(word.fold)
            self.documents = self._one.keys()
        else:
            for fold in folds:
                for document, value in segment.places(fold).items():
                    self._many[document].append((fold, value))

    def followed(self, other: Slot, within: set[int]) -> set[int]:
        """Of some documents, those in which the other word may stand right behind this one."""
        marks, values = other.marks, self._one
        both = within & self.documents & other.documents
        if isinstance(self.word, Term):
            return {each for each in both if may_be_followed(values[each], marks)}
        return {each for each in both if any(may_be_followed(value, marks) for _, value in self._many[each])}

    def __missing__(self, document: int) -> Spots:
        found = self[document] = self._read(document)
        return found

    def _read(self, document: int) -> Spots:
        one = self._one.get(document)
        words = self._many.get(document, ()) if one is None else ((self.word.fold, one),)
        anyhow: list[Sequence[int]] = []
        typed: list[Sequence[int]] = []
        plain: list[Sequence[int]] = []
        times = 0
        for fold, value in words:
            spelled = unpack(value)
            times = max(times, sum([len(places) for _, places in spelled]))
            for spelling, places in spelled:
                anyhow.append(places)
                if self._is_typed(fold, spelling):
                    typed.append(places)
                elif not spelling:
                    plain.append(places)
        every, wished = _join(anyhow), _join(typed)
        if not self._accented:
            return Spots(every, every, wished, every, times)
        return Spots(every, wished, wished, _join(typed + plain), times)

    def _is_typed(self, fold: str, spelling: bytes) -> bool:
        if isinstance(self.word, Term):
            return spelling == self._typed
        return self.word.takes(spelling.decode() or fold)


def _join(places: Sequence[Sequence[int]]) -> Sequence[int]:
    return places[0] if len(places) == 1 else list(flatten.from_iterable(places))


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
                return self.in_a_row(words, self._every(words, within), "anyhow")
            case Any(parts):
                return set().union(*(self.documents(part, within) for part in parts))
            case All(parts):
                return self._every(parts, within)
            case Not(part):
                rest = self._rest(within)
                return rest - self._barred(part, rest)
            case Field():
                return {each for each in self._rest(within) if holds(node, self.segment.facts(each))}

    def in_a_row(self, words: Sequence[Word], within: set[int], how: How, before: int | None = None) -> set[int]:
        """Of some documents, those in which the words, spelled so, stand next to each other and in this order; if
        `before` is given, before this position. Only of those that may have each pair of them are the places read."""
        slots, spots = [self.slot(word) for word in words], attrgetter(how)
        for one, other in pairwise(slots):
            within = one.followed(other, within)
        if len(slots) > 1:
            ends = ((each, chain([spots(slot[each]) for slot in slots])) for each in within)
            return {each for each, found in ends if found and (before is None or min(found) < before)}
        if before is None:
            return {each for each in within if spots(slots[0][each])}
        return {each for each in within if min(spots(slots[0][each]), default=before) < before}

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
            return self.in_a_row(words, self._every(words, within), "barred")
        return self.documents(node, within)


def _both(found: Collection[int], within: set[int] | None) -> set[int]:
    return set(found) if within is None else within.intersection(found)
