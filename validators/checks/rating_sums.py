"""The numbers of a summary of ratings do not add up: a row's levels, or the rows below the total."""

from __future__ import annotations

from collections.abc import Iterator

from archive.i18n import gettext as _
from archive.records import Finding, Source
from validators.checks.paper import CheckedPaper, warning
from validators.rating_tables import RatingRow, RatingTable, rating_tables

_MOST = 3


def rating_sums(paper: CheckedPaper) -> tuple[Finding, ...]:
    """Only for the kinds that the pack takes ratings from, and never on recognised pictures."""
    roles = paper.pack.grading.papers.get(paper.recognition.kind or "", frozenset())
    if "ratings" not in roles or paper.reading.source is Source.OCR:
        return ()
    found: list[Finding] = []
    for table in rating_tables(paper.reading.tables, paper.pack.levels):
        found += (_finding(message, table.page) for message in (*_rows(table), *_total(table)))
    return tuple(found[:_MOST])


def _rows(table: RatingTable) -> Iterator[str]:
    """Each row: its levels are all of its people, where every level has a column and nobody is left out elsewhere."""
    for row in table.rows:
        added = sum(row.counts.values())
        if row.total is not None and (added > row.total or (table.whole and added < row.total)):
            sums = " + ".join(str(count) for count in row.counts.values())
            words = _("“{row}”: {added} = {sum}, but its number is {total}.")
            yield words.format(row=row.name[:60], added=sums, sum=added, total=row.total)


def _total(table: RatingTable) -> Iterator[str]:
    """The last row, where it is the total of rows that are plainly numbered 1, 2, 3 and so of one rank."""
    *rows, total = table.rows
    if not total.is_total or len(rows) < 2 or not all(row.numbered and not row.is_total for row in rows):
        return
    for level, printed in total.counts.items():
        added = sum(row.counts.get(level, 0) for row in rows)
        if added != printed:
            words = _("{level}: the rows add up to {sum}, but the total row says {total}.")
            yield words.format(level=level, sum=added, total=printed)
    if total.total is not None and (known := _totals(rows)) is not None and known != total.total:
        words = _("The rows add up to {sum} in all, but the total row says {total}.")
        yield words.format(sum=known, total=total.total)


def _totals(rows: list[RatingRow]) -> int | None:
    told = [row.total for row in rows if row.total is not None]
    return sum(told) if len(told) == len(rows) else None


def _finding(message: str, page: int) -> Finding:
    remedy = _("Add the numbers up again, mend the row that is wrong and hand the paper in again.")
    return warning("figures-disagree", message, remedy, page)[0]
