"""Document numbers (số, ký hiệu) in any usual spelling: 164-CV/ĐUK, 164/CV-ĐUK, 164 cv đuk, Số: 164 - CV/ĐUK."""

from __future__ import annotations

import re

from archive import vietnamese
from archive.search.telex import is_syllable

# Abbreviations of kinds of paper, lower case, of party papers (Hướng dẫn 36-HD/VPTW) and of state papers (Nghị định
# 30/2020/NĐ-CP), with and without their accents.
_KINDS = """nq qđ qd ct kl qc qyđ qyd tt cv bc kh hd đa da pa dt tb tc ttr tr ctr bb gm gn gt ggt gđ gđđ gnp pg pc pt
    lt bs gb tm hđ hs cđ cd bgn bct bn bctt nđ nđcp vb bckt bctk tl sl pbc ptr ph đt đtcb"""
ABBREVIATIONS = frozenset(_KINDS.split())
_TYPED = ABBREVIATIONS | set(map(vietnamese.bare, ABBREVIATIONS))  # in queries all may lack their accents
_ANY_KIND = "|".join(sorted(_TYPED, key=len, reverse=True))

_DASH = r"[-‐‑‒–—−]"
_LETTERS = r"[^\W\d_]{1,8}"
_SAY = r"(?:s[ốo]\s*:?\s*)?"
_BY_MARK = re.compile(
    rf"{_SAY}(?P<code>\d{{1,5}}\s*(?:/\s*\d{{4}}\s*)?(?:{_DASH}|/)\s*(?P<letters>{_LETTERS}(?:\s*(?:{_DASH}|/)\s*"
    rf"{_LETTERS}\d{{0,2}})*))(?!\w)",
    re.IGNORECASE,
)
_BY_BLANK = re.compile(rf"s[ốo](?:\s*:\s+|\s+)(?=\d{{1,5}}\s*(?:{_ANY_KIND})(?!\w))", re.IGNORECASE)
_MINUS = re.compile(rf"\s-(?=\w)(?!{_LETTERS}\s*/\s*\w)")
_BY_WORDS = re.compile(
    rf"(?P<digits>\d{{1,5}})\s*(?P<kind>{_ANY_KIND})"
    rf"(?:\s+|\s*(?:{_DASH}|/)\s*)(?P<letters>{_LETTERS}(?:\s*(?:{_DASH}|/)\s*{_LETTERS}\d{{0,2}})*)(?!\w)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_PARTS = re.compile(r"[^\W\d_]+")
# Abbreviations of committees that could be syllables as well: đảng ủy, tỉnh ủy, huyện ủy.
_COMMITTEES = frozenset({"đu", "du", "tu", "hu"})


def number_at(text: str, at: int) -> tuple[str, int] | None:
    """The document number that begins here in a query (NFC), without a leading "số", and where it ends; None where
    none begins. Needs a dash or a slash after the digits, and either a known abbreviation or one more slash; or else
    the known abbreviation of a kind of paper and letters behind it that are no word ("164 cv đuk")."""
    match = _BY_MARK.match(text, at)
    if match is None:
        return _number_in_words(text, at)
    code, letters = match["code"], match["letters"]
    if _MINUS.search(code):  # "2021 -trường" takes a word away
        return None
    parts = _PARTS.findall(letters.lower())
    if "/" in letters or not _TYPED.isdisjoint(parts):
        return code, match.end()
    return None


def _number_in_words(text: str, at: int) -> tuple[str, int] | None:
    match = _BY_WORDS.match(text, at)
    if match is None or _YEAR.fullmatch(match["digits"]) or _MINUS.search(match[0]):
        return None
    letters = _PARTS.findall(match["letters"].lower())[0]
    if is_syllable(match["kind"].lower()) or (is_syllable(letters) and letters not in _COMMITTEES):
        return None
    return match[0], match.end()


def is_said(text: str, at: int) -> bool:
    """Whether the number that begins here is written as papers print it ("Số:164-CV/ĐUK"), which means the words
    wherever they stand, unlike the field "so:" for the paper's own number."""
    return text[at : at + 2].lower() == "số"


def skip_say(text: str, at: int) -> int:
    """Past the "số" of "số 164 cv đuk", which is not said wherever the number stands; `at` where there is none."""
    match = _BY_BLANK.match(text, at)
    return match.end() if match else at
