"""The helper for grading: the question put to the catalogue, and its answer for scripts and for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from archive import catalogue
from archive.errors import NotFound
from archive.i18n import gettext as _
from archive.records import Campaign, Unit, plain
from reports.questions import by_unit, find_unit
from rules.model import RulePack
from rules.yamlfile import unknown_word
from validators.between.dossier import shown
from validators.grading import Answer, Grade, Grading, grade_all
from validators.level_facts import Fit
from validators.quotas import QuotaAnswer

_MARKS = {Fit.CONSISTENT: "✓", Fit.NOT_CONSISTENT: "✗", Fit.CANNOT_TELL: "?"}


def ask_grades(campaign: Campaign, pack: RulePack, unit: str | None, told: Mapping[str, str]) -> Grading:
    """All units of the campaign, or one with the groups of its quotas. Raises NotFound for an unknown unit or an
    unknown condition that something is told of."""
    units: Sequence[Unit] | None = [find_unit(campaign, unit)] if unit else None
    for name in told:
        if name not in pack.grading.told:
            raise NotFound(unknown_word(_("condition"), name, pack.grading.told))
    return grade_all(campaign, by_unit(catalogue.known_documents()), pack, told, units)


def closing() -> str:
    """What every answer ends with."""
    return _("This is a help for comparing papers only. The committee decides on the level by secret ballot.")


def grading_data(campaign: Campaign, pack: RulePack, found: Grading) -> dict[str, Any]:
    """The answer of `hoso grade` for scripts."""
    titles = {level.id: level.title for level in pack.levels}
    return {
        "campaign": campaign.id,
        "pack": pack.id,
        "pack_sha256": pack.sha256,
        "units": [_grade_data(grade, titles) for grade in found.units],
        "quotas": [plain(quota) for quota in found.quotas],
        "note": closing(),
    }


def _grade_data(grade: Grade, titles: Mapping[str, str]) -> dict[str, Any]:
    return {
        "unit": grade.unit.id,
        "name": grade.unit.name,
        "type": grade.unit.type.value,
        "level": grade.level,
        "level_title": titles.get(grade.level or "", ""),
        "listed_level": grade.unit.proposed_level,
        "score": float(grade.score) if grade.score is not None else None,
        "fit": grade.fit.value,
        "conditions": [plain(answer) for answer in grade.answers],
        "sources": plain(grade.sources),
    }


def grading_text(campaign: Campaign, pack: RulePack, found: Grading, *, detailed: bool) -> str:
    """The answer for people; `detailed` for one unit: with the places where everything was read."""
    titles = {level.id: level.title for level in pack.levels}
    lines = [f"{campaign.title} ({pack.id})"]
    for grade in found.units:
        lines += ["", *_grade_lines(grade, titles, detailed)]
    if found.quotas:
        lines += ["", _("Shares of levels:")]
    for quota in found.quotas:
        lines += _quota_lines(quota, detailed)
    return "\n".join([*lines, "", closing()])


def _grade_lines(grade: Grade, titles: Mapping[str, str], detailed: bool) -> list[str]:
    level = titles.get(grade.level or "", "") or _("no level")
    lines = [f"{_MARKS[grade.fit]} {grade.unit.name}: {level} – {fit_words(grade.fit)}"]
    listed = grade.unit.proposed_level
    if grade.level and listed and listed != grade.level:
        words = _("The campaign's list says {listed}, its papers {level}.")
        lines.append("    " + words.format(listed=titles.get(listed, listed), level=level))
    for answer in grade.answers:
        lines += _answer_lines(answer, detailed)
    return lines


def fit_words(fit: Fit) -> str:
    """A fit in words."""
    words = {
        Fit.CONSISTENT: _("consistent"),
        Fit.NOT_CONSISTENT: _("not consistent"),
        Fit.CANNOT_TELL: _("cannot tell"),
    }
    return words[fit]


def _answer_lines(answer: Answer, detailed: bool) -> list[str]:
    lines = [f"    {_MARKS[answer.fit]} {answer.title}: {answer.arithmetic}"]
    return lines + (_grounds(answer) if detailed else [])


def _quota_lines(quota: QuotaAnswer, detailed: bool) -> list[str]:
    lines = [f"  {_MARKS[quota.fit]} {quota.title}, {quota.group}: {quota.arithmetic} – {fit_words(quota.fit)}"]
    if quota.asking:
        lines.append("        " + _("Asking: {names}").format(names=", ".join(quota.asking)))
    return lines + (_grounds(quota) if detailed else [])


def _grounds(item: Answer | QuotaAnswer) -> list[str]:
    """Where it was read, what it rests on, and what of that is only assumed."""
    lines = [f"        {shown(place)}" for place in item.places]
    lines += ["        " + _("Basis: {why}").format(why=item.why)] if item.why else []
    lines += ["        " + _("Not verified: {what}").format(what=item.unverified)] if item.unverified else []
    return lines
