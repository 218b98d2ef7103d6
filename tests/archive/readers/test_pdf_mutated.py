"""Broken PDFs of every sort: one of the states, never an error out of the reader."""

from __future__ import annotations

import random
from pathlib import Path

from archive.readers.limits import ReadingLimits
from archive.readers.sandbox import Sandbox
from archive.records import ReadingState

ORIGINALS = (
    "minimal-signed-twice-no-sig-type", "FormTestFromOo", "commented", "testPDF_multiFormatEmbFiles", "testPDF_rotated",
    "noembed-identity-2", "mau", "r6-empty-password",
)  # fmt: skip
COUNT = 120
_WORDS = (b"<<", b">>", b"[", b"]", b" 0 R", b"/Kids", b"/Length 0", b"999999999", b"endobj", b"stream\n", b"-1")


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Bytes changed, words of the format put in, a stretch taken out or doubled, or the end cut off."""
    broken = bytearray(data)
    for _ in range(chance.choice((1, 3, 12))):
        if len(broken) < 64:
            break
        at, length = chance.randrange(len(broken)), chance.randrange(1, 60)
        match chance.randrange(5):
            case 0:
                broken[at] = chance.randrange(256)
            case 1:
                word = chance.choice(_WORDS)
                broken[at : at + len(word)] = word
            case 2:
                del broken[at : at + length]
            case 3:
                broken[at:at] = broken[at : at + length]
            case _:
                del broken[max(at, len(broken) // 2) :]
    return bytes(broken)


def test_every_mutation_is_answered(samples: Path, tmp_path: Path) -> None:
    originals = [(samples / "formats" / f"{name}.pdf").read_bytes() for name in ORIGINALS]
    chance = random.Random(11)
    paths = []
    for number in range(COUNT):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(b"%PDF-1.4\n" + mutated(originals[number % len(originals)], chance))
        paths.append((path.name, path))
    with Sandbox(ReadingLimits(seconds=4, cpu_seconds=4, memory_mb=1024)) as sandbox:
        read = dict(sandbox.read_many(paths))
    assert len(read) == COUNT
    for name, reading in read.items():
        assert "reader-failed" not in [code for code, _words in reading.warnings], (name, reading.warnings)
        assert reading.state is ReadingState.READ or reading.warnings, name
        assert reading.state is not ReadingState.READ or reading.text.strip(), name
        assert not reading.scans or max(reading.scans) <= len(reading.pages), name
    assert {reading.state for reading in read.values()} >= {ReadingState.READ, ReadingState.UNREADABLE}
