"""What the names of folders and files say of a paper's kind: strong for a folder, weak for a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from archive.vietnamese import fold_words, nfc
from validators.kinds import CompiledPack

_CAMEL = re.compile(r"(?<=[a-zđà-ỹ])(?=[A-ZĐ][^\W\d_])")
_NUMBER = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_MAX = 200
_MOST_GAPS = 4


def name_words(name: str) -> tuple[str, ...]:
    """The words of a folder's or file's name: no accents, "BaoCaoTongKet" parted, leading list number left out."""
    parted = _NUMBER.sub(" ", _CAMEL.sub(" ", nfc(name[:_MAX])).replace("_", " "))
    words = fold_words(parted).split()
    while words and words[0].isdecimal() and len(words[0]) <= 2 and len(words) > 1 and words[1] != "thang":
        words = words[1:]
    return tuple(words)


def without_suffix(name: str) -> str:
    """A file's name without its suffixes: "bao cao.doc.pdf" -> "bao cao"."""
    stem = name
    while 2 <= len(suffix := PurePosixPath(stem).suffix) <= 6 and suffix[1:].isalnum() and not suffix[1:].isdecimal():
        stem = stem[: -len(suffix)]
    return stem


def kinds_named(words: Sequence[str], pack: CompiledPack, *, requirements: bool) -> tuple[frozenset[str], str]:
    """The kinds that a name points to best, and the words that do; several where the best words stand for several.
    `requirements` also looks at the names of requirements."""
    found: dict[str, tuple[int, str]] = {}
    begins = _printed_first(words, pack)
    for kind in pack.kinds:
        for sequence in kind.names:
            if not begins or kind.fits_printed(begins) or sequence[0] == words[0]:
                _note(found, (kind.id,), sequence, words, general=kind.kind.general)
    if requirements:
        for sequence, accepted in pack.names:
            _note(found, accepted, sequence, words, general=False)
    if not found:
        return frozenset(), ""
    top = max(weight for weight, _ in found.values())
    best = frozenset(id_ for id_, (weight, _) in found.items() if weight == top)
    return best, next(text for id_, (weight, text) in sorted(found.items()) if weight == top)


def _printed_first(words: Sequence[str], pack: CompiledPack) -> tuple[str, ...]:
    """The printed kinds that a name begins with, in full ("bao cao ...") or short ("BB ..."); none for most names."""
    for size in (3, 2):
        whole = "".join(words[:size])
        if len(words) >= size and whole in pack.printed:
            return (whole,)
    suffix = pack.suffixes.get(words[0]) if words else None
    return pack.suffix_kinds[suffix] if suffix else ()


def _note(
    found: dict[str, tuple[int, str]],
    ids: Iterable[str],
    sequence: Sequence[str],
    words: Sequence[str],
    *,
    general: bool,
) -> None:
    weight = _weight(sequence, words) - general
    for id_ in ids if weight > 0 else ():
        if weight > found.get(id_, (0, ""))[0]:
            found[id_] = (weight, " ".join(sequence))


def _weight(sequence: Sequence[str], words: Sequence[str]) -> int:
    """How telling a sequence is that stands in a name, all its words in order and near together: its letters."""
    for start in range(len(words) - len(sequence) + 1):
        if words[start] == sequence[0] and _stands(sequence, words[start:]):
            return sum(len(word) for word in sequence) + len(sequence)
    return 0


def _stands(sequence: Sequence[str], words: Sequence[str]) -> bool:
    at = gaps = 0
    for word in words:
        if word == sequence[at]:
            at += 1
            if at == len(sequence):
                return True
        else:
            gaps += 1
            if gaps > _MOST_GAPS:
                return False
    return False
