"""The search engines hoso knows, and how an index is opened and rebuilt whatever the engine.

To add one: a module and one line in ENGINES. The module has `open_index(folder, after=0)`, whose objects keep the
promises of `archive.search.ports.Index`; `after` is the generation that a new index counts on from; and `BATCH`, the
characters of text between two commits of a rebuild, which bound its memory. Whatever the engine,
`archive.search.seal` says which generation is the current one, and by which engine it was written.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import cast

from archive.errors import BadConfiguration
from archive.i18n import gettext as _
from archive.search import seal
from archive.search.ports import Index, IndexedDocument
from archive.search.swap import exclusive, fresh_beside, take_place

# Imported when opened: an engine's library costs more to import than most commands take.
ENGINES = {
    "whoosh": "archive.search.whoosh_index",
    "tantivy": "archive.search.tantivy_index",
}


def open_index(path: Path, engine: str = "whoosh", after: int = 0) -> Index:
    """Open the index in a folder, which need not exist before the first commit."""
    return cast(Index, _module(engine).open_index(path, after))


def _module(engine: str) -> ModuleType:
    if engine not in ENGINES:
        raise BadConfiguration(
            _("There is no search engine {name}.").format(name=engine),
            _("Known engines: {names}.").format(names=", ".join(sorted(ENGINES))),
        )
    return importlib.import_module(ENGINES[engine])


def rebuild(path: Path, documents: Iterable[IndexedDocument], engine: str = "whoosh") -> int:
    """Build the index anew from all documents beside the old one, which answers meanwhile, then swap; the generation.
    Nothing of the old index is read but its generation, so it may be damaged or of another version."""
    with exclusive(path):
        fresh = open_index(fresh_beside(path), engine, after=latest(path))
        try:
            generation = fresh.commit()
            for batch in _batches(documents, _module(engine).BATCH):
                fresh.upsert(batch)
                generation = fresh.commit()
        finally:
            fresh.close()
        take_place(path)
    return generation


def latest(path: Path) -> int:
    """The generation of an index of whichever engine: every one seals its generations."""
    return max(seal.generations(path), default=0)


def _batches(documents: Iterable[IndexedDocument], most: int) -> Iterator[list[IndexedDocument]]:
    batch: list[IndexedDocument] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += sum(len(page) for page in document.pages) + 500
        if size >= most:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
