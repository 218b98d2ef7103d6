"""Which files need a person, until when, and the notes and receipts that say so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from archive.records import (
    Bundle,
    Campaign,
    Completeness,
    Decision,
    Evidence,
    Finding,
    KnownDocument,
    NearMiss,
    Outcome,
    ReadingState,
    Receipt,
    Recognition,
    Severity,
    Signature,
    Source,
)
from reports import dossier
from reports.mending import mends_of, nearest_unit, note_pages, receipt_page, strays_of
from reports.pages import Received, RootPage, UnitPage
from reports.text import note
from reports.troubles import advice
from rules.model import RulePack

DAY = date(2021, 12, 9)


def test_locked_and_secret_files_need_a_person_oldest_first(unit_page: UnitPage) -> None:
    assert [(mend.key, mend.code) for mend in unit_page.to_mend] == [
        ("d-locked", "locked"),
        ("d-secret", "secret-mark"),
    ]


def codes(completeness: Completeness, *documents: KnownDocument) -> list[str]:
    return [mend.code for mend in mends_of(completeness, documents, ())]


def test_states_and_their_trouble(completeness: Completeness, documents: list[KnownDocument]) -> None:
    known = documents[0]
    assert codes(completeness, replace(known, state=ReadingState.UNREADABLE)) == ["unreadable"]
    empty = replace(known, state=ReadingState.UNREADABLE, document=replace(known.document, size=0))
    assert codes(completeness, empty) == ["empty"]
    assert codes(completeness, replace(known, state=ReadingState.NOT_YET)) == []
    errors = tuple(Finding("blank-field", Severity.ERROR, "Mẫu để trống.", "Điền mẫu.", page) for page in (1, 2))
    found = mends_of(completeness, [replace(known, findings=errors)], ())
    assert [(mend.code, mend.message, mend.remedy) for mend in found] == [("finding", "Mẫu để trống.", "Điền mẫu.")] * 2
    assert len({mend.key for mend in found}) == 2
    scan = replace(known, state=ReadingState.NOT_YET, findings=errors[:1])
    assert codes(completeness, scan) == ["not-yet"]


def test_a_note_on_an_unreadable_file_says_what_its_finding_says(
    completeness: Completeness, documents: list[KnownDocument]
) -> None:
    finding = Finding("unreadable", Severity.ERROR, "tệp đòi hỏi quá nhiều bộ nhớ", "Lưu lại thành PDF mới.")
    known = replace(documents[0], state=ReadingState.UNREADABLE, findings=(finding,))
    (mend,) = mends_of(completeness, [known], ())
    told = advice(mend)
    assert (told.what, told.steps[0]) == ("tệp đòi hỏi quá nhiều bộ nhớ.", "Lưu lại thành PDF mới.")
    assert len(told.steps) == 2, "nobody is told to open what is not broken"
    assert len(advice(replace(mend, message="", remedy="")).steps) == 4


def test_what_is_never_read_has_a_note_and_what_waits_has_none(
    completeness: Completeness, documents: list[KnownDocument], campaign: Campaign, pack: RulePack
) -> None:
    unread = replace(documents[0], state=ReadingState.NOT_YET, recognition=None)
    never = replace(unread, findings=(Finding("not-readable-yet", Severity.ERROR, "a film", "Hand in a paper."),))
    waits = replace(unread, findings=(Finding("needs-ocr", Severity.WARNING, "a scan", "Wait."),),
                    document=replace(unread.document, id="d-waits", name="Scan_2.pdf"))  # fmt: skip
    page = dossier.unit_page(completeness, [never, waits], campaign=campaign, pack=pack)
    (note_page,) = note_pages("Chi bộ", page.to_mend)
    assert (note_page.mend.code, note_page.mend.copied) == ("not-yet", False)
    assert page.head.to_mend == 1
    assert advice(note_page.mend).steps[0] == "Hand in a paper."


def test_as_many_notes_as_the_page_counts(unit_page: UnitPage) -> None:
    assert len(note_pages("", unit_page.to_mend)) == unit_page.head.to_mend == len(unit_page.to_mend)


BLURRED = Finding("low-confidence", Severity.ERROR, "Too blurred (35 %).", "Scan it again.")


def blurred(known: KnownDocument) -> KnownDocument:
    return replace(known, source=Source.OCR, confidence=0.35, findings=(BLURRED,))


def test_a_blurred_scan_is_told_until_it_can_be_read(
    completeness: Completeness, documents: list[KnownDocument]
) -> None:
    scan = blurred(documents[0])
    (mend,) = mends_of(completeness, [scan], ())
    assert (mend.message, mend.remedy, mend.copied) == ("Too blurred (35 %).", "Scan it again.", True)
    assert len(note_pages("", [mend])) == 1
    word = replace(documents[0], document=replace(scan.document, id="d-word", name="BC TK nam 2020.pdf"))
    assert mends_of(completeness, [scan, word], ()) == (), "the same paper, with another ending"
    elsewhere = replace(word, document=replace(word.document, folder="khac"))
    assert codes(completeness, scan, elsewhere) == ["finding"]


def test_a_blurred_scan_is_listed_without_what_may_be_misread(
    completeness: Completeness, documents: list[KnownDocument], campaign: Campaign, pack: RulePack
) -> None:
    def listed(known: KnownDocument) -> Received:
        return dossier.unit_page(completeness, [known], campaign=campaign, pack=pack).received[0]

    assert (listed(documents[0]).kind, listed(documents[0]).code) == ("Báo cáo tổng kết năm", "41-BC/CB")
    scan = listed(blurred(documents[0]))
    assert (scan.kind, scan.code, scan.year, len(scan.badges)) == ("", "", None, 1)
    said = Decision("tong-ket", None, None, "Lan", documents[0].document.filed_at)
    decided = blurred(replace(documents[0], document=replace(documents[0].document, decision=said)))
    assert (listed(decided).kind, listed(decided).badges) == ("Báo cáo tổng kết năm", ())


def test_a_kind_that_only_the_name_decided_is_listed_with_its_rival(
    completeness: Completeness, documents: list[KnownDocument], campaign: Campaign, pack: RulePack
) -> None:
    def rival(name_weight: float, score: float, other: float) -> str:
        evidence = (Evidence("title", "x", 0.7), Evidence("name", "bc", name_weight))
        found = Recognition("tong-ket", score, evidence, "kiem-phieu", other)
        known = replace(documents[0], recognition=found)
        return dossier.unit_page(completeness, [known], campaign=campaign, pack=pack).received[0].rival

    assert rival(0.1, 0.73, 0.65) == "Biên bản kiểm phiếu"
    assert rival(0.1, 0.9, 0.65) == ""
    assert rival(0.0, 0.73, 0.65) == ""


def test_a_signature_that_does_not_hold_is_told_once(
    completeness: Completeness, documents: list[KnownDocument], campaign: Campaign, pack: RulePack
) -> None:
    good, bad = Signature("An", "", True, True), Signature("Bình", "", False, False)
    signed = replace(documents[0], signatures=(good, bad))
    told = replace(signed, findings=(Finding("signature-changed", Severity.WARNING, "Bình: changed", "Again."),))
    for known, expected in ((signed, (good, bad)), (told, (good,))):
        page = dossier.unit_page(completeness, [known], campaign=campaign, pack=pack)
        assert page.received[0].signatures == expected


def test_a_newer_version_or_a_decision_settles_it(completeness: Completeness, documents: list[KnownDocument]) -> None:
    locked = next(known for known in documents if known.state is ReadingState.LOCKED)
    newer = replace(
        documents[0],
        document=replace(documents[0].document, id="d-new", version_of="d-locked", filed_at=locked.document.filed_at),
    )
    assert codes(completeness, locked, newer) == []
    decision = Decision("ktgs", None, None, "Văn phòng", locked.document.filed_at)
    assert codes(completeness, replace(locked, document=replace(locked.document, decision=decision))) == []


def test_a_decision_does_not_make_a_secret_paper_harmless(
    completeness: Completeness, documents: list[KnownDocument]
) -> None:
    secret = next(known for known in documents if known.secret)
    decision = Decision("tong-ket", None, None, "Văn phòng", secret.document.filed_at)
    assert codes(completeness, replace(secret, document=replace(secret.document, decision=decision))) == ["secret-mark"]


def test_a_quarantined_delivery_and_a_paper_of_another_unit_are_told(
    completeness: Completeness, documents: list[KnownDocument], a_receipt: Any
) -> None:
    refused = a_receipt(outcome=Outcome.QUARANTINED, document="d-old", reason="policy")
    assert [mend.code for mend in mends_of(completeness, documents[:1], [refused])] == ["policy"]
    near = NearMiss("d-old", "x", ("wrong-unit",), "là của Chi bộ khác")
    strange = replace(completeness, verdicts=(replace(completeness.verdicts[0], near_misses=(near,)),))
    found = mends_of(strange, documents[:1], ())
    assert [(mend.code, mend.message) for mend in found] == [("wrong-unit", "là của Chi bộ khác")]
    (told,) = note_pages("", found)
    assert not told.mend.copied, "another unit's paper is whole"


@pytest.fixture
def a_receipt() -> Any:
    def make(**changes: Any) -> Receipt:
        from datetime import UTC, datetime

        values: dict[str, Any] = {
            "intake_id": "r", "unit": "cb-van-phong", "path": b"cb-van-phong/01 Bao cao/BC.docx", "sha256": "cd" * 32,
            "size": 10, "outcome": Outcome.FILED, "document": "d-old", "reason": None,
            "at": datetime(2021, 12, 13, 7, 5, tzinfo=UTC), "number": 7,
        }  # fmt: skip
        return Receipt(**(values | changes))

    return make


def test_strays_say_where_they_lie_and_which_unit_was_meant(root_page: RootPage) -> None:
    first, second = root_page.strays
    assert (first.code, first.near) == ("unknown-folder", ("cb-van-phong", "Chi bộ Văn phòng"))
    assert (second.code, second.near, second.path) == ("no-unit", None, "BC gui nham.docx")


def test_a_stray_is_settled_when_its_bytes_come_to_a_unit(
    campaign: Campaign, documents: list[KnownDocument], a_receipt: Any
) -> None:
    units = {unit.id: unit for unit in campaign.units}
    sha256 = documents[0].document.sha256
    stray = a_receipt(unit=None, path=b"x.docx", sha256=sha256, outcome=Outcome.QUARANTINED, reason="no-unit")
    again = replace(stray, intake_id="r2")
    nowhere = replace(documents[0], document=replace(documents[0].document, unit=None))
    today = stray.at.date()
    assert [mend.key for mend in strays_of([again, stray], [nowhere], units, today)] == ["r"]
    later = stray.at + timedelta(seconds=1)
    home = replace(documents[0], document=replace(documents[0].document, filed_at=later))
    assert strays_of([stray], [home, documents[0]], units, today) == ()
    moved = Decision(None, "cb-moi", None, "Văn phòng", later)
    given = replace(nowhere, document=replace(nowhere.document, decision=moved))
    assert strays_of([stray], [given], units, today) == ()


def test_a_stray_whose_content_a_unit_had_handed_in_is_answered_for_some_days(
    campaign: Campaign, documents: list[KnownDocument], a_receipt: Any
) -> None:
    units = {unit.id: unit for unit in campaign.units}
    held = documents[0].document
    stray = a_receipt(unit=None, path=b"x.docx", sha256=held.sha256, outcome=Outcome.QUARANTINED, reason="no-unit")
    assert held.filed_at <= stray.at
    (told,) = strays_of([stray], documents, units, stray.at.date())
    assert (told.code, told.near) == ("held-by-unit", ("cb-van-phong", "Chi bộ Văn phòng"))
    assert "Chi bộ Văn phòng" in advice(told).why
    assert strays_of([stray], documents, units, stray.at.date() + timedelta(days=7)) == ()


def test_a_secret_stray_and_one_of_unknown_origin(
    campaign: Campaign, documents: list[KnownDocument], a_receipt: Any
) -> None:
    units = {unit.id: unit for unit in campaign.units}
    secret = next(known for known in documents if known.secret)
    secret = replace(secret, document=replace(secret.document, unit=None))
    found = strays_of(
        [a_receipt(unit=None, path=b"x.docx", document="d-secret", reason="no-unit")], [secret], units, DAY
    )
    assert found[0].secret
    lost = strays_of([a_receipt(unit=None, path=b"x", document=None, reason="unknown-origin")], [], units, DAY)
    assert lost[0].code == "unknown-origin"


def test_a_folder_like_no_unit_suggests_none(campaign: Campaign) -> None:
    units = {unit.id: unit for unit in campaign.units}
    assert nearest_unit("Tài liệu tham khảo", units) is None
    assert nearest_unit("CB Khoa Nội", units) == units["cb-khoa-noi"]
    assert nearest_unit("x", {}) is None


def test_notes_have_safe_names_that_do_not_clash(unit_page: UnitPage) -> None:
    mend = unit_page.to_mend[0]
    notes = note_pages("Chi bộ", [mend, replace(mend, key="other"), replace(mend, key="third", name="Đề án?.pdf")])
    assert notes[0].file == "BC KTGS.pdf"
    assert notes[1].file.startswith("BC KTGS.pdf_")
    assert notes[2].file == "De an_.pdf"


def test_a_receipt_tells_path_and_number(a_receipt: Any, campaign: Campaign) -> None:
    page = receipt_page(a_receipt(), campaign=campaign, audit_head="7 abc")
    assert (page.file, page.name, page.folder) == ("2021-12-13_1405_0007.html", "BC.docx", "01 Bao cao")
    assert (page.unit_name, page.outcome, page.mend, page.first_at) == ("Chi bộ Văn phòng", "filed", None, None)


def test_a_duplicates_receipt_tells_since_when(
    a_receipt: Any, campaign: Campaign, documents: list[KnownDocument]
) -> None:
    twice = a_receipt(outcome=Outcome.DUPLICATE)
    page = receipt_page(twice, campaign=campaign, audit_head="", document=documents[0].document)
    assert page.first_at is not None
    assert page.first_at.date() == date(2021, 12, 6)
    assert page.first_name == documents[0].document.name


def test_a_receipt_of_an_odd_path(a_receipt: Any, campaign: Campaign) -> None:
    odd = a_receipt(path=b"cb-van-phong/\xff\n.docx", outcome=Outcome.QUARANTINED, reason="secret-mark")
    page = receipt_page(odd, campaign=campaign, audit_head="")
    assert page.name == "\ufffd\ufffd.docx"
    assert page.mend is not None
    assert page.mend.secret


# --- bundles ---------------------------------------------------------------------------------------------------------


def test_the_receipt_of_a_member_tells_its_bundle(a_receipt: Any, campaign: Campaign) -> None:
    path = b"cb-van-phong/01 Bao cao/a.zip"
    inner = replace(a_receipt(path=path + "!/Quý 4!/BC.docx".encode()), bundle=path)
    page = receipt_page(inner, campaign=campaign, audit_head="")
    assert (page.bundle, page.folder, page.name) == ("a.zip", "Quý 4!", "BC.docx")
    alone = receipt_page(a_receipt(path=b"cb-van-phong/Quan trong!/BC.docx"), campaign=campaign, audit_head="")
    assert (alone.bundle, alone.folder, alone.name) == ("", "Quan trong!", "BC.docx")


def test_a_bundle_that_misses_something_is_told_and_never_copied(
    completeness: Completeness, documents: list[KnownDocument]
) -> None:
    finding = Finding("bundle-incomplete", Severity.ERROR, "Not everything …", "Drop them by themselves.")
    some = replace(documents[0], format="zip", bundle=Bundle(3, False), findings=(finding,))
    (mend,) = mends_of(completeness, [some], ())
    assert (mend.code, mend.message, mend.copied) == ("bundle-incomplete", "Not everything …", False)
    assert advice(mend).steps[0] == "Drop them by themselves."
    locked = Finding("locked", Severity.ERROR, "a.zip needs a password.", "Unpack it on your computer.")
    both = replace(some, state=ReadingState.LOCKED, findings=(locked, finding))
    assert codes(completeness, both) == ["bundle-incomplete"]
    assert codes(completeness, replace(some, bundle=Bundle(4, True), findings=())) == []


def test_a_locked_bundle_is_opened_in_another_way_than_a_paper(
    completeness: Completeness, documents: list[KnownDocument]
) -> None:
    finding = Finding("locked", Severity.ERROR, "a.zip needs a password.", "Unpack it on your computer.")
    locked = replace(documents[0], state=ReadingState.LOCKED, bundle=Bundle(0, False), findings=(finding,))
    (mend,) = mends_of(completeness, [locked], ())
    assert advice(mend).steps == ("Unpack it on your computer.",)
    (mend,) = mends_of(completeness, [replace(locked, bundle=None)], ())
    assert len(advice(mend).steps) == 3


def test_a_member_to_mend_names_its_bundle_and_is_dropped_by_itself(
    completeness: Completeness, documents: list[KnownDocument]
) -> None:
    broken = replace(documents[0], state=ReadingState.UNREADABLE, came_in="a.zip/b.zip")
    (mend,) = mends_of(completeness, [broken], ())
    assert mend.bundle == "a.zip/b.zip"
    assert "not the whole bundle" in advice(mend).steps[-1]
    assert "not the whole bundle" not in advice(replace(mend, bundle="")).steps[-1]
    (page,) = note_pages("Chi bộ", [mend])
    assert "In the bundle: a.zip/b.zip" in note(page).decode()
