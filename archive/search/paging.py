"""Keys that say where in the order of hits a page of an answer ended: however many documents are added, the next page
goes on behind the same place.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from archive.errors import ExitCode, HosoError
from archive.i18n import gettext as _
from archive.search.facts import Facts
from archive.search.query import Query
from archive.search.ranking import Level

_LATEST = datetime.max.replace(tzinfo=UTC).timestamp()
_SHOWN = 100  # characters of a key that is refused


class BadKey(HosoError):
    """A key to go on from that no answer to this query in this order gave."""

    code = "bad-key"
    exit_code = ExitCode.USAGE


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order of hits: by `counts`, greater ones first (merits by level, or the day), then by `filing`
    (archive.search.facts.Facts.filing)."""

    counts: tuple[int, ...]
    filing: tuple[float, str]

    def __lt__(self, other: Place) -> bool:
        if self.counts != other.counts:
            return self.counts > other.counts
        return self.filing < other.filing

    def rest(self) -> Place:
        """The place among those that are alike in the first count."""
        return Place(self.counts[1:], self.filing)


def of_day(facts: Facts) -> Place:
    """The place of a document by its day."""
    return Place((date.fromisoformat(facts.day).toordinal(),), facts.filing)


def key_of(query: Query, place: Place) -> str:
    """The key of a place; opaque to whoever gets it."""
    told = json.dumps([query.sort[0], place.counts, *place.filing], separators=(",", ":"))
    return urlsafe_b64encode(told.encode()).decode().rstrip("=")


def after(query: Query, levels: Sequence[Level]) -> Place | None:
    """The place that the query goes on behind; None = from the beginning. Raises BadKey."""
    if not query.after:
        return None
    most = [date.max.toordinal()] if query.sort == "date" else [len(level.merits) for level in levels]
    try:
        sort, counts, filed, document = json.loads(urlsafe_b64decode(query.after + "=" * (-len(query.after) % 4)))
        place = Place(tuple(map(int, counts)), (float(filed), str(document)))
        within = [0 <= count <= limit for count, limit in zip(place.counts, most, strict=True)]
        if sort == query.sort[0] and all(within) and abs(place.filing[0]) <= _LATEST:
            return place
    except (ValueError, TypeError, OverflowError, RecursionError):
        pass
    raise BadKey(
        _("{key} is no place in this answer.").format(key=query.after[:_SHOWN]),
        _("Take the key from `next` of an answer to the same query in the same order."),
    )
