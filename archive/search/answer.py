"""From a query and an engine's segments to a page of hits: the same for every engine."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from archive.search import paging, snippets
from archive.search.explaining import explain
from archive.search.facts import Facts, admits
from archive.search.kin import older
from archive.search.matching import Matcher, Segment
from archive.search.ports import Hit, Page
from archive.search.query import Query
from archive.search.ranking import Choices, Grade, choices, grade, marks
from archive.search.sight import may_see
from archive.search.suggesting import suggest


@dataclass(slots=True)
class _Found:
    """A document that matches the words of a query."""

    segment: Segment
    choices: Choices
    number: int
    facts: Facts


_Placed = tuple[paging.Place, _Found]


def answer(segments: Sequence[Segment], query: Query, units: frozenset[str] | None, generation: int) -> Page:
    """Search all segments. Whether Telex keys were typed is judged before the filters, else a filter could add hits."""
    began = perf_counter()
    behind = paging.after(query)
    corrected = None
    suggestions: tuple[str, ...] = ()
    found = list(_find(segments, query, units))
    if not found and (meant := query.corrected()):
        found = list(_find(segments, meant, units))
        if found:
            query, corrected = meant, meant.text
    if not found:
        suggestions = suggest(segments, query, units)
    found = [each for each in found if admits(query, each.facts)]
    folded = older([each.facts for each in found]) if query.fold else {}
    shown, more = _page(found, query, folded, behind)
    return Page(
        total=len(found),
        hits=tuple(_hit(each, query, tuple(folded.get(each.facts.id, ()))) for _place, each in shown),
        facets=_facets(found),
        took_ms=round((perf_counter() - began) * 1000, 3),
        corrected=corrected,
        generation=generation,
        next=paging.key_of(query, shown[-1][0]) if shown and more else None,
        understood=query.understood,
        suggestions=suggestions,
    )


def _find(segments: Sequence[Segment], query: Query, units: frozenset[str] | None) -> Iterator[_Found]:
    for segment in segments:
        matcher = Matcher(segment)
        numbers = matcher.documents(query.start)
        graded = choices(query.root, matcher) if numbers else ()
        for number in numbers:
            facts = segment.facts(number)
            if may_see(units, facts.unit) and facts.id not in query.without:
                yield _Found(segment, graded, number, facts)


def _page(
    found: Sequence[_Found], query: Query, folded: Mapping[str, Sequence[str]], behind: paging.Place | None
) -> tuple[list[_Placed], bool]:
    """The documents to show in their order, and whether more come after them."""
    under = {each for ids in folded.values() for each in ids}
    placed = (
        (paging.place(query, each.facts, 0.0 if query.sort == "date" else _score(each)), each)
        for each in found
        if each.facts.id not in under
    )
    wanted = ((place, each) for place, each in placed if behind is None or place > behind)
    until = query.offset + query.limit
    first = heapq.nsmallest(until + 1, wanted, key=lambda item: item[0])
    return first[query.offset : until], len(first) > until


def _score(found: _Found) -> float:
    return grade(found.choices, found.number).score(found.facts.length)


def _hit(found: _Found, query: Query, versions: tuple[str, ...]) -> Hit:
    facts = found.facts
    its_grade: Grade = grade(found.choices, found.number)
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
        score=round(its_grade.score(facts.length), 6),
        snippet=words,
        spans=spans,
        matched="exact" if its_grade.exact else "folded",
        source=facts.source,
        number=facts.number,
        code=facts.code,
        issued_on=facts.issued_on,
        year=facts.year,
        confidence=facts.confidence,
        versions=versions,
        explain=explain(its_grade, facts, query) if query.explain else (),
    )


def _facets(found: Sequence[_Found]) -> dict[str, dict[str, int]]:
    """How many documents each unit, kind and year has, most first; those of no kind or year are in none."""
    counts = {
        "unit": Counter(each.facts.unit for each in found if each.facts.unit is not None),
        "kind": Counter(each.facts.kind for each in found if each.facts.kind is not None),
        "year": Counter(str(each.facts.year) for each in found if each.facts.year is not None),
    }
    return {
        name: dict(sorted(counter.items(), key=lambda item: (-item[1], item[0]))) for name, counter in counts.items()
    }
