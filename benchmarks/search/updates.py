"""Whether old segments go away: documents replaced over and over, for each engine.

.venv/bin/python -m benchmarks.search.updates [--engines whoosh,tantivy] [--documents 2000] [--updates 10000]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from random import Random

from archive.search.table import open_index, rebuild
from benchmarks.search import corpus

TOGETHER = 40  # documents of one commit


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--engines", default="whoosh,tantivy")
    options.add_argument("--documents", type=int, default=2000)
    options.add_argument("--updates", type=int, default=10_000)
    told = options.parse_args()
    for engine in told.engines.split(","):
        with tempfile.TemporaryDirectory() as scratch:
            update(Path(scratch) / "index", engine, told.documents, told.updates)


def update(folder: Path, engine: str, count: int, updates: int) -> None:
    """Replace documents at random, each by another version of it."""
    random, seed = Random(1), corpus.texts()
    rebuild(folder, corpus.documents(count), engine)
    index = open_index(folder, engine)
    sizes, segments, taken = [size_of(folder)], [0], [0.0]
    for done in range(0, updates, TOGETHER):
        numbers = random.sample(range(count), TOGETHER)
        index.upsert(
            replace(corpus.document(seed, count + done + at), id=corpus.document(seed, number).id)
            for at, number in enumerate(numbers)
        )
        began = time.perf_counter()
        index.commit()
        taken.append(time.perf_counter() - began)
        sizes.append(size_of(folder))
        segments.append(int(index.stats()["segments"]))
    documents = index.stats()["documents"]
    assert documents == count, f"{documents} documents of {count}"
    print(
        f"{engine}, {count} documents, {updates} replaced: {sizes[0]:.1f} MB at first, {max(sizes):.1f} at most, "
        f"{sizes[-1]:.1f} at the end; {max(segments)} segments at most; longest commit {max(taken):.1f} s"
    )


def size_of(folder: Path) -> float:
    """Megabytes in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


if __name__ == "__main__":
    main()
