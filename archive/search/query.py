"""Our query language (contract.md) and the neutral tree that every engine evaluates. Reading a query never fails: what
is not understood is passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from archive import vietnamese
from archive.errors import ExitCode, HosoError
from archive.i18n import gettext as _
from archive.search import codes, telex
from archive.search.analysis import Token, clean, tokens
from archive.search.dates import first_day, last_day

MOST_HITS = 1000  # that one page of an answer may hold
LONGEST = 2000  # characters of a query that are read


class BadFilter(HosoError):
    """A flag of the search, not its text, says something that cannot be understood."""

    code = "bad-filter"
    exit_code = ExitCode.USAGE


@dataclass(frozen=True, slots=True)
class Term:
    """One word. Documents must have its folded key; typed accents are a wish."""

    exact: str
    fold: str

    @property
    def accented(self) -> bool:
        """Whether accents were typed."""
        return self.exact != self.fold


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so. `stems` are beginnings; `exact`, `fold` the same letters as a whole word: "ly*" means lynch
    as well as lý, which is keyed "lí"."""

    stems: tuple[str, ...]
    exact: str
    fold: str

    @property
    def accented(self) -> bool:
        """Whether accents were typed."""
        return any(vietnamese.bare(stem) != stem for stem in self.stems)

    def takes(self, exact: str) -> bool:
        """Whether a word (exact key) begins as typed."""
        return exact == self.exact or exact.startswith(self.stems)


Word = Term | Prefix


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words next to each other and in this order."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A document number as its words: all must stand in the document, and together they come first."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """What is known of a document: `name` is number, kind, unit, year, from or to; `value` as folded words, a year, or
    an ISO date."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class All:
    """Every part matches; without parts, everything does."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part matches."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not match. Typed accents count here: -trường keeps "trưởng"."""

    part: Node


Node = Term | Prefix | Phrase | Number | Field | All | Any | Not


@dataclass(frozen=True, slots=True)
class Query:
    """A query as understood. `root` is what the words say; `fields` are fields typed beside them, which only narrow, as
    `unit`, `kind`, `year`, `from_` and `to` (days of issue, both included) do. `sort` is "relevance" or "date"."""

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

    @property
    def start(self) -> All:
        """What to look up first: the words, or for a query of fields alone the words of a number told."""
        if self.root.parts:
            return self.root
        numbers = [field.value.split() for field in self.fields if isinstance(field, Field) and field.name == "number"]
        return All(tuple(Number(tuple(Term(word, word) for word in words)) for words in numbers))

    def corrected(self) -> Query | None:
        """What was meant if the words are Telex keys typed with the keyboard off; None when they cannot be."""
        text = telex.correct(self.text)
        if text is None:
            return None
        root, fields = _read(text)
        return replace(self, text=text, root=root, fields=fields)


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
) -> Query:
    """Read a query as typed, in any Unicode form. The text is never wrong; a flag that cannot be understood is
    BadFilter."""
    text = clean(text[: 4 * LONGEST])[:LONGEST]  # decomposed letters take up to four characters
    root, fields = _read(text)
    return Query(
        text=text,
        root=root,
        fields=fields,
        unit=unit or None,
        kind=kind or None,
        year=_flag_year(year),
        from_=_flag_day(from_, last=False),
        to=_flag_day(to, last=True),
        sort=_flag_sort(sort),
        limit=min(_flag_count(limit, 10), MOST_HITS),
        offset=_flag_count(offset, 0),
    )


def _flag_year(value: int | str | None) -> int | None:
    if value is None or value == "":
        return None
    try:
        return int(value)
    except (TypeError, ValueError):
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


# --- reading the text ------------------------------------------------------------------------------------------------

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_QUOTED = re.compile(r'"([^"]*)"')
_FIELD = re.compile(r'([^\W\d_]+(?:-[^\W\d_]+)?):(?:"([^"]*)"|([^\s"]+))')
_MINUS = re.compile(r'-+(?=[^\W_]|")')
_CHUNK = re.compile(r'[^\s"]+|"')
_FIELDS = {
    "so": "number",
    "number": "number",
    "loai": "kind",
    "kind": "kind",
    "don-vi": "unit",
    "donvi": "unit",
    "unit": "unit",
    "nam": "year",
    "year": "year",
    "tu": "from",
    "from": "from",
    "den": "to",
    "to": "to",
}


def _read(text: str) -> tuple[All, tuple[Node, ...]]:
    """The tree of a query text, and the fields that stand beside the words."""
    parts = _bind(_items(text.translate(_QUOTES)))
    words: list[Node] = []
    fields: list[Node] = []
    for part in parts:
        bare = part.part if isinstance(part, Not) else part
        (fields if isinstance(bare, Field) else words).append(part)
    return All(tuple(words)), tuple(fields)


def _items(text: str) -> list[Node | None]:
    """The terms of a text in order; None stands for OR."""
    items: list[Node | None] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        minus = _MINUS.match(text, at)
        start = minus.end() if minus else codes.skip_say(text, at)
        item, at = _item(text, start)
        if not minus and item is None and text[start:at] == "OR":
            items.append(None)
        elif item is not None:
            items.append(Not(_together(item)) if minus else item)
    return items


def _item(text: str, at: int) -> tuple[Node | None, int]:
    """The term that begins here and where it ends; None for OR and for what is no term."""
    if quoted := _QUOTED.match(text, at):
        return _phrase(_words(quoted[1])), quoted.end()
    number = codes.number_at(text, at)
    if (field := _FIELD.match(text, at)) and (node := _field(field)) and not (number and codes.is_said(text, at)):
        return node, field.end()
    if number:
        return Number(tuple(_words(number[0]))), number[1]
    chunk = _CHUNK.match(text, at)
    if chunk is None:  # cannot be: the caller skips blanks, and all else is a chunk
        return None, at + 1
    if chunk[0] == "OR":
        return None, chunk.end()
    words = _words(chunk[0])
    return (words[0] if len(words) == 1 else All(tuple(words)) if words else None), chunk.end()


def _phrase(words: list[Word]) -> Node | None:
    if len(words) > 1:
        return Phrase(tuple(words))
    return words[0] if words else None


def _together(node: Node) -> Node:
    """What a minus takes away: words typed without a blank ("-thi-đua") are taken away together, not each."""
    if isinstance(node, All | Number):
        words = tuple(part for part in (node.parts if isinstance(node, All) else node.words))
        return Phrase(tuple(word for word in words if isinstance(word, Term | Prefix)))
    return node


def _words(text: str) -> list[Word]:
    found: list[Word] = []
    for token in tokens(text):
        if text[token.end : token.end + 1] == "*":
            found.append(_prefix(text, token))
        else:
            found.append(Term(token.exact, token.fold))
    return found


def _prefix(text: str, token: Token) -> Prefix:
    if token.fold.isdecimal():
        return Prefix((token.exact,), token.exact, token.fold)
    typed = vietnamese.exact(text[token.start : token.end] + "x")[:-1]  # as within a word: no i for y, no tone moved
    stems = {typed}
    if vietnamese.bare(typed) == token.fold:
        stems.add(token.exact)  # "hòa*" also means hoàn
    return Prefix(tuple(sorted(stems)), token.exact, token.fold)


def _field(match: re.Match[str]) -> Field | None:
    name = _FIELDS.get(vietnamese.fold(match[1]))
    value = (match[2] if match[2] is not None else match[3]).strip(" ,;.")
    if name in ("from", "to"):
        day = (first_day if name == "from" else last_day)(value)
        return Field(name, day.isoformat()) if day else None
    if name == "year":
        return Field(name, value) if re.fullmatch(r"\d{4}", value) else None
    words = " ".join(token.fold for token in tokens(value))
    return Field(name, words) if name and words else None


def _bind(items: list[Node | None]) -> list[Node]:
    """OR binds the two terms at its sides; an OR with nothing at a side is passed over. What is typed without a blank
    is one term for OR, and so many words otherwise."""
    groups: list[list[Node]] = []
    binding = False
    for item in items:
        if item is None:
            binding = bool(groups)
        elif binding:
            groups[-1].append(item)
            binding = False
        else:
            groups.append([item])
    parts: list[Node] = []
    for group in groups:
        if len(group) > 1:
            parts.append(Any(tuple(group)))
        elif isinstance(group[0], All):
            parts.extend(group[0].parts)
        else:
            parts.append(group[0])
    return parts
