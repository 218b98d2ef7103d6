"""A query as understood: what was typed and the flags beside it, for every engine. Reading a text never fails
(`archive.search.reading`); a flag that cannot be understood is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from archive.errors import ExitCode, HosoError
from archive.i18n import gettext as _
from archive.search import telex
from archive.search.analysis import clean, line
from archive.search.dates import first_day, last_day
from archive.search.reading import read
from archive.search.tree import All, Field, Node, Phrase, Term

MOST_HITS = 1000  # that one page of an answer may hold
# What is read of a query: a few seconds' work at the most for an engine. `understood` says how far that was.
LONGEST = 2000  # characters
MOST_WORDS = 64
MOST_STARS = 4  # each may stand for thousands of words
_STARRED = re.compile(r"(?<![^\W_])[^\W_]+\*")


class BadFilter(HosoError):
    """A flag of the search, not its text, says something that cannot be understood."""

    code = "bad-filter"
    exit_code = ExitCode.USAGE


@dataclass(frozen=True, slots=True)
class Query:
    """A query as understood. `root` is what the words say; `fields` are fields typed beside them, which only narrow, as
    `unit`, `kind`, `year`, `from_` and `to` (days of issue, both included) do. `sort` is "relevance" or "date". `after`
    is the key of the last hit of the page before (`archive.search.paging`); `explain` asks why hits rank where they do;
    without `fold`, older versions and near-duplicates are hits of their own; documents of the ids `without` are not
    there, whatever the index says. `understood` is what was used of a malformed text, None when all of it was. `naming`
    puts ids for names (`archive.search.naming`) in whatever is read."""

    text: str
    root: All
    fields: tuple[Node, ...] = ()
    unit: str | None = None
    kind: str | None = None
    year: int | None = None
    from_: date | None = None
    to: date | None = None
    sort: str = "relevance"
    limit: int = 10
    offset: int = 0
    after: str | None = None
    explain: bool = False
    fold: bool = True
    without: frozenset[str] = frozenset()
    understood: str | None = None
    naming: Callable[[Query], Query] | None = None

    @property
    def start(self) -> All:
        """What to look up first: the words, or for a query of fields alone the words of a number told."""
        if self.root.parts:
            return self.root
        numbers = [field.value.split() for field in self.fields if isinstance(field, Field) and field.name == "number"]
        return All(tuple(Phrase(tuple(Term(word, word) for word in words)) for words in numbers))

    def corrected(self) -> Query | None:
        """What was meant if the words are Telex keys typed with the keyboard off; None when they cannot be."""
        text = telex.correct(self.text)
        if text is None:
            return None
        meant = read(text)
        query = replace(self, text=text, root=meant.root, fields=meant.fields)
        return self.naming(query) if self.naming else query


def parse(
    text: str,
    *,
    unit: str | None = None,
    kind: str | None = None,
    year: int | str | None = None,
    from_: date | str | None = None,
    to: date | str | None = None,
    sort: str | None = None,
    limit: int | str | None = None,
    offset: int | str | None = None,
    after: str | None = None,
    explain: bool = False,
    all_versions: bool = False,
) -> Query:
    """Read a query as typed, in any Unicode form. The text is never wrong; a flag that cannot be understood is
    BadFilter."""
    whole = clean(text[: 4 * LONGEST])  # decomposed letters take up to four characters
    text = whole[: _read_to(whole)]
    meant = read(text)
    return Query(
        text=text,
        root=meant.root,
        fields=meant.fields,
        unit=unit or None,
        kind=kind or None,
        year=_flag_year(year),
        from_=_flag_day(from_, last=False),
        to=_flag_day(to, last=True),
        sort=_flag_sort(sort),
        limit=min(_flag_count(limit, 10), MOST_HITS),
        offset=_flag_count(offset, 0),
        after=after or None,
        explain=explain,
        fold=not all_versions,
        understood=meant.used if meant.malformed or len(whole) > len(text) else None,
    )


def _read_to(text: str) -> int:
    """How far a text is read."""
    words = line(text[:LONGEST])
    beyond = [words.span(MOST_WORDS)[0]] if len(words.words) > MOST_WORDS else []
    starred = [match.start() for match in islice(_STARRED.finditer(text), MOST_STARS + 1)]
    return min([LONGEST, *beyond, *starred[MOST_STARS:]])


def _flag_year(value: int | str | None) -> int | None:
    if value is None or value == "":
        return None
    try:
        return date(int(value), 1, 1).year
    except (TypeError, ValueError, OverflowError):
        raise BadFilter(_("{value} is not a year.").format(value=value), _("Write it as 2021.")) from None


def _flag_count(value: int | str | None, otherwise: int) -> int:
    if value is None or value == "":
        return otherwise
    try:
        return max(0, int(value))
    except (TypeError, ValueError, OverflowError):
        raise BadFilter(_("{value} is not a number.").format(value=value), _("Write it as 10.")) from None


def _flag_day(value: date | str | None, last: bool) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value
    day = (last_day if last else first_day)(value) if isinstance(value, str) else None
    if day is None:
        raise BadFilter(_("{value} is not a date.").format(value=value), _("Write it as 31/12/2021 or 2021-12-31."))
    return day


def _flag_sort(value: str | None) -> str:
    if value in (None, "", "relevance"):
        return "relevance"
    if value != "date":
        raise BadFilter(_("Cannot sort by {value}.").format(value=value), _("Sort by relevance or date."))
    return value
