"""PPTX: a page a slide in the order of the show, with all the words that are shown."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.readers.limits import ReadingLimits
from archive.records import Reading, ReadingState
from tests.archive.readers.conftest import ReadBytes
from tests.archive.readers.making import zipped

NAMES = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_TYPES = f'<Types><Override PartName="/ppt/presentation.xml" ContentType="{_MAIN}"/></Types>'.encode()

Beside = Mapping[str, str]  # what hangs on a slide: kind of the relation -> XML of the part


def p(text: str, look: str = "") -> str:
    return f"<a:p><a:r><a:rPr>{look}</a:rPr><a:t>{text}</a:t></a:r></a:p>"


def shape(text: str, kind: str = "") -> str:
    placeholder = f'<p:nvPr><p:ph type="{kind}"/></p:nvPr>' if kind else ""
    return f"<p:sp>{placeholder}<p:txBody>{text if '<' in text else p(text)}</p:txBody></p:sp>"


def slide(*shapes: str, show: str = "") -> str:
    return f"<p:sld {NAMES} {show}><p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld></p:sld>"


def table(*rows: tuple[str, ...]) -> str:
    body = "".join(
        f"<a:tr>{''.join(f'<a:tc><a:txBody>{p(cell)}</a:txBody></a:tc>' for cell in row)}</a:tr>" for row in rows
    )
    return (
        f"<p:graphicFrame><a:graphic><a:graphicData><a:tbl>{body}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def _relations(targets: Mapping[str, tuple[str, str]]) -> bytes:
    body = "".join(
        f'<Relationship Id="{key}" Type="{_KIND}/{kind}" Target="{target}"/>' for key, (kind, target) in targets.items()
    )
    return f"<Relationships>{body}</Relationships>".encode()


def pptx(*slides: str, beside: Mapping[int, Beside] | None = None, others: Mapping[str, bytes] | None = None) -> bytes:
    """A presentation of these slides, whose parts are named in the opposite order; `beside` by slide from 1."""
    count = len(slides)
    order = "".join(f'<p:sldId id="{number}" r:id="r{number}"/>' for number in range(1, count + 1))
    members = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations({"r1": ("officeDocument", "ppt/presentation.xml")}),
        "ppt/presentation.xml": f"<p:presentation {NAMES}><p:sldIdLst>{order}</p:sldIdLst></p:presentation>".encode(),
        "ppt/_rels/presentation.xml.rels": _relations(
            {f"r{number}": ("slide", f"slides/s{count - number}.xml") for number in range(1, count + 1)}
        ),
    }
    for number, xml in enumerate(slides, start=1):
        name = f"s{count - number}.xml"
        members[f"ppt/slides/{name}"] = xml.encode()
        hung = (beside or {}).get(number, {})
        members[f"ppt/slides/_rels/{name}.rels"] = _relations(
            {f"r{kind}": (kind, f"../{kind}/{number}.xml") for kind in hung}
        )
        for kind, part in hung.items():
            members[f"ppt/{kind}/{number}.xml"] = part.encode()
    return zipped({**members, **(others or {})})


def codes(reading: Reading) -> list[str]:
    return [code for code, _words in reading.warnings]


def test_slides_in_the_order_of_the_show(read_bytes: ReadBytes) -> None:
    reading = read_bytes(pptx(slide(shape("một")), slide(), slide(shape("ba"))))
    assert (reading.format, [page.text for page in reading.pages]) == ("pptx", ["một", "", "ba"])


def test_title_first_then_shapes_groups_and_tables(read_bytes: ReadBytes) -> None:
    reading = read_bytes(
        pptx(
            slide(
                shape("<a:p><a:r><a:t>thân</a:t></a:r><a:br/><a:r><a:t>dưới</a:t></a:r></a:p>"),
                f"<p:grpSp>{shape('trong nhóm')}<p:grpSp>{shape('trong nữa')}</p:grpSp></p:grpSp>",
                table(("TT", "Điểm"), ("1", "9,5")),
                shape("BÁO CÁO", "ctrTitle"),
                shape("<a:p><a:fld type='slidenum'><a:t>1</a:t></a:fld></a:p>", "sldNum"),
            )
        )
    )  # fmt: skip
    assert reading.text == "BÁO CÁO\nthân\ndưới\ntrong nhóm\ntrong nữa\nTT\tĐiểm\n1\t9,5"
    assert [each.rows for each in reading.tables] == [(("TT", "Điểm"), ("1", "9,5"))]


def test_an_alternative_is_read_once(read_bytes: ReadBytes) -> None:
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="x">{shape("hình")}</mc:Choice><mc:Fallback>{shape("hình")}'
        "</mc:Fallback></mc:AlternateContent>"
    )
    other = (
        '<mc:AlternateContent><mc:Choice Requires="x"><p:sp/></mc:Choice><mc:Fallback>' + shape("dự phòng") + ""
        "</mc:Fallback></mc:AlternateContent>"
    )
    assert read_bytes(pptx(slide(both, other, shape("sau")))).text == "hình\ndự phòng\nsau"


def test_notes_comments_diagrams_and_charts_stand_below_their_slide(read_bytes: ReadBytes) -> None:
    notes = slide(shape("ghi chú", "body"), shape("7", "sldNum"))
    diagram = f"<dgm:dataModel {NAMES}><dgm:pt><dgm:t>{p('Bí thư')}</dgm:t></dgm:pt></dgm:dataModel>"
    chart = (
        f"<c:chartSpace {NAMES}><c:title><c:tx><c:rich>{p('Tỷ lệ')}</c:rich></c:tx></c:title><c:ser><c:cat><c:strRef>"
        "<c:strCache><c:pt><c:v>Quý I</c:v></c:pt></c:strCache></c:strRef></c:cat><c:val><c:numCache><c:pt>"
        "<c:v>91</c:v></c:pt></c:numCache></c:val></c:ser></c:chartSpace>"
    )
    comment = f"<p:cmLst {NAMES}><p:cm><p:text>nhận xét</p:text></p:cm></p:cmLst>"
    beside = {1: {"notesSlide": notes, "diagramData": diagram, "chart": chart, "comments": comment}}
    reading = read_bytes(pptx(slide(shape("một")), slide(shape("hai")), beside=beside))
    assert [page.text for page in reading.pages] == ["một\nBí thư\nTỷ lệ\nQuý I\nghi chú\nnhận xét", "hai"]


def test_hidden_slides_are_read_and_told(read_bytes: ReadBytes) -> None:
    reading = read_bytes(pptx(slide(shape("một")), slide(shape("hai"), show='show="0"')))
    assert (reading.text, codes(reading)) == ("một\fhai", ["hidden-text"])
    assert "2" in reading.warnings[0][1]


def test_macros_and_files_inside_are_told(read_bytes: ReadBytes) -> None:
    types = _TYPES.replace(_MAIN.encode(), b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml")
    others = {"[Content_Types].xml": types, "ppt/vbaProject.bin": b"x", "ppt/embeddings/bang.xlsx": b"x"}
    reading = read_bytes(pptx(slide(shape("một")), others=others))
    assert (reading.format, codes(reading)) == ("pptm", ["active-content", "attachments"])


def test_an_old_font_of_a_run_or_a_theme_converts(read_bytes: ReadBytes) -> None:
    words = "B¸o c¸o tæng kÕt c«ng t¸c, ph\u00ad¬ng h\u00adíng"
    run = read_bytes(pptx(slide(shape(p(words, '<a:latin typeface=".VnTime"/>')))))
    theme = read_bytes(
        pptx(slide(shape(words)), others={"ppt/theme/theme1.xml": b'<a:latin typeface=".VnTimeH"/>'})
    )  # fmt: skip
    assert run.text == theme.text == "Báo cáo tổng kết công tác, phương hướng"
    assert run.encoding == theme.encoding == "tcvn3"


def test_pictures_only_and_nothing_at_all(read_bytes: ReadBytes) -> None:
    scan = read_bytes(pptx(slide(), others={"ppt/media/image1.jpeg": b"x"}))
    assert (scan.state, codes(scan)) == (ReadingState.NOT_YET, ["needs-ocr"])
    assert codes(read_bytes(pptx(slide()))) == ["empty"]


def test_limits(read_bytes: ReadBytes) -> None:
    many = read_bytes(pptx(*(slide(shape(str(number))) for number in range(5))), ReadingLimits(pages=3))
    assert (many.text, codes(many)) == ("0\f1\f2", ["text-incomplete"])
    long = read_bytes(pptx(slide(shape("chữ " * 300_000)), slide(shape("cuối"))), ReadingLimits(text_mb=1))
    assert codes(long) == ["text-incomplete"]


def test_a_broken_slide_costs_that_slide(read_bytes: ReadBytes) -> None:
    reading = read_bytes(pptx(slide(shape("một")), "<broken", slide(shape("ba"))))
    assert (reading.text, codes(reading)) == ("một\f\fba", ["text-incomplete"])


@pytest.mark.parametrize("where", ["ppt/presentation.xml", "_rels/.rels"])
def test_an_entity_bomb_is_refused(where: str, read_bytes: ReadBytes) -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    reading = read_bytes(pptx(slide(), others={where: f"<!DOCTYPE x [{entities}]><x>&a9;</x>".encode()}))
    assert (reading.state, codes(reading)) == (ReadingState.UNREADABLE, ["forbidden-xml"])


def test_a_slide_shown_twice_is_read_once(read_bytes: ReadBytes) -> None:
    ids = '<p:sldId r:id="r1"/>' * 1000
    again = f"<p:presentation {NAMES}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>"
    assert read_bytes(pptx(slide(shape("một")), others={"ppt/presentation.xml": again.encode()})).text == "một"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cuts=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=4)
)
def test_mutated_slides_never_raise(cuts: list[tuple[int, int, bytes]], read_bytes: ReadBytes) -> None:
    xml = slide(shape("a", "title"), f"<p:grpSp>{shape('b')}</p:grpSp>", table(("c", "d")), shape("e")).encode()
    for at, length, new in cuts:
        at %= len(xml)
        xml = xml[:at] + new + xml[at + length :]
    reading = read_bytes(pptx(slide(shape("một")), slide(), others={"ppt/slides/s0.xml": xml}))
    assert reading.pages[0].text == "một"
