"""The characters of a PDF page by their place on it.

Some programs draw every accented letter in a later run, so that the text in drawing order is letter salad: such a page
has characters that jump back on their line (measured: 3 to 6 % of them; any other page far below 1 %) and is put in
order by place. Everywhere, a wide gap on a line becomes a tab: it parts the two columns of a head.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, repeat
from typing import Any

import pypdfium2.raw as pdfium

JUMPS_FROM = 0.01
_SAME_LINE = 1.5  # points
_SHARED = 0.5  # of the lower height: two stretches stand on one line
_TAB, _BLANK, _LINE = 2.5, 0.18, 0.6  # gaps in units of the letter height
_LEAST_TAB = 24.0  # points
_MANY, _GROUP = 800, 50  # stretches of text
_BLANKS = re.compile(" ")


@dataclass(frozen=True, slots=True)
class Char:
    """A character with its origin on the baseline and its box, in points."""

    text: str
    x: float
    y: float
    right: float
    height: float


@dataclass(slots=True)
class Segment:
    """A stretch of a line without a wide gap."""

    text: str
    left: float
    right: float


Line = list[Segment]


class PageText:
    """The text of a page in drawing order, as pdfium parts it into lines. As few native calls as will do: most pages
    need no more than one for each line and each blank."""

    def __init__(self, textpage: Any) -> None:
        self._raw = textpage.raw
        self._text: str = textpage.get_text_range()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._by = (ctypes.byref(self._x), ctypes.byref(self._y))
        self._shifted = len(self._text) != textpage.count_chars()  # pdfium leaves some characters out of the text

    def may_jump(self) -> bool:
        """Whether so many stretches of text begin within the one before them that the letters may be out of order. Of
        a page with a stretch for each word every fourth group of them is looked at."""
        most = int(pdfium.FPDFText_CountRects(self._raw, 0, -1))
        part = 1 if most < _MANY else 4
        edges = [ctypes.c_double() for _ in range(4)]
        by = [ctypes.byref(edge) for edge in edges]
        left, top, right, bottom = edges
        back = 0
        last_right = last_top = last_bottom = float("-inf")
        for index in range(most):
            if index // _GROUP % part:
                continue
            pdfium.FPDFText_GetRect(self._raw, index, *by)
            if left.value < last_right - _SAME_LINE:
                shared = min(top.value, last_top) - max(bottom.value, last_bottom)
                back += shared > _SHARED * min(top.value - bottom.value, last_top - last_bottom)
            last_right, last_top, last_bottom = right.value, top.value, bottom.value
        return back * part > JUMPS_FROM / 3 * len(self._text)

    def drawn(self) -> str:
        """The text, with tabs for wide gaps."""
        if self._shifted and any(char > "\uffff" for char in self._text):
            return self._text  # such a letter counts twice: no telling which character is which
        pieces: list[str] = []
        start = 0
        for index, instead in self._gaps():
            pieces += (self._text[start:index], instead)
            start = index + 1
        return "".join([*pieces, self._text[start:]])

    def _gaps(self) -> Iterator[tuple[int, str]]:
        """Blanks that pdfium made up for a wide gap, or for a new line that it missed: a lone "*" below a name, say."""
        places = [match.start() for match in _BLANKS.finditer(self._text, 1, max(len(self._text) - 1, 1))]
        raw, indices = self._raw, places
        if self._shifted:
            indices = [pdfium.FPDFText_GetCharIndexFromTextIndex(raw, place) for place in places]
        made_up = map(pdfium.FPDFText_IsGenerated, repeat(raw), indices)
        for place, index, made in zip(places, indices, made_up, strict=True):
            if made == 1:
                instead = self._gap(index)
                if instead:
                    yield place, instead

    def _gap(self, index: int) -> str:
        (x, y), (next_x, next_y) = self._origin(index - 1), self._origin(index + 1)
        wide = next_x - x > _LEAST_TAB and abs(y - next_y) <= _SAME_LINE
        lower = y - next_y > _SAME_LINE and next_x < x - _SAME_LINE
        if not (wide or lower):
            return ""
        right, height = _box(self._raw, index - 1)
        if wide and next_x - right > max(_LEAST_TAB, _TAB * height):
            return "\t"
        return "\n" if lower and y - next_y > _LINE * height else ""

    def _origin(self, index: int) -> tuple[float, float]:
        pdfium.FPDFText_GetCharOrigin(self._raw, index, *self._by)
        return self._x.value, self._y.value


def _box(raw: Any, index: int) -> tuple[float, float]:
    """The right edge of a character and its height."""
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(box))
    return box.right, max(abs(box.top - box.bottom), 1.0)


class PageChars:
    """Origins of all characters of a text page, fetched once: three native calls a character."""

    def __init__(self, textpage: Any) -> None:
        self._raw = textpage.raw
        self.count = textpage.count_chars()
        x, y = ctypes.c_double(), ctypes.c_double()
        by_x, by_y = ctypes.byref(x), ctypes.byref(y)
        self.codes: list[int] = []
        self.origins: list[tuple[float, float]] = []
        for index in range(self.count):
            self.codes.append(pdfium.FPDFText_GetUnicode(self._raw, index))
            pdfium.FPDFText_GetCharOrigin(self._raw, index, by_x, by_y)
            self.origins.append((x.value, y.value))

    def jumps(self) -> float:
        """Share of characters that stand left of the one before them on the same line."""
        back = shown = 0
        before: tuple[float, float] | None = None
        for code, (x, y) in zip(self.codes, self.origins, strict=True):
            if code <= 32:
                continue
            shown += 1
            if before and abs(before[1] - y) <= _SAME_LINE and x < before[0] - _SAME_LINE:
                back += 1
            before = (x, y)
        return back / shown if shown else 0.0

    def upright(self) -> bool:
        """Whether nearly all characters stand upright; turned text cannot be put in order by x."""
        angles = [
            pdfium.FPDFText_GetCharAngle(self._raw, index)
            for index in range(0, self.count, max(1, self.count // 200))
            if self.codes[index] > 32
        ]
        flat = sum(1 for angle in angles if math.cos(angle) > 0.99)
        return flat >= 0.9 * len(angles)

    def placed(self, *, head: bool) -> str:
        """The text in the order of its place: lines from top to bottom, each from left to right. With `head` the two
        columns that the page begins with are read one after the other."""
        lines = [_segments(line) for line in _lines(list(self._chars()))]
        if head:
            lines = unweave(lines)
        return "\n".join("\t".join(segment.text for segment in line) for line in lines)

    def _chars(self) -> Iterator[Char]:
        index = 0
        while index < self.count:
            code, (x, y) = self.codes[index], self.origins[index]
            text = chr(code) if 0 < code < 0x110000 else ""
            if 0xD800 <= code < 0xDC00 and index + 1 < self.count:  # pdfium gives UTF-16 halves
                text = chr(0x10000 + ((code - 0xD800) << 10) + ((self.codes[index + 1] - 0xDC00) & 0x3FF))
            if text and code not in (2, 10, 13, 0xFFFE) and pdfium.FPDFText_IsGenerated(self._raw, index) != 1:
                right, height = _box(self._raw, index)
                yield Char(text, x, y, right, height)
            index += 2 if len(text) == 1 and ord(text) > 0xFFFF else 1


def _lines(chars: list[Char]) -> Iterator[list[Char]]:
    """Characters grouped by baseline, top first; raised and lowered ones stay with their line."""
    line: list[Char] = []
    for char in sorted(chars, key=lambda char: -char.y):
        if line and line[0].y - char.y > 0.35 * min(max(char.height, line[0].height), 40):
            yield line
            line = []
        line.append(char)
    if line:
        yield line


def _segments(line: list[Char]) -> Line:
    chars = sorted(line, key=lambda char: char.x)
    segments = [Segment(chars[0].text, chars[0].x, chars[0].right)]
    for before, char in pairwise(chars):
        last = segments[-1]
        if char.text == before.text and char.x - before.x < 0.1 * char.height and not char.text.isspace():
            continue  # bold by drawing twice
        gap = char.x - last.right
        if gap > max(_LEAST_TAB, _TAB * char.height):
            segments.append(Segment(char.text, char.x, char.right))
            continue
        blank = gap > _BLANK * char.height and not char.text.isspace() and not last.text.endswith((" ", "\u00a0"))
        last.text += f" {char.text}" if blank else char.text
        last.right = max(last.right, char.right)
    kept = [Segment(segment.text.strip(), segment.left, segment.right) for segment in segments]
    return [segment for segment in kept if segment.text]


def unweave(lines: list[Line], search: int = 4, most: int = 14) -> list[Line]:
    """A page that begins with two columns: the lines of the left one, then those of the right one, then the rest.

    The columns begin with a line of two stretches among the first `search` lines and end where a line crosses the
    gutter between them."""
    start = next((number for number, line in enumerate(lines[:search]) if len(line) == 2), None)
    if start is None:
        return lines
    gutter = (lines[start][0].right, lines[start][1].left)
    left: list[Line] = []
    right: list[Line] = []
    end = start
    for line in lines[start : start + most]:
        sides = _sides(line, gutter)
        if sides is None:
            break
        end += 1
        for segment, side in zip(line, sides, strict=True):
            (left if side == "left" else right).append([segment])
        gutter = (
            max([gutter[0], *(segment.right for segment, side in zip(line, sides, strict=True) if side == "left")]),
            min([gutter[1], *(segment.left for segment, side in zip(line, sides, strict=True) if side == "right")]),
        )
    return [*lines[:start], *left, *right, *lines[end:]]


def _sides(line: Line, gutter: tuple[float, float]) -> list[str] | None:
    """On which side each stretch stands; None when one crosses the gutter, or there are more than two of them."""
    middle = (gutter[0] + gutter[1]) / 2
    sides = ["left" if segment.right <= middle else "right" if segment.left >= middle else "" for segment in line]
    return sides if sides in (["left"], ["right"], ["left", "right"]) else None
