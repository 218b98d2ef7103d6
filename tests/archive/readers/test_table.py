"""What holds for every format, whatever its reader does."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.readers import sniff, table
from archive.readers.bundles import bundles
from archive.readers.limits import ReadingLimits
from archive.readers.office import office
from archive.records import Page, Reading, ReadingState, Table
from tests.archive.readers.conftest import ReadBytes
from validators.checks.type_mismatch import ANY_ENDING, ENDINGS


def test_no_format_hands_on_more_text_than_may_be_kept(read_bytes: ReadBytes, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = tuple(Page("x" * 700_000) for _number in range(3))
    long = Reading("txt", ReadingState.READ, pages, (Table(1, ()), Table(3, ())), warnings=(("odd", "words"),))
    monkeypatch.setitem(table.READERS, "txt", lambda _path, _limits: long)
    reading = read_bytes(b"text", ReadingLimits(text_mb=1))
    assert [len(page.text) for page in reading.pages] == [700_000, (1 << 20) - 700_000]
    assert [each.page for each in reading.tables] == [1]
    assert [code for code, _words in reading.warnings] == ["text-incomplete", "odd"]
    assert read_bytes(b"text", ReadingLimits(text_mb=3)) == long


def test_every_format_is_read_or_kept_under_a_name() -> None:
    """A format that is sniffed has a reader, or a name to tell the clerk by."""
    assert set(table.READERS) <= sniff.FORMATS
    assert sniff.FORMATS - set(table.READERS) == {"empty", *office.KEPT, *office.NAMELESS}


def test_every_format_that_is_read_has_its_endings() -> None:
    """One without would pass under any ending."""
    assert set(ENDINGS) | ANY_ENDING == set(table.READERS)
    assert not set(ENDINGS) & ANY_ENDING


def test_every_module_of_the_readers_has_its_place_in_the_architecture() -> None:
    page = (Path(table.__file__).parents[2] / "docs" / "architecture.md").read_text(encoding="utf-8")
    modules = {path.stem for path in Path(table.__file__).parent.rglob("*.py")} - {"__init__"}
    assert {module for module in modules if f"`{module}`" not in page and f"`{module}.py`" not in page} == set()


def test_every_bundle_is_a_format() -> None:
    assert set(table.READERS) >= bundles._OPENERS.keys()


@pytest.mark.parametrize(
    ("data", "form", "words"),
    [
        (b"[InternetShortcut]\r\nURL=https://example.com/\r\n", "shortcut", "DOCX"),
        (b"\x78\x9f\x3e\x22\x01\x00\x01\x90\x08\x00", "tnef", "winmail.dat"),
        (b"PK\x05\x06" + bytes(18), "zip", ""),
    ],
)
def test_what_holds_no_paper_says_what_to_hand_in(data: bytes, form: str, words: str, read_bytes: ReadBytes) -> None:
    reading = read_bytes(data)
    assert reading.format == form
    assert reading.state is (ReadingState.NOT_YET if words else ReadingState.UNREADABLE)
    assert words in reading.warnings[0][1]
