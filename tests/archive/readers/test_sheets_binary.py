"""XLS and XLSB: records read one by one, and whatever is wrong with one costs little."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.readers.limits import ReadingLimits
from archive.readers.table import read
from archive.records import Reading, ReadingState
from tests.archive.readers.conftest import ReadBytes
from tests.archive.readers.making_sheets import label, number, ole, record, record12, text8, wide, workbook8, xlsb

XF = 0xE0


def codes(reading: Reading) -> list[str]:
    return [code for code, _words in reading.warnings]


def font(name: str) -> bytes:
    return record(0x31, bytes(14) + text8(name, 1))


def style(font_number: int, look: int) -> bytes:
    return record(XF, struct.pack("<HH", font_number, look) + bytes(16))


def formula(row: int, column: int, result: bytes) -> bytes:
    return record(0x06, struct.pack("<HHH", row, column, 0) + result + bytes(8))


# --- XLS -------------------------------------------------------------------------------------------------------------


def test_cells_of_all_kinds(read_bytes: ReadBytes) -> None:
    before = font("Arial") + record(0x41E, struct.pack("<H", 164) + text8("dd/mm/yyyy")) + style(0, 0) + style(0, 164)
    cells = (
        label(0, 0, "Điểm") + label(0, 1, "Cộng") + number(1, 0, 9.5) + number(1, 1, 44546, style=1)
        + record(0xBD, struct.pack("<HHHIHIH", 2, 0, 0, 7 << 2 | 2, 0, 750 << 2 | 3, 1))
        + record(0x205, struct.pack("<HHHBB", 3, 0, 0, 1, 0)) + record(0x205, struct.pack("<HHHBB", 3, 1, 0, 0x17, 1))
        + formula(4, 0, struct.pack("<d", 88.0))
        + formula(4, 1, b"\0" * 6 + b"\xff\xff") + record(0x207, text8("kết quả"))
    )  # fmt: skip
    reading = read_bytes(ole(workbook8(("Bảng 1", cells), before=before)))
    assert (reading.format, reading.state) == ("xls", ReadingState.READ)
    assert reading.tables[0].rows == (
        ("Điểm", "Cộng"), ("9.5", "16/12/2021"), ("7", "7.5"), ("TRUE", "#REF!"), ("88", "kết quả"),
    )  # fmt: skip


def test_strings_that_go_on_in_the_next_record(read_bytes: ReadBytes) -> None:
    """Cut within a text, which goes on in letters of another width; one text has runs of fonts behind it."""
    first = struct.pack("<II", 3, 3) + text8("Một") + struct.pack("<HB", 8, 0) + b"Dang "
    second = b"\1" + "ủy Y".encode("utf-16-le")[:6] + struct.pack("<HBH", 3, 8, 1) + b"Ba!"
    third = bytes(4)
    cells = b"".join(record(0xFD, struct.pack("<HHHI", at, 0, 0, at)) for at in range(3))
    before = record(0xFC, first) + record(0x3C, second) + record(0x3C, third)
    reading = read_bytes(ole(workbook8(("a", cells), before=before)))
    assert [row[0] for row in reading.tables[0].rows] == ["Một", "Dang ủy", "Ba!"]


def test_sheets_by_state_and_kind(read_bytes: ReadBytes) -> None:
    sheets = [(name, label(0, 0, f"ô {name}")) for name in ("Hiện", "Kín", "Hình", "Lệnh")]
    reading = read_bytes(ole(workbook8(*sheets, states=[0, 2, 0, 0], kinds=[0, 0, 2, 1])))
    assert ["ô Hiện" in reading.text, "ô Kín" in reading.text, "ô Hình" in reading.text] == [True, True, False]
    assert codes(reading) == ["active-content", "hidden-sheets"]


def test_text_boxes_but_not_comments(read_bytes: ReadBytes) -> None:
    def drawn(kind: int, text: str) -> bytes:
        shape = record(0x5D, struct.pack("<HHHH", 0x15, 0x12, kind, 1) + bytes(14))
        box = record(0x1B6, struct.pack("<HH6xHH", 0, 0, len(text), 0) + bytes(4))
        return shape + box + record(0x3C, text8(text)[2:]) + record(0x3C, bytes(16))

    cells = label(0, 0, "ô") + drawn(6, "Đơn vị tính: đồng") + drawn(0x19, "ghi chú của ai đó")
    assert read_bytes(ole(workbook8(("a", cells)))).text.split("\n")[1:] == ["ô", "Đơn vị tính: đồng"]


def test_old_vietnamese_is_known_by_the_font_of_its_cells(read_bytes: ReadBytes) -> None:
    before = b"".join(font(name) for name in ("Arial", "Arial", "Arial", "Arial", ".VnTime"))
    before += style(0, 0) + style(5, 0)  # there never is a font 4
    cells = label(0, 0, "B¸o c¸o tæng kÕt cña chi bé", style=1)
    assert read_bytes(ole(workbook8(("a", cells), before=before))).encoding == "tcvn3"
    assert read_bytes(ole(workbook8(("a", label(0, 0, "Báo cáo")), before=before))).encoding == "unicode"


def test_a_password(read_bytes: ReadBytes) -> None:
    assert (
        read_bytes(ole(workbook8(("a", label(0, 0, "x")), before=record(0x2F, bytes(6))))).state is ReadingState.LOCKED
    )


def test_a_damaged_record_costs_only_itself(read_bytes: ReadBytes) -> None:
    vo = label(0, 0, "trước") + record(0x204, b"\0") + label(1, 0, "sau")
    reading = read_bytes(ole(workbook8(("Vỡ", vo), ("Lành", label(0, 0, "còn")))))
    assert [page.text.split("\n")[1:] for page in reading.pages] == [["trước", "sau"], ["còn"]]
    assert codes(reading) == ["text-incomplete"]


def test_a_file_cut_off_is_read_as_far_as_it_goes(read_bytes: ReadBytes) -> None:
    cells = b"".join(label(row, 0, f"dòng {row}") for row in range(400))
    reading = read_bytes(ole(workbook8(("a", cells)))[:-4000])
    assert "dòng 100" in reading.text
    assert "text-incomplete" in codes(reading)


def test_two_sheets_at_one_place_are_one(read_bytes: ReadBytes) -> None:
    stream = workbook8(("Một", label(0, 0, "ô")), ("Hai", label(0, 0, "ô")))
    first, second = (at for at in range(len(stream)) if stream[at : at + 2] == b"\x85\0")
    stream = stream[: second + 4] + stream[first + 4 : first + 8] + stream[second + 8 :]
    assert len(read_bytes(ole(stream)).pages) == 1


def test_no_more_cells_than_may_be_read(read_bytes: ReadBytes) -> None:
    cells = b"".join(number(row, 0, row) for row in range(100))
    reading = read_bytes(ole(workbook8(("a", cells))), ReadingLimits(cells=20))
    assert (len(reading.tables[0].rows), codes(reading)) == (20, ["text-incomplete"])


def test_excel_5(samples: Path) -> None:
    rows = read(samples / "formats" / "biff5_write.xls", ReadingLimits()).tables[0].rows
    assert rows[1:3] == (("TRUE", "FALSE", "", "sheetjs"), ("foo", "bar", "19/02/2014 14:30", "0.3"))


def test_the_old_files_are_all_opened(samples: Path) -> None:
    files = sorted((samples / "legacy" / "files").glob("*.xls"))
    for path in files:
        reading = read(path, ReadingLimits())
        assert reading.encoding in ("tcvn3", "vni"), path.name
        assert reading.state is not ReadingState.UNREADABLE, path.name
    assert files


# --- XLSB ------------------------------------------------------------------------------------------------------------

ROW = record12(0, struct.pack("<I", 0) + bytes(13))


def cell12(kind: int, column: int, data: bytes, look: int = 0) -> bytes:
    return record12(kind, struct.pack("<II", column, look) + data)


def test_cells_of_an_xlsb(read_bytes: ReadBytes) -> None:
    look = struct.pack("<HHHHHHHH", 0, 0, 0, 0, 0, 0, 0, 0)
    dated = struct.pack("<HHHHHHHH", 0, 164, 0, 0, 0, 0, 0, 0)
    styles = record12(44, struct.pack("<H", 164) + wide("dd/mm/yyyy")) + record12(43, bytes(21) + wide("Arial"))
    styles += record12(626) + record12(47, dated) + record12(627)  # styles of styles do not count
    styles += record12(617) + record12(47, look) + record12(47, dated) + record12(618)
    sheet = ROW + b"".join(
        cell12(kind, column, data, style)
        for column, (kind, data, style) in enumerate(
            [
                (7, struct.pack("<I", 1), 0), (5, struct.pack("<d", 9.5), 0), (2, struct.pack("<I", 44546 << 2 | 2), 1),
                (6, wide("chữ"), 0), (62, b"\0" + wide("đậm"), 0), (4, b"\1", 0), (3, b"\x17", 0),
                (8, wide("kết quả") + bytes(4), 0), (1, b"", 0),
            ]
        )
    )  # fmt: skip
    sheet += record12(18, struct.pack("<II", 0, 1))  # a short cell, behind the one before
    reading = read_bytes(xlsb(sheet, strings=["không", "Điểm"], styles=styles))
    assert (reading.format, reading.state) == ("xlsb", ReadingState.READ)
    assert reading.tables[0].rows == (
        ("Điểm", "9.5", "16/12/2021", "chữ", "đậm", "TRUE", "#REF!", "kết quả", "Điểm"),
    )  # fmt: skip


def test_an_xlsb_that_is_hidden_and_broken(read_bytes: ReadBytes) -> None:
    reading = read_bytes(xlsb(ROW + cell12(6, 0, wide("còn")) + cell12(5, 1, b"\0"), state=2))
    assert "còn" in reading.text
    assert codes(reading) == ["text-incomplete", "hidden-sheets"]


# --- anything at all -------------------------------------------------------------------------------------------------

_XLS = workbook8(
    ("Bảng", label(0, 0, "chữ") + number(1, 0, 9.5) + record(0xFD, struct.pack("<HHHI", 2, 0, 0, 0))),
    before=font(".VnTime") + style(0, 14) + record(0xFC, struct.pack("<II", 1, 1) + text8("Một")),
)
_XLSB = ROW + cell12(6, 0, wide("chữ")) + cell12(5, 1, struct.pack("<d", 9.5)) + cell12(7, 2, struct.pack("<I", 0))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.booleans(), st.lists(st.tuples(st.integers(0, 400), st.binary(max_size=5)), min_size=1, max_size=6))
def test_any_damage_in_the_records_is_a_state(
    read_bytes: ReadBytes, old: bool, changes: list[tuple[int, bytes]]
) -> None:
    content = bytearray(_XLS if old else _XLSB)
    for at, data in changes:
        content[at % len(content) : at % len(content) + len(data)] = data
    reading = read_bytes(ole(bytes(content)) if old else xlsb(bytes(content), strings=["Một"]))
    assert "reader-failed" not in codes(reading)


@pytest.mark.parametrize("name", ["any_sheets.xls", "biff5_write.xls", "any_sheets.xlsb"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.floats(0, 0.999), st.binary(min_size=1, max_size=4)), min_size=1, max_size=8))
def test_any_damage_in_a_real_file(
    read_bytes: ReadBytes, samples: Path, name: str, changes: list[tuple[float, bytes]]
) -> None:
    content = bytearray((samples / "formats" / name).read_bytes())
    for where, data in changes:
        at = int(where * len(content))
        content[at : at + len(data)] = data
    assert "reader-failed" not in codes(read_bytes(bytes(content)))
