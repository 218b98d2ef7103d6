"""What failed for a reason outside the file (a full disk, a busy database) is tried again for ever, ever slower."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from archive.errors import in_words
from archive.i18n import gettext as _
from inbox.words import Why

FIRST = 1.0
LONGEST = 300.0
ALARM_AFTER = 900.0

log = logging.getLogger("hoso.inbox")


@dataclass(slots=True)
class Trouble:
    """Something that fails: since when (on the clock, and for people), why (a code of `inbox.words`), what the system
    said last, how long it waits now and when it is tried again."""

    since: float
    since_moment: datetime
    why: Why = "retry"
    reason: str = ""
    delay: float = 0.0
    again_at: float = 0.0
    alarmed: bool = False


class Retries:
    """When each thing that failed may be tried again. Times are seconds of the caller's monotonic clock."""

    def __init__(self, first: float = FIRST, longest: float = LONGEST, alarm_after: float = ALARM_AFTER) -> None:
        self._first = first
        self._longest = longest
        self._alarm_after = alarm_after
        self._troubles: dict[bytes, Trouble] = {}

    def failed(
        self, key: bytes, error: Exception, why: Why, now: float, today: datetime, path: bytes | None = None
    ) -> None:
        """Note a failure; the wait doubles each time. After the alarm time it is logged as a warning, once. `path` is
        how people know what has `key`."""
        name = (path or key).decode("utf-8", "backslashreplace").lstrip("\0")
        trouble = self._troubles.get(key)
        if trouble is None:
            trouble = self._troubles[key] = Trouble(now, today)
            log.info(_("%s is tried again until it succeeds: %s"), name, in_words(error))
        trouble.why = why
        trouble.reason = in_words(error)
        trouble.delay = min(max(self._first, trouble.delay * 2), self._longest)
        trouble.again_at = now + trouble.delay
        if not trouble.alarmed and now - trouble.since >= self._alarm_after:
            trouble.alarmed = True
            minutes = (now - trouble.since) // 60
            log.warning(_("%s has not succeeded for %d minutes: %s"), name, minutes, trouble.reason)

    def succeeded(self, key: bytes) -> None:
        """It worked, or there is nothing left to try."""
        self._troubles.pop(key, None)

    def blocked(self, key: bytes, now: float) -> bool:
        """Whether it is too early to try again."""
        trouble = self._troubles.get(key)
        return trouble is not None and now < trouble.again_at

    def trouble(self, key: bytes) -> Trouble | None:
        """What is wrong with it; None when nothing is."""
        return self._troubles.get(key)

    def keep_only(self, keys: set[bytes]) -> None:
        """Forget all but these: the others are gone."""
        for key in self._troubles.keys() - keys:
            del self._troubles[key]
