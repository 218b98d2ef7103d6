"""What an OLE document says of itself ([MS-OLEPS]): title, author and dates, in the stream SummaryInformation."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from archive.readers.office.properties import shown
from archive.readers.ole.ole import Ole

STREAM = "\x05SummaryInformation"
_TEXTS = {2: "title", 4: "author", 8: "last_modified_by"}
_DATES = {12: "created", 13: "modified"}
_CODE_PAGE, _SHORT, _BYTES, _WIDE, _TIME = 1, 2, 30, 31, 64
_UTF16, _UTF8 = 1200, 65001
_CAP = 256 * 1024
_MOST = 100  # properties; there are twenty


def summary(ole: Ole) -> dict[str, str]:
    """The properties that are there, raw, for the vote on old encodings; none when they are broken."""
    try:
        return _properties(ole.stream(STREAM, _CAP))
    except (struct.error, ValueError, OverflowError, LookupError):
        return {}


def moment(ticks: int) -> str:
    """A FILETIME (tenths of microseconds from 1601 on) as ISO; "" when it is none that a person wrote anything at."""
    try:
        at = datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
    except OverflowError:
        return ""
    return at.isoformat(timespec="seconds") if 1980 <= at.year < 2200 else ""


def decoded(raw: bytes, page: int) -> str:
    """8-bit text in a Windows code page; one that is not known is read as the Western one."""
    if page == _UTF16:
        return raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace")
    try:
        return raw.decode("utf-8" if page == _UTF8 else f"cp{page}", "replace")
    except LookupError:
        return raw.decode("cp1252", "replace")


def _properties(data: bytes) -> dict[str, str]:
    if len(data) < 48:
        return {}
    values = dict(_values(data[struct.unpack_from("<I", data, 44)[0] :]))
    page = values.get(_CODE_PAGE, (_SHORT, b""))[1][:2]
    number_of_page = int.from_bytes(page, "little")
    found = shown({name: _text(*values[number], number_of_page) for number, name in _TEXTS.items() if number in values})
    for number, name in _DATES.items():
        kind, raw = values.get(number, (0, b""))
        if kind == _TIME and (at := moment(int.from_bytes(raw[:8], "little"))):
            found[name] = at
    return found


def _values(part: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    count = min(struct.unpack_from("<I", part, 4)[0], _MOST)
    for index in range(count):
        number, at = struct.unpack_from("<2I", part, 8 + 8 * index)
        if at + 4 <= len(part):
            yield number, (struct.unpack_from("<I", part, at)[0] & 0xFFFF, part[at + 4 : at + 4 + 4096])


def _text(kind: int, raw: bytes, page: int) -> str:
    size = int.from_bytes(raw[:4], "little")
    if kind == _WIDE:
        return decoded(raw[4 : 4 + size * 2], _UTF16).partition("\0")[0]
    return decoded(raw[4 : 4 + size], page).partition("\0")[0] if kind == _BYTES else ""
