"""What every engine's index in a folder does alike: collect, commit, follow other processes' commits, check itself."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path

from archive.search.guard import guarded
from archive.search.ports import IndexDamaged, IndexedDocument, State
from archive.search.swap import exclusive
from archive.search.turns import Turns


class FolderIndex(ABC):
    """An index in a folder, as far as it is the same for all engines. One object may be used by several threads."""

    at_once = 1  # searches of one process

    def __init__(self, folder: Path, after: int = 0) -> None:
        self._folder = folder
        self._after = after  # the generation that a new index counts on from
        self._lock = threading.RLock()
        self._turns = Turns(self.at_once)
        self._pending: dict[str, IndexedDocument | None] = {}
        self._seen: tuple[int, int] | None = None  # the folder's inode and the generation that is open

    # --- what an engine does in its own way

    @abstractmethod
    def _latest(self) -> int:
        """The generation that is current; -1 where there is no index."""

    @abstractmethod
    def _create(self) -> None:
        """Start an empty index that counts its generations on from `_after`."""

    @abstractmethod
    def _write(self) -> None:
        """Write what is pending, durably and as one generation."""

    @abstractmethod
    def _show(self, generation: int) -> None:
        """Open a generation unless it is open already. Raises IndexDamaged, or whatever broken files raise."""

    @abstractmethod
    def _check(self) -> State:
        """As `check`, but may raise."""

    @abstractmethod
    def _let_go(self) -> None:
        """Close whatever is open."""

    # --- what all do

    def upsert(self, documents: Iterable[IndexedDocument]) -> None:
        """Add or replace documents at the next commit."""
        with self._lock:
            for document in documents:
                self._pending.pop(document.id, None)
                self._pending[document.id] = document

    def delete(self, ids: Iterable[str]) -> None:
        """Take documents out at the next commit."""
        with self._lock:
            self._pending.update(dict.fromkeys(ids))

    def commit(self) -> int:
        """Write what is pending; when that fails it stays pending and the index stays as it was."""
        with self._lock, exclusive(self._folder), guarded():
            if self._is_missing():
                self._create()
            self._refresh()
            if self._pending:
                self._write()
                self._pending.clear()
                self._refresh()
            return self._generation

    def look(self) -> None:
        """Open what any process committed last."""
        with self._lock, guarded():
            self._refresh()

    def check(self) -> State:
        """Compare every file with its seal and open them all anew."""
        with self._lock:
            try:
                with guarded():
                    return self._check()
            except (OSError, IndexDamaged):
                self._let_go()
                return "damaged"

    def close(self) -> None:
        """Close the files."""
        with self._lock:
            self._pending.clear()
            self._let_go()

    @property
    def _generation(self) -> int:
        return self._seen[1] if self._seen else 0

    def _refresh(self) -> None:
        """Show the current generation. Where another process commits just then and removes files, try again."""
        for attempt in range(5):
            generation = self._latest()
            try:
                self._show(generation)
                return
            except Exception:
                self._let_go()
                if attempt == 4 or self._latest() == generation:
                    raise

    def _is_missing(self) -> bool:
        return not self._folder.is_dir() or not any(self._folder.iterdir())

    def _bytes(self) -> int:
        return sum(each.stat().st_size for each in self._folder.rglob("*") if each.is_file())
