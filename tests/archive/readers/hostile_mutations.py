"""Real files with something spoilt in them: the same for the same seed.

Damage to a packed file is mostly found by its check sums before any reader sees it. So members of packages are spoilt
before they are packed anew, and PDFs have a twin whose streams are unpacked.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from random import Random

import pikepdf

from tests.archive.readers.hostile_cuts import SOUND

_LARGEST = 600_000  # bytes of a sample
_EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)
_NUMBERS = (b"0", b"-1", b"1", b"65536", b"2147483647", b"-2147483648", b"4294967296", b"9" * 30, b"1e308", b"nan", b"")
_TOKEN = re.compile(rb"[A-Za-z:]{2,}|-?\d+|[<>(){}\[\]\"\\/&;=]")
_DIGITS = re.compile(rb"-?\d+")
_TEXTS = frozenset({"html", "eml", "csv", "txt", "rtf", "xml", "pdf", "unpacked.pdf"})
_PACKAGES = frozenset({"docx", "docm", "xlsx", "xlsm", "xlsb", "ods", "odt", "pptx", "zip"})

Sources = Mapping[str, list[bytes]]


def sources(samples: Path) -> Sources:
    """Sound files by their endings: the shared samples, and one made here for each format."""
    found: dict[str, list[bytes]] = {ending: [make()] for ending, make in SOUND.items()}
    for folder in ("formats", "legacy/files", "dossiers/inbox"):
        for path in sorted((samples / folder).rglob("*")):
            if path.is_file() and 0 < path.stat().st_size <= _LARGEST and path.name[:3].lower() != "bom":
                found.setdefault(path.suffix.lower().lstrip("."), []).append(path.read_bytes())
    found["unpacked.pdf"] = [data for data in map(_unpacked, found["pdf"]) if data]
    return found


def mutated(given: Sources, seed: int, number: int) -> tuple[str, bytes]:
    """Name and bytes of the file of this number; all endings come equally often."""
    rng = Random(f"{seed} {number}")
    ending = rng.choice(sorted(given))
    data = rng.choice(given[ending])
    ways = list(_WAYS)
    ways += [_swapped, _renumbered] * 3 if ending in _TEXTS else []
    ways += [_repacked] * 8 if ending in _PACKAGES else []
    way = rng.choice(ways)
    spoilt = _spliced(data, rng.choice(given[rng.choice(sorted(given))]), rng) if way is _cut_off else way(data, rng)
    return f"{seed}-{number}-{way.__name__.strip('_')}.{ending}", spoilt


def mutations(given: Sources, seed: int, count: int, first: int = 0) -> Iterator[tuple[str, bytes]]:
    """So many files of this seed, from a number on."""
    return map(partial(mutated, given, seed), range(first, first + count))


# --- ways to spoil a file --------------------------------------------------------------------------------------------


def _flipped(data: bytes, rng: Random) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 4, 32))):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def _block(data: bytes, rng: Random) -> tuple[int, int]:
    start = rng.randrange(len(data))
    return start, min(len(data), start + rng.choice((1, 16, 512, max(len(data) // 10, 1))))


def _without_block(data: bytes, rng: Random) -> bytes:
    start, end = _block(data, rng)
    return data[:start] + data[end:]


def _block_twice(data: bytes, rng: Random) -> bytes:
    start, end = _block(data, rng)
    return data[:end] + data[start:end] * rng.choice((1, 2, 50)) + data[end:]


def _block_zero(data: bytes, rng: Random) -> bytes:
    start, end = _block(data, rng)
    return data[:start] + bytes(end - start) + data[end:]


def _block_moved(data: bytes, rng: Random) -> bytes:
    start, end = _block(data, rng)
    at = rng.randrange(len(data))
    return data[:at] + data[start:end] + data[at + end - start :]


def _extreme(data: bytes, rng: Random) -> bytes:
    """Numbers at places where a format has some: near the beginning more often than elsewhere."""
    out = bytearray(data.ljust(8, b"\0"))
    for _ in range(rng.choice((1, 3, 10))):
        at = rng.randrange(min(len(out), rng.choice((512, 4096, len(out)))) - 3) & ~rng.choice((0, 1, 3))
        struct.pack_into(rng.choice("<>") + "I", out, at, rng.choice(_EXTREMES))
    return bytes(out)


def _cut_off(data: bytes, rng: Random) -> bytes:
    return data[: rng.randrange(1, len(data) + 1)]


def _spliced(data: bytes, other: bytes, rng: Random) -> bytes:
    """The beginning of one file and the end of another."""
    return _cut_off(data, rng) + other[rng.randrange(len(other)) :]


def _swapped(data: bytes, rng: Random) -> bytes:
    """Words or signs of a text in each other's places, or one of them many times."""
    tokens = _some(_TOKEN, data, rng)
    if len(tokens) < 2:
        return _flipped(data, rng)
    for _ in range(rng.choice((1, 3))):
        one, other = rng.choice(tokens), rng.choice(tokens)
        data = data[: one.start()] + other[0] * rng.choice((1, 1, 2, 1000)) + data[one.end() :]
    return data


def _renumbered(data: bytes, rng: Random) -> bytes:
    numbers = _some(_DIGITS, data, rng)
    for found in sorted(rng.sample(numbers, min(len(numbers), 3)), key=lambda match: -match.start()):
        data = data[: found.start()] + rng.choice(_NUMBERS) + data[found.end() :]
    return data


def _some(pattern: re.Pattern[bytes], data: bytes, rng: Random) -> list[re.Match[bytes]]:
    start = rng.randrange(max(len(data) - 20_000, 1))
    return list(pattern.finditer(data, start, start + 20_000))


def _repacked(data: bytes, rng: Random) -> bytes:
    """A package in which one member is spoilt, and the sums are right."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {info.filename: archive.read(info) for info in archive.infolist() if info.file_size < 4 << 20}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
        return _flipped(data, rng)
    full = [name for name, content in members.items() if content]
    if full:
        name = rng.choice(full)
        members[name] = rng.choice((_swapped, _renumbered, *_WAYS))(members[name], rng)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


_WAYS: tuple[Callable[[bytes, Random], bytes], ...] = (
    _flipped,
    _without_block,
    _block_twice,
    _block_zero,
    _block_moved,
    _extreme,
    _cut_off,
)


def _unpacked(data: bytes) -> bytes:
    """A PDF with its streams unpacked; nothing when that makes it too large or cannot be done."""
    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pdf.save(
                out,
                stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
                compress_streams=False,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
            )
    except (pikepdf.PdfError, pikepdf.PasswordError, RuntimeError):
        return b""
    return out.getvalue() if out.tell() <= 4 * _LARGEST else b""
