"""Searching without an index, straight from the texts in the catalogue: slower, to the same answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from archive.search.answer import answer
from archive.search.facts import Facts, facts_of
from archive.search.ports import IndexedDocument, Page
from archive.search.postings import analyse
from archive.search.query import Query


class MemorySegment:
    """Documents analysed on the spot: `archive.search.matching.Segment` without any engine."""

    def __init__(self, documents: Iterable[IndexedDocument]) -> None:
        self._words: defaultdict[str, dict[int, bytes]] = defaultdict(dict)
        self._facts: list[Facts] = []
        self._texts: list[tuple[Sequence[int], Sequence[str]]] = []
        for number, document in enumerate(documents):
            analysed = analyse(document)
            for word, places in analysed.words.items():
                self._words[word][number] = places
            self._facts.append(facts_of(document, analysed.lines))
            self._texts.append((analysed.starts, analysed.pages))

    def everything(self) -> Collection[int]:
        """All documents."""
        return range(len(self._facts))

    def places(self, fold: str) -> Mapping[int, bytes]:
        """Documents that have a folded word, each with the packed places."""
        return self._words.get(fold, {})

    def beginning(self, stem: str) -> Iterable[str]:
        """The folded words that begin so."""
        return [word for word in self._words if word.startswith(stem)]

    def facts(self, document: int) -> Facts:
        """What is known of a document."""
        return self._facts[document]

    def text(self, document: int) -> tuple[Sequence[int], Sequence[str]]:
        """The position at which each page begins, and the texts of the pages."""
        return self._texts[document]


def search_catalogue(query: Query, documents: Iterable[IndexedDocument], units: frozenset[str] | None) -> Page:
    """One page of hits among documents that are in no index."""
    return answer([MemorySegment(documents)], query, units, 0)
