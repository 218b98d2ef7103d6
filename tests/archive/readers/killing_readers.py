"""Readers that do what hostile documents make real ones do. The document's text says which.

They run in workers of the sandbox, which import this module by its name.
"""

from __future__ import annotations

import ctypes
import os
import signal
from pathlib import Path

from archive.readers.limits import ReadingLimits
from archive.records import Page, Reading, ReadingState, Source


def obey(path: Path, limits: ReadingLimits) -> Reading:
    """Crash, hang, eat memory, write a file, or read in peace."""
    order = path.read_text()
    if order == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if order == "abort":
        os.abort()
    if order == "vanish":
        os._exit(0)
    if order == "hang":
        while True:
            pass
    if order == "hang outside Python":
        ctypes.CDLL(None).pause()
    if order == "eat":
        held = []
        while True:
            held.append(bytearray(16 * 1024 * 1024))
    if order == "fail":
        raise ValueError("a defect")
    if order == "write":
        return _reading(_try_to_write(path))
    if order == "poison" and (flag := path.with_suffix(".once")).exists():
        # Only a worker that read another document before fails here: the neighbour is to blame.
        return _reading("read alone") if str(os.getpid()) not in flag.read_text() else os.abort()
    return _reading(order)


def _try_to_write(path: Path) -> str:
    try:
        path.with_suffix(".written").write_text("something")
    except OSError as error:
        return type(error).__name__
    return "written"


def _reading(text: str) -> Reading:
    return Reading("txt", ReadingState.READ, pages=(Page(text), Page(str(os.getpid()))))


def refuse_to_start(limits: ReadingLimits, bounds: object) -> None:
    """A worker that never gets ready."""
    os._exit(3)


# --- jobs that are no readers ----------------------------------------------------------------------------------------


def nth_word(path: Path, limits: ReadingLimits, *, number: int) -> str:
    """One word of a text."""
    return path.read_text().split()[number]


def niceness(path: Path, limits: ReadingLimits) -> int:
    """How far the worker gives way to others."""
    return os.nice(0)


def write(path: Path, limits: ReadingLimits, *, size: int) -> None:
    """Write so many bytes beside the file."""
    path.with_suffix(".written").write_bytes(bytes(size))


def scanned(path: Path, limits: ReadingLimits) -> Reading:
    """A reader for which each line of a file is a page that waits for OCR."""
    pages = tuple(Page("") for _line in path.read_text().splitlines())
    warnings = (("needs-ocr", "pictures"),)
    return Reading("png", ReadingState.NOT_YET, pages=pages, warnings=warnings, scans=tuple(range(1, len(pages) + 1)))


def obey_page(path: Path, limits: ReadingLimits, *, form: str, number: int) -> Page:
    """OCR of such a page: what the line says is done or "read"; "/" parts lines of the text."""
    order = path.read_text().splitlines()[number - 1]
    if order == "blank":
        return Page("", Source.OCR, None)
    if order == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if order == "fail":
        raise ValueError(form)
    while order == "hang":
        pass
    return Page(order.replace("/", "\n"), Source.OCR, 0.8)
