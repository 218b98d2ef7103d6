from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from archive.errors import NotFound
from archive.i18n import use_language
from archive.records import (
    Campaign,
    Document,
    Fact,
    Facts,
    KnownDocument,
    Period,
    ReadingState,
    Recognition,
    Unit,
    UnitType,
    Visit,
    plain,
)
from rules.loader import find_pack
from validators.explain import Explanation, explain

PACK = find_pack("xep-loai-2021")
UNIT = Unit("cb", "Chi bộ Văn phòng", UnitType.CHI_BO_CO_SO, members=3)
CAMPAIGN = Campaign("x", "x", 2021, PACK.id, units=(UNIT,), visits=(Visit("cb", "t", date(2021, 12, 20)),))


def paper(number: int, kind: str | None, year: int, **facts: str) -> KnownDocument:
    read = {name: Fact(value, 2, f"… {value} …") for name, value in facts.items()}
    period = Fact(str(year), 1, f"tổng kết năm {year}")
    filed = datetime(2021, 12, number, tzinfo=UTC)
    document = Document(f"d{number}", "cb", "x", "0" * 64, f"tệp {number}.docx", "hồ sơ", 1, filed)
    recognition = Recognition(kind, 0.9, facts=Facts(period=Period(year), period_read=period, **read))
    return KnownDocument(document, ReadingState.READ, recognition=recognition)


def ask(requirement: str, *documents: KnownDocument) -> Explanation:
    use_language("en")
    try:
        return explain(UNIT, requirement, documents, campaign=CAMPAIGN, pack=PACK, as_of=date(2021, 12, 18))
    finally:
        use_language("vi")


def test_every_candidate_is_told_with_every_condition_and_where_it_was_read() -> None:
    told = ask("bao-cao-tong-ket", paper(1, "bao-cao-tong-ket", 2020, issuer="CHI BỘ VĂN PHÒNG"))
    (candidate,) = told.candidates
    assert (candidate.document, candidate.folder, candidate.counts) == ("d1", "hồ sơ", False)
    conditions = {condition.id: condition for condition in candidate.conditions}
    assert {name: condition.ok for name, condition in conditions.items()} == {
        "kind": True, "unit": True, "year": False, "confidence": True,
    }  # fmt: skip
    year = conditions["year"]
    assert (year.code, year.found, year.wanted, year.page) == ("wrong-year", "2020", "2021", 1)
    assert year.words == "tổng kết năm 2020"
    assert "2020" in year.message
    assert conditions["unit"].page == 2
    assert conditions["unit"].message == ""
    assert told.step == told.verdict.remedy != ""
    assert told.why.startswith("Công văn 164-CV/ĐUK")


def test_the_newest_stands_and_the_older_is_told_as_replaced() -> None:
    told = ask("bao-cao-tong-ket", paper(1, "bao-cao-tong-ket", 2021), paper(3, "bao-cao-tong-ket", 2021))
    assert [(item.document, item.counts, item.replaced) for item in told.candidates] == [
        ("d3", True, False),
        ("d1", True, True),
    ]
    assert told.step == ""


def test_what_a_paper_is_counted_for() -> None:
    march = paper(1, "bien-ban-sinh-hoat", 2021)
    facts = march.recognition.facts if march.recognition else Facts()
    facts = replace(facts, period=Period(2021, "month", 3))
    march = replace(march, recognition=Recognition("bien-ban-sinh-hoat", 0.9, facts=facts))
    told = ask("bien-ban-sinh-hoat", march)
    assert told.candidates[0].counted_for == "3"
    self_review = paper(2, "kiem-diem-ca-nhan", 2021, member="Nguyễn Văn An")
    assert ask("kiem-diem-ca-nhan", self_review).candidates[0].counted_for == "nguyễn văn an"


def test_a_requirement_with_a_condition_tells_what_it_came_to() -> None:
    told = ask("to-trinh-khen-thuong")
    assert (told.applies, told.verdict.verdict.value) == (False, "not-applicable")
    assert "proposed_level is HTXSNV" in told.only_if
    other = ask("ho-so-cuoc-kiem-tra")
    assert (other.applies, other.verdict.verdict.value) == (False, "not-applicable")
    assert "type in dang-bo-co-so" in other.only_if


def test_an_unknown_requirement_names_the_nearest() -> None:
    with pytest.raises(NotFound) as caught:
        ask("bao-cao-tong-kt")
    assert "bao-cao-tong-ket" in caught.value.hint


def test_an_explanation_is_plain_data() -> None:
    data = plain(ask("bao-cao-tong-ket", paper(1, "bao-cao-tong-ket", 2021)))
    assert data["verdict"]["verdict"] == "met"
    assert data["candidates"][0]["conditions"][0]["id"] == "kind"
