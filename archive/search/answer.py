"""From a query and an engine's segments to a page of hits: the same for every engine."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from archive.search import ranking, snippets
from archive.search.facts import Facts, admits
from archive.search.matching import Matcher, Segment
from archive.search.ports import Hit, Page
from archive.search.query import Query
from archive.search.ranking import Level


@dataclass(slots=True)
class Found:
    """A document that matches the words of a query."""

    matcher: Matcher
    number: int
    facts: Facts


def answer(segments: Sequence[Segment], query: Query, units: frozenset[str] | None, generation: int) -> Page:
    """Search all segments. Whether Telex keys were typed is judged before the filters, else a filter could add hits."""
    began = perf_counter()
    corrected = None
    found = list(_find(segments, query, units))
    if not found and (meant := query.corrected()):
        found = list(_find(segments, meant, units))
        if found:
            query, corrected = meant, meant.text
    found = [each for each in found if admits(query, each.facts)]
    levels = ranking.levels(query.root)
    wanted = query.offset + query.limit
    first = _newest(found, wanted) if query.sort == "date" else _best(found, levels, wanted)
    return Page(
        total=len(found),
        hits=tuple(hit(each, query, levels) for each in first[query.offset :]),
        facets=_facets(found),
        took_ms=round((perf_counter() - began) * 1000, 3),
        corrected=corrected,
        generation=generation,
    )


def _find(segments: Sequence[Segment], query: Query, units: frozenset[str] | None) -> Iterator[Found]:
    for segment in segments:
        matcher = Matcher(segment)
        for number in matcher.documents(query.start):
            facts = segment.facts(number)
            if units is None or facts.unit in units:
                yield Found(matcher, number, facts)


def _best(found: Sequence[Found], levels: Sequence[Level], wanted: int) -> list[Found]:
    """The first so many; of a level, only what may still be among them is judged by the next."""
    if wanted <= 0 or len(found) < 2 or not levels:
        return heapq.nsmallest(wanted, found, key=by_filing)
    groups: defaultdict[int, list[Found]] = defaultdict(list)
    for each in found:
        groups[sum(ranking.has(merit, each.matcher, each.number) for merit in levels[0].merits)].append(each)
    first: list[Found] = []
    for count in sorted(groups, reverse=True):
        if len(first) < wanted:
            first += _best(groups[count], levels[1:], wanted - len(first))
    return first


def by_filing(found: Found) -> tuple[float, str]:
    """The newest first; papers filed together by their ids."""
    return -found.facts.filed, found.facts.id


def _newest(found: Iterable[Found], wanted: int) -> list[Found]:
    newest = sorted(found, key=by_filing)
    newest.sort(key=lambda each: each.facts.day, reverse=True)
    return newest[:wanted]


def hit(found: Found, query: Query, levels: Sequence[Level]) -> Hit:
    """A document found, as it is shown."""
    facts, matcher, number = found.facts, found.matcher, found.number
    starts, pages = matcher.segment.text(number)
    shown = ranking.marks(query.root, matcher, number)
    page = snippets.best_page(shown, starts)
    words, spans = snippets.snippet(pages[page - 1], starts[page - 1], shown) if page else ("", ())
    return Hit(
        document=facts.id,
        unit=facts.unit,
        kind=facts.kind,
        name=facts.name,
        title=facts.title,
        page=page,
        score=ranking.score(levels, ranking.rank(levels, matcher, number)),
        snippet=words,
        spans=spans,
        matched="exact" if ranking.is_exact(query.root, matcher, number) else "folded",
        source=facts.source,
    )


def _facets(found: Sequence[Found]) -> dict[str, dict[str, int]]:
    return in_order(
        {
            "unit": Counter(each.facts.unit for each in found if each.facts.unit is not None),
            "kind": Counter(each.facts.kind for each in found if each.facts.kind is not None),
            "year": Counter(str(each.facts.year) for each in found if each.facts.year is not None),
        }
    )


def in_order(counts: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """Facets: how many hits each unit, kind and year has, most first; documents of no kind or year are in none."""
    return {name: dict(sorted(each.items(), key=lambda item: (-item[1], item[0]))) for name, each in counts.items()}
