from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
