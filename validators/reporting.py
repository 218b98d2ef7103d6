"""What a paper reports on, by title, opening, blank date or date, in that order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from archive.records import Fact, Period
from validators.head import Head
from validators.lines import Cell
from validators.periods import PeriodRead, period_of_date, read_period

_OPENING = 8  # lines of the text that may name the year reported on
_MONTH_OPENING = 12


def reported(head: Head, body: Sequence[Cell], kind_period: str, issued: Fact | None) -> PeriodRead | None:
    """What the paper reports on, or None. `kind_period` is the kind's: "year", "part", "month", "plan", "any"."""
    plan = kind_period == "plan"
    titled = read_period(head.title.text, plan=plan) if head.title else None
    if kind_period == "month":
        return _meeting(titled, body, issued)
    if titled and titled.period.year is not None:
        return titled
    year = _year_said(body, plan=plan) or _blank_year(head, kind_period)
    if year is None and issued:
        year = period_of_date(date.fromisoformat(issued.value), issued, kind_period)
    if titled and year:
        return replace(titled, period=replace(titled.period, year=year.period.year))
    return titled or year


def _year_said(body: Sequence[Cell], *, plan: bool) -> PeriodRead | None:
    for cell in body[:_OPENING]:
        said = read_period(Fact(cell.text, cell.page, cell.text), plan=plan, parts=False)
        if said:
            return said
    return None


def _blank_year(head: Head, kind_period: str) -> PeriodRead | None:
    """The year of "ngày      tháng     năm 2021": the day is open, the year is not. A yearly report might be of the
    year before."""
    if kind_period == "year" or head.date is None or head.date.day is not None or head.date.year is None:
        return None
    page = head.title.page if head.title else 1
    return PeriodRead(Period(head.date.year), Fact(str(head.date.year), page, f"năm {head.date.year}"), sure=False)


def _meeting(titled: PeriodRead | None, body: Sequence[Cell], issued: Fact | None) -> PeriodRead | None:
    """The month of a monthly meeting: by the title, else the text ("sinh hoạt thường kỳ tháng 3"), else the day."""
    by_day = period_of_date(date.fromisoformat(issued.value), issued, "month") if issued else None
    read = titled if titled and titled.period.part == "month" else None
    for cell in body[:_MONTH_OPENING] if read is None else ():
        if "sinh hoat" in cell.key or "thuong ki" in cell.key or "dinh ki" in cell.key:
            said = read_period(Fact(cell.text, cell.page, cell.text))
            if said and said.period.part == "month":
                read = said
                break
    if read is None:
        return by_day or titled
    year = read.period.year or (titled.period.year if titled else None) or (by_day.period.year if by_day else None)
    return replace(read, period=replace(read.period, year=year))
