"""The hint that something happened in the inbox, so that a file need not wait for the next scan.

watchdog on a local folder sets one flag and nothing else: its events may be lost, doubled or late, and a handler that
raises would end it. On a network folder other computers' changes raise no events; there the scan alone goes round.
"""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path
from typing import Any

from watchdog.events import (
    DirCreatedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from inbox.mounts import mount_of

log = logging.getLogger("hoso.inbox")

# Opening and plain closing are left out: our own scans and tests would set the flag for ever.
_EVENTS: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileClosedEvent,
    DirCreatedEvent,
    DirMovedEvent,
]
_STEP = 0.2  # how soon `wait` notices that it is to stop, in seconds


class Hint:
    """One flag, set from any thread. `quiet` is how long `wait` lets further events gather, in seconds."""

    def __init__(self, quiet: float = 0.5) -> None:
        self._event = threading.Event()
        self._quiet = quiet

    def set(self) -> None:
        """Something happened: look soon."""
        self._event.set()

    def wait(self, timeout: float, stop: threading.Event) -> bool:
        """Wait for the flag, `timeout` seconds or `stop`, whatever comes first; clears the flag and returns whether it
        was set."""
        until = time.monotonic() + timeout
        while not stop.is_set():
            left = until - time.monotonic()
            if self._event.wait(max(0.0, min(_STEP, left))):
                stop.wait(self._quiet)
                break
            if left <= 0:
                break
        was_set = self._event.is_set()
        self._event.clear()
        return was_set


class _SetFlag(FileSystemEventHandler):
    def __init__(self, hint: Hint) -> None:
        self._hint = hint

    def on_any_event(self, _event: FileSystemEvent) -> None:
        self._hint.set()


class OverflowHook(logging.Handler):
    """watchdog tells its log, and nobody else, that the kernel dropped events; any warning of it means: look now."""

    def __init__(self, hint: Hint) -> None:
        super().__init__(logging.WARNING)
        self._hint = hint

    def emit(self, _record: logging.LogRecord) -> None:
        """Set the flag."""
        self._hint.set()


class Watcher:
    """Keeps an observer on the inbox while it can be kept; a context manager. Without one the scan goes on alone."""

    def __init__(self, inbox: Path, hint: Hint) -> None:
        self._inbox = inbox
        self._hint = hint
        self._hook = OverflowHook(hint)
        self._observer: Any = None
        self._watched: tuple[int, int] | None = None

    def __enter__(self) -> Watcher:
        logging.getLogger("watchdog.observers").addHandler(self._hook)
        return self

    def __exit__(self, *_details: object) -> None:
        logging.getLogger("watchdog.observers").removeHandler(self._hook)
        self._stop()

    def follow(self, identity: tuple[int, int] | None) -> None:
        """Watch the folder that is at the inbox's path now: `identity` is its (device, inode), None while it is away.
        A folder that came back is another one, which the old observer knows nothing of."""
        if identity is None or (identity == self._watched and (self._observer is None or self.watching)):
            return
        self._stop()
        self._watched = identity
        mount = mount_of(self._inbox)
        if mount.network:
            log.info("%s is a network folder (%s): looked through regularly, not watched", self._inbox, mount.kind)
            return
        self._start()

    @property
    def watching(self) -> bool:
        """Whether an observer is at work."""
        return self._observer is not None and bool(self._observer.is_alive())

    def _start(self) -> None:
        observer = Observer()
        try:
            observer.schedule(_SetFlag(self._hint), str(self._inbox), recursive=True, event_filter=_EVENTS)
            observer.start()
        except Exception as error:  # the limit of watches, most often; never worth more than a slower answer
            log.warning("%s cannot be watched (%s): it is looked through regularly instead", self._inbox, error)
            return
        self._observer = observer

    def _stop(self) -> None:
        observer, self._observer, self._watched = self._observer, None, None
        if observer is not None:
            observer.stop()
            observer.join()
