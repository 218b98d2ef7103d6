"""The points of a score table do not add up to what it prints as their sum."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from archive.i18n import gettext as _
from archive.records import Fact, Finding
from archive.vietnamese import fold_words
from validators.checks.paper import CheckedPaper, warning
from validators.checks.points import Span, exactly, parse_points, show
from validators.checks.score_table import Role, ScoreTable
from validators.checks.score_tree import Forest, Node, add, between, everywhere, proven_forest

_MOST = 3  # findings for one paper; the clerk adds up again anyway


def sum_mismatch(paper: CheckedPaper) -> tuple[Finding, ...]:
    """Each group against its parts, and all of them against the total row, else against the total in the text. A sum
    is wrong only where no way to count it (groups or parts, bonus in or out, open cells at most) comes to it."""
    tables = paper.score_tables
    found: list[Finding] = []
    for table in tables:
        score = paper.facts.score if len(tables) == 1 else None
        by_meaning = [_of_table(meaning, score) for meaning in table.meanings]
        fewest = min(by_meaning, key=len)
        found += fewest
    return tuple(found[:_MOST])


def _of_table(table: ScoreTable, score: Fact | None) -> list[Finding]:
    forest = proven_forest(table)
    return [*_groups(forest), *_total(table, forest, score)] if forest else []


def _groups(forest: Forest) -> Iterator[Finding]:
    for node in everywhere(forest):
        printed = node.row.own
        if printed is None or not node.parts or printed in node.by_parts() or printed in node.by_leaves():
            continue
        message = _("The parts of “{item}” add up to {sum} points but its row says {total}.").format(
            item=_short(node), sum=node.by_parts(), total=show(printed)
        )
        yield _finding(message, node.row.page)


def _total(table: ScoreTable, forest: Forest, score: Fact | None) -> Iterator[Finding]:
    last = table.total
    printed = last.own if last else None
    told = _told(score)
    if last is None or printed is None:
        if told is not None and told not in add(forest, Node.by_print) and told not in add(forest, Node.by_leaves):
            message = _("The points of the table add up to {sum} but the text says {total}.")
            yield _finding(message.format(sum=add(forest, Node.by_leaves), total=show(told)), table.page)
        return
    if not any(printed in span for span in _ways(table, forest)):
        message = _("The points of the table add up to {sum} but its total row says {total}.")
        yield _finding(message.format(sum=add(forest, Node.by_leaves), total=show(printed)), last.page)
    elif told is not None and told != printed:
        message = _("The total row of the table says {sum} points but the text says {total}.")
        yield _finding(message.format(sum=show(printed), total=show(told)), last.page)


def _ways(table: ScoreTable, forest: Forest) -> Iterator[Span]:
    """All ways to come to the last total: from the start, or on from an earlier total, by groups or by parts."""
    marks = [(at, row.own) for at, row in enumerate(table.rows) if row.role is Role.TOTAL]
    end = marks[-1][0]
    for value in (Node.by_print, Node.by_leaves):
        yield add(list(between(forest, -1, end)), value)
        for at, own in marks[:-1]:
            part = add(list(between(forest, at, end)), value)
            yield part
            if own is not None:
                yield exactly(own) + part
    subtotals = [own for _at, own in marks[:-1] if own is not None]
    if subtotals:
        yield exactly(sum(subtotals, Decimal(0)))


def _told(score: Fact | None) -> Decimal | None:
    """The total in the text, where its words call it one ("Tổng số điểm tự chấm: 87/100")."""
    if score is None or "tong" not in fold_words(score.words).split():
        return None
    points = parse_points(score.value)
    return points.value if points else None


def _finding(message: str, page: int) -> Finding:
    remedy = _("Add the points up again, mend the row that is wrong and hand the paper in again.")
    return warning("sum-mismatch", message, remedy, page)[0]


def _short(node: Node) -> str:
    text = " ".join(part for part in (node.row.label and f"{node.row.label}.", node.row.words) if part)
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "…"
