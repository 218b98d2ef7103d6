"""What tests and measurements of search are made of."""

from __future__ import annotations

from collections.abc import Iterable

from archive.search.facts import facts_of
from archive.search.memory import InMemory
from archive.search.ports import IndexedDocument
from archive.search.postings import analyse


def in_memory(documents: Iterable[IndexedDocument]) -> InMemory:
    """The documents with all their words."""
    segment = InMemory()
    for document in documents:
        analysed = analyse(document)
        segment.add(analysed.words, facts_of(document, analysed.lines), (analysed.starts, analysed.pages))
    return segment
