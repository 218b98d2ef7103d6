"""Fixity and the doctor: what is wrong is named, and what is right is not."""

from __future__ import annotations

import ast
import errno
import importlib.util
import shutil
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from archive import audit, catalogue, doctor, models, readers
from archive.config import Config
from archive.doctor import examine
from archive.errors import DependencyMissing
from archive.i18n import use_language
from archive.queries import soundness
from archive.readers.bundles.rar_bundle import TOOLS
from archive.readers.ocr import tesseract
from archive.records import Campaign, Delivery, Team, Unit, UnitType, Visit, Waiver
from archive.search.table import rebuild
from archive.searching import rebuild_index
from archive.store import BlobStore
from archive.verify import verify

NOW = datetime(2021, 12, 1, 8, tzinfo=UTC)
CAMPAIGN = Campaign(
    "xl", "X", 2021, "xep-loai-2021", (), (Team("doan-1", "Đoàn số 1"),),
    (Unit("cb-a", "Chi bộ A", UnitType.CHI_BO_CO_SO),), (Visit("cb-a", "doan-1", date(2021, 12, 20)),),
    (Waiver("cb-a", "to-trinh", "lý do", "Văn phòng"),),
)  # fmt: skip


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
        (models.Document, {"filed_at": NOW - timedelta(days=9)}),
        (models.Document, {"version_of": f"{1:032x}"}),
        (models.Receipt, {"at": NOW - timedelta(days=9)}),
        (models.Delivery, {"seen_at": NOW - timedelta(days=9)}),
        (models.Campaign, {"pack": "khác"}),
        (models.Unit, {"members": 1}),
        (models.Visit, {"on": date(2022, 1, 1)}),
        (models.Waiver, {"requirement": "khác"}),
        (models.Waiver, {"granted_at": NOW - timedelta(days=9)}),
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


def test_what_comes_while_it_verifies_is_no_error(
    config: Config, store: BlobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A watcher files a paper just after the blobs were listed, and once more in the midst of the rows."""
    real_digests, real_receipts = store.digests, soundness._wrong_receipts
    numbers = iter((7, 8))

    def file_another() -> None:
        number = next(numbers)
        source = tmp_path / "source"
        source.write_bytes(b"paper %d" % number)
        staged = store.stage(source, f"{number:032x}")
        store.keep_all([staged])
        delivery = Delivery(f"{number:032x}", "cb-a", b"cb-a/%d" % number, staged.size, NOW)
        other = threading.Thread(target=_recorded, args=(catalogue.Intake(delivery, staged.sha256, f"{number}.txt"),))
        other.start()
        other.join()

    def digests() -> Iterator[str]:
        yield from real_digests()
        file_another()

    def wrong_receipts() -> Iterator[str]:
        assert models.Audit.objects.count()  # from here on the snapshot holds
        file_another()
        yield from real_receipts()

    monkeypatch.setattr(store, "digests", digests)
    monkeypatch.setattr(soundness, "_wrong_receipts", wrong_receipts)
    found = verify(config, store, full=False)
    assert (found.missing, found.rows, found.audit_ok) == ((), (), True)
    assert next(numbers, None) is None


def _recorded(intake: catalogue.Intake) -> None:
    """In a thread of its own, which has a connection of its own, as another process would."""
    from archive import database

    catalogue.record([intake], NOW)
    database.close()


def test_a_deleted_receipt_is_found(config: Config, store: BlobStore) -> None:
    models.Receipt.objects.order_by("pk").last().delete()  # type: ignore[union-attr]
    assert verify(config, store, full=False).rows


@pytest.mark.parametrize("error", [DependencyMissing("tantivy"), PermissionError(errno.EACCES, "no")])
def test_without_the_search_engine_all_else_is_verified(
    config: Config, store: BlobStore, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr("archive.verify.open_index", fails)
    found = verify(config, store, full=True)
    assert (found.blobs, found.audit_ok, found.index_matches) == (3, True, False)


def test_the_doctor_is_content_with_a_fresh_home(config: Config) -> None:
    states = {item.check: item.state for item in examine(config)}
    assert "fail" not in states.values()
    assert states["campaign"] == "warn"


def test_the_doctor_says_what_to_install_for_rar(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "rar_tool", lambda: None)
    (rar,) = [check for check in examine(config) if check.check == "rar"]
    assert (rar.state, "unar" in rar.remedy) == ("warn", True)
    monkeypatch.setattr(doctor, "rar_tool", lambda: TOOLS[0])
    (rar,) = [check for check in examine(config) if check.check == "rar"]
    assert rar.state == "ok"
    assert "unrar" in rar.message


def _found(config: Config, name: str) -> doctor.Check:
    (check,) = [check for check in examine(config) if check.check == name]
    return check


def test_the_doctor_says_which_engine_wrote_the_index(config: Config) -> None:
    rebuild(config.index, [], "tantivy")
    index = _found(config, "index")
    assert index.state == "warn"
    assert "tantivy" in index.message
    assert "whoosh" in index.message
    assert "hoso index rebuild" in index.remedy
    assert _found(replace(config, engine="tantivy"), "index").state == "ok"


@pytest.mark.parametrize("harm", ["gone", "cut short", "of another version"])
def test_the_doctor_tells_what_is_wrong_with_the_index(config: Config, harm: str) -> None:
    rebuild(config.index, [])
    for path in config.index.iterdir():
        if harm == "gone":
            path.unlink()
        elif harm == "cut short":
            path.chmod(0o600)
            path.write_bytes(path.read_bytes()[:-1])
        elif path.suffix == ".json":
            path.write_text(path.read_text(encoding="utf-8").replace('"schema": ', '"schema": 9'), encoding="utf-8")
    index = _found(config, "index")
    assert (index.state, "hoso index rebuild" in index.remedy) == ("warn", True)
    assert index.message not in ("missing", "damaged", "schema-old")


def test_the_doctor_names_the_engine_of_ocr(config: Config) -> None:
    ocr = _found(config, "ocr")
    assert (ocr.state, ocr.remedy) == ("ok", "")
    assert "tesseract" in ocr.message
    assert "vie" in ocr.message


@pytest.mark.parametrize("lost", ["data", "library"])
def test_without_its_data_or_engine_the_doctor_is_loud_about_ocr(
    lost: str, config: Config, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for function in (tesseract.best, tesseract.library):
        function.cache_clear()
    if lost == "data":
        monkeypatch.setattr(tesseract, "DATA", tmp_path)
    else:
        monkeypatch.setitem(sys.modules, "tesserocr", None)
        assert "tesserocr" in _found(config, "libraries").message
    ocr = _found(config, "ocr")
    assert ocr.state == "fail"
    assert "pip install" in ocr.remedy


def test_the_doctor_tries_every_library_of_the_readers() -> None:
    imported = set()
    for path in Path(readers.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            imported |= {name.partition(".")[0] for name in names}
    assert imported - sys.stdlib_module_names - {"archive"} <= set(doctor.LIBRARIES)


def test_every_check_has_a_title(config: Config) -> None:
    use_language("en")
    titles = {check.check: doctor.title(check.check) for check in examine(config)}
    use_language("vi")
    assert (titles["rar"], titles["watching"]) == ("unpacking RAR", "file events")
    assert len(set(titles.values())) == len(doctor.CHECKS)


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


def test_the_doctor_tells_how_the_search_index_is(config: Config, store: BlobStore) -> None:
    rebuild_index(config)
    assert (_found(config, "index").state, "whoosh" in _found(config, "index").message) == ("ok", True)
    other = _found(replace(config, engine="tantivy"), "index")
    assert (other.state, "hoso index rebuild" in other.remedy) == ("warn", True)
    for path in config.index.iterdir():
        path.chmod(0o600)
        path.write_bytes(b"rubbish")
    assert _found(config, "index").state == "warn"
    shutil.rmtree(config.index)
    missing = _found(config, "index")
    assert (missing.state, missing.remedy.endswith("hoso index rebuild")) == ("warn", True), "papers are held"


@pytest.mark.parametrize(("installed", "steps"), [(object(), 1), (None, 2)])
def test_the_doctor_says_how_to_move_to_the_engine_for_big_archives(
    config: Config, store: BlobStore, monkeypatch: pytest.MonkeyPatch, installed: object, steps: int
) -> None:
    rebuild_index(config)
    monkeypatch.setattr(doctor, "outgrown", lambda _index: "too many")
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: installed)
    found = _found(config, "index")
    assert (found.state, found.message) == ("warn", "too many")
    assert str(config.home / "hoso.toml") in found.remedy
    assert found.remedy.endswith("hoso index rebuild")
    assert ("pip install" in found.remedy) == (steps == 2)
