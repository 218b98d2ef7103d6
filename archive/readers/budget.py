"""The time one document has, kept by the kernel: an alarm that native code in an endless loop cannot miss.

Only a worker sets the alarm (`armed`); its default action ends the process, which the sandbox answers with
"reader-timeout". Outside a worker, in tests say, nothing but the clock of `left` runs.
"""

from __future__ import annotations

import resource
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from archive.readers.limits import ReadingLimits

TIME_SIGNALS = (signal.SIGALRM, signal.SIGXCPU)


class TooSlow(Exception):
    """A step that may be left out took longer than its share."""


@dataclass(slots=True)
class _Clock:
    ends: float = float("inf")
    alarm: bool = False


_clock = _Clock()


@contextmanager
def armed(limits: ReadingLimits) -> Iterator[None]:
    """The kernel ends this process when the document in hand takes longer than it may."""
    _clock.alarm = True
    _grant(limits.seconds, limits.cpu_seconds)
    try:
        yield
    finally:
        _clock.alarm = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        _cpu_limit(resource.RLIM_INFINITY)


def begin(limits: ReadingLimits) -> None:
    """Start the clock for a document; the worker's alarm, if any, is already set."""
    _clock.ends = time.monotonic() + limits.seconds


def extend(limits: ReadingLimits, pages: int) -> None:
    """More time for a document of many pages."""
    more = limits.seconds_per_page * min(pages, limits.pages)
    _clock.ends += more
    if _clock.alarm:
        _grant(max(_clock.ends - time.monotonic(), 0.001), limits.cpu_seconds + more)


def left() -> float:
    """Seconds of wall time that remain; readers stop between pages while some are left to answer in."""
    return _clock.ends - time.monotonic()


def _grant(seconds: float, cpu_seconds: float) -> None:
    signal.setitimer(signal.ITIMER_REAL, seconds)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _cpu_limit(int(usage.ru_utime + usage.ru_stime + cpu_seconds) + 1)


def _cpu_limit(soft: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard != resource.RLIM_INFINITY:
        soft = hard if soft == resource.RLIM_INFINITY else min(soft, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Processor time for a step in pure Python that may be left out; raises `TooSlow` when it is used up."""

    def stop(signum: int, frame: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
