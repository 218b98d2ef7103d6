"""Scanned pages are read behind everything else: each costs itself only, and nothing is lost or read twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import catalogue, models
from archive.config import Config
from archive.errors import DependencyMissing
from archive.readers import sandbox as sandbox_module
from archive.readers import table
from archive.readers.ocr import ocr
from archive.readers.sandbox import Job, Sandbox
from archive.readers.table import READER_VERSION
from archive.records import Campaign, Delivery, Page, Reading, ReadingState, Source, Unit, UnitType
from archive.searching import Searcher
from archive.store import BlobStore
from inbox import scans
from inbox.service import Service
from inbox.stages import Stages
from reports.search import search_text
from rules.loader import find_pack
from tests.archive.readers.killing_readers import obey_page, refuse_to_start, scanned
from tests.archive.readers.test_sandbox import children

NOW = datetime(2021, 12, 1, 8, tzinfo=UTC)
CAMPAIGN = Campaign("xl", "X", 2021, "xep-loai-2021", units=(Unit("cb-a", "Chi bộ A", UnitType.CHI_BO_CO_SO),))
REPORT = "CHI BỘ A/Số 5-BC/CB//BÁO CÁO/Tổng kết công tác năm 2021/-----/Nội dung."
FOOT = "T/M CHI BỘ/BÍ THƯ/Trần Lan"

Drop = Callable[..., str]
Open = Callable[..., Stages]


@pytest.fixture
def config(config: Config) -> Config:
    catalogue.save_campaign(CAMPAIGN, NOW, "x")
    return replace(config, workers=1, reading=replace(config.reading, ocr_seconds=0.5))


@pytest.fixture
def open_line(config: Config, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """The stages of a service, with a reader to which everything is a scan; opening them again ends them first."""
    monkeypatch.setattr(table, "read", scanned)
    opened: list[Stages] = []

    def make(**limits: float) -> Stages:
        for line in opened:
            line.close()
        config_ = replace(config, reading=replace(config.reading, **limits))  # type: ignore[arg-type]
        line = Stages(config_, BlobStore(config.blobs), find_pack("xep-loai-2021"), sandbox, obey_page)
        opened.append(line)
        return line

    with Sandbox(config.reading, workers=1) as sandbox:
        yield make
        for line in opened:
            line.close()


@pytest.fixture
def drop(config: Config, tmp_path: Path) -> Drop:
    """File a document of these pages; its digest."""
    store = BlobStore(config.blobs)

    def put(name: str, *pages: str) -> str:
        source = tmp_path / "dropped"
        source.write_text("\n".join(pages), encoding="utf-8")
        intake_id = f"{len(catalogue.receipts()) + 1:032x}"
        with source.open("rb") as opened:
            staged = store.stage(opened.fileno(), intake_id)
        store.keep_all([staged])
        delivery = Delivery(intake_id, "cb-a", f"cb-a/{name}".encode(), staged.size, NOW)
        catalogue.record([catalogue.Intake(delivery, staged.sha256, name)], NOW)
        return staged.sha256

    return put


@pytest.fixture
def order(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """The pages in the order in which they are saved."""
    saved: list[tuple[str, int]] = []
    real = catalogue.save_scan

    def save(sha256: str, page: int, found: Page | str) -> None:
        saved.append((sha256, page))
        real(sha256, page, found)

    monkeypatch.setattr(catalogue, "save_scan", save)
    return saved


def work_off(line: Stages) -> None:
    while line.step(5.0):
        pass


def reading(sha256: str) -> Reading:
    found = catalogue.reading(sha256)
    assert found is not None
    return found


def test_a_scan_is_kept_waiting_then_read_recognised_and_found(open_line: Open, drop: Drop) -> None:
    sha256 = drop("a.png", REPORT, FOOT)
    line = open_line()
    line.step(0)
    assert reading(sha256).state is ReadingState.NOT_YET
    work_off(line)
    (known,) = catalogue.known_documents()
    assert (known.state, known.source, known.confidence) == (ReadingState.READ, Source.OCR, 0.8)
    assert (known.kind, known.year, known.pages) == ("bao-cao-tong-ket", 2021, 2)
    assert (line.read, line.scans.read, line.scans.failed) == (1, 2, 0)
    assert not models.ReadScan.objects.exists(), "the rows of a document go with its last page"
    with Searcher(line.config) as searcher:
        answer = searcher.find("noi dung")
    assert [(hit["source"], hit["confidence"]) for hit in answer["hits"]] == [("ocr", 0.8)]
    assert "máy đọc từ ảnh, độ chắc chắn 80 %" in search_text(answer)
    assert not line.step(0), "nothing is left, and doing it again does nothing"


def test_documents_take_turns(open_line: Open, drop: Drop, order: list[tuple[str, int]]) -> None:
    long, short, second = drop("a.png", "a1", "a2", "a3"), drop("b.png", "b1"), drop("c.png", "c1", "c2")
    work_off(open_line())
    assert order == [(long, 1), (short, 1), (second, 1), (long, 2), (second, 2), (long, 3)]


def test_a_page_that_crashes_hangs_or_fails_costs_itself_only(
    open_line: Open, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that takes too long is tried once more, as the machine may have been busy; never for ever."""
    wanted: list[str] = []
    real = scans._Carrier.want

    def want(carrier: scans._Carrier, job: Job[Page]) -> None:
        wanted.append(job.key)
        real(carrier, job)

    monkeypatch.setattr(scans._Carrier, "want", want)
    mixed, bad, blank = (
        drop("a.png", "một", "crash", "hang", "fail", "năm"),
        drop("b.png", "crash"),
        drop("c.png", "blank"),
    )
    line = open_line()
    work_off(line)
    assert [page.text for page in reading(mixed).pages] == ["một", "", "", "", "năm"]
    ((code, words),) = reading(mixed).warnings
    assert (code, "2, 3, 4" in words) == ("text-incomplete", True)
    assert (reading(bad).state, reading(bad).warnings[0][0]) == (ReadingState.UNREADABLE, "reader-crashed")
    assert (reading(blank).state, reading(blank).warnings[0][0]) == (ReadingState.UNREADABLE, "empty")
    assert (line.scans.read, line.scans.failed) == (7, 2)
    assert {key for key in wanted if wanted.count(key) > 1} == {f"{mixed} 3"}
    assert wanted.count(f"{mixed} 3") == 2
    assert all(finding.remedy for known in catalogue.known_documents() for finding in known.findings)


def test_after_a_restart_no_page_is_read_again(open_line: Open, drop: Drop, order: list[tuple[str, int]]) -> None:
    sha256 = drop("a.png", *(f"trang {number}" for number in range(1, 31)))
    line = open_line()
    while line.scans.read < 3:
        assert line.step(0)
    assert reading(sha256).state is ReadingState.NOT_YET
    line = open_line()
    assert catalogue.backlog(READER_VERSION, "").scans == 30 - len(order) > 0
    work_off(line)
    assert sorted(order) == [(sha256, number) for number in range(1, 31)]
    assert reading(sha256).pages[29].text == "trang 30"


def test_a_crash_before_the_last_step_loses_no_document(
    open_line: Open, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All its pages are saved, but they are not in its reading yet."""
    sha256 = drop("a.png", "một")
    line = open_line()
    line.step(0)
    catalogue.save_scan(sha256, 1, Page("một", Source.OCR, 0.7))
    work_off(open_line())
    assert (reading(sha256).state, reading(sha256).confidence) == (ReadingState.READ, 0.7)


def test_whatever_hangs_it_ends_at_once_and_leaves_nothing_running(open_line: Open, drop: Drop) -> None:
    before = children()
    drop("a.png", "một", "hang", "hang")
    line = open_line(ocr_seconds=600)
    while line.scans.read < 1:
        line.step(0)
    line.close()
    assert len(children() - before) == 2, "the readers' own sandbox stays: the fork server and a worker"
    assert catalogue.backlog(READER_VERSION, "").scans == 2


def test_a_fresh_text_overtakes_the_pages_that_wait(
    open_line: Open, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both would hold it up here for ever, if anything waited for them."""
    drop("a.png", *["hang"] * 5)
    drop("b.png", *["hang"] * 6)
    line = open_line(ocr_seconds=600)
    line.step(0)
    assert line.scans.busy
    fresh = drop("c.png", REPORT)
    while line.read < 3:
        assert line.step(0), "there is more to do"
    assert catalogue.reading(fresh)
    assert len(catalogue.known_documents()) == 3
    assert line.scans.read == 0


def test_pages_over_the_limit_are_said_to_be_unread(open_line: Open, drop: Drop) -> None:
    sha256 = drop("a.png", "một", "hai", "ba")
    line = open_line(ocr_pages=2)
    work_off(line)
    assert [page.text for page in reading(sha256).pages] == ["một", "hai", ""]
    assert [code for code, _words in reading(sha256).warnings] == ["text-incomplete"]
    assert line.scans.read == 2


def test_workers_that_cannot_be_started_are_no_documents_fault(
    open_line: Open, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha256 = drop("a.png", "một")
    line = open_line()
    line._read_slice()
    with monkeypatch.context() as broken:
        broken.setattr(sandbox_module, "confine", refuse_to_start)
        with pytest.raises(DependencyMissing):
            work_off(line)
    work_off(line)
    assert reading(sha256).text == "một"


def test_idle_workers_end_and_come_again(open_line: Open, drop: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "IDLE_SECONDS", 0.01)
    first = drop("a.png", "một")
    line = open_line()
    work_off(line)
    ended = line.scans._carrier._thread
    assert ended is not None
    ended.join()
    second = drop("b.png", "hai")
    work_off(line)
    assert (reading(first).text, reading(second).text) == ("một", "hai")
    assert line.scans._carrier._thread is not ended


@pytest.mark.parametrize("how", ["once", "until_idle"])
def test_a_scan_of_the_inbox_reads_the_pages_too(config: Config, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    monkeypatch.setattr(table, "read", scanned)
    monkeypatch.setattr(ocr, "read_page", obey_page)
    folder = config.inbox / "cb-a"
    folder.mkdir(parents=True)
    (folder / "a.png").write_text(f"{REPORT}\n{FOOT}")
    with Service(config, find_pack("xep-loai-2021"), settle=0.1) as service:
        answer = getattr(service, how)()
    assert (answer["filed"], answer["read"], answer["failed"], answer["stuck"]) == (1, 1, 0, [])
    (known,) = catalogue.known_documents()
    assert (known.state, known.kind, known.source) == (ReadingState.READ, "bao-cao-tong-ket", Source.OCR)


def test_a_page_that_cannot_be_saved_now_is_read_again(
    open_line: Open, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha256 = drop("a.png", "một", "hai", "ba")
    line = open_line()
    real, failing = catalogue.save_scan, [OSError("disk full")]

    def save(sha256: str, page: int, found: Page | str) -> None:
        if failing:
            raise failing.pop()
        real(sha256, page, found)

    monkeypatch.setattr(catalogue, "save_scan", save)
    with pytest.raises(OSError, match="disk full"):
        work_off(line)
    work_off(line)
    assert [page.text for page in reading(sha256).pages] == ["một", "hai", "ba"]
