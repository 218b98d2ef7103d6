"""From a query to a page of hits with tantivy: found, counted and ranked natively, the same as `archive.search.answer`.

Only the documents that are shown are read. Levels of the ranking are asked in turn, and of each only what may still be
among the first hits; the last ones are added up by tantivy in one score, a digit for each level.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from time import perf_counter
from typing import Any as Whatever

from tantivy import Occur
from tantivy import Query as Native

from archive import vietnamese
from archive.search import ranking, tantivy_query
from archive.search.analysis import keys
from archive.search.answer import Found, by_filing, hit, in_order
from archive.search.facts import Facts
from archive.search.matching import Matcher
from archive.search.ports import Page
from archive.search.postings import CODE, NAME, PAGES, TITLE, head, pack
from archive.search.query import Query
from archive.search.ranking import Every, Level, Merit, Near, Row, Some
from archive.search.tantivy_files import FOLDED, SCHEMA, Address, filed_key, stored
from archive.search.tantivy_query import every, some, without
from archive.search.tree import Prefix, Term, Word

_ASKED_ALONE = ("phrase", "near", "other-accents")  # levels that cost more than all others
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

    def first(self, query: Native, limit: int, order_by: str | None = None) -> list[tuple[Whatever, Address]]:
        """The first documents by a field, greatest first, or else by score."""
        return self.searcher.search(query, limit, False, order_by).hits  # type: ignore[no-any-return]

    def everything(self, units: frozenset[str] | None) -> list[Native]:
        """What narrows a search to some units; nothing when they are all."""
        if units is None or (units >= self.values("unit").keys() and sum(self.values("unit").values()) == self.total):
            return []
        held = sorted(units & self.values("unit").keys())
        return [Native.term_set_query(SCHEMA, "unit", held) if held else Native.empty_query()]

    @property
    def total(self) -> int:
        """The number of documents."""
        return int(self.searcher.num_docs)


def answer(snapshot: Snapshot, query: Query, units: frozenset[str] | None, generation: int) -> Page:
    """One page of hits, as `archive.search.answer` gives it."""
    began = perf_counter()
    corrected = None
    seen = snapshot.everything(units)
    matched = _matched(snapshot, query, seen)
    if (meant := query.corrected()) and not snapshot.count(matched):
        better = _matched(snapshot, meant, seen)
        if snapshot.count(better):
            query, corrected, matched = meant, meant.text, better
    narrowed = every([matched, *tantivy_query.filters(query, snapshot.values)])
    total, facets = snapshot.facets(narrowed)
    return Page(
        total=total,
        hits=tuple(_hits(snapshot, narrowed, query)) if total else (),
        facets=facets,
        took_ms=round((perf_counter() - began) * 1000, 3),
        corrected=corrected,
        generation=generation,
    )


def _matched(snapshot: Snapshot, query: Query, seen: Sequence[Native]) -> Native:
    return every([tantivy_query.node(query.start, snapshot.values), *seen])


def _hits(snapshot: Snapshot, narrowed: Native, query: Query) -> Iterator[Whatever]:
    levels = ranking.levels(query.root)
    order = _Order(snapshot, narrowed)
    wanted = query.offset + query.limit
    if query.sort == "date":
        addresses = order.sorted(narrowed, "day", wanted)
    else:
        addresses = order.best(narrowed, levels, wanted)
    shown = addresses[query.offset :]
    matcher = Matcher(Glance([order.stored(address) for address in shown], words_of(query)))
    for number in range(len(shown)):
        yield hit(Found(matcher, number, matcher.segment.facts(number)), query, levels)


class _Order:
    """The order of the documents of one answer."""

    def __init__(self, snapshot: Snapshot, matched: Native) -> None:
        self.snapshot = snapshot
        self.matched = matched
        self._stored: dict[tuple[int, int], tuple[Facts, Whatever]] = {}

    def stored(self, address: Address) -> tuple[Facts, Whatever]:
        """Facts and text of a document, read once."""
        key = (address.segment_ord, address.doc)
        if key not in self._stored:
            self._stored[key] = stored(self.snapshot.searcher.doc(address))
        return self._stored[key]

    def best(self, query: Native, levels: Sequence[Level], wanted: int) -> list[Address]:
        """The first so many by all levels; of each only what may still be among them is judged by the next."""
        if wanted <= 0:
            return []
        if not levels or levels[0].name not in _ASKED_ALONE:
            return self._added_up(query, levels, wanted)
        merit, rest = levels[0].merits[0], levels[1:]
        asked = tantivy_query.merit(merit)
        first = self.best(every([query, asked]), list(_left(rest, merit)), wanted)
        if len(first) < wanted:
            first += self.best(without(query, [asked]), rest, wanted - len(first))
        return first

    def _added_up(self, query: Native, levels: Sequence[Level], wanted: int) -> list[Address]:
        """All levels in one score. The documents of the last score that is reached are more than are wanted: of these
        the newest are asked for by themselves."""
        if not levels:
            return self.sorted(query, "filed", wanted)
        asked = [[self._asked(merit) for merit in level.merits] for level in levels]
        weights = _weights(levels)
        scored = [(Occur.Must, Native.const_score_query(query, 1.0))]
        for merits, weight in zip(asked, weights, strict=True):
            scored += [(Occur.Should, Native.const_score_query(each, float(weight))) for each in merits]
        found = self.snapshot.first(Native.boolean_query(scored), wanted)
        if len(found) < wanted:
            return self._by_score(found)
        last = found[-1][0]
        above = self._by_score([each for each in found if each[0] > last])
        exactly = [_exactly(merits, count) for merits, count in zip(asked, _digits(last - 1, weights), strict=True)]
        return above + self.sorted(every([query, *exactly]), "filed", wanted - len(above))

    def _asked(self, merit: Merit) -> Native:
        """The documents that have a merit. Of all documents that have some common words, few may match the query: to
        look where the words stand in all of them costs a hundred times more."""
        asked = tantivy_query.merit(merit)
        return asked if isinstance(merit, Row) and len(merit.words) == 1 else every([self.matched, asked])

    def _by_score(self, found: Sequence[tuple[float, Address]]) -> list[Address]:
        filed = self.snapshot.searcher.fast_field_values("filed", [address for _, address in found])
        keyed = [((score, when), address) for (score, address), when in zip(found, filed, strict=True)]
        return self._settled(sorted(keyed, key=lambda each: each[0], reverse=True))

    def sorted(self, query: Native, field: str, wanted: int) -> list[Address]:
        """The first so many by a field and then as filed; papers of the same moment are told apart by reading them."""
        if wanted <= 0:
            return []
        limit = wanted + 1
        found = self.snapshot.first(query, limit, field)
        while len(found) == limit and found[-1][0] == found[wanted - 1][0]:
            limit *= 2
            found = self.snapshot.first(query, limit, field)
        return self._settled(found)[:wanted]

    def _settled(self, found: Sequence[tuple[Whatever, Address]]) -> list[Address]:
        settled: list[Address] = []
        for _, group in groupby(found, key=lambda each: each[0]):
            alike = [address for _, address in group]
            if len(alike) > 1:
                alike.sort(key=lambda address: _as_filed(self.stored(address)[0]))
            settled += alike
        return settled


def _as_filed(facts: Facts) -> tuple[float, str]:
    return -facts.filed, facts.id


def _weights(levels: Sequence[Level]) -> list[int]:
    """The worth of one merit of each level: more than all merits of the later levels together."""
    weights = [1]
    for level in reversed(levels[1:]):
        weights.append(weights[-1] * (len(level.merits) + 1))
    return weights[::-1]


def _digits(score: float, weights: Sequence[int]) -> Iterator[int]:
    left = round(score)
    for weight in weights:
        count, left = divmod(left, weight)
        yield count


def _exactly(merits: Sequence[Native], count: int) -> Native:
    least = some(merits, count) if count else Native.all_query()
    return without(least, [some(merits, count + 1)] if count < len(merits) else [])


# --- what need not be asked ------------------------------------------------------------------------------------------


def _left(levels: Iterable[Level], known: Merit) -> Iterator[Level]:
    """The levels of documents that have a merit, without those merits that follow from it."""
    rows = list(_rows(known))
    for level in levels:
        merits = tuple(merit for merit in level.merits if not _follows(merit, rows))
        if merits:
            yield Level(level.name, merits)


def _rows(merit: Merit) -> Iterator[Row]:
    match merit:
        case Row():
            yield merit
        case Near(one, other):
            yield from (Row((one,), "wished"), Row((other,), "wished"))
        case Every(parts):
            for part in parts:
                yield from _rows(part)


def _follows(merit: Merit, rows: Sequence[Row]) -> bool:
    match merit:
        case Row():
            return any(_within(merit, each) for each in rows)
        case Near(one, other):
            return any((one, other) in pairwise(each.words) and _as_wished((one, other), each) for each in rows)
        case Every(parts):
            return all(_follows(part, rows) for part in parts)
        case Some(parts):
            return any(_follows(part, rows) for part in parts)
        case _:
            return False


def _within(asked: Row, known: Row) -> bool:
    """Whether a row of words holds where a longer one does."""
    if asked.title and not known.title:
        return False
    size = len(asked.words)
    starts = [at for at in range(len(known.words) - size + 1) if known.words[at : at + size] == asked.words]
    if not starts:
        return False
    if asked.how == "anyhow":
        return True
    if asked.how == "wished":
        return _as_wished(asked.words, known)
    return known.how == "typed" or (known.how == "wished" and all(word.accented for word in asked.words))


def _as_wished(words: Iterable[Word], known: Row) -> bool:
    return known.how != "anyhow" or not any(word.accented for word in words)


# --- the documents that are shown ------------------------------------------------------------------------------------


def words_of(query: Query) -> frozenset[Word]:
    """The words by which the hits of a query are marked and judged."""
    return frozenset(word for choice in ranking.runs(query.root) for run in choice for word in run)


class Glance:
    """A few documents, read with an eye on some words only: `archive.search.matching.Segment`."""

    def __init__(self, documents: Sequence[tuple[Facts, tuple[Sequence[int], Sequence[str]]]], words: Iterable[Word]):
        self._documents = documents
        self._folds = {word.fold for word in words}
        self._stems = tuple({vietnamese.bare(stem) for word in words if isinstance(word, Prefix) for stem in word.stems})
        self._places: dict[str, dict[int, bytes]] = {}
        for number, (facts, text) in enumerate(documents):
            self._read(number, facts, *text)

    def _read(self, number: int, facts: Facts, starts: Sequence[int], pages: Sequence[str]) -> None:
        found: dict[str, dict[str, list[int]]] = {}
        zones = zip((TITLE, NAME, CODE), head(facts.title, facts.name, facts.code), strict=True)
        for start, words in (*zones, *((start, keys(page)) for start, page in zip(starts, pages, strict=True))):
            if spellings := {key for key in set(words) if self._is_asked(FOLDED[key])}:
                for place, key in enumerate(words, start):
                    if key in spellings:
                        found.setdefault(FOLDED[key], {}).setdefault(key, []).append(place)
        for fold, places in found.items():
            self._places.setdefault(fold, {})[number] = pack(fold, places)

    def _is_asked(self, fold: str) -> bool:
        return fold in self._folds or (bool(self._stems) and fold.startswith(self._stems))

    def everything(self) -> range:
        """All documents."""
        return range(len(self._documents))

    def places(self, fold: str) -> Mapping[int, bytes]:
        """The documents that have a folded word, each with its packed places."""
        return self._places.get(fold, {})

    def beginning(self, stem: str) -> Iterable[str]:
        """The folded words that begin so."""
        return [word for word in self._places if word.startswith(stem)]

    def facts(self, document: int) -> Facts:
        """What is known of a document."""
        return self._documents[document][0]

    def text(self, document: int) -> tuple[Sequence[int], Sequence[str]]:
        """The position at which each page begins, and the texts of the pages."""
        return self._documents[document][1]
