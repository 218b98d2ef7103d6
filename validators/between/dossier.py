"""What a check between papers is given: a unit's newest, surely read papers by what they tell, and how to tell both
places of a disagreement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from archive.i18n import gettext as _
from archive.records import Fact, Facts, Figure, Finding, KnownDocument, Place, ReadingState, Severity, Source, Unit
from archive.vietnamese import fold_words
from rules.model import RulePack
from validators.belongs import belongs
from validators.candidates import SCORE_FLOOR, owner
from validators.unit_names import NameIndex

_NOTHING = Facts()
_SHOWN = 160  # letters of the words of a place


@dataclass(frozen=True)
class Paper:
    """A paper that was read surely enough to be held against others."""

    known: KnownDocument
    roles: frozenset[str]

    @property
    def facts(self) -> Facts:
        """What was read in it."""
        return self.known.recognition.facts if self.known.recognition else _NOTHING

    def figures(self, name: str) -> tuple[Figure, ...]:
        """Its figures of that name, in their order."""
        return tuple(figure for figure in self.facts.figures if figure.name == name)

    def figure(self, name: str) -> Figure | None:
        """The first figure of that name."""
        return next(iter(self.figures(name)), None)

    def place(self, at: Fact | Figure) -> Place:
        """Where in it something stands."""
        words = _plain(at.words)
        words = words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
        return Place(self.known.document.id, _plain(self.known.document.name), at.page, words)


@dataclass(frozen=True)
class Dossier:
    """One unit's papers. `papers` are all that are sure, `year` the year of the campaign."""

    unit: Unit
    year: int
    pack: RulePack
    index: NameIndex
    papers: tuple[Paper, ...]

    @cached_property
    def telling(self) -> tuple[Paper, ...]:
        """The papers of the year that tell something of the unit: of each kind the newest, as a revised paper comes
        under another name as often as not. Papers of other units stay out."""
        newest: dict[str, Paper] = {}
        for paper in self.papers:
            kind = paper.known.kind
            if kind and paper.roles and paper.known.year == self.year and self._is_own(paper):
                newest[kind] = max(newest.get(kind, paper), paper, key=_age)
        return tuple(newest.values())

    def of(self, *roles: str) -> tuple[Paper, ...]:
        """The telling papers with one of these roles, those of the role named first in front."""
        found = (paper for role in roles for paper in self.telling if role in paper.roles)
        return tuple({paper.known.document.id: paper for paper in found}.values())

    def _is_own(self, paper: Paper) -> bool:
        return belongs(paper.known, self.unit, self.index).ok is not False


def _plain(text: str) -> str:
    """One line, without what would steer a terminal or turn the direction of a page."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())


def _age(paper: Paper) -> tuple[object, ...]:
    issued = paper.facts.issued_on
    return issued.value if issued else "", paper.known.document.filed_at, paper.known.document.id


def dossier(unit: Unit, documents: Iterable[KnownDocument], year: int, pack: RulePack, index: NameIndex) -> Dossier:
    """The unit's dossier as far as it may be compared: the newest version of each file, read as text and not as a
    picture, recognised for sure, and not secret."""
    newest: dict[str, KnownDocument] = {}
    for known in documents:
        if owner(known) != unit.id:
            continue
        family = known.document.version_of or known.document.id
        before = newest.get(family)
        if before is None or _filed(before) < _filed(known):
            newest[family] = known
    papers = (Paper(known, pack.grading.papers.get(known.kind or "", frozenset())) for known in newest.values())
    return Dossier(unit, year, pack, index, tuple(paper for paper in papers if _is_sure(paper.known)))


def _filed(known: KnownDocument) -> tuple[object, ...]:
    return known.document.filed_at, known.document.id


def _is_sure(known: KnownDocument) -> bool:
    found, decision = known.recognition, known.document.decision
    if found is None or known.secret or known.state is not ReadingState.READ or known.source is Source.OCR:
        return False
    return bool(decision and decision.kind) or found.score >= SCORE_FLOOR


def shown(place: Place) -> str:
    """A place in a sentence."""
    return _("“{words}” ({name}, page {n})").format(words=place.words, name=place.name, n=place.page)


def disagreement(code: str, message: str, remedy: str, places: Sequence[Place]) -> Finding:
    """A warning that shows every place; it keeps no paper from counting."""
    told = message + " " + "; ".join(shown(place) for place in places) + "."
    return Finding(code, Severity.WARNING, told, remedy, places[0].page, tuple(places))


def names_the_unit(words: str) -> bool:
    """Whether words speak of the organisation, and not of members or of a committee."""
    key = f" {fold_words(words)} "
    about = any(body in key for body in (" chi bo ", " dang bo ", " to chuc dang ", " don vi "))
    return about and " dang vien " not in key and " dong chi " not in key
