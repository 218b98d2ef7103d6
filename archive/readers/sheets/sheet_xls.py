"""XLS of Excel 97 to 2003 (BIFF8) and of Excel 5 and 95 (BIFF5): records in a stream ([MS-XLS] 2.3 and 2.4).

Own code, because python-calamine ended the process on one damaged file in two hundred, lays out a grid as large as the
sheet, and tells neither fonts nor text boxes nor how a number is shown.
"""

from __future__ import annotations

import codecs
import struct
from dataclasses import dataclass, field

from archive.readers import quality
from archive.readers.sheets.sheet_biff import BOF, SharedStrings, u16, walk
from archive.readers.sheets.sheet_cells import ERRORS, PLAIN, Look, builtin_look, look_of, rk_number, show, show_truth
from archive.readers.sheets.sheet_grid import Book, Grid, Room

# Records by their number.
_FORMULA, _DATEMODE, _FILEPASS, _FONT, _CONTINUE, _CODEPAGE = 0x06, 0x22, 0x2F, 0x31, 0x3C, 0x42
_OBJECT, _BOUNDSHEET, _MULRK, _RSTRING, _XF, _SST, _LABELSST = 0x5D, 0x85, 0xBD, 0xD6, 0xE0, 0xFC, 0xFD
_TEXT_BOX, _NUMBER, _LABEL, _BOOLERR, _STRING, _RK = 0x1B6, 0x203, 0x204, 0x205, 0x207, 0x27E
_FORMAT = (0x1E, 0x41E)

_SHEET, _MACRO_SHEET, _VISIBLE, _NOTE = 0, 1, 0, 0x19
_BIFF8 = 0x600
_CODEPAGES = {367: "cp1252", 1200: "cp1252", 10000: "mac-roman", 32768: "mac-roman", 32769: "cp1252"}


class Locked(Exception):
    """The workbook is under a password."""


def fill(stream: bytes, book: Book) -> None:
    """Read the stream of a workbook. `Locked`, or `ValueError` when it does not begin as one; where the chain of
    records breaks, the rest of that sheet is lost."""
    shared = _Workbook()
    whole = shared.read(stream, book.room)
    if not shared.sheets:  # Excel 5 could save a sheet alone
        shared.sheets.append(("", 0, _VISIBLE, _SHEET))
    if not whole:
        book.lose("Workbook")
    seen: set[int] = set()
    for name, start, state, kind in shared.sheets:
        book.macros = book.macros or kind not in (_SHEET, 2)
        if kind in (_SHEET, _MACRO_SHEET) and start not in seen:
            seen.add(start)
            sheet = _Sheet(shared, book.sheet(name, state != _VISIBLE))
            if not sheet.read(stream, start):
                book.lose(name)
    book.legacy_font = any(style in shared.old_styles for style in shared.used_styles)


@dataclass(slots=True)
class _Workbook:
    """What the first part of the stream tells: sheets as (name, where, state, kind), strings, looks, fonts."""

    sheets: list[tuple[str, int, int, int]] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    old_styles: set[int] = field(default_factory=set)
    used_styles: set[int] = field(default_factory=set)
    from_1904: bool = False
    wide: bool = True  # BIFF8: texts say for themselves whether a letter has one byte or two
    encoding: str = "cp1252"
    _codes: dict[int, Look] = field(default_factory=dict)
    _old_fonts: list[bool] = field(default_factory=list)

    def read(self, stream: bytes, room: Room) -> bool:
        """Whether all of it could be read."""
        segments: list[bytes] = []
        last = 0

        def take(kind: int, data: bytes) -> None:
            nonlocal last
            if kind == _SST or (kind == _CONTINUE and last == _SST):
                segments.append(data)
            else:
                self._take(kind, data)
            last = kind if kind != _CONTINUE else last

        whole = walk(stream, 0, room, take)
        self.strings = list(SharedStrings(segments).texts())
        if not whole and not self.sheets:
            raise ValueError("no workbook")
        return whole

    def _take(self, kind: int, data: bytes) -> None:
        if kind == BOF:
            self.wide = u16(data, 0) >= _BIFF8
        elif kind == _FILEPASS:
            raise Locked
        elif kind == _CODEPAGE:
            self.encoding = _known(u16(data, 0))
        elif kind == _DATEMODE:
            self.from_1904 = u16(data, 0) == 1
        elif kind == _BOUNDSHEET:
            name = self.text(data[6:], 1)
            self.sheets.append((name, struct.unpack_from("<I", data, 0)[0], data[4] & 3, data[5]))
        elif kind == _FONT:
            self._old_fonts.append(bool(quality.LEGACY_FONT.match(self.text(data[14:], 1))))
        elif kind in _FORMAT:
            self._codes[u16(data, 0)] = look_of(self.text(data[2:], 2 if self.wide else 1))
        elif kind == _XF:
            font, number = struct.unpack_from("<HH", data, 0)
            font -= font > 4  # there never is a font 4
            if font < len(self._old_fonts) and self._old_fonts[font]:
                self.old_styles.add(len(self.looks))
            self.looks.append(self._codes.get(number) or builtin_look(number))

    def text(self, data: bytes, size: int) -> str:
        """A text with its length in `size` bytes in front."""
        count = int.from_bytes(data[:size], "little")
        if not self.wide:
            return data[size : size + count].decode(self.encoding, "replace")
        if data[size] & 1:
            return data[size + 1 : size + 1 + 2 * count].decode("utf-16-le", "replace")
        return data[size + 1 : size + 1 + count].decode("latin-1")

    def number(self, value: float, style: int) -> str:
        """A number in the look of its style."""
        return show(value, self.looks[style] if style < len(self.looks) else PLAIN, self.from_1904)


class _Sheet:
    """One sheet, read with what the workbook tells."""

    def __init__(self, shared: _Workbook, grid: Grid) -> None:
        self._shared = shared
        self._grid = grid
        self._formula: tuple[int, int, int] | None = None  # a formula whose text comes in the next record
        self._object = 0  # the kind of the last drawn object
        self._letters = -1  # how many a text box still waits for

    def read(self, stream: bytes, start: int) -> bool:
        """Whether all of it could be read."""
        return walk(stream, start, self._grid.room, self._take)

    def _take(self, kind: int, data: bytes) -> None:
        if kind in _CELLS:
            _CELLS[kind](self, data, *struct.unpack_from("<HHH", data, 0))
        elif kind == _MULRK:
            self._many(data)
        elif kind == _STRING and self._formula:
            row, column, style = self._formula
            self._put(row, column, style, self._shared.text(data, 2))
        elif kind == _OBJECT:
            self._object = u16(data, 4)
        elif kind == _TEXT_BOX:
            self._letters = u16(data, 10) if self._object != _NOTE else -1
        elif kind == _CONTINUE and self._letters > 0 and data:
            self._box(data)
        elif kind != _CONTINUE:
            self._letters = -1

    def _box(self, data: bytes) -> None:
        wide = data[0] & 1
        text = data[1:].decode("utf-16-le" if wide else "latin-1", "replace")[: self._letters]
        self._grid.note(text)
        self._letters -= len(text)

    def _many(self, data: bytes) -> None:
        row, column = struct.unpack_from("<HH", data, 0)
        for at in range(4, len(data) - 6, 6):
            style, packed = struct.unpack_from("<HI", data, at)
            self._grid.put(row, column, self._shared.number(rk_number(packed), style))
            column += 1

    def _put(self, row: int, column: int, style: int, text: str) -> None:
        self._grid.put(row, column, text)
        if not text.isascii():
            self._shared.used_styles.add(style)

    def _shared_text(self, data: bytes, row: int, column: int, style: int) -> None:
        self._put(row, column, style, self._shared.strings[struct.unpack_from("<I", data, 6)[0]])

    def _own_text(self, data: bytes, row: int, column: int, style: int) -> None:
        self._put(row, column, style, self._shared.text(data[6:], 2))

    def _number(self, data: bytes, row: int, column: int, style: int) -> None:
        self._grid.put(row, column, self._shared.number(struct.unpack_from("<d", data, 6)[0], style))

    def _packed(self, data: bytes, row: int, column: int, style: int) -> None:
        self._grid.put(row, column, self._shared.number(rk_number(struct.unpack_from("<I", data, 6)[0]), style))

    def _truth(self, data: bytes, row: int, column: int, style: int) -> None:
        self._grid.put(row, column, ERRORS.get(data[6], "") if data[7] else show_truth(bool(data[6])))

    def _result(self, data: bytes, row: int, column: int, style: int) -> None:
        self._formula = None
        if data[12:14] != b"\xff\xff":
            self._number(data, row, column, style)
        elif data[6] == 0:
            self._formula = (row, column, style)
        elif data[6] in (1, 2):
            self._grid.put(row, column, ERRORS.get(data[8], "") if data[6] == 2 else show_truth(bool(data[8])))


_CELLS = {
    _FORMULA: _Sheet._result,
    _RSTRING: _Sheet._own_text,
    _LABELSST: _Sheet._shared_text,
    _NUMBER: _Sheet._number,
    _LABEL: _Sheet._own_text,
    _BOOLERR: _Sheet._truth,
    _RK: _Sheet._packed,
}


def _known(codepage: int) -> str:
    """Python's name of a Windows codepage."""
    name = _CODEPAGES.get(codepage, f"cp{codepage}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name
