"""Names that we write into a share, and names of others as they may safely be shown.

What we write must live on Windows, in an old Explorer and under a long UNC path: ASCII, at most `LIMIT` characters,
none of Windows' forbidden letters or reserved names. The letters and digits of the original stay in their order, so
that a person or a script finds the note that belongs to a file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import PurePosixPath

from archive.records import HANOI, Unit
from archive.vietnamese import bare, nfc

STATUS = "_TINH-TRANG.html"
MISSING = "_THIEU.txt"
RECEIPTS = "_BIEN-NHAN"
TO_MEND = "_CAN-SUA"
NOTE = ".LY-DO.txt"
LIMIT = 60

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]|[^\x00-\x7f]')
_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(10))}
_HASH = 6
# Control, surrogate, private and line-parting characters, and the invisible ones that hide text or turn it around. The
# soft hyphen stays: in old Vietnamese encodings it is a letter.
_HIDDEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
)
_HARMFUL = re.compile(f"[{_HIDDEN}]")
_HARMFUL_IN_LINE = re.compile(f"[\t\n{_HIDDEN}]")


def letters(name: str) -> str:
    """The letters and digits of a name, without accents, in lower case: by these a note and its file are matched."""
    return re.sub("[^a-z0-9]", "", bare(name).lower())


def safe_name(name: str) -> str:
    """The name under which we may write a file beside the clerk's: see the module. Where it fits, `letters(name)` is
    the beginning of `letters(safe_name(name))`; a longer name is cut and ends in a hash of the original."""
    text = _guarded(_FORBIDDEN.sub("_", bare(name)).strip(" .") or "_")
    if len(text) <= LIMIT:
        return text
    stem, extension = _split(text)
    return _cut(stem, extension, name)


def other_name(name: str, seed: str) -> str:
    """A second safe name for a file whose first one is taken; the same for the same seed."""
    text = safe_name(name)
    tail = f"_{_digest(seed)}{_split(text)[1]}"
    if len(text) + len(tail) > LIMIT:
        text = _squeezed(text)[: LIMIT - len(tail)]
    return _guarded(text + tail)


def safe_names(files: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Keys with original names to keys with names that do not clash, nor do their notes, whatever the case of letters.
    The first file of a name keeps it; the later ones get a hash of their key."""
    taken: set[str] = set()
    chosen: dict[str, str] = {}
    for key, name in files:
        candidate, turn = safe_name(name), 0
        while {candidate.lower(), (candidate + NOTE).lower()} & taken:
            candidate, turn = other_name(name, f"{key} {turn}"), turn + 1
        taken |= {candidate.lower(), (candidate + NOTE).lower()}
        chosen[key] = candidate
    return chosen


def receipt_name(at: datetime, number: int) -> str:
    """The name of a receipt: day, time (+07:00) and running number."""
    return f"{at.astimezone(HANOI):%Y-%m-%d_%H%M}_{number:04d}.html"


def unit_folder(units: Mapping[str, Unit], unit_id: str) -> PurePosixPath:
    """A unit's folder below the inbox: its own id below those of its parents, level by level."""
    chain: list[str] = []
    current: str | None = unit_id
    while current is not None and current not in chain:
        chain.insert(0, current)
        unit = units.get(current)
        current = unit.parent if unit else None
    return PurePosixPath(*chain)


def owner(units: Mapping[str, Unit], path: str) -> tuple[str | None, str]:
    """The unit in whose folder a path below the inbox lies, and the path as seen from there; None for the root and for
    folders of no unit. A sub-unit's folder that somebody made at the top is taken for that sub-unit."""
    *folders, name = nfc(path).split("/")
    unit = units.get(folders[0]) if folders else None
    if unit is None:
        return None, nfc(path)
    depth = 1
    while depth < len(folders) and (below := units.get(folders[depth])) and below.parent == unit.id:
        unit, depth = below, depth + 1
    return unit.id, "/".join([*folders[depth:], name])


def shown(name: str | bytes) -> str:
    """A name or path of somebody else's making as one line of harmless text: what is not UTF-8, control characters
    and characters that turn the reading direction become U+FFFD. For pages that escape HTML themselves."""
    text = name.decode("utf-8", "replace") if isinstance(name, bytes) else name
    return _HARMFUL_IN_LINE.sub("\ufffd", nfc(text))


def harmless(text: str) -> str:
    """A whole page without hidden characters, lines kept."""
    return _HARMFUL.sub("\ufffd", text)


def _split(text: str) -> tuple[str, str]:
    """Stem and extension; an extension is short and plain, anything else belongs to the stem."""
    match = re.fullmatch(r"(.+)(\.[A-Za-z0-9]{1,8})", text)
    return (match[1], match[2]) if match else (text, "")


def _squeezed(text: str) -> str:
    return re.sub("[^A-Za-z0-9]", "", text)


def _cut(stem: str, extension: str, name: str) -> str:
    stem = _squeezed(stem) or "_"
    if len(stem) + len(extension) > LIMIT:
        stem = f"{stem[: LIMIT - len(extension) - _HASH - 1]}_{_digest(name)}"
    return _guarded(stem + extension)


def _guarded(text: str) -> str:
    """Keep away from names that Windows reserves, whatever their extension."""
    if text.partition(".")[0].strip().upper() in _RESERVED:
        return "_" + text
    return text


def _digest(seed: str) -> str:
    return hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH]
