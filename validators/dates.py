"""Dates as papers print them: `Hòa Phú, ngày 15 tháng 12 năm 2021`, `ngày 15/12/2021`, and blanks left to be filled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import Levenshtein

from archive.vietnamese import fold

# Over folded text; digits may be torn apart by OCR, "1 5 tháng 1 2 năm 2 0 2 1".
_WORDS = re.compile(r"\bngay ?(\d ?\d?) ?thang ?(\d ?\d?),? ?(?:nam)? ?((?:1 ?9|2 ?0) ?\d ?\d)(?!\d)")
_FIGURES = re.compile(r"(?<![\dlio|/.-])(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?((?:19|20)\d\d)(?!\d)")
# Misread by OCR: "ngảy", "thảng" fold away; "thánq", "háng", "nãrn" do not, nor "l1" for 11 and "2O21" for 2021.
_DIGIT = r"[\dlioszb|]"
_NOISY = re.compile(
    rf"(?<![a-z\d|])({_DIGIT}{{1,2}})[ .]?([a-z][a-z.]{{2,6}})[ .]?({_DIGIT}{{1,2}})[ .,]*([a-z][a-z.]{{1,3}}) ?"
    rf"({_DIGIT}{{4}})(?![a-z\d])"
)
_NOISY_FIGURES = re.compile(rf"(?<![a-z\d/|])({_DIGIT}{{1,2}})/({_DIGIT}{{1,2}})/({_DIGIT}{{4}})(?![a-z\d])")
_READ_AS = str.maketrans("lioszb|", "1105281")
_BLANK = re.compile(r"\bngay[ .…/_]*thang[ .…/_]*(?:nam|\d|$)|\bngay[ .…_]*/[ .…_]*/")
_LINE = re.compile(r"\b(?:ngay|n[a-z]{2,3}y) ?[\d .…/_]")
_LABEL = re.compile(r"(?<![^ ,.])([a-z]{3,5}) ?$")
_PLACE_SHORT = {"tp.", "tp", "tx.", "tt.", "tx"}


@dataclass(frozen=True, slots=True)
class DateRead:
    """A date in a text: the day (None = printed, but left blank), where its words start and end, and the year alone
    where a blank date tells it."""

    day: date | None
    start: int
    end: int
    year: int | None = None


def _made(*figures: str) -> date | None:
    day, month, year = (int(figure.replace(" ", "")) for figure in figures)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_date(text: str, *, noisy: bool = False) -> DateRead | None:
    """The first date in a text, written in words or figures; `noisy` forgives letters misread in the month's word."""
    folded = fold(text)
    for pattern in (_WORDS, _FIGURES):
        for match in pattern.finditer(folded):
            day = _made(*match.groups())
            if day:
                return DateRead(day, match.start(), match.end(), day.year)
    return _misread_date(folded) if noisy else None


def _misread_date(folded: str) -> DateRead | None:
    """A date with letters misread in its words or figures; its month and year words must still be told."""
    written = [match for match in _NOISY.finditer(folded) if _like(match[2], "thang", 2) and _like(match[4], "nam", 1)]
    found = [(match, match.group(1, 3, 5)) for match in written]
    found += [(match, match.group(1, 2, 3)) for match in _NOISY_FIGURES.finditer(folded)]
    for match, figures in found:
        day = _made(*(figure.translate(_READ_AS) for figure in figures))
        if day and 1900 < day.year < 2100:
            return DateRead(day, match.start(), match.end(), day.year)
    return None


def _like(word: str, meant: str, most: int) -> bool:
    return Levenshtein.distance(word.replace(".", ""), meant, score_cutoff=most) <= most


def read_dateline(text: str) -> DateRead | None:
    """The date of a head's or foot's date line, blank ones too."""
    found = read_date(text, noisy=True)
    if found:
        return found
    folded = fold(text)
    blank = _BLANK.search(folded)
    if not blank:
        return None
    year = re.search(r"nam ?((?:19|20)\d\d)", folded[blank.start() :])
    return DateRead(None, blank.start(), len(text), int(year[1]) if year else None)


def is_dateline(text: str) -> bool:
    """Whether a cell holds a place and a date and nothing more."""
    if len(text) > 90 or not any(char.isdecimal() for char in text):
        return False
    found = read_dateline(text)
    return bool(found and len(text) - found.end <= 3 and _LINE.search(fold(text)) and place_of(text, found)[0])


def place_of(text: str, found: DateRead) -> tuple[str, int]:
    """The place before a date, and where it starts in the text: "Hòa Phú" of "CHI BỘ X Hòa Phú, ngày ..."."""
    before = text[: found.start]
    label = _LABEL.search(fold(before))
    if label and (label[1].startswith("ng") or (label[1] != "nam" and _like(label[1], "ngay", 2))):
        before = before[: label.start()]
    before = before.rstrip(" ,.;-")
    place: list[str] = []
    at = len(before)
    for token in reversed(before.split(" ")):
        if len(place) == 5 or not _place_word(token):
            break
        place.insert(0, token)
        at = at - len(token) - (1 if len(place) > 1 else 0)
    return " ".join(place), max(at, 0)


def _place_word(token: str) -> bool:
    if not token or not token[0].isalpha():
        return False
    if fold(token) in _PLACE_SHORT:
        return True
    return token[0].isupper() and (len(token) == 1 or not token.isupper())


def strip_dates(folded: str) -> str:
    """A folded text without its dates, so that their years are not taken for the year reported on."""
    return _FIGURES.sub(" ", _WORDS.sub(" ", folded))
