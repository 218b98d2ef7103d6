"""The helper for grading: each condition met, not met and open; quotas with their arithmetic; never a judge."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.i18n import use_language
from archive.records import Campaign, Figure, KnownDocument, Source, Team, Unit, UnitType, Visit
from rules.grading import Grading as Rules
from rules.grading import Grouping, Quota, Rounding, Whose
from rules.loader import PACKS, find_pack, pack_from_text
from rules.model import RulePack
from tests.validators.between.papers import RATINGS, SCORE, TABLE, paper
from validators.grading import Answer, Grade, grade_all
from validators.level_facts import Fit
from validators.quotas import QuotaAnswer, allowed

PACK = find_pack("xep-loai-2021")
CELL = Unit("cb", "Chi bộ Văn phòng", UnitType.CHI_BO_CO_SO, members=12)
BOARD = Unit("db", "Đảng bộ Sở Y tế", UnitType.DANG_BO_CO_SO)
WARDS = tuple(Unit(f"k{n}", f"Chi bộ Khoa {n}", UnitType.CHI_BO_TRUC_THUOC, parent="db") for n in range(5))
KNOWN = {"tieu-chi-ket-qua": "yes", "chinh-quyen-doan-the": "HTTNV", "lanh-dao-bi-ky-luat": "no"}
YES, NO, OPEN = Fit.CONSISTENT, Fit.NOT_CONSISTENT, Fit.CANNOT_TELL


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


def asking(unit: Unit, level: str = "HTXSNV", score: str | None = "93") -> KnownDocument:
    facts = {"level": (level, f"Đề xuất mức: {level}"), **({"score": score} if score else {})}
    return paper(f"{unit.id}-cham", SCORE, unit=unit, issuer=None, **facts)


def rated(unit: Unit, of: str = "members", total: int | None = None, **counts: int) -> KnownDocument:
    told = tuple(Figure("rated", count, 1, "Tổng cộng", level, of) for level, count in counts.items())
    told += (Figure("rated-total", total if total is not None else sum(counts.values()), 1, "Tổng cộng", of=of),)
    return paper(f"{unit.id}-tong-hop", RATINGS, unit=unit, issuer=None, told=told)


def grade(
    unit: Unit,
    *papers: KnownDocument,
    told: Mapping[str, str] | None = None,
    others: tuple[Unit, ...] = (),
    pack: RulePack = PACK,
) -> Grade:
    campaign = Campaign("xl", "Đợt 2021", 2021, pack.id, units=(unit, *others))
    by_unit: dict[str, list[KnownDocument]] = {}
    for known in papers:
        by_unit.setdefault(known.document.unit or "", []).append(known)
    (found,) = grade_all(campaign, by_unit, pack, told or {}, [unit]).units
    return found


def answer(found: Grade, id_: str) -> Answer:
    return next(item for item in found.answers if item.id == id_)


# --- the level and its score -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "score", "fit", "words"),
    [
        ("HTXSNV", "90", YES, "90 points ≥ 90 points"),
        ("HTXSNV", "89,5", NO, "89,5 points < 90 points"),
        ("HTTNV", "70/100", YES, "70 points ≥ 70 points"),
        ("HTTNV", "95", YES, "95 points"),  # less than its points allow is for the unit to ask
        ("HTNV", "49", NO, "49 points < 50 points"),
        ("HTTNV", None, OPEN, "no score"),
        ("HTTNV", "186/200", OPEN, "no score"),
        ("HTTNV", "tốt", OPEN, "no score"),
    ],
)
def test_the_score_against_the_threshold(level, score, fit, words) -> None:
    found = answer(grade(CELL, asking(CELL, level, score)), "score")
    assert found.fit is fit
    assert words in found.arithmetic


def test_the_lowest_level_has_no_threshold() -> None:
    assert grade(CELL, asking(CELL, "KHTNV", "12")).answers == ()
    assert grade(CELL, asking(CELL, "KHTNV", "12")).fit is YES


def test_two_scores_or_two_levels_are_for_the_unit_to_sort_out() -> None:
    table = paper("bang", TABLE, unit=CELL, issuer=None, score="80")
    assert "different scores" in answer(grade(CELL, asking(CELL, "HTTNV"), table), "score").arithmetic
    table = paper("bang", TABLE, unit=CELL, issuer=None, level="HTTNV")
    found = grade(CELL, asking(CELL), table)
    assert (found.level, found.fit) == (None, OPEN)
    assert "different levels" in found.answers[0].arithmetic


def test_without_papers_the_campaigns_list_tells_the_level() -> None:
    assert grade(replace(CELL, proposed_level="HTTNV")).level == "HTTNV"
    assert grade(replace(CELL, proposed_level="HTTNV"), asking(CELL)).level == "HTXSNV"
    assert grade(replace(CELL, proposed_level="LẠ")).level is None
    assert grade(CELL).fit is OPEN


def test_recognised_pictures_tell_nothing() -> None:
    scan = replace(asking(CELL), source=Source.OCR, confidence=0.99)
    assert grade(CELL, scan).level is None


# --- each condition of the pack --------------------------------------------------------------------------------------

MEMBERS = {"HTXSNV": 2, "HTTNV": 8, "HTNV": 2, "KHTNV": 0}


@pytest.mark.parametrize(
    ("condition", "counts", "fit", "words"),
    [
        ("dang-vien-tu-htnv", MEMBERS, YES, "2 HTXSNV + 8 HTTNV + 2 HTNV = 12 of 12 = 100 %; needed: at least 100 %"),
        ("dang-vien-tu-htnv", {**MEMBERS, "KHTNV": 1}, NO, "12 of 13 = 92,3 %"),
        ("dang-vien-tu-httnv", MEMBERS, YES, "2 HTXSNV + 8 HTTNV = 10 of 12 = 83,3 %; needed: at least 80 %"),
        ("dang-vien-tu-httnv", {"HTTNV": 4, "HTNV": 1}, YES, "4 of 5 = 80 %"),
        ("dang-vien-tu-httnv", {"HTTNV": 799, "HTNV": 201}, NO, "799 of 1000 = 79,9 %"),
        ("dang-vien-tu-httnv", {"HTTNV": 7999, "HTNV": 2001}, NO, "7999 of 10000 = 79,9 %"),  # never rounded up to 80
        ("dang-vien-tu-httnv", None, OPEN, "no summary of ratings"),
    ],
)
def test_the_share_of_members(condition, counts, fit, words) -> None:
    papers = [asking(CELL)] + ([rated(CELL, **counts)] if counts else [])
    found = answer(grade(CELL, *papers), condition)
    assert found.fit is fit
    assert words in found.arithmetic
    assert bool(found.places) == bool(counts)


@pytest.mark.parametrize(
    ("counts", "total", "fit"),
    [({"HTTNV": 10, "HTNV": 2}, 13, OPEN), ({"HTTNV": 10}, 12, YES), ({"HTTNV": 5, "HTNV": 6}, 12, NO)],
)
def test_members_of_whom_no_level_is_known_leave_it_open_only_where_they_could_turn_it(counts, total, fit) -> None:
    found = answer(grade(CELL, asking(CELL), rated(CELL, total=total, **counts)), "dang-vien-tu-httnv")
    assert found.fit is fit
    assert f"of {total - sum(counts.values())} no level is known" in found.arithmetic


@pytest.mark.parametrize(
    ("condition", "levels", "fit", "words"),
    [
        ("truc-thuoc-tu-httnv", "HTTNV HTTNV HTTNV HTXSNV HTNV", YES, "1 HTXSNV + 3 HTTNV = 4 of 5 = 80 %"),
        ("truc-thuoc-tu-httnv", "HTTNV HTTNV HTTNV HTNV HTNV", NO, "3 of 5 = 60 %"),
        ("truc-thuoc-tu-httnv", "HTTNV HTTNV HTTNV HTTNV -", YES, "of 1 no level is known"),
        ("truc-thuoc-tu-httnv", "HTTNV HTTNV HTTNV HTNV -", OPEN, "of 1 no level is known"),
        ("truc-thuoc-tu-htnv", "HTTNV HTTNV HTNV HTNV HTNV", YES, "5 of 5 = 100 %"),
        ("truc-thuoc-tu-htnv", "HTTNV HTTNV HTNV HTNV KHTNV", NO, "4 of 5"),
        ("truc-thuoc-tu-htnv", "- - - - -", OPEN, "0 of 5"),
    ],
)
def test_the_share_of_sub_units_by_what_they_ask_for(condition, levels, fit, words) -> None:
    below = tuple(
        replace(ward, proposed_level=None if level == "-" else level)
        for ward, level in zip(WARDS, levels.split(), strict=True)
    )
    found = answer(grade(BOARD, asking(BOARD), others=below), condition)
    assert (found.fit, words in found.arithmetic) == (fit, True)


def test_a_summary_of_sub_units_says_it_better_than_what_they_ask_for() -> None:
    below = tuple(replace(ward, proposed_level="HTXSNV") for ward in WARDS)
    summary = rated(BOARD, of="sub-units", HTTNV=3, HTNV=2)
    assert answer(grade(BOARD, asking(BOARD), summary, others=below), "truc-thuoc-tu-httnv").fit is NO
    assert answer(grade(BOARD, asking(BOARD)), "truc-thuoc-tu-httnv").fit is OPEN  # no sub-units at all


def test_a_summary_that_counts_more_than_it_has_is_no_ground() -> None:
    found = answer(grade(CELL, asking(CELL), rated(CELL, total=5, HTTNV=9)), "dang-vien-tu-httnv")
    assert found.fit is OPEN


@pytest.mark.parametrize(
    ("condition", "word", "fit"),
    [
        ("tieu-chi-ket-qua", "yes", YES), ("tieu-chi-ket-qua", "không", NO), ("tieu-chi-ket-qua", None, OPEN),
        ("tieu-chi-ket-qua", "chắc là có", OPEN),
        ("lanh-dao-bi-ky-luat", "no", YES), ("lanh-dao-bi-ky-luat", "Có", NO), ("lanh-dao-bi-ky-luat", None, OPEN),
        ("chinh-quyen-doan-the", "HTXSNV", YES), ("chinh-quyen-doan-the", "HTTNV", YES),
        ("chinh-quyen-doan-the", "HTNV", NO), ("chinh-quyen-doan-the", None, OPEN),
        ("chinh-quyen-doan-the", "giỏi", OPEN),
    ],
)  # fmt: skip
def test_what_only_a_person_can_tell(condition, word, fit) -> None:
    found = answer(grade(CELL, asking(CELL), told={condition: word} if word else {}), condition)
    assert found.fit is fit
    if word is None:
        assert f"--know {condition}=" in found.arithmetic


def test_a_whole_unit_is_consistent_only_where_everything_is_known() -> None:
    papers = asking(CELL), rated(CELL, **MEMBERS)
    assert grade(CELL, *papers, told=KNOWN).fit is YES
    assert grade(CELL, *papers).fit is OPEN
    assert grade(CELL, *papers, told={**KNOWN, "lanh-dao-bi-ky-luat": "yes"}).fit is NO
    assert grade(CELL, asking(CELL, score="80"), rated(CELL, **MEMBERS)).fit is NO  # one no is enough


def test_conditions_are_asked_of_their_level_and_their_type_of_unit_only() -> None:
    assert [item.id for item in grade(CELL, asking(CELL, "HTTNV")).answers] == ["score"]
    cell, board = grade(CELL, asking(CELL)), grade(BOARD, asking(BOARD))
    assert not [item for item in cell.answers if item.id.startswith("truc-thuoc")]
    assert not [item for item in board.answers if item.id.startswith("dang-vien")]


def test_what_is_assumed_is_shown_as_such() -> None:
    assert answer(grade(CELL, asking(CELL)), "lanh-dao-bi-ky-luat").unverified
    assert "Hướng dẫn 21" in answer(grade(CELL, asking(CELL)), "dang-vien-tu-htnv").why


# --- 30 + 70 points and told numbers, as from 2025 -------------------------------------------------------------------

NEW = """\
  points: [{id: chung, title: Tiêu chí chung, maximum: 30}, {id: nhiem-vu, title: Nhiệm vụ, maximum: 70}]
  papers: {score: [bao-cao-tu-cham-diem]}
  conditions:
  - {id: dung-han, title: Đúng hạn, levels: [HTXSNV, HTTNV], rule: number, at_least: 100}
  - {id: vuot, title: Vượt mức, levels: [HTXSNV], rule: number, at_least: 30}
  - {id: cham, title: Chậm, levels: [HTNV], rule: number, at_most: 20}
"""


@pytest.fixture(scope="module")
def new_pack() -> RulePack:
    text = (Path(PACKS) / "xep-loai-2021.yaml").read_text(encoding="utf-8")
    begin, end = text.index("\n  # Loại văn bản nào"), text.index("\n# accepts: một trong")
    return pack_from_text(text[:begin] + "\n" + NEW + text[end:])


@pytest.mark.parametrize(
    ("level", "told", "fit"),
    [
        ("HTXSNV", {"dung-han": "100", "vuot": "30"}, YES),
        ("HTXSNV", {"dung-han": "100 %", "vuot": "29,9"}, NO),
        ("HTXSNV", {"dung-han": "99,5", "vuot": "50"}, NO),
        ("HTTNV", {"dung-han": "100"}, YES),
        ("HTTNV", {}, OPEN),
        ("HTTNV", {"dung-han": "gần hết"}, OPEN),
        ("HTNV", {"cham": "20"}, YES),
        ("HTNV", {"cham": "20,5"}, NO),
    ],
)
def test_numbers_that_a_person_tells(new_pack, level, told, fit) -> None:
    assert new_pack.grading.scale == 100
    found = grade(CELL, asking(CELL, level, "93"), told=told, pack=new_pack)
    assert found.fit is fit


# --- quotas ----------------------------------------------------------------------------------------------------------

QUOTA = Quota("q", "Tỷ lệ", "HTXSNV", Whose.UNITS, 20, ("HTTNV",), Grouping.CAMPAIGN, Rounding.DOWN)


def units(**levels: int) -> tuple[Unit, ...]:
    """So many units with each level; "_" stands for none."""
    listed = [None if level == "_" else level for level, count in levels.items() for _n in range(count)]
    return tuple(
        Unit(f"u{n}", f"Đơn vị {n}", UnitType.CHI_BO_CO_SO, proposed_level=level) for n, level in enumerate(listed)
    )


def quotas(quota: Quota, campaign_units: tuple[Unit, ...], *papers: KnownDocument, **more) -> list[QuotaAnswer]:  # type: ignore[no-untyped-def]
    rules = replace(PACK, grading=Rules(papers=PACK.grading.papers, quotas=(quota,)))
    campaign = Campaign("xl", "Đợt 2021", 2021, PACK.id, units=campaign_units, **more)
    by_unit: dict[str, list[KnownDocument]] = {}
    for known in papers:
        by_unit.setdefault(known.document.unit or "", []).append(known)
    return list(grade_all(campaign, by_unit, rules).quotas)


@pytest.mark.parametrize(
    ("base", "may", "fit"),
    [(("HTTNV",), 90, NO), (("HTTNV", "HTXSNV"), 114, NO), (("total",), 119, NO)],
)
def test_one_season_read_with_three_bases(base, may, fit) -> None:
    """Sơn La 2020: about 120 outstanding, 451 good, 27 fulfilled of 598: 20 % of all, but far over of those good."""
    (found,) = quotas(replace(QUOTA, base=base), units(HTXSNV=120, HTTNV=451, HTNV=27))
    assert (found.asked, found.allowed, found.fit) == (120, may, fit)
    assert len(found.asking) == 120


def test_the_arithmetic_names_share_base_rounding_and_who_asks() -> None:
    (found,) = quotas(QUOTA, units(HTXSNV=2, HTTNV=9))
    assert found.arithmetic == "20 % × 9 (HTTNV) = 1,8, rounded down: 1; asked for: 2"
    assert found.asking == ("Đơn vị 0", "Đơn vị 1")
    assert found.fit is NO
    (found,) = quotas(replace(QUOTA, rounding=Rounding.NEAREST), units(HTXSNV=2, HTTNV=9))
    assert (found.allowed, found.fit) == (2, YES)


@pytest.mark.parametrize(
    ("levels", "fit"),
    [
        ({"HTXSNV": 2, "HTTNV": 10}, YES),
        ({"HTXSNV": 1, "HTTNV": 10, "_": 1}, YES),  # even if the last one asks for it too
        ({"HTXSNV": 2, "HTTNV": 9, "_": 1}, OPEN),
        ({"HTXSNV": 3, "HTTNV": 9, "_": 1}, NO),  # even if the last one widens the base
    ],
)
def test_units_of_which_nothing_is_known_leave_it_open_only_where_they_could_turn_it(levels, fit) -> None:
    (found,) = quotas(QUOTA, units(**levels))
    assert found.fit is fit


def test_each_group_stands_by_itself() -> None:
    some = (
        *units(HTXSNV=1, HTTNV=5),
        replace(BOARD, proposed_level="HTXSNV"),
        *(replace(ward, proposed_level="HTTNV") for ward in WARDS),
    )
    by_kind = quotas(replace(QUOTA, per=Grouping.KIND), some)
    assert {(item.group, item.asked, item.allowed) for item in by_kind} == {
        ("Chi bộ cơ sở", 1, 1),
        ("Đảng bộ cơ sở", 1, 0),
    }
    (below,) = quotas(replace(QUOTA, per=Grouping.UNIT), some)
    assert (below.group, below.base, below.asked, below.allowed) == ("Đảng bộ Sở Y tế", 5, 0, 1)
    teams, visits = (Team("d1", "Đoàn 1"),), (Visit("u0", "d1", asking(CELL).document.filed_at.date()),)
    by_team = quotas(replace(QUOTA, per=Grouping.TEAM), units(HTXSNV=1, HTTNV=5), teams=teams, visits=visits)
    assert {(item.group, item.asked, item.base) for item in by_team} == {("Đoàn 1", 1, 0), ("no visit", 0, 5)}


def test_the_members_of_each_unit() -> None:
    quota = replace(QUOTA, whose=Whose.MEMBERS, per=Grouping.UNIT)
    (found,) = quotas(quota, (CELL,), rated(CELL, HTXSNV=2, HTTNV=9))
    assert (found.group, found.asked, found.allowed, found.fit) == (CELL.name, 2, 1, NO)
    assert found.places
    (unread,) = quotas(quota, (CELL,))
    assert (unread.fit, unread.arithmetic) == (OPEN, "no summary of ratings could be read")
    both = quotas(
        replace(quota, per=Grouping.CAMPAIGN), (CELL, BOARD), rated(CELL, HTTNV=5), rated(BOARD, HTXSNV=1, HTTNV=5)
    )
    assert [(item.base, item.asked, item.allowed, item.fit) for item in both] == [(10, 1, 2, YES)]
    assert quotas(replace(quota, per=Grouping.CAMPAIGN), (CELL, BOARD), rated(CELL, HTTNV=5))[0].fit is OPEN


def test_of_one_unit_only_its_groups_are_told() -> None:
    some = (replace(CELL, proposed_level="HTTNV"), replace(BOARD, proposed_level="HTTNV"))
    found = grade_all(Campaign("xl", "Đợt", 2021, PACK.id, units=some), {}, PACK, {}, [CELL])
    assert {item.group for item in found.quotas} == {CELL.name, "Chi bộ cơ sở"}


# --- what always holds -----------------------------------------------------------------------------------------------

ROUNDINGS = st.sampled_from(list(Rounding))


@given(st.integers(0, 2_000), st.integers(1, 1_000).map(lambda n: n / 10), ROUNDINGS)
def test_a_quota_never_exceeds_its_share_by_a_whole_place(base, share, rounding) -> None:
    may = allowed(replace(QUOTA, share=share, rounding=rounding), base)
    exact = Fraction(str(share)) * base / 100
    assert 0 <= may <= base
    assert may - exact < 1
    if rounding is Rounding.DOWN:
        assert exact - 1 < may <= exact
    if rounding is Rounding.NEAREST:
        assert abs(may - exact) <= Fraction(1, 2)
    if rounding is Rounding.UP:
        assert may >= exact


LEVELS = st.fixed_dictionaries({level: st.integers(0, 12) for level in ("HTXSNV", "HTTNV", "HTNV", "KHTNV", "_")})
BASES = st.sampled_from([("HTTNV",), ("HTTNV", "HTXSNV"), ("total",)])


@given(LEVELS, BASES, ROUNDINGS, st.sampled_from([5, 20, 33.3, 100]))
def test_the_arithmetic_of_a_quota_is_true(levels, base, rounding, share) -> None:
    """Read back from the words: share times base is the product; the answer is that of every way the unknown go."""
    quota = replace(QUOTA, base=base, rounding=rounding, share=share)
    for found in quotas(quota, units(**levels)):
        if not sum(levels.values()):
            continue
        told = re.match(r"([\d,]+) % × (\d+) \(.*\) = ([\d,]+), rounded .*: (\d+); asked for: (\d+)", found.arithmetic)
        assert told is not None
        percent, of, exact, may, asked = (Decimal(word.replace(",", ".")) for word in told.groups())
        assert percent * of / 100 == exact
        assert (may, asked) == (found.allowed, levels["HTXSNV"])
        ways = {_keeps(quota, levels, more) for more in range(levels["_"] + 1)}
        assert found.fit is not (NO if True in ways else None)
        assert found.fit is not (YES if False in ways else None)


def _keeps(quota: Quota, levels: Mapping[str, int], more: int) -> bool:
    """Whether the quota holds when `more` of the unknown ask for its level and the others count for its base."""
    counts = {**levels, "HTXSNV": levels["HTXSNV"] + more, "HTTNV": levels["HTTNV"] + levels["_"] - more, "_": 0}
    base = sum(counts.values()) if "total" in quota.base else sum(counts[level] for level in quota.base)
    return counts["HTXSNV"] <= allowed(quota, base)


COUNTS = st.fixed_dictionaries({level: st.integers(0, 30) for level in ("HTXSNV", "HTTNV", "HTNV", "KHTNV")})


@given(COUNTS, st.integers(0, 5))
def test_the_arithmetic_of_a_share_adds_up_and_its_answer_is_true(counts, unknown) -> None:
    total = sum(counts.values()) + unknown
    found = answer(grade(CELL, asking(CELL), rated(CELL, total=total, **counts)), "dang-vien-tu-httnv")
    if not sum(counts.values()):
        assert found.fit is OPEN
        return
    told = re.match(r"(\d+) HTXSNV \+ (\d+) HTTNV = (\d+) of (\d+) = ([\d,]+) %", found.arithmetic)
    assert told is not None
    best, good, together, of = map(int, told.groups()[:4])
    assert (best + good, of) == (together, total)
    assert 0 <= Fraction(100 * together, of) - Fraction(told[5].replace(",", ".")) < Fraction(1, 10)
    worst, at_best = together * 100 >= 80 * of, (together + unknown) * 100 >= 80 * of
    assert found.fit is (YES if worst else OPEN if at_best else NO)


@given(st.dictionaries(st.sampled_from([*KNOWN, "lạ"]), st.text(max_size=12)), st.text(max_size=8), st.text(max_size=8))
def test_whatever_is_told_or_printed_nothing_is_raised(told, level, score) -> None:
    found = grade(CELL, asking(CELL, level, score), rated(CELL, HTTNV=1), told=told)
    assert found.fit in Fit
    assert all(item.arithmetic for item in found.answers)
