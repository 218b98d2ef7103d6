"""Compressed RTF as Outlook keeps it ([MS-OXRTFCP]): references into a ring of 4 KiB that begins with common RTF."""

from __future__ import annotations

import struct

_RING = 4096
_BEGIN = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_PACKED, _PLAIN = b"LZFu", b"MELA"
_HEADER = 16


def unpacked(data: bytes, at_most: int) -> bytes:
    """The RTF, `at_most` bytes of it; as much as can be read of a broken one."""
    if len(data) < _HEADER:
        return b""
    size = min(struct.unpack_from("<I", data, 4)[0], at_most)
    if data[8:12] == _PLAIN:
        return data[_HEADER : _HEADER + size]
    return _unpacked(data, size) if data[8:12] == _PACKED else b""


def _unpacked(data: bytes, size: int) -> bytes:
    text = bytearray(_BEGIN)  # all that ever stood in the ring; its place p holds the last text[i] with i % 4096 == p
    at = _HEADER
    while at < len(data) and len(text) - len(_BEGIN) < size:
        flags = data[at]
        at += 1
        for bit in range(8):
            if not flags >> bit & 1:
                text += data[at : at + 1]
                at += 1
                continue
            reference = int.from_bytes(data[at : at + 2], "big")
            at += 2
            back = (len(text) - (reference >> 4)) % _RING
            if not back or at > len(data):  # a reference to its own place is the end
                return bytes(text[len(_BEGIN) :][:size])
            _copy(text, back, (reference & 15) + 2)
    return bytes(text[len(_BEGIN) :][:size])


def _copy(text: bytearray, back: int, count: int) -> None:
    start = len(text) - back
    for index in range(start, start + count):  # byte by byte: it may copy what it has just written
        text.append(text[index] if index >= 0 else 0x20)
