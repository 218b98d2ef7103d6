"""The shared dossier set, end to end: every file answered, no false "met", and other figures that only rise.

`samples_floor.json` is the floor. A better figure fails nothing; write it down when you have it.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

FLOOR = Path(__file__).with_name("samples_floor.json")


@pytest.fixture(scope="module")
def compare(samples: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("compare", samples / "compare.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def result(compare: ModuleType, samples: Path) -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOSO", f"{sys.executable} -m cli")
        answer: dict[str, Any] = compare.whole(str(samples / "dossiers"))
    print(answer["line"])
    return answer


def test_every_file_is_answered_and_nothing_is_met_falsely(result: dict[str, Any], compare: ModuleType) -> None:
    assert result["answered"] == result["asked"], compare.table(result["mistakes"])
    assert result["false_met"] == 0, compare.table(result["mistakes"])


def test_no_figure_falls_below_its_floor(result: dict[str, Any], compare: ModuleType) -> None:
    floor = json.loads(FLOOR.read_text(encoding="utf-8"))
    counts = {name: right for name, (right, _of) in result["counts"].items()}
    below = {
        name: (counts.get(name, 0), least) for name, least in floor["right"].items() if counts.get(name, 0) < least
    }
    assert below == {}, compare.table(result["mistakes"])
    assert result["false_missing"] <= floor["false_missing"], compare.table(result["mistakes"])
