"""Word documents in OLE files: every part that paper shows, tables as tables, and damage as an answer."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.readers.limits import ReadingLimits
from archive.readers.ole.doc import read_doc
from archive.readers.table import read
from archive.records import Reading, ReadingState
from tests.archive.readers import making_ole
from tests.archive.readers.conftest import ReadBytes
from tests.archive.readers.making_ole import DELETED, HIDDEN, IN_TABLE, Doc, code, edges

TEXT = "Báo cáo\rnam 2021\r"
TITLE = code((0x4A4F, b"\x00\x00"))  # set in the first font of the table


def codes(reading: Reading) -> list[str]:
    return [warning for warning, _words in reading.warnings]


# --- text ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cuts", [[], [3], [1, 2, 9]])
def test_pieces_of_one_and_of_two_bytes(cuts: list[int], read_bytes: ReadBytes) -> None:
    text = "Dang uy – “x” Đảng ủy Khối — “hồ sơ”\r"
    doc = Doc(text, cuts=[*cuts, 14], wide=[len(cuts) + 1])
    assert read_bytes(doc.file()).text == text.strip("\r")


def test_letters_beyond_sixteen_bits_shift_nothing(read_bytes: ReadBytes) -> None:
    doc = Doc("\ud83d\ude00 một hai ba\r", wide=[0], letters=[(7, 10, DELETED)])
    assert read_bytes(doc.file()).text == "😀 một  ba"


def test_signs_of_word(read_bytes: ReadBytes) -> None:
    text = "một\x0bhai\x0eba\rbốn\x1enăm sá\x1fu\r\x01\x08\x02bảy\ttám\xa0chín\r"
    assert read_bytes(Doc(text, wide=[0]).file()).text == "một\nhai\nba\nbốn-năm sáu\nbảy\ttám chín"


def test_byte_ad_is_a_letter(read_bytes: ReadBytes) -> None:
    """In TCVN3 the code of a soft hyphen is ư, and Word's own optional hyphen is another sign."""
    text = "\xad¬ng ®\xadîc n­íc ng­êi nh÷ng ®¹i biÓu t\x1fr­ëng ban th­êng vô ®· chñ tr× héi nghÞ\r"
    reading = read_bytes(Doc(text, letters=[(0, len(text), TITLE)], fonts=[".VnTime"]).file())
    assert reading.encoding == "tcvn3"
    assert "ương được nước người những đại biểu trưởng ban thường vụ" in reading.text


def test_fields_show_their_result(read_bytes: ReadBytes) -> None:
    text = (
        'trang \x13 PAGE \x147\x15, \x13 HYPERLINK "http://vidu.vn" \x14xem \x13 REF a \x14b\x15\x15'
        "\x13 ASK \x15. \x13không đóng\r\x14x\x15\r"
    )
    assert read_bytes(Doc(text, wide=[0]).file()).text == "trang 7, xem b. x"
    assert read_bytes(Doc("\x13a\rb\x15\x15\x14c\r").file()).text == "c"
    assert read_bytes(Doc("a \x13mở\rb\r", wide=[0]).file()).text == "a mở\nb"


def test_what_paper_does_not_show(read_bytes: ReadBytes) -> None:
    doc = Doc("giu xoa an giu\r", letters=[(4, 8, DELETED), (8, 11, HIDDEN)])
    reading = read_bytes(doc.file())
    assert (reading.text, codes(reading)) == ("giu giu", ["hidden-text"])


def test_changes_on_pieces(read_bytes: ReadBytes) -> None:
    """What a fast save left: one short change, one that is listed, and one that hides nothing."""
    doc = Doc("mot hai ba bon\r", cuts=[4, 8, 11], changes={0: 0x41 << 1 | 1 << 8, 1: 1, 2: 3}, listed=[HIDDEN, TITLE])
    assert read_bytes(doc.file()).text == "ba bon"


def test_signs_of_symbol_fonts(read_bytes: ReadBytes) -> None:
    symbol = code((0x6A09, b"\x00\x00\xfe\xf0"))
    assert read_bytes(Doc("( dong y\r", letters=[(0, 1, symbol)]).file()).text == "☑ dong y"


# --- pages -----------------------------------------------------------------------------------------------------------


def test_page_breaks(read_bytes: ReadBytes) -> None:
    before = code((0x2407, b"\x01"))
    doc = Doc("mot\x0chai\rba\r", paragraphs=[(8, 11, before)])
    assert [page.text for page in read_bytes(doc.file()).pages] == ["mot", "hai", "ba"]


def test_sections_that_go_on_on_the_same_page(read_bytes: ReadBytes) -> None:
    doc = Doc("mot\x0chai\x0cba\r", sections=[(0, 2), (4, 0), (8, 2)])
    assert [page.text for page in read_bytes(doc.file()).pages] == ["mot\nhai", "ba"]


def test_headers_first_and_the_rest_behind(read_bytes: ReadBytes) -> None:
    stories = ["than bai\r", "chu thich\r", "----\rdau le\r3\rdau trang\rchan trang\r", "", "nhan xet\r", "cuoi bai\r"]
    stories += ["hop chu\r", "hop dau\r"]
    # Separators of notes take six places; then even and odd header, even and odd footer, first header and footer.
    headers = [0, 5, 5, 5, 5, 5, 5, 5, 12, 12, 14, 24, 35, 35]
    doc = Doc("".join(stories), lengths=[len(story) for story in stories], headers=headers)
    lines = [line for line in read_bytes(doc.file()).text.split("\n") if line]
    assert lines == [
        "dau trang", "dau le", "than bai", "chan trang", "chu thich", "cuoi bai", "hop chu", "hop dau", "nhan xet",
    ]  # fmt: skip


# --- tables ----------------------------------------------------------------------------------------------------------


def test_a_table(read_bytes: ReadBytes) -> None:
    rows, formats = making_ole.table(["TT", "Nội dung"], ["1", ""], ["", "hai\rdòng"], at=4)
    reading = read_bytes(Doc(f"đầu\r{rows}cuối\r", wide=[0], paragraphs=formats).file())
    assert [table.rows for table in reading.tables] == [(("TT", "Nội dung"), ("1", ""), ("", "hai\ndòng"))]
    assert reading.text == "đầu\nTT\tNội dung\n1\nhai\ndòng\ncuối"


def test_columns_by_the_edges_of_the_cells(read_bytes: ReadBytes) -> None:
    """A title over three columns; in the last row the first column is missing, and the edges are a little off."""
    ends = [edges(0, 3000), edges(0, 1000, 2000, 3000), edges(1010, 1995, 3000)]
    rows, formats = making_ole.table(["Điểm"], ["a", "b", "c"], ["d", "e"], ends=ends)
    reading = read_bytes(Doc(rows, wide=[0], paragraphs=formats).file())
    assert reading.tables[0].rows == (("Điểm", "", ""), ("a", "b", "c"), ("", "d", "e"))


def test_long_formatting_in_the_data_stream(read_bytes: ReadBytes) -> None:
    long = edges(0, 1000, 2000)
    rows, formats = making_ole.table(["a", "b"], ["c", "d"], ends=[code((0x6646, struct.pack("<I", 7)))] * 2)
    data = b"\0" * 7 + struct.pack("<H", len(long)) + long
    assert read_bytes(Doc(rows, paragraphs=formats, data=data).file()).tables[0].rows == (("a", "b"), ("c", "d"))


def test_a_table_in_a_table(read_bytes: ReadBytes) -> None:
    inner_cell = code((0x2416, b"\x01"), (0x6649, struct.pack("<i", 2)), (0x244B, b"\x01"))
    inner_row = code((0x2416, b"\x01"), (0x6649, struct.pack("<i", 2)), (0x244C, b"\x01"))
    text = "x\ry\r\rngoai\x07sau\x07\x07"
    formats = [(0, 4, inner_cell), (4, 5, inner_row), (5, 15, IN_TABLE), (15, 16, making_ole.ROW_END)]
    reading = read_bytes(Doc(text, paragraphs=formats).file())
    assert [table.rows for table in reading.tables] == [(("x\ty\nngoai", "sau"),), (("x", "y"),)]


def test_tables_without_formatting_are_guessed(read_bytes: ReadBytes) -> None:
    reading = read_bytes(Doc("a\x07b\x07\x07c\x07d\x07\x07sau\r").file())
    assert [table.rows for table in reading.tables] == [(("a", "b"), ("c", "d"))]
    assert reading.text == "a\tb\nc\td\nsau"


# --- other files of Word ---------------------------------------------------------------------------------------------


def word_95(text: bytes, flags: int = 0) -> bytes:
    """Word 95: 8-bit letters from `fcMin` on, no table stream."""
    document = bytearray(0x300)
    struct.pack_into("<HH6xH", document, 0, 0xA5DC, 104, flags)
    struct.pack_into("<2I", document, 24, 0x300, 0x300 + len(text))
    struct.pack_into("<I", document, 0x34, len(text))
    return making_ole.ole({"WordDocument": bytes(document) + text})


def test_word_95(read_bytes: ReadBytes) -> None:
    reading = read_bytes(word_95(b"mot\rhai\x07ba\x07\x07\x95 \x96 bon\r"))
    assert (reading.format, reading.text) == ("doc", "mot\nhai\tba\n• – bon")


def test_locked(read_bytes: ReadBytes) -> None:
    assert read_bytes(Doc(TEXT, flags=0x300).file()).state is ReadingState.LOCKED
    assert read_bytes(word_95(b"mot\r", flags=0x100)).state is ReadingState.LOCKED


def test_macros_and_properties(read_bytes: ReadBytes) -> None:
    doc = Doc(TEXT, others={"Macros": {"VBA": {"dir": b"x"}}, "\x05SummaryInformation": summary()})
    reading = read_bytes(doc.file())
    assert codes(reading) == ["active-content"]
    assert reading.properties == {"title": "Báo cáo", "author": "Tổ chức", "created": "2021-12-01T00:00:00+00:00"}


def summary() -> bytes:
    ticks = 132827904000000000
    values = [
        (1, struct.pack("<IHxx", 2, 1252)),
        (2, struct.pack("<II", 30, 8) + "Báo cáo\0".encode("cp1252")),
        (4, struct.pack("<II", 31, 8) + "Tổ chức\0".encode("utf-16-le")),
        (12, struct.pack("<IQ", 64, ticks)),
        (13, struct.pack("<IQ", 64, 1 << 63)),
    ]
    at = 8 + 8 * len(values)
    index = body = b""
    for number, value in values:
        index += struct.pack("<II", number, at + len(body))
        body += value
    part = struct.pack("<II", at + len(body), len(values)) + index + body
    return struct.pack("<HHI16xI16xI", 0xFFFE, 0, 2, 1, 48) + part


def test_nothing_but_pictures(read_bytes: ReadBytes) -> None:
    reading = read_bytes(Doc("\x01\r\x08\r", flags=0x208).file())
    assert (reading.state, codes(reading)) == (ReadingState.NOT_YET, ["needs-ocr"])
    assert codes(read_bytes(Doc("\r\r").file())) == ["empty"]


# --- limits and damage -----------------------------------------------------------------------------------------------


def test_limits_are_told(read_bytes: ReadBytes) -> None:
    limits = ReadingLimits(text_mb=1, pages=2)
    long = read_bytes(Doc("a" * 700_000 + "\r" + "b" * 700_000, cuts=[700_000]).file(), limits)
    assert codes(long) == ["text-incomplete"]
    assert len(long.text) == 1024 * 1024
    many = read_bytes(Doc("a\x0cb\x0cc\r").file(), limits)
    assert (len(many.pages), codes(many)) == (2, ["text-incomplete"])


@pytest.mark.parametrize(
    "streams",
    [
        {"WordDocument": b""},
        {"WordDocument": b"\xec\xa5" + b"\0" * 2000},
        {"WordDocument": Doc(TEXT).streams()["WordDocument"]},  # its table is missing
        {**Doc(TEXT).streams(), "WordDocument": b"\xffWPC" + b"\0" * 2000},
        {**Doc(TEXT).streams(), "1Table": b"\x02\xff\xff\xff\xff" + b"\0" * 200},
    ],
)
def test_damage_is_an_answer(streams: making_ole.Tree, read_bytes: ReadBytes) -> None:
    reading = read_bytes(making_ole.ole(streams))
    assert (reading.state, codes(reading)) == (ReadingState.UNREADABLE, ["unreadable"])


def test_a_file_cut_off_is_not_read_as_if_it_were_whole(samples: Path, read_bytes: ReadBytes) -> None:
    data = (samples / "legacy" / "files" / "2004-B8.doc").read_bytes()
    for share in (0.2, 0.4):
        assert read_bytes(data[: int(len(data) * share)]).state is ReadingState.UNREADABLE


def test_pieces_over_the_same_bytes_end_at_the_limit(read_bytes: ReadBytes) -> None:
    """A small file that says it holds a gigabyte of text."""
    doc = Doc("a" * 4000 + "\r")
    table = b"".join(struct.pack("<I", 4000 * index) for index in range(20_001))
    table += struct.pack("<HIH", 0, 0x40000000 | 0x800 * 2, 0) * 20_000
    streams = doc.streams()
    streams["1Table"] = b"\x02" + struct.pack("<I", len(table)) + table
    document = bytearray(streams["WordDocument"])  # type: ignore[arg-type]
    struct.pack_into("<2I", document, 154 + 8 * 33, 0, len(table) + 5)
    struct.pack_into("<i", document, 76, 4000 * 20_000)
    streams["WordDocument"] = bytes(document)
    reading = read_bytes(making_ole.ole(streams), ReadingLimits(text_mb=1))
    assert codes(reading) == ["text-incomplete"]


ROWS, FORMATS = making_ole.table(["a", "b"], ["c", "d"], at=17, ends=[edges(0, 9), edges(0, 5, 9)])
WHOLE = Doc(
    TEXT + ROWS + "\x13 PAGE \x141\x15 cuối\r", cuts=[10], wide=[0, 1], paragraphs=FORMATS, fonts=[".VnTime"],
    letters=[(0, 7, TITLE), (8, 10, DELETED)], headers=[0] * 9, sections=[(0, 0)], listed=[HIDDEN], changes={1: 1},
    others={"\x05SummaryInformation": summary()},
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=400, deadline=None)
@given(
    name=st.sampled_from(["WordDocument", "1Table"]),
    at=st.integers(0, 4000),
    junk=st.sampled_from([b"\xff", b"\xff\xff\xff\xff", b"\0\0", b"\x80\0\0\0", b"\x7f"]) | st.binary(max_size=6),
)
def test_no_damage_makes_it_fail(tmp_path: Path, name: str, at: int, junk: bytes) -> None:
    """Straight to the reader, which must not lean on the net that the table holds below it."""
    streams = WHOLE.streams()
    data = streams[name]
    assert isinstance(data, bytes)
    at %= len(data)
    streams[name] = data[:at] + junk + data[at + len(junk) :]
    path = tmp_path / "a"
    path.write_bytes(making_ole.ole(streams))
    assert read_doc(path, ReadingLimits()).format == "doc"


def test_no_mutation_of_a_real_file_makes_it_fail(samples: Path, tmp_path: Path) -> None:
    chance = random.Random(97)
    path = tmp_path / "a"
    for name in ("2004-B1-4-LLCN.doc", "2006-Mau-MDS-3M-HD.doc"):
        whole = (samples / "legacy" / "files" / name).read_bytes()
        for _round in range(100):
            data = bytearray(whole)
            for _hit in range(chance.randint(1, 30)):
                data[chance.randrange(len(data))] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
            path.write_bytes(data[: chance.randrange(len(data)) if chance.random() < 0.2 else len(data)])
            assert read_doc(path, ReadingLimits()).format == "doc"


# --- real files ------------------------------------------------------------------------------------------------------


def test_the_sample_document(samples: Path) -> None:
    reading = read(samples / "formats" / "mau.doc", ReadingLimits())
    same = read(samples / "formats" / "mau.docx", ReadingLimits())
    assert reading.text == same.text
    assert [table.rows for table in reading.tables] == [table.rows for table in same.tables]


def test_fast_saved_real_paper(samples: Path) -> None:
    reading = read(samples / "legacy" / "files" / "2004-B1-1-DONTC.doc", ReadingLimits())
    assert (reading.state, reading.encoding) == (ReadingState.READ, "tcvn3")
    assert "FORMTEXT" not in reading.text
