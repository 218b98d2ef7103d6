"""Example dossiers of a pack, run as tests (`hoso rules test PACK`): given these papers on this day, these verdicts.

Written so that somebody who knows the rules, and no Python, can read and add to them. They stand in the pack under
`tests:`, or for the packs of the project in tests/cases/<pack>/*.yaml under `cases:`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.i18n import gettext as _
from archive.records import Completeness, Verdict, VerdictKind
from rules.casefile import Case, Expectation, read_cases
from rules.fields import Fields
from rules.loader import load_pack, pack_path
from rules.model import RulePack
from rules.yamlfile import read_yaml

_CHECKOUT_CASES = Path(__file__).parents[1] / "tests" / "cases"


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How a case came out; `failures` say file:line, what was expected and what came."""

    name: str
    file: str
    line: int
    failures: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Nothing differs."""
        return not self.failures


Evaluate = Callable[[Case, RulePack], Completeness]


def run_cases(pack: str | Path, evaluate: Evaluate, files: Sequence[Path] | None = None) -> list[CaseResult]:
    """Run every example dossier of a pack (id or path) with `validators.examples.evaluate`.

    Raises BadConfiguration where pack or cases cannot be read."""
    path = pack_path(pack)
    loaded = load_pack(path)
    return [_judge(case, evaluate(case, loaded)) for case in all_cases(path, loaded, files)]


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


# --- comparing -------------------------------------------------------------------------------------------------------


def _judge(case: Case, answer: Completeness) -> CaseResult:
    verdicts = {verdict.requirement: verdict for verdict in answer.verdicts}
    names = {f"paper-{number}": paper.name for number, paper in enumerate(case.papers)}
    failures: list[str] = []
    for requirement, wanted in case.expect.items():
        verdict = verdicts.get(requirement)
        if verdict:
            differences = list(_differences(wanted, verdict, names))
        else:
            asked = wanted.verdict is not VerdictKind.NOT_APPLICABLE
            differences = [_("this unit is not asked for it")] if asked else []
        failures += [f"{case.file}:{wanted.line}: {requirement}: {text}" for text in differences]
    return CaseResult(case.name, case.file, case.line, tuple(failures))


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
    listed = (("reasons", wanted.reasons, codes), ("missing", wanted.missing, came.missing))
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
