"""In which order tantivy's documents come: as `ranking` and `answer` say, without reading more than is shown.

Levels of the ranking are asked in turn, and of each only what may still be among the first hits; the last ones are
added up by tantivy in one score, a digit for each level.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING
from typing import Any as Whatever

from tantivy import FieldType, Occur
from tantivy import Query as Native

from archive.search import following, paging, tantivy_query
from archive.search.facts import Facts
from archive.search.kin import older
from archive.search.paging import Place
from archive.search.query import Query
from archive.search.ranking import Every, Level, Merit, Near, Row, Some
from archive.search.tantivy_files import CLASSES, SCHEMA, Address, day_key, filed_key, kin_keys, stored
from archive.search.tantivy_query import every, one_of, some, without
from archive.search.tree import All, Not

if TYPE_CHECKING:
    from archive.search.tantivy_answer import Snapshot

_ASKED_ALONE = ("phrase", "near", "other-accents")  # levels that cost more than all others
_SLACK = 100  # documents of about the same day
_FAMILY = 1000  # papers that are one: more are asked for in a second look

Narrowing = Callable[[Native], Native]  # of documents with some words those that are asked for
Behind = Callable[[Facts], bool]  # whether a document comes behind the place that a page ended with


class Order:
    """The order of the documents of one answer, of those that match."""

    def __init__(self, opened: Snapshot, tree: All, narrow: Narrowing) -> None:
        self.opened = opened
        self._wanted = [part for part in tree.parts if not isinstance(part, Not)]
        self._words = tantivy_query.wanted(tree, opened.values)
        self._narrow = narrow
        self.matched = narrow(self._words)
        self._stored: dict[tuple[int, int], tuple[Facts, tuple[Sequence[int], Sequence[str]]]] = {}

    def stored(self, address: Address) -> tuple[Facts, tuple[Sequence[int], Sequence[str]]]:
        """Facts and text of a document, read once."""
        key = (address.segment_ord, address.doc)
        if key not in self._stored:
            self._stored[key] = stored(self.opened.searcher.doc(address))
        return self._stored[key]

    def facts(self, address: Address) -> Facts:
        """What is known of a document."""
        return self.stored(address)[0]

    def page(
        self, query: Query, levels: Sequence[Level], wanted: int
    ) -> tuple[list[Address], Mapping[str, Sequence[str]]]:
        """The first so many behind the place that the query goes on from, those left out that are folded under others;
        and what is folded under what."""
        behind = paging.after(query, levels)
        enough = wanted
        while True:
            if query.sort == "date":
                found = self._by_day(enough, behind)
            else:
                found = self._best(self._words, self._narrow, levels, enough, behind)
            folded = self._folded(found) if query.fold else {}
            under = {each for ids in folded.values() for each in ids}
            shown = [each for each in found if self.facts(each).id not in under] if under else found
            if len(shown) >= wanted or len(found) < enough:
                return shown[:wanted], folded
            enough = 2 * enough + 10

    def _folded(self, found: Sequence[Address]) -> Mapping[str, Sequence[str]]:
        """What is folded under what among all that match and may be the same papers as these."""
        known = {facts.id: facts for facts in map(self.facts, found)}
        asked: set[str] = set()
        while keys := self._shared(known.values()) - asked:
            alike = every([self.matched, one_of("kin", sorted(keys))])
            addresses = self.opened.first(alike, _FAMILY)
            if len(addresses) == _FAMILY:
                addresses = self.opened.first(alike, self.opened.count(alike))
            known |= {facts.id: facts for facts in (self.facts(address) for _, address in addresses)}
            asked |= keys
        return older(list(known.values()))

    def _shared(self, papers: Iterable[Facts]) -> set[str]:
        """The keys of kin of these papers that others in the index have as well."""
        keys = {key for facts in papers for key in kin_keys(facts)}
        return {key for key in keys if self.opened.searcher.doc_freq("kin", key) > 1}

    # --- by merits ---------------------------------------------------------------------------------------------------

    def _best(
        self, words: Native, narrow: Narrowing, levels: Sequence[Level], wanted: int, behind: Place | None
    ) -> list[Address]:
        """The first so many by all levels; of each only what may still be among them is judged by the next."""
        if wanted <= 0:
            return []
        if not levels or levels[0].name not in _ASKED_ALONE:
            return self._added_up(narrow(words), levels, wanted, behind)
        merit, rest = levels[0].merits[0], levels[1:]
        asked = tantivy_query.merit(merit)
        first: list[Address] = []
        if behind is None or behind.counts[0]:
            follow = list(following.left(rest, merit))
            here = _without_known(behind, [known for _, known in follow], [bool(level.merits) for level, _ in follow])
            told = words is self._words and following.tells(merit, self._wanted)
            having = asked if told else every([words, asked])
            first = self._best(having, narrow, [level for level, _ in follow if level.merits], wanted, here)
        if len(first) < wanted:
            here = behind.rest() if behind and not behind.counts[0] else None
            others = self._but(first) if behind is None else [asked]
            first += self._best(words, lambda each: without(narrow(each), others), rest, wanted - len(first), here)
        return first

    def _but(self, known: Sequence[Address]) -> list[Native]:
        """What leaves some documents out. To name a few costs less than to ask anew what sets them apart."""
        return [one_of("id", [self.facts(address).id for address in known])] if known else []

    def _added_up(self, query: Native, levels: Sequence[Level], wanted: int, behind: Place | None) -> list[Address]:
        """All levels in one score."""
        asked = [[self._asked(merit) for merit in level.merits] for level in levels]
        if behind is not None:
            alike = every([query, *_exactly(asked, behind.counts)])
            first = self.filed(alike, wanted, behind.filing)
            fewer = every([query, _fewer(asked, behind.counts)])
            return first + self._added_up(fewer, levels, wanted - len(first), None)
        if not levels or wanted <= 0:
            return self.filed(query, wanted)
        weights = _weights(levels)
        scored = [(Occur.Must, Native.const_score_query(query, 1.0))]
        for merits, weight in zip(asked, weights, strict=True):
            scored += [(Occur.Should, Native.const_score_query(each, float(weight))) for each in merits]
        classes = weights[0] * (len(levels[0].merits) + 1)
        if classes < CLASSES:
            return self._scored(Native.boolean_query(scored), wanted)
        # The documents of the last score that is reached are more than are wanted: the newest of these are asked for.
        found = self.opened.first(Native.boolean_query(scored), wanted)
        if len(found) < wanted:
            return self._by_score(found)
        last = found[-1][0]
        above = self._by_score([each for each in found if each[0] > last])
        alike = every([query, *_exactly(asked, list(_digits(last - 1, weights)))])
        return above + self.filed(alike, wanted - len(above))

    def _scored(self, query: Native, wanted: int) -> list[Address]:
        """The first so many by a score of few classes and then the newest, at once: recency makes each score greater
        by less than one. It tells days apart and no more, so that a few too many are looked at."""
        limit = wanted + _SLACK
        found = self.opened.first(query, limit, None, "recency")
        while len(found) == limit and found[-1][0] == found[wanted - 1][0]:
            limit *= 4
            found = self.opened.first(query, limit, None, "recency")
        return self._by_score([(int(score), address) for score, address in found])[:wanted]

    def _asked(self, merit: Merit) -> Native:
        """The documents that have a merit. Of all documents that have some common words, few may match the query: to
        look where the words stand in all of them costs a hundred times more."""
        asked = tantivy_query.merit(merit)
        return every([self.matched, asked]) if _looks_at_places(merit) else asked

    def _by_score(self, found: Sequence[tuple[float, Address]]) -> list[Address]:
        filed = self.opened.searcher.fast_field_values("filed", [address for _, address in found])
        keyed = [((score, when), address) for (score, address), when in zip(found, filed, strict=True)]
        return self._settled(sorted(keyed, key=lambda each: each[0], reverse=True))

    # --- by time -----------------------------------------------------------------------------------------------------

    def filed(self, query: Native, wanted: int, after: tuple[float, str] | None = None) -> list[Address]:
        """The first so many of these by the time of filing, behind one of them."""
        if after is None:
            return self._sorted(query, "filed", wanted)
        return self._behind(query, "filed", filed_key(-after[0]), lambda facts: facts.filing > after, wanted)

    def _by_day(self, wanted: int, behind: Place | None) -> list[Address]:
        if behind is None:
            return self._sorted(self.matched, "day", wanted)
        key = day_key(behind.counts[0], -behind.filing[0])
        return self._behind(self.matched, "day", key, lambda facts: paging.of_day(facts) > behind, wanted)

    def _behind(self, query: Native, field: str, key: int, behind: Behind, wanted: int) -> list[Address]:
        """The first so many behind a document of this key: those of the same key are told apart by reading them."""
        alike = every([query, _between(field, key, key)])
        same = [each for each in self._sorted(alike, field, self.opened.count(alike)) if behind(self.facts(each))]
        if key:
            same += self._sorted(every([query, _between(field, 0, key - 1)]), field, wanted - len(same))
        return same[: max(0, wanted)]

    def _sorted(self, query: Native, field: str, wanted: int) -> list[Address]:
        """The first so many by a field and then as filed; papers of the same moment are told apart by reading them."""
        if wanted <= 0:
            return []
        limit = wanted + 1
        found = self.opened.first(query, limit, field)
        while len(found) == limit and found[-1][0] == found[wanted - 1][0]:
            limit *= 2
            found = self.opened.first(query, limit, field)
        return self._settled(found)[:wanted]

    def _settled(self, found: Iterable[tuple[Whatever, Address]]) -> list[Address]:
        settled: list[Address] = []
        for _, group in groupby(found, key=lambda each: each[0]):
            alike = [address for _, address in group]
            if len(alike) > 1:
                alike.sort(key=lambda address: self.facts(address).filing)
            settled += alike
        return settled


def _looks_at_places(merit: Merit) -> bool:
    """Whether it matters where in a text words stand; titles are short."""
    match merit:
        case Row(words, _, title):
            return len(words) > 1 and not title
        case Every(parts) | Some(parts):
            return any(map(_looks_at_places, parts))
        case _:
            return isinstance(merit, Near)


def _between(field: str, least: int, most: int) -> Native:
    return Native.range_query(SCHEMA, field, FieldType.Unsigned, least, most)


def _without_known(behind: Place | None, known: Sequence[int], asked: Sequence[bool]) -> Place | None:
    """A place among documents that are known to have some merits, of the levels that are still asked."""
    if behind is None:
        return None
    counts = zip(behind.counts[1:], known, asked, strict=True)
    return Place(tuple(count - sure for count, sure, wanted in counts if wanted), behind.filing)


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


def _exactly(asked: Sequence[Sequence[Native]], counts: Sequence[int]) -> list[Native]:
    """What documents have in common that have so many merits of each level."""
    return [
        without(_least(merits, count), [_least(merits, count + 1)]) for merits, count in zip(asked, counts, strict=True)
    ]


def _fewer(asked: Sequence[Sequence[Native]], counts: Sequence[int]) -> Native:
    """The documents that come behind all those with so many merits of each level."""
    if not asked:
        return Native.empty_query()
    less = without(Native.all_query(), [_least(asked[0], counts[0])])
    as_many = _exactly(asked[:1], counts[:1])
    return some([less, every([*as_many, _fewer(asked[1:], counts[1:])])])


def _least(merits: Sequence[Native], count: int) -> Native:
    return some(merits, count) if count > 0 else Native.all_query()
