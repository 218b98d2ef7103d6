"""Points as people write them in score tables: "9,5", "9/10", "tối đa 10", "10đ", "không phát sinh"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from archive.vietnamese import exact

_NUMBER = r"[+-]?\d{1,4}(?:[.,]\d{1,3})?"
_POINTS = re.compile(rf"(?:tối đa\s+)?({_NUMBER})\s*(?:/\s*({_NUMBER}))?\s*(?:đ|điểm)?\s*\.?")
_MINUS = str.maketrans("−–", "--")
_LONGEST = 40  # characters; a longer cell holds words, not points

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Points:
    """A number of points, and the maximum where the same cell names it ("9/10")."""

    value: Decimal
    of: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """What a sum may be when some of its cells do not say. Exact where both ends are equal."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.high + other.high)

    def __contains__(self, value: Decimal) -> bool:
        return self.low <= value <= self.high

    def __str__(self) -> str:
        return show(self.low) if self.low == self.high else f"{show(self.low)}–{show(self.high)}"


NOTHING = Span(ZERO, ZERO)


def exactly(value: Decimal) -> Span:
    """A span of one value."""
    return Span(value, value)


def parse_points(cell: str) -> Points | None:
    """The points in a cell, or None where it holds anything else."""
    cell = cell.strip()
    if not cell or len(cell) > _LONGEST:
        return None
    match = _POINTS.fullmatch(exact(cell).translate(_MINUS))
    if not match:
        return None
    return Points(_decimal(match[1]), _decimal(match[2]) if match[2] else None)


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", "."))


def show(value: Decimal) -> str:
    """The number as it is written in Vietnamese: 9,5 and 87."""
    text = format(value.normalize() + ZERO, "f")
    return text.replace(".", ",")
