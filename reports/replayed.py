"""What other rules would change in a season's answers, as data and for people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from archive.i18n import gettext as _
from archive.records import Verdict, VerdictKind, plain
from reports.words import day, verdict_words
from rules.model import RulePack
from validators.replaying import Difference

_SHOWN = 3  # papers named for one difference


def replay_data(
    campaign: str, as_of: date, packs: tuple[RulePack, RulePack], numbers: dict[str, int], found: Sequence[Difference],
    summary: dict[str, int],
) -> dict[str, Any]:  # fmt: skip
    """The answer of `hoso rules replay`."""
    old, new = packs
    return {
        "campaign": campaign,
        "as_of": plain(as_of),
        "old": {"pack": old.id, "sha256": old.sha256},
        "new": {"pack": new.id, "sha256": new.sha256},
        "same_rules": old.sha256 == new.sha256,
        **numbers,
        "differences": len(found),
        "verdicts_changed": sum(item.verdict_changed for item in found),
        "summary": summary,
        "changed": [_difference(item) for item in found],
    }


def _difference(item: Difference) -> dict[str, Any]:
    return {
        "unit": item.unit,
        "name": item.name,
        "requirement": item.requirement,
        "title": item.title,
        "verdict_changed": item.verdict_changed,
        "old": _verdict(item.old),
        "new": _verdict(item.new),
        "because": plain(item.because),
    }


def _verdict(verdict: Verdict | None) -> dict[str, Any] | None:
    if verdict is None:
        return None
    names = ("verdict", "late", "waived", "have", "need", "due_on", "when", "documents", "reasons", "missing")
    return {name: plain(getattr(verdict, name)) for name in names}


def replay_text(data: dict[str, Any], found: Sequence[Difference]) -> str:
    """The same for people: verdicts that change first, then what else does, unit by unit."""
    lines = [
        _("{campaign}, as of {day}: {units} units, {verdicts} verdicts, {documents} documents.").format(
            **data, day=day(date.fromisoformat(data["as_of"]))
        ),
        _("Rules so far: {old}; new rules: {new}.").format(old=_named(data["old"]), new=_named(data["new"])),
    ]
    if data["recognised_again"]:
        lines.append(
            _("{n} papers were recognised again, as words of kinds differ.").format(n=data["recognised_again"])
        )
    if data["same_rules"]:
        lines.append(_("These are the very rules in use."))
    if not found:
        return "\n".join([*lines, _("0 differences: no verdict changes.")])
    counts = [f"{_pair(words)}: {count}" for words, count in data["summary"].items()]
    lines.append(_("{n} differences; verdicts that change: {counts}").format(
        n=len(found), counts=", ".join(counts) or "0"
    ))  # fmt: skip
    for name, group in groupby(found, key=lambda item: item.name):
        lines.append(name)
        lines += [f"  {line}" for item in group for line in _lines(item)]
    return "\n".join(lines)


def _named(pack: dict[str, str]) -> str:
    return f"{pack['pack']} ({pack['sha256'][:12]})"


def _pair(words: str) -> str:
    return " → ".join(_word(word) for word in words.split(" -> "))


def _word(code: str) -> str:
    return _("not in the pack") if code == "-" else verdict_words(VerdictKind(code))


def _lines(item: Difference) -> list[str]:
    old, new = (_word(verdict.verdict if verdict else "-") for verdict in (item.old, item.new))
    lines = [f"{item.title}: {old} → {new}"]
    lines += [f"    - {_told(item.old)}"] if item.old else []
    lines += [f"    + {_told(item.new)}"] if item.new else []
    if item.because.fields:
        lines.append("    " + _("the requirement differs in: {fields}").format(fields=", ".join(item.because.fields)))
    lines += [
        "    " + _("“{name}” was {old}, now {new}").format(
            name=paper.name, old=paper.old or _("not recognised"), new=paper.new or _("not recognised")
        )
        for paper in item.because.papers[:_SHOWN]
    ]  # fmt: skip
    return lines


def _told(verdict: Verdict) -> str:
    due = _("due {day}").format(day=day(verdict.due_on)) if verdict.due_on else ""
    parts = [f"{verdict.have}/{verdict.need}", due, _("late") if verdict.late else ""]
    parts += [reason.message for reason in verdict.reasons]
    return "; ".join(filter(None, parts))
