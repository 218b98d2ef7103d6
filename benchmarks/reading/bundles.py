"""How long bundles take to unpack, how much memory that costs, and how soon a bomb is refused.

    .venv/bin/python benchmarks/reading/bundles.py

Text of 3,000 made-up words in megabytes; one bundle of thousands of small files; 3 GiB of zeros. Prints a line each.
"""

from __future__ import annotations

import io
import multiprocessing
import random
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

import py7zr

from archive.readers.bundles.bundles import unpack
from archive.readers.limits import ReadingLimits
from archive.readers.spool import Allowance

MEGABYTE = 1 << 20
LIMITS = ReadingLimits()


def texts(count: int) -> Iterator[bytes]:
    """Megabytes of words."""
    chance = random.Random(1)
    words = [bytes(chance.randrange(97, 123) for _ in range(chance.randrange(2, 8))) for _ in range(3000)]
    some = [b" ".join(chance.choices(words, k=230_000))[:MEGABYTE] for _ in range(8)]
    return (some[number % 8] for number in range(count))


def text_zip(folder: Path) -> None:
    with zipfile.ZipFile(folder / "300 MB of text.zip", "w", zipfile.ZIP_DEFLATED) as bundle:
        for number, text in enumerate(texts(300)):
            bundle.writestr(f"{number}.txt", text)


def text_7z(folder: Path) -> None:
    with py7zr.SevenZipFile(folder / "300 MB of text.7z", "w") as bundle:
        for number, text in enumerate(texts(300)):
            bundle.writef(io.BytesIO(text), f"{number}.txt")


def many_files(folder: Path) -> None:
    with zipfile.ZipFile(folder / "5,000 files.zip", "w") as bundle:
        for number in range(5000):
            bundle.writestr(f"{number}.txt", str(number))


def zeros(folder: Path) -> None:
    path = folder / "3 GiB of zeros.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle, bundle.open("0", "w", force_zip64=True) as file:
        for _megabyte in range(3072):
            file.write(bytes(MEGABYTE))


MAKERS = (text_zip, text_7z, many_files, zeros)


def report(path: Path, into: Path) -> None:
    """Unpack one bundle, in a child, and print what that took."""
    size = min(LIMITS.bundle_mb * MEGABYTE, LIMITS.bundle_ratio * path.stat().st_size)
    began = time.perf_counter()
    done = unpack(path, LIMITS, into=into, allowance=Allowance(size, LIMITS.bundle_members))
    seconds = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{path.name:20} {path.stat().st_size / MEGABYTE:7.1f} MB  {len(done.members):5} taken {done.missing:2} left  "
        f"{seconds:5.2f} s  {memory:5.0f} MiB",
        flush=True,
    )


def main() -> None:
    """Make each bundle and unpack it in a fresh process, whose memory is then its own."""
    with tempfile.TemporaryDirectory() as name:
        for make in MAKERS:
            maker = spawn(make, Path(name))
            maker.join()
        for path in sorted(Path(name).iterdir()):
            into = path.with_name(f"{path.name}.spool")
            into.mkdir()
            spawn(report, path, into).join()


def spawn(work: Callable[..., None], *arguments: Path) -> BaseProcess:
    """A process of its own at work."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=arguments)
    process.start()
    return process


if __name__ == "__main__":
    main()
