"""Names for a share: safe on Windows whatever came, and still telling which file they belong to."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.records import Unit, UnitType
from reports.names import (
    LIMIT,
    NOTE,
    letters,
    other_name,
    owner,
    receipt_name,
    safe_name,
    safe_names,
    shown,
    unit_folder,
)

RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}
TRICKY = st.sampled_from(
    ["CON", "aux.txt", "nul.tar.gz", "Lpt1", "COM¹", "..", " . ", "~$a", "Đảng ủy", "báo cáo", ".docx"]
)
NAMES = st.one_of(
    st.text(max_size=300),
    st.text('aăâđêôơưÁỆỹ .-_()<>:"/\\|?*\n\t01', max_size=120),
    st.builds(
        lambda parts, end: "".join(parts) + end, st.lists(TRICKY, max_size=6), st.sampled_from(["", ".pdf", ". "])
    ),
)


def is_safe(name: str) -> bool:
    return (
        bool(name)
        and len(name) <= LIMIT
        and re.fullmatch(r'[^<>:"/\\|?*\x00-\x1f\x7f-\U0010ffff]+', name) is not None
        and name[-1] not in " ."
        and name[0] not in " ."
        and name.partition(".")[0].strip().upper() not in RESERVED
    )


@settings(deadline=None)
@given(NAMES)
def test_a_safe_name_is_safe(name: str) -> None:
    assert is_safe(safe_name(name))


@settings(deadline=None)
@given(NAMES, st.text(max_size=20))
def test_a_second_name_is_safe_and_another_one(name: str, seed: str) -> None:
    second = other_name(name, seed)
    assert is_safe(second)
    assert second.lower() != safe_name(name).lower()


@settings(deadline=None)
@given(NAMES)
def test_letters_and_digits_of_the_original_come_first(name: str) -> None:
    wanted = letters(name)
    if len(wanted) <= LIMIT - 4:  # room for the points and a guard
        assert letters(safe_name(name) + NOTE).startswith(wanted)
        if len(wanted) <= LIMIT - 20:
            assert letters(other_name(name, "x") + NOTE).startswith(wanted)


@settings(deadline=None)
@given(st.lists(NAMES, max_size=12))
def test_no_two_files_nor_notes_share_a_name(names: list[str]) -> None:
    chosen = safe_names((str(position), name) for position, name in enumerate(names))
    files = [file.lower() for file in chosen.values()]
    assert len(set(files) | {file + NOTE.lower() for file in files}) == 2 * len(names)
    assert all(is_safe(file) for file in chosen.values())


@settings(deadline=None)
@given(NAMES)
def test_shown_names_are_one_harmless_line(name: str) -> None:
    text = shown(name)
    assert re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]", text) is None
    text.encode("utf-8")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Báo cáo tổng kết.docx", "Bao cao tong ket.docx"),
        ("Báo cáo.docx", "Bao cao.docx"),
        ('a<b>:"c|?*.pdf', "a_b___c___.pdf"),
        ("con.docx", "_con.docx"),
        ("tệp. . ", "tep"),
        ("日本", "__"),
        ("", "_"),
        (".docx", "docx"),
    ],
)
def test_examples(name: str, expected: str) -> None:
    assert safe_name(name) == expected


def test_a_long_name_is_squeezed_before_it_is_cut() -> None:
    long = "Báo cáo tổng kết công tác năm 2021, phương hướng 2022 (bản cuối).docx"
    assert safe_name(long) == "BaocaotongketcongtacnamNOTHING.docx".replace("NOTHING", "2021phuonghuong2022bancuoi")
    longer = safe_name("Báo cáo " * 30 + ".docx")
    assert len(longer) == LIMIT
    assert re.fullmatch(r"(Baocao)+\w*_[0-9a-f]{6}\.docx", longer)


def test_the_first_file_of_a_name_keeps_it() -> None:
    chosen = safe_names([("a", "BC.docx"), ("b", "bc.docx"), ("c", "BÇ.docx"), ("d", "BC.docx.LY-DO.txt")])
    assert chosen["a"] == "BC.docx"
    assert re.fullmatch(r"bc\.docx_[0-9a-f]{6}\.docx", chosen["b"])
    assert len({name.lower() for name in chosen.values()}) == 4


def test_a_receipt_is_named_by_day_time_and_number() -> None:
    assert receipt_name(datetime(2021, 12, 31, 20, 3, tzinfo=UTC), 42) == "2022-01-01_0303_0042.html"
    assert receipt_name(datetime(2021, 12, 31, 20, 3, tzinfo=UTC), 12345) == "2022-01-01_0303_12345.html"


UNITS = {
    unit.id: unit
    for unit in (
        Unit("db", "Đảng bộ", UnitType.DANG_BO_CO_SO),
        Unit("bp", "Bộ phận", UnitType.DANG_BO_BO_PHAN, parent="db"),
        Unit("cb", "Chi bộ", UnitType.CHI_BO_TRUC_THUOC, parent="bp"),
    )
}


def test_a_sub_unit_lies_below_its_parents() -> None:
    assert unit_folder(UNITS, "cb") == PurePosixPath("db/bp/cb")
    circle = {"a": Unit("a", "A", UnitType.DANG_BO_CO_SO, parent="a")}
    assert unit_folder(circle, "a") == PurePosixPath("a")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("db/bp/cb/01 Bao cao/x.docx", ("cb", "01 Bao cao/x.docx")),
        ("db/cb/x.docx", ("db", "cb/x.docx")),
        ("cb/x.docx", ("cb", "x.docx")),
        ("la/x.docx", (None, "la/x.docx")),
        ("db", (None, "db")),
    ],
)
def test_whose_path_it_is(path: str, expected: tuple[str | None, str]) -> None:
    assert owner(UNITS, path) == expected
