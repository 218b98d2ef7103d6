"""What a pass over the inbox, and a run until it is idle, came to."""

from __future__ import annotations

from dataclasses import dataclass, field

from archive.records import Outcome, Receipt
from inbox.scan import NotTaken
from inbox.settle import Waiting


@dataclass(slots=True)
class PassResult:
    """One pass. `waiting` names files that are not taken yet and why, those already claimed too; `not_taken` what is
    never opened; `ignored_old` files of the ignore list that have lain there for more than a day. `more`: the pass
    ended before everything that is ready was taken. `away` says why the inbox or the catalogue cannot be reached, or is
    empty. `due` is when the next file may be ready, on the monotonic clock of the inbox."""

    receipts: list[Receipt] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    not_taken: list[NotTaken] = field(default_factory=list)
    ignored_old: list[bytes] = field(default_factory=list)
    more: bool = False
    away: str = ""
    due: float | None = None

    @property
    def filed(self) -> int:
        """How many deliveries were filed."""
        return self._count(Outcome.FILED)

    @property
    def duplicates(self) -> int:
        """How many deliveries were already held for their unit."""
        return self._count(Outcome.DUPLICATE)

    @property
    def quarantined(self) -> int:
        """How many deliveries were set aside; their bytes are archived."""
        return self._count(Outcome.QUARANTINED)

    def _count(self, outcome: Outcome) -> int:
        return sum(receipt.outcome is outcome for receipt in self.receipts)

    def wait_until(self, due: float) -> None:
        """Note when something may be ready; the earliest holds."""
        self.due = due if self.due is None else min(self.due, due)


@dataclass(slots=True)
class IdleResult:
    """A run until nothing was left to do. `last` is its last pass; `stuck` what did not move any more; `left`: reading
    or indexing was not done either."""

    filed: int = 0
    duplicates: int = 0
    quarantined: int = 0
    last: PassResult = field(default_factory=PassResult)
    stuck: list[Waiting] = field(default_factory=list)
    left: bool = False

    def add(self, result: PassResult) -> None:
        """Count one more pass."""
        self.filed += result.filed
        self.duplicates += result.duplicates
        self.quarantined += result.quarantined
        self.last = result
