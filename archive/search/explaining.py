"""Why a hit ranks where it does, in words, in the order in which the reasons count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from archive.i18n import gettext as _
from archive.records import HANOI
from archive.search.facts import Facts
from archive.search.query import Query
from archive.search.ranking import NEAR, Level


def explain(levels: Sequence[Level], counts: Sequence[int], facts: Facts, query: Query) -> tuple[str, ...]:
    """Sentences for people, the weightiest first. Nothing in them depends on other documents."""
    reasons = [_reason(level, count) for level, count in zip(levels, counts, strict=True)]
    day = "/".join(reversed(facts.day.split("-")))
    if query.sort == "date":
        reasons = [_("by date, whatever the words are like")]
    if query.sort == "date" and facts.issued_on:
        reasons.append(_("issued on {day}").format(day=day))
    else:
        reasons.append(_("then the one filed last: {moment}").format(moment=_filed(facts)))
    return tuple(f"{at}. {reason}" for at, reason in enumerate(reasons, start=1))


def _filed(facts: Facts) -> str:
    return f"{datetime.fromtimestamp(facts.filed, HANOI):%d/%m/%Y %H:%M}"


def _reason(level: Level, count: int) -> str:
    most = len(level.merits)
    if most == 1:
        return _("{what}: yes").format(what=_what(level)) if count else _("{what}: no").format(what=_what(level))
    return _("{what}: {count} of {most}").format(what=_what(level), count=count, most=most)


def _what(level: Level) -> str:
    """What a level of the ranking asks, by its name."""
    return {
        "phrase": _("the words stand next to each other, with the accents as typed"),
        "near": _("within {n} words of each other, with the accents as typed").format(n=NEAR),
        "other-accents": _("next to each other, with whatever accents"),
        "accents": _("words with the accents as typed"),
        "pairs": _("neighbouring words that are neighbours here"),
        "spelling": _("words written just as typed"),
        "title": _("in the title"),
        "often": _("how much of the paper is about it"),
    }[level.name]
