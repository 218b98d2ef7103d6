"""The embedded search engine: Whoosh 2.7.4 behind the port. No exception of Whoosh's leaves this module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archive.i18n import gettext as _
from archive.search import seal, whoosh_files
from archive.search.answer import answer
from archive.search.facts import facts_of
from archive.search.folder_index import FolderIndex
from archive.search.guard import guarded
from archive.search.ports import IndexDamaged, Page, State
from archive.search.postings import analyse
from archive.search.query import Query
from archive.search.whoosh_files import Reading, Writer

BATCH = 4 << 20  # see `archive.search.table`


class WhooshIndex(FolderIndex):
    """An index in a folder. One object may be used by several threads."""

    engine = whoosh_files.ENGINE

    def __init__(self, folder: Path, after: int = 0) -> None:
        super().__init__(folder, after)
        self._open: dict[str, Reading] = {}

    def _latest(self) -> int:
        return whoosh_files.latest(self._folder)

    def _create(self) -> None:
        whoosh_files.create(self._folder, self._after)

    def _write(self) -> None:
        writer = Writer(self._folder)
        try:
            for number in self._replaced(writer):
                writer.delete_document(number)
            for document in self._pending.values():
                if document is not None:
                    analysed = analyse(document)
                    facts = facts_of(document, analysed.lines)
                    writer.add(analysed.words, facts, (analysed.starts, analysed.pages))
            writer.commit(mergetype=whoosh_files.merge)
        except BaseException:
            writer.give_up()
            raise

    def _replaced(self, writer: Writer) -> Iterator[int]:
        """Whoosh's numbers of the documents that are to go."""
        base = 0
        for segment in writer.segments:
            reading = self._open[segment.segment_id()]
            for document_id in self._pending:
                number = reading.number_of(document_id)
                if number is not None:
                    yield base + number
            base += segment.doc_count_all()

    def search(self, query: Query, units: frozenset[str] | None = None) -> Page:
        """Search; the index as the last commit of any process left it."""
        with self._turns.turn(), self._lock, guarded():
            self._refresh()
            return answer(tuple(self._open.values()), query, units, self._generation)

    def documents(self) -> Iterator[str]:
        """The ids of all documents."""
        with self._lock, guarded():
            self._refresh()
            ids = [each for reading in self._open.values() for each in reading.ids()]
        return iter(ids)

    def _show(self, generation: int) -> None:
        """Open a generation, keeping what is open of it already. Each segment is checked against its seal when it is
        first opened, so that torn files never answer."""
        if generation < 0:
            raise IndexDamaged(_("there is no index"))
        seen = (self._folder.stat().st_ino, generation)
        if seen == self._seen and all(reading.untouched() for reading in self._open.values()):
            return
        sealed = seal.read(self._folder, generation)
        if not sealed.current:
            raise IndexDamaged(_("it was written by another version"))
        if seen == self._seen or self._seen is None or self._seen[0] != seen[0]:
            self._let_go()
        self._verify(whoosh_files.toc_name(generation), sealed)
        toc = whoosh_files.read_toc(self._folder, generation)
        for segment in toc.segments:
            self._take(segment, toc.schema, sealed)
        for gone in self._open.keys() - {segment.segment_id() for segment in toc.segments}:
            self._open.pop(gone).close()
        self._seen = seen

    def _take(self, segment: object, schema: object, sealed: seal.Seal) -> None:
        name, file = segment.segment_id(), segment.make_filename(".seg")  # type: ignore[attr-defined]
        if name in self._open:
            self._open[name].see_deleted(segment)
            return
        self._verify(file, sealed)
        self._open[name] = Reading(self._folder, schema, segment)

    def _verify(self, file: str, sealed: seal.Seal) -> None:
        if seal.broken(self._folder, file, sealed.files[file]):
            raise IndexDamaged(_("{name} is not as it was written").format(name=file))

    def _check(self) -> State:
        generation = self._latest()
        if generation < 0:
            return "missing" if self._is_missing() else self._of_another_engine()
        sealed = seal.read(self._folder, generation)
        if not sealed.current:
            return "schema-old"
        if any(seal.broken(self._folder, name, file) for name, file in sealed.files.items()):
            return "damaged"
        self._let_go()
        self._refresh()
        return "ok"

    def _of_another_engine(self) -> State:
        sealed = seal.read(self._folder, max(seal.generations(self._folder)))
        return "damaged" if sealed.engine == self.engine else "schema-old"

    def stats(self) -> dict[str, int | str]:
        """Numbers for people."""
        with self._lock, guarded():
            self._refresh()
            return {
                "engine": self.engine,
                "documents": sum(len(reading.everything()) for reading in self._open.values()),
                "segments": len(self._open),
                "generation": self._generation,
                "bytes": self._bytes(),
            }

    def _let_go(self) -> None:
        while self._open:
            self._open.popitem()[1].close()
        self._seen = None


def open_index(folder: Path, after: int = 0) -> WhooshIndex:
    """Open the index in a folder (see `archive.search.table`)."""
    return WhooshIndex(folder, after)
