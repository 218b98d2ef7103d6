"""What may have been meant where nothing was found: words one slip away that documents of the searcher's have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.search.analysis import tokens
from archive.search.matching import Matcher, Segment
from archive.search.postings import unpack
from archive.search.query import Query
from archive.search.sight import may_see
from archive.search.tree import All, Node, Phrase, Term

MOST = 3  # suggestions
_MOST_WORDS = 8  # of a query that are tried
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def suggest(segments: Sequence[Segment], query: Query, units: frozenset[str] | None) -> tuple[str, ...]:
    """The query with one word mended, so that it finds something among what may be seen; what most documents have comes
    first. Numbers are never mended: another number is another paper."""
    search = _Search([Matcher(segment) for segment in segments], query, units)
    counts: Counter[str] = Counter()
    for term in search.doubtful():
        for fold in slips(term.fold):
            documents, spellings = search.with_instead(fold, term)
            if documents:
                spelling = min(spellings, key=lambda each: (-spellings[each], each))
                counts[_instead(query.text, term, spelling)] = documents
    return tuple(sorted(counts, key=lambda text: (-counts[text], text))[:MOST])


def slips(word: str) -> list[str]:
    """The words that one slip of the finger makes of a word: a letter left out, doubled, wrong, or two exchanged."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {a + b[1:] for a, b in cuts if b}
    found |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    found |= {a + letter + b[1:] for a, b in cuts if b for letter in _LETTERS}
    found |= {a + letter + b for a, b in cuts for letter in _LETTERS}
    return sorted(found - {word, ""})


@dataclass(frozen=True, slots=True)
class _Search:
    """A query that found nothing, and where it was searched."""

    matchers: Sequence[Matcher]
    query: Query
    units: frozenset[str] | None

    def doubtful(self) -> list[Term]:
        """The words that may be slips: those that nothing has, or, where each is somewhere, all. With two words that
        nothing has, mending one does not help."""
        terms = list(dict.fromkeys(_terms(self.query.root.parts)))[:_MOST_WORDS]
        strange = [term for term in terms if not any(self._seen(matcher, term) for matcher in self.matchers)]
        return terms if not strange else strange if len(strange) == 1 else []

    def with_instead(self, fold: str, term: Term) -> tuple[int, Counter[str]]:
        """How many documents the query finds with another word in place of one of its words, and how they spell it."""
        spellings: Counter[str] = Counter()
        documents = 0
        other = Term(fold, fold)
        for matcher in self.matchers:
            values = matcher.segment.places(fold)
            if not values:
                continue
            for document in self._seen(matcher, All(tuple(_swap(part, term, other) for part in self.query.root.parts))):
                documents += 1
                if document in values:
                    spellings.update({(spelling.decode() or fold): 1 for spelling, _ in unpack(values[document])})
        return documents, spellings

    def _seen(self, matcher: Matcher, node: Node) -> list[int]:
        return [each for each in matcher.documents(node) if self._may_show(matcher, each)]

    def _may_show(self, matcher: Matcher, document: int) -> bool:
        facts = matcher.segment.facts(document)
        return may_see(self.units, facts.unit) and facts.id not in self.query.without


def _terms(parts: Sequence[Node]) -> Iterator[Term]:
    for part in parts:
        if isinstance(part, Phrase) and not any(word.fold.isdecimal() for word in part.words):
            yield from _terms(part.words)
        elif isinstance(part, Term) and len(part.fold) > 1 and part.fold.isascii() and part.fold.isalpha():
            yield part


def _swap(part: Node, term: Term, other: Term) -> Node:
    if isinstance(part, Phrase):
        return Phrase(tuple(other if word == term else word for word in part.words))
    return other if part == term else part


def _instead(text: str, term: Term, spelling: str) -> str:
    """The text as typed with the first such word exchanged."""
    found = next(token for token in tokens(text) if token.exact == term.exact)
    return text[: found.start] + spelling + text[found.end :]
