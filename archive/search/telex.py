"""What was meant by keys typed for the Vietnamese keyboard (Telex) while it was off: "tieets kieemj" -> tiết kiệm."""

from __future__ import annotations

import re
import unicodedata

_TONES = {"f": "̀", "s": "́", "r": "̉", "x": "̃", "j": "̣"}
_HATS = {"a": "â", "e": "ê", "o": "ô"}
_HORNS = {"a": "ă", "o": "ơ", "u": "ư"}
_VOWELS = "aăâeêioôơuưy"
_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RIMES = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et
    ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan
    oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông
    ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy
    uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y ych yêm yên yêng
    yêt yêu ynh yt
"""


def _one_of(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


_SYLLABLE = re.compile(f"({_one_of(_ONSETS)})?({_one_of(_RIMES)})")
_DD = re.compile("dd", re.IGNORECASE)
_ABBREVIATION = 6  # letters: "164-cv/dduk" has a word that is no syllable
_KEYS = re.compile(r"[\w-]+:\S+|(?<![^\W_])([A-Za-zĐđ]+)(?![^\W_])")  # the first alternative passes over fields


def is_syllable(word: str) -> bool:
    """Whether a word in lower case could be Vietnamese, with its tone or without any mark."""
    letters = "".join(mark for mark in unicodedata.normalize("NFD", word) if mark not in _TONES.values())
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", letters)) is not None


def correct(text: str) -> str | None:
    """The text with every word that is Telex keys replaced by what they stand for; None when none is."""
    corrected = _KEYS.sub(_replace, text)
    return corrected if corrected != text else None


def _replace(match: re.Match[str]) -> str:
    keys = match[1]
    if keys is None or keys == "OR":
        return match[0]
    return syllable(keys) or (_DD.sub(_d, keys) if len(keys) <= _ABBREVIATION else keys)


def _d(match: re.Match[str]) -> str:
    return "đ" if match[0].islower() else "Đ"


def syllable(keys: str) -> str | None:
    """The Vietnamese syllable that the keys of one word stand for, in lower case; None when they stand for none, or
    for just what is typed."""
    for loose in (False, True):
        letters, tone = _press(keys.lower(), loose)
        match = _SYLLABLE.fullmatch(letters)
        if match is not None:
            found = _put_tone(letters, match, tone)
            return found if found != keys.lower() else None
    return None


def _press(keys: str, loose: bool) -> tuple[str, str]:
    """The letters that the keys make, one key after the other as the keyboard does, and the tone mark. `loose`: a
    vowel may be doubled from behind another one ("hoioj"), which would misread "ngoeof"."""
    letters: list[str] = []
    tone = ""
    for key in keys:
        if key in _TONES and any(letter in _VOWELS for letter in letters):
            tone = _TONES[key]
        elif not _marks(letters, key, loose):
            letters.append(key)
    word = "".join(letters)
    return (f"{word[:-2]}uơ" if word.endswith("ươ") else word), tone  # thuở: nothing ends in ươ


def _marks(letters: list[str], key: str, loose: bool) -> bool:
    """Whether the key marks a letter that is already there (aa, aw, dd); the letter is changed."""
    if key == "w":
        return _horn(letters)
    if key == "d" and letters[:1] == ["d"]:
        letters[0] = "đ"
        return True
    if key in _HATS and key in letters:
        at = len(letters) - 1 - letters[::-1].index(key)
        if loose or not any(letter in _VOWELS for letter in letters[at + 1 :] if letter != key):
            letters[at] = _HATS[key]
            return True
    return False


def _horn(letters: list[str]) -> bool:
    """The key w: ươ for uo, ưu for uu, a breve or a horn for the last vowel that takes one, ư where there is none."""
    word = "".join(letters)
    for pair, horned in (("uo", "ươ"), ("ưo", "ươ"), ("uơ", "ươ"), ("uu", "ưu")):
        if pair in word:
            at = word.index(pair)
            letters[at : at + 2] = horned
            return True
    for at in range(len(letters) - 1, -1, -1):
        if letters[at] in _HORNS and (letters[at] != "a" or letters[at - 1 : at] != ["u"] or letters[:1] == ["q"]):
            letters[at] = _HORNS[letters[at]]
            return True
    if word != "gi" and any(letter in _VOWELS for letter in letters):
        return False
    letters.append("ư")
    return True


def _put_tone(letters: str, match: re.Match[str], tone: str) -> str:
    if not tone:
        return letters
    at = match.start(2) + _tone_place(match[2])
    return unicodedata.normalize("NFC", letters[: at + 1] + tone + letters[at + 1 :])


def _tone_place(rime: str) -> int:
    """Which letter of a rime carries the tone: a marked vowel, else the one before the last, else the last where a
    consonant follows."""
    vowels = len(rime) - len(rime.lstrip(_VOWELS))
    for letter in "âêôăơ":
        if letter in rime[:vowels]:
            return rime.index(letter)
    if vowels == 1 or "ư" in rime[:1]:
        return 0
    if vowels == 3 or vowels < len(rime) or rime in ("oa", "oe", "uy"):
        return 1
    return 0
