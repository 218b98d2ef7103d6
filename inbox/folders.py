"""Which unit does a path in the inbox belong to, and which names are nobody's delivery (contract.md, "Home and inbox").

Pure: paths are bytes relative to the inbox, as the file system holds them. Text is made of them only to compare names
and to show them to people.
"""

from __future__ import annotations

import fnmatch
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from archive.records import Unit

NO_UNIT = "no-unit"

# Left behind by office programs, browsers and other systems; the names are compared as Windows does, without case.
IGNORED_FILES = ("~$*", ".~lock.*#", "*.tmp", "*.part", "*.crdownload", "thumbs.db", "desktop.ini", ".ds_store", "._*")
# What we ourselves write into a unit's folder, and copies that people make of it. A clerk's own file may well begin
# with an underscore, so nothing else that does is left out.
OWN_NAMES = ("_tinh-trang*.html", "_thieu*.txt", "_bien-nhan*", "_can-sua*")

# Signs that turn or break a line where a name is shown, though they are not control characters.
_MISLEADING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\ufeff")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file belongs. `folder` is the path below the unit's folder ("" = directly in it; below the inbox for
    nobody's files), `name` the file's name, both for people to read. `reason` says why `unit` is None."""

    unit: str | None
    folder: str
    name: str
    reason: str | None = None


def shown(raw: bytes) -> str:
    """A path or name as text for people and databases: NFC; what is not UTF-8, or would control a terminal or turn
    the direction of writing, as \\xNN or \\uNNNN."""
    text = unicodedata.normalize("NFC", raw.decode("utf-8", "backslashreplace"))
    return "".join(_escaped(char) if _unfit(char) else char for char in text)


def _unfit(char: str) -> bool:
    return char in _MISLEADING or unicodedata.category(char) in ("Cc", "Cs")


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def _key(raw: bytes) -> str:
    """What folder names are compared by: NFC, since a Mac writes NFD into a share."""
    return unicodedata.normalize("NFC", raw.decode("utf-8", "surrogateescape"))


def place(path: bytes, units: Mapping[str, Unit]) -> Place:
    """The unit, folder and name of a file.

    The top folder is a unit's; each further folder that is a sub-unit of the unit so far goes down to it. A sub-unit's
    folder that somebody made at the top is taken for that sub-unit: its id is nobody else's."""
    *folders, name = path.split(b"/")
    keys = [_key(folder) for folder in folders]
    unit = units.get(keys[0]) if keys else None
    if unit is None:
        return Place(None, shown(b"/".join(folders)), shown(name), NO_UNIT)
    depth = 1
    while depth < len(keys):
        below = units.get(keys[depth])
        if below is None or below.parent != unit.id:
            break
        unit, depth = below, depth + 1
    return Place(unit.id, shown(b"/".join(folders[depth:])), shown(name))


def is_own(name: bytes) -> bool:
    """Whether a file or folder of this name is one of ours; nothing below such a folder is a delivery."""
    return _matches(name, OWN_NAMES)


def is_ignored(name: bytes) -> bool:
    """Whether a file of this name is nobody's delivery, our own apart."""
    return _matches(name, IGNORED_FILES)


def _matches(name: bytes, patterns: tuple[str, ...]) -> bool:
    folded = _key(name).casefold()
    return any(fnmatch.fnmatchcase(folded, pattern) for pattern in patterns)
