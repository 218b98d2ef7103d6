"""The order of hits, and keys that say where in it a page of an answer ended: however many documents are added, the
next page goes on behind the same place."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date

from archive.errors import ExitCode, HosoError
from archive.i18n import gettext as _
from archive.search.facts import Facts
from archive.search.query import Query

Place = tuple[float, float, str]


class BadKey(HosoError):
    """A key to go on from that no answer of this order gave."""

    code = "bad-key"
    exit_code = ExitCode.USAGE


def place(query: Query, facts: Facts, score: float) -> Place:
    """Sorts the hits of an answer, the first one least. By relevance equals come newest first; by date equal days the
    one filed last."""
    first = -date.fromisoformat(facts.day).toordinal() if query.sort == "date" else -score
    return float(first), -facts.filed, facts.id


def key_of(query: Query, place: Place) -> str:
    """The key of a place; opaque to whoever gets it."""
    return urlsafe_b64encode(json.dumps([query.sort[0], *place]).encode()).decode().rstrip("=")


def after(query: Query) -> Place | None:
    """The place that the query goes on from; None = from the beginning. Raises BadKey."""
    if not query.after:
        return None
    try:
        sort, first, filed, document = json.loads(urlsafe_b64decode(query.after + "=" * (-len(query.after) % 4)))
        if sort == query.sort[0]:
            return float(first), float(filed), str(document)
    except (ValueError, TypeError):
        pass
    raise BadKey(
        _("{key} is no place in this answer.").format(key=query.after),
        _("Take the key from `next` of an answer to the same query in the same order."),
    )
