"""Scanned pages read by OCR, behind everything else: filed and answered first, read later.

A page takes seconds where a Word file takes a hundredth of one. So the pages have workers of their own, which give way
to all other work, and a thread that carries pages to them and back; the main thread, the only one that sees the
database, says in passing which pages wait and saves what was found. Nothing is lost when it ends at any moment: which
pages wait is a query, and a page that was not saved is asked for again.
"""

from __future__ import annotations

import math
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from contextvars import copy_context
from dataclasses import replace
from functools import partial
from itertools import chain

from archive import catalogue
from archive.config import Config
from archive.readers.limits import ReadingLimits
from archive.readers.ocr import ocr
from archive.readers.ocr.scans import completed
from archive.readers.sandbox import Failed, Job, Sandbox
from archive.readers.table import READER_VERSION
from archive.records import Page, ReadingState
from archive.store import BlobStore

# read_page(path, limits, form=, number=) reads page `number` (from 1) of a file of the format `form`.
ReadPage = Callable[..., Page]

NICENESS = 10
IDLE_SECONDS = 30.0  # after which the workers end and give their memory back
_AHEAD = 8  # pages for each worker that it need not wait for; few, for a new document's first page comes after them
# The limit is of processor time. By the clock a page may take longer, for its worker gives way to all others.
_PATIENCE = 4.0


class _EndedError(Exception):
    """The carrier has come to an end, with all that it had."""

    def __init__(self, why: BaseException) -> None:
        super().__init__()
        self.why = why


class Scans:
    """The pages that wait for OCR, and the workers that read them. `read` counts pages that were done with, `failed`
    documents in which nothing could be read; `read_page` must be importable in a worker."""

    def __init__(self, config: Config, store: BlobStore, read_page: ReadPage | None = None) -> None:
        self.read = 0
        self.failed = 0
        self._read_page = read_page or ocr.read_page
        self._path = store.path
        self._ahead = _AHEAD * config.workers
        self._carrier = _Carrier(partial(_sandbox, config))
        self._out: dict[str, catalogue.Scan] = {}  # the pages that the carrier has, by the keys of their jobs
        self._tried: set[str] = set()
        self._ended: set[str] | None = None  # blobs of which a page was done with; None: any, since a crash may be past

    @property
    def busy(self) -> bool:
        """Whether pages are being read. Each of them gets done: its time is limited."""
        return bool(self._out)

    def step(self, wait: float = 0.0) -> bool:
        """Save what was found and hand on what waits; True while pages are left, or what follows from them. Waits at
        most so many seconds for the next page. Raises DependencyMissing when no worker can be started; all pages are
        asked for again at the next step."""
        before = self.read
        try:
            for key, found in self._carrier.found(wait if self._out else 0.0):
                self._keep(key, found)
        except _EndedError as ended:
            self._out.clear()
            raise ended.why from None
        finally:
            self._complete()
        self._hand_on()
        return bool(self._out) or self.read != before

    def close(self) -> None:
        """End the workers at once."""
        self._carrier.stop()
        self._out.clear()

    def _hand_on(self) -> None:
        if len(self._out) * 2 <= self._ahead:
            for scan in catalogue.scans_to_read(READER_VERSION, self._ahead):
                key = f"{scan.sha256} {scan.page}"
                if key not in self._out and len(self._out) < self._ahead:
                    self._out[key] = scan
                    work = partial(self._read_page, form=scan.format, number=scan.page)
                    self._carrier.want(Job(key, self._path(scan.sha256), work))
        if self._out:
            self._carrier.start()

    def _keep(self, key: str, found: Page | Failed) -> None:
        """A page that took too long gets another try, since the machine may have been busy: the sandbox has tried all
        else that may pass by itself."""
        scan = self._out.pop(key)  # first: what cannot be saved now is asked for again
        if isinstance(found, Failed) and found.code == "reader-timeout" and key not in self._tried:
            self._tried.add(key)
            return
        self._tried.discard(key)
        catalogue.save_scan(scan.sha256, scan.page, found.code if isinstance(found, Failed) else found)
        self.read += 1
        if self._ended is not None:
            self._ended.add(scan.sha256)

    def _complete(self) -> None:
        """Put the pages of a document into its reading when the last one is done with."""
        for sha256 in catalogue.scans_done(READER_VERSION, self._ended):
            waiting = catalogue.reading(sha256)
            if waiting:
                whole = completed(waiting, *catalogue.scans_of(sha256))
                catalogue.save_readings([(sha256, whole)], READER_VERSION)
                self.failed += whole.state is ReadingState.UNREADABLE
        self._ended = set()


class _Carrier:
    """A thread that has a sandbox for as long as there are pages; several threads after one another, when they are few
    and far between."""

    def __init__(self, make: Callable[[], Sandbox]) -> None:
        self._make = make
        self._wanted: queue.Queue[Job[Page] | None] = queue.Queue()
        self._done: queue.Queue[tuple[str, Page | Failed] | BaseException] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._sandbox = make()

    def want(self, job: Job[Page]) -> None:
        """Have a page read; see `start`."""
        self._wanted.put(job)

    def start(self) -> None:
        """Get to work on what is wanted; called again and again, as a thread may just have ended for want of work."""
        if self._thread is None or not self._thread.is_alive():
            self._sandbox = self._make()
            in_this_language = copy_context()
            self._thread = threading.Thread(target=in_this_language.run, args=(self._work,), name="ocr", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the thread and its workers, whatever they are at."""
        if self._thread is not None:
            self._sandbox.stop()
            self._wanted.put(None)
            self._thread.join()
            self._thread = None

    def found(self, wait: float) -> Iterator[tuple[str, Page | Failed]]:
        """What has been read so far, after waiting so many seconds for the first of it. Raises
        `_EndedError` when the thread has broken down; nothing is wanted any longer then."""
        with suppress(queue.Empty):
            found = self._done.get(timeout=wait) if wait > 0 else self._done.get_nowait()
            while True:
                if isinstance(found, BaseException):
                    self._forget()
                    raise _EndedError(found)
                yield found
                found = self._done.get_nowait()

    def _forget(self) -> None:
        if self._thread is not None:
            self._thread.join()
        for waiting in (self._wanted, self._done):
            with suppress(queue.Empty):
                while True:
                    waiting.get_nowait()

    def _work(self) -> None:
        try:
            with self._sandbox as sandbox:
                while job := self._next():
                    for done in sandbox.run(chain([job], self._at_hand())):
                        self._done.put(done)
        except BaseException as error:  # it is the main thread's to tell
            self._done.put(error)

    def _next(self) -> Job[Page] | None:
        """The next page; None when none has come for a while, or all is to end."""
        try:
            return self._wanted.get(timeout=IDLE_SECONDS)
        except queue.Empty:
            return None

    def _at_hand(self) -> Iterator[Job[Page]]:
        with suppress(queue.Empty):
            while job := self._wanted.get_nowait():
                yield job
            self._wanted.put(None)  # all is to end: `_next` must see it, too


def _sandbox(config: Config) -> Sandbox:
    limits = page_limits(config.reading)
    return Sandbox(limits, config.workers, language=config.language, niceness=NICENESS)


def page_limits(limits: ReadingLimits) -> ReadingLimits:
    """The limits for one page by OCR."""
    seconds = limits.ocr_seconds
    return replace(limits, seconds=seconds * _PATIENCE, cpu_seconds=math.ceil(seconds), seconds_per_page=0.0)
