"""What happens to text on its way: misread letters, lost accents, old encodings, odd blanks."""

# ruff: noqa: E501 (tables of letters)

from __future__ import annotations

import unicodedata
from random import Random

from archive.readers import legacy

_LOOKS = {
    "a": "aăâá", "ă": "aâ", "â": "aă", "o": "oôơó0", "ô": "oơ", "ơ": "oô", "u": "uưúo", "ư": "uú", "e": "eêé", "ê": "eé", "i": "íìl", "l": "1iI",
    "n": "rh", "h": "bn", "c": "eo", "t": "fl", "g": "q", "m": "rn", "đ": "d", "d": "đ", "B": "8R", "D": "ĐO", "Đ": "D", "O": "0", "C": "G", "U": "ƯÚ",
    "Ư": "U", "Ủ": "U", "Ả": "A", "Á": "A", "Ố": "Ó", "I": "l1", "N": "M", "H": "N", "T": "I", "S": "5", "0": "O", "1": "l", "5": "S",
}  # fmt: skip
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def misread(text: str, rng: Random, rate: float) -> str:
    """So many letters taken for another that looks like it, lost, doubled, or with another accent. A figure becomes at
    most a letter that looks like it: one figure for another could be mended by nobody."""
    return "".join(_misread(char, rng) if char.strip() and rng.random() < rate else char for char in text)


def _misread(char: str, rng: Random) -> str:
    if char.isdecimal():
        return _LOOKS.get(char, char)[0]
    marked = unicodedata.normalize("NFD", char)
    tone = next((mark for mark in marked if mark in _TONES), "")
    if tone and rng.random() < 0.6:
        return unicodedata.normalize("NFC", marked.replace(tone, rng.choice(("", *_TONES))))
    if not char.isalpha():
        return "" if rng.random() < 0.3 else char
    chance = rng.random()
    if chance < 0.1:
        return ""
    if chance < 0.2:
        return char + rng.choice("ilr.")
    looks = _LOOKS.get(char) or _LOOKS.get(unicodedata.normalize("NFD", char)[0]) or char
    return rng.choice(looks)


def nfd(text: str) -> str:
    """Decomposed."""
    return unicodedata.normalize("NFD", text)


def no_accents(text: str) -> str:
    """Without accents, Đ as D."""
    bare = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(char for char in bare if not unicodedata.combining(char))


_TO_TCVN3 = {letter: chr(code) for code, letter in reversed(legacy._TCVN3.items()) if code < 0x100}


def tcvn3(text: str, rng: Random) -> str:
    """In TCVN3 taken for Latin-1. Typed under a font of capitals, the letters with marks come out small; in half of the
    papers the bare capitals as well."""
    every = rng.random() < 0.5
    lines = []
    for line in unicodedata.normalize("NFC", text).split("\n"):
        small = line.lower() if every and line.isupper() and not any(char.isdecimal() for char in line) else line
        lines.append("".join(_TO_TCVN3.get(char) or _TO_TCVN3.get(char.lower(), char) for char in small))
    return "\n".join(lines)


_VNI_VOWELS = {
    "ư": "ö",
    "ơ": "ô",
    "đ": "ñ",
    "Ư": "Ö",
    "Ơ": "Ô",
    "Đ": "Ñ",
    "ỉ": "æ",
    "ị": "ò",
    "ĩ": "ó",
    "ỵ": "î",
    "Ỉ": "Æ",
    "Ị": "Ò",
    "Ĩ": "Ó",
    "Ỵ": "Î",
}
_VNI_MARKS = {mark: sign for sign, mark in legacy._VNI_MARKS.items()}


def vni(text: str) -> str:
    """In VNI taken for Latin-1: the vowel, then the sign of its mark."""
    out = []
    for char in unicodedata.normalize("NFC", text):
        if char in _VNI_VOWELS:
            out.append(_VNI_VOWELS[char])
            continue
        marks = unicodedata.normalize("NFD", char)
        base, rest = marks[0], marks[1:]
        if "\u031b" in rest:  # the horn is in the letter
            base, rest = _VNI_VOWELS[unicodedata.normalize("NFC", base + "\u031b")], rest.replace("\u031b", "")
        ordered = "".join(sorted(rest, key=lambda mark: mark in _TONES))
        sign = _VNI_MARKS.get(ordered, "")
        out.append(base + (sign.upper() if char.isupper() else sign) if sign or not rest else char)
    return "".join(out)


def blanks(text: str, rng: Random) -> str:
    """Blanks doubled, made no-break ones, and put in front of lines."""
    spread = "".join(rng.choice((" ", " ", " ", " ", "  ", "\u00a0")) if char == " " else char for char in text)
    return "\n".join(" " * rng.choice((0, 0, 0, 2, 9)) + line for line in spread.split("\n"))
