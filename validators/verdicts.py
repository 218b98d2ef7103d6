"""One requirement of one unit: from the candidates to a verdict with its reasons and its remedy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from archive.i18n import gettext as _
from archive.records import HANOI, Campaign, KnownDocument, NearMiss, Reason, Unit, Verdict, VerdictKind
from rules.conditions import describe
from rules.deadlines import due_on
from rules.model import Origin, Per, Requirement, RulePack
from rules.periods import in_words
from validators import remedies
from validators.candidates import Candidate, Check, Judge, wanted_kinds
from validators.counting import Tally, group, need_of, newest_first, slot_of, tally, time_in_words


@dataclass(frozen=True, slots=True)
class Setting:
    """What a requirement of a unit is judged by, besides the documents. `condition` is what `only_if` came to (None:
    not told), `unread` the names of files that may be anything, `waiting` how many of them are scans yet to be
    read."""

    campaign: Campaign
    pack: RulePack
    as_of: date
    unit: Unit
    visit_on: date | None
    condition: bool | None
    waived: bool
    unread: tuple[str, ...]
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with everything it rests on, for explanations. `keys` say what each document is counted for."""

    verdict: Verdict
    requirement: Requirement
    candidates: tuple[Candidate, ...]
    keys: dict[str, str]
    older: tuple[Candidate, ...] = ()
    condition: bool | None = True


class RequirementJudge:
    """One requirement of one unit: the steps from candidates to a verdict."""

    def __init__(self, requirement: Requirement, setting: Setting) -> None:
        self.requirement = requirement
        self.setting = setting
        self.unit = setting.unit
        self.condition = setting.condition
        self.due = self._due()
        # What others issue, or may come late, is waited for: until it is due nobody can tell.
        others = requirement.origin is Origin.HOST or requirement.grace_days > 0
        self.expected = others and (self.due is None or setting.as_of <= self.due)
        self.need = need_of(requirement, setting.unit, setting.campaign, setting.pack)

    def _due(self) -> date | None:
        campaign, pack = self.setting.campaign, self.setting.pack
        calendar = campaign.calendar.over(pack.calendar)
        due = due_on(self.requirement.deadline, self.setting.visit_on, calendar, campaign.year)
        return due + timedelta(days=self.requirement.grace_days) if due else None

    def judgement(self, judge: Judge, documents: Sequence[KnownDocument]) -> Judgement:
        """The verdict and what it rests on."""
        candidates, slots = self._placed(judge.candidates(self.requirement, documents), judge)
        if self.condition is False or self.need.count == 0:
            verdict = self._verdict(VerdictKind.NOT_APPLICABLE, Tally(0, (), (), (), {}), (), ())
            return Judgement(verdict, self.requirement, tuple(newest_first(candidates)), {}, (), self.condition)
        groups = group(self.requirement, [item for item in candidates if item.counts], slots)
        result = tally(self.requirement, self.need, groups)
        doubtful = [item for item in newest_first(candidates) if not item.fails and item.doubts]
        near = [item for item in newest_first(candidates) if _is_near(item) and not item.known.secret]
        kind = self._kind(result, doubtful)
        verdict = self._verdict(kind, result, doubtful, near, late=self._late(kind, groups))
        keys = result.keys
        return Judgement(verdict, self.requirement, tuple(newest_first(candidates)), keys, result.older, self.condition)

    def _placed(self, found: Sequence[Candidate], judge: Judge) -> tuple[list[Candidate], dict[str, str]]:
        """The candidates, each with the slot that it fills: a month, a mass organisation ..."""
        placed, slots = [], {}
        for candidate in found:
            if not candidate.unread and not candidate.doubtful:
                slot = slot_of(self.requirement, candidate, self.unit, judge.index, self.setting.campaign.reviewed)
                check = self._slot_check(slot)
                candidate = Candidate(candidate.known, (*candidate.checks, check)) if check else candidate
                slots[candidate.id] = slot or ""
            placed.append(candidate)
        return placed, slots

    def _slot_check(self, slot: str | None) -> Check | None:
        if slot == "":
            return None
        per = self.requirement.per
        name = per.value if per in (Per.MONTH, Per.QUARTER, Per.MASS_ORG) else "slot"
        if slot is None:
            return Check(name, None, "low-confidence")
        if slot in self.need.slots:
            return Check(name, True, found=self.need.slots[slot])
        if per in (Per.MONTH, Per.QUARTER):
            return Check(name, False, "wrong-year", time_in_words(per, slot), in_words(self.setting.campaign.reviewed))
        wanted = ", ".join(self.need.slots.values())
        return Check(
            name, False, "wrong-unit", found=_("a mass organisation that the unit does not have"), wanted=wanted
        )

    def _kind(self, result: Tally, doubtful: Sequence[Candidate]) -> VerdictKind:
        found = self._kind_by(result, doubtful)
        return VerdictKind.CANNOT_TELL if found is VerdictKind.NOT_MET and self.setting.waiting else found

    def _kind_by(self, result: Tally, doubtful: Sequence[Candidate]) -> VerdictKind:
        """By the candidates alone."""
        if self.need.count is None:
            return VerdictKind.CANNOT_TELL if result.have or doubtful else VerdictKind.NOT_MET
        if result.have >= self.need.enough:
            return VerdictKind.MET if self.condition else VerdictKind.CANNOT_TELL
        if self.expected:
            return VerdictKind.CANNOT_TELL
        # An unread file may hold all that lacks (minutes of twelve months in one scan); a read one holds one paper.
        enough = any(item.unread or item.waits for item in doubtful) or result.have + len(doubtful) >= self.need.enough
        return VerdictKind.CANNOT_TELL if enough or self.condition is None else VerdictKind.NOT_MET

    def _late(self, kind: VerdictKind, groups: dict[str, list[Candidate]]) -> bool:
        """Met, but not yet by the end of the due day. A revision that comes later does not make it late."""
        if kind is not VerdictKind.MET or self.due is None or self.need.count is None:
            return False
        in_time = {
            key: [item for item in papers if filing_day(item.known) <= self.due] for key, papers in groups.items()
        }
        in_time = {key: papers for key, papers in in_time.items() if papers}
        return tally(self.requirement, self.need, in_time).have < self.need.enough

    def _verdict(
        self,
        kind: VerdictKind,
        result: Tally,
        doubtful: Sequence[Candidate],
        near: Sequence[Candidate],
        late: bool = False,
    ) -> Verdict:
        open_ = kind in (VerdictKind.NOT_MET, VerdictKind.CANNOT_TELL)
        need = 0 if kind is VerdictKind.NOT_APPLICABLE else 1 if self.need.count is None else self.need.count
        return Verdict(
            requirement=self.requirement.id,
            title=self.requirement.title,
            area=self.requirement.area,
            when=self.requirement.deadline.when.value,
            due_on=self.due,
            verdict=kind,
            late=late,
            waived=self.setting.waived,
            have=result.have,
            need=need,
            documents=tuple(item.id for item in result.chosen),
            reasons=tuple(self._reasons(result, doubtful, near) if open_ else self._allowed(kind, result)),
            # Another unit's paper is told of even where enough papers count: it lies in the wrong folder.
            near_misses=tuple(_near_miss(item) for item in near if open_ or "wrong-unit" in item.fails),
            remedy=self._remedy(kind, result, doubtful, near) if open_ else "",
            missing=result.missing if open_ else (),
            asks=self._asks(kind, doubtful) if open_ else "",
        )

    def _asks(self, kind: VerdictKind, doubtful: Sequence[Candidate]) -> str:
        """Who can take the step of the remedy: the unit, where it must do anything at all."""
        if kind is VerdictKind.NOT_MET:
            return "unit"
        told = self.need.count is not None and self.condition is not None
        asked = {remedies.who_can(item) for item in doubtful} | ({"office"} if not told else set())
        return next((who for who in ("unit", "office") if who in asked), "nobody")

    # --- why

    def _allowed(self, kind: VerdictKind, result: Tally) -> list[Reason]:
        """Met although some lack: by which share."""
        if kind is not VerdictKind.MET or result.have >= (self.need.count or 0):
            return []
        return [remedies.within_share(result, self.need, self.requirement.per)]

    def _reasons(self, result: Tally, doubtful: Sequence[Candidate], near: Sequence[Candidate]) -> list[Reason]:
        reasons = []
        anything = result.have or doubtful or self.setting.waiting
        if result.have and self.need.count is not None:
            reasons.append(remedies.too_few(result, self.need, self.requirement.per))
        elif not anything and all(item.fails == ("wrong-kind",) for item in near):
            reasons.append(Reason("none-received", _("nothing received yet")))
        reasons += [*remedies.document_reasons(doubtful), *remedies.document_reasons(near)]
        if self.condition is None and self.requirement.only_if:
            fact = describe(self.requirement.only_if)
            reasons.append(Reason("low-confidence", _("the office has not told whether: {fact}").format(fact=fact)))
        if self.need.count is None:
            reasons.append(Reason("low-confidence", _("the office has not told how many members the unit has")))
        if self.setting.unread and self._kind_by(result, doubtful) is VerdictKind.NOT_MET:
            reasons.append(remedies.unread_reason(self.setting.unread))
        if self.due is None:
            reasons.append(Reason("not-due", _("no visit is set yet, so nothing is due")))
        elif self.expected:
            reasons.append(Reason("not-due", remedies.waited_for(self.requirement, self.due)))
        elif self.due > self.setting.as_of:
            reasons.append(Reason("not-due", _("due on {day} only").format(day=remedies.day(self.due))))
        return list({reason.code: reason for reason in reversed(reasons)}.values())[::-1]

    def _remedy(
        self, kind: VerdictKind, result: Tally, doubtful: Sequence[Candidate], near: Sequence[Candidate]
    ) -> str:
        steps = [remedies.clear_up(item) for item in doubtful if not item.waits][:2]
        if waiting := self.setting.waiting + sum(item.waits for item in doubtful):
            steps.append(remedies.wait(waiting))
        if self.need.count is None:
            steps.append(remedies.tell_members(self.unit))
        if self.condition is None and self.requirement.only_if:
            steps.append(remedies.tell_fact(self.unit, describe(self.requirement.only_if)))
        if kind is VerdictKind.CANNOT_TELL and not (self.expected and result.have < self.need.enough):
            return " ".join(steps)
        kinds = [self.setting.pack.kinds[kind_id] for kind_id in wanted_kinds(self.requirement)]
        form_year = next((kind.form_year for kind in kinds if kind.form_year), None)
        period = self.setting.campaign.reviewed
        base = remedies.what_to_hand_in(self.requirement, self.unit, period, form_year, result, self.need, self.due)
        clause = remedies.what_is_wrong(near[0]) if near else ""
        return " ".join([remedies.join(base, clause) if clause else base, *steps])


def _is_near(item: Candidate) -> bool:
    """It fails; a paper of another kind only where nothing but the kind is wrong."""
    failing = [check for check in item.checks if check.ok is False]
    return bool(failing) and (len(failing) == 1 or not any(check.id == "kind" for check in failing))


def _near_miss(item: Candidate) -> NearMiss:
    return NearMiss(item.id, item.name, item.fails, remedies.near_miss_message(item))


def filing_day(known: KnownDocument) -> date:
    """The day the office received it, by its own clock."""
    return known.document.filed_at.astimezone(HANOI).date()
