"""The campaign file of the demo: teams, units, visits around a day, one waiver."""

from __future__ import annotations

from datetime import date, timedelta

from archive.records import Unit
from inbox.demo.bodies import UNITS
from inbox.demo.dossiers import WAIVED

YEAR = 2021  # the year that pack xep-loai-2021 is for
TEAMS = ("doan-1", "doan-2", "doan-3")
# Units in the order of their visits, and so many days after the first. The last one may date its report in January.
VISITS = (
    ("db-benh-vien", 0),
    ("cb-in-ban-mai", 2),
    ("db-cap-nuoc", 4),
    ("cb-thu-vien", 7),
    ("db-cao-dang", 9),
    ("cb-in-binh-minh", 10),
    ("cb-luu-tru", 15),
    ("cb-van-phong", 18),
)


def visit_days(visit_from: date) -> dict[str, date]:
    """The day of each unit's visit, never on a week-end or on New Year's Day; sub-units have that of their parent."""
    days = {unit: _workday(visit_from + timedelta(days=after)) for unit, after in VISITS}
    for unit in UNITS:
        if unit.parent:
            days[unit.id] = days[unit.parent]
    return days


def _workday(day: date) -> date:
    while day.weekday() >= 5 or (day.month, day.day) == (1, 1):
        day += timedelta(days=1)
    return day


def campaign_text(visit_from: date) -> str:
    """The campaign file as people would write it."""
    days = visit_days(visit_from)
    until = max(days.values()) + timedelta(days=30)
    lines = [
        f"campaign: {{id: xl-{YEAR}, title: 'Kiểm tra, đánh giá, xếp loại năm {YEAR}', year: {YEAR}, "
        f"pack: xep-loai-{YEAR}}}",
        "basis:",
        "- {code: 164-CV/ĐUK, on: 2021-10-26, title: 'Công văn về việc chuẩn bị kiểm tra, đánh giá, xếp loại'}",
        "- {code: 39-KH/ĐUK, on: 2021-11-12}",
        "- {code: 1126-QĐ/ĐUK, on: 2021-11-15}",
        "teams:",
        *(f"- {{id: {team}, name: Đoàn Kiểm tra số {at}}}" for at, team in enumerate(TEAMS, start=1)),
        "units:",
        *(f"- {{{_unit(unit)}}}" for unit in UNITS),
        "visits:",
        *(
            f"- {{unit: {unit}, team: {TEAMS[at % len(TEAMS)]}, on: {days[unit]}}}"
            for at, (unit, _after) in enumerate(VISITS)
        ),
        "waivers:",
        *(
            f"- {{unit: {unit}, requirement: {requirement}, why: {why}, by: Văn phòng Đảng ủy Khối, until: {until}}}"
            for unit, requirement, why in WAIVED
        ),
    ]
    return "\n".join(lines) + "\n"


def _unit(unit: Unit) -> str:
    parts = [f"id: {unit.id}", f"name: {unit.name}", f"type: {unit.type}"]
    if unit.parent:
        parts.append(f"parent: {unit.parent}")
    if unit.members is not None:
        parts.append(f"members: {unit.members}")
    if unit.exempt:
        parts.append(f"exempt: {unit.exempt}")
    parts.append(f"host: {unit.host}")
    if unit.mass_orgs:
        parts.append(f"mass_orgs: [{', '.join(org.id for org in unit.mass_orgs)}]")
    if unit.parent is None:
        parts.append(f"has_ubkt: {str(unit.has_ubkt).lower()}")
    if unit.proposed_level:
        parts.append(f"proposed_level: {unit.proposed_level}")
    return ", ".join(parts)
