"""Searching without an index, straight from the texts in the catalogue: slower, to the same answers."""

from __future__ import annotations

from collections.abc import Iterable

from archive.search.answer import answer
from archive.search.facts import facts_of
from archive.search.memory import InMemory
from archive.search.ports import IndexedDocument, Page
from archive.search.postings import analyse
from archive.search.query import Query


class MemorySegment(InMemory):
    """Documents analysed on the spot, without any engine."""

    def __init__(self, documents: Iterable[IndexedDocument]) -> None:
        super().__init__()
        for document in documents:
            analysed = analyse(document)
            self.add(analysed.words, facts_of(document, analysed.lines), (analysed.starts, analysed.pages))


def search_catalogue(query: Query, documents: Iterable[IndexedDocument], units: frozenset[str] | None) -> Page:
    """One page of hits among documents that are in no index."""
    return answer([MemorySegment(documents)], query, units, 0)
