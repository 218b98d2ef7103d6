"""How Word keeps formatting ([MS-DOC] 2.9.33, 2.9.175): pages of 512 bytes that say what holds from which byte on.

Of all formatting only what changes the text matters here: deleted, hidden, a sign of a symbol font, the font's number;
and of paragraphs where tables have their rows and where a new page begins.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

_PAGE = 512
_PAGES = 8_000  # of either kind; a document of 200 pages of paper has a hundred or two
_DIFFERENT = 50_000  # formattings of one document; long papers have some thousands
_LENGTHS = (1, 1, 2, 4, 2, 2, -1, 3)  # bytes of an operand by the top three bits of its code; -1: told by the next byte
_LONG_TABLE = 0xD608  # sprmTDefTable: two bytes tell the length, one too many
_HUGE = (0x6646, 0x6645)  # sprmPHugePapx: the rest stands in the stream "Data"
_HUGE_BYTES = 4096, 16 * 1024 * 1024  # looked at for one paragraph, and for all


@dataclass(frozen=True, slots=True)
class Letters:
    """Formatting of characters: whether paper shows them, the sign they stand for (0: none), the font's number."""

    hidden: bool = False
    deleted: bool = False
    symbol: int = 0
    font: int = -1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Formatting of a paragraph: how deep in tables, whether it ends a cell or a row of an inner table or the row of
    an outer one, the edges of that row's cells, and whether it begins a page."""

    depth: int = 0
    ends_row: bool = False
    ends_cell: bool = False
    new_page: bool = False
    edges: tuple[int, ...] = ()


Format = TypeVar("Format", Letters, Paragraph)


class Runs(Generic[Format]):
    """Formatting by the place of the text in the file; the runs are in order and do not overlap."""

    def __init__(self, runs: list[tuple[int, int, Format]]) -> None:
        self._runs: list[tuple[int, int, Format]] = []
        end = 0
        for run in sorted(runs, key=lambda each: each[:2]):
            if run[0] >= end:
                self._runs.append(run)
                end = run[1]
        self._starts = [start for start, _end, _format in self._runs]

    def at(self, place: int) -> Format | None:
        """The formatting at one place; None where nothing is said."""
        index = bisect_right(self._starts, place) - 1
        return self._runs[index][2] if index >= 0 and place < self._runs[index][1] else None

    def over(self, start: int, end: int) -> Iterator[tuple[int, int, Format]]:
        """The runs over a stretch, cut to it."""
        for index in range(max(0, bisect_right(self._starts, start) - 1), len(self._runs)):
            first, last, form = self._runs[index]
            if first >= end:
                return
            if last > start:
                yield max(first, start), min(last, end), form


def letters_of(document: bytes, table: bytes) -> Runs[Letters]:
    """The formatting of characters, by the list of its pages (PlcBteChpx)."""
    known: dict[bytes, Letters] = {}

    def of(page: bytes, at: int) -> Letters | None:
        code = page[at + 1 : at + 1 + page[at]]
        if code not in known and len(known) < _DIFFERENT:
            known[code] = _letters(code)
        return known.get(code)

    return Runs(_pages(document, table, 1, of))


def paragraphs_of(document: bytes, table: bytes, data: bytes) -> Runs[Paragraph]:
    """The formatting of paragraphs (PlcBtePapx); `data` is the stream where long formattings stand."""
    known: dict[bytes, Paragraph] = {}
    one, left = _HUGE_BYTES

    def long(at: int) -> bytes:
        nonlocal left
        length = min(int.from_bytes(data[at : at + 2], "little"), one, left)
        left -= length
        return data[at + 2 : at + 2 + length]

    def of(page: bytes, at: int) -> Paragraph | None:
        length, start = (page[at] * 2 - 1, at + 1) if page[at] else (page[at + 1] * 2, at + 2)
        code = page[start + 2 : start + length]  # the first two bytes are the style's number
        if code not in known and len(known) < _DIFFERENT:
            known[code] = _paragraph(code, long)
        return known.get(code)

    return Runs(_pages(document, table, 13, of))


def hides(code: bytes) -> bool:
    """Whether formatting as it stands behind a piece of text (Prc) deletes or hides it."""
    letters = _letters(code)
    return letters.hidden or letters.deleted


def section_type(code: bytes) -> int:
    """How a section begins: 0 is on the same page, 1 in a new column, all others on a new page."""
    return next((operand[0] for sprm, operand in _modifiers(code) if sprm == 0x3009 and operand), 2)


def _pages(
    document: bytes, table: bytes, width: int, of: Callable[[bytes, int], Format | None]
) -> list[tuple[int, int, Format]]:
    count = (len(table) - 4) // 8
    numbers = struct.unpack_from(f"<{count}I", table, 4 * (count + 1)) if count > 0 else ()
    runs: list[tuple[int, int, Format]] = []
    for number in list(dict.fromkeys(number & 0x3FFFFF for number in numbers))[:_PAGES]:
        page = document[number * _PAGE : (number + 1) * _PAGE]
        if len(page) == _PAGE:
            runs += _page(page, width, of)
    return runs


def _page(page: bytes, width: int, of: Callable[[bytes, int], Format | None]) -> Iterator[tuple[int, int, Format]]:
    count = page[_PAGE - 1]
    if (count + 1) * 4 + count * width > _PAGE - 1:
        return
    places = struct.unpack_from(f"<{count + 1}I", page)
    for index in range(count):
        at = page[(count + 1) * 4 + index * width] * 2
        if at and places[index] < places[index + 1]:
            form = of(page, at)
            if form is not None:
                yield places[index], places[index + 1], form


def _modifiers(code: bytes) -> Iterator[tuple[int, bytes]]:
    """The single changes (Sprm) of a formatting, with their operands."""
    at = 0
    while at + 2 < len(code):
        sprm = int.from_bytes(code[at : at + 2], "little")
        at += 2
        length = _LENGTHS[sprm >> 13]
        if sprm == _LONG_TABLE:
            length = int.from_bytes(code[at : at + 2], "little") - 1
            at += 2
        elif length < 0:
            length = code[at]
            at += 1
        if length < 0:
            return
        yield sprm, code[at : at + length]
        at += length


def _letters(code: bytes) -> Letters:
    hidden = deleted = False
    symbol, font = 0, -1
    for sprm, operand in _modifiers(code):
        if sprm == 0x0800:  # sprmCFRMarkDel
            deleted = operand[:1] == b"\x01"
        elif sprm == 0x083C:  # sprmCFVanish; 0x81 turns the style's round, and styles seldom hide
            hidden = operand[:1] in (b"\x01", b"\x81")
        elif sprm == 0x6A09 and len(operand) == 4:  # sprmCSymbol
            symbol = int.from_bytes(operand[2:], "little")
        elif sprm == 0x4A4F and len(operand) == 2:  # sprmCRgFtc0
            font = int.from_bytes(operand, "little")
    return Letters(hidden, deleted, symbol, font)


def _paragraph(code: bytes, long: Callable[[int], bytes]) -> Paragraph:
    modifiers = list(_modifiers(code))
    for sprm, operand in modifiers[:1]:
        if sprm in _HUGE and len(operand) == 4:
            modifiers += _modifiers(long(int.from_bytes(operand, "little")))
    by_code = dict(modifiers)

    def on(sprm: int) -> bool:
        return by_code.get(sprm, b"\0")[:1] not in (b"\0", b"")

    depth = int.from_bytes(by_code.get(0x6649, b"\0")[:4], "little", signed=True)  # sprmPItap
    if depth <= 0:
        depth = int(on(0x2416))  # sprmPFInTable
    inner_row, outer_row = on(0x244C), on(0x2417)  # sprmPFInnerTtp, sprmPFTtp
    edges = _edges(by_code.get(_LONG_TABLE, b"")) if inner_row or outer_row else ()
    return Paragraph(depth, inner_row or outer_row, on(0x244B), on(0x2407), edges)


def _edges(operand: bytes) -> tuple[int, ...]:
    """Where the cells of a row begin, and where the last one ends, in twentieths of a point."""
    count = operand[0] + 1 if operand else 0
    if len(operand) < 1 + 2 * count:
        return ()
    return struct.unpack_from(f"<{count}h", operand, 1)
