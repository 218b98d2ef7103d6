"""Our query language (contract.md, docs/tim-kiem.md), from what somebody typed to a tree. Reading never fails: what is
not understood is passed over, and what was used is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive import vietnamese
from archive.search import codes
from archive.search.analysis import LONGEST_WORD, Token, tokens
from archive.search.dates import first_day, last_day
from archive.search.tree import All, Any, Field, Node, Not, Phrase, Prefix, Term, Word

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
_NAMES = "|".join(_FIELDS)
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_BRACKETS = str.maketrans(dict.fromkeys("()"))  # there are none in the language
_QUOTED = re.compile(r'"([^"]*)"')
_VALUE = r'(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))'
_FIELD = re.compile(rf"(?P<name>[^\W\d_]+(?:-[^\W\d_]+)?):{_VALUE}")
# A blank behind the colon only where the name is typed as a field's: "Loại: xuất sắc" is a line out of a paper.
_APART = re.compile(rf"(?!so:|number:)(?P<name>{_NAMES}):\s+{_VALUE}", re.IGNORECASE)
_EMPTY = re.compile(rf"(?:{_NAMES}):(?=\s|$)", re.IGNORECASE)
_NUMBER_FIELD = re.compile(r"(?:so|số|number):(?=\d)", re.IGNORECASE)
_MINUS = re.compile(r'-+(?=[^\W_]|")')
_BEFORE_QUOTES = re.compile(rf"(-*(?:(?:{_NAMES}):)?)(.*)", re.DOTALL | re.IGNORECASE)
_NOTHING = re.compile(r"[\s()\[\]{},;]+")
_CHUNK = re.compile(r'[^\s"]+|"')


@dataclass(frozen=True, slots=True)
class Read:
    """A text as understood. `fields` stand beside the words. `used` are the pieces that were used, in order; where the
    text is `malformed` they are not all that was typed."""

    root: All
    fields: tuple[Node, ...]
    used: str
    malformed: bool


@dataclass(frozen=True, slots=True)
class _Item:
    """A piece of a text: what it means (None: nothing, or `is_or`), how it was typed, and where it ends."""

    node: Node | None
    typed: str
    end: int
    is_or: bool = False
    malformed: bool = False


def as_typed(words: Sequence[str]) -> str:
    """The words of a command line as one text. Of several, one that holds a blank stood in quotes, which the shell took
    away."""
    return words[0] if len(words) == 1 else " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    before, said = _BEFORE_QUOTES.fullmatch(word).groups()  # type: ignore[union-attr]  # it matches everything
    return f'{before}"{said}"' if " " in said and '"' not in said else word


def read(text: str) -> Read:
    """The tree of a text (NFC)."""
    items = list(_items(text.translate(_QUOTES)))
    groups, dropped = _bind(items)
    words: list[Node] = []
    fields: list[Node] = []
    for part in _parts(groups):
        bare = part.part if isinstance(part, Not) else part
        (fields if isinstance(bare, Field) else words).append(part)
    used = " ".join(" OR ".join(item.typed for item in group) for group in groups)
    bracketed = any(len(group) > 1 for group in groups) and ("(" in text or ")" in text)
    return Read(
        root=All(tuple(words)),
        fields=tuple(fields),
        used=used.translate(_BRACKETS) if bracketed else used,
        malformed=dropped or bracketed or any(item.malformed for item in items),
    )


def _items(text: str) -> Iterator[_Item]:
    at = 0
    while at < len(text):
        if nothing := _NOTHING.match(text, at):
            at = nothing.end()
            continue
        minus = _MINUS.match(text, at)
        item = _item(text, minus.end() if minus else codes.skip_say(text, at))
        at = item.end
        if minus and item.node is not None:
            item = _Item(Not(_together(item.node)), f"-{item.typed}", item.end, malformed=item.malformed)
        elif minus and item.is_or:
            continue
        yield item


def _item(text: str, at: int) -> _Item:
    """The piece that begins here."""
    if quoted := _QUOTED.match(text, at):
        node = _phrase(_words(quoted[1]))
        return _Item(node, quoted[0], quoted.end(), malformed=node is None)
    number = codes.number_at(text, at)
    if not (number and codes.is_said(text, at)) and (item := _field_item(text, at)):
        return item
    if number:
        return _Item(_phrase(_words(number[0])), text[at : number[1]], number[1])
    chunk = _CHUNK.match(text, at)
    if chunk is None:  # cannot be: the caller skips blanks, and all else is a chunk
        return _Item(None, "", at + 1)
    if chunk[0] in ("OR", '"'):
        return _Item(None, "", chunk.end(), is_or=chunk[0] == "OR", malformed=chunk[0] == '"')
    return _plain(chunk[0], chunk.end(), malformed=bool(_FIELD.match(chunk[0])))


def _plain(typed: str, end: int, *, malformed: bool = False) -> _Item:
    words = _words(typed)
    node = words[0] if len(words) == 1 else All(tuple(words)) if words else None
    if malformed:
        typed = " ".join(typed[token.start : token.end] for token in tokens(typed))
    return _Item(node, typed, end, malformed=malformed)


def _field_item(text: str, at: int) -> _Item | None:
    """A field; a known one whose value cannot be is passed over, unless it may as well be words ("tu:abc")."""
    if match := _NUMBER_FIELD.match(text, at):
        number = codes.number_at(text, match.end())
        if number:
            return _Item(_node("number", number[0]), text[at : number[1]], number[1])
    empty = _EMPTY.match(text, at)
    match = _FIELD.match(text, at) or _APART.match(text, at)
    if match is None:
        return _Item(None, "", empty.end(), malformed=True) if empty else None
    name = _FIELDS.get(vietnamese.fold(match["name"]))
    value = (match["quoted"] if match["quoted"] is not None else match["bare"]).strip(" ,;.")
    if name is None:
        return None
    if not value:
        return _Item(None, "", match.end(), malformed=True)
    if node := _node(name, value):
        return _Item(node, match[0], match.end())
    if name in ("from", "to", "year") and value[:1].isdecimal():
        return _Item(None, "", match.end(), malformed=True)
    return _Item(None, "", empty.end(), malformed=True) if empty else None


def _node(name: str, value: str) -> Field | None:
    if name in ("from", "to"):
        day = (first_day if name == "from" else last_day)(value)
        return Field(name, day.isoformat()) if day else None
    if name == "year":
        return Field(name, str(int(value))) if re.fullmatch(r"\d{4}", value) else None
    found = tokens(value)
    if not found:
        return None
    return Field(name, " ".join(token.fold for token in found), " ".join(token.exact for token in found))


def _phrase(words: list[Word]) -> Node | None:
    if len(words) > 1:
        return Phrase(tuple(words))
    return words[0] if words else None


def _together(node: Node) -> Node:
    """What a minus takes away: words typed without a blank ("-thi-đua") are taken away together, not each."""
    if isinstance(node, All):
        return Phrase(tuple(word for word in node.parts if isinstance(word, Term | Prefix)))
    return node


def _words(text: str) -> list[Word]:
    found: list[Word] = []
    for token in tokens(text):
        if text[token.end : token.end + 1] == "*":
            found.append(_prefix(text, token))
        else:
            found.append(Term(token.exact, token.fold))
    return found


def _prefix(text: str, token: Token) -> Word:
    if token.fold.isdecimal():
        return Prefix((token.exact,), token.exact, token.fold)
    if token.end - token.start > LONGEST_WORD:  # no word goes on beyond that
        return Term(token.exact, token.fold)
    typed = vietnamese.exact(text[token.start : token.end] + "x")[:-1]  # as within a word: no i for y, no tone moved
    stems = {typed}
    if vietnamese.bare(typed) == token.fold:
        stems.add(token.exact)  # "hòa*" also means hoàn
    return Prefix(tuple(sorted(stems)), token.exact, token.fold)


def _bind(items: Sequence[_Item]) -> tuple[list[list[_Item]], bool]:
    """The pieces, with those that OR binds in one group, and whether an OR had nothing at a side."""
    groups: list[list[_Item]] = []
    binding = dropped = False
    for item in items:
        if item.is_or:
            dropped |= binding or not groups
            binding = bool(groups)
        elif item.node is not None and binding:
            groups[-1].append(item)
            binding = False
        elif item.node is not None:
            groups.append([item])
    return groups, dropped or binding


def _parts(groups: Sequence[Sequence[_Item]]) -> Iterator[Node]:
    """What is typed without a blank is one term for OR, and so many words otherwise."""
    for group in groups:
        nodes = tuple(item.node for item in group if item.node is not None)
        if len(nodes) > 1:
            yield Any(nodes)
        elif isinstance(nodes[0], All):
            yield from nodes[0].parts
        else:
            yield nodes[0]
