"""The list of what to do next, for people: one block a call, one line a thing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from archive.i18n import gettext as _
from archive.records import Campaign
from reports.console import MARKS
from reports.words import day, decimal
from validators.next import NOBODY, OFFICE, Step


def next_text(steps: Sequence[Step], total: int, campaign: Campaign) -> str:
    """The steps in their order, `total` of which there are in all."""
    if not steps:
        return _("Nothing is left to do: every visit is ready.")
    units = {unit.id: unit.name for unit in campaign.units}
    teams = {team.id: team.name for team in campaign.teams}
    lines = [_("What to do next: the nearest visit first; of visits on one day, the one with the fewest things left.")]
    for number, group in groupby(steps, key=lambda step: step.call):
        call = list(group)
        lines.append(f"{number}. {_head(call, units, teams)}")
        lines += [
            f"   {MARKS[step.verdict]} {step.title} (+{decimal(step.percent_gained)}): {step.step}" for step in call
        ]
    if total > len(steps):
        lines.append(_("… and {count} more; show them with --limit {total}").format(
            count=total - len(steps), total=total
        ))  # fmt: skip
    return "\n".join(lines)


def _head(call: Sequence[Step], units: dict[str, str], teams: dict[str, str]) -> str:
    first, last = call[0], call[-1]
    who = {OFFICE: _("the office, about {name}"), NOBODY: _("wait, about {name}")}.get(first.asks, _("ring {name}"))
    parts = [who.format(name=first.name)]
    if first.visit_unit and first.visit_unit != first.unit:
        parts[0] += f" ({units.get(first.visit_unit, first.visit_unit)})"
    if first.visit_on:
        parts.append(_("visit {day}, {left}").format(day=day(first.visit_on), left=_until(first.days_left or 0)))
        parts.append(teams.get(first.team or "", first.team or ""))
    else:
        parts.append(_("no visit"))
    parts.append(f"{decimal(first.percent_now)} % → {decimal(last.percent_after)} %")
    if first.visit_on:
        then = _("then {count} things are left before the visit is ready").format(count=last.left)
        parts.append(_("then the visit is ready") if last.visit_ready else then)
    return "; ".join(parts)


def _until(days: int) -> str:
    if days > 0:
        return _("in {n} day(s)").format(n=days)
    return _("today") if days == 0 else _("{n} day(s) ago").format(n=-days)
