"""Hostile 7z and RAR: heads that lie, dictionaries of gigabytes, parts of what is elsewhere."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from functools import cache, partial

import py7zr

from tests.archive.readers import making_bundles

_SIGN = b"7z\xbc\xaf\x27\x1c\0\4"
_RAR4 = b"Rar!\x1a\x07\0"
_RAR5 = b"Rar!\x1a\x07\1\0"


@cache
def plain() -> bytes:
    """A sound 7z to spoil."""
    return _packed({"Báo cáo.txt": b"bao cao " * 500, "thu muc/b.txt": b"khac"})


def _packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(data, name)
    return out.getvalue()


def _seven(head: bytes, packed: bytes = b"", at: int | None = None, size: int | None = None) -> bytes:
    """A 7z with this head, whose place and size may be lies; the sums are right."""
    place = struct.pack(
        "<QQI", len(packed) if at is None else at, len(head) if size is None else size, zlib.crc32(head)
    )
    return _SIGN + struct.pack("<I", zlib.crc32(place)) + place + packed + head


def _coder(method: bytes, properties: bytes, size: int = 99) -> bytes:
    """A head that says it is packed itself: one stream of 40 bytes, by this method."""
    coder = bytes([len(method) | 0x20]) + method + bytes([len(properties)]) + properties
    pack = b"\x06\x00\x01\x09\x28\x00"
    unpack = b"\x07\x0b\x01\x00\x01" + coder + b"\x0c" + _number(size) + b"\x00"
    return _seven(b"\x17" + pack + unpack + b"\x00", b"\xff" * 40)


def _renamed(*names: str) -> bytes:
    """Members of these names, which py7zr would not write."""
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        archive.set_encoded_header_mode(False)
        for number, name in enumerate(names):
            archive.writestr(b"bao cao", chr(ord("A") + number) * len(name))
    data = out.getvalue()
    start, size = struct.unpack_from("<QQ", data, 12)
    head = data[32 + start : 32 + start + size]
    for number, name in enumerate(names):
        head = head.replace(
            (chr(ord("A") + number) * len(name)).encode("utf-16-le"), name.encode("utf-16-le", "surrogatepass")
        )
    return _seven(head, data[32 : 32 + start])


def _number(value: int) -> bytes:
    return b"\xff" + struct.pack("<Q", value)


def _spoilt(at: int, value: int) -> bytes:
    """The sound one with another byte in its head, and the sum put right."""
    data = bytearray(plain())
    start, size = struct.unpack_from("<QQ", data, 12)
    head = bytearray(data[32 + start : 32 + start + size])
    head[at % len(head)] = value
    return _seven(bytes(head), bytes(data[32 : 32 + start]))


def _seven_bomb(megabytes: int) -> bytes:
    return _packed({"a.txt": bytes(megabytes << 20)})


def _vint(number: int) -> bytes:
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def _block(fields: bytes, size: int | None = None) -> bytes:
    head = _vint(len(fields) if size is None else size) + fields
    return zlib.crc32(head).to_bytes(4, "little") + head


def _rar5(*blocks: bytes) -> bytes:
    return _RAR5 + _block(b"\1\0\0") + b"".join(blocks) + _block(b"\5\0\0")


def _link5(target: bytes, kind: int = 1) -> bytes:
    """A member that is a link (redirection record of RAR 5)."""
    record = _vint(5) + _vint(kind) + _vint(0) + _vint(len(target)) + target
    extra = _vint(len(record)) + record
    name = b"bao cao.txt"
    fields = _vint(2) + _vint(1) + _vint(len(extra)) + _vint(0) + _vint(0) + _vint(0o120777) + _vint(0) + _vint(1)
    return _block(fields + _vint(len(name)) + name + extra)


def _block4(kind: int, flags: int, body: bytes, size: int | None = None) -> bytes:
    head = struct.pack("<BHH", kind, flags, len(body) + 7 if size is None else size) + body
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head


def _rar4(*blocks: bytes, flags: int = 0) -> bytes:
    return _RAR4 + _block4(0x73, flags, bytes(6)) + b"".join(blocks) + _block4(0x7B, 0, b"")


def _file4(name: bytes, data: bytes = b"x", flags: int = 0, packed: int | None = None, method: int = 0x30) -> bytes:
    size = len(data) if packed is None else packed
    body = struct.pack("<IIBIIBBHI", size, len(data), 3, zlib.crc32(data), 0, 29, method, len(name), 0o100644)
    return _block4(0x74, flags | 0x8000, body + name) + data


FILES: dict[str, Callable[[], bytes]] = {
    "7z-head-only.7z": lambda: plain()[:32],
    "7z-signature-only.7z": lambda: _SIGN,
    "7z-head-nowhere.7z": partial(_seven, b"\1\0", at=2**62),
    "7z-head-of-2-63.7z": partial(_seven, b"\1\0", size=2**63),
    "7z-head-empty.7z": partial(_seven, b""),
    "7z-head-garbage.7z": partial(_seven, b"\1" + b"\xff" * 200),
    "7z-head-files-2-63.7z": lambda: _seven(b"\1\5" + _number(2**63) + b"\0\0"),
    "7z-head-files-2-31.7z": lambda: _seven(b"\1\5" + _number(2**31) + b"\x0e" + _number(2**28) + b"\0\0"),
    "7z-head-files-20-million.7z": lambda: _seven(b"\1\5" + _number(20_000_000) + b"\0\0"),
    "7z-head-names-of-4GiB.7z": lambda: _seven(b"\1\5\1\x11" + _number(2**32) + b"\0a\0\0\0\0\0"),
    "7z-head-folders-2-31.7z": lambda: _seven(b"\1\4\6\0\1\x09\x01\0\7\x0b" + _number(2**31) + b"\0\0\0\0"),
    "7z-head-streams-2-40.7z": lambda: _seven(b"\1\4\6\0" + _number(2**40) + b"\x09\1\0\0\0"),
    "7z-head-in-head-in-head.7z": lambda: _seven(b"\x17" * 5000),
    "7z-head-packed-by-lzma-4GiB.7z": partial(_coder, b"\3\1\1", b"\x5d" + b"\xff" * 4),
    "7z-head-packed-by-lzma2-4GiB.7z": partial(_coder, b"\x21", b"\x28"),
    "7z-head-packed-by-ppmd-4GiB.7z": partial(_coder, b"\3\4\1", b"\x20" + b"\xff" * 4),
    "7z-head-unpacks-to-2-60.7z": partial(_coder, b"\3\1\1", b"\x5d\0\0\1\0", 2**60),
    "7z-head-packed-by-nothing-known.7z": partial(_coder, b"\x77\x77", b"abc"),
    "7z-head-under-a-password.7z": partial(_coder, b"\6\xf1\7\1", b"\x7f" + b"\xff" * 20),
    "7z-cut.7z": lambda: plain()[:-9],
    "7z-data-gone.7z": lambda: plain()[:32] + bytes(len(plain()) - 32),
    "7z-bomb-80MB.7z": partial(_seven_bomb, 80),
    "7z-names-up.7z": lambda: _renamed(
        "../../../../etc/passwd", "/etc/cron.d/x", "C:\\Windows\\x.txt", "CON", "a\nb", "a\0b.txt", "\ud800"
    ),
    "7z-5000-empty.7z": lambda: _packed({f"{number}.txt": b"" for number in range(5000)}),
    **{
        f"7z-head-byte-{at}-is-{value}.7z": partial(_spoilt, at, value)
        for at in (2, 7, 11, 19, -20)
        for value in (0, 255)
    },
    "rar-head-only.rar": lambda: _RAR5,
    "rar4-head-only.rar": lambda: _RAR4,
    "rar-names-up.rar": lambda: making_bundles.rar(
        [("../../etc/passwd", b"x"), ("/etc/x", b"y"), ("C:\\z", b"z"), ("a\nb", b"")]
    ),
    "rar-says-packed.rar": lambda: making_bundles.rar([("a.txt", b"\xff" * 99)], method=3),
    "rar-no-end.rar": lambda: making_bundles.rar([("a.txt", b"x" * 99)], whole=False),
    "rar-cut.rar": lambda: making_bundles.rar([("a.txt", b"x" * 999)])[:-500],
    "rar-members-20000.rar": lambda: making_bundles.rar([(f"{number}.txt", b"") for number in range(20_000)]),
    "rar-link-to-passwd.rar": lambda: _rar5(_link5(b"/etc/passwd")),
    "rar-link-up.rar": lambda: _rar5(_link5(b"../../../etc/passwd", 4)),
    "rar-block-of-2MB.rar": lambda: _rar5(_block(b"\2\0", size=2**21)),
    "rar-block-of-2-60.rar": lambda: _rar5(_block(b"\2\0", size=2**60)),
    "rar-block-empty.rar": lambda: _rar5(*[_block(b"")] * 9999),
    "rar-blocks-unknown.rar": lambda: _rar5(*[_block(b"\x77\0")] * 50_000),
    "rar-number-without-end.rar": lambda: _rar5(b"\0\0\0\0" + b"\xff" * 9999),
    "rar-under-a-password.rar": lambda: _RAR5 + _block(b"\4\0\0\0\x1f" + bytes(16)) + b"\xff" * 99,
    "rar-member-of-2-62.rar": lambda: _rar5(_block(b"\2\2" + _vint(2**62) + b"\4" + _vint(2**62) + b"\0" * 7 + b"\1a")),
    "rar4-names-up.rar": lambda: _rar4(_file4(b"..\\..\\x"), _file4(b"\\\\server\\x"), _file4(b"a\0b"), _file4(b"")),
    "rar4-member-of-4GiB.rar": lambda: _rar4(_file4(b"a.txt", packed=2**32 - 1)),
    "rar4-a-part-of-more.rar": lambda: _rar4(_file4(b"a.txt", flags=3), flags=1),
    "rar4-under-a-password.rar": lambda: _rar4(_file4(b"a.txt", flags=4)),
    "rar4-locked-list.rar": lambda: _rar4(b"\xff" * 200, flags=0x80),
    "rar4-packed-garbage.rar": lambda: _rar4(_file4(b"a.txt", b"\xff" * 99, method=0x33)),
    "rar4-comment-packed.rar": lambda: (
        _RAR4 + _block4(0x73, 2, bytes(6) + _block4(0x75, 0, struct.pack("<HBBH", 9999, 29, 0x33, 0) + b"\xff" * 99))
    ),
    "rar4-block-of-0.rar": lambda: _rar4(_block4(0x74, 0, b"", size=0)),
    "rar4-recovery.rar": lambda: _rar4(_block4(0x78, 0x8000, struct.pack("<I", 2**32 - 1) + b"\xff" * 20)),
    "rar4-old.rar": lambda: b"RE~^" + b"\xff" * 99,
}
