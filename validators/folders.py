"""What the names of folders and files say of a paper's kind: strong for a folder, weak for a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from archive.vietnamese import fold_words, nfc
from validators.kinds import ANY_MASS_ORG, CompiledKind, CompiledPack

_CAMEL = re.compile(r"(?<=[a-zđà-ỹ])(?=[A-ZĐ][^\W\d_])")
_NUMBER = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_MAX = 200
_LONG = 9  # letters of a word that may be several run together: "Baocaotongket"
# What offices shorten in the names of files, besides the suffixes of codes.
_SHORT = {
    "bc": "bao cao", "bb": "bien ban", "nq": "nghi quyet", "ttr": "to trinh", "ctr": "chuong trinh", "kh": "ke hoach",
    "tb": "thong bao", "kl": "ket luan", "tbkl": "thong bao ket luan", "ds": "danh sach", "th": "tong hop",
    "kq": "ket qua", "tk": "tong ket", "tkct": "tong ket cong tac", "bctk": "bao cao tong ket", "tcd": "tu cham diem",
    "bctcd": "bao cao tu cham diem", "ktgs": "kiem tra giam sat", "kt gs": "kiem tra giam sat",
    "ctktgs": "chuong trinh kiem tra giam sat", "ct ktgs": "chuong trinh kiem tra giam sat", "xl": "xep loai",
    "xlcl": "xep loai chat luong", "dgxl": "danh gia xep loai", "kd": "kiem diem", "bkd": "ban kiem diem",
    "bckd": "bao cao kiem diem", "kdcn": "kiem diem ca nhan", "kdtt": "kiem diem tap the", "dv": "dang vien",
    "cb": "chi bo", "sh": "sinh hoat", "shcb": "sinh hoat chi bo", "bbsh": "bien ban sinh hoat", "kp": "kiem phieu",
    "bbkp": "bien ban kiem phieu", "qcdc": "qui che dan chu", "dvk": "dan van kheo", "dk": "dang ki",
    "tccsd": "to chuc co so dang", "cl": "chat luong", "cdcs": "cong doan co so", "dtn": "doan thanh nien",
}  # fmt: skip
_MOST_GAPS = 4
_KEPT = 20_000  # names


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
    `requirements` also looks at the names of requirements. Units use the same names, so what was found is kept."""
    key = (tuple(words), requirements)
    if key not in pack.named:
        if len(pack.named) >= _KEPT:
            pack.named.clear()
        pack.named[key] = _kinds_named(words, pack, requirements=requirements)
    return pack.named[key]


def _kinds_named(words: Sequence[str], pack: CompiledPack, *, requirements: bool) -> tuple[frozenset[str], str]:
    if not words:
        return frozenset(), ""
    found: dict[str, tuple[int, str]] = {}
    begins = _printed_first(words, pack)
    spelt = _spelt_out(words)
    for kind in pack.kinds:
        if any(phrase.padded in spelt for phrase in kind.nots):
            continue
        # Without the printed kind in front, one word alone says too little.
        if kind.fits_printed(begins) if begins else len(kind.groups) > 1:
            _titled(found, kind, spelt, pack)
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


def _spelt_out(words: Sequence[str]) -> str:
    """The words with what is shortened spelt out, a blank at both ends."""
    out: list[str] = []
    at = 0
    while at < len(words):
        pair = " ".join(words[at : at + 2])
        size = 2 if pair in _SHORT else 1
        out.append(_SHORT.get(pair) or _SHORT.get(words[at], words[at]))
        at += size
    return f" {' '.join(out)} "


def _titled(found: dict[str, tuple[int, str]], kind: CompiledKind, spelt: str, pack: CompiledPack) -> None:
    """Notes a kind whose title words all stand in a name; with the issuer, where the kind needs one. Half-year reports
    have the words of yearly ones: only their own names tell them."""
    if not kind.groups or kind.kind.period == "part":
        return
    groups = list(kind.groups)
    if kind.kind.issuers == (ANY_MASS_ORG,):
        groups.append(tuple(phrase for listed in pack.mass_orgs.values() for phrase in listed))
    best = [next((phrase for phrase in group if phrase.padded in spelt), None) for group in groups]
    said = [phrase for phrase in best if phrase]
    if len(said) == len(best):
        parts = {part for phrase in said for part in phrase.parts}
        weight = sum(len(part) + 1 for part in parts)
        if weight > found.get(kind.id, (0, ""))[0]:
            found[kind.id] = (weight, " ".join(phrase.text for phrase in said))


def _printed_first(words: Sequence[str], pack: CompiledPack) -> tuple[str, ...]:
    """The printed kinds that a name begins with, in full ("bao cao ...") or short ("BB ..."); none for most names."""
    for size in (3, 2):
        whole = "".join(words[:size])
        if len(words) >= size and whole in pack.printed:
            return (whole,)
    suffix = pack.suffixes.get(words[0]) if words else None
    if words and not suffix and words[0] in _SHORT:
        whole = "".join(_SHORT[words[0]].split()[:2])
        return (whole,) if whole in pack.printed else ()
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
    if sequence[0] not in words and not any(len(word) >= _LONG for word in words):
        return 0
    compact = "".join(sequence)
    if len(compact) >= _LONG and any(len(word) >= _LONG and compact in word for word in words):
        return len(compact) + len(sequence)
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
