"""How fast both engines index and answer, on as many documents as are named, in one run.

.venv/bin/python -m benchmarks.search.speed [--engines whoosh,tantivy] [--documents 6000] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from archive.search.ports import Index, IndexedDocument
from archive.search.query import Query, parse
from archive.search.table import open_index, rebuild
from benchmarks.search import corpus

ROUNDS = 40  # queries of each sort


def queries(sort: str, random: Random) -> Query:
    """A query of a sort, made of words that stand next to each other in some text of the corpus."""
    words = _words(random)
    at = random.randrange(len(words) - 4)
    two, three, four = (" ".join(words[at : at + size]) for size in (2, 3, 4))
    match sort:
        case "common word":
            return parse(random.choice(["và", "của", "quy", "định", "công", "nhà", "có", "được", "pháp", "luật"]))
        case "words":
            return parse(random.choice((two, three)))
        case "words apart":
            return parse(f"{words[at]} {random.choice(_words(random))}")
        case "phrase":
            return parse(f'"{random.choice((two, three))}"')
        case "no accents":
            return parse(corpus.plain(random.choice((two, three))))
        case "prefix":
            return parse(f"{words[at][:3]}* {words[at + 1]}")
        case "filter":
            unit, year = random.choice(corpus.UNITS), random.choice((2018, 2019, 2020))
            return parse(two, year=year, unit=random.choice((unit, None)), kind=random.choice(list(corpus.KINDS)))
        case "by date":
            return parse(two, sort="date")
        case "number":
            return parse(f"{random.randrange(1, 700)}-{random.choice(list(corpus.KINDS.values()))[0]}/ĐU")
        case _:
            return parse(f"{four} {words[(at + 9) % len(words)]}")


SORTS = [
    "common word",
    "words",
    "words apart",
    "phrase",
    "no accents",
    "prefix",
    "filter",
    "by date",
    "number",
    "many words",
]
_TEXTS: list[list[str]] = []


def _words(random: Random) -> list[str]:
    if not _TEXTS:
        _TEXTS.extend(" ".join(text).split() for text in corpus.texts())
    words = random.choice(_TEXTS)
    start = random.randrange(max(1, len(words) - 30))
    return [word.strip('.,;:()"“”-') or "và" for word in words[start : start + 30]]


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--engines", default="whoosh,tantivy")
    options.add_argument("--documents", type=int, default=6000)
    options.add_argument("--keep", type=Path)
    told = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        for engine in told.engines.split(","):
            folder = (told.keep or Path(scratch)) / f"{engine}-{told.documents}"
            if not folder.exists():
                build(folder, engine, told.documents)
            index = open_index(folder, engine)
            answer(index, engine, told.documents)
            index.close()


def build(folder: Path, engine: str, count: int) -> None:
    """Index all documents in batch, and say how fast, how large and with how much memory."""
    size = own = 0
    making = 0.0

    def documents() -> Iterator[IndexedDocument]:
        nonlocal size, making, own
        began = time.process_time()
        for number, document in enumerate(corpus.documents(count)):
            size += sum(len(page.encode()) for page in document.pages)
            own = max(own, memory_of_its_own()) if number % 500 == 0 else own
            making += time.process_time() - began
            yield document
            began = time.process_time()

    wall, cpu = time.perf_counter(), time.process_time()
    rebuild(folder, documents(), engine)
    wall, cpu = time.perf_counter() - wall - making, time.process_time() - cpu - making
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{engine}, {count} documents of {size / count:.0f} bytes: {count / wall:.0f} documents/s wall, "
        f"{count / cpu:.0f} documents/s CPU, {disk / size:.2f} bytes on disk per byte, {memory} MB at most, "
        f"{own} without files that are mapped"
    )


def memory_of_its_own() -> int:
    """Megabytes of this process now, without files that are mapped into it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("RssAnon:")[1].split()[0]) // 1024


def answer(index: Index, engine: str, count: int) -> None:
    """Ask queries of each sort, with facets and ten snippets each."""
    began = time.perf_counter()
    index.search(parse("mở"))
    print(f"{engine}, {count} documents: opened in {1000 * (time.perf_counter() - began):.0f} ms, {index.stats()}")
    print(f"| {engine}, {count} | CPU ms p50 | p95 | p99 | wall ms p50 | p95 | p99 | hits p50 |\n{'|---' * 8}|")
    everything: list[tuple[float, float]] = []
    for sort in SORTS:
        random = Random(sort)
        asked = [queries(sort, random) for _ in range(ROUNDS)]
        for query in asked[:3]:
            index.search(query)
        taken, totals = zip(*(timed(lambda query=query: index.search(query).total) for query in asked), strict=True)
        everything += taken
        print(f"| {sort} | {figures(taken)} | {sorted(totals)[len(totals) // 2]} |")
    print(f"| all | {figures(everything)} | |")


def timed(work: Callable[[], int]) -> tuple[tuple[float, float], int]:
    """CPU and wall milliseconds of some work, and what came out."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    return (1000 * (time.process_time() - cpu), 1000 * (time.perf_counter() - wall)), found


def figures(taken: list[tuple[float, float]] | tuple[tuple[float, float], ...]) -> str:
    """p50, p95 and p99 of CPU and of wall time, as cells."""
    cells = []
    for which in (0, 1):
        values = sorted(each[which] for each in taken)
        cells += [f"{values[min(len(values) - 1, int(len(values) * share))]:.1f}" for share in (0.5, 0.95, 0.99)]
    return " | ".join(cells)


if __name__ == "__main__":
    main()
