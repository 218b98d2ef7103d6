"""No slip in a built-in pack goes unnoticed by its examples; and one that would is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rules.cases import run_cases
from rules.loader import builtin_packs
from validators.examples import evaluate
from validators.mutation import surviving


@pytest.mark.parametrize("pack_id", builtin_packs())
def test_every_slip_in_a_built_in_pack_is_noticed(pack_id: str) -> None:
    suite = run_cases(pack_id, evaluate)
    found = surviving(suite.pack, suite.holding)
    assert [(Path(one.file).name, one.line, one.requirement, one.what) for one in found.survivors] == []
    assert found.tried > 300


def test_a_slip_that_no_example_notices_is_told() -> None:
    """Without the examples about forms a wrong form would go unnoticed, and nothing else."""
    suite = run_cases("xep-loai-2021", evaluate)
    cases = [
        replace(case, papers=tuple(replace(paper, form_year=None) for paper in case.papers))
        for case in suite.holding
        if not any("wrong-form-year" in wanted.reasons for wanted in case.expect.values())
    ]
    found = surviving(suite.pack, cases)
    assert {one.requirement for one in found.survivors} == {"kiem-diem-tap-the", "kiem-diem-ca-nhan"}
    lines = builtin_packs()["xep-loai-2021"].read_text(encoding="utf-8").splitlines()
    assert {lines[one.line - 1].split(":")[0].strip() for one in found.survivors} == {"accepts"}


def test_without_examples_everything_survives() -> None:
    suite = run_cases("xep-loai-2021", evaluate)
    found = surviving(suite.pack, ())
    assert len(found.survivors) == found.tried
