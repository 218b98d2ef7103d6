"""The reconcile scan: what lies in the inbox now. The listing is the truth; events are only hints to look again.

Our own walk, by directory descriptors and `lstat`, never through a link: the observers of libraries follow links out of
the folder, die of odd names, or lose whole trees that are moved in.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from inbox.descriptors import FOLDER, Stamp
from inbox.folders import is_ignored, is_own
from inbox.words import Why

MAX_DEPTH = 32
MAX_ENTRIES = 50_000  # below one top folder, so that one unit's flood leaves the others alone

_KINDS: tuple[tuple[Callable[[int], bool], Why], ...] = (
    (stat.S_ISLNK, "symlink"),
    (stat.S_ISFIFO, "fifo"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A regular file in the inbox; `path` is relative to it."""

    path: bytes
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Something in the inbox that is never opened, with the code of why (see `inbox.words`)."""

    path: bytes
    why: Why


@dataclass(slots=True)
class Scan:
    """What one walk saw. `ignored` holds paths with when they came, in seconds since 1970 by the disk's clock."""

    found: list[Found] = field(default_factory=list)
    not_taken: list[NotTaken] = field(default_factory=list)
    ignored: list[tuple[bytes, float]] = field(default_factory=list)


def scan(root: int, *, skip: frozenset[tuple[int, int]] = frozenset(), entries: int = MAX_ENTRIES) -> Scan:
    """Walk the folder open as `root`. `skip` names folders (device, inode) that must never be entered, such as the
    home itself. Raises OSError when the root cannot be listed; whatever fails below it is listed in `not_taken`."""
    walk = _Walk(os.fstat(root).st_dev, skip, entries)
    handle = os.open(b".", FOLDER, dir_fd=root)
    try:
        for name, status in _listed(handle):
            walk.left = entries
            walk.entry(handle, b"", name, status, 1)
    finally:
        os.close(handle)
    return walk.scan


def _listed(folder: int) -> Iterator[tuple[bytes, os.stat_result]]:
    """Names and lstat results of a folder; what vanishes meanwhile is left out."""
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                yield os.fsencode(entry.name), entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue


class _Walk:
    def __init__(self, device: int, skip: frozenset[tuple[int, int]], entries: int) -> None:
        self.scan = Scan()
        self.device = device
        self.skip = skip
        self.left = entries

    def entry(self, folder: int, above: bytes, name: bytes, status: os.stat_result, depth: int) -> None:
        """Sort one entry into the scan, or walk on below it."""
        path = above + name
        if is_own(name):
            return
        why = self._refusal(status, depth)
        if why:
            self.scan.not_taken.append(NotTaken(path, why))
        elif stat.S_ISDIR(status.st_mode):
            self._below(folder, path, name, depth)
        elif is_ignored(name):
            self.scan.ignored.append((path, status.st_ctime))
        else:
            self.scan.found.append(Found(path, Stamp.of(status)))

    def _refusal(self, status: os.stat_result, depth: int) -> Why | None:
        for is_kind, why in _KINDS:
            if is_kind(status.st_mode):
                return why
        if status.st_dev != self.device:
            return "other-disk"
        if not stat.S_ISDIR(status.st_mode):
            return None
        if (status.st_dev, status.st_ino) in self.skip:
            return "own-home"
        return "too-deep" if depth >= MAX_DEPTH else None

    def _below(self, folder: int, path: bytes, name: bytes, depth: int) -> None:
        try:
            handle = os.open(name, FOLDER, dir_fd=folder)
        except FileNotFoundError:
            return
        except OSError:  # no right to enter, or swapped for a link since it was listed
            self.scan.not_taken.append(NotTaken(path, "no-access"))
            return
        try:
            for below, status in _listed(handle):
                if self.left <= 0:
                    self.scan.not_taken.append(NotTaken(path, "too-many"))
                    return
                self.left -= 1
                self.entry(handle, path + b"/", below, status, depth + 1)
        except OSError:
            self.scan.not_taken.append(NotTaken(path, "no-access"))
        finally:
            os.close(handle)
