"""Bundles: each member becomes a delivery of its own, with its own receipt; the bundle is kept as it came.

The worker writes the members into a spool under numbers of ours; from there they are stored and recorded like anything
that a clerk drops, with ids that follow from the bundle. So a crash anywhere, and unpacking once more, changes nothing:
what is recorded stays, and what is not is recorded then.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from archive import catalogue
from archive.config import Config
from archive.readers.bundles.bundles import Unpacking, unpack
from archive.readers.bundles.rar_bundle import rar_tool
from archive.readers.sandbox import Failed, Job, Sandbox
from archive.readers.spool import Allowance, Left, Member
from archive.readers.table import READER_VERSION
from archive.records import Delivery, Outcome
from archive.store import BlobStore, Checkpoint, no_checkpoint
from inbox.members import INSIDE, inner_path, intake_id, is_litter, place

GROUP = 20  # members that share one round of fsync and one transaction
_SMALL = 8 << 20  # bytes that any bundle may give, however small it is: text packs 200:1 now and then
_PAUSE = 5.0  # seconds before a full disk is tried again
_FAILED = {"reader-timeout": Left.TIME, "reader-memory": Left.MEMORY}
log = logging.getLogger("hoso.unpack")


class Unpacker:
    """Makes deliveries of the members of bundles, some at a time. `units` are those that got any since it was last
    emptied; `filed` and `duplicates` count the receipts; `held_up` says that a bundle waits for room on the disk."""

    def __init__(self, config: Config, store: BlobStore, checkpoint: Checkpoint = no_checkpoint) -> None:
        self._config = config
        self._limits = config.reading
        self._store = store
        self._checkpoint = checkpoint
        self._spools = config.home / "unpack"
        self._going: Iterator[None] | None = None
        self._again = float("-inf")
        self._made_with = ""
        self.units: set[str] = set()
        self.filed = self.duplicates = 0
        self.held_up = False
        shutil.rmtree(self._spools, ignore_errors=True)  # of a run that was killed

    def step(self) -> bool:
        """Unpack the next bundle, or record some more of its members; True when anything was done."""
        if time.monotonic() < self._again:
            return False
        try:
            if self._going is None:
                packed = catalogue.bundle_to_unpack(self._means())
                self._going = self._work_off(packed) if packed else None
            if self._going is None:
                return False
            if next(self._going, self) is self:
                self._going = None
        except OSError as error:
            self._hold_up(str(error))
            return False
        except BaseException:
            self._going = None
            raise
        self.held_up = False
        return True

    def _hold_up(self, why: str) -> None:
        if not self.held_up:
            log.warning("a bundle cannot be unpacked now; tried again: %s", why)
        self._going, self.held_up, self._again = None, True, time.monotonic() + _PAUSE

    def _means(self) -> str:
        """What it depends on whether a bundle can be unpacked whole."""
        if not self._made_with:
            tool, limits = rar_tool(), self._limits
            bounds = (
                limits.memory_mb,
                limits.bundle_mb,
                limits.bundle_members,
                limits.bundle_ratio,
                limits.bundle_depth,
            )
            self._made_with = " ".join(map(str, (READER_VERSION, tool.name if tool else "-", *bounds)))
        return self._made_with

    def _work_off(self, packed: catalogue.Packed) -> Iterator[None]:
        """One bundle from the spool to the mark that it is done, a group of members at a time."""
        spool = self._spools / packed.document.id
        spool.mkdir(mode=0o700, parents=True, exist_ok=True)
        done = self._unpacked(packed, spool)
        if done.held_up:
            raise OSError(done.held_up)
        self._checkpoint("bundle_unpacked")
        for start in range(0, len(done.members), GROUP):
            self._record(packed, spool, done.members[start : start + GROUP])
            yield
        self._checkpoint("bundle_recorded")
        catalogue.save_unpacked(
            packed.document.id, len(done.members), done.size, done.left, done.missing, self._means()
        )
        self._checkpoint("bundle_marked")
        self._note(packed)
        shutil.rmtree(spool, ignore_errors=True)

    def _note(self, packed: catalogue.Packed) -> None:
        if packed.document.unit:
            self.units.add(packed.document.unit)

    def _unpacked(self, packed: catalogue.Packed, spool: Path) -> Unpacking:
        deep = packed.depth >= self._limits.bundle_depth  # then nothing is taken, if there is anything
        most = min(self._limits.bundle_mb << 20, max(_SMALL, self._limits.bundle_ratio * packed.outermost))
        members = 0 if deep else max(0, self._limits.bundle_members - packed.members)
        allowance = Allowance(max(0, most - packed.size), members, Left.DEPTH if deep else Left.COUNT)
        work = partial(unpack, into=spool, allowance=allowance, skip=is_litter)
        job = Job(packed.document.id, self._store.path(packed.document.sha256), work)
        writes = self._limits.bundle_mb + 1
        with Sandbox(self._limits, 1, language=self._config.language, writes_mb=writes) as sandbox:
            for _key, done in sandbox.run([job]):
                if isinstance(done, Failed):
                    return Unpacking(left=(("", _FAILED.get(done.code, Left.BROKEN)),), missing=1)
                return done
        raise OSError("no worker answered")

    def _record(self, packed: catalogue.Packed, spool: Path, members: Sequence[Member]) -> None:
        """Store and record a few members; those that a run before this one has recorded are passed over."""
        bundle = packed.document
        ids = {member.index: intake_id(bundle.id, member.index, member.name) for member in members}
        known = catalogue.recorded(set(ids.values()))
        fresh = [member for member in members if ids[member.index] not in known]
        staged = [self._store.stage(spool / f"{member.index:06d}", ids[member.index]) for member in fresh]
        self._store.keep_all(staged)
        intakes = []
        for member, kept in zip(fresh, staged, strict=True):
            inner = inner_path(member.name, member.index)
            path = packed.delivery.path + INSIDE + inner.encode()
            folder, name = place(bundle.folder, inner)
            delivery = Delivery(
                ids[member.index], bundle.unit, path, kept.size, packed.delivery.seen_at, packed.delivery.intake_id
            )
            intakes.append(catalogue.Intake(delivery, kept.sha256, name, folder))
        # They came when the bundle came: what lay there on the last day is not late for having been unpacked at night.
        receipts = catalogue.record(intakes, bundle.filed_at, self._checkpoint) if intakes else []
        self.filed += sum(receipt.outcome is Outcome.FILED for receipt in receipts)
        self.duplicates += sum(receipt.outcome is Outcome.DUPLICATE for receipt in receipts)
        self._note(packed)
        for member in members:
            (spool / f"{member.index:06d}").unlink(missing_ok=True)
