"""Is a file whole? SEEN -> STABLE of design.md 5.

No single sign is enough: a copy over the network that stalls is as still as one that is done, a program may hold a file
open for hours, and a copy that was cut off is both still and closed. So three signs together: the same stamp in two
looks at least `settle` seconds apart, nobody writing, and a format that closes. All times are of a monotonic clock that
the caller reads; clocks of clients and times in files count for nothing.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from inbox.descriptors import Stamp, written_elsewhere
from inbox.words import Why

LONGEST_DELAY = 60.0  # between two tests of a file that lies still and does not close
LONGEST_OPEN_DELAY = 10.0  # and of one that a program holds open: it may be closed any moment

log = logging.getLogger("hoso.inbox")

Closes = Callable[[int], bool]


class Look(Enum):
    """What a look at a file came to."""

    WAIT = "wait"
    WHOLE = "whole"
    AS_IT_IS = "as-it-is"  # does not close, and has had time enough


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that is not taken yet: since when, why (a code of `inbox.words`), and what the system said of it."""

    path: bytes
    why: Why
    since: datetime
    detail: str = ""


@dataclass(slots=True)
class _Watched:
    stamp: Stamp
    still_since: float
    since: datetime
    why: Why = "settling"
    test_at: float = 0.0
    delay: float = 0.0


class Settler:
    """Remembers how long each file has been still. Keys are paths, or whatever names a file to the caller.

    `settle` and `incomplete_after` are seconds; `closes(fd)` tells whether the format of a file closes; `busy(fd)`
    whether somebody has it open for writing."""

    def __init__(
        self,
        settle: float,
        incomplete_after: float,
        closes: Closes,
        busy: Callable[[int], bool] = written_elsewhere,
    ) -> None:
        self.settle = settle
        self.incomplete_after = incomplete_after
        self._closes = closes
        self._busy = busy
        self._watched: dict[bytes, _Watched] = {}
        self.changes = 0  # counts every new or changed file, so that a caller can tell whether anything moved

    def seen(self, key: bytes, stamp: Stamp, now: float, today: datetime) -> bool:
        """Note what a pass saw. True when the file has been still for long enough to be tested now."""
        watched = self._watched.get(key)
        if watched is None:
            watched = self._watched[key] = _Watched(stamp, now, today, test_at=now + self.settle)
            self.changes += 1
        elif watched.stamp != stamp:
            self._moved(watched, stamp, now)
        return now >= watched.test_at

    def _moved(self, watched: _Watched, stamp: Stamp, now: float) -> None:
        watched.why = "growing" if stamp.inode == watched.stamp.inode else "settling"
        watched.stamp, watched.still_since, watched.delay = stamp, now, 0.0
        watched.test_at = now + self.settle
        self.changes += 1

    def test(self, key: bytes, handle: int, now: float) -> Look:
        """Test a file that `seen` found still, through a descriptor open for reading. Raises OSError."""
        watched = self._watched[key]
        stamp = Stamp.of(os.fstat(handle))
        if stamp != watched.stamp:
            self._moved(watched, stamp, now)
            return Look.WAIT
        if self._busy(handle):
            return self._later(watched, "open", now, LONGEST_OPEN_DELAY)
        # By descriptor, so that the path cannot become a link to something else on the way.
        if stamp.size and self._is_closed(handle):
            return Look.WHOLE
        if now - watched.still_since >= self.incomplete_after:
            return Look.AS_IT_IS
        return self._later(watched, "incomplete" if stamp.size else "empty", now, LONGEST_DELAY)

    def _is_closed(self, handle: int) -> bool:
        try:
            return self._closes(handle)
        except OSError:
            raise
        except Exception:  # our own mistake over odd bytes must not keep a file out of the archive
            log.exception("whether a file closes could not be told; it is taken as whole")
            return True

    def _later(self, watched: _Watched, why: Why, now: float, longest: float) -> Look:
        watched.why = why
        watched.delay = min(max(1.0, watched.delay * 2), longest)
        watched.test_at = now + watched.delay
        if why != "open":  # not a moment after its time is up
            watched.test_at = min(watched.test_at, max(now, watched.still_since + self.incomplete_after))
        return Look.WAIT

    def hurry(self, incomplete_after: float, now: float) -> None:
        """From now on, wait no longer than this for a file to close."""
        self.incomplete_after = incomplete_after
        for watched in self._watched.values():
            watched.test_at = min(watched.test_at, max(now, watched.still_since + max(self.settle, incomplete_after)))

    def keep_only(self, keys: Collection[bytes]) -> None:
        """Forget all files but these: the others are gone."""
        for key in self._watched.keys() - set(keys):
            del self._watched[key]

    def forget(self, key: bytes) -> None:
        """Forget a file that was taken."""
        self._watched.pop(key, None)

    def knows(self, key: bytes) -> bool:
        """Whether this file is being settled."""
        return key in self._watched

    def waiting(self, key: bytes, path: bytes, why: Why | None = None) -> Waiting:
        """What to say of a file that waits; `why` overrides the settler's own reason."""
        watched = self._watched[key]
        return Waiting(path, why or watched.why, watched.since)

    def due(self, key: bytes) -> float:
        """When this file may be ready, on the caller's clock."""
        return self._watched[key].test_at
