"""Which rows of a score table are parts of which: I. 35 points = 1. 20 + 2. 10 + 3. 5, counted once and not twice.

The numbering of the rows proposes a tree; their maxima prove it: the maxima of the parts add up to the maximum of the
whole, all the way up to the total row, or to a hundred where there is none. A tree that its own maxima do not prove
is not used, and nothing is said about the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from validators.checks.points import NOTHING, ZERO, Span, exactly
from validators.checks.score_table import Role, Row, ScoreTable

HUNDRED = Decimal(100)
_ANY = Span(Decimal(-100_000), Decimal(100_000))
_ROMAN = re.compile(r"[IVX]+")
_DEEPEST = 8  # levels; numbering deeper than this is no numbering
_MOST_ROWS = 500  # no score table of a unit is longer


@dataclass(slots=True)
class Node:
    """A row, where it stands in the table, and its parts. Bonus and penalty rows stand outside the hundred."""

    row: Row
    position: int
    parts: list[Node] = field(default_factory=list)

    @property
    def is_extra(self) -> bool:
        """Points that may count on top of the sum, or be taken off it."""
        return self.row.is_bonus or self.row.is_penalty

    @property
    def is_empty(self) -> bool:
        """Words only: the rules inside a criterion, or a remark."""
        return not self.parts and self.row.maximum is None and self.row.own is None and not self.row.own_unclear

    def by_print(self) -> Span:
        """Its points as its own row prints them, else by its parts."""
        return exactly(self.row.own) if self.row.own is not None else self.by_parts()

    def by_parts(self) -> Span:
        """Its points by its direct parts."""
        return add(self.parts, Node.by_print) if self.parts else self._unsaid()

    def by_leaves(self) -> Span:
        """Its points by its smallest parts, whatever the rows above them say."""
        return add(self.parts, Node.by_leaves) if self.parts else self.by_print()

    def maximum(self) -> Decimal | None:
        """Its own maximum, else that of its parts; None where these do not tell."""
        return self.row.maximum if self.row.maximum is not None else maximum(self.parts)

    def _unsaid(self) -> Span:
        """An empty or wordy cell: "không phát sinh" gives the maximum in some tables and nothing in others."""
        if self.row.maximum is not None:
            return Span(min(ZERO, self.row.maximum), max(ZERO, self.row.maximum))
        return _ANY if self.row.own_unclear else NOTHING


Forest = list[Node]


def add(nodes: Sequence[Node], value: Callable[[Node], Span]) -> Span:
    """The points of several nodes together; those of bonus and penalty rows may count or not."""
    result = NOTHING
    for node in nodes:
        span = value(node)
        if node.is_extra:
            size = max(abs(span.low), abs(span.high))
            span = Span(-size, ZERO) if node.row.is_penalty or span.low < 0 else Span(ZERO, size)
        result = result + span
    return result


def maximum(nodes: Sequence[Node], extras: bool = False) -> Decimal | None:
    """The maxima of several nodes together, with or without the bonus rows; None where one of them has none."""
    values = [node.maximum() for node in nodes if extras or not node.is_extra]
    known = [value for value in values if value is not None]
    return sum(known, ZERO) if known and len(known) == len(values) else None


def proven_forest(table: ScoreTable) -> Forest | None:
    """The tree of a score table that its maxima prove, or None."""
    items = [Node(row, at) for at, row in enumerate(table.rows) if row.role is Role.ITEM]
    if len(items) > _MOST_ROWS:
        return None
    declared = {row.maximum for row in table.rows if row.role is Role.TOTAL and row.maximum is not None} or {HUNDRED}
    for plant in (_by_numbers, _by_maxima, _flat):
        forest = plant([Node(node.row, node.position) for node in items])
        if forest and _fits(forest, declared) and all(_is_proven(node) for node in forest):
            return forest
    return None


def between(forest: Forest, after: int, before: int) -> Iterator[Node]:
    """The highest nodes that stand between two positions of the table."""
    for node in forest:
        if after < node.position < before:
            yield node
        elif node.position <= after:
            yield from between(node.parts, after, before)


def everywhere(forest: Forest) -> Iterator[Node]:
    """Every node of the tree, in the order of the table."""
    for node in forest:
        yield node
        yield from everywhere(node.parts)


def _fits(nodes: Sequence[Node], wanted: set[Decimal]) -> bool:
    return maximum(nodes) in wanted or maximum(nodes, extras=True) in wanted


def _is_proven(node: Node) -> bool:
    if not node.parts:
        return True
    mine = node.row.maximum
    return (mine is None or _fits(node.parts, {mine})) and all(_is_proven(part) for part in node.parts)


def _flat(nodes: Forest) -> Forest:
    return [node for node in nodes if not node.is_empty]


def _by_numbers(nodes: Forest) -> Forest:
    """A new style of numbering opens a level, a style seen before closes the levels below it."""
    forest: Forest = []
    styles: list[str] = []
    open_nodes: list[Node] = []
    letters: dict[int, str] = {}
    for node in nodes:
        style = _style(node.row.label, letters.get(len(styles) - 1, ""))
        if style in styles:
            del styles[styles.index(style) :]
        if len(styles) == _DEEPEST:
            return []
        del open_nodes[len(styles) :]
        (open_nodes[-1].parts if open_nodes else forest).append(node)
        letters[len(styles)] = node.row.label
        styles.append(style)
        open_nodes.append(node)
    return _pruned(forest)


def _style(label: str, before: str) -> str:
    """How a label numbers: "I", "A", "1", "1.1", "a", "-"; the empty label is a style of its own."""
    if not label or not label[0].isalnum():
        return label[:1]
    parts = [part for part in label.split(".") if part]
    last = parts[-1] if parts else label
    depth = str(len(parts))
    if last.isdigit():
        return "1" * len(parts)
    # After H comes the letter I; anywhere else I, V and X are Roman.
    follows = len(last) == 1 and len(before) == 1 and ord(last) == ord(before) + 1 and before not in "IVX"
    if _ROMAN.fullmatch(last) and not follows:
        return "I" + depth
    return ("A" if last.isupper() else "a") + depth


def _pruned(forest: Forest) -> Forest:
    for node in forest:
        node.parts = _pruned(node.parts)
    return [node for node in forest if not node.is_empty]


def _by_maxima(nodes: Forest) -> Forest:
    """Where Word numbered the rows by itself no label is in the text: a row whose maximum is that of the two or more
    rows below it together is taken for their whole."""
    forest: Forest = []
    rest = _flat(nodes)
    at = 0
    while at < len(rest):
        node = rest[at]
        size = _parts_of(rest, at)
        node.parts = rest[at + 1 : at + 1 + size]
        forest.append(node)
        at += 1 + size
    return forest


def _parts_of(nodes: Forest, at: int) -> int:
    whole, reached = nodes[at].row.maximum, ZERO
    if whole is None or whole <= 0:
        return 0
    for size, node in enumerate(nodes[at + 1 :], start=1):
        if node.row.maximum is None or node.row.maximum <= 0:
            return 0
        reached += node.row.maximum
        if reached >= whole:
            return size if reached == whole and size > 1 else 0
    return 0
