"""What a paper reports on: a year, half a year, a quarter, a month; from its title, its opening, its date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import Levenshtein

from archive.records import Fact, Period
from archive.vietnamese import fold
from validators.dates import strip_dates

_YEAR = r"((?:19|20)\d\d)"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NUMBERS = {
    "gieng": 1, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10, "muoi mot": 11, "muoi hai": 12, "chap": 12,
}  # fmt: skip
# Without accents "tháng sáu" is "tháng sau" (the next month) and "tháng năm" may be an unfilled date.
_COUNT = r"(\d{1,2}|mot|hai|ba|bon|tu|nam(?= nam)|sau(?= nam)|bay|tam|chin|muoi(?: mot| hai)?|gieng|chap)"
_HALF = re.compile(
    r"\b(?:0?6 ?th[a-z]{2,3}\b(?! ?\d{1,2}(?!\d))(?: ?(dau|cuoi))?|sau thang (dau|cuoi)\b"
    r"|(?:nua(?: dau| cuoi)?|giua) nam\b|ban nien\b)"
)
_MANY = re.compile(
    r"\b(?:(?:0?[2-9]|1[01]|ba|chin) ?thang (?:dau|cuoi|nam|qua|(?:19|20)\d\d)"
    r"|[^ ]{0,5} ?th(?!uong\b)[a-z]{2,5} (?:dau|cuoi) nam)\b"  # misread; but "khen thưởng cuối năm"
)
_SPAN = re.compile(r"\btu ?thang ?(\d{1,2})[ /\d]{0,9}(?:den|-|–) ?(?:het )?thang ?(\d{1,2})\b")
_DAY_SPAN = re.compile(
    r"\btu (?:ngay )?\d{1,2}/(\d{1,2})/(\d{4}) ?(?:den|-|–) ?(?:het )?(?:ngay )?\d{1,2}/(\d{1,2})/(\d{4})"
)
_QUARTER = re.compile(r"\bqui ?(i{1,3}|iv|[1-4])\b")
_MONTH = re.compile(rf"\bthang ?(?:thu )?{_COUNT}\b")
_YEAR_SAID = re.compile(rf"\bnam ?{_YEAR}\b")
_YEAR_BARE = re.compile(rf"(?<![\d/.-]){_YEAR}(?![\d])")
_WHOLE = re.compile(r"\b(?:ca|tron|toan) nam\b|\b12 thang\b")
_TERM = re.compile(rf"\b(?:nhiem ki|khoa|giai doan|nam hoc)[ a-z]{{0,12}}{_YEAR} ?[-–] ?{_YEAR}")
# What a paper is about, not the term of the committee that issues it.
_OF_TERM = re.compile(
    r"\b(?:tong ket|ket qua|kiem diem|danh gia|xep loai|thuc hien|cong tac|toan|ca|trong|het) (?:cua )?"
    rf"(?:nhiem ki|khoa)[ a-z,]{{0,12}}{_YEAR} ?[-–] ?{_YEAR}"
)
_AHEAD = re.compile(
    r"\b(?:phuong huong|nhiem vu (?:trong tam )?(?:nam|thang|qui)|ke hoach (?:cong tac )?nam|muc tieu|giai phap)\b"
)
# "hoàn thành xuất sắc nhiệm vụ năm 2021" and "kết quả thực hiện nhiệm vụ năm 2021" look back.
_DONE = re.compile(r"(?:hoan thanh(?: xuat sac| tot)?|ket qua|thuc hien) (?:cac |tot )?$")


@dataclass(frozen=True, slots=True)
class PeriodRead:
    """A period and the words it was read from; `sure` is false where only the paper's date tells it."""

    period: Period
    read: Fact
    sure: bool = True


def read_period(text: Fact, *, plan: bool = False, parts: bool = True) -> PeriodRead | None:
    """The period that a title or a sentence names. What lies ahead ("phương hướng, nhiệm vụ năm 2022") is not it,
    unless the paper is a plan. `parts` = False asks for the year alone: running text is full of months."""
    folded = _TERM.sub(lambda match: " " * len(match[0]), strip_dates(fold(text.value)))
    ahead = next((found for found in _AHEAD.finditer(folded) if not _DONE.search(folded[: found.start()][-40:])), None)
    past = folded if plan or not ahead else folded[: ahead.start()]
    year = _year(past)
    if year is None and ahead and not plan:
        year = _year_before(folded[ahead.start() :], past)
    part, index, at = _part(past, fold(text.value)) if parts else ("year", None, -1)
    first_year = _YEAR_SAID.search(past)
    if part != "year" and (_WHOLE.search(past) or (first_year and first_year.start() < at)):
        part, index = "year", None  # "quý IV và cả năm 2021", "năm 2021 (số liệu đến tháng 11)"
    if part == "year" and year is None:
        return _of_term(text) if parts else None
    return PeriodRead(Period(year, part, index), text)


def _of_term(text: Fact) -> PeriodRead | None:
    """ "Báo cáo kiểm điểm nhiệm kỳ 2020-2025" is of a term."""
    said = _OF_TERM.search(fold(text.value))
    if said is None or int(said[1]) >= int(said[2]):
        return None
    return PeriodRead(Period(int(said[2]), "term", since=int(said[1])), text)


def _year(folded: str) -> int | None:
    said = _YEAR_SAID.search(folded) or _YEAR_BARE.search(folded)
    if said:
        return int(said[1])
    slashed = re.search(rf"\bthang ?\d{{1,2}} ?[/.-] ?{_YEAR}\b|\bqui ?\w{{1,3}} ?[/.-] ?{_YEAR}\b", folded)
    return int(slashed[1] or slashed[2]) if slashed else None


def _year_before(ahead: str, past: str) -> int | None:
    """The year before the one ahead: "tổng kết công tác năm, phương hướng năm 2022" reports on 2021."""
    said = _YEAR_SAID.search(ahead)
    if said and re.search(r"\b(?:thang|qui)\b", ahead[: said.start()]):
        return int(said[1])  # "công tác tháng 11, nhiệm vụ tháng 12 năm 2021"
    return int(said[1]) - 1 if said and re.search(r"tong ket|ket qua|nam", past) else None


def _misread_part(folded: str) -> int:
    """Where "6 tháng đầu năm" stands with a letter wrong ("6 tmang dau nam", "sau thang dau nam"); -1 = nowhere."""
    tokens = folded.split()[:60]
    for at, token in enumerate(tokens):
        if not 4 <= len(token) <= 6 or Levenshtein.distance(token, "thang", score_cutoff=1) > 1:
            continue
        before = tokens[at - 1] if at else ""
        after = [*tokens[at + 1 : at + 3], "", ""]
        counted = before.lstrip("0") in ("6", "9", "sau", "chin") and not after[0][:1].isdigit()
        begun = (
            after[0] not in _NUMBERS
            and min(Levenshtein.distance(after[0], word) for word in ("dau", "cuoi")) <= 1
            and after[1].startswith("n")
        )
        if (counted and after[0]) or begun:
            return folded.find(token)
    return -1


_Part = tuple[int, str, int | None]  # where it stands, the part, its count


def _part(folded: str, dated: str) -> tuple[str, int | None, int]:
    """The part of a year that is named first, its count, and where. `dated` is the text with its dates."""
    found = [*_months_counted(folded), *_spans(folded, dated), *_quarter(folded), *_month(folded)]
    at, part, index = min(found, key=lambda item: item[0], default=(-1, "year", None))
    return part, index, at


def _months_counted(folded: str) -> list[_Part]:
    half = _HALF.search(folded)
    if half:
        return [(half.start(), "half", 2 if "cuoi" in (half[1], half[2]) else 1)]
    many = _MANY.search(folded)
    at = many.start() if many else _misread_part(folded)
    return [(at, "part", None)] if at >= 0 else []


def _spans(folded: str, dated: str) -> list[_Part]:
    months, days = _SPAN.search(folded), _DAY_SPAN.search(dated)
    found = [(months.start(), *_span(int(months[1]), int(months[2])))] if months else []
    if days:
        years = int(days[4]) - int(days[2])
        found.append((days.start(), *_span(int(days[1]), int(days[3]) + 12 * years)))
    return found


def _quarter(folded: str) -> list[_Part]:
    quarter = _QUARTER.search(folded)
    return [(quarter.start(), "quarter", _ROMAN.get(quarter[1]) or int(quarter[1]))] if quarter else []


def _month(folded: str) -> list[_Part]:
    month = _MONTH.search(folded)
    if not month:
        return []
    index = int(month[1]) if month[1].isdecimal() else _NUMBERS[month[1]]
    return [(month.start(), "month", index)] if 1 <= index <= 12 else []


def _span(first: int, last: int) -> tuple[str, int | None]:
    length = last - first + 1
    if length >= 12:  # "từ 15/12/2020 đến 15/12/2021"
        return "year", None
    if length == 6:
        return "half", 1 if first == 1 else 2
    if length == 3 and first % 3 == 1:
        return "quarter", (first + 2) // 3
    return ("month", first) if length == 1 else ("part", None)


def period_of_date(day: date, read: Fact, kind_period: str) -> PeriodRead | None:
    """The period by the paper's date alone. A yearly paper of January tells of the year before; a plan of December
    might be for either year, so nothing is said."""
    if kind_period == "month":
        return PeriodRead(Period(day.year, "month", day.month), read, sure=False)
    if kind_period == "plan" and day.month == 12:
        return None
    year = day.year - 1 if kind_period == "year" and day.month == 1 else day.year
    return PeriodRead(Period(year), read, sure=False)
