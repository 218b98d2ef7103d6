"""Names from inside a bundle: any bytes become harmless text, and Vietnamese ones the right text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.readers.bundles.member_names import guessed, rebuilt, unicode_path
from tests.archive.readers import making_bundles as making


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("thư mục/mẫu.docx", "thư mục/mẫu.docx"),
        ("a\\b\\c.txt", "a/b/c.txt"),
        ("../../etc/passwd", "etc/passwd"),
        ("/tmp/x", "tmp/x"),
        ("C:\\Users\\x.doc", "Users/x.doc"),
        ("a/./b//c", "a/b/c"),
        ("..", ""),
        ("", ""),
        ("a\nb\x1b[31m.txt", "a_nb_x1b[31m.txt"),
        ("gpj\u202ecod.exe", "gpj_u202ecod.exe"),
        (unicodedata.normalize("NFD", "Biên bản họp"), "Biên bản họp"),
    ],
)
def test_a_name_is_rebuilt(name: str, wanted: str) -> None:
    assert rebuilt(name) == wanted


def test_an_overlong_name_is_cut_and_keeps_its_extension() -> None:
    cut = rebuilt("x" * 100_000 + "/" + "ệ" * 100_000 + ".docx")
    folder, name = cut.split("/")
    assert len(folder) <= 200
    assert len(name) <= 200
    assert name.endswith(".docx")
    assert rebuilt("/".join("abcdefghijklmnopqrstuvwxyz")).count("/") == 12


@given(st.text())
@example("\ud800")
@example("C:C:../")
def test_no_name_leads_anywhere(name: str) -> None:
    path = rebuilt(name)
    path.encode()  # a database and a file system take it
    assert not path.startswith("/")
    assert "\\" not in path
    assert all(part.strip(" .") for part in path.split("/")) or not path
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in path)
    assert rebuilt(path) == path or ":" in path


@pytest.mark.parametrize(
    "name", ["Báo cáo tổng kết.docx", "Đề nghị xếp loại.pdf", "BIÊN BẢN HỌP.doc", "plain ascii.txt", "Quý 4.xls"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1258"])
def test_vietnamese_is_told_from_its_bytes(name: str, encoding: str) -> None:
    # Windows keeps the tone beside its letter in this code page, and the horn, the breve and the hat on it.
    parted = "".join(
        char if char in "ăâđêôơưĂÂĐÊÔƠƯ" else _tone_apart(char) for char in unicodedata.normalize("NFC", name)
    )
    raw = name.encode() if encoding == "utf-8" else parted.encode("cp1258")
    assert guessed(raw) == name


def _tone_apart(char: str) -> str:
    parts = unicodedata.normalize("NFD", char)
    tones = "".join(mark for mark in parts[1:] if mark in "\u0300\u0301\u0303\u0309\u0323")
    rest = "".join(mark for mark in parts[1:] if mark not in tones)
    return unicodedata.normalize("NFC", parts[:1] + rest) + tones


def test_a_name_of_dos_is_read_in_its_own_code_page() -> None:
    assert guessed("Müller-Größe.txt".encode("cp437")) == "Müller-Größe.txt"


@given(st.binary())
def test_any_bytes_are_some_name(raw: bytes) -> None:
    rebuilt(guessed(raw)).encode()


def test_the_name_in_the_extra_field_counts_where_it_is_of_this_name() -> None:
    raw = b"B?o c?o.txt"
    field = making.unicode_path(raw, "Báo cáo.txt")
    assert unicode_path(b"\x01\x00\x02\x00ab" + field, raw) == "Báo cáo.txt"
    assert unicode_path(field, b"renamed.txt") is None
    assert unicode_path(field[:-30], raw) is None


@given(st.binary())
def test_any_extra_field_is_survived(extra: bytes) -> None:
    unicode_path(extra, b"x")
    unicode_path(b"\x75\x70" + extra, b"x")
