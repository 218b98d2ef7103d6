"""The little that must be known of an OLE compound file: which streams it holds, and how one of them begins.

Enough to tell Word, Excel, PowerPoint and Outlook files apart and to see a password. All walks are bounded.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

_END = 0xFFFFFFFA  # sector numbers from here on are marks, not sectors
_DIRECTORY_SECTORS = 512
_CHAIN = 20_000


class NotOle(ValueError):
    """The bytes break the rules of a compound file."""


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: int
    start: int
    size: int


class Ole:
    """The directory of a compound file; `NotOle` when it cannot be walked."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        header = self._bytes(0, 512)
        if len(header) < 512:
            raise NotOle
        shift, mini_shift = struct.unpack_from("<HH", header, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise NotOle
        self._sector = 1 << shift
        self._first_directory, self._cutoff, self._first_mini_fat = (
            struct.unpack_from("<I", header, 48)[0],
            struct.unpack_from("<I", header, 56)[0],
            struct.unpack_from("<I", header, 60)[0],
        )
        self._fat_sectors = self._all_fat_sectors(header)
        self._entries = self._directory()

    @property
    def names(self) -> frozenset[str]:
        """Names of all streams and storages."""
        return frozenset(self._entries)

    def head(self, name: str, count: int = 512) -> bytes:
        """The first bytes of a stream, at most one sector of them."""
        entry = self._entries[name]
        if entry.size >= self._cutoff:
            return self._read_sector(entry.start)[: min(count, entry.size)]
        root = next((found for found in self._entries.values() if found.kind == 5), None)
        if root is None:
            raise NotOle
        offset = entry.start * 64
        sector = self._nth(root.start, offset // self._sector)
        return self._read_sector(sector)[offset % self._sector :][: min(count, 64, entry.size)]

    def _bytes(self, offset: int, count: int) -> bytes:
        self._file.seek(offset)
        return self._file.read(count)

    def _read_sector(self, number: int) -> bytes:
        data = self._bytes((number + 1) * self._sector, self._sector)
        if not data or number >= _END:
            raise NotOle
        return data

    def _all_fat_sectors(self, header: bytes) -> list[int]:
        sectors = [number for number in struct.unpack_from("<109I", header, 76) if number < _END]
        following = struct.unpack_from("<I", header, 68)[0]
        for _round in range(1000):
            if following >= _END:
                break
            block = self._read_sector(following).ljust(self._sector, b"\xff")
            *more, following = struct.unpack(f"<{self._sector // 4}I", block)
            sectors += [number for number in more if number < _END]
        return sectors

    def _next(self, sector: int) -> int:
        place, index = divmod(sector, self._sector // 4)
        if place >= len(self._fat_sectors):
            raise NotOle
        cell = self._bytes((self._fat_sectors[place] + 1) * self._sector + index * 4, 4)
        if len(cell) < 4:
            raise NotOle
        return int(struct.unpack("<I", cell)[0])

    def _nth(self, sector: int, count: int) -> int:
        if count > _CHAIN:
            raise NotOle
        for _step in range(count):
            sector = self._next(sector)
        return sector

    def _directory(self) -> dict[str, _Entry]:
        entries: dict[str, _Entry] = {}
        sector = self._first_directory
        for _step in range(_DIRECTORY_SECTORS):
            block = self._read_sector(sector)
            for offset in range(0, len(block) - 127, 128):
                length, kind = struct.unpack_from("<HB", block, offset + 64)
                if kind and 2 <= length <= 64:
                    name = block[offset : offset + length - 2].decode("utf-16-le", "replace")
                    start, size = struct.unpack_from("<II", block, offset + 116)
                    entries.setdefault(name, _Entry(kind, start, size))
            sector = self._next(sector)
            if sector >= _END:
                break
        return entries
