"""From a query and an engine's segments to a page of hits: the same for every engine."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from archive.search import paging, ranking, snippets
from archive.search.explaining import explain
from archive.search.facts import Facts, admits
from archive.search.kin import older
from archive.search.matching import Matcher, Segment
from archive.search.paging import Place
from archive.search.ports import Hit, Page
from archive.search.query import Query
from archive.search.ranking import Level
from archive.search.sight import may_see
from archive.search.suggesting import InSegments, suggest


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
    found = list(find(segments, query, units))
    if not found and (meant := query.corrected()):
        found = list(find(segments, meant, units))
        if found:
            query, corrected = meant, meant.text
    suggestions = () if found else suggest(query, InSegments([Matcher(each) for each in segments], query, units))
    found = [each for each in found if admits(query, each.facts)]
    levels = ranking.levels(query.root)
    folded = older([each.facts for each in found]) if query.fold else {}
    first, more = _page(found, query, levels, folded)
    hits, key = shown(first, query, levels, folded, more)
    return Page(
        total=len(found),
        hits=hits,
        facets=_facets(found),
        took_ms=round((perf_counter() - began) * 1000, 3),
        corrected=corrected,
        generation=generation,
        next=key,
        understood=query.understood,
        suggestions=suggestions,
    )


def find(segments: Sequence[Segment], query: Query, units: frozenset[str] | None) -> Iterator[Found]:
    """The documents that may be seen and match the words of a query."""
    for segment in segments:
        matcher = Matcher(segment)
        for number in matcher.documents(query.start):
            facts = segment.facts(number)
            if may_see(units, facts.unit) and facts.id not in query.without:
                yield Found(matcher, number, facts)


def _page(
    found: Sequence[Found], query: Query, levels: Sequence[Level], folded: Mapping[str, Sequence[str]]
) -> tuple[list[Found], bool]:
    """The documents to show in their order, and whether more come after them."""
    behind = paging.after(query, levels)
    under = {each for ids in folded.values() for each in ids}
    shown = [each for each in found if each.facts.id not in under]
    until = query.offset + query.limit
    by_date = query.sort == "date"
    first = _newest(shown, until + 1, behind) if by_date else _best(shown, levels, until + 1, behind)
    return first[query.offset : until], len(first) > until


def _best(found: Sequence[Found], levels: Sequence[Level], wanted: int, behind: Place | None) -> list[Found]:
    """The first so many behind a place; of a level, only what may still be among them is judged by the next."""
    if not levels:
        left = found if behind is None else [each for each in found if each.facts.filing > behind.filing]
        return heapq.nsmallest(wanted, left, key=lambda each: each.facts.filing)
    if len(found) < 2 and behind is None:
        return list(found)
    groups = _by_count(found, levels[0])
    first: list[Found] = []
    for count in sorted(groups, reverse=True):
        if len(first) < wanted and (behind is None or count <= behind.counts[0]):
            here = behind.rest() if behind and count == behind.counts[0] else None
            first += _best(groups[count], levels[1:], wanted - len(first), here)
    return first


def _by_count(found: Sequence[Found], level: Level) -> dict[int, list[Found]]:
    """The documents by how many merits of a level they have."""
    groups: defaultdict[int, list[Found]] = defaultdict(list)
    for each, count in zip(found, _counts(found, level), strict=True):
        groups[count].append(each)
    return groups


def _counts(found: Sequence[Found], level: Level) -> list[int]:
    """How many merits of a level each document has."""
    numbers: defaultdict[Matcher, set[int]] = defaultdict(set)
    for each in found:
        numbers[each.matcher].add(each.number)
    counts = {matcher: ranking.tally(level, matcher, some) for matcher, some in numbers.items()}
    return [counts[each.matcher][each.number] for each in found]


def _newest(found: Sequence[Found], wanted: int, behind: Place | None) -> list[Found]:
    dated = ((paging.of_day(each.facts), each) for each in found)
    return [each for _, each in heapq.nsmallest(
        wanted, (item for item in dated if behind is None or item[0] > behind), key=lambda item: item[0]
    )]  # fmt: skip


def shown(
    found: Sequence[Found], query: Query, levels: Sequence[Level], folded: Mapping[str, Sequence[str]], more: bool
) -> tuple[tuple[Hit, ...], str | None]:
    """The documents of a page as they are shown, each with the ids of what is folded under it; and, if there are more,
    the key of the next page."""
    counts = list(zip(*(_counts(found, level) for level in levels), strict=True)) or [()] * len(found)
    hits = tuple(
        _hit(each, query, levels, judged, folded.get(each.facts.id, ()))
        for each, judged in zip(found, counts, strict=True)
    )
    return hits, _key(found[-1], counts[-1], query) if more and found else None


def _key(last: Found, counts: tuple[int, ...], query: Query) -> str:
    by_date = query.sort == "date"
    return paging.key_of(query, paging.of_day(last.facts) if by_date else Place(counts, last.facts.filing))


def _hit(found: Found, query: Query, levels: Sequence[Level], counts: Sequence[int], versions: Sequence[str]) -> Hit:
    facts, matcher, number = found.facts, found.matcher, found.number
    starts, pages = matcher.segment.text(number)
    marks = ranking.marks(query.root, matcher, number)
    page = snippets.best_page(marks, starts)
    words, spans = snippets.snippet(pages[page - 1], starts[page - 1], marks) if page else ("", ())
    return Hit(
        document=facts.id,
        unit=facts.unit,
        kind=facts.kind,
        name=facts.name,
        title=facts.title,
        page=page,
        score=ranking.score(levels, counts),
        snippet=words,
        spans=spans,
        matched="exact" if ranking.is_exact(query.root, matcher, number) else "folded",
        source=facts.source,
        number=facts.number,
        code=facts.code,
        issued_on=facts.issued_on,
        year=facts.year,
        confidence=facts.confidence,
        versions=tuple(versions),
        explain=explain(levels, counts, facts, query) if query.explain else (),
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
    """Facets: how many documents each unit, kind and year has, most first; those of no kind or year are in none."""
    return {name: dict(sorted(each.items(), key=lambda item: (-item[1], item[0]))) for name, each in counts.items()}
