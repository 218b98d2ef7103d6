"""What readers of Office packages answer: over a limit, forbidden, damaged, and formats that nobody reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.i18n import use_language
from archive.readers.limits import ReadingLimits
from archive.readers.office import office
from archive.readers.table import read
from archive.records import Reading, ReadingState
from tests.archive.readers import making
from tests.archive.readers.conftest import ReadBytes


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


def told(reading: Reading) -> tuple[ReadingState, str, str]:
    (code, words), *_more = reading.warnings
    return reading.state, code, words


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("bom_200MiB.docx", "over-limit", "too large once it is unpacked"),
        ("ty_tieng_cuoi.docx", "forbidden-xml", "entities, in word/document.xml"),
        ("ExternalEntityInText.docx", "forbidden-xml", "entities, in word/document.xml"),
        ("poc-xmlbomb.xlsx", "forbidden-xml", "entities, in xl/sharedStrings.xml"),
    ],
)
def test_what_is_refused_is_not_called_damaged(name: str, code: str, words: str, samples: Path) -> None:
    state, found, message = told(read(samples / "formats" / name, ReadingLimits()))
    assert (state, found) == (ReadingState.UNREADABLE, code)
    assert words in message
    assert "damaged" not in message
    assert "drop that" in message, "each says what to do"


def test_a_text_longer_than_the_parser_takes_is_too_large(read_bytes: ReadBytes) -> None:
    long = making.docx(making.p("dài " * 3_000_000))
    assert told(read_bytes(long))[1] in ("over-limit", "text-incomplete")
    attribute = making.docx(f'<w:p w:x="{"x" * 11_000_000}"/>')
    assert told(read_bytes(attribute))[:2] == (ReadingState.UNREADABLE, "over-limit")


def test_a_broken_package_is_damaged(read_bytes: ReadBytes) -> None:
    state, code, words = told(read_bytes(making.docx("</w:body>")))
    assert (state, code) == (ReadingState.UNREADABLE, "unreadable")
    assert "damaged" in words


@pytest.mark.parametrize("form", [*office.KEPT, *sorted(office.NAMELESS), "xml"])
def test_formats_that_nobody_reads_say_what_to_send(form: str) -> None:
    state, code, words = told(office.not_readable_here(form))
    assert (state, code) == (ReadingState.NOT_YET, "not-readable-yet")
    assert "PDF or DOCX" in words
    assert (office.KEPT.get(form, "XML") in words) is (form not in office.NAMELESS)
