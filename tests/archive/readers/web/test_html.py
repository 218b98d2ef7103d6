"""HTML: what a browser shows, in the encoding that the bytes are in, whatever the page says."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.readers import budget
from archive.readers.limits import ReadingLimits
from archive.readers.office.blocks import TableBlock, TextBudget
from archive.readers.office.layout import rows_of
from archive.readers.web.html import decode_html, text_codec, text_of_html
from archive.readers.web.html_walk import walk_html
from archive.records import Reading, ReadingState
from tests.archive.readers.conftest import ReadBytes


def page(body: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


def codes(reading: Reading) -> list[str]:
    return [code for code, _words in reading.warnings]


def test_the_sample_called_doc(samples: Path, read_bytes: ReadBytes) -> None:
    reading = read_bytes((samples / "formats" / "la_html.doc").read_bytes())
    assert (reading.format, reading.state) == ("html", ReadingState.READ)
    assert reading.text == "Cộng hòa xã hội chủ nghĩa Việt Nam\nBáo cáo tổng kết năm 2021"


def test_blocks_are_lines_and_blanks_are_folded() -> None:
    body = (
        "<h1>BÁO\n  CÁO</h1>tổng <b>kết</b>\n<i> năm</i><br>2021<p>một<p>hai<ul><li>ba<li>bốn</ul>"
        "<pre>giữ   nguyên\n  đây</pre>x<span>y</span>"
    )
    assert text_of_html(page(body)).split("\n") == [
        "BÁO CÁO", "tổng kết năm", "2021", "một", "hai", "ba", "bốn", "giữ   nguyên", "  đây", "xy",
    ]  # fmt: skip


def test_entities_and_forms() -> None:
    body = (
        "Hi&#7879;u l&#x1EF1;c &amp; &ETH;&agrave; N&#7861;ng&nbsp;!<p><input type=checkbox checked>có "
        "<input type=radio>không <input value='ba'><input type=hidden value=ẩn><input type=password value=ẩn>"
        "<textarea>bốn</textarea>"
    )
    assert text_of_html(page(body)).replace("\xa0", " ") == "Hiệu lực & Ðà Nẵng !\n☑có ☐không ba\nbốn"


def test_scripts_and_what_is_hidden_stay_out() -> None:
    body = (
        "thấy<script>document.write('<p>ẩn</p>')</script><style>p{}</style><noscript>ẩn</noscript><!-- ẩn -->"
        "<div style='color:red; display : none'>ẩn<p>ẩn nữa</p></div><p hidden>ẩn</p><template>ẩn</template>"
        "<span style='mso-hide:all'>ẩn</span><xml><w:View>Normal</w:View></xml><iframe src='http://x/'>ẩn</iframe>"
        "<p style='visibility:visible'>rõ"
    )
    assert text_of_html(page(body, "<title>ẩn</title>")) == "thấy\nrõ"


def test_tables_keep_their_columns(read_bytes: ReadBytes) -> None:
    body = (
        "<table><thead><tr><th>TT<th>Nội dung<th>Điểm</thead><tr><td rowspan=2>1<td>a<td>9<tr><td>b<td>8"
        "<tr><td colspan=2>Cộng<td>17</table>sau"
    )
    reading = read_bytes(page(body))
    assert reading.tables[0].rows == (
        ("TT", "Nội dung", "Điểm"), ("1", "a", "9"), ("", "b", "8"), ("Cộng", "", "17"),
    )  # fmt: skip
    assert reading.text == "TT\tNội dung\tĐiểm\n1\ta\t9\n\tb\t8\nCộng\t17\nsau"


def test_a_head_in_two_columns_and_a_table_in_a_table(read_bytes: ReadBytes) -> None:
    head = "<table><tr><td>ĐẢNG BỘ<br>CHI BỘ<td>ĐẢNG CỘNG SẢN VIỆT NAM<p>Hà Tĩnh</table>"
    inner = "<table><tr><td>ngoài<table><tr><td>trong<td>bảng</table><td>bên</table>"
    reading = read_bytes(page(head + inner))
    assert reading.text.split("\n") == [
        "ĐẢNG BỘ", "CHI BỘ", "ĐẢNG CỘNG SẢN VIỆT NAM", "Hà Tĩnh", "ngoài", "trong\tbảng", "bên",
    ]  # fmt: skip
    assert [each.rows for each in reading.tables][1:] == [(("ngoài\ntrong\tbảng", "bên"),), (("trong", "bảng"),)]


def test_pages_of_word(read_bytes: ReadBytes) -> None:
    reading = read_bytes(page("một<br clear=all style='mso-special-character:line-break;page-break-before:always'>hai"))
    assert [each.text for each in reading.pages] == ["một", "hai"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (page("Báo cáo", "<meta charset=iso-8859-1>"), "Báo cáo"),
        ("<meta charset='utf-8'><p>Báo cáo".encode("utf-16"), "Báo cáo"),
        (b"\xef\xbb\xbf" + page("Báo cáo"), "Báo cáo"),
        (b"<meta http-equiv=x content='text/html; charset=windows-1258'>B\xe1o c\xe1o t\xf4\xd2ng", "Báo cáo tổng"),
        (page("", "<meta charset=windows-1251>") + "Привет".encode("cp1251"), "Привет"),
        (page("", "<meta charset=zlib>") + b"c\xe0 ph\xea \xd0 ...", "cà phê Đ ..."),
    ],
    ids=["wrong declaration", "utf-16", "mark", "cp1258", "cp1251", "no charset of text"],
)  # fmt: skip
def test_the_encoding_of_the_bytes(data: bytes, words: str) -> None:
    assert unicodedata.normalize("NFC", text_of_html(data)) == words


def test_a_guess_says_so(read_bytes: ReadBytes) -> None:
    guessed = read_bytes(b"<html><p>B\xe1o c\xe1o")
    assert codes(guessed) == ["encoding-guessed"]
    assert (guessed.confidence or 1) <= 0.5
    assert decode_html(b"<p>\xe1", "windows-1252") == ("<p>á", False)


def test_charsets_that_are_none() -> None:
    assert [text_codec(name) for name in ("utf-7", "hex", "unicode_escape", "idna", "???", "", "UTF8")] == [
        "", "", "", "", "", "", "utf-8",
    ]  # fmt: skip
    assert text_codec("x-user-defined") == "latin-1"


@pytest.mark.parametrize(
    "look",
    [
        '<font face=".VnTime">{}',
        "<p style=\"font-family:'.VnTime',serif\">{}",
        "<style>p{{font-family:.VnTime}}</style><p>{}",
    ],
)
def test_an_old_page_in_an_old_font_converts(look: str, read_bytes: ReadBytes) -> None:
    words = "B¸o c¸o tæng kÕt, ph\xad¬ng h\xadíng".encode("latin-1")
    reading = read_bytes(b"<html>" + look.format("|").encode().replace(b"|", words))
    assert (reading.text, reading.encoding) == ("Báo cáo tổng kết, phương hướng", "tcvn3")


def test_an_old_font_around_unicode_does_no_harm(read_bytes: ReadBytes) -> None:
    reading = read_bytes(page('<font face=".VnTime">Báo cáo tổng kết công tác</font>'))
    assert (reading.text, reading.encoding) == ("Báo cáo tổng kết công tác", "unicode")


@pytest.mark.parametrize("tag", ["div", "font", "table><tr><td", "ul><li", "b><i"])
def test_deep_nesting_is_read(tag: str, read_bytes: ReadBytes) -> None:
    reading = read_bytes(b"<html>" + f"<{tag}>".encode() * 100_000 + "chào bạn".encode() + b"</div></p>" * 1000)
    assert reading.text == "chào bạn" or codes(reading)[-1] == "text-incomplete"
    assert "table" in tag or reading.text == "chào bạn"


def test_long_pages_are_cut(read_bytes: ReadBytes) -> None:
    reading = read_bytes(page("<p>đầu</p>" + "<p>chữ chữ</p>" * 200_000 + "cuối"), ReadingLimits(text_mb=1))
    assert codes(reading) == ["text-incomplete"]
    assert reading.text.startswith("đầu")
    assert "cuối" not in reading.text


@pytest.mark.parametrize(
    "rows",
    [
        "<tr>" + "<td rowspan=99999 colspan=99999>x" * 2000 + "<tr><td>" * 2000,
        "<tr><td colspan=99999 rowspan=99999>x" * 2000,
        "<tr><td rowspan=99999>x" * 2000,
        ("<tr>" + "<td colspan=30>x" * 30) * 2000,
        "<tr>" + "<td>x" * 60_000,
    ],
)
def test_cells_and_their_spans_are_bounded(rows: str, read_bytes: ReadBytes) -> None:
    reading = read_bytes(page(f"trước<table>{rows}"), ReadingLimits(cells=50_000))
    assert codes(reading) == ["text-incomplete"]
    assert reading.text.startswith("trước")
    assert sum(len(row) for table in reading.tables for row in table.rows) <= 50_000


def test_a_cell_that_reaches_far_down_costs_one_empty_cell_a_row() -> None:
    walked = walk_html("<table><tr><td rowspan=9 colspan=5>a<td>b" + "<tr><td>c" * 8, TextBudget(1000, cells=1000))
    (table,) = (block for block in walked.blocks if isinstance(block, TableBlock))
    assert [[cell.span for cell in row] for row in table.rows] == [[5, 1]] * 9
    assert rows_of(table)[1] == ("", "", "", "", "", "c")


def test_no_time_left_gives_what_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    left = iter([100.0, 100.0, 0.5])
    monkeypatch.setattr(budget, "left", lambda: next(left))
    assert text_of_html(page("<p>a</p>" * 10_000)).count("a") in range(100, 9_000)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pieces=st.lists(
        st.sampled_from(
            ["<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<td rowspan=3>", "<th colspan=2>", "<p>", "</p>",
             "<pre>", "<br>", "<div hidden>", "</div>", "<script>", "</script>", "chữ", " ", "<!--", "&", "<", "\x00"]
        ),
        max_size=60,
    )
)  # fmt: skip
def test_any_soup_is_answered(pieces: list[str], read_bytes: ReadBytes) -> None:
    reading = read_bytes(b"<html>" + "".join(pieces).encode())
    assert not any(code == "reader-failed" for code in codes(reading)), reading.warnings


@given(st.binary(max_size=300))
def test_any_bytes_give_text(data: bytes) -> None:
    assert isinstance(text_of_html(data), str)
