from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Calendar
from rules.deadlines import due_on, is_working_day
from rules.model import Deadline, When

BEFORE = When.BEFORE_VISIT
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("deadline", "visit", "wanted"),
    [
        (Deadline(BEFORE, 3), date(2021, 12, 20), date(2021, 12, 17)),
        (Deadline(BEFORE, 3, working_days=True), date(2021, 12, 20), date(2021, 12, 15)),  # over a week-end
        (Deadline(BEFORE, 1, working_days=True), date(2022, 1, 4), date(2021, 12, 31)),  # 3 January was a day in lieu
        (Deadline(BEFORE, 2, working_days=True), date(2022, 5, 4), date(2022, 4, 28)),  # 30/4, 1/5 and days in lieu
        (Deadline(BEFORE, 1, working_days=True), date(2022, 2, 7), date(2022, 1, 28)),  # over Tết
        (Deadline(When.AT_VISIT), date(2021, 12, 20), date(2021, 12, 20)),
        (Deadline(BEFORE, 3), None, None),
        (Deadline(When.BY_DATE, on=date(2021, 11, 30)), None, date(2021, 11, 30)),
    ],
)
def test_due_on(deadline: Deadline, visit: date | None, wanted: date | None) -> None:
    assert due_on(deadline, visit) == wanted


@given(DAYS, st.integers(1, 15))
def test_working_days_are_never_fewer_than_calendar_days(visit: date, days: int) -> None:
    due = due_on(Deadline(BEFORE, days, working_days=True), visit)
    calendar = due_on(Deadline(BEFORE, days), visit)
    assert due is not None
    assert calendar is not None
    assert due <= calendar
    assert is_working_day(due)
    assert sum(is_working_day(date.fromordinal(day)) for day in range(due.toordinal(), visit.toordinal())) == days


# --- the office's own table of swapped days --------------------------------------------------------------------------

SWAPS = Calendar(working=(date(2021, 1, 2),), off=(date(2021, 12, 31),))


@pytest.mark.parametrize(
    ("deadline", "visit", "wanted"),
    [
        (Deadline(BEFORE, 1, working_days=True), date(2022, 1, 4), date(2021, 12, 30)),  # the 31st was swapped off
        (Deadline(BEFORE, 1, working_days=True), date(2021, 1, 4), date(2021, 1, 2)),  # a Saturday worked for it
        (Deadline(When.AFTER_VISIT, 2, working_days=True), date(2021, 12, 30), date(2022, 1, 5)),
        (Deadline(When.AFTER_VISIT, 5), date(2021, 12, 30), date(2022, 1, 4)),
        (Deadline(When.AFTER_VISIT, 5), None, None),
        (Deadline(BEFORE, 5), date(2022, 1, 4), date(2021, 12, 30)),  # calendar days know no table
    ],
)
def test_due_on_with_swapped_days(deadline: Deadline, visit: date | None, wanted: date | None) -> None:
    assert due_on(deadline, visit, SWAPS) == wanted


@pytest.mark.parametrize(
    ("yearly", "wanted"), [((12, 15, False), date(2024, 12, 15)), ((1, 10, True), date(2025, 1, 10))]
)
def test_a_day_of_each_year(yearly: tuple[int, int, bool], wanted: date) -> None:
    assert due_on(Deadline(When.BY_DATE, yearly=yearly), None, year=2024) == wanted
    assert due_on(Deadline(When.BY_DATE, yearly=yearly), None) is None


swapped = st.sets(st.dates(date(2021, 12, 1), date(2022, 3, 31)), max_size=12)


@given(st.dates(date(2021, 12, 25), date(2022, 3, 1)), st.integers(1, 12), swapped, swapped, st.booleans())
def test_working_days_are_counted_one_by_one_over_holidays_and_swaps(
    visit: date, days: int, working: set[date], off: set[date], forward: bool
) -> None:
    table = Calendar(tuple(sorted(working)), tuple(sorted(off - working)))
    due = due_on(Deadline(When.AFTER_VISIT if forward else BEFORE, days, working_days=True), visit, table)
    assert due is not None
    assert is_working_day(due, table)
    step = 1 if forward else -1
    passed = range(visit.toordinal() + step, due.toordinal() + step, step)
    assert sum(is_working_day(date.fromordinal(day), table) for day in passed) == days
    assert all(is_working_day(day, table) for day in working)
    assert not any(is_working_day(day, table) for day in off - working)


@given(st.dates(date(2018, 1, 1), date(2026, 12, 31)), st.integers(1, 12))
def test_before_and_after_are_each_others_mirror(visit: date, days: int) -> None:
    """From a working day, so many working days on and as many back is that day again."""
    if is_working_day(visit):
        later = due_on(Deadline(When.AFTER_VISIT, days, working_days=True), visit)
        assert due_on(Deadline(BEFORE, days, working_days=True), later) == visit
