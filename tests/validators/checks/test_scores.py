"""Score tables: sums, maxima, levels; and silence wherever a table does not say enough."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Page, Reading, ReadingState, Recognition, Source, Table
from validators.checks.points import parse_points, show
from validators.checks.score_table import score_tables
from validators.checks.table import run_checks

HEADER = ("TT", "Nội dung", "Điểm chuẩn", "Tự chấm", "Ghi chú")


def table(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> tuple[tuple[tuple[str, ...], ...], ...]:
    return ((header, *rows),)


def sums(check, tables, **known):
    return [finding for finding in check("chữ", kind=None, tables=tables, **known) if finding.code == "sum-mismatch"]


NESTED = (
    ("I", "Nhiệm vụ chính trị", "60", "{i}", ""),
    ("1", "Chỉ tiêu chuyên môn", "40", "35", ""),
    ("2", "Chấp hành pháp luật", "20", "19,5", ""),
    ("II", "Xây dựng Đảng", "40", "38", ""),
    ("1", "Sinh hoạt", "25", "24", ""),
    ("2", "Kiểm tra", "15", "14", ""),
    ("", "Tổng cộng", "100", "{total}", ""),
)


def nested(i="54,5", total="92,5"):
    return table(*(tuple(cell.format(i=i, total=total) for cell in row) for row in NESTED))


def test_groups_and_parts_are_counted_once(check):
    assert sums(check, nested()) == []
    assert sums(check, nested(i="")) == []  # the group row may leave its points to its parts


def test_a_total_above_its_rows_names_both_figures(check):
    (finding,) = sums(check, nested(total="95,5"))
    assert "92,5" in finding.message
    assert "95,5" in finding.message
    assert finding.remedy
    assert finding.page == 1


def test_a_group_that_is_not_the_sum_of_its_parts(check):
    (finding,) = sums(check, nested(i="56,5", total="94,5"))  # the total follows the groups: one fault, told once
    assert "54,5" in finding.message
    assert "56,5" in finding.message
    assert "Nhiệm vụ chính trị" in finding.message


def test_a_flat_table(check):
    rows = [(str(n), "Nội dung việc", "25", "20", "") for n in range(1, 5)]
    assert sums(check, table(*rows, ("", "Tổng điểm", "100", "80", ""))) == []
    assert len(sums(check, table(*rows, ("", "Tổng điểm", "100", "82", "")))) == 1


def test_the_own_points_before_the_maximum(check):
    header = ("TT", "Tiêu chí", "Điểm tự chấm", "Điểm chuẩn")
    rows = (("I", "Lãnh đạo nhiệm vụ", "38", "40"), ("II", "Xây dựng chi bộ", "40", "60"))
    assert sums(check, table(*rows, ("", "Cộng", "78", "100"), header=header)) == []
    assert len(sums(check, table(*rows, ("", "Cộng", "90", "100"), header=header))) == 1


def test_rows_that_word_numbered_by_itself(check):
    rows = [("", *row[1:]) for row in NESTED]
    filled = [tuple(cell.format(i="54,5", total="92,5") for cell in row) for row in rows]
    assert sums(check, table(*filled)) == []
    filled[-1] = ("", "Tổng cộng", "100", "97", "")
    assert len(sums(check, table(*filled))) == 1


def test_labels_inside_the_words(check):
    header = ("Nội dung", "Điểm tối đa", "Điểm tự chấm")
    rows = [("I. Nhiệm vụ", "60", "50"), ("1. Việc", "40", "35"), ("- Ý", "40", "35"), ("2. Việc", "20", "15")]
    rows += [("II. Xây dựng", "40", "30"), ("Tổng cộng", "100", "80")]
    assert sums(check, table(*rows, header=header)) == []
    rows[-1] = ("Tổng cộng", "100", "83")
    assert len(sums(check, table(*rows, header=header))) == 1


def test_letters_over_roman_numbers(check):
    rows = [("A", "Chung", "100", "90"), ("I", "Một", "70", "62"), ("1", "Ý", "70", "62"), ("II", "Hai", "30", "28")]
    header = HEADER[:4]
    assert sums(check, table(*rows, ("", "Cộng", "100", "90"), header=header)) == []
    assert len(sums(check, table(*rows, ("", "Cộng", "100", "91"), header=header))) == 1


def test_merged_cells_that_shift_the_total_row(check):
    rows = [("1", "Việc", "60", "50", ""), ("2", "Việc", "40", "35", "")]
    assert sums(check, table(*rows, ("Tổng cộng", "100", "85", ""))) == []
    assert len(sums(check, table(*rows, ("Tổng cộng", "100", "87", "")))) == 1
    assert len(sums(check, table(*rows, ("Tổng cộng", "Tổng cộng", "100", "87", "")))) == 1


def test_a_header_of_two_rows_and_a_row_of_column_numbers(check):
    top = ("TT", "Nội dung", "Điểm chuẩn", "Điểm chấm", "", "Ghi chú")
    below = ("", "", "", "Tự chấm", "Tổ thẩm định", "")
    numbers = ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)")
    rows = [("1", "Việc", "60", "50", "49", ""), ("2", "Việc", "40", "35", "", "")]
    assert sums(check, (((top, below, numbers, *rows, ("", "Tổng", "100", "85", "84", ""))),)) == []
    assert len(sums(check, (((top, below, numbers, *rows, ("", "Tổng", "100", "84", "84", ""))),))) == 1


def test_subtotals_after_each_group(check):
    rows = [("1", "Việc", "30", "25", ""), ("2", "Việc", "30", "25", ""), ("", "Cộng mục I", "60", "50", "")]
    rows += [("1", "Việc", "20", "18", ""), ("2", "Việc", "20", "17", ""), ("", "Cộng mục II", "40", "35", "")]
    assert sums(check, table(*rows, ("", "Tổng cộng (I + II)", "100", "85", ""))) == []
    assert len(sums(check, table(*rows, ("", "Tổng cộng (I + II)", "100", "88", "")))) == 1


@pytest.mark.parametrize("total", ["85", "87"])
def test_a_bonus_may_count_or_not(check, total):
    rows = [("1", "Việc", "60", "50", ""), ("2", "Việc", "40", "35", ""), ("", "Điểm thưởng", "5", "2", "")]
    assert sums(check, table(*rows, ("", "Tổng cộng", "100", total, ""))) == []
    assert sums(check, table(*rows, ("", "Tổng cộng", "105", total, ""))) == []


def test_a_bonus_explains_no_more_than_itself(check):
    rows = [("1", "Việc", "60", "50", ""), ("2", "Việc", "40", "35", ""), ("", "Điểm cộng", "5", "2", "")]
    assert len(sums(check, table(*rows, ("", "Tổng cộng", "100", "88", "")))) == 1
    plain = [("1", "Điểm công tác dân vận", "60", "50", ""), ("2", "Việc", "40", "35", "")]
    assert len(sums(check, table(*plain, ("", "Tổng cộng", "100", "35", "")))) == 1


def test_points_taken_off(check):
    rows = [("1", "Việc", "60", "50", ""), ("2", "Việc", "40", "35", ""), ("", "Điểm trừ", "", "-3", "")]
    for total in ("85", "82"):
        assert sums(check, table(*rows, ("", "Tổng cộng", "100", total, ""))) == []
    assert len(sums(check, table(*rows, ("", "Tổng cộng", "100", "88", "")))) == 1


@pytest.mark.parametrize("total", ["50", "90"])
def test_what_did_not_arise_may_give_all_or_nothing(check, total):
    rows = [("1", "Việc", "60", "50", ""), ("2", "Giải quyết tố cáo", "40", "Không phát sinh", "")]
    assert sums(check, table(*rows, ("", "Tổng cộng", "100", total, ""))) == []


def test_what_did_not_arise_gives_no_more_than_its_maximum(check):
    rows = [("1", "Việc", "60", "50", ""), ("2", "Giải quyết tố cáo", "40", "không phát sinh", "")]
    assert len(sums(check, table(*rows, ("", "Tổng cộng", "100", "95", "")))) == 1


def test_a_table_over_two_pages(check):
    first = (HEADER, ("1", "Việc", "60", "50", ""))
    assert sums(check, (first, (("2", "Việc", "40", "35", ""), ("", "Tổng cộng", "100", "85", "")))) == []
    assert len(sums(check, (first, (("2", "Việc", "40", "35", ""), ("", "Tổng cộng", "100", "88", ""))))) == 1
    again = (HEADER, ("2", "Việc", "40", "35", ""))
    assert sums(check, (first + again, (("", "Tổng cộng", "100", "85", ""),)), score="85") == []


def test_points_out_of_their_maximum(check):
    header = ("TT", "Nội dung", "Điểm tối đa", "Tự chấm")
    rows = [("1", "Việc", "60", "50/60"), ("2", "Việc", "40 điểm", "35đ")]
    assert sums(check, table(*rows, ("", "Tổng cộng", "100", "85/100 điểm"), header=header)) == []
    assert len(sums(check, table(*rows, ("", "Tổng cộng", "100", "80/100"), header=header))) == 1


def test_a_total_that_stands_in_the_text_only(check):
    rows = [("1", "Việc", "60", "50", ""), ("2", "Việc", "40", "35", "")]
    told = {"score_words": "Tổng số điểm tự chấm: 85/100 điểm"}
    assert sums(check, table(*rows), score="85", **told) == []
    assert len(sums(check, table(*rows), score="88", **told)) == 1
    assert sums(check, table(*rows), score="88", score_words="năm trước đạt 88 điểm") == []


def test_the_text_and_the_total_row_disagree(check):
    rows = [("1", "Việc", "60", "50", ""), ("2", "Việc", "40", "35", ""), ("", "Tổng cộng", "100", "85", "")]
    (finding,) = sums(check, table(*rows), score="86", score_words="Tổng điểm tự chấm: 86 điểm")
    assert "85" in finding.message
    assert "86" in finding.message


@pytest.mark.parametrize(
    "rows",
    [
        [("1", "Việc", "60", "50", ""), ("", "Tổng cộng", "100", "85", "")],  # a row is missing: the maxima say so
        [("1", "Việc", "", "50", ""), ("2", "Việc", "", "30", ""), ("", "Tổng cộng", "", "85", "")],  # no maxima
        [("1", "Việc", "60", "Đạt", ""), ("2", "Việc", "40", "Khá", ""), ("", "Tổng cộng", "100", "Tốt", "")],
        [("1", "Việc", "60", "50", ""), ("2", "Việc", "40", "35", "")],  # no total anywhere
    ],
)
def test_tables_that_do_not_say_enough(check, rows):
    assert sums(check, table(*rows)) == []


def test_tables_that_are_no_score_tables(check):
    plan = (("TT", "Nội dung", "Kế hoạch", "Thực hiện"), ("1", "Kiểm tra", "2", "1"), ("", "Tổng cộng", "5", "9"))
    levels = (("TT", "Tổ chức", "Tổng số", "HTXSNV"), ("1", "Có chức vụ", "2", "0"), ("", "Tổng cộng", "4", "9"))
    assert check("chữ", kind=None, tables=(plan, levels, (), ((),), (("",),))) == ()


def test_more_points_than_the_maximum(check):
    rows = [("1", "Lãnh đạo", "60", "62", ""), ("2", "Kiểm tra", "40", "40", ""), ("", "Tổng cộng", "100", "102", "")]
    (finding,) = check("chữ", kind=None, tables=table(*rows))
    assert finding.code == "over-maximum"
    assert "Lãnh đạo" in finding.message
    assert "62" in finding.message
    assert "60" in finding.message


def test_a_bonus_may_lift_the_total_over_a_hundred(check):
    rows = [("1", "Việc", "60", "60", ""), ("2", "Việc", "40", "40", ""), ("", "Điểm thưởng", "5", "3", "")]
    assert check("chữ", kind=None, tables=table(*rows, ("", "Tổng cộng", "100", "103", ""))) == ()


@pytest.mark.parametrize(
    ("level", "score", "fires"),
    [
        ("HTXSNV", "68", True),
        ("HTXSNV", "89,5", True),
        ("HTXSNV", "90", False),
        ("HTXSNV", "90/100", False),
        ("HTTNV", "69.9", True),
        ("HTTNV", "95", False),
        ("HTNV", "49", True),
        ("KHTNV", "10", False),
        ("HTXSNV", "9/10", False),  # another scale than the pack's hundred
        ("HTXSNV", "tốt", False),
        ("LẠ", "10", False),
        ("HTXSNV", None, False),
        (None, "10", False),
    ],
)
def test_the_level_asked_for_against_the_score(codes, level, score, fires):
    assert codes("chữ", kind=None, level=level, score=score) == (["level-above-score"] if fires else [])


def test_both_figures_are_named(check):
    (finding,) = check("chữ", kind=None, level="HTXSNV", score="68")
    assert "68" in finding.message
    assert "90" in finding.message
    assert "Hoàn thành xuất sắc nhiệm vụ" in finding.message


def test_the_score_is_taken_from_the_total_row_where_the_text_has_none(codes):
    rows = [("1", "Việc", "60", "40", ""), ("2", "Việc", "40", "28", "")]
    assert codes("x", kind=None, level="HTXSNV", tables=table(*rows, ("", "Tổng cộng", "100", "68", ""))) == [
        "level-above-score"
    ]
    half = table(("1", "Việc", "50", "40", ""), ("", "Tổng cộng", "50", "40", ""))
    assert codes("x", kind=None, level="HTXSNV", tables=half) == []


@pytest.mark.parametrize(
    ("cell", "value", "of"),
    [
        ("9,5", "9.5", None),
        ("9.5", "9.5", None),
        ("09", "9", None),
        ("9/10", "9", "10"),
        ("9,5 / 10 điểm", "9.5", "10"),
        ("10đ", "10", None),
        ("Tối đa 10 điểm", "10", None),
        ("−2", "-2", None),
        ("+1,25", "1.25", None),
    ],
)
def test_points_as_people_write_them(cell, value, of):
    points = parse_points(cell)
    assert points is not None
    assert (points.value, points.of) == (Decimal(value), of and Decimal(of))


@pytest.mark.parametrize("cell", ["", "-", "không phát sinh", "9 8", "10%", "1/2/2021", "II", "12345", "x" * 50])
def test_what_is_no_number_of_points(cell):
    assert parse_points(cell) is None


@given(st.decimals(min_value=0, max_value=999, places=2))
def test_points_are_shown_as_they_are_read(value):
    points = parse_points(show(value))
    assert points is not None
    assert points.value == value


# --- whatever stands in a table --------------------------------------------------------------------------------------

CELLS = st.one_of(
    st.sampled_from(["", "I", "1", "1.1", "a", "-", "10", "9,5", "9/10", "Tổng cộng", "Điểm thưởng", "Việc", *HEADER]),
    st.text(max_size=12),
)
TABLES = st.lists(st.lists(st.lists(CELLS, max_size=6).map(tuple), max_size=8).map(tuple), max_size=3)


@given(TABLES, st.text(max_size=80))
def test_odd_tables_and_texts_never_raise(pack, tables, text):
    reading = Reading(
        "docx",
        ReadingState.READ,
        pages=(Page(text),),
        tables=tuple(Table(1, rows) for rows in tables),
        source=Source.EMBEDDED,
    )
    assert isinstance(run_checks(reading, Recognition(None, 0.0), name=text, pack=pack), tuple)


PART = st.integers(min_value=1, max_value=20).flatmap(lambda most: st.tuples(st.just(most), st.integers(0, most)))
GROUPS = st.lists(st.lists(PART, min_size=1, max_size=4), min_size=1, max_size=5)
ROMAN = ("I", "II", "III", "IV", "V")


def build(groups: list[list[tuple[int, int]]], slip: int = 0) -> tuple[tuple[str, ...], ...]:
    rows: list[tuple[str, ...]] = [HEADER]
    for label, parts in zip(ROMAN, groups, strict=False):
        rows.append((label, "Nhóm", str(sum(m for m, _ in parts)), str(sum(o for _, o in parts)), ""))
        rows += [(str(n), "Ý", str(most), str(own), "") for n, (most, own) in enumerate(parts, start=1)]
    most = sum(m for parts in groups for m, _ in parts)
    own = sum(o for parts in groups for _, o in parts)
    return (*rows, ("", "Tổng cộng", str(most), str(own + slip), ""))


@given(GROUPS)
def test_a_table_that_adds_up_is_never_doubted(pack, groups):
    reading = Reading("docx", ReadingState.READ, (Page("x"),), (Table(1, build(groups)),), Source.EMBEDDED)
    assert run_checks(reading, Recognition(None, 0.0), name="a.docx", pack=pack) == ()


@given(GROUPS, st.integers(min_value=1, max_value=9), st.booleans())
def test_a_slip_in_the_total_is_always_found(pack, groups, slip, above):
    reading = Reading(
        "docx", ReadingState.READ, (Page("x"),), (Table(1, build(groups, slip if above else -slip)),), Source.EMBEDDED
    )
    found = run_checks(reading, Recognition(None, 0.0), name="a.docx", pack=pack)
    assert [finding.code for finding in found] == ["sum-mismatch"]


@pytest.mark.parametrize("own", ["Tự chấm", "TỰ CHẤM", "tu cham", "Tự đánh giá", "ĐIỂM ĐẠT", "Diem dat", "Điểm đơn vị"])
def test_every_header_of_own_points_is_found(check, own):
    rows = (("1", "Việc", "40", "38", ""), ("2", "Việc", "60", "70", ""))
    found = check("chữ", kind=None, tables=table(*rows, header=("TT", "Nội dung", "Điểm chuẩn", own, "")))
    assert [finding.code for finding in found] == ["over-maximum"]


def test_the_score_table_is_found_among_many_cells(check):
    words = tuple(tuple(f"Nội dung {row} {column}" for column in range(60)) for row in range(3_000))
    rows = (("1", "Việc", "40", "38", ""), ("2", "Việc", "60", "70", ""))
    assert [finding.code for finding in check("chữ", kind=None, tables=(words, *table(*rows)))] == ["over-maximum"]


def test_tables_made_to_keep_us_busy_are_looked_at_in_part():
    rows = tuple(
        Table(1, (HEADER, *((str(n), "Tổng cộng việc", "1", "1", "") for n in range(400)))) for _ in range(200)
    )
    assert sum(len(found.rows) for found in score_tables(rows)) < 3_000
    endless = Table(1, (HEADER, *((str(n), "Việc", "1", "1", "") for n in range(9_000))))
    assert sum(len(found.rows) for found in score_tables((endless,))) < 3_000
