"""The lines and cells of a reading, as recognition looks at them: the opening of a paper and its end, never all of it.

A line is parted into cells where a tab or a wide gap stands, since a head is printed in two columns. Everything is
capped, so that a hostile text costs no more than a long one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from archive.records import Reading
from archive.vietnamese import fold, fold_words, nfc

HEAD_LINES = 70
FOOT_LINES = 110
LINE_LENGTH = 400
PAGE_LENGTH = 16_000
SIGNED_WITHIN = 60  # pages from the end on which the signatures may stand
SIGNED_REACH = 400_000  # letters of each of them
_COVER_LINES, _COVER_LINE, _HEAD_OF_PAGE = 18, 110, 10
_TELLS = re.compile(r"^\W*so ?:? ?\d|\bngay ?\d{1,2} ?(?:thang|/)")  # a number or a day: the head of a paper
_HEADED = re.compile(r"\bcong san viet nam\b|\bchu nghia viet nam\b|\bdoan tncs\b")
BODY_LENGTH = 5_000  # folding costs most of the time; typical words come early

_GAP = re.compile(r"\t| {3,}")
_BETWEEN_WORDS = re.compile(r"\s{2,}")
# "Số      -BC/CB" and "ngày     tháng    năm 2021" are blanks to be filled in, not columns.
_FILL_IN = re.compile(r"(?i)\b(số ?:?|ngày|tháng|năm)[ .…_]{2,}")
# The authority that signs, at the beginning of a line or cell. It may be in NFD: no letter with marks in it.
_SIGNING = re.compile(r"(?:^|[\n\t]|  )(?:T ?/ ?M|TM\.|K ?/ ?T|KT\.|T ?/ ?L|TL\.|TUQ\.)[ .]+[A-ZĐ]")
_SPACES = str.maketrans({"\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u3000": " ", "\v": " ", "\r": " "})


@dataclass(frozen=True)
class Cell:
    """A stretch of text on one line: what is printed (NFC, stripped), its page from 1, its line and column."""

    text: str
    page: int
    line: int
    column: int
    columns: int

    @cached_property
    def key(self) -> str:
        """Words without accents, parted by single blanks."""
        return fold_words(self.text)

    @cached_property
    def compact(self) -> str:
        """The key without blanks: equal for "B Á O  C Á O" and "BÁO CÁO"."""
        return self.key.replace(" ", "")

    @cached_property
    def folded(self) -> str:
        """The text without accents, position by position."""
        return fold(self.text)

    @cached_property
    def capitals(self) -> float:
        """The share of capital letters among all letters."""
        letters = [char for char in self.text if char.isalpha()]
        return sum(char.isupper() for char in letters) / len(letters) if letters else 0.0


def part(text: str, page: int, line: int) -> list[Cell]:
    """The cells of one line of text."""
    text = _FILL_IN.sub(r"\1 ", text[:LINE_LENGTH].translate(_SPACES))
    spelt = text.split()
    if len(spelt) > 4 and all(len(token) == 1 for token in spelt):  # "B Á O  C Á O"
        words = ["".join(word.split()) for word in _BETWEEN_WORDS.split(text.strip())]
        uneven = any(len(word) == 1 for word in words)  # gaps that part no words: "Đ Ă N G  K  Ý"
        return [Cell(("" if uneven else " ").join(words), page, line, 0, 1)]
    parts = _GAP.split(text)
    parts = [piece.strip() for piece in parts]
    filled = [(column, piece) for column, piece in enumerate(parts) if piece]
    return [Cell(" ".join(piece.split()), page, line, column, len(filled)) for column, piece in filled]


def _closing(pages: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The end of a paper: its last pages, or, where a long annex follows the signatures, what stands around them."""
    last = [(number, text[-PAGE_LENGTH:]) for number, text in pages[-3:]]
    lines = [line for _, text in last for line in text.split("\n") if line.strip()][-FOOT_LINES:]
    if not _SIGNING.search("\n".join(lines)):
        for number, text in reversed(pages[-SIGNED_WITHIN:]):
            signed = [match.start() for match in _SIGNING.finditer(text[-SIGNED_REACH:])]
            if signed:
                at = max(len(text) - SIGNED_REACH, 0) + signed[-1]
                return [(number, nfc(text[max(at - 1_500, 0) : at + 1_500]))]
    return [(number, nfc(text)) for number, text in last]


def _past_cover(pages: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The pages without a cover: a first page of few short lines, without number or day, before one with a head."""
    if len(pages) < 2:
        return pages
    first, second = ([line for line in text.split("\n") if line.strip()] for _, text in pages[:2])
    bare = len(first) <= _COVER_LINES and not any(_TELLS.search(fold(line[:200])) for line in first)
    headed = any(_HEADED.search(fold_words(line[:200])) for line in second[:_HEAD_OF_PAGE])
    return pages[1:] if bare and headed and all(len(line) < _COVER_LINE for line in first) else pages


class Paper:
    """What recognition sees of a reading: `head` cells of the opening lines, `foot` cells of the last ones, and the
    words of the first pages as one key."""

    def __init__(self, reading: Reading) -> None:
        self.encoding = reading.encoding
        self.tables = reading.tables
        pages = [(number, page.text) for number, page in enumerate(reading.pages, start=1) if page.text.strip()]
        opening = _past_cover([(n, nfc(text[:PAGE_LENGTH])) for n, text in pages[:4]])[:3]
        self.head = self._cells(opening, first=HEAD_LINES)
        self.foot = self._cells(_closing(pages), last=FOOT_LINES)
        self._opening = "\n".join(text[:BODY_LENGTH] for _, text in opening)[:BODY_LENGTH]

    @cached_property
    def body_key(self) -> str:
        """The words of the first pages without accents, with a blank at both ends."""
        return f" {fold_words(self._opening)} "

    @staticmethod
    def _cells(pages: list[tuple[int, str]], first: int = 0, last: int = 0) -> list[Cell]:
        lines = [(number, line) for number, text in pages for line in text.split("\n") if line.strip()]
        lines = lines[:first] if first else lines[-last:]
        return [cell for at, (page, line) in enumerate(lines) for cell in part(line, page, at)]
