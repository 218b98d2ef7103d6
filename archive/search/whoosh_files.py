"""How the archive's index is laid out in Whoosh 2.7.4: schema, writer, merging, and the reading of segments.

Of Whoosh we use what it stores: segments, postings, columns and commits. Its analysis, queries and scores are left
aside (see `ranking` for why): a word's places come packed from `postings`, and queries are evaluated in `matching`.
"""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any as Whatever

from archive.search import seal
from archive.search.facts import Facts

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)  # eight invalid escapes when Whoosh is compiled
    from whoosh import columns, fields, formats
    from whoosh.codec.whoosh3 import W3Codec
    from whoosh.filedb.filestore import FileStorage
    from whoosh.index import TOC, FileIndex, clean_files
    from whoosh.reading import SegmentReader, TermNotFound
    from whoosh.writing import PostingPool, SegmentWriter

ENGINE = "whoosh"
NAME = "MAIN"
_FEW = 8  # segments of like size that may stand beside each other
_FULL = 3 << 20  # bytes of a segment that is not merged any more
_MOST = 6 << 20  # bytes that one commit writes anew: some two seconds, and nothing is taken in meanwhile
_POOL = 500_000  # postings sorted in memory, some 150 MB


class Packed(fields.FieldType):  # type: ignore[misc]
    """A field whose words come with their packed places, already analysed."""

    def __init__(self) -> None:
        super().__init__(formats.Positions(), None)

    def index(self, value: Mapping[str, bytes], **_: Whatever) -> Iterator[tuple[bytes, int, float, bytes]]:
        """The postings of one document, as Whoosh asks for them."""
        return ((word.encode(), 1, 1.0, places) for word, places in value.items())


def new_schema() -> Whatever:
    """`words` for search, `facts` a column read for every hit, `text` read only for what is shown."""
    return fields.Schema(
        id=fields.ID(unique=True),
        words=Packed(),
        facts=fields.COLUMN(columns.VarBytesColumn()),
        text=fields.STORED(),
    )


def create(folder: Path, generation: int) -> None:
    """Start an empty index that counts its generations from `generation`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds the texts of papers
    TOC(new_schema(), [], generation).write(FileStorage(str(folder)), NAME)
    name = toc_name(generation)
    seal.keep(folder / name)
    seal.write(folder, seal.sealed(generation, {name: seal.of_file(folder / name)}, ENGINE))


def latest(folder: Path) -> int:
    """The generation that is current; -1 where there is no index."""
    return int(TOC._latest_generation(FileStorage(str(folder)), NAME))


def toc_name(generation: int) -> str:
    """The file of a generation's table of contents."""
    return str(TOC._filename(NAME, generation))


def read_toc(folder: Path, generation: int) -> Whatever:
    """The table of contents of a generation: a pickle, so only ever from the home's own index folder."""
    return TOC.read(FileStorage(str(folder)), NAME, gen=generation)


class _Pool(PostingPool):  # type: ignore[misc]
    """Whoosh's pool without its reckoning of bytes for every posting, which costs more than the sorting."""

    def add(self, item: Whatever) -> None:
        self.current.append(item)
        if len(self.current) >= _POOL:
            self.save()


class Writer(SegmentWriter):  # type: ignore[misc]
    """A writer that seals and syncs what it writes before the new generation becomes the current one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        codec = W3Codec(blocklimit=2048)
        codec.length_stats = False  # Whoosh's scores need lengths, ours have their own
        super().__init__(FileIndex(FileStorage(str(folder))), codec=codec)
        self.pool = _Pool(self._tempstorage, self.newsegment)

    def add(self, words: Mapping[str, bytes], facts: Facts, text: tuple[Sequence[int], Sequence[str]]) -> None:
        """Add an analysed document."""
        self.add_document(id=facts.id, words=words, facts=facts.pack(), text=text)

    def _commit_toc(self, segments: Sequence[Whatever]) -> None:
        toc = TOC(self.schema, segments, self.generation)
        toc_file = toc_name(self.generation)
        staged = Path(self._tempstorage.folder) / toc_file
        staged.unlink(missing_ok=True)  # of a killed writer
        toc.write(self._tempstorage, NAME)
        seal.keep(staged)
        files = {toc_file: seal.of_file(staged)}
        old = seal.read(self.folder, self.generation - 1).files
        for segment in segments:
            name = segment.make_filename(".seg")
            if name not in old:
                seal.keep(self.folder / name)
            files[name] = old.get(name) or seal.of_file(self.folder / name)
        seal.write(self.folder, seal.sealed(self.generation, files, ENGINE))
        staged.rename(self.folder / toc_file)
        seal.sync(self.folder)
        clean_files(self.storage, NAME, self.generation, segments)
        seal.drop_others(self.folder, self.generation)

    def give_up(self) -> None:
        """Leave the index as it was and unlock it, whatever state the writer is in."""
        try:
            self.cancel()
        finally:
            if self.writelock is not None and self.writelock.fd is not None:
                self.writelock.release()


def merge(writer: Writer, segments: Sequence[Whatever]) -> list[Whatever]:
    """Whoosh's question at each commit: which segments to write anew. Segments of like size (by powers of _FEW) are
    merged when there are _FEW of them, so that each document is rewritten a few times in all and most commits rewrite
    next to nothing; one that is mostly deleted is rewritten, one that is wholly deleted dropped. What would be more
    than _MOST together waits for the next commit."""
    sizes = {
        segment: (writer.folder / segment.make_filename(".seg")).stat().st_size
        for segment in segments
        if segment.doc_count_all() > segment.deleted_count()
    }
    left = _MOST
    rewritten: list[Whatever] = []
    for segment in _wanted(sizes):
        if sizes[segment] <= left or not rewritten:
            left -= sizes[segment]
            rewritten.append(segment)
    for segment in rewritten:
        _rewrite(writer, segment)
    return [segment for segment in sizes if segment not in rewritten]


def _wanted(sizes: Mapping[Whatever, int]) -> Iterator[Whatever]:
    """The segments to write anew, small ones first."""
    alike: dict[int, list[Whatever]] = {}
    for segment in sorted(sizes, key=lambda each: (sizes[each], each.segment_id())):
        if 2 * segment.deleted_count() > segment.doc_count_all():
            yield segment
        elif sizes[segment] < _FULL:
            alike.setdefault(_size_class(sizes[segment]), []).append(segment)
    for group in alike.values():
        if len(group) >= _FEW or sum(sizes[each] for each in group) >= _MOST:
            yield from group


def _size_class(size: int) -> int:
    """The power of _FEW that a size in bytes belongs to; a paper of one page makes some ten thousand bytes."""
    rank = 0
    while size >= _FEW << 13:
        size //= _FEW
        rank += 1
    return rank


def _rewrite(writer: Writer, segment: Whatever) -> None:
    reader = SegmentReader(writer.storage, writer.schema, segment)
    try:
        writer.add_reader(reader)
    finally:
        reader.close()


class Reading:
    """One segment, open for reading: `archive.search.matching.Segment` over Whoosh's files."""

    def __init__(self, folder: Path, schema: Whatever, segment: Whatever) -> None:
        self._reader = SegmentReader(FileStorage(str(folder)), schema, segment)
        self._facts = self._reader.column_reader("facts", translate=False)
        self._known: dict[int, Facts] = {}
        self._file = folder / segment.make_filename(".seg")
        self._stamp = seal.stamp(self._file)
        self._count = segment.doc_count_all()
        self.see_deleted(segment)

    def see_deleted(self, segment: Whatever) -> None:
        """Take over what a later generation says is deleted; all else of a segment never changes."""
        self._deleted = frozenset(segment.deleted_docs())

    def untouched(self) -> bool:
        """Whether the file is still as it was opened. Whoosh maps it into memory, and reading past the end of a file
        that was cut short would kill the process."""
        return seal.stamp(self._file) == self._stamp

    def everything(self) -> Collection[int]:
        """All documents."""
        return set(range(self._count)) - self._deleted

    def places(self, fold: str) -> Mapping[int, bytes]:
        """The documents that have a folded word, each with its packed places."""
        found = self._postings("words", fold.encode())
        if self._deleted:
            return {document: value for document, value in found.items() if document not in self._deleted}
        return found

    def _postings(self, field: str, text: bytes) -> dict[int, bytes]:
        try:
            matcher = self._reader._terms.matcher(field, text, self._reader.schema[field].format)
        except TermNotFound:
            return {}
        found: dict[int, bytes] = {}
        while matcher.is_active():  # whole blocks: Whoosh's own next() costs more than all the rest of a search
            matcher._read_ids()
            matcher._read_values()
            found.update(zip(matcher._ids, matcher._values, strict=True))
            matcher._next_block()
        return found

    def number_of(self, document_id: str) -> int | None:
        """The number of a document that is not deleted."""
        try:
            matcher = self._reader._terms.matcher("id", document_id.encode(), self._reader.schema["id"].format)
        except TermNotFound:
            return None
        number = int(matcher.id())
        return None if number in self._deleted else number

    def beginning(self, stem: str) -> Iterable[str]:
        """The folded words that begin so."""
        prefix = stem.encode()
        for field, word in self._reader._terms.terms_from("words", prefix):
            if field != "words" or not word.startswith(prefix):
                return
            yield word.decode()

    def facts(self, document: int) -> Facts:
        """What is known of a document; remembered, for most searches ask about many."""
        if document not in self._known:
            self._known[document] = self._unpacked(document)
        return self._known[document]

    def ids(self) -> list[str]:
        """The ids of all documents."""
        return [self._unpacked(document).id for document in self.everything()]

    def _unpacked(self, document: int) -> Facts:
        return Facts.unpack(bytes(self._facts[document]))

    def text(self, document: int) -> tuple[Sequence[int], Sequence[str]]:
        """The position at which each page begins, and the texts of the pages."""
        starts, pages = self._reader.stored_fields(document)["text"]
        return starts, pages

    def close(self) -> None:
        """Let go of the files."""
        self._reader.close()
