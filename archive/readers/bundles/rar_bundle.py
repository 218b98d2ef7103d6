"""RAR as a bundle: rarfile lists it, stored members are copied, and packed ones are had from a program of the system.

The method of RAR is not free and no kept library has it, so `unrar`, `unar` or 7-Zip unpacks when one is installed. It
is started once, told no name from inside the bundle, and writes everything to its output, one member after the other:
where one ends follows from the list, that it is whole from its checksum (rarlab.com/technote.htm).
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any, Self

from archive.readers.bundles.member_names import guessed, rebuilt
from archive.readers.bundles.seven_zip import within_reach
from archive.readers.limits import ReadingLimits
from archive.readers.spool import CHUNK, Entry, Left, NeedsPassword, Spool, Stopped

_PR_SET_PDEATHSIG = 1
_UNICODE = 0x200  # RAR 3: the name has a Unicode form
_SPLIT = 0x01 | 0x02  # before, after: the member goes on in another file of the bundle
_STORED = 0x30


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that unpacks RAR to its standard output. `asked` are the arguments by which `says` is had of it: an
    `unrar` of another maker and a 7-Zip without the method bear the same names."""

    name: str
    arguments: tuple[str, ...]
    asked: tuple[str, ...]
    says: bytes


TOOLS = (
    Tool("unrar", ("p", "-inul", "-p-", "--"), (), b"Roshal"),
    Tool("unar", ("-q", "-o", "-", "-p", ""), ("-version",), b""),
    Tool("7zz", ("e", "-so", "-bd", "-p", "--"), ("i",), b"Rar5"),
    Tool("7z", ("e", "-so", "-bd", "-p", "--"), ("i",), b"Rar5"),
)


@cache
def rar_tool() -> Tool | None:
    """The program that unpacks RAR on this machine, if there is one."""
    return next((tool for tool in TOOLS if _works(tool)), None)


def _works(tool: Tool) -> bool:
    path = shutil.which(tool.name)
    if path is None:
        return False
    try:
        said = subprocess.run(
            [path, *tool.asked], stdin=subprocess.DEVNULL, capture_output=True, timeout=10, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return tool.says in said.stdout + said.stderr


class RarBundle:
    """An open RAR. Whatever is wrong with it as a whole is raised on opening; `NeedsPassword` when even its list is
    locked."""

    def __init__(self, path: Path, _limits: ReadingLimits) -> None:
        self._path = path
        blocks: list[Any] = []
        archive = _rarfile().RarFile(str(path), part_only=True, info_callback=blocks.append)
        self._infos = archive.infolist()
        if archive.needs_password() and not self._infos:
            raise NeedsPassword
        self.cut = bool(archive.strerror()) or not any(_ends(block) for block in blocks)
        self.entries: Sequence[Entry] = [
            Entry(index, rebuilt(_name(info)), info.file_size or 0, _refused(info))
            for index, info in enumerate(self._infos)
            if not info.is_dir()
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_details: object) -> None: ...

    def unpack(self, wanted: Sequence[Entry], spool: Spool) -> None:
        """Write these entries into the spool: stored ones first, those for which a program is needed after them."""
        packed = []
        with self._path.open("rb") as file:
            for entry in wanted:
                info = self._infos[entry.index]
                if info.compress_type == _STORED:
                    file.seek(info.data_offset)
                    _put(entry, info, file, spool)
                else:
                    packed.append(entry)
        tool = rar_tool()
        if tool is None:
            for entry in packed:
                spool.leave(entry, Left.TOOL)
        elif packed:
            self._by_tool(tool, packed, spool)

    def _by_tool(self, tool: Tool, wanted: Sequence[Entry], spool: Spool) -> None:
        streamed = [(index, info) for index, info in enumerate(self._infos) if info.is_file() and not _refused(info)]
        costs = [(index, info.file_size) for index, info in streamed]
        near, _reach = within_reach(costs, wanted, spool.room, spool)
        by_index = {entry.index: entry for entry in near}
        with _output(tool, self._path) as stream:
            for index, info in streamed:
                if not by_index:
                    break
                entry = by_index.pop(index, None)
                if entry is not None:
                    _put(entry, info, stream, spool)
                else:
                    for _chunk in _exactly(stream, info.file_size):
                        spool.spend(0)


class _Damaged(Exception):
    pass


def _put(entry: Entry, info: Any, source: IO[bytes], spool: Spool) -> None:
    try:
        spool.put(entry, _checked(info, source))
    except Stopped:
        raise
    except Exception:
        spool.leave(entry, Left.BROKEN)


def _checked(info: Any, source: IO[bytes]) -> Iterator[bytes]:
    """The next member of a stream; raises when it is short or its checksum is another."""
    crc, blake = 0, _rarfile().Blake2SP() if info.CRC is None and info.blake2sp_hash else None
    count = 0
    for chunk in _exactly(source, info.file_size):
        count += len(chunk)
        crc = zlib.crc32(chunk, crc)
        if blake:
            blake.update(chunk)
        yield chunk
    right = blake.digest() == info.blake2sp_hash if blake else info.CRC in (None, crc)
    if count != info.file_size or not right:
        raise _Damaged


def _exactly(source: IO[bytes], count: int) -> Iterator[bytes]:
    while count > 0 and (chunk := source.read(min(CHUNK, count))):
        count -= len(chunk)
        yield chunk


@contextmanager
def _output(tool: Tool, path: Path) -> Iterator[IO[bytes]]:
    """What the program writes; it is ended when that is enough, or when we are."""
    libc, us = ctypes.CDLL(None), os.getpid()

    def end_with_us() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != us:
            os.kill(os.getpid(), signal.SIGKILL)

    command = [shutil.which(tool.name) or tool.name, *tool.arguments, str(path.absolute())]
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd="/",
        preexec_fn=end_with_us,  # safe: a worker has one thread
    )  # fmt: skip
    assert process.stdout is not None
    try:
        yield process.stdout
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def _name(info: Any) -> str:
    """The name as the bundle has it: rarfile takes one in a code page for western."""
    raw = info.orig_filename
    is_old = isinstance(raw, bytes) and not getattr(info, "block_type", None) and not info.flags & _UNICODE
    return guessed(raw) if is_old else str(info.filename)


def _refused(info: Any) -> Left | None:
    if info.needs_password():
        return Left.LOCKED
    if not info.is_file() or info.file_redir:
        return Left.LINK
    return Left.VOLUMES if info.flags & _SPLIT else None


def _ends(block: Any) -> bool:
    """The mark of a bundle's end; RAR 2 had none."""
    rarfile = _rarfile()
    return bool(block.type == rarfile.RAR_BLOCK_ENDARC or (block.extract_version or 99) <= 20)


@cache
def _rarfile() -> Any:
    """The library, kept from starting programs and writing files by itself: it would, for the comment of a bundle."""
    import rarfile

    rarfile.rar3_decompress = lambda *_data, **_more: b""
    return rarfile
