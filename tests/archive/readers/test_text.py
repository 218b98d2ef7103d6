"""Plain text in the encodings that clerks' machines write."""

from __future__ import annotations

import unicodedata

import pytest

from archive.readers.limits import ReadingLimits
from archive.records import ReadingState
from tests.archive.readers.conftest import ReadBytes

TEXT = "Báo cáo tổng kết năm 2021\nChi bộ Mẫu số 1"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_encodings_with_a_mark_or_utf8(encoding: str, form: str, read_bytes: ReadBytes) -> None:
    data = unicodedata.normalize(form, TEXT).encode(encoding)
    reading = read_bytes(b"\xfe\xff" + data if encoding == "utf-16-be" else data)
    assert (reading.format, reading.text, reading.confidence) == ("txt", TEXT, 1.0)


def test_windows_1258_is_a_guess(read_bytes: ReadBytes) -> None:
    typed = unicodedata.normalize("NFC", "Báo cáo nãm")
    data = typed.replace("á", "a\u0301").replace("ã", "ă").encode("cp1258")
    reading = read_bytes(data)
    assert reading.text == "Báo cáo năm"
    assert reading.confidence == 0.5
    assert [code for code, _words in reading.warnings] == ["encoding-guessed"]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
@pytest.mark.parametrize(
    "old", ["B¸o c¸o tæng kÕt, \x93ph\u00ad¬ng h\u00adíng\x94", "Baùo caùo toång keát, \x93phöông höôùng\x94"]
)
def test_old_encodings_are_converted(old: str, encoding: str, read_bytes: ReadBytes) -> None:
    reading = read_bytes(f"{old}\n{old}".encode(encoding))
    assert reading.text.split("\n") == ["Báo cáo tổng kết, “phương hướng”"] * 2
    assert (reading.state, reading.confidence) == (ReadingState.READ, 1.0)
    assert [code for code, _words in reading.warnings] == ["old-encoding"]


def test_form_feeds_and_line_ends(read_bytes: ReadBytes) -> None:
    assert [page.text for page in read_bytes(b"mot\r\nhai\fba").pages] == ["mot\nhai", "ba"]


def test_caps(read_bytes: ReadBytes) -> None:
    long = read_bytes("ộ".encode() * 400_000, ReadingLimits(text_mb=1))
    assert [code for code, _words in long.warnings] == ["text-incomplete"]
    assert set(long.text) == {"ộ"}
    many = read_bytes(b"a\f" * 9, ReadingLimits(pages=3))
    assert (len(many.pages), many.warnings[0][0]) == (3, "text-incomplete")


def test_blank_text_is_empty(read_bytes: ReadBytes) -> None:
    assert read_bytes(b" \r\n \n").state is ReadingState.UNREADABLE
