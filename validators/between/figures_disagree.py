"""A figure is not the same in two papers: the total score, how many members there are, who was at the meeting."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from archive.i18n import gettext as _
from archive.records import Fact, Figure, Finding, Place
from archive.vietnamese import fold_words
from validators.between.dossier import Dossier, Paper, disagreement
from validators.checks.points import parse_points, show

CODE = "figures-disagree"


def figures_disagree(dossier: Dossier) -> tuple[Finding, ...]:
    """At most one finding for each figure, with every paper that prints it."""
    return tuple(finding for each in (_scores, _members, _meetings, _absent) for finding in each(dossier))


def _scores(dossier: Dossier) -> Iterator[Finding]:
    found = own_totals(dossier, "score", "minutes", "proposal")
    if len({value for value, _place in found}) > 1:
        values = ", ".join(dict.fromkeys(show(value) for value, _place in found))
        message = _("The total score is not the same in all papers ({values}):").format(values=values)
        yield disagreement(CODE, message, _remedy(), [place for _value, place in found])


def own_totals(dossier: Dossier, *roles: str) -> list[tuple[Decimal, Place]]:
    """The total that the unit gives itself in each paper with one of these roles, on the scale of the pack."""
    found: list[tuple[Decimal, Place]] = []
    for paper in dossier.of(*roles):
        fact = paper.facts.score
        points = parse_points(fact.value) if fact and _is_own_total(fact, paper) else None
        if fact and points and points.of in (None, Decimal(str(dossier.pack.grading.scale))):
            found.append((points.value, paper.place(fact)))
    return found


def _is_own_total(fact: Fact, paper: Paper) -> bool:
    """Elsewhere than in the self-scoring other scores are spoken of too."""
    key = fold_words(fact.words)
    return "score" in paper.roles or "tu cham" in key or ("tong" in key and "diem" in key)


def _members(dossier: Dossier) -> Iterator[Finding]:
    """How many members there are. Those who are exempt may be counted or not; the meeting of a đảng bộ is that of its
    committee, and says nothing of its members."""
    found: list[tuple[int, Place]] = []
    for paper in dossier.of("ratings", "report", "score", "minutes"):
        figure = _member_figure(paper, dossier)
        if figure:
            found.append((figure.value, paper.place(figure)))
    values = [value for value, _place in found]
    if found and max(values) - min(values) > dossier.unit.exempt:
        listed = ", ".join(map(str, dict.fromkeys(values)))
        message = _("The number of members is not the same in all papers ({values}):").format(values=listed)
        yield disagreement(CODE, message, _remedy(), [place for _value, place in found])


def _member_figure(paper: Paper, dossier: Dossier) -> Figure | None:
    rated = next((figure for figure in paper.figures("rated-total") if figure.of == "members"), None)
    if rated or paper.figure("members"):
        return rated or paper.figure("members")
    of_chi_bo = dossier.unit.type.value.startswith("chi-bo") and "minutes" in paper.roles
    return paper.figure("called") if of_chi_bo else None


def _meetings(dossier: Dossier) -> Iterator[Finding]:
    """Minutes and tally of the same day are of the same meeting."""
    for one, other in product(dossier.of("minutes"), dossier.of("tally")):
        day, other_day = one.facts.issued_on, other.facts.issued_on
        if day is None or other_day is None or day.value != other_day.value:
            continue
        for name in ("called", "present"):
            a, b = one.figure(name), other.figure(name)
            if a and b and a.value != b.value:
                words = _("Minutes and tally of the same day do not have the same people ({a} and {b}):")
                places = [one.place(a), other.place(b)]
                yield disagreement(CODE, words.format(a=a.value, b=b.value), _remedy(), places)
                return


def _absent(dossier: Dossier) -> Iterator[Finding]:
    """Those present and those absent are those who were called, where one line tells all three."""
    for paper in dossier.of("minutes", "tally"):
        called, present, absent = map(paper.figure, ("called", "present", "absent"))
        if not (called and present and absent and called.words == present.words == absent.words):
            continue
        if present.value + absent.value != called.value:
            words = _("{present} present and {absent} absent are not {called} in all:")
            words = words.format(present=present.value, absent=absent.value, called=called.value)
            yield disagreement(CODE, words, _remedy(), [paper.place(present)])


def _remedy() -> str:
    return _("Compare the papers, mend the one that is wrong and hand it in again.")
