"""Whose paper it is: the mass organisation that issued it, the party organisation it speaks for."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
_ORGANS = (
    "ban chap hanh",
    "bch",
    "ban thuong vu",
    "btv",
    "uy ban kiem tra",
    "ubkt",
    "ban chi dao",
    "ban kiem phieu",
    "to kiem phieu",
)
_SIGNS_FOR_PARTY = re.compile(
    r"(?:(?:t m|tm|k t|kt|t l|tl|thay mat) (?:ban chap hanh |bch |ban thuong vu |btv )?"
    r"(?:chi bo|chi uy|dang uy|dang bo|cap uy)|(?:pho )?bi thu (?:chi bo|dang uy|dang bo))\b"
)
_PASSING = re.compile(r"\b(?:thong qua|gop y|cho y kien|tham gia y kien|lay y kien|dong gop|xem xet|thao luan)\b")
_MET = re.compile(r"(?:^| )((?:[^ ]+ ){2,12}?)(?:tien hanh |to chuc |da )?hop\b")
_OWN_UNIT = re.compile(
    r"(?<!\w)(?P<body>chi bộ|đảng bộ|đảng uỷ|đảng ủy|chi uỷ|chi ủy) ?(?:: ?)?(?:(?:chi bộ|đảng bộ) )?(?=[^\W\d_])",
    re.IGNORECASE,
)
_UNIT_ENDS = re.compile(
    r"[,.;:()\"“”–]| (?:đã|tiến hành|báo cáo|đăng ký|đăng kí|tự chấm|tự đánh giá|họp|là|có|được|năm|thực hiện|về|như"
    r"|nhất trí|kiểm điểm|thông qua|xin|đề nghị|trân trọng|luôn|tập trung|cùng|để|gồm|trong|với|tự nhận|long trọng"
    r"|tổ chức(?= họp| hội| sinh))(?=\W|$)"
)


def is_party(name: str) -> bool:
    """Whether an organisation's name is that of a party body: "CHI BỘ HỘI PHỤ NỮ TỈNH", "BAN THƯỜNG VỤ ĐẢNG ỦY SỞ"."""
    key = _without_organs(fold_words(name))
    return key.startswith(PARTY_BODIES) or " dang bo " in f" {key} "


def _without_organs(key: str) -> str:
    """A name without the organs at its front, which party and mass organisations alike have."""
    while found := next((organ for organ in _ORGANS if f"{key} ".startswith(f"{organ} ")), ""):
        key = key[len(found) :].strip()
    return key


def speaking(head: Head) -> Fact | None:
    """The organisation that issued a paper: the line above where the last one is a mere organ ("ỦY BAN KIỂM TRA")."""
    issuer = head.issuer
    mere = issuer is not None and not _without_organs(fold_words(issuer.value))
    return head.superior if mere and head.superior else issuer


def is_state_body(head: Head, foot: Sequence[Cell]) -> bool:
    """Whether a ministry, an office, a school or a company speaks, rather than its party organisation: state motto, and
    no party body in head, title or signature."""
    issuer = speaking(head)
    if head.motto != "state" or issuer is None:
        return False
    told = [issuer.value, *([head.title.text.value] if head.title else [])]
    if any(f" {body} " in f" {fold_words(text)} " for text in told for body in PARTY_BODIES):
        return False
    return not any(_SIGNS_FOR_PARTY.match(cell.key) for cell in foot if len(cell.text) < 80)


def mass_organisation(head: Head, opening: Sequence[Cell], pack: CompiledPack) -> Fact | None:
    """The mass organisation that issued a paper, by its head, else by who meets according to the title, or, in minutes
    without a head, to the `opening` of their text."""
    issuer = speaking(head)
    party = bool(issuer and is_party(issuer.value))
    if issuer and not party:
        found = _named(fold_words(issuer.value), pack)
        if found:
            return Fact(found, issuer.page, issuer.words)
        if head.motto == "youth" and "doan-thanh-nien" in pack.mass_orgs:
            return Fact("doan-thanh-nien", issuer.page, issuer.words)
    return _meeting(head, pack, party=party) or (None if issuer else _met(head, opening, pack))


def _met(head: Head, opening: Sequence[Cell], pack: CompiledPack) -> Fact | None:
    """Who met, by the first sentence: "Vào lúc 15 giờ ngày ..., Công đoàn cơ sở họp ..."."""
    if not head.title or "bienban" not in head.title.printed:
        return None
    for cell in opening[:4]:
        met = _MET.search(cell.key)
        if met and not any(f" {body} " in f" {met[1]} " for body in PARTY_BODIES):
            found = _named(met[1], pack)
            if found:
                return Fact(found, cell.page, cell.text)
    return None


def _meeting(head: Head, pack: CompiledPack, *, party: bool) -> Fact | None:
    """By the title: what stands before "thông qua", "góp ý" is who meets. Under a party head only a "Ban Chấp hành"
    of a mass organisation counts, since chi bộ talk of them all the time."""
    if not head.title or not {"bienban", "nghiquyet"} & set(head.title.printed):
        return None  # reports of a party body talk of mass organisations in their titles, too
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
