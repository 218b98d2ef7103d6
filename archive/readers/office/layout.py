"""Blocks as lines and pages.

A row whose cells hold one line each is one line with tabs. A row with a longer cell is read cell after cell, so that a
head in two columns gives the left block, then the right one, as it is read on paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from archive.readers.limits import ReadingLimits
from archive.readers.office.blocks import PAGE_BREAK, Blocks, Cell, TableBlock
from archive.records import Table

_PAGE_NUMBER = re.compile(r"[\s\-–—.]*\d*[\s\-–—./]*\d*[\s\-–—.]*")


class Layout:
    """Collects lines into pages. A break counts when text came since the last one: Word writes the same break twice,
    as typed and as it was last laid out."""

    def __init__(self, limits: ReadingLimits) -> None:
        self.tables: list[Table] = []
        self.cut = False
        self._at_most = limits.pages
        self._noted = TableNotes(limits)
        self._full: list[str] = []
        self._page: list[str] = []

    def pages(self) -> list[str]:
        """The text of each page; a document without any text has one empty page."""
        return [*self._full, "\n".join(self._page)] if self._page or not self._full else self._full

    def add_lines(self, lines: Iterable[str], blocks: Blocks = ()) -> None:
        """The lines of a story beside the body, and the tables among its blocks; it breaks no page."""
        self._page += lines
        for block in blocks:
            if isinstance(block, TableBlock):
                self._note_tables(block, len(self._full) + 1)

    def add(self, blocks: Blocks) -> None:
        """Blocks in order, with their tables and page breaks."""
        for block in blocks:
            if self.cut:
                return
            if isinstance(block, TableBlock):
                self._add_table(block)
            else:
                self._add_text(block)

    def _add_text(self, text: str) -> None:
        for number, piece in enumerate(text.split(PAGE_BREAK)):
            if number:
                self._break()
            self._page += [line for line in piece.split("\n") if line.strip()]

    def _break(self) -> None:
        if not any(self._page):
            return
        if len(self._full) + 1 >= self._at_most:
            self.cut = True
            return
        self._full.append("\n".join(self._page))
        self._page = []

    def _add_table(self, table: TableBlock) -> None:
        page = 0
        for row in table.rows:
            texts = [_text(cell.blocks) for cell in row]
            broken = any(PAGE_BREAK in text for text in texts)
            starts = any(text.lstrip(" \t\n").startswith(PAGE_BREAK) for text in texts)
            if starts:
                self._break()
            page = page or len(self._full) + 1
            self._page += row_lines(row)
            if broken and not starts:
                self._break()
        self._note_tables(table, page)

    def _note_tables(self, table: TableBlock, page: int) -> None:
        self.tables += self._noted.tables(table, page)


class TableNotes:
    """Makes `Table`s of tables and those inside them, within the limits. The text of a table in a table stands in both
    of them, so that deep nests would make a hundred copies of it."""

    def __init__(self, limits: ReadingLimits) -> None:
        self._cells_left = limits.cells
        self._text_left = 2 * limits.text_mb * 1024 * 1024

    def tables(self, table: TableBlock, page: int) -> Iterator[Table]:
        """The table and those inside it, until a limit; the text has its limit of its own, and tells of it."""
        for each in _with_inner(table):
            self._cells_left -= sum(cell.span for row in each.rows for cell in row)
            if self._cells_left < 0 or self._text_left < 0:
                return
            if rows := rows_of(each):
                self._text_left -= sum(len(text) for row in rows for text in row)
                yield Table(page, rows)


def lines_of(blocks: Blocks) -> list[str]:
    """The lines of a story or a cell, page breaks left out."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, TableBlock):
            for row in block.rows:
                lines += row_lines(row)
        else:
            lines += [line for line in block.replace(PAGE_BREAK, "\n").split("\n") if line.strip()]
    return lines


def row_lines(row: Sequence[Cell]) -> list[str]:
    """One line with tabs when every cell has at most one line, else the lines of each cell, cell after cell."""
    cells = [lines_of(cell.blocks) for cell in row]
    if all(len(cell) <= 1 for cell in cells):
        line = "\t".join(cell[0].strip() if cell else "" for cell in cells)
        return [line] if line.strip() else []
    return [line for cell in cells for line in cell]


def rows_of(table: TableBlock) -> tuple[tuple[str, ...], ...]:
    """The raw cell texts; a cell over several columns is followed by empty ones, so that columns stay columns."""
    return tuple(
        tuple(text for cell in row for text in ("\n".join(lines_of(cell.blocks)).strip(), *[""] * (cell.span - 1)))
        for row in table.rows
        if row
    )


def without_page_numbers(lines: Iterable[str]) -> list[str]:
    """The lines of a header or footer that say more than a page number."""
    return [line for line in lines if not _PAGE_NUMBER.fullmatch(line)]


def _with_inner(table: TableBlock) -> Iterator[TableBlock]:
    yield table
    for row in table.rows:
        for cell in row:
            for block in cell.blocks:
                if isinstance(block, TableBlock):
                    yield from _with_inner(block)


def _text(blocks: Blocks) -> str:
    return "\n".join(
        block if isinstance(block, str) else "\n".join(_text(cell.blocks) for row in block.rows for cell in row)
        for block in blocks
    )
