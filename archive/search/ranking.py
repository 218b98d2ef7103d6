"""How well a document matches. Nothing here depends on other documents, so that an answer never tells of documents that
may not be seen, and is the same whatever else the index holds.

The order of things: every word with its accents as typed and next to each other; as typed and near each other; next to
each other with other accents; as typed but far apart; the rest. Among equals, in this order: more accents as typed,
more words next to each other, more words written just as typed, the title, and how much of the text it is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from archive.search.matching import Matcher, Slot, Spots, chain
from archive.search.postings import NAME
from archive.search.tree import All, Any, Node, Phrase, Prefix, Term, Word

NEAR = 30  # words: about a sentence
_STEPS = 16  # of each part of a score


class Tier(IntEnum):
    """The first thing that ranks."""

    FOLDED = 0
    TYPED_FAR = 1
    FOLDED_PHRASE = 2
    TYPED_NEAR = 3
    TYPED_PHRASE = 4


@dataclass(frozen=True, slots=True)
class Grade:
    """How well one run of words matches a document; shares lie in 0..1, `times` counts occurrences."""

    tier: Tier
    accents: float
    pairs: float
    typed: float
    title: bool
    times: int
    exact: bool

    def score(self, length: int) -> float:
        """One number that sorts as the docstring of this module says, for a document of so many words."""
        share = self.times / (self.times + 0.5 + length / 250)
        score = share
        for part in (float(self.title), self.typed, self.pairs, self.accents):
            score = (int(part * (_STEPS - 1)) + score) / _STEPS
        return self.tier + score


Choices = Sequence[Sequence[Sequence[Slot]]]  # runs of words, each with its alternatives, in one segment

_NOTHING = Grade(Tier.FOLDED, 0.0, 0.0, 0.0, False, 0, True)


def choices(root: All, matcher: Matcher) -> Choices:
    """What is graded: words typed in a row, and each phrase or number; for OR its alternatives."""
    return [[[matcher.slot(word) for word in words] for words in choice] for choice in _runs(root)]


def _runs(root: All) -> list[list[tuple[Word, ...]]]:
    found: list[list[tuple[Word, ...]]] = []
    row: list[Word] = []
    for part in (*root.parts, None):
        if isinstance(part, Term | Prefix):
            row.append(part)
            continue
        if row:
            found.append([tuple(row)])
            row = []
        if isinstance(part, Any):
            found.append([words for each in part.parts if (words := _words(each))])
        elif part is not None and (words := _words(part)):
            found.append([words])
    return found


def _words(node: Node) -> tuple[Word, ...]:
    match node:
        case Term() | Prefix():
            return (node,)
        case Phrase(words):
            return words
        case All(parts):
            return tuple(part for part in parts if isinstance(part, Term | Prefix))
        case _:
            return ()


def grade(choices: Choices, document: int) -> Grade:
    """How well a document matches all runs; where there is a choice, the best one counts."""
    grades = []
    for choice in choices:
        matched = [grade for slots in choice if (grade := _grade_run(slots, document))]
        if matched:
            grades.append(max(matched, key=lambda grade: grade.score(0)) if matched[1:] else matched[0])
    if not grades:
        return _NOTHING
    return grades[0] if len(grades) == 1 else _together(grades)


def _together(grades: Sequence[Grade]) -> Grade:
    count = len(grades)
    return Grade(
        tier=min(grade.tier for grade in grades),
        accents=sum(grade.accents for grade in grades) / count,
        pairs=sum(grade.pairs for grade in grades) / count,
        typed=sum(grade.typed for grade in grades) / count,
        title=all(grade.title for grade in grades),
        times=min(grade.times for grade in grades),
        exact=all(grade.exact for grade in grades),
    )


def _grade_run(slots: Sequence[Slot], document: int) -> Grade | None:
    spots = [slot.spots(document) for slot in slots]
    if not all(each.anyhow for each in spots):
        return None
    as_wished = all(each.wished for each in spots)
    ends = chain([each.wished for each in spots]) if as_wished else set()
    if ends:
        tier, pairs = Tier.TYPED_PHRASE, 1.0
    else:
        ends = chain([each.anyhow for each in spots])
        pairs = 1.0 if ends else _pairs(spots)
        tier = _tier(spots, as_wished, bool(ends))
    typed = sum(bool(each.typed) for each in spots) / len(spots)
    if typed == 1.0 and ends and not chain([each.typed for each in spots]):
        typed = 0.9  # just as typed, but elsewhere: "Tân Hòa ... hoa" for tân hoa
    return Grade(
        tier=tier,
        accents=1.0 if as_wished else _accents(slots, spots),
        pairs=pairs,
        typed=typed,
        title=min(ends) < NAME if ends else all(min(each.anyhow) < NAME for each in spots),
        times=len(ends) or min(len(each.wished or each.anyhow) for each in spots),
        exact=all(each.typed for each in spots),
    )


def _tier(spots: Sequence[Spots], as_wished: bool, next_to_each_other: bool) -> Tier:
    if as_wished and near([each.wished for each in spots]):
        return Tier.TYPED_NEAR
    if next_to_each_other:
        return Tier.FOLDED_PHRASE
    return Tier.TYPED_FAR if as_wished else Tier.FOLDED


def _accents(slots: Sequence[Slot], spots: Sequence[Spots]) -> float:
    wishes = [bool(each.wished) for slot, each in zip(slots, spots, strict=True) if slot.word.accented]
    return sum(wishes) / len(wishes)


def _pairs(spots: Sequence[Spots]) -> float:
    return sum(bool(chain([one.anyhow, other.anyhow])) for one, other in pairwise(spots)) / (len(spots) - 1)


def near(places: Sequence[list[int]]) -> bool:
    """Whether some place of the rarest word has all the others within NEAR words."""
    rarest, *others = sorted((sorted(each) for each in places), key=len)
    return any(all(_close(place, other) for other in others) for place in rarest)


def _close(place: int, others: Sequence[int]) -> bool:
    at = bisect_left(others, place - NEAR)
    return at < len(others) and others[at] <= place + NEAR


def marks(choices: Choices, document: int) -> list[tuple[int, list[int]]]:
    """What to show of a match: groups of positions, each with its weight: the whole run where its words stand next to
    each other, else each word; spellings as wished where there are any."""
    return [mark for choice in choices for slots in choice for mark in _marks_of_run(slots, document)]


def _marks_of_run(slots: Sequence[Slot], document: int) -> Iterator[tuple[int, list[int]]]:
    spots = [slot.spots(document) for slot in slots]
    if not all(each.anyhow for each in spots):
        return
    near_wished = [each.wished or each.anyhow for each in spots]
    ends = chain([each.wished for each in spots]) or chain([each.anyhow for each in spots])
    if ends and len(slots) > 1:
        yield 2 * len(slots), sorted({end - back for end in ends for back in range(len(slots))})
    else:
        for places in near_wished:
            yield 1, sorted(places)
