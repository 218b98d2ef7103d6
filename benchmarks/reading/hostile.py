"""The long run of hostile files: seeded damage to real files through the workers, with what came of it.

    .venv/bin/python benchmarks/reading/hostile.py [COUNT=100000] [SEED=1] [FOLDER]

Files that crashed their reader, ran out of time or memory, or that a reader stumbled over are kept in FOLDER. The tests
run the first 500 of each of four seeds, and the files made by hand, on each change.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from archive.readers import table
from archive.readers.limits import ReadingLimits
from archive.readers.sandbox import Failed, Job, Sandbox
from archive.records import Reading
from tests.archive.readers.hostile_mutations import mutations, sources

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
LIMITS = ReadingLimits(seconds=10, cpu_seconds=10, seconds_per_page=0.01, memory_mb=1536)
BATCH = 500
WORDS = ("reader-crashed", "reader-timeout", "reader-memory", "reader-failed")


def timed(path: Path, limits: ReadingLimits) -> tuple[Reading, float, int]:
    """In a worker: a reading, the seconds it took, and the most memory that the worker ever had, in kilobytes."""
    began = time.monotonic()
    reading = table.read(path, limits)
    return reading, time.monotonic() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


class Run:
    """What came of the files so far."""

    def __init__(self, keep: Path | None) -> None:
        self.keep = keep
        self.states: Counter[str] = Counter()
        self.formats: Counter[str] = Counter()
        self.bad: list[tuple[str, str]] = []
        self.slowest: list[tuple[float, str]] = []
        self.largest = (0, "")
        self.done = 0

    def batch(self, sandbox: Sandbox, files: list[tuple[str, bytes]], folder: Path) -> None:
        """Read some files."""
        import hostile  # a worker finds `timed` by the name of this module, which is not __main__ there

        jobs = []
        for number, (name, data) in enumerate(files):
            (folder / str(number)).write_bytes(data)
            jobs.append(Job(name, folder / str(number), hostile.timed))
        contents = dict(files)
        for name, done in sandbox.run(jobs):
            self.done += 1
            if isinstance(done, Failed):
                self.states[done.code] += 1
                self._note(name, done.code, contents[name])
                continue
            reading, seconds, peak = done
            self.states[str(reading.state)] += 1
            self.formats[reading.format] += 1
            self.slowest = sorted([*self.slowest, (seconds, name)], reverse=True)[:10]
            self.largest = max(self.largest, (peak, name))
            for code, words in reading.warnings:
                if code in WORDS:
                    self._note(name, f"{code}: {words}", contents[name])
            if reading.state != "read" and not reading.warnings:
                self._note(name, "no warning", contents[name])

    def _note(self, name: str, what: str, data: bytes) -> None:
        self.bad.append((name, what))
        print(f"  {name}: {what}", flush=True)
        if self.keep:
            (self.keep / name).write_bytes(data)

    def show(self, seconds: float) -> None:
        """Print the summary."""
        print(f"\n{self.done} files in {seconds:.0f} s, {self.done / seconds:.0f} a second")
        print("states:", dict(self.states.most_common()))
        print("formats:", dict(self.formats.most_common()))
        print(f"crashed, out of time or memory, stumbled over, unanswered: {len(self.bad)}")
        print("slowest:", ", ".join(f"{seconds:.1f} s {name}" for seconds, name in self.slowest))
        print(f"most memory of a worker: {self.largest[0] / 1024:.0f} MB, after {self.largest[1]}")
        print(f"memory of this process at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def batches(count: int, seed: int) -> Iterator[list[tuple[str, bytes]]]:
    files = mutations(sources(SAMPLES), seed, count)
    while some := list(islice(files, BATCH)):
        yield some


def main() -> None:
    """Read COUNT spoilt files."""
    given = [*sys.argv[1:], *("100000", "1", "")[len(sys.argv) - 1 :]]
    count, seed, keep = int(given[0]), int(given[1]), Path(given[2]) if given[2] else None
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
    run, began = Run(keep), time.monotonic()
    with TemporaryDirectory() as folder, Sandbox(LIMITS, workers=2) as sandbox:
        for files in batches(count, seed):
            run.batch(sandbox, files, Path(folder))
            print(
                f"{run.done} of {count}, {time.monotonic() - began:.0f} s: {dict(run.states.most_common())}", flush=True
            )
    run.show(time.monotonic() - began)


if __name__ == "__main__":
    main()
