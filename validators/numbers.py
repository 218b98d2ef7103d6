"""The number and code of a paper: `Số 58-BC/ĐU` (party), `Số: 12/BB-CĐ` (state), and how people really type them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from archive.vietnamese import bare, fold

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−_", "-"))
_LABEL = re.compile(r"(?:s[o06]|5o) ?[:.;]? *(?=[lio|]{0,2}\d|[/\-])")  # "SỞ TƯ PHÁP" is no number, though it folds to "so tu phap"
_TOKEN = re.compile(r"\d+|[^\W\d_]+|[-/]")
# What OCR makes of figures in a number ("l44", "2O1") and of letters in a suffix ("8C" for BC).
_FIGURES = re.compile(r"(?=[lIOoi|]{0,2}\d)[\dlIOoi|]{1,5}(?=[ \-/]|$)")
_AS_FIGURES = str.maketrans("lIOoi|", "110011")
_LETTERS = re.compile(r"[ \-/]*([A-ZĐ]?[0-9][A-ZĐ]{1,2}|[A-ZĐ][0-9])(?=[ .]*/)")
_AS_LETTERS = str.maketrans("80156", "BOTSB")
_FILLER = re.compile(r"[.…]{2,}|…")
_MAX = 60


@dataclass(frozen=True, slots=True)
class Number:
    """A number as read: `digits` without leading zeros (None = left blank), the mended `code` (None when blank or
    without a kind), the code's `suffix` ("BC") and `organisation` ("ĐU"), the words it was read from, where they end in
    the text, and whether the state order was used."""

    digits: str | None
    code: str | None
    suffix: str
    organisation: str
    printed: str
    end: int
    state_order: bool


def read_number(text: str, suffixes: Mapping[str, str], *, party: bool) -> Number | None:
    """The number that a line of a head holds, or None. `suffixes` maps a bare lower-case suffix to its usual spelling
    ("ctr" -> "CTr"); `party` says that the paper is a party one, whose order is number-KIND/ORG."""
    line = _FILLER.sub(" ", text[:_MAX].translate(_DASHES))
    label = _LABEL.match(fold(line))
    if not label:
        return None
    line = _unmisread(line, label.end(), suffixes)
    tokens = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(line, label.end())]
    return _parse(text, tokens, suffixes, party=party)


def _unmisread(line: str, at: int, suffixes: Mapping[str, str]) -> str:
    """The line with figures and suffix as they were before OCR misread them; its length stays."""
    figures = _FIGURES.match(line, at)
    if figures:
        line = line[:at] + figures[0].translate(_AS_FIGURES) + line[figures.end() :]
        letters = _LETTERS.match(line, figures.end())
        mended = letters[1].translate(_AS_LETTERS) if letters else ""
        if letters and bare(mended).lower() in suffixes:
            line = line[: letters.start(1)] + mended + line[letters.end(1) :]
    return line


def _parse(text: str, tokens: list[tuple[str, int, int]], suffixes: Mapping[str, str], *, party: bool) -> Number | None:
    at = 0
    printed_digits = ""
    if tokens and tokens[0][0].isdecimal():
        printed_digits, at = tokens[0][0], 1
    year, at = _year(tokens, at)
    while at < len(tokens) and tokens[at][0] in "-/":
        at += 1
    separator = tokens[at - 1][0] if at else ""
    suffix, after = _suffix(tokens, at, suffixes)
    if not suffix:
        return _bare_number(text, tokens, printed_digits)
    organisation, after = _organisation(tokens, after, text)
    state_order = separator == "/" and bool(organisation)
    code = _code(printed_digits, year, suffix, organisation, state_order=state_order, party=party)
    end = tokens[after - 1][2]
    digits = str(int(printed_digits)) if printed_digits else None
    return Number(digits, code, suffix, organisation, text[:end].strip(), end, state_order)


def _year(tokens: list[tuple[str, int, int]], at: int) -> tuple[str, int]:
    """The year of `15/2021/BB-CĐ`, if there is one."""
    if at and at + 1 < len(tokens) and tokens[at][0] in "-/" and re.fullmatch(r"20\d\d", tokens[at + 1][0]):
        return tokens[at + 1][0], at + 2
    return "", at


def _suffix(tokens: list[tuple[str, int, int]], at: int, suffixes: Mapping[str, str]) -> tuple[str, int]:
    """The kind's suffix in its usual spelling; an unknown one in capitals is taken as it stands."""
    if at >= len(tokens):
        return "", at
    word = tokens[at][0]
    known = suffixes.get(bare(word).lower())
    if known:
        return known, at + 1
    return (word, at + 1) if word.isalpha() and word.isupper() and 2 <= len(word) <= 5 else ("", at)


def _organisation(tokens: list[tuple[str, int, int]], at: int, text: str) -> tuple[str, int]:
    """The parts of the organisation's abbreviation: `ĐU`, `BB-CĐ`, `ĐUHVCSPT`. It ends where words begin."""
    parts: list[str] = []
    while at + 1 < len(tokens) and tokens[at][0] in "-/":
        word, start, end = tokens[at + 1]
        if not word.isalpha() or not _abbreviation(word, followed_by=text[end : end + 1]):
            break
        if parts and start - tokens[at][1] > 2:
            break
        parts.append(word)
        at += 2
    return "-".join(parts), at


def _abbreviation(word: str, followed_by: str) -> bool:
    """Capitals, with at most a few small letters inside ("TĐTN", "CĐCS", "ĐUk")."""
    capitals = sum(char.isupper() for char in word)
    return len(word) <= 14 and capitals >= max(1, len(word) - 2) and followed_by != ","


def _code(digits: str, year: str, suffix: str, organisation: str, *, state_order: bool, party: bool) -> str | None:
    if not digits:
        return None
    if not organisation:
        return f"{digits}-{suffix}"
    number = f"{digits}/{year}" if year else digits
    if state_order and not party:
        return f"{number}/{suffix}-{organisation}"
    return f"{number}-{suffix}/{organisation}"


def _bare_number(text: str, tokens: list[tuple[str, int, int]], digits: str) -> Number | None:
    """`Số: 15` or `Số:      /ĐU` without any kind."""
    if digits:
        return Number(str(int(digits)), None, "", "", text[: tokens[0][2]].strip(), tokens[0][2], False)
    if tokens and tokens[0][0] in "-/":
        last = tokens[min(len(tokens), 2) - 1]
        return Number(None, None, "", "", text[: last[2]].strip(), last[2], False)
    return None
