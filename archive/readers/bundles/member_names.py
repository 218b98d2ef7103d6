"""Names of a bundle's members as text for people: where a member lay and what it is called, never a path to write to.

A name may be in any encoding, point out of the bundle, hold line breaks or be a megabyte long. Nothing is ever opened
or written by one; what is made of it here is for folders as evidence of the kind, for receipts and for searching.
"""

from __future__ import annotations

import re
import unicodedata
import zlib

_LONGEST = 200  # characters of a folder or a name; NTFS, ext4 and most shares end at 255 bytes or units
_DEEPEST = 12  # folders, the innermost ones
_DRIVE = re.compile(r"^[A-Za-z]:")
_EXTENSION = re.compile(r"\.\w{1,8}$")
# What turns or parts the line in which a name is shown, though it is no control character.
_MISLEADING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\ufeff")
_VIETNAMESE = frozenset(
    "ăâđêôơưàằầèềìòồờùừỳảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹáắấéếíóốớúứýạặậẹệịọộợụựỵ"
    "ĂÂĐÊÔƠƯÀẰẦÈỀÌÒỒỜÙỪỲẢẲẨẺỂỈỎỔỞỦỬỶÃẴẪẼỄĨÕỖỠŨỮỸÁẮẤÉẾÍÓỐỚÚỨÝẠẶẬẸỆỊỌỘỢỤỰỴ"
)
# What zips of Windows hold: its own code page for Vietnamese, the western one, and that of DOS, which takes any byte.
_CODE_PAGES = ("cp1258", "cp1252", "cp437")
_UNICODE_PATH = 0x7075  # extra field of Info-ZIP: version, CRC-32 of the raw name, the name in UTF-8


def rebuilt(name: str) -> str:
    """A member's folders and name, parted by "/": NFC, either slash parts, no drive, no way up or to the root, nothing
    that controls a terminal, nothing over-long. "" when nothing of it is left."""
    parts = [_part(part) for part in _DRIVE.sub("", unicodedata.normalize("NFC", name)).replace("\\", "/").split("/")]
    kept = [part for part in parts if part.strip(" .")]
    return "/".join([*kept[:-1][-_DEEPEST:], *kept[-1:]])


def _part(text: str) -> str:
    shown = "".join(_escaped(char) if _unfit(char) else char for char in text[: 4 * _LONGEST]).strip()
    if len(shown) <= _LONGEST:
        return shown
    extension = _EXTENSION.search(text[-9:])
    tail = extension[0] if extension else ""
    return f"{shown[: _LONGEST - len(tail) - 1]}…{tail}"


def _unfit(char: str) -> bool:
    return char in _MISLEADING or unicodedata.category(char) in ("Cc", "Cs")


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii").replace("\\", "_")  # a backslash would part folders


def guessed(raw: bytes) -> str:
    """A name of which nobody says what encoding it is in: UTF-8 when it is, else the code page in which every letter
    beyond ASCII is one of Vietnamese, else the one in which most are letters at all."""
    texts = [text for code_page in ("utf-8", *_CODE_PAGES) if (text := _decoded(raw, code_page)) is not None]
    if _decoded(raw, "utf-8") is not None:
        return texts[0]
    foreign = [[char for char in text if not char.isascii()] for text in texts]
    best = next((n for n, chars in enumerate(foreign) if all(char in _VIETNAMESE for char in chars)), None)
    if best is None:
        best = max(range(len(texts)), key=lambda n: sum(char.isalpha() for char in foreign[n]) / len(foreign[n]))
    return texts[best]


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return unicodedata.normalize("NFC", raw.decode(encoding))
    except UnicodeDecodeError:
        return None


def unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The name that WinRAR and Info-ZIP keep in UTF-8 beside one in a code page; None when there is none for it."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = int.from_bytes(extra[at : at + 2], "little"), int.from_bytes(extra[at + 2 : at + 4], "little")
        field = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_PATH and len(field) > 5 and field[0] == 1:
            if int.from_bytes(field[1:5], "little") != zlib.crc32(raw):
                return None  # the file was renamed by a program that knows nothing of this field
            return field[5:].decode("utf-8", "replace")
        at += 4 + size
    return None
