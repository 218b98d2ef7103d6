"""Spreadsheets: what is found of the old XLS, how long it takes beside bare calamine, and what damage does to both.

    .venv/bin/python benchmarks/reading/sheets.py quality          syllables against the transcripts
    .venv/bin/python benchmarks/reading/sheets.py speed            every workbook of the samples, a million cells too
    .venv/bin/python benchmarks/reading/sheets.py damage [FILES]   damaged at random: answered, or the process gone

calamine is only measured against; the product does not use it (needs `pip install python-calamine`).
"""

from __future__ import annotations

import csv
import os
import random
import re
import resource
import signal
import statistics
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / ".." / "shared" / "samples"
sys.path.insert(0, str(ROOT))

from archive.readers.limits import ReadingLimits  # noqa: E402
from archive.readers.table import read  # noqa: E402
from archive.records import ReadingState  # noqa: E402

_SYLLABLE = re.compile(r"[^\W\d_]+")
_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_ABORTS = "goc_xa.xlsx"  # ends the process of whoever lays out its grid
_MEGABYTE = 1024 * 1024


def syllables(text: str) -> Counter[str]:
    return Counter(_SYLLABLE.findall(unicodedata.normalize("NFC", text).lower()))


def quality() -> None:
    """Recall and precision of syllables, case ignored, as SOURCE.md of the samples says."""
    legacy = SAMPLES / "legacy"
    found = []
    for row in csv.DictReader((legacy / "manifest.csv").open(encoding="utf-8")):
        if not row["file"].endswith(".xls"):
            continue
        ours = syllables(read(legacy / row["file"], ReadingLimits()).text)
        truth = syllables((legacy / row["transcript"]).read_text(encoding="utf-8"))
        both = (ours & truth).total()
        found.append((both / max(1, truth.total()), both / max(1, ours.total())))
        print(f"{Path(row['file']).name[:44]:44} {row['encoding']:10} {found[-1][0]:.4f} {found[-1][1]:.4f}")
    recall, precision = zip(*found, strict=True)
    print(
        f"{len(found)} files: recall {statistics.mean(recall):.4f}, precision {statistics.mean(precision):.4f},",
        end=" ",
    )
    print(f"worst {min(recall):.4f} and {min(precision):.4f}")


def by_calamine(path: Path) -> None:
    import python_calamine

    workbook = python_calamine.CalamineWorkbook.from_path(str(path))
    for name in workbook.sheet_names:
        try:
            workbook.get_sheet_by_name(name).to_python()
        except python_calamine.CalamineError:
            continue


def by_us(path: Path) -> None:
    if read(path, ReadingLimits(seconds=10)).state is not ReadingState.READ:
        raise ValueError(path.name)


def in_a_child(work: Callable[[Path], None], path: Path) -> tuple[str, float, int]:
    """(how it ended, processor seconds, peak MB) of one file in a process of its own, as the sandbox would limit it."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        resource.setrlimit(resource.RLIMIT_AS, (2048 * _MEGABYTE, 2048 * _MEGABYTE))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.setitimer(signal.ITIMER_REAL, 30)
        try:
            work(path)
        except MemoryError:
            os._exit(3)
        except Exception:
            os._exit(1)
        except BaseException:  # a panic of Rust is no Exception
            os._exit(2)
        os._exit(0)
    _, status, usage = os.wait4(child, 0)
    if os.WIFSIGNALED(status):
        ended = f"signal {os.WTERMSIG(status)}"
    else:
        ended = {0: "read", 1: "refused", 2: "panic"}.get(os.WEXITSTATUS(status), "memory")
    return ended, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def speed() -> None:
    """Milliseconds in one warm process (best of three); the big ones in a process of their own, with their memory."""
    paths = [path for path in sorted(SAMPLES.rglob("*")) if path.suffix in _WORKBOOKS and path.name != _ABORTS]
    big = [path for path in paths if path.name == "muoi_van_dong.xlsx"]
    total = [0.0, 0.0]
    print(f"{'':44} {'ours':>8} {'calamine':>8}  ms")
    for path in (path for path in paths if path not in big):
        times = []
        for work in (by_us, by_calamine):
            try:
                times.append(min(_once(work, path) for _ in range(3)))
            except Exception:
                times.append(float("nan"))
        if all(each == each for each in times):
            total = [total[0] + times[0], total[1] + times[1]]
        print(f"{path.name[:44]:44} {times[0]:8.1f} {times[1]:8.1f}")
    print(f"{'all that both read':44} {total[0]:8.1f} {total[1]:8.1f}")
    for path in big:
        for name, work in (("ours", by_us), ("calamine", by_calamine)):
            ended, seconds, memory = in_a_child(work, path)
            print(f"{path.name}, a million cells, {name}: {ended}, {seconds:.1f} CPU s, {memory} MB at most")


def _once(work: Callable[[Path], None], path: Path) -> float:
    start = time.perf_counter()
    work(path)
    return (time.perf_counter() - start) * 1000


def damage(count: int) -> None:
    """The same damaged files for both; a signal or a panic costs the worker, not only the document."""
    import python_calamine  # noqa: F401  so that the children need not load it

    paths = [*sorted((SAMPLES / "legacy" / "files").glob("*.xls")), *sorted((SAMPLES / "formats").glob("*.xls*"))]
    paths += sorted((SAMPLES / "formats").glob("*.ods"))
    paths = [path for path in paths if path.name not in (_ABORTS, "muoi_van_dong.xlsx")]
    chance = random.Random(2021)
    ends: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(count):
            source = chance.choice(paths)
            path = Path(folder, f"damaged{source.suffix}")
            path.write_bytes(_damaged(source.read_bytes(), chance))
            for name, work in (("ours", by_us), ("calamine", by_calamine)):
                ends.setdefault(f"{source.suffix} {name}", Counter())[in_a_child(work, path)[0]] += 1
    for name, counts in sorted(ends.items()):
        print(f"{name:16}", ", ".join(f"{end} {number}" for end, number in counts.most_common()))


def _damaged(data: bytes, chance: random.Random) -> bytes:
    content = bytearray(data)
    for _ in range(chance.choice((1, 2, 5, 20, 100))):
        at, length = chance.randrange(len(content)), chance.randrange(1, 9)
        content[at : at + length] = bytes(chance.choice((0, 255, chance.randrange(256))) for _ in range(length))
    return bytes(content[: chance.randrange(len(content))] if chance.random() < 0.1 else content)


def main() -> None:
    what = sys.argv[1] if len(sys.argv) > 1 else ""
    if what in ("", "quality"):
        quality()
    if what in ("", "speed"):
        speed()
    if what in ("", "damage"):
        damage(int(sys.argv[2]) if len(sys.argv) > 2 else 1000)


if __name__ == "__main__":
    main()
