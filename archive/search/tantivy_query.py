"""A query tree and the merits of a ranking as queries of tantivy's; see `tantivy_files` for what it asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any as Whatever

from tantivy import FieldType, Occur
from tantivy import Query as Native

from archive import vietnamese
from archive.search.facts import Facts, holds
from archive.search.query import Query
from archive.search.ranking import NEAR, Every, Merit, Near, Often, Row, Some
from archive.search.tantivy_files import SCHEMA, SPELLED, START, issued_key
from archive.search.tree import All, Any, Field, Node, Not, Phrase, Prefix, Term, Word

# Small letters only, as in keys; that of İ would be two, one of them a plain i.
_ACCENTED = "".join(sorted(letter for letter in vietnamese.accented_letters() if letter.islower()))
_PLAIN = f"[^{_ACCENTED}]*"  # the rest of a word without accents

_FEW = 64  # values that are found sooner one by one than by walking through all there are

Values = Callable[[str], Iterable[str]]  # all units or kinds in the index


def every(parts: Sequence[Native]) -> Native:
    """All of these."""
    if not parts:
        return Native.all_query()
    return parts[0] if len(parts) == 1 else Native.boolean_query([(Occur.Must, part) for part in parts])


def some(parts: Sequence[Native], least: int = 1) -> Native:
    """At least so many of these."""
    if len(parts) < least:
        return Native.empty_query()
    if len(parts) == 1:
        return parts[0]
    return Native.boolean_query([(Occur.Should, part) for part in parts], least)


def without(wanted: Native, barred: Sequence[Native]) -> Native:
    """What is wanted and none of what is barred."""
    if not barred:
        return wanted
    return Native.boolean_query([(Occur.Must, wanted), *((Occur.MustNot, part) for part in barred)])


def one_of(field: str, values: Sequence[str]) -> Native:
    """Documents with one of these values."""
    if len(values) > _FEW:
        return Native.term_set_query(SCHEMA, field, values)
    return some([Native.term_query(SCHEMA, field, value, "basic") for value in values])


# --- words -----------------------------------------------------------------------------------------------------------


def _pattern(word: Word, how: str) -> str:
    """The spellings of a word in the index, as a regular expression where it is a prefix or "barred"."""
    if how == "barred" and word.accented:
        return f"({_pattern(word, 'typed')}|{_plain(word)})"
    if isinstance(word, Term):
        return f"{SPELLED}{word.exact}" if _as_spelled(word, how) else word.fold
    if _as_spelled(word, how):
        return f"{SPELLED}({'|'.join((word.exact, *(f'{stem}.*' for stem in word.stems)))})"
    stems = sorted({vietnamese.bare(stem) for stem in word.stems})
    return f"({'|'.join((word.fold, *(f'{stem}.*' for stem in stems)))})"


def _plain(word: Word) -> str:
    if isinstance(word, Term):
        return f"{SPELLED}{word.fold}"
    stems = sorted({vietnamese.bare(stem) for stem in word.stems})
    return f"{SPELLED}({'|'.join((word.fold, *(f'{stem}{_PLAIN}' for stem in stems)))})"


def _as_spelled(word: Word, how: str) -> bool:
    """Whether the spelled half of the index is asked, or the folded one. Figures stand in the folded one only."""
    if word.fold.isdecimal():
        return False
    return how == "typed" or (how in ("wished", "barred") and word.accented)


def _is_pattern(word: Word, how: str) -> bool:
    return isinstance(word, Prefix) or (how == "barred" and word.accented)


def _one(word: Word, how: str, field: str) -> Native:
    pattern = _pattern(word, how)
    if _is_pattern(word, how):
        return Native.const_score_query(_alike(field, pattern), 0.0)
    return Native.term_query(SCHEMA, field, pattern, "basic")


@lru_cache(maxsize=256)  # one search asks for the same several times, and to read it takes a quarter of a millisecond
def _alike(field: str, pattern: str) -> Native:
    return Native.regex_query(SCHEMA, field, pattern)


def spelled(word: str) -> Native:
    """Documents that have a word spelled so (exact key)."""
    return Native.term_query(SCHEMA, "words", SPELLED + word, "basic")


def row(words: Sequence[Word], how: str, field: str = "words") -> Native:
    """Words next to each other."""
    if len(words) == 1:
        return _one(words[0], how, field)
    return _phrase(words, range(len(words)), how, field, 0)


def _phrase(words: Sequence[Word], places: Iterable[int], how: str, field: str, slop: int) -> Native:
    asked: list[str | tuple[int, str]] = [
        (2 * place + (not _as_spelled(word, how)), _pattern(word, how))
        for place, word in zip(places, words, strict=True)
    ]
    if any(_is_pattern(word, how) for word in words):
        return Native.regex_phrase_query(SCHEMA, field, asked, slop)
    return Native.phrase_query(SCHEMA, field, asked, slop)


def merit(wanted: Merit) -> Native:
    """The documents that have a merit."""
    match wanted:
        case Row(words, how, title):
            return row(words, how, "title" if title else "words")
        case Near(one, other):
            return _phrase((one, other), (0, 0), "wished", "words", 2 * NEAR)
        case Often(word, weight):
            return _often(word, weight)
        case Every(parts):
            return every([merit(part) for part in parts])
        case Some(parts):
            return some([merit(part) for part in parts])


def _often(word: Word, weight: int) -> Native:
    pattern = f"{weight}{_pattern(word, 'anyhow')}"
    if isinstance(word, Prefix):
        return _alike("often", pattern)
    return Native.term_query(SCHEMA, "often", pattern, "basic")


# --- the tree --------------------------------------------------------------------------------------------------------


def node(tree: Node, values: Values) -> Native:
    """The documents that a tree matches, accents aside."""
    match tree:
        case Term() | Prefix():
            return row((tree,), "anyhow")
        case Phrase(words):
            return row(words, "anyhow")
        case Any(parts):
            return some([node(part, values) for part in parts])
        case All():
            return without(wanted(tree, values), barred(tree, values))
        case Not(part):
            return without(Native.all_query(), [_barred(part, values)])
        case Field():
            return field(tree, values)


def wanted(tree: All, values: Values) -> Native:
    """The documents that have all that is not barred."""
    return every([node(part, values) for part in tree.parts if not isinstance(part, Not)])


def barred(tree: All, values: Values) -> list[Native]:
    """What keeps documents out."""
    return [_barred(part.part, values) for part in tree.parts if isinstance(part, Not)]


def _barred(tree: Node, values: Values) -> Native:
    """The documents that a minus takes away."""
    if isinstance(tree, Term | Prefix):
        return row((tree,), "barred")
    if isinstance(tree, Phrase):
        return row(tree.words, "barred")
    return node(tree, values)


def field(tree: Field, values: Values) -> Native:
    """The documents of which a typed field is true. Units and kinds are few: each is asked."""
    match tree.name:
        case "unit" | "kind":
            held = [value for value in values(tree.name) if holds(tree, _only(tree.name, value))]
            return one_of(tree.name, held)
        case "number":
            return _number(tree.value.split())
        case "year":
            return Native.term_query(SCHEMA, "year", int(tree.value))
        case "from":
            return issued(tree.value, None)
        case _:
            return issued(None, tree.value)


def _only(name: str, value: str) -> Facts:
    """A document of which only this is known."""
    nothing: dict[str, Whatever] = dict.fromkeys(Facts.__slots__)
    return Facts(**nothing | {name: value})


def _number(words: Sequence[str]) -> Native:
    asked: list[str | tuple[int, str]] = [START, *words] if words[0].isdecimal() else [*words]
    if len(asked) == 1:
        return Native.term_query(SCHEMA, "code", asked[0], "basic")
    return Native.phrase_query(SCHEMA, "code", asked)


def issued(first: str | None, last: str | None) -> Native:
    """Documents issued from one day (ISO) to another."""
    return Native.range_query(SCHEMA, "issued", FieldType.Integer, issued_key(first), issued_key(last))


def filters(query: Query, values: Values) -> list[Native]:
    """The flags of a query and the fields typed beside its words (`facts.admits`)."""
    found = [node(each, values) for each in query.fields]
    for name in ("unit", "kind"):
        if (value := getattr(query, name)) is not None:
            found.append(one_of(name, [held for held in values(name) if held == value]))
    if query.year is not None:
        found.append(Native.term_query(SCHEMA, "year", query.year, "basic"))
    if query.from_ or query.to:
        first, last = (day.isoformat() if day else None for day in (query.from_, query.to))
        found.append(issued(first, last))
    return found
