"""Writing into a share that others write into too: only below the inbox, only names of ours, never through a link.

Folders are opened one by one from the inbox down, each with O_NOFOLLOW, and everything after that goes through the open
folder: a link that somebody plants under one of our names makes the answer fail, never land elsewhere. Files are
written aside in the same folder and renamed into place, so a reader sees the old page or the new one, never half.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from inbox.descriptors import FOLDER, NotAFile
from inbox.descriptors import opened as opened_file

_ASIDE = re.compile(r"_hoso-[0-9a-f]{16}\.tmp")
_BLOCK = 1 << 20


class Folder:
    """An open folder of the share. Every method raises OSError as the system says it."""

    def __init__(self, fd: int) -> None:
        self._fd = fd

    def close(self) -> None:
        """Let go of it."""
        os.close(self._fd)

    def child(self, name: str | bytes, *, create: bool) -> Folder:
        """A folder in this one; made with this one's permissions when it is not there yet and `create` says so."""
        if create:
            with contextlib.suppress(FileExistsError):
                os.mkdir(name, dir_fd=self._fd)
                self._open_up(name)
        return Folder(os.open(name, FOLDER, dir_fd=self._fd))

    def _open_up(self, name: str | bytes) -> None:
        """Those who may work in this folder may work in the new one too; shares that know no permissions stay as is."""
        with contextlib.suppress(OSError):
            made = os.open(name, FOLDER, dir_fd=self._fd)
            try:
                os.fchmod(made, stat.S_IMODE(os.fstat(self._fd).st_mode))
            finally:
                os.close(made)

    def names(self) -> list[str]:
        """The names of everything in it."""
        return os.listdir(self._fd)  # noqa: PTH208 - a Path cannot list an open folder

    def is_there(self, name: str) -> bool:
        """Whether anything has this name, be it a link that leads nowhere."""
        try:
            os.stat(name, dir_fd=self._fd, follow_symlinks=False)
        except FileNotFoundError:
            return False
        return True

    def read(self, name: str, most: int = 1 << 26) -> bytes | None:
        """The bytes of an ordinary file; None where there is none of at most that size."""
        try:
            with opened_file(self._fd, os.fsencode(name)) as fd, open(fd, "rb", closefd=False) as file:
                return file.read() if os.fstat(fd).st_size <= most else None
        except (FileNotFoundError, NotAFile):
            return None

    def digest(self, name: str) -> str | None:
        """The SHA-256 of an ordinary file; None where there is none."""
        try:
            with opened_file(self._fd, os.fsencode(name)) as fd, open(fd, "rb", closefd=False) as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except (FileNotFoundError, NotAFile):
            return None

    def put(self, name: str, content: bytes, mode: int = 0o644) -> bool:
        """Make a file say this; True when it was written, False when it already did (it is then not touched)."""
        if self.read(name, most=len(content)) == content:
            return False
        with self._aside(name, mode) as fd, open(fd, "wb", closefd=False) as file:
            file.write(content)
        return True

    def put_copy(self, name: str, source: Path) -> None:
        """Make a file hold the bytes of another one, in blocks."""
        with source.open("rb") as origin, self._aside(name, 0o644) as fd, open(fd, "wb", closefd=False) as file:
            while block := origin.read(_BLOCK):
                file.write(block)

    @contextlib.contextmanager
    def _aside(self, name: str, mode: int) -> Iterator[int]:
        """A new file in this folder that takes the name when it is complete, and vanishes when that fails."""
        aside = f"_hoso-{secrets.token_hex(8)}.tmp"
        fd = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, mode, dir_fd=self._fd)
        try:
            try:
                yield fd
                with contextlib.suppress(OSError):  # the service's umask is not the clerks'; some shares know no modes
                    os.fchmod(fd, mode)
            finally:
                os.close(fd)
            os.replace(aside, name, src_dir_fd=self._fd, dst_dir_fd=self._fd)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(aside, dir_fd=self._fd)
            raise

    def remove(self, name: str) -> None:
        """Remove a file; nothing happens when it is gone already."""
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name, dir_fd=self._fd)

    def remove_folder_if_empty(self, name: str) -> None:
        """Remove a folder of ours that has nothing left in it."""
        try:
            os.rmdir(name, dir_fd=self._fd)
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT):
                raise

    def sweep(self) -> int:
        """Remove files that an interrupted run left aside; how many there were."""
        left = [name for name in self.names() if _ASIDE.fullmatch(name)]
        for name in left:
            self.remove(name)
        return len(left)


@contextlib.contextmanager
def opened(inbox: Path, inner: PurePosixPath | bytes | str = "", *, create: bool = False) -> Iterator[Folder]:
    """A folder below the inbox. The inbox itself must be there (a share that is gone is never made anew on the local
    disk under it); with `create` the folders below it are made. Raises OSError, also for a link on the way."""
    folder = Folder(os.open(inbox, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC))
    try:
        for part in _parts(inner):
            below = folder.child(part, create=create)
            folder.close()
            folder = below
        yield folder
    finally:
        folder.close()


def _parts(inner: PurePosixPath | bytes | str) -> list[bytes]:
    parts = [part for part in os.fsencode(inner).split(b"/") if part not in (b"", b".")]
    if b".." in parts:
        raise OSError(errno.EINVAL, "a path below the inbox never leads upwards")
    return parts
