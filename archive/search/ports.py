"""What a search engine must do for the archive, and the plain data that goes in and out.

The index is derived: it may be thrown away at any time and never decides who may see what. Whoever searches says which
units may be seen; the engine applies that before anything is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

from archive.errors import IntegrityFailure
from archive.i18n import gettext as _
from archive.search.query import Query

State = Literal["ok", "damaged", "schema-old", "missing"]


class IndexDamaged(IntegrityFailure):
    """The index cannot be read or trusted. Answer from the catalogue and rebuild."""

    code = "index-damaged"

    def __init__(self, why: str = "") -> None:
        message = _("The search index is damaged.")
        super().__init__(f"{message} ({why})" if why else message, _("Run `hoso index rebuild`; no document is lost."))


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document as search knows it. `kind` is the kind's id, `number` digits without leading zeros, `code` the whole
    number ("58-BC/ĐU"), `year` the year it reports on, `pages` its texts, `source` where they came from and
    `confidence` (0..1; None = sure) how surely. `version_of` is the id of the first version of it."""

    id: str
    unit: str | None
    kind: str | None
    name: str
    title: str | None
    number: str | None
    code: str | None
    year: int | None
    issued_on: date | None
    filed_at: datetime
    pages: tuple[str, ...]
    source: str
    confidence: float | None = None
    version_of: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found. `page` (from 1; None when it has no text) is the page of the best match, `snippet` about 200
    characters of it as written, `spans` the places (start, end) of matched words in the snippet. `matched` is "exact"
    when every word stands there as typed. Scores rank the hits of one answer only; `explain` says in words, where the
    query asks for it, why the document ranks where it does. `versions` are the ids of older versions and
    near-duplicates that match as well and are folded under this one, the newest first. `issued_on` is an ISO date."""

    document: str
    unit: str | None
    kind: str | None
    name: str
    title: str | None
    page: int | None
    score: float
    snippet: str
    spans: tuple[tuple[int, int], ...]
    matched: Literal["exact", "folded"]
    source: str
    number: str | None = None
    code: str | None = None
    issued_on: str | None = None
    year: int | None = None
    confidence: float | None = None
    versions: tuple[str, ...] = ()
    explain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an answer. `total` and `facets` (unit, kind and year, each value with its count) are of all documents
    that match, those folded under others as well: over all pages, each hit and its `versions` make up the total. `next`
    is the key to ask for the following page with; None on the last one. `corrected` is the text that was searched where
    Telex keys had been typed with the keyboard off, `understood` what was used of a malformed query, `suggestions` what
    may have been meant where nothing was found."""

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    took_ms: float = 0.0
    corrected: str | None = None
    generation: int = 0
    next: str | None = None
    understood: str | None = None
    suggestions: tuple[str, ...] = ()


class Index(Protocol):
    """An open index. Every method but `check` and `close` raises IndexDamaged, and only that, where the index cannot be
    read; a full disk stays an OSError, a second writer is `archive.errors.Locked`."""

    def upsert(self, documents: Iterable[IndexedDocument]) -> None:
        """Add documents or replace those of the same ids; nothing is seen before `commit`."""

    def delete(self, ids: Iterable[str]) -> None:
        """Take documents out; nothing is seen before `commit`. Unknown ids are no matter."""

    def commit(self) -> int:
        """Write what was upserted and deleted durably; the generation, which grows with every change."""

    def search(self, query: Query, units: frozenset[str] | None = None) -> Page:
        """Search the documents of these units only; None = of all units."""

    def look(self) -> None:
        """See what any process committed last, which a search does by itself."""

    def documents(self) -> Iterator[str]:
        """The ids of all documents in the index."""

    def check(self) -> State:
        """Read everything: "ok", "damaged", "schema-old" (written by another version: rebuild) or "missing"."""

    def stats(self) -> dict[str, int | str]:
        """`documents`, `engine`, `bytes`, `generation`, `segments`."""

    def close(self) -> None:
        """Let go of files; what was not committed is lost."""
