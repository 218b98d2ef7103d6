"""Keeps one index open for writing, and fills a new one beside it when it is damaged or of another version."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from archive.search import swap
from archive.search.ports import Index, IndexedDocument
from archive.search.table import latest, open_index


class IndexKeeper:
    """The index of one home, opened at its first use."""

    def __init__(self, path: Path, engine: str) -> None:
        self.path = path
        self.engine = engine
        self._index: Index | None = None
        self._successor: Path | None = None
        self._lock = ExitStack()  # for as long as a successor is filled

    @property
    def index(self) -> Index:
        """The open index, or its successor. Raises IndexDamaged."""
        if self._index is None:
            self._index = open_index(self._successor or self.path, self.engine)
        return self._index

    def look(self) -> Index | None:
        """The index, whole and as it was written; None while a successor is filled. Raises IndexDamaged where it is not
        or is gone, and Locked while another process makes it anew."""
        if self._successor is not None:
            return None
        with swap.exclusive(self.path):
            self.index.look()
        return self.index

    def update(self, documents: Sequence[IndexedDocument], gone: Sequence[str] = ()) -> None:
        """Make the index hold these documents as they are now and `gone` no longer, durably. Raises IndexDamaged."""
        if gone:
            self.index.delete(gone)
        self.index.upsert(documents)
        self.index.commit()

    def start_over(self) -> None:
        """From now on fill an empty index beside this one, until `take_place`; the catalogue knows what belongs into
        it. Meanwhile searches see the damaged one and are answered from the catalogue. Raises Locked."""
        self.close()
        self._lock.enter_context(swap.exclusive(self.path))
        self._successor = swap.fresh_beside(self.path)
        self._index = open_index(self._successor, self.engine, after=latest(self.path))
        self._index.commit()

    def take_place(self) -> None:
        """Let the new index, now that all is in it, take the place of the old one; nothing if there is no new one."""
        if self._successor is not None:
            self.reopen()
            swap.take_place(self.path)
            self.close()

    def was_interrupted(self) -> bool:
        """Whether an earlier process was ended before its new index took its place; what it left is removed."""
        if self._successor is not None or not swap.is_left_beside(self.path):
            return False
        with swap.exclusive(self.path):
            swap.fresh_beside(self.path)
        return True

    def reopen(self) -> None:
        """Look at the files anew at the next use, and forget what could not be written."""
        if self._index is not None:
            self._index.close()
            self._index = None

    def close(self) -> None:
        """Close the index, if it was opened. A new one that has not taken its place is given up."""
        self.reopen()
        self._successor = None
        self._lock.close()
