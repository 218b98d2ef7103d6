"""Slides of PowerPoint 97, their order, their notes, and what is broken."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.readers.limits import ReadingLimits
from archive.readers.ole.ppt import _Broken, _Show
from archive.records import ReadingState, Source
from tests.archive.readers.conftest import ReadBytes


@pytest.fixture(scope="module")
def show(samples: Path) -> bytes:
    """A real show of 58 slides in VNI."""
    return next((samples / "legacy" / "files").glob("*.ppt")).read_bytes()


def test_a_real_show(show: bytes, read_bytes: ReadBytes) -> None:
    reading = read_bytes(show)
    assert (reading.format, reading.state, reading.encoding) == ("ppt", ReadingState.READ, "vni")
    assert (reading.source, len(reading.pages)) == (Source.CONVERTED, 58)
    assert "I- CÁC VB PHÁP QUY ĐÃ BAN HÀNH, LIÊN QUAN ĐẾN HOẠT ĐỘNG ĐT-XD" in reading.text
    assert [code for code, _words in reading.warnings] == ["old-encoding"]


def test_limits(show: bytes, read_bytes: ReadBytes) -> None:
    reading = read_bytes(show, ReadingLimits(pages=3))
    assert (len(reading.pages), reading.warnings[0][0]) == (3, "text-incomplete")


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_show_that_is_cut_off(share: float, show: bytes, read_bytes: ReadBytes) -> None:
    assert read_bytes(show[: int(len(show) * share)]).state is ReadingState.UNREADABLE


def _atom(kind: int, body: bytes, instance: int = 0, version: int = 0) -> bytes:
    head = (instance << 4 | version).to_bytes(2, "little") + kind.to_bytes(2, "little")
    return head + len(body).to_bytes(4, "little") + body


def _box(kind: int, *inner: bytes, instance: int = 0) -> bytes:
    return _atom(kind, b"".join(inner), instance, 15)


def _numbers(*values: int) -> bytes:
    return b"".join(value.to_bytes(4, "little") for value in values)


def _stream(*, deleted: bool) -> tuple[bytes, int]:
    """Two slides with notes on the second; `deleted` adds a save in which the first is gone."""
    records = {
        2: _box(0x03EE, _box(0xF00D, _atom(0x0F9E, _numbers(0))), _box(0xF00D, _atom(0x0FA8, b"box\rline"))),
        3: _box(0x03EE, _box(0xF00D, _atom(0x0FA0, "ch\u1eef".encode("utf-16-le")))),
        4: _box(0x03F0, _atom(0x03F1, _numbers(257)), _box(0xF00D, _atom(0x0FA8, b"note")), _atom(0x0FA8, b"*")),
    }

    def listed(*slides: bytes) -> bytes:
        notes = _box(0x0FF0, _atom(0x03F3, _numbers(4, 0, 0, 300)), instance=2)
        return _box(0x03E8, _box(0x0FF0, *slides), notes)

    first = _atom(0x03F3, _numbers(2, 0, 1, 256)) + _atom(0x0FA8, b"title") + _atom(0x0FA8, b"no box")
    second = _atom(0x03F3, _numbers(3, 0, 0, 257))
    records[1] = listed(first, second)
    data, edit = _saved(b"", records, 0)
    return _saved(data, {1: listed(second)}, edit) if deleted else (data, edit)


def _saved(data: bytes, records: dict[int, bytes], before: int) -> tuple[bytes, int]:
    directory = b""
    for number, record in records.items():
        directory += _numbers(1 << 20 | number, len(data))
        data += record
    at = len(data)
    data += _atom(0x1772, directory)
    return data + _atom(0x0FF5, _numbers(0, 0, before, at, 1)), len(data)


def test_slides_in_order_with_outline_and_notes() -> None:
    data, edit = _stream(deleted=False)
    assert _Show(data, ReadingLimits()).pages(edit) == ["title\nbox\nline\nno box", "ch\u1eef\nnote"]


def test_what_a_later_save_deleted_is_not_read() -> None:
    data, edit = _stream(deleted=True)
    assert _Show(data, ReadingLimits()).pages(edit) == ["ch\u1eef\nnote"]


@settings(max_examples=200)
@given(st.data())
def test_any_change_is_survived(data: st.DataObject) -> None:
    stream, edit = _stream(deleted=True)
    changed = bytearray(stream)
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    try:
        pages = _Show(bytes(changed), ReadingLimits()).pages(edit)
    except (_Broken, struct.error):  # answered as damaged
        return
    assert len(pages) <= 100
