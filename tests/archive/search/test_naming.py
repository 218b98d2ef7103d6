"""Units and kinds told by words of their names, for every engine."""

from collections.abc import Callable
from typing import Any

import pytest

from archive.search.naming import name_kinds, name_units, tells_kind, unknown_kinds, unknown_units
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


@pytest.mark.parametrize(
    ("flag", "found"),
    [
        ("vạn phú", ["cb-01"]),
        ("cb-02", ["cb-02"]),
        ("Chi bộ ấp 1", ["chi-bo-ap"]),
        ("phú", []),
        ("cb-09", []),
        ("?", []),
    ],
)
def test_a_flag_tells_one_unit(shelf: Any, paper: Callable[..., IndexedDocument], flag: str, found: list[str]) -> None:
    shelf.put(*(paper(unit, "cây mạ", unit=unit) for unit in NAMES))
    page = shelf.index.search(name_units(parse("mạ", unit=flag), NAMES))
    assert [hit.document for hit in page.hits] == found


TITLES = {
    "bao-cao": "Báo cáo khác",
    "bao-cao-ktgs": "Báo cáo công tác kiểm tra, giám sát năm",
    "bao-cao-ktgs-so-ket": "Báo cáo kiểm tra, giám sát quý",
    "kiem-diem-ca-nhan": "Bản kiểm điểm cá nhân",
    "kiem-diem-tap-the": "Báo cáo kiểm điểm tập thể",
    "ban-kiem-diem": "Bản kiểm điểm vì vi phạm",
}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ('loai:"Báo cáo khác"', ["bao-cao"]),
        ('kind:"bản kiểm điểm"', ["ban-kiem-diem", "kiem-diem-ca-nhan"]),
        ("loai:kiem-diem", ["kiem-diem-ca-nhan", "kiem-diem-tap-the"]),
        ('loai:"kiem tra giam sat"', ["bao-cao-ktgs", "bao-cao-ktgs-so-ket"]),
        ('-loai:"báo cáo"', ["ban-kiem-diem", "kiem-diem-ca-nhan"]),
        ('loai:"cá nhân" OR loai:"vi phạm"', ["ban-kiem-diem", "kiem-diem-ca-nhan"]),
        ('loai:"quyết định"', []),
    ],
)
def test_a_kind_is_told_by_its_title(
    shelf: Any, paper: Callable[..., IndexedDocument], typed: str, found: list[str]
) -> None:
    shelf.put(*(paper(kind, "cây mạ", kind=kind) for kind in TITLES))
    page = shelf.index.search(name_kinds(parse(typed), TITLES))
    assert sorted(hit.document for hit in page.hits) == found


@pytest.mark.parametrize(
    ("flag", "found"),
    [("báo cáo khác", ["bao-cao"]), ("bao-cao", ["bao-cao"]), ("tập thể", ["kiem-diem-tap-the"]), ("kiểm tra", [])],
)
def test_a_flag_tells_one_kind(shelf: Any, paper: Callable[..., IndexedDocument], flag: str, found: list[str]) -> None:
    shelf.put(*(paper(kind, "cây mạ", kind=kind) for kind in TITLES))
    page = shelf.index.search(name_kinds(parse("mạ", kind=flag), TITLES))
    assert [hit.document for hit in page.hits] == found


def test_what_nothing_is_called_is_told() -> None:
    query = name_units(parse('-don-vi:"mạn phú" don-vi:cb-01 don-vi:"xã" OR don-vi:lạ', unit="cb-09"), NAMES)
    assert unknown_units(query, NAMES) == ["cb-09", "lạ", "mạn phú"]
    query = name_kinds(parse("loai:bao -loai:quyet-dinh", kind="cá nhân"), TITLES)
    assert unknown_kinds(query, TITLES) == ["quyet dinh"]


def test_only_where_a_kind_is_told_are_titles_needed() -> None:
    told = [tells_kind(parse(text)) for text in ("mạ", "don-vi:a", "-loai:a", "mạ OR loai:a")]
    assert told == [False, False, True, True]
    assert tells_kind(parse("mạ", kind="a"))
