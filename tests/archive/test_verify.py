"""Fixity and the doctor: what is wrong is named, and what is right is not."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import audit, catalogue, doctor, models
from archive.config import Config
from archive.doctor import examine
from archive.records import Campaign, Delivery, Unit, UnitType
from archive.store import BlobStore
from archive.verify import verify

NOW = datetime(2021, 12, 1, 8, tzinfo=UTC)
CAMPAIGN = Campaign("xl", "X", 2021, "xep-loai-2021", units=(Unit("cb-a", "Chi bộ A", UnitType.CHI_BO_CO_SO),))


@pytest.fixture
def store(config: Config, tmp_path: Path) -> BlobStore:
    """Three papers, truly stored and recorded."""
    catalogue.save_campaign(CAMPAIGN, NOW, "x")
    made = BlobStore(config.blobs)
    for number in range(3):
        source = tmp_path / "source"
        source.write_bytes(b"paper %d" % number)
        with source.open("rb") as opened:
            staged = made.stage(opened.fileno(), f"{number:032x}")
        made.keep_all([staged])
        delivery = Delivery(f"{number:032x}", "cb-a", b"cb-a/%d" % number, staged.size, NOW)
        catalogue.record([catalogue.Intake(delivery, staged.sha256, f"{number}.txt")], NOW)
    catalogue.decide(f"{0:032x}", kind="k", unit=None, year=None, by="Lan", now=NOW)
    audit.write_head(config.audit_head)
    return made


def test_an_untouched_archive_is_in_order(config: Config, store: BlobStore) -> None:
    found = verify(config, store, full=True)
    assert found.ok
    assert (found.blobs, found.hashed, found.orphans) == (3, 3, ())


def test_any_flipped_byte_is_found(config: Config, store: BlobStore) -> None:
    for sha256 in sorted(store.digests()):
        path = store.path(sha256)
        good = path.read_bytes()
        path.chmod(0o644)
        for position in range(len(good)):
            path.write_bytes(good[:position] + bytes([good[position] ^ 1]) + good[position + 1 :])
            assert verify(config, store, full=False).bad == (sha256,)
        path.write_bytes(good)
    assert verify(config, store, full=True).ok


def test_missing_and_orphaned_blobs_are_told_apart(config: Config, store: BlobStore, tmp_path: Path) -> None:
    gone = sorted(store.digests())[0]
    store.path(gone).unlink()
    source = tmp_path / "orphan"
    source.write_bytes(b"nobody's")
    with source.open("rb") as opened:
        staged = store.stage(opened.fileno(), "f" * 32)
    store.keep_all([staged])
    found = verify(config, store, full=False)
    assert (found.missing, found.orphans, found.ok) == ((gone,), (staged.sha256,), False)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        (models.Receipt, {"outcome": "duplicate"}),
        (models.Receipt, {"number": 99}),
        (models.Delivery, {"path": b"cb-b/0"}),
        (models.Delivery, {"size": 1}),
        (models.Document, {"unit": "cb-b"}),
        (models.Document, {"name": "khác.txt"}),
        (models.Decision, {"kind": "khác"}),
        (models.Decision, {"by": "Ai đó"}),
    ],
)
def test_a_row_changed_behind_the_log_is_found(
    config: Config, store: BlobStore, table: type[models.Receipt], change: dict[str, object]
) -> None:
    row = table.objects.order_by("pk").first()
    assert row is not None
    table.objects.filter(pk=row.pk).update(**change)
    assert verify(config, store, full=False).rows


def test_a_deleted_receipt_is_found(config: Config, store: BlobStore) -> None:
    models.Receipt.objects.order_by("pk").last().delete()  # type: ignore[union-attr]
    assert verify(config, store, full=False).rows


def test_the_doctor_is_content_with_a_fresh_home(config: Config) -> None:
    states = {item.check: item.state for item in examine(config)}
    assert "fail" not in states.values()
    assert states["campaign"] == "warn"


def test_the_doctor_survives_its_own_mistakes(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_config: Config) -> doctor.Check:
        raise ZeroDivisionError

    monkeypatch.setattr(doctor, "CHECKS", (broken,))
    assert [item.state for item in examine(config)] == ["fail"]


def test_a_full_disk_and_a_missing_inbox_come_with_a_remedy(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LOW_DISK", 1 << 62)
    config.inbox.rename(config.home / "elsewhere")
    wrong = {item.check: item for item in examine(config) if item.state != "ok"}
    assert wrong["disk"].state == "warn"
    assert wrong["inbox"].state == "fail"
    assert all(item.remedy for item in wrong.values())
