"""All checks between the papers of a dossier, in the order in which their findings are shown. To add one: a file and a
line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from archive.records import Finding, KnownDocument, Unit
from rules.model import RulePack
from validators.between.dossier import Dossier, dossier
from validators.between.figures_disagree import figures_disagree
from validators.between.level_disagree import level_disagree
from validators.between.number_twice import number_twice
from validators.between.unit_name_disagree import unit_name_disagree
from validators.between.votes_disagree import votes_disagree
from validators.unit_names import NameIndex

Check = Callable[[Dossier], tuple[Finding, ...]]

CHECKS: dict[str, Check] = {
    "figures-disagree": figures_disagree,
    "level-disagree": level_disagree,
    "votes-disagree": votes_disagree,
    "unit-name-disagree": unit_name_disagree,
    "number-twice": number_twice,
}


def compare(
    unit: Unit, documents: Iterable[KnownDocument], year: int, pack: RulePack, index: NameIndex
) -> tuple[Finding, ...]:
    """What the papers of one unit say differently of the same thing. Pure, never raises whatever the papers say; a
    finding is a warning and keeps no paper from counting."""
    papers = dossier(unit, documents, year, pack, index)
    return tuple(finding for check in CHECKS.values() for finding in check(papers))


def attached(documents: Sequence[KnownDocument], findings: Iterable[Finding]) -> list[KnownDocument]:
    """The documents with these findings added to each that one of their places is in, on that place's page."""
    added: dict[str, list[Finding]] = {}
    for finding in findings:
        pages: dict[str, int] = {}
        for place in finding.places:
            pages.setdefault(place.document, place.page)
        for document, page in pages.items():
            added.setdefault(document, []).append(replace(finding, page=page))
    return [
        replace(known, findings=(*known.findings, *added[known.document.id])) if known.document.id in added else known
        for known in documents
    ]
