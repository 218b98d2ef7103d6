"""What may have been meant where nothing was found: words one slip away that documents of the searcher's have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Protocol
from unicodedata import normalize

from archive.search.analysis import tokens
from archive.search.matching import Matcher
from archive.search.postings import unpack
from archive.search.query import Query
from archive.search.sight import may_see
from archive.search.tree import All, Node, Phrase, Term, Word

MOST = 3  # suggestions
_MOST_FOR_EACH = 6  # of two words that are mended together
_MOST_WORDS = 8  # of a query that are tried
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Mends = Mapping[Term, tuple[str, ...]]  # a word of a query -> the folded words to put there


class Holdings(Protocol):
    """The documents that a searcher may see, as a suggestion asks about them."""

    def has(self, fold: str) -> bool:
        """Whether the folded word may be in some document; a wrong yes costs time only."""

    def count(self, root: All) -> int:
        """How many of the documents match."""

    def spellings(self, fold: str, root: All) -> Mapping[str, int]:
        """Of the documents that match and have the folded word: in how many it is spelled how (exact keys)."""


def suggest(query: Query, held: Holdings) -> tuple[str, ...]:
    """The query with one word mended, or two that nothing has, so that it finds something; what most documents have
    comes first. Numbers are never mended: another number is another paper."""
    counts: Counter[str] = Counter()
    for mends in _mends(query, held):
        root = _mended(query.root, mends)
        if documents := held.count(root):
            counts[_reworded(query, mends, held, root)] = documents
    return tuple(sorted(counts, key=lambda text: (-counts[text], text))[:MOST])


def _mends(query: Query, held: Holdings) -> Iterator[Mends]:
    """The words that may be slips with what may have been meant: the one that nothing has, or, where each is somewhere,
    every one; two that nothing has together. With more, so much is strange that a guess helps nobody."""
    terms = _tried(query)
    strange = [term for term in terms if not held.has(term.fold) or not held.count(All((term,)))]
    match strange:
        case [] | [_]:
            yield from ({term: folds} for term in strange or terms for folds in _held_slips(term, held))
        case [one, other]:
            choices = product(_likely(one, other, query, held), _likely(other, one, query, held))
            yield from ({one: ones, other: others} for ones, others in choices)


def nearby(query: Query) -> set[str]:
    """The folded words that a suggestion may be made of."""
    return {fold for term in _tried(query) for folds in slips(term.fold) for fold in folds}


def _tried(query: Query) -> list[Term]:
    return list(dict.fromkeys(_terms(query.root.parts)))[:_MOST_WORDS]


def _likely(term: Term, but: Term, query: Query, held: Holdings) -> list[tuple[str, ...]]:
    """What may have been meant by a word, another one left out of the query: what most documents have."""
    counts = {folds: held.count(_mended(query.root, {term: folds, but: ()})) for folds in _held_slips(term, held)}
    return sorted((folds for folds in counts if counts[folds]), key=lambda folds: (-counts[folds], folds))[
        :_MOST_FOR_EACH
    ]


def _held_slips(term: Term, held: Holdings) -> list[tuple[str, ...]]:
    return [folds for folds in slips(term.fold) if all(map(held.has, folds))]


def _reworded(query: Query, mends: Mends, held: Holdings, root: All) -> str:
    """The text with the words that were meant, as what is found spells them."""
    spelled = {
        term.exact: " ".join(_usual(held.spellings(fold, root), term) for fold in folds)
        for term, folds in mends.items()
    }
    text = query.text if query.understood is None else query.understood
    return _instead(text, {**spelled, **_misspelled(query, mends, held, root)})


def _usual(spellings: Mapping[str, int], typed: Term) -> str:
    """The spelling with the accents most like those typed, if any were; among equals the one most documents have."""
    marks = _marks(typed.exact)

    def order(spelling: str) -> tuple[int, int, str]:
        apart = (_marks(spelling) - marks) + (marks - _marks(spelling)) if typed.accented else Counter()
        return apart.total(), -spellings[spelling], spelling

    return min(spellings, key=order)


def _marks(word: str) -> Counter[str]:
    return Counter(char for char in normalize("NFD", word) if not char.isascii())


def slips(word: str) -> list[tuple[str, ...]]:
    """What may have been meant by a word if one key was missed: a letter left out, added or wrong, two exchanged, or no
    blank between two words."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {a + b[1:] for a, b in cuts if b}
    found |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    found |= {a + letter + b[1:] for a, b in cuts if b for letter in _LETTERS}
    found |= {a + letter + b for a, b in cuts for letter in _LETTERS}
    apart = [(a, b) for a, b in cuts if len(a) > 1 and len(b) > 1]
    return [*((each,) for each in sorted(found - {word, ""})), *apart]


def _terms(parts: Sequence[Node]) -> Iterator[Term]:
    for part in parts:
        if isinstance(part, Phrase) and not any(word.fold.isdecimal() for word in part.words):
            yield from _terms(part.words)
        elif isinstance(part, Term) and len(part.fold) > 1 and part.fold.isascii() and part.fold.isalpha():
            yield part


def _mended(root: All, mends: Mends) -> All:
    return All(tuple(part for each in root.parts for part in _swapped(each, mends)))


def _swapped(part: Node, mends: Mends) -> tuple[Node, ...]:
    """A part with its words mended; nothing where none are left."""
    if not isinstance(part, Phrase | Term):
        return (part,)
    words: list[Word] = []
    for word in part.words if isinstance(part, Phrase) else (part,):
        words += [Term(fold, fold) for fold in mends[word]] if isinstance(word, Term) and word in mends else [word]
    return (Phrase(tuple(words)),) if len(words) > 1 else tuple(words)


def _misspelled(query: Query, but: Mends, held: Holdings, root: All) -> dict[str, str]:
    """The other words typed with accents that nothing of what is found then has, as it spells them."""
    found = {}
    for term in _terms(query.root.parts):
        if term not in but and term.accented and term.exact not in (spellings := held.spellings(term.fold, root)):
            found[term.exact] = _usual(spellings, term)
    return found


def _instead(text: str, spelled: Mapping[str, str]) -> str:
    """The text as typed with some words (exact keys) exchanged."""
    for token in reversed(tokens(text)):
        if token.exact in spelled:
            text = text[: token.start] + spelled[token.exact] + text[token.end :]
    return text


@dataclass(frozen=True, slots=True)
class InSegments:
    """Holdings by the places of words."""

    matchers: Sequence[Matcher]
    query: Query
    units: frozenset[str] | None

    def has(self, fold: str) -> bool:
        """Whether the folded word is in some document."""
        return any(matcher.segment.places(fold) for matcher in self.matchers)

    def count(self, root: All) -> int:
        """How many of the documents match."""
        return sum(1 for matcher in self.matchers for _ in self._seen(matcher, root))

    def spellings(self, fold: str, root: All) -> Mapping[str, int]:
        """In how many of the documents that match the word is spelled how."""
        found: Counter[str] = Counter()
        for matcher in self.matchers:
            values = matcher.segment.places(fold)
            for document in self._seen(matcher, root):
                if document in values:
                    found.update({spelling.decode() or fold for spelling, _ in unpack(values[document])})
        return found

    def _seen(self, matcher: Matcher, root: All) -> Iterator[int]:
        for document in matcher.documents(root):
            facts = matcher.segment.facts(document)
            if may_see(self.units, facts.unit) and facts.id not in self.query.without:
                yield document
