"""The fine print of verdicts, beside the example dossiers of tests/cases (those show each requirement)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from archive.i18n import use_language
from archive.records import (
    Bundle,
    Campaign,
    Completeness,
    Decision,
    Document,
    Fact,
    Facts,
    Finding,
    KnownDocument,
    MassOrganisation,
    Percent,
    Period,
    ReadingState,
    Recognition,
    Severity,
    Source,
    Team,
    Unit,
    UnitType,
    Verdict,
    VerdictKind,
    Visit,
    Waiver,
)
from rules.loader import find_pack, pack_from_text
from rules.model import RulePack
from validators.completeness import assess, assess_all

PACK = find_pack("xep-loai-2021")
VISIT = date(2021, 12, 20)
DUE = date(2021, 12, 17)
THIS_YEAR = Period(2021)
UNION = MassOrganisation("cong-doan", "Công đoàn")
OFFICE = Unit("cb", "Chi bộ Văn phòng", UnitType.CHI_BO_CO_SO, members=3, mass_orgs=(UNION,))
HEALTH = Unit("db", "Đảng bộ Sở Y tế", UnitType.DANG_BO_CO_SO)
WARD = Unit("cb-noi", "Chi bộ Khoa Nội", UnitType.CHI_BO_TRUC_THUOC, parent="db", members=2)
CAMPAIGN = Campaign(
    "xl", "Đợt 2021", 2021, PACK.id, (), (Team("d", "Đoàn 1"),), (OFFICE, HEALTH, WARD),
    (Visit("cb", "d", VISIT), Visit("db", "d", VISIT + timedelta(days=2))),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


def fact(value: str) -> Fact:
    return Fact(value, 1, value)


def paper(
    no: int,
    kind: str | None = "bao-cao-tong-ket",
    *,
    unit: str | None = "cb",
    filed: datetime = datetime(2021, 12, 10, 3, tzinfo=UTC),
    state: ReadingState = ReadingState.READ,
    hint: str | None = None,
    findings: tuple[Finding, ...] = (),
    decision: Decision | None = None,
    version_of: str | None = None,
    period: Period | None = THIS_YEAR,
    **facts: Any,
) -> KnownDocument:
    document = Document(f"d{no}", unit, "xl", "0" * 64, f"tệp {no}.docx", "", 1, filed, version_of, decision)
    read = Facts(period=period, **{name: fact(value) for name, value in facts.items()})
    recognition = Recognition(kind, 0.9 if kind else 0.0, hint=hint, facts=read)
    return KnownDocument(document, state, recognition=recognition, findings=findings)


def ask(
    *documents: KnownDocument, unit: Unit = OFFICE, campaign: Campaign = CAMPAIGN, on: date = DUE, pack: RulePack = PACK
) -> Completeness:
    return assess(unit, documents, campaign=campaign, pack=pack, as_of=on)


def one(answer: Completeness, requirement: str = "bao-cao-tong-ket") -> Verdict:
    return next(verdict for verdict in answer.verdicts if verdict.requirement == requirement)


def codes(verdict: Verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


# --- the unit's answer -----------------------------------------------------------------------------------------------


def test_the_answer_names_pack_hash_visit_team_and_days() -> None:
    answer = ask(on=date(2021, 12, 14))
    assert (answer.pack, answer.pack_sha256, answer.team) == (PACK.id, PACK.sha256, "d")
    assert (answer.visit_on, answer.due_on, answer.days_left) == (VISIT, DUE, 3)
    asked = [item.id for item in PACK.requirements if UnitType.CHI_BO_CO_SO in item.unit_types]
    assert [verdict.requirement for verdict in answer.verdicts] == asked


def test_counts_and_percentages_of_an_empty_dossier() -> None:
    answer = ask()
    assert answer.counts == {"met": 0, "not_met": 16, "cannot_tell": 0, "not_applicable": 1, "waived": 0, "late": 0}
    assert answer.percent == answer.percent_before == answer.percent_due == Percent(0.0, 0.0)


def test_percentages_count_met_and_what_may_still_be_met() -> None:
    answer = ask(paper(1), paper(2, None, state=ReadingState.LOCKED, hint="bao-cao-ktgs"))
    assert answer.percent == Percent(6.2, 12.5)  # of 16
    assert answer.percent_before == Percent(11.1, 22.2)  # of 9
    assert ask(paper(1), on=DUE - timedelta(days=1)).percent_due == Percent(100.0, 100.0)  # nothing is due yet
    assert ask(paper(1), on=VISIT).percent_due == Percent(6.2, 6.2)


def test_an_unread_file_that_points_nowhere_lifts_the_high_end_by_one_gap() -> None:
    answer = ask(paper(1, None, state=ReadingState.NOT_YET), paper(2, None))
    assert answer.percent == Percent(0.0, 12.5)
    assert answer.unread == ("d1", "d2")
    assert one(answer).verdict is VerdictKind.NOT_MET
    assert codes(one(answer)) == ["none-received", "unread-files"]


def test_a_general_kind_in_a_name_points_nowhere() -> None:
    answer = ask(paper(1, None, state=ReadingState.UNREADABLE, hint="bao-cao"))
    assert answer.unread == ("d1",)
    assert one(answer).verdict is VerdictKind.NOT_MET


def test_a_hint_to_something_else_lifts_only_that() -> None:
    answer = ask(paper(1, None, state=ReadingState.UNREADABLE, hint="bao-cao-so-ket"))
    assert answer.unread == ()
    assert answer.percent == Percent(0.0, 0.0)


def test_a_waived_requirement_is_left_out_of_the_percentage() -> None:
    waiver = Waiver("cb", "bao-cao-tong-ket", "vì", "văn phòng", until=DUE)
    campaign = replace(CAMPAIGN, waivers=(waiver,))
    answer = ask(campaign=campaign)
    assert one(answer).waived
    assert answer.counts["waived"] == 1
    assert answer.counts["not_met"] == 16
    assert ask(paper(1, "bao-cao-ktgs"), campaign=campaign).percent == Percent(6.7, 6.7)  # of 15
    assert not one(ask(campaign=campaign, on=DUE + timedelta(days=1))).waived  # held until that day, inclusive
    assert not one(ask(campaign=campaign, unit=HEALTH)).waived


def test_without_a_visit_nothing_is_due_or_late() -> None:
    campaign = replace(CAMPAIGN, visits=())
    answer = ask(campaign=campaign)
    assert (answer.due_on, answer.days_left, answer.team) == (None, None, None)
    assert answer.percent_due == Percent(100.0, 100.0)
    assert codes(one(answer)) == ["none-received", "not-due"]
    assert one(ask(paper(1, filed=datetime(2031, 1, 1, tzinfo=UTC)), campaign=campaign)).late is False


def test_sub_units_follow_the_visit_of_the_unit_above() -> None:
    answer = ask(unit=WARD)
    assert (answer.visit_on, answer.due_on, answer.team) == (date(2021, 12, 22), date(2021, 12, 22), "d")
    moved = replace(CAMPAIGN, visits=(Visit("db", "d", date(2022, 1, 5)),))
    assert {verdict.due_on for verdict in ask(unit=WARD, campaign=moved).verdicts} == {date(2022, 1, 5)}


# --- late ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filed", "late"),
    [
        (datetime(2021, 12, 17, 16, 59, tzinfo=UTC), False),  # 23:59 at the office
        (datetime(2021, 12, 17, 17, 0, tzinfo=UTC), True),  # midnight at the office
    ],
)
def test_the_filing_day_is_that_of_the_office(filed: datetime, late: bool) -> None:
    assert one(ask(paper(1, filed=filed))).late is late


def test_a_later_revision_counts_but_does_not_make_it_late() -> None:
    late = datetime(2021, 12, 19, 3, tzinfo=UTC)
    verdict = one(ask(paper(1), paper(2, filed=late)))
    assert (verdict.documents, verdict.late) == (("d2",), False)
    assert one(ask(paper(2, filed=late))).late
    assert ask(paper(2, filed=late)).counts["late"] == 1


def test_the_last_of_several_decides_on_late() -> None:
    papers = [paper(n, "kiem-diem-ca-nhan", member=name) for n, name in enumerate(["An", "Bình", "Chi"])]
    assert not one(ask(*papers), "kiem-diem-ca-nhan").late
    late = papers[2]
    late = replace(late, document=replace(late.document, filed_at=datetime(2021, 12, 21, tzinfo=UTC)))
    assert one(ask(*papers[:2], late), "kiem-diem-ca-nhan").late


# --- what counts -----------------------------------------------------------------------------------------------------


def test_newest_by_filing_then_by_name_with_numbers_by_value() -> None:
    same = [paper(n, "bien-ban-xep-loai") for n in (2, 10, 9)]
    assert one(ask(*same), "bien-ban-xep-loai").documents == ("d10",)


def test_a_wrong_new_version_does_not_undo_the_right_old_one() -> None:
    right = paper(1)
    wrong = paper(2, period=Period(2020), version_of="d1", filed=datetime(2021, 12, 12, tzinfo=UTC))
    assert one(ask(right, wrong)).documents == ("d1",)


def test_what_a_person_decided_goes_before_what_was_read() -> None:
    def said(**what: Any) -> Decision:
        at = datetime(2021, 12, 11, tzinfo=UTC)
        return Decision(**{"kind": None, "unit": None, "year": None, "by": "VP", "at": at, **what})

    assert one(ask(paper(1, "bao-cao-so-ket", decision=said(kind="bao-cao-tong-ket")))).verdict is VerdictKind.MET
    assert one(ask(paper(1, decision=said(kind="bao-cao-so-ket")))).verdict is VerdictKind.NOT_MET
    assert one(ask(paper(1, period=Period(2020), decision=said(year=2021)))).verdict is VerdictKind.MET
    assert codes(one(ask(paper(1, decision=said(year=2020))))) == ["wrong-year"]
    locked = paper(1, None, state=ReadingState.LOCKED, period=None, decision=said(kind="bao-cao-tong-ket"))
    assert one(ask(locked)).verdict is VerdictKind.MET
    assert one(ask(paper(1, issuer="Chi bộ Khoa Nội", decision=said(unit="cb")))).verdict is VerdictKind.MET
    assert one(ask(paper(1, decision=said(unit="db")))).verdict is VerdictKind.NOT_MET


def test_a_document_moved_to_another_unit_is_judged_there() -> None:
    move = Decision(None, "db", None, "VP", datetime(2021, 12, 11, tzinfo=UTC))
    answers = assess_all(CAMPAIGN, {"cb": [paper(1, decision=move)]}, PACK, DUE)
    assert [one(answer).verdict.value for answer in answers[:2]] == ["not-met", "met"]
    assert [answer.unit.id for answer in assess_all(CAMPAIGN, {}, PACK, DUE, units=[WARD])] == ["cb-noi"]


def test_a_document_of_another_unit_or_of_none_is_left_out() -> None:
    assert ask(paper(1, unit="db"), paper(2, unit=None)) == ask()


def test_another_units_paper_is_told_of_even_where_enough_count() -> None:
    verdict = one(ask(paper(1), paper(2, issuer="CHI BỘ KHOA NỘI"), paper(3, period=Period(2020))))
    assert verdict.verdict is VerdictKind.MET
    assert [near.fails for near in verdict.near_misses] == [("wrong-unit",)]


def test_all_together_is_the_same_as_one_by_one() -> None:
    documents = {"cb": [paper(1), paper(2, None)], "db": [paper(3, unit="db")], "cb-noi": []}
    together = assess_all(CAMPAIGN, documents, PACK, DUE)
    assert together == [ask(*documents[unit.id], unit=unit) for unit in CAMPAIGN.units]


def test_an_error_found_in_the_paper_keeps_it_from_counting_and_a_warning_does_not() -> None:
    warning = Finding("no-number", Severity.WARNING, "không có số", "ghi số")
    assert one(ask(paper(1, findings=(warning,)))).verdict is VerdictKind.MET
    error = replace(warning, code="over-maximum", severity=Severity.ERROR)
    verdict = one(ask(paper(1, findings=(error,))))
    assert (verdict.verdict, codes(verdict)) == (VerdictKind.NOT_MET, ["over-maximum"])
    # The pack has the last word: for the score it calls the same finding a warning.
    score = paper(1, "bang-tu-cham-diem", findings=(error,))
    assert one(ask(score), "tu-cham-diem").verdict is VerdictKind.MET


def test_a_decided_month_or_organisation_is_needed_where_papers_are_counted_by_it() -> None:
    unknown = paper(1, "bien-ban-sinh-hoat", period=Period(2021))
    verdict = one(ask(unknown), "bien-ban-sinh-hoat")
    assert (verdict.verdict, verdict.have) == (VerdictKind.NOT_MET, 0)  # one paper cannot be twelve
    assert "low-confidence" in codes(verdict)
    red_cross = MassOrganisation("ctd", "Hội Chữ thập đỏ")
    unit = replace(OFFICE, mass_orgs=(red_cross,))
    minutes = paper(1, "bien-ban-doan-the", issuer="HỘI CHỮ THẬP ĐỎ VĂN PHÒNG")
    assert one(ask(minutes, unit=unit), "doan-the-thong-qua").verdict is VerdictKind.MET
    other = paper(1, "bien-ban-doan-the", mass_org="phu-nu")
    assert codes(one(ask(other), "doan-the-thong-qua")) == ["wrong-unit"]


def test_what_lacks_is_named() -> None:
    months = [paper(n, "bien-ban-sinh-hoat", period=Period(2021, "month", n)) for n in range(1, 13) if n not in (3, 8)]
    verdict = one(ask(*months), "bien-ban-sinh-hoat")
    assert verdict.missing == ("month 3", "month 8")
    assert "3, 8" in verdict.remedy
    assert (verdict.have, verdict.need, codes(verdict)[0]) == (10, 12, "too-few")


def test_members_who_cannot_be_read_are_told_apart_by_their_papers() -> None:
    anonymous = [paper(n, "kiem-diem-ca-nhan") for n in (1, 2)]
    again = paper(3, "kiem-diem-ca-nhan", version_of="d2", filed=datetime(2021, 12, 12, tzinfo=UTC))
    verdict = one(ask(*anonymous, again), "kiem-diem-ca-nhan")
    assert (verdict.have, verdict.documents) == (2, ("d3", "d1"))


def test_all_members_exempt_means_not_applicable() -> None:
    unit = replace(OFFICE, members=2, exempt=2)
    assert one(ask(unit=unit), "kiem-diem-ca-nhan").verdict is VerdictKind.NOT_APPLICABLE


def test_near_misses_name_the_condition_and_the_remedy_says_what_to_do() -> None:
    last_year = paper(1, period=Period(2020))
    other = paper(2, issuer="CHI BỘ KHOA NỘI")
    verdict = one(ask(last_year, other))
    fails = {near.document: near.fails for near in verdict.near_misses}
    assert fails == {"d1": ("wrong-year",), "d2": ("wrong-unit",)}
    assert all(near.name in near.message for near in verdict.near_misses)
    remedy = one(ask(last_year)).remedy
    assert remedy.startswith("Nộp báo cáo tổng kết năm 2021; ")
    assert "2020" in remedy


def test_another_paper_is_named_by_its_title_and_issuer() -> None:
    election = paper(
        1, "bien-ban", hint="bien-ban-kiem-phieu", title="Bầu bổ sung chi ủy viên", issuer="CHI BỘ VĂN PHÒNG"
    )
    message = one(ask(election), "bien-ban-kiem-phieu").near_misses[0].message
    assert "“Bầu bổ sung chi ủy viên” (CHI BỘ VĂN PHÒNG)" in message
    union = paper(2, "bien-ban-doan-the", issuer="CÔNG ĐOÀN KHOA NỘI", mass_org="cong-doan")
    assert "CÔNG ĐOÀN KHOA NỘI" in one(ask(union), "doan-the-thong-qua").near_misses[0].message


def test_a_half_year_report_of_another_year_is_no_near_miss() -> None:
    verdict = one(ask(paper(1, "bao-cao-so-ket", period=Period(2020, "half"))))
    assert (verdict.near_misses, codes(verdict)) == ((), ["none-received"])


def test_a_long_file_name_with_line_breaks_stays_on_one_line() -> None:
    odd = paper(1, None, state=ReadingState.LOCKED, hint="bao-cao-tong-ket")
    odd = replace(odd, document=replace(odd.document, name="a\n{year}\tb.pdf"))
    assert "“a {year} b.pdf”" in one(ask(odd)).remedy


# --- shapes that the pack of 2021 does not use ------------------------------------------------------------------------

OTHER_PACK = """\
id: khac
title: Gói khác
period: {year: 2021}
areas: {a: A}
kinds: {x: {name: X}, y: {name: Y}}
requirements:
- {id: ca-hai, title: Cả hai, area: a, for: [dang-bo-co-so], when: at-visit, all_of: [x, y],
   why: w, remedy: "Nộp {missing}."}
- {id: ba-ban, title: Ba bản, area: a, for: [dang-bo-co-so], when: at-visit, accepts: [x], count: 3,
   why: w, remedy: Nộp đủ.}
- {id: moi-chi-bo, title: Mỗi chi bộ, area: a, for: [dang-bo-co-so], when: at-visit, accepts: [y], per: sub-unit,
   why: w, remedy: Nộp.}
- {id: nha-nuoc, title: Nhà nước, area: a, for: [dang-bo-co-so], when: by-date, due: {on: 2021-12-01}, accepts: [x],
   why: w, remedy: Nộp, only_if: {fact: host, is: state}}
"""


def test_all_of_count_sub_units_fixed_dates_and_unknown_conditions() -> None:
    pack = pack_from_text(OTHER_PACK)
    papers = [
        paper(1, "x", unit="db", code="1-BC/ĐU", number="1"),
        paper(2, "x", unit="db", code="1-BC/ĐU", number="1"),
        paper(3, "x", unit="db", code="2-BC/ĐU", number="2"),
        paper(4, "y", unit="db", unit_named="Chi bộ Khoa Nội", issuer="ĐẢNG ỦY SỞ Y TẾ"),
    ]
    answer = ask(*papers, unit=HEALTH, pack=pack, on=date(2021, 11, 1))
    assert (one(answer, "ca-hai").verdict, one(answer, "ca-hai").have) == (VerdictKind.MET, 2)
    assert one(ask(*papers[:3], unit=HEALTH, pack=pack), "ca-hai").missing == ("Y",)
    three = one(answer, "ba-ban")
    assert (three.have, three.need, len(three.documents)) == (2, 3, 2)
    assert (one(answer, "moi-chi-bo").verdict, one(answer, "moi-chi-bo").need) == (VerdictKind.MET, 1)
    state = one(answer, "nha-nuoc")
    assert (state.verdict, state.due_on) == (VerdictKind.CANNOT_TELL, date(2021, 12, 1))  # host is not told
    party = replace(HEALTH, host="party")
    campaign = replace(CAMPAIGN, units=(OFFICE, party, WARD))
    assert one(ask(unit=party, campaign=campaign, pack=pack), "nha-nuoc").verdict is VerdictKind.NOT_APPLICABLE


# --- scans -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("confidence", "verdict"),
    [
        (0.87, VerdictKind.MET),
        (0.6, VerdictKind.MET),
        (0.59, VerdictKind.CANNOT_TELL),
        (0.0, VerdictKind.CANNOT_TELL),
        (None, VerdictKind.CANNOT_TELL),
    ],
)
def test_nothing_is_met_on_a_doubtful_scan_alone(confidence: float | None, verdict: VerdictKind) -> None:
    answer = one(ask(replace(paper(1), source=Source.OCR, confidence=confidence)))
    assert answer.verdict is verdict
    assert codes(answer) == ([] if verdict is VerdictKind.MET else ["low-confidence"])


WAITS = Finding("needs-ocr", Severity.WARNING, "x", "y")


def test_scans_that_wait_and_point_nowhere_leave_every_gap_open() -> None:
    scans = [paper(no, None, state=ReadingState.NOT_YET, findings=(WAITS,)) for no in (1, 2)]
    begun = paper(3, None, findings=(WAITS,))  # read, but for some pages
    answer = ask(*scans, begun, paper(4, "bao-cao-ktgs"))
    assert answer.percent == Percent(6.2, 25.0), "three scans fill three gaps at most"
    assert answer.counts["not_met"] == 0
    verdict = one(answer)
    assert (verdict.verdict, codes(verdict)) == (VerdictKind.CANNOT_TELL, ["unread-files"])
    assert verdict.remedy.startswith("The text in 3 scanned file(s) is being recognised")
    assert one(answer, "bao-cao-ktgs").verdict is VerdictKind.MET


def test_what_was_wrongly_handed_in_is_told_while_scans_wait() -> None:
    scan = paper(1, None, state=ReadingState.NOT_YET, findings=(WAITS,))
    verdict = one(ask(scan, paper(2, period=Period(2020))))
    assert (verdict.verdict, codes(verdict)) == (VerdictKind.CANNOT_TELL, ["wrong-year", "unread-files"])
    assert [near.document for near in verdict.near_misses] == ["d2"]
    assert "scanned" in verdict.remedy
    assert "Nộp" not in verdict.remedy


def test_waiting_and_locked_files_are_told_together() -> None:
    locked = paper(1, None, state=ReadingState.LOCKED, hint="bao-cao-tong-ket")
    waiting = paper(2, None, state=ReadingState.NOT_YET, hint="bao-cao-tong-ket", findings=(WAITS,))
    begun = paper(3, None, hint="bao-cao-tong-ket", findings=(WAITS,))
    remedy = one(ask(locked, waiting, begun)).remedy
    assert "Take the password off" in remedy
    assert "The text in 2 scanned file(s)" in remedy
    other = one(ask(locked, waiting, begun), "bao-cao-ktgs")
    assert other.verdict is VerdictKind.NOT_MET, "they point to something else"


BLURRED = Finding("low-confidence", Severity.ERROR, "x", "y")


def blurred(known: KnownDocument, confidence: float = 0.35) -> KnownDocument:
    return replace(known, source=Source.OCR, confidence=confidence, findings=(*known.findings, BLURRED))


def test_nothing_is_met_or_missing_on_a_blurred_scan() -> None:
    verdict = one(ask(blurred(paper(1))))
    assert (verdict.verdict, codes(verdict)) == (VerdictKind.CANNOT_TELL, ["low-confidence"])
    assert "straight and sharp" in verdict.remedy
    assert one(ask(blurred(paper(1, period=Period(2019), issuer="CHI BỘ KHOA NỘI")))).verdict is VerdictKind.CANNOT_TELL
    said = Decision("bao-cao-tong-ket", None, 2021, "Lan", datetime(2021, 12, 11, tzinfo=UTC))
    assert one(ask(blurred(paper(1, None, decision=said)))).verdict is VerdictKind.MET, "a person has looked"


def test_a_blurred_scan_is_never_called_another_kind_nor_quoted() -> None:
    scan = blurred(paper(1, "bien-ban", hint="bien-ban-kiem-phieu", title="Bbu bo sunq chl uy", issuer="CHI BO"))
    verdict = one(ask(scan), "bien-ban-kiem-phieu")
    assert (verdict.verdict, codes(verdict), verdict.near_misses) == (
        VerdictKind.CANNOT_TELL, ["low-confidence", "not-due"], (),
    )  # fmt: skip
    assert "Bbu bo" not in str(verdict)
    nowhere = blurred(paper(1, None))
    answer = ask(nowhere)
    assert answer.unread == ("d1",)
    assert codes(one(answer)) == ["none-received", "unread-files"]


def test_a_secret_paper_is_no_near_miss() -> None:
    secret = paper(1, "bien-ban", hint="bien-ban-kiem-phieu", title="Việc kín", issuer="CHI BỘ A", secrecy="MẬT")
    verdict = one(ask(secret), "bien-ban-kiem-phieu")
    assert (verdict.verdict, verdict.near_misses) == (VerdictKind.NOT_MET, ())
    assert "Việc kín" not in str(verdict)
    old = one(ask(paper(1, period=Period(2020), secrecy="MẬT")))
    assert (old.near_misses, "2020" in str(old.reasons)) == ((), False)
    right = one(ask(paper(1, secrecy="MẬT", title="Việc kín")))
    assert (right.verdict, codes(right)) == (VerdictKind.CANNOT_TELL, ["secret-mark"])
    assert "Việc kín" not in str(right)
    unsure = one(ask(paper(1, period=None, secrecy="MẬT")))
    assert codes(unsure) == ["secret-mark"]
    assert "secrecy mark" in unsure.remedy
    scan = one(ask(blurred(paper(1, secrecy="MẬT"))))
    assert "secret-mark" in codes(scan)


def test_what_holds_nothing_lifts_nothing_unless_its_name_points_somewhere() -> None:
    empty = Finding("empty", Severity.ERROR, "x", "y")
    bundle = paper(1, None, state=ReadingState.UNREADABLE, findings=(empty,))
    nothing = replace(paper(2, None, state=ReadingState.UNREADABLE), document=replace(paper(2).document, size=0))
    answer = ask(bundle, nothing)
    assert (answer.percent, answer.unread, codes(one(answer))) == (Percent(0.0, 0.0), (), ["none-received"])
    named = paper(1, None, state=ReadingState.UNREADABLE, findings=(empty,), hint="bao-cao-tong-ket")
    assert one(ask(named)).verdict is VerdictKind.CANNOT_TELL


def test_minutes_with_the_party_cell_at_their_head_say_so() -> None:
    head = {"issuer": "CHI BỘ VĂN PHÒNG", "kind_printed": "BIÊN BẢN"}
    for known in (
        paper(1, "bien-ban-cap-uy", hint="bien-ban-doan-the", **head),
        paper(1, "bien-ban-cap-uy", title="Họp Công đoàn cơ sở thông qua báo cáo tổng kết năm 2021", **head),
    ):
        verdict = one(ask(known), "doan-the-thong-qua")
        assert (verdict.verdict, codes(verdict)) == (VerdictKind.NOT_MET, ["none-received", "wrong-kind"])
        assert "bears the name of a party organisation (CHI BỘ VĂN PHÒNG)" in verdict.remedy
    own = paper(1, "bien-ban-cap-uy", title="Họp chi ủy thông qua báo cáo tổng kết năm 2021", **head)
    assert one(ask(own), "doan-the-thong-qua").near_misses == ()
    unsure = one(ask(paper(1, None, hint="bien-ban-doan-the", **head)), "doan-the-thong-qua")
    assert unsure.verdict is VerdictKind.CANNOT_TELL
    assert "Put the name of the mass organisation at the head" in unsure.remedy


def test_a_title_alone_is_not_met() -> None:
    bare = Finding("no-head", Severity.WARNING, "x", "y")
    verdict = one(ask(paper(1, findings=(bare,))))
    assert (verdict.verdict, codes(verdict)) == (VerdictKind.CANNOT_TELL, ["low-confidence"])
    assert "neither issuer nor number" in verdict.reasons[0].message
    assert "Hand in the whole of" in verdict.remedy
    said = Decision("bao-cao-tong-ket", None, None, "Lan", datetime(2021, 12, 11, tzinfo=UTC))
    assert one(ask(paper(1, findings=(bare,), decision=said))).verdict is VerdictKind.MET


def test_a_scan_that_waits_to_be_read_leaves_nothing_to_do() -> None:
    answer = one(ask(paper(1, None, state=ReadingState.NOT_YET, hint="bao-cao-tong-ket", findings=(WAITS,))))
    assert (answer.verdict, codes(answer)) == (VerdictKind.CANNOT_TELL, ["unreadable"])
    assert answer.remedy.startswith("The text in 1 scanned file(s) is being recognised; wait for it")
    never = one(ask(paper(1, None, state=ReadingState.NOT_YET, hint="bao-cao-tong-ket")))
    assert "hand in a Word or PDF file" in never.remedy


# --- bundles ---------------------------------------------------------------------------------------------------------


def bundle(no: int, members: int, whole: bool, **more: Any) -> KnownDocument:
    return replace(paper(no, None, period=None, **more), format="zip", bundle=Bundle(members, whole))


def test_a_bundle_whose_papers_were_all_taken_out_stands_for_nothing() -> None:
    answer = ask(bundle(1, 3, whole=True, hint="bao-cao-tong-ket"), bundle(2, 1, whole=True))
    assert answer == replace(ask(), unread=())
    assert codes(one(answer)) == ["none-received"]


def test_what_was_left_out_of_a_bundle_may_be_the_paper_it_points_to() -> None:
    verdict = one(ask(bundle(1, 3, whole=False, hint="bao-cao-tong-ket")))
    assert (verdict.verdict, codes(verdict)) == (VerdictKind.CANNOT_TELL, ["unreadable"])
    assert "not everything in “tệp 1.docx” could be taken out" in verdict.reasons[0].message
    assert "one by one" in verdict.remedy
    elsewhere = one(ask(bundle(1, 3, whole=False, hint="bao-cao-ktgs")))
    assert elsewhere.verdict is VerdictKind.NOT_MET


def test_what_was_left_out_of_a_bundle_that_points_nowhere_may_be_anything() -> None:
    answer = ask(bundle(1, 3, whole=False))
    assert answer.unread == ("d1",)
    assert codes(one(answer)) == ["none-received", "unread-files"]
    assert answer.percent.high > answer.percent.low


def test_a_mail_that_is_a_report_itself_counts_whatever_hangs_on_it() -> None:
    for whole in (True, False):
        mail = replace(paper(1), format="eml", bundle=Bundle(1, whole))
        assert one(ask(mail)).verdict is VerdictKind.MET


def test_a_bundle_that_a_person_calls_a_report_is_one() -> None:
    decision = Decision("bao-cao-tong-ket", None, 2021, "Văn phòng", datetime(2021, 12, 11, tzinfo=UTC))
    assert one(ask(bundle(1, 0, whole=False, decision=decision))).verdict is VerdictKind.MET


def test_a_locked_paper_with_a_secrecy_mark_is_told_of_as_secret() -> None:
    verdict = one(ask(paper(1, None, state=ReadingState.LOCKED, hint="bao-cao-tong-ket", secrecy="MẬT")))
    assert verdict.verdict is VerdictKind.CANNOT_TELL
    assert "secret-mark" in codes(verdict)
