"""The records that an XLS is made of ([MS-XLS] 2.1.4), and its table of strings, which goes on over several of them."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from archive.readers.sheets.sheet_grid import Room

BOF, EOF = 0x809, 0x0A  # where a part of the stream begins and ends

Broken = (struct.error, IndexError, ValueError)


def records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """(type, content) of the records of one part of the stream up to its end, those of parts within it (charts) left
    out; `ValueError` where the stream ends first."""
    at, depth = start, 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        at += 4
        if at + size > len(stream):
            break
        if kind == BOF:
            depth += 1
        elif depth == 0:
            break  # no part begins here
        elif kind == EOF:
            depth -= 1
            if depth == 0:
                return
        if depth == 1:
            yield kind, stream[at : at + size]
        at += size
    raise ValueError("the stream ends within a part")


def walk(stream: bytes, start: int, room: Room, take: Callable[[int, bytes], None]) -> bool:
    """Hand on the records of one part; whether all of them were sound. A damaged one costs only itself."""
    whole = True
    try:
        for kind, data in records(stream, start):
            room.step()
            try:
                take(kind, data)
            except Broken:
                whole = False
    except ValueError:
        return False
    return whole


class SharedStrings:
    """The table of strings, which goes on over several records. A text may be cut anywhere between two letters; the
    next record then begins by saying anew whether a letter has one byte or two ([MS-XLS] 2.5.293)."""

    def __init__(self, segments: list[bytes]) -> None:
        self._segments = segments
        self._part, self._at = 0, 8  # behind the two counts

    def texts(self) -> Iterator[str]:
        """All of them, up to the first that is cut off."""
        try:
            while self._ready():
                yield self._text()
        except Broken:
            return

    def _ready(self) -> bool:
        while self._part < len(self._segments) and self._at >= len(self._segments[self._part]):
            self._part, self._at = self._part + 1, 0
        return self._part < len(self._segments)

    def _text(self) -> str:
        count, flags = struct.unpack("<HB", self._take(3))
        runs = u16(self._take(2), 0) if flags & 8 else 0
        more = struct.unpack("<I", self._take(4))[0] if flags & 4 else 0
        parts = []
        while count:
            width = 2 if flags & 1 else 1
            piece = self._segments[self._part][self._at : self._at + count * width]
            piece = piece[: len(piece) // width * width]
            parts.append(piece.decode("utf-16-le" if flags & 1 else "latin-1", "replace"))
            count -= len(piece) // width
            self._at += len(piece)
            if count:
                self._part, self._at = self._part + 1, 1
                flags = self._segments[self._part][0]
        self._take(4 * runs + more)
        return "".join(parts)

    def _take(self, count: int) -> bytes:
        parts = []
        while count:
            if not self._ready():
                raise ValueError("the strings end too early")
            piece = self._segments[self._part][self._at : self._at + count]
            parts.append(piece)
            self._at += len(piece)
            count -= len(piece)
        return b"".join(parts)


def u16(data: bytes, at: int) -> int:
    """An unsigned number of two bytes."""
    return int(struct.unpack_from("<H", data, at)[0])
