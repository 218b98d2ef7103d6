"""ODS: content.xml read row by row (ODF 1.3 part 3, chapters 9 and 19). Cells and rows that say how often they are
repeated are taken once, except for the few that a person may have typed: repetition fills a sheet to its far corner."""

from __future__ import annotations

import re
from typing import Any

from archive.readers import quality
from archive.readers.office.package import BROKEN, Package, Refused, events, forget
from archive.readers.office.properties import ODF_META, odf_properties
from archive.readers.sheets.sheet_cells import show_iso, show_number, show_truth
from archive.readers.sheets.sheet_grid import Book, Grid

_DURATION = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")
_REPEATED = 100  # a row or a cell with text that stands more often is a fill, shown once
_TAGS = ("table", "table-row", "table-cell", "covered-table-cell", "style", "font-face")
_MACROS = re.compile(r"^(?:Basic|Scripts)/.+\.(?:xml|py|js|bsh)$", re.IGNORECASE)
_NO_MACROS = ("script-lc.xml", "script-lb.xml")  # lists of libraries, which LibreOffice writes even when empty


def fill(package: Package, book: Book) -> None:
    """Read a spreadsheet."""
    book.macros = any(_MACROS.match(name) and not name.endswith(_NO_MACROS) for name in package.names)
    book.properties = _properties(package)
    reader = _Content(book)
    try:
        for kind, element in events(package.read("content.xml"), tuple(f"{{*}}{tag}" for tag in _TAGS)):
            book.room.step()
            reader.take(kind, element)
    except BROKEN:
        if not book.grids:
            raise
        book.lose(book.grids[-1].name)
    finally:
        reader.end()


def _properties(package: Package) -> dict[str, str]:
    try:
        tags = tuple(f"{{*}}{name}" for name in ODF_META)
        found = [
            (_local(element), element.text or "") for _, element in events(package.read("meta.xml"), tags, ("end",))
        ]
    except (KeyError, Refused, *BROKEN):
        return {}
    return odf_properties(dict(found))


class _Content:
    """Where in the content the reader stands."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._hidden: set[str] = set()
        self._grid: Grid | None = None
        self._row, self._column, self._depth = 0, 0, 0
        self._old_font = False
        self._cells: list[tuple[int, str]] = []

    def take(self, kind: str, element: Any) -> None:
        tag = _local(element)
        if kind == "start":
            if tag == "table":
                self._open(element)
            elif tag == "table-row":
                self._column, self._cells = 0, []
        elif tag == "table":
            self._depth -= 1
        elif tag == "style":
            self._style(element)
        elif tag == "font-face":
            self._old_font = self._old_font or bool(quality.LEGACY_FONT.match(_of(element, "name").strip("'")))
        elif tag == "table-row" and self._depth == 1:
            self._end_row(element)
        elif tag.endswith("cell") and self._depth == 1:
            self._cell(element, covered=tag.startswith("covered"))

    def end(self) -> None:
        """A font that is declared is a font in use: LibreOffice declares those of the content only."""
        self._book.legacy_font = self._old_font

    def _open(self, element: Any) -> None:
        self._depth += 1  # a table within a cell is left out, as are those that no person can make
        if self._depth == 1:
            self._grid = self._book.sheet(_of(element, "name"), _of(element, "style-name") in self._hidden)
            self._row = 0

    def _style(self, element: Any) -> None:
        for child in element.iterfind("{*}table-properties"):
            if _of(child, "display") == "false":
                self._hidden.add(_of(element, "name"))

    def _cell(self, element: Any, covered: bool) -> None:
        times = _times(element, "number-columns-repeated")
        text = "" if covered else _text(element)
        if text:
            self._cells += [(self._column + more, text) for more in range(times if times <= _REPEATED else 1)]
        self._column += times
        element.clear(keep_tail=False)

    def _end_row(self, element: Any) -> None:
        times = _times(element, "number-rows-repeated")
        if self._cells and self._grid is not None:
            for more in range(times if times <= _REPEATED else 1):
                for column, text in self._cells:
                    self._grid.put(self._row + more, column, text)
        self._row += times
        forget(element)


def _text(cell: Any) -> str:
    kind, value = _of(cell, "value-type"), _of(cell, "value")
    if kind == "date":
        return show_iso(_of(cell, "date-value"))
    if kind == "boolean":
        return show_truth(_of(cell, "boolean-value") == "true")
    if kind == "time":
        match = _DURATION.match(_of(cell, "time-value"))
        return ":".join(match.groups()).removesuffix(":00") if match else _shown(cell)
    if kind in ("float", "currency"):
        try:
            return show_number(float(value))
        except ValueError:
            return _shown(cell)
    return _shown(cell)


def _shown(cell: Any) -> str:
    """The paragraphs of a cell as they are shown; notes on it are left out."""
    return "\n".join(_inline(child) for child in cell if _local(child) == "p")


def _inline(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        tag = _local(child)
        if tag == "s":
            parts.append(" ")
        elif tag in ("tab", "line-break"):
            parts.append("\n" if tag == "line-break" else " ")
        elif tag not in ("annotation", "ruby-text"):
            parts.append(_inline(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _of(element: Any, name: str) -> str:
    """An attribute by its name, whatever prefix it has."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")


def _times(element: Any, name: str) -> int:
    digits = _of(element, name)
    return int(digits) if digits.isdecimal() and 0 < len(digits) < 8 else 1


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
