"""Overlays seen in verdicts: one that changes nothing changes no answer; what it changes, it changes there only."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.records import Campaign, KnownDocument, Unit, Verdict
from rules.loader import PACKS, pack_from_text
from rules.model import RulePack
from tests.validators.test_completeness_properties import CAMPAIGN, PACK, UNITS, as_of, dossiers
from validators.completeness import assess
from validators.explain import explain

_TEXT = (PACKS / "xep-loai-2021.yaml").read_text(encoding="utf-8")
_AT = _TEXT.index("- id: bien-ban-kiem-phieu")
_TALLY = _TEXT[_AT : _TEXT.index("- id: bien-ban-sinh-hoat")]


def overlay(text: str) -> RulePack:
    return pack_from_text(f"id: dp\nbase: xep-loai-2021\n{text}", bases=[("nen.yaml", _TEXT)])


NOTHING = overlay("")
BACK = overlay("changes: [{requirement: bien-ban-kiem-phieu, reason: thử, drop: true}]\nrequirements:\n" + _TALLY)
OF_ONE = overlay(
    "changes:\n"
    "- {requirement: bao-cao-tong-ket, reason: thử, units: [a], drop: true}\n"
    "- {requirement: kiem-diem-ca-nhan, reason: thử, units: [a], at_least: 50 %}\n"
)


def verdicts(unit: Unit, documents: list[KnownDocument], day: date, pack: RulePack) -> dict[str, Verdict]:
    campaign: Campaign = CAMPAIGN
    answer = assess(unit, documents, campaign=campaign, pack=pack, as_of=day)
    return {verdict.requirement: verdict for verdict in answer.verdicts}


units = st.sampled_from(UNITS)


@given(units, dossiers(), as_of, st.sampled_from([NOTHING, BACK]))
@settings(max_examples=80, deadline=None)
def test_an_overlay_that_changes_nothing_changes_no_verdict(
    unit: Unit, documents: list[KnownDocument], day: date, pack: RulePack
) -> None:
    assert verdicts(unit, documents, day, pack) == verdicts(unit, documents, day, PACK)


@given(units, dossiers(), as_of)
@settings(max_examples=80, deadline=None)
def test_changes_for_one_unit_change_its_own_verdicts_only(
    unit: Unit, documents: list[KnownDocument], day: date
) -> None:
    before, after = verdicts(unit, documents, day, PACK), verdicts(unit, documents, day, OF_ONE)
    if unit.id != "a":
        assert after == before
        return
    assert before.keys() - after.keys() == {"bao-cao-tong-ket"}
    differing = {name for name, verdict in after.items() if verdict != before[name]}
    # A report that serves nothing any more may be told of as mistaken for another.
    assert not {name for name in differing if after[name].verdict is not before[name].verdict} - {"kiem-diem-ca-nhan"}
    assert after["kiem-diem-ca-nhan"].have == before["kiem-diem-ca-nhan"].have
    told = explain(unit, "kiem-diem-ca-nhan", documents, campaign=CAMPAIGN, pack=OF_ONE, as_of=day)
    assert told.verdict == after["kiem-diem-ca-nhan"]
