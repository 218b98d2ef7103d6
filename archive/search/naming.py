"""Units by their names in `don-vi:` and `unit:`, where the index knows ids only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from archive.search.analysis import tokens
from archive.search.query import Query
from archive.search.tree import All, Any, Field, Node, Not


def name_units(query: Query, names: Mapping[str, str]) -> Query:
    """The query with units told by words of their names (`names`: by id) put as their ids. Accents that were typed tell
    Văn Phú from Vạn Phú; where no name has just these, they are a wish as everywhere."""
    root = All(tuple(_named(part, names) for part in query.root.parts))
    return replace(query, root=root, fields=tuple(_named(field, names) for field in query.fields))


def _named(node: Node, names: Mapping[str, str]) -> Node:
    match node:
        case Field("unit", value, typed):
            return _ids(node, value, typed, names)
        case Not(part):
            return Not(_named(part, names))
        case Any(parts):
            return Any(tuple(_named(part, names) for part in parts))
        case _:
            return node


def _ids(field: Field, value: str, typed: str, names: Mapping[str, str]) -> Node:
    if any(_folded(unit) == value for unit in names):
        return field
    alike = [unit for unit in names if f" {value} " in f" {_folded(names[unit])} "]
    just = [unit for unit in alike if f" {typed} " in f" {_exact(names[unit])} "]
    found = [Field("unit", _folded(unit)) for unit in just or alike]
    return Any(tuple(found)) if len(found) > 1 else found[0] if found else field


def _folded(text: str) -> str:
    return " ".join(token.fold for token in tokens(text))


def _exact(text: str) -> str:
    return " ".join(token.exact for token in tokens(text))
