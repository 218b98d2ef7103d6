"""Letting a few through at a time, in the order in which they came."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class Turns:
    """At most so many threads at once; the others wait in line.

    Many searches at the same time take no less work than one after the other, but then each of them ends late and some
    very late. `threading.Semaphore` would let whoever has just had a turn go before those who wait.
    """

    def __init__(self, most: int) -> None:
        self._free = most
        self._line: deque[Lock] = deque()
        self._lock = Lock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, and give it to the next in the line at the end."""
        self._come()
        try:
            yield
        finally:
            self._go()

    def _come(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            mine = Lock()
            mine.acquire()
            self._line.append(mine)
        try:
            mine.acquire()
        except BaseException:  # Ctrl+C while waiting
            self._leave(mine)
            raise

    def _leave(self, mine: Lock) -> None:
        with self._lock:
            if mine in self._line:
                self._line.remove(mine)
                return
        self._go()

    def _go(self) -> None:
        with self._lock:
            if self._line:
                self._line.popleft().release()
            else:
                self._free += 1
