"""How good a text is, and how it is kept: letters that are none, signs of the private area, invisible characters.

Mind U+00AD: a soft hyphen in Unicode, the letter ư in TCVN3. `tidy` takes it out, so convert (legacy.py) before it.
"""

from __future__ import annotations

import re
import unicodedata

from archive.readers.legacy import vote as vote
from archive.vietnamese import nfc

GARBLED_FROM = 0.02  # share of characters that are none (facts: every page of a broken font map is far above)
DOUBTFUL = 0.5  # the confidence below which a page is garbled
LEGACY_FONT = re.compile(r"^(?:[A-Z]{6}\+)?(?:\.Vn|VNI-)", re.IGNORECASE)

# Bullets and boxes that Symbol and Wingdings put into the private area are no sign of a broken font map.
SYMBOLS = {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0FE: "☑", 0xF0A8: "☐", 0xF06F: "☐", 0xF02D: "-"}
_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x200E, 0x200F))
_TIDY = {**SYMBOLS, **_INVISIBLE, 0x00A0: " ", 0x2007: " ", 0x202F: " ", 0x000B: "\n", 0x2028: "\n", 0x2029: "\n"}
_NEEDS_TIDYING = re.compile(f"[{''.join(map(chr, _TIDY))}]")  # most pages do not, and `translate` is slow
_BLANKS_AT_END = re.compile(r"(?<![ \t])[ \t]+$", re.MULTILINE)  # not begun anew at each blank of a long run
_PILED = re.compile(r"[^\w\s\x00-\u02ff]{31,}")  # marks are no letters; putting them in order takes their square
_MOST_MARKS = 30  # on one letter, as Unicode's stream-safe texts have (UAX 15, 13)
_GARBAGE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\ufffe\uffff\U000f0000-\U0010ffff]")


def tidy(text: str) -> str:
    """The text of a page as it is kept: NFC, no invisible characters, lines without blanks at their end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = without_piles(text)
    text = nfc(text.translate(_TIDY) if _NEEDS_TIDYING.search(text) else text)
    return _BLANKS_AT_END.sub("", text).strip("\n")


def without_piles(text: str) -> str:
    """The text with no more marks on a letter than can be put in order in good time."""
    return _PILED.sub(_fewer_marks, text)


def _fewer_marks(match: re.Match[str]) -> str:
    kept, marks = [], 0
    for char in match[0]:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def garbage_share(text: str) -> float:
    """Share of characters that no reader of Vietnamese ever typed: controls, the private area, U+FFFD."""
    if not _GARBAGE.search(text):
        return 0.0
    shown = len(text) - text.count("\n") - text.count(" ")
    return len(_GARBAGE.findall(text.translate(SYMBOLS))) / shown if shown > 0 else 0.0


def confidence(text: str) -> float:
    """1.0 for clean embedded text, below 0.5 from `GARBLED_FROM` on."""
    share = garbage_share(text)
    if share > GARBLED_FROM:
        return round(max(0.05, 0.45 - share), 2)
    return round(1.0 - share * 25, 2)
