"""A Word document inside its OLE file ([MS-DOC]): its text, put together from the pieces the file lists, by stories.

Word 97 and later keep the list (the piece table) in a stream of its own; Word 6 and 95 (`nFib` below 106) most often
have one piece, and 8-bit letters only. Their formatting is coded otherwise and is not looked at.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from archive.readers.ole.doc_runs import Letters, Paragraph, Runs, hides, letters_of, paragraphs_of, section_type
from archive.readers.ole.ole import Ole

STORIES = ("body", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header_boxes")
_OLD = 106
_PIECES = 500_000
_SECTIONS = 10_000
# Places in the list of (offset, length) in the file's head.
_HEADERS, _SECTIONS_AT, _LETTERS, _PARAGRAPHS, _FONTS, _CLX = 11, 6, 12, 13, 15, 33
_NAME = re.compile(r"[^\x00]*")


class NotWord(ValueError):
    """The streams are not those of a Word document, or cut off."""


class Encrypted(Exception):
    """The text needs a password."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text: its first and last position (`end` is behind it), where its bytes stand, one or two for a
    letter, and whether a change not yet saved in full hides it."""

    start: int
    end: int
    at: int
    width: int
    hidden: bool

    def place(self, position: int) -> int:
        """Where the letter at a position stands in the file."""
        return self.at + (position - self.start) * self.width

    def position(self, place: int) -> int:
        """The position of the letter at a place in the file; one cut in two by damage counts as the next."""
        return self.start + (place - self.at + self.width - 1) // self.width


class WordFile:
    """An opened document; `NotWord` and `Encrypted` tell why it is none. `at_most` characters are put together, `part`
    bytes of a stream are looked at."""

    def __init__(self, ole: Ole, at_most: int, part: int) -> None:
        self.cut = False  # over a limit
        self.hid_text = False
        self._ole = ole
        self._part = part
        self._document = self._stream("WordDocument")
        if len(self._document) < 0x200 or self._document[1:2] != b"\xa5":
            raise NotWord
        self._version, flags = self._short(2), self._short(10)
        if flags & 0x100:
            raise Encrypted
        self.old = self._version < _OLD
        self.has_pictures = bool(flags & 0x8)
        self._lists_at, lengths_at = (0x58, 0x34) if self.old else (154, 76)
        self._table = self._document if self.old else self._stream("1Table" if flags & 0x200 else "0Table")
        self._lengths = struct.unpack_from("<8i", self._document, lengths_at)
        if any(length < 0 for length in self._lengths):
            raise NotWord
        self.pieces = self._within(self._piece_list(), at_most)
        if not self.pieces:
            raise NotWord
        self._starts = [piece.start for piece in self.pieces]

    # --- text ---

    def story(self, name: str) -> tuple[int, int]:
        """The first position of a story and the one behind its last."""
        index = STORIES.index(name)
        start = sum(self._lengths[:index])
        return start, start + self._lengths[index]

    @cached_property
    def text(self) -> str:
        """All stories, one character for each position: U+0000 for what paper does not show. Ends of cells stay, so
        that a hidden one does not shift the others."""
        parts = []
        for piece in self.pieces:
            text = self._raw(piece)
            parts.append(_blank(text) if piece.hidden else self._shown(piece, text))
        return "".join(parts)

    @cached_property
    def letters(self) -> Runs[Letters]:
        """The formatting of characters, by their place in the file."""
        return Runs([]) if self.old else letters_of(self._document, self._list(_LETTERS))

    @cached_property
    def _paragraphs(self) -> Runs[Paragraph]:
        if self.old:
            return Runs([])
        return paragraphs_of(self._document, self._list(_PARAGRAPHS), self._stream("Data"))

    def paragraph(self, mark: int) -> Paragraph | None:
        """The formatting of the paragraph whose end mark stands at a position."""
        piece = self.pieces[max(0, bisect_right(self._starts, mark) - 1)]
        return self._paragraphs.at(piece.place(mark))

    def fonts_used(self) -> set[str]:
        """Names of the fonts that stretches of text are set in; those of styles are not among them."""
        names = self.fonts()
        used = {
            form.font
            for piece in self.pieces
            for _start, _end, form in self.letters.over(piece.at, piece.place(piece.end))
        }
        return {names[number] for number in used if 0 <= number < len(names)}

    def fonts(self) -> list[str]:
        """All names of the font table, used or not, by number."""
        table = self._list(_FONTS)
        at, before_name, code = (2, 6, "cp1252") if self.old else (4, 40, "utf-16-le")
        names = []
        while at < len(table):
            length = table[at] + 1
            raw = table[at + before_name : at + length]
            names.append(_NAME.match(raw.decode(code, "replace"))[0])  # type: ignore[index]
            at += length
        return names

    # --- where pages and headers begin ---

    def headers(self) -> list[tuple[int, int, int]]:
        """(kind, first position, position behind the last) of headers and footers. Of each section come, in this
        order, 0 even header, 1 odd header, 2 even footer, 3 odd footer, 4 first header, 5 first footer."""
        start, end = self.story("headers")
        table = self._list(_HEADERS)
        places = struct.unpack_from(f"<{len(table) // 4}I", table)[:-1]
        if len(places) < 8:
            return [(1, start, end)] if end > start else []
        # The first six are the lines above foot- and endnotes.
        cuts = [min(start + place, end) for place in places[6:]]
        return [(index % 6, first, last) for index, (first, last) in enumerate(pairwise(cuts)) if first < last]

    @cached_property
    def same_page_sections(self) -> set[int]:
        """Positions behind a section's end mark where the next section goes on on the same page."""
        table = self._list(_SECTIONS_AT)
        count = min(max(0, (len(table) - 4) // 16), _SECTIONS)
        found = set()
        for index in range(count):
            position = struct.unpack_from("<I", table, 4 * index)[0]
            at = struct.unpack_from("<I", table, len(table) // 16 * 4 + 4 + 12 * index + 2)[0]
            length = int.from_bytes(self._document[at : at + 2], "little")
            if at < len(self._document) and section_type(self._document[at + 2 : at + 2 + length]) in (0, 1):
                found.add(position)
        return found

    # --- inside ---

    def _stream(self, name: str) -> bytes:
        entry = self._ole.folder(self._ole.root).get(name)
        if entry is None:
            return b""
        self.cut |= entry.size > self._part and name != "Data"
        return self._ole.read(entry, self._part)

    def _short(self, at: int) -> int:
        return int.from_bytes(self._document[at : at + 2], "little")

    def _list(self, index: int) -> bytes:
        """One of the structures that the file's head points to; empty when there is none."""
        head = self._document[self._lists_at + 8 * index : self._lists_at + 8 * index + 8]
        if len(head) < 8:
            return b""
        at, length = struct.unpack("<2I", head)
        return self._table[at : at + length]

    def _piece_list(self) -> Iterator[Piece]:
        changes, table = _split(self._list(_CLX))
        count = min((len(table) - 4) // 12, _PIECES)
        if count <= 0:
            yield from self._one_piece()
            return
        positions = struct.unpack_from(f"<{count + 1}I", table)
        first = (len(table) - 4) // 12 * 4 + 4
        for index in range(count):
            start, end = positions[index], positions[index + 1]
            at, change = struct.unpack_from("<IH", table, first + 8 * index + 2)
            if start >= end:
                raise NotWord
            narrow = bool(at & 0x40000000)
            if narrow and not self.old:
                at = (at & 0x3FFFFFFF) // 2
            yield Piece(start, end, at, 1 if narrow or self.old else 2, _hides(change, changes))

    def _one_piece(self) -> Iterator[Piece]:
        at, end = struct.unpack_from("<2I", self._document, 24)
        if not self.old or at >= end:
            raise NotWord
        yield Piece(0, min(sum(self._lengths), end - at), at, 1, False)

    def _within(self, pieces: Iterator[Piece], at_most: int) -> list[Piece]:
        """The pieces as far as the limit allows. Positions have no gaps, and all bytes are there, or else the file is
        cut off."""
        kept: list[Piece] = []
        position = 0
        for piece in pieces:
            if piece.start != position:
                raise NotWord
            position = min(piece.end, at_most)
            kept.append(replace(piece, end=position))
            if kept[-1].place(position) > len(self._document) and not self.cut:
                raise NotWord
            if position < piece.end:
                self.cut = True
                break
        return kept

    def _raw(self, piece: Piece) -> str:
        data = self._document[piece.at : piece.place(piece.end)]
        if piece.width == 1:
            return data.decode("latin-1").translate(_WINDOWS)
        text = data.decode("utf-16-le", "surrogatepass")
        if len(text) == piece.end - piece.start:
            return text
        return "".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data[: len(data) // 2 * 2])))

    def _shown(self, piece: Piece, text: str) -> str:
        parts = []
        done = 0
        for first, last, form in self.letters.over(piece.at, piece.place(piece.end)):
            if not (form.hidden or form.deleted or form.symbol):
                continue
            start, end = piece.position(first) - piece.start, piece.position(last) - piece.start
            parts.append(text[done:start])
            stretch = text[start:end]
            self.hid_text |= form.hidden and bool(stretch.strip("\x07\r\x0c\x13\x14\x15 "))
            parts.append(_blank(stretch) if form.hidden or form.deleted else chr(form.symbol) * len(stretch))
            done = end
        return "".join([*parts, text[done:]])


_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
_SHOWN = re.compile("[^\x07]")


def _blank(text: str) -> str:
    return _SHOWN.sub("\0", text)


def _split(clx: bytes) -> tuple[list[bytes], bytes]:
    """The changes that pieces refer to, and the piece table."""
    changes = []
    at = 0
    while at + 3 <= len(clx) and clx[at] == 1:
        length = int.from_bytes(clx[at + 1 : at + 3], "little")
        changes.append(clx[at + 3 : at + 3 + length])
        at += 3 + length
    if at + 5 > len(clx) or clx[at] != 2:
        return changes, b""
    return changes, clx[at + 5 : at + 5 + int.from_bytes(clx[at + 1 : at + 5], "little")]


def _hides(change: int, changes: list[bytes]) -> bool:
    """A change (Prm) is one of the listed ones or a single short one: 0x41 deletes, 0x5C hides."""
    if change & 1:
        index = change >> 1
        return index < len(changes) and hides(changes[index])
    return (change >> 1) & 0x7F in (0x41, 0x5C) and change >> 8 == 1
