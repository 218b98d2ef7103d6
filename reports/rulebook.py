"""A rule pack for people: `hoso rules show`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from archive.errors import NotFound
from archive.i18n import gettext as _
from archive.records import plain
from reports import rulewords
from reports.words import day
from rules.model import Change, Requirement, RulePack
from rules.periods import years_in_words
from rules.yamlfile import nearest

_WIDTH = 34


def show_data(pack: RulePack, requirement: str | None = None) -> dict[str, Any]:
    """The pack as JSON-ready data with its words; of one requirement where its id is given. Raises NotFound with the
    nearest id."""
    return {"pack": _pack(pack), "requirements": [_requirement(item, pack) for item in _chosen(pack, requirement)]} | {
        "dropped": [_change(change) for change in _dropped(pack) if requirement in (None, change.requirement)],
    }


def _chosen(pack: RulePack, requirement: str | None) -> tuple[Requirement, ...]:
    if requirement is None:
        return pack.requirements
    found = pack.requirement(requirement)
    if found:
        return (found,)
    dropped = [change.requirement for change in _dropped(pack)]
    if requirement in dropped:
        return ()
    known = [*(item.id for item in pack.requirements), *dropped]
    message = _('the pack has no requirement "{id}"').format(id=requirement)
    near = nearest(requirement, known) or ", ".join(known)
    raise NotFound(message, _("Did you mean: {near}").format(near=near))


def _dropped(pack: RulePack) -> list[Change]:
    """What is asked of nobody any more; where it was taken up again, it is not dropped."""
    held = {item.id for item in pack.requirements}
    return [
        change
        for change in pack.changes
        if change.action == "drop" and not change.units and change.requirement not in held
    ]


def _pack(pack: RulePack) -> dict[str, Any]:
    first, last = pack.years or (pack.year, pack.year)
    return {
        "id": pack.id,
        "title": pack.title,
        "sha256": pack.sha256,
        "base": list(pack.base),
        "years": {"first": first, "last": last},
        "basis": list(pack.basis),
        "levels": [plain(level) for level in pack.levels],
        "exempt_members": plain(pack.exempt_members),
        "calendar": plain(pack.calendar),
        "unverified": rulewords.pack_doubts(pack),
    }


def _requirement(item: Requirement, pack: RulePack) -> dict[str, Any]:
    return {
        "id": item.id,
        "title": item.title,
        "area": item.area,
        **words_of(item, pack),
        "unverified": rulewords.unverified(item, pack),
        "changes": [_change(change) for change in item.changes],
        "units": _variants(item, pack),
    }


def words_of(item: Requirement, pack: RulePack) -> dict[str, str]:
    """What a requirement asks, aspect by aspect, in words."""
    return {
        "who": rulewords.who(item, pack),
        "when": rulewords.when(item),
        "how_many": rulewords.how_many(item),
        "what_counts": rulewords.what_counts(item, pack),
        "forms": rulewords.forms(item, pack),
        "near": rulewords.joined(rulewords.kind_name(each, pack) for each in item.near),
        "checks": rulewords.checks(item),
        "why": item.why,
        "remedy": item.remedy,
    }


def _variants(item: Requirement, pack: RulePack) -> list[dict[str, Any]]:
    """What single units have otherwise."""
    found = []
    for unit, variants in sorted(pack.variants.items()):
        if item.id not in variants:
            continue
        own, general = variants[item.id], words_of(item, pack)
        words = {name: text for name, text in words_of(own, pack).items() if text != general[name]} if own else {}
        changes = [change for change in pack.changes if change.requirement == item.id and unit in change.units]
        told = [_change(change) for change in changes]
        found.append({"unit": unit, "asked": own is not None, "words": words, "changes": told})
    return found


def _change(change: Change) -> dict[str, Any]:
    return plain(change)  # type: ignore[no-any-return]


# --- as text ---------------------------------------------------------------------------------------------------------


def show_text(pack: RulePack, requirement: str | None = None) -> str:
    """The same for a terminal."""
    data = show_data(pack, requirement)
    lines = [] if requirement else _head(pack, data["pack"])
    for area, title in pack.areas.items():
        chosen = [item for item in data["requirements"] if item["area"] == area]
        if not chosen:
            continue
        lines += ["", title.upper()]
        lines.append(_row(_("Requirement"), _("How many"), _("When"), _("Who")))
        for item in chosen:
            lines += _lines(item)
    if data["dropped"]:
        lines += ["", _("No longer asked").upper()]
        lines += [_told(each, f"{each['requirement']}: ") for each in data["dropped"]]
    return "\n".join(lines).strip("\n")


def _head(pack: RulePack, data: dict[str, Any]) -> list[str]:
    lines = [f"{pack.title} ({pack.id})", _("Years: {years}").format(years=years_in_words(pack))]
    if pack.base:
        lines.append(_("On top of: {packs}").format(packs=", ".join(pack.base)))
    lines += [f"  - {text}" for text in pack.basis]
    if pack.levels:
        words = [f"{level.title} ({level.id}{_from(level.from_score)})" for level in pack.levels]
        lines.append(_("Levels: {levels}").format(levels=", ".join(words)))
    if pack.exempt_members.who:
        words = ["; ".join(pack.exempt_members.who), pack.exempt_members.why]
        lines.append(_("Exempt members: {who} ({why})").format(who=words[0], why=words[1]))
    swapped = {_("worked"): pack.calendar.working, _("off"): pack.calendar.off}
    lines += [
        _("Swapped days, {what}: {days}").format(what=what, days=", ".join(map(day, days)))
        for what, days in swapped.items()
        if days
    ]
    return lines + [_("not verified: {text}").format(text=text) for text in data["unverified"]]


def _from(score: float | None) -> str:
    return "" if score is None else _(", from {score:g} points").format(score=score)


def _row(name: str, how_many: str, when: str, who: str) -> str:
    return f"{name:<{_WIDTH}} {how_many:<26} {when:<34} {who}".rstrip()


def _lines(item: dict[str, Any]) -> list[str]:
    details = [
        item["title"],
        _("counts: {what}").format(what=item["what_counts"]),
        _("form: {form}").format(form=item["forms"]) if item["forms"] else "",
        _("not to be mistaken for it: {kinds}").format(kinds=item["near"]) if item["near"] else "",
        _("looked at: {checks}").format(checks=item["checks"]) if item["checks"] else "",
        _("source: {why}").format(why=item["why"]),
        *(_("not verified: {text}").format(text=text) for text in item["unverified"]),
        *(_told(change) for change in item["changes"]),
    ]
    for variant in item["units"]:
        words = "; ".join(variant["words"].values()) if variant["asked"] else _("not asked")
        details.append(_("unit {unit}: {words}").format(unit=variant["unit"], words=words))
        details += [_told(change) for change in variant["changes"]]
    head = _row(item["id"], item["how_many"], item["when"], item["who"])
    return [head, *(f"    {line}" for line in details if line)]


def _told(change: dict[str, Any], before: str = "") -> str:
    """One change: what, where it is written, why."""
    words = {
        "add": _("added"),
        "drop": _("dropped"),
        "change": _("changed ({fields})").format(
            fields=rulewords.joined(dict.fromkeys(map(rulewords.label, change["fields"])))
        ),
    }
    what, place = words[change["action"]], f"{Path(change['file']).name}:{change['line']}"
    return before + _("{what} by {place}: {reason}").format(what=what, place=place, reason=change["reason"])
