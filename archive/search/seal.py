"""A sealed list of an index's files with their checksums, one for each generation.

Whoosh neither syncs nor checks what it writes, and tantivy does not check what it reads: after a power cut a file may
be short or zero, and flipped bytes may go unnoticed. The seal of a generation is written before the generation itself
becomes the current one, so that an index is either whole or known to be damaged; it also says by which engine and which
version of our analysis the index was written.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from archive.search.postings import SCHEMA
from archive.vietnamese import ANALYSIS_VERSION

Stamp = tuple[int, int, int]

_NAME = re.compile(r"seal_(\d+)\.json")


# Raised with what one engine alone lays out anew; what all of them share is counted in `SCHEMA`.
LAYOUTS = {"whoosh": 1}


@dataclass(frozen=True, slots=True)
class FileSeal:
    """Size in bytes and CRC-32 of a file."""

    size: int
    crc: int


@dataclass(frozen=True, slots=True)
class Seal:
    """What a generation consists of and who wrote it."""

    generation: int
    files: Mapping[str, FileSeal]
    schema: int
    analysis: str
    engine: str

    @property
    def current(self) -> bool:
        """Whether this version of hoso can search what was written."""
        return (self.schema, self.analysis) == (_schema(self.engine), ANALYSIS_VERSION)


def sealed(generation: int, files: Mapping[str, FileSeal], engine: str) -> Seal:
    """The seal of a generation that an engine of this version has written."""
    return Seal(generation, files, _schema(engine), ANALYSIS_VERSION, engine)


def _schema(engine: str) -> int:
    """Both counters only ever grow, so their sum is new with each change of either."""
    return SCHEMA + LAYOUTS.get(engine, 0)


def generations(folder: Path) -> list[int]:
    """The generations that are sealed."""
    if not folder.is_dir():
        return []
    return [int(match[1]) for path in folder.iterdir() if (match := _NAME.fullmatch(path.name))]


def path_of(folder: Path, generation: int) -> Path:
    """Where the seal of a generation lies."""
    return folder / f"seal_{generation}.json"


def write(folder: Path, seal: Seal) -> None:
    """Write a seal durably."""
    target = path_of(folder, seal.generation)
    temporary = target.with_suffix(".part")
    temporary.write_text(json.dumps(asdict(seal)), encoding="utf-8")
    sync(temporary)
    temporary.replace(target)
    sync(folder)


def read(folder: Path, generation: int) -> Seal:
    """The seal of a generation; ValueError, KeyError, TypeError or OSError where it is broken or missing."""
    data = json.loads(path_of(folder, generation).read_text(encoding="utf-8"))
    files = {name: FileSeal(**values) for name, values in data["files"].items()}
    return Seal(int(data["generation"]), files, data["schema"], data["analysis"], data.get("engine", "whoosh"))


def engine_of(folder: Path) -> str | None:
    """The engine that wrote an index; None where no seal says."""
    try:
        return read(folder, max(generations(folder))).engine
    except (OSError, ValueError, KeyError, TypeError):
        return None


def drop_others(folder: Path, generation: int) -> None:
    """Remove the seals of other generations, and what a killed writer left of one."""
    for each in folder.glob("seal_*"):
        match = _NAME.fullmatch(each.name)
        if match is None or int(match[1]) != generation:
            each.unlink(missing_ok=True)


def of_file(path: Path) -> FileSeal:
    """The seal of a file as it is on disk."""
    size = crc = 0
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            size += len(chunk)
            crc = zlib.crc32(chunk, crc)
    return FileSeal(size, crc)


def broken(folder: Path, name: str, seal: FileSeal) -> bool:
    """Whether a file is not what was sealed."""
    path = folder / name
    return not path.is_file() or path.stat().st_size != seal.size or of_file(path) != seal


def stamp(path: Path) -> Stamp:
    """What tells whether a file that is open is still the one that was opened."""
    status = path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns


def keep(path: Path) -> None:
    """Make a file durable and read-only. Engines map files into memory: one that is cut short in place while somebody
    reads it would end that process, while one that is replaced or removed does no harm."""
    path.chmod(0o400)
    sync(path)


def sync(path: Path) -> None:
    """Make a file or folder durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
