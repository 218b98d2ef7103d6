"""XLSX and XLSM: a workbook of XML parts (ECMA-376 part 1, chapter 18), read row by row.

Own code, because the readers that there are take the sheet's word for its size: python-calamine lays out a grid from
the first to the last cell and ends the process on a sheet with two far corners, openpyxl goes on for minutes.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from archive.readers import quality
from archive.readers.office.package import BROKEN, Package, events, forget
from archive.readers.office.properties import core_properties
from archive.readers.sheets.sheet_cells import PLAIN, Look, builtin_look, look_of, show, show_iso, show_truth, unescape
from archive.readers.sheets.sheet_grid import Book, Grid

MACROS = re.compile(r"(?:^|/)vbaProject\.bin$|(?:^|/)activeX/|(?:^|/)macrosheets/", re.IGNORECASE)
_SHEETS = ("worksheet", "xlMacrosheet", "xlIntlMacrosheet")
_EMBEDDED = re.compile(r"(?:^|/)embeddings/[^/]+$", re.IGNORECASE)
_REFERENCE = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
_TRUE = ("1", "true", "on")


def fill(package: Package, book: Book) -> None:
    """Read a workbook. Its first part must be sound; a sheet that is not costs only itself."""
    about(package, book)
    main = package.main("xl/workbook.xml")
    sheets, from_1904 = _workbook(package.read(main))
    relations = package.relations(main)
    each_sheet(book, sheets, relations, _Cells(package, book, relations, from_1904).fill)


def about(package: Package, book: Book) -> None:
    """What a package tells besides its cells, much of it by the names of its parts."""
    book.properties = core_properties(package)
    book.macros = any(MACROS.search(name) for name in package.names)
    book.attachments = sorted(name.rpartition("/")[2] for name in package.names if _EMBEDDED.search(name))


def each_sheet(
    book: Book,
    sheets: list[tuple[str, bool, str]],
    relations: list[tuple[str, str, str]],
    fill_part: Callable[[str, Grid], None],
) -> None:
    """Fill the sheets, (name, hidden, relation) each, that hold cells."""
    parts = {name: (kind, part) for name, kind, part in relations}
    for name, hidden, relation in sheets:
        kind, part = parts.get(relation, ("", ""))
        if kind in _SHEETS:
            _with_care(book, name, partial(fill_part, part), hidden)


def _with_care(book: Book, name: str, fill_grid: Callable[[Grid], None], hidden: bool) -> None:
    """Fill one sheet; what was read before it broke is kept. Limits hold for all."""
    grid = book.sheet(name, hidden)
    try:
        fill_grid(grid)
    except (KeyError, *BROKEN):
        book.lose(name)


def text_boxes(package: Package, part: str, grid: Grid) -> None:
    """The text boxes that a sheet's drawing holds, each paragraph a line."""
    for _, kind, drawing in package.relations(part):
        if kind == "drawing" and drawing in package.names:
            for _, paragraph in events(package.read(drawing), ("{*}p",), ("end",)):
                grid.note("".join(run.text or "" for run in paragraph.iter("{*}t")))
                paragraph.clear(keep_tail=False)


def _workbook(data: bytes) -> tuple[list[tuple[str, bool, str]], bool]:
    """(name, hidden, relation) of all sheets in order, and whether days are counted from 1904."""
    sheets, from_1904 = [], False
    for _, element in events(data, ("{*}sheet", "{*}workbookPr"), ("end",)):
        if _local(element) == "workbookPr":
            from_1904 = element.get("date1904", "") in _TRUE
            continue
        relation = next((value for key, value in element.items() if key.endswith("}id")), "")
        sheets.append((unescape(element.get("name", "")), element.get("state", "visible") != "visible", relation))
    return sheets, from_1904


class _Cells:
    """What all sheets share: strings, looks and fonts; and how a sheet is read with them."""

    def __init__(self, package: Package, book: Book, relations: list[tuple[str, str, str]], from_1904: bool) -> None:
        self._package = package
        self._book = book
        self._from_1904 = from_1904
        self._strings: list[str] = []
        self._looks: list[Look] = []
        self._old_styles: set[int] = set()
        for _, kind, part in relations:
            if kind in ("sharedStrings", "styles") and part in package.names:
                try:
                    (self._read_strings if kind == "sharedStrings" else self._read_styles)(package.read(part))
                except BROKEN:
                    book.lose(posixpath.basename(part))

    def _read_strings(self, data: bytes) -> None:
        for _, item in events(data, ("{*}si",), ("end",)):
            self._book.room.step()
            self._strings.append(self._rich(item))
            forget(item)

    def _read_styles(self, data: bytes) -> None:
        codes: dict[str, Look] = {}
        old_fonts: set[str] = set()
        fonts = 0
        for _, element in events(data, ("{*}numFmt", "{*}font", "{*}xf"), ("end",)):
            kind, group = _local(element), _local(element.getparent())
            if kind == "numFmt":
                codes[element.get("numFmtId", "")] = look_of(unescape(element.get("formatCode", "")))
            elif kind == "font" and group == "fonts":
                if any(quality.LEGACY_FONT.match(name.get("val", "")) for name in element.iterfind("{*}name")):
                    old_fonts.add(str(fonts))
                fonts += 1
            elif kind == "xf" and group == "cellXfs":
                number = element.get("numFmtId", "0")
                if element.get("fontId", "0") in old_fonts:
                    self._old_styles.add(len(self._looks))
                self._looks.append(codes.get(number) or builtin_look(_count(number)))

    def fill(self, part: str, grid: Grid) -> None:
        """The cells of one sheet. References may be left out: then a cell stands behind the one before it."""
        number = -1
        for _, row in events(self._package.read(part), ("{*}row",), ("end",)):
            grid.room.step()
            number = _count(row.get("r", ""), number + 2) - 1
            self._row(row, number, grid)
            forget(row)
        text_boxes(self._package, part, grid)

    def _row(self, row: Any, number: int, grid: Grid) -> None:
        column = -1
        for cell in row.iterchildren("{*}c"):
            place = _REFERENCE.fullmatch(cell.get("r", ""))
            column = _column(place[1]) if place else column + 1
            grid.put(number, column, self._text(cell))

    def _text(self, cell: Any) -> str:
        kind, style, value = cell.get("t", "n"), _count(cell.get("s", "")), ""
        for child in cell:
            if _local(child) == "v":
                value = child.text or ""
            elif _local(child) == "is" and kind == "inlineStr":
                return self._old(style, self._rich(child))
        if kind == "s":
            return self._old(style, self._string(_count(value, len(self._strings))))
        if kind == "str":
            return self._old(style, unescape(value))
        if kind == "n" and value:
            return self._number(value, style)
        if kind == "b" and value:
            return show_truth(value in _TRUE)
        return show_iso(value) if kind == "d" else value

    def _string(self, at: int) -> str:
        if at < len(self._strings):
            return self._strings[at]
        self._book.lose("sharedStrings.xml")
        return ""

    def _number(self, value: str, style: int) -> str:
        try:
            number = float(value)
        except ValueError:
            return value
        return show(number, self._looks[style] if style < len(self._looks) else PLAIN, self._from_1904)

    def _old(self, style: int, text: str) -> str:
        if style in self._old_styles and text and not text.isascii():
            self._book.legacy_font = True
        return text

    def _rich(self, item: Any) -> str:
        """The runs of a text; how East Asian names are pronounced stands in it as well and is left out."""
        return unescape("".join(self._runs(item)))

    def _runs(self, item: Any) -> Iterator[str]:
        for text in item.iter("{*}t"):
            parent = text.getparent()
            if _local(parent) == "rPh":
                continue
            fonts = parent.iterfind("{*}rPr/{*}rFont") if parent is not item else ()
            if any(quality.LEGACY_FONT.match(font.get("val", "")) for font in fonts):
                self._book.legacy_font = True
            yield text.text or ""


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2] if element is not None else ""


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _count(digits: str, otherwise: int = 0) -> int:
    return int(digits) if digits.isdecimal() and len(digits) < 10 else otherwise
