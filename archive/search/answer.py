"""From a query and an engine's segments to a page of hits: the same for every engine."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

from archive.search import snippets
from archive.search.facts import Facts, admits
from archive.search.matching import Matcher, Segment
from archive.search.ports import Hit, Page
from archive.search.query import Query
from archive.search.ranking import Choices, Grade, choices, grade, marks


@dataclass(slots=True)
class _Found:
    """A document that matches the words of a query."""

    segment: Segment
    choices: Choices
    number: int
    facts: Facts


_Graded = tuple[Grade, float, _Found]


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
    shown = (_newest if query.sort == "date" else _best)(found, query)
    return Page(
        total=len(found),
        hits=tuple(_hit(*each) for each in shown),
        facets=_facets(found),
        took_ms=round((perf_counter() - began) * 1000, 3),
        corrected=corrected,
        generation=generation,
    )


def _find(segments: Sequence[Segment], query: Query, units: frozenset[str] | None) -> Iterator[_Found]:
    for segment in segments:
        matcher = Matcher(segment)
        numbers = matcher.documents(query.start)
        graded = choices(query.root, matcher) if numbers else ()
        for number in numbers:
            facts = segment.facts(number)
            if units is None or facts.unit in units:
                yield _Found(segment, graded, number, facts)


def _best(found: Sequence[_Found], query: Query) -> list[_Graded]:
    best = heapq.nsmallest(
        query.offset + query.limit,
        map(_graded, found),
        key=lambda item: (-item[1], -item[2].facts.filed, item[2].facts.id),
    )
    return best[query.offset :]


def _newest(found: Sequence[_Found], query: Query) -> list[_Graded]:
    newest = sorted(found, key=lambda each: each.facts.id)
    newest.sort(key=lambda each: (each.facts.day, each.facts.filed), reverse=True)
    return [_graded(each) for each in newest[query.offset : query.offset + query.limit]]


def _graded(found: _Found) -> _Graded:
    its_grade = grade(found.choices, found.number)
    return its_grade, its_grade.score(found.facts.length), found


def _hit(its_grade: Grade, score: float, found: _Found) -> Hit:
    facts = found.facts
    starts, pages = found.segment.text(found.number)
    shown = marks(found.choices, found.number)
    page = snippets.best_page(shown, starts)
    words, spans = snippets.snippet(pages[page - 1], starts[page - 1], shown) if page else ("", ())
    return Hit(
        document=facts.id,
        unit=facts.unit,
        kind=facts.kind,
        name=facts.name,
        title=facts.title,
        page=page,
        score=round(score, 6),
        snippet=words,
        spans=spans,
        matched="exact" if its_grade.exact else "folded",
        source=facts.source,
    )


def _facets(found: Sequence[_Found]) -> dict[str, dict[str, int]]:
    """How many hits each unit, kind and year has, most first; documents of no kind or year are in none."""
    counts = {
        "unit": Counter(each.facts.unit for each in found if each.facts.unit is not None),
        "kind": Counter(each.facts.kind for each in found if each.facts.kind is not None),
        "year": Counter(str(each.facts.year) for each in found if each.facts.year is not None),
    }
    return {
        name: dict(sorted(counter.items(), key=lambda item: (-item[1], item[0]))) for name, counter in counts.items()
    }
