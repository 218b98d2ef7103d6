"""Who signed: the blocks at the end of a paper, and the lines of minutes that name chair and secretary.

A block is authority ("T/M CHI BỘ"), role ("BÍ THƯ") and name; minutes have two of them side by side, and "Nơi nhận"
stands beside the block of a report. Readers hand on columns one after the other or line by line, so roles and names
are first collected in order and then paired.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from archive.records import Fact
from archive.vietnamese import fold_words
from validators.lines import Cell
from validators.names import as_name, is_surname, leading_name, names_in, small_name, split_names, trailing_name

# Compact keys of what stands above a name. The value says what the signer is for.
_DUTIES = {
    "secretary": ("nguoighibienban nguoighi thuki thukihoinghi thukicuochop nguoighibb nguoighichep thukighibienban"),
    "chair": (
        "chutri chutoa nguoichutri chutrihoinghi chutricuochop chutoahoinghi tmchutoa tmdoanchutich"
        " dongchichutri truongbankiemphieu totruongtokiemphieu totruongkiemphieu bankiemphieu tokiemphieu"
        " tmbankiemphieu tmtokiemphieu"
    ),
    "self": (
        "nguoitukiemdiem nguoikiemdiem nguoiviet nguoivietkiemdiem nguoivietbankiemdiem nguoikhai"
        " nguoitudanhgia nguoivietbantukiemdiem nguoitunhanxet nguoilambankiemdiem dangvien"
        " nguoicamket nguoilamdon nguoikekhai"
    ),
    "role": (
        "nguoidangki bithu phobithu phobithuthuongtruc phobithuphutrach bithuchibo phobithuchibo bithudanguy"
        " phobithudanguy chutich phochutich chunhiem phochunhiem truongban phoban photruongban chanhvanphong"
        " phochanhvanphong truongdoan phodoan giamdoc phogiamdoc hieutruong phohieutruong chihoitruong"
        " totruong uyvien uyvienthuongtruc uyvienbanthuongvu chuyenvien bithuchidoan phobithuchidoan chiuyvien"
        " danguyvien thuongtruc truongphong tongiamdoc tonggiamdoc photonggiamdoc tobau"
    ),
    "maker": ("nguoilapbieu nguoilap nguoilapbang nguoitonghop nguoichamdiem"),
}
_ROLES = {role: duty for duty, roles in _DUTIES.items() for role in roles.split()}
# By the length of what is read: the roles it may be, with how many letters may be wrong.
_ROLES_NEAR = {
    length: [
        (role, duty, limit)
        for role, duty in _ROLES.items()
        for limit in ([1] if len(role) < 8 else [2])
        if abs(len(role) - length) <= limit
    ]
    for length in range(4, 40)
}
_AUTHORITY = re.compile(r"(?:^|[\s,.;])((?:T ?/ ?M|TM\.?|K ?/ ?T|KT\.?|T ?/ ?L|TL\.?|TUQ\.?|T/?UQ|THAY MẶT) +\S.*)$")
LONGEST = 90  # a longer line is running text
_SIGNS_FOR = ("t m ", "tm ", "k t ", "kt ", "t l ", "tl ", "tuq ")
_NOTE = re.compile(r"^\W*(?:da )?ki\b|^\W*\(|ghi ro ho ten|dong dau|ki ten")
_NAMED = re.compile(r"\b(?:ho (?:va )?ten(?: dang vien| khai sinh)?|toi (?:ten )?la|ten toi la) ?[:.]? ?")
_RECIPIENTS = ("noi nhan", "noi gui")
_PERSON_LINE = re.compile(
    r"\b(chủ trì|chủ tọa|chủ toạ|thư ký|người ghi biên bản|ghi biên bản)(?: cuộc họp| hội nghị| phiên họp)?"
    r"(?: gồm| là)? ?(?:\([^)]{0,30}\) ?)?[:\-–]? ?(?:là )?(?:các )?(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Signature:
    """One signer: name and role as printed, and what the role is for: self, chair, secretary, maker, role."""

    name: Fact
    role: Fact | None
    duty: str


@dataclass(frozen=True, slots=True)
class _Mark:
    """A role or a name found in the foot, in order."""

    what: str  # authority, role, name
    text: str
    duty: str
    cell: Cell


def read_signatures(foot: Sequence[Cell], named: dict[str, Fact] | None = None) -> tuple[Signature, ...]:
    """The signatures at the end of a paper, in the order in which they stand. `named` are chair and secretary as the
    minutes themselves name them; they help to part names run together on a line."""
    known = tuple(fact.value for fact in (named or {}).values())
    marks = _marks(foot, known)
    signatures: list[Signature] = []
    at = 0
    while at < len(marks):
        roles: list[_Mark] = []
        while at < len(marks) and marks[at].what != "name":
            roles.append(marks[at])
            at += 1
        names: list[_Mark] = []
        while at < len(marks) and marks[at].what == "name":
            names.append(marks[at])
            at += 1
        slots = _slots(roles)
        signatures += _pair(slots, _parted(slots, names, known))
    return tuple(signatures)


def _parted(slots: Sequence[_Mark], names: list[_Mark], known: tuple[str, ...]) -> list[_Mark]:
    """Two roles that ran together on a line have two names below, though they may look like one long one."""
    if len(slots) != 2 or len(names) != 1 or slots[0].cell is not slots[1].cell:
        return names
    parts = split_names(names[0].text, known)
    return [replace(names[0], text=part) for part in parts] if len(parts) == 2 else names


def has_block(foot: Sequence[Cell]) -> bool:
    """Whether there is a place to sign at all: an authority or a role."""
    return any(_roles_of(cell) for cell in foot)


def _marks(foot: Sequence[Cell], known: tuple[str, ...]) -> list[_Mark]:
    marks: list[_Mark] = []
    signing = False  # names count only below an authority or a role
    recipients = False
    for cell in foot:
        found = _roles_of(cell)
        if found:
            signing, recipients = True, False
            marks += found
        elif len(cell.text) > LONGEST:
            signing = False
        elif cell.key.startswith(_RECIPIENTS):
            recipients = True
        elif signing and not _NOTE.match(cell.folded):
            names = _names_of(cell, known, recipients=recipients)
            if not names and marks[-1].what != "name":
                names = [name for name in (small_name(cell.text),) if name]
            marks += [_Mark("name", name, "", cell) for name in names]
    return marks


def _names_of(cell: Cell, known: tuple[str, ...], *, recipients: bool) -> list[str]:
    if cell.text.startswith(("-", "+", "•", "–")) or recipients:
        name = trailing_name(cell.text)
        return [name] if name else []
    return names_in(cell.text, known)


def _roles_of(cell: Cell) -> list[_Mark]:
    """The authority or roles that a cell is, or that its end is where two columns ran together."""
    if len(cell.text) > LONGEST:
        return []
    authority = _AUTHORITY.search(cell.text[:120])
    if authority and cell.capitals > 0.2:
        body = authority[1]
        tail, beside = _role(body.rsplit("  ", 1)[-1]), _role(cell.text[: authority.start(1)].strip())
        left = [_Mark("role", cell.text[: authority.start(1)].strip(), beside[1], cell)] if beside else []
        return [*left, _Mark("authority", body, tail[1] if tail else "role", cell)]
    if len(cell.text) < 70 and fold_words(cell.text[:12]).startswith(_SIGNS_FOR):
        whole = _role(cell.text)
        return [_Mark("authority", cell.text, whole[1] if whole else "role", cell)]
    whole = _role(cell.text)
    if whole:
        return [_Mark("role", cell.text, whole[1], cell)]
    return _roles_in_a_row(cell) or _role_at_end(cell)


@lru_cache(maxsize=1 << 12)
def _role(text: str) -> tuple[str, str] | None:
    """The role that a text is, noise forgiven, with its duty."""
    if len(text) > 60:
        return None
    compact = fold_words(re.sub(r"\([^)]*\)", "", text)).replace(" ", "")
    duty = _ROLES.get(compact)
    if duty:
        return compact, duty
    if len(compact) < 4 or not _capitals(text):
        return None
    first = fold_words(text).split(" ")[0]
    surname = is_surname(first)
    for role, its, limit in _ROLES_NEAR.get(len(compact), ()):
        if surname and not role.startswith(first):
            continue  # "BÙI THU" is no "BÍ THƯ"
        if Levenshtein.distance(compact, role, score_cutoff=limit) <= limit:
            return role, its
    return None


def _capitals(text: str) -> bool:
    """Whether a text is in capitals, but for a letter or two that were misread."""
    return sum(char.islower() for char in text) <= len(text) // 8


def _roles_in_a_row(cell: Cell) -> list[_Mark]:
    """Two or three roles run together on a line: "NGƯỜI GHI BIÊN BẢN CHỦ TRÌ"."""
    tokens = cell.text.split(" ")
    if not 3 <= len(tokens) <= 14 or cell.capitals < 0.7:
        return []
    for cut in range(1, len(tokens)):
        left, right = " ".join(tokens[:cut]), " ".join(tokens[cut:])
        first = _role(left)
        if not first:
            continue
        second = _role(right)
        more = [_Mark("role", right, second[1], cell)] if second else _roles_in_a_row_of(right, cell)
        if more:
            return [_Mark("role", left, first[1], cell), *more]
    return []


def _roles_in_a_row_of(text: str, cell: Cell) -> list[_Mark]:
    tokens = text.split(" ")
    for cut in range(1, len(tokens)):
        parts = [" ".join(tokens[:cut]), " ".join(tokens[cut:])]
        duties = [_ROLES.get(fold_words(part).replace(" ", "")) for part in parts]
        if all(duties):
            return [_Mark("role", part, duty or "", cell) for part, duty in zip(parts, duties, strict=True)]
    return []


def _role_at_end(cell: Cell) -> list[_Mark]:
    """A role in capitals behind a line of the left column: "- Đoàn Kiểm tra, BÍ THƯ"."""
    tokens = cell.text.split(" ")
    for size in (5, 4, 3, 2):
        tail = " ".join(tokens[-size:])
        if len(tokens) > size and tail.isupper() and not tokens[-size - 1].isupper():
            duty = _ROLES.get(fold_words(tail).replace(" ", ""))
            if duty:
                return [_Mark("role", tail, duty, cell)]
    return []


def _slots(marks: Sequence[_Mark]) -> list[_Mark]:
    """Authority and the role below it are one place to sign."""
    slots: list[_Mark] = []
    open_authority = False
    for mark in marks:
        if mark.what == "authority":
            if not open_authority:
                slots.append(mark)
            open_authority = True
        elif open_authority and mark.duty == "role":
            slots[-1] = mark
            open_authority = False
        else:
            slots.append(mark)
    return slots


def _pair(slots: Sequence[_Mark], names: Sequence[_Mark]) -> list[Signature]:
    """Names with their roles: as many of each in order; else the last roles, for what stands above is a heading."""
    if not slots:
        return []
    roles = list(slots[-len(names) :]) if len(slots) >= len(names) else list(slots)
    pairs = zip(roles, names, strict=False)
    return [
        Signature(
            Fact(name.text, name.cell.page, name.cell.text), Fact(role.text, role.cell.page, role.cell.text), role.duty
        )
        for role, name in pairs
    ]


def people_named(cells: Sequence[Cell]) -> dict[str, Fact]:
    """Chair and secretary as minutes name them: "Chủ trì: Đồng chí Bùi Thị Mai; thư ký: đồng chí ..."."""
    people: dict[str, Fact] = {}
    for cell in cells:
        for match in _PERSON_LINE.finditer(cell.text):
            name = leading_name(cell.text[match.end() :])
            duty = "chair" if fold_words(match[1]).startswith("chu") else "secretary"
            if name and duty not in people:
                people[duty] = Fact(name, cell.page, cell.text)
    return people


def member_of(cells: Sequence[Cell]) -> Fact | None:
    """Whose own paper it is: "Họ và tên: ...", "Tôi tên là ..."."""
    for cell in cells[:20]:
        match = _NAMED.search(cell.folded[:60])
        if not match or (match.start() > 6 and ":" not in match[0]):
            continue
        name = leading_name(cell.text[match.end() :])
        if name and as_name(name):
            return Fact(name, cell.page, cell.text)
    return None
