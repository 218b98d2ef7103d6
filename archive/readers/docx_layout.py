"""Blocks of a DOCX as lines and pages.

A row whose cells hold one line each is one line with tabs. A row with a longer cell is read cell after cell, so that a
head in two columns gives the left block, then the right one, as it is read on paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archive.readers.docx_story import PAGE_BREAK, Cell, TableBlock
from archive.readers.quality import tidy
from archive.records import Table

Blocks = Sequence["str | TableBlock"]


class Layout:
    """Collects lines into pages. A break counts when text came since the last one: Word writes the same break twice,
    as typed and as it was last laid out."""

    def __init__(self, at_most: int) -> None:
        self.tables: list[Table] = []
        self.cut = False
        self._at_most = at_most
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
        found = [Table(page, rows_of(table)), *_inner_tables(table, page)]
        self.tables += [each for each in found if each.rows]


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
    """The cell texts; a cell over several columns is followed by empty ones, so that columns stay columns."""
    return tuple(
        tuple(text for cell in row for text in (tidy("\n".join(lines_of(cell.blocks))), *[""] * (cell.span - 1)))
        for row in table.rows
        if row
    )


def _inner_tables(table: TableBlock, page: int) -> list[Table]:
    found: list[Table] = []
    for row in table.rows:
        for cell in row:
            for block in cell.blocks:
                if isinstance(block, TableBlock):
                    found += [Table(page, rows_of(block)), *_inner_tables(block, page)]
    return found


def _text(blocks: Blocks) -> str:
    return "\n".join(
        block if isinstance(block, str) else "\n".join(_text(cell.blocks) for row in block.rows for cell in row)
        for block in blocks
    )
