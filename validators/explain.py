"""Why a verdict is what it is: every document looked at, every condition on it, and the step that closes the gap.

The same judgement as completeness makes, told in full; nothing is computed twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from archive.errors import NotFound
from archive.i18n import gettext as _
from archive.records import Campaign, KnownDocument, ReadingState, Unit, Verdict, VerdictKind
from rules.conditions import describe
from rules.model import Requirement, RulePack
from rules.yamlfile import nearest
from validators.candidates import Candidate, Check
from validators.completeness import Assessor
from validators.remedies import sentence
from validators.verdicts import Judgement


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on one document: True, False or None (cannot be told); `found` is what was read, on `page`, in
    these `words`; `wanted` what had to be; `message` says it in a sentence where it is not True."""

    id: str
    title: str
    ok: bool | None
    code: str
    found: str
    wanted: str
    page: int | None
    words: str
    message: str


@dataclass(frozen=True, slots=True)
class ExplainedDocument:
    """A document that may serve the requirement. `counts`: True, False or None; `counted_for` the month, person or mass
    organisation it stands for; `replaced` that a newer one stands in its place."""

    document: str
    name: str
    folder: str
    filed_at: datetime
    state: ReadingState
    kind: str | None
    counts: bool | None
    counted_for: str
    replaced: bool
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A verdict with its whole trace. `why` is the legal source, `only_if` the condition on the unit and `applies` what
    it came to; `step` is what closes the gap."""

    unit: str
    requirement: str
    title: str
    why: str
    unverified: str
    only_if: str
    applies: bool | None
    verdict: Verdict
    candidates: tuple[ExplainedDocument, ...]
    step: str


def explain(
    unit: Unit,
    requirement_id: str,
    documents: Sequence[KnownDocument],
    *,
    campaign: Campaign,
    pack: RulePack,
    as_of: date,
) -> Explanation:
    """The trace of one requirement of one unit. Raises NotFound, with the nearest id, where the pack has no such
    requirement; one that is asked of other types of unit only is not applicable."""
    requirement = _requirement(requirement_id, pack, unit)
    judgements = Assessor(campaign, pack, as_of).judge(unit, documents)
    judgement = next((item for item in judgements if item.requirement.id == requirement_id), None)
    judgement = judgement or _not_asked(requirement)
    older = {item.id for item in judgement.older}
    return Explanation(
        unit=unit.id,
        requirement=requirement.id,
        title=requirement.title,
        why=requirement.why,
        unverified=requirement.unverified,
        only_if=_only_if(requirement),
        applies=judgement.condition,
        verdict=judgement.verdict,
        candidates=tuple(_document(item, judgement, item.id in older) for item in judgement.candidates),
        step=judgement.verdict.remedy,
    )


def _requirement(requirement_id: str, pack: RulePack, unit: Unit) -> Requirement:
    found = pack.requirement(requirement_id, unit)
    if found is None:
        known = [item.id for item in pack.requirements]
        message = _('the pack has no requirement "{id}"').format(id=requirement_id)
        near = nearest(requirement_id, known) or ", ".join(known)
        raise NotFound(message, _("Did you mean: {near}").format(near=near))
    return found


def _only_if(requirement: Requirement) -> str:
    """Of which units it is asked, as the pack writes it."""
    types = f"type in {', '.join(requirement.unit_types)}"
    return f"{types}; {describe(requirement.only_if)}" if requirement.only_if else types


def _not_asked(requirement: Requirement) -> Judgement:
    """The requirement is one of other types of unit."""
    when, kind = requirement.deadline.when.value, VerdictKind.NOT_APPLICABLE
    verdict = Verdict(requirement.id, requirement.title, requirement.area, when, None, kind, need=0)
    return Judgement(verdict, requirement, (), {}, condition=False)


def _document(item: Candidate, judgement: Judgement, replaced: bool) -> ExplainedDocument:
    document = item.known.document
    return ExplainedDocument(
        document=document.id,
        name=document.name,
        folder=document.folder,
        filed_at=document.filed_at,
        state=item.known.state,
        kind=item.known.kind,
        counts=True if item.counts else False if item.fails else None,
        counted_for=judgement.keys.get(item.id, ""),
        replaced=replaced,
        conditions=tuple(_condition(item, check) for check in item.checks),
    )


def _condition(item: Candidate, check: Check) -> Condition:
    return Condition(
        check.id,
        title_of(check.id),
        check.ok,
        check.code,
        check.found,
        check.wanted,
        check.page,
        check.words,
        sentence(item, check),
    )


def title_of(check_id: str) -> str:
    """What a condition asks, for people; a finding's code stands for itself."""
    titles = {
        "kind": _("right kind of paper"),
        "secrecy": _("no secrecy mark"),
        "unit": _("paper of this unit"),
        "year": _("of the right year"),
        "period": _("on the period reviewed"),
        "form": _("on the form in force"),
        "confidence": _("read surely enough"),
        "month": _("month known"),
        "quarter": _("quarter known"),
        "mass-org": _("mass organisation known"),
        "slot": _("known what it is counted for"),
    }
    return titles.get(check_id, check_id)
