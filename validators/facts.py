"""The facts of a paper, put together from its head, its body and its foot; each with the page and the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.records import Fact, Facts
from validators.dates import is_dateline, place_of, read_date, read_dateline
from validators.head import Head
from validators.issuers import unit_named
from validators.kinds import CompiledPack
from validators.levels import read_level, read_score
from validators.lines import Cell, Paper
from validators.periods import PeriodRead
from validators.signatures import Signature, has_block, member_of, people_named, read_signatures

_HELD = re.compile(r"\b(?:hom nay|vao hoi|hoi|thoi gian|luc|khai mac|bat dau|vao luc)\b")
_DONE_ON = re.compile(r"\b(?:tien hanh|to chuc|hop|kiem phieu)\b[^.;:]{0,40}\bngay \d")
_OPENING = 14


@dataclass(frozen=True, slots=True)
class Sort:
    """What sort of paper it is, as far as facts depend on it."""

    minutes: bool = False
    own: bool = False  # a member's own paper
    finding: bool = False  # of an inspection: it names those inspected, not itself


def body_cells(paper: Paper, head: Head) -> list[Cell]:
    """The cells of the opening below the title."""
    return [cell for cell in paper.head if cell.line >= head.body_from]


@dataclass(frozen=True, slots=True)
class Dated:
    """When a paper was issued, and where."""

    day: Fact | None
    place: Fact | None


def issued_on(paper: Paper, head: Head, sort: Sort) -> Dated:
    """The day of a paper: the head's date line; for minutes the day of the meeting; else a date line above the
    signature. A date line left blank stays blank."""
    if head.date_at:
        return Dated(head.date_at, head.place)
    if sort.minutes:
        met = _meeting_day(body_cells(paper, head)[:_OPENING])
        if met:
            return Dated(met, head.place)
    if head.date:
        return Dated(None, head.place)
    return _dated_at_foot(paper.foot)


def _meeting_day(opening: Sequence[Cell]) -> Fact | None:
    """The day that minutes open with ("Hôm nay, ngày ..."), else the first on which something was held."""
    for said in (_HELD, _DONE_ON):
        for cell in opening:
            held = said.search(cell.folded)
            read = read_date(cell.text[held.start() :], noisy=True) if held else None
            if read and read.day:
                return Fact(read.day.isoformat(), cell.page, cell.text)
    return None


def _dated_at_foot(foot: Sequence[Cell]) -> Dated:
    for cell in foot:
        if is_dateline(cell.text):
            read = read_dateline(cell.text)
            if read and read.day:
                place = place_of(cell.text, read)[0]
                return Dated(Fact(read.day.isoformat(), cell.page, cell.text), Fact(place, cell.page, cell.text))
    return Dated(None, None)


def read_facts(
    paper: Paper,
    head: Head,
    pack: CompiledPack,
    sort: Sort,
    dated: Dated,
    period: PeriodRead | None,
    mass_org: Fact | None,
) -> Facts:
    """All facts of a paper."""
    body = body_cells(paper, head)
    number, at = head.number, head.number_at
    named = people_named([*body, *paper.foot]) if sort.minutes else {}
    member = member_of(body) if sort.own else None
    signers = _signers(paper, sort, named, member)
    main = _main(signers, sort, member)
    seen = {(cell.page, cell.text) for cell in body}
    everything = [*body, *(cell for cell in paper.foot if (cell.page, cell.text) not in seen)]
    title = head.title
    return Facts(
        number=Fact(number.digits, at.page, at.words) if number and at and number.digits else None,
        code=Fact(number.code, at.page, at.words) if number and at and number.code else None,
        code_printed=Fact(number.printed, at.page, at.words) if number and at else None,
        kind_printed=title.kind_words if title else None,
        title=title.text if title else None,
        issued_on=dated.day,
        place=dated.place,
        issuer=head.issuer,
        superior=head.superior,
        signer=main.name if main else None,
        role=main.role if main else None,
        signers=tuple(signature.name for signature in signers),
        period=period.period if period else None,
        period_read=period.read if period else None,
        unit_named=None if sort.finding else unit_named([*_title_cells(head, paper), *body[:10]], head),
        secrecy=head.secrecy,
        form_code=head.form_at if head.form else None,
        form_year=Fact(head.form.year, head.form_at.page, head.form_at.words)
        if head.form and head.form_at and head.form.year
        else None,
        mass_org=mass_org,
        member=member or (main.name if sort.own and main else None),
        level=read_level(everything, title, pack.levels),
        score=read_score(everything, paper.tables),
    )


def _title_cells(head: Head, paper: Paper) -> list[Cell]:
    if not head.title:
        return []
    return [cell for cell in paper.head if head.title.line <= cell.line < head.title.end]


def _signers(paper: Paper, sort: Sort, named: dict[str, Fact], member: Fact | None) -> tuple[Signature, ...]:
    """Who signed. Where the place to sign is there, but no name can be read in it, minutes keep the chair and secretary
    that they name themselves, and a member's own paper the member."""
    signatures = read_signatures(paper.foot, named)
    if not has_block(paper.foot):
        return signatures
    if not signatures and sort.minutes:
        return tuple(Signature(fact, None, duty) for duty, fact in named.items())
    if not signatures and member:
        return (Signature(member, None, "self"),)
    return signatures


def _main(signers: Sequence[Signature], sort: Sort, member: Fact | None) -> Signature | None:
    """The one who answers for the paper: the member, the chair, else the last who signed for the organisation."""
    own = [signature for signature in signers if member and signature.name.value == member.value]
    if own:
        return own[0]
    wanted = (
        ("self",) if sort.own else ("chair", "role", "secretary") if sort.minutes else ("role", "chair", "secretary")
    )
    for duty in wanted:
        fitting = [signature for signature in signers if signature.duty == duty]
        if fitting:
            return fitting[0] if sort.own else fitting[-1]
    return signers[-1] if signers else None
