"""What must always hold of completeness, whatever the documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.records import (
    Campaign,
    Completeness,
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
    Team,
    Unit,
    UnitType,
    VerdictKind,
    Visit,
    Waiver,
)
from rules.loader import find_pack
from rules.model import Requirement
from validators.completeness import assess
from validators.explain import explain

PACK = find_pack("xep-loai-2021")
ORGS = (MassOrganisation("cong-doan", "Công đoàn"), MassOrganisation("phu-nu", "Hội Phụ nữ"))
UNITS = (
    Unit("a", "Chi bộ Công ty Đại Phong", UnitType.CHI_BO_CO_SO, members=3, exempt=1, mass_orgs=ORGS),
    Unit("b", "Chi bộ Công ty Đài Phong", UnitType.CHI_BO_CO_SO),
    Unit("c", "Đảng bộ Sở Y tế", UnitType.DANG_BO_CO_SO, mass_orgs=ORGS, has_ubkt=True, proposed_level="HTXSNV"),
    Unit("d", "Chi bộ Khoa Nội", UnitType.CHI_BO_TRUC_THUOC, parent="c", members=2),
)
VISITS = (Visit("a", "t", date(2021, 12, 20)), Visit("c", "t", date(2022, 1, 6)))
CAMPAIGN = Campaign("x", "x", 2021, PACK.id, (), (Team("t", "Đoàn"),), UNITS, VISITS)
ORDER = {VerdictKind.NOT_MET: 0, VerdictKind.CANNOT_TELL: 1, VerdictKind.MET: 2}

kinds = st.sampled_from(sorted(PACK.kinds))
served = st.sampled_from(sorted({kind for item in PACK.requirements for kind in item.accepts}))
maybe_kind = st.none() | served | kinds
NAMES = (
    "Chi bộ Công ty Đại Phong", "CHI BO CONG TY DAI PHONG", "Chi bộ Công ty Đài Phong", "ĐẢNG ỦY SỞ Y TẾ",
    "Chi bộ Khoa Nội", "Sở Nội vụ", "Đảng ủy Khối",
)  # fmt: skip
names = st.sampled_from(NAMES)
people = st.sampled_from(["Hoàng Văn Tuấn", "Hoàng Văn Tuân", "HOANG VAN TUAN", "Trần Thị Bình"])
days = st.dates(date(2020, 10, 1), date(2022, 4, 30))
periods = st.builds(
    Period,
    st.sampled_from([None, 2020, 2021, 2022]),
    st.sampled_from(["year", "half", "month"]),
    st.none() | st.integers(1, 12),
)


def facts(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[Fact | None]:
    return st.none() | strategy.map(lambda value: Fact(value, 1, value))


all_facts = st.builds(
    Facts,
    issued_on=facts(days.map(date.isoformat)),
    issuer=facts(names),
    unit_named=facts(names),
    period=st.none() | periods,
    member=facts(people),
    mass_org=facts(st.sampled_from(["cong-doan", "phu-nu", "cuu-chien-binh"])),
    form_year=facts(st.sampled_from(["2018", "2019"])),
    secrecy=st.sampled_from([None, None, None, Fact("MẬT", 1, "MẬT")]),
)


@st.composite
def dossiers(draw: st.DrawFn, most: int = 14) -> list[KnownDocument]:
    found = []
    for number in range(draw(st.integers(0, most))):
        kind = draw(maybe_kind)
        recognition = Recognition(
            kind,
            draw(st.sampled_from([0.3, 0.6, 0.9])) if kind else 0.0,
            runner_up=draw(maybe_kind),
            runner_up_score=draw(st.sampled_from([0.1, 0.5])),
            hint=draw(maybe_kind),
            facts=draw(all_facts),
        )
        state = draw(st.sampled_from([ReadingState.READ, ReadingState.READ, *ReadingState]))
        decided = draw(st.sampled_from([None, None, None, "kind", "unit", "year"]))
        decision = decided and Decision(
            draw(kinds) if decided == "kind" else None,
            draw(st.sampled_from("abcd")) if decided == "unit" else None,
            draw(st.sampled_from([2020, 2021])) if decided == "year" else None,
            "VP",
            datetime(2022, 1, 1, tzinfo=UTC),
        )
        filed = datetime(2021, 12, 1, tzinfo=UTC) + timedelta(days=draw(st.integers(0, 40)))
        version = draw(st.sampled_from([None, None, f"p{number - 1}"]))
        unit, name = draw(st.sampled_from("abcd")), f"tệp {number}.docx"
        document = Document(f"p{number}", unit, "x", "0" * 64, name, "", 1, filed, version, decision or None)
        source = draw(st.sampled_from([Source.EMBEDDED, Source.OCR]))
        confidence = draw(st.sampled_from([None, 0.4, 0.95]))
        unread_yet = draw(st.booleans()) and state is ReadingState.NOT_YET
        found.append(KnownDocument(document, state, source, confidence, None if unread_yet else recognition))
    return found


units = st.sampled_from(UNITS)
as_of = st.dates(date(2021, 11, 1), date(2022, 2, 28))


def ask(unit: Unit, documents: list[KnownDocument], day: date) -> Completeness:
    return assess(unit, documents, campaign=CAMPAIGN, pack=PACK, as_of=day)


@given(units, dossiers(), as_of, st.randoms(use_true_random=False))
@settings(max_examples=120, deadline=None)
def test_the_order_of_documents_never_matters(
    unit: Unit, documents: list[KnownDocument], day: date, random: object
) -> None:
    shuffled = list(documents)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert ask(unit, shuffled, day) == ask(unit, documents, day)


@given(units, dossiers(), as_of)
@settings(max_examples=120, deadline=None)
def test_numbers_are_sound_on_any_day(unit: Unit, documents: list[KnownDocument], day: date) -> None:
    answer = ask(unit, documents, day)
    for percent in (answer.percent, answer.percent_before, answer.percent_due):
        assert 0.0 <= percent.low <= percent.high <= 100.0
    kinds_ = ("met", "not_met", "cannot_tell", "not_applicable")
    assert sum(answer.counts[kind] for kind in kinds_) == len(answer.verdicts)
    for verdict in answer.verdicts:
        assert len(set(verdict.documents)) == len(verdict.documents) <= verdict.have or verdict.have == 0
        assert (verdict.verdict is VerdictKind.MET) <= (verdict.have >= verdict.need)
        assert (
            bool(verdict.reasons)
            == bool(verdict.remedy)
            == (verdict.verdict in (VerdictKind.NOT_MET, VerdictKind.CANNOT_TELL))
        )
        assert "{" not in verdict.remedy


@given(units, dossiers(), as_of, st.sampled_from(PACK.requirements), people, st.integers(1, 12))
@settings(max_examples=200, deadline=None)
def test_adding_a_right_document_never_lowers_anything(
    unit: Unit, documents: list[KnownDocument], day: date, requirement: Requirement, person: str, month: int
) -> None:
    kind = requirement.accepts[0]
    month_of = Period(2021, "month", month) if PACK.kinds[kind].period == "month" else Period(2021)
    member, union, issued = Fact(person, 1, person), Fact("cong-doan", 1, ""), Fact("2021-12-10", 1, "")
    read = Facts(period=month_of, issued_on=issued, member=member, mass_org=union)
    right = KnownDocument(
        Document("new", unit.id, "x", "1" * 64, "mới.docx", "", 1, datetime(2022, 1, 3, tzinfo=UTC)),
        ReadingState.READ,
        recognition=Recognition(kind, 0.95, facts=read),
    )
    before, after = ask(unit, documents, day), ask(unit, [*documents, right], day)
    for old, new in zip(before.verdicts, after.verdicts, strict=True):
        if old.verdict is VerdictKind.NOT_APPLICABLE:
            assert new.verdict is VerdictKind.NOT_APPLICABLE
        else:
            assert ORDER[new.verdict] >= ORDER[old.verdict], old.requirement
            assert new.have >= old.have
    for name in ("percent", "percent_before", "percent_due"):
        assert getattr(after, name).low >= getattr(before, name).low
        assert getattr(after, name).high >= getattr(before, name).high


@given(units, dossiers(), dossiers(most=6), as_of)
@settings(max_examples=80, deadline=None)
def test_papers_of_other_units_change_nothing(
    unit: Unit, documents: list[KnownDocument], strangers: list[KnownDocument], day: date
) -> None:
    other = next(one.id for one in UNITS if one.id != unit.id)
    strange = [
        replace(item, document=replace(item.document, id=f"s-{item.document.id}", unit=other, decision=None))
        for item in strangers
    ]
    assert ask(unit, [*documents, *strange], day) == ask(unit, documents, day)


@given(units, dossiers(most=8), as_of)
@settings(max_examples=40, deadline=None)
def test_explanations_agree_with_verdicts(unit: Unit, documents: list[KnownDocument], day: date) -> None:
    for verdict in ask(unit, documents, day).verdicts:
        told = explain(unit, verdict.requirement, documents, campaign=CAMPAIGN, pack=PACK, as_of=day)
        assert told.verdict == verdict
        counting = {item.document for item in told.candidates if item.counts and not item.replaced}
        if told.applies is not False and verdict.need:
            assert set(verdict.documents) <= counting


@given(units, dossiers(), as_of)
@settings(max_examples=40, deadline=None)
def test_a_waiver_changes_the_percentage_and_no_verdict(unit: Unit, documents: list[KnownDocument], day: date) -> None:
    waived = replace(CAMPAIGN, waivers=(Waiver(unit.id, "bien-ban-xep-loai", "vì", "VP", until=day),))
    plain, excused = ask(unit, documents, day), assess(unit, documents, campaign=waived, pack=PACK, as_of=day)
    for one, other in zip(plain.verdicts, excused.verdicts, strict=True):
        assert replace(other, waived=False) == one
    assert excused.counts["waived"] == 1
