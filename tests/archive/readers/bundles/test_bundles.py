"""Bundles listed and unpacked: what is in them comes out under our numbers, and nothing anywhere else."""

from __future__ import annotations

import io
import stat
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import py7zr
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.readers.bundles import bundles, rar_bundle
from archive.readers.bundles.bundles import Unpacking, unpack
from archive.readers.bundles.rar_bundle import Tool, rar_tool
from archive.readers.limits import ReadingLimits
from archive.readers.spool import Allowance, Left
from archive.records import Reading, ReadingState
from tests.archive.readers import making_bundles as making

LIMITS = ReadingLimits()
PLENTY = Allowance(1 << 30, 1000)
Unpack = Callable[..., tuple[Unpacking, dict[str, bytes]]]


@pytest.fixture
def unpacked(tmp_path: Path) -> Unpack:
    """Unpack these bytes; what came of it, and the members' contents by their names."""

    def run(data: bytes | Path, allowance: Allowance = PLENTY, **more: object) -> tuple[Unpacking, dict[str, bytes]]:
        path = data if isinstance(data, Path) else tmp_path / "bundle"
        if isinstance(data, bytes):
            path.write_bytes(data)
        into = tmp_path / "spool"
        into.mkdir(exist_ok=True)
        done = unpack(path, LIMITS, into=into, allowance=allowance, **more)  # type: ignore[arg-type]
        contents = {member.name: (into / f"{member.index:06d}").read_bytes() for member in done.members}
        assert sorted(file.name for file in into.iterdir()) == [f"{member.index:06d}" for member in done.members]
        assert all(len(contents[member.name]) == member.size for member in done.members if len(contents) > 1)
        return done, contents

    return run


def seven(members: dict[str, bytes], **options: object) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", **options) as archive:  # type: ignore[arg-type]
        for name, data in members.items():
            archive.writestr(data, name)
    return out.getvalue()


MEMBERS = {"Báo cáo.txt": b"bao cao" * 100, "thu muc/trong.txt": b"", "ảnh.png": bytes(range(256)) * 300}


@pytest.mark.parametrize(
    "data",
    [making.zipped(list(MEMBERS.items())), seven(MEMBERS), making.rar(list(MEMBERS.items()))],
    ids=["zip", "7z", "rar"],
)
def test_a_bundle_is_listed_and_unpacked(data: bytes, unpacked: Unpack, read_bytes: Callable[..., Reading]) -> None:
    reading = read_bytes(data)
    assert reading.state is ReadingState.READ
    assert sorted(reading.text.split("\n")) == sorted(MEMBERS)
    done, contents = unpacked(data)
    assert contents == MEMBERS
    assert (done.left, done.missing, done.size) == ((), 0, sum(map(len, MEMBERS.values())))


def test_the_samples(samples: Path, unpacked: Unpack, read_bytes: Callable[..., Reading]) -> None:
    formats = samples / "formats"
    done, contents = unpacked(formats / "ten_khong_co_utf8.zip")
    assert list(contents) == ["Báo cáo.txt", "Biên bản.txt", "BAO CAO Á.txt"]
    done, contents = unpacked(formats / "ten_viet.zip")
    assert list(contents) == ["Báo cáo tổng kết.txt", "Biên bản họp.txt", "thư mục/mẫu.docx"]
    done, contents = unpacked(formats / "duong_dan_ra_ngoai.zip")
    assert [member.name for member in done.members] == [*["tmp/hoso-pwned.txt"] * 2, *["hoso-pwned.txt"] * 2, "ok.txt"]
    done, contents = unpacked(formats / "test-documents.7z")
    assert (len(contents), done.missing) == (9, 0)
    done, contents = unpacked(formats / "rar5-evil-symlink-traversal.rar")
    assert (list(contents), done.left) == (["up/pwned.txt"], (("up", Left.LINK),))
    for name in ("testZipEncrypted.zip", "test7Z_protected_passTika.7z", "rar5-psw.rar"):
        assert read_bytes((formats / name).read_bytes()).state is ReadingState.LOCKED
        done, contents = unpacked(formats / name)
        assert {code for _name, code in done.left} == {Left.LOCKED}
    done, contents = unpacked(formats / "testZipEncrypted.zip")
    assert list(contents) == ["unencrypted.txt"]


@pytest.mark.skipif(rar_tool() is None, reason="no program that unpacks RAR is installed")
def test_a_packed_rar_is_unpacked_by_a_program(samples: Path, unpacked: Unpack) -> None:
    done, contents = unpacked(samples / "formats" / "unicode.rar")
    assert (list(contents.values()), done.missing) == ([b"1\n", b"1\n"], 0)


# --- names -----------------------------------------------------------------------------------------------------------


def test_the_name_in_a_code_page_gives_way_to_the_one_in_utf8(unpacked: Unpack) -> None:
    raw = b"B\xa0o c\xa0o.txt"
    _done, contents = unpacked(making.raw_named(raw, b"x", making.unicode_path(raw, "Báo cáo.txt")))
    assert contents == {"Báo cáo.txt": b"x"}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.text(min_size=1), max_size=5), raw=st.binary(min_size=1, max_size=40))
def test_whatever_the_names_are_all_comes_out_and_only_into_the_spool(
    names: list[str], raw: bytes, tmp_path: Path, unpacked: Unpack
) -> None:
    """Every file is taken or told of; the only files made are the numbered ones (the fixture looks)."""
    before = {path for path in tmp_path.rglob("*") if "spool" not in path.parts and path.name != "bundle"}
    try:
        data = making.zipped([(name, b"x") for name in names])
    except (UnicodeEncodeError, ValueError):
        data = making.raw_named(raw)
    for bundle in (data, making.raw_named(raw)):
        (tmp_path / "bundle").write_bytes(bundle)
        done, _contents = unpacked(tmp_path / "bundle")
        try:
            with zipfile.ZipFile(tmp_path / "bundle") as archive:
                listed = archive.infolist()
        except (UnicodeDecodeError, zipfile.BadZipFile):
            assert done.left == (("", Left.BROKEN),)
            continue
        folders = sum(info.orig_filename.endswith(("/", "\\")) and not info.file_size for info in listed)
        assert len(done.members) + done.missing == len(listed) - folders
    assert {path for path in tmp_path.rglob("*") if "spool" not in path.parts and path.name != "bundle"} == before


def test_two_members_of_one_name_are_two_members(unpacked: Unpack) -> None:
    for data in (
        making.zipped([("a.txt", b"1"), ("a.txt", b"2")]),
        making.rar([("a.txt", b"1"), ("a.txt", b"2")]),
        seven({"a.txt": b"1", "./a.txt": b"2"}),
    ):
        done, _contents = unpacked(data)
        assert [(member.name, member.index) for member in done.members] == [("a.txt", 0), ("a.txt", 1)]


def test_folders_are_none_and_links_are_left(unpacked: Unpack) -> None:
    done, _contents = unpacked(making.zipped([("a/", b""), ("b\\", b""), ("c", b"x")]))
    assert ([member.name for member in done.members], done.missing) == (["c"], 0)
    link = making.zipped([("c", b"/etc/passwd")], external_attr=stat.S_IFLNK << 16, create_system=3)
    assert unpacked(link)[0].left == (("c", Left.LINK),)


def test_what_nobody_means_is_passed_over(unpacked: Unpack) -> None:
    done, contents = unpacked(making.zipped([("a", b"1"), ("b", b"2")]), skip=lambda name: name == "a")
    assert (contents, done.missing) == ({"b": b"2"}, 0)


# --- limits ----------------------------------------------------------------------------------------------------------

BIG = {"1": b"a" * 1000, "2": b"b" * 5000, "3": b"c" * 1000, "4": b"d" * 1000}


def test_what_does_not_fit_is_left_and_what_does_is_taken(unpacked: Unpack) -> None:
    for data in (making.zipped(list(BIG.items())), making.rar(list(BIG.items()))):
        done, contents = unpacked(data, Allowance(3500, 10))
        assert (list(contents), done.left) == (["1", "3", "4"], (("2", Left.SIZE),))
        done, contents = unpacked(data, Allowance(1 << 20, 2))
        assert (list(contents), done.left) == (["1", "2"], (("3", Left.COUNT), ("4", Left.COUNT)))


def test_nothing_is_unpacked_only_to_reach_what_stands_behind_it(unpacked: Unpack) -> None:
    """In one stream of a 7z the small ones behind a bomb cost as much as the bomb."""
    done, contents = unpacked(seven(BIG), Allowance(3500, 10))
    assert (list(contents), [name for name, _code in done.left]) == (["1"], ["2", "3", "4"])
    assert {code for _name, code in done.left} == {Left.SIZE}


def test_a_dictionary_beyond_the_memory_is_refused(tmp_path: Path, unpacked: Unpack) -> None:
    filters = [{"id": py7zr.FILTER_LZMA2, "dict_size": 1 << 24}]
    data = seven({"a": b"a" * 1000}, filters=filters)
    assert unpacked(data)[1]
    (tmp_path / "big").write_bytes(data)
    done = unpack(
        tmp_path / "big", replace(LIMITS, memory_mb=16), into=tmp_path / "spool", allowance=PLENTY
    )  # fmt: skip
    assert done.left == (("a", Left.MEMORY),)


def test_many_left_out_are_counted_and_the_first_are_named(unpacked: Unpack) -> None:
    done, _contents = unpacked(making.zipped([(str(n), b"x") for n in range(200)]), Allowance(1 << 20, 0))
    assert (len(done.left), done.missing) == (bundles.LISTED, 200)


def test_a_full_disk_is_no_fault_of_the_bundle(unpacked: Unpack, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: int, _data: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("archive.readers.spool.os.write", full)
    for data in (making.zipped([("a", b"x")]), seven({"a": b"x"}), making.rar([("a", b"x")])):
        monkeypatch.setattr("archive.readers.spool.os.write", full)
        done, contents = unpacked(data)
        assert ("No space" in done.held_up, done.left, contents) == (True, (), {})


def test_when_the_time_is_up_what_is_taken_stays(unpacked: Unpack, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = iter([100.0, 100.0, 1.0, 1.0, 1.0])
    monkeypatch.setattr("archive.readers.spool.budget.left", lambda: next(seconds))
    done, contents = unpacked(making.zipped(list(BIG.items())))
    assert (list(contents), done.left) == (["1", "2"], (("3", Left.TIME), ("4", Left.TIME)))


# --- damage ----------------------------------------------------------------------------------------------------------


def test_one_broken_member_costs_the_others_nothing(unpacked: Unpack) -> None:
    whole = making.zipped(list(BIG.items()))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        info = archive.getinfo("2")
        at = info.header_offset + 30 + len(info.filename)
    done, contents = unpacked(whole[:at] + b"\xff" + whole[at + 1 :])
    assert (list(contents), done.left) == (["1", "3", "4"], (("2", Left.BROKEN),))
    broken = making.rar(list(BIG.items())).replace(b"b" * 5000, b"b" * 4999 + b"x")
    done, contents = unpacked(broken)
    assert (list(contents), done.left) == (["1", "3", "4"], (("2", Left.BROKEN),))


def test_a_rar_that_is_cut_off_says_that_more_may_be_missing(unpacked: Unpack) -> None:
    whole = making.rar([("a", b"x" * 100), ("b", b"y" * 100)])
    done, contents = unpacked(making.rar([("a", b"x")], whole=False))
    assert (list(contents), done.left) == (["a"], (("", Left.BROKEN),))
    done, contents = unpacked(whole[:-60])
    assert (list(contents), done.missing) == (["a"], 2)


@pytest.mark.parametrize(("form", "data"), [("zip", b"PK\x05\x06" + bytes(18)), ("7z", seven({}))])
def test_an_empty_bundle_says_so(form: str, data: bytes, read_bytes: Callable[..., Reading]) -> None:
    reading = read_bytes(data)
    assert (reading.format, reading.state, reading.warnings[0][0]) == (form, ReadingState.UNREADABLE, "empty")


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(which=st.integers(0, 2), cut=st.integers(0, 4000), at=st.integers(0, 4000), byte=st.integers(0, 255))
def test_no_damage_raises(
    which: int, cut: int, at: int, byte: int, unpacked: Unpack, read_bytes: Callable[..., Reading]
) -> None:
    whole = bytearray(_WHOLE[which])
    whole[at % len(whole)] = byte
    data = bytes(whole[: len(whole) - cut % len(whole)]) if cut % 3 == 0 else bytes(whole)
    read_bytes(data)
    done, _contents = unpacked(data)
    assert done.members or done.missing or not done.held_up


_WHOLE = [making.zipped(list(MEMBERS.items())), seven(MEMBERS), making.rar(list(MEMBERS.items()))]


# --- programs for RAR ------------------------------------------------------------------------------------------------


@pytest.fixture
def fake_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A "program" in Python that is given the bundle's path."""

    def use(code: str) -> None:
        script = tmp_path / "unrar.py"
        script.write_text(f"import sys\nout = sys.stdout.buffer\n{code}\n", encoding="ascii")
        tool = Tool(sys.executable, (str(script),), (), b"")
        monkeypatch.setattr(rar_bundle, "rar_tool", lambda: tool)

    return use


PACKED = making.rar([("a", b"1" * 10), ("-oops", b"2" * 20), ("@c", b"3" * 5)], method=3)


def test_a_programs_output_is_parted_by_the_list(unpacked: Unpack, fake_tool: Callable[[str], None]) -> None:
    fake_tool("assert len(sys.argv) == 2; out.write(b'1' * 10 + b'2' * 20 + b'3' * 5)")
    done, contents = unpacked(PACKED)
    assert (contents, done.missing) == ({"a": b"1" * 10, "-oops": b"2" * 20, "@c": b"3" * 5}, 0)


@pytest.mark.parametrize("code", ["out.write(b'1' * 10 + b'2' * 3)", "out.write(b'1' * 10 + b'x' * 25)", "sys.exit(3)"])
def test_what_a_program_does_not_give_is_left(code: str, unpacked: Unpack, fake_tool: Callable[[str], None]) -> None:
    fake_tool(code)
    done, contents = unpacked(PACKED)
    assert set(contents) <= {"a"}
    assert {code for _name, code in done.left} == {Left.BROKEN}
    assert len(contents) + done.missing == 3


def test_a_program_that_goes_on_for_ever_is_ended(unpacked: Unpack, fake_tool: Callable[[str], None]) -> None:
    fake_tool("out.write(b'1' * 10)\nwhile True: out.write(b'x' * 100000)")
    done, contents = unpacked(PACKED)
    assert (list(contents), done.missing) == (["a"], 2)


def test_without_a_program_stored_members_are_had(unpacked: Unpack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rar_bundle, "rar_tool", lambda: None)
    assert unpacked(PACKED)[0].left == (("a", Left.TOOL), ("-oops", Left.TOOL), ("@c", Left.TOOL))
    assert unpacked(making.rar([("a", b"x")]))[1] == {"a": b"x"}


def test_a_program_of_that_name_that_is_another_one_is_not_taken() -> None:
    assert not rar_bundle._works(Tool("true", (), (), b"Roshal"))
    assert not rar_bundle._works(Tool("no-such-program", (), (), b""))
