"""One pass: first the claims there are (recovery is nothing else), then what lies in the inbox and has settled.

Units take turns, and a pass ends after `seconds`, so that neither one unit's thousands nor the backlog of the day hold
up a file that another unit has just dropped: the next pass begins with a fresh look.
"""

from __future__ import annotations

import errno
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TypeVar

from archive.records import Unit
from inbox.claim import Wanted
from inbox.descriptors import NotAFile, Stamp, folder_of, opened
from inbox.folders import place
from inbox.intake import GROUP, Desk, take_in
from inbox.meta import Claim
from inbox.results import PassResult
from inbox.retry import Retries
from inbox.scan import Found, NotTaken, Scan
from inbox.settle import Look, Settler, Waiting
from inbox.words import Why

OLD = 86_400.0  # for how many seconds an ignored file is passed over in silence

Item = TypeVar("Item")


@dataclass(slots=True)
class Memory:
    """What is remembered from pass to pass; losing it costs time, never a file. `busy(fd)`: is it being written?"""

    settler: Settler
    busy: Callable[[int], bool]
    retries: Retries = field(default_factory=Retries)
    claims: dict[str, Claim] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Moment:
    """When a pass begins: on the monotonic clock, and for people. `until`: when it is to end, on the former."""

    now: float
    today: datetime
    until: float


def in_turns(queues: Iterable[Iterable[Item]]) -> Iterator[Item]:
    """One from each queue, and again, until all are empty."""
    waiting = deque(iter(queue) for queue in queues)
    while waiting:
        queue = waiting.popleft()
        for item in islice(queue, 1):
            yield item
            waiting.append(queue)


class Round:
    """One pass over the claims and, where `inbox` (an open folder) is given, over the files that `seen` lists.

    `over()` is asked between groups whether to end now."""

    def __init__(
        self,
        desk: Desk,
        memory: Memory,
        units: Mapping[str, Unit],
        inbox: int | None,
        moment: Moment,
        over: Callable[[], bool],
    ) -> None:
        self.result = PassResult()
        self._desk = desk
        self._memory = memory
        self._settler = memory.settler
        self._retries = memory.retries
        self._units = units
        self._inbox = inbox
        self._moment = moment
        self._over = over
        self._keys: set[bytes] = set()
        self._left_in_place: dict[bytes, Stamp] = {}

    # --- claims ------------------------------------------------------------------------------------------------------

    def claims(self) -> None:
        """Carry every claim one step on, wherever a crash, a full disk or a busy file left it."""
        try:
            pending, strangers = self._desk.area.pending(), self._desk.area.strangers()
        except OSError as error:
            self._failed(_key(""), b"claim", error)
            return
        self._memory.claims = {key: claim for key, claim in self._memory.claims.items() if key in pending}
        self.result.not_taken += [NotTaken(b"claim/" + name, "unknown-entry") for name in strangers]
        fresh: dict[str | None, list[Claim]] = {}
        alone: list[Claim] = []
        for claim in self._loaded(pending):
            if claim.in_place and claim.stamp:
                self._left_in_place[claim.path] = claim.stamp
            if self._unready(claim):
                continue
            if self._retries.trouble(_key(claim.intake_id)):
                alone.append(claim)  # whatever fails about it must not fail its neighbours again
            else:
                fresh.setdefault(claim.unit, []).append(claim)
        self._take_in_groups(list(in_turns(fresh.values())), GROUP)
        self._take_in_groups(alone, 1)

    def _loaded(self, pending: Iterable[str]) -> Iterator[Claim]:
        known = self._memory.claims
        for intake_id in pending:
            self._keys.add(_key(intake_id))
            try:
                claim = known.get(intake_id) or self._desk.area.load(intake_id, self._moment.today)
            except OSError as error:
                self._failed(_key(intake_id), b"claim/" + intake_id.encode("ascii"), error)
                continue
            if claim is None:
                self._desk.area.drop(intake_id)
                continue
            known[intake_id] = claim
            yield claim

    def _unready(self, claim: Claim) -> bool:
        """Whether a claim needs no taking in: it is recorded already, or must wait."""
        key = _key(claim.intake_id)
        if self._retries.blocked(key, self._moment.now):
            self._wait_for_retry(key, claim.path)
            return True
        try:
            recorded = self._desk.ledger.receipt(claim.intake_id)
        except Exception as error:  # a locked database most often: not now
            self._failed(key, claim.path, error)
            return True
        if recorded:
            self._finish(claim)
            return True
        if not self._units:
            self.result.waiting.append(Waiting(claim.path, "no-campaign", claim.seen_at))
        return not self._units

    def _finish(self, claim: Claim) -> None:
        try:
            self._desk.area.finish(claim, self._inbox)
            self._forget(claim)
        except OSError as error:
            self._failed(_key(claim.intake_id), claim.path, error, "not-removed")

    def _take_in_groups(self, claims: list[Claim], size: int) -> None:
        for start in range(0, len(claims), size):
            if self._over():
                self.result.more = True
                later = claims[start:]
                self.result.waiting += [Waiting(claim.path, "settling", claim.seen_at) for claim in later]
                return
            group = claims[start : start + size]
            try:
                self._desk.area.make_durable(group, self._inbox)
            except OSError as error:
                for claim in group:
                    self._failed(_key(claim.intake_id), claim.path, error)
                continue
            self._take_in(group)

    def _take_in(self, claims: list[Claim]) -> None:
        taken = take_in(self._desk, claims, self._units, self._rests, self._moment.today, self._inbox)
        self.result.receipts += taken.receipts
        recorded = {receipt.intake_id for receipt in taken.receipts}
        unfinished = {claim.intake_id for claim, _error in taken.failed}
        for claim in claims:
            if claim.intake_id in recorded - unfinished:
                self._forget(claim)
        for claim, error in taken.failed:
            if claim.in_place and isinstance(error, FileNotFoundError):
                self._let_go(claim)
            else:
                why: Why = "not-removed" if claim.intake_id in recorded else "retry"
                self._failed(_key(claim.intake_id), claim.path, error, why)
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
        if claim.in_place or not self._settler.seen(_key(claim.intake_id), stamp, self._moment.now, self._moment.today):
            return Look.WAIT
        return self._settler.test(_key(claim.intake_id), handle, self._moment.now)

    def _hold(self, claim: Claim) -> None:
        if claim.in_place:  # it never left the inbox, and is settled there again
            self._let_go(claim)
            return
        key = _key(claim.intake_id)
        self._keys.add(key)
        if self._settler.knows(key):
            self._wait_to_settle(key, claim.path, "held")
        else:
            self.result.waiting.append(Waiting(claim.path, "open", claim.seen_at))

    def _put_back(self, claim: Claim) -> None:
        try:
            if self._inbox is not None and not claim.in_place:
                self._desk.area.put_back(claim, self._inbox)
            self._let_go(claim)
        except OSError as error:
            self._failed(_key(claim.intake_id), claim.path, error)

    def _let_go(self, claim: Claim) -> None:
        self._desk.area.drop(claim.intake_id)
        self._forget(claim)

    def _forget(self, claim: Claim) -> None:
        self._retries.succeeded(_key(claim.intake_id))
        self._settler.forget(_key(claim.intake_id))
        self._memory.claims.pop(claim.intake_id, None)

    # --- arrivals ----------------------------------------------------------------------------------------------------

    def arrivals(self, seen: Scan) -> None:
        """Settle what lies in the inbox and take what has settled."""
        now = self._moment.today.timestamp()
        self.result.not_taken += seen.not_taken
        self.result.ignored_old += [path for path, came in seen.ignored if now - came > OLD]
        ready: dict[str | None, list[Found]] = {}
        for file in seen.found:
            self._keys.add(file.path)
            if self._is_ready(file):
                ready.setdefault(place(file.path, self._units).unit, []).append(file)
        self._settler.keep_only(self._keys)
        self._retries.keep_only(self._keys)
        self._take(in_turns(ready.values()))

    def _is_ready(self, file: Found) -> bool:
        still = self._settler.seen(file.path, file.stamp, self._moment.now, self._moment.today)
        stored = self._left_in_place.get(file.path)
        if stored and stored.same_bytes(file.stamp) and stored.changed == file.stamp.changed:
            return False  # claimed or even recorded; its claim says what it waits for
        if not self._units:
            self.result.waiting.append(self._settler.waiting(file.path, file.path, "no-campaign"))
        elif self._retries.blocked(file.path, self._moment.now):
            self._wait_for_retry(file.path, file.path)
        elif still:
            return True
        else:
            self._wait_to_settle(file.path, file.path)
        return False

    def _take(self, files: Iterator[Found]) -> None:
        while group := list(islice(files, GROUP)):
            if self._over():
                self.result.more = True
                self.result.waiting += [self._settler.waiting(file.path, file.path) for file in (*group, *files)]
                return
            wanted = [tested for file in group if (tested := self._test(file))]
            self._claim(wanted)

    def _test(self, file: Found) -> Wanted | None:
        """The tests that need the file open; None when it is not taken now."""
        assert self._inbox is not None
        try:
            with folder_of(self._inbox, file.path) as (folder, name), opened(folder, name) as handle:
                look = self._settler.test(file.path, handle, self._moment.now)
        except (FileNotFoundError, NotADirectoryError, NotAFile):
            return None  # gone, or something else by now: the next scan tells
        except OSError as error:
            self._failed(file.path, file.path, error, "no-access" if error.errno == errno.EACCES else "retry")
            return None
        if look is Look.WAIT:
            self._wait_to_settle(file.path, file.path)
            return None
        unit = place(file.path, self._units).unit
        return Wanted(file.path, unit, file.stamp, self._moment.today, look is Look.AS_IT_IS)

    def _claim(self, wanted: list[Wanted]) -> None:
        if not wanted:
            return
        assert self._inbox is not None
        claims, refused = self._desk.area.take(self._inbox, wanted)
        for refusal in refused:
            self._failed(refusal.path, refusal.path, refusal.error)
        for claim in claims:
            self._retries.succeeded(claim.path)
            if not claim.in_place:
                self._settler.forget(claim.path)
        self._take_in(claims)

    # --- what waits --------------------------------------------------------------------------------------------------

    def _failed(self, key: bytes, path: bytes, error: Exception, why: Why = "retry") -> None:
        self._retries.failed(key, error, why, self._moment.now, self._moment.today)
        self._wait_for_retry(key, path)

    def _wait_for_retry(self, key: bytes, path: bytes) -> None:
        self._keys.add(key)
        trouble = self._retries.trouble(key)
        if trouble:
            self.result.waiting.append(Waiting(path, trouble.why, trouble.since_moment, trouble.reason))
            self.result.wait_until(trouble.again_at)

    def _wait_to_settle(self, key: bytes, path: bytes, why: Why | None = None) -> None:
        self.result.waiting.append(self._settler.waiting(key, path, why))
        self.result.wait_until(self._settler.due(key))


def _key(intake_id: str) -> bytes:
    """What a claim is remembered by: no path holds a zero byte."""
    return b"\0" + intake_id.encode("ascii")
