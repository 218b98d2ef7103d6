from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.store import BlobStore, SourceChanged

DATA = b"bao cao tong ket nam 2021" * 1000


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path / "blobs")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "bc.docx"
    path.write_bytes(DATA)
    return path


def keep(store: BlobStore, source: Path, intake_id: str = "a" * 32) -> str:
    staged = store.stage(source, intake_id)
    store.keep(staged)
    return staged.sha256


def test_a_blob_is_kept_under_its_digest_read_only(store: BlobStore, source: Path) -> None:
    digest = keep(store, source)

    assert digest == hashlib.sha256(DATA).hexdigest()
    assert store.path(digest) == store.root / digest[:2] / digest
    with store.open(digest) as blob:
        assert blob.read() == DATA
    assert stat.S_IMODE(store.path(digest).stat().st_mode) == 0o444
    assert store.exists(digest)
    assert store.check(digest)
    assert list(store.digests()) == [digest]
    assert list((store.root / "tmp").iterdir()) == []


def test_a_descriptor_is_read_from_its_beginning(store: BlobStore, source: Path) -> None:
    with source.open("rb") as file:
        file.read(10)
        staged = store.stage(file.fileno(), "b" * 32)
    assert (staged.sha256, staged.size) == (hashlib.sha256(DATA).hexdigest(), len(DATA))


def test_the_same_bytes_twice_are_one_blob(store: BlobStore, source: Path) -> None:
    first = keep(store, source)
    inode = store.path(first).stat().st_ino
    assert keep(store, source, "b" * 32) == first
    assert store.path(first).stat().st_ino == inode


def test_a_torn_blob_is_replaced_by_the_next_delivery(store: BlobStore, source: Path) -> None:
    digest = keep(store, source)
    store.path(digest).chmod(0o644)
    store.path(digest).write_bytes(DATA[:100])
    assert not store.check(digest)

    keep(store, source, "b" * 32)
    assert store.check(digest)


def test_a_file_that_changes_while_it_is_copied_is_not_kept(tmp_path: Path, source: Path) -> None:
    def write_on(name: str) -> None:
        if name == "blob_partial":
            with source.open("ab") as file:
                file.write(b"more")

    store = BlobStore(tmp_path / "blobs", write_on)
    with pytest.raises(SourceChanged):
        store.stage(source, "a" * 32)
    assert list((store.root / "tmp").iterdir()) == []


def test_a_full_disk_leaves_nothing_behind_and_the_next_try_works(
    store: BlobStore, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int, _data: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(OSError, match="No space"):
            store.stage(source, "a" * 32)
    assert list((store.root / "tmp").iterdir()) == []
    assert store.check(keep(store, source))


def test_a_write_that_takes_only_a_part_goes_on(
    store: BlobStore, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, bytes(data)[:1000]))
    assert store.check(keep(store, source))


def test_a_link_is_not_followed(store: BlobStore, source: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.docx"
    link.symlink_to(source)
    with pytest.raises(OSError, match="symbolic links"):
        store.stage(link, "a" * 32)


def test_a_folder_or_fifo_is_not_a_source(store: BlobStore, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    for odd in (tmp_path, tmp_path / "fifo"):
        with pytest.raises(OSError, match="not a regular file"):
            store.stage(odd, "a" * 32)


def test_without_hard_links_the_blob_is_renamed_into_place(
    store: BlobStore, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    assert store.check(keep(store, source))
    assert store.check(keep(store, source, "b" * 32))


def test_everything_is_synced_before_keep_returns(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file before its link, the link's folder after it, and a new folder's own name too: what a power cut needs."""
    calls: list[str] = []

    def record(name: str, real: object) -> object:
        def call(*args: object, **kwargs: object) -> object:
            subject = args[0]
            where = os.readlink(f"/proc/self/fd/{subject}") if isinstance(subject, int) else os.fspath(subject)  # type: ignore[call-overload]
            calls.append(f"{name} {os.path.relpath(str(where), tmp_path)}")
            return real(*args, **kwargs)  # type: ignore[operator]

        return call

    store = BlobStore(tmp_path / "blobs")
    for name in ("fsync", "link"):
        monkeypatch.setattr(os, name, record(name, getattr(os, name)))
    digest = keep(store, source)

    aside, place = "blobs/tmp/" + "a" * 32, f"blobs/{digest[:2]}"
    wanted = [f"fsync {aside}", f"link {aside}", f"fsync {place}", "fsync blobs"]
    assert [call for call in calls if call in wanted][-4:] == wanted
    assert calls.index("fsync .") < calls.index(f"fsync {aside}")  # the name "blobs" itself

    calls.clear()
    keep(store, source, "b" * 32)  # the blob exists, but whoever linked it may have died before syncing the folder
    assert f"fsync {place}" in calls


def test_a_digest_is_never_a_way_out_of_the_store(store: BlobStore) -> None:
    for wrong in ("../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n", ""):
        with pytest.raises(ValueError, match="not a SHA-256"):
            store.path(wrong)


def test_a_missing_blob(store: BlobStore) -> None:
    assert not store.exists("a" * 64)
    assert not store.check("a" * 64)
    assert list(store.digests()) == []
    with pytest.raises(FileNotFoundError):
        store.open("a" * 64)


def test_sweep_drops_what_a_crash_left(store: BlobStore, source: Path) -> None:
    assert store.sweep() == 0
    store.stage(source, "a" * 32)
    assert store.sweep() == 1
    assert list((store.root / "tmp").iterdir()) == []


@settings(max_examples=25, deadline=None)
@given(contents=st.lists(st.binary(max_size=200), min_size=1, max_size=5))
def test_whatever_is_kept_comes_back(contents: list[bytes], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("any")
    store = BlobStore(folder / "blobs")
    staged = []
    for number, content in enumerate(contents):
        (folder / str(number)).write_bytes(content)
        staged.append(store.stage(folder / str(number), f"{number:032x}"))
    store.keep_all(staged)
    assert [store.path(item.sha256).read_bytes() for item in staged] == contents
    assert set(store.digests()) == {hashlib.sha256(content).hexdigest() for content in contents}
