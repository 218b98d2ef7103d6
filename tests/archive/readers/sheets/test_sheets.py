"""XLSX and ODS: sheets as pages and tables, whatever size they say they have."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.readers.limits import ReadingLimits
from archive.readers.table import read
from archive.records import Reading, ReadingState
from rules.loader import builtin_packs, load_pack
from tests.archive.readers.conftest import ReadBytes
from tests.archive.readers.making_sheets import ods, relations, rows, xlsx
from validators.checks.table import run_checks
from validators.recognise import recognise

STYLES = (
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    '<fonts><font><name val="Arial"/></font><font><name val=".VnTime"/></font></fonts>'
    '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="10"/><xf numFmtId="0" fontId="1"/></cellXfs>'
)
PICTURE = {"xl/media/image1.png": b"\x89PNG"}


def codes(reading: Reading) -> list[str]:
    return [code for code, _words in reading.warnings]


# --- XLSX ------------------------------------------------------------------------------------------------------------


def test_a_sheet_is_a_page_with_its_name_and_a_table(read_bytes: ReadBytes) -> None:
    reading = read_bytes(
        xlsx(("Bảng điểm", rows(["TT", "Nội dung", "Điểm"], [], [1, "Tư tưởng", 9.5], [2, "Nêu gương"])))
    )
    assert (reading.format, reading.state) == ("xlsx", ReadingState.READ)
    name, *lines = reading.text.split("\n")
    assert "Bảng điểm" in name
    assert lines == ["TT\tNội dung\tĐiểm", "1\tTư tưởng\t9.5", "2\tNêu gương"]
    assert reading.tables[0].rows == (("TT", "Nội dung", "Điểm"), ("1", "Tư tưởng", "9.5"), ("2", "Nêu gương", ""))


def test_empty_columns_are_left_out_and_columns_stay_columns(read_bytes: ReadBytes) -> None:
    reading = read_bytes(xlsx(("a", rows([None, "A", None, "B"], [None, None, None, "D"]))))
    assert reading.tables[0].rows == (("A", "B"), ("", "D"))


def test_values_of_all_types(read_bytes: ReadBytes) -> None:
    cells = (
        '<row r="3"><c r="B3" s="1"><v>44546</v></c><c r="C3" s="2"><v>0.955</v></c><c r="D3" t="s"><v>1</v></c>'
        '<c r="E3" t="b"><v>1</v></c><c r="F3" t="e"><v>#REF!</v></c>'
        '<c r="G3" t="str"><f>A1&amp;B1</f><v>kết quả</v></c>'
        '<c r="H3" t="d"><v>2021-12-16T00:00:00</v></c><c r="I3"><f>SUM(A1:A2)</f></c>'
        "</row>"
    )
    strings = "<si><t>không dùng</t></si><si><r><t>chữ </t></r><r><t>đậm</t></r><rPh><t>đọc</t></rPh></si>"
    reading = read_bytes(xlsx(("a", cells), strings=strings, styles=STYLES))
    assert reading.tables[0].rows == (
        ("16/12/2021", "95.5%", "chữ đậm", "TRUE", "#REF!", "kết quả", "16/12/2021"),
    )  # fmt: skip


def test_days_from_1904(read_bytes: ReadBytes) -> None:
    cells = '<row><c s="1"><v>43084</v></c></row>'
    reading = read_bytes(xlsx(("a", cells), styles=STYLES, properties='<workbookPr date1904="1"/>'))
    assert "16/12/2021" in reading.text


def test_a_head_typed_into_two_cells_is_read_column_by_column(read_bytes: ReadBytes) -> None:
    head = rows(["ĐẢNG ỦY KHỐI\nCHI BỘ", None, "ĐẢNG CỘNG SẢN\nVIỆT NAM"], [1, "dài\nquá", 3])
    assert read_bytes(xlsx(("a", head))).text.split("\n")[1:] == [
        "ĐẢNG ỦY KHỐI", "CHI BỘ", "ĐẢNG CỘNG SẢN", "VIỆT NAM", "1\tdài quá\t3",
    ]  # fmt: skip


def test_hidden_sheets_are_read_and_named_so(read_bytes: ReadBytes) -> None:
    reading = read_bytes(xlsx(("Hiện", rows(["có"])), ("Kín", rows(["cũng có"])), hidden=["Kín"]))
    assert len(reading.pages) == 2
    assert "ẩn" in reading.pages[1].text.split("\n")[0] or "hidden" in reading.pages[1].text.split("\n")[0]
    assert "cũng có" in reading.pages[1].text
    assert codes(reading) == ["hidden-sheets"]


def test_empty_sheets_are_no_pages_and_tables_point_to_theirs(read_bytes: ReadBytes) -> None:
    reading = read_bytes(xlsx(("Một", ""), ("Hai", rows(["b"])), ("Ba", rows(["c"]))))
    assert [table.page for table in reading.tables] == [1, 2]
    assert ["Hai" in reading.pages[0].text, "Ba" in reading.pages[1].text] == [True, True]


def test_nothing_in_it(read_bytes: ReadBytes) -> None:
    assert codes(read_bytes(xlsx(("Một", rows([None, "  "]))))) == ["empty"]
    assert codes(read_bytes(xlsx(("Một", ""), others=PICTURE))) == ["needs-ocr"]


def test_text_boxes_come_last(read_bytes: ReadBytes) -> None:
    drawing = (
        '<xdr:wsDr xmlns:xdr="x" xmlns:a="y"><xdr:sp><xdr:txBody><a:p><a:r><a:t>T/M </a:t></a:r><a:r><a:t>CHI BỘ</a:t>'
        "</a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>"
    ).encode()
    others = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations({"d": ("drawing", "../drawings/drawing1.xml")}),
        "xl/drawings/drawing1.xml": drawing,
    }
    assert read_bytes(xlsx(("a", rows(["ô"])), others=others)).text.split("\n")[1:] == ["ô", "T/M CHI BỘ"]


def test_macros_and_files_inside_are_told(read_bytes: ReadBytes) -> None:
    others = {"xl/vbaProject.bin": b"x", "xl/embeddings/thu.docx": b"x"}
    reading = read_bytes(xlsx(("a", rows(["ô"])), others=others))
    assert codes(reading) == ["active-content", "attachments"]


def test_what_the_file_says_of_itself(read_bytes: ReadBytes) -> None:
    def told(core: str) -> dict[str, str]:
        links = {"r1": ("officeDocument", "xl/workbook.xml"), "r2": ("metadata/core-properties", "docProps/core.xml")}
        others = {"_rels/.rels": relations(links), "docProps/core.xml": core.encode()}
        reading = read_bytes(xlsx(("a", rows(["ô"])), others=others))
        assert reading.state is ReadingState.READ
        return reading.properties

    spaces = (
        'xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    names = "<dc:title>Bảng điểm</dc:title><dc:creator>Văn thư</dc:creator>"
    assert told(f"<c:coreProperties {spaces}>{names}</c:coreProperties>") == {"title": "Bảng điểm", "author": "Văn thư"}
    assert told("<c:p") == {}


def test_old_vietnamese_is_known_by_the_font_of_its_cells(read_bytes: ReadBytes) -> None:
    old = '<row><c s="3" t="inlineStr"><is><t>B¸o c¸o tæng kÕt cña chi bé</t></is></c></row>'
    assert read_bytes(xlsx(("a", old), styles=STYLES)).encoding == "tcvn3"
    # The same font in the list of fonts only says nothing.
    assert read_bytes(xlsx(("a", rows(["Báo cáo"])), styles=STYLES)).encoding == "unicode"


def test_a_broken_sheet_costs_only_itself(read_bytes: ReadBytes) -> None:
    whole = xlsx(("Lành", rows(["còn"])), ("Vỡ", rows(["đọc được"]) + "<row><c"))
    reading = read_bytes(whole)
    assert "còn" in reading.text
    assert "đọc được" in reading.text
    assert codes(reading) == ["text-incomplete"]
    assert "Vỡ" in reading.warnings[0][1]


# --- limits ----------------------------------------------------------------------------------------------------------


def test_no_more_cells_than_may_be_read(read_bytes: ReadBytes) -> None:
    reading = read_bytes(xlsx(("a", rows(*[[1, 2]] * 30)), ("b", rows(["sau"]))), ReadingLimits(cells=20))
    assert len(reading.tables[0].rows) == 10
    assert codes(reading) == ["text-incomplete"]


def test_no_more_text_than_may_be_kept(read_bytes: ReadBytes) -> None:
    strings = f"<si><t>{'dài ' * 100_000}</t></si>"
    cells = '<row><c t="s"><v>0</v></c></row>' * 100_000  # 40 GB of text in a few kilobytes
    reading = read_bytes(xlsx(("a", cells), strings=strings), ReadingLimits(text_mb=1))
    assert reading.state is ReadingState.READ
    assert len(reading.text) <= 1024 * 1024
    assert "text-incomplete" in codes(reading)


def test_cells_far_apart_cost_nothing_and_are_no_table(read_bytes: ReadBytes) -> None:
    letters = [chr(65 + at // 26) + chr(65 + at % 26) for at in range(600)]
    cells = "".join(
        f'<row r="{at * 1700 + 1}"><c r="{name}{at * 1700 + 1}"><v>{at}</v></c></row>'
        for at, name in enumerate(letters)
    )
    reading = read_bytes(xlsx(("a", cells)), ReadingLimits(cells=10_000))
    assert reading.tables == ()
    assert reading.text.split("\n")[1:] == [str(at) for at in range(600)]


def test_a_sheet_over_the_limit_is_cut_and_a_bomb_refused(read_bytes: ReadBytes) -> None:
    limits = ReadingLimits(part_mb=1)
    reading = read_bytes(xlsx(("a", rows(["trước"]) + rows(["x" * 100]) * 30_000)), limits)
    assert "trước" in reading.text
    assert "text-incomplete" in codes(reading)
    bomb = read_bytes(xlsx(("a", " " * 3_000_000)), limits)
    assert (bomb.state, codes(bomb)) == (ReadingState.UNREADABLE, ["over-limit"])


def test_time_runs_out_before_the_alarm(read_bytes: ReadBytes) -> None:
    reading = read_bytes(xlsx(("a", rows(*[[1]] * 10_000))), ReadingLimits(seconds=0))
    assert codes(reading) == ["text-incomplete"]
    assert reading.tables


# --- ODS -------------------------------------------------------------------------------------------------------------


def cell(text: str, kind: str = "string", **more: str) -> str:
    values = "".join(f' {key.replace("_", ":", 1).replace("_", "-")}="{value}"' for key, value in more.items())
    return f'<table:table-cell office:value-type="{kind}"{values}><text:p>{text}</text:p></table:table-cell>'


def test_ods_values(read_bytes: ReadBytes) -> None:
    line = (
        cell("TT") + cell("9,50", "float", office_value="9.5") + cell("95,5%", "percentage", office_value="0.955")
        + cell("16/12/21", "date", office_date_value="2021-12-16T08:30:00")
        + cell("TRUE", "boolean", office_boolean_value="true") + cell("8 giờ", "time", office_time_value="PT08H30M00S")
        + "<table:covered-table-cell><text:p>khuất</text:p></table:covered-table-cell>"
        + "<table:table-cell><text:p>hai<text:s/><text:span>chữ</text:span></text:p>"
        + "<text:p>dòng</text:p></table:table-cell>"
    )  # fmt: skip
    reading = read_bytes(ods(f'<table:table table:name="Điểm"><table:table-row>{line}</table:table-row></table:table>'))
    assert (reading.format, reading.state) == ("ods", ReadingState.READ)
    assert reading.tables[0].rows == (
        ("TT", "9.5", "95,5%", "16/12/2021 08:30", "TRUE", "08:30", "hai chữ\ndòng"),
    )  # fmt: skip


def test_ods_that_repeats_itself_to_the_far_corner(read_bytes: ReadBytes) -> None:
    body = (
        f'<table:table-row table:number-rows-repeated="2">{cell("hai lần", table_number_columns_repeated="2")}'
        "</table:table-row>"
        f'<table:table-row table:number-rows-repeated="1048570">{cell("đầy", table_number_columns_repeated="16384")}'
        "</table:table-row>"
    )
    reading = read_bytes(ods(f'<table:table table:name="a">{body}</table:table>'))
    assert reading.text.split("\n")[1:] == ["hai lần\thai lần", "hai lần\thai lần", "đầy"]


def test_ods_hidden_macros_and_damage(read_bytes: ReadBytes) -> None:
    style = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    tables = "".join(
        f'<table:table table:name="{name}" table:style-name="{look}"><table:table-row>{cell(name)}</table:table-row>'
        "</table:table>"
        for name, look in (("Một", "ta1"), ("Hai", "ta2"))
    )
    reading = read_bytes(ods(tables, style, {"Basic/Standard/Module1.xml": b"x", "Basic/script-lc.xml": b"x"}))
    assert codes(reading) == ["active-content", "hidden-sheets"]
    assert len(reading.pages) == 2
    assert codes(read_bytes(ods(tables, style, {"Basic/script-lc.xml": b"x"}))) == ["hidden-sheets"]
    cut = read_bytes(
        ods('<table:table table:name="Một">' + f"<table:table-row>{cell('còn')}</table:table-row><table:ta")
    )
    assert "còn" in cut.text
    assert codes(cut) == ["text-incomplete"]


# --- real files ------------------------------------------------------------------------------------------------------


def sample(samples: Path, name: str) -> Reading:
    return read(samples / "formats" / name, ReadingLimits())


def test_samples_with_dates(samples: Path) -> None:
    assert sample(samples, "date.xlsx").tables[0].rows == (
        ("01/01/2021", "15"), ("02/01/2021", "16"), ("255:10:10", "17"),
    )  # fmt: skip
    assert [row[0] for row in sample(samples, "date.ods").tables[0].rows] == [
        "01/01/2021", "01/01/2021 10:10:10", "10:10:10", "10:10:10",
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["xlsx", "xlsb", "xls"])
def test_samples_with_hidden_and_chart_sheets(samples: Path, form: str) -> None:
    reading = sample(samples, f"any_sheets.{form}")
    assert reading.format == form
    assert [row[:2] for row in reading.tables[0].rows[:3]] == [("1", "2"), ("3", "4"), ("5", "6")]
    assert len(reading.pages) == 1  # the hidden ones are empty, the chart is none
    (hidden,) = (words for code, words in reading.warnings if code == "hidden-sheets")
    assert "Hidden, VeryHidden" in hidden


def test_merged_cells_are_read_once(samples: Path) -> None:
    reading = sample(samples, "merged_range.xlsx")
    assert all(reading.pages[0].text.count(f"{letter}1") == 1 for letter in "ABCEFGH")


def test_hostile_samples(samples: Path) -> None:
    assert sample(samples, "goc_xa.xlsx").tables[0].rows == (("đầu", ""), ("", "cuối"))
    assert codes(sample(samples, "poc-xmlbomb.xlsx")) == ["forbidden-xml"]
    many = read(samples / "formats" / "muoi_van_dong.xlsx", ReadingLimits(cells=5_000))
    assert (len(many.tables[0].rows), codes(many)) == (500, ["text-incomplete"])
    assert codes(sample(samples, "excel4_sample_macro.xlsm")) == ["active-content"]
    assert sample(samples, "pass_protected.ods").state is ReadingState.LOCKED
    assert sample(samples, "pass_protected.xlsx").state is ReadingState.LOCKED


def test_a_score_table_over_its_maximum_is_found_out(samples: Path) -> None:
    pack = load_pack(builtin_packs()["xep-loai-2021"])
    reading = sample(samples, "diem.xlsx")
    found = run_checks(reading, recognise(reading, name="diem.xlsx", folder="", pack=pack), name="diem.xlsx", pack=pack)
    assert [finding.code for finding in found] == ["over-maximum"]
    assert "35" in found[0].message


def test_a_score_table_that_does_not_add_up_is_found_out(read_bytes: ReadBytes) -> None:
    pack = load_pack(builtin_packs()["xep-loai-2021"])
    table = rows(
        [None, "ĐẢNG BỘ TỈNH", None, "ĐẢNG CỘNG SẢN VIỆT NAM"], ["BẢNG TỰ CHẤM ĐIỂM NĂM 2021"], [],
        ["TT", "Nội dung", "Điểm chuẩn", "Tự chấm"], [1, "Tư tưởng", 60, 55.5], [2, "Tổ chức", 40, 38.25],
        [None, "Tổng cộng", 100, 95],
    )  # fmt: skip
    reading = read_bytes(xlsx(("Bảng 1", table)))
    found = recognise(reading, name="a.xlsx", folder="", pack=pack)
    assert found.kind == "bang-tu-cham-diem"
    assert found.facts.title is not None
    assert found.facts.title.value.startswith("BẢNG TỰ CHẤM ĐIỂM")  # not the name of the sheet
    (finding,) = (each for each in run_checks(reading, found, name="a.xlsx", pack=pack) if each.code == "sum-mismatch")
    assert "93,75" in finding.message


# --- anything at all -------------------------------------------------------------------------------------------------

_SEED = xlsx(("Bảng", rows(["TT", "Điểm"], [1, 9.5])), strings="<si><t>chữ</t></si>", styles=STYLES)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["workbook.xml", "worksheets/sheet1.xml", "styles.xml", "sharedStrings.xml"]), st.data())
def test_any_damage_in_a_part_is_a_state(read_bytes: ReadBytes, part: str, data: st.DataObject) -> None:
    with zipfile.ZipFile(BytesIO(_SEED)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    content = bytearray(members[f"xl/{part}"])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=6))
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, old in members.items():
            package.writestr(name, bytes(content) if name == f"xl/{part}" else old)
    assert "reader-failed" not in codes(read_bytes(buffer.getvalue()))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(["r", "t", "s", "x"]), st.text("AXZ0129-bs ", max_size=12)), max_size=6),
    st.text("0123456789.eE+-xn", max_size=12),
)
def test_any_attributes_of_a_cell(read_bytes: ReadBytes, pairs: list[tuple[str, str]], value: str) -> None:
    attributes = "".join(f' {key}="{text}"' for key, text in dict(pairs).items())
    reading = read_bytes(xlsx(("a", f"<row{attributes}><c{attributes}><v>{value}</v></c></row>"), styles=STYLES))
    assert "reader-failed" not in codes(reading)
