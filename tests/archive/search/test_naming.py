"""Units told by words of their names, for every engine."""

from collections.abc import Callable
from typing import Any

import pytest

from archive.search.naming import name_units
from archive.search.ports import IndexedDocument
from archive.search.query import parse

NAMES = {"cb-01": "Đảng bộ xã Vạn Phú", "cb-02": "Đảng bộ xã Văn Phú", "chi-bo-ap": "Chi bộ ấp 1"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ('don-vi:"vạn phú"', ["cb-01"]),
        ('don-vi:"van phu"', ["cb-01", "cb-02"]),
        ('unit:"Đảng bộ" mạ', ["cb-01", "cb-02"]),
        ('-don-vi:"van phu"', ["chi-bo-ap"]),
        ('don-vi:"văn phú" OR don-vi:"ấp 1"', ["cb-02", "chi-bo-ap"]),
        ("don-vi:cb-01", ["cb-01"]),
        ("don-vi:chi-bo-ap", ["chi-bo-ap"]),
        ('don-vi:"phú văn"', []),
        ('don-vi:"phú"', ["cb-01", "cb-02"]),
    ],
)
def test_a_unit_is_told_by_words_of_its_name(
    shelf: Any, paper: Callable[..., IndexedDocument], typed: str, found: list[str]
) -> None:
    shelf.put(*(paper(unit, "cây mạ", unit=unit) for unit in NAMES))
    page = shelf.index.search(name_units(parse(typed), NAMES))
    assert sorted(hit.document for hit in page.hits) == found
