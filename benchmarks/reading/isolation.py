"""What reading in processes of their own costs: each file, a crash, a time-out, the start, the memory.

.venv/bin/python benchmarks/reading/isolation.py
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from archive.readers import table
from archive.readers.limits import ReadingLimits
from archive.readers.sandbox import Job, Sandbox

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "formats"
SMALL = (
    "mau.docx", "mau.pdf", "mau.rtf", "mau.odt", "mau.doc", "unicode16.txt", "la_html.doc", "diem.xlsx", "date.ods",
    "gui_bao_cao.eml", "ten_viet.zip", "any_sheets.xls", "moi_phan.docx", "footnotes.docx",
)  # fmt: skip
ROUNDS = 20
LIMITS = ReadingLimits()
SHORT = replace(LIMITS, seconds=2.0, cpu_seconds=2)

# --- jobs, done in workers -------------------------------------------------------------------------------------------


def nothing(path: Path, limits: ReadingLimits) -> None:
    """The way there and back."""


def busy(path: Path, limits: ReadingLimits) -> None:
    """A file that takes a twentieth of a second."""
    ends = time.process_time() + 0.05
    while time.process_time() < ends:
        pass


def crash(path: Path, limits: ReadingLimits) -> None:
    """A file that kills its reader."""
    os.kill(os.getpid(), signal.SIGSEGV)


def hang(path: Path, limits: ReadingLimits) -> None:
    """A file without end."""
    while True:
        pass


def eat(path: Path, limits: ReadingLimits) -> None:
    """A file that takes all memory there is."""
    held = []
    while True:
        held.append(bytearray(16 << 20))


# --- measuring -------------------------------------------------------------------------------------------------------


def seconds(do: Callable[[], Any]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def run(sandbox: Sandbox, works: Sequence[Callable[..., Any]], path: Path) -> None:
    for _done in sandbox.run(Job(f"{number}", path, work) for number, work in enumerate(works)):
        pass


@contextmanager
def warm(limits: ReadingLimits, workers: int, path: Path) -> Iterator[Sandbox]:
    """A sandbox all of whose workers have started."""
    with Sandbox(limits, workers) as sandbox:
        run(sandbox, [busy] * workers * 2, path)
        yield sandbox


def cold_start(path: Path) -> None:
    def first() -> None:
        with Sandbox(LIMITS, 2) as sandbox:
            run(sandbox, [nothing], path)

    def in_one_that_runs() -> float:
        with warm(LIMITS, 1, path), Sandbox(LIMITS, 1) as other:
            return seconds(lambda: run(other, [nothing], path))

    print(f"start to the first answer, then end: {median(seconds(first) for _ in range(3)):.2f} s")
    print(
        f"start of another worker while the server runs: {median(in_one_that_runs() for _ in range(3)) * 1000:.0f} ms"
    )


def per_file(files: Sequence[Path]) -> None:
    paths = [(f"{number} {path.name}", path) for number in range(ROUNDS) for path in files]
    for path in files:
        table.read(path, LIMITS)  # what is imported only when needed
    here = seconds(lambda: [table.read(path, LIMITS) for _name, path in paths]) / len(paths)
    print(f"{len(files)} small files, {ROUNDS} times: in this process {here * 1000:.2f} ms a file")
    for workers in (1, 2):
        with warm(LIMITS, workers, files[0]) as sandbox:
            dict(sandbox.read_many(paths[: 4 * len(files)]))
            there = seconds(lambda box=sandbox: dict(box.read_many(paths))) / len(paths)  # type: ignore[misc]
        print(f"  {workers} worker(s): {there * 1000:.2f} ms a file, {(there - here) * 1000:+.2f} ms")
    with warm(LIMITS, 1, files[0]) as sandbox:
        bare = seconds(lambda: run(sandbox, [nothing] * 500, files[0])) / 500
    print(f"  a job that does nothing: {bare * 1000:.2f} ms, a new worker every 50 jobs included")


def trouble(path: Path) -> None:
    """What one bad file costs by itself, and its forty neighbours of 50 ms each."""
    with warm(SHORT, 2, path) as sandbox:
        good = median(seconds(lambda: run(sandbox, [busy] * 40, path)) for _ in range(3))
    print(f"40 good files of 50 ms of work on 2 workers: {good:.2f} s; limits: 2 s, 2 GiB")
    for what, work in (("a crash", crash), ("a time-out", hang), ("out of memory", eat)):
        with warm(SHORT, 2, path) as sandbox:
            alone = median(seconds(lambda box=sandbox, bad=work: run(box, [bad], path)) for _ in range(3))  # type: ignore[misc]
            among = [*[busy] * 20, work, *[busy] * 20]
            delay = median(seconds(lambda box=sandbox, some=among: run(box, some, path)) for _ in range(3)) - good  # type: ignore[misc]
        print(f"{what}: {alone:.2f} s by itself with its other try; {delay:+.2f} s for all 41")


def memory(files: Sequence[Path]) -> None:
    """Megabytes of what is there besides the service, as /proc tells: resident, and its share of what is shared."""
    paths = [(f"{number} {path.name}", path) for number in range(10) for path in files]
    for what, readings in (("started", []), (f"after {len(paths)} files", paths)):
        with warm(LIMITS, 2, files[0]) as sandbox:
            dict(sandbox.read_many(readings))
            shown = [
                f"{kind} {_megabytes(pid, 'Rss'):.0f} ({_megabytes(pid, 'Pss'):.0f})" for kind, pid in _processes()
            ]
        print(f"memory in MB, resident (and shared fairly), {what}: {', '.join(shown)}")


def _processes() -> list[tuple[str, int]]:
    """The fork server and its workers."""
    found = []
    for server in _children(os.getpid()):
        if b"forkserver" in Path(f"/proc/{server}/cmdline").read_bytes():
            found += [("server", server), *(("worker", pid) for pid in _children(server))]
    return found


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


def _megabytes(pid: int, what: str) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{what}:")) / 1024


def main() -> None:
    """Print all of it."""
    import isolation  # workers find the jobs by the name of this module, which is not __main__ there

    files = [SAMPLES / name for name in SMALL]
    with TemporaryDirectory() as folder:
        path = Path(folder, "file")
        path.write_bytes(b"x")
        isolation.cold_start(path)
        isolation.per_file(files)
        isolation.trouble(path)
        isolation.memory(files)


if __name__ == "__main__":
    main()
