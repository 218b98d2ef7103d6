"""Decisions and waivers: taken back without losing anything, untouched by a second load, in the audit log."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from archive import audit, catalogue, models, past, people
from archive.config import Config
from archive.past import KeptPack
from archive.records import Campaign, Delivery, Recognition, Team, Unit, UnitType, Visit, Waiver

NOW = datetime(2021, 12, 1, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
UNITS = (Unit("cb-a", "Chi bộ A", UnitType.CHI_BO_CO_SO, members=5), Unit("cb-b", "Chi bộ B", UnitType.CHI_BO_CO_SO))
OF_FILE = Waiver("cb-a", "to-trinh", "lý do", "Văn phòng", date(2021, 12, 31))
CAMPAIGN = Campaign(
    "xl-2021", "Năm 2021", 2021, "xep-loai-2021", (), (Team("doan-1", "Đoàn số 1"),), UNITS,
    (Visit("cb-a", "doan-1", date(2021, 12, 20)),), (OF_FILE,),
)  # fmt: skip
BY_HAND = Waiver("cb-b", "bao-cao", "bão lụt", "Trần Lan")


@pytest.fixture
def paper(config: Config) -> str:
    catalogue.save_campaign(CAMPAIGN, NOW, "văn phòng")
    item = catalogue.Intake(Delivery("1" * 32, "cb-a", b"cb-a/bc.docx", 10, NOW), "2" * 64, "bc.docx")
    document = str(catalogue.record([item], NOW)[0].document)
    catalogue.save_recognitions([(document, Recognition("máy", 0.9))], "m1")
    return document


def standing() -> tuple[Waiver, ...]:
    campaign = catalogue.current_campaign()
    assert campaign is not None
    return campaign.waivers


# --- decisions -------------------------------------------------------------------------------------------------------


def test_what_is_taken_back_gives_the_machines_answer_again_and_the_history_stays(paper: str) -> None:
    catalogue.decide(paper, kind="người", unit="cb-b", year=None, by="Lan", now=NOW + HOUR)
    catalogue.decide(paper, kind=None, unit=None, year=2020, by="Hoa", now=NOW + 2 * HOUR)
    known = catalogue.undecide(paper, ["unit", "year"], "Minh", NOW + 3 * HOUR)
    assert (known.kind, known.document.unit, known.year) == ("người", "cb-a", None)
    assert known.document.decision is not None
    assert known.document.decision.by == "Lan", "the decision that stands is hers"
    known = catalogue.undecide(paper, ["kind"], "Minh", NOW + 4 * HOUR)
    assert (known.kind, known.document.decision) == ("máy", None)
    assert models.Decision.objects.count() == 4
    (then,) = catalogue.known_documents(known_at=NOW + 2 * HOUR)
    assert (then.kind, then.document.unit, then.year) == ("người", "cb-b", 2020)
    assert catalogue.wrong_rows() == []


def test_what_was_taken_back_can_be_decided_again(paper: str) -> None:
    catalogue.decide(paper, kind="một", unit=None, year=None, by="Lan", now=NOW + HOUR)
    catalogue.undecide(paper, ["kind"], "Lan", NOW + 2 * HOUR)
    assert catalogue.decide(paper, kind="hai", unit=None, year=None, by="Lan", now=NOW + 3 * HOUR).kind == "hai"


def test_a_stray_given_to_a_unit_and_taken_back_is_nobodys_again(paper: str) -> None:
    item = catalogue.Intake(Delivery("3" * 32, None, b"lac.docx", 10, NOW), "4" * 64, "lac.docx")
    stray = str(catalogue.record([item], NOW)[0].document)
    catalogue.decide(stray, kind=None, unit="cb-b", year=None, by="Lan", now=NOW)
    assert stray in catalogue.searchable_ids()
    catalogue.undecide(stray, ["unit"], "Lan", NOW + HOUR)
    assert stray not in catalogue.searchable_ids()
    assert catalogue.known_documents({"cb-b"}) == []


def test_a_recognition_made_before_a_decision_on_the_kind_is_not_kept(paper: str) -> None:
    """`hoso docs set` while the loop is at this very paper."""
    catalogue.decide(paper, kind="người", unit=None, year=None, by="Lan", now=NOW)
    catalogue.save_recognitions([(paper, Recognition("cũ", 0.9))], "m1", {paper: None})
    known = catalogue.document(paper)
    assert known.recognition is not None
    assert known.recognition.kind == "máy"
    assert catalogue.made_otherwise("m1", CAMPAIGN.id) == {paper}, "the work is asked for again"


# --- waivers ---------------------------------------------------------------------------------------------------------


def test_a_waiver_by_hand_survives_a_second_load_and_one_of_the_file_follows_the_file(paper: str) -> None:
    catalogue.grant_waiver(CAMPAIGN.id, BY_HAND, NOW + HOUR)
    catalogue.save_campaign(CAMPAIGN, NOW + 2 * HOUR, "văn phòng")
    assert set(standing()) == {OF_FILE, BY_HAND}
    catalogue.save_campaign(replace(CAMPAIGN, waivers=()), NOW + 3 * HOUR, "văn phòng")
    assert standing() == (BY_HAND,)
    assert catalogue.wrong_rows() == []


def test_a_waiver_revoked_by_hand_does_not_come_back_with_the_same_file(paper: str) -> None:
    (revoked,) = catalogue.revoke_waiver(CAMPAIGN.id, OF_FILE, "Minh", "đã nộp", NOW + HOUR)
    assert (revoked.revoked_by, revoked.revoked_why) == ("Minh", "đã nộp")
    changes = catalogue.save_campaign(CAMPAIGN, NOW + 2 * HOUR, "văn phòng")
    assert standing() == ()
    assert changes.withdrawn == ("cb-a/to-trinh",)
    longer = replace(OF_FILE, until=date(2022, 1, 31))
    changes = catalogue.save_campaign(replace(CAMPAIGN, waivers=(longer,)), NOW + 3 * HOUR, "văn phòng")
    assert standing() == (longer,), "the office wrote another line: that is a new waiver"
    assert changes.withdrawn == ()


def test_a_waiver_that_the_file_lost_and_has_again_stands_again(paper: str) -> None:
    catalogue.save_campaign(replace(CAMPAIGN, waivers=()), NOW + HOUR, "văn phòng")
    catalogue.save_campaign(CAMPAIGN, NOW + 2 * HOUR, "văn phòng")
    assert standing() == (OF_FILE,)


def test_waivers_of_a_past_moment(paper: str) -> None:
    catalogue.grant_waiver(CAMPAIGN.id, BY_HAND, NOW + HOUR)
    catalogue.revoke_waiver(CAMPAIGN.id, BY_HAND, "Minh", "nhầm", NOW + 3 * HOUR)
    for hours, expected in ((0, {OF_FILE}), (2, {OF_FILE, BY_HAND}), (4, {OF_FILE})):
        campaign = catalogue.current_campaign(NOW + hours * HOUR)
        assert campaign is not None
        assert set(campaign.waivers) == expected
    history = people.waiver_history(CAMPAIGN.id)
    assert [(held.by_hand, held.revoked_by) for held in history] == [(False, ""), (True, "Minh")]
    assert [row.action for row in audit.rows()][-2:] == ["waived", "waiver-revoked"]
    assert catalogue.wrong_rows() == []


# --- as it was -------------------------------------------------------------------------------------------------------


def test_a_campaign_of_the_past_is_as_its_file_was(paper: str) -> None:
    moved = replace(
        CAMPAIGN, title="Khác", visits=(Visit("cb-a", "doan-1", date(2021, 12, 24)),),
        units=(replace(UNITS[0], members=7), UNITS[1]),
    )  # fmt: skip
    catalogue.save_campaign(moved, NOW + HOUR, "văn phòng")
    catalogue.save_campaign(replace(moved, id="xl-2022", year=2022), NOW + 2 * HOUR, "văn phòng")
    assert catalogue.current_campaign(NOW) == CAMPAIGN
    assert catalogue.current_campaign(NOW + HOUR + timedelta(minutes=1)) == moved
    assert catalogue.current_campaign(NOW - HOUR) == replace(CAMPAIGN, waivers=()), "before all: the first there was"
    assert catalogue.wrong_rows() == []


def test_the_rules_of_the_past_are_kept_by_their_bytes(paper: str) -> None:
    first, second = (
        KeptPack("a" * 64, (("p.yaml", b"one"), ("g.yaml", b"base"))),
        KeptPack("b" * 64, (("p.yaml", b"two"),)),
    )
    assert past.note_pack(CAMPAIGN.id, first, NOW + HOUR)
    assert not past.note_pack(CAMPAIGN.id, first, NOW + 2 * HOUR), "the same rules are noted once"
    assert past.note_pack(CAMPAIGN.id, second, NOW + 3 * HOUR)
    assert past.note_pack(CAMPAIGN.id, first, NOW + 5 * HOUR), "back to the former ones"
    for hours, expected in ((0, first), (2, first), (3, second), (6, first)):
        assert past.pack_at(CAMPAIGN.id, NOW + hours * HOUR) == expected
    assert past.pack_at("unknown", NOW) is None
    assert catalogue.wrong_rows() == []


@pytest.mark.parametrize("what", ["decision", "waiver", "state", "file", "use", "gone"])
def test_what_is_changed_behind_the_log_is_found(paper: str, what: str) -> None:
    catalogue.decide(paper, kind="người", unit=None, year=None, by="Lan", now=NOW)
    catalogue.undecide(paper, ["kind"], "Lan", NOW + HOUR)
    catalogue.grant_waiver(CAMPAIGN.id, BY_HAND, NOW)
    past.note_pack(CAMPAIGN.id, KeptPack("a" * 64, (("p.yaml", b"one"),)), NOW)
    assert catalogue.wrong_rows() == [] == audit.broken_links()
    changes = {
        "decision": lambda: models.Decision.objects.filter(unset=["kind"]).delete(),
        "waiver": lambda: models.Waiver.objects.filter(by_hand=True).update(by_hand=False),
        "state": lambda: models.CampaignState.objects.update(content={}),
        "file": lambda: models.PackFile.objects.update(content=b"other"),
        "use": lambda: models.PackUse.objects.update(sha256="c" * 64),
        "gone": lambda: models.CampaignState.objects.all().delete(),
    }
    changes[what]()
    assert catalogue.wrong_rows() != []
