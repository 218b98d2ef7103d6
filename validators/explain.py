"""Why a verdict is what it is: every document looked at, every condition on it, and the step that closes the gap.

The same judgement as completeness makes, told in full; nothing is computed twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from archive.errors import NotFound
from archive.i18n import gettext as _
from archive.records import (
    Campaign,
    Decision,
    Evidence,
    KnownDocument,
    ReadingState,
    Unit,
    Verdict,
    VerdictKind,
    Waiver,
)
from rules.conditions import describe
from rules.model import Per, Requirement, RulePack
from rules.yamlfile import nearest
from validators.candidates import Candidate, Check, decided_kind, wanted_kinds
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
    organisation it stands for; `replaced` that a newer one stands in its place; `decided` what a person decided about
    it; `evidence` what spoke for its kind, the weightiest first; `command` with which the office can settle the doubt,
    after a look at the paper ("" where there is none, or none would help)."""

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
    decided: Decision | None = None
    evidence: tuple[Evidence, ...] = ()
    command: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A verdict with its whole trace. `why` is the legal source, `only_if` the condition on the unit and `applies` what
    it came to; `not_asked` says in a sentence why it is not asked of the unit; `waivers` are those that hold on the
    day; `step` is what closes the gap."""

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
    name: str = ""
    as_of: date | None = None
    visit_on: date | None = None
    not_asked: str = ""
    waivers: tuple[Waiver, ...] = ()


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
    assessor = Assessor(campaign, pack, as_of)
    visit = assessor.visits.get(unit.id)
    judgements = assessor.judge(unit, documents)
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
        candidates=tuple(_document(item, judgement, item.id in older, campaign) for item in judgement.candidates),
        step=judgement.verdict.remedy,
        name=unit.name,
        as_of=as_of,
        visit_on=visit.on if visit else None,
        not_asked=_why_not(judgement, unit, pack),
        waivers=tuple(
            waiver
            for waiver in campaign.waivers
            if (waiver.unit, waiver.requirement) == (unit.id, requirement.id) and waiver.holds_on(as_of)
        ),
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


def _why_not(judgement: Judgement, unit: Unit, pack: RulePack) -> str:
    """Why the requirement is not asked of the unit, in a sentence; "" where it is."""
    requirement = judgement.requirement
    if judgement.verdict.verdict is not VerdictKind.NOT_APPLICABLE:
        return ""
    if unit.type not in requirement.unit_types:
        types = ", ".join(pack.unit_types.get(kind, kind) for kind in requirement.unit_types)
        own = pack.unit_types.get(unit.type, unit.type.value)
        return _("it is asked of {types} only; this unit is: {own}").format(types=types, own=own)
    if requirement.only_if and judgement.condition is False:
        return _("it is asked only where: {fact}; the campaign file says otherwise of this unit").format(
            fact=describe(requirement.only_if)
        )
    counted = {
        Per.MEMBER: _("members who are not exempt"),
        Per.MASS_ORG: _("mass organisations"),
        Per.SUB_UNIT: _("units below it"),
    }
    if requirement.per in counted:
        return _("the campaign file names no {what} of this unit").format(what=counted[requirement.per])
    return _("it is not asked in this campaign, or not of this unit")


def _not_asked(requirement: Requirement) -> Judgement:
    """The requirement is one of other types of unit."""
    when, kind = requirement.deadline.when.value, VerdictKind.NOT_APPLICABLE
    verdict = Verdict(requirement.id, requirement.title, requirement.area, when, None, kind, need=0)
    return Judgement(verdict, requirement, (), {}, condition=False)


def _document(item: Candidate, judgement: Judgement, replaced: bool, campaign: Campaign) -> ExplainedDocument:
    document = item.known.document
    evidence = item.known.recognition.evidence if item.known.recognition and not item.known.secret else ()
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
        decided=document.decision,
        evidence=tuple(sorted(evidence, key=lambda one: -one.weight)),
        command=_command(item, judgement, campaign),
    )


def _condition(item: Candidate, check: Check) -> Condition:
    page, words = _read_at(item, check)
    hidden = item.known.secret and check.id != "secrecy"  # of a secret paper no more than that it is one
    return Condition(
        check.id,
        title_of(check.id),
        check.ok,
        check.code,
        "" if hidden and check.id != "kind" else check.found,
        check.wanted,
        None if hidden else page,
        "" if hidden else words,
        sentence(item, check),
    )


def _read_at(item: Candidate, check: Check) -> tuple[int | None, str]:
    """Where a condition was read. A kind shows by its title before all."""
    facts = item.known.recognition.facts if item.known.recognition else None
    if check.id != "kind" or facts is None or decided_kind(item.known):
        return check.page, check.words
    title = [fact for fact in (facts.kind_printed, facts.title) if fact]
    words = " ".join(dict.fromkeys(fact.words for fact in title)) or check.words
    return (title[0].page if title else check.page), words


# Which option of `hoso docs set` settles a doubt; what is not here no decision can settle.
_OPTIONS = {
    **dict.fromkeys(("kind", "confidence", "issuer", "no-head"), "--kind {kind}"),
    "year": "--year {year}",
    "unit": "--unit {unit}",
}


def _command(item: Candidate, judgement: Judgement, campaign: Campaign) -> str:
    """What the office may enter once it has looked at a paper in doubt and found it right."""
    if item.fails or not item.doubts or (item.unread and item.known.state is ReadingState.NOT_YET):
        return ""
    doubts = [check.id for check in item.checks if check.ok is None]
    if not all(doubt in _OPTIONS for doubt in doubts):
        return ""
    words = {
        "kind": item.known.kind or wanted_kinds(judgement.requirement)[0],
        "year": campaign.year,
        "unit": item.known.document.unit,
    }
    options = dict.fromkeys(_OPTIONS[doubt].format(**words) for doubt in doubts)
    return f"hoso docs set {item.id[:12]} {' '.join(options)} --by ..."


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
        "no-head": _("with issuer, number, date or signature"),
        "issuer": _("issued by a mass organisation"),
        "month": _("month known"),
        "quarter": _("quarter known"),
        "mass-org": _("mass organisation known"),
        "slot": _("known what it is counted for"),
    }
    return titles.get(check_id, check_id)
