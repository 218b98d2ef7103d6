"""Hostile ZIPs: bombs, lies about sizes and counts, names that mean to be written by."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from tests.archive.readers import making

MIB = 1 << 20
_ZIP64 = b"\xff" * 4


@cache
def _megabyte_of(byte: bytes) -> bytes:
    packer = zlib.compressobj(9, wbits=-15)
    return packer.compress(byte * MIB) + packer.flush(zlib.Z_FULL_FLUSH)


def bomb(megabytes: int, byte: bytes = b"\0") -> bytes:
    """A raw deflate stream of so many megabytes of one byte: the blocks of one megabyte stand after each other."""
    return _megabyte_of(byte) * megabytes + zlib.compressobj(9, wbits=-15).flush()


def zlib_bomb(megabytes: int) -> bytes:
    """The same as a zlib stream, with a wrong sum at its end."""
    return b"\x78\xda" + bomb(megabytes) + b"\0\0\0\0"


@dataclass(frozen=True)
class Member:
    """An entry; what is None is told truly. `at` is where the directory says that it lies."""

    name: bytes = b"a.txt"
    data: bytes = b"x"
    method: int = 0
    size: int | None = None
    packed_size: int | None = None
    flags: int = 0
    local_flags: int | None = None
    attributes: int = 0
    extra: bytes = b""
    at: int | None = None
    crc: int | None = None

    def head(self, flags: int) -> bytes:
        crc = zlib.crc32(self.data) if self.crc is None else self.crc
        packed = len(self.data) if self.packed_size is None else self.packed_size
        size = len(self.data) if self.size is None else self.size
        sizes = struct.pack("<III", crc, packed & 0xFFFFFFFF, size & 0xFFFFFFFF)
        lengths = struct.pack("<HH", len(self.name), len(self.extra))
        return struct.pack("<HHHI", 45, flags, self.method, 0) + sizes + lengths


def zip_of(
    members: Sequence[Member],
    *,
    count: int | None = None,
    comment: bytes = b"",
    comment_size: int | None = None,
    directory_at: int | None = None,
    directory_size: int | None = None,
    zip64: bytes = b"",
    front: bytes = b"",
) -> bytes:
    """A zip of these entries whose end tells what it is told to tell; `zip64` stands before the end."""
    body, places = bytearray(front), []
    for member in members:
        places.append(len(body))
        flags = member.flags if member.local_flags is None else member.local_flags
        body += b"PK\x03\x04" + member.head(flags) + member.name + member.extra + member.data
    directory = bytearray()
    for member, place in zip(members, places, strict=True):
        at = place if member.at is None else member.at
        directory += b"PK\x01\x02\x2d\x03" + member.head(member.flags)
        directory += struct.pack("<HHHII", 0, 0, 0, member.attributes, at & 0xFFFFFFFF) + member.name + member.extra
    number = min(len(members), 0xFFFF) if count is None else count
    size = len(directory) if directory_size is None else directory_size
    start = len(body) if directory_at is None else directory_at
    length = len(comment) if comment_size is None else comment_size
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, number, number, size, start, length)
    return bytes(body + directory) + zip64 + end + comment


def _zip64_end(count: int, size: int, start: int, at: int) -> bytes:
    """The end record of a zip64 and the locator that says it stands `at`."""
    record = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, start)
    return record + struct.pack("<4sIQI", b"PK\x06\x07", 0, at, 1)


def bombed(megabytes: int, name: bytes = b"bao cao.txt", **told: int) -> Member:
    """A member that unpacks to so much."""
    data = bomb(megabytes, b" ")
    return replace(Member(name, data, 8, size=megabytes * MIB, crc=0), **told)  # type: ignore[arg-type]


def named(*names: bytes, flags: int = 0) -> bytes:
    """A zip with members of these names."""
    return zip_of([Member(name, b"bao cao %d" % number, flags=flags) for number, name in enumerate(names)])


def nested(levels: int, wide: int, core: bytes) -> bytes:
    """Zips in zips, each with `wide` times the same in it."""
    for level in range(levels):
        packed = zlib.compressobj(9, wbits=-15)
        data = packed.compress(core) + packed.flush()
        crc, size = zlib.crc32(core), len(core)
        names = [b"%d-%d.zip" % (level, number) for number in range(wide)]
        core = zip_of([Member(name, data, 8, size=size, crc=crc) for name in names])
    return core


def _overlapping(count: int) -> bytes:
    """Every entry of the directory is the same bomb (D. Fifield, "A better zip bomb")."""
    first = bombed(256)
    return zip_of(
        [
            first,
            *(replace(first, name=b"%d.txt" % n, data=b"", at=0, packed_size=len(first.data)) for n in range(count)),
        ]
    )


def _many(count: int, at: int | None = None) -> bytes:
    """More members than the number in the end can tell, with a zip64 end that can."""
    members = [Member(b"%d" % number, b"") for number in range(count)]
    plain = zip_of(members)
    size = sum(46 + len(member.name) for member in members)
    start = len(plain) - 22 - size
    end = _zip64_end(count, size, start, start + size if at is None else at)
    return plain[:-22] + end + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 2**32 - 1, 2**32 - 1, 0)


def _own_tail() -> bytes:
    """A member that holds the directory and the end of the very zip it lies in."""
    data = zip_of([Member(b"self.zip", b"")])
    return zip_of([Member(b"self.zip", b"", at=0, packed_size=len(data) * 4, size=len(data) * 4)], front=data)


def _two_ends() -> bytes:
    """Two readers find two different directories: one in the comment of the other."""
    inner = named(b"honest.txt")
    return zip_of([Member(b"other.txt", b"another")], comment=inner)


def _doc_bomb() -> bytes:
    parts = {"[Content_Types].xml": making.TYPES}
    data = making.zipped(parts)
    return zip_of([Member(b"%d.docx" % number, data + b"%d" % number) for number in range(300)])


_LINK, _DEVICE, _PIPE, _FOLDER = 0o120777 << 16, 0o020666 << 16, 0o010666 << 16, 0o040755 << 16 | 0x10
_HUGE = 2**32 - 1
_LZMA_HEAD = struct.pack("<BBHBI", 9, 4, 5, 0x5D, _HUGE)  # as a zip has it, with a dictionary of 4 GiB

FILES: dict[str, Callable[[], bytes]] = {
    "zip-bomb-1GiB.zip": lambda: zip_of([bombed(1024)]),
    "zip-bomb-that-says-10-bytes.zip": lambda: zip_of([bombed(300, size=10)]),
    "zip-bomb-in-pieces.zip": lambda: zip_of([bombed(40, b"%d.txt" % number) for number in range(60)]),
    "zip-bomb-nested.zip": lambda: nested(4, 8, zip_of([bombed(64)])),
    "zip-bomb-nested-one-by-one.zip": lambda: nested(60, 1, named(b"a.txt")),
    "zip-bomb-overlapping.zip": partial(_overlapping, 500),
    "zip-of-itself.zip": _own_tail,
    "zip-of-300-hollow-docx.zip": _doc_bomb,
    "zip-65535-members.zip": lambda: named(*(b"%d.txt" % number for number in range(65_535))),
    "zip-70000-members.zip": partial(_many, 70_000),
    "zip-zip64-end-nowhere.zip": partial(_many, 3, at=2**62),
    "zip-zip64-end-is-itself.zip": lambda: zip_of([Member()], zip64=_zip64_end(2**63, 2**63, 2**63, 0)),
    "zip-zip64-size-2-64.zip": lambda: zip_of(
        [Member(size=_HUGE, packed_size=_HUGE, extra=b"\x01\0\x10\0" + _ZIP64 * 4)]
    ),
    "zip-zip64-extra-cut.zip": lambda: zip_of([Member(size=_HUGE, packed_size=_HUGE, extra=b"\x01\0\x10\0\xff")]),
    "zip-extra-longer-than-it-is.zip": lambda: zip_of([Member(extra=b"\x75\x70\xff\xff\x01")]),
    "zip-counts-1-of-10.zip": lambda: zip_of([Member(b"%d" % number) for number in range(10)], count=1),
    "zip-counts-65535-of-1.zip": lambda: zip_of([Member()], count=65_535),
    "zip-counts-0-of-1.zip": lambda: zip_of([Member()], count=0),
    "zip-empty.zip": lambda: zip_of([]),
    "zip-directory-of-4GiB.zip": lambda: zip_of([Member()], directory_size=_HUGE - 1),
    "zip-directory-in-front-of-the-file.zip": lambda: zip_of([Member()], directory_at=_HUGE - 1),
    "zip-directory-in-the-member.zip": lambda: zip_of([Member(data=named(b"b.txt"))], directory_at=35),
    "zip-comment-of-65535.zip": lambda: zip_of([Member()], comment=b"c" * 65_535),
    "zip-comment-beyond-the-end.zip": lambda: zip_of([Member()], comment_size=65_535),
    "zip-comment-holds-another-zip.zip": _two_ends,
    "zip-comment-of-ends.zip": lambda: zip_of([Member()], comment=b"PK\x05\x06" * 16_000),
    "zip-junk-in-front.zip": lambda: zip_of([Member()], front=b"\0" * 70_000),
    "zip-member-lies-nowhere.zip": lambda: zip_of([Member(at=_HUGE - 5)]),
    "zip-member-lies-in-the-directory.zip": lambda: zip_of([Member(at=36)]),
    "zip-member-says-4GiB.zip": lambda: zip_of([Member(size=_HUGE - 1)]),
    "zip-member-packed-4GiB.zip": lambda: zip_of([Member(packed_size=_HUGE - 1)]),
    "zip-member-wrong-sum.zip": lambda: zip_of([Member(crc=7)]),
    "zip-member-deflate-garbage.zip": lambda: zip_of([Member(data=bytes(range(256)) * 9, method=8)]),
    "zip-member-bzip2-garbage.zip": lambda: zip_of([Member(data=b"BZh91AY&SY" + bytes(99), method=12, size=9999)]),
    "zip-member-lzma-of-4GiB.zip": lambda: zip_of([Member(data=_LZMA_HEAD + bytes(99), method=14, size=9 * MIB)]),
    "zip-member-lzma-garbage.zip": lambda: zip_of([Member(data=b"\xff" * 40, method=14, size=9999)]),
    "zip-member-deflate64.zip": lambda: zip_of([Member(data=b"\x03\0", method=9)]),
    "zip-member-of-no-method.zip": lambda: zip_of([Member(method=0xFFFF)]),
    "zip-member-says-locked.zip": lambda: zip_of([Member(flags=1, local_flags=0)]),
    "zip-member-locked-inside-only.zip": lambda: zip_of([Member(local_flags=1)]),
    "zip-member-strongly-locked.zip": lambda: zip_of([Member(flags=0x41), Member(b"b.txt")]),
    "zip-member-patched.zip": lambda: zip_of([Member(flags=0x20)]),
    "zip-link-to-passwd.zip": lambda: zip_of([Member(b"bao cao.txt", b"/etc/passwd", attributes=_LINK)]),
    "zip-link-and-through-it.zip": lambda: zip_of(
        [Member(b"d", b"/tmp", attributes=_LINK), Member(b"d/through", b"x")]
    ),
    "zip-device.zip": lambda: zip_of([Member(attributes=_DEVICE)]),
    "zip-pipe.zip": lambda: zip_of([Member(attributes=_PIPE)]),
    "zip-folder-with-content.zip": lambda: zip_of([Member(b"folder/", b"content", attributes=_FOLDER)]),
    "zip-names-up.zip": lambda: named(b"../../../../etc/passwd", b"..\\..\\x.txt", b"a/../../b.txt", b"..", b"."),
    "zip-names-absolute.zip": lambda: named(b"/etc/cron.d/x", b"//server/share/x.txt", b"\\\\server\\share\\y.txt"),
    "zip-names-drives.zip": lambda: named(b"C:\\Windows\\x.txt", b"c:x.txt", b"C:", b"a.txt:stream", b"file:///x"),
    "zip-names-devices.zip": lambda: named(b"CON", b"nul.txt", b"aux", b"COM1.docx", b"LPT9", b"a/PRN/b.txt"),
    "zip-names-nul.zip": lambda: named(b"a.txt\0.exe", b"\0", b"b\0c/d.txt"),
    "zip-names-newlines.zip": lambda: named(b"a\nb.txt", b"a\r\n\r\nb", b"\x1b[2J\x1b]0;x\x07.txt", b"a\tb"),
    "zip-names-twice.zip": lambda: named(b"bao cao.txt", b"bao cao.txt", b"BAO CAO.TXT", b"bao cao.txt "),
    "zip-names-of-dots-and-blanks.zip": lambda: named(b"", b" ", b"...", b"/", b"//", b"\\", b" . ", b"./a.txt"),
    "zip-names-of-65535.zip": lambda: named(b"a" * 65_535, b"b/" * 32_000 + b"c.txt", "ệ".encode() * 21_000),
    "zip-names-broken-utf8.zip": lambda: named(b"\xff\xfe\x80.txt", b"\xc0\xafetc", b"\xed\xa0\x80.txt", flags=0x800),
    "zip-names-right-to-left.zip": lambda: named("bao cao \u202efdp.exe".encode(), "\ufeff.txt".encode(), flags=0x800),
    "zip-names-ours.zip": lambda: named(b"_BIEN-NHAN/x.txt", b"_TINH-TRANG.html", b"_CAN-SUA/x", b"_hoso-0.tmp"),
    "zip-names-script.zip": lambda: named(
        b"<script>alert(1)</script>.txt", b"';DROP TABLE x;--.txt", b"{0.__class__}.txt"
    ),
}
