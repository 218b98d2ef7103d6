"""What an RTF is made of: stories (body, headers, notes, text boxes) of paragraphs and tables, and words about it."""

from __future__ import annotations

from dataclasses import dataclass, field

from archive.readers.office.blocks import Cell, TableBlock

_DEEPEST = 20  # tables in tables; what lies deeper is taken for as deep


Blocks = list[str | TableBlock]


@dataclass(slots=True)
class Parsed:
    """What an RTF holds. `stories` are those beside the body, by kind ("header", "footer", "note"); `words` and `dates`
    its properties; `fields` the instructions of its fields, `objects` the classes of the files in it; `fonts` the names
    of the fonts in use. `whole`: the last group was closed; `cut`: a limit was hit."""

    body: Blocks = field(default_factory=list)
    stories: dict[str, list[Blocks]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    dates: dict[str, dict[str, int]] = field(default_factory=dict)
    fields: list[str] = field(default_factory=list)
    objects: list[str] = field(default_factory=list)
    fonts: set[str] = field(default_factory=set)
    pictures: bool = False
    hidden: bool = False
    whole: bool = True
    cut: bool = False


@dataclass(slots=True)
class _Level:
    """A table that is still open: its rows, the cells of the last row, the blocks of the last cell."""

    table: TableBlock = field(default_factory=TableBlock)
    row: list[Cell] = field(default_factory=list)
    cell: Blocks = field(default_factory=list)


class RtfStory:
    """Collects text; the nesting of tables (0 = none) is told with each end of a paragraph, cell or row."""

    def __init__(self) -> None:
        self._blocks: Blocks = []
        self._text: list[str] = []
        self._open: list[_Level] = []

    def add(self, text: str) -> None:
        """Text of the paragraph in hand."""
        self._text.append(text)

    def add_blocks(self, blocks: Blocks, level: int) -> None:
        """A story that stands within this one, such as a text box."""
        self._target(level).extend(blocks)

    def end_paragraph(self, level: int) -> None:
        """`\\par`"""
        self._target(level).append(self._taken())

    def end_cell(self, level: int) -> None:
        """`\\cell`, `\\nestcell`"""
        text = self._taken()
        target = self._target(max(level, 1))
        target.append(text)
        innermost = self._open[-1]
        innermost.row.append(Cell(innermost.cell))
        innermost.cell = []

    def end_row(self, level: int) -> None:
        """`\\row`, `\\nestrow`"""
        self._target(max(level, 1))
        _end_row(self._open[-1])

    def blocks(self) -> Blocks:
        """All of it, with what was left open ended."""
        if self._text:
            inside = self._open and (self._open[-1].row or self._open[-1].cell)
            self.end_paragraph(len(self._open) if inside else 0)
        self._target(0)
        return self._blocks

    def _taken(self) -> str:
        text = "".join(self._text)
        self._text = []
        return text

    def _target(self, level: int) -> Blocks:
        """Where a paragraph of this level goes; tables that lie deeper have ended."""
        level = min(level, _DEEPEST)
        while len(self._open) > level:
            ended = self._open.pop()
            _end_row(ended)
            if ended.table.rows:
                (self._open[-1].cell if self._open else self._blocks).append(ended.table)
        while len(self._open) < level:
            self._open.append(_Level())
        return self._open[-1].cell if self._open else self._blocks


def _end_row(level: _Level) -> None:
    if any(level.cell):
        level.row.append(Cell(level.cell))
    level.cell = []
    if level.row:
        level.table.rows.append(level.row)
    level.row = []
