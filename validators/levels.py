"""The quality level that a paper gives itself or asks for, and the total it gives itself, as printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from archive.records import Fact, Table
from archive.vietnamese import fold_words
from validators.lines import Cell
from validators.titles import Title

Levels = Sequence[tuple[str, tuple[str, ...]]]

_ASKS = re.compile(
    r"\b(?:de xuat|de nghi|tu nhan|tu xep loai|tu danh gia|tu phan loai|tu xep|tu nhan xet)\b"
    r"|\b(?:muc xep loai|xep loai chat luong|muc chat luong|xep loai)\b"
)
_STRONG = re.compile(r"\b(?:de xuat|de nghi|tu nhan|tu xep loai|tu danh gia|tu phan loai|tu xep)\b")
_REACH = 110
_COLUMNS = 40  # of a table; no score table is wider
_CHECKED = re.compile(r"[☒☑✓✔⊠]|(?<![^\W\d_])[xX](?![^\W\d_])")

# Folding a line costs far more than this look at it.
_MAY_NAME = re.compile(r"(?i)nhi[ệe]m\s+v[ụu]|nv\b")
_MAY_TOTAL = re.compile(r"(?i)(?:[đd]i[ểe]m|ch[ấa]m|c[ộo]ng).*\d|\d.*[đd]i[ểe]m")
_TOTAL = re.compile(
    r"\b(?:tong (?:so )?diem|tong diem so|so diem|diem tong|tong cong|tu cham|dat)\b(?P<between>[^\d\n]{0,40})"
    r"(?P<score>\d{1,3}(?:[.,]\d{1,2})?)(?P<of> ?/ ?\d{2,3})?(?P<unit> ?diem)?"
)
_OWN = re.compile(r"\b(?:tu cham|tu danh gia|dat|cham duoc|dat duoc)\b")
_MOST = re.compile(r"\b(?:chuan|toi da|cong diem|tham dinh|cap tren)\b")


def read_level(cells: Iterable[Cell], title: Title | None, levels: Levels) -> Fact | None:
    """The level that the paper gives itself or asks for: the first one named behind "đề xuất", "tự nhận", "đề nghị";
    else behind "xếp loại ...:" where the line ends with it. Of several on a line the ticked one, or none."""
    if title and _STRONG.search(f" {title.key} "):
        level = _level_in(title.text.value, levels)
        if level:
            return Fact(level, title.page, title.text.words)
    weak: Fact | None = None
    above = ""
    for cell in cells:
        if not _MAY_NAME.search(cell.text):
            above = cell.key if len(cell.text) < _REACH else ""
            continue
        key = cell.key
        if "nhiem vu" in key or key.endswith("nv"):
            asked = _ASKS.search(key)
            asking = key if asked else f"{above} {key}" if _ends_asking(above) else ""
            level = _level_in(cell.text, levels) if asking else None
            if level and _STRONG.search(asking):
                return Fact(level, cell.page, cell.text)
            if level and weak is None and asked and _closes(key, asked.end(), levels):
                weak = Fact(level, cell.page, cell.text)
        above = key
    return weak


def _ends_asking(above: str) -> bool:
    """Whether a line ends with the question, so that the next one is its answer."""
    ends = [asked.end() for asked in _ASKS.finditer(above)]
    return bool(ends) and len(above) - ends[-1] <= 45


def _closes(key: str, at: int, levels: Levels) -> bool:
    """Whether a level ends the line, within reach of the words that ask for it."""
    tail = key[at:]
    return len(tail) <= _REACH and any(tail.endswith(name) for _, names in levels for name in names)


def _level_in(text: str, levels: Levels) -> str | None:
    """The one level named in a line; the ticked one where a form lists them all."""
    key = f" {fold_words(text)} "
    named: list[tuple[int, str, str]] = []
    rest = key
    for level, names in levels:
        for name in names:
            at = rest.find(f" {name} ")
            if name and at >= 0:
                named.append((at, level, name))
                rest = rest[: at + 1] + "#" * len(name) + rest[at + 1 + len(name) :]
                break
    if not named:
        return None
    if len(named) == 1:
        at, level, name = named[0]
        return None if re.match(r" \d", key[at + 1 + len(name) :]) else level  # "... nhiệm vụ 88,9%" is a statistic
    return _ticked(text, named, key)


def _ticked(text: str, named: Sequence[tuple[int, str, str]], key: str) -> str | None:
    marks = [match.start() for match in _CHECKED.finditer(text)]
    if len(marks) != 1 or not text:
        return None
    share = marks[0] / len(text) * len(key)
    before = [item for item in sorted(named) if item[0] <= share]
    return before[-1][1] if before and not text.lstrip("-+ ").startswith(text[marks[0]]) else None


def read_score(cells: Sequence[Cell], tables: Sequence[Table]) -> Fact | None:
    """The total that the paper gives itself: "Tổng điểm tự chấm: 96 điểm", "đạt 87/100 điểm", else the total row of a
    table with a column "Tự chấm"."""
    found: tuple[int, Fact] | None = None
    for cell in cells:
        if not _MAY_TOTAL.search(cell.text):
            continue
        for match in _TOTAL.finditer(cell.folded):
            weight = _score_weight(match, cell.folded)
            if weight and (found is None or weight > found[0]):
                found = (weight, Fact(_number(match["score"]), cell.page, cell.text))
    return found[1] if found else _table_total(tables)


def _score_weight(match: re.Match[str], line: str) -> int:
    """How surely a number is the paper's own total; 0 = it is not."""
    words = line[max(match.start() - 30, 0) : match.start("score")]
    unit = bool(match["unit"] or match["of"])
    own = bool(_OWN.search(words))
    total = "diem" in words or (match[0].startswith("tong cong") and unit)
    if _MOST.search(match["between"]) or float(_number(match["score"])) > 200 or not (unit or total):
        return 0
    if line[match.end() :].startswith("%"):
        return 0
    return (4 if own and total else 0) + (2 if unit else 0) + (1 if total else 0) if own or total else 0


def _number(text: str) -> str:
    number = text.replace(",", ".")
    return number.rstrip("0").rstrip(".") if "." in number else number


def _table_total(tables: Sequence[Table]) -> Fact | None:
    for table in tables[:20]:
        columns = [
            at
            for row in table.rows[:3]
            for at, cell in enumerate(row[:_COLUMNS])
            if "tu cham" in fold_words(cell) or "tu danh gia" in fold_words(cell)
        ]
        if not columns:
            continue
        for row in reversed(table.rows[-6:]):
            label = " ".join(fold_words(cell[:_REACH]) for cell in row[:2])
            value = row[columns[0]].strip() if columns[0] < len(row) else ""
            if re.search(r"\b(?:tong cong|tong diem|cong|tong so diem)\b", label) and re.fullmatch(
                r"\d{1,3}(?:[.,]\d{1,2})?", value
            ):
                return Fact(_number(value), table.page, " | ".join(row)[:200])
    return None
