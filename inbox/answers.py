"""Keeps what clerks read in the folders true: receipts at once, the pages of every unit that something changed for.

Nothing here is stored: what to write follows from the catalogue and from the last pass over the inbox. What cannot be
written now (a share that is full, read-only or away) stays to be written.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from archive import audit, catalogue
from archive.config import Config
from archive.records import HANOI, Campaign, Completeness, Document, KnownDocument, Receipt, Unit
from archive.store import BlobStore
from inbox.receipts import Answered, sweep, unit_folder, write_receipts, write_root_answers, write_unit_answers
from inbox.results import PassResult
from reports.dossier import root_page, unit_page
from reports.mending import note_pages, receipt_page
from reports.names import owner
from reports.pages import Mend, NotTaken, Waiting
from reports.questions import by_unit
from rules.model import RulePack
from validators.completeness import assess_all, folders_of, looks_above

RECEIPTS_AT_ONCE = 200
PAGES_EVERY = 2.0  # seconds between two writings of pages while files pour in, at least
ROOT_EVERY = 10.0  # the same for the root page, which looks at every unit
PAGES_SHARE = 9  # so many times as long as the last writing took is left for taking in and reading
UNITS_AT_ONCE = 10  # units whose documents are in memory together

log = logging.getLogger("hoso.answers")


class Answers:
    """The answers in one inbox. `clock` is monotonic, `now` gives aware moments; `pack` may be changed at any time."""

    def __init__(
        self,
        config: Config,
        store: BlobStore,
        pack: RulePack,
        *,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime],
    ) -> None:
        self._config = config
        self._store = store
        self.pack = pack
        self._clock = clock
        self._now = now
        self._judged: dict[str, Completeness] = {}
        self._stale: set[str] | None = None  # None: every unit
        self._root_stale = True
        self._lying: tuple[tuple[Waiting, ...], tuple[NotTaken, ...]] = ((), ())
        self._news: tuple[Campaign, date, str] | None = None
        self._decided = 0
        self._day = now().astimezone(HANOI).date()
        self._pages_at = self._root_at = float("-inf")
        self._failed: dict[str, set[str]] = {}  # by what was answered: a unit, the root, receipts

    def sweep(self, campaign: Campaign) -> None:
        """Remove what an interrupted run left half written."""
        units = {unit.id: unit for unit in campaign.units}
        sweep(self._config.inbox, [unit_folder(units, unit) for unit in units])

    def touch(self, units: Iterable[str]) -> None:
        """Something changed for these units; their pages are written anew."""
        if self._stale is not None:
            self._stale |= set(units)
        self._root_stale = True

    def after_pass(self, result: PassResult) -> None:
        """Lay down the receipts of what was just filed, and note what lies in the folders."""
        self.receipts()
        if result.receipts:
            self.touch(receipt.unit for receipt in result.receipts if receipt.unit)
        before, self._lying = self._lying, _lying(result)
        changed = [item.path for item in {*before[0]} ^ {*self._lying[0]}]
        changed += [item.path for item in {*before[1]} ^ {*self._lying[1]}]
        if changed:
            units = {unit.id: unit for unit in self._news[0].units} if self._news else {}
            self.touch(unit for path in changed if (unit := owner(units, path)[0]))

    def receipts(self) -> None:
        """Write every receipt that does not lie in its folder yet. Those that fail keep no others waiting."""
        campaign = catalogue.current_campaign()
        if campaign is None:
            return
        units = {unit.id: unit for unit in campaign.units}
        last, answered = 0, Answered()
        while waiting := catalogue.unanswered(RECEIPTS_AT_ONCE, after=last):
            last = waiting[-1].number
            head = audit.write_head(self._config.audit_head)
            earlier = _documents_of(waiting)
            pages = [
                receipt_page(
                    receipt,
                    campaign=campaign,
                    audit_head=f"{head.seq} {head.digest}",
                    document=earlier.get(receipt.document or ""),
                )
                for receipt in waiting
            ]
            written = write_receipts(self._config.inbox, units, pages)
            catalogue.mark_answered(written.done, self._now())
            answered += written
        self._tell("receipts", answered)

    def pages(self, *, at_once: bool = False) -> bool:
        """Write the pages that may have changed, unless that was done a moment ago; True while some are left."""
        campaign = catalogue.current_campaign()
        if campaign is None:
            return False
        self._notice_news(campaign)
        left = False
        if self._stale is None or self._stale:
            if at_once or self._clock() >= self._pages_at:
                self._pages_at = self._next(PAGES_EVERY, lambda: self._write_units(campaign))
            else:
                left = True
        if self._root_stale:
            if at_once or self._clock() >= self._root_at:
                self._root_at = self._next(ROOT_EVERY, lambda: self._write_root(campaign))
            else:
                left = True
        return left

    def _next(self, every: float, write: Callable[[], None]) -> float:
        """Write, and say when to do so again: thousands of documents must not cost the line most of its time."""
        began = self._clock()
        write()
        return self._clock() + max(every, PAGES_SHARE * (self._clock() - began))

    def _notice_news(self, campaign: Campaign) -> None:
        """A new day, other rules and a campaign that another process has loaded change every page, a person's decision
        those of the units it is about."""
        today = self._now().astimezone(HANOI).date()
        before, (self._decided, units) = self._decided, catalogue.decided_since(self._decided)
        if self._decided != before:
            self.touch(units)
        news = (campaign, today, self.pack.sha256)
        if news != self._news:
            self._news, self._day = news, news[1]
            self._judged, self._stale, self._root_stale = {}, None, True

    def _write_units(self, campaign: Campaign) -> None:
        known = {unit.id: unit for unit in campaign.units}
        stale = list(known) if self._stale is None else [unit for unit in known if unit in self._stale]
        stale += [
            each.id
            for each in campaign.units
            if each.parent in stale and each.id not in stale and looks_above(each, self.pack)
        ]
        wanted = _with_those_above(stale, known)
        self._stale = set(wanted)
        judged = [known[unit] for unit in known if unit in stale or unit not in self._judged]
        for units in _few(judged):
            self._judge(campaign, units)
        for units in _few([known[unit] for unit in wanted]):
            self._write_few(campaign, [unit.id for unit in units])

    def _write_few(self, campaign: Campaign, units: list[str]) -> None:
        documents = by_unit(catalogue.known_documents(set(units)))
        receipts: dict[str | None, list[Receipt]] = {}
        for receipt in catalogue.receipts(set(units), current=True):
            receipts.setdefault(receipt.unit, []).append(receipt)
        for unit in units:
            try:
                answered = self._write_unit(campaign, unit, documents.get(unit, []), receipts.get(unit, []))
            except Exception:  # a mistake of ours over one dossier; the other units' clerks must not wait for it
                log.exception("the page of %s could not be made; tried again", unit)
                continue
            if not answered.failures and self._stale is not None:
                self._stale.discard(unit)
            self._tell(f"unit {unit}", answered)

    def _judge(self, campaign: Campaign, units: Sequence[Unit]) -> None:
        documents = by_unit(catalogue.known_documents(folders_of(units, self.pack)))
        for one in assess_all(campaign, documents, self.pack, self._day, units=units):
            self._judged[one.unit.id] = one

    def _write_unit(
        self, campaign: Campaign, unit: str, documents: list[KnownDocument], receipts: list[Receipt]
    ) -> Answered:
        waiting, not_taken = self._lying
        page = unit_page(
            self._judged[unit],
            documents,
            campaign=campaign,
            pack=self.pack,
            subs=[one for one in self._judged.values() if one.unit.id != unit],
            receipts=receipts,
            waiting=waiting,
            not_taken=not_taken,
        )
        folder = unit_folder({item.id: item for item in campaign.units}, unit)
        notes = note_pages(self._judged[unit].unit.name, page.to_mend)
        return write_unit_answers(self._config.inbox, folder, page, notes, self._sources(page.to_mend))

    def _write_root(self, campaign: Campaign) -> None:
        self._judge(campaign, [unit for unit in campaign.units if unit.id not in self._judged])
        waiting, not_taken = self._lying
        page = root_page(
            [self._judged[unit.id] for unit in campaign.units],
            catalogue.known_documents(),
            campaign=campaign,
            pack=self.pack,
            nowhere=catalogue.receipts_nowhere(),
            waiting=waiting,
            not_taken=not_taken,
        )
        answered = Answered()
        if page is not None:
            notes = note_pages("", page.strays)
            answered = write_root_answers(self._config.inbox, page, notes, self._sources(page.strays))
        self._root_stale = bool(answered.failures)
        self._tell("root", answered)

    def _sources(self, mends: Iterable[Mend]) -> dict[str, Path]:
        """Where the bytes of files to mend are, for the copies beside the notes."""
        return {mend.key: self._store.path(mend.sha256) for mend in mends if mend.copied}

    def _tell(self, what: str, answered: Answered) -> None:
        """Log each failing answer once, until it succeeds."""
        failing = {failure.path: failure for failure in answered.failures}
        for path in failing.keys() - self._failed.get(what, set()):
            log.warning("%s", failing[path].message)
        self._failed[what] = set(failing)


def _few(units: Sequence[Unit]) -> Iterator[Sequence[Unit]]:
    """Units in groups, so that no more of their documents are in memory than a page needs."""
    for start in range(0, len(units), UNITS_AT_ONCE):
        yield units[start : start + UNITS_AT_ONCE]


def _with_those_above(units: Iterable[str], known: Mapping[str, Unit]) -> list[str]:
    """Some units and all above them, whose pages list the units below at every level."""
    wanted: dict[str, None] = {}
    for unit in units:
        at: str | None = unit
        while at is not None and at in known and at not in wanted:
            wanted[at] = None
            at = known[at].parent
    return list(wanted)


def _documents_of(receipts: Iterable[Receipt]) -> dict[str, Document]:
    ids = {receipt.document for receipt in receipts if receipt.document}
    return {known.document.id: known.document for known in catalogue.documents(ids)}


def _lying(result: PassResult) -> tuple[tuple[Waiting, ...], tuple[NotTaken, ...]]:
    """What lies in the folders untaken, as pages show it. What merely settles is taken in a moment and is no news."""
    waiting = tuple(
        Waiting(item.path.decode("utf-8", "replace"), item.why, item.since)
        for item in sorted(result.waiting, key=lambda item: item.path)
        if item.why != "settling"
    )
    not_taken = [NotTaken(item.path.decode("utf-8", "replace"), item.why) for item in result.not_taken]
    not_taken += [NotTaken(path.decode("utf-8", "replace"), "ignored-old") for path in result.ignored_old]
    return waiting, tuple(sorted(not_taken, key=lambda item: item.path))
