"""Searching without an index, straight from the texts in the catalogue: slower, to the same answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from archive.search.analysis import clean, keys
from archive.search.answer import answer, find
from archive.search.facts import Facts, facts_of
from archive.search.glance import Glance
from archive.search.memory import InMemory
from archive.search.ports import IndexedDocument, Page
from archive.search.postings import page_starts
from archive.search.query import Query
from archive.search.suggesting import nearby
from archive.search.tree import words

_TOGETHER = 64  # documents looked through at a time

PagesOf = Callable[[str], Sequence[str]]


def search_catalogue(
    query: Query, documents: Iterable[IndexedDocument], units: frozenset[str] | None, pages_of: PagesOf | None = None
) -> Page:
    """One page of hits among documents that are in no index. `pages_of` gives the texts of a document by its id, for
    those that are shown: without it, those of all that match are kept in memory."""
    meant = query.corrected()
    asked = [query] if meant is None else [query, meant]
    found, near = _Kept(pages_of), _Kept(pages_of)
    glance = Glance(words(*(part for each in asked for part in (each.root, each.start))), nearby(query))
    for some in _batches(glance, documents):
        batch = InMemory()
        for each in some:
            batch.add(each.words, each.facts, ((), ()))
        matching = {match.number for each in asked for match in find([batch], each, units)}
        for at, each in enumerate(some):
            if at in matching:
                found.keep(each)
            elif not found.any and each.words:  # may be needed for a suggestion, where nothing matches
                near.keep(each)
    return answer([found if found.any else near], query, units, 0)


@dataclass(frozen=True, slots=True)
class _Read:
    """A document as far as a query asks about it."""

    words: dict[str, bytes]
    facts: Facts
    pages: Sequence[str]


def _batches(glance: Glance, documents: Iterable[IndexedDocument]) -> Iterator[list[_Read]]:
    source = iter(documents)
    while some := [_read(glance, each) for each in islice(source, _TOGETHER)]:
        yield some


def _read(glance: Glance, document: IndexedDocument) -> _Read:
    pages = [clean(page) for page in document.pages]
    lines = [keys(page) for page in pages]
    facts = facts_of(document, lines)
    return _Read(glance.read(facts, page_starts(lines), lines), facts, pages)


class _Kept(InMemory):
    """What an answer is made from."""

    def __init__(self, pages_of: PagesOf | None) -> None:
        super().__init__()
        self._pages_of = pages_of
        self.any = False

    def keep(self, document: _Read) -> None:
        """Add a document, without its text where that can be had again."""
        self.any = True
        self.add(document.words, document.facts, ((), () if self._pages_of else document.pages))

    def text(self, document: int) -> tuple[Sequence[int], Sequence[str]]:
        """The position at which each page begins, and the pages."""
        pages = super().text(document)[1]
        if self._pages_of is not None:
            pages = [clean(page) for page in self._pages_of(self.facts(document).id)]
        return page_starts([keys(page) for page in pages]), pages
