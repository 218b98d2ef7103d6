"""Hostile files dropped into a unit's folder of a real home: each is filed and answered; the service ends as usual."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from archive import catalogue
from archive.config import Config
from archive.readers.limits import ReadingLimits
from archive.records import Campaign, KnownDocument, Outcome, ReadingState, Unit, UnitType
from archive.store import BlobStore
from archive.verify import verify
from inbox.service import Service
from reports.names import NOTE, TO_MEND, shown
from rules.loader import find_pack
from tests.archive.readers import hostile

NOW = datetime(2021, 12, 1, 8, tzinfo=UTC)
UNITS = (Unit("cb-a", "Chi bộ A", UnitType.CHI_BO_CO_SO),)
COUNT = 300
LIMITS = ReadingLimits(
    seconds=3, cpu_seconds=3, seconds_per_page=0.001, memory_mb=1280, part_mb=16, pages=200, text_mb=1,
    cells=200_000, ocr_pages=1, ocr_seconds=2, ocr_dpi=72, bundle_mb=8, bundle_members=5, bundle_depth=2,
)  # fmt: skip
LONGEST_NAME = 255


@pytest.fixture
def home(config: Config) -> Config:
    """A home where nobody waits for what may still be written."""
    catalogue.save_campaign(Campaign("xl", "X", 2021, "xep-loai-2021", units=UNITS), NOW, "x")
    (config.inbox / "cb-a").mkdir(exist_ok=True)
    return replace(config, reading=LIMITS, incomplete_after=0.2, scan_seconds=1.0)


def _children() -> set[str]:
    """The processes that are children of this one, but for the resource tracker of multiprocessing."""
    tasks = Path(f"/proc/{os.getpid()}/task").iterdir()
    found = {pid for task in tasks for pid in (task / "children").read_text().split()}
    return {pid for pid in found if b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()}


@pytest.fixture
def nothing_stays() -> Iterator[None]:
    before = _children()
    yield
    assert _children() == before


def _chosen() -> list[str]:
    """As many of each family as there is room for, the same each time."""
    rng = Random(3)
    share = COUNT / len(hostile.FILES)
    return [
        name
        for family in hostile.FAMILIES.values()
        for name in sorted(rng.sample(sorted(family), round(len(family) * share) + 1))
    ]


def test_each_hostile_file_is_filed_and_answered(
    home: Config, nothing_stays: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _handle: None)  # nobody cuts the power
    caplog.set_level(logging.WARNING)
    names = _chosen()
    folder = home.inbox / "cb-a"
    for name in names:
        (folder / name).write_bytes(hostile.FILES[name]())
    assert len(names) >= COUNT

    with Service(home, find_pack("xep-loai-2021"), settle=0, now=lambda: NOW) as service:
        data = service.until_idle()
    assert (data["waiting"], data["stuck"]) == (0, [])

    receipts = catalogue.receipts()
    dropped = [receipt for receipt in receipts if receipt.bundle is None]
    assert sorted(receipt.path for receipt in dropped) == sorted(f"cb-a/{name}".encode() for name in names)
    assert {receipt.outcome for receipt in receipts} <= {Outcome.FILED, Outcome.DUPLICATE}
    documents = catalogue.known_documents()
    assert all(known.state in ReadingState for known in documents), "each has a reading"
    assert not list(home.claim.iterdir())
    assert {path.name for path in folder.iterdir() if not path.name.startswith("_")} == set()
    _check_answers(folder, documents)
    assert verify(home, BlobStore(home.blobs), full=True).ok
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR or record.exc_info]


def _check_answers(folder: Path, documents: list[KnownDocument]) -> None:
    """A note for each document that nobody can read, each whole and none about anything of the machine's."""
    notes = {path.name: path.read_text(encoding="utf-8") for path in (folder / TO_MEND).glob(f"*{NOTE}")}
    told = "".join("".join(notes.values()).split())  # long names run over lines
    page = (folder / "_TINH-TRANG.html").read_text(encoding="utf-8")
    unread = [known for known in documents if known.state in (ReadingState.UNREADABLE, ReadingState.LOCKED)]
    assert len(unread) > COUNT / 4
    for known in unread:
        assert "".join(shown(known.document.name).split()) in told, known.document.name
    assert all("root:x:0:" not in text for text in (told, page))
    assert "Traceback" not in told
    assert all(len(name.encode()) <= LONGEST_NAME for name in notes)
