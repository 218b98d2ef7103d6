"""Hostile pictures: sizes that lie, frames without end, bombs in chunks."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Sequence
from functools import cache, partial

from PIL import Image, ImageDraw

from tests.archive.readers.hostile_zips import MIB, zlib_bomb

_FORMATS = {"png": "PNG", "jpg": "JPEG", "gif": "GIF", "bmp": "BMP", "tif": "TIFF", "webp": "WEBP", "heic": "AVIF"}


@cache
def plain(ending: str) -> bytes:
    """A sound picture with some words on it. There is no writer of HEIC here: its stand-in is AVIF, in the same box."""
    picture = Image.new("RGB", (320, 200), "white")
    ImageDraw.Draw(picture).text((10, 50), "BAO CAO TONG KET 2021", fill="black", font_size=24)
    out = io.BytesIO()
    picture.save(out, _FORMATS[ending])
    return out.getvalue()


# --- PNG -------------------------------------------------------------------------------------------------------------


def _chunk(kind: bytes, data: bytes, length: int | None = None) -> bytes:
    size = len(data) if length is None else length
    return struct.pack(">I", size) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int, *chunks: bytes, bits: int = 8, colour: int = 0, data: bytes | None = None) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))
    pixels = zlib.compress(bytes(9)) if data is None else data
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _apng(frames: int) -> bytes:
    control = b"".join(_chunk(b"fcTL", struct.pack(">IIIIIHHBB", n, 8, 8, 0, 0, 1, 1, 0, 0)) for n in range(frames))
    return _png(8, 8, _chunk(b"acTL", struct.pack(">II", frames, 0)), control, data=zlib.compress(bytes(72)))


def _real_png(size: int) -> bytes:
    """A picture that really has all the pixels that it declares."""
    return _png(size, size, data=zlib_bomb(size * (size + 1) // MIB + 1))


# --- TIFF ------------------------------------------------------------------------------------------------------------

Tag = tuple[int, int, int, int]  # tag, type, count, value


def _folder(tags: Sequence[Tag], after: int) -> bytes:
    return (
        struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", *tag) for tag in tags) + struct.pack("<I", after)
    )


def _tags(width: int, height: int, at: int = 8, size: int = 64, packed: int = 1, more: Sequence[Tag] = ()) -> list[Tag]:
    told = [
        (256, 4, 1, width),
        (257, 4, 1, height),
        (258, 3, 1, 8),
        (259, 3, 1, packed),
        (262, 3, 1, 1),
        (273, 4, 1, at),
        (277, 3, 1, 1),
        (278, 4, 1, height),
        (279, 4, 1, size),
    ]
    return sorted([*told, *more])


def _tiff(tags: Sequence[Tag], after: int = 0) -> bytes:
    return b"II*\0" + struct.pack("<I", 72) + bytes(64) + _folder(tags, after)


def _tiff_pages(count: int) -> bytes:
    data, at = bytearray(b"II*\0" + struct.pack("<I", 72) + bytes(64)), 72
    tags = _tags(8, 8)
    for number in range(count):
        at += 2 + 12 * len(tags) + 4
        data += _folder(tags, at if number < count - 1 else 0)
    return bytes(data)


# --- others ----------------------------------------------------------------------------------------------------------


def _gif(width: int, height: int, frames: int, body: bytes = b"\2\2\x4c\1\0") -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6)
    frame = b"\x21\xf9\4\0\1\0\0\0\x2c" + struct.pack("<HHHHB", 0, 0, width, height, 0) + body
    return head + frame * frames + b"\x3b"


def _bmp(width: int, height: int, bits: int = 24, packed: int = 0, data: bytes = bytes(99)) -> bytes:
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, packed, len(data), 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + len(data), 0, 0, 54) + head + data


def _jpeg(*segments: bytes) -> bytes:
    data = plain("jpg")
    return data[:2] + b"".join(segments) + data[2:]


def _segment(kind: int, data: bytes, length: int | None = None) -> bytes:
    size = len(data) + 2 if length is None else length
    return struct.pack(">BBH", 0xFF, kind, size) + data


def _sized_jpeg(width: int, height: int) -> bytes:
    data = bytearray(plain("jpg"))
    at = data.index(b"\xff\xc0")
    struct.pack_into(">HH", data, at + 5, height, width)
    return bytes(data)


def _progressive(scans: int) -> bytes:
    """A picture of a few hundred bytes to each of so many passes over all its pixels."""
    out = io.BytesIO()
    Image.new("L", (4000, 4000), 128).save(out, "JPEG", progressive=True)
    data = out.getvalue()
    first = data.index(b"\xff\xda")
    second = data.index(b"\xff", first + 12)
    return data[:first] + data[first:second] * scans + b"\xff\xd9"


def _riff(*chunks: bytes, size: int | None = None) -> bytes:
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body) if size is None else size) + body


def _part(kind: bytes, data: bytes, size: int | None = None) -> bytes:
    return kind + struct.pack("<I", len(data) if size is None else size) + data + b"\0" * (len(data) % 2)


def _box(kind: bytes, data: bytes, size: int | None = None) -> bytes:
    return struct.pack(">I4s", len(data) + 8 if size is None else size, kind) + data


_BRAND = _box(b"ftyp", b"heic\0\0\0\0mif1heic")
_WEBP_FRAME = _part(b"ANMF", bytes(16) + plain("webp")[12:])

FILES: dict[str, Callable[[], bytes]] = {
    "png-100000x100000.png": partial(_png, 100_000, 100_000),
    "png-2-31-x-1.png": partial(_png, 2**31 - 1, 1),
    "png-0x0.png": partial(_png, 0, 0),
    "png-20000x20000-real.png": partial(_real_png, 20_000),
    "png-bits-99.png": partial(_png, 8, 8, bits=99, colour=99),
    "png-pixels-bomb.png": lambda: _png(8, 8, data=zlib_bomb(500)),
    "png-pixels-garbage.png": lambda: _png(500, 500, data=bytes(range(256)) * 9),
    "png-words-bombs.png": lambda: _png(8, 8, *[_chunk(b"zTXt", b"Comment\0\0" + zlib_bomb(60))] * 20),
    "png-words-100000.png": lambda: _png(8, 8, *[_chunk(b"tEXt", b"k\0v")] * 100_000),
    "png-profile-bomb.png": lambda: _png(8, 8, _chunk(b"iCCP", b"icc\0\0" + zlib_bomb(300))),
    "png-chunk-of-2GiB.png": lambda: _png(8, 8, _chunk(b"tEXt", b"a", length=2**31 - 1)),
    "png-frames-100000.png": partial(_apng, 100_000),
    "png-frames-say-2-31.png": lambda: _png(8, 8, _chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))),
    "png-palette-missing.png": partial(_png, 8, 8, colour=3),
    "tiff-folder-is-itself.tif": lambda: _tiff(_tags(8, 8), after=72),
    "tiff-folder-nowhere.tif": lambda: b"II*\0\xff\xff\xff\x7f",
    "tiff-pages-100000.tif": partial(_tiff_pages, 100_000),
    "tiff-100000x100000.tif": lambda: _tiff(_tags(100_000, 100_000)),
    "tiff-strips-2-31.tif": lambda: _tiff([*_tags(8, 8)[:5], (273, 4, 2**31 - 1, 8), *_tags(8, 8)[6:]]),
    "tiff-tags-of-4GiB.tif": lambda: _tiff(_tags(8, 8, more=[(270, 2, 2**32 - 1, 8), (34675, 7, 2**32 - 1, 8)])),
    "tiff-type-unknown.tif": lambda: _tiff(_tags(8, 8, more=[(270, 99, 1, 8), (33432, 13, 9, 9)])),
    "tiff-packed-oddly.tif": lambda: _tiff(_tags(900, 900, packed=34712)),
    "tiff-lzw-garbage.tif": lambda: _tiff(_tags(900, 900, packed=5)),
    "tiff-fax-garbage.tif": lambda: _tiff(_tags(30_000, 30_000, packed=4)),
    "tiff-jpeg-garbage.tif": lambda: _tiff(_tags(900, 900, packed=7)),
    "tiff-tiles-of-nothing.tif": lambda: _tiff(
        _tags(900, 900, more=[(322, 4, 1, 0), (323, 4, 1, 2**31), (324, 4, 9, 8)])
    ),
    "tiff-samples-65535.tif": lambda: _tiff(_tags(8, 8, more=[(338, 3, 65_535, 8)])),
    "gif-frames-100000.gif": partial(_gif, 8, 8, 100_000),
    "gif-65535x65535.gif": partial(_gif, 65_535, 65_535, 3),
    "gif-codes-garbage.gif": lambda: _gif(500, 500, 1, b"\x0c\xff" + b"\xff" * 255 + b"\0"),
    "gif-never-ends.gif": lambda: _gif(8, 8, 1)[:-1] + b"\x21\xfe\xff" * 9999,
    "bmp-negative.bmp": partial(_bmp, -100, -(2**31)),
    "bmp-100000x100000.bmp": partial(_bmp, 100_000, 100_000),
    "bmp-0x0.bmp": partial(_bmp, 0, 0),
    "bmp-bits-255.bmp": partial(_bmp, 8, 8, 255, 99),
    "bmp-rle-garbage.bmp": lambda: _bmp(20_000, 1000, 8, 1, b"\0\2\xff\xff" * 9999),
    "jpeg-65535x65535.jpg": partial(_sized_jpeg, 65_500, 65_500),
    "jpeg-0x0.jpg": partial(_sized_jpeg, 0, 0),
    "jpeg-segment-beyond.jpg": lambda: _jpeg(_segment(0xE1, b"Exif\0\0", 0xFFFF)),
    "jpeg-exif-loop.jpg": lambda: _jpeg(
        _segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0" + _folder([(34665, 4, 1, 8), (0x112, 3, 1, 99)], 8))
    ),
    "jpeg-exif-of-4GiB.jpg": lambda: _jpeg(
        _segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0" + _folder([(0x112, 2, 2**32 - 1, 8)], 0))
    ),
    "jpeg-profile-pieces.jpg": lambda: _jpeg(*[_segment(0xE2, b"ICC_PROFILE\0\x01\xff" + bytes(60_000))] * 200),
    "jpeg-1500-passes.jpg": partial(_progressive, 1500),
    "jpeg-tables-garbage.jpg": lambda: _jpeg(_segment(0xC4, b"\x00" + b"\xff" * 16), _segment(0xDB, b"\xff" * 9)),
    "jpeg-pictures-many.jpg": lambda: _jpeg(
        _segment(0xE2, b"MPF\0II*\0\x08\0\0\0" + _folder([(0xB001, 4, 1, 2**31), (0xB002, 7, 2**31, 8)], 0))
    ),
    "webp-sizes-lie.webp": lambda: _riff(
        _part(b"VP8X", b"\x02\0\0\0" + b"\xff" * 6), plain("webp")[12:], size=2**32 - 1
    ),
    "webp-lossless-16383.webp": lambda: _riff(_part(b"VP8L", b"\x2f\xff\xff\xff\x0f" + bytes(99))),
    "webp-frames-20000.webp": lambda: _riff(
        _part(b"VP8X", b"\x02\0\0\0" + bytes(6)), _part(b"ANIM", bytes(6)), _WEBP_FRAME * 20_000
    ),
    "webp-chunk-of-4GiB.webp": lambda: _riff(_part(b"VP8 ", b"\0" * 9, size=2**32 - 1)),
    "heic-brand-only.heic": lambda: _BRAND,
    "heic-boxes-deep.heic": lambda: (
        _BRAND + b"".join(struct.pack(">I4s", 8 * (3000 - n), b"meta") for n in range(3000))
    ),
    "heic-box-of-0.heic": lambda: _BRAND + _box(b"meta", b"\0" * 4, 0) + _box(b"iloc", b"\xff" * 99, 1),
    "heic-items-2-32.heic": lambda: (
        _BRAND
        + _box(
            b"meta",
            bytes(4) + _box(b"iloc", b"\2\0\0\0\x44\0" + b"\xff" * 20) + _box(b"iinf", b"\1\0\0\0\xff\xff\xff\xff"),
        )
    ),
    "heic-sized-2-32.heic": lambda: plain("heic").replace(
        b"ispe\0\0\0\0" + struct.pack(">II", 320, 200), b"ispe\0\0\0\0" + b"\xff" * 8
    ),
}
