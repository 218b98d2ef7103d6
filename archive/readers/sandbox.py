"""Readers at work in processes of their own, with limits of memory and time.

A document that crashes its reader, hangs it or eats its memory is answered with a warning; nothing else suffers. The
workers are forked from a small server that has the readers imported and nothing of Django or Whoosh. Since a worker
reads one document after the other, a crash may be the late effect of an earlier one: the document is read once more,
alone in a fresh worker, and blamed only when that crashes too.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import multiprocessing.forkserver
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.popen_forkserver import Popen
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any

from pebble import ProcessExpired, ProcessPool

from archive.errors import DependencyMissing
from archive.i18n import gettext as _
from archive.i18n import use_language
from archive.readers import budget, outcome, sniff, table
from archive.readers.limits import ReadingLimits
from archive.records import Reading

Reader = Callable[[Path, ReadingLimits], Reading]

_PRELOAD = ["archive.readers.table", "archive.readers.sandbox"]
_TASKS_PER_WORKER = 50
_AHEAD = 3  # documents on their way for each worker, so that none waits for the caller
_PAGE_BYTES = 1024  # fewer bytes than any page of a real PDF: for the outer time limit
_STARTS = 3  # tries to start a worker at all
_GRACE = 15.0  # seconds for a worker to start, over the alarm that it sets itself
_PR_SET_PDEATHSIG = 1


class _NoWorkerError(Exception):
    """No worker came to take the document."""


class Sandbox:
    """Reads documents in `workers` processes. Use it as a context manager: on leaving, all its processes are gone.

    `reader` runs in the workers and must be importable there; `language` is that of the warnings."""

    def __init__(
        self, limits: ReadingLimits, workers: int = 2, *, reader: Reader = table.read, language: str = "vi"
    ) -> None:
        self._limits = limits
        self._workers = workers
        self._reader = reader
        self._language = language
        self._pool: ProcessPool | None = None
        self._entered = False

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all workers at once."""
        self._drop_pool()
        if self._entered:
            self._entered = False
            _server.leave()

    def read_many(self, paths: Sequence[tuple[str, Path]]) -> Iterator[tuple[str, Reading]]:
        """The reading of each (key, path), in the order in which they get done. Never raises for a document;
        `DependencyMissing` when no worker can be started."""
        waiting = list(reversed(paths))
        running: dict[Future[Reading], tuple[str, Path]] = {}
        alone: list[tuple[str, Path]] = []
        try:
            while waiting or running:
                while waiting and len(running) < self._workers * _AHEAD:
                    item = waiting.pop()
                    running[self._schedule(self._open_pool(), item[1])] = item
                for future in self._next_done(running):
                    key, path = running.pop(future)
                    reading = self._outcome(future, path)
                    if reading is None:
                        alone.append((key, path))
                    else:
                        yield key, reading
            for key, path in alone:
                yield key, self._read_alone(path)
        finally:
            for future in running:
                future.cancel()

    def _next_done(self, running: Mapping[Future[Reading], tuple[str, Path]]) -> set[Future[Reading]]:
        """The futures that are done; all of them, done or not, when their pool has come to a stop. It may do so without
        telling: when a worker dies just as it takes a document, pebble forgets about that document."""
        pool = self._open_pool()
        ends = time.monotonic() + _GRACE + max(self._seconds(path) for _key, path in running.values())
        while pool.active and time.monotonic() < ends:
            done = wait(running, timeout=1, return_when=FIRST_COMPLETED).done
            if done:
                return done
        self._drop_pool()
        return set(running)

    def _open_pool(self) -> ProcessPool:
        if not self._entered:
            self._entered = True
            _server.enter()
        if self._pool is None:
            self._pool = self._new_pool(self._workers)
        return self._pool

    def _drop_pool(self) -> None:
        if self._pool is not None:
            _end(self._pool)
            self._pool = None

    def _new_pool(self, workers: int) -> ProcessPool:
        return ProcessPool(
            max_workers=workers,
            max_tasks=_TASKS_PER_WORKER,
            initializer=_confine,
            initargs=(self._limits, self._language),
            context=_Context(),
        )

    def _schedule(self, pool: ProcessPool, path: Path) -> Future[Reading]:
        try:
            return pool.schedule(_read_one, args=(self._reader, path, self._limits), timeout=self._seconds(path))
        except RuntimeError as error:  # the pool has just broken; the document gets its other try
            failed: Future[Reading] = Future()
            failed.set_exception(BrokenProcessPool(str(error)))
            return failed

    def _seconds(self, path: Path) -> float:
        """The worker's own alarm is the limit; this is for a worker that vanished, or stopped its clock."""
        pages = min(self._limits.pages, _size(path) // _PAGE_BYTES)
        return self._limits.seconds + self._limits.seconds_per_page * pages + _GRACE

    def _outcome(self, future: Future[Reading], path: Path, last: bool = False) -> Reading | None:
        """The reading, or what to say in its place; None when the document deserves another try."""
        code, words = "reader-crashed", _("the file made the reader crash")
        try:
            if not future.done():
                raise BrokenProcessPool
            return future.result()
        except MemoryError:  # an earlier document may have left the memory in pieces
            code, words = "reader-memory", _("reading the file takes more memory than allowed")
        except ProcessExpired as error:
            if -(error.exitcode or 0) in budget.TIME_SIGNALS:
                return _failed(path, *_too_slow())
        except TimeoutError:  # the worker's alarm did not go off: it is gone, or its document stopped the clock
            code, words = _too_slow()
        except (CancelledError, BrokenProcessPool) as error:
            if last:
                raise _NoWorkerError from error
        except OSError:
            return _failed(path, "unreadable", _("the file cannot be opened"))
        except Exception as error:
            words = _("the reader stumbled over the file: {what}").format(what=type(error).__name__)
            return _failed(path, "reader-failed", words)
        return _failed(path, code, words) if last else None

    def _read_alone(self, path: Path) -> Reading:
        """The last word on a document. When no worker even starts, it is not the document that is at fault."""
        for _attempt in range(_STARTS):
            pool = self._new_pool(1)
            try:
                future = self._schedule(pool, path)
                ends = time.monotonic() + self._seconds(path) + _GRACE
                while pool.active and not future.done() and time.monotonic() < ends:
                    wait([future], timeout=1)
                reading = self._outcome(future, path, last=True)
                assert reading is not None
                return reading
            except _NoWorkerError:
                continue
            finally:
                _end(pool)
        raise DependencyMissing(
            _("the processes that read documents cannot be started"),
            _("run `hoso doctor`; check that hoso is installed whole and that there is memory for its workers"),
        )


def _end(pool: Any) -> None:
    pool.stop()
    pool.join()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _too_slow() -> tuple[str, str]:
    return "reader-timeout", _("reading the file takes longer than allowed")


def _failed(path: Path, code: str, words: str) -> Reading:
    try:
        form = sniff.sniff(path)
    except OSError:
        form = "unknown"
    return outcome.unreadable(form, code, words)


# --- in the worker ---------------------------------------------------------------------------------------------------


def _confine(limits: ReadingLimits, language: str) -> None:
    """Bind this worker: its memory, no files to write, few to open, no core; it ends when the service does."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # at once, not when Python gets its turn again
    _end_with_the_service()
    memory = limits.memory_mb * 1024 * 1024
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_NOFILE, 128),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))
    use_language(language)


def _end_with_the_service() -> None:
    """A killed service ends the fork server, and that this worker; but a worker holds the server's pipe of life, so
    that one in an endless loop would keep both alive."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    server: Any = multiprocessing.forkserver._forkserver
    if server._forkserver_alive_fd is not None:
        os.close(server._forkserver_alive_fd)
        server._forkserver_alive_fd = None


def _read_one(reader: Reader, path: Path, limits: ReadingLimits) -> Reading:
    with budget.armed(limits):
        return reader(path, limits)


# --- the server that workers come from -------------------------------------------------------------------------------


class _LeanPopen(Popen):
    """Starts a worker without importing the parent's main module again: `hoso` and `python -m cli` would bring the
    commands, and a server its whole web framework, into every worker."""

    def _launch(self, process_obj: Any) -> None:
        with _server.launching():
            super()._launch(process_obj)  # type: ignore[misc]


class _LeanProcess(ForkServerProcess):
    @staticmethod
    def _Popen(process_obj: Any) -> Popen:
        return _LeanPopen(process_obj)


class _Context(ForkServerContext):
    Process = _LeanProcess


class _Server:
    """multiprocessing keeps one fork server for the whole process; it ends when the last sandbox closes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users = 0

    def enter(self) -> None:
        with self._lock:
            self._users += 1
            multiprocessing.get_context("forkserver").set_forkserver_preload(_PRELOAD)

    def leave(self) -> None:
        with self._lock:
            self._users = max(0, self._users - 1)
            if not self._users:
                multiprocessing.forkserver._forkserver._stop()  # type: ignore[attr-defined]

    @contextmanager
    def launching(self) -> Iterator[None]:
        """An empty main module for as long as a worker is told what to import: there is no public way to say so."""
        with self._lock:
            main = sys.modules["__main__"]
            sys.modules["__main__"] = ModuleType("__main__")
            try:
                yield
            finally:
                sys.modules["__main__"] = main


_server = _Server()
