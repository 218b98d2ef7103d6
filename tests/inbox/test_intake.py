"""What must never be lost, whatever fails: each test stands for a mistake that would lose or double something."""

from __future__ import annotations

import errno
import logging
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.errors import in_words
from archive.store import BlobStore
from tests.inbox.bench import CRASH_POINTS, Bench, failing_at, sha256

pytestmark = pytest.mark.usefixtures("english")

MakeBench = Callable[..., Bench]


def test_the_receipt_is_committed_before_the_file_is_removed(bench: Bench) -> None:
    """Seeded defect: unlink before commit."""
    seen: dict[str, bool] = {}

    def checkpoint(name: str) -> None:
        payloads = list(bench.config.claim.glob("*/payload"))
        seen[name] = bool(payloads)
        if name == "payload_unlinked":
            assert len(bench.ledger.rows()) == 1

    bench.drop("cb-van-phong/bc.docx")
    bench.reopen(checkpoint, settle=0.0)
    bench.inbox.pass_once()
    assert [seen[name] for name in ("claim_renamed", "tx_before_commit", "tx_committed", "payload_unlinked")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert list(seen) == list(CRASH_POINTS)


def test_every_step_is_durable_before_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seeded defect: no fsync. A kill never shows it, so the calls are looked at."""
    bench = Bench(tmp_path / "home", settle=0.0)
    calls: list[str] = []
    fsync = os.fsync

    def record(handle: int) -> None:
        calls.append(os.path.relpath(os.readlink(f"/proc/self/fd/{handle}"), bench.home))
        fsync(handle)

    bench.reopen(calls.append)
    monkeypatch.setattr(os, "fsync", record)
    digest = bench.drop("cb-van-phong/bc.docx")
    bench.inbox.pass_once()
    intake_id = bench.ledger.rows()[0]["intake_id"]

    def between(after: str, before: str) -> list[str]:
        return calls[calls.index(after) + 1 : calls.index(before)]

    claim = f"claim/{intake_id}"
    assert between("claim_meta_written", "claim_meta_synced") == [f"{claim}/meta.part", claim, "claim"]
    assert between("claim_renamed", "claim_synced") == [claim, "inbox/cb-van-phong"]
    assert between("blob_partial", "blob_staged") == [f"blobs/tmp/{intake_id}"]
    assert between("blob_linked", "blob_synced") == [f"blobs/{digest[:2]}", "blobs"]


def test_a_file_changed_between_the_tests_and_the_rename_waits_in_the_claim_area(bench: Bench) -> None:
    """Seeded defect: no second test. Its bytes go on arriving in the claimed file."""
    writer = None

    def write_on(name: str) -> None:
        nonlocal writer
        if name == "claim_meta_synced" and writer is None:
            writer = open(bench.raw("cb-van-phong/bc.docx"), "ab")  # noqa: SIM115
            writer.write(b" end")
            writer.flush()

    bench.drop("cb-van-phong/bc.docx", b"begin")
    bench.reopen(write_on)
    result = bench.settle()
    assert (result.filed, [waiting.why for waiting in result.waiting]) == (0, ["held"])
    assert len(bench.claims()) == 1

    assert writer is not None
    writer.write(b" and more")
    writer.close()
    bench.clock.advance(5.0)
    assert bench.inbox.pass_once().filed == 0  # it changed again, and settles from then on
    bench.clock.advance(5.0)
    assert bench.inbox.pass_once().filed == 1
    bench.assert_whole({b"cb-van-phong/bc.docx": sha256(b"begin end and more")})


def test_a_writer_that_only_holds_the_claimed_file_open_is_waited_for(bench: Bench) -> None:
    opened: list[int] = []
    bench.drop("cb-van-phong/bc.docx", b"whole")

    def hold(name: str) -> None:
        if name == "claim_meta_synced" and not opened:
            opened.append(os.open(bench.raw("cb-van-phong/bc.docx"), os.O_WRONLY))

    bench.reopen(hold)
    result = bench.settle()
    assert [waiting.why for waiting in result.waiting] == ["open"]
    os.close(opened[0])
    assert bench.inbox.pass_once().filed == 1


def test_a_file_that_changes_while_it_is_copied_waits_too(bench: Bench) -> None:
    bench.drop("cb-van-phong/bc.docx", b"begin")
    once: list[str] = []

    def write_on(name: str) -> None:
        if name == "blob_partial" and not once:
            once.append(name)
            (payload,) = bench.config.claim.glob("*/payload")
            payload.write_bytes(b"something else")

    bench.reopen(write_on)
    assert bench.settle().filed == 0
    for _pass in range(2):
        bench.inbox.pass_once()
        bench.clock.advance(5.0)
    bench.inbox.pass_once()
    bench.assert_whole({b"cb-van-phong/bc.docx": sha256(b"something else")})


ERRORS = [
    OSError(errno.ENOSPC, "No space left on device"),
    OSError(errno.EIO, "Input/output error"),
    OSError(errno.EACCES, "Permission denied"),
    OSError(errno.EBUSY, "Device or resource busy"),
]


@pytest.mark.parametrize("point", CRASH_POINTS)
@pytest.mark.parametrize("error", ERRORS, ids=[str(error.errno) for error in ERRORS])
def test_a_failing_disk_at_any_point_costs_time_only(bench: Bench, point: str, error: OSError) -> None:
    dropped = {
        b"cb-van-phong/a.docx": bench.drop("cb-van-phong/a.docx", b"a"),
        b"cb-van-phong/b.docx": bench.drop("cb-van-phong/b.docx", b"b"),
        b"bc.docx": bench.drop("bc.docx", b"c"),
    }
    os.link(bench.raw("cb-van-phong/b.docx"), bench.home / "other name")
    bench.reopen(failing_at(point, 1, error), settle=0.0)
    bench.inbox.pass_once()
    for _try in range(4):
        bench.clock.advance(300.0)
        bench.inbox.pass_once()
    bench.assert_whole(dropped)
    assert (bench.home / "other name").read_bytes() == b"b"


def test_a_full_disk_for_a_day_and_then_all_is_well(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    dropped = {os.fsencode(path): bench.drop(path, path.encode()) for path in ("cb-van-phong/a", "cb-van-phong/b")}

    def full(name: str) -> None:
        if name == "blob_partial":
            raise OSError(errno.ENOSPC, "No space left on device")

    bench.reopen(full)
    with caplog.at_level(logging.WARNING, "hoso.inbox"):
        for _pass in range(300):
            result = bench.inbox.pass_once()
            bench.clock.advance(300.0)
    assert {(waiting.path, waiting.why, waiting.detail) for waiting in result.waiting} == {
        (path, "retry", "the disk is full") for path in dropped
    }
    assert sum("minutes: the disk is full" in message for message in caplog.messages) == 2  # one alarm a file
    bench.reopen()
    bench.inbox.pass_once()
    bench.assert_whole(dropped)


@pytest.mark.parametrize("words", ["database is locked", "database or disk is full", "disk I/O error"])
def test_a_catalogue_that_fails_is_tried_again(bench: Bench, words: str) -> None:
    dropped = {b"cb-van-phong/a": bench.drop("cb-van-phong/a", b"a"), b"cb-van-phong/b": bench.drop("cb-van-phong/b")}
    bench.ledger.fail = sqlite3.OperationalError(words)
    result = bench.settle()
    assert {(waiting.why, waiting.detail) for waiting in result.waiting} == {("retry", in_words(bench.ledger.fail))}
    bench.ledger.fail = None
    bench.clock.advance(1.0)
    bench.inbox.pass_once()
    bench.assert_whole(dropped)


def test_one_delivery_that_cannot_be_recorded_does_not_hold_up_its_neighbours(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = {os.fsencode(path): bench.drop(path, path.encode()) for path in ("cb-van-phong/a", "cb-van-phong/c")}
    bench.drop("cb-van-phong/bad", b"bad")
    record = bench.ledger.record

    def refuse_bad(filings: Any, *rest: Any) -> Any:
        if any(filing.name == "bad" for filing in filings):
            raise ValueError("it always fails")
        return record(filings, *rest)

    monkeypatch.setattr(bench.ledger, "record", refuse_bad)
    bench.settle()
    bench.clock.advance(1.0)
    result = bench.inbox.pass_once()
    assert bench.paths() == sorted(good)
    assert [(waiting.path, waiting.detail) for waiting in result.waiting] == [(b"cb-van-phong/bad", "it always fails")]


def test_files_of_nobody_are_archived_all_the_same(bench: Bench) -> None:
    dropped = {b"BC.docx": bench.drop("BC.docx", b"a"), b"la/x/BC.docx": bench.drop("la/x/BC.docx", b"b")}
    result = bench.settle()
    assert (result.filed, result.quarantined) == (0, 2)
    assert {(row["unit"], row["reason"]) for row in bench.ledger.rows()} == {(None, "no-unit")}
    bench.assert_whole(dropped)


def test_a_file_of_unknown_origin_is_archived_and_named_so(bench: Bench) -> None:
    claim = bench.config.claim / ("ab" * 16)
    claim.mkdir()
    (claim / "payload").write_bytes(b"whose?")
    (claim / "meta.json").write_bytes(b"\0\0\0")
    bench.settle()
    (row,) = bench.ledger.rows()
    assert (row["intake_id"], row["unit"], row["reason"], row["sha256"]) == (
        "ab" * 16, None, "unknown-origin", sha256(b"whose?"),
    )  # fmt: skip
    assert bench.claims() == []


def test_a_claim_follows_the_campaign_of_the_day_it_is_recorded(bench: Bench) -> None:
    units = bench.ledger.known
    bench.drop("cb-van-phong/bc.docx")
    bench.ledger.fail = sqlite3.OperationalError("database is locked")
    bench.ledger.known = {"cb-other": units["cb-van-phong"]}
    bench.settle()
    assert len(bench.claims()) == 1
    bench.ledger.fail, bench.ledger.known = None, units
    bench.clock.advance(1.0)
    bench.inbox.pass_once()
    assert [(row["unit"], row["reason"]) for row in bench.ledger.rows()] == [("cb-van-phong", None)]


def test_an_incomplete_file_is_recorded_as_such(make_bench: MakeBench) -> None:
    bench = make_bench(closes=lambda handle: os.pread(handle, 100, 0).endswith(b"EOF"))
    bench.drop("cb-van-phong/whole.pdf", b"... EOF")
    bench.drop("cb-van-phong/cut.pdf", b"...")
    bench.drop("cb-van-phong/empty.pdf", b"")
    result = bench.settle()
    assert (result.filed, sorted(waiting.why for waiting in result.waiting)) == (1, ["empty", "incomplete"])
    bench.clock.advance(1800.0)
    assert bench.inbox.pass_once().filed == 2
    assert {row["name"]: row["incomplete"] for row in bench.ledger.rows()} == {
        "whole.pdf": 0, "cut.pdf": 1, "empty.pdf": 1,
    }  # fmt: skip


def test_the_inbox_looks_into_no_file(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a file holds, it is bytes: nothing in the intake path may load a parser."""
    loaded: list[str] = []
    real = __import__

    def note(name: str, *args: Any, **kwargs: Any) -> Any:
        loaded.append(name)
        return real(name, *args, **kwargs)

    bench.drop("cb-van-phong/x.pdf", b"%PDF-1.7 <</JS (app.alert(1))>>")
    monkeypatch.setattr("builtins.__import__", note)
    bench.settle()
    assert not {name.split(".")[0] for name in loaded} & {"pypdf", "pypdfium2", "docx", "lxml", "zipfile", "xml"}


def test_leftovers_of_a_crash_in_the_store_are_swept(bench: Bench) -> None:
    (bench.config.blobs / "tmp").mkdir(exist_ok=True)
    (bench.config.blobs / "tmp" / ("c" * 32)).write_bytes(b"half")
    bench.reopen()
    assert list((bench.config.blobs / "tmp").iterdir()) == []
    assert list(BlobStore(bench.config.blobs).digests()) == []


def test_what_a_crash_left_is_made_durable_before_it_is_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a power cut after the cleaning could put the file back into the inbox, to be counted twice."""

    class Crash(BaseException):
        pass

    bench = Bench(tmp_path / "home", settle=0.0)
    bench.drop("cb-van-phong/bc.docx")
    bench.reopen(failing_at("claim_renamed", 1, Crash()))
    with pytest.raises(Crash):
        bench.inbox.pass_once()
    (intake_id,) = bench.claims()

    calls: list[str] = []
    bench.reopen(calls.append)
    monkeypatch.setattr(os, "fsync", lambda handle: calls.append(os.readlink(f"/proc/self/fd/{handle}")))
    bench.inbox.pass_once()
    assert calls[:3] == [str(bench.config.claim / intake_id), str(bench.config.inbox / "cb-van-phong"), "claim_synced"]


def test_a_recorded_claim_is_only_cleaned_up(bench: Bench) -> None:
    class Crash(BaseException):
        pass

    digest = bench.drop("cb-van-phong/bc.docx")
    bench.reopen(failing_at("tx_committed", 1, Crash()), settle=0.0)
    with pytest.raises(Crash):
        bench.inbox.pass_once()
    calls: list[str] = []
    bench.reopen(calls.append)
    bench.inbox.pass_once()
    assert calls == ["payload_unlinked", "claim_meta_dropped", "claim_dropped"]
    bench.assert_whole({b"cb-van-phong/bc.docx": digest})


def test_a_claimed_file_that_somebody_took_away_is_not_tried_for_ever(bench: Bench) -> None:
    bench.drop("cb-van-phong/bc.docx")
    bench.ledger.fail = sqlite3.OperationalError("database is locked")
    bench.settle()
    (payload,) = bench.config.claim.glob("*/payload")
    payload.unlink()
    bench.ledger.fail = None
    bench.clock.advance(300.0)
    bench.inbox.pass_once()
    assert (bench.inbox.pass_once().waiting, bench.claims(), bench.paths()) == ([], [], [])
