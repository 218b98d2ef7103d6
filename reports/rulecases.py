"""How the example dossiers of a rule pack came out, for people: `hoso rules test`."""

from __future__ import annotations

from collections import Counter
from typing import Any

from archive.i18n import gettext as _
from rules.cases import Suite
from validators.mutation import Mutation


def cases_data(suite: Suite, mutation: Mutation | None = None) -> dict[str, Any]:
    """JSON-ready: how many pass, what failed, of which requirement which example lacks, which examples of bases this
    pack has made void, and the slips that no example notices where they were tried."""
    bad = [result for result in suite.results if not result.passed]
    data: dict[str, Any] = {
        "passed": len(suite.results) - len(bad),
        "failed": len(bad),
        "cases": len(suite.results),
        "inherited": dict(Counter(result.base for result in suite.results if result.base)),
        "failures": [{"name": r.name, "file": r.file, "line": r.line, "failures": list(r.failures)} for r in bad],
        "outdated": [
            {"requirement": name, "name": result.name, "file": result.file, "line": line}
            for result in suite.results
            for name, line in result.outdated.items()
        ],
        "requirements": len(suite.shown),
        "lacking": [{"requirement": name, "verdicts": list(kinds)} for name, kinds in suite.lacks.items()],
    }
    if mutation:
        data["mutation"] = {
            "tried": mutation.tried,
            "noticed": mutation.tried - len(mutation.survivors),
            "survivors": [
                {"requirement": one.requirement, "unit": one.unit, "what": one.what, "file": one.file, "line": one.line}
                for one in mutation.survivors
            ],
        }
    return data


def cases_text(data: dict[str, Any]) -> str:
    """The same for a terminal: what is wrong first, each with file and line."""
    lines = [_("{passed} of {cases} example dossiers pass.").format(**data)]
    for base, count in data["inherited"].items():
        lines.append(
            _("  among them {count} of the pack {base}, on which this one stands").format(base=base, count=count)
        )
    lines += [f"  {line}" for failed in data["failures"] for line in failed["failures"]]
    lines += _outdated(data)
    lines += _coverage(data)
    return "\n".join(lines + (_mutation(data["mutation"]) if "mutation" in data else []))


def _outdated(data: dict[str, Any]) -> list[str]:
    """One line for each requirement, with the first example."""
    found: dict[str, list[dict[str, Any]]] = {}
    for each in data["outdated"]:
        found.setdefault(each["requirement"], []).append(each)
    if not found:
        return []
    lines = ["", _("Examples of the pack below that are no longer true, as this pack asks it otherwise:")]
    for listed in found.values():
        words = _("{requirement}: {count}, the first in {file}:{line}").format(count=len(listed), **listed[0])
        lines.append(f"  {words}")
    return lines


def _coverage(data: dict[str, Any]) -> list[str]:
    lacking = data["lacking"]
    if not lacking:
        return ["", _("All {requirements} requirements have examples: met, not met, cannot tell.").format(**data)]
    head = _("Examples lack for {count} of {requirements} requirements:").format(count=len(lacking), **data)
    told = [f"  {each['requirement']}: {', '.join(each['verdicts'])}" for each in lacking]
    return ["", head, *told]


def _mutation(data: dict[str, Any]) -> list[str]:
    lines = ["", _("Slips tried: {tried}; noticed by an example: {noticed}.").format(**data)]
    if data["survivors"]:
        lines.append(_("No example notices it if it were wrong like this:"))
    for one in data["survivors"]:
        unit = _(" (only {unit})").format(unit=one["unit"]) if one["unit"] else ""
        lines.append(f"  {one['file']}:{one['line']}: {one['requirement']}{unit}: {one['what']}")
    return lines
