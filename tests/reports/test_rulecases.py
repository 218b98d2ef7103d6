"""What `hoso rules test` says: failures, requirements without examples, slips that nothing notices."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.i18n import use_language
from reports.rulecases import cases_data, cases_text
from rules.cases import run_cases
from validators.examples import evaluate
from validators.mutation import surviving

OVERLAY = """\
id: dia-phuong
base: xep-loai-2021
title: Gói của Khối
changes:
- {requirement: kiem-diem-ca-nhan, reason: thử, count: 2}
- {requirement: bao-cao-qcdc, reason: thử, units: [cb-a], when: at-visit}
tests:
- name: Sai
  unit: {name: Chi bộ A, type: chi-bo-co-so}
  visit: 2021-12-20
  as_of: 2021-12-20
  expect: {bao-cao-ktgs: met}
"""


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


def test_everything_wrong_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "goi.yaml"
    path.write_text(OVERLAY, encoding="utf-8")
    suite = run_cases(path, evaluate)
    data = cases_data(suite, surviving(suite.pack, suite.holding))
    assert (data["failed"], data["cases"], data["inherited"]) == (1, 97, {"xep-loai-2021": 96})
    assert data["lacking"] == [{"requirement": "kiem-diem-ca-nhan", "verdicts": ["met", "not-met", "cannot-tell"]}]
    assert {each["requirement"] for each in data["outdated"]} == {"kiem-diem-ca-nhan"}
    survivors = {(one["requirement"], one["unit"]): one["line"] for one in data["mutation"]["survivors"]}
    assert survivors[("bao-cao-qcdc", "cb-a")] == 6
    text = cases_text(data)
    assert f"{path}:12: bao-cao-ktgs: expected met, came not-met" in text
    assert "kiem-diem-ca-nhan: met, not-met, cannot-tell" in text
    assert f"{path}:6: bao-cao-qcdc (only cb-a): cb-a has it as all others" in text
    assert ", the first in" in text
    assert f"{data['mutation']['noticed']}." in text


def test_a_pack_in_order_says_so_in_few_lines() -> None:
    suite = run_cases("xep-loai-2021", evaluate)
    text = cases_text(cases_data(suite, surviving(suite.pack, suite.holding)))
    assert text.splitlines()[0] == "96 of 96 example dossiers pass."
    assert len([line for line in text.splitlines() if line]) == 3
