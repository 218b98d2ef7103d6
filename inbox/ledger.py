"""What the inbox needs of the catalogue, and no more: who the units are, and receipts.

The inbox is handed a `Ledger`; `CatalogueLedger` is the real one. Nothing else in the intake path knows the database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from archive.records import Delivery, Receipt, Unit
from archive.store import Checkpoint


@dataclass(frozen=True, slots=True)
class Filing:
    """A delivery whose bytes are safe, ready to be recorded. `name` and `folder` are for people; `quarantine` is the
    code of why it cannot be filed for a unit, or None; `incomplete`: taken in though its format does not close."""

    delivery: Delivery
    sha256: str
    name: str
    folder: str
    quarantine: str | None
    incomplete: bool


class Ledger(Protocol):
    """The catalogue as the inbox sees it. Any exception means: not now, try again."""

    def units(self) -> Mapping[str, Unit]:
        """The units of the current campaign by id; empty while none is loaded."""
        ...

    def receipt(self, intake_id: str) -> Receipt | None:
        """The receipt of a delivery that was recorded."""
        ...

    def record(self, filings: Sequence[Filing], now: datetime, checkpoint: Checkpoint) -> list[Receipt]:
        """Record all of them in one durable transaction, or none; again with the same intake id changes nothing."""
        ...


class CatalogueLedger:
    """The catalogue that `archive.database.use` has opened."""

    def units(self) -> Mapping[str, Unit]:
        """The units of the current campaign by id; empty while none is loaded."""
        from archive import catalogue

        campaign = catalogue.current_campaign()
        return {unit.id: unit for unit in campaign.units} if campaign else {}

    def receipt(self, intake_id: str) -> Receipt | None:
        """The receipt of a delivery that was recorded."""
        from archive import catalogue

        return catalogue.receipt(intake_id)

    def record(self, filings: Sequence[Filing], now: datetime, checkpoint: Checkpoint) -> list[Receipt]:
        """Record all of them in one durable transaction, or none; again with the same intake id changes nothing."""
        from archive import catalogue

        items = [catalogue.Intake(f.delivery, f.sha256, f.name, f.folder, f.quarantine, f.incomplete) for f in filings]
        return catalogue.record(items, now, checkpoint)
