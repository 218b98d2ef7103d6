"""One pass over the claims there are: taking in what was just claimed and recovering from a crash are the same thing.

Units take turns, and a pass ends when its time is over, so that neither one unit's thousands nor the backlog of the day
hold up a file that another unit has just dropped: the next pass begins with a fresh look.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar

from archive.records import Unit
from inbox.book import Book, Memory, claim_key
from inbox.descriptors import Stamp
from inbox.intake import GROUP, Desk, take_in
from inbox.meta import Claim
from inbox.scan import NotTaken
from inbox.settle import Look
from inbox.words import Why

Item = TypeVar("Item")


def in_turns(queues: Iterable[Iterable[Item]]) -> Iterator[Item]:
    """One from each queue, and again, until all are empty."""
    waiting = deque(iter(queue) for queue in queues)
    while waiting:
        queue = waiting.popleft()
        for item in islice(queue, 1):
            yield item
            waiting.append(queue)


class Round:
    """One pass over the claims; `inbox` is the open folder, None while it is away. `over()` is asked between groups
    whether to end now. `left_in_place` are the files in the inbox that have a claim already."""

    def __init__(
        self, desk: Desk, book: Book, units: Mapping[str, Unit], inbox: int | None, over: Callable[[], bool]
    ) -> None:
        self.desk = desk
        self.units = units
        self.over = over
        self.left_in_place: dict[bytes, Stamp] = {}
        self._book = book
        self._memory: Memory = book.memory
        self._inbox = inbox

    def claims(self) -> None:
        """Carry every claim one step on, wherever a crash, a full disk or a busy file left it."""
        try:
            pending, strangers = self.desk.area.pending(), self.desk.area.strangers()
        except OSError as error:
            self._book.failed(claim_key(""), b"claim", error)
            return
        self._memory.claims = {key: claim for key, claim in self._memory.claims.items() if key in pending}
        self._book.result.not_taken += [NotTaken(b"claim/" + name, "unknown-entry") for name in strangers]
        fresh: dict[str | None, list[Claim]] = {}
        alone: list[Claim] = []
        for claim in self._loaded(pending):
            if claim.in_place and claim.stamp:
                self.left_in_place[claim.path] = claim.stamp
            if self._unready(claim):
                continue
            if self._memory.retries.trouble(claim_key(claim.intake_id)):
                alone.append(claim)  # whatever fails about it must not fail its neighbours again
            else:
                fresh.setdefault(claim.unit, []).append(claim)
        self._take_in_groups(list(in_turns(fresh.values())), GROUP)
        self._take_in_groups(alone, 1)

    def _loaded(self, pending: Iterable[str]) -> Iterator[Claim]:
        known = self._memory.claims
        for intake_id in pending:
            self._book.keys.add(claim_key(intake_id))
            try:
                claim = known.get(intake_id) or self.desk.area.load(intake_id, self._book.moment.today)
            except OSError as error:
                self._book.failed(claim_key(intake_id), b"claim/" + intake_id.encode("ascii"), error)
                continue
            if claim is None:
                self.desk.area.drop(intake_id)
                continue
            known[intake_id] = claim
            yield claim

    def _unready(self, claim: Claim) -> bool:
        """Whether a claim needs no taking in: it is recorded already, or must wait."""
        key = claim_key(claim.intake_id)
        if self._memory.retries.blocked(key, self._book.moment.now):
            self._book.waits_for_retry(key, claim.path)
            return True
        try:
            recorded = self.desk.ledger.receipt(claim.intake_id)
        except Exception as error:  # a locked database most often: not now
            self._book.failed(key, claim.path, error)
            return True
        if recorded:
            self._finish(claim)
            return True
        if not self.units:
            self._book.waits(claim.path, "no-campaign", claim.seen_at)
        return not self.units

    def _finish(self, claim: Claim) -> None:
        try:
            self.desk.area.finish(claim, self._inbox)
            self._forget(claim)
        except OSError as error:
            self._book.failed(claim_key(claim.intake_id), claim.path, error, "not-removed")

    def _take_in_groups(self, claims: list[Claim], size: int) -> None:
        for start in range(0, len(claims), size):
            if self.over():
                self._book.result.more = True
                for claim in claims[start:]:
                    self._book.waits(claim.path, "settling", claim.seen_at)
                return
            group = claims[start : start + size]
            try:
                self.desk.area.make_durable(group, self._inbox)
            except OSError as error:
                for claim in group:
                    self._book.failed(claim_key(claim.intake_id), claim.path, error)
                continue
            self.take_in(group)

    def take_in(self, claims: list[Claim]) -> None:
        """Take in a few claims at once, and note what became of each."""
        taken = take_in(self.desk, claims, self.units, self._rests, self._book.moment.today, self._inbox)
        self._book.result.receipts += taken.receipts
        recorded = {receipt.intake_id for receipt in taken.receipts}
        unfinished = {claim.intake_id for claim, _error in taken.failed}
        for claim in claims:
            if claim.intake_id in recorded - unfinished:
                self._forget(claim)
        for claim, error in taken.failed:
            if isinstance(error, FileNotFoundError) and not self.desk.area.holds_file(claim.intake_id):
                self._let_go(claim)  # the file is gone: withdrawn from the inbox, or taken away by the administrator
            else:
                why: Why = "not-removed" if claim.intake_id in recorded else "retry"
                self._book.failed(claim_key(claim.intake_id), claim.path, error, why)
        for claim in taken.held:
            self._hold(claim)
        for claim in taken.no_files:
            self._put_back(claim)

    def _rests(self, claim: Claim, handle: int) -> Look:
        """The second test: the file has not changed since it was settled, and nobody has it open for writing. One that
        did change has to settle anew, here in the claim area where nothing of it can be lost."""
        stamp = Stamp.of(os.fstat(handle))
        if claim.stamp and stamp.same_bytes(claim.stamp):
            return Look.WAIT if self._memory.busy(handle) else Look.WHOLE
        if claim.in_place or not self._memory.settler.seen(
            claim_key(claim.intake_id), stamp, self._book.moment.now, self._book.moment.today
        ):
            return Look.WAIT
        return self._memory.settler.test(claim_key(claim.intake_id), handle, self._book.moment.now)

    def _hold(self, claim: Claim) -> None:
        if claim.in_place:  # it never left the inbox, and is settled there again
            self._let_go(claim)
            return
        key = claim_key(claim.intake_id)
        self._book.keys.add(key)
        if self._memory.settler.knows(key):
            self._book.waits_to_settle(key, claim.path, "held")
        else:
            self._book.waits(claim.path, "open", claim.seen_at)

    def _put_back(self, claim: Claim) -> None:
        try:
            if self._inbox is not None and not claim.in_place:
                self.desk.area.put_back(claim, self._inbox)
            self._let_go(claim)
        except OSError as error:
            self._book.failed(claim_key(claim.intake_id), claim.path, error)

    def _let_go(self, claim: Claim) -> None:
        self.desk.area.drop(claim.intake_id)
        self._forget(claim)

    def _forget(self, claim: Claim) -> None:
        self._memory.retries.succeeded(claim_key(claim.intake_id))
        self._memory.settler.forget(claim_key(claim.intake_id))
        self._memory.claims.pop(claim.intake_id, None)
