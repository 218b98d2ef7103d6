from __future__ import annotations

import logging
import os
import tempfile
import threading
import unicodedata
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

import inbox.loop
import inbox.watcher
from inbox.mounts import Mount
from inbox.results import PassResult
from inbox.round import in_turns
from tests.inbox.bench import Bench, sha256

pytestmark = pytest.mark.usefixtures("english")

MakeBench = Callable[..., Bench]
NOTHING_LEFT = lambda _seconds: False  # noqa: E731


def test_a_dropped_file_is_filed_after_it_has_settled(bench: Bench) -> None:
    digest = bench.drop("cb-van-phong/BC tong ket.docx", b"noi dung")

    first = bench.inbox.pass_once()
    assert [(waiting.path, waiting.why) for waiting in first.waiting] == [
        (b"cb-van-phong/BC tong ket.docx", "settling")
    ]
    bench.clock.advance(4.9)
    assert bench.inbox.pass_once().filed == 0
    bench.clock.advance(0.1)
    second = bench.inbox.pass_once()

    assert (second.filed, second.waiting) == (1, [])
    bench.assert_whole({b"cb-van-phong/BC tong ket.docx": digest})


def test_the_listing_is_the_truth_without_any_event(bench: Bench, tmp_path: Path) -> None:
    """Seeded defect: events only. No watcher ran while all this arrived, a whole folder was moved in, and one file has
    been there since before the start."""
    dropped = {b"cb-van-phong/before.docx": bench.drop("cb-van-phong/before.docx", b"before")}
    for name in ("1.docx", "sub/2.docx", "sub/sub/3.docx"):
        path = tmp_path / "usb" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
        dropped[b"cb-van-phong/moved in/" + name.encode()] = sha256(name.encode())
    bench.reopen()
    (tmp_path / "usb").rename(bench.config.inbox / "cb-van-phong" / "moved in")
    assert bench.settle().filed == 4
    bench.assert_whole(dropped)


def test_the_same_bytes_again_are_a_duplicate_and_get_a_receipt_of_their_own(bench: Bench) -> None:
    dropped = {
        b"cb-van-phong/a.docx": bench.drop("cb-van-phong/a.docx"),
        b"cb-van-phong/b.docx": bench.drop("cb-van-phong/b.docx"),
    }
    result = bench.settle()
    assert (result.filed, result.duplicates, len(result.receipts)) == (1, 1, 2)
    bench.assert_whole(dropped)


def test_hostile_names(bench: Bench) -> None:
    names = [
        b"a\nb.docx", b"\x1b[2J\x07.docx", b"\xe9\xff.docx", "é".encode() * 125 + b".docx",
        unicodedata.normalize("NFD", "Báo cáo tổng kết.docx").encode(), b"-rf", b"$(reboot)", b"'; DROP TABLE receipt",
        b" ", b"...", "\u202efdp.exe".encode(), b"_ghi chu.docx",
    ]  # fmt: skip
    dropped = {b"cb-van-phong/" + name: bench.drop(b"cb-van-phong/" + name, name) for name in names}
    assert bench.settle().filed == len(names)
    bench.assert_whole(dropped)
    for row in bench.ledger.rows():
        assert row["name"].isprintable(), row["name"]


def test_what_is_no_file_is_named_and_left_alone(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    os.symlink(tmp_path / "secret", bench.raw("cb-van-phong/link.docx"))
    os.symlink(tmp_path, bench.raw("cb-van-phong/folder"))
    os.mkfifo(bench.raw("cb-van-phong/fifo"))
    result = bench.settle()
    assert sorted((odd.path, odd.why) for odd in result.not_taken) == [
        (b"cb-van-phong/fifo", "fifo"), (b"cb-van-phong/folder", "symlink"), (b"cb-van-phong/link.docx", "symlink"),
    ]  # fmt: skip
    assert (bench.paths(), result.waiting) == ([], [])
    assert len(bench.left()) == 3


def test_a_hard_linked_file_is_filed_and_its_other_name_is_untouched(bench: Bench, tmp_path: Path) -> None:
    digest = bench.drop("cb-van-phong/bc.docx", b"bao cao")
    os.link(bench.raw("cb-van-phong/bc.docx"), tmp_path / "other")
    assert bench.settle().filed == 1
    bench.assert_whole({b"cb-van-phong/bc.docx": digest})
    assert (tmp_path / "other").read_bytes() == b"bao cao"
    (tmp_path / "other").write_bytes(b"changed later")
    assert bench.inbox.pass_once().receipts == []
    bench.assert_whole({b"cb-van-phong/bc.docx": digest})


def test_a_file_swapped_for_a_link_at_the_last_moment_is_never_opened(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    bench.drop("cb-van-phong/bc.docx")

    def swap(name: str) -> None:
        path = bench.raw("cb-van-phong/bc.docx")
        if name == "claim_meta_synced" and not os.path.islink(path):
            os.unlink(path)
            os.symlink(tmp_path / "secret", path)

    bench.reopen(swap)
    bench.settle()
    result = bench.inbox.pass_once()
    assert [(odd.path, odd.why) for odd in result.not_taken] == [(b"cb-van-phong/bc.docx", "symlink")]
    assert (bench.paths(), bench.claims()) == ([], [])


def test_an_ignored_file_is_listed_after_a_day(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.drop("cb-van-phong/~$bc.docx")
    bench.drop("cb-van-phong/_TINH-TRANG.html")
    came = os.stat(bench.raw("cb-van-phong/~$bc.docx")).st_ctime
    today = bench.clock.moment()

    def after(age: timedelta) -> PassResult:
        later = today.fromtimestamp(came, today.tzinfo) + age
        bench.reopen()
        bench.inbox._now = lambda: later
        return bench.inbox.pass_once()

    assert after(timedelta(hours=23)).ignored_old == []
    assert after(timedelta(hours=25)).ignored_old == [b"cb-van-phong/~$bc.docx"]
    assert bench.paths() == []


@pytest.fixture
def quick_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: ten thousand small files take a busy disk half a minute."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


def test_five_thousand_files_at_once_and_one_of_another_unit(quick_disk: Path, no_fsync: None) -> None:
    """Seeded defect: first come, first served. The other unit's file goes with the first group."""
    bench = Bench(quick_disk / "home", settle=0.0)
    dropped = {}
    for number in range(5000):
        path = b"cb-van-phong/%d/%d.txt" % (number % 7, number)
        dropped[path] = bench.drop(path, b"%d" % number)
    dropped[b"db-so-y-te/one.txt"] = bench.drop("db-so-y-te/one.txt", b"one")

    first: list[bytes] = []

    def end_the_pass_after_the_first_group(name: str) -> None:
        if name == "claim_synced" and not first:
            bench.clock.advance(inbox.loop.PASS_SECONDS)

    bench.reopen(end_the_pass_after_the_first_group)
    result = bench.inbox.pass_once()
    first = [receipt.path for receipt in result.receipts]
    assert b"db-so-y-te/one.txt" in first
    assert len(first) == 20
    assert result.more

    assert bench.inbox.pass_once().filed == 4981
    bench.assert_whole(dropped)


def test_units_take_turns() -> None:
    assert list(in_turns(["aaaa", "b", "", "cc"])) == ["a", "b", "c", "a", "c", "a", "a"]


def test_a_program_that_holds_one_file_open_holds_up_no_other(bench: Bench) -> None:
    bench.drop("cb-van-phong/open.docx")
    bench.drop("cb-van-phong/shut.docx", b"shut")
    with open(bench.raw("cb-van-phong/open.docx"), "ab"):
        result = bench.settle()
        assert (bench.paths(), [waiting.why for waiting in result.waiting]) == ([b"cb-van-phong/shut.docx"], ["open"])
    bench.clock.advance(10.0)
    assert bench.inbox.pass_once().filed == 1


def test_before_a_campaign_is_loaded_files_wait(bench: Bench) -> None:
    units, bench.ledger.known = bench.ledger.known, {}
    bench.drop("cb-van-phong/bc.docx")
    result = bench.settle()
    assert ([waiting.why for waiting in result.waiting], bench.claims()) == (["no-campaign"], [])
    bench.ledger.known = units
    assert bench.inbox.pass_once().filed == 1


def test_a_catalogue_that_does_not_answer_stops_nothing_for_good(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.drop("cb-van-phong/bc.docx")

    def locked() -> None:
        raise RuntimeError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(bench.ledger, "units", locked)
        assert bench.settle().away == "database is locked"
    assert bench.settle().filed == 1


# --- the share ------------------------------------------------------------------------------------------------------


def test_a_share_that_goes_away_and_comes_back(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    dropped = {b"cb-van-phong/a.docx": bench.drop("cb-van-phong/a.docx", b"a")}
    bench.ledger.fail = RuntimeError("database is locked")
    bench.settle()  # claimed, not yet recorded
    dropped[b"cb-van-phong/b.docx"] = bench.drop("cb-van-phong/b.docx", b"b")
    away = bench.config.inbox.with_name("away")
    bench.config.inbox.rename(away)
    bench.ledger.fail = None
    bench.clock.advance(1.0)
    with caplog.at_level(logging.INFO, "hoso.inbox"):
        for _pass in range(3):
            result = bench.inbox.pass_once()
            assert result.away == "there is no such file or folder"
        assert bench.paths() == [b"cb-van-phong/a.docx"]  # what was claimed went on
        away.rename(bench.config.inbox)
        assert bench.settle().away == ""
    bench.assert_whole(dropped)
    assert [("cannot be reached" in message, "is back" in message) for message in caplog.messages] == [
        (True, False), (False, True),
    ]  # fmt: skip


def test_the_empty_folder_below_an_unmounted_share_is_not_the_inbox(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = [Mount("/srv/share", "cifs")]
    monkeypatch.setattr(inbox.loop, "mount_of", lambda _folder: mounts[0])
    bench.reopen()
    bench.drop("cb-van-phong/bc.docx")
    mounts[0] = Mount("/", "ext4")
    assert bench.settle().away == "not mounted"
    mounts[0] = Mount("/srv/share", "cifs")
    assert bench.settle().filed == 1


def test_a_network_folder_settles_for_longer(make_bench: MakeBench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox.loop, "mount_of", lambda _folder: Mount("/srv/share", "cifs"))
    bench = make_bench(settle=None)
    bench.drop("cb-van-phong/bc.docx")
    assert bench.settle(29.9).filed == 0
    bench.clock.advance(0.1)
    assert bench.inbox.pass_once().filed == 1


def test_a_read_only_share_does_not_file_twice(make_bench: MakeBench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Recorded, but the name cannot be removed: named on the status page, and not taken again while it is the same."""
    bench = make_bench()
    bench.drop("cb-van-phong/bc.docx", b"first")
    os.link(bench.raw("cb-van-phong/bc.docx"), bench.home / "second name")
    unlink = os.unlink

    def refuse(path: bytes, **options: int) -> None:
        if path == b"bc.docx":
            raise PermissionError(13, "Permission denied")
        unlink(path, **options)

    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", refuse)
        assert bench.settle().filed == 1
        for _pass in range(5):
            bench.clock.advance(300.0)
            result = bench.inbox.pass_once()
        assert [(waiting.why, waiting.detail) for waiting in result.waiting] == [("not-removed", "no permission")]
        bench.reopen()  # a restart remembers nothing, and still knows
        bench.settle()
        assert len(bench.paths()) == 1
    (bench.home / "second name").unlink()
    newer = bench.drop("cb-van-phong/bc.docx", b"the second version")
    bench.clock.advance(300.0)
    for _pass in range(3):
        bench.inbox.pass_once()
        bench.clock.advance(5.0)
    assert [row["sha256"] for row in bench.ledger.rows("ORDER BY at")] == [sha256(b"first"), newer]
    assert (bench.claims(), bench.left()) == ([], [])


# --- until idle -----------------------------------------------------------------------------------------------------


def test_until_idle_settles_files_reads_and_ends(bench: Bench) -> None:
    for number in range(3):
        bench.drop(f"cb-van-phong/{number}.docx", b"%d" % number)
    bench.drop("nowhere.docx")
    slices = [True, True, False]
    answered: list[int] = []
    bench.reopen(answer=lambda result: answered.append(len(result.receipts)))
    result = bench.inbox.until_idle(lambda _seconds: slices.pop(0) if slices else False)
    assert (result.filed, result.quarantined, result.stuck, result.left) == (3, 1, [], False)
    assert (result.last.waiting, sum(answered), slices) == ([], 4, [])


def test_until_idle_takes_what_does_not_close_after_three_settle_times(make_bench: MakeBench) -> None:
    bench = make_bench(closes=lambda _handle: False)
    bench.drop("cb-van-phong/cut.pdf")
    begun = bench.clock()
    result = bench.inbox.until_idle(NOTHING_LEFT)
    assert (result.filed, bench.clock() - begun) == (1, 15.0)
    assert [row["incomplete"] for row in bench.ledger.rows()] == [1]


def test_until_idle_waits_out_a_long_settle_time(bench: Bench) -> None:
    bench.reopen(settle=120.0)
    bench.drop("cb-van-phong/bc.docx")
    assert bench.inbox.until_idle(NOTHING_LEFT).filed == 1


def test_until_idle_gives_up_on_what_does_not_move(bench: Bench) -> None:
    bench.drop("cb-van-phong/open.docx")
    bench.drop("cb-van-phong/shut.docx", b"shut")
    begun = bench.clock()
    with open(bench.raw("cb-van-phong/open.docx"), "ab"):
        result = bench.inbox.until_idle(NOTHING_LEFT, quiet=30.0)
    assert (result.filed, [(stuck.path, stuck.why) for stuck in result.stuck]) == (
        1, [(b"cb-van-phong/open.docx", "open")],
    )  # fmt: skip
    assert 30.0 <= bench.clock() - begun < 50.0


def test_until_idle_gives_up_on_a_full_disk_and_on_a_share_that_is_away(bench: Bench) -> None:
    bench.drop("cb-van-phong/bc.docx")
    bench.ledger.fail = OSError(28, "No space left on device")
    result = bench.inbox.until_idle(NOTHING_LEFT)
    assert [(stuck.why, stuck.detail) for stuck in result.stuck] == [("retry", "the disk is full")]
    bench.config.inbox.rename(bench.home / "away")
    result = bench.inbox.until_idle(NOTHING_LEFT)
    assert [stuck.why for stuck in result.stuck] == ["away", "retry"]


def test_until_idle_gives_up_on_work_that_gets_nowhere(bench: Bench) -> None:
    slices = 0

    def work(_seconds: float) -> bool:
        nonlocal slices
        slices += 1
        bench.clock.advance(1.0)
        return True

    result = bench.inbox.until_idle(work, progress=lambda: min(slices, 10))
    assert result.left
    assert [stuck.why for stuck in result.stuck] == ["backlog"]
    assert 40 <= slices <= 42


# --- watching -------------------------------------------------------------------------------------------------------


class Watching:
    """`watch` in a thread of its own, with the real clock; `until` waits for an answer that satisfies a condition."""

    def __init__(self, bench: Bench, work: Callable[[float], bool] = NOTHING_LEFT, **options: object) -> None:
        self.stop = threading.Event()
        self.results: list[PassResult] = []
        self.changed = threading.Condition()
        bench.reopen(answer=self._note, settle=0.0, **options)  # type: ignore[arg-type]
        self.thread = threading.Thread(target=bench.inbox.watch, args=(self.stop, work))

    def _note(self, result: PassResult) -> None:
        with self.changed:
            self.results.append(result)
            self.changed.notify_all()

    def until(self, condition: Callable[[], bool]) -> None:
        with self.changed:
            assert self.changed.wait_for(condition, 20)

    def __enter__(self) -> Watching:
        self.thread.start()
        return self

    def __exit__(self, *_details: object) -> None:
        self.stop.set()
        self.thread.join(20)
        assert not self.thread.is_alive()


def test_watching_files_what_arrives_and_returns_when_told_to(bench: Bench) -> None:
    with Watching(bench) as watching:
        watching.until(lambda: len(watching.results) > 0)
        bench.drop("cb-van-phong/bc.docx")
        watching.until(lambda: sum(result.filed for result in watching.results) == 1)


def test_without_any_event_the_scan_still_finds_it(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    class Deaf:
        def schedule(self, *_args: object, **_kwargs: object) -> None:
            raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(inbox.watcher, "Observer", Deaf)
    object.__setattr__(bench.config, "scan_seconds", 0.05)
    with Watching(bench) as watching:
        watching.until(lambda: len(watching.results) > 0)
        bench.drop("cb-van-phong/bc.docx")
        watching.until(lambda: sum(result.filed for result in watching.results) == 1)


def test_watching_goes_on_when_reading_and_answering_fail(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    object.__setattr__(bench.config, "scan_seconds", 0.05)

    def broken(_seconds: float) -> bool:
        raise RuntimeError("a reader's mistake")

    with Watching(bench, broken) as watching:
        watching.until(lambda: len(watching.results) > 1)
        bench.drop("cb-van-phong/bc.docx")
        watching.until(lambda: sum(result.filed for result in watching.results) == 1)
    assert [message for message in caplog.messages if "tried again" in message] == ["reading failed; tried again"]
    assert "a reader's mistake" in caplog.text


def test_watching_survives_a_pass_that_fails(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    object.__setattr__(bench.config, "scan_seconds", 0.05)
    with Watching(bench) as watching:
        watching.until(lambda: len(watching.results) > 0)
        with monkeypatch.context() as patch:
            patch.setattr(inbox.loop, "scan", lambda *_args, **_kwargs: 1 / 0)
            watching.until(lambda: watching.results[-1].away == "division by zero")
        bench.drop("cb-van-phong/bc.docx")
        watching.until(lambda: sum(result.filed for result in watching.results) == 1)


def test_a_backlog_of_reading_lets_a_delivery_in_between_slices(bench: Bench) -> None:
    order: list[str] = []

    def work(seconds: float) -> bool:
        order.append("work")
        assert seconds <= 1.0
        if len(order) == 3:
            bench.drop("cb-van-phong/bc.docx")
        return len(order) < 20

    with Watching(bench, work) as watching:
        watching.until(lambda: len(order) >= 19)
    filed = [number for number, result in enumerate(watching.results) if result.filed]
    assert filed == [3]


def test_stopping_ends_a_pass_between_two_groups(bench: Bench) -> None:
    dropped = {path: bench.drop(path, path) for path in (b"cb-van-phong/%d.txt" % n for n in range(100))}
    stop = threading.Event()

    def stop_at_the_first_receipt(name: str) -> None:
        if name == "tx_committed":
            stop.set()

    bench.reopen(stop_at_the_first_receipt, settle=0.0)
    bench.inbox.watch(stop, NOTHING_LEFT)
    assert len(bench.paths()) == 20
    assert bench.claims() == []
    bench.inbox.pass_once()
    bench.assert_whole(dropped)
