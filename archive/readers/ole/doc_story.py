"""One story of a Word document (body, footnotes, a header, ...) as blocks of text and tables, as for DOCX.

Word writes a table as text: a mark ends each cell, one more the row, and the formatting of the paragraphs tells how
deep they stand in tables. A field is its instruction, then its result; paper shows the result.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from archive.readers.office.blocks import PAGE_BREAK, Cell, TableBlock
from archive.readers.ole.doc_file import WordFile
from archive.readers.ole.doc_runs import Paragraph

_MARK = re.compile("[\r\x07\x0c]")
_FIELD = re.compile("[\x13\x14\x15]")
_HALVES = re.compile("[\ud800-\udfff]")  # of letters beyond 16 bits, each at a position of its own
_DEEP = 8
_SAME_EDGE = 60  # twentieths of a point: a millimetre; rows drawn by hand are no closer
# What is no letter: pictures, anchors and numbers of notes, what paper does not show. A soft hyphen typed by Word is
# U+001F; U+00AD stays, for it may be the letter ư of an old encoding.
_LETTERS = {code: "" for code in range(0x20) if code not in (0x09, 0x0A)} | {
    0x0B: "\n",
    0x0E: "\n",
    0x1E: "-",
}


def blocks_of(file: WordFile, start: int, end: int) -> list[str | TableBlock]:
    """The blocks between two positions of the text."""
    text = _without_instructions(file.text[start:end])
    same_page = file.same_page_sections
    build = _Builder()
    done = 0
    for match in _MARK.finditer(text):
        words, mark, position = _words(text[done : match.start()]), match[0], start + match.start()
        done = match.end()
        form = file.paragraph(position)
        if mark == "\x0c":
            build.text(words)
            if position + 1 not in same_page:
                build.page_break()
        elif mark == "\x07" and not (form and form.depth):
            build.guess(words)
        else:
            build.paragraph(words, mark, form or _PLAIN)
    build.text(_words(text[done:]))
    return build.finish()


_PLAIN = Paragraph()


def _words(text: str) -> str:
    words = text.translate(_LETTERS)
    if _HALVES.search(words):
        return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return words


class _Builder:
    def __init__(self) -> None:
        self._blocks: list[str | TableBlock] = []
        self._open: list[_OpenTable] = []

    def finish(self) -> list[str | TableBlock]:
        self._close_to(0)
        return self._blocks

    def text(self, words: str) -> None:
        """Text where the last stood."""
        if words:
            self._place().append(words)

    def page_break(self) -> None:
        """A new page; inside a table it stands in the cell, as in a DOCX."""
        self._place().append(PAGE_BREAK)

    def paragraph(self, words: str, mark: str, form: Paragraph) -> None:
        """A paragraph with its formatting, which tells of tables."""
        depth = min(form.depth, _DEEP)
        self._close_to(depth)
        while len(self._open) < depth:
            self._open.append(_OpenTable())
        if form.new_page:
            self.page_break()
        if not depth:
            self.text(words)
        elif form.ends_row and (mark == "\x07" or depth > 1):
            self._open[-1].end_row(form.edges)
        else:
            self._place().append(words)
            if mark == "\x07" or form.ends_cell:
                self._open[-1].end_cell()

    def guess(self, words: str) -> None:
        """The end of a cell whose formatting is not known (Word 95, or broken): an empty one ends the row."""
        if not self._open:
            self._open.append(_OpenTable())
        if not words and self._open[-1].between_cells:
            self._open[-1].end_row(())
        else:
            self._place().append(words)
            self._open[-1].end_cell()

    def _place(self) -> list[str | TableBlock]:
        return self._open[-1].cell.blocks if self._open else self._blocks

    def _close_to(self, depth: int) -> None:
        while len(self._open) > depth:
            table = self._open.pop()
            block = table.close()
            if block.rows:
                self._place().append(block)


class _OpenTable:
    def __init__(self) -> None:
        self.cell = Cell()
        self._cells: list[Cell] = []
        self._rows: list[tuple[list[Cell], tuple[int, ...]]] = []

    @property
    def between_cells(self) -> bool:
        """Whether a cell has just ended."""
        return bool(self._cells) and not self.cell.blocks

    def end_cell(self) -> None:
        self._cells.append(self.cell)
        self.cell = Cell()

    def end_row(self, edges: tuple[int, ...]) -> None:
        if self.cell.blocks:
            self.end_cell()
        if self._cells:
            self._rows.append((self._cells, edges))
        self._cells = []

    def close(self) -> TableBlock:
        self.end_row(())
        _span(self._rows)
        return TableBlock([cells for cells, _edges in self._rows])


def _span(rows: Iterable[tuple[list[Cell], tuple[int, ...]]]) -> None:
    """How many columns each cell goes over, by the edges of the cells of all rows: Word keeps no number of it."""
    rows = [(cells, edges) for cells, edges in rows if len(edges) == len(cells) + 1]
    columns = list(_distinct(sorted({edge for _cells, edges in rows for edge in edges})))
    number = {edge: index for index, same in enumerate(columns) for edge in same}
    for cells, edges in rows:
        for cell, left, right in zip(cells, edges, edges[1:], strict=False):
            cell.span = max(1, number[right] - number[left])
        if number[edges[0]]:
            cells.insert(0, Cell(span=number[edges[0]]))


def _distinct(edges: list[int]) -> Iterator[list[int]]:
    same: list[int] = []
    for edge in edges:
        if same and edge - same[0] > _SAME_EDGE:
            yield same
            same = []
        same.append(edge)
    if same:
        yield same


def _without_instructions(text: str) -> str:
    """The text with U+0000 in place of what a field does, not shows; a field without an end is no field."""
    opened: list[int] = []
    results: dict[int, int] = {}
    hidden: list[tuple[int, int]] = []
    for match in _FIELD.finditer(text):
        if match[0] == "\x13":
            opened.append(match.start())
        elif opened and match[0] == "\x14":
            results.setdefault(opened[-1], match.start())
        elif opened:
            begin = opened.pop()
            hidden.append((begin, results.get(begin, match.start())))
    parts = []
    done = 0
    for begin, end in sorted(hidden):
        if begin >= done:
            parts += [text[done:begin], "\0" * (end - begin)]
            done = end
    return "".join([*parts, text[done:]])
