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
    Facts,
    KnownDocument,
    ReadingState,
    Recognition,
    Severity,
    Source,
    Unit,
)
from archive.vietnamese import fold_words
from rules.model import Kind, Origin, Requirement, RulePack
from validators.belongs import belongs
from validators.issuers import is_party
from validators.kinds import ANY_MASS_ORG, compiled
from validators.reviewed import Check as Check
from validators.reviewed import decided_kind as decided_kind
from validators.reviewed import issued_on as issued_on
from validators.reviewed import period_checks, with_fact
from validators.unit_names import NameIndex

SCORE_FLOOR = 0.5  # below it a kind is too unsure to count
NEAR_FLOOR = 0.35  # from here on the nearest kind of an unrecognised paper is worth a look
SCAN_FLOOR = 0.6  # confidence of a scan's text below which nobody may rely on it (archive.readers.ocr.ocr.DOUBTFUL)
_LONG_TITLE = 100
WAITING = "needs-ocr"  # the finding on a document of which pages are still to be recognised
_TOLD_APART = ("secret-mark", "low-confidence", "no-head")  # findings that have a condition of their own
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
    def waits(self) -> bool:
        """Pages of it are still to be recognised."""
        return waits(self.known)

    @property
    def doubtful(self) -> bool:
        """Its text is not to be relied on."""
        return doubtful(self.known)

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
            checks = (first, *self._rest(requirement, known, first))
            found.append(Candidate(known, tuple(map(_mute, checks)) if known.secret else checks))
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
        if doubtful(known):  # neither what it is taken for nor what it is not can be told by such a text
            near = any(kind in wanted for kind in pointed_to(known))
            return Check("confidence", None, "low-confidence", wanted=words) if near else None
        if known.state is not ReadingState.READ or (known.bundle and not recognition.kind):
            code = "locked" if known.state is ReadingState.LOCKED else "unreadable"
            return Check("kind", None, code, wanted=words) if recognition.hint in wanted else None
        evidence = recognition.evidence[0].words if recognition.evidence else ""
        if recognition.kind in wanted:
            return Check("kind", True, found=self._title(recognition.kind), wanted=words, words=evidence)
        if recognition.kind is None:
            near = any(kind in wanted for kind in pointed_to(known))
            return self._unrecognised(recognition.facts, wanted, words, evidence) if near else None
        head = self._party_head(recognition.facts, wanted)
        if head and (recognition.hint in wanted or self._of_mass_org(recognition.facts, wanted)):
            return with_fact(Check("issuer", False, "wrong-kind", wanted=words), head)
        is_near = recognition.kind in requirement.near and recognition.kind not in self.served
        if is_near or recognition.hint in wanted:
            return Check("kind", False, "wrong-kind", self._what(recognition), words, words=evidence)
        return None

    def _unrecognised(self, facts: Facts, wanted: tuple[str, ...], words: str, evidence: str) -> Check:
        """Why a paper that was read, and may be the right one, is not taken for it."""
        if head := self._party_head(facts, wanted):
            return with_fact(Check("issuer", None, "low-confidence", wanted=words), head)
        return Check("kind", None, "low-confidence", wanted=words, words=evidence)

    def _party_head(self, facts: Facts, wanted: tuple[str, ...]) -> Fact | None:
        """The head of a paper that names a party body where a mass organisation had to stand."""
        of_mass_org = all(self.pack.kinds[kind].issuers == (ANY_MASS_ORG,) for kind in wanted)
        return facts.issuer if of_mass_org and facts.issuer and is_party(facts.issuer.value) else None

    def _of_mass_org(self, facts: Facts, wanted: tuple[str, ...]) -> bool:
        """Whether minutes, by their title, are of a mass organisation."""
        printed = fold_words(facts.kind_printed.value) if facts.kind_printed else ""
        if printed not in {fold_words(own) for kind in wanted for own in self.pack.kinds[kind].printed}:
            return False
        title = f" {fold_words(facts.title.value)} " if facts.title else ""
        named = compiled(self.pack).mass_orgs.values()
        return any(phrase.padded in title for phrases in named for phrase in phrases)

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

    def _rest(self, requirement: Requirement, known: KnownDocument, first: Check) -> Iterator[Check]:
        if known.secret:
            yield Check("secrecy", None, "secret-mark")
        if first.code in ("locked", "unreadable") or doubtful(known):
            return
        facts = (known.recognition or _NOTHING).facts
        kind = self.pack.kinds.get(known.kind or "", Kind("", ""))
        yield self._host(known) if requirement.origin is Origin.HOST else self._unit(known, kind)
        yield from period_checks(known, kind, self.campaign.reviewed)
        if kind.form_year and facts.form_year:
            yield _form_year(kind.form_year, facts.form_year)
        if not decided_kind(known) and known.kind:
            yield _confidence(known)
        if not decided_kind(known) and any(finding.code == "no-head" for finding in known.findings):
            yield Check("no-head", None, "low-confidence")
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
    """The kinds that a document without a kind that can be relied on may be: what folder and file name say and, where
    it was read, the nearest kind."""
    recognition = known.recognition or _NOTHING
    near = known.state is ReadingState.READ and recognition.runner_up_score >= NEAR_FLOOR
    return tuple(filter(None, (recognition.hint, recognition.kind or (recognition.runner_up if near else None))))


def waits(known: KnownDocument) -> bool:
    """Whether pages of it are scans that are still to be recognised."""
    return any(finding.code == WAITING for finding in known.findings)


def doubtful(known: KnownDocument) -> bool:
    """Whether its text was recognised on pictures too unsurely for anybody to rely on it. What a person said it is,
    it is."""
    scanned = known.state is ReadingState.READ and known.source is Source.OCR
    return scanned and (known.confidence or 0.0) < SCAN_FLOOR and not decided_kind(known)


def holds_nothing(known: KnownDocument) -> bool:
    """Whether there is nothing in it that could be a paper: no byte, or a bundle without files."""
    return not known.document.size or any(finding.code == "empty" for finding in known.findings)


def _mute(check: Check) -> Check:
    """A check without what was read, which nobody is shown of a secret paper."""
    return Check(check.id, check.ok, check.code)


def _form_year(wanted: int, read: Fact) -> Check:
    ok = read.value == str(wanted)
    return with_fact(Check("form", ok, "" if ok else "wrong-form-year", read.value, str(wanted)), read)


def _confidence(known: KnownDocument) -> Check:
    score = (known.recognition or _NOTHING).score
    sure = score >= SCORE_FLOOR
    found, wanted = f"{score:.2f}", f"{SCORE_FLOOR:.2f}"
    return Check("confidence", True if sure else None, "" if sure else "low-confidence", found, wanted)


def _errors(requirement: Requirement, known: KnownDocument) -> Iterator[Check]:
    """Findings that keep the document from counting: what the requirement calls an error, else what the check does."""
    asked = {use.check: use.severity for use in requirement.checks}
    for finding in known.findings:
        if finding.code not in _TOLD_APART and asked.get(finding.code, finding.severity) == Severity.ERROR:
            yield Check(finding.code, False, finding.code, page=finding.page, words=finding.message)
