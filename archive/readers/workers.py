"""The processes that jobs run in: confined, lean, and gone when the service is gone.

They are forked from a small server that has the readers imported and nothing of Django or Whoosh.
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
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.popen_forkserver import Popen
from types import ModuleType
from typing import Any

from archive.i18n import use_language
from archive.readers.limits import ReadingLimits

_PRELOAD = ["archive.readers.table", "archive.readers.sandbox"]
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Bounds:
    """What binds a worker besides the limits of reading. `language` is that of the words it answers in; `niceness` as
    in nice(1); `writes_mb` is the size that a file it writes may have, 0 = it cannot write files."""

    language: str = "vi"
    niceness: int = 0
    writes_mb: int = 0


# --- in the worker ---------------------------------------------------------------------------------------------------


def confine(limits: ReadingLimits, bounds: Bounds) -> None:
    """Bind this worker: its memory, what it writes, few files to open, no core; it ends when the service does."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # at once, not when Python gets its turn again
    _end_with_the_service()
    if bounds.niceness:
        os.nice(bounds.niceness)
    for what, most in (
        (resource.RLIMIT_AS, limits.memory_mb * 1024 * 1024),
        (resource.RLIMIT_NOFILE, 128),
        (resource.RLIMIT_FSIZE, bounds.writes_mb * 1024 * 1024),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))
    use_language(bounds.language)


def _end_with_the_service() -> None:
    """A killed service ends the fork server, and that this worker; but a worker holds the server's pipe of life, so
    that one in an endless loop would keep both alive."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    server: Any = multiprocessing.forkserver._forkserver
    if server._forkserver_alive_fd is not None:
        os.close(server._forkserver_alive_fd)
        server._forkserver_alive_fd = None


# --- where they come from --------------------------------------------------------------------------------------------


class _LeanPopen(Popen):
    """Starts a worker without importing the parent's main module again: `hoso` and `python -m cli` would bring the
    commands, and a server its whole web framework, into every worker."""

    def _launch(self, process_obj: Any) -> None:
        with server.launching():
            super()._launch(process_obj)  # type: ignore[misc]


class _LeanProcess(ForkServerProcess):
    @staticmethod
    def _Popen(process_obj: Any) -> Popen:
        return _LeanPopen(process_obj)


class Context(ForkServerContext):
    """What a pool starts its workers with."""

    Process = _LeanProcess


class _Server:
    """multiprocessing keeps one fork server for the whole process; it ends when the last sandbox closes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users = 0

    def enter(self) -> None:
        """One more sandbox needs workers."""
        with self._lock:
            self._users += 1
            multiprocessing.get_context("forkserver").set_forkserver_preload(_PRELOAD)

    def leave(self) -> None:
        """One sandbox less."""
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


server = _Server()
