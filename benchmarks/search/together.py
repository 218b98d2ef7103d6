"""Many searchers at once, and how soon a document that is added is found.

.venv/bin/python -m benchmarks.search.together FOLDER ENGINE [--searchers 50] [--processes 2] [--add]
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from threading import Barrier

from archive.search.query import parse
from archive.search.table import open_index
from benchmarks.search import corpus, speed

EACH = 8  # queries that each searcher asks, one after the other


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path)
    options.add_argument("engine")
    options.add_argument("--searchers", type=int, default=50)
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--add", action="store_true", help="adds documents to the index: name a copy")
    told = options.parse_args()
    if told.add:
        add(told.folder, told.engine)
        return
    share = told.searchers // told.processes
    with ProcessPoolExecutor(told.processes) as processes:
        work = partial(searchers, told.folder, told.engine, share)
        taken = sorted(each for part in processes.map(work, range(told.processes)) for each in part)
    print(f"{told.engine}, {share * told.processes} searchers in {told.processes} processes, wall: {shares(taken)}")


def searchers(folder: Path, engine: str, count: int, process: int) -> list[float]:
    """The milliseconds that each query took with so many threads asking at once."""
    index = open_index(folder, engine)
    index.search(parse("mở"))
    start = Barrier(count, action=_forget_the_corpus)

    def searcher(number: int) -> list[float]:
        random = Random(1000 * process + number)
        queries = [speed.queries(random.choice(speed.SORTS), random) for _ in range(EACH)]
        start.wait()
        taken = []
        for query in queries:
            began = time.perf_counter()
            index.search(query)
            taken.append(1000 * (time.perf_counter() - began))
        return taken

    with ThreadPoolExecutor(count) as threads:
        return [each for part in threads.map(searcher, range(count)) for each in part]


def _forget_the_corpus() -> None:
    """What queries are made of is no part of a service: else walking through it, when Python collects garbage, would
    hold up all searchers for a fifth of a second."""
    speed._TEXTS.clear()
    gc.collect()


def add(folder: Path, engine: str, rounds: int = 30) -> None:
    """One document a commit, until another opening of the index finds it."""
    seed = corpus.texts()
    writer, reader = open_index(folder, engine), open_index(folder, engine)
    reader.search(parse("mở"))
    taken = []
    for at in range(rounds):
        document = replace(corpus.document(seed, 10_000_000 + at), title=f"tìmthấy{at}")
        began = time.perf_counter()
        writer.upsert([document])
        writer.commit()
        assert reader.search(parse(f"tìmthấy{at}")).total == 1
        taken.append(1000 * (time.perf_counter() - began))
    print(f"{engine}, one document added and found, wall: {shares(sorted(taken))}")


def shares(taken: list[float]) -> str:
    """p50, p95 and most, in milliseconds."""
    return f"p50 {statistics.median(taken):.0f} ms, p95 {taken[int(len(taken) * 0.95)]:.0f} ms, most {taken[-1]:.0f} ms"


if __name__ == "__main__":
    main()
