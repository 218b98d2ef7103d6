"""What a cell shows: dates, percentages and numbers as a clerk sees them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.readers.sheets.sheet_cells import builtin_look, look_of, rk_number, show, show_iso, show_number, unescape


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("General", 95.0, "95"),
        ("0.0", 9.5, "9.5"),
        ("General", 0.1 + 0.2, "0.3"),
        ("#,##0", 1234567, "1234567"),
        ('#,##0 "đồng"', 17469747308, "17469747308"),
        ("_-* #,##0\\ _₫_-;\\-* #,##0\\ _₫_-", -12.25, "-12.25"),
        ("0.00E+00", 12345, "12345"),
        ("[Red]0.0;[Blue]-0.0", 2.5, "2.5"),
        ("000", 7, "007"),
        ("0%", 0.95, "95%"),
        ("0.00%", 0.9555, "95.55%"),
        ("dd/mm/yyyy", 44546, "16/12/2021"),
        ("m/d/yy", 44546, "16/12/2021"),
        ("[$-42A]dd mmmm yyyy;@", 44546, "16/12/2021"),
        ('"Ngày" dd "tháng" mm', 44546, "16/12/2021"),
        ("mm/yyyy", 44546, "12/2021"),
        ("yyyy", 44546, "2021"),
        ("dd/mm/yyyy hh:mm", 44546.5, "16/12/2021 12:00"),
        ("dd/mm/yyyy hh:mm", 44546, "16/12/2021"),
        ("hh:mm:ss", 0.75, "18:00"),
        ("[h]:mm", 1.5, "36:00:00"),
        ("dd/mm/yyyy", 59, "28/02/1900"),
        ("dd/mm/yyyy", -1, "-1"),
        ("dd/mm/yyyy", 9e9, "9000000000"),
    ],
)  # fmt: skip
def test_a_value_in_its_format(code: str, value: float, shown: str) -> None:
    assert show(value, look_of(code), from_1904=False) == shown


def test_days_counted_from_1904() -> None:
    assert show(43084, look_of("dd/mm/yyyy"), from_1904=True) == "16/12/2021"


def test_formats_that_are_known_by_their_number() -> None:
    assert builtin_look(14).kind == "date"
    assert builtin_look(9).kind == "percent"
    assert builtin_look(0).kind == "number"


@given(st.text(max_size=300), st.floats())
def test_any_format_and_any_number_show_something(code: str, value: float) -> None:
    assert show(value, look_of(code), from_1904=False)


@given(st.integers(-(10**6), 10**6), st.integers(0, 3))
def test_points_come_back_as_they_were_typed(digits: int, decimals: int) -> None:
    value = digits / 10**decimals
    shown = show_number(value)
    assert math.isclose(float(shown), value)
    assert "." not in shown or not shown.endswith(("0", "."))


@given(st.integers(0, 0xFFFF_FFFF))
def test_any_packed_number_is_one(packed: int) -> None:
    assert isinstance(rk_number(packed), float)


def test_packed_numbers() -> None:
    assert rk_number(95 << 2 | 2) == 95
    assert rk_number(950 << 2 | 3) == 9.5
    assert rk_number((-7 & 0x3FFF_FFFF) << 2 | 2) == -7


def test_dates_as_text() -> None:
    assert show_iso("2021-12-16") == "16/12/2021"
    assert show_iso("2021-12-16T08:30:00Z") == "16/12/2021 08:30"
    assert show_iso("hôm nay") == "hôm nay"


def test_characters_written_by_their_number() -> None:
    assert unescape("dòng_x000A_mới_x0000__xD800_ _x20") == "dòng\nmới _x20"
