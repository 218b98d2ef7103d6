"""Every engine gives the same answer, to the letter, as reading all texts does."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.search.fallback import search_catalogue
from archive.search.ports import Index, IndexedDocument, Page
from archive.search.query import parse
from archive.search.table import ENGINES, open_index

CORPORA = 12
_WORDS = "cán cân can bộ bố bo đảng dang Đàng ủy uỷ hy hỉ 164 0164 cv ĐUK xã trường trưởng truong trùng thi"
WORDS = _WORDS.split()
GAPS = (" ", " ", " ", "\n", "-", ", ", "\u00a0", " một hai ba bốn năm sáu " * 5)
UNITS = ("dv-01", "dv-02", "Đảng bộ xã", None)
KINDS = ("bao-cao-tong-ket", "bao-cao-ktgs", "to-trinh", None)
CODES = ("164-CV/ĐUK", "12-BC/ĐU", "5/12/2021", None)

words = st.sampled_from(WORDS)
several = st.lists(words, min_size=2, max_size=4).map(" ".join)
terms = st.one_of(
    words,
    words,
    several,
    several.map('"{}"'.format),
    several.map('-"{}"'.format),
    words.map("-{}".format),
    words.map(lambda word: f"{word[:3]}*"),
    words.map(lambda word: f"-{word[:3]}*"),
    st.tuples(words, words).map(lambda pair: f'"{pair[0]} {pair[1][:2]}*"'),
    st.tuples(words, words).map(" OR ".join),
    st.tuples(several, words).map(lambda pair: f'"{pair[0]}" OR {pair[1]}'),
    st.sampled_from(
        [
            "164-CV/ĐUK",
            "so:164",
            "cnas",
            "boj trươnn",
            "so:12",
            "-so:12",
            "so:BC/ĐU",
            "nam:2021",
            "-nam:2020",
            "loai:bao-cao",
            "tu:1/2021",
            "don-vi:dv-01",
            'đơn-vị:"đảng bộ xã"',
            "den:2020",
            "canf booj",
            "so:12 OR loai:to-trinh",
            "nam:2021 OR cán",
            "nam:２０２１",
            f"{'x' * 65}* cán",
        ]
    ),
)
queries = st.lists(terms, min_size=0, max_size=3).map(" ".join)
flags = st.fixed_dictionaries(
    {"limit": st.integers(0, 12)},
    optional={
        "unit": st.sampled_from(["dv-01", "Đảng bộ xã", "nobody", "\ud800"]),
        "kind": st.sampled_from([kind for kind in KINDS if kind]),
        "year": st.sampled_from([2020, 2021]),
        "from_": st.sampled_from(["2020-06-01", "2021"]),
        "to": st.sampled_from(["2020-12-31", "2021"]),
        "sort": st.sampled_from(["date", "relevance"]),
        "offset": st.one_of(st.integers(0, 15), st.just(10**18)),
        "all_versions": st.booleans(),
        "explain": st.just(True),
    },
)
seen_by = st.one_of(st.none(), st.sets(st.sampled_from(["dv-01", "dv-02", "Đảng bộ xã"])).map(frozenset))


def corpus(seed: int, paper: Callable[..., IndexedDocument]) -> list[IndexedDocument]:
    random = Random(seed)

    def text(most: int) -> str:
        return "".join(random.choice(WORDS) + random.choice(GAPS) for _ in range(random.randint(0, most)))

    papers: list[IndexedDocument] = []
    for at in range(random.choice((1, 8, 40, 70))):
        pages = tuple(text(12) for _ in range(random.randint(0, 3)))
        copied = random.choice(papers) if papers and random.random() < 0.3 else None
        made = paper(
            f"d{at:02}",
            *(copied.pages if copied and random.random() < 0.8 else pages),
            unit=random.choice(UNITS),
            kind=random.choice(KINDS),
            year=random.choice((None, 2020, 2021)),
            code=random.choice(CODES),
            title=random.choice((None, text(4))),
            name=f"{random.choice(WORDS)} {random.choice(WORDS)}.txt",
            issued=random.choice((None, "2020-01-15", "2020-12-31", "2021-03-01")),
            days=random.randint(0, 6),
            version_of=copied.id if copied and random.random() < 0.5 else None,
        )
        papers.append(replace(made, unit=copied.unit) if copied and random.random() < 0.7 else made)
    return papers


class Archives(list[tuple[list[IndexedDocument], Index]]):
    def __repr__(self) -> str:
        return f"{len(self)} archives"


@pytest.fixture(scope="module", params=sorted(ENGINES))
def archives(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, paper: Callable[..., Any]
) -> Iterator[Archives]:
    """Papers in indexes of several segments, some of them replaced and some taken out again."""
    made = Archives()
    for seed in range(CORPORA):
        papers = corpus(seed, paper)
        made.append((papers, filled(tmp_path_factory.mktemp("same") / "index", request.param, papers, paper)))
    yield made
    for _papers, index in made:
        index.close()


def filled(folder: Path, engine: str, papers: list[IndexedDocument], paper: Callable[..., Any]) -> Index:
    index = open_index(folder, engine)
    index.upsert([paper("gone", "cán bộ đảng ủy"), *(paper(each.id, "cán bộ") for each in papers[::3])])
    index.commit()
    for part in (papers[: len(papers) // 2], papers[len(papers) // 2 :]):
        index.upsert(part)
        index.delete(["gone"])
        index.commit()
    return index


def told(page: Page) -> Page:
    return replace(page, took_ms=0.0, generation=0)


@settings(max_examples=400, deadline=None)
@given(
    at=st.integers(0, CORPORA - 1),
    query=queries,
    options=flags,
    units=seen_by,
    without=st.sets(st.sampled_from(["d00", "d01", "d02"])).map(frozenset),
)
def test_an_engine_answers_as_reading_everything_does(
    archives: Archives,
    at: int,
    query: str,
    options: dict[str, Any],
    units: frozenset[str] | None,
    without: frozenset[str],
) -> None:
    papers, index = archives[at]
    parsed = replace(parse(query, **options), without=without)
    page = search_catalogue(parsed, papers, units)
    assert told(index.search(parsed, units)) == told(page)
    if page.next:
        following = replace(parsed, after=page.next, offset=0)
        assert told(index.search(following, units)) == told(search_catalogue(following, papers, units))
