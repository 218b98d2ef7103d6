"""Which paper is of the period that a campaign reviews; shares of the need; papers that another body issues."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.i18n import use_language
from archive.records import (
    Calendar,
    Campaign,
    Decision,
    Document,
    Evidence,
    Fact,
    Facts,
    KnownDocument,
    Period,
    ReadingState,
    Recognition,
    Team,
    Unit,
    UnitType,
    Verdict,
    VerdictKind,
    Visit,
)
from rules.loader import pack_from_text
from rules.periods import in_vietnamese, in_words, months, quarters
from validators.completeness import assess, assess_all, folders_of

PACK = pack_from_text("""\
id: thu
title: Gói thử
period: {years: [2020, 2026], year: 2025}
areas: {a: Mảng A}
kinds:
  bao-cao: {name: Báo cáo năm, printed: [báo cáo]}
  bao-cao-quy: {name: Báo cáo quý, printed: [báo cáo], period: part}
  bao-cao-nhiem-ky: {name: Báo cáo nhiệm kỳ, printed: [báo cáo], period: term}
  bien-ban: {name: Biên bản tháng, period: month}
  ke-hoach: {name: Kế hoạch, period: plan}
  ket-luan: {name: Kết luận, period: any}
  ban-kiem-diem: {name: Bản kiểm điểm}
  muc-co-quan: {name: Mức xếp loại của cơ quan}
requirements:
- {id: bc, title: Báo cáo, area: a, for: [chi-bo-co-so], when: at-visit, accepts: [bao-cao],
   near: [bao-cao-quy, bao-cao-nhiem-ky], why: v, remedy: 'Nộp báo cáo {period}.'}
- {id: bb, title: Biên bản, area: a, for: [chi-bo-co-so], when: at-visit, accepts: [bien-ban], per: month,
   why: v, remedy: 'Nộp {missing}.'}
- {id: bcq, title: Báo cáo từng quý, area: a, for: [chi-bo-co-so], when: at-visit, accepts: [bao-cao-quy, bien-ban],
   per: quarter, why: v, remedy: 'Nộp {missing}.'}
- {id: kh, title: Kế hoạch, area: a, for: [chi-bo-co-so], when: at-visit, accepts: [ke-hoach], why: v, remedy: Nộp.}
- {id: kl, title: Kết luận, area: a, for: [chi-bo-co-so], when: at-visit, accepts: [ket-luan], why: v, remedy: Nộp.}
- {id: kd, title: Kiểm điểm, area: a, for: [chi-bo-co-so], when: at-visit, accepts: [ban-kiem-diem], per: member,
   at_least: 95 %, periods: [year], why: v, remedy: 'Nộp {need}.'}
- {id: muc, title: Mức của cơ quan, area: a, for: [chi-bo-co-so, chi-bo-truc-thuoc], from: host, when: at-visit,
   grace_days: 10, accepts: [muc-co-quan], why: v, remedy: 'Nộp mức {period} trước {due}.'}
- {id: sau, title: Báo cáo sau, area: a, for: [chi-bo-co-so], when: after-visit, due: {days: 2, working_days: true},
   accepts: [bao-cao], why: v, remedy: Nộp.}
""")
OFFICE = Unit("cb", "Chi bộ Sở Tài chính", UnitType.CHI_BO_CO_SO, members=40)
HEALTH = Unit("db", "Đảng bộ Sở Y tế", UnitType.DANG_BO_CO_SO)
WARD = Unit("cb-noi", "Chi bộ Khoa Nội", UnitType.CHI_BO_TRUC_THUOC, parent="db")
VISIT = date(2025, 12, 19)
YEARLY = Campaign(
    "x",
    "x",
    2025,
    "thu",
    (),
    (Team("d", "Đoàn"),),
    (OFFICE, HEALTH, WARD),
    (Visit("cb", "d", VISIT), Visit("db", "d", VISIT)),
)
QUARTER = replace(YEARLY, period=Period(2025, "quarter", 2))
HALF = replace(YEARLY, period=Period(2025, "half", 1))
TERM = replace(YEARLY, period=Period(2025, "term", since=2020))


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


def paper(kind: str, period: Period | None = None, *, no: int = 0, unit: str = "cb", **told: Any) -> KnownDocument:
    """A paper with what was read of it; `by_date`: its period is that of its date alone."""
    by_date, year = told.pop("by_date", False), told.pop("decided_year", None)
    filed = told.pop("filed", datetime(2025, 12, 1, 3, tzinfo=UTC))
    read = Facts(period=period, **{name: Fact(value, 1, value) for name, value in told.items()})
    evidence = (Evidence("date", "ngày", 0.0),) if by_date else ()
    decision = Decision(None, None, year, "VP", filed) if year else None
    document = Document(f"d{no}", unit, "x", "0" * 64, f"tệp {no}.docx", "", 1, filed, decision=decision)
    return KnownDocument(document, ReadingState.READ, recognition=Recognition(kind, 0.9, evidence, facts=read))


def ask(
    requirement: str, *papers: KnownDocument, campaign: Campaign = YEARLY, on: date = VISIT, unit: Unit = OFFICE
) -> Verdict:
    answer = assess(unit, papers, campaign=campaign, pack=PACK, as_of=on)
    return next(verdict for verdict in answer.verdicts if verdict.requirement == requirement)


def asked(campaign: Campaign) -> list[str]:
    return [item.requirement for item in assess(OFFICE, (), campaign=campaign, pack=PACK, as_of=VISIT).verdicts]


# --- the period reviewed ---------------------------------------------------------------------------------------------

Q1, Q2, YEAR = Period(2025, "quarter", 1), Period(2025, "quarter", 2), Period(2025)
MET, NOT, DOUBT = VerdictKind.MET, VerdictKind.NOT_MET, VerdictKind.CANNOT_TELL


@pytest.mark.parametrize(
    ("campaign", "kind", "period", "wanted", "code"),
    [
        (YEARLY, "bao-cao", YEAR, MET, ""),
        (YEARLY, "bao-cao", Q2, NOT, "wrong-kind"),
        (YEARLY, "bao-cao-quy", Q2, NOT, "none-received"),  # it serves another requirement
        (YEARLY, "bao-cao", Period(2025, "term", since=2020), NOT, "wrong-kind"),
        (QUARTER, "bao-cao", Q2, MET, ""),
        (QUARTER, "bao-cao-quy", Q2, MET, ""),
        (QUARTER, "bao-cao-quy", Q1, NOT, "wrong-year"),
        (QUARTER, "bao-cao-quy", Period(2024, "quarter", 2), NOT, "wrong-year"),
        (QUARTER, "bao-cao-quy", Period(None, "quarter", 2), DOUBT, ""),  # of which year?
        (QUARTER, "bao-cao", YEAR, NOT, "wrong-kind"),
        (QUARTER, "bao-cao-quy", Period(2025, "half", 1), NOT, "wrong-kind"),
        (QUARTER, "bao-cao-quy", Period(2025, "month", 5), NOT, "wrong-kind"),
        (HALF, "bao-cao-quy", Period(2025, "half", 1), MET, ""),
        (HALF, "bao-cao-quy", Period(2025, "half", 2), NOT, "wrong-year"),
        (HALF, "bao-cao-quy", Q2, NOT, "wrong-kind"),
        (TERM, "bao-cao-nhiem-ky", Period(2025, "term", since=2020), MET, ""),
        (TERM, "bao-cao", Period(2025, "term", since=2020), MET, ""),
        (TERM, "bao-cao-nhiem-ky", Period(2020, "term", since=2015), NOT, "wrong-year"),
        (TERM, "bao-cao", Period(2023), NOT, "wrong-kind"),
        (TERM, "bao-cao-quy", Q2, NOT, "none-received"),
    ],
)
def test_a_report_is_of_the_period_reviewed(
    campaign: Campaign, kind: str, period: Period, wanted: VerdictKind, code: str
) -> None:
    verdict = ask("bc", paper(kind, period), campaign=campaign)
    assert verdict.verdict is wanted
    if code:
        assert code in [reason.code for reason in verdict.reasons]
        assert verdict.remedy.startswith(f"Nộp báo cáo {in_vietnamese(campaign.reviewed)}")


@pytest.mark.parametrize(
    ("issued", "wanted"),
    [
        ("2025-03-31", NOT), ("2025-04-15", DOUBT), ("2025-05-02", MET), ("2025-06-30", MET), ("2025-07-20", MET),
        ("2025-08-14", MET), ("2025-08-15", NOT), ("2024-05-02", NOT),
    ],
)  # fmt: skip
def test_where_only_the_date_speaks_it_closes_the_quarter_until_the_middle_of_the_month_after_next(
    issued: str, wanted: VerdictKind
) -> None:
    read = paper("bao-cao", Period(int(issued[:4])), issued_on=issued, by_date=True)
    assert ask("bc", read, campaign=QUARTER).verdict is wanted
    assert ask("bc", paper("bao-cao", None, issued_on=issued), campaign=QUARTER).verdict is wanted


def test_a_paper_without_period_and_date_is_in_doubt_whatever_is_reviewed() -> None:
    for campaign in (YEARLY, QUARTER, HALF, TERM):
        assert ask("bc", paper("bao-cao"), campaign=campaign).verdict is DOUBT


@pytest.mark.parametrize(
    ("campaign", "year", "wanted"),
    [
        (YEARLY, 2025, MET),
        (YEARLY, 2024, NOT),
        (QUARTER, 2025, MET),
        (QUARTER, 2024, NOT),
        (TERM, 2022, MET),
        (TERM, 2019, NOT),
    ],
)
def test_the_year_that_a_person_set_holds(campaign: Campaign, year: int, wanted: VerdictKind) -> None:
    assert ask("bc", paper("bao-cao", decided_year=year), campaign=campaign).verdict is wanted


def test_plans_conclusions_and_minutes_of_a_quarter() -> None:
    assert ask("kh", paper("ke-hoach", YEAR), campaign=QUARTER).verdict is MET  # the year's plan covers it
    assert ask("kh", paper("ke-hoach", Q1), campaign=QUARTER).verdict is NOT
    assert ask("kl", paper("ket-luan", YEAR, issued_on="2025-04-02"), campaign=QUARTER).verdict is MET
    assert ask("kl", paper("ket-luan", YEAR, issued_on="2025-07-02"), campaign=QUARTER).verdict is NOT
    minutes = [paper("bien-ban", Period(2025, "month", month), no=month) for month in (4, 5, 7)]
    verdict = ask("bb", *minutes, campaign=QUARTER)
    assert (verdict.have, verdict.need, verdict.missing) == (2, 3, ("month 6",))
    assert "month 7" in next(reason for reason in verdict.reasons if reason.code == "wrong-year").message
    assert verdict.remedy.startswith("Nộp month 6;")


def test_minutes_of_a_term_are_asked_month_by_month() -> None:
    minutes = [paper("bien-ban", Period(year, "month", 3), no=year) for year in (2020, 2021, 2026)]
    verdict = ask("bb", *minutes, campaign=TERM)
    assert (verdict.have, verdict.need) == (2, 72)
    assert "month 1/2020" in verdict.missing
    assert "month 3/2021" not in verdict.missing


def test_a_paper_per_quarter() -> None:
    papers = [
        paper("bao-cao-quy", Q1, no=1),
        paper("bao-cao-quy", Q1, no=2),  # twice the same quarter counts once
        paper("bien-ban", Period(2025, "month", 8), no=3),
        paper("bien-ban", None, no=4, issued_on="2025-12-30"),
        paper("bao-cao-quy", Period(2025, "half", 1), no=5, issued_on="2024-07-01"),
    ]
    verdict = ask("bcq", *papers)
    assert (verdict.verdict, verdict.have, verdict.need, verdict.missing) == (DOUBT, 3, 4, ("quarter 2",))
    assert ask("bcq", paper("bao-cao-quy", Q2), campaign=QUARTER).verdict is MET
    assert ask("bcq", paper("bao-cao-quy", Q1), campaign=QUARTER).verdict is NOT


def test_what_belongs_to_the_year_is_not_asked_of_a_quarter() -> None:
    assert "kd" in asked(YEARLY)
    assert asked(QUARTER) == [name for name in asked(YEARLY) if name != "kd"]


periods = st.builds(
    lambda year, part: Period(year, "term", since=year - 5) if part == "term" else Period(year, part, 1 + year % 2),
    st.integers(2019, 2026),
    st.sampled_from(["half", "quarter", "term"]),
)


@given(periods)
def test_months_and_quarters_fill_the_period_and_it_is_told_in_words(period: Period) -> None:
    found = months(period)
    assert list(found) == sorted(set(found))
    assert len(found) == {"half": 6, "quarter": 3, "term": 72}[period.part]
    assert {(year, (month + 2) // 3) for year, month in found} == set(quarters(period))
    assert str(period.year) in in_words(period)
    assert str(period.year) in in_vietnamese(period)


@given(st.sampled_from([QUARTER, HALF, TERM]), periods | st.builds(Period, st.integers(2019, 2026)))
def test_a_report_that_names_its_period_counts_for_that_period_alone(campaign: Campaign, period: Period) -> None:
    met = ask("bc", paper("bao-cao", period), campaign=campaign).verdict is MET
    assert met == (period == campaign.reviewed)


# --- a share of the need ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("have", "wanted"), [(40, MET), (38, MET), (37, NOT), (0, NOT)])
def test_ninety_five_of_a_hundred_are_enough_and_the_arithmetic_is_told(have: int, wanted: VerdictKind) -> None:
    papers = [paper("ban-kiem-diem", YEAR, no=number, member=f"Người {number}") for number in range(have)]
    verdict = ask("kd", *papers)
    assert (verdict.verdict, verdict.have, verdict.need) == (wanted, have, 40)
    told = " ".join(reason.message for reason in verdict.reasons)
    assert (wanted is MET and have == 40) == (not verdict.reasons)
    assert ("95 % of 40, rounded up, is 38" in told) == (0 < have < 40)
    if wanted is MET and have < 40:
        assert [reason.code for reason in verdict.reasons] == ["within-share"]
        assert verdict.remedy == ""


@given(st.integers(1, 200), st.data())
def test_a_share_is_met_from_its_exact_amount_on(members: int, data: st.DataObject) -> None:
    have = data.draw(st.integers(0, members))
    papers = [paper("ban-kiem-diem", YEAR, no=number, member=f"Người {number}") for number in range(have)]
    verdict = ask("kd", *papers, unit=replace(OFFICE, members=members))
    assert (verdict.verdict is MET) == (have * 100 >= 95 * members)


# --- papers of another body, that may come late ----------------------------------------------------------------------


def test_a_paper_of_the_host_body_is_waited_for_and_then_lacks() -> None:
    last = VISIT + timedelta(days=10)
    waiting = ask("muc", on=last)
    assert (waiting.verdict, waiting.due_on) == (DOUBT, last)
    assert "not-due" in [reason.code for reason in waiting.reasons]
    assert "29/12/2025" in waiting.remedy
    assert ask("muc", on=last + timedelta(days=1)).verdict is NOT
    unset = replace(YEARLY, visits=())
    assert ask("muc", campaign=unset, on=date(2030, 1, 1)).verdict is DOUBT


def test_whoever_issues_it_it_counts_unless_it_is_that_of_another_unit() -> None:
    for issuer in ("ỦY BAN NHÂN DÂN TỈNH", "SỞ TÀI CHÍNH", "CÔNG ĐOÀN SỞ TÀI CHÍNH", "Chi bộ Sở Tài chính"):
        assert ask("muc", paper("muc-co-quan", YEAR, issuer=issuer)).verdict is MET, issuer
    other = ask("muc", paper("muc-co-quan", YEAR, issuer="ĐẢNG BỘ SỞ Y TẾ"), on=date(2026, 2, 1))
    assert other.verdict is NOT
    assert "wrong-unit" in [reason.code for reason in other.reasons]


def test_it_may_lie_in_the_folder_of_the_unit_above() -> None:
    level = paper("muc-co-quan", YEAR, unit="db", issuer="SỞ Y TẾ")
    minutes = paper("bao-cao", YEAR, unit="db", no=1)
    assert ask("muc", level, minutes, unit=WARD).verdict is MET
    answers = assess_all(YEARLY, {"db": [level, minutes]}, PACK, VISIT)
    ward = next(answer for answer in answers if answer.unit.id == "cb-noi")
    assert [verdict.documents for verdict in ward.verdicts] == [("d0",)]
    assert folders_of([WARD], PACK) == {"cb-noi", "db"}
    assert folders_of([OFFICE, HEALTH], PACK) == {"cb", "db"}


def test_coming_within_the_grace_is_not_late_and_behind_it_is() -> None:
    for days, late in ((10, False), (11, True)):
        at = datetime(2025, 12, 19, 5, tzinfo=UTC) + timedelta(days=days)
        verdict = ask("muc", paper("muc-co-quan", YEAR, filed=at), on=date(2026, 2, 1))
        assert (verdict.verdict, verdict.late) == (MET, late)


def test_days_after_the_visit_by_the_tables_of_pack_and_campaign() -> None:
    assert ask("sau").due_on == date(2025, 12, 23)
    swapped = replace(YEARLY, calendar=Calendar(off=(date(2025, 12, 22),)))
    assert ask("sau", campaign=swapped).due_on == date(2025, 12, 24)
