"""Phrases of the rule pack, looked up in a title without regard to case, accents, tone placement and small noise.

Noise is forgiven word by word, and only in words that the pack does not know: "tống kềt" and "tonq ket" are "tổng kết",
but "công tác Đoàn" never is "công tác Đảng", however alike the letters are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from archive.vietnamese import fold_words

_DIGIT_LETTERS = str.maketrans("01568", "oisgb")  # what OCR takes letters for
LOOSE = 72.0
_YEARS = re.compile(r" (?:19|20)\d\d(?= )")


def allowance(length: int) -> int:
    """How many letters of a phrase or printed kind may be wrong before it is another one."""
    if length < 5:
        return 0
    if length < 12:
        return 1
    return 2 if length < 20 else 3


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase ready to be looked up: its text as the pack has it, its words, and its key with blanks around it."""

    text: str
    parts: tuple[str, ...]
    padded: str
    compact: str

    @classmethod
    def of(cls, text: str) -> Phrase:
        """The phrase of a pack's words."""
        key = fold_words(text)
        return cls(text, tuple(key.split()), f" {key} ", key.replace(" ", ""))


def phrases(texts: Iterable[str]) -> tuple[Phrase, ...]:
    """All phrases of a list, longest first, so that the most telling one is found first."""
    return tuple(sorted((Phrase.of(text) for text in texts), key=lambda phrase: -len(phrase.compact)))


class Vocabulary:
    """Every word of a pack's phrases; tells which of them a misread word may be."""

    def __init__(self, all_phrases: Iterable[Phrase]) -> None:
        self._words = frozenset(part for phrase in all_phrases for part in phrase.parts)
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(self._words):
            self._by_length.setdefault(len(word), []).append(word)

    def options(self, word: str) -> Mapping[str, int]:
        """The words it may be, with how many letters differ: itself when it is known, else the near ones."""
        if word in self._words or word.isdecimal():
            return {word: 0}
        letters = word if word.isalpha() else word.translate(_DIGIT_LETTERS)
        found = {}
        for length in range(len(letters) - 1, len(letters) + 2):
            for known in self._by_length.get(length, ()):
                limit = 0 if length < 3 else 1 if length < 7 else 2
                distance = Levenshtein.distance(letters, known, score_cutoff=limit)
                if distance <= limit:
                    found[known] = distance
        return found or {word: 0}


class TitleWords:
    """The words of a title, ready for phrases to be looked up in."""

    def __init__(self, key: str, vocabulary: Vocabulary) -> None:
        self.padded = f" {key} "
        self._timeless = _YEARS.sub("", self.padded)  # "tổng kết năm 2021 của công đoàn"
        self.compact = key.replace(" ", "")
        self._words = tuple(key.split()[:80])
        self._options = [vocabulary.options(word) for word in self._words]
        self.noisy = any(word not in option for word, option in zip(self._words, self._options, strict=True))

    def quality(self, phrase: Phrase) -> float:
        """How well a phrase stands in the title: 1 word for word, less with noise, 0 not at all."""
        if phrase.padded in self.padded or phrase.padded in self._timeless:
            return 1.0
        if len(phrase.compact) >= 8 and phrase.compact in self.compact:
            return 0.98  # words torn apart or run together
        return self._misread(phrase) if self.noisy and len(phrase.compact) >= 6 else 0.0

    def _misread(self, phrase: Phrase, more: int = 0) -> float:
        size = len(phrase.parts)
        limit = allowance(len(phrase.compact)) + more
        for at in range(len(self._options) - size + 1):
            wrong = whole = 0
            for part, options in zip(phrase.parts, self._options[at : at + size], strict=True):
                letters = options.get(part, 99)
                wrong += letters
                whole += not letters
                if wrong > limit:
                    break
            else:
                if whole or size == 1 or more:
                    return 0.97 - 0.02 * wrong
        return 0.0

    def forbids(self, candidates: Iterable[Phrase]) -> bool:
        """Whether one of the phrases stands in the title. More noise is forgiven than in phrases that speak for a kind,
        and in long ones a letter even where that makes another word: to doubt is safer here than to believe."""
        return any(
            self.quality(phrase)
            or self._nearly(phrase)
            or (self.noisy and len(phrase.compact) >= 8 and self._misread(phrase, more=1))
            for phrase in candidates
        )

    def _nearly(self, phrase: Phrase) -> bool:
        size = len(phrase.parts)
        if size < 3:
            return False
        known = sum(part in self._words for part in phrase.parts)
        for at in range(len(self._words) - size + 1) if known >= size - 1 else ():
            pairs = zip(phrase.parts, self._words[at : at + size], strict=True)
            other = [(part, word) for part, word in pairs if part != word]
            if len(other) == 1 and len(other[0][0]) > 2 and Levenshtein.distance(*other[0], score_cutoff=1) <= 1:
                return True
        return False

    def best(self, candidates: Iterable[Phrase]) -> tuple[float, str]:
        """The best of several phrases, and its words."""
        found = (0.0, "")
        for phrase in candidates:
            value = self.quality(phrase)
            if value == 1.0:
                return value, phrase.text
            if value > found[0]:
                found = (value, phrase.text)
        return found

    def resembles(self, candidates: Sequence[Phrase]) -> bool:
        """Whether one of the phrases stands there, or might after all, badly misread."""
        return self.best(candidates)[0] > 0 or any(
            len(phrase.compact) >= 6
            and len(phrase.compact) <= len(self.compact)
            and fuzz.partial_ratio(phrase.compact, self.compact, score_cutoff=LOOSE) > 0
            for phrase in candidates
        )


def starts_like(compact: str, prefix: str) -> int:
    """How many letters of `compact` are the prefix, with the allowed noise; 0 = it does not start so."""
    if compact.startswith(prefix):
        return len(prefix)
    allowed = allowance(len(prefix))
    if not allowed:
        return 0
    # Most are far from it at any length: a letter more or less changes the distance by one at most.
    if Levenshtein.distance(compact[: len(prefix)], prefix, score_cutoff=allowed + 1) > allowed + 1:
        return 0
    lengths = range(max(len(prefix) - 1, 1), min(len(prefix) + 1, len(compact)) + 1)
    ranked = [
        (Levenshtein.distance(compact[:length], prefix, score_cutoff=allowed), abs(length - len(prefix)), length)
        for length in lengths
    ]
    distance, _, length = min(ranked, default=(allowed + 1, 0, 0))
    return length if distance <= allowed else 0
