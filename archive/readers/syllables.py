"""What a Vietnamese word may look like: an onset, a rhyme and a tone. A grammar, no word list: bounded and quick.

For the vote on old encodings, the quality of a page's text and the confidence in what OCR gave.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ONSETS = ("ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", *"bcdđghklmnprstvx")
# By their last letter: open, nasal or semivowel rhymes take all six tones, those that end in a stop only two.
_OPEN = """
a ai am an ang anh ao au ay ăm ăn ăng âm ân âng âu ây e em en eng eo ê êm ên ênh êu i ia iêm iên iêng iêu im in inh iu
o oa oai oam oan oang oanh oao oay oăm oăn oăng oe oen oeo oi om on ong ô ôi ôm ôn ông ơ ơi ơm ơn u ua uân uâng
uây uê uênh ui um un ung uôi uôm uôn uông uơ uy uya uyên uynh uyu ư ưa ưi ưm ưn ưng ươi ươm ươn ương ươu ưu
y yêm yên yêng yêu ynh êng
"""
_STOPPED = """
ac ach ap at ăc ăk ăp ăt âc âp ât ec ep et êch êp êt ich iêc iêp iêt ip it oac oach oap oat oăc oăt oc oet ooc op ot
ôc ôp ôt ơp ơt uât uc uêch uôc uôt up ut uych uyêt uyt ưc ưt ươc ươp ươt yêt ych yt
"""
_RHYMES = {**dict.fromkeys(_OPEN.split(), False), **dict.fromkeys(_STOPPED.split(), True)}
_FRONT = tuple("eêiy")  # before these k, gh and ngh are written, before the others c, g and ng
_LONGEST = 12  # "nghiêng" with its marks as characters of their own
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_HIGH_OR_HEAVY = "\u0301\u0323"

_WORD = re.compile(r"[^\W\d_²³¹ªº]{2,}")
_VOWEL = re.compile("[aeiouy]", re.IGNORECASE)
_CLUSTER = re.compile("[^aeiouy]{5}|(.)\\1\\1", re.IGNORECASE)  # "ngths" is as far as English goes
_SINGLE = frozenset("abcdefghijklmnopqrstuvwxyzđ")  # "đ" after a sum of money; letters of an enumeration
_ABBREVIATION = re.compile("[A-ZĂÂĐÊÔƠƯ]{1,7}")


def is_syllable(word: str) -> bool:
    """Whether a word is a possible Vietnamese syllable, in any case, the tone mark on any of its vowels."""
    return 0 < len(word) <= _LONGEST and _is_syllable(word)


@lru_cache(maxsize=65536)
def _is_syllable(word: str) -> bool:
    marks = unicodedata.normalize("NFD", word.lower())
    tones = _TONES.findall(marks)
    plain = unicodedata.normalize("NFC", _TONES.sub("", marks))
    if len(tones) > 1:
        return False
    tone = tones[0] if tones else ""
    return any(_fits(onset, plain[len(onset) :], tone) for onset in ("", *_ONSETS) if plain.startswith(onset))


def _fits(onset: str, rhyme: str, tone: str) -> bool:
    stopped = _RHYMES.get(rhyme)
    if stopped is None:
        return False
    if onset in ("gh", "ngh") and not rhyme.startswith(_FRONT):
        return False
    if onset == "c" and rhyme.startswith(_FRONT):
        return False
    if onset in ("g", "ng") and rhyme.startswith(_FRONT) and not (onset == "g" and rhyme.startswith("i")):
        return False
    return not stopped or (tone != "" and tone in _HIGH_OR_HEAVY)


def is_word(word: str) -> bool:
    """Whether letters look like a word that stands in a Vietnamese paper: a syllable, an abbreviation of capitals
    (UBND, HĐND), or an unmarked or foreign word of ASCII letters that can be spoken."""
    if is_syllable(word):
        return True
    if _ABBREVIATION.fullmatch(word) or (len(word) == 1 and word in _SINGLE):
        return True
    if not word.isascii():
        return False
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    return len(word) <= 24 and _VOWEL.search(word) is not None and _CLUSTER.search(word) is None


def syllable_share(text: str) -> float:
    """Share of a text's words (two letters and more) that look like words, 0.0 to 1.0; 1.0 when there are none. Single
    letters say nothing: they stand in formulas and are left over between wrong signs."""
    found = _WORD.findall(unicodedata.normalize("NFC", text))
    return sum(map(is_word, found)) / len(found) if found else 1.0
