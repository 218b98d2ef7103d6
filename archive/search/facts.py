"""What an engine keeps of a document beside its words: enough to filter, count, sort and show it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from archive.records import HANOI
from archive.search.analysis import tokens
from archive.search.kin import kin_of
from archive.search.ports import IndexedDocument
from archive.search.query import Query
from archive.search.tree import Any, Field, Node, Not


@dataclass(frozen=True, slots=True)
class Facts:
    """`issued_on` is an ISO date, `filed` seconds since 1970, `length` the number of words on the pages; `kin` and
    `sketch` tell which others may be the same paper (archive.search.kin)."""

    id: str
    unit: str | None
    kind: str | None
    year: int | None
    issued_on: str | None
    filed: float
    name: str
    title: str | None
    code: str | None
    source: str
    length: int
    number: str | None
    confidence: float | None
    kin: tuple[str, ...]
    sketch: str

    def pack(self) -> bytes:
        """As an engine stores it."""
        return json.dumps([getattr(self, name) for name in self.__slots__], ensure_ascii=False).encode()

    @classmethod
    def unpack(cls, value: bytes) -> Facts:
        """The reverse of `pack`."""
        return cls(*json.loads(value))

    @property
    def filing(self) -> tuple[float, str]:
        """Sorts the newest first; papers filed together by their ids."""
        return -self.filed, self.id

    @property
    def day(self) -> str:
        """The day to sort by: of issue, or else of filing."""
        return self.issued_on or datetime.fromtimestamp(self.filed, HANOI).date().isoformat()


def facts_of(document: IndexedDocument, lines: Sequence[Sequence[str]]) -> Facts:
    """The facts of a document; `lines` are the exact keys of the words of each page."""
    kin, sketch = kin_of(document, lines)
    return Facts(
        id=document.id,
        unit=document.unit,
        kind=document.kind,
        year=document.year,
        issued_on=document.issued_on.isoformat() if document.issued_on else None,
        filed=document.filed_at.timestamp(),
        name=document.name,
        title=document.title,
        code=document.code or document.number,
        source=document.source,
        length=sum(map(len, lines)),
        number=document.number,
        confidence=document.confidence,
        kin=kin,
        sketch=sketch,
    )


def admits(query: Query, facts: Facts) -> bool:
    """Whether a document passes the flags of a query and the fields typed beside its words."""
    issued = facts.issued_on
    return (
        facts.id not in query.without
        and (query.unit is None or facts.unit == query.unit)
        and (query.kind is None or facts.kind == query.kind)
        and (query.year is None or facts.year == query.year)
        and (query.from_ is None or (issued is not None and issued >= query.from_.isoformat()))
        and (query.to is None or (issued is not None and issued <= query.to.isoformat()))
        and all(_passes(field, facts) for field in query.fields)
    )


def _passes(node: Node, facts: Facts) -> bool:
    if isinstance(node, Not):
        return not _passes(node.part, facts)
    if isinstance(node, Any):
        return any(_passes(part, facts) for part in node.parts)
    return isinstance(node, Field) and holds(node, facts)


def holds(field: Field, facts: Facts) -> bool:
    """Whether a typed field is true of a document. A kind may be told by the first words of its id or by its title, a
    number by its digits or by any run of its parts."""
    value, words = field.value, field.value.split()
    match field.name:
        case "unit":
            return _words(facts.unit) == words
        case "kind":
            return facts.kind in field.ids or _words(facts.kind)[: len(words)] == words
        case "number":
            return _has_number(_words(facts.code), words)
        case "year":
            return str(facts.year) == value
        case "from":
            return facts.issued_on is not None and facts.issued_on >= value
        case _:
            return facts.issued_on is not None and facts.issued_on <= value


def _words(text: str | None) -> list[str]:
    return [token.fold for token in tokens(text or "")]


def _has_number(code: list[str], words: list[str]) -> bool:
    """Digits are told from the front, so that so:12 does not find 5/12/2021; letters wherever they stand in a row."""
    starts = range(1) if words[0].isdecimal() else range(len(code))
    return any(code[start : start + len(words)] == words for start in starts)
