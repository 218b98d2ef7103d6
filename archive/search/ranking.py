"""In which order documents that match come. Nothing here depends on other documents, so that an answer never tells of
documents that may not be seen, and is the same whatever else the index holds.

A query is turned into merits, each of which a document has or has not, in levels: the document with more merits of the
first level comes first, among equals the one with more of the second, and so on; then the newest. Every engine asks the
same yes-or-no questions: one finds the answers in memory, another in its own postings.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain as flatten
from itertools import pairwise

from archive.search.matching import How, Matcher, chain
from archive.search.postings import NAME, STEPS, reaches
from archive.search.tree import All, Any, Node, Phrase, Prefix, Term, Word

NEAR = 30  # words: about a sentence
MOST = 16  # merits of one level that count; what engines add up stays exact


@dataclass(frozen=True, slots=True)
class Row:
    """The words stand next to each other and in order, spelled so; in the title if `title`."""

    words: tuple[Word, ...]
    how: How
    title: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Both words as wished, within NEAR words of each other."""

    one: Word
    other: Word


@dataclass(frozen=True, slots=True)
class Often:
    """The word has at least this weight in the document (`postings.weight`)."""

    word: Word
    weight: int


@dataclass(frozen=True, slots=True)
class Every:
    """All parts are true."""

    parts: tuple[Merit, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part is true."""

    parts: tuple[Merit, ...]


Merit = Row | Near | Often | Every | Some


@dataclass(frozen=True, slots=True)
class Level:
    """Merits that count alike. `name` says to people what they are about."""

    name: str
    merits: tuple[Merit, ...]


Run = tuple[Word, ...]  # words that belong together: typed in a row, a phrase, a number


def runs(root: All) -> list[list[Run]]:
    """What is ranked: runs of words, each with its alternatives where OR was typed."""
    found: list[list[Run]] = []
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
    return [alternatives for alternatives in found if alternatives]


def _words(node: Node) -> Run:
    match node:
        case Term() | Prefix():
            return (node,)
        case Phrase(words):
            return words
        case All(parts):
            return tuple(part for part in parts if isinstance(part, Term | Prefix))
        case _:
            return ()


def levels(root: All) -> tuple[Level, ...]:
    """The merits of a query, the weightiest level first. Levels in which all documents that match are alike are left
    out."""
    choices = runs(root)
    found = (
        Level("phrase", _whole(choices, "wished")),
        Level("near", (_every(_some(_near(run) for run in each) for each in choices),)),
        Level("other-accents", _whole(choices, "anyhow")),
        Level("accents", _each(choices, _accents)),
        Level("pairs", _each(choices, _pairs)),
        Level("spelling", _each(choices, _spellings)),
        Level("title", _each(choices, _in_title)),
        Level("often", _each(choices, _often)),
    )
    different: dict[tuple[Merit, ...], Level] = {}
    for level in found:
        different.setdefault(level.merits, level)
    return tuple(level for merits, level in different.items() if merits not in ((), (Every(()),)))


def _whole(choices: Sequence[Sequence[Run]], how: How) -> tuple[Merit, ...]:
    rows = [_some(_row(run, how) for run in alternatives) for alternatives in choices]
    if how == "anyhow" and all(len(run) == 1 for alternatives in choices for run in alternatives):
        return ()  # that is what matching means
    return (_every(rows),)


def _each(choices: Sequence[Sequence[Run]], merits: Callable[[Run], list[Merit]]) -> tuple[Merit, ...]:
    """The merits of each run; of alternatives, whether one of them has all of its own."""
    found: list[Merit] = []
    for alternatives in choices:
        sets = [merits(run) for run in alternatives]
        if len(sets) == 1:
            found += sets[0]
        elif all(sets):
            found.append(_some(_every(each) for each in sets))
    return tuple(dict.fromkeys(found))[:MOST]


def _row(run: Run, how: How, title: bool = False) -> Merit:
    """Words without accents may be spelled anyhow; "wished" then asks for no more than "anyhow"."""
    if how == "wished" and not any(word.accented for word in run):
        how = "anyhow"
    return Row(run, how, title)


def _near(run: Run) -> Merit:
    """Each word near the next one."""
    if len(run) == 1:
        return _row(run, "wished")
    return _every(Near(one, other) for one, other in pairwise(run) if one != other)


def _accents(run: Run) -> list[Merit]:
    return [Row((word,), "wished") for word in run if word.accented]


def _pairs(run: Run) -> list[Merit]:
    return [Row(pair, "anyhow") for pair in pairwise(run)] if len(run) > 2 else []


def _spellings(run: Run) -> list[Merit]:
    words: list[Merit] = [Row((word,), "typed") for word in run]
    if len(run) == 1 or any(isinstance(word, Prefix) for word in run):  # of a beginning alone little is typed
        return words
    return [Row(run, "typed"), *words]


def _in_title(run: Run) -> list[Merit]:
    return [_row(run, "wished", title=True), _every(Row((word,), "anyhow", title=True) for word in run)]


def _often(run: Run) -> list[Merit]:
    return [_every(Often(word, step) for word in run) for step in range(1, len(STEPS) + 1)]


def _every(parts: Iterator[Merit] | Sequence[Merit]) -> Merit:
    several = tuple(parts)
    return several[0] if len(several) == 1 else Every(several)


def _some(parts: Iterator[Merit] | Sequence[Merit]) -> Merit:
    several = tuple(parts)
    return several[0] if len(several) == 1 else Some(several)


def having(merit: Merit, matcher: Matcher, documents: set[int]) -> set[int]:
    """Those of some documents that have a merit, judged by the places of its words."""
    match merit:
        case Row(words, how, title):
            return matcher.in_a_row(words, documents, how, NAME if title else None)
        case Near(one, other):
            ones, others = matcher.slot(one), matcher.slot(other)
            return {each for each in documents if near(ones[each].wished, others[each].wished)}
        case Often(word, wanted):
            slot, facts, step = matcher.slot(word), matcher.segment.facts, STEPS[wanted - 1]
            return {each for each in documents if reaches(step, slot[each].times, facts(each).length)}
        case Every(parts):
            for part in parts:
                documents = having(part, matcher, documents)
            return documents
        case Some(parts):
            found: set[int] = set()
            for part in parts:
                found |= having(part, matcher, documents - found)
            return found


def near(ones: Sequence[int], others: Sequence[int]) -> bool:
    """Whether some place of one word has one of the other within NEAR words."""
    if len(ones) > len(others):
        ones, others = others, ones
    others = sorted(others)
    for place in ones:
        at = bisect_left(others, place - NEAR)
        if at < len(others) and others[at] <= place + NEAR:
            return True
    return False


def tally(level: Level, matcher: Matcher, documents: set[int]) -> Counter[int]:
    """How many merits of a level each of some documents has; those that have none are left out."""
    return Counter(flatten.from_iterable(having(merit, matcher, documents) for merit in level.merits))


def score(levels: Sequence[Level], counts: Sequence[int]) -> float:
    """One number that sorts as the counts do."""
    number = 0
    for level, count in zip(levels, counts, strict=True):
        number = number * (len(level.merits) + 1) + count
    return float(number)


def marks(root: All, matcher: Matcher, document: int) -> list[tuple[int, list[int]]]:
    """What to show of a match: groups of positions, each with its weight: the whole run where its words stand next to
    each other, else each word; spellings as wished where there are any."""
    return [mark for choice in runs(root) for run in choice for mark in _marks_of_run(run, matcher, document)]


def _marks_of_run(run: Run, matcher: Matcher, document: int) -> Iterator[tuple[int, list[int]]]:
    spots = [matcher.slot(word)[document] for word in run]
    if not all(each.anyhow for each in spots):
        return
    ends = chain([each.wished for each in spots]) or chain([each.anyhow for each in spots])
    if ends and len(run) > 1:
        yield 2 * len(run), sorted({end - back for end in ends for back in range(len(run))})
    else:
        for each in spots:
            yield 1, sorted(each.wished or each.anyhow)


def is_exact(root: All, matcher: Matcher, document: int) -> bool:
    """Whether every word stands there just as typed; of alternatives, those of one."""
    return all(any(all(matcher.slot(word)[document].typed for word in run) for run in choice) for choice in runs(root))
