"""Readers at work in processes of their own, with limits of memory and time.

A document that crashes its reader, hangs it or eats its memory is answered with a warning; nothing else suffers. Since
a worker does one job after the other, a crash may be the late effect of an earlier one: the job is done once more,
alone in a fresh worker, and blamed only when that crashes too.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, TypeVar

from pebble import ProcessExpired, ProcessPool

from archive.errors import DependencyMissing
from archive.i18n import gettext as _
from archive.readers import budget, outcome, sniff, table
from archive.readers.limits import ReadingLimits
from archive.readers.workers import Bounds, Context, confine, server
from archive.records import Reading

T = TypeVar("T")

_TASKS_PER_WORKER = 50
_AHEAD = 3  # jobs on their way for each worker, so that none waits for the caller
_PAGE_BYTES = 1024  # fewer bytes than any page of a real PDF: for the outer time limit
_STARTS = 3  # tries to start a worker at all
_GRACE = 15.0  # seconds for a worker to start, over the alarm that it sets itself


@dataclass(frozen=True, slots=True)
class Job(Generic[T]):
    """Something to do with one file. `work` is called in a worker, so it must be importable there: a function of a
    module, or a functools.partial of one; what it returns must be picklable. `key` is the caller's."""

    key: str
    path: Path
    work: Callable[[Path, ReadingLimits], T]


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a job gave nothing: a code as in Reading.warnings, and a sentence."""

    code: str
    words: str


class _Again(Enum):
    """The job deserves another try."""

    AGAIN = 0


class _NoWorkerError(Exception):
    """No worker came to take the job."""


class Sandbox:
    """Does jobs in `workers` processes. Use it as a context manager: on leaving, all its processes are gone.

    `language` is that of the warnings; the workers give way to other processes by `niceness`, and write files of
    `writes_mb` at most, none when it is 0. One thread at a time may use it; only `stop` may be called from another."""

    def __init__(
        self, limits: ReadingLimits, workers: int = 2, *, language: str = "vi", niceness: int = 0, writes_mb: int = 0
    ) -> None:
        self._limits = limits
        self._workers = workers
        self._bounds = Bounds(language, niceness, writes_mb)
        self._pool: ProcessPool | None = None
        self._entered = False
        self._stopped: Future[Any] = Future()

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
            server.leave()

    def stop(self) -> None:
        """Let `run` end at once, without what is not done yet, and for good; for another thread than its own."""
        if not self._stopped.done():
            self._stopped.set_result(None)

    def read_many(self, paths: Iterable[tuple[str, Path]]) -> Iterator[tuple[str, Reading]]:
        """The reading of each (key, path), in the order in which they get done. Never raises for a document;
        `DependencyMissing` when no worker can be started."""
        known = dict(paths)
        for key, done in self.run(Job(key, path, table.read) for key, path in known.items()):
            yield key, _unreadable(known[key], done) if isinstance(done, Failed) else done

    def run(self, jobs: Iterable[Job[T]]) -> Iterator[tuple[str, T | Failed]]:
        """What each job gave, by its key, in the order in which they get done; `jobs` are asked for as workers get
        free. Never raises for a job; `DependencyMissing` when no worker can be started."""
        waiting = iter(jobs)
        running: dict[Future[T], Job[T]] = {}
        alone: list[Job[T]] = []
        try:
            while not self._stopped.done():
                for job in islice(waiting, self._workers * _AHEAD - len(running)):
                    running[self._schedule(self._open_pool(), job)] = job
                if not running:
                    break
                ready = self._next_done(running)
                for future in [future for future in running if future in ready]:  # first come, first served
                    job = running.pop(future)
                    done = self._outcome(future)
                    if isinstance(done, _Again):
                        alone.append(job)
                    else:
                        yield job.key, done
            for job in alone:
                last = self._alone(job)
                if isinstance(last, _Again):  # there is no time for it: all is to stop
                    break
                yield job.key, last
        finally:
            for future in running:
                future.cancel()

    def _next_done(self, running: Mapping[Future[T], Job[T]]) -> set[Future[T]]:
        """The futures that are done, none when all is to stop; all of them, done or not, when their pool has come to a
        stop. It may do so without telling: when a worker dies just as it takes a job, pebble forgets about that job."""
        pool = self._open_pool()
        ends = time.monotonic() + _GRACE + max(self._seconds(job) for job in running.values())
        while pool.active and time.monotonic() < ends:
            done = wait([*running, self._stopped], timeout=1, return_when=FIRST_COMPLETED).done
            if done:
                return done - {self._stopped}
        self._drop_pool()
        return set(running)

    def _open_pool(self) -> ProcessPool:
        if not self._entered:
            self._entered = True
            server.enter()
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
            initializer=confine,
            initargs=(self._limits, self._bounds),
            context=Context(),
        )

    def _schedule(self, pool: ProcessPool, job: Job[T]) -> Future[T]:
        try:
            return pool.schedule(_do, args=(job.work, job.path, self._limits), timeout=self._seconds(job))
        except RuntimeError as error:  # the pool has just broken; the job gets its other try
            failed: Future[T] = Future()
            failed.set_exception(BrokenProcessPool(str(error)))
            return failed

    def _seconds(self, job: Job[Any]) -> float:
        """The worker's own alarm is the limit; this is for a worker that vanished, or stopped its clock."""
        pages = min(self._limits.pages, _size(job.path) // _PAGE_BYTES)
        return self._limits.seconds + self._limits.seconds_per_page * pages + _GRACE

    def _outcome(self, future: Future[T], last: bool = False) -> T | Failed | _Again:
        """What the job gave, or what to say in its place."""
        code, words = "reader-crashed", _("the file made the reader crash")
        try:
            if not future.done():
                raise BrokenProcessPool
            return future.result()
        except MemoryError:  # an earlier document may have left the memory in pieces
            code, words = "reader-memory", _("reading the file takes more memory than allowed")
        except ProcessExpired as error:
            if -(error.exitcode or 0) in budget.TIME_SIGNALS:
                return _too_slow()
        except TimeoutError:  # the worker's alarm did not go off: it is gone, or its document stopped the clock
            code, words = "reader-timeout", _too_slow().words
        except (CancelledError, BrokenProcessPool) as error:
            if last:
                raise _NoWorkerError from error
        except OSError:
            return Failed("unreadable", _("the file cannot be opened"))
        except Exception as error:
            words = _("the reader stumbled over the file: {what}").format(what=type(error).__name__)
            return Failed("reader-failed", words)
        return Failed(code, words) if last else _Again.AGAIN

    def _alone(self, job: Job[T]) -> T | Failed | _Again:
        """The last word on a job. When no worker even starts, it is not the job that is at fault."""
        for _attempt in range(_STARTS):
            pool = self._new_pool(1)
            try:
                future = self._schedule(pool, job)
                ends = time.monotonic() + self._seconds(job) + _GRACE
                while pool.active and not (future.done() or self._stopped.done()) and time.monotonic() < ends:
                    wait([future, self._stopped], timeout=1, return_when=FIRST_COMPLETED)
                if self._stopped.done():
                    return _Again.AGAIN
                return self._outcome(future, last=True)
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


def _too_slow() -> Failed:
    return Failed("reader-timeout", _("reading the file takes longer than allowed"))


def _unreadable(path: Path, failed: Failed) -> Reading:
    try:
        form = sniff.sniff(path)
    except OSError:
        form = "unknown"
    return outcome.unreadable(form, failed.code, failed.words)


def _do(work: Callable[[Path, ReadingLimits], T], path: Path, limits: ReadingLimits) -> T:
    """In the worker: one job within its time."""
    with budget.armed(limits):
        budget.begin(limits)
        return work(path, limits)
