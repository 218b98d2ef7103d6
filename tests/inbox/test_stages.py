"""What follows filing: every stage is a query, repeats harmlessly, and fails for one document only."""

from __future__ import annotations

import errno
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import archive.search
from archive import catalogue
from archive.config import Config
from archive.readers.sandbox import Sandbox
from archive.records import Campaign, Delivery, KnownDocument, ReadingState, Unit, UnitType
from archive.search import whoosh_index
from archive.search.folder_index import FolderIndex
from archive.search.ports import IndexedDocument
from archive.search.swap import exclusive
from archive.search.table import open_index, rebuild
from archive.searching import Searcher
from archive.store import BlobStore
from inbox import recognition, stages
from inbox.stages import Stages
from reports.console import documents_text
from reports.data import document_data
from rules.loader import find_pack

NOW = datetime(2021, 12, 1, 8, tzinfo=UTC)
CAMPAIGN = Campaign("xl", "X", 2021, "xep-loai-2021", units=(Unit("cb-a", "Chi bộ A", UnitType.CHI_BO_CO_SO),))
REPORT = (
    "CHI BỘ A\nSố 5-BC/CB\n\nBÁO CÁO\nTổng kết công tác năm 2021\n-----\nNội dung {n}.\nT/M CHI BỘ\nBÍ THƯ\nTrần Lan"
)

STRANGER = IndexedDocument(
    "f" * 32, "cb-a", None, "la.txt", None, None, None, None, None, NOW, ("tổng kết",), "embedded"
)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    from archive.readers.limits import ReadingLimits

    with Sandbox(ReadingLimits(), workers=1) as made:
        yield made


@pytest.fixture
def line(config: Config, sandbox: Sandbox) -> Iterator[Stages]:
    catalogue.save_campaign(CAMPAIGN, NOW, "x")
    made = Stages(config, BlobStore(config.blobs), find_pack("xep-loai-2021"), sandbox)
    yield made
    made.close()


@pytest.fixture
def file(line: Stages, tmp_path: Path) -> Callable[[str, str], str]:
    def put(name: str, text: str) -> str:
        source = tmp_path / "dropped"
        source.write_text(text, encoding="utf-8")
        intake_id = f"{len(catalogue.receipts()) + 1:032x}"
        with source.open("rb") as opened:
            staged = line.store.stage(opened.fileno(), intake_id)
        line.store.keep_all([staged])
        delivery = Delivery(intake_id, "cb-a", f"cb-a/{name}".encode(), staged.size, NOW)
        catalogue.record([catalogue.Intake(delivery, staged.sha256, name)], NOW)
        return intake_id

    return put


def work_off(line: Stages) -> None:
    while line.step(5.0):
        pass


def only(documents: list[KnownDocument]) -> KnownDocument:
    assert len(documents) == 1
    return documents[0]


def test_a_filed_document_is_read_recognised_and_found(line: Stages, file: Callable[[str, str], str]) -> None:
    file("bc.txt", REPORT.format(n=1))
    work_off(line)
    known = only(catalogue.known_documents())
    assert (known.state, known.kind, known.year) == (ReadingState.READ, "bao-cao-tong-ket", 2021)
    assert line.touched == {"cb-a"}
    with Searcher(line.config) as searcher:
        assert searcher.find("noi dung 1")["total"] == 1
    assert not line.step(0), "nothing is left, and doing it again does nothing"


def test_an_empty_document_costs_itself_a_finding_with_a_remedy(line: Stages, file: Callable[[str, str], str]) -> None:
    file("rỗng.docx", "")
    work_off(line)
    known = only(catalogue.known_documents())
    assert known.state is ReadingState.UNREADABLE
    assert known.findings
    assert all(finding.remedy for finding in known.findings)
    assert (line.read, line.failed) == (1, 1)


def test_a_mistake_of_ours_on_one_paper_leaves_the_others_alone(
    line: Stages, file: Callable[[str, str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = recognition.recognise

    def fails_on_two(reading: object, **rest: object) -> object:
        if "Nội dung 2" in reading.text:  # type: ignore[attr-defined]
            raise ZeroDivisionError
        return real(reading, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(recognition, "recognise", fails_on_two)
    for number in (1, 2, 3):
        file(f"{number}.txt", REPORT.format(n=number))
    work_off(line)
    assert sorted(known.kind or "" for known in catalogue.known_documents()) == ["", *["bao-cao-tong-ket"] * 2]


def test_a_damaged_index_is_filled_again_and_filing_never_notices(
    line: Stages, file: Callable[[str, str], str]
) -> None:
    file("1.txt", REPORT.format(n=1))
    work_off(line)
    line.index.close()
    for path in line.config.index.iterdir():
        path.chmod(0o600)
        path.write_bytes(b"rubbish")
    file("2.txt", REPORT.format(n=2))
    work_off(line)
    with Searcher(line.config) as searcher:
        answer = searcher.find("tổng kết")
    assert (answer["degraded"], answer["total"]) == (False, 2)


def test_an_index_that_is_gone_is_filled_again_before_it_answers(line: Stages, file: Callable[[str, str], str]) -> None:
    """It must not begin anew with what comes next: what the catalogue takes to be in it would be found by nobody."""
    file("1.txt", REPORT.format(n=1))
    work_off(line)
    line.index.close()
    shutil.rmtree(line.config.index)
    file("2.txt", REPORT.format(n=2))
    with Searcher(line.config) as searcher:
        while line.step(0):
            answer = searcher.find("tổng kết")
            assert answer["degraded"] or answer["total"] == 2
        answer = searcher.find("tổng kết")
    assert (answer["degraded"], answer["total"]) == (False, 2)


@pytest.mark.parametrize("harm", ["gone", "cut short", "of another engine"])
def test_a_bad_index_is_noticed_when_nothing_is_to_be_added(
    line: Stages, file: Callable[[str, str], str], harm: str
) -> None:
    file("1.txt", REPORT.format(n=1))
    work_off(line)
    if harm == "gone":
        shutil.rmtree(line.config.index)
    elif harm == "of another engine":
        rebuild(line.config.index, [], "tantivy")
    else:
        for path in line.config.index.glob("*.seg"):
            path.chmod(0o600)
            path.write_bytes(path.read_bytes()[:-1])
    work_off(line)
    with Searcher(line.config) as searcher:
        answer = searcher.find("tổng kết")
    assert (answer["degraded"], answer["total"]) == (False, 1)


def test_an_index_restored_from_an_older_copy_is_made_up(
    line: Stages, sandbox: Sandbox, file: Callable[[str, str], str], tmp_path: Path
) -> None:
    file("1.txt", REPORT.format(n=1))
    work_off(line)
    shutil.copytree(line.config.index, tmp_path / "copy")
    file("2.txt", REPORT.format(n=2))
    work_off(line)
    line.close()
    shutil.rmtree(line.config.index)
    shutil.copytree(tmp_path / "copy", line.config.index)
    restarted = Stages(line.config, line.store, line.pack, sandbox)
    work_off(restarted)
    restarted.close()
    with Searcher(line.config) as searcher:
        assert searcher.find("tổng kết")["total"] == 2


def test_papers_that_the_catalogue_does_not_know_are_taken_out_of_the_index(
    line: Stages, file: Callable[[str, str], str]
) -> None:
    """As after the catalogue was restored from an older copy."""
    file("1.txt", REPORT.format(n=1))
    index = open_index(line.config.index)
    index.upsert([STRANGER])
    index.commit()
    work_off(line)
    assert STRANGER.id not in index.documents()
    index.close()


def test_while_a_damaged_index_is_filled_again_all_is_answered_from_the_catalogue(
    line: Stages, file: Callable[[str, str], str]
) -> None:
    file("1.txt", REPORT.format(n=1))
    work_off(line)
    for path in line.config.index.iterdir():
        path.chmod(0o600)
        path.write_bytes(b"rubbish")
    file("2.txt", REPORT.format(n=2))
    with Searcher(line.config) as searcher:
        while line.step(0):
            answer = searcher.find("tổng kết")
            assert answer["degraded"] or answer["total"] == 2
        assert not searcher.find("tổng kết")["degraded"]
    assert not line.index.was_interrupted()


def test_filling_again_that_was_killed_is_done_anew(line: Stages, file: Callable[[str, str], str]) -> None:
    file("1.txt", REPORT.format(n=1))
    work_off(line)
    for path in line.config.index.iterdir():
        path.chmod(0o600)
        path.write_bytes(b"rubbish")
    line.index.start_over()
    line.index.close()  # as a killed process lets go of its lock
    work_off(line)
    with Searcher(line.config) as searcher:
        answer = searcher.find("tổng kết")
    assert (answer["degraded"], answer["total"]) == (False, 1)


def test_filing_goes_on_without_the_engine(
    line: Stages, file: Callable[[str, str], str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in [name for name in sys.modules if name.startswith("archive.search.tantivy")]:
        monkeypatch.delitem(sys.modules, name)
        monkeypatch.delattr(archive.search, name.rpartition(".")[2])
    monkeypatch.setitem(sys.modules, "tantivy", None)
    line.index.engine = "tantivy"
    file("1.txt", REPORT.format(n=1))
    work_off(line)
    assert only(catalogue.known_documents()).state is ReadingState.READ
    assert caplog.text.count("pip install hoso[tantivy]") == 1
    line.index.engine = "whoosh"
    work_off(line)
    with Searcher(line.config) as searcher:
        assert searcher.find("tổng kết")["total"] == 1


def test_filing_goes_on_while_the_index_may_not_be_written(
    line: Stages, file: Callable[[str, str], str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """As after the superuser made it again."""

    def forbidden(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "index")

    monkeypatch.setattr(FolderIndex, "_refresh", forbidden)
    for number in (1, 2):
        file(f"{number}.txt", REPORT.format(n=number))
        work_off(line)
    assert {known.state for known in catalogue.known_documents()} == {ReadingState.READ}
    assert caplog.text.count("may not be written") == 1
    monkeypatch.undo()
    work_off(line)
    with Searcher(line.config) as searcher:
        assert searcher.find("tổng kết")["total"] == 2


def test_a_paper_that_cannot_be_indexed_costs_the_others_nothing(
    line: Stages, file: Callable[[str, str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = whoosh_index.analyse

    def fails_on_two(document: IndexedDocument) -> object:
        if "Nội dung 2" in document.pages[0]:
            raise ZeroDivisionError
        return real(document)

    monkeypatch.setattr(whoosh_index, "analyse", fails_on_two)
    for number in (1, 2, 3):
        file(f"{number}.txt", REPORT.format(n=number))
    for _slice in range(20):
        if not line.step(0):
            break
    else:
        pytest.fail("it goes on for ever")
    with Searcher(line.config) as searcher:
        assert {hit["name"] for hit in searcher.find("noi dung")["hits"]} == {"1.txt", "3.txt"}


def test_while_the_index_is_made_anew_elsewhere_reading_goes_on(
    line: Stages, file: Callable[[str, str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stages, "WAIT_FOR_REBUILD", 0.0)
    with exclusive(line.config.index):
        file("1.txt", REPORT.format(n=1))
        assert line.step(0)
        assert only(catalogue.known_documents()).kind == "bao-cao-tong-ket"
        assert line.step(0), "something is left to do"
    work_off(line)
    with Searcher(line.config) as searcher:
        assert searcher.find("tổng kết")["total"] == 1


def test_a_paper_marked_secret_is_set_aside_and_never_indexed(line: Stages, file: Callable[[str, str], str]) -> None:
    file("bc.txt", REPORT.format(n=1).replace("Số 5-BC/CB", "Số 5-BC/CB\nMẬT"))
    work_off(line)
    assert only(catalogue.known_documents()).secret
    assert catalogue.receipts()[0].reason == "secret-mark"
    with Searcher(line.config) as searcher:
        assert searcher.find("tổng kết")["total"] == 0


def test_a_mistake_in_a_check_never_hides_a_secrecy_mark(
    line: Stages, file: Callable[[str, str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_arguments: object, **_more: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(recognition, "run_checks", fails)
    file("bc.txt", REPORT.format(n=1).replace("Số 5-BC/CB", "Số 5-BC/CB\nMẬT"))
    work_off(line)
    assert only(catalogue.known_documents()).secret
    with Searcher(line.config) as searcher:
        assert searcher.find("tổng kết")["total"] == 0


def test_a_new_pack_recognises_everything_anew(line: Stages, file: Callable[[str, str], str]) -> None:
    from dataclasses import replace

    file("bc.txt", REPORT.format(n=1))
    work_off(line)
    line.pack = replace(line.pack, sha256="f" * 64, abbreviations={**line.pack.abbreviations, "XX": ("báo cáo",)})
    line.touched.clear()
    work_off(line)
    assert line.touched == {"cb-a"}


def test_digital_signatures_are_kept_and_shown(line: Stages, samples: Path) -> None:
    with (samples / "formats" / "tail-uncovered.pdf").open("rb") as opened:
        staged = line.store.stage(opened.fileno(), "f" * 32)
    line.store.keep_all([staged])
    delivery = Delivery("f" * 32, "cb-a", b"cb-a/ky so.pdf", staged.size, NOW)
    catalogue.record([catalogue.Intake(delivery, staged.sha256, "ky so.pdf")], NOW)
    work_off(line)
    known = only(catalogue.known_documents())
    (told,) = document_data(known)["signatures"]
    assert (told["signer"], told["intact"], told["whole"], told["trusted"]) == ("Lord Testerino", True, False, False)
    assert "signature-changed" in [finding.code for finding in known.findings]
    assert "Lord Testerino, 28/11/2021" in documents_text([known])
