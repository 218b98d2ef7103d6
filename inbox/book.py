"""What a pass notes down as it goes: what waits, why, and until when; and what is remembered from pass to pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from inbox.meta import Claim
from inbox.results import PassResult
from inbox.retry import Retries
from inbox.settle import Settler, Waiting
from inbox.words import Why


@dataclass(slots=True)
class Memory:
    """What is remembered from pass to pass; losing it costs time, never a file. `busy(fd)`: is it being written?"""

    settler: Settler
    busy: Callable[[int], bool]
    retries: Retries = field(default_factory=Retries)
    claims: dict[str, Claim] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Moment:
    """When a pass begins: on the monotonic clock, and for people."""

    now: float
    today: datetime


def claim_key(intake_id: str) -> bytes:
    """What a claim is remembered by: no path holds a zero byte."""
    return b"\0" + intake_id.encode("ascii")


class Book:
    """The notes of one pass. `keys` are all files and claims that are still there: the others are forgotten."""

    def __init__(self, memory: Memory, moment: Moment) -> None:
        self.memory = memory
        self.moment = moment
        self.result = PassResult()
        self.keys: set[bytes] = set()

    def waits(self, path: bytes, why: Why, since: datetime) -> None:
        """It waits for something outside, with nothing to be tried before that."""
        self.result.waiting.append(Waiting(path, why, since))

    def waits_to_settle(self, key: bytes, path: bytes, why: Why | None = None) -> None:
        """It is being settled; `why` overrides the settler's own reason."""
        self.result.waiting.append(self.memory.settler.waiting(key, path, why))
        self.result.wait_until(self.memory.settler.due(key))

    def failed(self, key: bytes, path: bytes, error: Exception, why: Why = "retry") -> None:
        """It failed for a reason outside the file, and is tried again for ever."""
        self.memory.retries.failed(key, error, why, self.moment.now, self.moment.today, path)
        self.waits_for_retry(key, path)

    def waits_for_retry(self, key: bytes, path: bytes) -> None:
        """It failed before, and it is too early to try again."""
        self.keys.add(key)
        trouble = self.memory.retries.trouble(key)
        if trouble:
            self.result.waiting.append(Waiting(path, trouble.why, trouble.since_moment, trouble.reason))
            self.result.wait_until(trouble.again_at)

    def forget_what_is_gone(self) -> None:
        """Only after a whole look at claims and inbox."""
        self.memory.settler.keep_only(self.keys)
        self.memory.retries.keep_only(self.keys)
