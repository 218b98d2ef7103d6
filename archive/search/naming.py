"""Units and kinds by their names in `don-vi:`, `loai:` and the flags of a search, where the index knows ids only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from archive.search.analysis import tokens
from archive.search.query import Query
from archive.search.tree import All, Any, Field, Node, Not

Naming = Callable[[Field], Node]


def name_units(query: Query, names: Mapping[str, str]) -> Query:
    """The query with units told by words of their names (`names`: by id) put as their ids. Accents that were typed tell
    Văn Phú from Vạn Phú; where no name has just these, they are a wish as everywhere. A flag is one unit."""
    if query.unit is not None and query.unit not in names:
        meant = _alike(_folded(query.unit), _exact(query.unit), names)
        query = replace(query, unit=meant[0] if len(meant) == 1 else query.unit)
    return _renamed(query, "unit", lambda field: _units(field, names))


def name_kinds(query: Query, titles: Mapping[str, str]) -> Query:
    """The query with kinds told by their titles (by id) known to be these kinds: ids or titles that begin as was
    typed, or else titles that have these words anywhere. A flag is one kind."""
    if query.kind is not None and query.kind not in titles:
        meant = _kinds(_folded(query.kind), titles)
        query = replace(query, kind=min(meant) if len(meant) == 1 else query.kind)
    return _renamed(query, "kind", lambda field: replace(field, ids=_kinds(field.value, titles)))


def tells_kind(query: Query) -> bool:
    """Whether a kind is told, so that titles of kinds are needed to understand it."""
    return query.kind is not None or any(_told(query, "kind"))


def unknown_units(query: Query, names: Mapping[str, str]) -> list[str]:
    """What stands in a query with its units named, and no unit is called so."""
    ids = {_folded(unit) for unit in names}
    flag = [query.unit] if query.unit is not None and query.unit not in names else []
    return [*flag, *(field.typed for field in _told(query, "unit") if field.value not in ids)]


def unknown_kinds(query: Query, titles: Mapping[str, str]) -> list[str]:
    """What stands in a query with its kinds named, and no kind is called so."""
    flag = [query.kind] if query.kind is not None and query.kind not in titles else []
    return [*flag, *(field.typed for field in _told(query, "kind") if not field.ids)]


def _renamed(query: Query, name: str, naming: Naming) -> Query:
    root = All(tuple(_named(part, name, naming) for part in query.root.parts))
    return replace(query, root=root, fields=tuple(_named(field, name, naming) for field in query.fields))


def _named(node: Node, name: str, naming: Naming) -> Node:
    match node:
        case Field(field_name) if field_name == name:
            return naming(node)
        case Not(part):
            return Not(_named(part, name, naming))
        case Any(parts):
            return Any(tuple(_named(part, name, naming) for part in parts))
        case _:
            return node


def _units(field: Field, names: Mapping[str, str]) -> Node:
    if any(_folded(unit) == field.value for unit in names):
        return field
    found = [Field("unit", _folded(unit)) for unit in _alike(field.value, field.typed, names)]
    return Any(tuple(found)) if len(found) > 1 else found[0] if found else field


def _alike(folded: str, typed: str, names: Mapping[str, str]) -> list[str]:
    """The units whose names have these words next to each other."""
    alike = [unit for unit in names if f" {folded} " in f" {_folded(names[unit])} "]
    just = [unit for unit in alike if f" {typed} " in f" {_exact(names[unit])} "]
    return just or alike


def _kinds(value: str, titles: Mapping[str, str]) -> frozenset[str]:
    folded = {kind: (f"{_folded(kind)} ", f"{_folded(title)} ") for kind, title in titles.items()}
    begun = [kind for kind, words in folded.items() if any(each.startswith(f"{value} ") for each in words)]
    return frozenset(begun or (kind for kind, words in folded.items() if f" {value} " in f" {words[1]}"))


def _told(query: Query, name: str) -> Iterator[Field]:
    return (field for field in _fields((*query.root.parts, *query.fields)) if field.name == name)


def _fields(nodes: Sequence[Node]) -> Iterator[Field]:
    for node in nodes:
        match node:
            case Field():
                yield node
            case Not(part):
                yield from _fields((part,))
            case Any(parts) | All(parts):
                yield from _fields(parts)


def _folded(text: str) -> str:
    return " ".join(token.fold for token in tokens(text))


def _exact(text: str) -> str:
    return " ".join(token.exact for token in tokens(text))
