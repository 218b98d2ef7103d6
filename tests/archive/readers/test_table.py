"""What holds for every format, whatever its reader does."""

from __future__ import annotations

import pytest

from archive.readers import table
from archive.readers.limits import ReadingLimits
from archive.records import Page, Reading, ReadingState, Table
from tests.archive.readers.conftest import ReadBytes


def test_no_format_hands_on_more_text_than_may_be_kept(read_bytes: ReadBytes, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = tuple(Page("x" * 700_000) for _number in range(3))
    long = Reading("txt", ReadingState.READ, pages, (Table(1, ()), Table(3, ())), warnings=(("odd", "words"),))
    monkeypatch.setitem(table.READERS, "txt", lambda _path, _limits: long)
    reading = read_bytes(b"text", ReadingLimits(text_mb=1))
    assert [len(page.text) for page in reading.pages] == [700_000, (1 << 20) - 700_000]
    assert [each.page for each in reading.tables] == [1]
    assert [code for code, _words in reading.warnings] == ["text-incomplete", "odd"]
    assert read_bytes(b"text", ReadingLimits(text_mb=3)) == long
