"""What an explanation says is true: every condition, every reason and every step, held against the facts by plain code
that shares nothing with the validators.

The papers are made from a table of plain truths (whose paper, of which year, readable or not), so that this file knows
by itself what is right.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.records import (
    Campaign,
    Decision,
    Document,
    Fact,
    Facts,
    KnownDocument,
    MassOrganisation,
    Period,
    ReadingState,
    Recognition,
    Source,
    Unit,
    UnitType,
    Verdict,
    VerdictKind,
    Visit,
)
from rules.loader import find_pack
from validators.completeness import assess
from validators.explain import ExplainedDocument, Explanation, explain

PACK = find_pack("xep-loai-2021")
YEAR = 2021
ORGS = (MassOrganisation("cong-doan", "Công đoàn"), MassOrganisation("phu-nu", "Hội Phụ nữ"))
OWN, OTHER = "Chi bộ Công ty Đại Phong", "Chi bộ Công ty Đài Phong"
UNIT = Unit("a", OWN, UnitType.CHI_BO_CO_SO, members=4, exempt=1, mass_orgs=ORGS, proposed_level="HTXSNV")
UNITS = (UNIT, Unit("b", OTHER, UnitType.CHI_BO_CO_SO))
CAMPAIGN = Campaign("x", "x", YEAR, PACK.id, (), (), UNITS, (Visit("a", "t", date(2021, 12, 20)),))
ASKED = {item.id: item for item in PACK.requirements if UNIT.type in item.unit_types}
# What the pack says, read here once more by plain attributes: which kinds serve a requirement, on which form.
ACCEPTS = {name: {*item.accepts, *item.all_of} for name, item in ASKED.items()}
NEED = {name: {"member": 3, "month": 12, "mass-org": 2}.get(item.per.value, 1) for name, item in ASKED.items()}
NOT_ASKED = {name for name, item in ASKED.items() if item.only_if and item.only_if.fact == "has_ubkt"}
FILED = datetime(2021, 12, 10, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Truth:
    """What a paper is, whatever a machine makes of it."""

    requirement: str
    kind: str
    owner: str = OWN  # whose name stands in its head; "" = none
    year: int | None = YEAR
    form: int | None = None
    state: ReadingState = ReadingState.READ
    recognised: bool = True
    score: float = 0.9
    scan: float | None = None  # how surely a scan's words were read
    secret: bool = False
    month: int = 1
    org: str | None = "cong-doan"
    member: str = "Nguyễn Văn A"
    decision: tuple[str | None, str | None, int | None] | None = None

    def document(self, number: int) -> KnownDocument:
        pack_kind = PACK.kinds[self.kind]
        monthly = pack_kind.period == "month"
        period = Period(self.year, "month", self.month) if monthly and self.year else Period(self.year)
        read = self.state is ReadingState.READ
        facts = Facts(
            issuer=_fact(self.owner.upper()),
            period=period if self.year else None,
            period_read=_fact(f"năm {self.year}" if self.year else ""),
            issued_on=_fact(f"{self.year}-12-01") if self.year and pack_kind.period == "any" else None,
            form_year=_fact(str(self.form or "")),
            secrecy=_fact("MẬT" if self.secret else ""),
            mass_org=_fact(self.org or "") if "doan-the" in self.kind else None,
            member=_fact(self.member) if self.kind == "kiem-diem-ca-nhan" else None,
        )
        known = self.recognised and read
        recognition = Recognition(
            self.kind if known else None,
            self.score if known else 0.0,
            runner_up=None if known or not read else self.kind,
            runner_up_score=0.4 if not known and read else 0.0,
            hint=None if read else self.kind,
            facts=facts if read else Facts(),
        )
        decision = Decision(*self.decision, by="VP", at=FILED) if self.decision else None
        filed = FILED + timedelta(minutes=number)
        document = Document(f"p{number}", "a", "x", "0" * 64, f"tệp {number}.docx", "", 1, filed, None, decision)
        source = Source.OCR if self.scan is not None else Source.EMBEDDED
        return KnownDocument(document, self.state, source, self.scan, recognition)

    # --- the plain truth of each condition

    @property
    def kind_known(self) -> bool | None:
        if self.decision and self.decision[0]:
            return True
        return True if self.recognised and self.state is ReadingState.READ else None

    @property
    def of_the_year(self) -> bool | None:
        told = (self.decision and self.decision[2]) or (self.year if self.state is ReadingState.READ else None)
        if told is None:
            return True if self.decision and self.decision[0] else None
        return told == YEAR

    @property
    def of_the_unit(self) -> bool:
        if self.decision and self.decision[1]:
            return self.decision[1] == "a"
        return self.owner in (OWN, "") or self.state is not ReadingState.READ

    @property
    def on_the_form(self) -> bool:
        wanted = PACK.kinds[self.kind].form_year
        return wanted is None or self.form in (None, wanted) or self.state is not ReadingState.READ

    @property
    def sure(self) -> bool:
        if self.decision and self.decision[0]:
            return True
        return self.score >= 0.5 and (self.scan is None or self.scan >= 0.6)

    @property
    def counts(self) -> bool | None:
        """Whether it counts: False before None, as what fails is certain."""
        told = [self.of_the_unit, self.of_the_year, self.on_the_form]
        if self.kind_known is None and self.state is not ReadingState.READ:
            return None
        if False in told:
            return False
        whole = [*told, self.kind_known, self.sure, not self.secret]
        return True if all(one is True for one in whole) else None


def _fact(value: str) -> Fact | None:
    return Fact(value, 1, value) if value else None


@st.composite
def truths(draw: st.DrawFn) -> list[Truth]:
    found = []
    for number in range(draw(st.integers(0, 5))):
        requirement = draw(st.sampled_from(sorted(set(ASKED) - NOT_ASKED)))
        kind = draw(st.sampled_from(sorted(ACCEPTS[requirement])))
        whole = Truth(requirement, kind, month=number + 1, member=f"Nguyễn Văn {'ABCDE'[number]}")
        flaw = draw(st.sampled_from([
            {}, {"owner": OTHER}, {"owner": ""}, {"year": 2020}, {"year": None}, {"form": 2018}, {"secret": True},
            {"state": ReadingState.LOCKED}, {"state": ReadingState.UNREADABLE}, {"recognised": False}, {"score": 0.4},
            {"scan": 0.3}, {"scan": 0.9}, {"decision": (kind, None, None)}, {"decision": (None, "b", None)},
            {"decision": (None, None, 2020)}, {"year": 2020, "decision": (None, None, YEAR)}, {"org": "phu-nu"},
        ]))  # fmt: skip
        found.append(replace(whole, **flaw))
    return found


def ask(papers: list[KnownDocument], day: date = date(2021, 12, 18)) -> dict[str, Verdict]:
    answer = assess(UNIT, papers, campaign=CAMPAIGN, pack=PACK, as_of=day)
    return {verdict.requirement: verdict for verdict in answer.verdicts}


def told(requirement: str, papers: list[KnownDocument]) -> Explanation:
    return explain(UNIT, requirement, papers, campaign=CAMPAIGN, pack=PACK, as_of=date(2021, 12, 18))


def made(papers: list[Truth]) -> list[KnownDocument]:
    return [paper.document(number) for number, paper in enumerate(papers)]


def about(explanation: Explanation) -> list[tuple[ExplainedDocument, int]]:
    return [(item, int(item.document.removeprefix("p"))) for item in explanation.candidates]


# --- conditions ------------------------------------------------------------------------------------------------------


@given(truths())
@settings(max_examples=150, deadline=None)
def test_every_condition_is_as_the_facts_have_it(papers: list[Truth]) -> None:
    documents = made(papers)
    for requirement in sorted(set(ASKED) - NOT_ASKED):
        explanation = told(requirement, documents)
        for item, number in about(explanation):
            truth = papers[number]
            assert truth.kind in ACCEPTS[requirement]
            for condition in item.conditions:
                plain = {
                    "kind": truth.kind_known, "year": truth.of_the_year, "unit": truth.of_the_unit,
                    "form": truth.on_the_form, "confidence": truth.sure or None, "secrecy": None,
                }.get(condition.id, condition.ok)  # fmt: skip
                assert condition.ok is plain, (condition.id, truth)
                assert bool(condition.message) == (condition.ok is not True)
            if not (truth.secret and truth.counts is None):
                assert item.counts is truth.counts, truth
        shown = {number for _item, number in about(explanation)}
        mine = {n for n, truth in enumerate(papers) if truth.kind in ACCEPTS[requirement]}
        moved_away = {n for n, truth in enumerate(papers) if truth.decision and truth.decision[1] == "b"}
        assert shown == mine - moved_away


# --- reasons ---------------------------------------------------------------------------------------------------------


def is_true(code: str, message: str, mine: list[Truth], verdict: Verdict) -> bool:
    """Whether a reason holds of the papers of a requirement, by the facts alone."""
    counting = [paper for paper in mine if paper.counts]
    holds = {
        "none-received": not counting,
        "too-few": 0 < verdict.have < verdict.need and f"{verdict.have}/{verdict.need}" in message,
        "wrong-year": any(paper.of_the_year is False and "2020" in message for paper in mine),
        "wrong-unit": any(not paper.of_the_unit and OTHER.lower() in message.lower() for paper in mine),
        "wrong-form-year": any(not paper.on_the_form and "2018" in message and "2019" in message for paper in mine),
        "locked": any(paper.state is ReadingState.LOCKED for paper in mine),
        "unreadable": any(paper.state is ReadingState.UNREADABLE for paper in mine),
        "secret-mark": any(paper.secret for paper in mine),
        "low-confidence": any(
            paper.kind_known is None or paper.of_the_year is None or not paper.sure for paper in mine
        ),
        "not-due": verdict.due_on is not None and verdict.due_on > date(2021, 12, 18),
    }
    return holds[code]


@given(truths())
@settings(max_examples=150, deadline=None)
def test_every_reason_is_true_of_the_facts(papers: list[Truth]) -> None:
    verdicts = ask(made(papers))
    for requirement, verdict in verdicts.items():
        mine = [
            paper
            for paper in papers
            if paper.kind in ACCEPTS[requirement] and not (paper.decision and paper.decision[1] == "b")
        ]
        for reason in verdict.reasons:
            assert is_true(reason.code, reason.message, mine, verdict), (requirement, reason, mine)
        if verdict.verdict is VerdictKind.MET:
            assert sum(bool(paper.counts) for paper in mine) >= verdict.need
        if verdict.verdict is VerdictKind.NOT_MET:
            assert sum(paper.counts is not False for paper in mine) < verdict.need


# --- steps -----------------------------------------------------------------------------------------------------------


def handed_in(requirement: str, verdict: Verdict) -> list[Truth]:
    """What the step of a gap asks for: as many right papers as lack, for the months, unions and members it names."""
    kind = sorted(ACCEPTS[requirement])[0]
    right = Truth(requirement, kind, form=PACK.kinds[kind].form_year)
    if ASKED[requirement].per.value == "month":
        lacking = [month for month in range(1, 13) if f"tháng {month}" in verdict.missing]
        return [replace(right, month=month) for month in lacking]
    if ASKED[requirement].per.value == "mass-org":
        return [replace(right, org=org.id) for org in ORGS if org.name in verdict.missing]
    return [replace(right, member=f"Trần Thị {number}") for number in range(verdict.need - verdict.have)]


@given(truths())
@settings(max_examples=120, deadline=None)
def test_doing_what_the_step_says_closes_the_gap(papers: list[Truth]) -> None:
    documents = made(papers)
    for requirement, verdict in ask(documents).items():
        if verdict.verdict is not VerdictKind.NOT_MET:
            continue
        assert verdict.remedy
        assert verdict.asks == "unit"
        steps = [paper.document(100 + number) for number, paper in enumerate(handed_in(requirement, verdict))]
        assert ask([*documents, *steps])[requirement].verdict is VerdictKind.MET, (requirement, verdict)


@given(truths())
@settings(max_examples=120, deadline=None)
def test_clearing_up_a_doubt_as_the_step_says_settles_it(papers: list[Truth]) -> None:
    """The unit hands in a whole copy, or the office decides by the command that the explanation names."""
    documents = made(papers)
    for requirement, verdict in ask(documents).items():
        if verdict.verdict is not VerdictKind.CANNOT_TELL:
            continue
        explanation = told(requirement, documents)
        settled = dict(enumerate(papers))
        for item, number in about(explanation):
            if item.counts is None:
                settled[number] = cleared(papers[number], item)
        after = ask([paper.document(number) for number, paper in settled.items()])[requirement]
        secret = any(paper.secret for paper in settled.values())
        assert after.verdict is not VerdictKind.CANNOT_TELL or secret, (requirement, verdict)
        assert after.have >= verdict.have
        gone = {reason.code for reason in verdict.reasons} - {reason.code for reason in after.reasons}
        assert gone or secret


def cleared(paper: Truth, item: ExplainedDocument) -> Truth:
    """The paper after its step: "" means that the unit hands it in again, else the office decides."""
    if not item.command:
        return replace(paper, state=ReadingState.READ, recognised=True)
    words = item.command.split()
    kept = paper.decision or (None, None, None)
    kind = words[words.index("--kind") + 1] if "--kind" in words else kept[0]
    year = int(words[words.index("--year") + 1]) if "--year" in words else kept[2]
    assert words[:4] == ["hoso", "docs", "set", item.document]
    assert "--unit" not in words
    return replace(paper, decision=(kind, kept[1], year))
