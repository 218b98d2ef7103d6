"""Is a paper of the period that the campaign reviews: its year, quarter, half-year or term?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from archive.records import Fact, Facts, KnownDocument, Period
from rules.model import Kind
from rules.periods import in_words, months

_SEASON_BEGINS, _SEASON_ENDS = (4, 1), (3, 31)  # papers that close a year: April of it to March of the next
_CLOSING = timedelta(days=45)  # and those that close a quarter or half a year: until the middle of the month after next
_NOTHING = Facts()


@dataclass(frozen=True, slots=True)
class Check:
    """One condition on one document: `id` names it, `code` is the reason of contract.md when it is not True, `found`
    and `wanted` what was read and what had to be, `page` and `words` where it stood."""

    id: str
    ok: bool | None
    code: str = ""
    found: str = ""
    wanted: str = ""
    page: int | None = None
    words: str = ""


def decided_kind(known: KnownDocument) -> bool:
    """Whether a person said which kind it is."""
    return bool(known.document.decision and known.document.decision.kind)


def decided_year(known: KnownDocument) -> int | None:
    """The year that a person set."""
    return known.document.decision.year if known.document.decision else None


def with_fact(check: Check, fact: Fact | None) -> Check:
    """The check with where it was read."""
    if fact is None:
        return check
    return Check(check.id, check.ok, check.code, check.found or fact.value, check.wanted, fact.page, fact.words)


def issued_on(facts: Facts) -> date | None:
    """The day of issue, where one could be read."""
    try:
        return date.fromisoformat(facts.issued_on.value[:10]) if facts.issued_on else None
    except ValueError:
        return None


def period_checks(known: KnownDocument, kind: Kind, period: Period) -> Iterator[Check]:
    """What speaks for and against a paper by the time that it is about. What lies behind the period's end closes it:
    a report on 2021 may be dated January 2022."""
    facts = known.recognition.facts if known.recognition else _NOTHING
    if period.part == "year":
        yield _year(known, kind, facts, period.year or 0)
        if check := _whole_year(known, kind, facts):
            yield check
    elif period.part == "term":
        yield _term(known, kind, facts, period)
    else:
        yield _part_of_year(known, kind, facts, period)


# --- a year ----------------------------------------------------------------------------------------------------------


def _year(known: KnownDocument, kind: Kind, facts: Facts, year: int) -> Check:
    """The year that the paper reports on; where it names none, the day of issue speaks for it."""
    wanted = str(year)
    issued = issued_on(facts)
    decided = decided_year(known)
    read = decided or known.year
    if kind.period == "any" and issued and not decided:
        # An inspection of 2021 may look into 2020: what counts is when it was concluded.
        read = issued.year
    if read:
        fact = None if decided else facts.period_read or facts.issued_on
        return with_fact(Check("year", read == year, "" if read == year else "wrong-year", str(read), wanted), fact)
    if issued is None:
        ok = True if decided_kind(known) else None
        return Check("year", ok, "" if ok else "low-confidence", wanted=wanted)
    ok = _dated_in(issued, year, closes_the_year=kind.period == "year")
    return with_fact(Check("year", ok, _CODES[ok], str(issued.year), wanted), facts.issued_on)


_CODES = {True: "", False: "wrong-year", None: "low-confidence"}


def _dated_in(issued: date, year: int, closes_the_year: bool) -> bool | None:
    if not closes_the_year:
        return issued.year == year
    if date(year, *_SEASON_BEGINS) <= issued <= date(year + 1, *_SEASON_ENDS):
        return True
    return None if issued.year == year else False  # in its first months papers still close the year before


def _whole_year(known: KnownDocument, kind: Kind, facts: Facts) -> Check | None:
    """A half-year or quarterly report, or that of a term, is another kind of paper than the yearly one."""
    if kind.period != "year" or decided_kind(known) or facts.period is None:
        return None
    parts = ("half", "quarter", "topic", "term", *(("month",) if "báo cáo" in kind.printed else ()))
    if facts.period.part not in parts:
        return None
    return with_fact(Check("period", False, "wrong-kind", facts.period.part, "year"), facts.period_read)


# --- a quarter, half a year ------------------------------------------------------------------------------------------


def _part_of_year(known: KnownDocument, kind: Kind, facts: Facts, period: Period) -> Check:
    wanted, said = in_words(period), facts.period
    decided = decided_year(known)
    if decided and decided != period.year:
        return Check("year", False, "wrong-year", str(decided), wanted)
    if decided and (decided_kind(known) or said is None):
        return Check("year", True, "", str(decided), wanted)
    if kind.period == "any" or said is None or _by_date_alone(known):
        return _dated_near(known, facts, period, closes=kind.period in ("year", "part"))
    if (decided or said.year or period.year) != period.year:
        return with_fact(Check("year", False, "wrong-year", in_words(said), wanted), facts.period_read)
    if kind.period == "month" and said.part == "month":
        ok = (period.year, said.index) in months(period)
    else:
        ok = (said.part, said.index) == (period.part, period.index) or (kind.period, said.part) == ("plan", "year")
    if ok and said.year is None and not decided:
        return _dated_near(known, facts, period, closes=kind.period in ("year", "part"))
    if ok or said.part == period.part or kind.period in ("month", "plan"):
        found = Check("period", ok, "" if ok else "wrong-year", in_words(said), wanted)
    else:
        found = Check("period", False, "wrong-kind", said.part, wanted)
    return with_fact(found, facts.period_read)


def _by_date_alone(known: KnownDocument) -> bool:
    """Whether no word of the paper named its period: recognition then says that the day of issue did."""
    evidence = known.recognition.evidence if known.recognition else ()
    return any(item.where == "date" for item in evidence)


def _dated_near(known: KnownDocument, facts: Facts, period: Period, closes: bool) -> Check:
    """By the day of issue: within the period or, for what closes it, shortly behind. In its first month papers still
    close the one before."""
    issued = issued_on(facts)
    if issued is None:
        ok = True if decided_kind(known) else None
        return Check("year", ok, _CODES[ok], wanted=in_words(period))
    within = months(period)
    at = (issued.year, issued.month)
    ok = at in within
    if closes and at == within[0]:
        ok = None
    elif closes and at > within[-1]:
        ok = issued - _CLOSING < _end_of(within[-1])
    shown = issued.strftime("%d/%m/%Y")
    return with_fact(Check("year", ok, _CODES[ok], shown, in_words(period)), facts.issued_on)


def _end_of(month: tuple[int, int]) -> date:
    """The first day behind a month."""
    year, number = month
    return date(year + number // 12, number % 12 + 1, 1)


# --- a term ----------------------------------------------------------------------------------------------------------


def _term(known: KnownDocument, kind: Kind, facts: Facts, period: Period) -> Check:
    wanted, said = in_words(period), facts.period
    since, until = period.since or 0, period.year or 0
    issued = issued_on(facts)
    decided = decided_year(known)
    if decided:
        ok: bool | None = since <= decided <= until
        return Check("year", ok, _CODES[ok], str(decided), wanted)
    if kind.period in ("any", "month", "part"):
        year = issued.year if issued and kind.period == "any" else known.year or (issued.year if issued else None)
        ok = since <= year <= until if year else True if decided_kind(known) else None
        return with_fact(Check("year", ok, _CODES[ok], str(year or ""), wanted), facts.period_read or facts.issued_on)
    if said is None or _by_date_alone(known):
        ok = _dated_in(issued, until, closes_the_year=True) if issued else True if decided_kind(known) else None
        if ok is False and issued and since <= issued.year < until:
            ok = None  # it may be one of the term's years or the whole of it
        return with_fact(Check("year", ok, _CODES[ok], str(issued.year) if issued else "", wanted), facts.issued_on)
    if said.part != "term":
        return with_fact(Check("period", False, "wrong-kind", said.part, wanted), facts.period_read)
    ok = (said.since, said.year) == (since, until)
    return with_fact(Check("period", ok, _CODES[ok], in_words(said), wanted), facts.period_read)
