from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from inbox.descriptors import NotAFile, Stamp, folder_of, opened, written_elsewhere


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    (folder / "cb" / "sub").mkdir(parents=True)
    (folder / "cb" / "sub" / "bc.docx").write_text("bao cao")
    return folder


def read(root: Path, path: bytes) -> bytes:
    handle = os.open(root, os.O_RDONLY)
    try:
        with folder_of(handle, path) as (folder, name), opened(folder, name) as file:
            return os.read(file, 100)
    finally:
        os.close(handle)


def test_a_file_is_reached_step_by_step(root: Path) -> None:
    assert read(root, b"cb/sub/bc.docx") == b"bao cao"


def test_no_link_on_the_way_is_followed(root: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "bc.docx").write_text("secret")
    (root / "cb" / "link").symlink_to(tmp_path / "outside")
    (root / "cb" / "bc.docx").symlink_to(tmp_path / "outside" / "bc.docx")
    with pytest.raises(OSError, match=r"Not a directory|symbolic links"):
        read(root, b"cb/link/bc.docx")
    with pytest.raises(NotAFile):
        read(root, b"cb/bc.docx")
    with pytest.raises(OSError, match=r"Not a directory|symbolic links|No such file"):
        read(root, b"cb/../../outside/nothing")


def test_a_fifo_is_refused_at_once(root: Path) -> None:
    os.mkfifo(root / "cb" / "fifo")
    with pytest.raises(NotAFile):
        read(root, b"cb/fifo")


def test_a_link_swapped_in_after_the_look_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = root.parent / "secret"
    secret.write_text("secret")
    file = root / "cb" / "sub" / "bc.docx"
    real = os.lstat

    def look_then_swap(path: object, **options: object) -> os.stat_result:
        status = real(path, **options)  # type: ignore[arg-type]
        if path == b"bc.docx":
            file.unlink()
            file.symlink_to(secret)
        return status

    monkeypatch.setattr(os, "lstat", look_then_swap)
    with pytest.raises(OSError, match="symbolic links"):
        read(root, b"cb/sub/bc.docx")


def test_swapping_file_and_link_ten_thousand_times_never_leads_out(root: Path) -> None:
    secret = root.parent / "secret"
    secret.write_text("secret")
    (root / "cb" / "a").write_text("bao cao")
    (root / "cb" / "b").symlink_to(secret)
    stop = threading.Event()

    def swap() -> None:
        where = os.fspath(root / "cb")
        while not stop.is_set():
            os.rename(f"{where}/a", f"{where}/c")
            os.rename(f"{where}/b", f"{where}/a")
            os.rename(f"{where}/c", f"{where}/b")

    swapper = threading.Thread(target=swap)
    swapper.start()
    outcomes = set()
    try:
        for _try in range(10_000):
            try:
                outcomes.add(read(root, b"cb/a"))
            except OSError:
                outcomes.add(b"refused")
    finally:
        stop.set()
        swapper.join()
    assert b"secret" not in outcomes
    assert b"bao cao" in outcomes


def test_renaming_and_remounting_leave_the_same_bytes(root: Path) -> None:
    file = root / "cb" / "sub" / "bc.docx"
    before = Stamp.of(file.stat())
    moved = file.rename(root / "moved.docx")
    assert before.same_bytes(Stamp.of(moved.stat()))
    moved.write_text("bao cao moi")
    assert not before.same_bytes(Stamp.of(moved.stat()))


def leases_work(path: Path) -> bool:
    with path.open("rb") as file:
        try:
            fcntl.fcntl(file.fileno(), fcntl.F_SETLEASE, fcntl.F_RDLCK)
        except OSError:
            return False
        fcntl.fcntl(file.fileno(), fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return True


def test_an_open_writer_is_noticed_and_gone_when_it_closes(root: Path) -> None:
    file = root / "cb" / "sub" / "bc.docx"
    if not leases_work(file):
        pytest.skip("leases do not work on this disk")
    with file.open("rb") as reading:
        assert not written_elsewhere(reading.fileno())
        with file.open("ab"):
            assert written_elsewhere(reading.fileno())
        assert not written_elsewhere(reading.fileno())


def test_where_leases_do_not_work_nobody_writes(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    def refuse(*_args: object) -> int:
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr(fcntl, "fcntl", refuse)
    with (root / "cb" / "sub" / "bc.docx").open("rb") as file:
        assert not written_elsewhere(file.fileno())


BROKEN_LEASE = """
import fcntl, os, sys
from inbox import descriptors
path = sys.argv[1]
handle = os.open(path, os.O_RDONLY)
real = fcntl.fcntl
def writer_comes(handle, command, *rest):
    done = real(handle, command, *rest)
    if (command, rest) == (fcntl.F_SETLEASE, (fcntl.F_RDLCK,)):
        try:
            os.open(path, os.O_WRONLY | os.O_NONBLOCK)  # breaks the lease: the kernel signals its holder
        except BlockingIOError:
            print("broken")
    return done
fcntl.fcntl = writer_comes
print(descriptors.written_elsewhere(handle))
"""


def test_a_writer_that_comes_during_the_test_does_not_kill_us(root: Path) -> None:
    """The usual signal of a broken lease, SIGIO, ends a process that does not expect it."""
    file = root / "cb" / "sub" / "bc.docx"
    if not leases_work(file):
        pytest.skip("leases do not work on this disk")
    here = Path(__file__).resolve().parents[2]
    ended = subprocess.run(
        [sys.executable, "-c", BROKEN_LEASE, str(file)], cwd=here, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (0, "broken\nFalse\n"), ended.stderr
