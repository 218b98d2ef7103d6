"""How good a text is: letters that are none, and the old Vietnamese encodings that look like Latin-1.

The text decides, the fonts only support: a font table keeps ".VnTime" long after a file was converted to Unicode.
Mind U+00AD: a soft hyphen in Unicode, the letter ư in TCVN3. `tidy` takes it out, so vote before tidying.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.vietnamese import nfc

GARBLED_FROM = 0.02  # share of characters that are none (facts: every page of a broken font map is far above)
DOUBTFUL = 0.5  # the confidence below which a page is garbled
LEGACY_FONT = re.compile(r"^(?:[A-Z]{6}\+)?(?:\.Vn|VNI-)", re.IGNORECASE)

# Bullets and boxes that Symbol and Wingdings put into the private area are no sign of a broken font map.
_SYMBOLS = {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0FE: "☑", 0xF0A8: "☐", 0xF06F: "☐", 0xF02D: "-"}
_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x200E, 0x200F))
_TIDY = {**_SYMBOLS, **_INVISIBLE, 0x00A0: " ", 0x2007: " ", 0x202F: " ", 0x000B: "\n", 0x2028: "\n", 0x2029: "\n"}
_BLANKS_AT_END = re.compile(r"[ \t]+$", re.MULTILINE)
_GARBAGE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\ufffe\uffff\U000f0000-\U0010ffff]")


def tidy(text: str) -> str:
    """The text of a page as it is kept: NFC, no invisible characters, lines without blanks at their end."""
    text = nfc(text.replace("\r\n", "\n").replace("\r", "\n").translate(_TIDY))
    return _BLANKS_AT_END.sub("", text).strip("\n")


def garbage_share(text: str) -> float:
    """Share of characters that no reader of Vietnamese ever typed: controls, the private area, U+FFFD."""
    shown = len(text) - text.count("\n") - text.count(" ")
    return len(_GARBAGE.findall(text.translate(_SYMBOLS))) / shown if shown > 0 else 0.0


def confidence(text: str) -> float:
    """1.0 for clean embedded text, below 0.5 from `GARBLED_FROM` on."""
    share = garbage_share(text)
    if share > GARBLED_FROM:
        return round(max(0.05, 0.45 - share), 2)
    return round(1.0 - share * 25, 2)


# --- old encodings ---------------------------------------------------------------------------------------------------

_WORD = re.compile(r"[^\s!-,.-/:-@\[-`{-~]*[^\x00-\x7f][^\s!-,.-/:-@\[-`{-~]*")
_UNICODE = re.compile(r"[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9]")
# TCVN3 puts letters where Latin-1 has signs ("B¸o c¸o") or capitals ("chÝnh").
_TCVN3 = re.compile(r"[A-Za-z][\xa1-\xbf\xd7\xf7]|[\xa1-\xbf\xd7\xf7][A-Za-z]|[a-z][\xc0-\xde]|[\xc0-\xde][a-z]?$")
# VNI puts the mark behind the vowel ("baùo caùo"); ñ is đ, ö is ư.
_VNI = re.compile(r"[aeouyöô][ùøûõï]|[aeo]â|aê|ñ|ö|aá|aà|aã|aä|aå|aé|aè|aë|aú|aü", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Vote:
    """How many words speak for which encoding."""

    unicode: int
    tcvn3: int
    vni: int

    @property
    def encoding(self) -> str:
        """The old encoding that most words speak for, else "unicode"."""
        old, count = max(("tcvn3", self.tcvn3), ("vni", self.vni), key=lambda item: item[1])
        return old if count > self.unicode else "unicode"

    @property
    def old(self) -> int:
        """Words in an old encoding."""
        return max(self.tcvn3, self.vni)


def vote(text: str, at_most: int = 2000) -> Vote:
    """Let the words with non-ASCII letters vote; NFC text, the first `at_most` of them."""
    counts = {"unicode": 0, "tcvn3": 0, "vni": 0}
    for number, match in enumerate(_WORD.finditer(text)):
        if number >= at_most:
            break
        word = match[0]
        if _UNICODE.search(word):
            counts["unicode"] += 1
        elif word.isascii() or not all(char <= "\xff" for char in word):
            continue
        elif _VNI.search(word):
            counts["vni"] += 1
        elif _TCVN3.search(word):
            counts["tcvn3"] += 1
    return Vote(**counts)


def old_encoding(text: str, legacy_font: bool) -> str | None:
    """The old encoding of a text ("tcvn3", "vni"), or None. Without an old font at least twenty words must say so."""
    ballot = vote(text)
    enough = 3 if legacy_font else 20
    return ballot.encoding if ballot.encoding != "unicode" and ballot.old >= enough else None
