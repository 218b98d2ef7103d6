"""The walk over an HTML page: libxml2's parser tells of tags and texts, no tree is built, nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from archive.readers import budget as clock
from archive.readers.office.blocks import MOST_COLUMNS, PAGE_BREAK, Cell, TableBlock, TextBudget
from archive.readers.quality import LEGACY_FONT

_CHUNK = 16 * 1024  # characters; between two chunks the clock is looked at
_SECONDS_TO_ANSWER = 1.0
_DEEPEST = 250_000  # open elements: each closing tag without an opening one makes the parser walk over all of them
_TABLES_DEEP = 16  # tables in tables; deeper ones are read as plain blocks
_LONGEST_TITLE = 500
_STYLES = 128 * 1024  # characters of style sheets that are looked at for old fonts
_CELL_COSTS = 4  # characters: millions of empty cells are no text, but take memory

_SKIPPED = frozenset({
    "script", "style", "template", "noscript", "title", "xml", "iframe", "object", "applet", "noframes", "datalist",
    "audio", "video", "canvas",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section", "select", "summary", "table", "tbody", "td",
    "textarea", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_SHOWN_INPUTS = frozenset({"", "text", "number", "date", "email", "tel", "url", "search", "month", "time"})
_TICKS = {True: "☑", False: "☐"}
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_NEW_PAGE = re.compile(r"page-break-before\s*:\s*always|break-before\s*:\s*page", re.IGNORECASE)
_FAMILY = re.compile(r"font(?:-family)?\s*:([^;]{1,300})", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")


@dataclass(slots=True)
class HtmlPage:
    """Blocks, and what tells of an old encoding: whether text stands in an old font, and the style sheets."""

    blocks: list[str | TableBlock] = field(default_factory=list)
    title: str = ""
    styles: str = ""
    old_font: bool = False
    cut: bool = False


def walk_html(text: str, budget: TextBudget) -> HtmlPage:
    """The blocks of a page; stops, with `cut` set, when the budget of text or the time is used up."""
    walk = _Walk(budget)
    target: Any = walk
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True, no_network=True)
    try:
        for at in range(0, len(text), _CHUNK):
            if clock.left() < _SECONDS_TO_ANSWER:
                raise _Enough
            parser.feed(text[at : at + _CHUNK].encode("utf-8", "replace"))
        parser.close()
    except _Enough:
        walk.page.cut = True
    except etree.LxmlError:  # a page without any element, most often
        walk.page.cut = bool(walk.page.blocks)
    return walk.finish()


class _Enough(Exception):
    """The budget or the time is used up, or the page is nested beyond reason."""


@dataclass(slots=True)
class _Open:
    """An open element: what its texts look like."""

    name: str
    skipped: bool = False
    old_font: bool = False
    kept: bool = False  # blanks count, as in pre


@dataclass(slots=True)
class _Table:
    block: TableBlock = field(default_factory=TableBlock)
    column: int = 0  # where the next cell of the row stands
    covered: dict[int, int] = field(default_factory=dict)  # column -> the last row that a cell from above covers
    cell: Cell | None = None
    rows: int = 1  # that the open cell covers


class _Walk:
    def __init__(self, budget: TextBudget) -> None:
        self.page = HtmlPage()
        self._budget = budget
        self._open: list[_Open] = [_Open("")]
        self._containers: list[list[str | TableBlock]] = [self.page.blocks]
        self._tables: list[_Table] = []
        self._deeper = 0  # open tables below those
        self._line: list[str] = []
        self._blank = True

    # --- what the parser tells ---

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        above = self._open[-1]
        skipped, old, style = above.skipped or name in _SKIPPED, above.old_font, ""
        if attributes:  # most elements have none, and to ask for one takes longer than all else here
            style = attributes.get("style", "")
            skipped = skipped or "hidden" in attributes or bool(_HIDDEN.search(style))
            found = _FAMILY.search(style)
            if family := attributes.get("face") or (found[1] if found else ""):
                old = bool(LEGACY_FONT.match(family.split(",")[0].strip(" '\"")))
        if len(self._open) > _DEEPEST:
            raise _Enough
        self._open.append(_Open(name, skipped, old, above.kept or name in ("pre", "textarea")))
        if skipped:
            return
        if name in _BLOCKS:
            self._end_line()
        if style and _NEW_PAGE.search(style):
            self._end_line()
            self._containers[-1].append(PAGE_BREAK)
        self._start_shown(name, attributes)

    def _start_shown(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "br":
            self._line.append("\n")
            self._blank = True
        elif name == "input":
            self._input(attributes)
        elif name == "table":
            if len(self._tables) < _TABLES_DEEP:
                self._tables.append(_Table())
            else:
                self._deeper += 1
        elif name == "tr" and self._in_table():
            self._open_row()
        elif name in ("td", "th") and self._in_table():
            self._open_cell(attributes)

    def end(self, name: str) -> None:
        if len(self._open) < 2:
            return
        element = self._open.pop()
        if element.skipped:
            return
        if name in _BLOCKS:
            self._end_line()
        if name in ("td", "th", "tr") and self._in_table():
            self._close_cell()
        elif name == "table" and self._deeper:
            self._deeper -= 1
        elif name == "table" and self._tables:
            self._close_table()

    def data(self, text: str) -> None:
        element = self._open[-1]
        if element.name == "title" and len(self.page.title) < _LONGEST_TITLE:
            self.page.title = (self.page.title + _BLANKS.sub(" ", text))[:_LONGEST_TITLE].lstrip()
        elif element.name == "style" and len(self.page.styles) < _STYLES:
            self.page.styles += text[:_STYLES]
        if element.skipped:
            return
        if not element.kept:
            text = _BLANKS.sub(" ", text)
            if self._blank:
                text = text.lstrip(" ")
        if text:
            self._put(text, element.old_font)

    def comment(self, text: str) -> None:
        """Comments are not shown."""

    def close(self) -> None:
        """Nothing is left to do."""

    def _put(self, text: str, old_font: bool) -> None:
        self._spend(len(text))
        self._line.append(text)
        self._blank = text[-1] in " \n"
        self.page.old_font = self.page.old_font or (old_font and bool(text.strip()))

    def _spend(self, characters: int) -> None:
        self._budget.left -= characters
        if self._budget.left <= 0:
            raise _Enough

    def _end_line(self) -> None:
        if not self._line:
            self._blank = True
            return
        line = "".join(self._line).strip(" \n")
        if line.strip():
            self._containers[-1].append(line)
        self._line = []
        self._blank = True

    def _input(self, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("type", "").lower()
        if kind in ("checkbox", "radio"):
            self._put(_TICKS["checked" in attributes], False)
        elif kind in _SHOWN_INPUTS and attributes.get("value"):
            self._put(attributes["value"], False)

    # --- tables ---

    def _in_table(self) -> bool:
        return bool(self._tables) and self._deeper == 0

    def _open_row(self) -> None:
        self._close_cell()
        self._tables[-1].block.rows.append([])
        self._tables[-1].column = 0
        self._cover()

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        self._close_cell()
        table = self._tables[-1]
        if not table.block.rows:
            table.block.rows.append([])
        span = table.rows = 1
        if attributes:
            span = max(1, min(_number(attributes.get("colspan", "")), MOST_COLUMNS - table.column))
            table.rows = _number(attributes.get("rowspan", ""))
        table.cell = self._cell(span)
        self._containers.append(table.cell.blocks)

    def _close_cell(self) -> None:
        table = self._tables[-1] if self._tables else None
        if table is None or table.cell is None:
            return
        self._end_line()
        cell, table.cell = table.cell, None
        self._containers.pop()
        table.block.rows[-1].append(cell)
        if table.rows > 1 and table.column < MOST_COLUMNS:
            last = len(table.block.rows) - 2 + table.rows
            table.covered.update(dict.fromkeys(range(table.column, table.column + cell.span), last))
        table.column += cell.span
        self._cover()

    def _cover(self) -> None:
        """One empty cell, as wide as it must be, where others from above reach down, so that columns stay columns."""
        table = self._tables[-1]
        row = len(table.block.rows) - 1
        first = table.column
        while table.covered.get(table.column, -1) >= row and table.column < MOST_COLUMNS:
            table.column += 1
        if table.column > first:
            table.block.rows[-1].append(self._cell(table.column - first))

    def _cell(self, span: int) -> Cell:
        """Spans are cheap to write: the columns that they make count as cells do."""
        self._spend(_CELL_COSTS)
        self._budget.cells -= span
        if self._budget.cells < 0:
            raise _Enough
        return Cell(span=span)

    def _close_table(self) -> None:
        self._close_cell()
        self._containers[-1].append(self._tables.pop().block)

    def finish(self) -> HtmlPage:
        """Close what the page left open."""
        self._end_line()
        while self._tables:
            self._close_table()
        self._end_line()
        self.page.title = self.page.title.strip()
        return self.page


def _number(value: str) -> int:
    value = value.strip()
    return min(max(int(value), 1), MOST_COLUMNS) if value.isdecimal() and len(value) < 6 else 1
