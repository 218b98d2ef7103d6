from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

import inbox.scan
from inbox.scan import NotTaken, Scan, scan


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    (folder / "cb").mkdir(parents=True)
    return folder


def look(root: Path, **options: object) -> Scan:
    handle = os.open(root, os.O_RDONLY)
    try:
        return scan(handle, **options)  # type: ignore[arg-type]
    finally:
        os.close(handle)


def found(seen: Scan) -> list[bytes]:
    return sorted(file.path for file in seen.found)


def test_all_regular_files_are_found_at_any_depth(root: Path) -> None:
    (root / "cb" / "a" / "b").mkdir(parents=True)
    for path in ("x.txt", "cb/y.txt", "cb/a/b/z.txt"):
        (root / path).write_text("x")
    seen = look(root)
    assert found(seen) == [b"cb/a/b/z.txt", b"cb/y.txt", b"x.txt"]
    assert seen.not_taken == []


def test_hostile_names_are_plain_bytes(root: Path) -> None:
    names = [b"a\nb", b"\x1b[2J", b"\xff\xfe.docx", "é".encode() * 127 + b"x", "Ba\u0301o ca\u0301o.docx".encode()]
    for name in names:
        Path(os.fsdecode(os.fsencode(root / "cb") + b"/" + name)).write_text("x")
    assert found(look(root)) == sorted(b"cb/" + name for name in names)


def test_what_is_no_file_is_named_and_never_opened(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret")
    (root / "cb" / "file-link").symlink_to(outside / "secret.txt")
    (root / "cb" / "folder-link").symlink_to(outside)
    (root / "cb" / "loop").symlink_to(root)
    os.mkfifo(root / "cb" / "fifo")
    with socket.socket(socket.AF_UNIX) as listener:
        where = os.getcwd()
        os.chdir(root / "cb")  # the path of a socket has few bytes
        try:
            listener.bind("socket")
        finally:
            os.chdir(where)
        seen = look(root)
    assert found(seen) == []
    assert sorted((odd.path, odd.why) for odd in seen.not_taken) == [
        (b"cb/fifo", "fifo"),
        (b"cb/file-link", "symlink"),
        (b"cb/folder-link", "symlink"),
        (b"cb/loop", "symlink"),
        (b"cb/socket", "socket"),
    ]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a device")
def test_a_device_is_not_taken(root: Path) -> None:
    try:
        os.mknod(root / "cb" / "null", 0o600 | 0o020000, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("devices cannot be made here")
    assert look(root).not_taken == [NotTaken(b"cb/null", "device")]


def test_another_disk_is_not_entered(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "cb" / "x.txt").write_text("x")
    handle = os.open(root, os.O_RDONLY)
    walk = inbox.scan._Walk(os.fstat(handle).st_dev + 1, frozenset(), 10)
    walk.entry(handle, b"", b"cb", os.lstat(root / "cb"), 1)
    os.close(handle)
    assert walk.scan.not_taken == [NotTaken(b"cb", "other-disk")]


def test_the_home_is_never_taken_in(root: Path) -> None:
    (root / "home").mkdir()
    (root / "home" / "catalogue.sqlite3").write_text("x")
    status = (root / "home").stat()
    seen = look(root, skip=frozenset({(status.st_dev, status.st_ino)}))
    assert (found(seen), seen.not_taken) == ([], [NotTaken(b"home", "own-home")])


def test_our_own_folders_and_leftovers_are_no_deliveries(root: Path) -> None:
    for path in ("cb/_BIEN-NHAN/1.html", "cb/_can-sua/bc.docx", "_CAN-SUA/x.docx", "cb/_TINH-TRANG.html"):
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text("x")
    (root / "cb" / "~$bc.docx").write_text("x")
    seen = look(root)
    assert found(seen) == []
    assert [path for path, _came in seen.ignored] == [b"cb/~$bc.docx"]


def test_limits_are_told_not_silent(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox.scan, "MAX_DEPTH", 3)
    (root / "cb" / "2" / "3" / "4").mkdir(parents=True)
    (root / "cb" / "2" / "in.txt").write_text("x")
    (root / "cb" / "2" / "3" / "deep.txt").write_text("x")
    (root / "db").mkdir()
    for number in range(5):
        (root / "db" / f"{number}.txt").write_text("x")
    seen = look(root, entries=4)
    assert NotTaken(b"cb/2/3", "too-deep") in seen.not_taken
    assert NotTaken(b"db", "too-many") in seen.not_taken
    assert b"cb/2/in.txt" in found(seen)  # another unit's flood costs this one nothing
    assert len([path for path in found(seen) if path.startswith(b"db/")]) == 4


def test_a_folder_that_may_not_be_read_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "other").mkdir()
    (root / "other" / "x.txt").write_text("x")
    real = os.open

    def refuse(path: object, flags: int, *args: object, **kwargs: object) -> int:
        if path == b"cb":
            raise PermissionError(13, "Permission denied")
        return real(path, flags, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refuse)
    seen = look(root)
    assert (found(seen), seen.not_taken) == ([b"other/x.txt"], [NotTaken(b"cb", "no-access")])


def test_a_folder_swapped_for_a_link_during_the_walk_leads_nowhere(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret")
    real = os.open

    def swap(path: object, flags: int, *args: object, **kwargs: object) -> int:
        if path == b"cb":
            (root / "cb").rmdir()
            (root / "cb").symlink_to(outside)
        return real(path, flags, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", swap)
    seen = look(root)
    assert (found(seen), seen.not_taken) == ([], [NotTaken(b"cb", "no-access")])
