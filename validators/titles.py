"""The printed kind ("BÁO CÁO") and the title below it, wherever they stand on the first pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from archive.records import Fact
from archive.vietnamese import fold_words
from validators.bodies import BODIES
from validators.lines import Cell
from validators.phrases import starts_like

TITLE_LINES = 6
TITLE_LINE = 130
SHORT_LINE = 62  # a line of running text is nearly always longer

# Words with which the text begins, never a title.
_OPENERS_TEXT = (
    "can cu|thuc hien |hom nay|vao hoi|thoi gian|kinh gui|ho va ten|ho ten|toi la|ten toi|phan thu nhat|"
    "phan i|phan thu 1|noi nhan|thanh phan|dia diem|tt noi dung|stt|t t|huong ung|bieu tong hop|"
    "dac diem tinh hinh|nham |tren co so|de |co mat|chu tri|muc dich|tong so|duoc su|trong nam|"
    "don vi tinh|don vi cong tac|i |ii |sinh ngay|ngay sinh"
)
_OPENERS = tuple(_OPENERS_TEXT.split("|"))
_MAY_GO_ON = ("thuc hien ", "de ")
_NUMBERED = re.compile(r"^(?!V/[vV])(?:[IVX]{1,4}|[A-H]|\d{1,2})\s?[.)/\-–] ?\S")
_LEADS = ("trichluc", "trich", "duthao")  # "TRÍCH BIÊN BẢN", "DỰ THẢO BÁO CÁO"
_LETTER = "congvan"
_ANNEX = "phuluc"
# Words in brackets below a title that are none of it.
_ASIDE = re.compile(
    r"^\((?:trinh |du thao|phuc vu|luu hanh|tai lieu|kem theo|ban hanh|thay the|sua lan|lan (?:thu )?\d)"
)
_SUBJECT = re.compile(r"(?i)^\W{0,2}(?:v ?/ ?v|về việc)\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OPENS_TEXT = (*_OPENERS, "nam ", "hien nay ", "trong ", "sau khi ", "ngay ", "vao ", "qua ", "duoi ")
_RULE = re.compile(r"^[\W_]*$")


@dataclass(frozen=True, slots=True)
class Title:
    """A title: `printed` the kind in compact keys that it begins with (longest first, none for a title without a kind),
    `kind_words` as printed, `text` all of it, `key` its words without accents, the kind left out; line numbers from
    `line` up to but not including `end`."""

    printed: tuple[str, ...]
    kind_words: Fact | None
    text: Fact
    key: str
    page: int
    line: int
    end: int


def find_title(cells: Sequence[Cell], printed: Iterable[str]) -> Title | None:
    """The title of a paper, by the printed kind it begins with; None when no line begins with one."""
    known = sorted(printed, key=len, reverse=True)
    prose = False
    annex: Title | None = None
    for at, cell in enumerate(cells):
        if cell.text.startswith(("-", "+", "•")):
            continue
        fits = _printed(cell, known)
        if fits and not (annex and prose) and _looks_like_title(cell, fits[0][1], prose=prose):
            title = _title(cells, at, fits)
            if title.printed[0] != _ANNEX or annex:
                return title
            annex = title  # of a paper with a head and a title of its own, perhaps
        prose = prose or (len(cell.text) > 60 and cell.text.endswith((".", ";")))
    letter = _subject(cells, known) if _LETTER in known else None
    return letter if letter and annex and letter.line > annex.end else annex or letter


def _subject(cells: Sequence[Cell], known: Sequence[str]) -> Title | None:
    """The subject of a letter, which prints no kind: "V/v đăng ký mô hình ...", often below the number at the left."""
    for at, first in enumerate(cells):
        if not _SUBJECT.match(first.text):
            continue
        if at and _misread_kind(cells[at - 1], known):
            return None
        lines, end = [first.text], first.line + 1
        for cell in cells[at + 1 : at + 2 * TITLE_LINES]:
            if cell.column != first.column or cell.line == first.line:
                continue
            if cell.line > end or len(lines) == 4 or not _goes_on(replace(cell, columns=1), lines):
                break
            lines.append(cell.text)
            end = cell.line + 1
        text = Fact(" ".join(lines), first.page, " ".join(lines))
        return Title((_LETTER,), None, text, fold_words(text.value), first.page, first.line, end)
    return None


def _misread_kind(cell: Cell, known: Sequence[str]) -> bool:
    """Whether a line in capitals may be a printed kind, misread too badly to be told: "TỜr IRÌNH"."""
    text = cell.compact
    near = (kind for kind in known if abs(len(kind) - len(text)) <= 2)
    return cell.capitals > 0.7 and any(Levenshtein.distance(text, kind) <= max(2, len(kind) // 3) for kind in near)


def _printed(cell: Cell, known: Sequence[str]) -> list[tuple[str, int]]:
    """The printed kinds that a cell begins with, each with its length in the compact key; exact ones alone if any."""
    text = cell.compact
    if not text or len(cell.text) > 300:
        return []
    lead = next((len(word) for word in _LEADS if text.startswith(word)), 0)
    ends = [(kind, lead + len(kind)) for kind in known if text.startswith(kind, lead)]
    exact = [(kind, length) for kind, length in ends if _whole_words(cell, length)]
    if exact:
        return exact
    if any(starts_like(text, body) for body in BODIES):
        return []  # "ĐẢNG ỦiY" is no "đăng ký"
    noisy = [(kind, starts_like(text, kind)) for kind in known if len(kind) > 6 or abs(len(kind) - len(text)) <= 1]
    found = [(kind, length) for kind, length in noisy if length and _whole_words(cell, length)][:1]
    # "BÁO GÁO KIỂM ĐIỂM" begins with "báo cáo", too
    return found + [
        (kind, lead + len(kind)) for best, _ in found for kind in known if kind != best and best.startswith(kind)
    ]


def _whole_words(cell: Cell, length: int) -> bool:
    """Whether the compact key can be cut there without cutting a word; letters spaced out count as one."""
    tokens = cell.key.split(" ")
    if sum(len(token) == 1 for token in tokens) * 2 > len(tokens):
        return True
    total = 0
    for token in tokens:
        total += len(token)
        if total >= length:
            return total == length or len(tokens) == 1 or (total - length <= 1 and length > 5)
    return False


def _looks_like_title(cell: Cell, length: int, *, prose: bool) -> bool:
    """A title line is printed in capitals, or holds the printed kind alone, or stands alone before any prose."""
    if cell.columns > 1 and cell.capitals < 0.7:
        return False
    alone = len(cell.compact) - length <= 1
    if alone and (cell.columns == 1 or cell.capitals > 0.7):
        return True
    kind = cell.text[: _cut(cell.text, length)]
    letters = [char for char in kind if char.isalpha()]
    if letters and sum(char.isupper() for char in letters) / len(letters) > 0.7:
        return True
    return not prose and cell.columns == 1 and len(cell.text) <= 110 and not cell.text.endswith((".", ";", ":"))


def _cut(text: str, length: int) -> int:
    """The position in a text after so many letters and digits."""
    count = 0
    for at, char in enumerate(text):
        count += char.isalnum()
        if count == length:
            return at + 1
    return len(text)


def _title(cells: Sequence[Cell], at: int, fits: list[tuple[str, int]]) -> Title:
    first = cells[at]
    cut = _cut(first.text, fits[0][1])
    shortest = _cut(first.text, fits[-1][1])
    kind, rest = first.text[:cut], first.text[shortest:].strip(" :.-–*")
    if len(rest) < 3:
        kind, rest = first.text, ""  # a letter too many in a misread kind
    lines = [first.text] if rest else []
    bare_kind = len(first.text) - cut <= 1  # "BÁO CÁO KIỂM ĐIỂM": of what is still to come
    end = first.line + 1
    for next_at, cell in enumerate(cells[at + 1 :], start=at + 2):
        if cell.line < end:
            continue
        if _ASIDE.match(cell.folded):
            continue
        said = lines[1:] if rest and bare_kind else lines
        if cell.line > first.line + TITLE_LINES:
            break
        if not _goes_on(cell, said) and not _names_the_year(cell, cells[next_at : next_at + 1], lines):
            break
        lines.append(cell.text)
        end = cell.line + 1
    text = " ".join(lines) or first.text
    key = fold_words(" ".join([rest, *(lines[1:] if rest else lines)]))
    printed = tuple(kind for kind, _ in fits)
    return Title(
        printed, Fact(kind, first.page, first.text), Fact(text, first.page, text), key, first.page, first.line, end
    )


def _goes_on(cell: Cell, lines: Sequence[str]) -> bool:
    """Whether a line still belongs to the title."""
    if cell.columns > 1 or len(cell.text) > TITLE_LINE or _RULE.match(cell.text):
        return False
    if cell.text.startswith(("-", "+", "•")) or _NUMBERED.match(cell.text):
        return False
    if cell.text.endswith((".", ":")) or (lines and cell.text.endswith(";")):
        return False
    if any(f"{cell.key} ".startswith(opener) for opener in _OPENERS):
        goes_on = _unfinished(lines) or cell.capitals > 0.7 or cell.text[0].islower() or len(cell.text) <= SHORT_LINE
        return cell.key.startswith(_MAY_GO_ON) and goes_on and len(lines) < 3
    if _SUBJECT.match(cell.text) and len(lines) < 4:
        return True
    if not lines or _unfinished(lines) or cell.capitals > 0.7 or not cell.text[0].isupper():
        return True
    return len(cell.text) <= SHORT_LINE and len(lines) < 3


def _names_the_year(cell: Cell, following: Sequence[Cell], lines: Sequence[str]) -> bool:
    """Whether a long line below a short first one ("BẢNG TỰ CHẤM ĐIỂM") is still of the title: it names the year, or
    the short line after it does. A title that has its year is followed by text."""
    if len(lines) != 1 or len(lines[0]) > SHORT_LINE or _YEAR.search(lines[0]) or cell.columns > 1:
        return False
    if len(cell.text) > TITLE_LINE or cell.text.endswith((".", ":", ";")) or f"{cell.key} ".startswith(_OPENS_TEXT):
        return False
    return any(_YEAR.search(part.text) for part in (cell, *following) if part is cell or len(part.text) <= SHORT_LINE)


def _unfinished(lines: Sequence[str]) -> bool:
    """A title that cannot end here: nothing yet, or its last line breaks off."""
    if not lines:
        return True
    last = lines[-1].rstrip()
    return last.endswith((",", ";", "-", "–")) or last.lower().endswith((" và", " của", " về", " năm", " việc"))
