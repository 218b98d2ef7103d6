"""Hostile XML, bare and inside packages: DOCX, XLSX, XLSB, PPTX, ODT, ODS."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from functools import partial

from tests.archive.readers import hostile_zips as zips
from tests.archive.readers import making, making_sheets

MIB = 1 << 20
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"))
)
_PPT = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_DRAW = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_REL = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_PPT_MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"

# --- what an XML may hold against its reader -------------------------------------------------------------------------


def _laughs() -> bytes:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY l0 "ha">{lines}]><z>&l9;</z>'.encode()


def _quadratic() -> bytes:
    return b'<!DOCTYPE z [<!ENTITY a "' + b"a" * 50_000 + b'">]><z>' + b"&a;" * 50_000 + b"</z>"


def _outside(address: str) -> bytes:
    return f'<!DOCTYPE z [<!ENTITY x SYSTEM "{address}">]><z>&x;</z>'.encode()


_EVIL = '<!DOCTYPE z [<!ENTITY x SYSTEM "file:///etc/passwd">]><z>&x;</z>'

XML: dict[str, Callable[[], bytes]] = {
    "laughs": _laughs,
    "quadratic": _quadratic,
    "passwd": partial(_outside, "file:///etc/passwd"),
    "passwd-bare": partial(_outside, "/etc/passwd"),
    "network": partial(_outside, "http://127.0.0.1:9/x"),
    "random": partial(_outside, "file:///dev/urandom"),
    "parameter": lambda: b'<!DOCTYPE z [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]><z/>',
    "outside-dtd": lambda: b'<!DOCTYPE z SYSTEM "http://127.0.0.1:9/x.dtd"><z/>',
    "include": lambda: b'<z xmlns:i="http://www.w3.org/2001/XInclude"><i:include href="/etc/passwd" parse="text"/></z>',
    "utf16-dtd": lambda: ('<?xml version="1.0" encoding="UTF-16"?>' + _EVIL).encode("utf-16"),
    "utf7-dtd": lambda: b'<?xml version="1.0" encoding="UTF-7"?>' + _EVIL.replace("<!", "+ADwAIQ-").encode(),
    "ebcdic-dtd": lambda: ('<?xml version="1.0" encoding="IBM037"?>' + _EVIL).encode("cp037"),
    "loop": lambda: b'<!DOCTYPE z [<!ENTITY a "&b;"><!ENTITY b "&a;">]><z>&a;</z>',
    "deep": lambda: b"<z>" * 100_000 + b"</z>" * 100_000,
    "attribute-60MB": lambda: b'<z a="' + b"a" * (60 * MIB) + b'"/>',
    "attributes": lambda: b"<z " + b" ".join(b'a%d=""' % number for number in range(100_000)) + b"/>",
    "text-60MB": lambda: b"<z>" + b"ha " * (20 * MIB) + b"</z>",
    "elements": lambda: b"<z>" + b"<y/>" * MIB + b"</z>",
    "broken-utf8": lambda: b"<z>\xff\xfe\xc0\x80\xed\xa0\x80</z>",
    "nul": lambda: b"<z>a\0b</z>",
    "cut": lambda: b"<z><y>bao cao",
    "no-root": lambda: b"<?xml version='1.0'?>",
    "unclosed-comment": lambda: b"<z><!--" + b"-" * 100_000,
    "odd-encoding": lambda: b'<?xml version="1.0" encoding="hz-gb-2312"?><z>~{</z>',
}


def _in_docx(xml: bytes) -> bytes:
    return making.docx("", others={"word/document.xml": xml})


def _in_xlsx(xml: bytes) -> bytes:
    return making_sheets.xlsx(("S", ""), others={"xl/worksheets/sheet1.xml": xml})


def _in_strings(xml: bytes) -> bytes:
    return making_sheets.xlsx(("S", '<row><c t="s"><v>0</v></c></row>'), others={"xl/sharedStrings.xml": xml})


def _in_odt(xml: bytes) -> bytes:
    return odt("", {"content.xml": xml})


def _in_ods(xml: bytes) -> bytes:
    return making_sheets.ods("", others={"content.xml": xml})


def _in_pptx(xml: bytes) -> bytes:
    return pptx({"ppt/slides/s1.xml": xml})


_HOSTS: dict[str, Callable[[bytes], bytes]] = {
    "docx": _in_docx,
    "xlsx": _in_xlsx,
    "odt": _in_odt,
    "pptx": _in_pptx,
}
_ELSEWHERE = ("laughs", "passwd", "deep", "utf16-dtd", "text-60MB", "elements")
_HEAVY = ("attribute-60MB", "text-60MB", "elements")


def _hosted(host: Callable[[bytes], bytes], payload: Callable[[], bytes]) -> bytes:
    return host(payload())


def _xml_files() -> dict[str, Callable[[], bytes]]:
    files: dict[str, Callable[[], bytes]] = {}
    for name, payload in XML.items():
        for ending, host in _HOSTS.items():
            if name in _HEAVY and ending not in ("docx", "odt"):  # one of those that walk, one of those that iterate
                continue
            files[f"{ending}-xml-{name}.{ending}"] = partial(_hosted, host, payload)
    for name in _ELSEWHERE:
        files[f"ods-xml-{name}.ods"] = partial(_hosted, _in_ods, XML[name])
        files[f"xlsx-strings-{name}.xlsx"] = partial(_hosted, _in_strings, XML[name])
    for name in ("laughs", "passwd", "network", "utf16-dtd", "deep", "broken-utf8", "cut", "include"):
        files[f"xml-{name}.xml"] = partial(_declared, XML[name])
    return files


def _declared(payload: Callable[[], bytes]) -> bytes:
    data = payload()
    return data if data.startswith((b"<?xml", b"\xff\xfe")) else b'<?xml version="1.0"?>\n' + data


# --- packages --------------------------------------------------------------------------------------------------------


def odt(body: str, others: Mapping[str, bytes] | None = None, kind: str = "text") -> bytes:
    """An ODT with this body."""
    inner = f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    content = f"<office:document-content {_OFFICE}>{inner}</office:document-content>"
    mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
    return making.zipped({"mimetype": mimetype, "content.xml": content.encode(), **(others or {})})


def pptx(
    parts: Mapping[str, bytes],
    order: str = '<p:sldId id="1" r:id="r1"/>',
    rels: Mapping[str, tuple[str, str]] | None = None,
) -> bytes:
    """A show of these slides."""
    rels = rels or {"r1": ("slide", "slides/s1.xml")}
    types = f'<Types><Override PartName="/ppt/presentation.xml" ContentType="{_PPT_MAIN}"/></Types>'
    show = f"<p:presentation {_PPT} {_REL}><p:sldIdLst>{order}</p:sldIdLst></p:presentation>"
    return making.zipped(
        {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": making_sheets.relations({"r1": ("officeDocument", "ppt/presentation.xml")}),
            "ppt/presentation.xml": show.encode(),
            "ppt/_rels/presentation.xml.rels": making_sheets.relations(rels),
            **parts,
        }
    )


def _slide(inner: str) -> bytes:
    return f"<p:sld {_PPT} {_DRAW} {_REL}><p:cSld><p:spTree>{inner}</p:spTree></p:cSld></p:sld>".encode()


def _story(kind: str, inner: str) -> bytes:
    return f"<w:{kind} {_W} {_REL}>{inner}</w:{kind}>".encode()


def _rels(targets: Mapping[str, tuple[str, str]], external: bool = False) -> bytes:
    data = making_sheets.relations(targets)
    return data.replace(b"/>", b' TargetMode="External"/>') if external else data


def _wrapped(count: int, opening: str, closing: str, core: str = "") -> str:
    return opening * count + core + closing * count


def _docx_rels(targets: Mapping[str, tuple[str, str]], *, external: bool = False, **parts: bytes) -> bytes:
    others = {f"word/{name}.xml": data for name, data in parts.items()}
    return making.docx(making.p("chữ"), others={"word/_rels/document.xml.rels": _rels(targets, external), **others})


def _docx_header_loop() -> bytes:
    again = _rels({"r1": ("header", "header1.xml"), "r2": ("header", "document.xml")})
    header = _story("hdr", making.p("đầu trang") + '<w:headerReference r:id="r1"/>')
    return making.docx(
        making.p("chữ"),
        others={
            "word/_rels/document.xml.rels": again,
            "word/_rels/header1.xml.rels": again,
            "word/header1.xml": header,
        },
    )


def _docx_note_loop() -> bytes:
    note = making.p("chú thích") + '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    body = '<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id="1"/></w:r></w:p>' * 50
    return making.docx(body, {"footnotes": f'<w:footnote w:id="1">{note}</w:footnote>' * 1000})


def _docx_numbering(start: int, form: str) -> bytes:
    level = (
        f'<w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="%1.%1.%9"/></w:lvl>'
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    item = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    return making.docx("".join(making.p("mục", item) for _ in range(200)), {"numbering": numbering})


def _docx_boxes() -> bytes:
    opening = "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>hộp</w:t></w:r></w:p>"
    return making.docx(_wrapped(80, opening, "</w:txbxContent></w:pict></w:r></w:p>"))


def _cells(count: int, rows: int) -> str:
    row = "<row>" + "<c><v>1</v></c>" * count + "</row>"
    return row * rows


def _xlsx_far() -> bytes:
    cells = "".join(
        f'<row r="{row}"><c r="XFD{row}" t="inlineStr"><is><t>x</t></is></c></row>'
        for row in (1, 2, 1_048_576, 99_999_999, 0, -5)
    )
    return making_sheets.xlsx(("S", '<row r="1"><c r="A1"><v>1</v></c></row>' + cells))


def _xlsx_many_sheets() -> bytes:
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r1"/>' for n in range(1000))
    book = f"<workbook {_REL}><sheets>{listed}</sheets></workbook>".encode()
    return making_sheets.xlsx(("S", making_sheets.rows(["a"] * 100)), others={"xl/workbook.xml": book})


def _shown_as(code: str) -> str:
    """Styles of which the second shows numbers by this code."""
    formats = f'<numFmts><numFmt numFmtId="170" formatCode="{code}"/></numFmts>'
    return formats + '<cellXfs><xf/><xf numFmtId="170"/></cellXfs>'


def _xlsb(records: bytes) -> bytes:
    return making_sheets.xlsb(records, strings=["a"])


def _ods(columns: str, rows: str, spans: str = "") -> bytes:
    cell = f'<table:table-cell table:number-columns-repeated="{columns}" {spans}><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
    return making_sheets.ods(f'<table:table table:name="S">{row * 3}</table:table>')


def _ods_sheets() -> bytes:
    return making_sheets.ods('<table:table table:name="S"><table:table-row/></table:table>' * 50_000)


def _bombed_part(name: str, megabytes: int, size: int | None = None) -> bytes:
    """A package in which one part is a bomb."""
    parts = {
        "[Content_Types].xml": making.TYPES,
        "_rels/.rels": making_sheets.relations({"r1": ("officeDocument", "word/document.xml")}),
    }
    members = [zips.Member(key.encode(), data) for key, data in parts.items()]
    told = {} if size is None else {"size": size}
    return zips.zip_of([*members, zips.bombed(megabytes, name.encode(), **told)])


def _twice() -> bytes:
    """Two parts of the same name, of which only one says the truth."""
    parts = [
        ("[Content_Types].xml", making.TYPES),
        ("word/document.xml", _story("document", "")),
        ("word/document.xml", _story("document", making.p("khác"))),
    ]
    return zips.zip_of([zips.Member(name.encode(), data) for name, data in parts])


_HUGE = "2147483647"
FILES: dict[str, Callable[[], bytes]] = {
    **_xml_files(),
    "docx-part-of-500MB.docx": partial(_bombed_part, "word/document.xml", 500),
    "docx-part-of-500MB-that-says-100.docx": partial(_bombed_part, "word/document.xml", 500, 100),
    "docx-part-twice.docx": _twice,
    "docx-no-main-part.docx": lambda: making.zipped({"[Content_Types].xml": making.TYPES}),
    "docx-types-only-broken.docx": lambda: making.docx("", others={"[Content_Types].xml": making.TYPES[:-9]}),
    "docx-header-is-the-document.docx": _docx_header_loop,
    "docx-note-in-itself.docx": _docx_note_loop,
    "docx-part-called-by-two.docx": lambda: _docx_rels(
        {"r1": ("header", "header1.xml"), "r2": ("footer", "header1.xml"), "r3": ("comments", "header1.xml")},
        header1=_story("hdr", making.p("ai gọi")),
    ),
    "docx-parts-missing.docx": lambda: _docx_rels({f"r{n}": ("header", f"header{n}.xml") for n in range(3000)}),
    "docx-target-passwd.docx": lambda: _docx_rels(
        {"r1": ("header", "../../../../etc/passwd"), "r2": ("footer", "/etc/passwd")}
    ),
    "docx-target-outside.docx": lambda: _docx_rels(
        {"r1": ("attachedTemplate", "http://127.0.0.1:9/x.dotm"), "r2": ("header", "file:///etc/passwd")}, external=True
    ),
    "docx-target-network-inside.docx": lambda: _docx_rels({"r1": ("header", "http://127.0.0.1:9/h.xml")}),
    "docx-tables-deep.docx": lambda: making.docx(
        _wrapped(60, "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", making.p("a"))
    ),
    "docx-tables-very-deep.docx": lambda: making.docx(_wrapped(2000, "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>")),
    "docx-boxes-deep.docx": _docx_boxes,
    "docx-span-2-31.docx": lambda: making.docx(
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{_HUGE}"/></w:tcPr>{making.p("a")}</w:tc></w:tr></w:tbl>' * 20
    ),
    "docx-number-2-31-roman.docx": partial(_docx_numbering, 2**31 - 1, "upperRoman"),
    "docx-number-2-31-letters.docx": partial(_docx_numbering, 2**31 - 1, "lowerLetter"),
    "docx-number-negative.docx": partial(_docx_numbering, -(2**31), "chicago"),
    "docx-breaks-100000.docx": lambda: making.docx('<w:p><w:r><w:br w:type="page"/></w:r></w:p>' * 100_000),
    "docx-fields-open.docx": lambda: making.docx('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' * 50_000),
    "docx-fields-close.docx": lambda: making.docx('<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>' * 50_000),
    "xlsx-far-cells.xlsx": _xlsx_far,
    "xlsx-cells-400000.xlsx": lambda: making_sheets.xlsx(("S", _cells(1000, 400))),
    "xlsx-columns-100000.xlsx": lambda: making_sheets.xlsx(("S", _cells(100_000, 1))),
    "xlsx-1000-sheets-of-one-part.xlsx": _xlsx_many_sheets,
    "xlsx-strings-out-of-range.xlsx": lambda: making_sheets.xlsx(
        ("S", "".join(f'<row><c t="s"><v>{v}</v></c></row>' for v in ("999999999", "-1", "1e9", "x", ""))),
        strings="<si><t>a</t></si>",
    ),
    "xlsx-one-long-string-often.xlsx": lambda: making_sheets.xlsx(
        ("S", '<row><c t="s"><v>0</v></c></row>' * 100_000), strings=f"<si><t>{'dài ' * 8000}</t></si>"
    ),
    "xlsx-numbers.xlsx": lambda: making_sheets.xlsx(
        ("S", "".join(f'<row><c s="1"><v>{v}</v></c></row>' for v in ("1e308", "-1e308", "nan", "inf", "1" * 5000))),
        styles=_shown_as("yyyy-mm-dd"),
    ),
    "xlsx-format-of-1MB.xlsx": lambda: making_sheets.xlsx(
        ("S", '<row><c s="1"><v>44000</v></c></row>' * 1000),
        styles=_shown_as("[$-409]yyyy;" * 80_000),
    ),
    "xlsx-style-out-of-range.xlsx": lambda: making_sheets.xlsx(("S", f'<row><c s="{_HUGE}"><v>1</v></c></row>')),
    "xlsx-sheet-is-the-book.xlsx": lambda: making_sheets.xlsx(
        ("S", ""), others={"xl/_rels/workbook.xml.rels": _rels({"r1": ("worksheet", "workbook.xml")})}
    ),
    "xlsx-sheet-missing.xlsx": lambda: making_sheets.xlsx(
        ("S", ""), others={"xl/_rels/workbook.xml.rels": _rels({"r1": ("worksheet", "nowhere.xml")})}
    ),
    "xlsx-merged-2-31.xlsx": lambda: making_sheets.xlsx(
        (
            "S",
            making_sheets.rows(["a"])
            + '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>',
        )
    ),
    "xlsb-record-of-256MB.xlsb": lambda: _xlsb(b"\x00\xff\xff\xff\x7f" + bytes(99)),
    "xlsb-record-cut.xlsb": lambda: _xlsb(making_sheets.record12(145) + b"\xff"),
    "xlsb-far-cells.xlsb": lambda: _xlsb(
        making_sheets.record12(145)
        + making_sheets.record12(0, struct.pack("<I", 2**31))
        + making_sheets.record12(5, struct.pack("<IId", 2**32 - 1, 0, 1.0))
    ),
    "xlsb-string-of-4GiB.xlsb": lambda: _xlsb(
        making_sheets.record12(145)
        + making_sheets.record12(0, bytes(25))
        + making_sheets.record12(6, struct.pack("<III", 0, 0, 2**32 - 1))
    ),
    "xlsb-string-out-of-range.xlsb": lambda: _xlsb(
        making_sheets.record12(145)
        + making_sheets.record12(0, bytes(25))
        + making_sheets.record12(7, b"\0" * 8 + b"\xff" * 4)
    ),
    "ods-repeated-2-31.ods": partial(_ods, _HUGE, _HUGE),
    "ods-repeated-1e30.ods": partial(_ods, "9" * 30, "1"),
    "ods-repeated-5000-digits.ods": partial(_ods, "9" * 5000, "1"),
    "ods-repeated-negative.ods": partial(_ods, "-1", "-5"),
    "ods-spanned-2-31.ods": partial(
        _ods, "2", "2", f'table:number-columns-spanned="{_HUGE}" table:number-rows-spanned="{_HUGE}"'
    ),
    "ods-50000-sheets.ods": _ods_sheets,
    "odt-blanks-2-31.odt": lambda: odt(f'<text:p>a<text:s text:c="{_HUGE}"/>b</text:p>' * 100),
    "odt-notes-deep.odt": lambda: odt(
        _wrapped(80, "<text:p><text:note><text:note-body>", "</text:note-body></text:note></text:p>", "a")
    ),
    "odt-tables-deep.odt": lambda: odt(
        _wrapped(
            60,
            "<table:table><table:table-row><table:table-cell>",
            "</table:table-cell></table:table-row></table:table>",
            "<text:p>a</text:p>",
        )
    ),
    "odt-lists-deep.odt": lambda: odt(
        _wrapped(100, "<text:list><text:list-item>", "</text:list-item></text:list>", "<text:p>a</text:p>")
    ),
    "odt-cells-repeated-2-31.odt": lambda: odt(
        f'<table:table><table:table-row table:number-rows-repeated="{_HUGE}">'
        f'<table:table-cell table:number-columns-repeated="{_HUGE}"><text:p>a</text:p></table:table-cell>'
        "</table:table-row></table:table>"
    ),
    "odt-says-locked.odt": lambda: odt("<text:p>a</text:p>", {"META-INF/manifest.xml": b"<m><encryption-data/></m>"}),
    "odt-no-content.odt": lambda: making.zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}),
    "odp-shapes-deep.odp": lambda: odt("<draw:g>" * 100, kind="presentation"),
    "pptx-5000-times-one-slide.pptx": lambda: pptx(
        {"ppt/slides/s1.xml": _slide("<a:t>a</a:t>")}, '<p:sldId id="1" r:id="r1"/>' * 5000
    ),
    "pptx-slide-is-the-show.pptx": lambda: pptx({}, rels={"r1": ("slide", "presentation.xml")}),
    "pptx-notes-loop.pptx": lambda: pptx(
        {
            "ppt/slides/s1.xml": _slide("<p:sp><p:txBody><a:p><a:r><a:t>a</a:t></a:r></a:p></p:txBody></p:sp>"),
            "ppt/slides/_rels/s1.xml.rels": _rels({"r1": ("notesSlide", "s1.xml"), "r2": ("diagramData", "s1.xml")}),
        }
    ),
    "pptx-groups-deep.pptx": lambda: pptx({"ppt/slides/s1.xml": _slide(_wrapped(100, "<p:grpSp>", "</p:grpSp>"))}),
    "pptx-no-slides.pptx": lambda: pptx({}),
}
