"""Older versions and near-duplicates lie folded under the newest paper that matches."""

from collections.abc import Callable
from typing import Any

import pytest

from archive.search.fallback import search_catalogue
from archive.search.kin import LONG_ENOUGH
from archive.search.ports import IndexedDocument
from archive.search.query import parse

Paper = Callable[..., IndexedDocument]
LONG = " ".join(f"từ{at}" for at in range(LONG_ENOUGH))


def found(papers: list[IndexedDocument], text: str = "dừa", **flags: Any) -> list[tuple[str, tuple[str, ...]]]:
    page = search_catalogue(parse(text, **flags), papers, None)
    assert page.total == sum(1 + len(hit.versions) for hit in page.hits)
    return [(hit.document, hit.versions) for hit in page.hits]


def test_versions_lie_under_the_newest(paper: Paper) -> None:
    papers = [
        paper("first", "trồng dừa"),
        paper("third", "trồng dừa xiêm", days=2, version_of="first"),
        paper("second", "trồng dừa nước", days=1, version_of="first"),
        paper("another", "dừa"),
    ]
    assert dict(found(papers)) == {"third": ("second", "first"), "another": ()}
    assert {each for each, _ in found(papers, all_versions=True)} == {"first", "second", "third", "another"}


def test_of_versions_only_those_that_match_count(paper: Paper) -> None:
    papers = [paper("first", "trồng dừa"), paper("second", "trồng lúa", days=1, version_of="first")]
    assert found(papers) == [("first", ())]
    papers[0] = paper("first", "trồng dừa", year=2020)
    papers[1] = paper("second", "trồng dừa", year=2021, days=1, version_of="first")
    assert found(papers, year=2020) == [("first", ())]


def test_the_rank_is_that_of_the_newest(paper: Paper) -> None:
    papers = [
        paper("old", "trồng dừa", title="Trồng dừa"),
        paper("new", "trồng " + "chữ " * 40 + "dừa", days=1, version_of="old"),
        paper("other", "trồng dừa"),
    ]
    assert [each for each, _ in found(papers, "trồng dừa")] == ["other", "new"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"text": f"dừa {LONG}"}, {"text": f"Dừa,\n\n{LONG.upper()}"}, True),
        ({"text": f"dừa {LONG}"}, {"text": f"dừa {LONG} khác"}, False),
        ({"text": f"dừa tháng 3 {LONG}"}, {"text": f"dừa tháng 4 {LONG}"}, False),
        ({"text": "dừa"}, {"text": "dừa"}, False),
        ({"text": f"dừa {LONG}"}, {"text": f"dừa {LONG}", "unit": "dv-02"}, False),
        (
            {"text": f"dừa {LONG}", "code": "58-BC/ĐU", "issued": "2021-12-01"},
            {"text": f"dừa {LONG.replace('từ4', 'fừ4')} mờ nhòe", "code": "58-bc/đu", "issued": "2021-12-01"},
            True,
        ),
        (
            {"text": f"dừa {LONG}", "code": "58-BC/ĐU", "issued": "2021-12-01"},
            {"text": f"dừa {LONG} khác", "code": "58-BC/ĐU", "issued": "2020-12-01"},
            False,
        ),
        (
            {"text": f"dừa {LONG}", "code": "58-BC/ĐU", "issued": "2021-12-01"},
            {"text": f"dừa {LONG.replace('từ', 'chữ')}", "code": "58-BC/ĐU", "issued": "2021-12-01"},
            False,
        ),
    ],
)
def test_what_is_one_paper(paper: Paper, one: dict[str, Any], other: dict[str, Any], same: bool) -> None:
    papers = [paper("one", one.pop("text"), **one), paper("other", other.pop("text"), days=1, **other)]
    assert len(found(papers)) == (1 if same else 2)


def test_kinship_goes_on_from_paper_to_paper(paper: Paper) -> None:
    """A version of a paper that lies there twice."""
    papers = [
        paper("a", f"dừa {LONG}"),
        paper("b", f"dừa {LONG}", days=1),
        paper("c", "dừa nước", days=2, version_of="b"),
        paper("d", "dừa nước", days=3, version_of="a"),
    ]
    assert found(papers) == [("d", ("c", "b", "a"))]
