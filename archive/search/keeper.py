"""Keeps one index open for writing, and begins a new one when the old one is damaged or of another version."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from archive.search.ports import Index, IndexedDocument
from archive.search.table import open_index, rebuild


class IndexKeeper:
    """The index of one home, opened at its first use: the watcher that has nothing to index never pays for it."""

    def __init__(self, path: Path, engine: str) -> None:
        self.path = path
        self.engine = engine
        self._index: Index | None = None

    @property
    def index(self) -> Index:
        """The open index. Raises IndexDamaged."""
        if self._index is None:
            self._index = open_index(self.path, self.engine)
        return self._index

    def update(self, documents: Sequence[IndexedDocument], gone: Sequence[str] = ()) -> None:
        """Make the index hold these documents as they are now and `gone` no longer, durably. Raises IndexDamaged."""
        if gone:
            self.index.delete(gone)
        self.index.upsert(documents)
        self.index.commit()

    def start_over(self) -> None:
        """Put an empty index in place of this one; the catalogue knows what belongs into it."""
        self.close()
        rebuild(self.path, [], self.engine)

    def close(self) -> None:
        """Close the index, if it was opened."""
        if self._index is not None:
            self._index.close()
            self._index = None
