"""Hostile compound files (DOC, XLS, PPT, MSG) and RTF: loops of sectors, lies in records, groups without end."""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import partial

from tests.archive.readers import making_ole, making_sheets
from tests.archive.readers.hostile_zips import zlib_bomb

_SECTOR, _MINI_SECTOR, _TABLES, _DIRECTORY, _CUTOFF, _MINI_TABLE, _MORE_TABLES, _FIRST = 30, 32, 44, 48, 56, 60, 68, 76
_MAX = 2**32 - 1


def doc() -> bytes:
    """A sound document to spoil."""
    return making_ole.Doc("Báo cáo tổng kết\r" * 200, wide=[0]).file()


def _patched(make: Callable[[], bytes], *changes: tuple[int, str, int]) -> bytes:
    """With other numbers at these places, from the start or, below zero, from the end."""
    data = bytearray(make())
    for at, form, value in changes:
        struct.pack_into(f"<{form}", data, at if at >= 0 else len(data) + at, value)
    return bytes(data)


def _table_loop(make: Callable[[], bytes]) -> bytes:
    """Every sector is followed by sector 1."""
    data = bytearray(make())
    for number in range(128):
        struct.pack_into("<I", data, len(data) - 512 + 4 * number, 1)
    return bytes(data)


def _entries(data: bytes, offset: int, form: str, value: int) -> bytes:
    """All entries of the directory with this field."""
    spoilt = bytearray(data)
    at = data.find("Root Entry".encode("utf-16-le"))
    while at + 128 <= len(data) and data[at + 66] in (1, 2, 5):
        struct.pack_into(f"<{form}", spoilt, at + offset, value)
        at += 128
    return bytes(spoilt)


def _deep(levels: int) -> bytes:
    tree: making_ole.Tree = {"leaf": b"x"}
    for _ in range(levels):
        tree = {"d": tree}
    return making_ole.ole(tree)


def _msg(**texts: str | bytes) -> bytes:
    tags = {"subject": 0x0037, "body": 0x1000, "rtf": 0x1009, "html": 0x1013, "headers": 0x007D}
    return making_ole.ole(making_ole.msg({tags[key]: value for key, value in texts.items()}))


def _msg_nested(levels: int) -> bytes:
    tree: making_ole.Tree = making_ole.msg({0x0037: "trong cùng"}, header=24)
    for _ in range(levels):
        holder = making_ole.msg({0x3707: "thư.msg"}, {0x3705: 5}, header=8)
        tree = making_ole.msg({0x0037: "thư"}, attached=[{**holder, "__substg1.0_3701000D": tree}], header=24)
    return making_ole.ole(tree)


def _msg_attached(count: int) -> bytes:
    attachment = making_ole.msg({0x3707: "../../x.exe", 0x3701: b"x"}, header=8)
    return making_ole.ole(making_ole.msg({0x0037: "thư"}, attached=[attachment] * count))


def _lzfu(size: int, told: int) -> bytes:
    body = b"\xff" + struct.pack(">8H", *[0x000F] * 8)
    return struct.pack("<IIII", len(body) * size + 12, told, 0x75465A4C, 0) + body * size


def _book(*records: bytes) -> bytes:
    return making_sheets.ole(making_sheets.workbook8(("S", b"".join(records))))


def _strings(count: int, *chunks: bytes) -> bytes:
    table = making_sheets.record(0xFC, struct.pack("<II", count, count) + (chunks[0] if chunks else b""))
    more = b"".join(making_sheets.record(0x3C, chunk) for chunk in chunks[1:])
    cells = b"".join(
        making_sheets.record(0xFD, struct.pack("<HHHI", row, 0, 0, index)) for row, index in enumerate((0, 5, _MAX))
    )
    return making_sheets.ole(making_sheets.workbook8(("S", cells), before=table + more))


def _atom(kind: int, body: bytes, version: int = 0, told: int | None = None) -> bytes:
    return struct.pack("<HHI", version, kind, len(body) if told is None else told) + body


def _show(document: bytes, user: bytes = b"") -> bytes:
    current = struct.pack("<HHIIIIHHBBH", 0, 0xFF6, 20, 20, 0xE391C05F, len(document), 0, 1012, 3, 0, 0)
    return making_ole.ole({"PowerPoint Document": (document + user).ljust(4096, b"\0"), "Current User": current})


def _boxes(count: int) -> bytes:
    body = _atom(0xFA0, "chữ".encode("utf-16-le"))
    for _ in range(count):
        body = _atom(0x3E8, body, 15)
    return body


def _edits() -> bytes:
    """Edits each of which says that it follows itself."""
    document = _atom(0x3E8, _boxes(2), 15)
    at = len(document)
    return _show(document, _atom(0xFF5, struct.pack("<IIIIIIHH", 0, 3, at, at, 1, 1, 1, 0)))


def _word(**told: int) -> bytes:
    """A document whose first structure says other things; see [MS-DOC] 2.5.1."""
    places = {
        "text": 76,
        "table_at": 154 + 8 * 33,
        "table_size": 158 + 8 * 33,
        "letters_at": 154 + 8 * 12,
        "letters_size": 158 + 8 * 12,
        "flags": 10,
        "version": 2,
    }
    streams = making_ole.Doc("Báo cáo\r" * 900, wide=[0], letters=[(0, 9, b"")]).streams()
    document = bytearray(bytes(streams["WordDocument"]))  # type: ignore[arg-type]
    for name, value in told.items():
        struct.pack_into("<H" if name in ("flags", "version") else "<I", document, places[name], value)
    return making_ole.ole({**streams, "WordDocument": bytes(document)})


def _pieces(*offsets: int, places: int = 0x800) -> bytes:
    """A document whose pieces lie at odd places and run over each other."""
    table = struct.pack(f"<{len(offsets)}I", *offsets)
    table += struct.pack("<HIH", 0, places, 0) * (len(offsets) - 1)
    table = b"\x02" + struct.pack("<I", len(table)) + table
    document = bytearray(0x1800)
    struct.pack_into("<HH6xH", document, 0, 0xA5EC, 193, 0x200)
    struct.pack_into("<I", document, 76, max(offsets))
    struct.pack_into("<2I", document, 154 + 8 * 33, 0, len(table))
    return making_ole.ole({"WordDocument": bytes(document), "1Table": table.ljust(5000, b"\0")})


def _rtf(body: bytes, end: bytes = b"}") -> bytes:
    return b"{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}" + body + end


OLE_FILES: dict[str, Callable[[], bytes]] = {
    "ole-head-only.doc": lambda: doc()[:512],
    "ole-table-of-ones.doc": partial(_table_loop, doc),
    "ole-tables-2-31.doc": partial(_patched, doc, (_TABLES, "I", 2**31)),
    "ole-more-tables-is-itself.doc": partial(_patched, doc, (_MORE_TABLES, "I", 0), (_MORE_TABLES + 4, "I", 2**31)),
    "ole-directory-nowhere.doc": partial(_patched, doc, (_DIRECTORY, "I", 0x7FFFFFFF)),
    "ole-directory-is-the-table.doc": partial(_patched, doc, (_DIRECTORY, "I", 0)),
    "ole-sectors-2-65535.doc": partial(_patched, doc, (_SECTOR, "H", 0xFFFF)),
    "ole-sectors-1.doc": partial(_patched, doc, (_SECTOR, "H", 0)),
    "ole-mini-sectors-2-30.doc": partial(_patched, doc, (_MINI_SECTOR, "H", 30)),
    "ole-all-is-mini.doc": partial(_patched, doc, (_CUTOFF, "I", _MAX)),
    "ole-nothing-is-mini.doc": partial(_patched, doc, (_CUTOFF, "I", 0)),
    "ole-mini-table-nowhere.msg": partial(_patched, lambda: _msg(subject="thư"), (_MINI_TABLE, "I", 0x7FFFFFFF)),
    "ole-mini-table-is-itself.msg": partial(_patched, lambda: _msg(subject="thư"), (_MINI_TABLE, "I", 0)),
    "ole-first-table-is-the-head.doc": partial(_patched, doc, (_FIRST, "I", _MAX - 1)),
    "ole-entries-name-length.doc": lambda: _entries(doc(), 64, "H", 0xFFFF),
    "ole-entries-left-is-root.doc": lambda: _entries(doc(), 68, "I", 0),
    "ole-entries-right-is-first.doc": lambda: _entries(doc(), 72, "I", 1),
    "ole-entries-child-is-first.doc": lambda: _entries(doc(), 76, "I", 1),
    "ole-entries-child-is-root.doc": lambda: _entries(doc(), 76, "I", 0),
    "ole-entries-start-nowhere.doc": lambda: _entries(doc(), 116, "I", 0x7FFFFFFF),
    "ole-entries-size-4GiB.doc": lambda: _entries(doc(), 120, "I", _MAX),
    "ole-entries-size-2-63.doc": lambda: _entries(doc(), 124, "I", 2**31),
    "ole-entries-size-0.doc": lambda: _entries(doc(), 120, "I", 0),
    "ole-entries-no-kind.doc": lambda: _entries(doc(), 66, "B", 0),
    "ole-folders-300-deep.doc": partial(_deep, 300),
    "ole-no-streams.doc": lambda: making_ole.ole({"leer": b""}),
    "ole-encrypted-hollow.docx": lambda: making_ole.ole({"EncryptedPackage": b"\0" * 9, "EncryptionInfo": b"\xff" * 9}),
    "doc-text-4GiB.doc": partial(_word, text=_MAX),
    "doc-text-2-31.doc": partial(_word, text=2**31 - 1),
    "doc-pieces-nowhere.doc": partial(_word, table_at=2**31),
    "doc-pieces-of-4GiB.doc": partial(_word, table_size=_MAX),
    "doc-letters-nowhere.doc": partial(_word, letters_at=2**31, letters_size=2**31),
    "doc-letters-of-4GiB.doc": partial(_word, letters_size=_MAX),
    "doc-flags-all.doc": partial(_word, flags=0xFFFF),
    "doc-version-0.doc": partial(_word, version=0),
    "doc-pieces-negative.doc": partial(_pieces, 5, 3, 2**31, 0, 7),
    "doc-pieces-overlap.doc": partial(_pieces, *range(0, 10**9, 10**6)),
    "doc-pieces-beyond.doc": partial(_pieces, 0, 2**30, places=2**30),
    "doc-pieces-one-letter.doc": partial(_pieces, *range(50_000)),
    "doc-stream-empty.doc": lambda: making_ole.ole({"WordDocument": b"", "1Table": b""}),
    "xls-strings-4GiB.xls": partial(_strings, _MAX, b"\xff\xff\0abc"),
    "xls-strings-none.xls": partial(_strings, 5),
    "xls-strings-go-on-and-on.xls": partial(_strings, 9, b"\xff\xff\1", *[b"\1" * 500] * 5000),
    "xls-strings-runs-lie.xls": partial(_strings, 9, b"\x05\0\x0c\xff\xff\xff\xff\xff\x7fabc"),
    "xls-far-cells.xls": lambda: _book(making_sheets.label(0, 0, "a"), making_sheets.label(65_535, 65_535, "b")),
    "xls-record-of-65535.xls": lambda: _book(struct.pack("<HH", 0x204, 0xFFFF) + b"\0" * 50),
    "xls-sheet-is-the-book.xls": lambda: making_sheets.ole(
        making_sheets.workbook8(("S", b"")).replace(making_sheets.text8("S", 1), making_sheets.text8("S", 1))[:-20]
    ),
    "xls-sheet-nowhere.xls": lambda: making_sheets.ole(
        making_sheets.record(0x809, struct.pack("<HH", 0x600, 5) + bytes(12))
        + making_sheets.record(0x85, struct.pack("<IBB", _MAX, 0, 0) + making_sheets.text8("S", 1)) * 2000
    ),
    "xls-books-in-the-book.xls": lambda: _book(making_sheets.record(0x809, struct.pack("<HH", 0x600, 0x10)) * 20_000),
    "xls-numbers.xls": lambda: _book(
        *(
            making_sheets.number(row, 0, value, 0xFFFF)
            for row, value in enumerate((1e308, -1e308, float("nan"), float("inf")))
        )
    ),
    "xls-hollow-records.xls": lambda: _book(*(making_sheets.record(kind) for kind in range(0, 0x900))),
    "xls-formula-strings.xls": lambda: _book(
        making_sheets.record(0x06, b"\0" * 12 + b"\xff\xff" + b"\0" * 8) * 9, making_sheets.record(0x207, b"\xff\xff\1")
    ),
    "xls-locked-oddly.xls": lambda: making_sheets.ole(
        making_sheets.workbook8(("S", b""), before=making_sheets.record(0x2F, b"\xff" * 3))
    ),
    "xls-stream-empty.xls": lambda: making_sheets.ole(b""),
    "ppt-atoms-deep.ppt": lambda: _show(_boxes(3000)),
    "ppt-atom-of-4GiB.ppt": lambda: _show(_atom(0x3E8, b"x" * 99, 15, told=_MAX)),
    "ppt-edit-is-itself.ppt": _edits,
    "ppt-hollow-atoms.ppt": lambda: _show(_atom(0x3E8, b"") * 100_000),
    "ppt-list-of-2-20.ppt": lambda: _show(
        _atom(0x3E8, _boxes(1), 15), _atom(0x1772, struct.pack("<II", 0xFFF00000, 0))
    ),
    "msg-nested-40.msg": partial(_msg_nested, 40),
    "msg-attached-1500.msg": partial(_msg_attached, 1500),
    "msg-rtf-of-4GiB.msg": lambda: _msg(rtf=_lzfu(1, _MAX)),
    "msg-rtf-bomb.msg": lambda: _msg(rtf=_lzfu(300_000, 2**31)),
    "msg-rtf-cut.msg": lambda: _msg(rtf=_lzfu(1, 9)[:15]),
    "msg-html-deep.msg": lambda: _msg(html=b"<div>" * 100_000),
    "msg-headers-100000.msg": lambda: _msg(subject="thư", headers="X-A: b\r\n" * 100_000),
    "msg-properties-garbage.msg": lambda: making_ole.ole({"__properties_version1.0": b"\xff" * 4097}),
    "msg-subject-of-2MB.msg": lambda: _msg(subject="ệ" * 1_000_000),
    "msg-body-half-a-letter.msg": lambda: _msg(body=b"\xff\xd8\x41"),
}

RTF_FILES: dict[str, Callable[[], bytes]] = {
    "rtf-head-only.rtf": lambda: b"{\\rtf1",
    "rtf-groups-300000.rtf": lambda: _rtf(b"{" * 300_000),
    "rtf-groups-closed-too-often.rtf": lambda: _rtf(b"a}}}}" + b"}" * 100_000),
    "rtf-groups-with-words.rtf": lambda: _rtf(b"{\\b chu " * 60_000),
    "rtf-bin-2-31.rtf": lambda: _rtf(b"\\bin2147483647 abc"),
    "rtf-bin-negative.rtf": lambda: _rtf(b"\\bin-5 abc " * 9999),
    "rtf-uc-2-31.rtf": lambda: _rtf(b"\\uc2147483647\\u7879? mat chu"),
    "rtf-uc-negative.rtf": lambda: _rtf(b"\\uc-1\\u7879? chu " * 99),
    "rtf-u-surrogates.rtf": lambda: _rtf(b"\\u-10179?\\u-10179? \\u55357?\\u1114112? \\u-99999999?" * 99),
    "rtf-hex-20MB.rtf": lambda: _rtf(b"{\\*\\objdata " + b"41" * 10_000_000 + b"}"),
    "rtf-hex-escapes-half.rtf": lambda: _rtf(b"\\'" * 200_000),
    "rtf-picture-of-garbage.rtf": lambda: _rtf(
        b"{\\pict\\pngblip\\picw2147483647\\pich2147483647 " + b"zz" * 9999 + b"}"
    ),
    "rtf-fonts-100000.rtf": lambda: _rtf(
        b"{\\fonttbl" + b"".join(b"{\\f%d .VnTime;}" % n for n in range(100_000)) + b"}\\f99999 chu"
    ),
    "rtf-font-table-open.rtf": lambda: b"{\\rtf1{\\fonttbl{\\f0 " + b"A" * 1_000_000,
    "rtf-code-page-99999.rtf": lambda: _rtf(b"\\ansicpg99999 chu \\'e1\\'ff"),
    "rtf-numbers-huge.rtf": lambda: _rtf(b"\\li99999999999999999999\\fs-99999999999 chu \\trowd\\cellx99999999999"),
    "rtf-paragraphs-200000.rtf": lambda: _rtf(b"\\par" * 200_000),
    "rtf-pages-200000.rtf": lambda: _rtf(b"\\page" * 200_000),
    "rtf-cells-200000-in-a-row.rtf": lambda: _rtf(
        b"\\trowd" + b"\\cellx9" * 200_000 + b"\\intbl" + b"a\\cell" * 200_000 + b"\\row"
    ),
    "rtf-tables-deep.rtf": lambda: _rtf(b"".join(b"\\intbl\\itap%d a\\nestcell" % n for n in range(1, 20_000))),
    "rtf-table-level-2-31.rtf": lambda: _rtf(b"\\intbl\\itap2147483647 a\\nestcell{\\*\\nesttableprops\\nestrow}\\row"),
    "rtf-fields-deep.rtf": lambda: _rtf(b'{\\field{\\*\\fldinst INCLUDETEXT "/etc/passwd"}{\\fldrslt ' * 20_000),
    "rtf-headers-deep.rtf": lambda: _rtf(b"{\\header {\\footer {\\footnote " * 20_000),
    "rtf-boxes-deep.rtf": lambda: _rtf(b"{\\shp{\\*\\shpinst{\\shptxt a" * 20_000),
    "rtf-info-many.rtf": lambda: _rtf(b"{\\info" + b"{\\title a}{\\creatim\\yr99999\\mo99\\dy99}" * 20_000 + b"}"),
    "rtf-words-long.rtf": lambda: _rtf(b"\\" + b"a" * 1_000_000 + b" chu"),
    "rtf-backslash-last.rtf": lambda: _rtf(b"chu", b"\\"),
    "rtf-nuls.rtf": lambda: _rtf(b"chu\0\0\0" * 100_000),
    "rtf-link-to-file.rtf": lambda: _rtf(
        b"{\\object\\objautlink\\objupdate{\\*\\objclass Word}{\\*\\objdata 0105}}{\\*\\template http://127.0.0.1:9/x}"
    ),
    "rtf-packed-in-hex.rtf": lambda: _rtf(b"{\\*\\objdata " + zlib_bomb(8).hex().encode() + b"}"),
}

FILES = OLE_FILES | RTF_FILES
