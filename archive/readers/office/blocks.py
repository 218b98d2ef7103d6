"""What a paper's text is made of on its way from a reader to pages: paragraphs (texts) and tables of cells.

The readers of DOCX, ODT, PPTX and HTML give these; `layout.py` beside it makes lines, pages and tables of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

PAGE_BREAK = "\f"
MOST_COLUMNS = 1000  # a row is never made wider than this by spans or repeats; Word itself stops at 63


@dataclass(slots=True)
class Cell:
    """A cell, the columns it spans, and its paragraphs and inner tables."""

    blocks: list[str | TableBlock] = field(default_factory=list)
    span: int = 1


@dataclass(slots=True)
class TableBlock:
    """Rows of cells; a cell merged downwards comes again as an empty one, as in the file."""

    rows: list[list[Cell]] = field(default_factory=list)


Blocks = Sequence[str | TableBlock]


class TextBudget:
    """Characters and cells that a document may still bring; shared by its stories."""

    def __init__(self, characters: int, cells: int = 2_000_000) -> None:
        self.left = characters
        self.cells = cells
