"""When a requirement is due: calendar or working days before the visit, so that a moved visit moves its deadlines."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from rules.model import Deadline, When

_SATURDAY = 5


def due_on(deadline: Deadline, visit_on: date | None) -> date | None:
    """The last day on which the paper is on time; None while no visit is set (a fixed date needs none).

    Calendar days by default: the committee's plan of 2021 says "03 ngày", not "ngày làm việc"."""
    if deadline.when is When.BY_DATE or deadline.on:
        return deadline.on
    if visit_on is None:
        return None
    if deadline.working_days:
        return _working_days_before(visit_on, deadline.days)
    return visit_on - timedelta(days=deadline.days)


@cache
def _working_days_before(day: date, count: int) -> date:
    while count > 0:
        day -= timedelta(days=1)
        if is_working_day(day):
            count -= 1
    return day


def is_working_day(day: date) -> bool:
    """Monday to Friday and no public holiday of Vietnam (swapped working Saturdays are not known to us)."""
    return day.weekday() < _SATURDAY and day not in _public_holidays(day.year)


@cache
def _public_holidays(year: int) -> frozenset[date]:
    # Imported here: the library is slow to load and only packs that count working days need it.
    import holidays

    return frozenset(holidays.country_holidays("VN", years=year))
