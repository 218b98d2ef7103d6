"""Which documents are the same paper: versions of one file, a draft and its signed scan, copies under other names.

Judged by what the documents say themselves, never by what else is held, so that an answer for some units is that over
an archive of only those. Papers made from one template are different papers, though nearly every word is the same: the
minutes of March and of April. Only equal words, or the same number of the same day, make two papers one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING
from zlib import crc32

from archive import vietnamese
from archive.search.ports import IndexedDocument
from archive.search.remembering import Remembered

if TYPE_CHECKING:
    from archive.search.facts import Facts

LONG_ENOUGH = 50  # words; of shorter texts nobody can tell whether they are one paper
ALIKE = 0.5  # share of words that papers of one number and day must have in common: a scan misreads many
_BINS = 32  # of a sketch; each is four hexadecimal digits


def kin_of(document: IndexedDocument, lines: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], str]:
    """Keys of which one is shared with every document that may be the same paper, and a sketch of the words. `lines`
    are the exact keys of the words of each page."""
    unit = document.unit or ""
    keys = [_key("version", unit, document.version_of or document.id)]
    if sum(map(len, lines)) < LONG_ENOUGH:
        return tuple(keys), ""
    keys.append(_key("words", unit, *chain.from_iterable(lines)))
    if document.code and document.issued_on:
        keys.append(_key("number", unit, vietnamese.fold_words(document.code), document.issued_on.isoformat()))
    return tuple(keys), _sketch(set(chain.from_iterable(lines)))


def _key(sort: str, *values: str) -> str:
    return sort[0] + blake2b(" ".join(values).encode(), digest_size=8).hexdigest()


def _hash(word: str) -> tuple[int, int]:
    """Bin and hash of a word."""
    value = crc32(word.encode())
    return value % _BINS, value >> 16


_HASHES = Remembered(_hash)


def _sketch(words: Iterable[str]) -> str:
    """The least hash of the words that fall into each bin: the share of equal bins is about that of common words."""
    least = [0xFFFF] * _BINS
    for word in words:
        at, value = _HASHES[word]
        if value < least[at]:
            least[at] = value
    return "".join(f"{value:04x}" for value in least)


def same_paper(one: Facts, other: Facts) -> bool:
    """Whether two documents are the same paper."""
    shared = {key[0] for key in one.kin if key in other.kin}
    return bool(shared - {"n"}) or ("n" in shared and _alike(one.sketch, other.sketch) >= ALIKE)


def _alike(one: str, other: str) -> float:
    return sum(one[at : at + 4] == other[at : at + 4] for at in range(0, len(one), 4)) / _BINS


def older(found: Sequence[Facts]) -> dict[str, list[str]]:
    """Of documents that match, what is folded under what: the id of the newest of each paper that is there more than
    once, to the ids of the others, newest first."""
    held = Counter(chain.from_iterable(facts.kin for facts in found))
    shared = {key for key, documents in held.items() if documents > 1}
    sharing: defaultdict[str, list[int]] = defaultdict(list)
    for at, facts in enumerate(found):
        for key in shared.intersection(facts.kin):
            sharing[key].append(at)
    paper = list(range(len(found)))  # of each document, the one that stands for its paper so far
    for key, some in sharing.items():
        for at, one in enumerate(some[1:], start=1):
            for other in some[:at] if key[0] == "n" else some[:1]:
                if _root(paper, one) != _root(paper, other) and same_paper(found[one], found[other]):
                    paper[_root(paper, one)] = _root(paper, other)
    families: defaultdict[int, list[Facts]] = defaultdict(list)
    for at in set(chain.from_iterable(sharing.values())):
        families[_root(paper, at)].append(found[at])
    folded = {}
    for family in families.values():
        if len(family) > 1:
            newest, *others = sorted(family, key=lambda facts: facts.filing)
            folded[newest.id] = [facts.id for facts in others]
    return folded


def _root(paper: list[int], at: int) -> int:
    while paper[at] != at:
        paper[at] = paper[paper[at]]
        at = paper[at]
    return at
