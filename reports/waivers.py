"""Waivers for people: a few lines each, with who gave and who revoked them, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from archive.i18n import gettext as _
from archive.people import GrantedWaiver
from reports.data import waiver_state
from reports.words import day, moment, standing_until


def waivers_text(given: Sequence[GrantedWaiver], today: date) -> str:
    """Waivers in the order in which they were given."""
    return "\n".join(line for held in given for line in _lines(held, today)) or _("No waiver was given yet.")


def _lines(held: GrantedWaiver, today: date) -> list[str]:
    waiver = held.waiver
    until = standing_until(waiver.until)
    states = {
        "standing": _("stands, {until}").format(until=until),
        "expired": _("over since {day}").format(day=day(waiver.until)),
        "revoked": _("revoked"),
    }
    source = _("by hand") if held.by_hand else _("from the campaign file")
    lines = [
        f"{waiver.unit} / {waiver.requirement}: {states[waiver_state(held, today)]}",
        "    " + _("given {at} by {by} ({source}): {why}").format(
            at=moment(held.granted_at), by=waiver.by, source=source, why=waiver.why
        ),
    ]  # fmt: skip
    if held.revoked_at:
        who = held.revoked_by or _("the campaign file, which no longer has it")
        told = _("revoked {at} by {by}").format(at=moment(held.revoked_at), by=who)
        lines.append(f"    {told}: {held.revoked_why}" if held.revoked_why else f"    {told}")
    return lines
