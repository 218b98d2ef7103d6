"""From a claim to a receipt: CLAIMED -> STORED -> RECORDED -> CLEANED of design.md 5, for a few claims at once.

Nothing here looks into a file: whatever it holds, its bytes are kept and its delivery is answered. Every step may be
repeated, and a crash anywhere leaves a claim from which the next pass goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from archive.records import Delivery, Receipt, Unit
from archive.store import BlobStore, Checkpoint, SourceChanged, Staged, no_checkpoint
from inbox.claim import ClaimArea
from inbox.descriptors import NotAFile
from inbox.folders import Place, place
from inbox.ledger import Filing, Ledger
from inbox.meta import Claim
from inbox.settle import Look

UNKNOWN_ORIGIN = "unknown-origin"
GROUP = 20  # claims that share one round of fsync and one transaction

Rests = Callable[[Claim, int], Look]


@dataclass(slots=True)
class Taken:
    """What became of some claims: recorded (with their receipts), held because they changed, failed and to be tried
    again, or no files at all."""

    receipts: list[Receipt] = field(default_factory=list)
    held: list[Claim] = field(default_factory=list)
    failed: list[tuple[Claim, Exception]] = field(default_factory=list)
    no_files: list[Claim] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Desk:
    """What taking in works with; the same for every pass."""

    area: ClaimArea
    store: BlobStore
    ledger: Ledger
    checkpoint: Checkpoint = no_checkpoint


def take_in(
    desk: Desk, claims: Sequence[Claim], units: Mapping[str, Unit], rests: Rests, now: datetime, inbox: int | None
) -> Taken:
    """Store, record and clean up some claims. `rests` tests a claimed file again, now that nobody else can reach it;
    `inbox` is the open folder, None while it is away. What goes wrong with one claim leaves the others alone, except
    in the transaction, which holds for all or none."""
    taken = Taken()
    stored = [pair for claim in claims if (pair := _stage(desk, claim, rests, inbox, taken))]
    if not stored:
        return taken
    try:
        desk.store.keep_all([staged for _claim, staged in stored])
        filings = [_filing(claim, staged, units) for claim, staged in stored]
        taken.receipts.extend(desk.ledger.record(filings, now, desk.checkpoint))
    except Exception as error:  # a full disk, a locked database, whatever it is: the claims are safe, so try again
        taken.failed.extend((claim, error) for claim, _staged in stored)
        return taken
    for claim, _staged in stored:
        try:
            desk.area.finish(claim, inbox)
        except OSError as error:
            taken.failed.append((claim, error))
    return taken


def _stage(desk: Desk, claim: Claim, rests: Rests, inbox: int | None, taken: Taken) -> tuple[Claim, Staged] | None:
    try:
        with desk.area.source(claim, inbox) as handle:
            look = rests(claim, handle)
            if look is not Look.WAIT:
                claim = replace(claim, incomplete=claim.incomplete or look is Look.AS_IT_IS)
                return claim, desk.store.stage(handle, claim.intake_id)
        taken.held.append(claim)
    except SourceChanged:
        taken.held.append(claim)
    except NotAFile:
        taken.no_files.append(claim)
    except OSError as error:
        taken.failed.append((claim, error))
    return None


def _filing(claim: Claim, staged: Staged, units: Mapping[str, Unit]) -> Filing:
    """Where a file belongs is asked again now: a campaign loaded since it was claimed may know its folder."""
    at = place(claim.path, units)
    if claim.stamp is None:
        at = Place(None, "", at.name, UNKNOWN_ORIGIN)
    delivery = Delivery(claim.intake_id, at.unit, claim.path, staged.size, claim.seen_at)
    return Filing(delivery, staged.sha256, at.name, at.folder, at.reason, claim.incomplete)
