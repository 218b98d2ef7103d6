"""Why a hit ranks where it does, in words, in the order in which the reasons count."""

from __future__ import annotations

from archive.i18n import gettext as _
from archive.search.facts import Facts
from archive.search.query import Query
from archive.search.ranking import NEAR, Grade, Tier


def explain(grade: Grade, facts: Facts, query: Query) -> tuple[str, ...]:
    """Sentences for people. Nothing in them depends on other documents."""
    reasons = []
    if query.sort == "date":
        issued = _("By date: issued on {day}.") if facts.issued_on else _("By date: without one, filed on {day}.")
        reasons.append(issued.format(day="/".join(reversed(facts.day.split("-")))))
    if not grade.times:
        return (*reasons, _("No words are asked for: the newest come first."))
    reasons.append(_tier(grade))
    if grade.accents < 1:
        reasons.append(
            _("{percent} % of the words typed with accents stand so.").format(percent=round(grade.accents * 100))
        )
    if grade.pairs < 1:
        reasons.append(
            _("{percent} % of the neighbouring words are neighbours here.").format(percent=round(grade.pairs * 100))
        )
    if grade.typed < 1 and grade.tier is Tier.TYPED_PHRASE:
        reasons.append(_("Not every word is written just as typed."))
    if grade.title:
        reasons.append(_("They stand in the title."))
    reasons.append(_("{times} times in {length} words.").format(times=grade.times, length=facts.length))
    return tuple(reasons)


def _tier(grade: Grade) -> str:
    match grade.tier:
        case Tier.TYPED_PHRASE:
            return _("Step 1 of 5: as typed and next to each other.")
        case Tier.TYPED_NEAR:
            return _("Step 2 of 5: as typed, within {n} words.").format(n=NEAR)
        case Tier.FOLDED_PHRASE:
            return _("Step 3 of 5: next to each other, with other accents.")
        case Tier.TYPED_FAR:
            return _("Step 4 of 5: as typed, but far apart.")
        case Tier.FOLDED:
            return _("Step 5 of 5: with other accents, and not next to each other.")
