"""Tables that tell how many hold which quality level: rows of counts under the levels, or one level for each row.

Only what stands there plainly is taken: a row whose cells are no whole numbers says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from archive.records import Table
from archive.vietnamese import fold_words
from rules.model import Level

MEMBERS, SUB_UNITS = "members", "sub-units"

_TABLES, _ROWS, _COLUMNS, _HEADER_ROWS = 60, 600, 40, 25
_LONG = 60  # letters of a header; what is longer is a text
_COUNT = re.compile(r"\s*(\d{1,5})\s*")
_NOTHING = re.compile(r"[\s.–-]*")
_NUMBER = re.compile(r"\s*\d{1,4}\s*\.?\s*")
_MAY_HEAD = re.compile(r"(?i)nv\b|nhi[eệ]m|lo[aạ]i|ch[aấ]t l[uư][oợ]ng")
_UNITS = (" nguoi", " so luong", " sl", " dong chi", " d c", " phieu", " so phieu", " chi bo")
_ONE_LEVEL = re.compile(r"(?:muc|ket qua|de xuat|tu)? ?(?:xep loai|phan loai|muc chat luong|muc do hoan thanh)\b")
_LEFT_OUT = re.compile(r"\b(?:khong xep loai|chua xep loai|mien|khong danh gia|chua danh gia|tam dinh chi)\b")
_PEOPLE = re.compile(r"\b(?:ho va ten|ho ten|dang vien)\b")
_BODIES = re.compile(r"\b(?:chi bo|dang bo|to chuc dang|to chuc co so|don vi)\b")
_GENERIC = frozenset(
    {
        "chi bo", "chi bo truc thuoc", "to chuc dang", "to chuc dang truc thuoc", "to chuc co so dang", "tap the",
        "cac chi bo", "cac chi bo truc thuoc", "dang bo bo phan", "chi bo co so",
    }
)  # fmt: skip
_SUMS = re.compile(r"(?:tong|cong)\b")


@dataclass(frozen=True, slots=True)
class RatingRow:
    """A row: whose it is, how many there are in all (None: not told), how many hold each level."""

    name: str
    total: int | None
    counts: Mapping[str, int]
    words: str
    numbered: bool = False  # its first cell is a running number

    @property
    def is_total(self) -> bool:
        """Whether it is the sum of the others."""
        return bool(_SUMS.match(fold_words(self.name[:_LONG])))


@dataclass(frozen=True, slots=True)
class RatingTable:
    """A table with its rows. `of` says what it counts ("members", "sub-units" or "" where it does not tell); `whole`:
    every level has a column, and nobody is left out in another one."""

    page: int
    of: str
    rows: tuple[RatingRow, ...]
    whole: bool


@dataclass(slots=True)
class _Columns:
    """Where a table has what it tells."""

    levels: dict[str, int] = field(default_factory=dict)
    one: int | None = None  # the column that names each row's level
    total: int | None = None
    name: int = 0
    of: str = ""
    left_out: bool = False


def level_keys(levels: Sequence[Level]) -> dict[str, str]:
    """Every usual spelling of a level in a cell, without blanks: "htxsnv", "htxs", "hoanthanhxuatsacnhiemvu" ..."""
    keys: dict[str, str] = {}
    for level in levels:
        for spelling in (fold_words(level.title), fold_words(level.id)):
            key = spelling.replace(" ", "")
            for each in (key, key.removesuffix("nhiemvu"), key.removesuffix("nv")):
                keys.setdefault(each, level.id)
    return keys


def rating_tables(tables: Sequence[Table], levels: Sequence[Level]) -> tuple[RatingTable, ...]:
    """The rating tables among the tables of a paper; a table without a header goes on where the last one broke off."""
    keys = level_keys(levels)
    found: list[RatingTable] = []
    columns: _Columns | None = None
    for table in tables[:_TABLES]:
        rows = [tuple(row[:_COLUMNS]) for row in table.rows[:_ROWS]]
        at, header = _header(rows, keys)
        columns = header or columns
        read = tuple(filter(None, (_row(row, columns, keys) for row in rows[at:]))) if columns else ()
        if header and read:
            whole = len(header.levels) == len(levels) and not header.left_out
            found.append(RatingTable(table.page, header.of or _told_by(read), read, whole))
        elif found and read and columns and len(read) == len(rows):
            last = found[-1]
            found[-1] = RatingTable(last.page, last.of, last.rows + read, last.whole)
        else:
            columns = None
    return tuple(found)


def _header(rows: Sequence[tuple[str, ...]], keys: Mapping[str, str]) -> tuple[int, _Columns | None]:
    for at, row in enumerate(rows[:_HEADER_ROWS]):
        if not _MAY_HEAD.search("\n".join(cell[:_LONG] for cell in row)):
            continue
        columns = _Columns()
        folded = [fold_words(cell) if len(cell) <= _LONG else "" for cell in row]
        for column, words in enumerate(folded):
            level = _level(words, keys)
            if level:
                columns.levels.setdefault(level, column)
        if len(columns.levels) >= 2 or _has_one(folded, columns):
            above = [fold_words(cell) if len(cell) <= _LONG else "" for cell in rows[at - 1]] if at else []
            _place(columns, folded, above)
            return at + 1, columns
    return 0, None


def _level(words: str, keys: Mapping[str, str]) -> str | None:
    for unit in _UNITS:
        words = words.removesuffix(unit)
    return keys.get(words.replace(" ", ""))


def _has_one(folded: Sequence[str], columns: _Columns) -> bool:
    """Whether one column names the level of each row."""
    columns.levels.clear()
    named = [column for column, words in enumerate(folded) if _ONE_LEVEL.match(words) and column]
    columns.one = named[-1] if named and len(folded) > 1 else None
    return columns.one is not None


def _place(columns: _Columns, header: Sequence[str], above: Sequence[str]) -> None:
    """Name and total columns, from the header's row or the one above it, where it has two."""
    first = min(columns.levels.values(), default=columns.one or 0)
    both = [f"{words} {above[at] if at < len(above) else ''}".strip() for at, words in enumerate(header)]
    for at, words in enumerate(both):
        if "tong so" in words and columns.total is None:
            columns.total = at
            columns.of = MEMBERS if "dang vien" in words else SUB_UNITS if _BODIES.search(words) else ""
        columns.left_out = columns.left_out or bool(_LEFT_OUT.search(words))
    names = [at for at, words in enumerate(both[:first]) if _PEOPLE.search(words) or _BODIES.search(words)]
    plain = [at for at in range(first) if at != columns.total and both[at] not in ("", "tt", "stt", "so tt")]
    columns.name = (names or plain or [0])[0]
    if columns.one is not None and both:
        words = both[columns.name]
        columns.of = MEMBERS if _PEOPLE.search(words) else SUB_UNITS if _BODIES.search(words) else ""


def _row(cells: tuple[str, ...], columns: _Columns, keys: Mapping[str, str]) -> RatingRow | None:
    name = cells[columns.name].strip() if columns.name < len(cells) else ""
    words = " | ".join(cell.strip() for cell in cells if cell.strip())[:200]
    numbered = bool(cells) and bool(_NUMBER.fullmatch(cells[0]))
    if columns.one is not None:
        level = _level(fold_words(cells[columns.one][:_LONG]), keys) if columns.one < len(cells) else None
        known = level and any(char.isalpha() for char in name)
        return RatingRow(name, 1, {level: 1}, words, numbered) if known and level else None
    counts = {level: _count(cells, at) for level, at in columns.levels.items()}
    told = {level: count for level, count in counts.items() if count is not None}
    if len(told) != len(counts) or all(_is_blank(cells, at) for at in columns.levels.values()):
        return None
    if not any(char.isalpha() for char in name):
        name = next((cell.strip() for cell in cells if any(char.isalpha() for char in cell)), "")
    if not name:
        return None  # the row of column numbers
    total = _count(cells, columns.total) if columns.total is not None else None
    return RatingRow(name, total, told, words, numbered)


def _is_blank(cells: Sequence[str], at: int) -> bool:
    return at >= len(cells) or bool(_NOTHING.fullmatch(cells[at]))


def _count(cells: Sequence[str], at: int) -> int | None:
    """A whole number; an empty cell or a dash is none. None where something else stands there."""
    if _is_blank(cells, at):
        return 0
    match = _COUNT.fullmatch(cells[at])
    return int(match[1]) if match else None


def _told_by(rows: Sequence[RatingRow]) -> str:
    """What a table counts, by the names of its rows, where its header does not say."""
    named = [fold_words(row.name) for row in rows if not row.is_total]
    if named and all(words.startswith("dang vien") for words in named):
        return MEMBERS
    return ""


def row_of(table: RatingTable, row: RatingRow) -> str:
    """What a row counts: what its table does, else "Đảng viên: ..." or "Chi bộ trực thuộc: ..."."""
    words = fold_words(row.name[:_LONG])
    if words in _GENERIC:
        return SUB_UNITS
    if words == "dang vien" or (not table.of and words.startswith("dang vien ")):
        return MEMBERS
    return table.of
