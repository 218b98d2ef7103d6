"""Which documents may serve a requirement, and what speaks for and against each: one small named check per condition.

A check answers True, False or None (cannot be told). A document counts when all are True, fails when one is False, and
is in doubt otherwise. What a person decided is taken as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from archive.records import (
    Campaign,
    Fact,
    KnownDocument,
    ReadingState,
    Recognition,
    Severity,
    Source,
    Unit,
)
from rules.model import Kind, Origin, Requirement, RulePack
from validators.belongs import belongs
from validators.reviewed import Check as Check
from validators.reviewed import decided_kind as decided_kind
from validators.reviewed import issued_on as issued_on
from validators.reviewed import period_checks, with_fact
from validators.unit_names import NameIndex

SCORE_FLOOR = 0.5  # below it a kind is too unsure to count
NEAR_FLOOR = 0.35  # from here on the nearest kind of an unrecognised paper is worth a look
SCAN_FLOOR = 0.6  # mean confidence of a scan's words below which its reading is too unsure to count
_LONG_TITLE = 100
_NOTHING = Recognition(None, 0.0)


@dataclass(frozen=True)
class Candidate:
    """A document that may serve a requirement, with every check made on it."""

    known: KnownDocument
    checks: tuple[Check, ...]

    @property
    def id(self) -> str:
        """The document's id."""
        return self.known.document.id

    @property
    def name(self) -> str:
        """The file's name on one line, for sentences."""
        return " ".join(self.known.document.name.split())

    @cached_property
    def fails(self) -> tuple[str, ...]:
        """The codes of the checks that say no."""
        return tuple(dict.fromkeys(check.code for check in self.checks if check.ok is False))

    @cached_property
    def doubts(self) -> tuple[str, ...]:
        """The codes of the checks that cannot be told."""
        return tuple(dict.fromkeys(check.code for check in self.checks if check.ok is None))

    @property
    def counts(self) -> bool:
        """Everything speaks for it."""
        return not self.fails and not self.doubts

    @property
    def unread(self) -> bool:
        """It may be the paper, but nobody could read it: it may hold more than one, too."""
        return "locked" in self.doubts or "unreadable" in self.doubts


class Judge:
    """Finds and judges the candidates of one unit. Documents that belong to other units are left out at once."""

    def __init__(
        self, unit: Unit, campaign: Campaign, pack: RulePack, index: NameIndex, asked: Sequence[Requirement]
    ) -> None:
        self.unit = unit
        self.campaign = campaign
        self.pack = pack
        self.index = index
        self.served = {kind for requirement in asked for kind in wanted_kinds(requirement)}

    def own(self, documents: Iterable[KnownDocument]) -> list[KnownDocument]:
        """The documents that lie in this unit's folder or that a person moved to it."""
        return [known for known in documents if owner(known) == self.unit.id]

    def of_host(self, documents: Iterable[KnownDocument]) -> list[KnownDocument]:
        """Those and the ones of the unit above: where a paper about this unit that it does not issue may lie."""
        return [known for known in documents if owner(known) in (self.unit.id, self.unit.parent)]

    def candidates(self, requirement: Requirement, documents: Iterable[KnownDocument]) -> list[Candidate]:
        """What may serve the requirement, in any state; the order is that of the documents."""
        found = []
        wanted = wanted_kinds(requirement)
        titles = " / ".join(map(self._title, wanted))
        for known in documents:
            first = self._kind(requirement, known, wanted, titles)
            if first is None:
                continue
            rest = self._rest(requirement, known) if first.code not in ("locked", "unreadable") else ()
            found.append(Candidate(known, (first, *rest)))
        return found

    # --- is it the right kind of paper?

    def _kind(
        self, requirement: Requirement, known: KnownDocument, wanted: tuple[str, ...], words: str
    ) -> Check | None:
        """The check of the kind; None where the document has nothing to do with the requirement."""
        recognition = known.recognition or _NOTHING
        if decided_kind(known):
            return Check("kind", True, found=self._title(known.kind), wanted=words) if known.kind in wanted else None
        if known.bundle and not recognition.kind and known.bundle.whole:
            return None  # its files stand for themselves
        if known.state is not ReadingState.READ or (known.bundle and not recognition.kind):
            code = "locked" if known.state is ReadingState.LOCKED else "unreadable"
            return Check("kind", None, code, wanted=words) if recognition.hint in wanted else None
        evidence = recognition.evidence[0].words if recognition.evidence else ""
        if recognition.kind in wanted:
            return Check("kind", True, found=self._title(recognition.kind), wanted=words, words=evidence)
        if recognition.kind is None:
            near = any(kind in wanted for kind in pointed_to(known))
            return Check("kind", None, "low-confidence", wanted=words, words=evidence) if near else None
        is_near = recognition.kind in requirement.near and recognition.kind not in self.served
        if is_near or recognition.hint in wanted:
            return Check("kind", False, "wrong-kind", self._what(recognition), words, words=evidence)
        return None

    def _what(self, recognition: Recognition) -> str:
        """What a paper is, for people: "another proposal" says too little without its title and who issued it."""
        name, facts = self._title(recognition.kind), recognition.facts
        kind = self.pack.kinds.get(recognition.kind or "")
        if kind is None or not kind.general or facts.title is None:
            return name
        title = facts.title.value if len(facts.title.value) <= _LONG_TITLE else f"{facts.title.value[:_LONG_TITLE]}…"
        return f"{name} “{title}”" + (f" ({facts.issuer.value})" if facts.issuer else "")

    def _title(self, kind: str | None) -> str:
        return self.pack.kinds[kind].title_vi if kind in self.pack.kinds else kind or ""

    # --- and is it this unit's, of this year, on the right form, readable enough?

    def _rest(self, requirement: Requirement, known: KnownDocument) -> Iterator[Check]:
        facts = (known.recognition or _NOTHING).facts
        kind = self.pack.kinds.get(known.kind or "", Kind("", ""))
        if known.secret:
            yield with_fact(Check("secrecy", None, "secret-mark"), facts.secrecy)
        yield self._host(known) if requirement.origin is Origin.HOST else self._unit(known, kind)
        yield from period_checks(known, kind, self.campaign.reviewed)
        if kind.form_year and facts.form_year:
            yield _form_year(kind.form_year, facts.form_year)
        if not decided_kind(known) and known.kind:
            yield _confidence(known)
        yield from _errors(requirement, known)

    def _unit(self, known: KnownDocument, kind: Kind) -> Check:
        answer = belongs(known, self.unit, self.index, about_others=kind.period == "any")
        owner_unit = self.index.units.get(answer.owner)
        found = owner_unit.name if owner_unit else answer.owner or (answer.read.value if answer.read else "")
        facts = (known.recognition or _NOTHING).facts
        if facts.mass_org and answer.read:
            found = answer.read.value  # the union of that unit, not its party cell
        code = {True: "", False: "wrong-unit", None: "low-confidence"}[answer.ok]
        return with_fact(Check("unit", answer.ok, code, found, self.unit.name), answer.read)

    def _host(self, known: KnownDocument) -> Check:
        """A paper of the host body: whoever issued it, it must not be that of another unit of the campaign."""
        answer = belongs(known, self.unit, self.index)
        family = {self.unit.id, *self.index.above(self.unit)}
        other = self.index.units.get(answer.owner)
        if answer.ok is False and other and other.id not in family:
            return with_fact(Check("unit", False, "wrong-unit", other.name, self.unit.name), answer.read)
        return with_fact(Check("unit", True, wanted=self.unit.name), answer.read)


def owner(known: KnownDocument) -> str | None:
    """The unit whose folder the document lies in, or to which a person moved it."""
    decision = known.document.decision
    return decision.unit if decision and decision.unit else known.document.unit


def wanted_kinds(requirement: Requirement) -> tuple[str, ...]:
    """The kinds that may serve the requirement."""
    return requirement.accepts or requirement.all_of


def pointed_to(known: KnownDocument) -> tuple[str, ...]:
    """The kinds that a document without a kind may be: what folder and file name say and, where it was read, the
    nearest kind."""
    recognition = known.recognition or _NOTHING
    near = known.state is ReadingState.READ and recognition.runner_up_score >= NEAR_FLOOR
    return tuple(filter(None, (recognition.hint, recognition.runner_up if near else None)))


def _form_year(wanted: int, read: Fact) -> Check:
    ok = read.value == str(wanted)
    return with_fact(Check("form", ok, "" if ok else "wrong-form-year", read.value, str(wanted)), read)


def _confidence(known: KnownDocument) -> Check:
    """Whether the kind, and on a scan each word, was read surely enough; of both what is too little is told."""
    told, floor = (known.recognition or _NOTHING).score, SCORE_FLOOR
    if told >= floor and known.source is Source.OCR:
        told, floor = known.confidence or 0.0, SCAN_FLOOR
    sure = told >= floor
    return Check("confidence", True if sure else None, "" if sure else "low-confidence", f"{told:.2f}", f"{floor:.2f}")


def _errors(requirement: Requirement, known: KnownDocument) -> Iterator[Check]:
    """Findings that keep the document from counting: what the requirement calls an error, else what the check does."""
    asked = {use.check: use.severity for use in requirement.checks}
    for finding in known.findings:
        if finding.code != "secret-mark" and asked.get(finding.code, finding.severity) == Severity.ERROR:
            yield Check(finding.code, False, finding.code, page=finding.page, words=finding.message)
