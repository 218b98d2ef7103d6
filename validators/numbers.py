"""The number and code of a paper: `Số 58-BC/ĐU` (party), `Số: 12/BB-CĐ` (state), and how people really type them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from archive.vietnamese import bare, fold

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−_", "-"))
_LABEL = re.compile(
    r"(?:s[o06]|5o) ?[:.;]? *(?=[lios|]{0,2}\d|[/\-])"
)  # "SỞ TƯ PHÁP" is no number, though it folds to "so tu phap"
_TOKEN = re.compile(r"\d+|[^\W\d_]+|[-/]")
# What OCR makes of figures in a number ("l44", "2O1", "4S6") and of letters in a suffix ("8C" for BC).
_FIGURES = re.compile(r"(?=[lIOoiS|]{0,2}\d)[\dlIOoiS|]{1,5}(?=[ \-/]|$)")
_AS_FIGURES = str.maketrans("lIOoiS|", "1100151")
_AS_LETTERS = str.maketrans("8015", "bois")
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


@dataclass(frozen=True, slots=True)
class Codes:
    """What is known of a paper's code before it is read: `suffixes` maps a bare lower-case suffix to its usual spelling
    ("ctr" -> "CTr"), `expected` are those of its printed kind, by which a misread one is mended; `party` says that the
    order is number-KIND/ORG."""

    suffixes: Mapping[str, str]
    expected: tuple[str, ...] = ()
    party: bool = True

    @classmethod
    def of(cls, suffix_kinds: Mapping[str, Sequence[str]], printed: Sequence[str], *, party: bool) -> Codes:
        """From the compact printed kinds that each suffix stands for, and those of the paper."""
        expected = tuple(suffix for suffix, kinds in suffix_kinds.items() if set(kinds) & set(printed))
        return cls({bare(suffix).lower(): suffix for suffix in suffix_kinds}, expected, party)


def read_number(text: str, codes: Codes) -> Number | None:
    """The number that a line of a head holds, or None."""
    line = _FILLER.sub(" ", text[:_MAX].translate(_DASHES))
    label = _LABEL.match(fold(line))
    if not label:
        return None
    line = _figures_mended(line, label.end())
    tokens = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(line, label.end())]
    return _parse(text, _whole(tokens), codes)


def _whole(tokens: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Tokens with letters and figures that touch as one ("8C", for BC), but for the number in front."""
    whole: list[tuple[str, int, int]] = []
    for word, start, end in tokens:
        last = whole[-1] if whole else ("-", -1, -1)
        if len(whole) > 1 and last[2] == start and word not in "-/" and last[0] not in "-/":
            whole[-1] = (last[0] + word, last[1], end)
        else:
            whole.append((word, start, end))
    return whole


def _figures_mended(line: str, at: int) -> str:
    """The line with the number's figures as they were before OCR took them for letters; its length stays."""
    figures = _FIGURES.match(line, at)
    return line[:at] + figures[0].translate(_AS_FIGURES) + line[figures.end() :] if figures else line


def _parse(text: str, tokens: list[tuple[str, int, int]], codes: Codes) -> Number | None:
    at = 0
    printed_digits = ""
    if tokens and tokens[0][0].isdecimal():
        printed_digits, at = tokens[0][0], 1
    year, at = _year(tokens, at)
    while at < len(tokens) and tokens[at][0] in "-/":
        at += 1
    separator = tokens[at - 1][0] if at else ""
    suffix, after = _suffix(tokens, at, codes)
    if not suffix:
        return _bare_number(text, tokens, printed_digits)
    organisation, after = _organisation(tokens, after, text)
    state_order = separator == "/" and bool(organisation)
    code = _code(printed_digits, year, suffix, organisation, state_order=state_order, party=codes.party)
    end = tokens[after - 1][2]
    digits = str(int(printed_digits)) if printed_digits else None
    return Number(digits, code, suffix, organisation, text[:end].strip(), end, state_order)


def _year(tokens: list[tuple[str, int, int]], at: int) -> tuple[str, int]:
    """The year of `15/2021/BB-CĐ`, if there is one."""
    if at and at + 1 < len(tokens) and tokens[at][0] in "-/" and re.fullmatch(r"20\d\d", tokens[at + 1][0]):
        return tokens[at + 1][0], at + 2
    return "", at


def _suffix(tokens: list[tuple[str, int, int]], at: int, codes: Codes) -> tuple[str, int]:
    """The kind's suffix in its usual spelling, a misread one as the printed kind has it; an unknown one in capitals is
    taken as it stands."""
    if at >= len(tokens):
        return "", at
    word = tokens[at][0]
    key = bare(word).lower()
    known = codes.suffixes.get(key) or codes.suffixes.get(key.translate(_AS_LETTERS))
    if known:
        return known, at + 1
    near = [suffix for suffix in codes.expected if Levenshtein.distance(key, bare(suffix).lower()) <= 1]
    if len(near) == 1 and any(token[0] in "-/" for token in tokens[at + 1 : at + 2]) and len(word) <= 4:
        return near[0], at + 1
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
