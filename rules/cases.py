"""Example dossiers of a pack, run as tests (`hoso rules test PACK`): given these papers on this day, these verdicts.

Written so that somebody who knows the rules, and no Python, can read and add to them. They stand in the pack under
`tests:`, or for the packs of the project in tests/cases/<pack>/*.yaml under `cases:`. A pack on top of another is tried
on the examples of its bases, too: what it did not change must come out as it does there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from archive.i18n import gettext as _
from archive.records import Completeness, Verdict, VerdictKind
from rules.casefile import Case, Expectation, read_cases
from rules.fields import Fields
from rules.loader import load_pack, pack_files, pack_path
from rules.model import Requirement, RulePack
from rules.yamlfile import read_yaml

_CHECKOUT_CASES = Path(__file__).parents[1] / "tests" / "cases"
# What each requirement must be shown as.
SHOWN = (VerdictKind.MET, VerdictKind.NOT_MET, VerdictKind.CANNOT_TELL)


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How a case came out; `failures` say file:line, what was expected and what came. `outdated` are the
    requirements, each with the line, of an example of a base (`base`: its id) that this pack asks otherwise, so that
    the example no longer holds: nothing is wrong about them."""

    name: str
    file: str
    line: int
    failures: tuple[str, ...]
    outdated: Mapping[str, int] = field(default_factory=dict)
    base: str = ""

    @property
    def passed(self) -> bool:
        """Nothing differs."""
        return not self.failures


@dataclass(frozen=True, slots=True)
class Suite:
    """The examples of a pack and how they came out. `holding` are its own and those of its bases, each with those of
    its expectations that came out; `shown` tells as what each requirement is shown by examples that are about it as it
    is now."""

    pack: RulePack
    results: tuple[CaseResult, ...]
    holding: tuple[Case, ...]
    shown: Mapping[str, frozenset[VerdictKind]]

    @property
    def lacks(self) -> dict[str, tuple[VerdictKind, ...]]:
        """The requirements of which an example lacks, in the order of the pack, and which one."""
        found = {
            item.id: tuple(kind for kind in SHOWN if kind not in self.shown[item.id]) for item in self.pack.requirements
        }
        return {name: kinds for name, kinds in found.items() if kinds}


Evaluate = Callable[[Case, RulePack], Completeness]


def run_cases(pack: str | Path, evaluate: Evaluate, files: Sequence[Path] | None = None) -> Suite:
    """Run every example dossier of a pack (id or path) with `validators.examples.evaluate`, and those of its bases. Of
    two examples of one name that of the upper pack holds. `files`: these examples alone.

    Raises BadConfiguration where pack or cases cannot be read."""
    path = pack_path(pack)
    packs = [(file, load_pack(file)) for file in (pack_files(path) if files is None else (path,))]
    loaded = packs[0][1]
    results, holding = [], []
    shown: dict[str, set[VerdictKind]] = {item.id: set() for item in loaded.requirements}
    named: set[str] = set()
    for file, at in packs:
        cases = [_taken_over(case, loaded, at) for case in all_cases(file, at, files) if case.name not in named]
        named |= {case.name for case in cases}
        same = {item.id for item in loaded.requirements if at is loaded or _same(item, loaded, at)}
        for case in cases:
            result, good = _run(case, evaluate(case, loaded), loaded, same)
            results.append(result)
            if good.expect:
                holding.append(good)
            for name, wanted in good.expect.items():
                if name in same:
                    shown[name].add(wanted.verdict)
    return Suite(loaded, tuple(results), tuple(holding), {name: frozenset(found) for name, found in shown.items()})


def all_cases(path: Path, pack: RulePack, files: Sequence[Path] | None = None) -> Iterator[Case]:
    """The cases in the pack file itself, then those of its folder in the checkout (or in `files`)."""
    tree, problems, _data = read_yaml(path)
    if "tests" in tree.fields:
        yield from read_cases(tree.fields["tests"], problems, pack)
        problems.stop_if_any()
    found = sorted((_CHECKOUT_CASES / pack.id).glob("*.yaml")) if files is None else files
    for file in found:
        tree, problems, _data = read_yaml(file)
        cases = Fields(tree, problems, ("cases",)).get("cases", required=True)
        listed = read_cases(cases, problems, pack) if cases else []
        problems.stop_if_any()
        yield from listed


def asks(requirement: Requirement, pack: RulePack) -> tuple[object, ...]:
    """What a requirement asks, the words for people aside, with the forms of what counts: to compare across packs."""
    due = replace(requirement.deadline, unverified="")
    plain = replace(requirement, title="", why="", remedy="", unverified="", names=(), deadline=due)
    kinds = [pack.kinds[kind] for kind in (*requirement.accepts, *requirement.all_of)]
    return plain, [(kind.id, kind.forms, kind.form_year, kind.period) for kind in kinds]


def _same(requirement: Requirement, pack: RulePack, base: RulePack) -> bool:
    below = base.requirement(requirement.id)
    return below is not None and asks(requirement, pack) == asks(below, base)


def _taken_over(case: Case, pack: RulePack, base: RulePack) -> Case:
    """An example of a base, without the words of remedies that the pack has otherwise."""
    expect = {}
    for name, wanted in case.expect.items():
        pair = [each.requirement(name) for each in (pack, base)]
        differs = pack is not base and pair[0] and pair[1] and pair[0].remedy != pair[1].remedy
        expect[name] = replace(wanted, remedy=()) if differs else wanted
    return replace(case, expect=expect)


# --- comparing -------------------------------------------------------------------------------------------------------


def _run(case: Case, answer: Completeness, pack: RulePack, same: set[str]) -> tuple[CaseResult, Case]:
    """How a case came out, and the case with what came out as expected. Of an example of a base only what is asked
    now as it was there can fail."""
    failing = differences(case, answer)
    base = case.pack if case.pack != pack.id else ""
    failures = [line for name, lines in failing.items() if not base or name in same for line in lines]
    held = {item.id for item in pack.requirements}
    outdated = {name: case.expect[name].line for name in failing if base and name in held - same}
    good = {name: wanted for name, wanted in case.expect.items() if name not in failing and name in held}
    result = CaseResult(case.name, case.file, case.line, tuple(failures), outdated, base)
    return result, replace(case, expect=good)


def differences(case: Case, answer: Completeness) -> dict[str, list[str]]:
    """What came out otherwise than the case expects, by requirement, each with file and line."""
    verdicts = {verdict.requirement: verdict for verdict in answer.verdicts}
    names = {f"paper-{number}": paper.name for number, paper in enumerate(case.papers)}
    failing = {}
    for requirement, wanted in case.expect.items():
        verdict = verdicts.get(requirement)
        if verdict:
            found = list(_differences(wanted, verdict, names))
        else:
            asked = wanted.verdict is not VerdictKind.NOT_APPLICABLE
            found = [_("this unit is not asked for it")] if asked else []
        if found:
            failing[requirement] = [f"{case.file}:{wanted.line}: {requirement}: {text}" for text in found]
    return failing


def _differences(wanted: Expectation, came: Verdict, names: dict[str, str]) -> Iterator[str]:
    codes = tuple(reason.code for reason in came.reasons)
    if came.verdict is not wanted.verdict:
        yield _("expected {wanted}, came {came} ({reasons})").format(
            wanted=wanted.verdict, came=came.verdict, reasons=", ".join(codes) or "-"
        )
    for name in ("have", "need", "late", "waived"):
        value = getattr(wanted, name)
        if value is not None and value != getattr(came, name):
            yield _("expected {name} {wanted}, came {came}").format(name=name, wanted=value, came=getattr(came, name))
    near = [names.get(each.document, each.document) for each in came.near_misses]
    listed = (
        ("reasons", wanted.reasons, codes),
        ("missing", wanted.missing, came.missing),
        ("near", wanted.near, near),
    )
    for name, words, among in listed:
        if lacking := [word for word in words if word not in among]:
            yield _("{name}: {lacking} lacks among {among}").format(
                name=name, lacking=", ".join(lacking), among=", ".join(among) or "-"
            )
    papers = sorted(names.get(document, document) for document in came.documents)
    if wanted.papers is not None and papers != sorted(wanted.papers):
        yield _("{name}: {lacking} lacks among {among}").format(
            name="papers", lacking=", ".join(wanted.papers), among=", ".join(papers) or "-"
        )
    for words_ in wanted.remedy:
        if words_ not in came.remedy:
            yield _('"{words}" does not stand in the remedy: {remedy}').format(words=words_, remedy=came.remedy)
