"""The catalogue: one transaction per group of deliveries, work as queries, decisions beside the machine's answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from archive import audit, catalogue
from archive.catalogue import Intake
from archive.config import Config
from archive.errors import NotFound
from archive.queries import readings
from archive.records import (
    Calendar,
    Campaign,
    Delivery,
    Fact,
    Facts,
    MassOrganisation,
    Outcome,
    Page,
    Period,
    Reading,
    ReadingState,
    Recognition,
    Source,
    Table,
    Team,
    Unit,
    UnitType,
    Visit,
    Waiver,
)

NOW = datetime(2021, 12, 1, 8, tzinfo=UTC)
UNITS = (
    Unit("cb-a", "Chi bộ A", UnitType.CHI_BO_CO_SO, members=5, mass_orgs=(MassOrganisation("cong-doan", "Công đoàn"),)),
    Unit("cb-b", "Chi bộ B", UnitType.CHI_BO_CO_SO),
)
CAMPAIGN = Campaign(
    "xl-2021", "Năm 2021", 2021, "xep-loai-2021", (), (Team("doan-1", "Đoàn số 1"),), UNITS,
    (Visit("cb-a", "doan-1", date(2021, 12, 20)),), (Waiver("cb-a", "to-trinh", "lý do", "Văn phòng"),),
)  # fmt: skip


@pytest.fixture
def campaign(config: Config) -> Campaign:
    catalogue.save_campaign(CAMPAIGN, NOW, "văn phòng")
    return CAMPAIGN


@pytest.fixture
def intake(campaign: Campaign) -> Callable[..., Intake]:
    count = iter(range(1, 1000))

    def make(content: int, unit: str | None = "cb-a", name: str = "bc.docx") -> Intake:
        intake_id = f"{next(count):032x}"
        path = f"{unit}/{name}".encode()
        return Intake(Delivery(intake_id, unit, path, 10, NOW), f"{content:064x}", name)

    return make


READING = Reading(
    "docx", ReadingState.READ, (Page("Báo cáo", Source.EMBEDDED, 1.0),), (Table(1, (("1", "Điểm"),)),),
    Source.EMBEDDED, "unicode", 1.0, (("text-incomplete", "trang 2"),), {"title": "x"}, "r1",
)  # fmt: skip


def test_what_a_campaign_reviews_and_its_swapped_days_are_kept(config: Config) -> None:
    special = replace(
        CAMPAIGN,
        period=Period(2025, "term", since=2020),
        calendar=Calendar((date(2021, 1, 2),), (date(2021, 12, 31),)),
    )
    catalogue.save_campaign(CAMPAIGN, NOW, "văn phòng")
    assert catalogue.current_campaign() == CAMPAIGN
    changes = catalogue.save_campaign(special, NOW + timedelta(hours=1), "văn phòng")
    assert (changes.added, changes.changed, changes.removed) == ((), ("campaign xl-2021",), ())
    assert catalogue.current_campaign() == special


def test_a_campaign_comes_back_as_it_was_saved_and_a_second_load_changes_nothing(campaign: Campaign) -> None:
    assert catalogue.current_campaign() == CAMPAIGN
    seq = audit.head().seq
    changes = catalogue.save_campaign(CAMPAIGN, NOW + timedelta(hours=1), "văn phòng")
    assert (changes.added, changes.changed, changes.removed) == ((), (), ())
    assert audit.head().seq == seq


def test_a_changed_campaign_says_what_changed(campaign: Campaign) -> None:
    moved = replace(CAMPAIGN, units=UNITS[:1], visits=(Visit("cb-a", "doan-1", date(2021, 12, 22)),), waivers=())
    changes = catalogue.save_campaign(moved, NOW, "văn phòng")
    assert changes.changed == ("visit cb-a",)
    assert changes.removed == ("unit cb-b", "waiver cb-a/to-trinh")
    assert catalogue.current_campaign() == moved


def test_another_pack_or_title_is_a_change_in_the_log(campaign: Campaign) -> None:
    seq = audit.head().seq
    changes = catalogue.save_campaign(replace(CAMPAIGN, pack="khác", title="Tên khác"), NOW, "văn phòng")
    assert changes.changed == ("campaign xl-2021",)
    assert audit.head().seq == seq + 1


def test_going_back_to_an_earlier_campaign_is_in_the_log(campaign: Campaign) -> None:
    catalogue.save_campaign(replace(CAMPAIGN, id="xl-2022"), NOW + timedelta(days=1), "văn phòng")
    seq = audit.head().seq
    catalogue.save_campaign(CAMPAIGN, NOW + timedelta(days=2), "văn phòng")
    assert catalogue.current_campaign() == CAMPAIGN
    assert audit.head().seq == seq + 1
    assert catalogue.wrong_rows() == []


def test_the_campaign_loaded_last_holds_though_the_clock_was_set_back(campaign: Campaign) -> None:
    later = replace(CAMPAIGN, id="xl-2022")
    catalogue.save_campaign(later, NOW - timedelta(days=1), "văn phòng")
    assert catalogue.current_campaign() == later


def test_a_revoked_waiver_still_stands_in_the_past(campaign: Campaign) -> None:
    catalogue.save_campaign(replace(CAMPAIGN, waivers=()), NOW + timedelta(days=2), "văn phòng")
    then = catalogue.current_campaign(NOW + timedelta(days=1))
    now = catalogue.current_campaign()
    assert then is not None
    assert now is not None
    assert (len(then.waivers), len(now.waivers)) == (1, 0)


def test_recording_again_gives_the_same_receipt_and_changes_nothing(intake: Callable[..., Intake]) -> None:
    items = [intake(1), intake(2, name="khác.docx")]
    first = catalogue.record(items, NOW)
    seq = audit.head().seq
    assert catalogue.record(items, NOW + timedelta(hours=1)) == first
    assert audit.head().seq == seq
    assert [receipt.number for receipt in first] == [1, 2]


def test_same_bytes_in_a_unit_are_a_duplicate_and_in_another_unit_are_not(intake: Callable[..., Intake]) -> None:
    receipts = catalogue.record([intake(7), intake(7, name="bản sao.docx"), intake(7, unit="cb-b")], NOW)
    assert [receipt.outcome for receipt in receipts] == [Outcome.FILED, Outcome.DUPLICATE, Outcome.FILED]
    assert receipts[0].document == receipts[1].document != receipts[2].document
    assert catalogue.count_documents() == 2


def test_other_bytes_under_the_same_name_are_a_version(intake: Callable[..., Intake]) -> None:
    first, second = catalogue.record([intake(1, name="Hòa.docx"), intake(2, name="HOÀ.docx")], NOW)
    versions = {known.document.id: known.document.version_of for known in catalogue.known_documents()}
    assert versions == {first.document: None, second.document: first.document}


@pytest.mark.parametrize("other", ["BB (1).docx", "BB-1.docx", "BB 1.pdf", "BB l.docx"])
def test_names_that_only_look_alike_are_papers_of_their_own(intake: Callable[..., Intake], other: str) -> None:
    catalogue.record([intake(1, name="BB 1.docx"), intake(2, name=other)], NOW)
    assert {known.document.version_of for known in catalogue.known_documents()} == {None}


def test_a_crash_inside_the_transaction_leaves_nothing(intake: Callable[..., Intake]) -> None:
    def crash(point: str) -> None:
        if point == "tx_before_commit":
            raise OSError("cut")

    seq = audit.head().seq
    with pytest.raises(OSError, match="cut"):
        catalogue.record([intake(1)], NOW, crash)
    assert (catalogue.receipts(), catalogue.count_documents(), audit.head().seq) == ([], 0, seq)


def test_names_that_are_not_utf8_are_kept_as_bytes_and_shown_safely(intake: Callable[..., Intake]) -> None:
    item = intake(1)
    odd = b"cb-a/b\xe1o.docx"
    item = replace(item, delivery=replace(item.delivery, path=odd), name=odd[5:].decode("utf-8", "surrogateescape"))
    receipt = catalogue.record([item], NOW)[0]
    assert receipt.path == odd
    assert catalogue.document(str(receipt.document)).document.name == "b?o.docx"


def test_work_is_a_query_at_every_stage(intake: Callable[..., Intake]) -> None:
    receipt = catalogue.record([intake(1), intake(1, unit="cb-b")], NOW)[0]
    assert catalogue.blobs_to_read("r1", 10) == [f"{1:064x}"]
    catalogue.save_readings([(f"{1:064x}", READING)], "r1")
    assert catalogue.blobs_to_read("r1", 10) == []
    assert catalogue.blobs_to_read("r2", 10) == [f"{1:064x}"], "a new reader reads again"
    work = catalogue.documents_to_recognise("m1", 10)
    assert [reading for _document, reading in work] == [READING, READING]
    found = Recognition("bao-cao", 0.9, facts=Facts(number=Fact("5", 1, "Số 5"), period=Period(2021)))
    catalogue.save_recognitions([(document.id, found) for document, _reading in work], "m1")
    assert catalogue.documents_to_recognise("m1", 10) == []
    assert len(catalogue.documents_to_recognise("m2", 10)) == 2, "another pack recognises again"
    assert len(catalogue.documents_to_index(10)) == 2
    catalogue.mark_indexed(catalogue.documents_to_index(10))
    assert not catalogue.backlog("r1", "m1").unindexed
    assert catalogue.document(str(receipt.document)).recognition == found


def test_what_is_worked_on_together_fits_into_memory(
    intake: Callable[..., Intake], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "_TEXT_AT_ONCE", 2500)
    catalogue.record([intake(number, name=f"{number}.docx") for number in (1, 2, 3, 4)], NOW)
    for number, length in ((1, 1000), (2, 1000), (3, 1000), (4, 9000)):
        catalogue.save_readings([(f"{number:064x}", replace(READING, pages=(Page("x" * length),)))], "r1")
    sizes = []
    while work := catalogue.documents_to_recognise("m1", 10):
        catalogue.save_recognitions([(document.id, Recognition("k", 0.9)) for document, _reading in work], "m1")
        sizes.append(len(work))
    assert sizes == [2, 1, 1]
    sizes = []
    while indexed := catalogue.documents_to_index(10):
        catalogue.mark_indexed(indexed)
        sizes.append(len(indexed))
    assert sizes == [2, 1, 1]


def test_a_new_reading_makes_everything_after_it_anew(intake: Callable[..., Intake]) -> None:
    document = catalogue.record([intake(1)], NOW)[0].document
    catalogue.save_readings([(f"{1:064x}", READING)], "r1")
    catalogue.save_recognitions([(str(document), Recognition("k", 0.9))], "m1")
    catalogue.mark_indexed(catalogue.documents([str(document)]))
    catalogue.save_readings([(f"{1:064x}", READING)], "r2")
    left = catalogue.backlog("r2", "m1")
    assert (left.unread, left.unrecognised, left.unindexed) == (0, 1, 1)


def test_a_decision_while_the_document_is_indexed_has_it_indexed_again(intake: Callable[..., Intake]) -> None:
    """`hoso docs set` beside a running `hoso inbox watch`."""
    document = str(catalogue.record([intake(1)], NOW)[0].document)
    catalogue.save_readings([(f"{1:064x}", READING)], "r1")
    catalogue.save_recognitions([(document, Recognition("k", 0.9))], "m1")
    work = catalogue.documents_to_index(10)
    catalogue.decide(document, kind=None, unit="cb-b", year=None, by="Lan", now=NOW)
    catalogue.mark_indexed(work)
    assert [known.document.unit for known in catalogue.documents_to_index(10)] == ["cb-b"]
    catalogue.mark_indexed(catalogue.documents_to_index(10))
    assert catalogue.documents_to_index(10) == []


def test_a_decision_stands_beside_the_recognition_and_moves_the_paper(intake: Callable[..., Intake]) -> None:
    document = str(catalogue.record([intake(1)], NOW)[0].document)
    catalogue.save_readings([(f"{1:064x}", READING)], "r1")
    catalogue.save_recognitions([(document, Recognition("máy", 0.9))], "m1")
    known = catalogue.decide(document, kind="người", unit="cb-b", year=None, by="Lan", now=NOW)
    assert (known.kind, known.document.unit, known.recognition.kind) == ("người", "cb-b", "máy")  # type: ignore[union-attr]
    catalogue.decide(document, kind=None, unit=None, year=2020, by="Lan", now=NOW)
    catalogue.save_recognitions([(document, Recognition("máy 2", 0.9))], "m2")
    known = catalogue.document(document)
    assert (known.kind, known.document.unit, known.year) == ("người", "cb-b", 2020), "each decided thing stays decided"
    assert [item.document.id for item in catalogue.known_documents({"cb-b"})] == [document]
    assert catalogue.known_documents({"cb-a"}) == []


def test_the_past_knows_nothing_of_later_papers_and_decisions(intake: Callable[..., Intake]) -> None:
    document = str(catalogue.record([intake(1)], NOW)[0].document)
    catalogue.record([intake(2, name="sau.docx")], NOW + timedelta(days=2))
    catalogue.decide(document, kind="k", unit=None, year=None, by="Lan", now=NOW + timedelta(days=2))
    then = catalogue.known_documents(known_at=NOW + timedelta(days=1))
    assert [(known.document.id, known.kind) for known in then] == [(document, None)]


def test_a_paper_marked_secret_is_set_aside_and_found_by_nobody(intake: Callable[..., Intake]) -> None:
    document = str(catalogue.record([intake(1), intake(2, name="b.docx")], NOW)[0].document)
    secret = Recognition("k", 0.9, facts=Facts(secrecy=Fact("MẬT", 1, "MẬT")))
    catalogue.save_recognitions([(document, secret)], "m1")
    assert [receipt.outcome for receipt in catalogue.receipts()] == [Outcome.QUARANTINED, Outcome.FILED]
    assert document not in catalogue.searchable_ids()
    assert catalogue.findable([document]) == {}


def test_an_unknown_or_ambiguous_id_is_not_found(intake: Callable[..., Intake]) -> None:
    catalogue.record([intake(1), intake(2, name="b.docx")], NOW)
    with pytest.raises(NotFound):
        catalogue.document("000000")
    with pytest.raises(NotFound):
        catalogue.document("nothing-like-it")


def test_nothing_is_recorded_before_a_campaign_is_loaded(config: Config) -> None:
    with pytest.raises(NotFound, match=r"đợt kiểm tra|campaign"):
        catalogue.record([Intake(Delivery("1" * 32, None, b"x", 1, NOW), "0" * 64, "x")], NOW)


# --- scans -----------------------------------------------------------------------------------------------------------


def pictures(pages: int) -> Reading:
    blank = (Page("", Source.NONE),) * pages
    return Reading("pdf", ReadingState.NOT_YET, pages=blank, scans=tuple(range(1, pages + 1)))


def asked(reader: str) -> list[tuple[str, int]]:
    return [(scan.sha256[0], scan.page) for scan in catalogue.scans_to_read(reader, 100)]


def test_pages_wait_for_ocr_in_turns_up_to_the_limit(config: Config) -> None:
    catalogue.save_readings([("a" * 64, pictures(4)), ("b" * 64, pictures(1))], "r1", 3)
    catalogue.save_readings([("c" * 64, pictures(2))], "r1", 3)
    assert asked("r1") == [("a", 1), ("b", 1), ("c", 1), ("a", 2), ("c", 2), ("a", 3)]
    assert catalogue.scans_to_read("r1", 1)[0].format == "pdf"
    assert catalogue.backlog("r1", "m").scans == 6


def test_a_document_is_done_when_its_last_page_is_whatever_came_of_it(config: Config) -> None:
    catalogue.save_readings([("a" * 64, pictures(2)), ("b" * 64, pictures(1))], "r1")
    catalogue.save_scan("a" * 64, 1, Page("một", Source.OCR, 0.9))
    assert catalogue.scans_done("r1") == []
    catalogue.save_scan("a" * 64, 2, "reader-timeout")
    assert catalogue.scans_done("r1") == catalogue.scans_done("r1", {"a" * 64, "b" * 64}) == ["a" * 64]
    assert catalogue.scans_done("r1", {"b" * 64}) == []
    assert catalogue.scans_of("a" * 64) == ({1: Page("một", Source.OCR, 0.9)}, {2: "reader-timeout"})
    assert asked("r1") == [("b", 1)]


def test_another_reader_version_begins_anew(config: Config) -> None:
    """Also where pages of the former one are still with a worker."""
    catalogue.save_readings([("a" * 64, pictures(2))], "r1")
    catalogue.save_scan("a" * 64, 1, Page("một", Source.OCR, 0.9))
    assert asked("r2") == []
    catalogue.save_readings([("a" * 64, pictures(1))], "r2")
    assert (asked("r1"), asked("r2")) == ([], [("a", 1)])
    assert catalogue.scans_of("a" * 64) == ({}, {})
    catalogue.save_scan("a" * 64, 2, Page("hai", Source.OCR, 0.9))
    assert asked("r2") == [("a", 1)]
