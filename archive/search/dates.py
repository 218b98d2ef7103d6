"""Days as people type them in a search: 31/12/2021, 2021-12-31, 12/2021, 2021."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_DAY_FIRST = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")


def first_day(text: str) -> date | None:
    """The first day that the text means; None when it is no date."""
    return _day(text, last=False)


def last_day(text: str) -> date | None:
    """The last day that the text means."""
    return _day(text, last=True)


def _day(text: str, last: bool) -> date | None:
    text = text.strip()
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
    elif match := _YEAR_FIRST.fullmatch(text):
        year, month, day = match.groups()
    else:
        return None
    try:
        year_, month_ = int(year), int(month or (12 if last else 1))
        return date(year_, month_, int(day or (monthrange(year_, month_)[1] if last else 1)))
    except ValueError:  # also calendar's own error for a thirteenth month
        return None
