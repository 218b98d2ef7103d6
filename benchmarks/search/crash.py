"""Writers killed (SIGKILL) at any moment of their commits: whatever was acknowledged must be there afterwards.

.venv/bin/python -m benchmarks.search.crash [ROUNDS]
"""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from archive.search.table import ENGINES, open_index

WRITER = """
import sys
from pathlib import Path
from archive.search.table import open_index
from benchmarks.search import corpus

folder, engine, at = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
seed = corpus.texts()
index = open_index(folder, engine)
print("ready", flush=True)
while True:
    index.upsert(corpus.document(seed, each) for each in range(at, at + 3))
    index.upsert([corpus.document(seed, at // 2)])
    index.commit()
    for each in range(at, at + 3):
        print(each, flush=True)
    at += 3
"""


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    random = Random(1)
    for engine in ENGINES:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / "index"
            acknowledged: set[str] = set()
            bad = 0
            for _ in range(rounds):
                acknowledged |= killed(folder, engine, len(acknowledged), random.uniform(0.05, 2.5))
                index = open_index(folder, engine)
                state = index.check()
                held = set(index.documents()) if state == "ok" else set()
                bad += state not in ("ok", "missing") or not acknowledged <= held
                index.close()
            segments = open_index(folder, engine).stats()["segments"]
        print(f"{engine}: {rounds} kills, {len(acknowledged)} documents acknowledged, {bad} rounds bad, {segments=}")


def killed(folder: Path, engine: str, at: int, after: float) -> set[str]:
    """The documents that a writer acknowledged before it was killed, so many seconds after its start."""
    command = [sys.executable, "-W", "ignore", "-c", WRITER, str(folder), engine, str(at)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(after)
        writer.send_signal(signal.SIGKILL)
        told = writer.stdout.read()
    return {f"d-{int(line):06}" for line in told.split("\n")[:-1]}


if __name__ == "__main__":
    main()
