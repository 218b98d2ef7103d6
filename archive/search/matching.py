"""Which documents a query tree matches, and how well. Works on whatever holds word -> document -> places, knows no
engine, and looks at one document at a time: nothing depends on how often a word occurs elsewhere, so that an answer
never tells of documents that may not be seen.

How well, in this order: every word with its accents as typed and next to each other; as typed and near each other; next
to each other with other accents; as typed but far apart; the rest. See `Grade`.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from archive.search.postings import NAME, PAGES, unpack
from archive.search.query import All, Any, Field, Node, Not, Number, Phrase, Prefix, Term, Word

NEAR = 30  # words: about a sentence
_NOWHERE: frozenset[int] = frozenset()


class Segment(Protocol):
    """Documents, by numbers of the engine's own, with the places of their words."""

    def everything(self) -> Collection[int]:
        """All documents."""

    def places(self, fold: str) -> Mapping[int, bytes]:
        """Documents that have a folded word, each with the packed places."""

    def beginning(self, stem: str) -> Iterable[str]:
        """The folded words that begin so."""


class Slot:
    """One word of a query against one segment."""

    def __init__(self, word: Word, segment: Segment) -> None:
        self.word = word
        self.found = _find(word, segment)

    def spots(self, document: int) -> Spots:
        """Where the word stands in a document."""
        return Spots(self.word, self.found.get(document, ()))


def _find(word: Word, segment: Segment) -> dict[int, list[bytes]]:
    if isinstance(word, Term):
        return {document: [value] for document, value in segment.places(word.fold).items()}
    from archive.vietnamese import bare

    found: dict[int, list[bytes]] = {}
    folds = {fold for stem in word.stems for fold in segment.beginning(bare(stem))} | {word.fold}
    for fold in sorted(folds):
        for document, value in segment.places(fold).items():
            found.setdefault(document, []).append(value)
    return found
