from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from inbox.claim import ClaimArea, Wanted
from inbox.descriptors import NotAFile, Stamp
from inbox.meta import Claim, decoded, encoded
from tests.inbox.bench import START


class Area:
    """A claim area beside an inbox."""

    def __init__(self, folder: Path) -> None:
        self.inbox = folder / "inbox"
        (self.inbox / "cb").mkdir(parents=True)
        self.area = ClaimArea(folder / "claim")
        self.handle = os.open(self.inbox, os.O_RDONLY)

    def wanted(self, name: str, data: str = "bao cao") -> Wanted:
        (self.inbox / "cb" / name).write_text(data)
        stamp = Stamp.of((self.inbox / "cb" / name).stat())
        return Wanted(b"cb/" + os.fsencode(name), "cb", stamp, START)

    def take(self, *wanted: Wanted) -> list[Claim]:
        claims, refused = self.area.take(self.handle, wanted)
        assert refused == []
        return claims

    def read(self, claim: Claim) -> bytes:
        with self.area.source(claim, self.handle) as source:
            return os.read(source, 1000)

    def names(self) -> list[str]:
        return sorted(os.listdir(self.inbox / "cb"))


@pytest.fixture
def at(tmp_path: Path, no_fsync: None) -> Iterator[Area]:
    area = Area(tmp_path)
    yield area
    os.close(area.handle)


def test_a_claimed_file_is_out_of_reach_and_knows_where_it_came_from(at: Area) -> None:
    (claim,) = at.take(at.wanted("bc.docx"))

    assert at.names() == []
    assert at.area.pending() == [claim.intake_id]
    assert at.area.load(claim.intake_id, START) == claim
    assert (claim.path, claim.unit, at.read(claim)) == (b"cb/bc.docx", "cb", b"bao cao")

    at.area.finish(claim, at.handle)
    assert at.area.pending() == []
    at.area.drop(claim.intake_id)  # repeating is harmless


@pytest.mark.parametrize("name", [b"a\nb", b"\x1b[2J", b"\xff\xfe", "é".encode() * 127, "ca\u0301o".encode()])
def test_any_name_survives_the_meta(name: bytes) -> None:
    claim = Claim("0" * 32, b"cb/" + name, None, Stamp(1, 2, 3, 4, 5, 1), START, incomplete=True)
    assert decoded(encoded(claim), "0" * 32) == claim


def test_the_meta_is_durable_before_the_file_is_touched_and_the_rename_before_anything_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, calls = Area(tmp_path), []
    fsync, rename = os.fsync, os.rename

    def record_fsync(handle: int) -> None:
        calls.append("fsync " + os.path.relpath(os.readlink(f"/proc/self/fd/{handle}"), tmp_path))
        fsync(handle)

    def record_rename(source: bytes, target: bytes, **folders: int) -> None:
        calls.append(f"rename {os.fsdecode(source)} {os.fsdecode(target)}")
        rename(source, target, **folders)

    wanted = at.wanted("bc.docx")
    monkeypatch.setattr(os, "fsync", record_fsync)
    monkeypatch.setattr(os, "rename", record_rename)
    (claim,) = at.take(wanted)
    os.close(at.handle)

    folder = f"claim/{claim.intake_id}"
    assert calls == [
        f"fsync {folder}/meta.part", "rename meta.part meta.json", f"fsync {folder}", "fsync claim",
        "rename bc.docx payload", f"fsync {folder}", "fsync inbox/cb",
    ]  # fmt: skip


def test_a_file_that_vanished_is_no_error(at: Area) -> None:
    wanted = at.wanted("bc.docx")
    (at.inbox / "cb" / "bc.docx").unlink()
    assert at.take(wanted) == []
    assert at.area.pending() == []


def test_a_full_disk_leaves_the_file_where_it_is(at: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = at.wanted("bc.docx")

    def full(*_args: object, **_kwargs: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    claims, (refused,) = at.area.take(at.handle, [wanted])
    assert (claims, refused.path, refused.error.errno) == ([], b"cb/bc.docx", errno.ENOSPC)
    assert (at.names(), at.area.pending()) == (["bc.docx"], [])


def test_a_writer_goes_on_writing_into_the_claimed_file(at: Area) -> None:
    wanted = at.wanted("bc.docx", "begin ")
    with (at.inbox / "cb" / "bc.docx").open("ab") as writer:
        (claim,) = at.take(wanted)
        writer.write(b"end")
    assert at.read(claim) == b"begin end"


def test_a_link_swapped_in_is_never_opened_and_goes_back(at: Area, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    wanted = at.wanted("bc.docx")
    file = at.inbox / "cb" / "bc.docx"
    file.unlink()
    file.symlink_to(tmp_path / "secret")
    (claim,) = at.take(wanted)
    with pytest.raises(NotAFile):
        at.read(claim)

    file.write_text("a new file")
    with pytest.raises(FileExistsError):
        at.area.put_back(claim, at.handle)
    assert file.read_text() == "a new file"
    file.unlink()
    at.area.put_back(claim, at.handle)
    assert file.readlink() == tmp_path / "secret"
    assert at.area.pending() == []


def test_a_folder_swapped_in_goes_back_with_all_it_holds(at: Area) -> None:
    wanted = at.wanted("bc.docx")
    folder = at.inbox / "cb" / "bc.docx"
    folder.unlink()
    folder.mkdir()
    (folder / "inside.docx").write_text("x")
    (claim,) = at.take(wanted)
    at.area.put_back(claim, at.handle)
    assert (folder / "inside.docx").read_text() == "x"


def test_a_hard_linked_file_is_left_in_place_until_it_is_recorded(at: Area, tmp_path: Path) -> None:
    wanted = at.wanted("bc.docx")
    os.link(at.inbox / "cb" / "bc.docx", tmp_path / "other")
    wanted = Wanted(wanted.path, wanted.unit, Stamp.of((tmp_path / "other").stat()), START)
    (claim,) = at.take(wanted)

    assert claim.in_place
    assert at.area.load(claim.intake_id, START) == claim
    assert (at.names(), at.read(claim)) == (["bc.docx"], b"bao cao")
    at.area.finish(claim, at.handle)
    assert (at.names(), at.area.pending()) == ([], [])
    assert (tmp_path / "other").read_text() == "bao cao"


def test_what_was_written_since_is_not_removed(at: Area, tmp_path: Path) -> None:
    wanted = at.wanted("bc.docx")
    os.link(at.inbox / "cb" / "bc.docx", tmp_path / "other")
    (claim,) = at.take(Wanted(wanted.path, wanted.unit, Stamp.of((tmp_path / "other").stat()), START))
    (at.inbox / "cb" / "bc.docx").write_text("a newer report")
    at.area.finish(claim, at.handle)
    assert at.names() == ["bc.docx"]


def test_across_disks_the_file_stays_until_it_is_recorded(at: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    """One disk mounted twice looks like one, and only the rename tells."""
    rename = os.rename

    def across(source: bytes, target: bytes, **folders: int) -> None:
        if target == b"payload":
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        rename(source, target, **folders)

    monkeypatch.setattr(os, "rename", across)
    first, second = at.take(at.wanted("a.docx"), at.wanted("b.docx"))
    (third,) = at.take(at.wanted("c.docx"))
    assert first.in_place
    assert second.in_place
    assert third.in_place
    assert [at.area.load(claim.intake_id, START) for claim in (first, second, third)] == [first, second, third]
    assert at.names() == ["a.docx", "b.docx", "c.docx"]
    at.area.finish(first, at.handle)
    assert at.names() == ["b.docx", "c.docx"]
    with pytest.raises(OSError, match=os.strerror(errno.ENOTCONN)):
        at.area.finish(second, None)  # the share is away: the claim waits for it
    assert second.intake_id in at.area.pending()


@pytest.mark.parametrize("meta", [None, b"", b"{", b"[]", b'{"intake_id": "other"}', b"\xff"])
def test_a_file_whose_meta_is_lost_is_of_unknown_origin(at: Area, meta: bytes | None) -> None:
    (claim,) = at.take(at.wanted("bc.docx"))
    where = at.area.root / claim.intake_id / "meta.json"
    where.unlink()
    if meta is not None:
        where.write_bytes(meta)
    unknown = at.area.load(claim.intake_id, START)
    assert unknown is not None
    assert (unknown.unit, unknown.stamp, at.read(unknown)) == (None, None, b"bao cao")


def test_dropping_never_drops_a_file(at: Area) -> None:
    (claim,) = at.take(at.wanted("bc.docx"))
    at.area.drop(claim.intake_id)
    assert at.read(claim) == b"bao cao"
    assert at.area.load(claim.intake_id, START) == claim


def test_a_claim_without_its_file_is_nothing(at: Area) -> None:
    (at.area.root / ("a" * 32)).mkdir()
    assert at.area.load("a" * 32, START) is None
    at.area.drop("a" * 32)
    assert at.area.pending() == []


def test_a_stranger_in_the_claim_area_is_named_and_left_alone(at: Area) -> None:
    (at.area.root / "lost+found").mkdir()
    assert (at.area.pending(), at.area.strangers()) == ([], [b"lost+found"])
