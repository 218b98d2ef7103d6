"""Example dossiers of a pack turned into documents and judged: `evaluate` is what `rules.cases.run_cases` is given."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import copy_context
from datetime import UTC, date, datetime, time

from archive.i18n import use_language
from archive.records import (
    Campaign,
    Completeness,
    Decision,
    Document,
    Evidence,
    Fact,
    Facts,
    Finding,
    KnownDocument,
    Page,
    Period,
    Reading,
    ReadingState,
    Recognition,
    Severity,
    Source,
    Team,
    Visit,
    Waiver,
)
from rules.casefile import Case, CasePaper
from rules.model import RulePack
from validators.completeness import assess

_TEAM = Team("doan-1", "Đoàn Kiểm tra số 1")


def evaluate(case: Case, pack: RulePack) -> Completeness:
    """The dossier of the case's unit on the case's day."""
    documents, campaign = dossier(case, pack)
    return in_vietnamese(lambda: assess(case.unit, documents, campaign=campaign, pack=pack, as_of=case.as_of))


def in_vietnamese(judged: Callable[[], Completeness]) -> Completeness:
    """An answer in the language in which examples are written ("tháng 3" lacks), whatever language people read."""
    context = copy_context()
    context.run(use_language, "vi")
    return context.run(judged)


def dossier(case: Case, pack: RulePack) -> tuple[list[KnownDocument], Campaign]:
    """The papers of a case as documents, and the campaign in which they are judged."""
    return [_document(case, number, paper, pack) for number, paper in enumerate(case.papers)], _campaign(case, pack)


def _campaign(case: Case, pack: RulePack) -> Campaign:
    # A sub-unit's visit is its parent's; an example need not name the parent only to set the day.
    visits = (Visit(case.unit.id, _TEAM.id, case.visit),) if case.visit else ()
    waivers = tuple(Waiver(case.unit.id, item, "ví dụ", "ví dụ") for item in case.waived)
    units = (case.unit, *case.others)
    head = ("vi-du", "Ví dụ", case.year, pack.id)
    return Campaign(*head, (), (_TEAM,), units, visits, waivers, case.period, case.calendar)


def _document(case: Case, number: int, paper: CasePaper, pack: RulePack) -> KnownDocument:
    document = Document(
        id=f"paper-{number}",
        unit=paper.lies_with or case.unit.id,
        campaign="vi-du",
        sha256=f"{number:064x}",
        name=paper.name or f"tệp {number + 1}.docx",
        folder=paper.folder,
        size=1,
        filed_at=_noon(paper.filed or case.as_of),
        decision=_decision(paper, case),
    )
    if paper.text:
        return _read(document, paper, pack)
    recognition = Recognition(
        kind=paper.kind,
        score=paper.score if paper.kind else 0.0,
        evidence=(Evidence("title", "ví dụ", 1.0),) if paper.kind else (),
        runner_up=paper.runner_up,
        runner_up_score=0.5 if paper.runner_up else 0.0,
        hint=paper.hint,
        facts=_facts(paper),
    )
    source = paper.source if paper.state is ReadingState.READ else Source.NONE
    findings = tuple(Finding(code, Severity.WARNING, "ví dụ", "") for code in paper.findings)
    return KnownDocument(document, paper.state, source, recognition=recognition, findings=findings)


def _read(document: Document, paper: CasePaper, pack: RulePack) -> KnownDocument:
    """A paper given as its text is recognised as any other."""
    from validators.recognise import recognise

    pages = tuple(Page(text, paper.source) for text in paper.text.split("\f"))
    reading = Reading("txt", ReadingState.READ, pages, source=paper.source)
    recognition = recognise(reading, name=document.name, folder=document.folder, pack=pack)
    return KnownDocument(document, ReadingState.READ, paper.source, recognition=recognition)


def _facts(paper: CasePaper) -> Facts:
    counted = {"month": paper.month, "quarter": paper.quarter, "half": paper.half}
    part, index = next(((name, number) for name, number in counted.items() if number), (paper.part, None))
    known = paper.year is not None or part != "year"
    number = paper.code.split("-")[0] if paper.code else ""
    return Facts(
        number=_fact(number),
        code=_fact(paper.code),
        issued_on=_fact(paper.issued.isoformat() if paper.issued else ""),
        issuer=_fact(paper.issuer),
        period=Period(paper.year, part, index, paper.since) if known else None,
        unit_named=_fact(paper.unit_named),
        secrecy=_fact("MẬT" if paper.secret else ""),
        form_year=_fact(str(paper.form_year or "")),
        mass_org=_fact(paper.mass_org),
        member=_fact(paper.member),
    )


def _fact(value: str) -> Fact | None:
    return Fact(value, 1, value) if value else None


def _decision(paper: CasePaper, case: Case) -> Decision | None:
    if not (paper.decided_kind or paper.decided_unit or paper.decided_year):
        return None
    return Decision(paper.decided_kind, paper.decided_unit, paper.decided_year, "ví dụ", _noon(case.as_of))


def _noon(day: date) -> datetime:
    # 05:00 UTC is noon at the office.
    return datetime.combine(day, time(5), UTC)
