"""CSV: told from prose by its shape, read as a table."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.readers.limits import ReadingLimits
from archive.readers.sheets.csv_file import delimiter_of
from archive.readers.sniff import sniff
from archive.records import ReadingState
from tests.archive.readers.conftest import ReadBytes

SCORES = "TT{0}Nội dung{0}Điểm chuẩn{0}Tự chấm\n1{0}Tư tưởng{0}20{0}18\n2{0}Kiểm tra{0}30{0}35\n"
LETTER = """Kính gửi: Ban Tổ chức, Văn phòng
Thực hiện kế hoạch, chi bộ báo cáo như sau:
Về tư tưởng, đảng viên yên tâm công tác
Nơi nhận, như trên
"""


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_whatever_parts_its_values(read_bytes: ReadBytes, delimiter: str) -> None:
    reading = read_bytes(SCORES.format(delimiter).encode())
    assert (reading.format, reading.state) == ("csv", ReadingState.READ)
    assert reading.tables[0].rows[2] == ("2", "Kiểm tra", "30", "35")
    assert reading.text.split("\n")[0] == "TT\tNội dung\tĐiểm chuẩn\tTự chấm"


def test_quotes_hold_commas_and_line_breaks(read_bytes: ReadBytes) -> None:
    reading = read_bytes('TT,Nội dung\n1,"Kiểm tra, giám sát"\n2,"Dân vận\nkhéo"\n'.encode())
    assert reading.tables[0].rows == (("TT", "Nội dung"), ("1", "Kiểm tra, giám sát"), ("2", "Dân vận\nkhéo"))


def test_the_line_that_excel_puts_on_top(read_bytes: ReadBytes) -> None:
    reading = read_bytes("\ufeffsep=;\r\nTT;Điểm\r\n1;9,5\r\n".encode())
    assert reading.format == "csv"
    assert reading.tables[0].rows == (("TT", "Điểm"), ("1", "9,5"))


def test_utf_16_with_its_mark(read_bytes: ReadBytes) -> None:
    reading = read_bytes(SCORES.format("\t").encode("utf-16"))
    assert reading.format == "csv"
    assert reading.tables[0].rows[1][1] == "Tư tưởng"


@pytest.mark.parametrize(
    "text",
    [
        LETTER,
        "một dòng, hai phần\n",
        "9,5\n8,25\n7,75\n10,0\n",
        "a,b\nc,d\n",
        "a,b\nc,d,e\nf,g\nh,i\n",
        "Số 12-BC/ĐU\nHà Tĩnh; ngày 15\nBÁO CÁO\n",
    ],
)
def test_prose_stays_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "diem.csv"
    path.write_text(text, encoding="utf-8")
    assert sniff(path) == "txt"


def test_more_than_may_be_kept_is_said(read_bytes: ReadBytes) -> None:
    data = "a,b\n" * 400_000
    reading = read_bytes(data.encode(), ReadingLimits(text_mb=1))
    assert reading.format == "csv"
    assert [code for code, _words in reading.warnings].count("text-incomplete") >= 1
    assert len(reading.text) <= 1024 * 1024


def test_a_value_longer_than_a_line_may_be_is_read_as_text(read_bytes: ReadBytes) -> None:
    reading = read_bytes(b"a,b\n" * 60 + b'c,"' + b"d" * 200_000 + b'"\n')
    assert reading.state is ReadingState.READ
    assert "ddd" in reading.text


@given(st.text(alphabet='a,;\t|\n\r"\x85 ễ', max_size=60))
def test_any_text_may_be_asked(text: str) -> None:
    assert delimiter_of(text) in (None, ",", ";", "\t", "|")
