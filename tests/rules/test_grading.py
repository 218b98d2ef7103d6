"""The `grading` and `numbering` sections of a pack: closed vocabulary, each slip with its line and the nearest word."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import UnitType
from rules.grading import Grouping, Rounding, Rule, Whose
from rules.loader import find_pack, pack_from_text
from rules.model import RulePack
from rules.numbering import Numbering
from rules.packfile import read_pack
from rules.yamlfile import BadFile, Problems, parse_yaml

HEAD = """\
id: thu
title: Gói thử
period: {year: 2025}
areas: {a: Mảng A}
kinds: {cham-diem: {name: Chấm điểm}, tong-hop: {name: Tổng hợp}}
requirements:
- {id: mot, title: Một, area: a, for: [chi-bo-co-so], when: at-visit, accepts: [cham-diem], why: Q, remedy: Nộp.}
"""
LEVELS = """\
grading:
  levels: [{id: HTXSNV, title: Xuất sắc, from_score: 90}, {id: HTTNV, title: Tốt, from_score: 70}]
"""


def pack(rest: str) -> RulePack:
    return pack_from_text(HEAD + LEVELS + rest)


def errors(rest: str) -> list[tuple[int, str]]:
    """Line (1 = the first of `rest`) and message of each mistake."""
    with pytest.raises(BadFile) as caught:
        pack(rest)
    before = (HEAD + LEVELS).count("\n")
    return [(error.line - before, error.message) for error in caught.value.errors]


def test_the_2021_pack_says_what_an_outstanding_level_asks_for_and_what_of_it_is_assumed() -> None:
    grading = find_pack("xep-loai-2021").grading
    shares = {item.id: (item.of, item.reach, item.at_least) for item in grading.conditions if item.rule is Rule.SHARE}
    assert shares == {
        "truc-thuoc-tu-htnv": (Whose.SUB_UNITS, "HTNV", 100),
        "truc-thuoc-tu-httnv": (Whose.SUB_UNITS, "HTTNV", 80),
        "dang-vien-tu-htnv": (Whose.MEMBERS, "HTNV", 100),
        "dang-vien-tu-httnv": (Whose.MEMBERS, "HTTNV", 80),
    }
    assert grading.told == ("tieu-chi-ket-qua", "chinh-quyen-doan-the", "lanh-dao-bi-ky-luat")
    members, units = grading.quotas
    assert (members.whose, members.share, members.base, members.per) == (Whose.MEMBERS, 20, ("HTTNV",), Grouping.UNIT)
    assert (units.whose, units.per, units.rounding) == (Whose.UNITS, Grouping.KIND, Rounding.DOWN)
    assert all(item.unverified for item in grading.quotas)
    assert all(item.why or item.unverified for item in grading.conditions)


def test_points_make_the_scale() -> None:
    assert pack("").grading.scale == 100
    points = "  points: [{id: a, title: A, maximum: 30}, {id: b, title: B, maximum: 70.5}]\n"
    assert pack(points).grading.scale == 100.5


def test_a_kind_may_tell_several_things() -> None:
    found = pack("  papers: {score: [cham-diem, tong-hop], ratings: [tong-hop]}\n").grading.papers
    assert found == {"cham-diem": {"score"}, "tong-hop": {"score", "ratings"}}


HTTNV = "  conditions:\n  - {id: a, title: A, levels: [HTTNV], rule: "


@pytest.mark.parametrize(
    ("rest", "line", "words"),
    [
        ("  conditons: []\n", 1, 'did you mean "conditions"'),
        ("  papers: {scores: [cham-diem]}\n", 1, 'did you mean "score"'),
        ("  papers: {score: [cham-dim]}\n", 1, 'did you mean "cham-diem"'),
        ("  points: [{id: a, title: A, maximum: 0}]\n", 1, "above zero"),
        ("  conditions:\n  - {id: a, title: A, levels: [HTXS], rule: no}\n", 2, 'did you mean "HTXSNV"'),
        (HTTNV + "shares}\n", 2, 'did you mean "share"'),
        (HTTNV + "share, of: members, at_least: 8}\n", 2, '"reach"'),
        (HTTNV + "share, of: members, reach: HTTNV, at_least: 101}\n", 2, "between 0 and 100"),
        (HTTNV + "number}\n", 2, '"at_least" or "at_most"'),
        (HTTNV + "number, at_least: 1, at_most: 3}\n", 2, '"at_least" or "at_most"'),
        (HTTNV + "no, at_most: 3}\n", 2, "does not go with"),
        (HTTNV + "yes, reach: HTTNV}\n", 2, "does not go with"),
        (HTTNV + "related, of: members, reach: HTTNV}\n", 2, '"of" does not go with'),
        (HTTNV + "no}\n  - {id: a, title: B, levels: [HTTNV], rule: yes}\n", 3, "stands twice"),
    ],
)
def test_a_slip_in_a_condition_is_told_with_its_line(rest: str, line: int, words: str) -> None:
    assert [(at, words in message) for at, message in errors(rest)] == [(line, True)]


QUOTA = (
    "  quota:\n  - {{id: q, title: Q, level: HTXSNV, whose: {whose}, share: {share}, of: {of}, per: {per},"
    " rounding: {r}}}\n"
)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"whose": "sub-units"}, "units"),
        ({"share": "0"}, "between 0 and 100"),
        ({"share": "nhiều"}, "must be a number"),
        ({"of": "HTTNV+HTXS"}, 'did you mean "HTXSNV"'),
        ({"per": "kinds"}, 'did you mean "kind"'),
        ({"r": "downwards"}, 'did you mean "down"'),
    ],
)
def test_a_slip_in_a_quota_is_told_with_its_line(change: dict[str, str], words: str) -> None:
    right = {"whose": "units", "share": "20", "of": "total", "per": "kind", "r": "down"}
    found = errors(QUOTA.format(**{**right, **change}))
    assert {at for at, _message in found} == {2}
    assert any(words in message for _at, message in found)


@pytest.mark.parametrize(
    ("of", "base"), [("HTTNV", ("HTTNV",)), ("HTTNV+HTXSNV", ("HTTNV", "HTXSNV")), ("total", ("total",))]
)
def test_what_a_quota_is_a_share_of(of: str, base: tuple[str, ...]) -> None:
    (quota,) = pack(QUOTA.format(whose="units", share=20, of=of, per="team", r="up")).grading.quotas
    assert quota.base == base


def test_a_pack_above_may_drop_a_condition_and_a_quota() -> None:
    rest = "  conditions:\n  - {id: a, drop: true}\n  - {id: b, title: B, levels: [HTTNV], rule: no, drop: false}\n"
    found = pack(rest + "  quota: [{id: q, drop: true}]\n").grading
    assert [item.id for item in found.conditions] == ["b"]
    assert found.quotas == ()
    assert "true or false" in errors("  quota: [{id: q, drop: vâng}]\n")[0][1]


@given(st.sampled_from(["conditions", "quota", "points", "papers"]), st.text(max_size=60))
def test_whatever_stands_there_is_read_or_refused_with_a_line(section: str, text: str) -> None:
    problems = Problems("pack.yaml")
    tree = parse_yaml((HEAD + LEVELS + f"  {section}:\n  - {text}\n").encode(), problems)
    read_pack([tree], problems, "")
    assert all(item.line >= 1 and item.message for item in problems.errors)


# --- numbers ---------------------------------------------------------------------------------------------------------

TERMS = "numbering: {new_terms: {chi-bo-co-so: [2020, 2015]}}\n"
CELL = UnitType.CHI_BO_CO_SO


def test_numbers_run_through_a_term_and_not_by_the_year() -> None:
    numbering = pack(TERMS).numbering
    assert numbering.term(CELL, date(2021, 1, 5)) == numbering.term(CELL, date(2023, 12, 5)) == 2020
    assert numbering.term(CELL, date(2019, 12, 5)) == 2015


@pytest.mark.parametrize("day", [date(2020, 3, 1), date(2015, 12, 31), date(2014, 1, 1), date(2026, 1, 1)])
def test_in_a_year_of_congresses_and_outside_of_the_known_ones_no_term_is_told(day: date) -> None:
    assert pack(TERMS).numbering.term(CELL, day) is None
    assert Numbering().term(CELL, day) is None


def test_a_slip_in_the_terms_is_told() -> None:
    assert errors("numbering: {new_terms: {chi-bo: [2015]}}\n")[0][0] == 1
    assert "whole number" in errors("numbering: {new_terms: {chi-bo-co-so: [nay]}}\n")[0][1]
