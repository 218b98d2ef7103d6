"""What is left to do for filed documents: read, recognise, index, and behind these the scanned pages. One function a
stage, each a query and repeatable.

Bounded slices, so that a backlog of thousands never keeps a fresh delivery waiting. A stage that fails for one document
answers with a finding for that document; a damaged index is set aside and filled again, and filing never notices.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from contextlib import suppress

from archive import catalogue
from archive.config import Config
from archive.errors import DependencyMissing, Locked
from archive.readers.sandbox import Sandbox
from archive.readers.table import READER_VERSION
from archive.records import KnownDocument, Reading, ReadingState
from archive.search.keeper import IndexKeeper
from archive.search.ports import IndexDamaged
from archive.searching import indexable, is_searchable
from archive.store import BlobStore
from inbox.recognition import decided_kind, made_with, recognised
from inbox.scans import ReadPage, Scans
from inbox.unpack import Unpacker
from rules.model import RulePack

BATCH = 32  # readings under way before the loop looks at the inbox again
CHUNK = 8  # readings saved, recognised and indexed together while the workers go on
WAIT_FOR_PAGE = 0.5  # seconds for which nothing else is done when only scanned pages are left
WAIT_FOR_REBUILD = 0.5  # seconds, so that waiting for the index is no busy loop
log = logging.getLogger("hoso.stages")


class Stages:
    """Carries filed documents on to where they can be searched and judged. `touched` collects the units whose answers
    in the folder may have changed since it was last emptied."""

    def __init__(
        self, config: Config, store: BlobStore, pack: RulePack, sandbox: Sandbox, read_page: ReadPage | None = None
    ) -> None:
        self.config = config
        self.store = store
        self.pack = pack
        self.sandbox = sandbox
        self.scans = Scans(config, store, read_page)
        self.unpacker = Unpacker(config, store)
        self.index = IndexKeeper(config.index, config.engine)
        self.touched: set[str] = set()
        self._version = pack, made_with(pack)
        self.read = 0
        self.failed = 0
        self._told_why_not_indexed = False
        self._index_compared = False
        self.progress = 0  # grows with every document that any stage gets done

    def step(self, budget: float) -> bool:
        """Work for about `budget` seconds (at least one slice); True while anything is left to do."""
        until = time.monotonic() + budget
        while self._unpack_slice() or self._read_slice() or self._recognise_slice() or self._index_slice():
            self._scan_slice()
            if time.monotonic() > until:
                return True
        return self._scan_slice(WAIT_FOR_PAGE) or self._held_up()

    @property
    def sign(self) -> object:
        """Something that changes for as long as work gets on."""
        return self.progress, time.monotonic() if self.scans.busy else None

    def close(self) -> None:
        """End the reading of scanned pages and close the index; the sandbox belongs to the caller."""
        self.scans.close()
        self.index.close()

    def _unpack_slice(self) -> bool:
        moved = self.unpacker.step()
        self.progress += moved
        self.touched |= self.unpacker.units
        return moved

    def _held_up(self) -> bool:
        """Whether a bundle waits for room on the disk; then nothing else is left to do, and no hurry."""
        if self.unpacker.held_up:
            time.sleep(WAIT_FOR_PAGE)
        return self.unpacker.held_up

    def _read_slice(self) -> bool:
        digests = catalogue.blobs_to_read(READER_VERSION, BATCH)
        done: list[tuple[str, Reading]] = []
        for sha256, reading in self.sandbox.read_many([(sha256, self.store.path(sha256)) for sha256 in digests]):
            done.append((sha256, reading))
            if len(done) >= CHUNK:
                self._carry_on(done)
                done = []
        self._carry_on(done)
        return bool(digests)

    def _carry_on(self, done: Sequence[tuple[str, Reading]]) -> None:
        """Save some readings and do what follows from them while the workers read on."""
        if not done:
            return
        catalogue.save_readings(done, READER_VERSION, self.config.reading.ocr_pages)
        self.read += len(done)
        self.progress += len(done)
        self.failed += sum(reading.state in (ReadingState.UNREADABLE, ReadingState.LOCKED) for _sha256, reading in done)
        while self._recognise_slice():
            pass
        self._index_slice()

    def _scan_slice(self, wait: float = 0.0) -> bool:
        before = self.scans.read
        left = self.scans.step(wait)
        self.progress += self.scans.read - before
        return left

    def _recognise_slice(self) -> bool:
        if self._version[0] is not self.pack:
            self._version = self.pack, made_with(self.pack)
        version = self._version[1]
        work = catalogue.documents_to_recognise(version, BATCH)
        found = [(document.id, recognised(document, reading, self.pack)) for document, reading in work]
        catalogue.save_recognitions(found, version, {document.id: decided_kind(document) for document, _ in work})
        self.progress += len(work)
        self.touched |= {document.unit for document, _reading in work if document.unit}
        return bool(work)

    def _index_slice(self) -> bool:
        try:
            return self._index_some()
        except Locked:  # `hoso index rebuild` is at it; what is not in its index is indexed afterwards
            time.sleep(WAIT_FOR_REBUILD)
            return True
        except DependencyMissing as error:
            return self._cannot_index(f"{error.message} {error.hint}")
        except PermissionError as error:
            return self._cannot_index(f"the search index may not be written: {error}")

    def _cannot_index(self, why: str) -> bool:
        """Filing goes on, and what is filed is indexed later."""
        if not self._told_why_not_indexed:
            log.error(why)
        self._told_why_not_indexed = True
        return False

    def _index_some(self) -> bool:
        work: list[KnownDocument] = []
        try:
            if self.index.was_interrupted():
                catalogue.forget_index()
            self._look_at_index()
            work = catalogue.documents_to_index(BATCH)
            if not work:
                self.index.take_place()
                return False
            self._index(work)
        except IndexDamaged as error:
            if work and self._index_is_sound():  # then a paper is at fault
                self._index_one_by_one(work)
            else:
                log.warning("the search index is damaged and is filled again: %s", error)
                self._start_over()
            return True
        self.progress += len(work)
        catalogue.mark_indexed(work)
        return True

    def _look_at_index(self) -> None:
        """Notice an index that is gone or broken though nothing is to be added to it; and, once, one that lacks papers
        which the catalogue takes to be in it, or has others, as after one of them was restored from a copy."""
        index = self.index.look()
        if index is not None and not self._index_compared:
            self._index_compared = True
            there = set(index.documents())
            catalogue.forget_indexed(catalogue.indexed_ids() - there)
            self.index.update([], sorted(there - catalogue.document_ids()))

    def _index(self, work: Sequence[KnownDocument]) -> None:
        self.index.update(indexable(work), [known.document.id for known in work if not is_searchable(known)])

    def _index_is_sound(self) -> bool:
        self.index.reopen()
        try:
            return self.index.index.check() == "ok"
        except IndexDamaged:
            return False

    def _start_over(self) -> None:
        with suppress(Locked):  # then another process makes it anew already
            self.index.start_over()
            catalogue.forget_index()

    def _index_one_by_one(self, work: Sequence[KnownDocument]) -> None:
        """One odd paper must not cost all others their index, again and again."""
        for known in work:
            self.index.reopen()  # it would try what it could not write again, together with the next
            try:
                self._index([known])
            except IndexDamaged:
                log.exception("document %s cannot be indexed and is left out", known.document.id)
        self.index.reopen()
        catalogue.mark_indexed(work)
