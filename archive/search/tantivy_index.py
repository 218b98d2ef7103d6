"""The search engine for big archives: tantivy behind the port. No exception of tantivy's leaves this module."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from archive.i18n import gettext as _
from archive.search import seal, tantivy_files
from archive.search.guard import guarded
from archive.search.ports import IndexDamaged, IndexedDocument, Page, State
from archive.search.query import Query
from archive.search.swap import exclusive
from archive.search.tantivy_answer import Snapshot, answer

BATCH = 24 << 20  # see `archive.search.table`


class TantivyIndex:
    """An index in a folder. One object may be used by several threads, and they search at the same time."""

    engine = "tantivy"

    def __init__(self, folder: Path, after: int = 0) -> None:
        self._folder = folder
        self._after = after  # the generation that a new index counts on from
        self._lock = threading.RLock()
        self._pending: dict[str, IndexedDocument | None] = {}
        self._snapshot: Snapshot | None = None
        self._seen: tuple[int, int] | None = None  # the folder's inode and the generation that is open
        self._stamps: dict[str, tuple[int, int, int]] = {}  # of the files that are open

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
                tantivy_files.create(self._folder, self._after)
            self._refresh()
            if self._pending:
                tantivy_files.write(self._folder, self._generation, self._pending)
                self._pending.clear()
                self._refresh()
            return self._generation

    @property
    def _generation(self) -> int:
        return self._seen[1] if self._seen else 0

    def search(self, query: Query, units: frozenset[str] | None = None) -> Page:
        """Search; the index as the last commit of any process left it."""
        with guarded():
            snapshot, generation = self._current()
            return answer(snapshot, query, units, generation)

    def documents(self) -> Iterator[str]:
        """The ids of all documents."""
        with guarded():
            snapshot, _generation = self._current()
            return iter(tantivy_files.ids(snapshot.searcher))

    def _current(self) -> tuple[Snapshot, int]:
        with self._lock:
            self._refresh()
            assert self._snapshot is not None
            return self._snapshot, self._generation

    def _refresh(self) -> None:
        """Show the current generation. Where another process commits just then and removes files, try again."""
        for attempt in range(5):
            generation = tantivy_files.latest(self._folder)
            try:
                self._show(generation)
                return
            except Exception:
                self._let_go()
                if attempt == 4 or tantivy_files.latest(self._folder) == generation:
                    raise

    def _show(self, generation: int) -> None:
        """Open a generation. Each file is compared with its seal when it is first opened, so that torn files never
        answer; while it is open it must stay as it is, for reading past the end of a file cut short would kill the
        process."""
        if generation < 0:
            raise IndexDamaged(_("there is no index"))
        seen = (self._folder.stat().st_ino, generation)
        if seen == self._seen and self._untouched():
            return
        sealed = seal.read(self._folder, generation)
        if not sealed.current or sealed.engine != self.engine:
            raise IndexDamaged(_("it was written by another version"))
        if self._seen is None or self._seen[0] != seen[0] or seen == self._seen:
            self._stamps.clear()
        stamps = {name: self._verified(name, file) for name, file in sealed.files.items()}
        self._snapshot = Snapshot(tantivy_files.searcher(tantivy_files.place(self._folder, generation)))
        self._stamps, self._seen = stamps, seen

    def _verified(self, name: str, sealed: seal.FileSeal) -> tuple[int, int, int]:
        """The stamp of a file; it is read unless the same file is open already."""
        stamp = _stamp(self._folder / name)
        if stamp not in self._stamps.values() and seal.broken(self._folder, name, sealed):
            raise IndexDamaged(_("{name} is not as it was written").format(name=name))
        return stamp

    def _untouched(self) -> bool:
        return all(_stamp(self._folder / name) == stamp for name, stamp in self._stamps.items())

    def check(self) -> State:
        """Compare every file with its seal and open them all anew."""
        with self._lock:
            try:
                with guarded():
                    return self._check()
            except (OSError, IndexDamaged):
                self._let_go()
                return "damaged"

    def _check(self) -> State:
        generation = tantivy_files.latest(self._folder)
        if generation < 0:
            return "missing" if self._is_missing() else "damaged"
        sealed = seal.read(self._folder, generation)
        if not sealed.current or sealed.engine != self.engine:
            return "schema-old"
        self._let_go()
        self._refresh()
        return "ok"

    def _is_missing(self) -> bool:
        return not self._folder.is_dir() or not any(self._folder.iterdir())

    def stats(self) -> dict[str, int | str]:
        """Numbers for people."""
        with guarded():
            snapshot, generation = self._current()
            return {
                "engine": self.engine,
                "documents": snapshot.total,
                "segments": int(snapshot.searcher.num_segments),
                "generation": generation,
                "bytes": sum(each.stat().st_size for each in self._folder.rglob("*") if each.is_file()),
            }

    def _let_go(self) -> None:
        self._snapshot = None
        self._seen = None
        self._stamps = {}

    def close(self) -> None:
        """Close the files."""
        with self._lock:
            self._pending.clear()
            self._let_go()


def _stamp(path: Path) -> tuple[int, int, int]:
    status = path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns


def open_index(folder: Path, after: int = 0) -> TantivyIndex:
    """Open the index in a folder (see `archive.search.table`)."""
    return TantivyIndex(folder, after)
