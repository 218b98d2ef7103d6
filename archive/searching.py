"""Searching one archive: the index finds, the catalogue decides what may be shown."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from archive import catalogue
from archive.config import Config
from archive.errors import HosoError, in_words
from archive.i18n import gettext as _
from archive.records import Campaign, KnownDocument, plain
from archive.search.fallback import search_catalogue
from archive.search.ports import Index, IndexDamaged, IndexedDocument, Page
from archive.search.query import Query, parse
from archive.search.table import open_index, rebuild

REBUILD_BATCH = 16  # documents whose texts are in memory together


def is_searchable(known: KnownDocument) -> bool:
    """A paper marked secret and a paper in nobody's folder are found by nobody."""
    return not known.secret and known.document.unit is not None


def indexable(documents: Sequence[KnownDocument]) -> list[IndexedDocument]:
    """What the index is told of documents; those that nobody may find are left out."""
    wanted = [known for known in documents if is_searchable(known)]
    pages = catalogue.pages_of([known.document.sha256 for known in wanted])
    return [_indexed(known, pages.get(known.document.sha256, ())) for known in wanted]


def _indexed(known: KnownDocument, pages: tuple[str, ...]) -> IndexedDocument:
    facts = known.recognition.facts if known.recognition else None
    issued = facts.issued_on.value if facts and facts.issued_on else None
    return IndexedDocument(
        id=known.document.id,
        unit=known.document.unit or "",
        kind=known.kind,
        name=known.document.name,
        title=facts.title.value if facts and facts.title else None,
        number=facts.number.value if facts and facts.number else None,
        code=facts.code.value if facts and facts.code else None,
        year=known.year,
        issued_on=date.fromisoformat(issued) if issued else None,
        filed_at=known.document.filed_at,
        pages=pages,
        source=known.source.value,
    )


class Searcher:
    """Answers queries of one process; the index is opened once. A damaged index never fails a search: the answer then
    comes from the catalogue, slower and unranked, and says so in `degraded`."""

    def __init__(self, config: Config, campaign: Campaign) -> None:
        self.config = config
        self.units = frozenset(unit.id for unit in campaign.units)
        self._index: Index | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._index is not None:
            self._index.close()

    def find(self, query: str, **options: Any) -> dict[str, Any]:
        """One answer as contract.md shapes it. Options: unit, kind, year, from_, to, sort, limit, offset."""
        started = time.perf_counter()
        parsed = parse(query, **options)
        degraded = False
        try:
            if self._index is None:
                self._index = open_index(self.config.index, self.config.engine)
            page = self._index.search(parsed, self.units)
        except IndexDamaged:
            degraded = True
            page = _from_catalogue(parsed, self.units)
        return _answer(query, page, degraded, round((time.perf_counter() - started) * 1000, 1))


def _from_catalogue(query: Query, units: frozenset[str]) -> Page:
    """Answer without an index."""
    return search_catalogue(query, _in_batches(catalogue.recognised_documents(units)), units)


def _in_batches(known: Iterable[KnownDocument]) -> Iterator[IndexedDocument]:
    source = iter(known)
    while some := list(islice(source, REBUILD_BATCH)):
        yield from indexable(some)


def _answer(query: str, page: Page, degraded: bool, took_ms: float) -> dict[str, Any]:
    """The hits that the catalogue still holds for the same unit: the index never decides what may be seen."""
    held = catalogue.findable([hit.document for hit in page.hits])
    hits = [
        {**plain(hit), "confidence": held[hit.document].confidence}
        for hit in page.hits
        if hit.document in held and held[hit.document].document.unit == hit.unit
    ]
    return {
        "query": query,
        "total": page.total,
        "took_ms": took_ms,
        "hits": hits,
        "facets": plain(page.facets),
        "corrected": page.corrected,
        "degraded": degraded,
    }


def batch_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The queries of a JSON Lines file, as options of `Searcher.find`. Raises HosoError naming the line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # JSON may hold what else splitlines() cuts at
    except (OSError, UnicodeDecodeError) as error:
        raise HosoError(_("{path} cannot be read: {error}").format(path=path, error=in_words(error))) from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _batch_line(line, f"{path}:{number}")


def _batch_line(line: str, where: str) -> dict[str, Any]:
    allowed = {"query", "unit", "kind", "year", "from", "to", "sort", "limit", "offset"}
    try:
        data = json.loads(line)
        if not isinstance(data, dict) or not isinstance(data.get("query"), str):
            raise ValueError(_("an object with 'query' is wanted"))
        if unknown := data.keys() - allowed:
            raise ValueError(_("unknown: {keys}").format(keys=", ".join(sorted(unknown))))
        options = {key: value for key, value in data.items() if value is not None and key not in ("from", "to")}
        for key, name in (("from", "from_"), ("to", "to")):
            if data.get(key):
                options[name] = date.fromisoformat(str(data[key]))
        if wrong := [key for key in ("unit", "kind") if not isinstance(options.get(key, ""), str)]:
            raise ValueError(_("not text: {keys}").format(keys=", ".join(wrong)))
    except ValueError as error:
        raise HosoError(f"{where}: {error}", _("Each line is one JSON object, such as {example}").format(
            example='{"query": "báo cáo", "limit": 10}'
        )) from error  # fmt: skip
    return options


def rebuild_index(config: Config) -> dict[str, Any]:
    """Make the index again beside the old one and swap; data of `hoso index rebuild`."""
    started = time.perf_counter()
    known = list(catalogue.recognised_documents())
    rebuild(config.index, _in_batches(known), config.engine)
    catalogue.forget_index()
    catalogue.mark_indexed(known)
    return {**index_stats(config), "seconds": round(time.perf_counter() - started, 2)}


def index_stats(config: Config) -> dict[str, Any]:
    """Numbers of the index. Raises HosoError when it is damaged."""
    try:
        index = open_index(config.index, config.engine)
        try:
            return {"seconds": 0.0, **plain(index.stats())}
        finally:
            index.close()
    except IndexDamaged as error:
        raise HosoError(
            _("the search index is damaged: {error}").format(error=error), _("Make it again with: hoso index rebuild")
        ) from error
