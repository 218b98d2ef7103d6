"""More points in a row of a score table than the row may have."""

from __future__ import annotations

from decimal import Decimal

from archive.i18n import gettext as _
from archive.records import Finding
from validators.checks.paper import CheckedPaper, warning
from validators.checks.points import show
from validators.checks.score_table import Role, Row

_SHOWN = 3


def over_maximum(paper: CheckedPaper) -> tuple[Finding, ...]:
    """One finding that names up to three of the rows. Total rows are left to `sum-mismatch`: a bonus may lift them."""
    rows_of_all = [row for table in paper.score_tables for row in table.rows]
    over = [(row, own) for row in rows_of_all for own in (row.own, row.team) if own is not None and _is_over(row, own)]
    if not over:
        return ()
    rows = "; ".join(_shown(row, own) for row, own in over[:_SHOWN])
    message = _("{count} row(s) have more points than their maximum: {rows}.").format(count=len(over), rows=rows)
    return warning("over-maximum", message, _("Lower the points to the maximum and add up again."), over[0][0].page)


def _is_over(row: Row, points: Decimal) -> bool:
    """Whether the unit, or the team that looked at it, gave more than the row may have."""
    if row.role is not Role.ITEM or row.maximum is None or row.is_penalty:
        return False
    return row.maximum > 0 and points > row.maximum


def _shown(row: Row, points: Decimal) -> str:
    assert row.maximum is not None
    words = " ".join(row.words.split())
    words = words if len(words) <= 50 else words[:49] + "…"
    return _("“{item}” {own} of {maximum}").format(item=words, own=show(points), maximum=show(row.maximum))
