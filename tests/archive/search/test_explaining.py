from collections.abc import Callable

import pytest

from archive.i18n import use_language
from archive.search.fallback import search_catalogue
from archive.search.ports import IndexedDocument
from archive.search.query import parse

Paper = Callable[..., IndexedDocument]


@pytest.fixture(autouse=True)
def _in_english() -> None:
    use_language("en")


def test_a_hit_says_why_it_stands_where_it_does(paper: Paper) -> None:
    papers = [paper("far", "cán " + "chữ " * 40 + "bộ"), paper("near", "cán bộ xã", title="Cán bộ", days=1)]
    near, far = search_catalogue(parse("cán bộ", explain=True), papers, None).hits
    assert near.explain[0] == "1. the words stand next to each other, with the accents as typed: yes"
    assert far.explain[0] == "1. the words stand next to each other, with the accents as typed: no"
    assert "in the title: 2 of 2" in near.explain[-3]
    assert near.explain[-1] == "8. then the one filed last: 02/12/2021 15:00"


def test_hits_differ_first_where_their_reasons_differ_first(paper: Paper) -> None:
    """Reasons are those of the order: whatever is said of two neighbours, the upper one is not behind."""
    texts = ["cán bộ", "can bo", "bộ cán", "cán " + "x " * 40 + "bộ", "bo can", "cán cân bộ", "cán bộ " * 9, "cán bo"]
    papers = [paper(f"d{at}", text, days=at % 3) for at, text in enumerate(texts)]
    hits = search_catalogue(parse("cán bộ", explain=True), papers, None).hits
    figures = [[_figure(reason) for reason in hit.explain[:-1]] for hit in hits]
    assert figures == sorted(figures, reverse=True)
    assert len({tuple(each) for each in figures}) > 4


def _figure(reason: str) -> int:
    answer = reason.rpartition(": ")[2]
    return {"yes": 1, "no": 0}[answer] if answer in ("yes", "no") else int(answer.split()[0])


def test_by_date_nothing_else_counts(paper: Paper) -> None:
    papers = [paper("a", "cán bộ", issued="2021-12-01"), paper("b", "cán bộ")]
    reasons = {
        hit.document: hit.explain
        for hit in search_catalogue(parse("cán", sort="date", explain=True), papers, None).hits
    }
    assert reasons["a"] == ("1. by date, whatever the words are like", "2. issued on 01/12/2021")
    assert reasons["b"][1] == "2. then the one filed last: 01/12/2021 15:00"


def test_nobody_pays_for_reasons_unasked(paper: Paper) -> None:
    assert search_catalogue(parse("cán"), [paper("a", "cán")], None).hits[0].explain == ()
