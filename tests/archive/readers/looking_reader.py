"""Readers that tell what their worker is like; imported there by name, so this module imports next to nothing."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from archive.readers.limits import ReadingLimits
from archive.records import Page, Reading, ReadingState

_TELLING = ("django", "whoosh", "click", "pytest", "archive.readers.table")


def modules(path: Path, limits: ReadingLimits) -> Reading:
    """Which of the telling modules the worker has imported."""
    found = " ".join(name for name in _TELLING if name in sys.modules)
    return Reading("txt", ReadingState.READ, pages=(Page(found),))


def hang_and_tell(path: Path, limits: ReadingLimits) -> Reading:
    """Write the worker's number to a FIFO, then hang with the FIFO open."""
    with path.open("w") as fifo:
        fifo.write(f"{os.getpid()}\n")
        fifo.flush()
        while True:
            time.sleep(60)
