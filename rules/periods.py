"""What a campaign reviews: a year, a quarter, half a year or a term; and what that means for a requirement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from archive.i18n import gettext as _
from archive.records import Period
from rules.fields import Fields
from rules.model import Kind, Requirement, RulePack
from rules.yamlfile import Problems

_COUNTED = {"quarter": 4, "half": 2}
_MONTHS = 12
_ROMAN = ("I", "II", "III", "IV")


def read_period(head: Fields, problems: Problems, year: int) -> Period | None:
    """What the head of a campaign says besides the year: `quarter: 4`, `half: 2` or `term: [2020, 2025]`. None where it
    reviews the year."""
    given = [name for name in (*_COUNTED, "term") if name in head.fields]
    if len(given) > 1:
        problems.add(head.line_of(given[1]), _('only one of "quarter", "half" and "term"'))
    if not given:
        return None
    name = given[0]
    if name == "term":
        return _term(head, problems, year)
    index = head.number(name, at_least=1)
    if index and index > _COUNTED[name]:
        message = _('"{name}" must be a number from 1 to {most}')
        problems.add(head.line_of(name), message.format(name=name, most=_COUNTED[name]))
    return Period(year, name, index) if index else None


def _term(head: Fields, problems: Problems, year: int) -> Period | None:
    found = [one for item in head.singles("term") if (one := item.number("term", at_least=1930))]
    if len(found) != 2 or found[0] > found[1] or not found[0] <= year <= found[1]:
        message = _('"term" must be its first and last year with the campaign\'s year in it: [2020, 2025]')
        problems.add(head.line_of("term"), message)
        return None
    return Period(found[1], "term", since=found[0])


def in_words(period: Period) -> str:
    """A period for people: "năm 2021", "quý I năm 2025"."""
    words = {
        "quarter": _("quarter {number} of {year}"),
        "half": _("first half of {year}") if period.index == 1 else _("second half of {year}"),
        "term": _("the term {since}-{year}"),
        "month": _("month {number} of {year}"),
    }
    number: object = period.index
    if period.part == "quarter" and period.index and 1 <= period.index <= len(_ROMAN):
        number = _ROMAN[period.index - 1]
    text = words.get(period.part, _("the year {year}"))
    return text.format(number=number, year=period.year, since=period.since)


def in_vietnamese(period: Period) -> str:
    """The same in the language of the packs, whose sentences it stands in whatever language people read."""
    year = period.year
    if period.part == "quarter" and period.index:
        return f"quý {_ROMAN[period.index - 1]} năm {year}"
    if period.part == "half":
        return f"6 tháng {'đầu' if period.index == 1 else 'cuối'} năm {year}"
    return f"nhiệm kỳ {period.since}-{year}" if period.part == "term" else f"năm {year}"


def years_in_words(pack: RulePack) -> str:
    """The years that a pack holds for: "2019-2022", "2025 on"."""
    first, last = pack.years or (pack.year, pack.year)
    if last is None:
        return _("{year} on").format(year=first)
    return str(first) if first == last else f"{first}-{last}"


def months(period: Period) -> tuple[tuple[int, int], ...]:
    """The months of a period as (year, month)."""
    year = period.year or 0
    if period.part == "term":
        years = range(period.since or year, year + 1)
        return tuple((one, month) for one in years for month in range(1, _MONTHS + 1))
    length = {"quarter": 3, "half": 6}.get(period.part, _MONTHS)
    first = ((period.index or 1) - 1) * length if period.part in _COUNTED else 0
    return tuple((year, month) for month in range(first + 1, first + length + 1))


def quarters(period: Period) -> tuple[tuple[int, int], ...]:
    """The quarters of a period as (year, quarter)."""
    return tuple(dict.fromkeys((year, (month + 2) // 3) for year, month in months(period)))


def asked_in(requirement: Requirement, kinds: Mapping[str, Kind], period: Period) -> Requirement | None:
    """The requirement as a campaign on this period asks it; None where it does not.

    The report on a quarter or a term is what clerks mistake for the yearly one, and stands under `near`; in a campaign
    on a quarter or a term it is the very paper."""
    if period.part not in requirement.periods:
        return None
    wanted = {"quarter": "part", "half": "part", "term": "term"}.get(period.part)
    parts = tuple(name for name in requirement.near if kinds[name].period == wanted)
    if not parts or not requirement.accepts:
        return requirement
    near = tuple(name for name in requirement.near if name not in parts)
    return replace(requirement, accepts=(*requirement.accepts, *parts), near=near)
