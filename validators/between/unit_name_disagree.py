"""Two papers of one dossier bear the names of two different bodies, though neither is known to be another unit's."""

from __future__ import annotations

from archive.i18n import gettext as _
from archive.records import Fact, Finding
from archive.vietnamese import has_accents
from validators.between.dossier import Dossier, Paper, disagreement
from validators.unit_names import SAME_BARE, Name, agreement, unlike


def unit_name_disagree(dossier: Dossier) -> tuple[Finding, ...]:
    """The issuers of the papers that tell something, against the one that is most like the unit's own name. Short
    forms, abbreviations and names without accents are no disagreement."""
    named = [item for paper in dossier.telling if (item := _named(paper, dossier))]
    if len(named) < 2:
        return ()
    own = dossier.index.names[dossier.unit.id]
    first = max(named, key=lambda item: agreement(item[2], own))
    others = [item for item in named if _differs(first[2], item[2], first[1], item[1])]
    if not others:
        return ()
    places = [paper.place(Fact(fact.value, fact.page, fact.value)) for paper, fact, _name in (first, *others[:3])]
    message = _("The papers do not bear the same unit's name:")
    remedy = _("See whether the paper is copied from another unit's; mend the name and hand it in again.")
    return (disagreement("unit-name-disagree", message, remedy, places),)


def _named(paper: Paper, dossier: Dossier) -> tuple[Paper, Fact, Name] | None:
    fact = None if paper.facts.mass_org else paper.facts.issuer
    if fact is None:
        return None
    printed = dossier.index.parsed(fact.value)
    return None if printed.bare_word or not printed.rank else (paper, fact, printed.names[0])


def _differs(one: Name, other: Name, one_fact: Fact, other_fact: Fact) -> bool:
    how = agreement(one, other)[0]
    if how == SAME_BARE:  # "Đại Phong" and "Đài Phong"
        return has_accents(one_fact.value) and has_accents(other_fact.value) and one.exact != other.exact
    return how == 0 and unlike(one, other)
