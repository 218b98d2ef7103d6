"""Real disks: one that is full until somebody makes room, and an inbox on another one than the home."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.inbox.bench import Bench

pytestmark = pytest.mark.usefixtures("english")


def mount(*arguments: str) -> bool:
    try:
        return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    if not mount("-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)):
        pytest.skip("mounting is not allowed here")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_a_disk_that_is_full_until_somebody_makes_room(small_disk: Path) -> None:
    bench = Bench(small_disk / "home")
    dropped = {
        b"cb-van-phong/%d.bin" % number: bench.drop(f"cb-van-phong/{number}.bin", os.urandom(300_000))
        for number in range(6)
    }
    for _pass in range(10):
        bench.clock.advance(300.0)
        result = bench.inbox.pass_once()
    assert {(waiting.why, waiting.detail) for waiting in result.waiting} == {("retry", "the disk is full")}
    assert mount("-o", "remount,size=20m", str(small_disk))
    for _pass in range(3):
        bench.clock.advance(300.0)
        bench.inbox.pass_once()
    bench.assert_whole(dropped)


def test_an_inbox_on_another_disk(tmp_path: Path, no_fsync: None) -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        if os.stat(folder).st_dev == os.stat(tmp_path).st_dev:
            pytest.skip("there is only one disk here")
        bench = Bench(tmp_path / "home")
        bench.config.inbox.rename(tmp_path / "unused")
        bench.config.inbox.symlink_to(folder)  # as an administrator may do
        (Path(folder) / "cb-van-phong").mkdir()
        dropped = {b"cb-van-phong/a.docx": bench.drop("cb-van-phong/a.docx", b"a")}
        bench.reopen()
        assert bench.settle().filed == 1
        bench.assert_whole(dropped)
