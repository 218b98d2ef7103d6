"""A paper asks for a higher level than its own points give."""

from __future__ import annotations

from decimal import Decimal

from archive.i18n import gettext as _
from archive.records import Finding
from validators.checks.paper import CheckedPaper, warning
from validators.checks.points import parse_points, show
from validators.checks.score_tree import HUNDRED


def level_above_score(paper: CheckedPaper) -> tuple[Finding, ...]:
    """Compares the level asked for with the printed total, on the pack's thresholds for a hundred points."""
    asked = paper.facts.level
    level = next((level for level in paper.pack.levels if asked and level.id == asked.value), None)
    score = _score(paper) if level and not paper.is_doubtful else None
    if asked is None or level is None or level.from_score is None or score is None:
        return ()
    needed = Decimal(str(level.from_score))
    if score >= needed:
        return ()
    message = _("Asks for “{level}”, which takes {needed} points, with {score} points.").format(
        level=level.title, needed=show(needed), score=show(score)
    )
    remedy = _("Check the points; if they are right, ask for the level that they give.")
    return warning("level-above-score", message, remedy, asked.page)


def _score(paper: CheckedPaper) -> Decimal | None:
    """The total as told in the text, else in the total row, on a scale of a hundred; None where there is none."""
    if paper.facts.score:
        points = parse_points(paper.facts.score.value)
        if points and points.of in (None, HUNDRED):
            return points.value
        return None
    tables = paper.score_tables
    total = tables[0].total if len(tables) == 1 else None
    return total.own if total and total.maximum == HUNDRED else None
