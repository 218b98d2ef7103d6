"""How the archive's index is laid out with tantivy 0.27: schema, documents, and generations on disk.

Every generation is a folder of its own, sealed and synced before the next one counts; files that did not change are
links to those of the generation before. So a writer may be killed at any moment: what it left half done is a folder
without a seal. tantivy's own commit could not give that: it removes old files as soon as it has written new ones.

`words` holds each word of a document twice, one behind the other: as spelled, with a "=" in front, and folded. Thus
one phrase may ask for some words as spelled and for others in any spelling.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Any as Whatever

from archive.errors import DependencyMissing
from archive.i18n import gettext as _
from archive.search import seal
from archive.search.analysis import FOLDED, clean, keys
from archive.search.facts import Facts, facts_of
from archive.search.ports import IndexedDocument
from archive.search.postings import STEPS, head, page_starts, weight
from archive.search.remembering import Remembered

try:
    import tantivy
except ImportError as error:
    raise DependencyMissing(
        _("The search engine tantivy is not installed."), _("Install it with: pip install hoso[tantivy]")
    ) from error

SPELLED = "="  # in front of a word as spelled
START = "^"  # in front of the words of a document's number

_GAP = "|"  # takes up a place between zones and is no word
_APART = " ".join([_GAP] * 160)
_HEAP = 64 << 20  # bytes of postings in memory
CLASSES = 256  # scores that stay apart though each is made greater by recency
_YEAR_2000 = 946_684_800.0
_CENTURY = 100 * 365.25 * 86400

_KIN = 11  # letters of a key of kin that are indexed
_REWRITTEN = 500  # documents that one commit takes over from segments that are mostly deleted
_LOCKS = (".tantivy-writer.lock", ".tantivy-meta.lock")

Address = Whatever  # tantivy.DocAddress


def _written(key: str) -> str:
    """Both halves of a word as indexed. Figures have one spelling: their first half stays empty."""
    return f"{_GAP} {key}" if key.isdecimal() else f"{SPELLED}{key} {FOLDED[key]}"


WRITTEN = Remembered(_written)


def schema() -> Whatever:
    """The fields of a document; see `_document`."""
    builder = tantivy.SchemaBuilder()
    for name in ("words", "title", "code"):
        builder.add_text_field(name, tokenizer_name="gaps", index_option="position")
    builder.add_text_field("often", tokenizer_name="whitespace", index_option="basic")
    for name in ("id", "kin"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("unit", "kind"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("year", "issued"):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in ("filed", "day"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_float_field("recency", fast=True)
    builder.add_bytes_field("paper", stored=True)
    return builder.build()


SCHEMA = schema()


def _open(folder: Path) -> Whatever:
    index = tantivy.Index.open(str(folder))
    index.config_reader("manual", 0)  # else a thread watches each folder
    return index


def searcher(folder: Path) -> Whatever:
    """All that a generation's folder holds."""
    return _open(folder).searcher()


def ids(found: Whatever) -> list[str]:
    """The ids of all documents."""
    return [term for term, count in found.terms_with_prefix("id", "", tantivy.Query.all_query()) if count]


# --- documents -------------------------------------------------------------------------------------------------------


def document(paper: IndexedDocument) -> Whatever:
    """A paper as tantivy takes it."""
    pages = tuple(clean(page) for page in paper.pages)
    lines = [keys(page) for page in pages]
    return _document(facts_of(paper, lines), pages, lines)


def stored(found: Whatever) -> tuple[Facts, tuple[Sequence[int], Sequence[str]]]:
    """Facts and text of a document: the position at which each page begins, and the pages."""
    facts, starts, pages = json.loads(zlib.decompress(found.get_first("paper")))
    return Facts.unpack(facts), (starts, pages)


def _document(facts: Facts, pages: Sequence[str], lines: Sequence[Sequence[str]]) -> Whatever:
    zones = [*head(facts.title, facts.name, facts.code), [key for line in lines for key in line]]
    fields: dict[str, Whatever] = {
        "id": facts.id,
        "words": f" {_APART} ".join(_line(zone) for zone in zones),
        "title": _line(zones[0]),
        "code": " ".join((START, *(FOLDED[key] for key in zones[2]))),
        "often": _often(zones, facts.length),
        "filed": filed_key(facts.filed),
        "day": day_key(date.fromisoformat(facts.day).toordinal(), facts.filed),
        "recency": _recency(facts.filed),
        "kin": kin_keys(facts),
        "paper": _packed(facts, page_starts(lines), pages),
    }
    known = {"unit": facts.unit, "kind": facts.kind, "year": facts.year, "issued": issued_key(facts.issued_on)}
    fields |= {name: value for name, value in known.items() if value is not None}
    return tantivy.Document.from_dict(fields, SCHEMA)


def _packed(facts: Facts, starts: Sequence[int], pages: Sequence[str]) -> bytes:
    """What is stored, packed by us: tantivy's own way makes it half as large again."""
    return zlib.compress(json.dumps([facts.pack().decode(), starts, pages], ensure_ascii=False).encode())


def _line(words: Iterable[str]) -> str:
    return " ".join([WRITTEN[key] for key in words])


def _often(zones: Iterable[Sequence[str]], length: int) -> str:
    """The words of weight, each once for every step that it reaches, with the step in front."""
    times = Counter(map(FOLDED.__getitem__, chain.from_iterable(zones)))
    least = 0.5 + length / max(STEPS)
    weights = {word: weight(count, length) for word, count in times.items() if count >= least}
    return " ".join(f"{step}{word}" for word, reached in weights.items() for step in range(1, reached + 1))


def _recency(filed: float) -> float:
    """What makes a score greater by less than one part in CLASSES, and the more the later a document was filed (of the
    century from 2000 on): tantivy multiplies scores by log2(2 + this)."""
    share = min(0.98, max(0.0, (filed - _YEAR_2000) / _CENTURY))
    return float(2 ** (1 + share / CLASSES) - 2)


def kin_keys(facts: Facts) -> list[str]:
    """By what the papers that may be the same as one are found; a few others may share a key that is cut short."""
    return [key[:_KIN] for key in facts.kin]


def filed_key(filed: float) -> int:
    """Seconds since 1970 as a number of microseconds."""
    return max(0, round(filed * 1_000_000))


def day_key(day: int, filed: float) -> int:
    """Sorts by day (ordinal), then by time of filing to a millisecond."""
    return day << 42 | max(0, int(filed * 1000))


def issued_key(day: str | None) -> int | None:
    """A day (ISO) as a number that sorts."""
    return int(day.replace("-", "")) if day else None


# --- generations on disk ---------------------------------------------------------------------------------------------


def latest(folder: Path) -> int:
    """The generation that is current; -1 where there is none."""
    return max(seal.generations(folder), default=-1)


def place(folder: Path, generation: int) -> Path:
    """Where a generation lies."""
    return folder / f"gen_{generation}"


def create(folder: Path, generation: int) -> None:
    """Start an empty index that counts its generations from `generation`."""
    target = _fresh(folder, generation)
    index = tantivy.Index(SCHEMA, str(target))
    index.config_reader("manual", 0)
    _seal(folder, generation, {})


def write(folder: Path, old: int, changes: Mapping[str, IndexedDocument | None]) -> int:
    """Make the next generation, in which these documents are as given, or gone where None; its number."""
    sealed = seal.read(folder, old).files
    target = _fresh(folder, old + 1)
    for name in sealed:
        _link(folder / name, target / Path(name).name)
    index = _open(target)
    _register(index)
    writer = index.writer(_HEAP, 1)
    moved = {facts.id: (facts, pages) for facts, (_, pages) in _crowded(target, index) if facts.id not in changes}
    for each in (*moved, *changes):
        writer.delete_documents_by_term("id", each)
    for facts, pages in moved.values():
        writer.add_document(_document(facts, pages, [keys(page) for page in pages]))
    for paper in changes.values():
        if paper is not None:
            writer.add_document(document(paper))
    writer.commit()
    writer.wait_merging_threads()
    _seal(folder, old + 1, {Path(name).name: file for name, file in sealed.items()})
    return old + 1


def _crowded(folder: Path, index: Whatever) -> Iterator[tuple[Facts, tuple[Sequence[int], Sequence[str]]]]:
    """Some documents out of segments that are mostly deleted: tantivy drops a segment only when all of it is, and
    merges large ones never."""
    segments = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["segments"]
    crowded = {
        at for at, each in enumerate(segments) if 2 * (each["deletes"] or _NONE)["num_deleted_docs"] > each["max_doc"]
    }
    if crowded:
        found = index.searcher()
        alive = found.search(tantivy.Query.all_query(), max(1, found.num_docs), False).hits
        for address in islice((address for _, address in alive if address.segment_ord in crowded), _REWRITTEN):
            yield stored(found.doc(address))


_NONE = {"num_deleted_docs": 0}


def _register(index: Whatever) -> None:
    analyser = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    index.register_tokenizer("gaps", analyser.filter(tantivy.Filter.custom_stopword([_GAP])).build())


def _fresh(folder: Path, generation: int) -> Path:
    target = place(folder, generation)
    shutil.rmtree(target, ignore_errors=True)  # of a killed writer
    target.mkdir(mode=0o700, parents=True)
    return target


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # some network drives have no links
        shutil.copy2(source, target)


def _seal(folder: Path, generation: int, known: Mapping[str, seal.FileSeal]) -> None:
    """Make a generation durable and the current one, and remove what it no longer needs."""
    target = place(folder, generation)
    files = {}
    for path in sorted(target.iterdir()):
        if path.name in _LOCKS:
            path.unlink()
            continue
        if path.name not in known or path.name.endswith(".json"):  # all other files are written once
            seal.keep(path)
            files[f"{target.name}/{path.name}"] = seal.of_file(path)
        else:
            files[f"{target.name}/{path.name}"] = known[path.name]
    seal.sync(target)
    seal.write(folder, seal.sealed(generation, files, "tantivy"))
    clean_up(folder, generation)


def clean_up(folder: Path, generation: int) -> None:
    """Remove what belongs to other generations."""
    seal.drop_others(folder, generation)
    for each in folder.glob("gen_*"):
        if each != place(folder, generation):
            shutil.rmtree(each, ignore_errors=True)
