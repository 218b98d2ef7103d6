"""Opening things in a folder that strangers write to: every step by descriptor, no link ever followed.

A path that is checked first and opened afterwards may be another thing by then. Here each folder on the way is opened
relative to the one above it with O_NOFOLLOW, so that a folder swapped for a link is an error, never a way out.
"""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


class NotAFile(OSError):
    """There is something of that name, but no regular file; it was not opened."""

    def __init__(self) -> None:
        super().__init__(errno.EINVAL, "not a regular file")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells one state of a file from another. Times in nanoseconds; `links` counts its names."""

    device: int
    inode: int
    size: int
    modified: int
    changed: int
    links: int

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        """The stamp of a stat result."""
        return cls(
            status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_nlink
        )

    def same_bytes(self, other: Stamp) -> bool:
        """Whether it is the same file with the same content as far as a stat tells. Renaming changes `changed`, and a
        share that was mounted anew has another `device`: neither counts."""
        return (self.inode, self.size, self.modified) == (other.inode, other.size, other.modified)


@contextmanager
def folder_of(root: int, path: bytes) -> Iterator[tuple[int, bytes]]:
    """The open folder that holds a path below `root`, and the path's last name. Raises OSError (ELOOP or ENOTDIR where
    a folder on the way is a link)."""
    *folders, name = path.split(b"/")
    handle = os.dup(root)
    try:
        for folder in folders:
            below = os.open(folder, FOLDER, dir_fd=handle)
            os.close(handle)
            handle = below
        yield handle, name
    finally:
        os.close(handle)


@contextmanager
def opened(folder: int, name: bytes) -> Iterator[int]:
    """A regular file, open for reading. Raises NotAFile for anything else, other OSError."""
    if not stat.S_ISREG(os.lstat(name, dir_fd=folder).st_mode):  # a device may act on being opened
        raise NotAFile
    handle = os.open(name, FILE, dir_fd=folder)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise NotAFile
        yield handle
    finally:
        os.close(handle)


def written_elsewhere(handle: int) -> bool:
    """Whether somebody has the file open for writing: then the kernel refuses a read lease on it.

    Where leases do not work (another owner's file without CAP_LEASE, network folders) the answer is no. Leases see
    writers on this computer only, Samba's among them."""
    # A writer that comes while the lease is held has the kernel signal us, and the usual SIGIO would end the process.
    with suppress(OSError):
        fcntl.fcntl(handle, _F_SETSIG, signal.SIGURG)
    try:
        fcntl.fcntl(handle, _F_SETLEASE, fcntl.F_RDLCK)
    except OSError as error:
        return error.errno in (errno.EAGAIN, errno.EWOULDBLOCK, errno.EBUSY)
    fcntl.fcntl(handle, _F_SETLEASE, fcntl.F_UNLCK)
    return False


_constants: Any = fcntl  # the two exist on Linux only, and type checkers of other systems would stumble
_F_SETSIG: int = _constants.F_SETSIG
_F_SETLEASE: int = _constants.F_SETLEASE
