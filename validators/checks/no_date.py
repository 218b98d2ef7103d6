"""A paper whose day is left blank ("ngày … tháng … năm 2021") or that has none at all."""

from __future__ import annotations

import re

from archive.i18n import gettext as _
from archive.records import Finding
from archive.vietnamese import exact
from validators.checks.paper import CheckedPaper, warning

_RULE = r"[\s._…,/-]"
_GAP = rf"({_RULE}{{0,40}}(?:\d{{1,2}}{_RULE}{{0,20}})?)"
_DATE_LINE = re.compile(rf"ngày{_GAP}tháng{_GAP}năm{_RULE}{{0,20}}(\d{{4}})?")
_FULL_DATE = re.compile(
    r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}"
    r"|ngày\s{1,3}\d{1,2},?\s{1,3}tháng\s{1,3}\d{1,2},?\s{1,3}năm\s{1,3}\d{4}"
)
_DATE_BESIDE_PLACE = re.compile(rf",\s{{0,3}}(?:ngày\s{{0,3}})?(?:{_FULL_DATE.pattern})\s*$")


def no_date(paper: CheckedPaper) -> tuple[Finding, ...]:
    """A blank date line is told for any paper. A wholly absent one only for numbered papers, and for minutes that name
    no day anywhere: tables and forms are often dated by the paper they belong to."""
    if paper.facts.issued_on or not paper.can_miss or not (paper.kind or paper.facts.kind_printed):
        return ()
    lines = (*paper.head, *paper.foot)
    blank = next((page for page, line in lines if _has_blank_date(line)), None)
    if blank is None and not _is_undated(paper):
        return ()
    message = _("The date line is left blank.") if blank else _("The paper has no date.")
    return warning("no-date", message, _("Enter day, month and year and hand it in again."), blank or 1)


def _is_undated(paper: CheckedPaper) -> bool:
    if paper.is_minutes:
        return not any(_FULL_DATE.search(exact(line)) for _page, line in paper.lines)
    cells = (cell for _page, line in (*paper.head, *paper.foot) for cell in line.split("\t"))
    # "Hòa Phú, 15/12/2021" is a date, even where the recogniser knows it under no form.
    return paper.is_numbered and not any(_DATE_BESIDE_PLACE.search(exact(cell)) for cell in cells)


def _has_blank_date(line: str) -> bool:
    """Whether a date line stands here with its day or month open. "Ngày, tháng, năm sinh" is a field, not a date."""
    for match in _DATE_LINE.finditer(exact(line)):
        day, month, year = match.groups()
        is_open = not any(map(str.isdigit, day)) or not any(map(str.isdigit, month))
        drawn = len(day) > 1 or len(month) > 1
        if is_open and "," not in day + month and (year or drawn):
            return True
    return False
