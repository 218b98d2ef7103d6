"""What is left to do for filed documents: read, recognise, index. One function a stage, each a query and repeatable.

Bounded slices, so that a backlog of thousands never keeps a fresh delivery waiting. A stage that fails for one document
answers with a finding for that document; a damaged index is set aside and filled again, and filing never notices.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import replace

from archive import catalogue
from archive.config import Config
from archive.readers.sandbox import Sandbox
from archive.readers.table import READER_VERSION
from archive.records import Document, Reading, ReadingState, Recognition
from archive.search.keeper import IndexKeeper
from archive.search.ports import IndexDamaged
from archive.searching import indexable, is_searchable
from archive.store import BlobStore
from rules.model import RulePack
from validators.checks.table import run_checks
from validators.recognise import RECOGNISER_VERSION, recognise

BATCH = 32  # readings under way before the loop looks at the inbox again
CHUNK = 8  # readings saved, recognised and indexed together while the workers go on
log = logging.getLogger("hoso.stages")


def made_with(pack: RulePack) -> str:
    """What a recognition depends on besides the document: recognitions made with anything else are made again."""
    return f"{READER_VERSION} {RECOGNISER_VERSION} {pack.sha256[:16]}"


class Stages:
    """Carries filed documents on to where they can be searched and judged. `touched` collects the units whose answers
    in the folder may have changed since it was last emptied."""

    def __init__(self, config: Config, store: BlobStore, pack: RulePack, sandbox: Sandbox) -> None:
        self.config = config
        self.store = store
        self.pack = pack
        self.sandbox = sandbox
        self.index = IndexKeeper(config.index, config.engine)
        self.touched: set[str] = set()
        self.read = 0
        self.failed = 0
        self.progress = 0  # grows with every document that any stage gets done

    def step(self, budget: float) -> bool:
        """Work for about `budget` seconds (at least one slice); True while anything is left to do."""
        until = time.monotonic() + budget
        while True:
            moved = self._read_slice() or self._recognise_slice() or self._index_slice()
            if not moved or time.monotonic() > until:
                return moved

    def close(self) -> None:
        """Close the index; the sandbox belongs to the caller."""
        self.index.close()

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
        catalogue.save_readings(done, READER_VERSION)
        self.read += len(done)
        self.progress += len(done)
        self.failed += sum(reading.state in (ReadingState.UNREADABLE, ReadingState.LOCKED) for _sha256, reading in done)
        while self._recognise_slice():
            pass
        self._index_slice()

    def _recognise_slice(self) -> bool:
        version = made_with(self.pack)
        work = catalogue.documents_to_recognise(version, BATCH)
        found = [(document.id, recognised(document, reading, self.pack)) for document, reading in work]
        catalogue.save_recognitions(found, version)
        self.progress += len(work)
        self.touched |= {document.unit for document, _reading in work if document.unit}
        return bool(work)

    def _index_slice(self) -> bool:
        work = catalogue.documents_to_index(BATCH)
        if not work:
            return False
        try:
            self.index.update(indexable(work), [known.document.id for known in work if not is_searchable(known)])
        except IndexDamaged as error:
            log.warning("the search index is damaged and is filled again: %s", error)
            self.index.start_over()
            catalogue.forget_index()
            return True
        self.progress += len(work)
        catalogue.mark_indexed(known.document.id for known in work)
        return True


def recognised(document: Document, reading: Reading, pack: RulePack) -> Recognition:
    """Recognise one document and check it; a mistake of ours on it is logged and leaves it "not recognised"."""
    try:
        found = recognise(reading, name=document.name, folder=document.folder, pack=pack)
        return replace(found, findings=run_checks(reading, found, name=document.name, pack=pack))
    except Exception:  # one odd paper must not hold up all the others
        log.exception("document %s could not be recognised", document.id)
        return Recognition(None, 0.0)
