"""Members of bundles become deliveries with receipts: once, whole, within bounds, and whatever happens in between."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import catalogue, models
from archive.config import Config
from archive.readers.limits import ReadingLimits
from archive.readers.sandbox import Sandbox
from archive.records import Bundle, Campaign, Delivery, KnownDocument, Outcome, Receipt, Unit, UnitType
from archive.store import BlobStore
from archive.verify import verify
from inbox import unpack as unpacking
from inbox.stages import Stages
from rules.loader import find_pack
from tests.archive.readers import making_bundles as making

NOW = datetime(2021, 12, 1, 8, tzinfo=UTC)
UNITS = (Unit("cb-a", "Chi bộ A", UnitType.CHI_BO_CO_SO), Unit("cb-b", "Chi bộ B", UnitType.CHI_BO_CO_SO))
CAMPAIGN = Campaign("xl", "X", 2021, "xep-loai-2021", units=UNITS)
REPORT = (
    "CHI BỘ A\nSố 5-BC/CB\n\nBÁO CÁO\nTổng kết công tác năm 2021\n-----\nNội dung {n}.\nT/M CHI BỘ\nBÍ THƯ\nTrần Lan"
)
ROOT = Path(__file__).resolve().parents[2]
Drop = Callable[..., str]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(ReadingLimits(), workers=1) as made:
        yield made


@pytest.fixture
def line(config: Config, sandbox: Sandbox) -> Iterator[Stages]:
    catalogue.save_campaign(CAMPAIGN, NOW, "x")
    made = Stages(config, BlobStore(config.blobs), find_pack("xep-loai-2021"), sandbox)
    yield made
    made.close()


@pytest.fixture
def drop(line: Stages, tmp_path: Path) -> Drop:
    """File these bytes as the intake does; the id of the delivery."""

    def put(path: str, data: bytes, unit: str | None = "cb-a", at: datetime = NOW) -> str:
        source = tmp_path / "dropped"
        source.write_bytes(data)
        intake_id = f"{len(catalogue.receipts()) + 1:032x}"
        staged = line.store.stage(source, intake_id)
        line.store.keep_all([staged])
        *folders, name = path.split("/")
        delivery = Delivery(intake_id, unit, f"{unit}/{path}".encode() if unit else path.encode(), staged.size, at)
        reason = None if unit else "no-unit"
        catalogue.record([catalogue.Intake(delivery, staged.sha256, name, "/".join(folders), reason)], at)
        return intake_id

    return put


def work_off(line: Stages) -> None:
    while line.step(5.0):
        pass


def paths() -> list[str]:
    return [receipt.path.decode() for receipt in catalogue.receipts() if receipt.bundle]


def named(name: str) -> KnownDocument:
    (known,) = [known for known in catalogue.known_documents() if known.document.name == name]
    return known


def receipt(path: str) -> Receipt:
    (found,) = [receipt for receipt in catalogue.receipts() if receipt.path == path.encode()]
    return found


def sound(line: Stages) -> bool:
    found = verify(line.config, line.store, full=True)
    return found.ok and not found.orphans and not list(line.config.home.glob("unpack/*"))


# --- one bundle ------------------------------------------------------------------------------------------------------


def test_each_member_is_filed_read_recognised_and_has_its_receipt(line: Stages, drop: Drop) -> None:
    members = [("bc.txt", REPORT.format(n=1).encode()), ("Quý 4/bb.txt", b"x"), ("rong.txt", b""), ("Thumbs.db", b"x")]
    drop("01 Hồ sơ/hs.zip", making.zipped(members), at=NOW)
    work_off(line)
    inner = "cb-a/01 Hồ sơ/hs.zip!/"
    assert paths() == [f"{inner}bc.txt", f"{inner}Quý 4/bb.txt", f"{inner}rong.txt"]
    report, minutes, bundle = named("bc.txt"), named("bb.txt"), named("hs.zip")
    assert (report.kind, report.document.unit, report.document.folder) == ("bao-cao-tong-ket", "cb-a", "01 Hồ sơ")
    assert (minutes.document.folder, minutes.came_in) == ("01 Hồ sơ/Quý 4", "hs.zip")
    assert named("rong.txt").findings[0].code == "empty"
    assert (bundle.bundle, bundle.kind, bundle.findings, bundle.came_in) == (Bundle(3, True), None, (), "")
    assert (line.unpacker.filed, line.unpacker.duplicates, line.unpacker.units) == (3, 0, {"cb-a"})
    assert sound(line)
    assert not line.step(0), "nothing is left, and doing it again does nothing"


def test_members_came_when_their_bundle_came(line: Stages, drop: Drop) -> None:
    """Unpacked after midnight, they are not late."""
    drop("hs.zip", making.zipped([("bc.txt", b"x")]), at=NOW - timedelta(days=9))
    work_off(line)
    assert receipt("cb-a/hs.zip!/bc.txt").at == named("bc.txt").document.filed_at == NOW - timedelta(days=9)
    assert sound(line)


def test_the_same_bundle_and_the_same_papers_again(line: Stages, drop: Drop) -> None:
    data = making.zipped([("bc.txt", b"1"), ("twice.txt", b"1")])
    drop("bc cu.txt", b"1")
    drop("hs.zip", data)
    drop("hs lai.zip", data)
    work_off(line)
    assert [receipt(f"cb-a/{path}").outcome for path in ("hs.zip", "hs lai.zip")] == [Outcome.FILED, Outcome.DUPLICATE]
    assert [r.outcome for r in catalogue.receipts() if r.bundle] == [Outcome.DUPLICATE] * 2
    assert (line.unpacker.filed, line.unpacker.duplicates) == (0, 2)
    drop("hs moi.zip", making.zipped([("bc.txt", b"1"), ("them.txt", b"2")]))
    work_off(line)
    assert receipt("cb-a/hs moi.zip!/bc.txt").outcome is Outcome.DUPLICATE
    assert receipt("cb-a/hs moi.zip!/them.txt").outcome is Outcome.FILED


def test_a_bundle_of_nobody_waits_until_a_person_gives_it_to_a_unit(line: Stages, drop: Drop) -> None:
    bundle = drop("hs.zip", making.zipped([("bc.txt", REPORT.format(n=1).encode())]), unit=None)
    work_off(line)
    assert paths() == []
    catalogue.decide(bundle, kind=None, unit="cb-b", year=None, by="Văn phòng", now=NOW)
    work_off(line)
    assert paths() == ["hs.zip!/bc.txt"]
    assert (named("bc.txt").document.unit, receipt("hs.zip!/bc.txt").unit) == ("cb-b", "cb-b")
    assert line.touched >= {"cb-b"}


def test_a_paper_dropped_by_itself_mends_the_member(line: Stages, drop: Drop) -> None:
    drop("hs.zip", making.zipped([("Quý 4/bb.txt", b""), ("1/bc.txt", b"1"), ("2/bc.txt", b"2")]))
    work_off(line)
    drop("bb.txt", REPORT.format(n=1).encode(), at=NOW + timedelta(days=1))
    drop("bc.txt", REPORT.format(n=2).encode(), at=NOW + timedelta(days=1))
    versions = {
        (known.document.folder, known.document.name): known.document.version_of for known in catalogue.known_documents()
    }
    member = receipt("cb-a/hs.zip!/Quý 4/bb.txt").document
    assert versions["", "bb.txt"] == member
    assert versions["", "bc.txt"] is None, "of two members of one name nobody knows which is meant"
    assert sound(line)


# --- what is left out ------------------------------------------------------------------------------------------------


def test_a_bundle_of_which_something_is_left_out_says_what_and_what_to_do(line: Stages, drop: Drop) -> None:
    line.unpacker._limits = replace(ReadingLimits(), bundle_members=1)
    drop("hs.zip", making.zipped([("bc.txt", b"x"), ("bb.txt", b"y")]))
    work_off(line)
    bundle = named("hs.zip")
    assert bundle.bundle == Bundle(1, False)
    (finding,) = bundle.findings
    assert (finding.code, "bb.txt" in finding.message, bool(finding.remedy)) == ("bundle-incomplete", True, True)


def test_other_means_unpack_again_what_was_left_out(line: Stages, drop: Drop) -> None:
    line.unpacker._limits = replace(ReadingLimits(), bundle_members=1)
    drop("hs.zip", making.zipped([("bc.txt", b"x"), ("bb.txt", b"y")]))
    drop("whole.zip", making.zipped([("a.txt", b"z")]))
    work_off(line)
    assert len(paths()) == 2
    line.unpacker = unpacking.Unpacker(line.config, line.store)
    work_off(line)
    assert sorted(paths()) == ["cb-a/hs.zip!/bb.txt", "cb-a/hs.zip!/bc.txt", "cb-a/whole.zip!/a.txt"]
    assert named("hs.zip").bundle == Bundle(2, True)
    assert line.unpacker.filed == 1


def test_bundles_in_bundles_to_a_set_depth(line: Stages, drop: Drop) -> None:
    line.unpacker._limits = replace(ReadingLimits(), bundle_depth=2)
    innermost = making.zipped([("bc.txt", b"x")])
    drop("a.zip", making.zipped([("b.zip", making.zipped([("c.zip", innermost)]))]))
    work_off(line)
    assert paths() == ["cb-a/a.zip!/b.zip", "cb-a/a.zip!/b.zip!/c.zip"]
    assert (named("b.zip").came_in, named("c.zip").came_in) == ("a.zip", "a.zip/b.zip")
    assert (named("c.zip").bundle, named("c.zip").findings[0].code) == (Bundle(0, False), "bundle-incomplete")
    drop("c.zip", innermost)  # as the remedy says, though the same bytes are here
    work_off(line)
    assert paths()[-1] == "cb-a/c.zip!/bc.txt"
    assert (named("c.zip").bundle, named("c.zip").findings) == (Bundle(1, True), ())
    assert sound(line)


def test_bounds_hold_for_a_delivery_with_everything_inside_it(line: Stages, drop: Drop) -> None:
    line.unpacker._limits = replace(ReadingLimits(), bundle_members=6)
    inner = [(f"{n}.zip", making.zipped([(f"{n}-{m}.txt", f"{n}{m}".encode()) for m in range(3)])) for n in range(3)]
    drop("a.zip", making.zipped(inner))
    drop("b.zip", making.zipped([("other.txt", b"x")]))
    work_off(line)
    assert len([path for path in paths() if path.startswith("cb-a/a.zip")]) == 6
    assert "cb-a/b.zip!/other.txt" in paths()
    assert sum(not (known.bundle is None or known.bundle.whole) for known in catalogue.known_documents()) == 2


def test_the_nested_bomb_is_refused_and_fills_no_disk(line: Stages, drop: Drop, samples: Path) -> None:
    drop("bom.zip", (samples / "formats" / "bom_long_nhau.zip").read_bytes())
    work_off(line)
    held = sum(path.stat().st_size for path in line.config.blobs.rglob("*") if path.is_file())
    assert held < 1 << 20
    assert [known.document.name for known in catalogue.known_documents() if known.findings] == ["0_0.zip"]
    assert sound(line)


def test_more_than_its_own_size_many_times_over_is_refused(
    line: Stages, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "_SMALL", 1000)
    line.unpacker._limits = replace(ReadingLimits(), bundle_ratio=10)
    drop("bom.zip", making.zipped([("a.txt", bytes(1 << 20)), ("b.txt", b"b")]))
    work_off(line)
    assert paths() == ["cb-a/bom.zip!/b.txt"]
    assert "a.txt" in named("bom.zip").findings[0].message


def test_a_locked_bundle_gives_what_is_open(line: Stages, drop: Drop, samples: Path) -> None:
    drop("khoa.zip", (samples / "formats" / "testZipEncrypted.zip").read_bytes())
    work_off(line)
    assert paths() == ["cb-a/khoa.zip!/unencrypted.txt"]
    assert [finding.code for finding in named("khoa.zip").findings] == ["locked", "bundle-incomplete"]
    drop("het.7z", (samples / "formats" / "test7Z_protected_passTika.7z").read_bytes())
    work_off(line)
    assert [finding.code for finding in named("het.7z").findings] == ["locked"]


def test_attachments_of_mails_are_papers(line: Stages, drop: Drop, samples: Path) -> None:
    drop("thu.eml", (samples / "formats" / "gui_bao_cao.eml").read_bytes())
    drop("thu.msg", (samples / "formats" / "testMSG_att_msg.msg").read_bytes())
    drop("khong.msg", (samples / "formats" / "testMSG.msg").read_bytes())
    work_off(line)
    assert len([path for path in paths() if path.startswith("cb-a/thu.eml!/") and path.endswith(".docx")]) == 1
    assert len([path for path in paths() if path.startswith("cb-a/thu.msg!/")]) >= 1
    assert named("thu.eml").bundle == Bundle(1, True)
    assert named("khong.msg").bundle is None


# --- what may happen in between --------------------------------------------------------------------------------------


def test_while_the_disk_is_full_the_bundle_waits_and_all_else_goes_on(
    line: Stages, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inbox.stages.WAIT_FOR_PAGE", 0.0)
    monkeypatch.setattr(unpacking, "_PAUSE", 0.0)
    real = line.store.stage

    def full(source: Path | int, intake_id: str) -> object:
        raise OSError(28, "No space left on device")

    drop("hs.zip", making.zipped([("bc.txt", b"x")]))
    drop("bb.txt", REPORT.format(n=1).encode())
    monkeypatch.setattr(line.store, "stage", full)
    for _turn in range(3):
        assert line.step(0.0)
    assert line.unpacker.held_up
    assert named("bb.txt").kind == "bao-cao-tong-ket"
    monkeypatch.setattr(line.store, "stage", real)
    work_off(line)
    assert paths() == ["cb-a/hs.zip!/bc.txt"]
    assert not line.unpacker.held_up


def test_a_bundle_that_brings_the_worker_down_is_told_of(
    line: Stages, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "unpack", making.dies)
    drop("hs.zip", making.zipped([("bc.txt", b"x")]))
    work_off(line)
    assert named("hs.zip").bundle == Bundle(0, False)
    assert [finding.code for finding in named("hs.zip").findings] == ["bundle-incomplete"]


POINTS = (
    "bundle_unpacked", "blob_partial", "blob_staged", "blob_linked", "blob_synced", "tx_open", "tx_before_commit",
    "tx_committed", "bundle_recorded", "bundle_marked",
)  # fmt: skip
MEMBERS = [(f"{n}.txt", b"x" * (n % 7)) for n in range(45)]  # three groups, with the same bytes again and again


def test_killed_anywhere_and_again_no_member_is_lost_and_none_comes_twice(
    line: Stages, drop: Drop, tmp_path: Path
) -> None:
    drop("hs.zip", making.zipped([*MEMBERS, ("trong.zip", making.zipped([("bc.txt", b"bc")]))]))
    while line._read_slice():
        pass
    line.close()
    from archive import database

    database.close()
    homes = []
    for point in POINTS:
        for hit in (1, 2) if not point.startswith("bundle") else (1,):
            home = tmp_path / f"{point}-{hit}"
            shutil.copytree(line.config.home, home)
            homes.append([str(home), [[point, hit], ["tx_before_commit", 1], None]])
    done = subprocess.run(
        [sys.executable, "-m", "tests.inbox.unpack_crashes"],
        input=json.dumps(homes), capture_output=True, text=True, cwd=ROOT, check=False, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    ends = json.loads(done.stdout)
    assert [end[0] for end in ends] == [-signal.SIGKILL] * len(homes)
    assert sum(end[1] == -signal.SIGKILL for end in ends) > len(homes) / 2, "killed in recovery too"
    assert {end[2] for end in ends} == {0}
    for home, _crashes in homes:
        database.use(Path(home) / "catalogue.sqlite3")
        wanted = [f"cb-a/hs.zip!/{name}" for name, _data in MEMBERS]
        assert sorted(paths()) == sorted([*wanted, "cb-a/hs.zip!/trong.zip"]), home
        assert models.Unpacked.objects.get().members == 46
        store = BlobStore(Path(home) / "blobs")
        assert catalogue.digests() == set(store.digests())
        assert all(store.check(digest) for digest in store.digests())
        assert catalogue.wrong_rows() == []
        assert not list(Path(home).glob("unpack/*"))
