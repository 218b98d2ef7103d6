"""From a query to a page of hits with tantivy: found, counted and ranked natively, the same as `archive.search.answer`.
Only the documents that are shown are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from time import perf_counter
from typing import Any as Whatever

from tantivy import Query as Native

from archive import vietnamese
from archive.search import ranking, tantivy_query
from archive.search.analysis import FOLDED, line
from archive.search.answer import Found, in_order, shown
from archive.search.facts import Facts
from archive.search.glance import Glance
from archive.search.matching import Matcher
from archive.search.memory import InMemory
from archive.search.ports import Hit, Page
from archive.search.query import Query
from archive.search.suggesting import suggest
from archive.search.tantivy_files import SPELLED, Address
from archive.search.tantivy_order import Narrowing, Order
from archive.search.tantivy_query import every, one_of, without
from archive.search.tree import All, Node, Word, words

_MOST_VALUES = 65_000  # different units, kinds or years


class Snapshot:
    """One generation, open for reading; may be asked by several threads."""

    def __init__(self, searcher: Whatever) -> None:
        self.searcher = searcher
        self._values: dict[str, dict[str, int]] = {}

    def values(self, name: str) -> Mapping[str, int]:
        """All units, or kinds, with the number of their documents."""
        if name not in self._values:
            self._values[name] = self._terms(self._aggregate(Native.all_query(), name), name)
        return self._values[name]

    def facets(self, query: Native) -> tuple[int, dict[str, dict[str, int]]]:
        """How many documents match, and how many of each unit, kind and year."""
        names = ("unit", "kind", "year")
        counted = self._aggregate(query, *names)
        return int(counted["all"]["value"]), in_order({name: self._terms(counted, name) for name in names})

    def _aggregate(self, query: Native, *names: str) -> Mapping[str, Whatever]:
        wanted: dict[str, Whatever] = {"all": {"value_count": {"field": "filed"}}}
        wanted |= {name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in names}
        return self.searcher.aggregate(query, wanted)  # type: ignore[no-any-return]

    @staticmethod
    def _terms(counted: Mapping[str, Whatever], name: str) -> dict[str, int]:
        return {str(bucket["key"]): bucket["doc_count"] for bucket in counted[name]["buckets"]}

    def count(self, query: Native) -> int:
        """How many documents match."""
        return int(self.searcher.search(query, 1, True).count)

    def first(
        self, query: Native, limit: int, order_by: str | None = None, weight_by: str | None = None
    ) -> list[tuple[Whatever, Address]]:
        """The first documents by a field, greatest first, or else by score. tantivy sets room for all of `limit` aside,
        and where there is not so much memory it ends the process."""
        limit = max(1, min(limit, self.total))
        found = self.searcher.search(query, limit, False, order_by, weight_by_field=weight_by)
        return found.hits  # type: ignore[no-any-return]

    def seen(self, units: frozenset[str] | None) -> list[Native]:
        """What narrows a search to some units; nothing when they are all."""
        if units is None or (units >= self.values("unit").keys() and sum(self.values("unit").values()) == self.total):
            return []
        held = sorted(units & self.values("unit").keys())
        return [tantivy_query.one_of("unit", held)]

    @property
    def total(self) -> int:
        """The number of documents."""
        return int(self.searcher.num_docs)


def answer(snapshot: Snapshot, query: Query, units: frozenset[str] | None, generation: int) -> Page:
    """One page of hits, as `archive.search.answer` gives it."""
    began = perf_counter()
    corrected = None
    held = Held(snapshot, query, units)
    order = Order(snapshot, query.start, held.narrowing(query))
    total, facets = snapshot.facets(order.matched)
    suggestions: tuple[str, ...] = ()
    if not total and not held.count(query.start):
        if (meant := query.corrected()) and held.count(meant.start):
            query, corrected = meant, meant.text
            order = Order(snapshot, query.start, held.narrowing(query))
            total, facets = snapshot.facets(order.matched)
        else:
            suggestions = suggest(query, held)
    hits, more = _hits(order, query)
    return Page(
        total=total,
        hits=hits,
        facets=facets,
        took_ms=round((perf_counter() - began) * 1000, 3),
        corrected=corrected,
        generation=generation,
        next=more,
        understood=query.understood,
        suggestions=suggestions,
    )


class Held:
    """The documents that a searcher may see (`archive.search.suggesting.Holdings`)."""

    def __init__(self, snapshot: Snapshot, query: Query, units: frozenset[str] | None) -> None:
        self._snapshot = snapshot
        self._seen = snapshot.seen(units)
        self._gone = [one_of("id", sorted(query.without))] if query.without else []

    def matching(self, tree: Node) -> Native:
        """Those of them that match."""
        return without(every([tantivy_query.node(tree, self._snapshot.values), *self._seen]), self._gone)

    def narrowing(self, query: Query) -> Narrowing:
        """What makes of documents that have some words those that the query is answered with."""
        values = self._snapshot.values
        wanted = [*self._seen, *tantivy_query.filters(query, values)]
        barred = [*self._gone, *tantivy_query.barred(query.start, values)]
        return lambda words: without(every([words, *wanted]), barred)

    def has(self, fold: str) -> bool:
        """Whether the folded word is in some document of whomever."""
        return bool(self._snapshot.searcher.doc_freq("words", fold))

    def count(self, root: All) -> int:
        """How many of the documents match."""
        return self._snapshot.count(self.matching(root))

    def spellings(self, fold: str, root: All) -> Mapping[str, int]:
        """In how many of the documents that match the word is spelled how."""
        matched = self.matching(root)
        return {
            spelled: count
            for spelled in self._spelled(fold)
            if (count := self._snapshot.count(every([matched, tantivy_query.spelled(spelled)])))
        }

    def _spelled(self, fold: str) -> list[str]:
        """All spellings of a folded word in the index."""
        beginnings = {fold[0], *(letter for letter in vietnamese.accented_letters() if FOLDED[letter] == fold[0])}
        terms = self._snapshot.searcher.terms_with_prefix
        words = [term[1:] for first in sorted(beginnings) for term, _ in terms("words", SPELLED + first)]
        return [word for word in words if FOLDED[word] == fold]


def _hits(order: Order, query: Query) -> tuple[tuple[Hit, ...], str | None]:
    """The hits of a page, and the key of the next page if there is one."""
    levels = ranking.levels(query.root)
    until = query.offset + query.limit
    first, folded = order.page(query, levels, until + 1)
    page = first[query.offset : until]
    matcher = Matcher(_glanced([order.stored(address) for address in page], words(query.root)))
    found = [Found(matcher, number, matcher.segment.facts(number)) for number in range(len(page))]
    return shown(found, query, levels, folded, more=len(first) > until)


# --- the documents that are shown ------------------------------------------------------------------------------------


def _glanced(documents: Iterable[tuple[Facts, tuple[Sequence[int], Sequence[str]]]], words: Iterable[Word]) -> InMemory:
    glance, segment = Glance(words), InMemory()
    for facts, (starts, pages) in documents:
        lines = [line(page).words for page in pages]
        segment.add(glance.read(facts, starts, lines), facts, (starts, pages))
    return segment
