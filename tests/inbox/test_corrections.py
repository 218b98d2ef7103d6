"""What people decide, with the service running beside them: all that is derived follows by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from archive import catalogue, people
from archive.config import Config
from archive.errors import HosoError, NotFound
from archive.records import Campaign, KnownDocument, Unit, UnitType, Visit, Waiver
from archive.searching import Searcher
from inbox import corrections
from inbox.service import Service
from rules.loader import find_pack

NOW = datetime(2021, 12, 10, 8, tzinfo=UTC)
UNITS = (
    Unit("cb-a", "Chi bộ Văn phòng", UnitType.CHI_BO_CO_SO, members=1),
    Unit("cb-b", "Chi bộ Sở Y tế", UnitType.CHI_BO_CO_SO, members=1),
)
CAMPAIGN = Campaign("xl", "X", 2021, "xep-loai-2021", units=UNITS, visits=(Visit("cb-a", "t", date(2021, 12, 20)),))
PACK = find_pack("xep-loai-2021")
# Nothing in it names a kind: a member's own review as some write it.
OWN_REVIEW = """ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH
CHI BỘ VĂN PHÒNG
*
ĐẢNG CỘNG SẢN VIỆT NAM
Hòa Phú, ngày 8 tháng 12 năm 2021

Họ và tên: Nguyễn Thị Lan
Ngày sinh: 1/2/1980
Trong năm 2021 tôi đã hoàn thành nhiệm vụ được giao.
NGƯỜI VIẾT
Nguyễn Thị Lan
"""


@pytest.fixture
def service(config: Config) -> Iterator[Service]:
    catalogue.save_campaign(CAMPAIGN, NOW, "x")
    with Service(config, PACK, settle=0, now=lambda: NOW) as made:
        made.once()
        (config.inbox / "cb-a" / "giay to.txt").write_text(OWN_REVIEW, encoding="utf-8")
        made.once()
        yield made


def paper() -> KnownDocument:
    (known,) = catalogue.known_documents()
    return known


def decide(config: Config, **what: object) -> KnownDocument:
    values = {"kind": None, "unit": None, "year": None} | what
    return corrections.decide(config, CAMPAIGN, PACK, paper().document.id, **values, by="Lan", now=NOW)  # type: ignore[arg-type]


def undecide(config: Config, *names: str) -> KnownDocument:
    return corrections.undecide(config, PACK, paper().document.id, names, by="Lan", now=NOW + timedelta(hours=1))


def page(config: Config, unit: str) -> str:
    return (config.inbox / unit / "_TINH-TRANG.html").read_text(encoding="utf-8")


def facts(known: KnownDocument) -> tuple[str | None, str | None]:
    assert known.recognition is not None
    member = known.recognition.facts.member
    return known.recognition.kind, member.value if member else None


def test_facts_are_read_as_the_decided_kind_asks_for_and_back_again(service: Service, config: Config) -> None:
    machine, _member = facts(paper())
    assert machine != "kiem-diem-ca-nhan"
    before = paper()
    known = decide(config, kind="kiem-diem-ca-nhan")
    assert facts(known) == (machine, "Nguyễn Thị Lan"), "the machine's kind stays beside it; the facts follow"
    service.once()
    assert paper() == known, "the loop finds nothing more to do"
    undecide(config)
    service.once()
    assert paper() == before


def test_verdict_page_and_index_follow_a_decision_and_its_end(service: Service, config: Config) -> None:
    first = page(config, "cb-a")
    decide(config, kind="kiem-diem-ca-nhan", unit="cb-b")
    service.once()
    assert "giay to.txt" not in page(config, "cb-a")
    assert "giay to.txt" in page(config, "cb-b")
    with Searcher(config) as searcher:
        assert [hit["unit"] for hit in searcher.find("hoàn thành", unit="cb-b")["hits"]] == ["cb-b"]
    undecide(config, "unit")
    service.once()
    assert "giay to.txt" not in page(config, "cb-b")
    assert page(config, "cb-a") != first, "its kind is still decided"
    undecide(config)
    service.once()
    assert page(config, "cb-a") == first
    with Searcher(config) as searcher:
        assert [hit["unit"] for hit in searcher.find("hoàn thành")["hits"]] == ["cb-a"]


def test_a_new_recognition_leaves_a_decision_alone(service: Service, config: Config) -> None:
    decide(config, kind="kiem-diem-ca-nhan", year=2021)
    service.stages.pack = replace(PACK, sha256="e" * 64, abbreviations={**PACK.abbreviations, "XX": ("báo cáo",)})
    while service.stages.step(1.0):
        pass
    assert (paper().kind, paper().year) == ("kiem-diem-ca-nhan", 2021)
    assert facts(paper())[1] == "Nguyễn Thị Lan"


def test_only_what_was_decided_can_be_taken_back(service: Service, config: Config) -> None:
    with pytest.raises(NotFound):
        undecide(config)
    decide(config, year=2020)
    with pytest.raises(NotFound):
        undecide(config, "kind")
    with pytest.raises(NotFound):
        undecide(config, "kind", "year")
    assert undecide(config, "year").document.decision is None


# --- waivers ---------------------------------------------------------------------------------------------------------


def waiver(**changes: object) -> Waiver:
    return replace(Waiver("cb-a", "bien-ban-xep-loai", "bão", "Lan"), **changes)  # type: ignore[arg-type]


def current() -> Campaign:
    campaign = catalogue.current_campaign()
    assert campaign is not None
    return campaign


def test_a_waiver_is_on_the_page_at_once_and_gone_when_it_is_revoked(service: Service, config: Config) -> None:
    first = page(config, "cb-a")
    corrections.add_waiver(config, current(), PACK, waiver(), NOW)
    service.once()
    assert "bão" not in first
    assert page(config, "cb-a") != first
    corrections.revoke_waiver(config, current(), "cb-a", "bien-ban-xep-loai", by="Minh", why="đã nộp", now=NOW)
    service.once()
    assert page(config, "cb-a") == first


def test_a_waiver_is_checked_before_it_is_kept(service: Service, config: Config) -> None:
    wrong = {
        "unit": waiver(unit="cb-aa"), "requirement": waiver(requirement="bien-ban-xep-loi"),
        "past": waiver(until=date(2021, 12, 9)), "never asked": waiver(requirement="bao-cao-tong-ket-truc-thuoc"),
    }  # fmt: skip
    for given in wrong.values():
        with pytest.raises(HosoError):
            corrections.add_waiver(config, current(), PACK, given, NOW)
    corrections.add_waiver(config, current(), PACK, waiver(until=date(2021, 12, 10)), NOW)
    with pytest.raises(HosoError):
        corrections.add_waiver(config, current(), PACK, waiver(), NOW)
    corrections.add_waiver(config, current(), PACK, waiver(), NOW + timedelta(days=1))
    assert len(people.waiver_history("xl")) == 2, "the first one was over by then"
    with pytest.raises(NotFound):
        corrections.revoke_waiver(config, current(), "cb-b", "bien-ban-xep-loai", by="x", why="x", now=NOW)


def test_the_rules_that_pages_are_written_by_are_kept(service: Service, config: Config, tmp_path: Path) -> None:
    from archive import past

    assert past.pack_in_use("xl") == PACK.sha256
