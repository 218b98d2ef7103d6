"""When a requirement is due: calendar or working days about the visit, so that a moved visit moves its deadlines."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache

from archive.records import Calendar
from rules.model import Deadline, When

_SATURDAY = 5
_NO_SWAPS = Calendar()
_DAY = timedelta(days=1)


def due_on(
    deadline: Deadline, visit_on: date | None, calendar: Calendar = _NO_SWAPS, year: int | None = None
) -> date | None:
    """The last day on which the paper is on time; None while no visit is set (a fixed date needs none). `calendar` is
    the office's table of swapped days, `year` the one that is reviewed.

    Calendar days by default: the committee's plan of 2021 says "03 ngày", not "ngày làm việc"."""
    if deadline.when is When.BY_DATE or deadline.on:
        return deadline.on or _yearly(deadline, year)
    if visit_on is None:
        return None
    forward = deadline.when is When.AFTER_VISIT
    if deadline.working_days:
        return _working_days_from(visit_on, deadline.days, forward, calendar)
    return visit_on + (1 if forward else -1) * timedelta(days=deadline.days)


def _yearly(deadline: Deadline, year: int | None) -> date | None:
    if deadline.yearly is None or year is None:
        return None
    month, day, next_year = deadline.yearly
    return date(year + next_year, month, day)


@lru_cache(maxsize=4096)
def _working_days_from(day: date, count: int, forward: bool, calendar: Calendar) -> date:
    step = _DAY if forward else -_DAY
    while count > 0:
        day += step
        if is_working_day(day, calendar):
            count -= 1
    return day


def is_working_day(day: date, calendar: Calendar = _NO_SWAPS) -> bool:
    """Monday to Friday and no public holiday of Vietnam, unless the office's own table says otherwise: which days are
    swapped is decided anew each year."""
    if day in calendar.working:
        return True
    if day in calendar.off:
        return False
    return day.weekday() < _SATURDAY and day not in _public_holidays(day.year)


@cache
def _public_holidays(year: int) -> frozenset[date]:
    # Imported here: the library is slow to load and only packs that count working days need it.
    import holidays

    return frozenset(holidays.country_holidays("VN", years=year))
