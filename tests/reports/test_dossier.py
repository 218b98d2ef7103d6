"""What the pages say, before it is put into any format."""

from __future__ import annotations

from dataclasses import replace

from archive.records import (
    Campaign,
    Completeness,
    Finding,
    KnownDocument,
    NearMiss,
    Percent,
    Place,
    Reason,
    Severity,
    Source,
)
from reports import dossier, html
from reports.pages import Head, Near, RootPage, UnitPage
from rules.model import RulePack


def test_the_head_counts_what_applies_and_is_not_waived(unit_page: UnitPage) -> None:
    head = unit_page.head
    assert (head.met, head.unsure, head.missing, head.total) == (2, 1, 2, 5)
    assert (head.waived, head.late, head.missing_before, head.overdue, head.to_mend) == (1, 1, 1, 0, 2)
    assert (head.team, head.days_left, head.days_to_visit) == ("Đoàn Kiểm tra số 3", 3, 6)
    assert [(meter.about, meter.low, meter.high) for meter in unit_page.meters] == [
        ("all", 40.0, 60.0),
        ("before", 33.3, 66.7),
    ]


def test_what_is_due_first_is_missed_first(unit_page: UnitPage) -> None:
    assert [(item.number, item.id) for item in unit_page.missing] == [(1, "tong-ket"), (2, "sinh-hoat")]
    assert unit_page.missing[1].lacks == ("tháng 8", "tháng 11")
    assert [(item.number, item.id) for item in unit_page.unsure] == [(1, "ktgs")]


def test_a_reason_is_said_once_beside_its_near_miss(unit_page: UnitPage) -> None:
    item = unit_page.missing[0]
    assert item.reasons == ()
    assert [(near.name, near.message) for near in item.near] == [("BC TK nam 2020.docx", "là báo cáo năm 2020.")]
    assert item.basis == "Kế hoạch 39-KH/ĐUK"


def test_a_message_that_names_the_file_is_not_given_the_name_again(
    completeness: Completeness, campaign: Campaign, pack: RulePack
) -> None:
    near = NearMiss("d-old", "BC TK.docx", ("wrong-year",), "“BC TK.docx” là của năm 2020")
    verdict = replace(completeness.verdicts[1], near_misses=(near,), reasons=(Reason("x", "chưa có gì"),))
    page = dossier.unit_page(replace(completeness, verdicts=(verdict,)), [], campaign=campaign, pack=pack)
    assert page.missing[0].near == (Near("", "“BC TK.docx” là của năm 2020."),)
    assert page.missing[0].reasons == ("Chưa có gì.",)


def test_requirements_stand_by_time_and_area(unit_page: UnitPage) -> None:
    found = [(part.when, [(area.title, [i.id for i in area.items]) for area in part.areas]) for part in unit_page.parts]
    assert found == [
        (
            "before-visit",
            [
                ("Đánh giá, xếp loại", ["tong-ket", "cham-diem", "thong-qua", "to-trinh"]),
                ("Kiểm tra, giám sát", ["ktgs"]),
            ],
        ),
        ("at-visit", [("Đánh giá, xếp loại", ["sinh-hoat", "kiem-phieu"])]),
    ]
    states = {item.id: item.state for part in unit_page.parts for area in part.areas for item in area.items}
    assert states["cham-diem"] == "late"
    assert states["thong-qua"] == "waived"
    assert states["to-trinh"] == "not-applicable"


def test_a_waiver_tells_who_and_why(unit_page: UnitPage) -> None:
    waivers = {item.id: item.waiver for part in unit_page.parts for area in part.areas for item in area.items}
    assert waivers["thong-qua"] == "Đang kiện toàn (Văn phòng)"
    assert not any(waivers[id_] for id_ in waivers if id_ != "thong-qua")


def test_older_versions_are_folded_and_the_newest_file_comes_first(unit_page: UnitPage) -> None:
    first = unit_page.received[0]
    assert (first.name, first.folder, len(first.older)) == ("Bảng điểm.docx", "02 Cham diem", 1)
    assert first.serves == ('Bảng "tự chấm điểm"',)
    assert len(unit_page.received) == 6
    assert [r.filed_at for r in unit_page.received] == sorted((r.filed_at for r in unit_page.received), reverse=True)


def test_of_a_secret_paper_only_the_name_is_told(unit_page: UnitPage) -> None:
    secret = next(received for received in unit_page.received if received.secret)
    assert (secret.name, secret.kind, secret.code, secret.issued_on, secret.year) == (
        "cong van.docx", "", "", None, None,
    )  # fmt: skip


def test_a_text_recognised_on_a_picture_says_so_wherever_it_counts(
    completeness: Completeness, documents: list[KnownDocument], campaign: Campaign, pack: RulePack
) -> None:
    held = [replace(known, source=Source.OCR, confidence=0.87) for known in documents if known.document.id == "d-evil"]
    page = dossier.unit_page(completeness, held, campaign=campaign, pack=pack)
    proofs = [proof for part in page.parts for area in part.areas for item in area.items for proof in item.documents]
    assert [proof.ocr for proof in proofs] == [received.ocr for received in page.received] == [0.87]
    assert html.render(page).decode().count("read from a scan (OCR), confidence 87 %") == 1
    assert html.render(page).decode().count("Read from a scan (OCR), confidence 87 %") == 1


def test_a_scan_that_waits_is_no_file_to_mend(
    completeness: Completeness, documents: list[KnownDocument], campaign: Campaign, pack: RulePack
) -> None:
    waits = Finding("needs-ocr", Severity.WARNING, "wait", "nothing")
    held = [replace(known, findings=(waits,)) for known in documents if known.document.id == "d-scan"]
    page = dossier.unit_page(completeness, held, campaign=campaign, pack=pack)
    assert (page.to_mend, page.received[0].badges, page.received[0].waits) == ((), (), True)
    assert "is being recognised; nothing needs to be done" in html.render(page).decode()


def test_a_unit_sees_its_own_files_only(unit_page: UnitPage) -> None:
    assert len(unit_page.waiting) == 1
    assert "/" not in unit_page.waiting[0].path
    assert [each.path for each in unit_page.not_taken] == ["lien ket"]


def test_a_duplicate_tells_since_when_it_is_here(unit_page: UnitPage, documents: list[KnownDocument]) -> None:
    assert [each.first_at for each in unit_page.again] == [documents[0].document.filed_at]


def test_the_newest_moment_is_of_the_last_event(unit_page: UnitPage) -> None:
    assert unit_page.rules.newest == unit_page.again[0].at


def test_sub_units_stand_below_their_parents(all_units: list[Completeness], campaign: Campaign, pack: RulePack) -> None:
    health = next(one for one in all_units if one.unit.id == "db-so-y-te")
    page = dossier.unit_page(health, [], campaign=campaign, pack=pack, subs=all_units)
    assert [(sub.unit, sub.depth, sub.href) for sub in page.subs] == [
        ("bp-benh-vien", 0, "bp-benh-vien/_TINH-TRANG.html"),
        ("cb-khoa-noi", 1, "bp-benh-vien/cb-khoa-noi/_TINH-TRANG.html"),
    ]
    assert (page.subs[1].low, page.subs[1].missing) == (50.0, 1)


def test_the_root_lists_units_by_visit_and_those_without_one_last(root_page: RootPage) -> None:
    assert [(line.head.unit, line.head.depth) for line in root_page.lines] == [
        ("db-so-y-te", 0),
        ("bp-benh-vien", 1),
        ("cb-khoa-noi", 2),
        ("cb-van-phong", 0),
        ("cb-moi", 0),
    ]
    assert root_page.lines[2].head.href == "db-so-y-te/bp-benh-vien/cb-khoa-noi/_TINH-TRANG.html"
    assert [each.path for each in root_page.waiting] == ["x.docx"]
    assert [each.path for each in root_page.not_taken] == ["cb-van-phong/lien ket"]


def test_the_root_counts_units_by_how_they_stand(root_page: RootPage) -> None:
    tally = root_page.tally
    assert (tally.units, tally.complete, tally.soon, tally.overdue) == (5, 2, 1, 0)


def test_root_and_unit_page_agree(root_page: RootPage, unit_page: UnitPage) -> None:
    line = next(line for line in root_page.lines if line.head.unit == "cb-van-phong")
    assert replace(line.head, href="") == unit_page.head
    assert [item.id for item in line.missing] == [item.id for item in unit_page.missing]


def test_without_units_there_is_no_root_page(campaign: Campaign, pack: RulePack) -> None:
    assert dossier.root_page([], [], campaign=campaign, pack=pack) is None


def test_the_order_of_documents_does_not_matter(
    completeness: Completeness, documents: list[KnownDocument], campaign: Campaign, pack: RulePack
) -> None:
    once = dossier.unit_page(completeness, documents, campaign=campaign, pack=pack)
    again = dossier.unit_page(completeness, documents[::-1], campaign=campaign, pack=pack)
    assert (once.head, once.to_mend, once.missing) == (again.head, again.to_mend, again.missing)


def head(unit_page: UnitPage, **changes: int | None) -> Head:
    return replace(unit_page.head, **changes)  # type: ignore[arg-type]


def test_the_clock_counts_to_the_deadline_until_everything_is_sent(unit_page: UnitPage) -> None:
    assert unit_page.head.clock == "due"
    assert head(unit_page, days_left=-1).clock == "due"
    assert head(unit_page, days_left=-1, missing_before=0).clock == "visit"
    assert head(unit_page, before=0).clock == "visit"
    assert head(unit_page, visit_on=None).clock == ""


def test_the_tone_is_as_urgent_as_what_is_missing(unit_page: UnitPage) -> None:
    assert unit_page.head.tone == "soon"
    assert head(unit_page, overdue=1).tone == "overdue"
    assert head(unit_page, days_left=4).tone == "open"
    assert head(unit_page, missing=0).tone == "unsure"
    assert head(unit_page, missing=0, unsure=0).tone == "done"


def test_what_is_due_has_a_meter_of_its_own(completeness: Completeness, campaign: Campaign, pack: RulePack) -> None:
    visit_day = replace(completeness, as_of=completeness.visit_on or completeness.as_of, percent_due=Percent(1.0, 2.0))
    page = dossier.unit_page(visit_day, [], campaign=campaign, pack=pack)
    assert [meter.about for meter in page.meters] == ["all", "before", "due"]
    assert page.missing[0].overdue
    assert not page.missing[1].overdue


def test_what_two_papers_say_differently_stands_beside_both(
    completeness: Completeness, documents: list[KnownDocument], campaign: Campaign, pack: RulePack
) -> None:
    places = (Place("d-old", "BC TK nam 2020.docx", 2, "87 điểm"), Place("d-score-2", "Bảng điểm.docx", 1, "92 điểm"))
    finding = Finding("figures-disagree", Severity.WARNING, "87 và 92", "Đối chiếu.", 2, places)
    one = replace(completeness, findings=(finding,))
    page = dossier.unit_page(one, documents, campaign=campaign, pack=pack)
    shown = {r.name: [(badge.severity, badge.page) for badge in r.badges] for r in page.received if r.badges}
    assert shown["BC TK nam 2020.docx"] == [("warning", 2)]
    assert shown["Bảng điểm.docx"] == [("warning", 1)]
    assert page.to_mend == dossier.unit_page(completeness, documents, campaign=campaign, pack=pack).to_mend
