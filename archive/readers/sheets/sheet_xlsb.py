"""XLSB: the workbook of sheet_xlsx.py in binary records ([MS-XLSB] 2.3 and 2.4), read record by record.

Own code, because python-calamine panicked on half of the damaged files that it was shown.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from archive.readers import quality
from archive.readers.office.package import BROKEN, Package
from archive.readers.sheets.sheet_cells import ERRORS, PLAIN, Look, builtin_look, look_of, rk_number, show, show_truth
from archive.readers.sheets.sheet_grid import Book, Grid
from archive.readers.sheets.sheet_xlsx import about, each_sheet, text_boxes

_ROW, _ITEM, _FONT, _FORMAT, _XF, _WORKBOOK, _SHEET = 0, 19, 43, 44, 47, 153, 156
_BEGIN_CELL_STYLES, _END_CELL_STYLES = 617, 618
# Cells by record: with a column of their own, or short, behind the one before (which XLSB of Excel 2007 has).
_CELLS = {2: "rk", 3: "error", 4: "bool", 5: "real", 6: "text", 7: "shared", 62: "rich",
          8: "text", 9: "real", 10: "bool", 11: "error"}  # fmt: skip
_SHORT = {13: "rk", 14: "error", 15: "bool", 16: "real", 17: "text", 18: "shared"}
_BLANK, _SHORT_BLANK = 1, 12

Broken = (struct.error, IndexError)


def fill(package: Package, book: Book) -> None:
    """Read a workbook. Its first part must be sound; a sheet that is not costs only itself."""
    about(package, book)
    main = package.main("xl/workbook.bin")
    sheets: list[tuple[str, bool, str]] = []
    cells = _Cells(package, book)
    for kind, data in records(package.read(main)):
        if kind == _WORKBOOK:
            cells.from_1904 = bool(data[0] & 1) if data else False
        elif kind == _SHEET:
            relation, at = _text(data, 8)
            sheets.append((_text(data, at)[0], bool(_u32(data, 0)), relation))
    relations = package.relations(main)
    cells.prepare(relations)
    each_sheet(book, sheets, relations, cells.fill)


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(type, content) of the records of a part; `ValueError` when the part ends within one."""
    at, end = 0, len(data)
    while at < end:
        kind, at = _packed(data, at, 2)
        size, at = _packed(data, at, 4)
        if at + size > end:
            raise ValueError("record beyond the end")
        yield kind, data[at : at + size]
        at += size


def _packed(data: bytes, at: int, most: int) -> tuple[int, int]:
    """Seven bits a byte, the lowest first. In a type the upper bit of the first byte belongs to the number."""
    value = 0
    for index in range(most):
        if at >= len(data):
            raise ValueError("record beyond the end")
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            break
    return value, at


class _Cells:
    """What all sheets share, and how a sheet is read with it."""

    def __init__(self, package: Package, book: Book) -> None:
        self.from_1904 = False
        self._package = package
        self._book = book
        self._strings: list[str] = []
        self._looks: list[Look] = []
        self._old_styles: set[int] = set()

    def prepare(self, relations: list[tuple[str, str, str]]) -> None:
        """Strings and styles of the workbook."""
        for _, kind, part in relations:
            if kind in ("sharedStrings", "styles") and part in self._package.names:
                try:
                    (self._read_strings if kind == "sharedStrings" else self._read_styles)(self._package.read(part))
                except (*Broken, *BROKEN):
                    self._book.lose(part)

    def _read_strings(self, data: bytes) -> None:
        for kind, content in records(data):
            self._book.room.step()
            if kind == _ITEM:
                self._strings.append(_text(content, 1)[0])

    def _read_styles(self, data: bytes) -> None:
        codes: dict[int, Look] = {}
        old_fonts: list[bool] = []
        within = False
        for kind, content in records(data):
            if kind == _FORMAT:
                codes[_u16(content, 0)] = look_of(_text(content, 2)[0])
            elif kind == _FONT:
                old_fonts.append(bool(quality.LEGACY_FONT.match(_text(content, 21)[0])))
            elif kind in (_BEGIN_CELL_STYLES, _END_CELL_STYLES):
                within = kind == _BEGIN_CELL_STYLES
            elif kind == _XF and within:
                number, font = _u16(content, 2), _u16(content, 4)
                if font < len(old_fonts) and old_fonts[font]:
                    self._old_styles.add(len(self._looks))
                self._looks.append(codes.get(number) or builtin_look(number))

    def fill(self, part: str, grid: Grid) -> None:
        """The cells of one sheet."""
        row, column = -1, -1
        for kind, data in records(self._package.read(part)):
            grid.room.step()
            try:
                if kind == _ROW:
                    row, column = _u32(data, 0), -1
                elif kind == _BLANK or kind in _CELLS:
                    column = _u32(data, 0)
                    grid.put(row, column, self._show(_CELLS.get(kind, ""), data, 4))
                elif kind == _SHORT_BLANK or kind in _SHORT:
                    column += 1
                    grid.put(row, column, self._show(_SHORT.get(kind, ""), data, 0))
            except Broken:
                self._book.lose(grid.name)
        text_boxes(self._package, part, grid)

    def _show(self, kind: str, data: bytes, at: int) -> str:
        style = int.from_bytes(data[at : at + 3], "little")
        at += 4
        if kind in ("rk", "real"):
            value = rk_number(_u32(data, at)) if kind == "rk" else float(struct.unpack_from("<d", data, at)[0])
            return show(value, self._looks[style] if style < len(self._looks) else PLAIN, self.from_1904)
        if kind == "bool":
            return show_truth(bool(data[at]))
        if kind == "error":
            return ERRORS.get(data[at], "")
        if kind == "shared":
            text = self._strings[_u32(data, at)]
        else:
            text = _text(data, at + (kind == "rich"))[0] if kind else ""
        if style in self._old_styles and not text.isascii():
            self._book.legacy_font = True
        return text


def _u16(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<H", data, at)[0])


def _u32(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", data, at)[0])


def _text(data: bytes, at: int) -> tuple[str, int]:
    """A text with its length in front, and where it ends; the length of one that is not there is all ones."""
    count = _u32(data, at)
    if count == 0xFFFF_FFFF:
        return "", at + 4
    end = at + 4 + 2 * count
    return data[at + 4 : end].decode("utf-16-le", "replace"), end
