"""The sheets of a workbook while they are read: only cells that hold something, within the limits of a document.

A sheet may have two words at its far corners and 17 thousand million cells between them, so nothing here is ever as
big as the sheet says: a row is what it holds, and columns that are empty in the whole sheet are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from archive.i18n import gettext as _
from archive.readers import budget
from archive.readers.limits import ReadingLimits
from archive.records import Table

_BLANK = re.compile(r"[ \t\x0b\x0c]+")
_LOOK_AT_CLOCK = 4096  # steps
_LONGEST_NAME = 100
_SHARE_TO_ANSWER = 0.3  # of the time is left for what comes after the cells


class Full(Exception):
    """No more cells fit; the text says why."""


@dataclass(slots=True)
class Room:
    """How many cells and letters of a workbook may still be read, and whether there is time; raises `Full`. `area`
    counts the cells of all tables with the empty ones between."""

    limits: ReadingLimits
    cells: int = 0
    letters: int = 0
    area: int = 0
    steps: int = 0

    def step(self) -> None:
        """One more thing looked at, whether it holds anything or not."""
        self.steps += 1
        if self.steps % _LOOK_AT_CLOCK == 0 and budget.left() < _SHARE_TO_ANSWER * self.limits.seconds:
            raise Full(
                _("the time was up after {count} cells; divide the table into several files").format(count=self.cells)
            )

    def take(self, letters: int) -> None:
        """Room for one more cell, its tab counted."""
        self.cells += 1
        self.letters += letters + 1
        if self.cells > self.limits.cells:
            raise Full(
                _("only the first {count} cells were read; divide the table into several files").format(
                    count=self.limits.cells
                )
            )
        if self.letters > self.limits.text_mb * 1024 * 1024:
            raise Full(_("only the first {count} MB were read").format(count=self.limits.text_mb))


@dataclass(slots=True)
class Grid:
    """One sheet. Rows and columns are counted from 0."""

    name: str
    hidden: bool
    room: Room
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)  # text boxes, which stand in no cell

    def put(self, row: int, column: int, text: str) -> None:
        """A cell. Blanks around its text are none; a cell without text takes no room."""
        self.room.step()
        text = text.strip()
        if text:
            self.room.take(len(text))
            self.rows.setdefault(row, {})[column] = _BLANK.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))

    def note(self, text: str) -> None:
        """A text box."""
        if text.strip():
            self.room.take(len(text))
            self.notes.append(text.strip())

    @property
    def title(self) -> str:
        """What stands on top of the page. Never the name alone: recognition would take it for the paper's title."""
        if self.hidden:
            return _("(hidden sheet: {name})").format(name=self.name)
        return _("(sheet: {name})").format(name=self.name)

    def table(self, page: int) -> Table | None:
        """All rows that hold something, as wide as the sheet is; None for a sheet whose few cells lie too far apart."""
        columns = sorted({column for row in self.rows.values() for column in row})
        area = len(columns) * len(self.rows)
        if not area or self.room.area + area > self.room.limits.cells:
            return None
        self.room.area += area
        return Table(page, tuple(tuple(row.get(at, "") for at in columns) for _, row in sorted(self.rows.items())))

    def lines(self, table: Table | None) -> Iterator[str]:
        """The sheet as text, the text boxes last."""
        yield self.title
        rows = table.rows if table else (tuple(row[at] for at in sorted(row)) for _, row in sorted(self.rows.items()))
        for row in rows:
            yield from _row_lines(row)
        yield from self.notes


def _row_lines(row: tuple[str, ...]) -> Iterator[str]:
    """One line with tabs. Where every cell has several lines they are read cell after cell, because that is a head in
    two columns; a table's cells that are only wrapped stay in their row."""
    filled = [cell for cell in row if cell]
    if all("\n" in cell for cell in filled):
        for cell in filled:
            yield from (line for line in cell.split("\n") if line.strip())
    else:
        yield "\t".join(" ".join(cell.split("\n")) for cell in row).rstrip("\t")


@dataclass(slots=True)
class Book:
    """A workbook as far as it was read: what its reader tells of it besides the cells."""

    room: Room
    grids: list[Grid] = field(default_factory=list)
    cut: str = ""  # why reading stopped before the end
    lost: list[str] = field(default_factory=list)  # sheets that could not be read, or not whole
    macros: bool = False
    pictures: bool = False
    attachments: list[str] = field(default_factory=list)
    legacy_font: bool = False  # a cell with text has a font of the time before Unicode
    properties: dict[str, str] = field(default_factory=dict)

    def lose(self, what: str) -> None:
        """Something could not be read; told once."""
        if what not in self.lost:
            self.lost.append(what)

    def sheet(self, name: str, hidden: bool = False) -> Grid:
        """A new sheet, behind the others."""
        if len(self.grids) >= self.room.limits.pages:
            raise Full(_("only the first {count} pages were read").format(count=self.room.limits.pages))
        self.grids.append(Grid(name.strip()[:_LONGEST_NAME], hidden, self.room))
        return self.grids[-1]
