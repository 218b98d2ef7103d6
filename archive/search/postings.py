"""Where in a document words stand, and how an engine stores that.

All words of a document stand on one line of positions: title, file name and number first, each in a zone of its own so
that no phrase runs from one into the other, then the pages one after another, so that a phrase may run over a page
break. Change `SCHEMA` with anything that changes words or positions: it forces the index to be rebuilt. The packing is
on the disk of one engine only, and counted in `LAYOUTS` of `archive.search.seal`.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from struct import Struct
from zlib import crc32

from archive import vietnamese
from archive.search.analysis import clean, keys
from archive.search.ports import IndexedDocument
from archive.search.remembering import Remembered

SCHEMA = 2

STEPS = (250, 60, 16)  # words: a weighty word stands once in so many, and half a time more

TITLE, NAME, CODE, PAGES = 0, 2048, 3072, 4096  # where each zone begins
APART = 64  # places at the end of a zone that stay empty

_MARKS = 254  # so many followers of a word, and one more, can be counted in a byte


@dataclass(frozen=True, slots=True)
class Analysed:
    """A document ready for an engine: for each folded word the bytes of `pack`, the pages as stored, the position at
    which each page begins, and the exact keys of the words of each page."""

    words: Mapping[str, bytes]
    pages: tuple[str, ...]
    starts: tuple[int, ...]
    lines: tuple[Sequence[str], ...]


def analyse(document: IndexedDocument) -> Analysed:
    """Words and places of a document."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    zones = head(document.title, document.name, code_of(document))
    for begin, words in zip((TITLE, NAME, CODE), zones, strict=True):
        for place, key in enumerate(words, start=begin):
            places[key].append(place)
    pages = tuple(clean(page) for page in document.pages)
    lines = tuple(keys(page) for page in pages)
    starts = page_starts(lines)
    for start, line in zip(starts, lines, strict=True):
        for place, key in enumerate(line, start):
            places[key].append(place)
    followers = _followers((*zones, list(chain.from_iterable(lines))))
    return Analysed(_pack_all(places, followers), pages, starts, lines)


def page_starts(lines: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The position at which each page begins, of pages with these words."""
    return tuple(accumulate(map(len, lines), initial=PAGES))[: len(lines)]


def head(title: str | None, name: str, code: str | None) -> tuple[list[str], list[str], list[str]]:
    """The exact keys of title, name and number: so many that no two zones come near each other."""
    zones = ((TITLE, NAME, title), (NAME, CODE, name), (CODE, PAGES, code))
    title_, name_, code_ = (keys(clean(text or ""))[: end - begin - APART] for begin, end, text in zones)
    return title_, name_, code_


def code_of(document: IndexedDocument) -> str | None:
    """The number as search shows it."""
    return document.code or document.number


def _followers(rows: Sequence[Sequence[str]]) -> dict[str, set[int]]:
    """For each exact key the marks of the words that stand right behind it."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for row in rows:
        for key, follower in pairwise(row):
            found[key].add(_MARK_OF[follower])
    return found


def mark(fold: str) -> int:
    """One of `_MARKS` numbers that stands for a folded word among the followers of another. Many words share each."""
    return crc32(fold.encode()) % _MARKS


_MARK_OF = Remembered(lambda key: mark(vietnamese.bare(key)))  # by exact keys


def _pack_all(places: Mapping[str, Sequence[int]], followers: Mapping[str, set[int]]) -> dict[str, bytes]:
    spellings: defaultdict[str, list[str]] = defaultdict(list)
    for key in places:
        spellings[vietnamese.bare(key)].append(key)
    return {
        fold: pack(fold, {key: places[key] for key in keys}, set().union(*(followers.get(key, ()) for key in keys)))
        for fold, keys in spellings.items()
    }


def pack(fold: str, spellings: Mapping[str, Sequence[int]], followers: Collection[int] | None = None) -> bytes:
    """Where a folded word stands in a document. First one more than the number of its followers, and the marks of the
    words that stand right behind it somewhere; or only 0 where nobody asked for them. Then each spelling apart: length
    of the spelling, its UTF-8 (nothing when it has no accents), count, and the positions as 32-bit numbers, little end
    first."""
    out = bytearray((0,) if followers is None else (len(followers) + 1, *sorted(followers)))
    for exact, positions in spellings.items():
        spelling = b"" if exact == fold else exact.encode()
        out.append(len(spelling))
        out += spelling
        out += _COUNT.pack(len(positions))
        out += _numbers(positions)
    return bytes(out)


def may_be_followed(value: bytes, marks: frozenset[int]) -> bool:
    """Whether a word of one of these marks may stand right behind the packed word, told without reading its places.
    Another word may share the mark, so the places decide; where this says no, they need not be looked at."""
    return not value[0] or not marks.isdisjoint(value[1 : value[0]])


def _numbers(positions: Sequence[int]) -> bytes:
    numbers = array("I", positions)
    if _SWAP:
        numbers.byteswap()
    return numbers.tobytes()


_COUNT = Struct("<I")
_SWAP = array("H", [1]).tobytes()[0] != 1


def unpack(value: bytes) -> list[tuple[bytes, array[int]]]:
    """The spellings (UTF-8, empty = without accents) and their positions, as `pack` wrote them."""
    found = []
    at = value[0] or 1
    while at < len(value):
        end = at + 1 + value[at]
        body = end + 4
        stop = body + 4 * _COUNT.unpack_from(value, end)[0]
        positions = array("I", value[body:stop])
        if _SWAP:
            positions.byteswap()
        found.append((value[at + 1 : end], positions))
        at = stop
    return found


def weight(times: int, length: int) -> int:
    """How much a word that stands so many times in a document of so many words is what the document is about: 0 (a
    passing mention) to the number of STEPS. An index may keep the answer, so it is part of `SCHEMA`."""
    return sum(reaches(step, times, length) for step in STEPS)


def reaches(step: int, times: int, length: int) -> bool:
    """Whether a word has the weight of a step; then also that of each larger one, which ask for less."""
    return 2 * times * step >= step + 2 * length


def page_of(position: int, starts: Sequence[int]) -> int:
    """The page (from 1) a position of the pages' zone stands on; 0 for title, name and number."""
    return bisect_right(starts, position)
