"""Small OLE files for the tests: compound files of given streams, Word documents and Outlook messages in them."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_FREE, _CHAIN_END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Tree = Mapping[str, "bytes | Tree"]


def ole(tree: Tree) -> bytes:
    """A compound file of sectors of 512 bytes; streams below 4096 bytes lie in the mini stream, as they must."""
    maker = _Ole()
    maker.add_folder(tree)
    return maker.file()


class _Ole:
    def __init__(self) -> None:
        self.entries: list[list[object]] = [["Root Entry", 5, _FREE, _CHAIN_END, 0]]  # name, kind, child, start, size
        self.next: dict[int, int] = {}
        self.sectors = bytearray()
        self.table: list[int] = []
        self.mini = bytearray()
        self.mini_table: list[int] = []

    def add_folder(self, tree: Tree, parent: int = 0) -> None:
        before = None
        for name, inside in tree.items():
            number = len(self.entries)
            if before is None:
                self.entries[parent][2] = number
            else:
                self.next[before] = number
            before = number
            if isinstance(inside, bytes):
                self.entries.append([name, 2, _FREE, self._add(inside), len(inside)])
            else:
                self.entries.append([name, 1, _FREE, 0, 0])
                self.add_folder(inside, number)

    def _add(self, data: bytes) -> int:
        if len(data) >= 4096:
            return self._chain(data, self.sectors, self.table, 512)
        return self._chain(data, self.mini, self.mini_table, 64) if data else _CHAIN_END

    @staticmethod
    def _chain(data: bytes, room: bytearray, table: list[int], size: int) -> int:
        start, count = len(table), -(-len(data) // size)
        room += data.ljust(count * size, b"\0")
        table += [*range(start + 1, start + count), _CHAIN_END]
        return start

    def file(self) -> bytes:
        if self.mini:
            self.entries[0][3:] = [self._chain(bytes(self.mini), self.sectors, self.table, 512), len(self.mini)]
        mini_table = struct.pack(f"<{len(self.mini_table)}I", *self.mini_table)
        mini_at = self._chain(mini_table, self.sectors, self.table, 512) if mini_table else _CHAIN_END
        entries = b"".join(self._entry(number, *entry) for number, entry in enumerate(self.entries))
        directory_at = self._chain(entries, self.sectors, self.table, 512)
        count = next(count for count in range(1, 110) if count * 128 >= len(self.table) + count)
        table_at = len(self.table)
        table = [*self.table, *[_TABLE] * count]
        table += [_FREE] * (count * 128 - len(table))
        head = struct.pack("<8s16xHHHHH6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6)
        head += struct.pack("<9I", 0, count, directory_at, 0, 4096, mini_at, 1, _CHAIN_END, 0)
        head += struct.pack("<109I", *range(table_at, table_at + count), *[_FREE] * (109 - count))
        return head + bytes(self.sectors) + struct.pack(f"<{count * 128}I", *table)

    def _entry(self, number: int, name: object, kind: object, child: object, start: object, size: object) -> bytes:
        coded = str(name).encode("utf-16-le")
        head = coded.ljust(64, b"\0") + struct.pack("<HBB", len(coded) + 2, int(str(kind)), 1)
        return head + struct.pack("<3I36x2I4x", _FREE, self.next.get(number, _FREE), child, start, size)


# --- Word ------------------------------------------------------------------------------------------------------------

Format = tuple[int, int, bytes]  # first and last position of the text, and the coded formatting


@dataclass
class Doc:
    """A Word document: `text` is all stories in order, `lengths` how long each is (body, footnotes, headers, macros,
    comments, endnotes, boxes, boxes of headers), `cuts` where pieces of it end, `wide` the pieces of two bytes each."""

    text: str
    lengths: Sequence[int] = ()
    letters: Sequence[Format] = ()
    paragraphs: Sequence[Format] = ()
    cuts: Sequence[int] = ()
    wide: Sequence[int] = ()
    changes: Mapping[int, int] = field(default_factory=dict)  # piece -> the change (Prm) on it
    listed: Sequence[bytes] = ()  # changes that pieces refer to
    headers: Sequence[int] = ()
    sections: Sequence[tuple[int, int]] = ()  # (first position, how it begins)
    fonts: Sequence[str] = ()
    flags: int = 0x200  # the table stream is "1Table"
    data: bytes = b""
    others: Tree = field(default_factory=dict)

    def streams(self) -> dict[str, bytes | Tree]:
        """The streams of the file."""
        document = bytearray(0x800)
        table = bytearray()
        lists: dict[int, tuple[int, int]] = {}

        def put(index: int, data: bytes) -> None:
            lists[index] = (len(table), len(data))
            table.extend(data)

        cuts = [*self.cuts, len(self.text)]
        pieces, places = self._pieces(document, cuts)
        listed = b"".join(b"\x01" + struct.pack("<H", len(code)) + code for code in self.listed)
        put(33, listed + b"\x02" + struct.pack("<I", len(pieces)) + pieces)
        for index, formats in ((12, self.letters), (13, self.paragraphs)):
            if formats:
                number = self._page(document, formats, places, paragraphs=index == 13)
                put(index, struct.pack("<3I", 0x800, len(document), number))
        if self.headers:
            put(11, struct.pack(f"<{len(self.headers)}I", *self.headers))
        if self.sections:
            put(6, self._sections(document))
        if self.fonts:
            put(15, struct.pack("<HH", len(self.fonts), 0) + b"".join(_font(name) for name in self.fonts))
        lengths = [*(self.lengths or [len(self.text)]), *[0] * 8][:8]
        struct.pack_into("<HH6xH", document, 0, 0xA5EC, 193, self.flags)
        struct.pack_into("<8i", document, 76, *lengths)
        for index, (at, length) in lists.items():
            struct.pack_into("<2I", document, 154 + 8 * index, at, length)
        streams: dict[str, bytes | Tree] = {"WordDocument": bytes(document), "1Table": bytes(table), **self.others}
        return {**streams, "Data": self.data} if self.data else streams

    def file(self) -> bytes:
        """The whole file."""
        return ole(self.streams())

    def _pieces(self, document: bytearray, cuts: Sequence[int]) -> tuple[bytes, list[int]]:
        places, descriptors = [], b""
        start = 0
        for number, end in enumerate(cuts):
            text, at = self.text[start:end], len(document)
            if number in self.wide:
                document += text.encode("utf-16-le", "surrogatepass")
                places += [at + 2 * index for index in range(end - start)]
            else:
                document += text.encode("cp1252")
                places += range(at, at + end - start)
                at = at * 2 | 0x40000000
            descriptors += struct.pack("<HIH", 0, at, self.changes.get(number, 0))
            start = end
        return struct.pack(f"<{len(cuts) + 1}I", 0, *cuts) + descriptors, [*places, len(document)]

    @staticmethod
    def _page(document: bytearray, formats: Sequence[Format], places: list[int], *, paragraphs: bool) -> int:
        """One page of formatting behind the text; returns its number."""
        document += b"\0" * (-len(document) % 512)
        edges = sorted({edge for start, end, _code in formats for edge in (start, end)})
        code_at = {start: code for start, _end, code in formats}
        page = bytearray(512)
        width = 13 if paragraphs else 1
        count, free = len(edges) - 1, 510
        struct.pack_into(f"<{count + 1}I", page, 0, *[places[edge] for edge in edges])
        for index, edge in enumerate(edges[:-1]):
            code = code_at.get(edge, b"")
            if paragraphs:
                code = b"\0\0" + code
                entry = (
                    b"\0" + bytes([len(code) // 2]) + code if len(code) % 2 == 0 else bytes([len(code) // 2 + 1]) + code
                )
            else:
                entry = bytes([len(code)]) + code
            free = (free - len(entry)) // 2 * 2
            page[free : free + len(entry)] = entry
            page[(count + 1) * 4 + index * width] = free // 2
        page[511] = count
        document += page
        return len(document) // 512 - 1

    def _sections(self, document: bytearray) -> bytes:
        descriptors = b""
        for _start, begins in self.sections:
            descriptors += struct.pack("<HIHI", 0, len(document), 0, 0)
            document += struct.pack("<HHB", 3, 0x3009, begins)
        starts = [start for start, _begins in self.sections]
        return struct.pack(f"<{len(starts) + 1}I", *starts, len(self.text)) + descriptors


def _font(name: str) -> bytes:
    body = b"\0" * 39 + name.encode("utf-16-le") + b"\0\0"
    return bytes([len(body)]) + body


def code(*changes: tuple[int, bytes]) -> bytes:
    """Formatting: (code, operand) one after another."""
    return b"".join(struct.pack("<H", sprm) + operand for sprm, operand in changes)


IN_TABLE = code((0x2416, b"\x01"))
ROW_END = code((0x2416, b"\x01"), (0x2417, b"\x01"))
DELETED, HIDDEN = code((0x0800, b"\x01")), code((0x083C, b"\x01"))


def edges(*places: int) -> bytes:
    """The end of a row whose cells have these edges."""
    operand = bytes([len(places) - 1]) + struct.pack(f"<{len(places)}h", *places)
    return ROW_END + code((0xD608, struct.pack("<H", len(operand) + 1) + operand))


def table(*rows: Sequence[str], at: int = 0, ends: Sequence[bytes] = ()) -> tuple[str, list[Format]]:
    """The text of a table and the formatting of its paragraphs, from a position on."""
    text = ""
    formats: list[Format] = []
    for number, row in enumerate(rows):
        cells = "".join(f"{cell}\x07" for cell in row)
        formats.append((at + len(text), at + len(text) + len(cells), IN_TABLE))
        text += cells + "\x07"
        formats.append((at + len(text) - 1, at + len(text), ends[number] if ends else ROW_END))
    return text, formats


# --- Outlook ---------------------------------------------------------------------------------------------------------


def msg(
    texts: Mapping[int, str | bytes],
    fixed: Mapping[int, int] | None = None,
    attached: Sequence[Tree] = (),
    header: int = 32,
) -> dict[str, bytes | Tree]:
    """The streams of a message or an attachment: texts are wide, bytes binary; `header` is 24 for an inner message, 8
    for an attachment."""
    tree: dict[str, bytes | Tree] = {}
    for tag, value in texts.items():
        kind, data = ("001F", value.encode("utf-16-le")) if isinstance(value, str) else ("0102", value)
        tree[f"__substg1.0_{tag:04X}{kind}"] = data
    properties = b"".join(struct.pack("<HHIQ", 0x40, tag, 6, value) for tag, value in (fixed or {}).items())
    tree["__properties_version1.0"] = b"\0" * header + properties
    for number, attachment in enumerate(attached):
        tree[f"__attach_version1.0_#{number:08X}"] = attachment
    return tree
