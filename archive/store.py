"""Content-addressed blobs: every byte that ever came, named by its SHA-256, written once and never changed.

A blob is copied to `tmp/` while it is hashed, fsynced, linked to `ab/<sha256>`, the directory fsynced, in this order:
what `keep` returned for survives a power cut. A crash in between leaves at most a file in `tmp/`, which `sweep` drops.
`checkpoint` is called by name wherever a crash would leave something different on the disk; tests kill there.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

CHUNK = 1 << 20
Checkpoint = Callable[[str], None]

_DIGEST = re.compile(r"[0-9a-f]{64}")
_SOURCE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
# File systems without hard links (exFAT, some NAS) say so in one of these ways.
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


def no_checkpoint(name: str) -> None:
    """The checkpoint of production: nothing happens."""


class SourceChanged(Exception):
    """The file was written to while it was copied; nothing was kept. Wait until it rests and copy it again."""


@dataclass(frozen=True, slots=True)
class Staged:
    """Bytes copied, hashed and fsynced aside, not yet in their place. `size` counts bytes."""

    sha256: str
    size: int
    path: Path


def sync_directory(where: Path | int) -> None:
    """fsync a directory, so that the names in it survive a power cut."""
    handle = os.open(where, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC) if isinstance(where, Path) else where
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.EOPNOTSUPP):  # some network folders cannot sync a directory
            raise
    finally:
        if isinstance(where, Path):
            os.close(handle)


def _same(before: os.stat_result, after: os.stat_result) -> bool:
    return (before.st_ino, before.st_size, before.st_mtime_ns, before.st_ctime_ns) == (
        after.st_ino, after.st_size, after.st_mtime_ns, after.st_ctime_ns,
    )  # fmt: skip


@contextmanager
def _opened(source: Path | int) -> Iterator[int]:
    handle = os.open(source, _SOURCE) if isinstance(source, Path) else source
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(source))
        yield handle
    finally:
        if isinstance(source, Path):
            os.close(handle)


class BlobStore:
    """The blobs of one home below `root`. One process writes (the home's lock sees to it); any number may read."""

    def __init__(self, root: Path, checkpoint: Checkpoint = no_checkpoint) -> None:
        self.root = root
        self._tmp = root / "tmp"
        self._checkpoint = checkpoint
        # Folders whose own name is known to be durable: one made just before a crash may not be, and looks the same.
        self._durable: set[Path] = set()

    def stage(self, source: Path | int, intake_id: str) -> Staged:
        """Copy a file (a path, or a descriptor open for reading) aside while hashing it, and fsync the copy.

        Raises SourceChanged when the file did not hold still, OSError when the disk fails; nothing is left behind."""
        self._prepare()
        aside = self._tmp / intake_id
        aside.unlink(missing_ok=True)  # of an earlier try
        try:
            with _opened(source) as handle:
                sha256, size = self._copy(handle, aside)
        except (OSError, SourceChanged):
            aside.unlink(missing_ok=True)
            raise
        self._checkpoint("blob_staged")
        return Staged(sha256, size, aside)

    def _copy(self, source: int, aside: Path) -> tuple[str, int]:
        before = os.fstat(source)
        digest, size = hashlib.sha256(), 0
        os.lseek(source, 0, os.SEEK_SET)
        target = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o444)
        try:
            while chunk := os.read(source, CHUNK):
                digest.update(chunk)
                _write(target, chunk)
                size += len(chunk)
            self._checkpoint("blob_partial")
            if not _same(before, os.fstat(source)) or size != before.st_size:
                raise SourceChanged(str(aside))
            os.fchmod(target, 0o444)
            os.fsync(target)
        finally:
            os.close(target)
        return digest.hexdigest(), size

    def keep(self, staged: Staged) -> None:
        """Put a staged blob into its place, durably."""
        self.keep_all([staged])

    def keep_all(self, staged: Sequence[Staged]) -> None:
        """Put several staged blobs into their places with one round of fsync. An existing blob is checked, and replaced
        when it is torn. Raises OSError; then none of them counts as kept, and all may be tried again."""
        for item in staged:
            self._link(item)
            self._checkpoint("blob_linked")
        folders = {self.path(item.sha256).parent for item in staged}
        for folder in folders:
            sync_directory(folder)
        if not folders <= self._durable:
            sync_directory(self.root)
            self._durable |= folders
        self._checkpoint("blob_synced")
        for item in staged:
            item.path.unlink(missing_ok=True)

    def _link(self, staged: Staged) -> None:
        place = self.path(staged.sha256)
        place.parent.mkdir(exist_ok=True)
        try:
            os.link(staged.path, place)
        except FileExistsError:
            if not self.check(staged.sha256):
                staged.path.replace(place)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            staged.path.replace(place)

    def _prepare(self) -> None:
        if self._tmp not in self._durable or not self._tmp.is_dir():
            self._tmp.mkdir(parents=True, exist_ok=True)
            sync_directory(self.root)
            sync_directory(self.root.parent)
            self._durable.add(self._tmp)

    def path(self, sha256: str) -> Path:
        """Where the blob lies or would lie. Raises ValueError for anything but a SHA-256 in lower-case hex."""
        if not _DIGEST.fullmatch(sha256):
            raise ValueError(f"not a SHA-256: {sha256!r}")
        return self.root / sha256[:2] / sha256

    def open(self, sha256: str) -> BinaryIO:
        """The blob, open for reading. Raises FileNotFoundError."""
        return self.path(sha256).open("rb")

    def exists(self, sha256: str) -> bool:
        """Whether there is such a blob; its content is not looked at."""
        return self.path(sha256).is_file()

    def check(self, sha256: str) -> bool:
        """Whether the blob is there and still hashes to its name. Raises OSError when the disk cannot be read."""
        digest = hashlib.sha256()
        try:
            with self.open(sha256) as blob:
                while chunk := blob.read(CHUNK):
                    digest.update(chunk)
        except FileNotFoundError:
            return False
        return digest.hexdigest() == sha256

    def digests(self) -> Iterator[str]:
        """The digests of all blobs, in order, by their names."""
        for folder in sorted(self.root.glob("[0-9a-f][0-9a-f]")):
            for blob in sorted(folder.iterdir()):
                if _DIGEST.fullmatch(blob.name) and blob.name.startswith(folder.name):
                    yield blob.name

    def sweep(self) -> int:
        """Drop what crashes left in `tmp/`; only for the holder of the home's lock. Returns how many files."""
        dropped = 0
        with suppress(FileNotFoundError):
            for leftover in self._tmp.iterdir():
                leftover.unlink()
                dropped += 1
        return dropped


def _write(target: int, data: bytes) -> None:
    """All of it: a write to a full disk may take a part and say nothing."""
    view = memoryview(data)
    while view:
        view = view[os.write(target, view) :]
