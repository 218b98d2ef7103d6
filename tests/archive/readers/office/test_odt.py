"""ODT: what its pages show comes in order, and nothing else; bombs and damage are answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.readers.limits import ReadingLimits
from archive.records import Reading, ReadingState
from tests.archive.readers.conftest import ReadBytes
from tests.archive.readers.making import zipped

NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"'
)
MANIFEST = b'<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd"><manifest/>'


def content(body: str, styles: str = "") -> str:
    return (
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body>"
    )


def part(name: str, inner: str) -> bytes:
    return f"<office:document-{name} {NAMES}>{inner}</office:document-{name}>".encode()


def odt(
    body: str,
    styles: str = "",
    *,
    master: str = "",
    common: str = "",
    meta: str = "",
    kind: str = "text",
    **more: bytes,
) -> bytes:
    """An ODT with this body; `styles` are automatic, `common` and `master` those of styles.xml."""
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(),
            "content.xml": part("content", content(body, styles)),
            "styles.xml": part(
                "styles",
                f"<office:styles>{common}</office:styles><office:master-styles>{master}</office:master-styles>",
            ),
            "meta.xml": part("meta", f"<office:meta>{meta}</office:meta>"),
            "META-INF/manifest.xml": MANIFEST,
            **more,
        }
    )


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def row(*cells: str, repeated: int = 1) -> str:
    inner = "".join(f"<table:table-cell>{cell if '<' in cell else p(cell)}</table:table-cell>" for cell in cells)
    return f'<table:table-row table:number-rows-repeated="{repeated}">{inner}</table:table-row>'


def table(*rows: str) -> str:
    return f"<table:table>{''.join(rows)}</table:table>"


def text_of(read_bytes: ReadBytes, body: str, styles: str = "", **more: str) -> str:
    reading = read_bytes(odt(body, styles, **more))
    assert reading.state is ReadingState.READ, reading.warnings
    return reading.text


def codes(reading: Reading) -> list[str]:
    return [code for code, _words in reading.warnings]


def test_the_sample_says_what_its_docx_says(samples: Path, read_bytes: ReadBytes) -> None:
    """LibreOffice laid the ODT out on two pages; else they are the same paper."""
    as_docx = read_bytes((samples / "formats" / "mau.docx").read_bytes())
    as_odt = read_bytes((samples / "formats" / "mau.odt").read_bytes())
    assert as_odt.text.replace("\f", "\n") == as_docx.text
    assert [each.rows for each in as_odt.tables] == [each.rows for each in as_docx.tables]
    assert as_odt.tables[0].page == 2


def test_other_samples(samples: Path, read_bytes: ReadBytes) -> None:
    footer = read_bytes((samples / "formats" / "testFooter.odt").read_bytes())
    assert [page.text for page in footer.pages] == [
        "Here is some text...", "Here is some text on page 2\n\nHere is footer text",
    ]  # fmt: skip
    assert footer.properties["author"] == "Michael McCandless"
    locked = read_bytes((samples / "formats" / "testODTEncrypted.odt").read_bytes())
    assert (locked.state, codes(locked)) == (ReadingState.LOCKED, ["locked"])


def test_white_space_is_folded_and_its_elements_count(read_bytes: ReadBytes) -> None:
    body = p(
        "  Số\n  <text:span>58</text:span> <text:span> -BC/ĐU</text:span><text:tab/>  ngày"
        '<text:s text:c="3"/>15<text:line-break/> tháng 12 '
    )
    assert text_of(read_bytes, body) == "Số 58 -BC/ĐU\tngày   15\ntháng 12"


def test_headings_lists_sections_links_and_indexes(read_bytes: ReadBytes) -> None:
    body = (
        '<text:h text:outline-level="1"><text:number>I.</text:number>Kết quả</text:h>'
        "<text:list><text:list-item><text:number>1.</text:number>" + p("một") + "<text:list>"
        f"<text:list-item>{p('một một')}</text:list-item></text:list></text:list-item></text:list>"
        f"<text:section>{p('<text:a>liên kết</text:a> trong <text:title>tên tệp</text:title>')}</text:section>"
        "<text:table-of-content><text:table-of-content-source><text:index-title-template>không"
        f"</text:index-title-template></text:table-of-content-source><text:index-body>{p('mục lục')}</text:index-body>"
        "</text:table-of-content>"
    )
    assert text_of(read_bytes, body).split("\n") == [
        "I. Kết quả", "1. một", "một một", "liên kết trong tên tệp", "mục lục",
    ]  # fmt: skip


def test_tables_merged_and_nested(read_bytes: ReadBytes) -> None:
    wide = (
        '<table:table-row><table:table-cell table:number-columns-spanned="2">' + p("Cộng") + "</table:table-cell>"
        "<table:covered-table-cell/><table:table-cell>" + p("9") + "</table:table-cell></table:table-row>"
    )
    head = f"<table:table-header-rows>{row('TT', 'Nội dung', 'Điểm')}</table:table-header-rows>"
    reading = read_bytes(odt(table(head, row("1", table(row("trong", "bảng")), "9"), wide)))
    assert [each.rows for each in reading.tables] == [
        (("TT", "Nội dung", "Điểm"), ("1", "trong\tbảng", "9"), ("Cộng", "", "9")),
        (("trong", "bảng"),),
    ]
    assert reading.text == "TT\tNội dung\tĐiểm\n1\ttrong\tbảng\t9\nCộng\t\t9"


def test_repeated_rows_and_cells_are_there_each_time(read_bytes: ReadBytes) -> None:
    twice = f'<table:table-cell table:number-columns-repeated="2">{p("9")}</table:table-cell>'
    reading = read_bytes(odt(table(row("a", repeated=2), f"<table:table-row>{twice}</table:table-row>")))
    assert reading.tables[0].rows == (("a",), ("a",), ("9", "9"))


@pytest.mark.parametrize("inside", ["", p("chữ"), table(row("trong"))], ids=["empty", "text", "table"])
def test_repeats_without_end_are_bounded(inside: str, read_bytes: ReadBytes) -> None:
    cell = f'<table:table-cell table:number-columns-repeated="1000000000">{inside}</table:table-cell>'
    rows = f'<table:table-row table:number-rows-repeated="1000000000">{cell}</table:table-row>'
    reading = read_bytes(odt(p("trước") + table(rows * 3) + p("sau")), ReadingLimits(text_mb=1))
    assert reading.text.startswith("trước")
    assert sum(len(each) for found in reading.tables for each in found.rows) <= ReadingLimits().cells
    assert (codes(reading) == ["text-incomplete"]) is (inside == p("chữ"))


def test_nested_repeats_do_not_explode(read_bytes: ReadBytes) -> None:
    inner = p("chữ")
    for _level in range(30):
        cell = f'<table:table-cell table:number-columns-repeated="1000">{inner}</table:table-cell>'
        inner = (
            f'<table:table><table:table-row table:number-rows-repeated="1000">{cell}</table:table-row></table:table>'
        )
    reading = read_bytes(odt(inner), ReadingLimits(text_mb=1))
    assert reading.state is ReadingState.READ
    assert sum(len(text) for each in reading.tables for found in each.rows for text in found) < 4_000_000


def test_boxes_hang_on_their_paragraph(read_bytes: ReadBytes) -> None:
    box = (
        "<draw:frame><draw:text-box>" + p("Mẫu 02") + "</draw:text-box><svg:title>tên ảnh</svg:title>"
        "<svg:desc>tả ảnh</svg:desc></draw:frame>"
    )
    shape = f"<draw:g><draw:custom-shape>{p('trong hình')}</draw:custom-shape></draw:g>"
    assert text_of(read_bytes, p(f"neo {box}dài {shape}") + box) == "neo dài\nMẫu 02\ntrong hình\nMẫu 02"


def test_headers_first_then_body_footers_notes_comments(read_bytes: ReadBytes) -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>" + p("chú thích") + "</text:note-body>"
        "</text:note>"
    )
    comment = f"<office:annotation><dc:creator>ai đó</dc:creator>{p('nhận xét')}</office:annotation>"
    master = (
        f"<style:master-page><style:header>{p('ĐẢNG BỘ')}{p('- <text:page-number>2</text:page-number> -')}"
        f"</style:header><style:header-left>{p('ĐẢNG BỘ')}</style:header-left>"
        f"<style:header-first style:display='false'>{p('cũ')}</style:header-first>"
        f"<style:footer>{table(row('chân', 'trang'))}</style:footer></style:master-page>"
    )
    reading = read_bytes(odt(p(f"BÁO{note} CÁO{comment}"), master=master))
    assert reading.text == "ĐẢNG BỘ\nBÁO CÁO\n\nchân\ttrang\n\nchú thích\n\nnhận xét"
    assert [each.rows for each in reading.tables] == [(("chân", "trang"),)]


def test_changes_are_read_as_accepted(read_bytes: ReadBytes) -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion>" + p("2020") + "</text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        + p('năm <text:change text:change-id="a"/><text:change-start/>2021<text:change-end/>')
    )
    assert text_of(read_bytes, body) == "năm 2021"


def test_hidden_text_is_left_out_and_said_so(read_bytes: ReadBytes) -> None:
    styles = (
        '<style:style style:name="H" style:family="text" style:parent-style-name="G"/>'
        '<style:style style:name="G" style:family="text"><style:text-properties text:display="none"/></style:style>'
    )
    body = (
        p('thấy<text:span text:style-name="H"> ẩn</text:span>')
        + '<text:p><text:hidden-text text:is-hidden="true">ẩn</text:hidden-text>rõ</text:p>'
        + f'<text:section text:display="none">{p("ẩn")}</text:section>'
    )
    reading = read_bytes(odt(body, styles))
    assert (reading.text, codes(reading)) == ("thấy\nrõ", ["hidden-text"])


def test_pages(read_bytes: ReadBytes) -> None:
    """A break typed and laid out is one; styles of headings break as well, and rows."""
    styles = (
        '<style:style style:name="B" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/>'
        '</style:style><style:style style:name="C" style:family="paragraph" style:parent-style-name="B"/>'
        '<style:style style:name="M" style:family="paragraph" style:master-page-name="Ngang"/>'
    )
    body = (
        p("một") + p("<text:soft-page-break/>hai", "B") + p("ba", "C") + p("bốn", "M")
        + table(row("bốn nữa"), "<text:soft-page-break/>" + row("năm"))
    )  # fmt: skip
    reading = read_bytes(odt(body, styles))
    assert [page.text for page in reading.pages] == ["một", "hai", "ba", "bốn\nbốn nữa", "năm"]
    assert reading.tables[0].page == 4
    few = read_bytes(odt(body, styles), ReadingLimits(pages=3))
    assert (len(few.pages), codes(few)) == (3, ["text-incomplete"])


def test_text_cap(read_bytes: ReadBytes) -> None:
    reading = read_bytes(odt(p("đầu") + table(row("chữ " * 400_000)) + p("cuối")), ReadingLimits(text_mb=1))
    assert codes(reading) == ["text-incomplete"]
    assert reading.text.startswith("đầu")
    assert "cuối" not in reading.text


def test_an_old_font_in_a_style_converts(read_bytes: ReadBytes) -> None:
    common = (
        '<style:font-face style:name="F1" svg:font-family="&apos;.VnTime&apos;"/><style:default-style'
        ' style:family="paragraph"><style:text-properties style:font-name="F1"/></style:default-style>'
    )
    words = "B¸o c¸o tæng kÕt c«ng t¸c, ph\u00ad¬ng h\u00adíng"
    reading = read_bytes(odt(p(words) + table(row("ph\u00ad¬ng h\u00adíng")), common=common))
    assert reading.encoding == "tcvn3"
    assert reading.text == "Báo cáo tổng kết công tác, phương hướng\nphương hướng"
    assert reading.tables[0].rows == (("phương hướng",),)


def test_properties_macros_and_files_inside(read_bytes: ReadBytes) -> None:
    meta = (
        "<dc:title>Báo cáo</dc:title><meta:initial-creator>Văn thư</meta:initial-creator>"
        "<meta:creation-date>2021-12-15T08:00:00.123</meta:creation-date><dc:creator>Lãnh đạo</dc:creator>"
    )
    manifest = (
        b'<manifest:manifest><manifest:file-entry manifest:full-path="Object 1/"'
        b' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    reading = read_bytes(
        odt(p("thân"), meta=meta, **{"Basic/Standard/Module1.xml": b"x", "META-INF/manifest.xml": manifest})
    )
    assert codes(reading) == ["active-content", "attachments"]
    assert "Object 1" in reading.warnings[1][1]
    assert reading.properties == {
        "title": "Báo cáo", "author": "Văn thư", "last_modified_by": "Lãnh đạo", "created": "2021-12-15T08:00:00",
    }  # fmt: skip
    empty = read_bytes(odt(p("thân"), **{"Basic/script-lc.xml": b"x", "Basic/Standard/script-lb.xml": b"x"}))
    assert codes(empty) == []


def test_pictures_only_and_nothing_at_all(read_bytes: ReadBytes) -> None:
    scan = read_bytes(odt(p("<draw:frame><draw:image/></draw:frame>"), **{"Pictures/1.jpg": b"x"}))
    assert (scan.state, codes(scan)) == (ReadingState.NOT_YET, ["needs-ocr"])
    assert codes(read_bytes(odt(p("")))) == ["empty"]


def test_a_presentation_is_a_page_a_slide(read_bytes: ReadBytes) -> None:
    def slide(text: str, notes: str) -> str:
        box = f"<draw:frame><draw:text-box>{text}</draw:text-box></draw:frame>"
        return f"<draw:page>{box}<presentation:notes>{notes}</presentation:notes></draw:page>"

    body = f"<office:presentation>{slide(p('một'), p('ghi chú'))}{slide(p('hai'), '')}</office:presentation>"
    reading = read_bytes(odt(body, kind="presentation"))
    assert (reading.format, [page.text for page in reading.pages]) == ("odp", ["một\nghi chú", "hai"])


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', "forbidden-xml"),
        ("<x>" * 100_000, "unreadable"),
        ("<x><y></x>", "unreadable"),
        (" " * (65 * 1024 * 1024), "over-limit"),
    ],
    ids=["entity", "deep", "broken", "bomb"],
)
def test_hostile_content_is_refused(xml: str, code: str, read_bytes: ReadBytes) -> None:
    reading = read_bytes(odt("", **{"content.xml": xml.encode()}))
    assert (reading.state, codes(reading)) == (ReadingState.UNREADABLE, [code])


def test_a_broken_part_costs_that_part(read_bytes: ReadBytes) -> None:
    reading = read_bytes(odt(p("thân"), **{"styles.xml": b"<broken"}))
    assert (reading.text, codes(reading)) == ("thân", ["text-incomplete"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cuts=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=4)
)
def test_mutated_content_never_raises(cuts: list[tuple[int, int, bytes]], samples: Path, read_bytes: ReadBytes) -> None:
    body = (
        '<text:list><text:list-item><text:p>a<text:note><text:note-body><text:p>b</text:p></text:note-body></text:note>'
        "<draw:frame><draw:text-box><text:p>c</text:p></draw:text-box></draw:frame></text:p></text:list-item></text:list>"
        + table(row("d", table(row("e"))))
        + "<text:h><text:number>1</text:number>f</text:h>"
    )  # fmt: skip
    xml = part("content", content(body))
    for at, length, new in cuts:
        at %= len(xml)
        xml = xml[:at] + new + xml[at + length :]
    reading = read_bytes(odt("", **{"content.xml": xml}))
    assert reading.state is ReadingState.READ or reading.warnings
    assert not any(code == "reader-failed" for code in codes(reading)), reading.warnings
