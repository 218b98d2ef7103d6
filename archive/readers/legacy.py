"""Vietnamese from before Unicode: TCVN3 (the .Vn fonts) and VNI (the VNI- fonts), told by the words and converted.

Both write Vietnamese with the codes of Latin-1, so that without the font "B¸o c¸o" or "Baùo caùo" is read. The words
decide: in the right encoding they become possible Vietnamese syllables, in a wrong one hardly any does. One file may
mix both with Unicode, so every line and cell has a say. Mind U+00AD, the letter ư in TCVN3: nothing may strip it first.

Case is not restored: in TCVN3 marked capitals are the small letters of a font such as .VnTimeH, which only the eye
sees. VIQR, VPS and VISCII are left alone: there were no real files to try them on. Tables: TCVN 5712:1993 (VN3) and
VNI-Windows.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from archive.readers.syllables import is_word

ENCODINGS = ("tcvn3", "vni")

# --- tables ----------------------------------------------------------------------------------------------------------

# The codes 0xB0-0xB4 are marks of their own in the standard, but degrees, squares and cubes in real papers.
_TCVN3_CODES = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
# Programs that make PDFs write other signs for three codes: the Greek mu, a bullet, the minus.
_STRAYS = {0x03BC: "à", 0x2219: "ã", 0x2212: "ư"}
_TCVN3 = _STRAYS | {
    code + offset: letter for code, letters in _TCVN3_CODES.items() for offset, letter in enumerate(letters)
}

_VNI_LETTERS = str.maketrans("ñÑöÖôÔæÆòÒóÓîÎ", "đĐưƯơƠỉỈịỊĩĨỵỴ")
_HAT, _BREVE = chr(0x302), chr(0x306)
_TONES = ("\u0301", "\u0300", "\u0309", "\u0303", "\u0323")  # acute, grave, hook, tilde, dot below
_VNI_MARKS = {
    **dict(zip("ùøûõï", _TONES, strict=True)),
    **dict(zip("âáàåãä", (_HAT + tone for tone in ("", *_TONES)), strict=True)),
    **dict(zip("êéèúüë", (_BREVE + tone for tone in ("", *_TONES)), strict=True)),
}
_VNI = re.compile(f"([aeiouyöô])([{''.join(_VNI_MARKS)}])|[ñöôæòóî]", re.IGNORECASE)

# Codes 0x80-0x9F hold quotes and dashes in both, and are controls in a text that was taken for Latin-1.
_CONTROLS = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}

# --- words -----------------------------------------------------------------------------------------------------------

_SEGMENT = re.compile(r"[^\n\r\t\f\v]+")  # a line, or a cell of one
_WORD = re.compile("[A-Za-z\xa1-\xaf\xb5-\xff\u0100-\u024f\u0300-\u0323\u03bc\u1e00-\u1eff\u2212\u2219]+")
# By themselves these are signs, bullets and superscripts, no letters.
_ALONE = frozenset("·¹º»×÷£¥©¦¬¨¡¢¤ª¼½¾\xad\u03bc\u2212\u2219")
_SIGN = re.compile("[A-Za-z][\xa1-\xaf\xb5-\xbf]|[\xa1-\xaf\xb5-\xbf][A-Za-z]")  # no other language has them in words
_LONGEST = 20  # characters of a word
_SAMPLE = 50_000  # words that vote: enough to tell, and bounded
_MIXED = 3  # words that are of one encoding only, of each of two, make a line mixed
_SHARE = 0.6  # of the words that are no Unicode must be words of the old encoding; Spanish and French are below 0.3


def from_tcvn3(text: str) -> str:
    """TCVN3 read as Latin-1 or cp1252, in Unicode."""
    return text.translate(_TCVN3)


def from_vni(text: str) -> str:
    """VNI read as Latin-1 or cp1252, in Unicode, the mark behind a vowel put onto it."""
    return unicodedata.normalize("NFC", _VNI.sub(_vni_letter, text))


def _vni_letter(match: re.Match[str]) -> str:
    base, mark = match.groups()
    return base.translate(_VNI_LETTERS) + _VNI_MARKS[mark.lower()] if mark else match[0].translate(_VNI_LETTERS)


_DECODE: dict[str, Callable[[str], str]] = {"tcvn3": from_tcvn3, "vni": from_vni, "unicode": str}


def _fits(word: str) -> frozenset[str]:
    """The encodings in which a word with letters beyond ASCII is a word. One with codes that Latin-1 does not have is
    Unicode, unless only half of its letters were ever converted ("đçu")."""
    return _fits_short(word) if len(word) <= _LONGEST else frozenset()


@lru_cache(maxsize=65536)
def _fits_short(word: str) -> frozenset[str]:
    if _beyond_latin(word) and is_word(word):
        return frozenset(("unicode",))
    return frozenset(name for name, decode in _DECODE.items() if is_word(decode(word)))


@lru_cache(maxsize=65536)
def _speaks_for(word: str) -> str:
    """The one encoding that a word speaks for, "none", "old" for both old ones, "" for what may be Unicode too."""
    if len(word) == 1:
        return ""
    fits = frozenset(("unicode",)) if _beyond_latin(word) else _fits(word)
    if len(fits) == 1:
        return next(iter(fits))
    return "none" if not fits else "old" if "unicode" not in fits else ""


def _beyond_latin(word: str) -> bool:
    return any(char > "\xff" and ord(char) not in _STRAYS for char in word)


def _words(text: str) -> Iterable[str]:
    found = map(itemgetter(0), _WORD.finditer(text))
    return (word for word in found if not word.isascii() and word not in _ALONE)


@dataclass(frozen=True, slots=True)
class Vote:
    """How many words of a text are words in one encoding only, and how many in none."""

    unicode: int = 0
    tcvn3: int = 0
    vni: int = 0
    none: int = 0
    distinct: int = 0  # different words that are of the old encoding in the lead
    signs: int = 0  # those with signs inside them, which no other language has

    @property
    def old(self) -> str:
        """The old encoding in the lead."""
        return "vni" if self.vni > self.tcvn3 else "tcvn3"

    @property
    def encoding(self) -> str:
        """The encoding that most words speak for."""
        return self.old if max(self.vni, self.tcvn3) > self.unicode else "unicode"

    def tells_old(self, legacy_font: bool) -> bool:
        """Whether part of the text at least is in an old encoding. An old font makes few words enough."""
        count = self.tcvn3 + self.vni
        if count < _SHARE * (count + self.none):
            return False
        return self.distinct >= (2 if legacy_font else 6) or self.signs >= 3


def vote(text: str, at_most: int = _SAMPLE) -> Vote:
    """Let the words beyond ASCII of a raw text vote, the first `at_most` or so of them."""
    words = Counter(_WORD.findall(unicodedata.normalize("NFC", text)))
    counts: Counter[str] = Counter()
    kinds: dict[str, set[str]] = {"tcvn3": set(), "vni": set()}
    for word, count in words.items():
        if word.isascii() or word in _ALONE:
            continue
        at_most -= count
        if at_most < 0:
            break
        name = _speaks_for(word) if len(word) <= _LONGEST else "none"
        counts[name] += count
        if name in kinds:
            kinds[name].add(word.lower())
    ballot = Vote(counts["unicode"], counts["tcvn3"], counts["vni"], counts["none"])
    lead = kinds[ballot.old]
    signs = sum(1 for word in lead if _SIGN.search(word))
    return Vote(ballot.unicode, ballot.tcvn3, ballot.vni, ballot.none, len(lead), signs)


# --- conversion ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Converter:
    """Turns the raw texts of one document into Unicode. `encoding` is the old encoding of most of its words ("tcvn3",
    "vni"), `usual` that of most words altogether, which settles what could be both."""

    encoding: str
    usual: str

    def text(self, raw: str) -> str:
        """A page, a cell or a property in Unicode; what is Unicode already stays."""
        plain = unicodedata.normalize("NFC", raw).translate(_CONTROLS)
        return _SEGMENT.sub(lambda match: self._segment(match[0]), plain)

    def _segment(self, segment: str) -> str:
        if segment.isascii():
            return segment
        fits = [_fits(word) for word in _words(segment)]
        counts = Counter(name for names in fits for name in names)
        settled = Counter(name for names in fits if len(names) == 1 for name in names)
        current = max((self.usual, self.encoding, *_DECODE), key=lambda name: counts[name])
        mixed = sum(count >= _MIXED for count in settled.values()) > 1
        quoting = "»" in segment

        def convert(match: re.Match[str]) -> str:
            nonlocal current
            names = _fits(match[0])
            if mixed and len(names) == 1:
                (current,) = names  # in a mixed line a word that could be both is what the one before it is
            return _converted(match[0], current, quoting)

        return _WORD.sub(convert, segment)

    def property(self, value: str) -> str:
        """A title or a name of the same document in Unicode, if all its words are of an old encoding."""
        words = list(_words(unicodedata.normalize("NFC", value)))
        return self.text(value) if words and all(self.encoding in _fits(word) for word in words) else value


def _converted(word: str, name: str, quoting: bool) -> str:
    """A word in the encoding of its line, unless it is a word in another one only."""
    if word.isascii() or word in _ALONE:
        return word
    fits = _fits(word)
    if quoting and (core := word.strip("«»")) != word and (not core or not fits):  # else "«" is the word "ô" of TCVN3
        before, _core, after = word.partition(core) if core else (word, "", "")
        return before + (_converted(core, name, quoting=False) if core else "") + after
    if name not in fits and fits:
        name = next(other for other in ("unicode", *ENCODINGS) if other in fits)
    return _DECODE[name](word)


def find(texts: Iterable[str], legacy_font: bool) -> Converter | None:
    """The converter for the raw texts of a document, None when it is Unicode. `legacy_font`: a font of an old encoding
    is in use, which makes fewer words enough."""
    ballot = vote("\n".join(texts))
    return Converter(ballot.old, ballot.encoding) if ballot.tells_old(legacy_font) else None
