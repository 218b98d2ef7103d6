"""Which slips in a pack its example dossiers do not notice: `surviving`, for `hoso rules test --mutate`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from archive.records import Campaign, KnownDocument, Unit
from rules.casefile import Case
from rules.cases import differences
from rules.model import Requirement, RulePack
from rules.mutants import Mutant, mutants
from validators.candidates import Candidate, Judge
from validators.completeness import Assessor
from validators.examples import dossier, in_vietnamese


@dataclass(frozen=True, slots=True)
class Mutation:
    """How many slips were tried, and those that no example noticed."""

    tried: int
    survivors: tuple[Mutant, ...]


@dataclass(frozen=True, slots=True)
class _Example:
    """What a case expects of one requirement, with its papers and campaign."""

    case: Case
    documents: Sequence[KnownDocument]
    campaign: Campaign

    def notices(self, mutant: Mutant) -> bool:
        """Whether something else comes out with the slip."""
        assessor = _Assessor(self.campaign, mutant, self.case)
        answer = in_vietnamese(lambda: assessor.assess(self.case.unit, self.documents))
        return bool(differences(self.case, answer))


def surviving(pack: RulePack, cases: Sequence[Case]) -> Mutation:
    """Try every slip in the pack on the examples, which must come out without it."""
    examples = _by_requirement(pack, cases)
    tried = list(mutants(pack))
    survivors = (each for each in tried if not any(one.notices(each) for one in examples.get(each.requirement, ())))
    return Mutation(len(tried), tuple(survivors))


def _by_requirement(pack: RulePack, cases: Sequence[Case]) -> dict[str, list[_Example]]:
    found: dict[str, list[_Example]] = {}
    for case in cases:
        # Recognition is the same for all mutants: papers given as text are read once.
        documents, campaign = dossier(case, pack)
        for name, wanted in case.expect.items():
            found.setdefault(name, []).append(_Example(replace(case, expect={name: wanted}), documents, campaign))
    return found


class _Assessor(Assessor):
    """Judges by the pack with the slip."""

    def __init__(self, campaign: Campaign, mutant: Mutant, case: Case) -> None:
        super().__init__(campaign, mutant.pack, case.as_of)
        self.mutant = mutant

    def judge_of(self, unit: Unit, asked: Sequence[Requirement]) -> Judge:
        return _Judge(self.mutant, unit, self.campaign, self.pack, self.index, asked)


class _Judge(Judge):
    """Makes no use of the checks to which the slip is blind."""

    def __init__(self, mutant: Mutant, *arguments: object) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]
        self.mutant = mutant

    def candidates(self, requirement: Requirement, documents: Iterable[KnownDocument]) -> list[Candidate]:
        found = super().candidates(requirement, documents)
        if requirement.id != self.mutant.requirement or not self.mutant.blind:
            return found
        blind = self.mutant.blind
        return [replace(each, checks=tuple(one for one in each.checks if one.id not in blind)) for each in found]
