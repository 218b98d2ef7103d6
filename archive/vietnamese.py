"""Vietnamese text, one module for indexing, queries, highlighting, recognition and the comparison of names.

The chain of design.md 8: NFC, look-alike letters mended, one place for the tone mark, lower case, i/y in open
syllables, words; and the same without accents. Every step after `nfc` keeps the length, so a position in a key is a
position in the NFC text. Change `ANALYSIS_VERSION` with anything that changes a key: it forces the index to be rebuilt.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

ANALYSIS_VERSION = "1"

# The Icelandic and African look-alikes of Đ come from wrong keyboards; Ƣ for Ư from PDF fonts with a wrong map.
_LOOK_ALIKES = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "Ƣ": "Ư", "ƣ": "ư", "İ": None})
_LOOKS_ALIKE = re.compile("[ÐƉðƢƣİ]")  # few texts have one, and `translate` is slow
_TONES = "̣̀́̃̉"  # grave, acute, tilde, hook above, dot below


def _tone_pairs() -> dict[str, str]:
    """Old placement to new: the tone goes to the last vowel of open oa, oe, uy ("òa" -> "oà")."""
    pairs = {}
    for first, seconds in (("o", "ae"), ("u", "y")):
        for second in seconds:
            for tone in _TONES:
                old = unicodedata.normalize("NFC", first + tone) + second
                pairs[old] = first + unicodedata.normalize("NFC", second + tone)
    return pairs


_TONE_PAIRS = _tone_pairs()
_END = r"(?![^\W_])"
_OLD_TONE = re.compile(f"(?:{'|'.join(_TONE_PAIRS)}){_END}")
# The vowel first, then what stands before it: a search for a set of letters is five times as fast.
_OPEN_Y = re.compile(rf"[yýỳỷỹỵ](?:(?<=(?<![^\W_])[hklmstv].)|(?<=(?<![^\W_])qu.)){_END}")
_Y_TO_I = dict(zip("yýỳỷỹỵ", "iíìỉĩị", strict=True))
_WORD = re.compile(r"[^\W_]+")


def _bare_letters() -> dict[int, str]:
    """Every Latin letter with marks and its bare letter; đ must be said, it does not decompose."""
    table = {ord("đ"): "d", ord("Đ"): "D"}
    for code in (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table.setdefault(code, base)
    return table


_BARE = _bare_letters()


def nfc(text: str) -> str:
    """NFC with look-alike letters mended: the text that positions refer to and that people are shown."""
    text = unicodedata.normalize("NFC", text)
    return text.translate(_LOOK_ALIKES) if _LOOKS_ALIKE.search(text) else text


def exact(text: str) -> str:
    """The key that keeps accents: lower case, one tone placement, i for y in open syllables. Takes any text; the
    length is that of `nfc(text)`."""
    return _exact_line(text) if len(text) <= _LINE else _exact(text)


# Papers of one office share their heads, titles and signatures: the keys of short lines are asked for again and again.
_LINE = 100


def _exact(text: str) -> str:
    text = nfc(text)
    lowered = text.lower()
    if len(lowered) != len(text):  # a few exotic capitals grow; they stay as they are
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    lowered = _OLD_TONE.sub(lambda match: _TONE_PAIRS[match[0]], lowered)
    return _OPEN_Y.sub(lambda match: _Y_TO_I[match[0]], lowered)


_exact_line = lru_cache(maxsize=1 << 15)(_exact)


def bare(text: str) -> str:
    """The text without accents, đ as d; case and everything else kept."""
    return nfc(text).translate(_BARE)


def fold(text: str) -> str:
    """The key without accents, of the same length as `exact`."""
    return _fold_line(text) if len(text) <= _LINE else _exact(text).translate(_BARE)


@lru_cache(maxsize=1 << 15)
def _fold_line(text: str) -> str:
    return _exact_line(text).translate(_BARE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text with both keys; `start` and `end` are positions in the NFC text."""

    exact: str
    fold: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of a text in order; nothing is too short or too common to be one."""
    with_accents = exact(text)
    without = with_accents.translate(_BARE)
    for match in _WORD.finditer(with_accents):
        yield Word(match[0], without[match.start() : match.end()], match.start(), match.end())


def exact_words(text: str) -> str:
    """Words with accents, parted by single blanks: equal for names that differ in case, tone place or dashes only."""
    return " ".join(_WORD.findall(exact(text)))


def fold_words(text: str) -> str:
    """Words without accents, parted by single blanks."""
    return " ".join(_WORD.findall(fold(text)))


def accented_letters() -> frozenset[str]:
    """Every letter that `bare` changes."""
    return frozenset(map(chr, _BARE))


def has_accents(text: str) -> bool:
    """Whether anything would be lost without accents."""
    return bare(text) != nfc(text)


_LETTERS = {letter: rank for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", start=1)}
_TONE_ORDER = {"̀": 1, "̉": 2, "̃": 3, "́": 4, "̣": 5}
_NUMBERS = re.compile(r"(\d+)")


def collation_key(text: str) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...], str]:
    """Sorts as a Vietnamese dictionary does (a ă â b c d đ …, then tones), numbers by their value."""
    primary: list[tuple[int, int]] = []
    tones: list[int] = []
    for part in _NUMBERS.split(nfc(text).lower()):
        if part.isdecimal():
            primary.append((1, int(part)))
            continue
        for char in part:
            rank, tone = _place(char)
            primary.append(rank)
            tones.append(tone)
    return tuple(primary), tuple(tones), text


@lru_cache(maxsize=1 << 12)
def _place(char: str) -> tuple[tuple[int, int], int]:
    """Where a small letter stands in a dictionary, and its tone."""
    marks = unicodedata.normalize("NFD", char)
    tone = next((mark for mark in marks if mark in _TONE_ORDER), "")
    letter = unicodedata.normalize("NFC", marks.replace(tone, "")) if tone else char
    rank = _LETTERS.get(letter)
    return (2, rank) if rank else (0, ord(char)), _TONE_ORDER.get(tone, 0)
