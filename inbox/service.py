"""The whole line at work for one home: taking in, reading, recognising, indexing and answering.

`Service` holds the home's lock for as long as it is open; there is one at a time.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from types import FrameType, TracebackType
from typing import Any, Self

from archive import audit, catalogue
from archive.config import Config
from archive.errors import BadConfiguration
from archive.i18n import gettext as _
from archive.readers.sandbox import Sandbox
from archive.readers.sniff import closes_open
from archive.readers.table import READER_VERSION
from archive.store import BlobStore
from inbox.answers import Answers
from inbox.ledger import CatalogueLedger
from inbox.lock import locked
from inbox.loop import Inbox
from inbox.recognition import made_with
from inbox.results import IdleResult, PassResult
from inbox.rules_used import keep_rules
from inbox.settle import Waiting
from inbox.stages import Stages
from reports.words import why
from rules.loader import find_pack
from rules.model import RulePack

PROGRESS_EVERY = 5.0  # seconds between two lines about a long backlog
SCANS_EVERY = 60.0  # the same about scanned pages, which may go on for days
log = logging.getLogger("hoso")


def utc_now() -> datetime:
    """The moment, aware."""
    return datetime.now(UTC)


class Service:
    """Use it in a `with` block. Raises Locked when another process works on this home."""

    def __init__(
        self,
        config: Config,
        pack: RulePack,
        *,
        settle: float | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.config = config
        self.pack = pack
        self._settle = settle
        self._now = now
        self._held = ExitStack()
        self._bad_pack = ""
        self._kept = "", ""  # the campaign and the digest of its rules that the catalogue has
        self._began = self._told_at = self._told_scans_at = time.monotonic()
        self._scanning = False

    def __enter__(self) -> Self:
        with ExitStack() as held:
            held.enter_context(locked(self.config.home))
            audit.write_head(self.config.audit_head)
            store = BlobStore(self.config.blobs)
            sandbox = held.enter_context(
                Sandbox(self.config.reading, self.config.workers, language=self.config.language)
            )
            self.stages = Stages(self.config, store, self.pack, sandbox)
            held.callback(self.stages.close)
            self.answers = Answers(self.config, store, self.pack, now=self._now)
            self.inbox = Inbox(
                self.config,
                CatalogueLedger(),
                store,
                closes=closes_open,
                settle=self._settle,
                answer=self._answer,
                now=self._now,
            )
            campaign = catalogue.current_campaign()
            if campaign is not None:
                self.answers.sweep(campaign)
            self._follow_rules()
            self._held = held.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held.close()

    def once(self) -> dict[str, Any]:
        """Take in what lies in the inbox now, as far as it is at rest, and do all the work that there is; data of
        `hoso inbox scan`."""
        total = IdleResult()
        with _stopping() as stop:
            self._pass(total, stop)
            while not stop.is_set() and (total.last.more or not self._looked_twice()):
                stop.wait(0.2)
                self._pass(total, stop)
            while not stop.is_set() and self._work(5.0):
                pass
        if total.last.away:
            total.stuck.append(Waiting(b"", "away", self._now(), total.last.away))
        return self._ended(total, stop)

    def until_idle(self) -> dict[str, Any]:
        """Take in until nothing is left to do or nothing moves; data of `hoso inbox scan --until-idle`."""
        with _stopping() as stop:
            total = self.inbox.until_idle(self._work, progress=lambda: self.stages.sign, stop=stop)
        return self._ended(total, stop)

    def _ended(self, total: IdleResult, stop: threading.Event) -> dict[str, Any]:
        """Write what is left to write; whoever called is not to take half a scan for a whole one."""
        self.answers.pages(at_once=True)
        if stop.is_set():
            raise KeyboardInterrupt
        return self._data(total)

    def watch(self) -> dict[str, Any]:
        """Work until SIGTERM or SIGINT; data of `hoso inbox watch`."""
        with _stopping() as stop:
            self.inbox.watch(stop, self._work)
        self.answers.receipts()
        return self._counts()

    def _counts(self) -> dict[str, int]:
        return {
            "read": self.stages.read,
            "failed": self.stages.failed + self.stages.scans.failed,
            "scans": self.stages.scans.read,
        }

    def _pass(self, total: IdleResult, stop: threading.Event) -> None:
        total.add(self.inbox.pass_once(stop))
        self._answer(total.last)

    def _looked_twice(self) -> bool:
        """Whether what lay there at the first look has had its time to settle."""
        return time.monotonic() - self._began > self.inbox.settle + 0.5

    def _answer(self, result: PassResult) -> None:
        self.answers.after_pass(result)
        if result.receipts:
            log.info(_("Files taken in: %d"), len(result.receipts))

    def _work(self, budget: float) -> bool:
        """A slice of the stages, then the pages that follow from it."""
        self._follow_rules()
        left = self.stages.step(budget)
        self._tell_of_scans()
        if left:
            self._tell()
        unpacked, self.stages.unpacker.units = self.stages.unpacker.units, set()
        if unpacked:
            self.answers.receipts()
        touched, self.stages.touched = self.stages.touched, set()
        if touched:
            self.answers.touch(touched)
        self.answers.pages()
        return left

    def _follow_rules(self) -> None:
        """Go on with the rules of the campaign as they are now: another campaign may have been loaded since, or the
        office has changed its pack."""
        campaign = catalogue.current_campaign()
        try:
            pack = find_pack(campaign.pack) if campaign else self.pack
        except BadConfiguration as error:
            if error.message != self._bad_pack:
                log.warning(_("The rule pack cannot be used; the former rules go on. %s"), error.message)
            self._bad_pack = error.message
            return
        self._bad_pack = ""
        if campaign and self._kept != (campaign.id, pack.sha256):
            keep_rules(self.config, campaign, pack, self._now())
            self._kept = campaign.id, pack.sha256
        if pack.sha256 != self.pack.sha256:
            self.pack = self.stages.pack = self.answers.pack = pack

    def _tell_of_scans(self) -> None:
        """Say at once when scanned pages begin to be read: they take longest, and somebody may be waiting."""
        if self.stages.scans.busy and not self._scanning:
            waiting = catalogue.backlog(READER_VERSION, made_with(self.pack)).scans
            log.info(_("Recognising the text of scanned pages: %d wait, each takes some seconds"), waiting)
            self._told_scans_at = time.monotonic()
        self._scanning = self.stages.scans.busy

    def _tell(self) -> None:
        """Say now and then how far a long backlog has got."""
        now = time.monotonic()
        if now - self._told_at < PROGRESS_EVERY:
            return
        self._told_at = now
        left = catalogue.backlog(READER_VERSION, made_with(self.pack))
        if left.unread or left.unindexed:
            log.info(
                _("Documents read: %d; still to read: %d, to index: %d"), self.stages.read, left.unread, left.unindexed
            )
        if left.scans and now - self._told_scans_at >= SCANS_EVERY:
            self._told_scans_at = now
            log.info(_("Scanned pages read: %d; still to read: %d"), self.stages.scans.read, left.scans)

    def _data(self, total: IdleResult) -> dict[str, Any]:
        return {
            "filed": total.filed + self.stages.unpacker.filed,
            "duplicates": total.duplicates + self.stages.unpacker.duplicates,
            "quarantined": total.quarantined,
            "waiting": len(total.last.waiting),
            **self._counts(),
            "stuck": [_stuck(item) for item in total.stuck],
        }


def _stuck(item: Waiting) -> dict[str, str]:
    data = {"path": item.path.decode("utf-8", "replace"), "reason": why(item.why, item.detail)}
    if "�" in data["path"]:
        data["path_hex"] = item.path.hex()
    return data


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """An event that SIGTERM and SIGINT set, for the length of the block: the step in hand is finished."""
    stop = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
