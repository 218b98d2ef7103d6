"""The whole line as one service: what it follows while it runs, and how it ends."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import catalogue
from archive.config import Config
from archive.i18n import gettext
from archive.records import Campaign, Unit, UnitType
from inbox.scans import Scans
from inbox.service import Service
from reports.console import scan_text
from rules.loader import PACKS, find_pack
from tests.archive.readers.making_bundles import zipped

_SCANS_WAIT = gettext("Recognising the text of scanned pages: %d wait, each takes some seconds")
NOW = datetime(2021, 12, 1, 8, tzinfo=UTC)
UNITS = (Unit("cb-a", "Chi bộ A", UnitType.CHI_BO_CO_SO),)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack of the office's own."""
    path = tmp_path / "pack.yaml"
    path.write_bytes((PACKS / "xep-loai-2021.yaml").read_bytes() + b"# our own\n")
    return path


@pytest.fixture
def service(config: Config, pack: Path) -> Iterator[Service]:
    catalogue.save_campaign(Campaign("xl", "X", 2021, str(pack), units=UNITS), NOW, "x")
    with Service(config, find_pack(str(pack)), settle=0, now=lambda: NOW) as made:
        yield made


def page(config: Config) -> str:
    return (config.inbox / "cb-a" / "_TINH-TRANG.html").read_text(encoding="utf-8")


def test_changed_rules_are_followed_without_a_restart(service: Service, config: Config, pack: Path) -> None:
    service.once()
    assert "Báo cáo tổng kết năm" in page(config)
    pack.write_text(pack.read_text(encoding="utf-8").replace("Báo cáo tổng kết năm", "Tên khác"), encoding="utf-8")
    service.once()
    assert service.stages.pack.sha256 == find_pack(str(pack)).sha256
    assert "Tên khác" in page(config)


def test_broken_rules_leave_the_former_ones_in_force(
    service: Service, config: Config, pack: Path, caplog: pytest.LogCaptureFixture
) -> None:
    service.once()
    before = page(config)
    pack.write_text("id: [", encoding="utf-8")
    service.once()
    service.once()
    assert page(config) == before
    assert len([record for record in caplog.records if "pack.yaml" in record.getMessage()]) == 1


def test_another_campaigns_rules_are_followed(service: Service) -> None:
    service.once()
    campaign = catalogue.current_campaign()
    assert campaign is not None
    catalogue.save_campaign(replace(campaign, id="xl-2", pack="xep-loai-2021"), NOW + timedelta(hours=1), "x")
    service.once()
    assert service.answers.pack.sha256 == service.stages.pack.sha256 == find_pack("xep-loai-2021").sha256


def test_a_bundle_is_answered_file_by_file_before_the_scan_ends(service: Service, config: Config) -> None:
    members = [("bc.txt", b"x"), ("bb.txt", b"x"), ("hong.docx", b"PK")]
    (config.inbox / "cb-a").mkdir(exist_ok=True)
    (config.inbox / "cb-a" / "hs.zip").write_bytes(zipped(members))
    (config.inbox / "cb-a" / "hs.zip").rename(config.inbox / "cb-a" / "Hồ sơ.zip")
    data = service.until_idle()
    assert (data["filed"], data["duplicates"], data["read"]) == (3, 1, 3)
    receipts = [path.read_text(encoding="utf-8") for path in (config.inbox / "cb-a" / "_BIEN-NHAN").iterdir()]
    assert len(receipts) == 4
    assert sum("Hồ sơ.zip" in receipt for receipt in receipts) == 4
    assert "Hồ sơ.zip" in page(config)
    assert "bc.txt" in page(config)


def test_scanned_pages_are_told_of_at_once_and_counted_at_the_end(
    service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "hoso")
    monkeypatch.setattr(Scans, "busy", True)
    service.stages.scans.read = 3
    data = service.once()
    service.once()
    assert [record.getMessage() for record in caplog.records].count(_SCANS_WAIT % 0) == 1
    assert data["scans"] == 3
    assert "3" in scan_text(data).split("\n")[2]
    assert len(scan_text({**data, "scans": 0}).split("\n")) == 2


def test_a_scan_without_an_inbox_is_no_success(service: Service, config: Config) -> None:
    config.inbox.rename(config.home / "elsewhere")
    assert [item["path"] for item in service.once()["stuck"]] == [""]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_scan_is_no_success(
    service: Service, number: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service.inbox, "pass_once", _interrupted(service, number))
    with pytest.raises(KeyboardInterrupt):
        service.until_idle()


def _interrupted(service: Service, number: signal.Signals) -> object:
    real = service.inbox.pass_once

    def pass_once(*arguments: object) -> object:
        os.kill(os.getpid(), number)
        return real(*arguments)  # type: ignore[arg-type]

    return pass_once
