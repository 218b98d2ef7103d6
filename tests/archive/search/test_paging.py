"""Going on behind a hit: by its key, whatever was added meanwhile."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from archive.search.fallback import search_catalogue
from archive.search.paging import BadKey
from archive.search.ports import IndexedDocument
from archive.search.query import parse

Paper = Callable[..., IndexedDocument]
QUERY = "cán bộ OR ủy"
WORDS = ["cán", "bộ", "can", "xã", "ủy"]


def some(random: Random, paper: Paper, count: int, start: int) -> list[IndexedDocument]:
    return [
        paper(
            f"d{at:03}",
            " ".join(random.choices(WORDS, k=6)),
            days=random.randint(0, 4),
            issued=random.choice((None, "2021-11-30", "2021-12-02")),
        )
        for at in range(start, start + count)
    ]


@pytest.mark.parametrize("sort", ["relevance", "date"])
@pytest.mark.parametrize("seed", range(5))
def test_no_hit_comes_twice_or_is_left_out_while_others_are_added(paper: Paper, sort: str, seed: int) -> None:
    random = Random(seed)
    papers = some(random, paper, 40, 0)
    before = [hit.document for hit in search_catalogue(parse(QUERY, limit=100, sort=sort), papers, None).hits]
    seen: list[str] = []
    after: str | None = None
    while True:
        page = search_catalogue(parse(QUERY, limit=3, sort=sort, after=after), papers, None)
        seen += [hit.document for hit in page.hits]
        after = page.next
        if after is None:
            break
        papers += some(random, paper, 2, len(papers))
    assert [each for each in seen if each in before] == before
    assert len(seen) == len(set(seen))


def test_the_last_page_has_no_next(paper: Paper) -> None:
    papers = [paper(name, "cán bộ") for name in "abcd"]
    assert search_catalogue(parse("cán", limit=4), papers, None).next is None
    first = search_catalogue(parse("cán", limit=2), papers, None)
    second = search_catalogue(parse("cán", limit=2, after=first.next), papers, None)
    assert ([hit.document for hit in second.hits], second.next, second.total) == (["c", "d"], None, 4)


def test_a_key_of_another_answer_is_refused(paper: Paper) -> None:
    papers = [paper(name, "cán bộ xã") for name in "abcd"]
    key = search_catalogue(parse("cán bộ", limit=2), papers, None).next
    for text, after, sort in (
        ("cán bộ", "???", None),
        ("cán bộ", "e30", None),
        ("cán bộ", key, "date"),
        ("", key, None),
    ):
        with pytest.raises(BadKey):
            search_catalogue(parse(text, after=after, sort=sort), papers, None)


@pytest.mark.parametrize("sort", ["relevance", "date"])
def test_a_key_made_up_is_refused_by_every_engine(shelf: Any, paper: Paper, sort: str) -> None:
    """Not taken for a damaged index."""
    shelf.put(*(paper(name, "cán bộ xã") for name in "abcd"))
    key = shelf.page("cán bộ", limit=2, sort=sort).next
    way, counts, filed, document = json.loads(urlsafe_b64decode(key + "=="))
    for told in (
        [way, counts, float("nan"), document],
        [way, counts, float("inf"), document],
        [way, counts, -1e19, document],
        [way, [10**30] * len(counts), filed, document],
        [way, [float("inf")] * len(counts), filed, document],
        [way, [-1] * len(counts), filed, document],
        [way, [*counts, 0], filed, document],
    ):
        with pytest.raises(BadKey):
            shelf.page("cán bộ", after=urlsafe_b64encode(json.dumps(told).encode()).decode(), sort=sort)
    with pytest.raises(BadKey):
        shelf.page("cán bộ", after=urlsafe_b64encode(b"[" * 100_000).decode(), sort=sort)
