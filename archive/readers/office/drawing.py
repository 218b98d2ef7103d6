"""DrawingML: the texts of a slide, a diagram or a chart, as they stand in PPTX and inside DOCX and XLSX.

Names are compared without namespace, as in `docx_story`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from archive.readers.office.blocks import Cell, TableBlock, TextBudget
from archive.readers.office.package import events

# Placeholders that say nothing of their own: the picture of the slide on its notes page, numbers.
_IDLE = frozenset({"sldNum", "sldImg"})
_TITLES = frozenset({"title", "ctrTitle"})
_TAGS = tuple(
    f"{{*}}{name}"
    for name in (
        "sld", "sp", "ph", "p", "r", "t", "br", "latin", "tbl", "tr", "tc", "AlternateContent", "Choice", "Fallback",
        "text",
    )
)  # fmt: skip


@dataclass(slots=True)
class Drawing:
    """The blocks of one part, its title first; `fonts` that text stands in; `hidden`: a slide that is not shown."""

    blocks: list[str | TableBlock] = field(default_factory=list)
    fonts: set[str] = field(default_factory=set)
    hidden: bool = False
    cut: bool = False


def read_drawing(data: bytes, budget: TextBudget) -> Drawing:
    """Walk one part; stops, with `cut` set, when the budget of text is used up."""
    walk = _Walk(budget)
    for kind, element in events(data, _TAGS):
        name = element.tag.rpartition("}")[2]
        if kind == "start":
            walk.start(name, element)
        else:
            walk.end(name, element)
        if budget.left <= 0:
            walk.drawing.cut = True
            break
    return walk.finish()


def chart_texts(data: bytes, budget: TextBudget) -> list[str]:
    """The title of a chart and the names of its series and categories; its numbers stand in an embedded workbook."""
    found: dict[str, None] = {}
    tags = ("{*}strCache", "{*}rich", "{*}t", "{*}v")
    inside = 0
    for kind, element in events(data, tags):
        name = element.tag.rpartition("}")[2]
        if name in ("strCache", "rich"):
            inside += 1 if kind == "start" else -1
        elif kind == "end" and inside and element.text and element.text.strip() and budget.left > 0:
            budget.left -= len(element.text)
            found[element.text.strip()] = None
    return list(found)


class _Walk:
    def __init__(self, budget: TextBudget) -> None:
        self.drawing = Drawing()
        self._budget = budget
        self._skip = 0
        self._choices: list[bool] = []  # whether an alternative was taken already
        self._titles: list[str | TableBlock] = []
        self._shape: list[str | TableBlock] | None = None
        self._is_title = False
        self._idle = False
        self._parts: list[str] | None = None
        self._font = ""
        self._tables: list[TableBlock] = []
        self._cell: Cell | None = None

    def start(self, name: str, element: Any) -> None:
        if name == "AlternateContent":
            self._choices.append(False)
        elif name in ("Choice", "Fallback"):
            self._skip += bool(self._choices and self._choices[-1])
        elif self._skip:
            return
        elif name == "sld":
            self.drawing.hidden = element.get("show") in ("0", "false")
        elif name == "sp":
            self._shape, self._is_title, self._idle = [], False, False
        elif name in ("p", "r"):
            self._parts = [] if name == "p" else self._parts
            self._font = ""
        else:
            self._open_table(name)

    def _open_table(self, name: str) -> None:
        if name == "tbl":
            self._tables.append(TableBlock())
        elif name == "tr" and self._tables:
            self._tables[-1].rows.append([])
        elif name == "tc":
            self._cell = Cell()

    def end(self, name: str, element: Any) -> None:
        if name == "AlternateContent":
            if self._choices:
                self._choices.pop()
        elif name in ("Choice", "Fallback"):
            self._close_choice(element)
        elif not self._skip:
            closer = _CLOSERS.get(name)
            if closer:
                closer(self, element)

    def _close_choice(self, element: Any) -> None:
        if not self._choices:
            return
        if self._choices[-1]:
            self._skip -= 1
        else:  # one that brought no text leaves the word to the next
            self._choices[-1] = next(element.iter("{*}t"), None) is not None

    def _placeholder(self, element: Any) -> None:
        self._is_title = element.get("type") in _TITLES
        self._idle = element.get("type") in _IDLE

    def _latin(self, element: Any) -> None:
        self._font = element.get("typeface", "")

    def _text(self, element: Any) -> None:
        self._put(element.text or "")

    def _line_break(self, element: Any) -> None:
        self._put("\n")

    def _put(self, text: str) -> None:
        if self._parts is None or self._idle or not text:
            return
        self._budget.left -= len(text)
        self._parts.append(text)
        if self._font:
            self.drawing.fonts.add(self._font)

    def _close_paragraph(self, element: Any) -> None:
        text = "".join(self._parts or ())
        self._parts = None
        if text.strip():
            self._add(text)

    def _comment(self, element: Any) -> None:
        if self._parts is None and element.text and element.text.strip():
            self._budget.left -= len(element.text)
            self._add(element.text)

    def _add(self, block: str | TableBlock) -> None:
        if self._cell is not None:
            self._cell.blocks.append(block)
        else:
            (self.drawing.blocks if self._shape is None else self._shape).append(block)

    def _close_shape(self, element: Any) -> None:
        (self._titles if self._is_title else self.drawing.blocks).extend(self._shape or ())
        self._shape = None
        self._is_title = self._idle = False

    def _close_cell(self, element: Any) -> None:
        if self._cell is not None and self._tables and self._tables[-1].rows:
            self._tables[-1].rows[-1].append(self._cell)
        self._cell = None

    def _close_table(self, element: Any) -> None:
        if self._tables:
            self._add(self._tables.pop())

    def finish(self) -> Drawing:
        """Close what a cut part left open."""
        self._close_paragraph(None)
        self._close_cell(None)
        while self._tables:
            self._close_table(None)
        self._close_shape(None)
        self.drawing.blocks[:0] = self._titles
        return self.drawing


_CLOSERS = {
    "ph": _Walk._placeholder,
    "latin": _Walk._latin,
    "t": _Walk._text,
    "br": _Walk._line_break,
    "p": _Walk._close_paragraph,
    "text": _Walk._comment,
    "sp": _Walk._close_shape,
    "tc": _Walk._close_cell,
    "tbl": _Walk._close_table,
}
