"""The figures of papers, read out of their text and tables."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.recognitions import from_json, to_json
from archive.records import Page, Reading, ReadingState, Recognition, Source, Table
from rules.loader import find_pack
from validators.figures import with_figures
from validators.rating_tables import rating_tables

PACK = find_pack("xep-loai-2021")
RATINGS, TALLY, MINUTES, REPORT, TABLE = (
    "tong-hop-xep-loai", "bien-ban-kiem-phieu", "bien-ban-xep-loai", "bao-cao-tong-ket", "bang-tu-cham-diem",
)  # fmt: skip
Rows = tuple[tuple[str, ...], ...]
HEADER = ("TT", "Tổ chức đảng", "Tổng số đảng viên", "HTXSNV", "HTTNV", "HTNV", "KHTNV")


def reading(text: str, *tables: Rows, source: Source = Source.EMBEDDED) -> Reading:
    pages = tuple(Page(page, source) for page in text.split("\f"))
    return Reading("docx", ReadingState.READ, pages, tuple(Table(1, rows) for rows in tables), source)


def read(kind: str | None, text: str = "x", *tables: Rows, source: Source = Source.EMBEDDED) -> dict[object, int]:
    """Figures by name, with level and whose they are where they have any."""
    found = with_figures(Recognition(kind, 0.9), reading(text, *tables, source=source), PACK).facts.figures
    return {(f.name, f.level, f.of) if f.level or f.of else f.name: f.value for f in found}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Tổng số: 9 đồng chí; có mặt: 8 đồng chí; vắng mặt: 1 đồng chí.", {"called": 9, "present": 8, "absent": 1}),
        ("Có mặt: 17/17 đồng chí", {"present": 17, "called": 17}),
        ("Tổng số đảng viên được triệu tập 12, có mặt 12, vắng 00", {"called": 12, "present": 12, "absent": 0}),
        ("CO MAT: 08 dong chi", {"present": 8}),
        ("Có mặt đạt 95% tổng số", {}),
        ("Có mặt lúc 14 giờ 00", {}),
        ("Có mặt ngày 15/12/2021", {}),
    ],
)
def test_people_at_a_meeting(line, told) -> None:
    assert read(MINUTES, line) == told


def test_the_first_meeting_of_a_paper_counts() -> None:
    assert read(MINUTES, "Có mặt: 9 đồng chí\nNăm trước có mặt: 5 đồng chí") == {"present": 9}


@pytest.mark.parametrize(
    ("line", "members"),
    [
        ("Tổng số đảng viên: 49 đồng chí", 49),
        ("Tổng số đảng viên của Đảng bộ hiện có 49 đồng chí", 49),
        ("Tổng số đảng viên mới kết nạp: 2", None),
        ("Tổng số đảng viên đạt 98% kế hoạch", None),
    ],
)
def test_members_of_a_unit(line, members) -> None:
    assert read(REPORT, line).get("members") == members


def test_the_slips_and_votes_of_each_ballot() -> None:
    text = """Số phiếu phát ra: 9 phiếu; số phiếu thu về: 9 phiếu; hợp lệ: 8 phiếu; không hợp lệ: 1 phiếu.
Hoàn thành xuất sắc nhiệm vụ: 2/8 phiếu; Hoàn thành tốt nhiệm vụ: 6/8 phiếu (75,0%)
Hoàn thành tốt nhiệm vụ trở lên: 8 phiếu
Số phiếu phát ra 7 phiếu
HTTNV: 07 phiếu"""
    assert read(TALLY, text) == {
        ("issued", "", "1"): 9, ("collected", "", "1"): 9, ("valid", "", "1"): 8, ("invalid", "", "1"): 1,
        ("votes", "HTXSNV", "1.1"): 2, ("votes", "HTTNV", "1.1"): 6,
        ("issued", "", "2"): 7, ("votes", "HTTNV", "2.2"): 7,
    }  # fmt: skip


def test_not_fulfilled_is_not_fulfilled() -> None:
    text = "Số phiếu phát ra: 9\nKhông hoàn thành nhiệm vụ: 1 phiếu; Hoàn thành nhiệm vụ: 8 phiếu"
    assert read(TALLY, text)[("votes", "KHTNV", "1.1")] == 1
    assert read(TALLY, text)[("votes", "HTNV", "1.1")] == 8


def test_the_votes_of_a_table_of_people() -> None:
    rows = (("TT", "Họ và tên", "HTXSNV", "HTTNV"), ("1", "Trần Thị Bình", "2", "7"), ("", "Tổng cộng", "2", "7"))
    assert read(TALLY, "x", rows) == {
        ("votes", "HTXSNV", "Trần Thị Bình"): 2,
        ("votes", "HTTNV", "Trần Thị Bình"): 7,
    }


SUMMARY: Rows = (HEADER, ("1", "Chi bộ A", "13", "2", "11", "0", "-"), ("2", "Chi bộ B", "12", "2", "9", "1", ""))
TOTAL = ("", "Tổng cộng", "25", "4", "20", "1", "0")


@pytest.mark.parametrize("rows", [(*SUMMARY, TOTAL), SUMMARY])
def test_a_summary_of_members_by_its_total_or_its_rows(rows) -> None:
    assert read(RATINGS, "x", rows) == {
        ("rated", "HTXSNV", "members"): 4, ("rated", "HTTNV", "members"): 20, ("rated", "HTNV", "members"): 1,
        ("rated", "KHTNV", "members"): 0, ("rated-total", "", "members"): 25,
    }  # fmt: skip


def test_members_and_sub_units_in_one_table() -> None:
    header = ("TT", "Đối tượng", "Tổng số", "Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ")
    rows = (header, ("1", "Chi bộ trực thuộc", "4", "1", "3"), ("2", "Đảng viên", "49", "9", "40"))
    found = read(RATINGS, "x", rows)
    assert found[("rated", "HTTNV", "sub-units")] == 3
    assert found[("rated", "HTTNV", "members")] == 40


@pytest.mark.parametrize(("name", "of"), [("Họ và tên", "members"), ("Tên chi bộ", "sub-units"), ("Nội dung", None)])
def test_a_list_with_one_level_a_row(name, of) -> None:
    header = ("TT", name, "Mức xếp loại")
    rows = (
        header,
        ("1", "Một", "HTTNV"),
        ("2", "Hai", "Hoàn thành tốt nhiệm vụ"),
        ("3", "Ba", "HTXS"),
        ("", "Bốn", "?"),
    )
    found = read(RATINGS, "x", rows)
    assert found == ({} if of is None else {
        ("rated", "HTTNV", of): 2, ("rated", "HTXSNV", of): 1, ("rated-total", "", of): 3,
    })  # fmt: skip


def test_a_summary_in_words() -> None:
    text = "Hoàn thành xuất sắc nhiệm vụ: 02 đồng chí; Hoàn thành tốt nhiệm vụ: 10 đồng chí"
    assert read(RATINGS, text) == {("rated", "HTXSNV", "members"): 2, ("rated", "HTTNV", "members"): 10}
    assert read(RATINGS, text, (*SUMMARY, TOTAL))[("rated", "HTTNV", "members")] == 20  # a table says it better


def test_percentages_and_targets_are_no_ratings() -> None:
    rows = (HEADER, ("1", "Chi bộ A", "13", "15,4%", "84,6%", "0%", "0%"))
    assert read(RATINGS, "Đảng viên hoàn thành tốt nhiệm vụ 90%", rows) == {}


def test_the_total_of_a_sheet_with_a_head_above_its_table() -> None:
    rows = (
        *((("ĐẢNG ỦY KHỐI", "", "", ""),) * 5), ("TT", "Nội dung", "Điểm chuẩn", "Tự chấm"),
        ("1", "Việc", "100", "93.5"), ("", "Tổng cộng", "100", "93.5"),
    )  # fmt: skip
    found = with_figures(Recognition(TABLE, 0.9), reading("x", rows), PACK).facts.score
    assert found is not None
    assert (found.value, found.words) == ("93.5", "Tổng cộng | 93,5")


@pytest.mark.parametrize("kind", ["kiem-diem-ca-nhan", "bien-ban-sinh-hoat", None])
def test_kinds_that_are_not_compared_have_no_figures(kind) -> None:
    assert read(kind, "Tổng số: 9; có mặt: 8\nSố phiếu phát ra: 9", (*SUMMARY, TOTAL)) == {}


def test_a_paper_has_the_figures_of_the_kind_that_a_person_decided() -> None:
    found = with_figures(Recognition(None, 0.1), reading("Số phiếu phát ra: 9 phiếu"), PACK, decided=TALLY)
    assert [figure.name for figure in found.facts.figures] == ["issued"]


def test_recognised_pictures_have_no_figures() -> None:
    assert read(TALLY, "Số phiếu phát ra: 9 phiếu", source=Source.OCR) == {}
    mixed = replace(reading("x\fSố phiếu phát ra: 9"), pages=(Page("x"), Page("Số phiếu phát ra: 9", Source.OCR)))
    assert with_figures(Recognition(TALLY, 0.9), mixed, PACK).facts.figures == ()


def test_figures_are_kept_with_the_recognition() -> None:
    found = with_figures(Recognition(RATINGS, 0.9), reading("x", (*SUMMARY, TOTAL)), PACK)
    assert from_json(to_json(found)) == found
    assert all(figure.page == 1 and "Tổng cộng" in figure.words for figure in found.facts.figures)


# --- whatever stands there -------------------------------------------------------------------------------------------

CELLS = st.one_of(
    st.sampled_from(["", "1", "2", "-", "Tổng cộng", "Chi bộ A", "Đảng viên", "Mức xếp loại", "HTTNV", *HEADER]),
    st.text(max_size=10),
)
TABLES = st.lists(st.lists(st.lists(CELLS, max_size=8).map(tuple), max_size=8).map(tuple), max_size=3)
LINES = st.one_of(
    st.sampled_from(["Số phiếu phát ra: 9", "HTXSNV: 3 phiếu", "Có mặt: 9/9", "HTTNV 4 đồng chí", "hợp lệ ²"]),
    st.text(max_size=40),
)


@given(st.sampled_from([RATINGS, TALLY, MINUTES, REPORT, TABLE]), st.lists(LINES, max_size=6), TABLES)
def test_odd_texts_and_tables_never_raise(kind, lines, tables) -> None:
    found = with_figures(Recognition(kind, 0.9), reading("\n".join(lines), *tables), PACK)
    assert all(figure.value >= 0 and figure.page >= 1 for figure in found.facts.figures)


COUNTS = st.lists(st.lists(st.integers(0, 40), min_size=4, max_size=4), min_size=1, max_size=6)


@given(COUNTS)
def test_the_rows_of_a_summary_are_its_sums(counts) -> None:
    rows = [(str(n), f"Chi bộ {n}", str(sum(row)), *map(str, row)) for n, row in enumerate(counts, start=1)]
    (table,) = rating_tables(reading("x", (HEADER, *rows)).tables, PACK.levels)
    assert table.whole
    assert [list(row.counts.values()) for row in table.rows] == counts
    assert [row.total for row in table.rows] == [sum(row) for row in counts]
