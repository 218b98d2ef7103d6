"""7z as a bundle, through py7zr: member after member as they come out of the packed streams, never by a name.

A 7z packs many members into one stream (a "folder" in the words of the format, 7zFormat.txt of the LZMA SDK), so what
stands behind a member that is not wanted can only be had by unpacking that one as well.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Self

from archive.readers.bundles.member_names import rebuilt
from archive.readers.limits import ReadingLimits
from archive.readers.spool import Entry, Left, NeedsPassword, Slot, Spool, Stopped

if TYPE_CHECKING:
    from py7zr.archiveinfo import Folder

_LZMA, _LZMA2, _PPMD = b"\x03\x01\x01", b"\x21", b"\x03\x04\x01"
_COPY, _AES = b"\x00", b"\x06\xf1\x07\x01"
_PACKED_HEAD = b"\x17"
_HEAD = 64 * 1024 * 1024  # bytes of the list of members, and of memory to unpack it; py7zr itself takes 16


class SevenZipBundle:
    """An open 7z. Whatever is wrong with it as a whole is raised on opening; `NeedsPassword` when even its list is
    locked."""

    cut = False  # the list stands at the end

    def __init__(self, path: Path, limits: ReadingLimits) -> None:
        import py7zr  # here, since the server that workers come from need not know it

        self._most_memory = limits.memory_mb * 1024 * 1024 // 2
        self._file = path.open("rb")
        try:
            _check_head(self._file)
            self._archive = py7zr.SevenZipFile(self._file)
        except py7zr.PasswordRequired as error:
            self._file.close()
            raise NeedsPassword from error
        except BaseException:
            self._file.close()
            raise
        self._files = list(self._archive.files)
        refusals = {id(folder): self._refused(folder) for folder in self._folders()}
        self.entries: Sequence[Entry] = [
            Entry(
                index,
                rebuilt(file.filename),
                file.uncompressed or 0,
                refusals.get(id(file.folder)) if file.is_file else Left.LINK,
            )
            for index, file in enumerate(self._files)
            if not file.is_directory or file.is_symlink
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_details: object) -> None:
        self._file.close()

    def _folders(self) -> Sequence[Folder]:
        streams = getattr(self._archive.header, "main_streams", None)
        return streams.unpackinfo.folders if streams else ()

    def _refused(self, folder: Folder) -> Left | None:
        from py7zr.compressor import SupportedMethods

        if SupportedMethods.needs_password(folder.coders):
            return Left.LOCKED
        return Left.MEMORY if any(_dictionary(coder) > self._most_memory for coder in folder.coders) else None

    def unpack(self, wanted: Sequence[Entry], spool: Spool) -> None:
        """Write these entries into the spool, stream by stream; a broken stream leaves the others alone."""
        by_folder: dict[int, list[Entry]] = {}
        for entry in wanted:
            folder = self._files[entry.index].folder
            if folder is None:
                spool.put(entry, ())
            else:
                by_folder.setdefault(id(folder), []).append(entry)
        reach = spool.room
        start = self._archive.afterheader
        sizes = iter(self._packed_sizes())
        for folder in self._folders():
            end = start + sum(next(sizes, 0) for _stream in folder.packed_indices)
            entries = by_folder.get(id(folder), [])
            if entries:
                files = [(index, file) for index, file in enumerate(self._files) if file.folder is folder]
                costs = [(index, file.uncompressed) for index, file in files]
                entries, reach = within_reach(costs, entries, reach, spool)
                self._unpack_folder([file for _index, file in files], entries, start, end, spool)
            start = end

    def _packed_sizes(self) -> Sequence[int]:
        streams = getattr(self._archive.header, "main_streams", None)
        return streams.packinfo.packsizes if streams else ()

    def _unpack_folder(
        self, files: Sequence[Any], entries: Sequence[Entry], start: int, end: int, spool: Spool
    ) -> None:
        from py7zr.exceptions import UnsupportedCompressionMethodError
        from py7zr.io import MemIO

        writers: Any = _Writers(spool)
        worker = self._archive.worker
        for entry in entries:
            worker.register_filelike(self._files[entry.index].id, MemIO(writers.expect(entry), writers))
        code = Left.BROKEN
        try:
            worker.extract_single(self._file, files, None, start, end, None)
        except Stopped:
            writers.finish(None)
            raise
        except UnsupportedCompressionMethodError:
            code = Left.METHOD
        except MemoryError:
            code = Left.MEMORY
        except Exception:  # py7zr and the libraries below it raise whatever they like on damage
            code = Left.BROKEN
        writers.finish(code)


def _check_head(file: BinaryIO) -> None:
    """That the list of members, when it is packed itself, is packed as every program packs it: by LZMA with little
    memory, or encrypted besides. py7zr unpacks it on opening by whatever means it names, with all the memory it asks
    for; some of those means end the process when they do not get it. Raises `ValueError`, and what py7zr raises."""
    from py7zr.archiveinfo import HeaderStreamsInfo, SignatureHeader

    start = SignatureHeader.retrieve(file)
    if start.nextheadersize > _HEAD:
        raise ValueError
    file.seek(start.nextheaderofs, os.SEEK_CUR)
    head = io.BytesIO(file.read(start.nextheadersize))
    if head.read(1) == _PACKED_HEAD:
        for folder in HeaderStreamsInfo.retrieve(head).unpackinfo.folders:
            for coder in folder.coders:
                if coder["method"] not in (_LZMA, _LZMA2, _COPY, _AES) or _dictionary(coder) > _HEAD:
                    raise ValueError
    file.seek(0)


def within_reach(
    costs: Iterable[tuple[int, int]], wanted: Sequence[Entry], reach: int, spool: Spool
) -> tuple[list[Entry], int]:
    """Those of the wanted entries that can be had by unpacking at most `reach` bytes of the stream they stand in, and
    how much reach is left; the others are left. `costs` are all (index, size) of the stream in order."""
    last = max((entry.index for entry in wanted), default=-1)
    spent, ends = 0, {}
    for index, size in costs:
        if index > last:
            break
        spent += size
        ends[index] = spent
    near = [entry for entry in wanted if ends.get(entry.index, 0) <= reach]
    for entry in wanted:
        if entry not in near:
            spool.leave(entry, Left.SIZE)
    return near, reach - max((ends.get(entry.index, 0) for entry in near), default=0)


def _dictionary(coder: dict[str, Any]) -> int:
    """The bytes of memory that a coder asks for, as its properties say."""
    method, properties = coder["method"], coder.get("properties") or b""
    if method in (_LZMA, _PPMD) and len(properties) >= 5:
        return int.from_bytes(properties[1:5], "little")
    if method == _LZMA2 and len(properties) >= 1:
        bits = properties[0]
        return (2 | bits & 1) << (bits // 2 + 11) if bits < 40 else 0xFFFFFFFF
    return 0


class _Writers:
    """What py7zr asks for a place to write each member to (its `WriterFactory`): slots of the spool."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._expected: dict[str, Entry] = {}
        self._open: dict[str, Slot] = {}

    def expect(self, entry: Entry) -> str:
        """The name by which py7zr will ask for this entry's place."""
        self._expected[str(entry.index)] = entry
        return str(entry.index)

    def create(self, filename: str) -> _Sink:
        """The place for a member."""
        slot = self._open[filename] = self._spool.slot(self._expected[filename])
        return _Sink(slot)

    def finish(self, code: Left | None) -> None:
        """Nothing stays of a member that is not whole; with a code it is left."""
        for key, entry in self._expected.items():
            slot = self._open.get(key)
            if slot is not None and slot.whole:
                continue
            if slot is not None:
                slot.drop()
            if code is not None:
                self._spool.leave(entry, code)


class _Sink:
    """A slot with the ways of py7zr's `Py7zIO`. It is closed only when the member's checksum was right."""

    def __init__(self, slot: Slot) -> None:
        self._slot = slot
        self.write = slot.write
        self.close = slot.close

    def read(self, _size: int | None = None) -> bytes:
        return b""

    def seek(self, _offset: int, _whence: int = 0) -> int:
        return 0

    def flush(self) -> None: ...

    def size(self) -> int:
        return self._slot.size
