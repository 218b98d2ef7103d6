"""Days, times, sizes, percentages and states in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.records import Signature
from reports import words
from reports.pages import UnitPage
from reports.troubles import TROUBLES, advice


def test_days_and_times_are_vietnamese() -> None:
    assert words.day(date(2021, 12, 3)) == "03/12/2021"
    assert words.day(None) == words.moment(None) == ""
    assert words.moment(datetime(2021, 12, 31, 20, 3, tzinfo=UTC)) == "01/01/2022 03:03"


@pytest.mark.parametrize(
    ("signature", "said"),
    [
        (Signature("Lê A", "2021-12-15T23:30:00+07:00", True, True, True), "Lê A, 15/12/2021, intact"),
        (
            Signature("Lê A", "2021-12-15T08:00:00+07:00", True, True),
            "Lê A, 15/12/2021, intact, certificate not verified",
        ),
        (Signature("Lê A", "2021-12-15T08:00:00+07:00", True, False), "Lê A, 15/12/2021, changed since it was signed"),
        (Signature("", "", False, False), "name unknown, day unknown, changed since it was signed, or damaged"),
    ],
)
def test_a_digital_signature_is_told_in_a_line(signature: Signature, said: str) -> None:
    assert words.signature(signature).startswith(f"Digital signature: {said}")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "0 byte"), (999, "999 byte"), (1000, "1 KB"), (251_187, "245,3 KB"), (1_100_000, "1 MB"),
        (5 << 30, "5 GB"), (5000 << 30, "5000 GB"),
    ],
)  # fmt: skip
def test_sizes(value: int, expected: str) -> None:
    assert words.size(value) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (71.42, 85.71, "71,4–85,7 %"), (50.0, 50.0, "50 %"), (99.97, 100.0, "99,9–100 %"), (99.99, 99.99, "99,9 %"),
        (0.0, 0.0, "0 %"),
    ],
)  # fmt: skip
def test_percentages(low: float, high: float, expected: str) -> None:
    assert words.percent(low, high) == expected


@settings(deadline=None)
@given(st.floats(0, 99.9999))
def test_only_what_is_whole_is_a_hundred(value: float) -> None:
    assert not words.percent(value, value).startswith("100")


def test_days_left() -> None:
    assert [words.days_left(days) for days in (3, 0, -2, None)] == [
        "3 day(s) left", "due today", "2 day(s) overdue", "",
    ]  # fmt: skip


def test_messages_become_sentences() -> None:
    assert words.sentence("nothing received yet") == "Nothing received yet."
    assert words.sentence("tu cham.docx is a scan", capital=False) == "tu cham.docx is a scan."
    assert [words.sentence(text) for text in ("Xong.", "Sao?", "", " ")] == ["Xong.", "Sao?", "", ""]


def test_countdown(unit_page: UnitPage) -> None:
    sent = replace(unit_page.head, before=0)
    assert words.countdown(unit_page.head) == "3 day(s) left"
    assert [words.countdown(replace(sent, days_to_visit=days)) for days in (2, 0, -1)] == [
        "2 day(s) to the visit", "visit today", "the visit is over",
    ]  # fmt: skip
    assert words.countdown(replace(sent, visit_on=None, days_to_visit=None)) == "No visit day yet"


def test_headlines(unit_page: UnitPage) -> None:
    def said(**changes: int) -> str:
        return words.headline(replace(unit_page.head, **changes))  # type: ignore[arg-type]

    assert said() == "2 item(s) are missing, 1 of them to be sent before the visit."
    assert said(missing_before=2) == "2 item(s) to be sent before the visit are missing."
    assert said(missing_before=0) == "2 item(s) are missing."
    assert said(missing=0) == "Nothing is missing; 1 item(s) are not certain yet."
    assert said(missing=0, unsure=0) == "The dossier is complete."
    assert said(missing=0, unsure=0, met=0) == "Nothing is asked of this unit."


def test_states_are_told_without_colour() -> None:
    codes = ("met", "late", "not-met", "cannot-tell", "not-applicable", "waived")
    assert len({words.state(code) for code in codes}) == len(codes)
    assert words.state("not-met", 3, 12) == "Missing (3 of 12)"
    assert words.state("waived", 3, 12) == "Waived"
    assert all(words.mark(code) for code in codes)


def test_a_reason_of_the_inbox_is_said_in_words_and_others_as_they_are() -> None:
    assert words.why("growing") == "still being copied"
    assert words.why("retry", "No space left on device").endswith("(No space left on device)")
    assert words.why("disk in flames") == "disk in flames"


def test_every_trouble_tells_what_why_and_what_to_do(unit_page: UnitPage) -> None:
    mend = replace(unit_page.to_mend[0], message="Mẫu để trống.", remedy="Điền mẫu.", near=("cb", "Chi bộ"))
    for code in (*TROUBLES, "some-new-code"):
        said = advice(replace(mend, code=code))
        assert said.what
        assert said.why
        assert all(said.steps)
    assert "some-new-code" in advice(replace(mend, code="some-new-code", message="")).what
