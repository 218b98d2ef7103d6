"""Answers in a share that strangers write into: never elsewhere, never half, never a clerk's own file touched."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.records import Unit, UnitType
from inbox import answer_folder
from inbox.receipts import (
    Answered,
    sweep,
    sync_notes,
    write_receipts,
    write_root_answers,
    write_unit_answers,
)
from reports.mending import note_pages
from reports.names import MISSING, NOTE, RECEIPTS, STATUS, TO_MEND
from reports.pages import Head, Mend, NotePage, ReceiptPage, RootPage, Rules, UnitPage
from reports.text import seal_of

MOMENT = datetime(2021, 12, 13, 7, 5, tzinfo=UTC)
RULES = Rules("Kiểm tra 2021", "xl", "ab" * 32, date(2021, 12, 14), MOMENT)
HEAD = Head(
    "cb", "Chi bộ", "chi-bo-co-so", "", date(2021, 12, 20), date(2021, 12, 17), 3, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
)
PAGE = UnitPage(HEAD, RULES, (), (), (), (), (), (), (), (), (), ())
ROOT = RootPage(RULES, (), (), (), ())
UNITS = {
    "db": Unit("db", "Đảng bộ", UnitType.DANG_BO_CO_SO),
    "cb": Unit("cb", "Chi bộ", UnitType.CHI_BO_TRUC_THUOC, parent="db"),
}
FOLDER = PurePosixPath("db/cb")


def receipt_page(number: int = 7, unit: str = "cb", intake_id: str = "intake-7") -> ReceiptPage:
    return ReceiptPage(
        f"2021-12-13_1405_{number:04d}.html", number, intake_id, unit, "Chi bộ", "C", "BC.docx", "", MOMENT, 10,
        "cd" * 32, "filed", None, None, "head",
    )  # fmt: skip


def mend(key: str = "d1", name: str = "BC.docx", code: str = "locked", content: bytes = b"bytes") -> Mend:
    return Mend(key, name, name, code, MOMENT, len(content), hashlib.sha256(content).hexdigest())


def notes(*mends: Mend) -> tuple[NotePage, ...]:
    return note_pages("Chi bộ", mends)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    made = tmp_path / "inbox"
    made.mkdir()
    return made


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    made = tmp_path / "elsewhere"
    made.mkdir()
    return made


@pytest.fixture
def blob(tmp_path: Path) -> Path:
    made = tmp_path / "blob"
    made.write_bytes(b"bytes")
    return made


def everything(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Every file below a folder with its inode, change time and bytes."""
    return {
        str(path.relative_to(folder)): (path.lstat().st_ino, path.lstat().st_ctime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def codes(answered: Answered) -> list[str]:
    return [failure.code for failure in answered.failures]


# --- pages -----------------------------------------------------------------------------------------------------------


def test_pages_lie_in_the_unit_s_folder(inbox: Path) -> None:
    answered = write_unit_answers(inbox, FOLDER, PAGE)
    assert (answered.written, answered.kept, answered.failures) == (2, 0, [])
    assert names(inbox / "db" / "cb") == [MISSING, STATUS]
    assert (inbox / "db" / "cb" / MISSING).read_bytes().startswith(b"\xef\xbb\xbf")
    assert b"<!doctype html>" in (inbox / "db" / "cb" / STATUS).read_bytes()
    root = write_root_answers(inbox, ROOT)
    assert (root.written, names(inbox)) == (2, [MISSING, STATUS, "db"])


def test_what_is_equal_is_not_touched(inbox: Path, blob: Path) -> None:
    def answer() -> Answered:
        first = write_unit_answers(inbox, FOLDER, PAGE, notes(mend()), {"d1": blob})
        first += write_root_answers(inbox, ROOT, notes(mend("d2")))
        first += write_receipts(inbox, UNITS, [receipt_page()])
        return first

    answer()
    before = everything(inbox)
    again = answer()
    assert everything(inbox) == before
    assert (again.written, again.kept, again.removed, again.failures) == (0, 7, 0, [])


def test_a_changed_page_takes_the_place_of_the_old_one(inbox: Path) -> None:
    write_unit_answers(inbox, FOLDER, PAGE)
    later = replace(PAGE, rules=replace(RULES, as_of=date(2021, 12, 15)))
    assert write_unit_answers(inbox, FOLDER, later).written == 2
    assert b"15/12/2021" in (inbox / FOLDER / STATUS).read_bytes()
    assert names(inbox / FOLDER) == [MISSING, STATUS]


def test_a_folder_may_be_named_by_bytes(inbox: Path) -> None:
    answered = write_unit_answers(inbox, b"db/\xff", PAGE, notes(mend()))
    assert answered.failures == []
    assert sorted(os.listdir(bytes(inbox) + b"/db/\xff")) == [b"_CAN-SUA", b"_THIEU.txt", b"_TINH-TRANG.html"]


def test_new_folders_are_open_to_those_who_may_use_the_inbox(inbox: Path) -> None:
    inbox.chmod(0o2775)
    write_receipts(inbox, UNITS, [receipt_page()])
    assert oct((inbox / "db" / "cb" / RECEIPTS).stat().st_mode & 0o7777) == oct(0o2775)


def test_pages_can_be_read_by_everybody_whatever_the_umask(inbox: Path) -> None:
    before = os.umask(0o077)
    try:
        write_unit_answers(inbox, FOLDER, PAGE)
    finally:
        os.umask(before)
    assert oct((inbox / FOLDER / STATUS).stat().st_mode & 0o777) == oct(0o644)


# --- planted things --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("link", ["db", "db/cb", f"db/cb/{RECEIPTS}"])
def test_a_planted_folder_link_never_leads_us_elsewhere(inbox: Path, elsewhere: Path, link: str) -> None:
    (inbox / link).parent.mkdir(parents=True, exist_ok=True)
    (inbox / link).symlink_to(elsewhere, target_is_directory=True)
    answered = write_receipts(inbox, UNITS, [receipt_page()])
    assert names(elsewhere) == []
    assert (codes(answered), answered.done) == (["link"], [])
    assert (inbox / link).is_symlink()


def test_a_planted_link_for_notes_leads_nowhere_and_nothing_is_removed_there(
    inbox: Path, elsewhere: Path, blob: Path
) -> None:
    sync_notes(inbox, FOLDER, notes(mend()), {"d1": blob})
    for name in names(inbox / FOLDER / TO_MEND):
        (elsewhere / name).write_bytes((inbox / FOLDER / TO_MEND / name).read_bytes())
        (inbox / FOLDER / TO_MEND / name).unlink()
    (inbox / FOLDER / TO_MEND).rmdir()
    (inbox / FOLDER / TO_MEND).symlink_to(elsewhere)
    before = everything(elsewhere)
    assert codes(sync_notes(inbox, FOLDER, ())) == ["link"]
    assert codes(sync_notes(inbox, FOLDER, notes(mend("d2")))) == ["link"]
    assert everything(elsewhere) == before


def test_planted_file_links_and_pipes_are_replaced_not_followed(inbox: Path, elsewhere: Path) -> None:
    victim = elsewhere / "victim"
    victim.write_text("mine")
    (inbox / FOLDER).mkdir(parents=True)
    (inbox / FOLDER / STATUS).symlink_to(victim)
    os.mkfifo(inbox / FOLDER / MISSING)
    assert write_unit_answers(inbox, FOLDER, PAGE).failures == []
    assert victim.read_text() == "mine"
    assert not (inbox / FOLDER / STATUS).is_symlink()
    assert (inbox / FOLDER / MISSING).is_file()


def test_a_hard_link_under_our_name_keeps_its_bytes(inbox: Path, elsewhere: Path) -> None:
    victim = elsewhere / "victim"
    victim.write_text("mine")
    (inbox / FOLDER).mkdir(parents=True)
    os.link(victim, inbox / FOLDER / STATUS)
    write_unit_answers(inbox, FOLDER, PAGE)
    assert victim.read_text() == "mine"


def test_a_folder_under_our_name_is_a_failure_and_the_rest_is_written(inbox: Path) -> None:
    (inbox / FOLDER / STATUS).mkdir(parents=True)
    answered = write_unit_answers(inbox, FOLDER, PAGE)
    assert codes(answered) == ["link"]
    assert answered.failures[0].path == f"db/cb/{STATUS}"
    assert names(inbox / FOLDER) == [MISSING, STATUS]


def test_a_path_never_leads_upwards(inbox: Path) -> None:
    assert set(codes(write_unit_answers(inbox, "../elsewhere", PAGE))) == {"failed"}
    assert names(inbox.parent) == ["inbox"]


# --- receipts --------------------------------------------------------------------------------------------------------


def test_receipts_of_several_units_and_of_none(inbox: Path) -> None:
    pages = [receipt_page(), receipt_page(8, "db", "intake-8"), receipt_page(9, "", "intake-9")]
    answered = write_receipts(inbox, UNITS, pages)
    assert sorted(answered.done) == ["intake-7", "intake-8", "intake-9"]
    assert names(inbox / "db" / "cb" / RECEIPTS) == ["2021-12-13_1405_0007.html"]
    assert names(inbox / "db" / RECEIPTS) == ["2021-12-13_1405_0008.html"]
    assert names(inbox) == ["db"]


def test_a_receipt_once_written_is_never_changed(inbox: Path) -> None:
    write_receipts(inbox, UNITS, [receipt_page()])
    before = everything(inbox)
    other_words = replace(receipt_page(), campaign="Another title", audit_head="later")
    answered = write_receipts(inbox, UNITS, [other_words])
    assert (answered.done, answered.written) == (["intake-7"], 0)
    assert everything(inbox) == before
    assert oct((inbox / FOLDER / RECEIPTS / receipt_page().file).stat().st_mode & 0o777) == oct(0o444)


@pytest.mark.parametrize("planted", ["file", "link", "folder"])
def test_something_else_under_a_receipt_s_name_stays(inbox: Path, elsewhere: Path, planted: str) -> None:
    place = inbox / FOLDER / RECEIPTS
    place.mkdir(parents=True)
    name = receipt_page().file
    if planted == "file":
        (place / name).write_text("a clerk's own words")
    elif planted == "link":
        (place / name).symlink_to(elsewhere / "nowhere")
    else:
        (place / name).mkdir()
    answered = write_receipts(inbox, UNITS, [receipt_page()])
    assert answered.done == ["intake-7"]
    other = [path for path in place.iterdir() if path.name != name]
    assert len(other) == 1
    assert b"intake-7" in other[0].read_bytes()
    assert write_receipts(inbox, UNITS, [receipt_page()]).written == 0
    assert names(elsewhere) == []


# --- notes -----------------------------------------------------------------------------------------------------------


def test_a_note_and_the_file_beside_it(inbox: Path, blob: Path) -> None:
    answered = sync_notes(inbox, FOLDER, notes(mend(), mend("d2", "Đề án.pdf")), {"d1": blob})
    place = inbox / FOLDER / TO_MEND
    assert (answered.written, names(place)) == (2, ["BC.docx", "BC.docx" + NOTE, "De an.pdf" + NOTE])
    assert (place / "BC.docx").read_bytes() == b"bytes"
    assert seal_of((place / ("BC.docx" + NOTE)).read_bytes()) == ("d1", mend().sha256)


def test_the_bytes_of_a_secret_paper_are_never_laid_out(inbox: Path, blob: Path) -> None:
    sync_notes(inbox, FOLDER, notes(mend(code="secret-mark")), {"d1": blob})
    assert names(inbox / FOLDER / TO_MEND) == ["BC.docx" + NOTE]


def test_notes_that_no_longer_hold_go_with_their_files(inbox: Path, blob: Path) -> None:
    both = notes(mend(), mend("d2", "Khác.pdf"))
    sync_notes(inbox, FOLDER, both, {"d1": blob, "d2": blob})
    answered = sync_notes(inbox, FOLDER, both[1:])
    assert answered.removed == 1
    assert names(inbox / FOLDER / TO_MEND) == ["Khac.pdf", "Khac.pdf" + NOTE]
    assert sync_notes(inbox, FOLDER, ()).removed == 1
    assert not (inbox / FOLDER / TO_MEND).exists()


def test_a_clerk_s_own_files_stay(inbox: Path, blob: Path) -> None:
    sync_notes(inbox, FOLDER, notes(mend(), mend("d2", "b.pdf"), mend("d3", "c.pdf")), {"d1": blob, "d3": blob})
    place = inbox / FOLDER / TO_MEND
    (place / "BC.docx").write_bytes(b"mended in place")  # the copy was changed
    with (place / ("b.pdf" + NOTE)).open("ab") as note:  # the note was written into
        note.write("đã hỏi Văn phòng\r\n".encode())
    (place / ("ghi chu" + NOTE)).write_text("của tôi")
    (place / "c.pdf").unlink()
    (place / "c.pdf").symlink_to(blob)
    sync_notes(inbox, FOLDER, ())
    assert names(place) == ["BC.docx", "b.pdf" + NOTE, "c.pdf", "ghi chu" + NOTE]
    assert blob.read_bytes() == b"bytes"


def test_a_name_that_a_clerk_already_uses_is_left_to_them(inbox: Path, blob: Path) -> None:
    place = inbox / FOLDER / TO_MEND
    place.mkdir(parents=True)
    (place / "BC.docx").write_bytes(b"mine")
    sync_notes(inbox, FOLDER, notes(mend()), {"d1": blob})
    assert (place / "BC.docx").read_bytes() == b"mine"
    ours = [name for name in names(place) if name != "BC.docx"]
    assert len(ours) == 2
    assert all(name.startswith("BC.docx_") for name in ours)
    before = everything(place)
    sync_notes(inbox, FOLDER, notes(mend()), {"d1": blob})
    assert everything(place) == before


def test_a_file_taken_away_to_be_mended_does_not_come_back(inbox: Path, blob: Path) -> None:
    sync_notes(inbox, FOLDER, notes(mend()), {"d1": blob})
    (inbox / FOLDER / TO_MEND / "BC.docx").unlink()
    sync_notes(inbox, FOLDER, notes(mend()), {"d1": blob})
    assert names(inbox / FOLDER / TO_MEND) == ["BC.docx" + NOTE]


def test_a_note_in_other_words_takes_the_place_of_the_old_one(inbox: Path) -> None:
    sync_notes(inbox, FOLDER, notes(mend()))
    answered = sync_notes(inbox, FOLDER, notes(mend(code="unreadable")))
    assert (answered.written, names(inbox / FOLDER / TO_MEND)) == (1, ["BC.docx" + NOTE])
    assert sync_notes(inbox, FOLDER, notes(mend(code="unreadable"))).written == 0


def test_a_standing_note_keeps_its_name_when_an_older_one_goes(inbox: Path) -> None:
    first, second = notes(mend(), mend("d2"))
    sync_notes(inbox, FOLDER, (first, second))
    sync_notes(inbox, FOLDER, notes(mend("d2")))
    assert names(inbox / FOLDER / TO_MEND) == [second.file + NOTE]


def test_without_its_bytes_a_note_comes_alone(inbox: Path, tmp_path: Path) -> None:
    answered = sync_notes(inbox, FOLDER, notes(mend()), {"d1": tmp_path / "gone"})
    assert (answered.failures, names(inbox / FOLDER / TO_MEND)) == ([], ["BC.docx" + NOTE])


STEPS = st.lists(st.sets(st.sampled_from("abcd")), max_size=6)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, st.sets(st.sampled_from(["x.docx", "X.DOCX", f"x.docx{NOTE}"])))
def test_whatever_happens_notes_are_those_wanted_and_a_clerk_s_files_stay(
    tmp_path_factory: pytest.TempPathFactory, steps: list[set[str]], own: set[str]
) -> None:
    inbox = tmp_path_factory.mktemp("inbox")
    place = inbox / FOLDER / TO_MEND
    place.mkdir(parents=True)
    for name in own:
        (place / name).write_text(f"own {name}")
    blob = inbox / "blob"
    blob.write_bytes(b"bytes")
    for wanted in steps:
        sync_notes(inbox, FOLDER, notes(*(mend(key, "x.docx") for key in sorted(wanted))), dict.fromkeys("abcd", blob))
        there = names(place) if place.exists() else []
        seals = [seal_of((place / name).read_bytes()) for name in there if name.endswith(NOTE)]
        assert sorted(seal[0] for seal in seals if seal) == sorted(wanted)
        assert len([name for name in there if name not in own]) == 2 * len(wanted)
        assert all((place / name).read_text() == f"own {name}" for name in own)


# --- a share that fails ----------------------------------------------------------------------------------------------


def test_a_share_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    answered = write_unit_answers(gone, FOLDER, PAGE, notes(mend()))
    answered += write_receipts(gone, UNITS, [receipt_page()])
    assert set(codes(answered)) == {"gone"}
    assert (answered.done, answered.written) == ([], 0)
    assert not gone.exists()


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, call: str, number: int) -> Iterator[None]:
    def fail(*_arguments: object, **_more: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(answer_folder.os, call, fail)
        yield


@pytest.mark.parametrize(
    ("call", "number", "code"),
    [
        ("replace", errno.EROFS, "read-only"),
        ("replace", errno.EACCES, "read-only"),
        ("replace", errno.ENOSPC, "full"),
        ("mkdir", errno.EROFS, "read-only"),
        ("open", errno.EHOSTDOWN, "gone"),
        ("replace", errno.EXDEV, "failed"),
    ],
)
def test_a_share_that_fails_is_told_and_tried_again(
    inbox: Path, blob: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, code: str
) -> None:
    def answer() -> Answered:
        answered = write_unit_answers(inbox, FOLDER, PAGE, notes(mend()), {"d1": blob})
        answered += write_receipts(inbox, UNITS, [receipt_page()])
        return answered

    with failing(monkeypatch, call, number):
        answered = answer()
    assert code in codes(answered)
    assert answered.done == []
    assert all("db/cb" in failure.message for failure in answered.failures)
    assert [path for path in inbox.rglob("*") if path.is_file()] == []
    again = answer()
    assert (again.failures, again.done, again.written) == ([], ["intake-7"], 4)


def test_a_folder_that_may_not_be_written_to(inbox: Path) -> None:
    (inbox / FOLDER).mkdir(parents=True)
    (inbox / FOLDER).chmod(0o555)
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere; the failing calls are tested above")
    try:
        assert set(codes(write_unit_answers(inbox, FOLDER, PAGE))) == {"read-only"}
    finally:
        (inbox / FOLDER).chmod(0o755)


def test_a_disk_that_fills_up_in_the_middle_leaves_the_old_page(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_unit_answers(inbox, FOLDER, PAGE)
    before = everything(inbox)
    later = replace(PAGE, rules=replace(RULES, as_of=date(2021, 12, 15)))
    with failing(monkeypatch, "replace", errno.ENOSPC):
        assert codes(write_unit_answers(inbox, FOLDER, later)) == ["full", "full"]
    assert everything(inbox) == before


def test_what_an_interrupted_run_left_is_swept_and_nothing_else(inbox: Path) -> None:
    place = inbox / FOLDER / TO_MEND
    place.mkdir(parents=True)
    left = ["_hoso-0123456789abcdef.tmp", "_hoso-fedcba9876543210.tmp"]
    for folder in (inbox, place):
        for name in (*left, "_hoso-clerk.tmp", "other.tmp"):
            (folder / name).write_text("x")
    assert sweep(inbox, [FOLDER, "db/gone"]) == 4
    assert names(place) == ["_hoso-clerk.tmp", "other.tmp"]


def test_files_are_written_aside_under_a_name_that_is_no_delivery(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    rename: Callable[..., None] = os.replace

    def watch(source: str, target: str, **folders: int) -> None:
        seen.append(source)
        rename(source, target, **folders)

    monkeypatch.setattr(answer_folder.os, "replace", watch)
    write_unit_answers(inbox, FOLDER, PAGE)
    assert len(set(seen)) == 2
    assert all(name.startswith("_hoso-") and name.endswith(".tmp") for name in seen)
