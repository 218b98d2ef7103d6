from __future__ import annotations

import os
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from inbox.descriptors import Stamp
from inbox.settle import Look, Settler
from tests.inbox.bench import START

KEY = b"cb/bc.docx"


class File:
    """A file on its way, looked at by a settler as often as the test says."""

    def __init__(self, path: Path, settler: Settler) -> None:
        self.path = path
        self.settler = settler
        path.write_bytes(b"begin")

    def look(self, now: float) -> Look:
        with self.path.open("rb") as file:
            if not self.settler.seen(KEY, Stamp.of(os.fstat(file.fileno())), now, START):
                return Look.WAIT
            return self.settler.test(KEY, file.fileno(), now)

    @property
    def why(self) -> str:
        return self.settler.waiting(KEY, KEY).why


@pytest.fixture
def file_with(tmp_path: Path) -> Callable[..., File]:
    def make(closes: bool = True, busy: bool = False, settle: float = 5.0) -> File:
        return File(tmp_path / "bc.docx", Settler(settle, 1800.0, lambda _handle: closes, lambda _handle: busy))

    return make


def test_the_same_in_two_passes_five_seconds_apart(file_with: Callable[..., File]) -> None:
    file = file_with()
    assert file.look(0.0) is Look.WAIT
    assert file.look(4.9) is Look.WAIT
    assert file.look(5.0) is Look.WHOLE


def test_without_a_settle_time_one_pass_is_enough(file_with: Callable[..., File]) -> None:
    assert file_with(settle=0.0).look(0.0) is Look.WHOLE


def test_a_growing_file_waits_from_its_last_change(file_with: Callable[..., File]) -> None:
    file = file_with()
    for now in (0.0, 4.0, 8.0):
        with file.path.open("ab") as growing:
            growing.write(b"more")
        assert file.look(now) is Look.WAIT
    assert file.why == "growing"
    assert file.look(12.9) is Look.WAIT
    assert file.look(13.0) is Look.WHOLE


def test_a_change_of_the_same_size_with_its_old_time_is_seen(file_with: Callable[..., File]) -> None:
    """As copying programs do that set the time of the original; only the inode's own time tells."""
    file = file_with()
    file.look(0.0)
    before = file.path.stat()
    file.path.write_bytes(b"BEGIN")
    os.utime(file.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.look(5.0) is Look.WAIT


def test_a_file_replaced_by_another_settles_anew(file_with: Callable[..., File]) -> None:
    file = file_with()
    file.look(0.0)
    other = file.path.with_name("new")
    other.write_bytes(b"begin")
    other.replace(file.path)
    assert file.look(5.0) is Look.WAIT
    assert file.look(10.0) is Look.WHOLE


def test_a_stalled_writer_keeps_it_waiting_however_long_it_is_still(tmp_path: Path) -> None:
    """The copy over the network that hangs: still for an hour, but somebody has it open (a real lease is refused)."""
    file = File(tmp_path / "bc.docx", Settler(5.0, 1800.0, lambda _handle: True))
    with file.path.open("ab"):
        assert [file.look(now) for now in (0.0, 5.0, 3600.0)] == [Look.WAIT] * 3
        assert file.why == "open"
    assert file.look(3610.0) is Look.WHOLE


def test_a_file_changed_between_scan_and_test_waits(tmp_path: Path) -> None:
    file = File(tmp_path / "bc.docx", Settler(0.0, 1800.0, lambda _handle: True))
    with file.path.open("rb") as opened:
        stamp = Stamp.of(os.fstat(opened.fileno()))
        assert file.settler.seen(KEY, stamp, 0.0, START)
        file.path.write_bytes(b"something longer")
        assert file.settler.test(KEY, opened.fileno(), 0.0) is Look.WAIT


@pytest.mark.parametrize(("content", "why"), [(b"no end", "incomplete"), (b"", "empty")])
def test_what_does_not_close_is_taken_as_it_is_in_the_end(
    content: bytes, why: str, file_with: Callable[..., File]
) -> None:
    file = file_with(closes=False)
    file.path.write_bytes(content)
    file.look(0.0)
    assert file.look(5.0) is Look.WAIT
    assert file.why == why
    assert file.look(1799.0) is Look.WAIT
    assert file.look(file.settler.due(KEY)) is Look.AS_IT_IS
    assert file.settler.due(KEY) == 1800.0


def test_it_is_tested_ever_more_rarely(tmp_path: Path) -> None:
    asked: list[float] = []
    now = 0.0
    file = File(
        tmp_path / "bc.docx", Settler(5.0, 1800.0, lambda _handle: bool(asked.append(now)), lambda _handle: False)
    )
    for second in range(1800):
        now = float(second)
        file.look(now)
    gaps = [later - earlier for earlier, later in pairwise(asked)]
    assert gaps[:4] == [1.0, 2.0, 4.0, 8.0]
    assert max(gaps) == 60.0


def test_a_file_that_is_completed_late_is_whole(tmp_path: Path) -> None:
    file = File(tmp_path / "bc.docx", Settler(5.0, 1800.0, lambda handle: os.pread(handle, 99, 0).endswith(b"%%EOF")))
    file.look(0.0)
    assert file.look(5.0) is Look.WAIT
    with file.path.open("ab") as rest:
        rest.write(b"%%EOF")
    assert file.look(600.0) is Look.WAIT
    assert file.look(605.0) is Look.WHOLE


def test_in_a_hurry_three_settle_times_are_enough(file_with: Callable[..., File]) -> None:
    file = file_with(closes=False)
    file.look(0.0)
    file.look(5.0)
    file.settler.hurry(15.0, 6.0)
    assert file.look(14.9) is Look.WAIT
    assert file.look(15.0) is Look.AS_IT_IS


def test_the_format_is_asked_of_the_opened_file_not_of_its_path(tmp_path: Path) -> None:
    """Whatever the path has become meanwhile."""
    seen: list[bytes] = []
    file = File(
        tmp_path / "bc.docx", Settler(0.0, 1800.0, lambda handle: bool(seen.append(os.pread(handle, 99, 0))) or True)
    )
    with file.path.open("rb") as opened:
        file.settler.seen(KEY, Stamp.of(os.fstat(opened.fileno())), 0.0, START)
        stamp_of_opened = os.fstat(opened.fileno())
        file.path.with_name("secret").write_bytes(b"secret")
        assert os.fstat(opened.fileno()) == stamp_of_opened
        file.settler.test(KEY, opened.fileno(), 0.0)
    assert seen == [b"begin"]


def test_a_mistake_over_odd_bytes_does_not_keep_a_file_out(tmp_path: Path) -> None:
    def mistake(_handle: int) -> bool:
        raise ValueError("odd bytes")

    file = File(tmp_path / "bc.docx", Settler(0.0, 1800.0, mistake, lambda _handle: False))
    assert file.look(0.0) is Look.WHOLE
