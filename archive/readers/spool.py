"""Where a bundle's members are written while it is unpacked: into files numbered by us, counted byte by byte.

Shared by all formats of bundles: what is listed (`Entry`), what may be taken (`Allowance`), what came of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol, Self

from archive.readers import budget

CHUNK = 1 << 20
_TO_ANSWER = 3.0  # seconds that must be left to answer in


class Left(StrEnum):
    """Why a member is not taken. The catalogue keeps these codes; `archive.bundles` has the words."""

    LOCKED = "locked"  # a password
    LINK = "link"  # no file, but a pointer to one
    BROKEN = "broken"
    METHOD = "method"  # packed in a way that nothing here can undo
    MEMORY = "memory"
    TOOL = "tool"  # a program is needed that is not installed
    VOLUMES = "volumes"  # it goes on in another file
    SIZE = "size"
    COUNT = "count"
    DEPTH = "depth"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file that a bundle lists. `index` counts from 0 over everything it lists, `name` is rebuilt (see
    `member_names`) and may be empty, `size` is what the bundle promises; `refused` says why it cannot be taken."""

    index: int
    name: str
    size: int
    refused: Left | None = None


@dataclass(frozen=True, slots=True)
class Allowance:
    """What may still be taken out of a delivery: bytes and members; `over` is why no more members are taken."""

    size: int
    members: int
    over: Left = Left.COUNT


@dataclass(frozen=True, slots=True)
class Member:
    """A member that lies in the spool under its index."""

    index: int
    name: str
    size: int


class Stopped(Exception):
    """Unpacking cannot go on."""


class NoRoom(Stopped):
    """The spool cannot be written now: a full disk, say. Nothing is wrong with the bundle."""


class TooMuch(Stopped):
    """More comes out than was allowed."""


class OutOfTime(Stopped):
    """What is not taken yet has to be left."""


class NeedsPassword(Exception):
    """Not even the list of members can be read without a password."""


class Bundle(Protocol):
    """An open bundle. `cut`: its end is missing, so that more may have been in it than is listed."""

    entries: Sequence[Entry]
    cut: bool

    def __enter__(self) -> Self: ...
    def __exit__(self, *details: object) -> None: ...

    def unpack(self, wanted: Sequence[Entry], spool: Spool) -> None:
        """Write these entries into the spool, in their order; each one that fails is `spool.leave`d."""


class Spool:
    """Takes members one by one. `taken` and `left` tell what came of them; a member counts when it is closed."""

    def __init__(self, into: Path, most: int) -> None:
        self._into = into
        self.room = most
        self.taken: list[Member] = []
        self.left: list[tuple[Entry, Left]] = []

    def leave(self, entry: Entry, code: Left) -> None:
        """This one is not taken."""
        self.left.append((entry, code))

    def put(self, entry: Entry, chunks: Iterable[bytes]) -> None:
        """Take a whole member; nothing stays of one whose chunks raise. `Stopped` is its own."""
        slot = self.slot(entry)
        try:
            for chunk in chunks:
                slot.write(chunk)
        except BaseException:
            slot.drop()
            raise
        slot.close()

    def slot(self, entry: Entry) -> Slot:
        """A place to write a member to, by hand."""
        return Slot(self, self._into / f"{entry.index:06d}", entry)

    def spend(self, count: int) -> None:
        """So many bytes more came out of the bundle."""
        self.room -= count
        if self.room < 0:
            raise TooMuch
        if budget.left() < _TO_ANSWER:
            raise OutOfTime


class Slot:
    """One member being written; `size` bytes so far, `whole` when it was closed."""

    def __init__(self, spool: Spool, path: Path, entry: Entry) -> None:
        self._spool = spool
        self._path = path
        self._entry = entry
        self.size = 0
        self.whole = False
        try:
            self._file: int | None = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise NoRoom(str(error)) from error

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """All of the data, or `NoRoom`."""
        assert self._file is not None
        self._spool.spend(len(data))
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self._file, view) :]
        except OSError as error:
            raise NoRoom(str(error)) from error
        self.size += len(data)
        return len(data)

    def close(self) -> None:
        """The member is whole."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
            self.whole = True
            self._spool.taken.append(Member(self._entry.index, self._entry.name, self.size))

    def drop(self) -> None:
        """The member is not to be had."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
            self._path.unlink(missing_ok=True)
