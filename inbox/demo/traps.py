"""The mishaps of everyday life, each under a name: a paper written otherwise, a sheet changed, a file spoilt.

`EFFECTS` says what each does to the requirement that the paper is meant for: a verdict, or None where the answer
depends on what the readers can do (a scan is unread until somebody reads scans).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from inbox.demo.inspections import half_year_inspection_report
from inbox.demo.levels import committee_review, score_report
from inbox.demo.reports import combined_report, resolution
from inbox.demo.season import Season
from inbox.demo.sheet import Block, Grid, Sheet

PASSWORD = "123456"  # noqa: S105  what clerks really take; the paper is meant to stay shut
OLD_FORM_YEAR = 2018

# Written as another paper than the requirement asks for.
WRITERS: dict[str, Callable[[Season], Sheet]] = {
    "half-year": half_year_inspection_report,
    "combined": combined_report,
    "resolution": resolution,
    "word-named-pdf": resolution,
    "old-form": lambda season: committee_review(season, OLD_FORM_YEAR),
    "level-above": lambda season: score_report(season, (10, 5, 7, 4, 5)),
}


def _no_number(season: Season, sheet: Sheet) -> Sheet:
    return replace(sheet, number=f"Số      -{sheet.number.partition('-')[2]}")


def _blank_inside(season: Season, sheet: Sheet) -> Sheet:
    return replace(sheet, number=sheet.number.replace("-", " ", 1))


def _state_order(season: Season, sheet: Sheet) -> Sheet:
    number, _, code = sheet.number.partition("-")
    return replace(sheet, number=f"{number}/{code.replace('/', '-')}")


def _new_year(season: Season, sheet: Sheet) -> Sheet:
    return replace(sheet, day=date(season.year + 1, 1, 4))


def _wrong_sum(season: Season, sheet: Sheet) -> Sheet:
    """Three points more in the total row and in the text than the rows have together."""
    grid = next(block for block in sheet.body if isinstance(block, Grid))
    *rows, last = grid.rows
    total = last[3]
    wrong = str(int(total) + 3)
    table = Grid((*rows, (*last[:3], wrong, *last[4:])))

    def mend(block: Block) -> Block:
        if block is grid:
            return table
        return block.replace(f" {total}/100", f" {wrong}/100") if isinstance(block, str) else block

    return replace(sheet, body=tuple(mend(block) for block in sheet.body))


# The right paper, changed.
CHANGES: dict[str, Callable[[Season, Sheet], Sheet]] = {
    "no-number": _no_number,
    "no-date": lambda season, sheet: replace(sheet, day=None),
    "blank-in-code": _blank_inside,
    "state-order": _state_order,
    "new-year": _new_year,
    "wrong-sum": _wrong_sum,
    "secret": lambda season, sheet: replace(sheet, mark="MẬT"),
    "page-header": lambda season, sheet: replace(sheet, in_page_header=True),
}

EFFECTS: dict[str, str | None] = {
    "": "met",
    "half-year": "not-met",
    "combined": "met",
    "resolution": "met",
    "old-form": "not-met",
    "level-above": "met",
    "no-number": "met",
    "no-date": "met",
    "blank-in-code": "met",
    "state-order": "met",
    "new-year": "met",
    "wrong-sum": "met",
    "page-header": "met",
    "nfd": "met",
    "word-named-pdf": "met",
    "last-year": "not-met",
    "wrong-unit": "not-met",
    "secret": "cannot-tell",
    "locked": "cannot-tell",
    "truncated": None,
    "empty": None,
    "scan": None,
}
