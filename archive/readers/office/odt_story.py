"""An OpenDocument text as blocks: what its pages show, in order; notes, comments, headers and footers apart.

A walk over tags and texts with a few stacks, without a tree. White space is folded as OpenDocument 1.3 part 3, 6.1.2
says: it stands for one blank, and those that count are elements.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from archive.readers.office.blocks import MOST_COLUMNS, PAGE_BREAK, Cell, TableBlock, TextBudget
from archive.readers.office.odt_styles import Styles
from archive.readers.office.package import walk
from archive.readers.office.properties import ODF_META

_BLANKS = " \t\r\n"
_FOLDED = re.compile(r"[ \t\r\n]+")
_COPY = 40  # characters of the budget that one cell more by repetition costs, as much as it costs in time
_MOST_BLANKS = 200  # of one text:s, which may ask for thousands of millions


@dataclass(slots=True)
class OdtStory:
    """What the parts of the file hold. `meta` are the texts of the meta elements by local name."""

    body: list[str | TableBlock] = field(default_factory=list)
    headers: list[str | TableBlock] = field(default_factory=list)
    footers: list[str | TableBlock] = field(default_factory=list)
    notes: list[str | TableBlock] = field(default_factory=list)
    comments: list[str | TableBlock] = field(default_factory=list)
    styles: Styles = field(default_factory=Styles)
    fonts: Counter[str] = field(default_factory=Counter)
    meta: dict[str, str] = field(default_factory=dict)
    hidden: bool = False
    cut: bool = False


# What stands in the file but not on the page: what was taken out, scripts, the mark of a note.
_SKIPPED = frozenset({
    "tracked-changes", "note-citation", "desc", "binary-data", "sequence-decls", "scripts", "script", "forms",
    "table-of-content-source", "illustration-index-source", "table-index-source", "object-index-source",
    "user-index-source", "alphabetical-index-source", "bibliography-source", "event-listeners", "annotation-end",
})  # fmt: skip
_HEADERS = frozenset({"header", "header-first", "header-left"})
_FOOTERS = frozenset({"footer", "footer-first", "footer-left"})
# Things that hang on a paragraph and hold paragraphs of their own.
_BOXES = frozenset({
    "frame", "custom-shape", "rect", "line", "polyline", "polygon", "regular-polygon", "path", "circle", "ellipse",
    "connector", "caption", "measure", "control",
})  # fmt: skip
_STYLES = frozenset({"automatic-styles", "styles", "font-face-decls"})
_FOR_THE_BLIND = "svg-compatible:1.0}title"  # `text:title` is a field that shows the title


def read_part(data: bytes, story: OdtStory, budget: TextBudget) -> None:
    """Add what a part (content, styles, meta, or all in one flat file) holds; with `cut` when the budget runs out."""
    target = _Walk(story, budget)
    try:
        walk(data, target)
    except _Enough:
        story.cut = True
    finally:
        target.finish()


class _Enough(Exception):
    """The budget is used up."""


@dataclass(slots=True)
class _Paragraph:
    parts: list[str]
    boxes: list[str | TableBlock]
    blank: bool = True  # the last letter is a blank, or there is none yet
    after: str = ""


class _Walk:
    def __init__(self, story: OdtStory, budget: TextBudget) -> None:
        self.story = story
        self.budget = budget
        self._nowhere: list[str | TableBlock] = []
        self._skip = 0
        self._places: list[str] = []  # local names of the open elements
        self._containers: list[list[str | TableBlock]] = [self._nowhere]
        self._depths: list[int] = [0]  # how many paragraphs were open when a container opened
        self._paragraphs: list[_Paragraph] = []
        self._tables: list[TableBlock] = []
        self._repeats: list[int] = []
        self._cells: list[tuple[Cell, int]] = []
        self._looks: list[tuple[str, bool]] = [("", False)]  # font and hidden, of the open elements that may set them
        self._number = ""
        self._meta = ""
        self._row_breaks = False

    # --- what the parser tells ---

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition("}")[2]
        self._places.append(name)
        if self._in_styles():
            self.story.styles.start(name, _local(attributes))
            return
        if self._places[-2:-1] == ["meta"] and name in ODF_META:
            self._meta = name
        if self._skip or name in _SKIPPED or tag.endswith(_FOR_THE_BLIND):
            self._skip += 1
            return
        opener = _OPENERS.get(name)
        if opener:
            opener(self, _local(attributes))

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        in_styles = self._in_styles()
        self._places.pop()
        self._meta = ""
        if in_styles:
            self.story.styles.end(name)
        elif self._skip:
            self._skip -= 1
        elif closer := _CLOSERS.get(name):
            closer(self)

    def data(self, text: str) -> None:
        if self._meta:
            self.story.meta[self._meta] = (self.story.meta.get(self._meta, "") + text)[:1000]
        if self._skip or len(self._paragraphs) <= self._depths[-1]:
            return
        paragraph = self._paragraphs[-1]
        words = _FOLDED.sub(" ", text).strip(" ")
        if not words:
            self._blank(paragraph)
            return
        if text[0] in _BLANKS:
            self._blank(paragraph)
        self._put(words)
        if text[-1] in _BLANKS:
            self._blank(paragraph)

    def _blank(self, paragraph: _Paragraph) -> None:
        if not paragraph.blank:
            self._put(" ")
            paragraph.blank = True

    def _put(self, text: str) -> None:
        font, hidden = self._looks[-1]
        if hidden:
            self.story.hidden = self.story.hidden or bool(text.strip())
            return
        self._spend(len(text))
        self._paragraphs[-1].parts.append(text)
        self._paragraphs[-1].blank = False
        self.story.fonts[font] += len(text)

    def _spend(self, characters: int) -> None:
        self.budget.left -= characters
        if self.budget.left <= 0:
            raise _Enough

    def _in_styles(self) -> bool:
        return len(self._places) > 2 and self._places[1] in _STYLES

    # --- where texts go ---

    def _open_container(self, blocks: list[str | TableBlock]) -> None:
        self._containers.append(blocks)
        self._depths.append(len(self._paragraphs))

    def _close_container(self) -> list[str | TableBlock]:
        while len(self._paragraphs) > self._depths[-1]:  # only in a text that was cut
            self._close_paragraph()
        if len(self._containers) == 1:
            return []
        self._depths.pop()
        return self._containers.pop()

    def _open_body(self, attributes: Mapping[str, str]) -> None:
        self._open_container(self.story.body)

    def _open_slide(self, attributes: Mapping[str, str]) -> None:
        self._containers[-1].append(PAGE_BREAK)

    def _open_header(self, attributes: Mapping[str, str]) -> None:
        self._open_container([] if attributes.get("display") == "false" else self.story.headers)

    def _open_footer(self, attributes: Mapping[str, str]) -> None:
        self._open_container([] if attributes.get("display") == "false" else self.story.footers)

    def _open_note(self, attributes: Mapping[str, str]) -> None:
        self._open_container(self.story.notes)

    def _open_comment(self, attributes: Mapping[str, str]) -> None:
        self._open_container(self.story.comments)

    def _close_apart(self) -> None:
        self._close_container()

    def _open_box(self, attributes: Mapping[str, str]) -> None:
        self._open_container([])

    def _close_box(self) -> None:
        blocks = self._close_container()
        hung = len(self._paragraphs) > self._depths[-1]  # the lines of a box follow those of its paragraph
        (self._paragraphs[-1].boxes if hung else self._containers[-1]).extend(blocks)

    def _open_section(self, attributes: Mapping[str, str]) -> None:
        hidden = attributes.get("display") == "none" or attributes.get("is-hidden") == "true"
        self._look(None, hidden or None)

    def _close_look(self) -> None:
        if len(self._looks) > 1:
            self._looks.pop()

    def _look(self, font: str | None, hidden: bool | None) -> None:
        before = self._looks[-1]
        self._looks.append((before[0] if font is None else font, before[1] if hidden is None else hidden))

    # --- paragraphs and what stands in them ---

    def _open_paragraph(self, attributes: Mapping[str, str]) -> None:
        style = attributes.get("style-name", "")
        before, after = self.story.styles.breaks("paragraph", style)
        paragraph = _Paragraph([PAGE_BREAK] if before else [], [], after=PAGE_BREAK if after else "")
        self._paragraphs.append(paragraph)
        hidden = self.story.styles.hidden("paragraph", style)
        if attributes.get("is-hidden") == "true" or self._looks[-1][1]:
            hidden = True
        self._look(self.story.styles.font("paragraph", style), hidden)
        if self._number and not hidden:
            paragraph.parts.append(f"{self._number} ")
        self._number = ""

    def _close_paragraph(self) -> None:
        if not self._paragraphs:
            return
        self._close_look()
        paragraph = self._paragraphs.pop()
        text = "".join(paragraph.parts)
        if text.strip(" \t\n") or PAGE_BREAK in text:
            self._containers[-1].append(text)
        self._containers[-1].extend(paragraph.boxes)
        if paragraph.after:
            self._containers[-1].append(PAGE_BREAK)

    def _open_span(self, attributes: Mapping[str, str]) -> None:
        style = attributes.get("style-name", "")
        self._look(self.story.styles.font("text", style), self.story.styles.hidden("text", style))

    def _open_hidden_text(self, attributes: Mapping[str, str]) -> None:
        self._look(None, True if attributes.get("is-hidden") == "true" else None)

    def _letters(self, text: str) -> None:
        if len(self._paragraphs) > self._depths[-1]:
            self._put(text)

    def _blanks(self, attributes: Mapping[str, str]) -> None:
        self._letters(" " * _count(attributes.get("c", ""), _MOST_BLANKS))

    def _tab(self, attributes: Mapping[str, str]) -> None:
        self._line("\t")

    def _line_break(self, attributes: Mapping[str, str]) -> None:
        self._line("\n")

    def _line(self, text: str) -> None:
        self._letters(text)
        if self._paragraphs:
            self._paragraphs[-1].blank = True

    def _page_break(self, attributes: Mapping[str, str]) -> None:
        if len(self._paragraphs) > self._depths[-1]:
            self._paragraphs[-1].parts.append(PAGE_BREAK)
        elif len(self._cells) < len(self._tables):  # between two rows
            self._row_breaks = True
        else:
            self._containers[-1].append(PAGE_BREAK)

    def _open_number(self, attributes: Mapping[str, str]) -> None:
        self._open_container([])
        self._paragraphs.append(_Paragraph([], []))
        self._look(None, None)

    def _close_number(self) -> None:
        self._close_paragraph()
        number = "".join(block for block in self._close_container() if isinstance(block, str))
        if len(self._paragraphs) > self._depths[-1]:  # of a heading: it stands inside
            self._letters(f"{number} " if number else "")
        else:
            self._number = number

    # --- tables ---

    def _open_table(self, attributes: Mapping[str, str]) -> None:
        if self.story.styles.breaks("table", attributes.get("style-name", ""))[0]:
            self._containers[-1].append(PAGE_BREAK)
        self._tables.append(TableBlock())

    def _close_table(self) -> None:
        if self._tables:
            self._containers[-1].append(self._tables.pop())

    def _open_row(self, attributes: Mapping[str, str]) -> None:
        if self._tables:
            self._tables[-1].rows.append([])
            self._repeats.append(_count(attributes.get("number-rows-repeated", ""), MOST_COLUMNS))

    def _close_row(self) -> None:
        if not self._tables or not self._repeats:
            return
        rows = self._tables[-1].rows
        again = self._repeats.pop() - 1
        if again and rows and (text := self._plain_length(rows[-1])):
            self._spend(again * (text + _COPY * len(rows[-1])))
            rows.extend([rows[-1]] * again)

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        cell = Cell([PAGE_BREAK] if self._row_breaks else [])
        self._row_breaks = False
        self._cells.append((cell, _count(attributes.get("number-columns-repeated", ""), MOST_COLUMNS)))
        self._open_container(cell.blocks)

    def _close_cell(self) -> None:
        if not self._cells:
            return
        self._close_container()
        cell, times = self._cells.pop()
        if not self._tables:
            self._containers[-1].extend(cell.blocks)
            return
        table = self._tables[-1]
        if not table.rows:
            table.rows.append([])
        table.rows[-1].append(cell)
        times = min(times, MOST_COLUMNS - len(table.rows[-1])) - 1
        if times > 0:
            self._spend(times * (_COPY + self._plain_length([cell])))
            copy = cell if self._plain_length([cell]) else Cell()  # a table in a cell is never repeated: nests explode
            table.rows[-1].extend([copy] * times)

    @staticmethod
    def _plain_length(cells: list[Cell]) -> int:
        """Characters of cells without tables; 0 when one holds a table, or nothing."""
        blocks = [block for cell in cells for block in cell.blocks]
        return 0 if any(isinstance(block, TableBlock) for block in blocks) else sum(map(len, map(str, blocks)))

    def finish(self) -> None:
        """Close what a cut text left open."""
        for name in reversed(self._places):
            closer = None if self._skip else _CLOSERS.get(name)
            self._skip -= bool(self._skip)
            if closer:
                try:
                    closer(self)
                except _Enough:
                    self.story.cut = True
        self._places.clear()


def _local(attributes: Mapping[str, str]) -> dict[str, str]:
    return {key.rpartition("}")[2]: value for key, value in attributes.items()}


def _count(value: str, at_most: int) -> int:
    return min(max(int(value), 1), at_most) if value.isdecimal() and len(value) < 10 else at_most if value else 1


_OPENERS: dict[str, Callable[[_Walk, Mapping[str, str]], None]] = {
    "body": _Walk._open_body,
    "page": _Walk._open_slide,
    "note-body": _Walk._open_note,
    "annotation": _Walk._open_comment,
    "section": _Walk._open_section,
    "p": _Walk._open_paragraph,
    "h": _Walk._open_paragraph,
    "span": _Walk._open_span,
    "hidden-text": _Walk._open_hidden_text,
    "s": _Walk._blanks,
    "tab": _Walk._tab,
    "line-break": _Walk._line_break,
    "soft-page-break": _Walk._page_break,
    "number": _Walk._open_number,
    "table": _Walk._open_table,
    "table-row": _Walk._open_row,
    "table-cell": _Walk._open_cell,
    "covered-table-cell": _Walk._open_cell,
    **dict.fromkeys(_HEADERS, _Walk._open_header),
    **dict.fromkeys(_FOOTERS, _Walk._open_footer),
    **dict.fromkeys(_BOXES, _Walk._open_box),
}
_CLOSERS: dict[str, Callable[[_Walk], None]] = {
    "body": _Walk._close_apart,
    "note-body": _Walk._close_apart,
    "annotation": _Walk._close_apart,
    "section": _Walk._close_look,
    "p": _Walk._close_paragraph,
    "h": _Walk._close_paragraph,
    "span": _Walk._close_look,
    "hidden-text": _Walk._close_look,
    "number": _Walk._close_number,
    "table": _Walk._close_table,
    "table-row": _Walk._close_row,
    "table-cell": _Walk._close_cell,
    "covered-table-cell": _Walk._close_cell,
    **dict.fromkeys(_HEADERS | _FOOTERS, _Walk._close_apart),
    **dict.fromkeys(_BOXES, _Walk._close_box),
}
