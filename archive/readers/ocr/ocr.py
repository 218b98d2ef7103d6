"""OCR of one page, in a worker: its picture made ready, read by tesseract, and judged by its words.

Nearly every page is read once. A page on its head, in coloured letters or beyond tesseract's sense of columns is seen
by its poor words, and read again; the best reading is kept. Nobody may rely on a page below `DOUBTFUL`.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import median

from PIL import Image

from archive.readers import quality, syllables
from archive.readers.limits import ReadingLimits
from archive.readers.ocr import inks, tesseract
from archive.readers.ocr.pictures import PageImage, page_image
from archive.readers.ocr.tesseract import Word
from archive.readers.office import pasted
from archive.records import Page, Source

GOOD = 0.75  # no second look from here on
DOUBTFUL = 0.6

Picture = Image.Image

_NOTHING = Page("", Source.NONE, 0.0)
_SURE = 0.85  # of a word; tesseract gives right ones 0.9 to 0.97
_FOUR_OF_FIVE = 0.78
_GAP = 2.0  # heights of a line between two words: a new column
_STAIN = 0.4  # signs without letters that are less sure than that are no signs
_SIGN = 0.6  # a line of signs alone, "*" or "-----", must be surer
_SHARE = 0.35  # of the time, after which there is no second look
_WORD = re.compile(r"[^\W_]+")
_BAR = re.compile(r"[_|¦]*[|¦][_|¦]*")  # between two cells
_RULE = re.compile(r"(?<=[^\W_])_+$")  # below a cell
_COLUMN = re.compile(r" *\t[ \t]*")


def engine() -> str:
    """What reads here, with its version."""
    return tesseract.best().name


def describe() -> tuple[str, str]:
    """The engine and the Vietnamese data, for people."""
    return engine(), f"{tesseract.LANGUAGE}, {tesseract.DATA_VERSION}"


def read_page(path: Path, limits: ReadingLimits, *, form: str, number: int) -> Page:
    """The text of page `number`, from 1, of a PDF ("pdf"), of a picture file, or of the page pictures pasted into an
    office file, with a confidence between 0 and 1; an empty page when nothing is found. Raises nothing for a bad
    document but `MemoryError`; the sandbox's alarm ends a page that takes longer than its time, only second looks are
    broken off by themselves."""
    if form in pasted.FORMS:
        page = pasted.page_image(path, limits, number)
    else:
        page = page_image(path, limits, form=form, number=number)
    if page is None:
        return _NOTHING
    found = _read(page, limits.ocr_seconds)
    text = quality.tidy(_text(found.words))
    return Page(text, Source.OCR, found.confidence) if text else _NOTHING


# --- looks at a page -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Look:
    """What was read of a picture. `weight` is what speaks for it against another look at the same page."""

    words: Sequence[Word]
    picture: Picture
    confidence: float
    weight: float


def _read(page: PageImage, seconds: float) -> _Look:
    """The best of the looks that the page needs; their time is counted from the first."""
    began = time.monotonic()
    even = inks.even(page.image)
    bleach = inks.coloured(even) and inks.in_black(even)
    best = _look(inks.level(inks.bleached(even) if bleach else inks.grey(even)), page.dpi, tesseract.PAGE)
    for again in (_head_down, _in_colour, _in_one_block) if bleach else (_head_down, _in_one_block):
        used = time.monotonic() - began
        if best.confidence >= GOOD or used > seconds * _SHARE:
            break
        picture, mode = again(best.picture, even)
        look = _look(picture, page.dpi, mode, seconds - used)
        if look.weight > best.weight:
            best = look
            even = even.transpose(Image.Transpose.ROTATE_180) if again is _head_down else even
    return best


def _head_down(picture: Picture, even: Picture) -> tuple[Picture, int]:
    """Tesseract finds lines that run upwards or downwards, but not which way up they are."""
    return picture.transpose(Image.Transpose.ROTATE_180), tesseract.PAGE


def _in_colour(picture: Picture, even: Picture) -> tuple[Picture, int]:
    """For a paper that is printed in colours."""
    return inks.level(inks.grey(even)), tesseract.PAGE


def _in_one_block(picture: Picture, even: Picture) -> tuple[Picture, int]:
    """Lines that a stain or a pen tears apart are found again when nobody looks for columns."""
    return picture, tesseract.BLOCK


def _look(picture: Picture, dpi: int, mode: int, seconds: float | None = None) -> _Look:
    words = _words(picture, dpi, mode, seconds)
    letters = [(len(text), word.sure) for word in words for text in _WORD.findall(word.text)]
    total = sum(length for length, _sure in letters)
    if not total:
        return _Look(words, picture, 0.0, 0.0)
    possible = syllables.syllable_share(" ".join(word.text for word in words))
    seen = 1 - inks.unread(picture, [(word.left, word.top, word.right, word.bottom) for word in words])
    sure = sum(length for length, sure in letters if sure >= _SURE) / total
    weight = sum(length * max(sure - 0.5, 0.0) for length, sure in letters)
    return _Look(words, picture, _confidence(sure * possible * seen), weight * possible * seen)


def _confidence(share: float) -> float:
    """From the share of letters in words that are sure, possible and not passed over. It is an estimate of how many
    words are right, but for the scale, which puts `DOUBTFUL` where four of five are (benchmarks/reading/ocr.py)."""
    if share < _FOUR_OF_FIVE:
        return round(DOUBTFUL * share / _FOUR_OF_FIVE, 2)
    return round(DOUBTFUL + (1 - DOUBTFUL) * (share - _FOUR_OF_FIVE) / (1 - _FOUR_OF_FIVE), 2)


def _words(picture: Picture, dpi: int, mode: int, seconds: float | None) -> list[Word]:
    try:
        return tesseract.best().words(picture, dpi, mode, seconds)
    except OSError:  # the system's program fails, or is gone by now
        return tesseract.library().words(picture, dpi, mode, seconds)


# --- words to text ---------------------------------------------------------------------------------------------------


def _text(words: Sequence[Word]) -> str:
    """Lines of words, columns parted by a tab."""
    lines = (_line(list(line)) for _place, line in groupby(words, key=lambda word: word.line))
    return "\n".join(line for line in lines if line)


def _line(words: Sequence[Word]) -> str:
    kept = [word for word in words if word.sure >= _STAIN or _WORD.search(word.text)]
    if not any(_WORD.search(word.text) or word.sure >= _SIGN for word in kept):
        return ""
    wide = _GAP * median(word.bottom - word.top for word in kept)
    line, end = "", 0
    for word in kept:
        if line:
            line += "\t" if word.left - end > wide else " "
        line, end = line + _spelt(word.text), word.right
    return _COLUMN.sub("\t", line).strip()


def _spelt(word: str) -> str:
    """A word without the rules of a table that stuck to it, and with the Vietnamese Đ: the data knows the Icelandic
    letter, too, and where it wavers gives both."""
    word = _BAR.sub("\t", word.replace("ÐĐ", "Đ").replace("ĐÐ", "Đ").replace("Ð", "Đ").replace("ð", "đ"))
    return _RULE.sub("", word)
