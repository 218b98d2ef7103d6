"""What a cell shows: its stored value and its number format as the text that a clerk sees.

Numbers keep all their digits, whatever the sheet rounds them to: sums must add up. There is no comma for thousands, and
the decimal mark is a point, as in the file. Dates are day/month/year, whatever the format's order.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.|!.')
_BRACKET = re.compile(r"\[(?!(?:h+|m+|s+)\])[^\]]*\]", re.IGNORECASE)  # colours, conditions, currencies
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_DIGITS = re.compile(r"[0#?]")
_DECIMALS = re.compile(r"\.([0#?]+)")
_CODE = re.compile(r"0{2,15}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DAYS = 2_958_466  # the first day that a sheet does not know, 1/1/10000
_LONGEST_FORMAT = 255

# Formats that stand in no file, by their number (ECMA-376 part 1, 18.8.30); those of East Asia are dates as well.
_BUILTIN = {
    1: "0", 2: "0.00", 3: "0", 4: "0.00", 9: "0%", 10: "0.00%", 14: "d/m/y", 15: "d/m/y", 16: "d/m", 17: "m/y",
    18: "h:m", 19: "h:m:s", 20: "h:m", 21: "h:m:s", 22: "d/m/y h:m", 45: "m:s", 46: "[h]:m:s", 47: "m:s",
    **dict.fromkeys((*range(27, 32), 36, *range(50, 59)), "d/m/y"),
    **dict.fromkeys(range(32, 36), "h:m:s"),
}  # fmt: skip

ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """What matters of a number format. `kind` is "number", "percent", "elapsed", "time", "date", "moment" (date and
    time), "month" (no day) or "year"; `decimals` of a percentage; `zeros` that a code such as 007 is filled with."""

    kind: str = "number"
    decimals: int = 0
    zeros: int = 0


PLAIN = Look()


def look_of(code: str) -> Look:
    """The look of a format code such as "dd/mm/yyyy", "0.00%" or "[Red]#,##0"; the first of its sections counts."""
    code = _BRACKET.sub("", _LITERAL.sub("", code[:_LONGEST_FORMAT])).partition(";")[0]
    if _ELAPSED.search(code):
        return Look("elapsed")
    letters = set(code.lower()) if "general" not in code.lower() else set()
    if letters & set("dyhs") or (letters & set("m") and not _DIGITS.search(code)):
        return Look(_moment_kind(letters))
    if "%" in code:
        decimals = _DECIMALS.search(code)
        return Look("percent", len(decimals[1]) if decimals else 0)
    return Look(zeros=len(code)) if _CODE.fullmatch(code) else PLAIN


def _moment_kind(letters: set[str]) -> str:
    day, month, year = "d" in letters, "m" in letters, "y" in letters
    if letters & set("hs"):
        return "moment" if day or year else "time"
    if day:
        return "date"
    return "month" if month else "year" if year else "date"


def builtin_look(number: int) -> Look:
    """The look of a format that is known by its number only."""
    return look_of(_BUILTIN.get(number, ""))


def show(value: float, look: Look, from_1904: bool) -> str:
    """A stored number in its look; a number that is no date is shown as a number whatever its look."""
    if look.kind == "percent":
        return show_number(round(value * 100, look.decimals)) + "%"
    if look.kind == "number":
        return show_number(value).zfill(look.zeros) if value >= 0 else show_number(value)
    if not 0 <= value < _DAYS:
        return show_number(value)
    if look.kind == "elapsed":
        seconds = round(value * 86_400)
        return f"{seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02}"
    return _show_date(value, look, from_1904)


def show_number(value: float) -> str:
    """95, 9.5, 0.3: no ".0", and none of the noise that binary fractions bring."""
    if value == int(value) if abs(value) < 1e15 else False:
        return str(int(value))
    if not abs(value) < 1e15:  # nor is "nan"
        return f"{value:.15g}"
    text = format(Decimal(f"{value:.10g}" if abs(value) < 1e6 else f"{value:.15g}"), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _show_date(value: float, look: Look, from_1904: bool) -> str:
    # The sheet believes that there was a 29 February 1900.
    usual = datetime(1899, 12, 30) if value >= 60 else datetime(1899, 12, 31)
    try:
        moment = (datetime(1904, 1, 1) if from_1904 else usual) + timedelta(seconds=round(value * 86_400))
    except OverflowError:
        return show_number(value)
    if value < 1 and not from_1904:
        return show_time(moment.time()) if value else "0"
    if look.kind == "time":
        return show_time(moment.time())
    if look.kind == "month":
        return f"{moment:%m}/{moment.year}"
    return str(moment.year) if look.kind == "year" else show_moment(moment)


def show_moment(moment: datetime) -> str:
    """16/12/2021, with the time unless that is midnight."""
    day = f"{moment:%d/%m}/{moment.year}"
    return f"{day} {show_time(moment.time())}" if moment.time().replace(microsecond=0) != time() else day


def show_iso(text: str) -> str:
    """A date or moment that the file writes as 2021-12-16 or 2021-12-16T08:30:00; anything else as it stands."""
    try:
        return show_moment(datetime.fromisoformat(text[:19]))
    except ValueError:
        return text


def show_time(moment: time) -> str:
    """08:30, with seconds where there are any."""
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def show_truth(value: bool) -> str:
    """As the sheet shows it."""
    return "TRUE" if value else "FALSE"


def rk_number(packed: int) -> float:
    """The number of an RK value: 30 bits of an integer or of a double, perhaps times hundred ([MS-XLS] 2.5.217)."""
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & 0x8000_0000 else 0))
    else:
        value = float(struct.unpack("<d", b"\0\0\0\0" + (packed & 0xFFFF_FFFC).to_bytes(4, "little"))[0])
    return value / 100 if packed & 1 else value


def unescape(text: str) -> str:
    """Text of an OOXML part, in which some characters are written like _x000D_; halves of a character are left out."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: _char(int(match[1], 16)), text)


def _char(code: int) -> str:
    return "" if 0xD800 <= code < 0xE000 or (code < 32 and code not in (9, 10, 13)) else chr(code)
