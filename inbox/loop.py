"""The inbox at work: pass after pass, for as long as the service runs or until nothing is left to do."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial

from archive.config import Config
from archive.errors import in_words
from archive.i18n import gettext as _
from archive.store import BlobStore, Checkpoint, no_checkpoint
from inbox.arrivals import Arrivals
from inbox.book import Book, Memory, Moment
from inbox.claim import ClaimArea
from inbox.descriptors import written_elsewhere
from inbox.intake import Desk
from inbox.ledger import Ledger
from inbox.mounts import mount_of
from inbox.results import IdleResult, PassResult
from inbox.round import Round
from inbox.scan import scan
from inbox.settle import Closes, Settler, Waiting
from inbox.watcher import Hint, Watcher

PASS_SECONDS = 2.0  # after which a pass ends and looks again
WORK_SECONDS = 1.0  # for which reading and indexing may keep the inbox waiting
QUIET_SECONDS = 30.0  # after which what has not moved counts as stuck

# What is on its way by itself, and so never counts as stuck.
_MOVING = frozenset({"settling", "growing", "incomplete", "empty", "held"})

Work = Callable[[float], bool]
log = logging.getLogger("hoso.inbox")


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Inbox:
    """The inbox of one home; made by the holder of the home's lock.

    `closes(fd)` tells whether a file's format closes; `answer(result)` writes what clerks are to see after each pass;
    `settle` (seconds) overrides the settings. `clock` is monotonic; `now` gives aware moments; `pause(seconds)` waits.
    """

    def __init__(
        self,
        config: Config,
        ledger: Ledger,
        store: BlobStore,
        *,
        closes: Closes,
        settle: float | None = None,
        answer: Callable[[PassResult], None] = lambda _result: None,
        checkpoint: Checkpoint = no_checkpoint,
        busy: Callable[[int], bool] = written_elsewhere,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = _utc_now,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._config = config
        self._answer = answer
        self._clock = clock
        self._now = now
        self._pause = pause
        self._mount = mount_of(config.inbox)
        self._settle = settle
        self._settler = Settler(self._settle_time(), config.incomplete_after, closes, busy)
        self._memory = Memory(self._settler, busy)
        self._desk = Desk(ClaimArea(config.claim, checkpoint), store, ledger, checkpoint)
        self._failing: dict[str, str] = {}  # what follows filing and does not succeed, with the last error
        self._away = ""
        with suppress(OSError):
            store.sweep()

    def _settle_time(self) -> float:
        if self._settle is not None:
            return self._settle
        return self._config.network_settle_seconds if self._mount.network else self._config.settle_seconds

    @property
    def settle(self) -> float:
        """For how many seconds a file must be at rest."""
        return self._settler.settle

    def pass_once(self, stop: threading.Event | None = None) -> PassResult:
        """Look once, and take in what is ready. Ends early, between two groups, when `stop` is set."""
        book = Book(self._memory, Moment(self._clock(), self._now()))
        until = book.moment.now + PASS_SECONDS

        def over() -> bool:
            return self._clock() >= until or (stop is not None and stop.is_set())

        with self._opened() as inbox:
            try:
                units = self._desk.ledger.units()
            except Exception as error:  # a locked database most often: nothing can be recorded now
                log.warning("the catalogue does not answer: %s", error)
                return PassResult(away=str(error))
            this = Round(self._desk, book, units, inbox, over)
            this.claims()
            if inbox is not None and not (stop is not None and stop.is_set()):
                self._arrivals(this, book, inbox)
            book.result.away = self._away
            return book.result

    def _arrivals(self, this: Round, book: Book, inbox: int) -> None:
        try:
            seen = scan(inbox, skip=self._own_folder())
        except OSError as error:
            self._note_away(in_words(error))
            return
        Arrivals(this, book, inbox).take(seen)

    def _own_folder(self) -> frozenset[tuple[int, int]]:
        status = self._config.home.stat()
        return frozenset({(status.st_dev, status.st_ino)})

    @contextmanager
    def _opened(self) -> Iterator[int | None]:
        """The inbox, open; None while it is away. A share that is not mounted leaves an empty local folder behind,
        which must not be taken for it."""
        handle = None
        try:
            # The administrator may have made the inbox itself a link: that one is followed.
            handle = os.open(self._config.inbox, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            self._note_away("" if self._is_mounted() else _("not mounted"))
        except OSError as error:
            self._note_away(in_words(error))
        try:
            yield None if self._away else handle
        finally:
            if handle is not None:
                os.close(handle)

    def _is_mounted(self) -> bool:
        """Whether the disk or share that the inbox was seen on is still there; a new one over it is welcome."""
        mount = mount_of(self._config.inbox)
        if len(mount.point) < len(self._mount.point):
            return False
        if mount != self._mount:
            self._mount = mount
            self._settler.settle = self._settle_time()
        return True

    def _note_away(self, why: str) -> None:
        if why and not self._away:
            log.warning(_("The inbox %s cannot be reached: %s. Files taken before go on."), self._config.inbox, why)
        elif self._away and not why:
            log.info(_("The inbox %s is back."), self._config.inbox)
        self._away = why

    # --- running -----------------------------------------------------------------------------------------------------

    def watch(self, stop: threading.Event, work: Work) -> None:
        """Go on until `stop` is set, then finish the step in hand and return.

        `work(seconds)` does a slice of what follows filing and returns whether any is left; it is called between
        passes, so that no backlog of it delays a delivery by much more than a second."""
        hint = Hint()
        with Watcher(self._config.inbox, hint) as watcher:
            while not stop.is_set():
                watcher.follow(self._identity())
                result = self._pass(stop)
                self._careful(partial(self._answer, result), "answers could not be written")
                left = not stop.is_set() and self._careful(partial(work, WORK_SECONDS), "reading failed")
                if not left and not result.more:
                    hint.wait(self._rest(result), stop)

    def _pass(self, stop: threading.Event) -> PassResult:
        try:
            return self.pass_once(stop)
        except Exception as error:  # whatever it is, the files are safe where they are, and others must not wait
            log.exception("a pass over the inbox failed; tried again")
            return PassResult(away=str(error))

    def _careful(self, step: Callable[[], bool | None], what: str) -> bool:
        """What follows filing may fail, and is tried again after the next pass; filing goes on all the same. The same
        failure is told once: a disk that is full over the weekend must not fill the log."""
        try:
            left = bool(step())
        except Exception as error:
            if self._failing.get(what) != str(error):
                log.exception("%s; tried again", what)
            self._failing[what] = str(error)
            return False
        self._failing.pop(what, None)
        return left

    def _rest(self, result: PassResult) -> float:
        if result.due is None:
            return self._config.scan_seconds
        return min(max(0.05, result.due - self._clock()), self._config.scan_seconds)

    def _identity(self) -> tuple[int, int] | None:
        try:
            status = self._config.inbox.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def until_idle(
        self,
        work: Work,
        *,
        quiet: float = QUIET_SECONDS,
        progress: Callable[[], object] | None = None,
        stop: threading.Event | None = None,
    ) -> IdleResult:
        """Go on until nothing is left to settle, record, read or index, or nothing has moved for `quiet` seconds:
        `stuck` then says what does not. A file that does not close is taken in after three settle times.

        `progress()` is anything that changes while `work` gets on; without it, work that is left counts as getting on.
        Exceptions of `work` and of the answers are the caller's."""
        total = IdleResult()
        self._settler.hurry(3 * self._settler.settle, self._clock())
        moved_at = self._clock()
        before: object = None
        while not (stop is not None and stop.is_set()):
            total.add(self.pass_once(stop))
            result = total.last
            self._answer(result)
            total.left = work(WORK_SECONDS)
            if not (total.left or result.more or result.waiting or result.away):
                break
            state = (self._settler.changes, [(w.path, w.why) for w in result.waiting], progress and progress())
            if state != before or self._moves(result) or (total.left and progress is None):
                moved_at, before = self._clock(), state
            elif self._clock() - moved_at >= quiet:
                total.stuck = self._stuck(result, total.left)
                break
            if not (total.left or result.more):
                self._pause(min(self._rest(result), 1.0))
        return total

    @staticmethod
    def _moves(result: PassResult) -> bool:
        return bool(result.more or result.receipts or any(waiting.why in _MOVING for waiting in result.waiting))

    def _stuck(self, result: PassResult, left: bool) -> list[Waiting]:
        whole = [Waiting(b"", "away", self._now(), result.away)] if result.away else []
        whole += [Waiting(b"", "backlog", self._now())] if left else []
        return whole + result.waiting
