"""What a file is, by its bytes; and whether it has come to its end."""

from __future__ import annotations

import csv
import io
import os
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.readers.sniff import closes, sniff
from tests.archive.readers import making

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def odf(kind: str) -> bytes:
    return making.zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": b"<x/>"})


def ooxml(content_type: str) -> bytes:
    return making.zipped({"[Content_Types].xml": f'<Types><Override ContentType="{content_type}"/></Types>'.encode()})


FORMATS = {
    "empty": b"",
    "pdf": making.pdf(making.lines("một")),
    "docx": making.docx(making.p("một")),
    "docm": ooxml("application/vnd.ms-word.document.macroEnabled.main+xml"),
    "xlsx": ooxml("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
    "xlsb": ooxml("application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
    "pptx": ooxml("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"),
    "odt": odf("text"),
    "ods": odf("spreadsheet"),
    "zip": making.zipped({"a.txt": b"a"}),
    "rtf": b"{\\rtf1\\ansi xin ch\\'e0o}",
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
    "png": b"\x89PNG\r\n\x1a\n\x00\x00",
    "tiff": b"II*\x00\x08\x00\x00\x00",
    "heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00",
    "7z": b"7z\xbc\xaf\x27\x1c\x00\x04",
    "rar": b"Rar!\x1a\x07\x01\x00",
    "html": "<!-- x --><HTML><body>Báo cáo</body></html>".encode(),
    "eml": b"From: a@example.com\r\nSubject: =?utf-8?q?B=C3=A1o_c=C3=A1o?=\r\n\r\nxin",
    "txt": "Báo cáo tổng kết năm 2021".encode(),
    "ole": OLE + bytes(600),
    "unknown": b"\x00\x01\x02\x03 something",
}


@pytest.mark.parametrize("form", FORMATS)
def test_by_content(form: str, tmp_path: Path) -> None:
    path = tmp_path / "name that lies.xyz"
    path.write_bytes(FORMATS[form])
    assert sniff(path) == form


@pytest.mark.parametrize("text", ["﻿Báo cáo", "Kính gửi: Đảng ủy Khối\nVề việc: báo cáo", "<gạch> không phải html"])
def test_plain_text_stays_plain(text: str, tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-16"):
        (tmp_path / "a").write_bytes(text.encode(encoding))
        assert sniff(tmp_path / "a") == "txt"


def test_old_encodings_are_text(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes("B¸o c¸o tæng kÕt n¨m".encode("latin-1"))
    assert sniff(tmp_path / "a") == "txt"


def test_letter_cut_in_two_at_the_end_of_the_look(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a" + "ộ".encode() * 40_000)
    assert sniff(tmp_path / "a") == "txt"


def test_junk_before_a_pdf(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\x00junk " * 100 + FORMATS["pdf"])
    assert sniff(tmp_path / "a") == "pdf"
    (tmp_path / "a").write_bytes(b"\x00junk " * 400 + FORMATS["pdf"])
    assert sniff(tmp_path / "a") == "unknown"


def test_a_docx_cut_in_half_is_still_called_one(tmp_path: Path) -> None:
    data = FORMATS["docx"]
    (tmp_path / "a").write_bytes(data[: len(data) // 2])
    assert (sniff(tmp_path / "a"), closes(tmp_path / "a")) == ("docx", False)


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "empty"])
def test_whole_files_close(form: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(FORMATS[form])
    assert closes(tmp_path / "a")


@pytest.mark.parametrize("form", ["pdf", "docx", "zip", "odt"])
@pytest.mark.parametrize("share", [0.3, 0.7, 0.97])
def test_cut_files_do_not_close(form: str, share: float, tmp_path: Path) -> None:
    data = FORMATS[form]
    (tmp_path / "a").write_bytes(data[: int(len(data) * share)])
    assert not closes(tmp_path / "a")


def test_zero_bytes_do_not_close(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    assert not closes(tmp_path / "a")


def test_a_zip_comment_and_a_forged_one(tmp_path: Path) -> None:
    """The directory's end may be followed by its comment; a comment longer than the file means that the end is cut."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "a")
        archive.comment = b"c" * 1000
    whole = buffer.getvalue()
    (tmp_path / "a").write_bytes(whole)
    assert closes(tmp_path / "a")
    (tmp_path / "a").write_bytes(whole[:-10])
    assert not closes(tmp_path / "a")


def test_links_fifos_and_folders_are_not_opened(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(FORMATS["pdf"])
    (tmp_path / "link").symlink_to(tmp_path / "target")
    os.mkfifo(tmp_path / "fifo")
    for look in (sniff, closes):
        with pytest.raises(OSError, match="symbolic"):
            look(tmp_path / "link")
        with pytest.raises(FileNotFoundError):
            look(tmp_path / "gone")
    assert sniff(tmp_path / "fifo") == "unknown"  # and comes back at once, though nobody writes
    assert not closes(tmp_path / "fifo")


STARTS = [
    b"",
    b"%PDF-1.4\n",
    b"PK\x03\x04",
    b"PK\x05\x06",
    OLE,
    b"{\\rtf",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"<?xml ",
    b"From: ",
]
ENDS = [b"", b"%%EOF", b"PK\x05\x06" + bytes(18), b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 9, 9, 99999999, 7, 0)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(start=st.sampled_from(STARTS), middle=st.binary(max_size=3000), end=st.sampled_from(ENDS))
def test_no_bytes_make_it_fail(tmp_path: Path, start: bytes, middle: bytes, end: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(start + middle + end)
    assert sniff(path)
    assert closes(path) in (True, False)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(form=st.sampled_from(["docx", "odt", "pdf", "zip"]), at=st.floats(0, 1), junk=st.binary(max_size=30))
def test_no_damage_makes_it_fail(tmp_path: Path, form: str, at: float, junk: bytes) -> None:
    data = FORMATS[form]
    place = int(len(data) * at)
    path = tmp_path / "a"
    path.write_bytes(data[:place] + junk + data[place + len(junk) :])
    assert sniff(path)
    assert closes(path) in (True, False)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(header=st.binary(min_size=504, max_size=504), rest=st.binary(max_size=2048), shift=st.sampled_from([9, 12]))
def test_no_ole_directory_makes_it_fail(tmp_path: Path, header: bytes, rest: bytes, shift: int) -> None:
    data = bytearray(OLE + header + rest)
    data[30:34] = struct.pack("<HH", shift, 6)
    (tmp_path / "a").write_bytes(data)
    assert sniff(tmp_path / "a")


# --- the shared samples ----------------------------------------------------------------------------------------------

# What is not as its name says; the manifest tells so in words.
_LYING = {
    "la_docx.pdf": "docx", "la_pdf.docx": "pdf", "la_html.doc": "html", "la_rtf.doc": "rtf", "rong.pdf": "empty",
    "~$mau.docx": "unknown", "testWORD_protected_passtika.docx": "ooxml", "pass_protected.xlsx": "ooxml",
}  # fmt: skip
_SAME = {"jpg": "jpeg", "tif": "tiff"}


def test_the_shared_samples(samples: Path) -> None:
    with (samples / "formats" / "manifest.csv").open(encoding="utf-8") as manifest:
        names = [row["file"] for row in csv.DictReader(manifest)]
    assert names
    wrong = {}
    for name in names:
        suffix = name.rpartition(".")[2]
        expected = _LYING.get(name, _SAME.get(suffix, suffix))
        if (found := sniff(samples / "formats" / name)) != expected:
            wrong[name] = found
    assert wrong == {}
    open_ended = {name for name in names if not closes(samples / "formats" / name)}
    assert open_ended == {"rong.pdf", "mau_mat_duoi.pdf", "mau_nua.pdf"}
