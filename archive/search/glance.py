"""Documents read with an eye on some words only: for what is shown, and for a search without an index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress

from archive import vietnamese
from archive.search.analysis import FOLDED, key
from archive.search.facts import Facts
from archive.search.postings import CODE, NAME, TITLE, head, pack
from archive.search.remembering import Remembered
from archive.search.tree import Prefix, Word


class Glance:
    """Finds the places of some words, and of `folds`, in documents."""

    def __init__(self, words: Iterable[Word], folds: Iterable[str] = ()) -> None:
        words = tuple(words)
        asked = {word.fold for word in words}.union(folds)
        stems = tuple({vietnamese.bare(stem) for word in words if isinstance(word, Prefix) for stem in word.stems})
        asks = Remembered(lambda fold: fold in asked or fold.startswith(stems)).__getitem__
        self._asks = asks if stems else asked.__contains__

    def read(self, facts: Facts, starts: Sequence[int], lines: Iterable[Sequence[str]]) -> dict[str, bytes]:
        """The packed places of the words in a document; `starts` and `lines` are the position at which each page begins
        and its words, as they stand in the exact text or as their keys."""
        found: dict[str, dict[str, list[int]]] = {}
        zones = zip((TITLE, NAME, CODE), head(facts.title, facts.name, facts.code), strict=True)
        for start, words in (*zones, *zip(starts, lines, strict=True)):
            for place, word in compress(enumerate(words, start), map(self._asks, map(FOLDED.__getitem__, words))):
                found.setdefault(FOLDED[word], {}).setdefault(key(word), []).append(place)
        return {fold: pack(fold, places) for fold, places in found.items()}
