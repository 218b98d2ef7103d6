"""OLE compound files ([MS-CFB]): the folders and streams that Word, Excel, PowerPoint and Outlook keep theirs in.

Our own and not olefile, because the service itself looks into any bytes here to tell the formats apart: a file of
2 KiB whose list of tables points to itself keeps olefile busy, and its memory growing, without end. Here nothing costs
more than the file is long, however its chains run.
"""

from __future__ import annotations

import os
import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import BinaryIO

_END = 0xFFFFFFFA  # sector numbers from here on are marks, not sectors
_ENTRIES = 20_000  # a mail of some hundred attachments has ten thousand
_LISTS = 1000  # sectors that list the sectors of the table; enough for 8 GiB
_MINI = 64
_STREAM = 2


class NotOle(ValueError):
    """The bytes break the rules of a compound file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A stream or a folder ("storage") of the file. `size` is what the file says, in bytes."""

    name: str
    kind: int
    start: int
    size: int
    left: int
    right: int
    child: int

    @property
    def is_stream(self) -> bool:
        """Whether it holds bytes; else it is a folder."""
        return self.kind == _STREAM


class Ole:
    """The directory of an open compound file; `NotOle` when it cannot be walked."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._length = file.seek(0, os.SEEK_END)
        header = self._bytes(0, 512)
        if len(header) < 512:
            raise NotOle
        shift, mini_shift = struct.unpack_from("<HH", header, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise NotOle
        self._sector = 1 << shift
        self._cutoff = struct.unpack_from("<I", header, 56)[0]
        self._table_sectors = self._all_table_sectors(header)
        self._table: dict[int, array[int]] = {}
        self._first_mini_table = struct.unpack_from("<I", header, 60)[0]
        self._entries = self._directory(struct.unpack_from("<I", header, 48)[0])
        self.root = self._entries[0]
        self._folders: dict[Entry, dict[str, Entry]] = {}
        self._owned = {0}

    @property
    def names(self) -> frozenset[str]:
        """Names in the outermost folder; where that is broken, all names that there are."""
        return frozenset(self.folder(self.root)) or frozenset(entry.name for entry in self._entries if entry.kind)

    def folder(self, of: Entry) -> dict[str, Entry]:
        """What stands in a folder, by name; the first of equal names. An entry stands in one folder only, so that no
        folder is inside itself and all walks together are no longer than the directory."""
        if of not in self._folders:
            self._folders[of] = dict(reversed(list(self._walk(of.child))))
        return self._folders[of]

    def _walk(self, child: int) -> Iterator[tuple[str, Entry]]:
        waiting = [child]
        while waiting:
            number = waiting.pop()
            if number < len(self._entries) and number not in self._owned:
                self._owned.add(number)
                entry = self._entries[number]
                if entry.kind:
                    yield entry.name, entry
                waiting += (entry.right, entry.left)

    def stream(self, name: str, at_most: int) -> bytes:
        """The first bytes of a stream of the outermost folder, as many as there are; none when there is no such."""
        entry = self.folder(self.root).get(name)
        return self.read(entry, at_most) if entry is not None else b""

    def read(self, entry: Entry, at_most: int) -> bytes:
        """The first bytes of a stream; fewer than its size where the file is cut off or its chain broken."""
        size = min(entry.size, at_most, self._length)
        if not entry.is_stream or size <= 0:
            return b""
        small = entry.size < self._cutoff
        chunks = self._mini_chunks(entry.start) if small else self._chunks(entry.start)
        data = bytearray()
        for chunk in chunks:
            data += chunk
            if len(data) >= size or not chunk:
                break
        return bytes(data[:size])

    # --- sectors ---

    def _bytes(self, offset: int, count: int) -> bytes:
        self._file.seek(offset)
        return self._file.read(count)

    def _read_sector(self, number: int) -> bytes:
        data = self._bytes((number + 1) * self._sector, self._sector) if number < _END else b""
        if not data:
            raise NotOle
        return data

    def _all_table_sectors(self, header: bytes) -> list[int]:
        sectors = [number for number in struct.unpack_from("<109I", header, 76) if number < _END]
        following = struct.unpack_from("<I", header, 68)[0]
        seen: set[int] = set()
        while following < _END and following not in seen and len(seen) < _LISTS:
            seen.add(following)
            block = self._read_sector(following).ljust(self._sector, b"\xff")
            *more, following = struct.unpack(f"<{self._sector // 4}I", block)
            sectors += [number for number in more if number < _END]
        return sectors

    def _next(self, sector: int) -> int:
        place, index = divmod(sector, self._sector // 4)
        if place not in self._table:
            if place >= len(self._table_sectors):
                raise NotOle
            block = self._read_sector(self._table_sectors[place]).ljust(self._sector, b"\xff")
            self._table[place] = array("I", struct.unpack(f"<{self._sector // 4}I", block))
        return int(self._table[place][index])

    def _chain(self, sector: int) -> Iterator[int]:
        """The sectors of a chain, no more than the file has; it ends where the chain is broken."""
        for _step in range(self._length // self._sector + 1):
            if sector >= _END:
                return
            yield sector
            try:
                sector = self._next(sector)
            except NotOle:
                return

    @cached_property
    def _mini_table(self) -> array[int]:
        return array("I", self._chain(self._first_mini_table))

    @cached_property
    def _mini_stream(self) -> array[int]:
        return array("I", self._chain(self.root.start))

    def _chunks(self, start: int) -> Iterator[bytes]:
        for number in self._chain(start):
            yield self._bytes((number + 1) * self._sector, self._sector)

    def _mini_chunks(self, number: int) -> Iterator[bytes]:
        """Small streams lie in pieces of 64 bytes in one stream of the root, with a table of their own."""
        for _step in range(self._cutoff // _MINI + 1):
            yield self._within(self._mini_stream, number * _MINI, _MINI)
            cell = self._within(self._mini_table, number * 4, 4)
            if len(cell) < 4 or (number := struct.unpack("<I", cell)[0]) >= _END:
                return

    def _within(self, sectors: array[int], offset: int, count: int) -> bytes:
        place, inside = divmod(offset, self._sector)
        if place >= len(sectors):
            return b""
        return self._bytes((sectors[place] + 1) * self._sector + inside, count)

    # --- directory ---

    def _directory(self, start: int) -> list[Entry]:
        entries: list[Entry] = []
        for block in self._chunks(start):
            for offset in range(0, len(block) - 127, 128):
                entries.append(_entry(block, offset))
            if len(entries) >= _ENTRIES:
                break
        if not entries:
            raise NotOle
        return entries


def _entry(block: bytes, offset: int) -> Entry:
    length, kind = struct.unpack_from("<HB", block, offset + 64)
    left, right, child = struct.unpack_from("<3I", block, offset + 68)
    start, size = struct.unpack_from("<2I", block, offset + 116)
    if not 2 <= length <= 64:
        kind = 0
    name = block[offset : offset + length - 2].decode("utf-16-le", "replace") if kind else ""
    return Entry(name, kind, start, size, left, right, child)
