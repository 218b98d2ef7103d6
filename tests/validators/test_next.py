"""The effort list: its order, its groups and its sums."""

from __future__ import annotations

from datetime import date

from archive.records import Campaign, Completeness, Percent, Unit, UnitType, Verdict, VerdictKind, Visit
from validators.completeness import percent
from validators.next import next_steps, ready

TODAY = date(2021, 12, 10)
PARENT = Unit("db", "Đảng bộ", UnitType.DANG_BO_CO_SO)
CHILD = Unit("cb", "Chi bộ", UnitType.CHI_BO_TRUC_THUOC, parent="db")
EARLY, LATE, OVER, FREE = (Unit(name, name, UnitType.CHI_BO_CO_SO) for name in ("som", "muon", "qua", "khong"))
UNITS = (LATE, PARENT, CHILD, EARLY, OVER, FREE)
VISITS = (
    Visit("db", "t1", date(2021, 12, 12)), Visit("som", "t1", date(2021, 12, 12)),
    Visit("muon", "t2", date(2021, 12, 20)), Visit("qua", "t2", date(2021, 12, 1)),
)  # fmt: skip
CAMPAIGN = Campaign("x", "x", 2021, "p", (), (), UNITS, VISITS)
M, N, C, A = VerdictKind.MET, VerdictKind.NOT_MET, VerdictKind.CANNOT_TELL, VerdictKind.NOT_APPLICABLE


def dossier(unit: Unit, *verdicts: Verdict) -> Completeness:
    whole = percent(verdicts, 0)
    visit = next((visit for visit in VISITS if visit.unit == unit.id), None)
    on = visit.on if visit else None
    return Completeness(unit, None, on, on, TODAY, "p", "", verdicts, whole, Percent(0, 0), Percent(0, 0), {})


def verdict(name: str, kind: VerdictKind, due: date | None = None, asks: str = "unit", waived: bool = False) -> Verdict:
    open_ = kind in (N, C)
    return Verdict(
        name, name, "x", "before-visit", due, kind, waived=waived, remedy=f"làm {name}" if open_ else "",
        asks=asks if open_ else "",
    )  # fmt: skip


def order(*dossiers: Completeness) -> list[tuple[str, str]]:
    return [(step.unit, step.requirement) for step in next_steps(dossiers, CAMPAIGN, TODAY)]


def test_the_nearest_visit_comes_first_then_what_is_over_then_what_has_no_visit() -> None:
    found = order(*(dossier(unit, verdict("r", N)) for unit in (FREE, OVER, LATE, EARLY)))
    assert found == [("som", "r"), ("muon", "r"), ("qua", "r"), ("khong", "r")]


def test_of_visits_on_one_day_the_one_with_the_fewest_things_left_comes_first() -> None:
    parent, child = dossier(PARENT, verdict("a", N)), dossier(CHILD, verdict("b", N), verdict("c", N))
    early = dossier(EARLY, verdict("d", N), verdict("e", N))
    assert order(parent, child, early) == [("som", "d"), ("som", "e"), ("db", "a"), ("cb", "b"), ("cb", "c")]


def test_in_a_visit_what_is_due_first_and_what_brings_most_comes_first() -> None:
    parent = dossier(PARENT, verdict("a", N, date(2021, 12, 11)), verdict("met", M))
    child = dossier(CHILD, verdict("b", N, date(2021, 12, 9)), *(verdict(f"m{n}", M) for n in range(9)))
    steps = next_steps([parent, child], CAMPAIGN, TODAY)
    assert [(step.unit, step.overdue, step.days_left) for step in steps] == [("cb", True, 2), ("db", False, 2)]
    assert [(step.percent_now, step.percent_gained, step.percent_after) for step in steps] == [
        (90.0, 10.0, 100.0), (50.0, 50.0, 100.0),
    ]  # fmt: skip


def test_one_call_closes_all_of_a_unit_and_says_when_the_visit_is_ready() -> None:
    parent = dossier(PARENT, verdict("a", N), verdict("b", C), verdict("w", N, waived=True), verdict("n", A))
    child = dossier(CHILD, verdict("c", C, asks="office"), verdict("d", N))
    steps = next_steps([parent, child], CAMPAIGN, TODAY)
    assert [(step.call, step.unit, step.asks, step.left, step.visit_ready) for step in steps] == [
        (1, "db", "unit", 3, False), (1, "db", "unit", 2, False),
        (2, "cb", "office", 1, False), (3, "cb", "unit", 0, True),
    ]  # fmt: skip
    assert [step.step for step in steps[:2]] == ["làm a", "làm b"]
    assert {step.visit_unit for step in steps} == {"db"}
    assert ready([parent, child], CAMPAIGN) == {"db": 4, "som": 0, "muon": 0, "qua": 0}


def test_what_only_waits_for_a_scan_comes_last_in_its_visit() -> None:
    early = dossier(EARLY, verdict("a", C, date(2021, 12, 1), asks="nobody"), verdict("b", N, date(2021, 12, 11)))
    assert order(early) == [("som", "b"), ("som", "a")]


def test_sums_end_at_a_hundred_whatever_the_number_of_requirements() -> None:
    for count in (1, 3, 7, 11):
        one = dossier(EARLY, *(verdict(f"r{n}", N) for n in range(count)))
        assert next_steps([one], CAMPAIGN, TODAY)[-1].percent_after == 100.0


def test_nothing_open_is_nothing_to_do() -> None:
    assert order(dossier(EARLY, verdict("a", M), verdict("b", A), verdict("c", N, waived=True))) == []
