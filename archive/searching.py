"""Searching one archive: the index finds, the catalogue decides what may be shown.

Whoever asks names the units that may be seen. That is one predicate (`archive.search.sight`), applied by the engine
before anything is counted, and over the catalogue before anything is shown; should the two ever differ, the search is
made again without the documents in question, so that counts and facets tell nothing either.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Self

from archive import catalogue
from archive.config import Config
from archive.errors import DependencyMissing, HosoError, NotFound, in_words
from archive.i18n import gettext as _
from archive.records import KnownDocument, Source, plain
from archive.search.analysis import tokens
from archive.search.fallback import search_catalogue
from archive.search.naming import name_kinds, name_units, tells_kind, unknown_kinds, unknown_units
from archive.search.paging import BadKey
from archive.search.ports import Hit, Index, IndexDamaged, IndexedDocument, Page
from archive.search.query import BadFilter, Query, parse
from archive.search.sight import may_see
from archive.search.table import open_index, rebuild

_ASKED = ("explain", "all_versions")  # options of a batch that are true or false
_TYPED = ("unit", "kind", "from", "to", "after")  # those that are text
_ATTEMPTS = 4  # at an answer that the catalogue agrees with
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
        confidence=known.confidence,
        version_of=known.document.version_of,
    )


class Searcher:
    """Answers searches; for web pages and for commands. Opened once, held as long as the process lives, used by several
    threads: it sees every commit, a rebuilt index and a new campaign. An index that is damaged or may not be read, or
    whose engine is not installed, never fails a search: the answer then comes from the catalogue, slower, and says so
    in `degraded`."""

    def __init__(self, config: Config, titles: Callable[[], Mapping[str, str]] = dict) -> None:
        """`titles` are those of the kinds by id, for searches that tell a kind."""
        self.config = config
        self._titles = titles
        self._index: Index | None = None
        self._opening = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index; the next search opens it again."""
        with self._opening:
            if self._index is not None:
                self._index.close()
                self._index = None

    def find(self, query: str, *, units: frozenset[str] | None = None, **options: Any) -> dict[str, Any]:
        """One answer as contract.md shapes it, of what somebody may see who may see these units; None = those of the
        whole campaign. Options are those of `archive.search.query.parse`."""
        started = time.perf_counter()
        names = _seen(units)
        parsed = self._parsed(query, names, options)
        return _answer(query, self._checked(parsed, frozenset(names)), started)

    def unknown(
        self, query: str, *, units: frozenset[str] | None = None, **options: Any
    ) -> tuple[list[str], list[str]]:
        """What a search tells for units, and for kinds, that nothing is called: such a slip looks like an answer."""
        names = _seen(units)
        parsed = self._parsed(query, names, options)
        return unknown_units(parsed, names), unknown_kinds(parsed, self._titles()) if tells_kind(parsed) else []

    def _parsed(self, text: str, names: Mapping[str, str], options: Mapping[str, Any]) -> Query:
        """A query with the names of units and kinds in it understood."""

        def naming(query: Query) -> Query:
            query = name_units(query, names)
            return name_kinds(query, self._titles()) if tells_kind(query) else query

        return naming(replace(parse(text, **options), naming=naming))

    def similar(self, document: str, *, units: frozenset[str] | None = None, **options: Any) -> dict[str, Any]:
        """The documents with all words of the title of one (or of its name), whatever the year, but for itself. Raises
        NotFound."""
        started = time.perf_counter()
        names = _seen(units)
        known = self.document(document, units=units)
        title = known.recognition.facts.title if known.recognition else None
        found = tokens(title.value if title else Path(known.document.name).stem)
        words = " ".join(token.exact for token in found if token.fold.isalpha())
        parsed = self._parsed(words, names, options)
        parsed = replace(parsed, without=frozenset({known.document.id}))
        seen = frozenset(names) if words else frozenset()  # without words all papers would be similar
        return _answer(words, self._checked(parsed, seen), started)

    def document(self, document: str, *, units: frozenset[str] | None = None) -> KnownDocument:
        """A document by its id or the beginning of it, for whoever may see it; for others there is none. What shows or
        hands out a document that was found asks here. Raises NotFound."""
        known = catalogue.document(document)
        if not is_searchable(known) or not may_see(frozenset(_seen(units)), known.document.unit):
            raise NotFound(_("there is no document {id}").format(id=document), _("Ids are listed by: hoso docs list"))
        return known

    def _checked(self, query: Query, units: frozenset[str]) -> _Checked:
        """A page whose every document the catalogue holds for these units too. An index that is wrong again and again
        is not asked any longer."""
        asked = replace(query, without=query.without | catalogue.indexed_otherwise())
        for _attempt in range(_ATTEMPTS):
            try:
                page = self._opened().search(asked, units)
            except (IndexDamaged, DependencyMissing, OSError):
                break
            held = _held(page, units)
            wrong = {each for hit in page.hits for each in (hit.document, *hit.versions)} - held.keys()
            if not wrong:
                return _Checked(page, held, degraded=False)
            asked = replace(asked, without=asked.without | wrong)
        page = search_catalogue(query, _in_batches(catalogue.recognised_documents(units)), units, catalogue.text_of)
        held = _held(page, units)  # a paper may be moved at this very moment
        return _Checked(
            replace(page, hits=tuple(hit for hit in page.hits if hit.document in held)), held, degraded=True
        )

    def _opened(self) -> Index:
        with self._opening:
            if self._index is None:
                self._index = open_index(self.config.index, self.config.engine)
            return self._index


@dataclass(frozen=True, slots=True)
class _Checked:
    """A page, what the catalogue holds of its documents, and whether it had to be searched without an index."""

    page: Page
    held: dict[str, catalogue.Findable]
    degraded: bool


def _held(page: Page, units: frozenset[str]) -> dict[str, catalogue.Findable]:
    """Of the documents of a page those that the catalogue holds for the same unit, which may be seen."""
    unit_of = {each: hit.unit for hit in page.hits for each in (hit.document, *hit.versions)}
    found = catalogue.findable(unit_of.keys())
    return {each: now for each, now in found.items() if now.unit == unit_of[each] and may_see(units, now.unit)}


def _seen(units: frozenset[str] | None) -> dict[str, str]:
    """The units of the campaign that may be seen, with their names."""
    return {unit: name for unit, name in catalogue.unit_names().items() if may_see(units, unit)}


def _in_batches(known: Iterable[KnownDocument]) -> Iterator[IndexedDocument]:
    source = iter(known)
    while some := list(islice(source, REBUILD_BATCH)):
        yield from indexable(some)


def _answer(query: str, checked: _Checked, started: float) -> dict[str, Any]:
    page, held = checked.page, checked.held
    scanned = {(held[hit.document].sha256, hit.page) for hit in page.hits if hit.page and hit.source == Source.OCR}
    sources = catalogue.page_sources(scanned)
    return {
        "query": query,
        "total": page.total,
        "took_ms": round((time.perf_counter() - started) * 1000, 1),
        "hits": [_shown(hit, held[hit.document], sources) for hit in page.hits],
        "facets": plain(page.facets),
        "next": page.next,
        "corrected": page.corrected,
        "understood": page.understood,
        "suggestions": plain(page.suggestions),
        "degraded": checked.degraded,
    }


def _shown(
    hit: Hit, held: catalogue.Findable, sources: dict[tuple[str, int], tuple[Source, float | None]]
) -> dict[str, Any]:
    """A hit; where its page came from stands above where most of the document came from. `newer` is the id of a newer
    version, which does not match."""
    source, confidence = sources.get((held.sha256, hit.page or 0), (hit.source, hit.confidence))
    newer = held.newest if held.newest not in (hit.document, *hit.versions) else None
    return {**plain(hit), "source": str(source), "confidence": confidence, "newer": newer}


def find_lines(searcher: Searcher, path: Path) -> Iterator[dict[str, Any]]:
    """The answers to the queries of a JSON Lines file. Raises HosoError naming the line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # JSON may hold what else splitlines() cuts at
    except (OSError, UnicodeDecodeError) as error:
        raise HosoError(_("{path} cannot be read: {error}").format(path=path, error=in_words(error))) from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _found_of_line(searcher, line, f"{path}:{number}")


def _found_of_line(searcher: Searcher, line: str, where: str) -> dict[str, Any]:
    try:
        return searcher.find(**_options(line))
    except (BadFilter, BadKey) as error:
        raise type(error)(f"{where}: {error.message}", error.hint) from error
    except (ValueError, RecursionError) as error:
        raise HosoError(f"{where}: {error}", _("Each line is one JSON object, such as {example}").format(
            example='{"query": "báo cáo", "limit": 10}'
        )) from error  # fmt: skip


def _options(line: str) -> dict[str, Any]:
    """A query of a batch as options of `Searcher.find`."""
    data = json.loads(line)
    if not isinstance(data, dict) or not isinstance(data.get("query"), str):
        raise ValueError(_("an object with 'query' is wanted"))
    if unknown := data.keys() - {"query", "year", "sort", "limit", "offset", *_ASKED, *_TYPED}:
        raise ValueError(_("unknown: {keys}").format(keys=", ".join(sorted(unknown))))
    options = {key: value for key, value in data.items() if value is not None}
    if wrong := [key for key in _TYPED if not isinstance(options.get(key, ""), str)]:
        raise ValueError(_("not text: {keys}").format(keys=", ".join(wrong)))
    if wrong := [key for key in _ASKED if not isinstance(options.get(key, False), bool)]:
        raise ValueError(_("neither true nor false: {keys}").format(keys=", ".join(wrong)))
    return {"from_" if key == "from" else key: value for key, value in options.items()}


def rebuild_index(config: Config, progress: Callable[[int, int], None] = lambda _done, _most: None) -> dict[str, Any]:
    """Make the index again beside the old one and swap; data of `hoso index rebuild`. `progress` is told how many
    documents of how many are read."""
    started = time.perf_counter()
    states: dict[str, int] = {}
    rebuild(config.index, _in_batches(_noted(states, progress)), config.engine)
    catalogue.forget_index()
    catalogue.mark_indexed_as(states)
    return {**index_stats(config), "seconds": round(time.perf_counter() - started, 2)}


def _noted(states: dict[str, int], progress: Callable[[int, int], None]) -> Iterator[KnownDocument]:
    """What belongs into the index, some at a time; what each is like now is noted by its hash."""
    most = catalogue.count_recognised()
    for done, known in enumerate(catalogue.recognised_documents(), start=1):
        states[known.document.id] = hash(known)
        yield known
        if done % REBUILD_BATCH == 0 or done == most:
            progress(done, most)


def index_stats(config: Config) -> dict[str, Any]:
    """Numbers of the index. Raises HosoError when it is damaged."""
    try:
        index = open_index(config.index, config.engine)
        try:
            return {"seconds": 0.0, **plain(index.stats())}
        finally:
            index.close()
    except IndexDamaged as error:
        raise HosoError(error.message, _("Make it again with: hoso index rebuild")) from error
