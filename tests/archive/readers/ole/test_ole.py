"""Compound files: what stands in them, and that no bytes make the walk long."""

from __future__ import annotations

import contextlib
import io
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.readers.containers import needs_password, ole_format
from archive.readers.ole.ole import Entry, NotOle, Ole
from tests.archive.readers import making_ole

TREE: making_ole.Tree = {
    "Big": bytes(range(256)) * 40,
    "Small": b"nho",
    "Exactly": b"x" * 4096,
    "Empty": b"",
    "Folder": {"Inner": b"y" * 130, "Deep": {"WordDocument": b"z" * 5000}},
}


def opened(data: bytes) -> Ole:
    return Ole(io.BytesIO(data))


def everything(ole: Ole, folder: Entry | None = None) -> dict[str, object]:
    return {
        name: ole.read(entry, 1 << 20) if entry.is_stream else everything(ole, entry)
        for name, entry in ole.folder(folder or ole.root).items()
    }


def test_all_streams_come_back() -> None:
    assert everything(opened(making_ole.ole(TREE))) == TREE


def test_only_what_stands_outermost_tells_the_format() -> None:
    """A workbook with a Word document put into it is a workbook."""
    inside = making_ole.ole({"MBD0001": {"WordDocument": b"x" * 100}, "Workbook": b"y"})
    assert ole_format(io.BytesIO(inside)) == "xls"
    assert ole_format(io.BytesIO(making_ole.ole(TREE))) == "ole"


def test_as_much_as_wanted() -> None:
    ole = opened(making_ole.ole(TREE))
    assert ole.stream("Big", 700) == TREE["Big"][:700]  # type: ignore[index]
    assert ole.stream("Small", 2) == b"nh"
    assert ole.stream("Folder", 9) == ole.stream("Missing", 9) == b""


def test_a_file_cut_off_gives_what_is_there() -> None:
    data = making_ole.ole({"A": b"a" * 5000})
    cut = bytearray(data)
    entry = data.index("A".encode("utf-16-le") + bytes(62))
    struct.pack_into("<I", cut, entry + 120, 1 << 31)  # the stream claims 2 GiB
    assert opened(bytes(cut)).stream("A", 1 << 40).startswith(b"a" * 5000)


@pytest.mark.parametrize("data", [b"", b"\xd0\xcf\x11\xe0" * 200, making_ole.ole(TREE)[:700]])
def test_what_is_none(data: bytes) -> None:
    with pytest.raises(NotOle):
        opened(data)


def test_a_list_of_tables_that_points_to_itself() -> None:
    """The file that keeps other readers busy without end."""
    data = bytearray(making_ole.ole({"WordDocument": b"x" * 100}))
    sector = len(data) // 512 - 1
    data += struct.pack("<128I", *[0] * 127, sector)
    struct.pack_into("<2I", data, 68, sector, 1 << 30)
    assert opened(bytes(data)).names == {"WordDocument"}


def test_a_folder_inside_itself_is_walked_once() -> None:
    data = bytearray(making_ole.ole({"A": {"B": b"b"}}))
    at = data.index("A".encode("utf-16-le") + bytes(62))
    struct.pack_into("<I", data, at + 76, 1)  # its child is itself
    assert everything(opened(bytes(data))) == {"A": {}}


@settings(max_examples=300, deadline=None)
@given(at=st.floats(0, 1), junk=st.binary(min_size=1, max_size=8), cut=st.floats(0, 1))
def test_no_damage_makes_it_fail(at: float, junk: bytes, cut: float) -> None:
    whole = making_ole.ole(TREE)
    place = int(len(whole) * at)
    data = (whole[:place] + junk + whole[place + len(junk) :])[: int(len(whole) * (0.5 + cut))]
    assert ole_format(io.BytesIO(data))
    assert needs_password(io.BytesIO(data)) in (True, False)
    with contextlib.suppress(NotOle):
        everything(opened(data))


def test_it_reads_the_samples(samples: Path) -> None:
    """The text of each DOC stands where its streams say; the benchmark compares what is read from it."""
    files = [path for path in samples.glob("legacy/files/*.doc") if path.read_bytes().startswith(b"\xd0\xcf")]
    assert len(files) > 10
    for path in files:
        ole = opened(path.read_bytes())
        entry = ole.folder(ole.root)["WordDocument"]
        assert len(ole.read(entry, 1 << 30)) == entry.size, path.name
