"""The answers in the folders follow what is held, survive a share that is away, and are not written without need."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import catalogue
from archive.config import Config
from archive.records import Campaign, Completeness, Delivery, Unit, UnitType
from archive.store import BlobStore
from inbox import answers
from inbox.answers import Answers
from inbox.results import PassResult
from inbox.setup import make_folders
from rules.loader import find_pack

NOW = datetime(2021, 12, 1, 8, tzinfo=UTC)
UNITS = (
    Unit("db-a", "Đảng bộ A", UnitType.DANG_BO_CO_SO),
    Unit("cb-b", "Chi bộ B", UnitType.CHI_BO_TRUC_THUOC, parent="db-a"),
)
CAMPAIGN = Campaign("xl", "X", 2021, "xep-loai-2021", units=UNITS)


class Desk:
    """Answers with a clock that the test turns."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.clock = 0.0
        self.today = NOW
        self.answers = Answers(
            config, BlobStore(config.blobs), find_pack("xep-loai-2021"),
            clock=lambda: self.clock, now=lambda: self.today,
        )  # fmt: skip

    def deliver(self, path: str, unit: str | None = "cb-b") -> PassResult:
        number = len(catalogue.receipts()) + 1
        delivery = Delivery(f"{number:032x}", unit, path.encode(), 3, NOW)
        reason = None if unit else "no-unit"
        intake = catalogue.Intake(delivery, f"{number:064x}", Path(path).name, "", reason)
        return PassResult(receipts=catalogue.record([intake], NOW))


@pytest.fixture
def desk(config: Config) -> Desk:
    catalogue.save_campaign(CAMPAIGN, NOW, "x")
    make_folders(config.inbox, CAMPAIGN)
    return Desk(config)


def pages(inbox: Path) -> dict[str, bytes]:
    return {str(path.relative_to(inbox)): path.read_bytes() for path in inbox.rglob("_T*") if path.is_file()}


def test_every_folder_has_its_pages_from_the_start(desk: Desk) -> None:
    assert not desk.answers.pages(at_once=True)
    names = {"_TINH-TRANG.html", "_THIEU.txt"}
    assert set(pages(desk.config.inbox)) == {folder + name for folder in ("", "db-a/", "db-a/cb-b/") for name in names}


def test_a_delivery_has_its_receipt_at_once_and_only_one(desk: Desk) -> None:
    result = desk.deliver("db-a/cb-b/bc.docx")
    desk.answers.after_pass(result)
    desk.answers.after_pass(PassResult())
    receipts = list((desk.config.inbox / "db-a" / "cb-b" / "_BIEN-NHAN").iterdir())
    assert len(receipts) == 1
    assert "bc.docx" in receipts[0].read_text(encoding="utf-8")
    assert catalogue.unanswered(10) == []


def test_a_share_that_is_away_is_answered_when_it_is_back(desk: Desk) -> None:
    away = desk.config.inbox.with_name("away")
    desk.config.inbox.rename(away)
    desk.answers.after_pass(desk.deliver("db-a/cb-b/bc.docx"))
    assert len(catalogue.unanswered(10)) == 1
    assert not desk.config.inbox.exists(), "nobody may make a folder where the share belongs"
    away.rename(desk.config.inbox)
    desk.answers.after_pass(PassResult())
    desk.answers.pages(at_once=True)
    assert catalogue.unanswered(10) == []
    assert "bc.docx" in (desk.config.inbox / "db-a" / "cb-b" / "_TINH-TRANG.html").read_text(encoding="utf-8")


def test_pages_are_not_written_again_when_nothing_changed(desk: Desk) -> None:
    desk.answers.pages(at_once=True)
    before = {path: path.stat().st_mtime_ns for path in desk.config.inbox.rglob("_T*")}
    desk.clock += 100
    desk.answers.after_pass(PassResult())
    desk.answers.pages(at_once=True)
    assert {path: path.stat().st_mtime_ns for path in desk.config.inbox.rglob("_T*")} == before


def test_a_pass_that_brings_nothing_judges_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.answers.pages(at_once=True)
    monkeypatch.setattr(answers.catalogue, "known_documents", lambda *_units: pytest.fail("documents were looked up"))
    for _pass in range(3):
        desk.clock += 100
        desk.answers.after_pass(PassResult())
        assert not desk.answers.pages()


def test_while_files_pour_in_pages_wait_their_turn(desk: Desk) -> None:
    desk.answers.pages(at_once=True)
    desk.answers.after_pass(desk.deliver("db-a/cb-b/một.docx"))
    assert desk.answers.pages(), "left for a moment later"
    page = desk.config.inbox / "db-a" / "cb-b" / "_TINH-TRANG.html"
    assert "một.docx" not in page.read_text(encoding="utf-8")
    desk.clock += 60
    assert not desk.answers.pages()
    assert "một.docx" in page.read_text(encoding="utf-8")


def test_one_folder_that_cannot_be_written_keeps_no_other_receipt_waiting(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("inbox.answers.RECEIPTS_AT_ONCE", 2)
    (desk.config.inbox / "db-a" / "cb-b" / "_BIEN-NHAN").symlink_to(tmp_path)
    for name in ("một", "hai", "ba"):
        desk.deliver(f"db-a/cb-b/{name}.docx")
    desk.deliver("db-a/bốn.docx", "db-a")
    for _again in range(2):
        desk.answers.after_pass(PassResult())
        desk.answers.pages(at_once=True)
    assert len(list((desk.config.inbox / "db-a" / "_BIEN-NHAN").iterdir())) == 1
    assert len(catalogue.unanswered(10)) == 3
    assert len([record for record in caplog.records if record.name == "hoso.answers"]) == 1, "told once, not each time"


def test_what_lies_untaken_in_one_unit_costs_the_others_no_new_page(
    desk: Desk, make_waiting: Callable[[str, str], PassResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.answers.pages(at_once=True)
    written: list[str] = []
    real = Answers._write_unit

    def noted(self: Answers, campaign: Campaign, unit: str, *rest: object) -> object:
        written.append(unit)
        return real(self, campaign, unit, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Answers, "_write_unit", noted)
    desk.answers.after_pass(make_waiting("db-a/dở.pdf", "incomplete"))
    desk.answers.pages(at_once=True)
    assert written == ["db-a"]
    desk.answers.after_pass(PassResult())
    desk.answers.pages(at_once=True)
    assert written == ["db-a", "db-a"], "and again when it is gone"


def test_a_change_far_below_is_on_the_page_of_every_unit_above(config: Config) -> None:
    units = (
        UNITS[0],
        Unit("dbp", "Đảng bộ bộ phận", UnitType.DANG_BO_BO_PHAN, parent="db-a"),
        Unit("cb-c", "Chi bộ C", UnitType.CHI_BO_TRUC_THUOC, parent="dbp"),
    )
    catalogue.save_campaign(Campaign("xl", "X", 2021, "xep-loai-2021", units=units), NOW, "x")
    desk = Desk(config)
    desk.answers.pages(at_once=True)
    top = config.inbox / "db-a" / "_TINH-TRANG.html"
    top.unlink()
    desk.answers.touch(["cb-c"])
    desk.answers.pages(at_once=True)
    assert top.exists()


def test_folders_are_made_below_the_inbox_only(config: Config, tmp_path: Path) -> None:
    config.inbox.joinpath("db-a").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").mkdir()
    assert make_folders(config.inbox, CAMPAIGN) == 0
    assert list((tmp_path / "elsewhere").iterdir()) == []
    config.inbox.joinpath("db-a").unlink()
    assert make_folders(config.inbox, CAMPAIGN) == 2
    assert make_folders(config.inbox, CAMPAIGN) == 0


def test_a_new_day_and_a_new_campaign_change_every_page(desk: Desk) -> None:
    desk.answers.pages(at_once=True)
    before = pages(desk.config.inbox)
    desk.today += timedelta(days=1)
    desk.answers.pages(at_once=True)
    after = pages(desk.config.inbox)
    assert {name for name in before if before[name] != after[name]} >= {"_TINH-TRANG.html", "db-a/_TINH-TRANG.html"}


def test_a_persons_decision_is_on_the_page_without_a_restart(desk: Desk) -> None:
    desk.answers.after_pass(desk.deliver("lạc.txt", None))
    desk.answers.pages(at_once=True)
    stray = catalogue.receipts()[0].document
    catalogue.decide(str(stray), kind=None, unit="cb-b", year=None, by="Lan", now=NOW + timedelta(minutes=1))
    desk.answers.pages(at_once=True)
    assert "lạc.txt" in (desk.config.inbox / "db-a" / "cb-b" / "_TINH-TRANG.html").read_text(encoding="utf-8")
    assert not (desk.config.inbox / "_CAN-SUA").exists()


def test_a_paper_that_is_moved_on_leaves_every_page_true(desk: Desk) -> None:
    desk.answers.after_pass(desk.deliver("db-a/cb-b/bc.docx"))
    paper = str(catalogue.receipts()[0].document)
    folder = desk.config.inbox / "db-a"
    for minute, (unit, there) in enumerate((("db-a", [True, False]), ("cb-b", [False, True]), ("db-a", [True, False]))):
        catalogue.decide(paper, kind=None, unit=unit, year=None, by="Lan", now=NOW + timedelta(minutes=minute))
        desk.answers.pages(at_once=True)
        pages_of_both = [folder / "_TINH-TRANG.html", folder / "cb-b" / "_TINH-TRANG.html"]
        assert ["bc.docx" in page.read_text(encoding="utf-8") for page in pages_of_both] == there


def test_a_mistake_of_ours_over_one_dossier_costs_the_other_units_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = answers.unit_page

    def fails_for_the_first(completeness: Completeness, *rest: object, **more: object) -> object:
        if completeness.unit.id == "db-a":
            raise ZeroDivisionError
        return real(completeness, *rest, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(answers, "unit_page", fails_for_the_first)
        desk.answers.pages(at_once=True)
    assert {name.rpartition("/")[0] for name in pages(desk.config.inbox)} == {"", "db-a/cb-b"}
    desk.answers.pages(at_once=True)
    assert "db-a/_TINH-TRANG.html" in pages(desk.config.inbox), "it is tried again"


def test_a_stray_file_is_answered_in_the_root(desk: Desk) -> None:
    desk.answers.after_pass(desk.deliver("lạc.txt", None))
    desk.answers.pages(at_once=True)
    notes = [path.name for path in (desk.config.inbox / "_CAN-SUA").iterdir()]
    assert any(name.endswith(".LY-DO.txt") for name in notes)
    assert catalogue.unanswered(10) == []


def test_a_new_campaign_begins_with_clean_pages(desk: Desk) -> None:
    desk.answers.after_pass(desk.deliver("lạc.txt", None))
    first = desk.deliver("db-a/cb-b/cũ.docx").receipts[0]
    again = catalogue.Intake(Delivery("f" * 32, "cb-b", b"db-a/cb-b/lai.docx", 3, NOW), first.sha256, "lại.docx")
    catalogue.record([again], NOW)
    catalogue.save_campaign(replace(CAMPAIGN, id="xl-2"), NOW + timedelta(days=365), "x")
    desk.answers.pages(at_once=True)
    assert not (desk.config.inbox / "_CAN-SUA").exists()
    page = (desk.config.inbox / "db-a" / "cb-b" / "_TINH-TRANG.html").read_text(encoding="utf-8")
    assert not {"cũ.docx", "lại.docx", "lai.docx"} & set(re.findall(r"[\w.-]+\.docx", page))


def test_what_lies_untaken_is_on_the_page(desk: Desk, make_waiting: Callable[[str, str], PassResult]) -> None:
    desk.answers.after_pass(make_waiting("db-a/cb-b/dở.pdf", "incomplete"))
    desk.answers.pages(at_once=True)
    assert "dở.pdf" in (desk.config.inbox / "db-a" / "cb-b" / "_TINH-TRANG.html").read_text(encoding="utf-8")


@pytest.fixture
def make_waiting() -> Callable[[str, str], PassResult]:
    from inbox.settle import Waiting

    return lambda path, why: PassResult(waiting=[Waiting(path.encode(), why, NOW)])
