"""What to do next: every gap and doubt of a campaign as one list of calls, for who rings the units today.

The order, first to last:
1. visits still ahead, the nearest first; then visits that are over; then units without a visit;
2. of visits on the same day, the one with the fewest things left: it is ready soonest;
3. within a visit one call to a unit after the other: what is overdue or due first, then what brings the most per cent,
   then the order of the campaign. What only waits for a scan to be read comes last: nobody need be rung about it;
4. within a call the requirements in the order of the pack.

A visit is ready when nothing that is asked of the unit and of the units below it is open. Every requirement weighs the
same in a unit's percentage, so each brings 100 / (those that are asked and not waived) per cent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from archive.records import Campaign, Completeness, Unit, Verdict, VerdictKind, Visit
from validators.completeness import applies, visits_of

OPEN = (VerdictKind.NOT_MET, VerdictKind.CANNOT_TELL)
UNIT, OFFICE, NOBODY = "unit", "office", "nobody"
_FAR = date.max


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. `call` numbers the calls from 1: one to a unit ("unit"), one errand of the office itself
    ("office"), or none ("nobody": it only waits for a scan to be read). `days_left` counts to the visit, negative when
    it is over; `left` how many things of the visit are still open when this and all before it are done, 0 where that
    makes it ready."""

    call: int
    asks: str
    unit: str
    name: str
    requirement: str
    title: str
    verdict: VerdictKind
    step: str
    due_on: date | None
    overdue: bool
    visit_unit: str | None
    visit_on: date | None
    team: str | None
    days_left: int | None
    percent_now: float
    percent_gained: float
    percent_after: float
    left: int
    visit_ready: bool


@dataclass(frozen=True, slots=True)
class _Call:
    """What one call to a unit closes."""

    one: Completeness
    asks: str
    verdicts: tuple[Verdict, ...]
    gain: float
    place: int

    @property
    def order(self) -> tuple[bool, date, float, int]:
        due = min((verdict.due_on or _FAR for verdict in self.verdicts), default=_FAR)
        return self.asks == NOBODY, due, -self.gain * len(self.verdicts), self.place


def next_steps(units: Sequence[Completeness], campaign: Campaign, as_of: date) -> list[Step]:
    """The list, for all of these units; a visit's units must all be among them for `left` to be right."""
    visits = visits_of(campaign)
    grouped: dict[str, list[_Call]] = {}
    for place, one in enumerate(units):
        visit = visits.get(one.unit.id)
        calls = _calls(one, place)
        if calls:
            grouped.setdefault(visit.unit if visit else f"?{one.unit.id}", []).extend(calls)
    steps: list[Step] = []
    number = 0
    for calls in sorted(grouped.values(), key=lambda calls: _visit_order(calls, visits, as_of)):
        left = sum(len(call.verdicts) for call in calls)
        done: dict[str, int] = {}
        for call in sorted(calls, key=lambda call: call.order):
            number += 1
            for verdict in call.verdicts:
                left -= 1
                done[call.one.unit.id] = done.get(call.one.unit.id, 0) + 1
                visit = visits.get(call.one.unit.id)
                steps.append(_step(number, call, verdict, visit, as_of, done[call.one.unit.id], left))
    return steps


def ready(units: Sequence[Completeness], campaign: Campaign) -> dict[str, int]:
    """How many things are open for each visit, by the unit that is visited."""
    visits = visits_of(campaign)
    left = {visit.unit: 0 for visit in campaign.visits}
    for one in units:
        if visit := visits.get(one.unit.id):
            left[visit.unit] += len(open_verdicts(one))
    return left


def open_verdicts(one: Completeness) -> tuple[Verdict, ...]:
    """What a unit still has to do something about."""
    return tuple(verdict for verdict in one.verdicts if verdict.verdict in OPEN and not verdict.waived)


def _calls(one: Completeness, place: int) -> list[_Call]:
    asked = [verdict for verdict in one.verdicts if applies(verdict)]
    grouped: dict[str, list[Verdict]] = {}
    for verdict in open_verdicts(one):
        grouped.setdefault(verdict.asks or UNIT, []).append(verdict)
    return [_Call(one, asks, tuple(verdicts), 100 / len(asked), place) for asks, verdicts in grouped.items()]


def _visit_order(calls: Sequence[_Call], visits: dict[str, Visit], as_of: date) -> tuple[int, date, int, int]:
    visit = visits.get(calls[0].one.unit.id)
    left = sum(len(call.verdicts) for call in calls)
    group = 2 if visit is None else 1 if visit.on < as_of else 0
    return group, visit.on if visit else _FAR, left, min(call.place for call in calls)


def _step(number: int, call: _Call, verdict: Verdict, visit: Visit | None, as_of: date, done: int, left: int) -> Step:
    one: Completeness = call.one
    unit: Unit = one.unit
    return Step(
        call=number,
        asks=call.asks,
        unit=unit.id,
        name=unit.name,
        requirement=verdict.requirement,
        title=verdict.title,
        verdict=verdict.verdict,
        step=verdict.remedy,
        due_on=verdict.due_on,
        overdue=bool(verdict.due_on and verdict.due_on < as_of),
        visit_unit=visit.unit if visit else None,
        visit_on=visit.on if visit else None,
        team=visit.team if visit else None,
        days_left=(visit.on - as_of).days if visit else None,
        percent_now=one.percent.low,
        percent_gained=round(call.gain, 1),
        percent_after=round(min(100.0, one.percent.low + call.gain * done), 1),
        left=left,
        visit_ready=left == 0,
    )
