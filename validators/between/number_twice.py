"""One number on two different papers. Numbers run through a term, by issuer and kind (HD 36-HD/VPTW): the same number a
year later in the same term is a mistake, the same number after a congress is none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import combinations

from rapidfuzz import fuzz

from archive.i18n import gettext as _
from archive.records import Fact, Finding, Place
from archive.vietnamese import exact_words, fold_words
from validators.between.dossier import Dossier, Paper, disagreement
from validators.candidates import issued_on

CODE = "number-twice"
_MOST = 3
_SAME_TITLE = 80.0  # likeness in per cent from which two titles are those of one paper and its revision
Series = tuple[str, str, int]  # issuer, code, term


def number_twice(dossier: Dossier) -> tuple[Finding, ...]:
    """Every pair of different papers in the same place of the same series, up to three."""
    alike: dict[str, list[Paper]] = {}  # by the printed code: few have their like, and only these are looked into
    for paper in dossier.papers:
        if paper.facts.code:
            alike.setdefault(paper.facts.code.value, []).append(paper)
    series: dict[Series, list[Paper]] = {}
    for paper in (paper for papers in alike.values() if len(papers) > 1 for paper in papers):
        key = _series(paper, dossier)
        if key:
            series.setdefault(key, []).append(paper)
    pairs = (pair for papers in series.values() for pair in _different(papers))
    return tuple(_finding(one, other) for (one, other), _n in zip(pairs, range(_MOST), strict=False))


def _series(paper: Paper, dossier: Dossier) -> Series | None:
    """Its place in a series; None where any part of it is not told for sure. State papers and those of mass
    organisations are numbered by their own rules."""
    facts, day = paper.facts, issued_on(paper.facts)
    term = dossier.pack.numbering.term(dossier.unit.type, day) if day else None
    number, letters, body = _parts(facts.code)
    if term is None or facts.issuer is None or facts.mass_org or not number.isdecimal():
        return None
    printed = facts.kind_printed
    kinds = dossier.pack.abbreviations.get(letters, ())
    # An annex bears the number of the paper it belongs to.
    if printed is None or not any(exact_words(printed.value).startswith(exact_words(kind)) for kind in kinds):
        return None
    return fold_words(facts.issuer.value), f"{number}-{letters}/{body}", term


def _parts(code: Fact | None) -> tuple[str, str, str]:
    """ "58-BC/ĐU" in its three parts; empty ones for any other form."""
    head, slash, body = code.value.partition("/") if code else ("", "", "")
    number, dash, letters = head.partition("-")
    return (number.strip(), letters.strip(), body.strip()) if slash and dash else ("", "", "")


def _different(papers: Iterable[Paper]) -> Iterable[tuple[Paper, Paper]]:
    """Pairs that are surely not one paper with its copies and revisions."""
    return (pair for pair in combinations(list(papers)[:20], 2) if _are_two(*pair))


def _are_two(one: Paper, other: Paper) -> bool:
    if one.known.document.sha256 == other.known.document.sha256:
        return False
    kinds = (one.known.kind, other.known.kind)
    if None in kinds:
        return False
    if one.known.year and other.known.year and one.known.year != other.known.year:
        return True
    return kinds[0] != kinds[1] and not _same_title(one, other)


def _same_title(one: Paper, other: Paper) -> bool:
    first, second = (fold_words(paper.facts.title.value) if paper.facts.title else "" for paper in (one, other))
    return not (first and second) or fuzz.ratio(first, second) >= _SAME_TITLE


def _finding(one: Paper, other: Paper) -> Finding:
    first, second = sorted((one, other), key=_by_day)
    places = [_place(paper) for paper in (first, second)]
    code = first.facts.code.value if first.facts.code else ""
    message = _("Two different papers bear the number {code} within one term:").format(code=code)
    remedy = _("Look into the register of outgoing papers; give one of them its own number and hand it in again.")
    return disagreement(CODE, message, remedy, places)


def _by_day(paper: Paper) -> tuple[date, str]:
    return issued_on(paper.facts) or date.max, paper.known.document.id


def _place(paper: Paper) -> Place:
    code = paper.facts.code or Fact("", 1, "")
    title = paper.facts.title
    return paper.place(Fact(code.value, code.page, f"{code.value} {title.value if title else ''}"))
