from __future__ import annotations

from typing import Any

import pytest

from rules.conditions import describe, holds
from rules.model import Condition

LEVEL = Condition("is", "proposed_level", "HTXSNV")
STATE = Condition("in", "host", ("state", "public-service"))
BIG = Condition("at_least", "members", 9)
ORGS = Condition("at_least", "mass_orgs", 1)
WOMEN = Condition("is", "mass_orgs", "phu-nu")


@pytest.mark.parametrize(
    ("condition", "facts", "wanted"),
    [
        (LEVEL, {"proposed_level": "HTXSNV"}, True),
        (LEVEL, {"proposed_level": "HTTNV"}, False),
        (LEVEL, {"proposed_level": None}, False),  # proposes no level: does not propose this one
        (STATE, {"host": "state"}, True),
        (STATE, {"host": "party"}, False),
        (STATE, {"host": None}, None),
        (BIG, {"members": 9}, True),
        (BIG, {"members": 8}, False),
        (BIG, {"members": None}, None),
        (ORGS, {"mass_orgs": ()}, False),
        (ORGS, {"mass_orgs": ("cong-doan",)}, True),
        (WOMEN, {"mass_orgs": ("cong-doan", "phu-nu")}, True),
        (Condition("not", parts=(BIG,)), {"members": None}, None),
        (Condition("not", parts=(BIG,)), {"members": 3}, True),
        (Condition("all", parts=(BIG, LEVEL)), {"members": None, "proposed_level": None}, False),
        (Condition("all", parts=(BIG, LEVEL)), {"members": None, "proposed_level": "HTXSNV"}, None),
        (Condition("all", parts=(BIG, LEVEL)), {"members": 9, "proposed_level": "HTXSNV"}, True),
        (Condition("any", parts=(BIG, LEVEL)), {"members": None, "proposed_level": "HTXSNV"}, True),
        (Condition("any", parts=(BIG, LEVEL)), {"members": None, "proposed_level": None}, None),
        (Condition("any", parts=(BIG, LEVEL)), {"members": 1, "proposed_level": None}, False),
    ],
)
def test_holds(condition: Condition, facts: dict[str, Any], wanted: bool | None) -> None:
    assert holds(condition, facts) is wanted


def test_a_condition_is_shown_as_the_pack_writes_it() -> None:
    both = Condition("all", parts=(STATE, Condition("not", parts=(Condition("is", "has_ubkt", True),))))
    assert describe(both) == "all(host in state, public-service, not(has_ubkt is true))"
