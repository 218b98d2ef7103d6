"""What must hold for any archive and any query: judged against a search that reads every text from end to end."""

from collections.abc import Callable, Iterator
from itertools import combinations
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from archive.search.ports import Index, IndexedDocument
from archive.search.query import parse
from archive.search.table import ENGINES, open_index
from archive.vietnamese import fold, fold_words

UNITS = ("dv-01", "dv-02", "dv-03")
_WORDS = "cán cân can bộ bố bo đảng dang Đàng ủy uỷ hy hỉ 164 0164 cv ĐUK xã"
WORDS = _WORDS.split()
GAPS = (" ", " ", " ", "\n", "-", ", ", "\u00a0")

words = st.sampled_from(WORDS)
terms = st.one_of(
    words,
    words,
    st.lists(words, min_size=2, max_size=3).map(lambda each: f'"{" ".join(each)}"'),
    words.map(lambda each: f"-{each}"),
    words.map(lambda each: each[:2] + "*"),
    st.tuples(words, words).map(" OR ".join),
    st.sampled_from(["164-CV/ĐUK", "nam:2021", "-nam:2020", "loai:k1"]),
)
queries = st.lists(terms, min_size=1, max_size=4).map(" ".join)


def archive(paper: Callable[..., IndexedDocument]) -> list[IndexedDocument]:
    random = Random(2021)
    papers = []
    for at in range(90):
        pages = [
            "".join(random.choice(WORDS) + random.choice(GAPS) for _ in range(random.randint(1, 9)))
            for _ in range(random.randint(0, 3))
        ]
        known = {"kind": random.choice((None, "k1", "k2")), "year": random.choice((None, 2020, 2021))}
        name = f"{random.choice(WORDS)}.txt"
        unit = random.choice(UNITS)
        papers.append(paper(f"d{at:02}", *pages, unit=unit, days=random.randint(0, 5), name=name, **known))
    return papers


Archives = tuple[list[IndexedDocument], dict[frozenset[str], Index]]


@pytest.fixture(scope="module", params=sorted(ENGINES))
def archives(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, paper: Callable[..., Any]
) -> Iterator[Archives]:
    papers = archive(paper)
    indexes = {}
    for count in range(1, len(UNITS) + 1):
        for units in combinations(UNITS, count):
            index = open_index(tmp_path_factory.mktemp("units") / "index", request.param)
            index.upsert(each for each in papers if each.unit in units)
            index.commit()
            indexes[frozenset(units)] = index
    yield papers, indexes
    for index in indexes.values():
        index.close()


def everything(archives: Archives) -> Index:
    return archives[1][frozenset(UNITS)]


@settings(max_examples=150, deadline=None)
@given(query=queries, units=st.sets(st.sampled_from(UNITS), min_size=1).map(frozenset))
def test_who_may_see_some_units_is_answered_as_if_there_were_no_others(
    archives: Archives, query: str, units: frozenset[str]
) -> None:
    parsed = parse(query, limit=100)
    seen = everything(archives).search(parsed, units)
    alone = archives[1][units].search(parsed)
    assert (seen.total, seen.hits, seen.facets, seen.corrected) == (
        alone.total,
        alone.hits,
        alone.facets,
        alone.corrected,
    )


@settings(max_examples=100, deadline=None)
@given(typed=st.lists(words, min_size=1, max_size=3))
def test_the_hits_are_just_the_documents_that_have_all_words_accents_aside(
    archives: Archives, typed: list[str]
) -> None:
    def has(text: str) -> set[str]:
        return {word.lstrip("0") for word in fold_words(text).split()}

    assume("164 cv" not in " ".join(typed))  # "164 cv ĐUK" is one number, not three words
    wanted = has(" ".join(typed))
    papers = archives[0]
    expected = {each.id for each in papers if wanted <= has(" ".join((each.name, *each.pages)))}
    page = everything(archives).search(parse(" ".join(typed), limit=100))
    assert {hit.document for hit in page.hits} == expected
    assert page.total == len(expected)


@settings(max_examples=100, deadline=None)
@given(typed=st.lists(words, min_size=2, max_size=3))
def test_a_quoted_phrase_is_next_to_each_other_in_one_place(archives: Archives, typed: list[str]) -> None:
    def row(text: str) -> str:
        return " " + " ".join(word.lstrip("0") for word in fold_words(text).split()) + " "

    wanted = row(" ".join(typed))
    expected = {each.id for each in archives[0] if wanted in row(" ".join(each.pages)) or wanted in row(each.name)}
    page = everything(archives).search(parse(f'"{" ".join(typed)}"', limit=100))
    assert {hit.document for hit in page.hits} == expected


@settings(max_examples=100, deadline=None)
@given(
    query=queries,
    flags=st.fixed_dictionaries(
        {},
        optional={
            "unit": st.sampled_from(UNITS),
            "kind": st.sampled_from(["k1", "k2"]),
            "year": st.sampled_from([2020, 2021]),
        },
    ),
)
def test_a_filter_never_adds_a_hit_nor_reorders_them(archives: Archives, query: str, flags: dict[str, Any]) -> None:
    index = everything(archives)
    wide = [hit.document for hit in index.search(parse(query, limit=100)).hits]
    narrow = [hit.document for hit in index.search(parse(query, limit=100, **flags)).hits]
    kept = set(narrow)
    assert narrow == [each for each in wide if each in kept]


@settings(max_examples=100, deadline=None)
@given(query=queries)
def test_spans_lie_on_words_of_the_query_and_scores_fall(archives: Archives, query: str) -> None:
    page = everything(archives).search(parse(query, limit=100))
    papers = {each.id: each for each in archives[0]}
    asked = [word.lstrip("0") for word in fold_words(query).split()]
    for hit in page.hits:
        assert hit.page is None or hit.snippet in papers[hit.document].pages[hit.page - 1]
        for start, end in hit.spans:
            word = fold(hit.snippet[start:end]).lstrip("0")
            assert any(word.startswith(each) for each in asked), (query, word)
    scores = [hit.score for hit in page.hits]
    assert scores == sorted(scores, reverse=True)


@settings(max_examples=60, deadline=None)
@given(query=queries, size=st.integers(1, 30))
def test_pages_of_an_answer_join_without_gap_or_overlap(archives: Archives, query: str, size: int) -> None:
    index = everything(archives)
    whole = index.search(parse(query, limit=100))
    joined = []
    for offset in range(0, max(whole.total, 1), size):
        joined += index.search(parse(query, limit=size, offset=offset)).hits
    assert tuple(joined) == whole.hits
