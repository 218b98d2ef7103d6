"""Small bundles made byte by byte, so that they may lie in any way a hostile one does."""

from __future__ import annotations

import io
import os
import signal
import warnings
import zipfile
import zlib
from collections.abc import Sequence


def zipped(members: Sequence[tuple[str, bytes]], **info: int) -> bytes:
    """A zip with these (name, content); `info` sets fields of every entry, such as `external_attr`."""
    out = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(out, "w") as archive:  # of names that come twice
        for name, data in members:
            entry = zipfile.ZipInfo("x")
            entry.filename = name  # as it is, whatever zipfile thinks of it
            entry.compress_type = zipfile.ZIP_DEFLATED
            for field, value in info.items():
                setattr(entry, field, value)
            archive.writestr(entry, data)
    return out.getvalue()


def raw_named(name: bytes, data: bytes = b"x", extra: bytes = b"") -> bytes:
    """A zip of one stored member whose name is these bytes, in no encoding that is told."""
    crc, size = zlib.crc32(data), len(data)
    common = b"\0\0\0\0\0\0\0\0" + crc.to_bytes(4, "little") + size.to_bytes(4, "little") * 2
    common += len(name).to_bytes(2, "little") + len(extra).to_bytes(2, "little")
    local = b"PK\x03\x04\x14\0" + common + name + extra + data
    central = b"PK\x01\x02\x14\0\x14\0" + common + bytes(14) + name + extra
    counts = b"\x01\0\x01\0" + len(central).to_bytes(4, "little") + len(local).to_bytes(4, "little")
    return local + central + b"PK\x05\x06\0\0\0\0" + counts + b"\0\0"


def unicode_path(raw: bytes, name: str) -> bytes:
    """The extra field in which WinRAR keeps a name in UTF-8."""
    field = b"\x01" + zlib.crc32(raw).to_bytes(4, "little") + name.encode()
    return b"\x75\x70" + len(field).to_bytes(2, "little") + field


def rar(members: Sequence[tuple[str, bytes]], *, method: int = 0, whole: bool = True) -> bytes:
    """A RAR 5 whose members are stored, or say to be packed by a method; without its end if it is not `whole`."""
    blocks = [b"Rar!\x1a\x07\x01\x00", _block(1, b"\0")]
    for name, data in members:
        raw = name.encode()
        fields = _vint(4) + _vint(len(data)) + _vint(0o100644) + zlib.crc32(data).to_bytes(4, "little")
        blocks.append(_block(2, fields + _vint(method << 7) + _vint(1) + _vint(len(raw)) + raw, data))
    return b"".join([*blocks, _block(5, b"\0")] if whole else blocks)


def dies(*_arguments: object, **_more: object) -> None:
    """In the place of what unpacks: brings its worker down."""
    os.kill(os.getpid(), signal.SIGKILL)


def _block(kind: int, fields: bytes, data: bytes = b"") -> bytes:
    head = _vint(kind) + (_vint(2) + _vint(len(data)) if data else _vint(0)) + fields
    head = _vint(len(head)) + head
    return zlib.crc32(head).to_bytes(4, "little") + head + data


def _vint(number: int) -> bytes:
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])
