"""DOCX: nothing that a reader of the paper sees is skipped, and nothing else comes in."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import docx as python_docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.readers.limits import ReadingLimits
from archive.records import Reading, ReadingState
from tests.archive.readers import making
from tests.archive.readers.conftest import ReadBytes
from tests.archive.readers.making import docx, p, table

HEAD = table(
    [
        p("ĐẢNG BỘ TỈNH MẪU") + p("ĐẢNG ỦY KHỐI") + p("*") + p("Số 27-BC/ĐU"),
        p("ĐẢNG CỘNG SẢN VIỆT NAM") + p("Hà Tĩnh, ngày 15"),
    ]
)


def text_of(read_bytes: ReadBytes, body: str, **more: object) -> str:
    reading = read_bytes(docx(body, **more))
    assert reading.state is ReadingState.READ, reading.warnings
    return reading.text


def codes(reading: Reading) -> list[str]:
    return [code for code, _words in reading.warnings]


def test_a_head_in_two_columns_is_read_block_by_block(read_bytes: ReadBytes) -> None:
    assert text_of(read_bytes, HEAD + p("BÁO CÁO")).split("\n") == [
        "ĐẢNG BỘ TỈNH MẪU",
        "ĐẢNG ỦY KHỐI",
        "*",
        "Số 27-BC/ĐU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Hà Tĩnh, ngày 15",
        "BÁO CÁO",
    ]


def test_a_head_typed_with_soft_breaks_too(read_bytes: ReadBytes) -> None:
    body = table(["ĐẢNG BỘ TỈNH\nĐẢNG ỦY KHỐI", "ĐẢNG CỘNG SẢN VIỆT NAM\nHà Tĩnh, ngày 15"])
    assert text_of(read_bytes, body).split("\n") == [
        "ĐẢNG BỘ TỈNH", "ĐẢNG ỦY KHỐI", "ĐẢNG CỘNG SẢN VIỆT NAM", "Hà Tĩnh, ngày 15",
    ]  # fmt: skip


def test_rows_of_short_cells_are_lines_and_tables(read_bytes: ReadBytes) -> None:
    reading = read_bytes(
        docx(p("Bảng điểm") + table(["TT", "Nội dung", "Điểm"], ["1", "Lãnh đạo", ""], ["2", "Nêu gương", "9,5"]))
    )
    assert reading.text == "Bảng điểm\nTT\tNội dung\tĐiểm\n1\tLãnh đạo\n2\tNêu gương\t9,5"
    assert reading.tables[0].rows == (("TT", "Nội dung", "Điểm"), ("1", "Lãnh đạo", ""), ("2", "Nêu gương", "9,5"))


def test_merged_cells_lose_no_text_and_keep_the_columns(read_bytes: ReadBytes) -> None:
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p("Cộng") + "</w:tc>"
    tall = '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + p("I") + "</w:tc>"
    below = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    cell = "<w:tc>" + p("9") + "</w:tc>"
    body = f"<w:tbl><w:tr>{tall}{cell}{cell}</w:tr><w:tr>{below}{cell}{cell}</w:tr><w:tr>{wide}{cell}</w:tr></w:tbl>"
    reading = read_bytes(docx(body))
    assert reading.tables[0].rows == (("I", "9", "9"), ("", "9", "9"), ("Cộng", "", "9"))
    assert reading.text == "I\t9\t9\n\t9\t9\nCộng\t9"


def test_a_table_in_a_table(read_bytes: ReadBytes) -> None:
    reading = read_bytes(docx(table([p("ngoài") + table(["trong một", "trong hai"]) + "<w:p/>", "bên"])))
    assert reading.text == "ngoài\ntrong một\ttrong hai\nbên"
    assert [each.rows for each in reading.tables] == [
        (("ngoài\ntrong một\ttrong hai", "bên"),),
        (("trong một", "trong hai"),),
    ]


def test_a_text_box_comes_once(read_bytes: ReadBytes) -> None:
    box = f"<w:txbxContent>{p('Mẫu 02-HD KĐ.ĐG 2019')}</w:txbxContent>"
    body = (
        '<w:p><w:r><w:t>neo</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>'
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert text_of(read_bytes, body + p("sau")) == "neo\nMẫu 02-HD KĐ.ĐG 2019\nsau"


def test_the_fallback_is_read_where_the_choice_says_nothing(read_bytes: ReadBytes) -> None:
    inner = (
        '<mc:AlternateContent><mc:Choice Requires="x"><w:drawing/></mc:Choice>'
        "<mc:Fallback><w:r><w:t>dự phòng</w:t></w:r></mc:Fallback></mc:AlternateContent>"
    )
    twice = (
        f'<mc:AlternateContent><mc:Choice Requires="x">{inner}</mc:Choice>'
        f"<mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent>"
    )
    assert text_of(read_bytes, f"<w:p>{inner}</w:p>") == "dự phòng"
    assert text_of(read_bytes, f"<w:p>{twice}<w:r><w:t> sau</w:t></w:r></w:p>") == "dự phòng sau"


def test_headers_first_then_body_then_the_rest(read_bytes: ReadBytes) -> None:
    parts = {
        "header1": p("- 2 -") + HEAD,
        "footer1": p("chân trang") + p("2"),
        "footnotes": f"<w:footnote>{p('chú thích')}</w:footnote>",
        "endnotes": f"<w:endnote>{table(['cuối', 'bảng'])}</w:endnote>",
        "comments": f"<w:comment>{p('nhận xét')}</w:comment>",
    }
    reading = read_bytes(
        docx(p("BÁO CÁO") + '<w:sectPr><w:headerReference w:type="default" r:id="rheader1"/></w:sectPr>', parts)
    )
    lines = [line for line in reading.text.split("\n") if line]
    assert lines[0] == "ĐẢNG BỘ TỈNH MẪU"
    assert lines[5:] == ["Hà Tĩnh, ngày 15", "BÁO CÁO", "chân trang", "chú thích", "cuối\tbảng", "nhận xét"]
    assert reading.tables[-1].rows == (("cuối", "bảng"),)


def test_the_header_of_the_first_page_comes_first(read_bytes: ReadBytes) -> None:
    ends = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rheader1"/>'
        '<w:headerReference w:type="first" r:id="rheader2"/></w:sectPr>'
    )
    text = text_of(read_bytes, p("thân") + ends, parts={"header1": p("mọi trang"), "header2": p("trang đầu")})
    assert text == "trang đầu\nmọi trang\nthân"


def test_changes_are_read_as_accepted(read_bytes: ReadBytes) -> None:
    body = (
        "<w:p><w:r><w:t>năm </w:t></w:r><w:del><w:r><w:delText>2020</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>2021</w:t></w:r></w:ins><w:moveFrom><w:r><w:t> cũ</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t> mới</w:t></w:r></w:moveTo></w:p>"
    )
    assert text_of(read_bytes, body) == "năm 2021 mới"


def test_what_stands_in_a_run(read_bytes: ReadBytes) -> None:
    stops = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr>'
    body = (
        f"<w:p>{stops}<w:r><w:t>58</w:t><w:noBreakHyphen/><w:t>BC/ĐU</w:t><w:tab/><w:t>thi</w:t><w:softHyphen/><w:t>đua</w:t>"
        '<w:br/><w:t>dòng hai</w:t><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
        '<w:hyperlink r:id="x"><w:r><w:t> liên kết</w:t></w:r></w:hyperlink>'
        "<w:sdt><w:sdtContent><w:r><w:t> ô chọn</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    assert text_of(read_bytes, body) == "58-BC/ĐU\tthiđua\ndòng hai☑ liên kết ô chọn"


def test_hidden_text_is_left_out_and_said_so(read_bytes: ReadBytes) -> None:
    reading = read_bytes(
        docx(
            p("thấy") + p("ẩn", run="<w:rPr><w:vanish/></w:rPr>") + p("rõ", run='<w:rPr><w:vanish w:val="0"/></w:rPr>')
        )
    )
    assert reading.text == "thấy\nrõ"
    assert codes(reading) == ["hidden-text"]


def test_pages(read_bytes: ReadBytes) -> None:
    """A break typed and laid out is one; a section ends a page unless it goes on."""
    body = (
        p("một") + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        "<w:p><w:r><w:lastRenderedPageBreak/><w:t>hai</w:t></w:r></w:p>"
        + p("ba", before="<w:pPr><w:pageBreakBefore/></w:pPr>")
        + p("vẫn ba", before='<w:pPr><w:sectPr><w:type w:val="continuous"/></w:sectPr></w:pPr>')
        + p("vẫn ba nữa", before="<w:pPr><w:sectPr/></w:pPr>")
        + table(["bảng trang bốn"])
    )
    reading = read_bytes(docx(body))
    assert [page.text for page in reading.pages] == ["một", "hai", "ba\nvẫn ba\nvẫn ba nữa", "bảng trang bốn"]
    assert reading.tables[0].page == 4


def test_page_cap(read_bytes: ReadBytes) -> None:
    body = "".join(p(str(number), before="<w:pPr><w:pageBreakBefore/></w:pPr>") for number in range(9))
    reading = read_bytes(docx(body), ReadingLimits(pages=5))
    assert (len(reading.pages), codes(reading)) == (5, ["text-incomplete"])


def test_text_cap(read_bytes: ReadBytes) -> None:
    reading = read_bytes(docx(p("chữ " * 400_000) + p("cuối")), ReadingLimits(text_mb=1))
    assert codes(reading) == ["text-incomplete"]
    assert "cuối" not in reading.text


def test_a_broken_part_costs_that_part(read_bytes: ReadBytes) -> None:
    reading = read_bytes(docx(p("thân"), {"footnotes": "<w:broken"}))
    assert (reading.text, codes(reading)) == ("thân", ["text-incomplete"])


@pytest.mark.parametrize(
    ("others", "code"),
    [
        (
            {"word/document.xml": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document>&a;</w:document>'},
            "forbidden-xml",
        ),
        (
            {"word/document.xml": '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16")},
            "forbidden-xml",
        ),
        ({"word/document.xml": b" " * (65 * 1024 * 1024)}, "over-limit"),
        ({f"x{number}": b"" for number in range(2001)}, "over-limit"),
    ],
    ids=["entity", "entity in UTF-16", "bomb", "members"],
)  # fmt: skip
def test_hostile_packages_are_refused(others: dict[str, bytes], code: str, read_bytes: ReadBytes) -> None:
    reading = read_bytes(making.zipped({"[Content_Types].xml": making.TYPES, **others}))
    assert (reading.state, codes(reading)) == (ReadingState.UNREADABLE, [code])
    assert "root:" not in reading.text


def test_a_size_that_lies_is_counted(read_bytes: ReadBytes) -> None:
    """The directory says 1,000 bytes, the stream unpacks to 100 MB."""
    data = bytearray(docx(p("một"), others={"word/document.xml": b" " * 100_000_000}))
    at = data.rindex(b"word/document.xml") - 46
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    assert read_bytes(bytes(data)).state is ReadingState.UNREADABLE


@pytest.mark.parametrize("keep", [0.5, 0.95])
def test_a_cut_file_is_unreadable(keep: float, read_bytes: ReadBytes) -> None:
    data = docx(HEAD + p("BÁO CÁO"))
    assert read_bytes(data[: int(len(data) * keep)]).state is ReadingState.UNREADABLE


def test_macros_and_files_inside_are_told(read_bytes: ReadBytes) -> None:
    reading = read_bytes(docx(p("thân"), others={"word/vbaProject.bin": b"x", "word/embeddings/bang.xlsx": b"x"}))
    assert reading.state is ReadingState.READ
    assert codes(reading) == ["active-content", "attachments"]


def test_pictures_without_text_need_ocr_and_nothing_is_empty(read_bytes: ReadBytes) -> None:
    scan = read_bytes(docx("<w:p/>", others={"word/media/image1.jpeg": b"x"}))
    assert (scan.state, codes(scan)) == (ReadingState.NOT_YET, ["needs-ocr"])
    nothing = read_bytes(docx("<w:p/>"))
    assert (nothing.state, codes(nothing)) == (ReadingState.UNREADABLE, ["empty"])


def test_an_old_encoding_is_converted_in_text_and_tables(read_bytes: ReadBytes) -> None:
    """Letters of TCVN3 in an old font: ư is a soft hyphen there, typed as one or as the element for it."""
    font = '<w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr>'
    words = p("B¸o c¸o tæng kÕt c«ng t¸c n¨m 2021, ph\u00ad¬ng h</w:t><w:softHyphen/><w:t>íng", run=font)
    reading = read_bytes(docx(words + table(["ph\u00ad¬ng h\u00adíng"])))
    assert (reading.state, reading.encoding, codes(reading)) == (ReadingState.READ, "tcvn3", ["old-encoding"])
    assert reading.text == "Báo cáo tổng kết công tác năm 2021, phương hướng\nphương hướng"
    assert reading.tables[0].rows == (("phương hướng",),)
    vni = '<w:rPr><w:rFonts w:ascii="VNI-Times"/></w:rPr>'
    reading = read_bytes(docx(p("Baùo caùo toång keát coâng taùc naêm 2021", run=vni)))
    assert (reading.text, reading.encoding) == ("Báo cáo tổng kết công tác năm 2021", "vni")


def test_an_old_font_left_over_in_a_unicode_text_does_no_harm(read_bytes: ReadBytes) -> None:
    font = '<w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr>'
    reading = read_bytes(docx(p("Báo cáo tổng kết công tác năm 2021", run=font)))
    assert (reading.state, reading.encoding) == (ReadingState.READ, "unicode")


def test_files_of_python_docx_with_their_properties(read_bytes: ReadBytes) -> None:
    document = python_docx.Document()
    document.core_properties.title = "Báo cáo"
    document.core_properties.author = "Văn thư"
    document.core_properties.created = datetime(2021, 12, 15, 8, 0)
    document.add_heading("BÁO CÁO", 1)
    document.sections[0].header.paragraphs[0].text = "Mẫu 01-HD KĐ.ĐG 2019"
    document.add_page_break()
    document.add_paragraph("Nơi nhận")
    grid = document.add_table(rows=1, cols=2)
    grid.cell(0, 0).text, grid.cell(0, 1).text = "- Lưu", "BÍ THƯ"
    buffer = io.BytesIO()
    document.save(buffer)
    reading = read_bytes(buffer.getvalue())
    assert reading.text == "Mẫu 01-HD KĐ.ĐG 2019\nBÁO CÁO\fNơi nhận\n- Lưu\tBÍ THƯ"
    assert (reading.properties["title"], reading.properties["author"]) == ("Báo cáo", "Văn thư")
    assert reading.properties["created"].startswith("2021-12-15T08:00")


def test_broken_properties_cost_nothing(read_bytes: ReadBytes) -> None:
    relation = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/>'
        b'<Relationship Id="b" Type="x/core-properties" Target="docProps/core.xml"/></Relationships>'
    )
    reading = read_bytes(docx(p("thân"), others={"_rels/.rels": relation, "docProps/core.xml": b"<broken"}))
    assert (reading.text, reading.properties) == ("thân", {})


def test_every_part_of_the_sample(samples: Path, read_bytes: ReadBytes) -> None:
    reading = read_bytes((samples / "formats" / "moi_phan.docx").read_bytes())
    numbers = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "chín", "mười", "mười một", "mười hai", "mười ba")
    lines = reading.text.split("\n")
    for number in numbers:
        assert sum(1 for line in lines if line.endswith(f"từ {number}")) == 1, number
    assert "Liên kết: từ tám\tsau dấu tab\nsau ngắt dòng-gạch nối" in reading.text
    assert "đã xóa" not in reading.text


def test_strict_ooxml_is_read_alike(samples: Path, read_bytes: ReadBytes) -> None:
    """ISO 29500 strict differs in its namespaces only."""
    usual = (samples / "formats" / "moi_phan.docx").read_bytes()
    strict = {}
    with zipfile.ZipFile(io.BytesIO(usual)) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            for old, new in _STRICT:
                data = data.replace(old, new)
            strict[name] = data
    assert b"purl.oclc.org/ooxml/wordprocessingml/main" in strict["word/document.xml"]
    assert b"purl.oclc.org/ooxml/officeDocument/relationships" in strict["word/_rels/document.xml.rels"]
    reading = read_bytes(making.zipped(strict))
    assert (reading.format, reading.text) == ("docx", read_bytes(usual).text)


_STRICT = (
    (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    ),
    (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", "docx"),
        ("application/vnd.ms-word.template.macroEnabledTemplate.main+xml", "docm"),
    ],
)
def test_templates_are_read(kind: str, form: str, read_bytes: ReadBytes) -> None:
    types = making.TYPES.replace(making.MAIN.encode(), kind.encode())
    reading = read_bytes(docx(p("mẫu"), others={"[Content_Types].xml": types}))
    assert (reading.format, reading.text) == (form, "mẫu")


def test_old_form_fields(read_bytes: ReadBytes) -> None:
    """Their state stands in the field and nowhere else; a text field has its text in runs."""

    def field(inner: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{inner}</w:ffData></w:fldChar></w:r>'

    body = (
        "<w:p>" + field('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>') + "<w:r><w:t>có </w:t></w:r>"
        + field('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>')
        + "<w:r><w:t>không </w:t></w:r>" + field("<w:checkBox><w:default w:val='1'/></w:checkBox>")
        + field('<w:ddList><w:result w:val="1"/><w:listEntry w:val="Tốt"/><w:listEntry w:val="Khá"/></w:ddList>')
        + "</w:p>"
    )  # fmt: skip
    assert text_of(read_bytes, body) == "☑có ☐không ☑Khá"


def test_smart_tags_fields_and_formulas(read_bytes: ReadBytes) -> None:
    body = (
        '<w:p><w:smartTag w:element="place"><w:r><w:t>Hà Tĩnh</w:t></w:r></w:smartTag><w:fldSimple w:instr="DATE">'
        "<w:r><w:t> 2021</w:t></w:r></w:fldSimple><w:r><w:instrText>PAGE</w:instrText></w:r>"
        '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t> x=1</m:t></m:r>'
        "</m:oMath></w:p>"
    )
    assert text_of(read_bytes, body) == "Hà Tĩnh 2021 x=1"


def test_diagrams_and_charts(read_bytes: ReadBytes) -> None:
    names = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:c="c" xmlns:dgm="d"'
    relations = (
        '<Relationships><Relationship Id="a" Type="x/diagramData" Target="diagrams/data1.xml"/>'
        '<Relationship Id="b" Type="x/chart" Target="charts/chart1.xml"/></Relationships>'
    )
    others = {
        "word/_rels/document.xml.rels": relations.encode(),
        "word/diagrams/data1.xml": f"<dgm:x {names}><a:p><a:r><a:t>Bí thư</a:t></a:r></a:p></dgm:x>".encode(),
        "word/charts/chart1.xml": f"<c:x {names}><c:strCache><c:v>Quý I</c:v></c:strCache></c:x>".encode(),
    }
    assert text_of(read_bytes, p("thân"), others=others) == "thân\nBí thư\nQuý I"


@pytest.mark.parametrize("archived", [False, True])
def test_a_web_page_in_place_of_the_text_is_read(archived: bool, read_bytes: ReadBytes) -> None:
    page = "<html><body><p>Báo cáo<table><tr><td>a<td>b</table></body></html>".encode()
    if archived:
        page = (
            b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n--B\r\n'
            b"Content-Type: text/html\r\nContent-Location: file:///a.htm\r\n\r\n" + page + b"\r\n--B--"
        )
    relations = b'<Relationships><Relationship Id="c" Type="x/aFChunk" Target="chunk.mht"/></Relationships>'
    others = {"word/_rels/document.xml.rels": relations, "word/chunk.mht": page}
    reading = read_bytes(docx(p("trước") + '<w:altChunk r:id="c"/>' + p("sau"), others=others))
    assert (reading.text, codes(reading)) == ("trước\nBáo cáo\na\tb\nsau", [])
    assert reading.tables[0].rows == (("a", "b"),)
    others["word/chunk.mht"] = b"{\\rtf1 x}"
    assert codes(read_bytes(docx(p("trước") + '<w:altChunk r:id="c"/>', others=others))) == ["text-incomplete"]


def test_deep_tables_do_not_multiply(read_bytes: ReadBytes) -> None:
    """The text of the innermost cell stands in the cells of all tables around it."""
    inner = p("chữ " * 200_000)
    for _level in range(60):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    reading = read_bytes(docx(inner), ReadingLimits(text_mb=1))
    assert reading.state is ReadingState.READ
    assert sum(len(text) for each in reading.tables for row in each.rows for text in row) < 4_000_000


def test_bombs_of_the_samples_are_refused(samples: Path, read_bytes: ReadBytes) -> None:
    bombs = {
        "ty_tieng_cuoi.docx": "forbidden-xml",
        "ExternalEntityInText.docx": "forbidden-xml",
        "bom_200MiB.docx": "over-limit",
    }
    for name, code in bombs.items():
        assert codes(read_bytes((samples / "formats" / name).read_bytes())) == [code]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cuts=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=4)
)
def test_mutated_files_never_raise(cuts: list[tuple[int, int, bytes]], samples: Path, read_bytes: ReadBytes) -> None:
    data = (samples / "formats" / "moi_phan.docx").read_bytes()
    for at, length, new in cuts:
        at %= len(data)
        data = data[:at] + new + data[at + length :]
    reading = read_bytes(data)
    assert not any(code == "reader-failed" for code in codes(reading)), reading.warnings
