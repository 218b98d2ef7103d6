"""The head of a paper: who issued it, number, place and date, marks, printed kind and title.

A head is printed in two columns, the issuer at the left, the motto and the date line at the right; readers hand it on
as lines with a tab, as left column then right column, or with both columns run together on a line. So no position is
trusted: each cell is told by what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from archive.records import Fact
from archive.vietnamese import words
from validators.bodies import BODIES, unmisread
from validators.dates import DateRead, is_dateline, place_of, read_dateline
from validators.lines import Cell, Paper
from validators.marks import Form, is_stamp, read_form, secrecy
from validators.mottos import MOTTOS, find_motto
from validators.numbers import Codes, Number, read_number
from validators.phrases import starts_like
from validators.titles import Title, find_title

HEAD_REACH = 25  # lines that a head may have before its title

_UNFINISHED = ("ban chap hanh", "bch", "ban thuong vu", "btv", "ban chap hanh bo phan")
# A party body's word alone on its line: what stands below is its name, even "HỘI CỰU CHIẾN BINH TỈNH".
_PARTY_WORD = (
    "chi bo",
    "dang bo",
    "dang uy",
    "chi bo co quan",
    "dang uy co quan",
    "dang bo co quan",
    "dang bo bo phan",
)
# A mass organisation's word alone, likewise: "CÔNG ĐOÀN CƠ SỞ" over "HỘI NÔNG DÂN TỈNH".
_MASS_WORD = (
    *("cong doan", "cong doan co so", "doan thanh nien", "doan co so", "chi doan", "doan tncs ho chi minh"),
    *("hoi phu nu", "chi hoi phu nu", "hoi cuu chien binh", "chi hoi cuu chien binh", "hoi ccb", "chi hoi ccb"),
)
_MASS_BEGINS = (
    "cong doan",
    "to cong doan",
    "lien doan",
    "doan ",
    "chi doan",
    "lien chi doan",
    "bch ",
    "chi hoi",
    "hoi phu nu",
)
_PARTY_BEGINS = ("chi bo", "dang bo", "dang uy", "chi uy", "ban chap hanh", "ban thuong vu", "uy ban kiem tra")
_BREAKS_OFF = re.compile(r"\bngay(?: \d{1,2})?(?: thang(?: \d{1,2})?)?(?: nam)?$")  # a date line, broken
_GOES_ON = re.compile(r"^(?:\d{1,2} )?(?:thang \d{1,2}\b|nam \d{4}|\d{4}$)")
_UNREAD_CODE = re.compile(r"^[^/]{0,12}/ ?[A-ZĐ]{1,3}[^ /]{0,4}$")  # "S: BC/CB": a number line that was misread
_MARK_LINE = re.compile(r"^\W*$")


@dataclass(frozen=True, slots=True)
class Head:
    """What was read of a head; every part may be missing."""

    title: Title | None = None
    number: Number | None = None
    number_at: Fact | None = None
    date: DateRead | None = None
    date_at: Fact | None = None
    place: Fact | None = None
    groups: tuple[tuple[Cell, ...], ...] = ()
    motto: str | None = None
    form: Form | None = None
    form_at: Fact | None = None
    secrecy: Fact | None = None
    body_from: int = 0

    @property
    def issuer(self) -> Fact | None:
        """The organisation that issued the paper: the last one of the left column."""
        return _organisation(self.groups[-1]) if self.groups else None

    @property
    def superior(self) -> Fact | None:
        """The organisation above it."""
        return _organisation(self.groups[-2]) if len(self.groups) > 1 else None


def _organisation(cells: Sequence[Cell]) -> Fact:
    name = " ".join(cell.text for cell in cells).strip(" ,;:.-")
    return Fact(name, cells[0].page, name)


@dataclass(slots=True)
class _Found:
    """The head while it is being read."""

    head: Head
    left: list[Cell] = field(default_factory=list)


def read_head(paper: Paper, printed: Iterable[str], suffix_kinds: Mapping[str, Sequence[str]]) -> Head:
    """The head of a paper. `printed` are the compact keys of printed kinds, `suffix_kinds` those that each suffix of a
    code stands for ("BC" -> "baocao")."""
    title = find_title(paper.head, printed)
    reach = title.line if title else min(HEAD_REACH, _first_sentence(paper.head))
    found = _Found(Head(title=title, body_from=title.end if title else reach))
    cells = [cell for cell in paper.head if cell.line < min(reach, HEAD_REACH + 15) and cell.page == _page(paper.head)]
    codes = Codes.of(suffix_kinds, title.printed if title else (), party=_is_party(cells))
    for cell in _joined(cells):
        _take(found, cell, codes, any_case=paper.encoding != "unicode")
    if title:
        _look_behind(found, paper, title, codes)
    found.head = replace(found.head, groups=_groups(found.left))
    return found.head


def _page(cells: Sequence[Cell]) -> int:
    return cells[0].page if cells else 1


def _first_sentence(cells: Sequence[Cell]) -> int:
    """The line where running text begins."""
    for cell in cells:
        if len(cell.text) > 110 or (len(cell.text) > 60 and cell.text.endswith((".", ";", ":"))):
            return cell.line
    return cells[-1].line + 1 if cells else 0


def _is_party(cells: Sequence[Cell]) -> bool:
    keys = " ".join(cell.key for cell in cells)
    return "cong san" in keys or not ("cong hoa" in keys or "doc lap" in keys or "tncs" in keys)


def _joined(cells: Sequence[Cell]) -> list[Cell]:
    """A code ("Số 16 -" / "HD/BTCTW"), a date line ("..., ngày 04 tháng 3" / "năm 2021") or a motto that is broken over
    two lines, as one cell."""
    joined: list[Cell] = []
    for cell in cells:
        last = joined[-1] if joined else None
        follows = last is not None and cell.line == last.line + 1 and cell.column == last.column
        if last and follows and last.text.endswith(("-", "/")) and last.folded.startswith("so"):
            joined[-1] = replace(last, text=f"{last.text}{cell.text}", line=cell.line)
        elif last and follows and _one_line(last, cell):
            joined[-1] = replace(last, text=f"{last.text} {cell.text}", line=cell.line)
        else:
            joined.append(cell)
    return joined


def _one_line(first: Cell, second: Cell) -> bool:
    """Whether a date line or a motto was broken between two cells."""
    if _BREAKS_OFF.search(first.folded):
        return bool(_GOES_ON.match(second.folded))
    return any("".join(motto) == first.compact + second.compact for motto in MOTTOS)


def _take(found: _Found, cell: Cell, codes: Codes, *, any_case: bool) -> None:
    """Puts what a cell of the head says into its place; what is left over belongs to the left column."""
    mark = secrecy(cell.text, any_case=any_case)
    if mark:
        found.head = replace(found.head, secrecy=Fact(mark, cell.page, cell.text))
        return
    if _MARK_LINE.match(cell.text) or is_stamp(cell.text):
        return
    form = read_form(cell.text)
    if form:
        found.head = replace(found.head, form=form, form_at=Fact(form.code, cell.page, cell.text))
        return
    text = _without_motto(found, cell)
    text = _without_date(found, cell, text)
    text = _without_number(found, cell, text, codes).strip(" *_-–—,;")
    if _UNREAD_CODE.match(text) or not any(char.isalpha() for char in text):
        return
    left = replace(cell, text=text)
    found.left.append(replace(cell, text=unmisread(text)) if left.capitals > 0.6 else left)


def _without_motto(found: _Found, cell: Cell) -> str:
    listed = list(words(cell.text))
    keys = [word.fold for word in listed]
    for motto, name in MOTTOS.items():
        at = find_motto(keys, motto)
        if at is None:
            continue
        if name == "youth" and at == 0 and len(keys) > len(motto) + 1:
            continue  # "ĐOÀN TNCS HỒ CHÍ MINH TRƯỜNG ..." is the issuer itself
        found.head = replace(found.head, motto=found.head.motto or name)
        end = listed[min(at + len(motto), len(listed)) - 1].end
        return (cell.text[: listed[at].start] + " " + cell.text[end:]).strip()
    return cell.text


def _without_date(found: _Found, cell: Cell, text: str) -> str:
    read = read_dateline(text)
    if not read:
        return text
    place, start = place_of(text, read)
    if found.head.date is None:
        words_read = text[start : read.end].strip(" ,")
        found.head = replace(
            found.head,
            date=read,
            date_at=Fact(read.day.isoformat(), cell.page, words_read) if read.day else None,
            place=Fact(place, cell.page, words_read) if place else None,
        )
    return text[:start]


def _without_number(found: _Found, cell: Cell, text: str, codes: Codes) -> str:
    number = read_number(text, codes)
    if not number or found.head.number:
        return text
    found.head = replace(found.head, number=number, number_at=Fact(number.printed, cell.page, cell.text))
    rest = text[number.end :].strip(" *_-–—,;.")
    return rest if len(rest) > 2 else ""


def _look_behind(found: _Found, paper: Paper, title: Title, codes: Codes) -> None:
    """A number or a date line that the reader handed on after the title, each alone in its cell."""
    for cell in paper.head:
        if cell.line < title.end or cell.line > title.end + 30 or cell.page != title.page:
            continue
        if found.head.number is None and len(cell.text) <= 30:
            number = read_number(cell.text, codes)
            if number and number.suffix and number.end >= len(cell.text) - 1:
                found.head = replace(found.head, number=number, number_at=Fact(number.printed, cell.page, cell.text))
        if found.head.date is None and cell.line <= title.end + 6 and is_dateline(cell.text):
            _without_date(found, cell, cell.text)


def _begins(compact: str, body: str) -> bool:
    """Whether a line begins with a body; short words exactly, since "TỈNH ĐỒNG LAM" is no "tỉnh đoàn"."""
    return compact.startswith(body) or (len(body) > 8 and starts_like(compact, body) > 0)


def _unfinished(group: Sequence[Cell], following: Cell) -> bool:
    """Whether a line of the left column names a body only, so that the next line says whose."""
    key = " ".join(part.key for part in group)
    if key in _MASS_WORD:
        return not following.key.startswith((*_PARTY_BEGINS, *_MASS_BEGINS))
    return key in _UNFINISHED or (key in _PARTY_WORD and not following.key.startswith(_PARTY_BEGINS))


def _groups(cells: Sequence[Cell]) -> tuple[tuple[Cell, ...], ...]:
    """The left column as organisations, each over one or more lines."""
    capitals = any(cell.capitals > 0.7 for cell in cells)
    groups: list[list[Cell]] = []
    for cell in cells:
        begins = any(_begins(cell.compact, body) for body in BODIES)
        plain = capitals and cell.capitals < 0.6 and not (begins and len(cell.text) <= 60)
        if len(cell.text) > 120 or plain:
            continue
        if groups and (not begins or _unfinished(groups[-1], cell)):
            groups[-1].append(cell)
        elif begins or cell.capitals > 0.7:
            groups.append([cell])
    return tuple(tuple(group) for group in groups)
