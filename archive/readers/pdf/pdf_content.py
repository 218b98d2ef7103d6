"""What a content stream of a PDF would make pdfium do, counted without drawing it (ISO 32000-2, 7.8.2 and annex A).

Counted on the safe side: words in strings and in pictures within the stream may count as operators, never the other way
round.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

_LONG = 1024 * 1024  # bytes; below, no count of letters can be too high
_LETTERS = 1_000_000  # in the strings of one stream
_SHORT, _DEEP = 16_384, 200  # marked contents within each other: pdfium copies all of them for each object
_STRINGS = 500_000

_REGULAR = rb"[^\x00\t\n\x0c\r ()<>\[\]{}/%]"
_DO = re.compile(rb"(?:/(%s{1,200})[\x00\t\n\x0c\r ]+)?(?<!%s)Do(?!%s)" % ((_REGULAR,) * 3))
_QUOTES = re.compile(rb"[)>\x00\t\n\x0c\r ]['\"](?!%s)" % _REGULAR)
_MARK = re.compile(rb"B(?:MC|DC)|EMC")
_BRACKET = re.compile(rb"\\.|[()]", re.DOTALL)
_HEX = re.compile(rb"<[^<>]*>")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Drawn:
    """Bytes, operators that show text, and how often which forms or pictures are drawn: by their names with the slash,
    "" for a name that cannot be told."""

    size: int
    shown: int
    forms: Counter[str]


def drawn(data: bytes) -> Drawn | None:
    """What a content draws; None for one with more letters, or more marks within each other, than any paper has."""
    shown = data.count(b"Tj") + data.count(b"TJ")
    quotes = data.count(b"'") + data.count(b'"')
    shown += quotes if quotes < 100 else len(_QUOTES.findall(data))
    if len(data) > _LONG and shown and _letters(data) > _LETTERS:
        return None
    if len(data) > _SHORT and data.count(b"BMC") + data.count(b"BDC") > _DEEP and _depth(data) > _DEEP:
        return None
    return Drawn(len(data), shown, _forms(data) if b"Do" in data else Counter())


def _forms(data: bytes) -> Counter[str]:
    names = Counter(match[1] or b"" for match in _DO.finditer(data))
    found: Counter[str] = Counter()
    for name, times in names.items():
        found[_name(name)] += times
    return found


def _name(name: bytes) -> str:
    plain = _ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), name)
    try:
        return "/" + plain.decode() if plain else ""
    except UnicodeDecodeError:
        return ""


def _depth(data: bytes) -> int:
    deepest = depth = 0
    for match in _MARK.finditer(data):
        depth += -1 if match[0] == b"EMC" and depth else 1
        deepest = max(deepest, depth)
    return deepest


def _letters(data: bytes) -> int:
    """Letters in strings, at most. A backslash counts only within one."""
    letters = sum(len(match[0]) // 2 for match in _HEX.finditer(data))
    depth = begin = 0
    for count, match in enumerate(_BRACKET.finditer(data)):
        sign = match[0][-1:]
        if match[0][:1] == b"\\" and depth:
            continue
        if sign == b"(":
            begin = begin if depth else match.end()
            depth += 1
        elif sign == b")" and depth:
            depth -= 1
            letters += 0 if depth else match.start() - begin
        if count > _STRINGS:
            return len(data)
    return letters + (len(data) - begin if depth else 0)
