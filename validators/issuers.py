"""Whose paper it is: the mass organisation that issued it, the party organisation it speaks for."""

from __future__ import annotations

import re

from archive.records import Fact
from archive.vietnamese import fold_words
from validators.head import Head
from validators.kinds import CompiledPack
from validators.lines import Cell
from validators.phrases import TitleWords

PARTY_BODIES = (
    *("chi bo", "dang uy", "dang bo", "chi uy", "cap uy", "dang doan", "ban can su"),
    *("tinh uy", "thanh uy", "huyen uy", "quan uy"),
)
_PASSING = re.compile(r"\b(?:thong qua|gop y|cho y kien|tham gia y kien|lay y kien|dong gop|xem xet|thao luan)\b")
_OWN_UNIT = re.compile(
    r"(?<!\w)(?P<body>chi bộ|đảng bộ|đảng uỷ|đảng ủy|chi uỷ|chi ủy) ?(?:: ?)?(?:(?:chi bộ|đảng bộ) )?(?=[^\W\d_])",
    re.IGNORECASE,
)
_UNIT_ENDS = re.compile(
    r"[,.;:()\"“”–]| (?:đã|tiến hành|báo cáo|đăng ký|đăng kí|tự chấm|tự đánh giá|họp|là|có|được|năm|thực hiện|về|như"
    r"|nhất trí|kiểm điểm|thông qua|xin|đề nghị|trân trọng|luôn|tập trung|cùng|để|gồm|trong|với|tự nhận|long trọng"
    r"|tổ chức(?= họp| hội| sinh))(?= |$)"
)


def is_party(name: str) -> bool:
    """Whether an organisation's name is that of a party body: "CHI BỘ HỘI PHỤ NỮ TỈNH" is one."""
    key = fold_words(name)
    return key.startswith(PARTY_BODIES) or " dang bo " in f" {key} "


def mass_organisation(head: Head, pack: CompiledPack) -> Fact | None:
    """The mass organisation that issued a paper, by its head, else by who meets according to the title."""
    issuer = head.issuer
    party = bool(issuer and is_party(issuer.value))
    if issuer and not party:
        found = _named(fold_words(issuer.value), pack)
        if found:
            return Fact(found, issuer.page, issuer.words)
        if head.motto == "youth" and "doan-thanh-nien" in pack.mass_orgs:
            return Fact("doan-thanh-nien", issuer.page, issuer.words)
    return _meeting(head, pack, party=party)


def _meeting(head: Head, pack: CompiledPack, *, party: bool) -> Fact | None:
    """By the title: what stands before "thông qua", "góp ý" is who meets. Under a party head only a "Ban Chấp hành"
    of a mass organisation counts, since chi bộ talk of them all the time."""
    if not head.title:
        return None
    passing = _PASSING.search(head.title.key)
    meets = f" {head.title.key[: passing.start()] if passing else head.title.key} "
    if any(f" {body} " in meets for body in PARTY_BODIES):
        return None
    if party and " ban chap hanh " not in meets and " bch " not in meets:
        return None
    found = _named(meets.strip(), pack)
    return Fact(found, head.title.page, head.title.text.words) if found else None


def _named(key: str, pack: CompiledPack) -> str | None:
    """The mass organisation named first ("công đoàn trường" is no "đoàn trường"), misread ones only if none is."""
    padded = f" {key} "
    exact = [
        (padded.find(phrase.padded), -len(phrase.padded), id_)
        for id_, listed in pack.mass_orgs.items()
        for phrase in listed
        if phrase.padded in padded
    ]
    if exact:
        return min(exact)[2]
    text = TitleWords(key, pack.vocabulary)
    near = [(*text.best(listed), id_) for id_, listed in pack.mass_orgs.items()]
    quality, _, id_ = max(near, default=(0.0, "", ""))
    return id_ if quality else None


def unit_named(cells: list[Cell], head: Head) -> Fact | None:
    """The party organisation that the text itself says it is of: "Chi bộ: Khoa Nội" in a form, else the first one
    named in title and opening. The Khối above is not meant."""
    for cell in cells:
        for match in _OWN_UNIT.finditer(cell.text):
            name = _unit_name(cell, match)
            if name:
                return Fact(name, cell.page, cell.text)
    return None


def _unit_name(cell: Cell, match: re.Match[str]) -> str | None:
    tail = cell.text[match.end() :]
    end = _UNIT_ENDS.search(tail)
    own = tail[: end.start() if end else 80].strip(" .…_-")
    if not own or not own[0].isupper() or len(own.split()) > 14:
        return None
    key = fold_words(own)
    if key.startswith(("khoi", "tinh", "cac ", "trung uong", "cap tren")) or key.split()[0] in ("viet",):
        return None
    return f"{match['body']} {own}"
