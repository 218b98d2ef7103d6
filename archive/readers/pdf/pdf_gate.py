"""What to do with the text of a PDF page: keep it, put it in order, convert it, or read the page by OCR instead.

Pure, over what a page tells of itself. Both mistakes cost: a good page sent to OCR loses letters and a minute, a
garbled page let through is a paper with words that it never had. benchmarks/reading/gate.py counts both.

The words decide. Nearly all words of a Vietnamese page are possible syllables, and the others can at least be spoken;
where they cannot, the page is foreign (its little words show it), in an old encoding (its letters show it), or its
letters are wrong: a font without a map to Unicode, a map that lost letters ("CNG HA X HI"), a poor text layer that a
scanner laid over its picture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from archive.readers import legacy, quality
from archive.readers.pdf.pdf_order import JUMPS_FROM
from archive.readers.syllables import is_syllable, is_word
from archive.vietnamese import nfc

FEW_WORDS = 30  # a scan may carry a few words of text: a page number, the box of a digital signature
_COVERS = 0.5  # share of the page that pictures cover to be the page
_MANY_PATHS = 100  # text drawn as outlines
_UNMAPPED = 0.05  # share of letters whose font does not tell which they are
_HIDDEN = 0.5  # share of invisible letters, from which on they are the text layer of a scan

# Measured on words that are not all capitals: Vietnamese pages have 0.98 that can be spoken and 0.015 without a vowel
# at worst, pages that lost a quarter of their letters 0.87 and 0.08 in the middle, poor text layers 0.6 syllables.
_JUDGED_FROM = 8  # words, below which their look says nothing
_SURE = 0.95  # share of syllables that settles it
_SPOKEN = 0.9
_BARE = 0.05
_FEW = 3  # words that may look wrong on any page, however short
_LAYER = 0.7  # a text layer with fewer syllables is worse than our own OCR
_FOREIGN = 0.06  # share of foreign little words; running English and French have over 0.2, tables less
_SAMPLE = 1500  # characters of an old encoding that are converted on trial
_RUBBISH = 0.6  # with fewer words that can be spoken, the text is of no use to anybody

_LETTERS = re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]{2,}")
_ODD = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd-\uffff]")
_ADDRESS = re.compile(r"\S+@\S+|\S+\.(?:vn|com|gov|net|org)\S*|www\.\S+|https?:\S+")
_VOWEL = re.compile("[aeiouyàáâãèéêìíòóôõùúýăĩũơưạ-ỹäëïöüåæœø]", re.IGNORECASE)
# Few of these are Vietnamese syllables, and rare ones.
_LITTLE_WORDS = frozenset(
    re.findall(
        r"\w+",
        """the of and is for with that this by are was from as at or be not have le les des et est un une pour dans que
        sur aux der die das und ist mit von el los en por del""",
    )
)


class Treatment(StrEnum):
    """What becomes of a page's text."""

    KEEP = "keep"
    RESORT = "resort"  # put its characters in the order of their place
    CONVERT = "convert"  # an old encoding: handed on raw, for the vote on the whole document
    OCR = "ocr"


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page tells. `covered` is the share of it under pictures, `hidden` and `unmapped` shares of its letters
    that are invisible or whose font has no map; `nameless` says that a font which is not embedded only numbers its
    letters; `legacy_font` that a font of an old encoding is in use; `jumps` the share of characters that jump back,
    `upright` that they stand so and can be put in order."""

    text: str
    covered: float = 0.0
    pictures: int = 0
    paths: int = 0
    hidden: float = 0.0
    unmapped: float = 0.0
    nameless: bool = False
    legacy_font: bool = False
    jumps: float = 0.0
    upright: bool = True


@dataclass(frozen=True, slots=True)
class Judgement:
    """The treatment of a page; `text_stays` until OCR has read it, for a text that is doubtful but no rubbish."""

    treatment: Treatment
    text_stays: bool = True


@dataclass(frozen=True, slots=True)
class Shares:
    """What the words of a text look like; `words` counts them. Shares are Vietnamese `syllables`, words that can be
    `spoken`, words without a vowel (`bare`) and `foreign` little words."""

    words: int
    syllables: float
    spoken: float
    bare: float
    foreign: float


_KEEP = Judgement(Treatment.KEEP)


def plainly_good(text: str) -> bool:
    """Whether the words alone settle that a page is fine, so that nobody need look at it any closer. Quick: most pages
    go no further."""
    told = list(map(_look_of, text.split()))
    good, odd = told.count(1), told.count(-1)
    if good < FEW_WORDS or odd > (1 - _SURE) * (good + odd):
        return False
    return not _ODD.search(text) or quality.garbage_share(text) <= quality.GARBLED_FROM


@lru_cache(maxsize=65536)
def _look_of(token: str) -> int:
    """1 for a token whose words are all Vietnamese syllables, -1 where one is none, 0 without a word to judge by."""
    found = _words(token[:40])
    return 0 if not found else 1 if all(map(is_syllable, found)) else -1


def judge(facts: PageFacts) -> Judgement:
    """The treatment of a page."""
    if facts.jumps > JUMPS_FROM:
        return Judgement(Treatment.RESORT) if facts.upright else Judgement(Treatment.OCR)
    words = len(facts.text.split())
    if words < FEW_WORDS and _is_picture(facts, words):
        return Judgement(Treatment.OCR, text_stays=False)
    if not words:
        return _KEEP
    if facts.unmapped > _UNMAPPED or quality.garbage_share(facts.text) > quality.GARBLED_FROM:
        return Judgement(Treatment.OCR, text_stays=False)
    if _old(facts):
        return Judgement(Treatment.CONVERT)
    if facts.nameless:
        return Judgement(Treatment.OCR)
    found = _by_words(facts)
    # A few words in an old encoding look like words that lost letters; the other pages will decide.
    return Judgement(Treatment.CONVERT) if facts.legacy_font and found.treatment is Treatment.OCR else found


def shares(text: str) -> Shares:
    """What the words of a text look like: Latin letters, two or more, addresses left out; and no words of capitals, as
    abbreviations look just like words that lost letters."""
    found = _words(_ADDRESS.sub("", text))
    count = max(len(found), 1)
    return Shares(
        len(found),
        sum(map(is_syllable, found)) / count,
        sum(is_word(word.lower()) for word in found) / count,
        sum(1 for word in found if not _VOWEL.search(word)) / count,
        sum(1 for word in found if word.lower() in _LITTLE_WORDS) / count,
    )


def _words(text: str) -> list[str]:
    return [word for word in _LETTERS.findall(nfc(quality.without_piles(text))) if not word.isupper()]


def _is_picture(facts: PageFacts, words: int) -> bool:
    if facts.covered >= _COVERS:
        return True
    return not words and (facts.pictures > 0 or facts.paths > _MANY_PATHS)


def _old(facts: PageFacts) -> bool:
    """Whether the text is in an old encoding, and one can speak what comes out of it."""
    converter = legacy.find((facts.text,), facts.legacy_font)
    return converter is not None and shares(converter.text(facts.text[:_SAMPLE])).spoken >= _RUBBISH


def _by_words(facts: PageFacts) -> Judgement:
    told = shares(facts.text)
    if told.words < _JUDGED_FROM or told.foreign >= _FOREIGN:
        return _KEEP
    lost = told.bare >= _BARE and told.bare * told.words >= _FEW
    unspoken = told.spoken < _SPOKEN and (1 - told.spoken) * told.words >= _FEW
    layer = facts.hidden >= _HIDDEN and facts.covered >= _COVERS and told.syllables < _LAYER
    if lost or unspoken or layer:
        return Judgement(Treatment.OCR, text_stays=told.spoken >= _RUBBISH)
    return _KEEP
