"""Two rule packs compared, in words: `hoso rules diff`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any

from archive.i18n import gettext as _
from reports import rulewords
from reports.rulebook import words_of
from rules.model import Requirement, RulePack
from rules.periods import years_in_words

# What is compared by itself, or belongs to no content.
_TOLD = (
    "id", "title", "sha256", "year", "base", "changes", "years", "basis", "levels", "exempt_members", "kinds",
    "requirements", "variants", "areas", "mass_orgs", "unverified", "grading_unverified",
)  # fmt: skip
_TOLD_WITH_REQUIREMENTS = ("forms", "form_year", "unverified")  # fields of kinds
_LINE = 120


def diff_data(a: RulePack, b: RulePack) -> dict[str, Any]:
    """What differs from pack A to pack B: JSON-ready, each difference with its words."""
    requirements = [*_requirements(a, b), *_of_units(a, b)]
    pack, kinds = list(_of_pack(a, b)), list(_kinds(a, b))
    return {
        "a": {"id": a.id, "title": a.title, "sha256": a.sha256},
        "b": {"id": b.id, "title": b.title, "sha256": b.sha256},
        "same": not (requirements or pack or kinds),
        "pack": pack,
        "requirements": requirements,
        "kinds": kinds,
    }


def diff_text(a: RulePack, b: RulePack) -> str:
    """The same for people."""
    data = diff_data(a, b)
    lines = [f"{a.id} -> {b.id}"]
    if data["same"]:
        return "\n".join([*lines, _("The two packs ask the same: nothing differs.")])
    lines += [f"  {each['words']}" for each in data["pack"]]
    for each in data["requirements"]:
        unit = _(" (only {unit})").format(unit=each["unit"]) if each["unit"] else ""
        lines += _told(f"{each['title']} [{each['id']}]{unit}:", each["words"])
    if not data["requirements"]:
        lines.append(_("No requirement differs."))
    lines += [f"  {each['words']}" for each in data["kinds"]]
    return "\n".join(lines)


def _told(head: str, words: Sequence[str]) -> list[str]:
    """One difference on the line, several below each other where they are long."""
    line = f"{head} {'; '.join(words)}"
    return [line] if len(words) == 1 or len(line) <= _LINE else [head, *(f"    {text}" for text in words)]


# --- requirements ----------------------------------------------------------------------------------------------------


def _requirements(a: RulePack, b: RulePack) -> Iterator[dict[str, Any]]:
    old = {item.id: item for item in a.requirements}
    new = {item.id: item for item in b.requirements}
    for name in dict.fromkeys((*new, *old)):
        if found := _pair(old.get(name), new.get(name), a, b):
            yield found


def _of_units(a: RulePack, b: RulePack) -> Iterator[dict[str, Any]]:
    """Where single units have it otherwise in one of the packs."""
    named = sorted({(unit, name) for pack in (a, b) for unit, variants in pack.variants.items() for name in variants})
    for unit, name in named:
        pair = [pack.variants.get(unit, {}).get(name, pack.requirement(name)) for pack in (a, b)]
        if found := _pair(pair[0], pair[1], a, b, unit):
            yield found


def _pair(
    old: Requirement | None, new: Requirement | None, a: RulePack, b: RulePack, unit: str = ""
) -> dict[str, Any] | None:
    """What differs about one requirement; None where nothing does."""
    shown = new or old
    if shown is None:
        return None
    data: dict[str, Any] = {"id": shown.id, "title": shown.title, "unit": unit, "fields": []}
    if old is None and new is not None:
        words = words_of(new, b)
        told = _("new: {what}; {when}; {who}").format(what=words["what_counts"], when=words["when"], who=words["who"])
        return data | {"change": "added", "words": [told, _("source: {why}").format(why=new.why)]}
    if new is None:
        reasons = [change.reason for change in b.changes if change.action == "drop" and change.requirement == shown.id]
        told = _("no longer asked")
        return data | {"change": "dropped", "words": [f"{told}: {reasons[-1]}" if reasons else told]}
    assert old is not None
    fields = list(_fields(old, new, a, b))
    if not fields:
        return None
    reasons = [_("reason: {reason}").format(reason=each.reason) for each in new.changes if each not in old.changes]
    return data | {"change": "changed", "fields": fields, "words": [*(each["words"] for each in fields), *reasons]}


def _fields(old: Requirement, new: Requirement, a: RulePack, b: RulePack) -> Iterator[dict[str, str]]:
    before = {"title": old.title} | words_of(old, a)
    after = {"title": new.title} | words_of(new, b)
    before["accepts"] = after["accepts"] = ""
    for name, text in after.items():
        if name == "accepts":
            yield from _sets(name, old.accepts + old.all_of, new.accepts + new.all_of, a, b)
        elif name == "near":
            yield from _sets(name, old.near, new.near, a, b)
        elif name == "what_counts" and set(old.accepts + old.all_of) != set(new.accepts + new.all_of):
            continue  # told as added and left out
        elif text != before[name]:
            yield _field(name, before[name], text)
    for name, one, other in (
        ("area", a.areas.get(old.area, old.area), b.areas.get(new.area, new.area)),
        ("names", rulewords.joined(old.names), rulewords.joined(new.names)),
    ):
        if one != other:
            yield _field(name, one, other)
    yield from _doubts(_own_doubts(old, a), _own_doubts(new, b))


def _own_doubts(requirement: Requirement, pack: RulePack) -> list[str]:
    """What is only assumed about it; of deadlines the pack tells once for all."""
    return [text for text in rulewords.unverified(requirement, pack) if text != requirement.deadline.unverified]


def _doubts(old: Sequence[str], new: Sequence[str]) -> Iterator[dict[str, str]]:
    """What is newly only assumed, and what no longer is."""
    for text in new:
        if text not in old:
            words = _("newly not verified: {text}").format(text=text)
            yield {"field": "unverified", "before": "", "after": text, "words": words}
    for text in old:
        if text not in new:
            words = _("no longer said to be not verified: {text}").format(text=text)
            yield {"field": "unverified", "before": text, "after": "", "words": words}


def _field(name: str, before: str, after: str) -> dict[str, str]:
    nothing = _("(nothing)")
    words = _("{label}: {before} -> {after}").format(
        label=rulewords.label(name), before=before or nothing, after=after or nothing
    )
    return {"field": name, "before": before, "after": after, "words": words}


def _sets(name: str, old: Sequence[str], new: Sequence[str], a: RulePack, b: RulePack) -> Iterator[dict[str, str]]:
    """Kinds that came and went."""
    came = [rulewords.kind_name(each, b) for each in new if each not in old]
    went = [rulewords.kind_name(each, a) for each in old if each not in new]
    told = [_("adds {kinds}").format(kinds=rulewords.joined(came))] if came else []
    told += [_("leaves out {kinds}").format(kinds=rulewords.joined(went))] if went else []
    if told:
        words = f"{rulewords.label(name)}: {'; '.join(told)}"
        yield {"field": name, "before": rulewords.joined(old), "after": rulewords.joined(new), "words": words}


# --- the pack as a whole ---------------------------------------------------------------------------------------------


def _of_pack(a: RulePack, b: RulePack) -> Iterator[dict[str, str]]:
    pairs = (
        (_("title of the pack"), a.title, b.title),
        (_("years"), years_in_words(a), years_in_words(b)),
        (_("levels"), _levels(a), _levels(b)),
        (_("exempt members"), "; ".join(a.exempt_members.who), "; ".join(b.exempt_members.who)),
        (_("areas"), "; ".join(a.areas.values()), "; ".join(b.areas.values())),
        (_("mass organisations"), "; ".join(a.mass_orgs.values()), "; ".join(b.mass_orgs.values())),
    )
    for label, before, after in pairs:
        if before != after:
            words = _("{label}: {before} -> {after}").format(label=label, before=before or "-", after=after or "-")
            yield {"field": label, "before": before, "after": after, "words": words}
    yield from _doubts(rulewords.pack_doubts(a), rulewords.pack_doubts(b))
    for text in (text for text in b.basis if text not in a.basis):
        yield _single(_("new basis: {text}").format(text=text), after=text)
    for text in (text for text in a.basis if text not in b.basis):
        yield _single(_("basis no longer named: {text}").format(text=text), before=text)
    for item in dataclasses.fields(RulePack):
        if item.name not in _TOLD and getattr(a, item.name) != getattr(b, item.name):
            yield _single(_('section "{name}" differs').format(name=item.name))


def _single(words: str, before: str = "", after: str = "") -> dict[str, str]:
    return {"field": "", "before": before, "after": after, "words": words}


def _levels(pack: RulePack) -> str:
    return rulewords.joined(f"{level.title} ({level.from_score or 0:g})" for level in pack.levels)


def _kinds(a: RulePack, b: RulePack) -> Iterator[dict[str, str]]:
    """Kinds that came and went, and those whose words or forms differ."""
    for name in dict.fromkeys((*b.kinds, *a.kinds)):
        old, new = a.kinds.get(name), b.kinds.get(name)
        title = rulewords.kind_name(name, b if new else a)
        if old is None:
            yield {"kind": name, "words": _("new kind of paper: {kind}").format(kind=title)}
        elif new is None:
            yield {"kind": name, "words": _("kind of paper no longer known: {kind}").format(kind=title)}
        else:
            fields = [
                each.name
                for each in dataclasses.fields(new)
                if each.name not in _TOLD_WITH_REQUIREMENTS and getattr(old, each.name) != getattr(new, each.name)
            ]
            if fields:
                told = ", ".join(map(rulewords.label, fields))
                text = _("{kind} is recognised otherwise ({fields})").format(kind=title, fields=told)
                yield {"kind": name, "words": text}
