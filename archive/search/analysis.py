"""The one chain from text to search words, for indexing, queries and highlighting.

Words are those of `archive.vietnamese` with two rules for document numbers: a leading zero does not count ("09" is
"9"), and digits glued to the abbreviation of a kind of paper are parted ("164CV" is "164 CV"). Change `SCHEMA` of
`archive.search.postings` with anything here that changes words: it forces the index to be rebuilt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

from archive import vietnamese
from archive.search.codes import ABBREVIATIONS
from archive.search.remembering import Remembered

LONGEST_WORD = 64  # letters of a word that count; base64 blobs in a text are no words

_TYPES = "|".join(sorted(ABBREVIATIONS, key=len, reverse=True))
_TOKEN = re.compile(rf"([^\W\d_][^\W_]*|\d+(?=(?:{_TYPES})(?![^\W_]))|[^\W_]+)")
_SHORT = 20_000  # characters of a text whose words are remembered a while


@dataclass(frozen=True, slots=True)
class Token:
    """A word with both keys; `start` and `end` are positions in the text as `clean` makes it."""

    exact: str
    fold: str
    start: int
    end: int


def clean(text: str) -> str:
    """The text that is stored and shown, and that positions refer to. NFC till nothing changes: taking a character away
    may leave letter and mark side by side that were parted before."""
    while (again := vietnamese.nfc(text)) != text:
        text = again
    return text


def key(word: str) -> str:
    """The exact key of a word of an exact text."""
    if word[0] == "0" and word.isdecimal():
        return word.lstrip("0")[:LONGEST_WORD] or "0"
    return word[:LONGEST_WORD]


FOLDED = Remembered(lambda word: vietnamese.bare(key(word)))  # by exact keys, and by words of exact texts


def keys(clean_text: str) -> list[str]:
    """The exact keys of the words of a text, in order."""
    words = _TOKEN.findall(vietnamese.exact(clean_text))
    return [key(word) if word[0] == "0" or len(word) > LONGEST_WORD else word for word in words]


class Line:
    """The words of a text that is shown, as they stand in the exact text, and where."""

    def __init__(self, clean_text: str) -> None:
        self._parts = _TOKEN.split(vietnamese.exact(clean_text))  # what is between the words and the words, in turn
        self.words = self._parts[1::2]

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(map(len, self._parts)))

    def span(self, at: int) -> tuple[int, int]:
        """Start and end of a word. Raises IndexError where there are not so many."""
        return self._ends[2 * at], self._ends[2 * at + 1]


def line(clean_text: str) -> Line:
    """The words of a text. What is shown is asked for twice, by who judges it and by who marks words in it."""
    return _line(clean_text) if len(clean_text) <= _SHORT else Line(clean_text)


_line = lru_cache(maxsize=64)(Line)


def tokens(text: str) -> list[Token]:
    """The words of a text with their places in `clean(text)`."""
    found = []
    for match in _TOKEN.finditer(vietnamese.exact(clean(text))):
        exact = key(match[0])
        found.append(Token(exact, vietnamese.bare(exact), match.start(), match.end()))
    return found
