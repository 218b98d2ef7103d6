"""Small workbooks for the tests, made by hand so that each byte and each record is known."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from tests.archive.readers.making import zipped

_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_BINARY = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"

Sheet = tuple[str, str]  # name, and what stands in its sheetData


def relations(targets: Mapping[str, tuple[str, str]]) -> bytes:
    """A part of relations: id -> (last word of the type, target)."""
    body = "".join(
        f'<Relationship Id="{key}" Type="{_TYPE}/{kind}" Target="{target}"/>' for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{body}</Relationships>'.encode()


def _types(part: str, kind: str) -> bytes:
    return f'<Types><Override PartName="/xl/{part}" ContentType="{kind}"/></Types>'.encode()


# --- XLSX ------------------------------------------------------------------------------------------------------------


def xlsx(
    *sheets: Sheet,
    strings: str = "",
    styles: str = "",
    hidden: Sequence[str] = (),
    properties: str = "",
    others: Mapping[str, bytes] | None = None,
) -> bytes:
    """An XLSX with these sheets; `strings` are its <si>, `styles` what stands in its styleSheet."""
    parts = {f"r{number}": ("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)}
    parts |= {"rS": ("sharedStrings", "sharedStrings.xml"), "rF": ("styles", "styles.xml")}

    def state(name: str) -> str:
        return "hidden" if name in hidden else "visible"

    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="r{number}" state="{state(name)}"/>'
        for number, (name, _) in enumerate(sheets, start=1)
    )
    workbook = f'<workbook {_MAIN} xmlns:r="{_TYPE}">{properties}<sheets>{listed}</sheets></workbook>'
    members = {
        "[Content_Types].xml": _types("workbook.xml", _CONTENT),
        "_rels/.rels": relations({"r1": ("officeDocument", "xl/workbook.xml")}),
        "xl/_rels/workbook.xml.rels": relations(parts),
        "xl/workbook.xml": workbook.encode(),
        "xl/sharedStrings.xml": f"<sst {_MAIN}>{strings}</sst>".encode(),
        "xl/styles.xml": f"<styleSheet {_MAIN}>{styles}</styleSheet>".encode(),
    }
    for number, (_, data) in enumerate(sheets, start=1):
        sheet = f"<worksheet {_MAIN}><sheetData>{data}</sheetData></worksheet>"
        members[f"xl/worksheets/sheet{number}.xml"] = sheet.encode()
    return zipped({**members, **(others or {})})


def rows(*lines: Sequence[str | float | None]) -> str:
    """Rows of cells without references: texts, numbers, or None for an empty one."""
    return "".join("<row>" + "".join(_cell(value) for value in line) + "</row>" for line in lines)


def _cell(value: str | float | None) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
    return f"<c><v>{value}</v></c>"


# --- ODS -------------------------------------------------------------------------------------------------------------

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_PREFIXES = " ".join(
    f'xmlns:{prefix}="{_ODF}:{name}:1.0"'
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
)


def ods(tables: str, styles: str = "", others: Mapping[str, bytes] | None = None) -> bytes:
    """An ODS with these <table:table>."""
    content = (
        f"<office:document-content {_PREFIXES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": mimetype, "content.xml": content.encode(), **(others or {})})


# --- XLSB ------------------------------------------------------------------------------------------------------------


def record12(kind: int, data: bytes = b"") -> bytes:
    """A record of an XLSB."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(data)
    while size >= 0x80:
        head += bytes([size & 0x7F | 0x80])
        size >>= 7
    return head + bytes([size]) + data


def wide(text: str) -> bytes:
    """A text of an XLSB, its length in front."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(
    sheet: bytes, *, strings: Sequence[str] = (), styles: bytes = b"", state: int = 0, from_1904: bool = False
) -> bytes:
    """An XLSB of one sheet, "Bảng 1", with these records."""
    workbook = record12(153, struct.pack("<I", from_1904))
    workbook += record12(156, struct.pack("<II", state, 1) + wide("r1") + wide("Bảng 1"))
    parts = {"r1": ("worksheet", "worksheets/sheet1.bin"), "rS": ("sharedStrings", "sharedStrings.bin")}
    members = {
        "[Content_Types].xml": _types("workbook.bin", _BINARY),
        "_rels/.rels": relations({"r1": ("officeDocument", "xl/workbook.bin")}),
        "xl/_rels/workbook.bin.rels": relations({**parts, "rF": ("styles", "styles.bin")}),
        "xl/workbook.bin": workbook,
        "xl/worksheets/sheet1.bin": sheet,
        "xl/sharedStrings.bin": b"".join(record12(19, b"\0" + wide(text)) for text in strings),
        "xl/styles.bin": styles,
    }
    return zipped(members)


# --- XLS -------------------------------------------------------------------------------------------------------------

BOF, EOF = 0x809, 0x0A
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(kind: int, data: bytes = b"") -> bytes:
    """A record of an XLS."""
    return struct.pack("<HH", kind, len(data)) + data


def text8(text: str, size: int = 2) -> bytes:
    """A text of an XLS: its length, whether its letters have two bytes, and the letters."""
    narrow = all(char < "\u0100" for char in text)
    count = struct.pack("<H" if size == 2 else "<B", len(text))
    return count + (b"\0" + text.encode("latin-1") if narrow else b"\1" + text.encode("utf-16-le"))


def label(row: int, column: int, text: str, style: int = 0) -> bytes:
    """A cell with a text of its own."""
    return record(0x204, struct.pack("<HHH", row, column, style) + text8(text))


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    """A cell with a number."""
    return record(0x203, struct.pack("<HHHd", row, column, style, value))


def workbook8(
    *sheets: tuple[str, bytes], before: bytes = b"", states: Sequence[int] = (), kinds: Sequence[int] = ()
) -> bytes:
    """The stream of an XLS with these sheets (name, records); `before` are records of the workbook itself."""
    states, kinds = states or [0] * len(sheets), kinds or [0] * len(sheets)
    head = record(BOF, struct.pack("<HH", 0x600, 5) + bytes(12)) + before
    at = len(head) + sum(len(record(0x85, bytes(6) + text8(name, 1))) for name, _ in sheets) + len(record(EOF))
    listed, bodies = b"", b""
    for (name, records), state, kind in zip(sheets, states, kinds, strict=True):
        body = record(BOF, struct.pack("<HH", 0x600, 0x10) + bytes(12)) + records + record(EOF)
        listed += record(0x85, struct.pack("<IBB", at + len(bodies), state, kind) + text8(name, 1))
        bodies += body
    return head + listed + record(EOF) + bodies


def ole(stream: bytes, name: str = "Workbook") -> bytes:
    """A compound file with this one stream ([MS-CFB]), padded so that it lies in whole sectors."""
    stream = stream.ljust(max(len(stream), 4096), b"\0")
    sectors = -(-len(stream) // 512)
    tables = sectors // 120 + 1
    first = tables + 1  # the sectors in order: tables, the directory, the stream
    fat = [_TABLE] * tables + [_END] + [first + at for at in range(1, sectors)] + [_END]
    fat += [_FREE] * (tables * 128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, tables, tables, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    directory = _entry("Root Entry", 5, _END, 0, child=1) + _entry(name, 2, first, len(stream))
    body = struct.pack(f"<{len(fat)}I", *fat) + directory.ljust(512, b"\0") + stream.ljust(sectors * 512, b"\0")
    return header + body


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<HBB3I", len(raw), kind, 1, _FREE, _FREE, child)
    return raw.ljust(64, b"\0") + links + bytes(36) + struct.pack("<III", start, size, 0)
