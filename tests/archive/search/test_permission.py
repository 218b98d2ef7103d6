"""Permission by construction: what somebody finds who may see some units is what they would find if there were no
others: hits, order, snippets, counts, facets, what is folded, suggestions, and the keys of the pages.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from archive.search.answer import answer
from archive.search.fallback import search_catalogue
from archive.search.ports import Index, IndexedDocument, Page
from archive.search.query import Query, parse
from archive.search.table import ENGINES, open_index
from tests.archive.search.making import in_memory

Paper = Callable[..., IndexedDocument]

UNITS = ("dv-01", "dv-02", "dv-03", "dv-04")
WORDS = ["cán", "cân", "can", "bộ", "bố", "đảng", "Đàng", "ủy", "uỷ", "kỷ", "kỉ", "12", "012", "bc", "ĐU", "xã", "thủy"]
RARE = ["bơm", "lưới", "ghe", "dừa"]  # each in one unit only
TYPED = (*WORDS, *RARE, "cnán", "canbộ", "ghw", "tieets", "ddangr", "kyr")
LONG = "một bản báo cáo dài hơn năm mươi từ về việc trồng dừa và chở nước ngọt của tổ thủy nông ấp bàu " * 3
CASES = 5000


def corpus(random: Random, paper: Paper) -> list[IndexedDocument]:
    """Papers of four units; some are versions of others, some the same text again, in the same unit or another."""
    found: list[IndexedDocument] = []
    for at in range(40):
        unit = random.choice(UNITS)
        rare = random.choice(RARE) if unit == "dv-01" else ""
        text = " ".join((*random.choices(WORDS, k=random.randint(1, 9)), rare))
        first = random.choice(found) if found and random.random() < 0.3 else None
        found.append(
            paper(
                f"d{at:02}",
                random.choice((LONG, "")) + text if random.random() < 0.9 else LONG,
                unit=unit,
                days=random.randint(0, 5),
                kind=random.choice((None, "k1", "k2")),
                year=random.choice((None, 2020, 2021)),
                code=random.choice((None, "12-BC/ĐU")),
                issued=random.choice((None, "2021-12-01")),
                version_of=first.version_of or first.id if first else None,
            )
        )
    return found


def query(random: Random) -> Query:
    def term() -> str:
        word = random.choice(TYPED)
        other = random.choice(TYPED)
        forms = (word, word, word, f'"{word} {other}"', f"-{word}", f"{word[:2]}*", f"{word} OR {other}")
        return random.choice((*forms, "12-BC/ĐU", "so:12", "nam:2021", "loai:k1", f"don-vi:{random.choice(UNITS)}"))

    return parse(
        " ".join(term() for _ in range(random.randint(0, 3))),
        unit=random.choice((None, None, None, *UNITS)),
        year=random.choice((None, None, None, 2021)),
        from_=random.choice((None, None, None, "2021")),
        sort=random.choice(("relevance", "date")),
        limit=random.choice((2, 5, 100)),
        offset=random.choice((0, 0, 1)),
        explain=random.random() < 0.2,
        all_versions=random.random() < 0.3,
    )


def told(page: Page) -> tuple[Any, ...]:
    """All that an answer tells."""
    return page.total, page.hits, page.facets, page.next, page.corrected, page.understood, page.suggestions


def some_units(random: Random) -> frozenset[str]:
    return frozenset(random.sample(UNITS, random.randint(0, len(UNITS))))


SUBSETS = [frozenset(unit for at, unit in enumerate(UNITS) if bits >> at & 1) for bits in range(2 ** len(UNITS))]


def pages(search: Callable[[Query], Page], asked: Query) -> list[tuple[Any, ...]]:
    """An answer and the page after it."""
    first = search(asked)
    if first.next is None:
        return [told(first)]
    return [told(first), told(search(replace(asked, after=first.next, offset=0)))]


def test_an_answer_is_that_over_the_units_that_may_be_seen_alone(paper: Paper) -> None:
    random = Random(2021)
    for _ in range(CASES // 50):
        papers = corpus(random, paper)
        everything = in_memory(papers)
        alone = {units: in_memory(each for each in papers if each.unit in units) for units in SUBSETS}
        for _ in range(50):
            asked, units = query(random), random.choice(SUBSETS)
            seen = pages(lambda each: answer([everything], each, units, 0), asked)  # noqa: B023 (called at once)
            assert seen == pages(lambda each: answer([alone[units]], each, None, 0), asked), (asked, units)  # noqa: B023


@pytest.fixture(scope="module", params=sorted(ENGINES))
def indexes(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, paper: Paper
) -> Iterator[dict[frozenset[str], Index]]:
    papers = corpus(Random(7), paper)
    indexes = {}
    for units in SUBSETS:
        indexes[units] = open_index(tmp_path_factory.mktemp("units") / "index", request.param)
        indexes[units].upsert(each for each in papers if each.unit in units)
        indexes[units].commit()
    yield indexes
    for index in indexes.values():
        index.close()


def test_so_it_is_with_every_engine(indexes: dict[frozenset[str], Index]) -> None:
    random = Random(42)
    everything = indexes[frozenset(UNITS)]
    for _ in range(CASES // 5):
        asked, units = query(random), random.choice(SUBSETS)
        seen = pages(lambda each: everything.search(each, units), asked)  # noqa: B023
        assert seen == pages(indexes[units].search, asked), (asked, units)


def test_documents_to_be_left_out_are_not_there(paper: Paper) -> None:
    """What the catalogue holds otherwise than the index is neither shown nor counted."""
    random = Random(3)
    for _ in range(100):
        papers = corpus(random, paper)
        gone = frozenset(each.id for each in random.sample(papers, 5))
        asked = query(random)
        without = answer([in_memory(papers)], replace(asked, without=gone), None, 0)
        assert told(without) == told(search_catalogue(asked, [each for each in papers if each.id not in gone], None))


def test_the_catalogue_answers_as_all_words_in_memory_do(paper: Paper) -> None:
    """Though it keeps only what the query asks about, and reads again only what is shown."""
    random = Random(5)
    for _ in range(40):
        papers = corpus(random, paper)
        pages_of = {each.id: each.pages for each in papers}
        everything = in_memory(papers)
        for _ in range(5):
            asked, units = query(random), some_units(random)
            read: list[str] = []

            def text(document: str, read: list[str] = read, pages: dict[str, tuple[str, ...]] = pages_of) -> Any:
                read.append(document)
                return pages[document]

            page = search_catalogue(asked, iter(papers), units, text)
            assert told(page) == told(answer([everything], asked, units, 0)), (asked, units)
            assert read == [hit.document for hit in page.hits]
