"""The search engine for big archives: tantivy behind the port. No exception of tantivy's leaves this module."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from archive.i18n import gettext as _
from archive.search import seal, tantivy_files
from archive.search.folder_index import FolderIndex
from archive.search.guard import guarded
from archive.search.ports import IndexDamaged, Page, State
from archive.search.query import Query
from archive.search.tantivy_answer import Snapshot, answer

BATCH = 24 << 20  # see `archive.search.table`


class TantivyIndex(FolderIndex):
    """An index in a folder. One object may be used by several threads; as many search at once as there are cores."""

    engine = "tantivy"
    at_once = len(os.sched_getaffinity(0))

    def __init__(self, folder: Path, after: int = 0) -> None:
        super().__init__(folder, after)
        self._snapshot: Snapshot | None = None
        self._stamps: dict[str, seal.Stamp] = {}  # of the files that are open

    def _latest(self) -> int:
        return tantivy_files.latest(self._folder)

    def _create(self) -> None:
        tantivy_files.create(self._folder, self._after)

    def _write(self) -> None:
        tantivy_files.write(self._folder, self._generation, self._pending)

    def search(self, query: Query, units: frozenset[str] | None = None) -> Page:
        """Search; the index as the last commit of any process left it."""
        with self._turns.turn(), guarded():
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

    def _verified(self, name: str, sealed: seal.FileSeal) -> seal.Stamp:
        """The stamp of a file; it is read unless the same file is open already."""
        stamp = seal.stamp(self._folder / name)
        if stamp not in self._stamps.values() and seal.broken(self._folder, name, sealed):
            raise IndexDamaged(_("{name} is not as it was written").format(name=name))
        return stamp

    def _untouched(self) -> bool:
        return all(seal.stamp(self._folder / name) == stamp for name, stamp in self._stamps.items())

    def _check(self) -> State:
        generation = self._latest()
        if generation < 0:
            return "missing" if self._is_missing() else "damaged"
        sealed = seal.read(self._folder, generation)
        if not sealed.current or sealed.engine != self.engine:
            return "schema-old"
        self._let_go()
        self._refresh()
        return "ok"

    def stats(self) -> dict[str, int | str]:
        """Numbers for people."""
        with guarded():
            snapshot, generation = self._current()
            return {
                "engine": self.engine,
                "documents": snapshot.total,
                "segments": int(snapshot.searcher.num_segments),
                "generation": generation,
                "bytes": self._bytes(),
            }

    def _let_go(self) -> None:
        self._snapshot = None
        self._seen = None
        self._stamps = {}


def open_index(folder: Path, after: int = 0) -> TantivyIndex:
    """Open the index in a folder (see `archive.search.table`)."""
    return TantivyIndex(folder, after)
