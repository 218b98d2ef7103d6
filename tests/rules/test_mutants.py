"""Slips in a pack: each field of a requirement may slip, each slip says what and where, and none is no slip at all."""

from __future__ import annotations

import dataclasses

import pytest

from archive.records import UnitType
from rules.cases import asks
from rules.loader import builtin_packs, find_pack, pack_from_text
from rules.model import Condition, Requirement
from rules.mutants import mutants, slips

PACK = pack_from_text("""\
id: thu
title: Gói thử
period: {year: 2021}
areas: {a: Mảng A}
mass_orgs: {cong-doan: {name: Công đoàn}}
grading: {levels: [{id: HTXSNV, title: Xuất sắc, from_score: 90}]}
kinds:
  bao-cao: {name: Báo cáo, printed: [báo cáo], form_year: 2019}
  bien-ban: {name: Biên bản, printed: [biên bản]}
  khac: {name: Báo cáo khác, printed: [báo cáo], general: true}
  nham: {name: Nhầm}
requirements:
- id: mot
  title: Một
  area: a
  for: [chi-bo-co-so, dang-bo-co-so]
  when: before-visit
  due: {days: 3, working_days: true}
  grace_days: 5
  from: host
  accepts: [bao-cao, bien-ban]
  near: [nham]
  per: month
  count: 2
  at_least: 90 %
  periods: [year]
  checks: {no-number: error, no-date: warning}
  only_if: {all: [{fact: host, in: [state, party]}, {not: {fact: members, at_least: 9}}]}
  why: Quy định
  remedy: Nộp năm {year}.
- id: hai
  title: Hai
  area: a
  for: [chi-bo-co-so]
  units: [cb-a]
  when: by-date
  due: {on: 12-15}
  all_of: [bao-cao, bien-ban]
  why: Quy định
  remedy: Nộp cả hai.
- id: ba
  title: Ba
  area: a
  for: [chi-bo-co-so]
  when: at-visit
  accepts: [bien-ban]
  per: mass-org
  only_if: {fact: mass_orgs, at_least: 1}
  why: Quy định
  remedy: Nộp.
""")
# Words for people, and what tells where it came from.
WORDS = {"id", "title", "area", "why", "remedy", "names", "unverified", "changes", "places"}


def whats(requirement: str) -> list[str]:
    item = PACK.requirement(requirement)
    assert item
    return [slip.what for slip in slips(item, PACK)]


def test_every_field_that_decides_may_slip() -> None:
    """A field added to the model without a slip would never be tried on the examples."""
    changed = set()
    for item in PACK.requirements:
        for slip in slips(item, PACK):
            for field in dataclasses.fields(Requirement):
                if slip.asked and getattr(slip.asked, field.name) != getattr(item, field.name):
                    changed.add(field.name)
    assert changed == {field.name for field in dataclasses.fields(Requirement)} - WORDS


@pytest.mark.parametrize("pack_id", builtin_packs())
def test_each_slip_asks_something_else_and_stands_once(pack_id: str) -> None:
    pack = find_pack(pack_id)
    seen = set()
    for mutant in mutants(pack):
        item, changed = pack.requirement(mutant.requirement), mutant.pack.requirement(mutant.requirement)
        assert item
        assert mutant.blind or changed is None or asks(changed, mutant.pack) != asks(item, pack)
        assert mutant.line > 1
        assert mutant.file.endswith(".yaml")
        assert (mutant.requirement, mutant.what) not in seen
        seen.add((mutant.requirement, mutant.what))


def test_a_slip_names_the_line_of_its_field() -> None:
    lines = {mutant.what: mutant.line for mutant in mutants(PACK) if mutant.requirement == "mot"}
    assert lines["it is not asked at all"] == 13
    assert lines["3 are asked for"] == 24
    assert lines["due a day earlier"] == 18
    assert lines["all are needed, without tolerance"] == 25
    assert lines['counts with the finding "no-number"'] == lines['does not count with the finding "no-date"'] == 27


def test_the_slips_of_one_requirement() -> None:
    told = whats("mot")
    for what in (
        "asked of chi-bo-truc-thuoc as well", "not asked of chi-bo-co-so", "the unit issues it itself",
        "asked in a campaign on a quarter as well", "asked where the condition does not hold",
        "asked without the condition", "part 2 of the condition lacks", 'the condition does not name "party"',
        '"Báo cáo" does not count', '"Nhầm" counts as well', '"Báo cáo khác" counts as well',
        '"Nhầm" is not told as handed in by mistake', "counted per unit", "1 are asked for", "due a day later",
        "calendar days are counted", "waited for 4 days more", "papers of any year count", "papers on any form count",
        "the form of 2020 is asked for",
    ):  # fmt: skip
        assert what in told
    assert "one of the kinds is enough" in whats("hai")
    assert "asked of all units" in whats("hai")


def test_slips_that_change_nothing_are_left_out() -> None:
    # One for each mass organisation: a unit without any is asked for none, with and without the condition.
    assert "asked without the condition" not in whats("ba")
    assert "asked where the condition does not hold" in whats("ba")
    # The only type of units cannot be left out, that is "not asked at all"; nor can a deadline be below none.
    assert not any(what.startswith("not asked of") for what in whats("ba"))
    assert "due a day later" not in whats("ba")
    item = PACK.requirement("ba")
    assert item
    always = Condition("at_least", "mass_orgs", 0)
    assert always not in [slip.asked.only_if for slip in slips(item, PACK) if slip.asked]


def test_what_single_units_have_otherwise_may_slip_too() -> None:
    base = ("nen.yaml", (builtin_packs()["xep-loai-2021"]).read_text(encoding="utf-8"))
    text = """\
id: dia-phuong
base: xep-loai-2021
changes:
- {requirement: bao-cao-qcdc, reason: nộp tại buổi làm việc, units: [cb-a], when: at-visit}
"""
    pack = pack_from_text(text, "goi.yaml", [base])
    (mutant,) = [each for each in mutants(pack) if each.unit]
    assert (mutant.requirement, mutant.unit, mutant.file, mutant.line) == ("bao-cao-qcdc", "cb-a", "goi.yaml", 4)
    assert mutant.pack.variants == {"cb-a": {}}
    assert UnitType.CHI_BO_CO_SO in pack.requirements[0].unit_types
