"""Finds the score table of a paper and reads its rows: label, words, maximum, own points.

Real tables are untidy: merged cells shift the columns, a table is split over pages, a row of column numbers follows
the header, sums stand after each group and at the end. Whatever cannot be told for sure makes the row say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cache

from archive.records import Table
from archive.vietnamese import exact_words, fold_words, has_accents
from validators.checks.points import Points, parse_points

OWN_HEADERS = ("tu cham", "tu danh gia", "diem dat", "diem don vi")
MAXIMUM_HEADERS = ("diem chuan", "diem toi da", "thang diem", "diem quy dinh", "muc diem")
# A total row has these words only, and begins with one of the first two ("Tổng số điểm tự chấm", "Cộng mục II").
TOTAL_FIRST = ("tổng", "cộng")
TOTAL_WORDS = (
    *TOTAL_FIRST,
    *("số", "điểm", "tự", "chấm", "đạt", "được", "mục", "phần", "nhóm", "chung", "toàn", "bộ", "các", "tiêu", "chí"),
    *("chuẩn", "và", "bảng", "cả", "kết", "quả"),
)
BONUS = ("điểm thưởng", "điểm cộng", "cộng điểm", "thưởng điểm", "điểm khuyến khích")
PENALTY = ("điểm trừ", "trừ điểm", "điểm bị trừ")

_HEADER_ROWS = 25  # a sheet may carry the head of the paper above its table
# Bounds against tables that are made to keep us busy; those of real papers are far below.
_MOST_TABLES = 100
_MOST_COLUMNS = 40
_MOST_ROWS = 2_000  # of all score tables of a paper
# What every header of an own column has in it, with or without accents: to fold each cell of a row costs far more.
_MAY_HEAD = re.compile(r"[cC][hH][^\W\d_]{1,2}[mM]|[đĐdDðÐ][^\W\d_]{1,3}[nN][hH]|[đĐdDðÐ][iI][^\W\d_]{1,2}[mM]")
_LONG_HEADER = 80
_LEADING = re.compile(r"^\s*((?:[A-ZĐ]|[IVX]{1,5}|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ])(?=[.)/:\s-])|[-+*•–])[.)/:\s-]*")
_ROMAN = re.compile(r"[IVX]+")
_MARKER = re.compile(r"\(?(?:\d{1,2}|[A-Za-zĐđ])\)?")


class Role(Enum):
    """What a row is in the sum."""

    ITEM = "item"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `label` is its own or its words' leading number, "" where there is none. `own_unclear` says that the
    own cell holds something that is no number, or that the columns of the row could not be told."""

    page: int
    label: str
    words: str
    maximum: Decimal | None
    own: Decimal | None
    own_unclear: bool = False
    role: Role = Role.ITEM

    @property
    def is_bonus(self) -> bool:
        """Points on top of the hundred."""
        return _begins(self.words, BONUS)

    @property
    def is_penalty(self) -> bool:
        """Points taken off."""
        return _begins(self.words, PENALTY)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a table has its columns, and how wide its header is."""

    maximum: int
    own: int
    width: int


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """A score table with its rows in order, from all pages it runs over."""

    page: int
    rows: tuple[Row, ...]

    @property
    def total(self) -> Row | None:
        """The last total row, the one that the paper stands by."""
        return next((row for row in reversed(self.rows) if row.role is Role.TOTAL), None)


def score_tables(tables: Sequence[Table]) -> tuple[ScoreTable, ...]:
    """All score tables among the tables of a paper. A table without a header goes on where the one before it broke
    off, when it is as wide and holds points."""
    found: list[ScoreTable] = []
    columns: Columns | None = None
    for whole in tables[:_MOST_TABLES]:
        left = _MOST_ROWS - sum(len(done.rows) for done in found)
        table = Table(whole.page, tuple(row[:_MOST_COLUMNS] for row in whole.rows[: _HEADER_ROWS + left]))
        header = _header(table)
        if header:
            at, columns = header
            found.append(ScoreTable(table.page, _rows(table, columns, at + 1)))
        elif columns and found and found[-1].total is None and _goes_on(table, columns):
            found[-1] = ScoreTable(found[-1].page, found[-1].rows + _rows(table, columns, 0))
        else:
            columns = None
    return tuple(table for table in found if table.rows)


def _header(table: Table) -> tuple[int, Columns] | None:
    for at, row in enumerate(table.rows[:_HEADER_ROWS]):
        own = _matching(row, OWN_HEADERS) if _MAY_HEAD.search("\n".join(row)) else ()
        if len(own) != 1:
            continue
        # A second header row may hold "tự chấm" below "điểm chấm", with "điểm chuẩn" in the row above.
        for above in range(at, max(-1, at - 3), -1):
            maximum = [i for i in _matching(table.rows[above], MAXIMUM_HEADERS) if i != own[0] or above != at]
            if len(maximum) == 1 and (maximum[0] < own[0] or _is_points(row[own[0]])):
                return at, Columns(maximum[0], own[0], max(len(row), maximum[0] + 1))
    return None


def _is_points(header: str) -> bool:
    """Whether an own column that stands before the maximum holds points ("Điểm tự chấm"), not what is scored."""
    words = fold_words(header).split()
    return len(words) <= 5 and words[0] in ("diem", "tu", "so", "don", "chi", "dang")


def _matching(row: tuple[str, ...], headers: tuple[str, ...]) -> list[int]:
    short = [(i, fold_words(cell)) for i, cell in enumerate(row) if len(cell) <= _LONG_HEADER]
    return [i for i, words in short if any(header in words for header in headers)]


def _goes_on(table: Table, columns: Columns) -> bool:
    rows = _rows(table, columns, 0)
    return len(rows) == len(table.rows) and any(row.maximum is not None and row.own is not None for row in rows)


def _rows(table: Table, columns: Columns, start: int) -> tuple[Row, ...]:
    rows = (_row(table.page, cells, columns) for cells in table.rows[start:])
    return tuple(row for row in rows if row)


def _row(page: int, cells: tuple[str, ...], columns: Columns) -> Row | None:
    shift = _shift(cells, columns)
    if shift is None:
        words = " ".join(dict.fromkeys(cell.strip() for cell in cells if cell.strip()))
        has_points = any(parse_points(cell) for cell in cells[1:])
        return Row(page, "", words, None, None, own_unclear=has_points) if has_points else _heading(page, cells)
    own_cell, maximum = cells[columns.own - shift], parse_points(cells[columns.maximum - shift])
    if _matching((own_cell,), OWN_HEADERS):
        return None  # the header again, on top of the next page
    before = cells[: min(columns.maximum, columns.own) - shift]
    label, words = _label_and_words(before)
    own = parse_points(own_cell)
    if not words and not own and not maximum:
        return None
    if all(_MARKER.fullmatch(cell.strip()) for cell in cells if cell.strip()):
        return None  # the row of column numbers below a header: (1) (2) (3)
    most = _maximum(own, maximum)
    unclear = own is None and bool(own_cell.strip(" .-–\xa0\t\n"))
    role = Role.TOTAL if _is_total(words) else Role.ITEM
    return Row(page, label, words, most, own.value if own else None, unclear, role)


def _maximum(own: Points | None, maximum: Points | None) -> Decimal | None:
    if maximum:
        return maximum.value
    return own.of if own else None


def _heading(page: int, cells: tuple[str, ...]) -> Row | None:
    label, words = _label_and_words(cells)
    return Row(page, label, words, None, None) if words else None


def _shift(cells: tuple[str, ...], columns: Columns) -> int | None:
    """By how many columns merged cells on the left moved the points of this row; None where that cannot be told."""
    if len(cells) >= columns.width:
        return 0
    fits = []
    for shift in range(columns.width - len(cells) + 1):
        at_max, at_own = columns.maximum - shift, columns.own - shift
        if min(at_max, at_own) < 1 or max(at_max, at_own) >= len(cells):
            continue
        if parse_points(cells[at_max]) and parse_points(cells[at_own]):
            fits.append(shift)
    return fits[0] if len(fits) == 1 else None


def _label_and_words(before: tuple[str, ...]) -> tuple[str, str]:
    texts = [cell.strip() for cell in before]
    words = max(texts, key=len, default="")
    label = texts[0].rstrip(".)/: ") if len(texts) > 1 and texts[0] is not words else ""
    if len(label) > 12 or not any(char.isalpha() for char in words):
        return "", words if any(char.isalpha() for char in words) else ""
    if label == words:
        label = ""
    lead = _LEADING.match(words)
    if lead:
        label = label or lead[1]
        words = words[lead.end() :] or words
    return label, words


def _begins(words: str, phrases: tuple[str, ...]) -> bool:
    """Accents count where the words have any: "điểm cộng" is a bonus, "điểm công tác" is none."""
    key = exact_words if has_accents(words) else fold_words
    return key(words[:_LONG_HEADER]).startswith(_keys(phrases, key))


@cache
def _keys(phrases: tuple[str, ...], key: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(map(key, phrases))


def _is_total(words: str) -> bool:
    if len(words) > _LONG_HEADER:
        return False
    key = exact_words if has_accents(words) else fold_words
    found = key(words).split()
    if not found or found[0] not in _keys(TOTAL_FIRST, key):
        return False
    known = _keys(TOTAL_WORDS, key)
    return all(word in known or word.isdigit() or len(word) == 1 or _is_roman(word) for word in found)


def _is_roman(word: str) -> bool:
    return bool(_ROMAN.fullmatch(word.upper()))
