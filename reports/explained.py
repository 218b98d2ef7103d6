"""The trace of one verdict for an inspector with ten minutes: the verdict and its reasons first, then each paper with
what speaks against it and where that stands, last the step that closes the gap."""

from __future__ import annotations

from collections.abc import Iterator

from archive.i18n import gettext as _
from archive.records import VerdictKind
from reports.console import MARKS, clean, day
from reports.words import days_left, moment, standing_until, verdict_words
from validators.explain import Condition, ExplainedDocument, Explanation

_FEW = 3  # papers that count and are told in full; of more a line each
_MARKS = {True: "✓", False: "✗", None: "?"}
_QUOTED = 100  # characters of the paper's own words


def explain_text(told: Explanation) -> str:
    """The whole trace."""
    return "\n".join([*_head(told), *_candidates(told), *_end(told)])


def _head(told: Explanation) -> Iterator[str]:
    verdict = told.verdict
    parts = [verdict_words(verdict.verdict)]
    if verdict.verdict is not VerdictKind.NOT_APPLICABLE:
        parts.append(f"{verdict.have}/{verdict.need}")
        parts += [_("due {day}").format(day=day(verdict.due_on))] if verdict.due_on else []
        if verdict.due_on and told.as_of and verdict.verdict is not VerdictKind.MET:
            parts.append(days_left((verdict.due_on - told.as_of).days))
        parts += [_("late")] if verdict.late else []
    yield f"{MARKS[verdict.verdict]} {told.title}: {', '.join(parts)}"
    yield "  " + told.name + (", " + _("visit on {day}").format(day=day(told.visit_on)) if told.visit_on else "")
    yield "  " + _("Source: {source}").format(source=told.why)
    if told.unverified:
        yield "  " + _("Not verified: {what}").format(what=told.unverified)
    for waiver in told.waivers:
        until = standing_until(waiver.until)
        yield "  " + _("Waived by {by}, {until}: {why}").format(by=waiver.by, until=until, why=waiver.why)
    if told.not_asked:
        yield "  " + told.not_asked
    yield from (f"  {reason.message}" for reason in verdict.reasons)


def _candidates(told: Explanation) -> Iterator[str]:
    """What is wrong or in doubt first; what counts is told in full only where it is little."""
    counting = [item for item in told.candidates if item.counts and not item.replaced]
    others = [item for item in told.candidates if not item.counts]
    for item in others:
        yield from _paper(item)
    for item in counting if len(counting) <= _FEW else ():
        yield from _paper(item)
    for item in sorted(counting, key=lambda item: _order(item.counted_for)) if len(counting) > _FEW else ():
        yield _line(item)
    for item in told.candidates:
        if item.replaced:
            yield _line(item) + " – " + _("a newer one stands in its place")


def _order(key: str) -> tuple[int, str]:
    """Months by their number, people and unions by their name."""
    return (int(key), "") if key.isdecimal() else (0, key)


def _line(item: ExplainedDocument) -> str:
    words = _("{id}, received {at}").format(id=item.document[:12], at=moment(item.filed_at))
    return clean(f"  {_MARKS[item.counts]} {_counted_for(item)}{item.name} ({words})")


def _counted_for(item: ExplainedDocument) -> str:
    named = next((one.found for one in item.conditions if one.id in ("month", "quarter", "mass-org", "slot")), "")
    return f"{named}: " if named and item.counts else ""


def _paper(item: ExplainedDocument) -> Iterator[str]:
    yield _line(item)
    if item.decided:
        kept = (item.decided.kind, item.decided.unit, item.decided.year)
        what = ", ".join(str(value) for value in kept if value)
        yield "      " + clean(_("decided by {by} on {at}: {what}").format(
            by=item.decided.by, at=moment(item.decided.at), what=what
        ))  # fmt: skip
    yield from (clean(f"      {_condition(condition)}") for condition in item.conditions)
    if item.command:
        yield "      " + _("If the paper is right: {command}").format(command=item.command)


def _condition(one: Condition) -> str:
    read = one.message or one.found
    if one.id == "confidence" and one.found:
        found, wanted = (f"{float(share):.0%}".replace("%", " %") for share in (one.found, one.wanted))
        read = _("{found}, {wanted} are needed").format(found=found, wanted=wanted)
    where = ""
    if one.words and one.page:
        where = " – " + _("page {n}: “{words}”").format(n=one.page, words=_short(one.words))
    elif one.page:
        where = " – " + _("page {n}").format(n=one.page)
    return f"{_MARKS[one.ok]} {one.title}{': ' if read else ''}{read}{where}"


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _QUOTED else f"{line[:_QUOTED]}…"


def _end(told: Explanation) -> Iterator[str]:
    if not told.candidates and told.verdict.verdict is not VerdictKind.NOT_APPLICABLE:
        yield "  " + _("No paper among those held for this unit comes near it.")
    if told.step:
        yield f"  → {told.step}"
