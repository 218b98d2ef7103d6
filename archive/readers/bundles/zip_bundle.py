"""ZIP as a bundle: members one by one, each by itself, through the standard library.

The names are taken as the bundle has them, not as `zipfile` decodes them: most old zips of Vietnam do not say what
encoding their names are in (PKWARE APPNOTE 4.4.4, bit 11; Info-ZIP's extra field 0x7075).
"""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

from archive.readers.bundles.member_names import guessed, rebuilt, unicode_path
from archive.readers.limits import ReadingLimits
from archive.readers.spool import CHUNK, Entry, Left, Spool, Stopped

_UTF8, _ENCRYPTED = 0x800, 0x1
_KNOWN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_UNIX, _MAC = 3, 19


class ZipBundle:
    """An open zip. Whatever is wrong with it as a whole is raised on opening."""

    cut = False  # a zip without its end has no list, and is broken altogether

    def __init__(self, path: Path, _limits: ReadingLimits) -> None:
        self._zip = zipfile.ZipFile(path)
        self._infos = self._zip.infolist()
        self.entries: Sequence[Entry] = [
            Entry(index, rebuilt(_name(info)), info.file_size, _refused(info))
            for index, info in enumerate(self._infos)
            if not _is_folder(info)
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_details: object) -> None:
        self._zip.close()

    def unpack(self, wanted: Sequence[Entry], spool: Spool) -> None:
        """Write these entries into the spool; a broken one leaves the others alone."""
        for entry in wanted:
            try:
                spool.put(entry, self._chunks(self._infos[entry.index]))
            except Stopped:
                raise
            except NotImplementedError:
                spool.leave(entry, Left.METHOD)
            except MemoryError:
                spool.leave(entry, Left.MEMORY)
            except Exception:  # zipfile and the libraries below it raise whatever they like on damage
                spool.leave(entry, Left.BROKEN)

    def _chunks(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        with self._zip.open(info) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk


def _name(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & _UTF8:
        return info.orig_filename
    raw = info.orig_filename.encode("cp437", "replace")  # as zipfile decoded it; every byte has its sign there
    return unicode_path(info.extra, raw) or guessed(raw)


def _is_folder(info: zipfile.ZipInfo) -> bool:
    return info.orig_filename.endswith(("/", "\\")) and not info.file_size


def _refused(info: zipfile.ZipInfo) -> Left | None:
    if info.flag_bits & _ENCRYPTED:
        return Left.LOCKED
    mode = info.external_attr >> 16
    if info.create_system in (_UNIX, _MAC) and mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode):
        return Left.LINK
    return None if info.compress_type in _KNOWN else Left.METHOD
