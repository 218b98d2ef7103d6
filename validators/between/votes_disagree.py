"""The votes of a tally do not add up: more slips than were handed out, more votes than valid slips, more slips than
people."""

from __future__ import annotations

from collections.abc import Iterator

from archive.i18n import gettext as _
from archive.records import Figure, Finding
from validators.between.dossier import Dossier, Paper, disagreement

CODE = "votes-disagree"
_MOST = 3  # findings of one tally


def votes_disagree(dossier: Dossier) -> tuple[Finding, ...]:
    """Each ballot of each tally by itself, and its slips against the people at the meeting of the same day."""
    found: list[Finding] = []
    for paper in dossier.of("tally"):
        of_paper = [*_slips(paper), *_votes(paper, len(dossier.pack.levels)), *_people(paper, dossier)]
        found += of_paper[:_MOST]
    return tuple(found)


def _ballots(paper: Paper) -> dict[str, dict[str, Figure]]:
    """What is told of each ballot."""
    found: dict[str, dict[str, Figure]] = {}
    for name in ("issued", "collected", "valid", "invalid"):
        for figure in paper.figures(name):
            found.setdefault(figure.of, {}).setdefault(name, figure)
    return found


def _slips(paper: Paper) -> Iterator[Finding]:
    for told in _ballots(paper).values():
        issued, collected, valid, invalid = map(told.get, ("issued", "collected", "valid", "invalid"))
        if issued and collected and collected.value > issued.value:
            words = _("{more} slips came back of {issued} handed out:")
            yield _finding(words.format(more=collected.value, issued=issued.value), paper, issued, collected)
        if collected and valid and invalid and valid.value + invalid.value != collected.value:
            words = _("{valid} valid and {invalid} invalid slips are {sum}, not {collected}:").format(
                valid=valid.value, invalid=invalid.value, sum=valid.value + invalid.value, collected=collected.value
            )
            yield _finding(words, paper, collected, valid, invalid)
        elif collected and valid and valid.value > collected.value:
            words = _("{valid} slips are valid of {collected} that came back:")
            yield _finding(words.format(valid=valid.value, collected=collected.value), paper, collected, valid)


def _votes(paper: Paper, levels: int) -> Iterator[Finding]:
    """Every valid slip names one level, so that the votes for all levels together are the valid slips."""
    ballots = _ballots(paper)
    subjects: dict[str, list[Figure]] = {}
    for figure in paper.figures("votes"):
        subjects.setdefault(figure.of, []).append(figure)
    for of, votes in subjects.items():
        ballot = of.partition(".")[0]
        told = ballots.get(ballot) if ballot.isdecimal() else next(iter(ballots.values()), None)
        if told is None or (not ballot.isdecimal() and len(ballots) > 1):
            continue
        most = told.get("valid") or told.get("collected") or told.get("issued")
        total = sum(vote.value for vote in votes)
        if most and (total > most.value or (total < most.value and len(votes) == levels and "valid" in told)):
            added = " + ".join(str(vote.value) for vote in votes)
            words = _("The votes are {added} = {total}, with {valid} valid slips:")
            yield _finding(words.format(added=added, total=total, valid=most.value), paper, most, *votes)


def _people(paper: Paper, dossier: Dossier) -> Iterator[Finding]:
    """More slips than people; fewer may be right, as probationary members do not vote."""
    issued = next(iter(paper.figures("issued")), None)
    day = paper.facts.issued_on
    for other in (paper, *dossier.of("minutes")):
        present = other.figure("present")
        same_day = other is paper or (day and other.facts.issued_on and day.value == other.facts.issued_on.value)
        if issued and present and same_day and issued.value > present.value:
            words = _("{issued} slips were handed out to {present} people present:")
            words = words.format(issued=issued.value, present=present.value)
            yield disagreement(CODE, words, _remedy(), [paper.place(issued), other.place(present)])
            return


def _finding(words: str, paper: Paper, *figures: Figure) -> Finding:
    places = dict.fromkeys(paper.place(figure) for figure in figures)
    return disagreement(CODE, words, _remedy(), list(places))


def _remedy() -> str:
    return _("Count the slips again, mend the tally and hand it in again.")
