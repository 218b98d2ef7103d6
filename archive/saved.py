"""Searches that people gave a name, one set for the whole home. They hold words and flags, never an answer: whoever
runs one finds what they may see themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from archive import audit, models
from archive.errors import ExitCode, HosoError, NotFound
from archive.i18n import gettext as _
from archive.records import plain
from archive.search.analysis import clean

SAVED, REMOVED = "search-saved", "search-removed"
_LONGEST = 100  # characters of a name
_OF_A_PAGE = ("offset", "after")


class BadName(HosoError):
    """A name that no search can be saved under."""

    code = "bad-name"
    exit_code = ExitCode.USAGE


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search with its name. `options` are those of `archive.searching.Searcher.find`, JSON-ready; `by` saved it."""

    name: str
    query: str
    options: dict[str, Any]
    by: str
    at: datetime


def save(name: str, query: str, options: dict[str, Any], *, by: str, now: datetime, head: Path) -> SavedSearch:
    """Keep a search under a name, in place of one of the same name, and in the log. Which page of an answer was asked
    for is no part of it. Raises BadName."""
    name, query = _name(name), _whole(query)
    kept = {flag: plain(value) for flag, value in options.items() if flag not in _OF_A_PAGE}
    options = {flag: _whole(value) if isinstance(value, str) else value for flag, value in kept.items()}
    with transaction.atomic():
        values = {"query": query, "options": options, "by": by, "at": now}
        models.SavedSearch.objects.update_or_create(name=name, defaults=values)
        audit.append([audit.Entry(by, SAVED, name, {"query": query, "options": options})], now)
    audit.write_head(head)
    return SavedSearch(name, query, options, by, now)


def _whole(text: str) -> str:
    """Without the bytes that are no characters, which a terminal may hand over and nothing can keep."""
    return text.encode(errors="replace").decode()


def _name(typed: str) -> str:
    name = " ".join(clean(_whole(typed)).split())
    if not name or len(name) > _LONGEST:
        raise BadName(
            _("A search cannot be saved under the name '{name}'.").format(name=name[:_LONGEST]),
            _("Give it a name of at most {n} characters.").format(n=_LONGEST),
        )
    return name


def listed() -> list[SavedSearch]:
    """All saved searches by name."""
    return [_saved(row) for row in models.SavedSearch.objects.order_by("name")]


def named(name: str) -> SavedSearch:
    """The search of this name. Raises NotFound."""
    row = models.SavedSearch.objects.filter(pk=_name(name)).first()
    if row is None:
        raise _unknown(name)
    return _saved(row)


def remove(name: str, *, by: str, now: datetime, head: Path) -> SavedSearch:
    """Take a search away; the log keeps it. Raises NotFound."""
    with transaction.atomic():
        gone = named(name)
        models.SavedSearch.objects.filter(pk=gone.name).delete()
        audit.append([audit.Entry(by, REMOVED, gone.name, {})], now)
    audit.write_head(head)
    return gone


def _unknown(name: str) -> NotFound:
    return NotFound(
        _("There is no saved search '{name}'.").format(name=name), _("See the names with: hoso searches list")
    )


def _saved(row: models.SavedSearch) -> SavedSearch:
    return SavedSearch(row.name, row.query, row.options, row.by, row.at)


def wrong() -> Iterator[str]:
    """Saved searches that differ from what the log says of them, in words."""
    logged: dict[str, tuple[str, datetime, dict[str, Any]]] = {}
    for entry in audit.logged(SAVED, REMOVED):
        if entry.action == SAVED:
            logged[entry.subject] = (entry.actor, entry.at, entry.detail)
        else:
            logged.pop(entry.subject, None)
    for row in models.SavedSearch.objects.all():
        if logged.pop(row.name, None) != (row.by, row.at, {"query": row.query, "options": row.options}):
            yield f"saved search {row.name}"
    yield from (f"saved search {name} is gone" for name in logged)
