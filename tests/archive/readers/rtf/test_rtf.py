"""RTF: text, tables, pages, encodings, and files made to hurt."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.readers.limits import ReadingLimits
from archive.readers.rtf.rtf_parse import parse
from archive.records import Reading, ReadingState, Source, Table
from tests.archive.readers.conftest import ReadBytes

HEAD = rb"{\rtf1\ansi\ansicpg1252\deff0"
FONTS = (
    rb"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fswiss\fcharset238{\*\panose 02}Arial CE;}"
    rb"{\f2\fcharset163 Arial (Vietnamese);}{\f3\fcharset163 .VnTime;}{\f4\fcharset2 Wingdings;}{\f5\fnil Plain;}}"
)


def rtf(body: bytes) -> bytes:
    return HEAD + FONTS + body + b"}"


def codes(reading: Reading) -> list[str]:
    return [code for code, _words in reading.warnings]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rb"a\par b\line c\tab d\par", "a\nb\nc\td"),
        (b"one\r\ntwo\\\r\nthree", "onetwo\nthree"),
        (rb"\{x\}\\\~\_\emdash\lquote\bullet y", "{x}\\ -—‘•y"),
        (rb"ch\u7919?\u227\'3fng {\uc2\u7841\'3f\'3fy}\u55357?\u56832?", "chữãng ạy😀"),
        (rb"\uc0\u-3913 \u-3932 x", "••x"),
        (rb"\f1 za\'bf\'f3\'b3\'e6 \f0\'e9 \f2 a\'f2\'d0 \f5\'e9\plain\'e9", "zażółć é ạĐ éé"),
        (rb"\f4\'a7\'d8\'41 x\plain\f0 y", "▪➢• •y"),
        (rb"{\v secret}seen{\deleted gone}{\v0 too}", "seentoo"),
        (rb"{\*\unknown x}{\*\bkmkstart b}{\field{\*\fldinst PAGE}{\fldrslt 3}} of{\pict 00ff{\bin3 }}}}}", "3 of"),
        (rb"{\stylesheet{\s0 Normal;}}{\colortbl;\red0;}{\listtext 1.}text{\*\pgdsctbl x}", "1.text"),
        (rb"a{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt box\par}}{\shprslt twice}}b\par c", "box\nab\nc"),
        (rb"a{\*\do{\dptxbxtext box}}{\footnote note\par}b\par{\header top\par}{\footer 1}", "top\nbox\nab\n\nnote"),
    ],
)
def test_text(body: bytes, text: str, read_bytes: ReadBytes) -> None:
    assert read_bytes(rtf(body)).text == text


def test_pages_break_where_they_are_told_to(read_bytes: ReadBytes) -> None:
    body = rb"one\page two\sect\sectd\sbknone still two\par\sect\sectd three\par\sect"
    assert [page.text for page in read_bytes(rtf(body)).pages] == ["one", "two\nstill two", "three"]


def test_tables(read_bytes: ReadBytes) -> None:
    row = rb"\trowd\cellx100\cellx200\pard\intbl %s\cell %s\cell\row "
    inner = rb"\pard\intbl\itap2 x\nestcell y\nestcell{\*\nesttableprops\trowd\nestrow}\pard\intbl after\cell\row "
    body = (
        rb"before\par " + row % (b"a", b"b") + row % (rb"c\par d", b"") + rb"\pard between\par " + inner + rb"\pard end"
    )
    reading = read_bytes(rtf(body))
    assert reading.tables == (
        Table(1, (("a", "b"), ("c\nd", ""))),
        Table(1, (("x\ty\nafter",),)),
        Table(1, (("x", "y"),)),
    )
    assert reading.text.splitlines()[:2] == ["before", "a\tb"]
    assert reading.text.splitlines()[-3:] == ["x\ty", "after", "end"]


def test_an_old_encoding_in_whatever_font_table(read_bytes: ReadBytes) -> None:
    """The soft hyphen is ư; the font says that its letters are Western, whatever its charset says."""
    reading = read_bytes(rtf(rb"\f3 ph\-\'acng h\'ad\'edng, nhi\'d6m v\'f4"))
    assert (reading.text, reading.encoding) == ("phương hướng, nhiệm vụ", "tcvn3")
    assert (reading.source, codes(reading)) == (Source.CONVERTED, ["old-encoding"])


def test_what_the_file_says_of_itself(read_bytes: ReadBytes) -> None:
    info = rb"{\info{\title B\'e1o c\'e1o}{\author A}{\creatim\yr2004\mo2\dy3\hr9\min5}{\revtim\yr0\mo2\dy3}}"
    assert read_bytes(rtf(info + b"x")).properties == {
        "title": "Báo cáo",
        "author": "A",
        "created": "2004-02-03T09:05:00",
    }


def test_what_is_in_it_besides_text(read_bytes: ReadBytes) -> None:
    body = rb"{\object{\*\objclass Excel.Sheet.8}{\*\objdata 00}{\result shown}}"
    reading = read_bytes(rtf(body + rb"{\field{\*\fldinst DDEAUTO cmd}{\fldrslt r}}{\v x}"))
    assert (reading.text, codes(reading)) == ("shownr", ["active-content", "attachments", "hidden-text"])
    assert codes(read_bytes(rtf(rb"{\pict 00}"))) == ["needs-ocr"]
    assert codes(read_bytes(rtf(b""))) == ["empty"]


def test_a_file_that_is_cut_off_or_too_large_is_not_taken_for_whole(read_bytes: ReadBytes) -> None:
    cut = read_bytes(rtf(rb"{\b text")[:-1])
    assert (cut.state, codes(cut)) == (ReadingState.UNREADABLE, ["unreadable"])
    large = read_bytes(rtf(b"x" * 1_100_000), ReadingLimits(part_mb=1))
    assert (large.state, codes(large)) == (ReadingState.UNREADABLE, ["over-limit"])
    assert read_bytes(rtf(b"text") + b"}} junk").text == "text"


def test_limits_of_text_and_pages(read_bytes: ReadBytes) -> None:
    long = read_bytes(rtf(b"word " * 250_000), ReadingLimits(text_mb=1))
    assert (long.state, codes(long)) == (ReadingState.READ, ["text-incomplete"])
    many = read_bytes(rtf(rb"a\page " * 9), ReadingLimits(pages=3))
    assert (len(many.pages), codes(many)) == (3, ["text-incomplete"])


@pytest.mark.parametrize(
    "body",
    [
        b"{" * 150_000 + b"x" + b"}" * 150_000,
        rb"{\pict " + b"89504e47\r\n" * 200_000 + b"}x",
        rb"{\pict\bin9999999999 }x",
        rb"\intbl\itap999999999 x\nestcell\nestrow " * 1000,
        rb"{\fonttbl" + rb"{\f1\fcharset0 A;}" * 5000 + b"}x",
        b"\\" * 100_000 + b" x",
        rb"\u99999999999999999999 \uc999999999 \bin-5 \ansicpg-1 \f999999999 x",
    ],
)
def test_hostile_files_end(body: bytes, read_bytes: ReadBytes) -> None:
    reading = read_bytes(rtf(body))
    assert "reader-failed" not in codes(reading)
    assert reading.state in (ReadingState.READ, ReadingState.UNREADABLE)


_PIECES = st.sampled_from(
    rb"{ } \par \cell \row \nestcell \nestrow \intbl \itap3 \page \sect \u-1? \'e9 \bin3 \* \shptxt \header "
    rb"\fonttbl \f1 \info \title \creatim \yr2000 \pict \uc2 \v \plain \footnote \ansicpg932 text \\ \{".split(b" ")
)


@given(st.lists(_PIECES | st.binary(max_size=4)))
def test_any_bytes_are_parsed(pieces: list[bytes]) -> None:
    parsed = parse(HEAD + b" ".join(pieces) + b"}", 1000)
    assert parsed.whole in (True, False)


def test_real_files(samples: Path, read_bytes: ReadBytes) -> None:
    folder = samples / "formats"
    assert read_bytes((folder / "testRTFTableCellSeparation.rtf").read_bytes()).tables[0].rows[:2] == (
        ("a", "b"),
        ("c", "d"),
    )
    assert read_bytes((folder / "testRTFWindowsCodepage1250.rtf").read_bytes()).text.startswith("zażółć gęślą jaźń")
    paper = read_bytes((folder / "mau.rtf").read_bytes())
    assert paper.text.startswith("ĐẢNG BỘ TỈNH MẪU\nĐẢNG ỦY KHỐI MẪU\n*\nSố 27-BC/CB")
    for path in sorted((samples / "legacy" / "files").glob("*.rtf")):
        assert read_bytes(path.read_bytes()).encoding == "tcvn3", path.name
