"""What follows from the merits of a ranking: an engine need not ask what it knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from archive.search.ranking import Every, Level, Merit, Near, Row, Some
from archive.search.tree import Node, Phrase, Prefix, Term, Word


def left(levels: Iterable[Level], known: Merit) -> Iterator[tuple[Level, int]]:
    """The levels of documents that have a merit, without those merits that follow from it, and how many these are."""
    rows = list(_rows(known))
    for level in levels:
        merits = tuple(merit for merit in level.merits if not _follows(merit, rows))
        yield Level(level.name, merits), len(level.merits) - len(merits)


def tells(known: Merit, parts: Iterable[Node]) -> bool:
    """Whether documents that have a merit have all these parts of a query."""
    rows = list(_rows(known))
    return all(
        isinstance(part, Term | Prefix | Phrase)
        and _follows(Row(part.words if isinstance(part, Phrase) else (part,), "anyhow"), rows)
        for part in parts
    )


def _rows(merit: Merit) -> Iterator[Row]:
    """The rows of words that a merit says to be there."""
    match merit:
        case Row():
            yield merit
        case Near(one, other):
            yield from (Row((one,), "wished"), Row((other,), "wished"))
        case Every(parts):
            for part in parts:
                yield from _rows(part)


def _follows(merit: Merit, rows: Sequence[Row]) -> bool:
    match merit:
        case Row():
            return any(_within(merit, each) for each in rows)
        case Near(one, other):
            return any((one, other) in pairwise(each.words) and _as_wished((one, other), each) for each in rows)
        case Every(parts):
            return all(_follows(part, rows) for part in parts)
        case Some(parts):
            return any(_follows(part, rows) for part in parts)
        case _:
            return False


def _within(asked: Row, known: Row) -> bool:
    """Whether a row of words holds where a longer one does."""
    size = len(asked.words)
    runs = (known.words[at : at + size] for at in range(len(known.words) - size + 1))
    if asked.words not in runs or (asked.title and not known.title):
        return False
    match asked.how:
        case "anyhow":
            return True
        case "wished":
            return _as_wished(asked.words, known)
        case _:
            return known.how == "typed" or (known.how == "wished" and all(map(_told_apart, asked.words)))


def _as_wished(words: Iterable[Word], known: Row) -> bool:
    return known.how != "anyhow" or not any(word.accented for word in words)


def _told_apart(word: Word) -> bool:
    """Whether a word as wished is the word as typed: with its accents, or a figure."""
    return word.accented or word.fold.isdecimal()
