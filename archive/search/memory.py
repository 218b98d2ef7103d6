"""Documents in memory, as a search looks at them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from archive.search.facts import Facts


class InMemory:
    """Documents numbered as they are added: `archive.search.matching.Segment`."""

    def __init__(self) -> None:
        self._words: defaultdict[str, dict[int, bytes]] = defaultdict(dict)
        self._facts: list[Facts] = []
        self._texts: list[tuple[Sequence[int], Sequence[str]]] = []

    def add(self, words: Mapping[str, bytes], facts: Facts, text: tuple[Sequence[int], Sequence[str]]) -> None:
        """Add a document: the packed places of its folded words, its facts, and its text as `text` gives it."""
        for word, places in words.items():
            self._words[word][len(self._facts)] = places
        self._facts.append(facts)
        self._texts.append(text)

    def everything(self) -> range:
        """All documents."""
        return range(len(self._facts))

    def places(self, fold: str) -> Mapping[int, bytes]:
        """The documents that have a folded word, each with its packed places."""
        return self._words.get(fold, {})

    def beginning(self, stem: str) -> Iterable[str]:
        """The folded words that begin so."""
        return [word for word in self._words if word.startswith(stem)]

    def facts(self, document: int) -> Facts:
        """What is known of a document."""
        return self._facts[document]

    def text(self, document: int) -> tuple[Sequence[int], Sequence[str]]:
        """The position at which each page begins, and the texts of the pages."""
        return self._texts[document]
