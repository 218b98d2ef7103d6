"""What may have been meant, from what the searcher may see."""

from collections.abc import Callable

import pytest

from archive.search.fallback import search_catalogue
from archive.search.ports import IndexedDocument
from archive.search.query import parse

Paper = Callable[..., IndexedDocument]


@pytest.fixture(name="papers")
def papers_fixture(paper: Paper) -> list[IndexedDocument]:
    return [
        paper("a", "Kiểm tra hồ sơ, kiểm kê kho 12-BC/ĐU"),
        paper("b", "kiểm soát nội bộ"),
        paper("c", "bơm chìm", unit="dv-02"),
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kiemm", ("kiểm",)),
        ("kiẻn", ("kiểm",)),
        ("Kiểm trs", ("Kiểm tra",)),
        ("kiẻm trs", ("kiểm tra",)),
        ('"hồ so" trz', ('"hồ so" tra',)),
        ("kiểmtra", ("kiểm tra",)),
        ("iểmk", ()),
        ("xxxx yyyy", ()),
        ("kiemm trs", ("kiểm tra",)),
        ('"hop sok" kiểm', ('"hồ sơ" kiểm',)),
        ("kiemm trs xyzzy", ()),
        ("kiemm bpm", ()),
        ('"kiemm trs', ("kiểm tra",)),
        ("13-BC/ĐU", ()),
        ("kiểm -kiểm", ()),
        ("bpm", ()),
        ("kiểm tra", ()),
    ],
)
def test_one_slip_is_mended(papers: list[IndexedDocument], typed: str, meant: tuple[str, ...]) -> None:
    page = search_catalogue(parse(typed), papers, frozenset({"dv-01"}))
    assert page.suggestions == meant
    for text in meant:
        assert search_catalogue(parse(text), papers, frozenset({"dv-01"})).total


def test_what_most_documents_have_comes_first(paper: Paper) -> None:
    papers = [paper("a", "bơm"), paper("b", "bờ"), paper("c", "bờ"), paper("d", "bo")]
    assert search_catalogue(parse("boz"), papers, None).suggestions == ("bờ", "bơm")


def test_the_accents_that_were_typed_are_kept_where_there_are_such(paper: Paper) -> None:
    papers = [paper("a", "biên bản"), *(paper(name, "bàn ghế ở biên giới") for name in "bcd")]
    assert search_catalogue(parse("biên bnả"), papers, None).suggestions == ("biên bản",)
    assert search_catalogue(parse("bien bna"), papers, None).suggestions == ("bien bàn",)


def test_where_a_filter_leaves_nothing_the_words_are_right(papers: list[IndexedDocument]) -> None:
    assert search_catalogue(parse("kiểm", year=1999), papers, None).suggestions == ()
