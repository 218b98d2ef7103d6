"""One story of a DOCX (body, header, footnotes, ...) as blocks of text, with nothing skipped that a reader sees.

A walk over opening and closing elements with a few stacks, so that the memory does not grow with the XML. Element names
are compared without namespace: the strict and the usual flavour of OOXML differ in nothing else here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from archive.readers.office.blocks import PAGE_BREAK, Blocks, Cell, TableBlock, TextBudget
from archive.readers.office.package import events, forget


@dataclass(slots=True)
class Story:
    """What a story holds: its blocks, how much text stands in which font, and what else was met on the way."""

    blocks: list[str | TableBlock] = field(default_factory=list)
    fonts: Counter[str] = field(default_factory=Counter)
    headers: list[tuple[str, str]] = field(default_factory=list)  # (type, relation id) in the order of the sections
    hidden: bool = False
    foreign: bool = False  # holds a file of another format in place of text
    cut: bool = False  # over the limit of text


# What was taken out under tracked changes, and descriptions that only look like content (tab stops are `w:tab` too).
_SKIPPED = frozenset({"del", "moveFrom", "tabs", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange"})
_STRUCTURE = (*_SKIPPED, "p", "r", "tbl", "tr", "tc", "txbxContent", "AlternateContent", "Choice", "Fallback")
_LEAVES = (
    "t", "tab", "ptab", "br", "cr", "noBreakHyphen", "softHyphen", "sym", "lastRenderedPageBreak", "pageBreakBefore",
    "vanish", "rFonts", "gridSpan", "gridBefore", "sectPr", "type", "headerReference", "footerReference", "altChunk",
    "textpath", "checkBox", "ddList",
)  # fmt: skip
_TAGS = tuple(f"{{*}}{name}" for name in (*_STRUCTURE, *_LEAVES))
_OFF = frozenset({"0", "false", "off", "none"})

# Ticks and boxes of the symbol fonts, by the low byte of their code; any other symbol is a bullet.
_SYMBOLS = {
    ("wingdings", 0xFE): "☑", ("wingdings", 0xA8): "☐", ("wingdings", 0x6F): "☐", ("wingdings", 0xFC): "✓",
    ("wingdings", 0xFB): "✗", ("wingdings", 0xFD): "☒", ("wingdings 2", 0x52): "☑", ("wingdings 2", 0xA3): "☐",
    ("wingdings 2", 0x50): "✓", ("wingdings 2", 0x4F): "✗", ("symbol", 0xB7): "•",
}  # fmt: skip


# Blocks of a file of another format that stands in place of text, by the id of its relation; None = not to be read.
Chunk = Callable[[str], Blocks | None]


def read_story(data: bytes, budget: TextBudget, chunk: Chunk | None = None) -> Story:
    """Walk one part; stops, with `cut` set, when the budget of text is used up."""
    walk = _Walk(budget, chunk)
    for kind, element in events(data, _TAGS):
        name = element.tag.rpartition("}")[2]
        if kind == "start":
            walk.start(name)
        else:
            walk.end(name, element)
        if budget.left < 0:
            walk.story.cut = True
            break
    return walk.finish()


@dataclass(slots=True)
class _Alternative:
    """An `mc:AlternateContent`: the first choice that brings text is taken, the others say the same again."""

    taken: bool = False
    before: int = 0
    skipping: bool = False


class _Walk:
    def __init__(self, budget: TextBudget, chunk: Chunk | None) -> None:
        self.story = Story()
        self.budget = budget
        self._chunk = chunk
        self._skip = 0
        self._containers: list[list[Any]] = [self.story.blocks]
        self._paragraphs: list[tuple[list[str], list[Any]]] = []
        self._depths: list[int] = []  # how many paragraphs were open when a container opened
        self._tables: list[TableBlock] = []
        self._cells: list[Cell] = []
        self._runs: list[tuple[bool, str]] = []  # (hidden, font)
        self._alternatives: list[_Alternative] = []
        self._section_type = ""

    # --- opening ---

    def start(self, name: str) -> None:
        if name in _SKIPPED:
            self._skip += 1
        elif name in ("Choice", "Fallback"):
            self._open_choice()
        elif name == "AlternateContent":  # kept count of inside skipped ones too: they may stand in each other
            self._alternatives.append(_Alternative())
        elif not self._skip:
            opener = _OPENERS.get(name)
            if opener:
                opener(self)

    def _open_choice(self) -> None:
        if not self._alternatives:
            return
        alternative = self._alternatives[-1]
        alternative.skipping = alternative.taken
        alternative.before = self.budget.left
        self._skip += alternative.skipping

    def _open_paragraph(self) -> None:
        self._paragraphs.append(([], []))

    def _open_run(self) -> None:
        self._runs.append((False, ""))

    def _open_table(self) -> None:
        self._tables.append(TableBlock())

    def _open_row(self) -> None:
        if self._tables:
            self._tables[-1].rows.append([])

    def _open_cell(self) -> None:
        cell = Cell()
        self._cells.append(cell)
        self._open_container(cell.blocks)

    def _open_box(self) -> None:
        self._open_container([])

    def _open_container(self, blocks: list[Any]) -> None:
        self._containers.append(blocks)
        self._depths.append(len(self._paragraphs))

    # --- closing ---

    def end(self, name: str, element: Any) -> None:
        if name in _SKIPPED:
            self._skip -= 1
        elif name in ("Choice", "Fallback"):
            self._close_choice()
        elif name == "AlternateContent":
            self._alternatives.pop()
        elif not self._skip:
            closer = _CLOSERS.get(name)
            if closer:
                closer(self, element)
        if name == "p":
            forget(element)

    def _close_choice(self) -> None:
        if not self._alternatives:
            return
        alternative = self._alternatives[-1]
        self._skip -= alternative.skipping
        alternative.taken = alternative.taken or self.budget.left < alternative.before
        alternative.skipping = False

    def _close_paragraph(self, element: Any) -> None:
        if not self._paragraphs:
            return
        parts, boxes = self._paragraphs.pop()
        text = "".join(parts)
        if text.strip(" \t\n") or PAGE_BREAK in text:
            self._containers[-1].append(text)
        self._containers[-1].extend(boxes)

    def _close_run(self, element: Any) -> None:
        if self._runs:
            self._runs.pop()

    def _close_table(self, element: Any) -> None:
        if self._tables:
            self._containers[-1].append(self._tables.pop())

    def _close_cell(self, element: Any) -> None:
        if not self._cells:
            return
        self._close_container()
        cell = self._cells.pop()
        if self._tables:
            if not self._tables[-1].rows:
                self._tables[-1].rows.append([])
            self._tables[-1].rows[-1].append(cell)
        else:
            self._containers[-1].extend(cell.blocks)

    def _close_box(self, element: Any) -> None:
        blocks = self._close_container()
        if self._paragraphs:  # a box hangs on a paragraph: its lines follow those of the paragraph
            self._paragraphs[-1][1].extend(blocks)
        else:
            self._containers[-1].extend(blocks)

    def _close_container(self) -> list[Any]:
        depth = self._depths.pop()
        while len(self._paragraphs) > depth:  # only in damaged files
            self._close_paragraph(None)
        return self._containers.pop()

    # --- what stands in a run ---

    def _put(self, text: str) -> None:
        hidden, font = self._runs[-1] if self._runs else (False, "")
        if hidden:
            self.story.hidden = self.story.hidden or bool(text.strip())
            return
        self.budget.left -= len(text)
        if self._paragraphs:
            self._paragraphs[-1][0].append(text)
        elif text.strip():
            self._containers[-1].append(text)
        self.story.fonts[font] += len(text)

    def _text(self, element: Any) -> None:
        self._put(element.text or "")

    def _break(self, element: Any) -> None:
        self._put(PAGE_BREAK if _value(element, "type") == "page" else "\n")

    def _page_break_before(self, element: Any) -> None:
        if _value(element, "val") not in _OFF and self._paragraphs:
            self._paragraphs[-1][0].insert(0, PAGE_BREAK)

    def _rendered_break(self, element: Any) -> None:
        if self._paragraphs:
            self._paragraphs[-1][0].append(PAGE_BREAK)

    def _symbol(self, element: Any) -> None:
        try:
            code = int(_value(element, "char"), 16) & 0xFF
        except ValueError:
            code = 0
        self._put(_SYMBOLS.get((_value(element, "font").lower(), code), "•"))

    def _tick_box(self, element: Any) -> None:
        """A box of an old form field: ticked as it is, else as it was at first."""
        state = next((found for name in ("checked", "default") for found in element.iterfind(f"{{*}}{name}")), None)
        self._put("☐" if state is None or _value(state, "val") in _OFF else "☑")

    def _choice(self, element: Any) -> None:
        """The entry of a list that is chosen; Word keeps it nowhere else."""
        chosen = next((_value(found, "val") for found in element.iterfind("{*}result")), "0")
        entries = [_value(found, "val") for found in element.iterfind("{*}listEntry")]
        if chosen.isdecimal() and len(chosen) < 4 and int(chosen) < len(entries):
            self._put(entries[int(chosen)])

    def _watermark(self, element: Any) -> None:
        words = element.get("string", "").strip()
        if words:
            self.budget.left -= len(words)
            (self._paragraphs[-1][1] if self._paragraphs else self._containers[-1]).append(words)

    def _hide(self, element: Any) -> None:
        if self._runs and _of_run(element) and _value(element, "val") not in _OFF:
            self._runs[-1] = (True, self._runs[-1][1])

    def _font(self, element: Any) -> None:
        font = _value(element, "ascii") or _value(element, "hAnsi")
        if self._runs and _of_run(element):
            self._runs[-1] = (self._runs[-1][0], font)

    # --- what stands around it ---

    def _span(self, element: Any) -> None:
        if self._cells:
            self._cells[-1].span = _number(element)

    def _columns_before(self, element: Any) -> None:
        if self._tables and self._tables[-1].rows:
            self._tables[-1].rows[-1].append(Cell(span=_number(element)))

    def _header(self, element: Any) -> None:
        relation = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
        self.story.headers.append((_value(element, "type"), relation))

    def _type(self, element: Any) -> None:
        parent = element.getparent()
        if parent is not None and parent.tag.rpartition("}")[2] == "sectPr":
            self._section_type = _value(element, "val")

    def _section(self, element: Any) -> None:
        # Inside a paragraph it ends a section there; the last one, in the body, ends nothing.
        if self._paragraphs and self._section_type != "continuous":
            self._paragraphs[-1][1].append(PAGE_BREAK)
        self._section_type = ""

    def _foreign(self, element: Any) -> None:
        blocks = self._chunk(_value(element, "id")) if self._chunk else None
        if blocks is None:
            self.story.foreign = True
        else:
            self._containers[-1].extend(blocks)

    def finish(self) -> Story:
        """Close what a cut or damaged story left open."""
        while self._tables or len(self._containers) > 1 or self._paragraphs:
            if self._paragraphs and (not self._depths or len(self._paragraphs) > self._depths[-1]):
                self._close_paragraph(None)
            elif self._cells and len(self._containers) > 1 and self._containers[-1] is self._cells[-1].blocks:
                self._close_cell(None)
            elif len(self._containers) > 1:
                self._close_box(None)
            else:
                self._close_table(None)
        return self.story


def _value(element: Any, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _of_run(element: Any) -> bool:
    """Whether a property is that of a run; paragraphs hold the same ones for their mark."""
    owner = element.getparent().getparent()
    return owner is not None and str(owner.tag).endswith("}r")


def _number(element: Any, at_most: int = 63) -> int:
    value = _value(element, "val")
    return min(max(int(value), 1), at_most) if value.isdecimal() else 1


def _put(text: str) -> Callable[[_Walk, Any], None]:
    return lambda walk, element: walk._put(text)


_OPENERS: dict[str, Callable[[_Walk], None]] = {
    "p": _Walk._open_paragraph,
    "r": _Walk._open_run,
    "tbl": _Walk._open_table,
    "tr": _Walk._open_row,
    "tc": _Walk._open_cell,
    "txbxContent": _Walk._open_box,
}
_CLOSERS: dict[str, Callable[[_Walk, Any], None]] = {
    "p": _Walk._close_paragraph,
    "r": _Walk._close_run,
    "tbl": _Walk._close_table,
    "tc": _Walk._close_cell,
    "txbxContent": _Walk._close_box,
    "t": _Walk._text,
    "tab": _put("\t"),
    "ptab": _put("\t"),
    "br": _Walk._break,
    "cr": _put("\n"),
    "noBreakHyphen": _put("-"),  # a number like 58-BC/ĐU is typed so; U+2011 would hide it
    "softHyphen": _put("\u00ad"),
    "sym": _Walk._symbol,
    "lastRenderedPageBreak": _Walk._rendered_break,
    "pageBreakBefore": _Walk._page_break_before,
    "vanish": _Walk._hide,
    "rFonts": _Walk._font,
    "gridSpan": _Walk._span,
    "gridBefore": _Walk._columns_before,
    "headerReference": _Walk._header,
    "type": _Walk._type,
    "sectPr": _Walk._section,
    "altChunk": _Walk._foreign,
    "textpath": _Walk._watermark,
    "checkBox": _Walk._tick_box,
    "ddList": _Walk._choice,
}
