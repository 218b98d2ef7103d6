"""The fonts of an RTF: they say in which code page the bytes of a text are."""

from __future__ import annotations

import codecs
import re

from archive.readers import quality

_LONGEST_NAME = 200  # characters
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "cp936", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_SYMBOLS = re.compile(r"symbol|wingdings|webdings|dingbats|monotype sorts|mt extra", re.IGNORECASE)
_SIGNS = "symbols"  # the codec of fonts of signs


class RtfFonts:
    """The font table as it is read, and the codec of each font. `used` are the names of those that show text."""

    def __init__(self) -> None:
        self.codec = "cp1252"  # of the document
        self.default = -1
        self.used: set[str] = set()
        self._names: dict[int, str] = {}
        self._charsets: dict[int, int] = {}
        self._codecs: dict[int, str | None] = {}

    def begin(self, font: int) -> None:
        """An entry of the font table; its charset and name follow."""
        self._names[font] = ""

    def add_name(self, font: int, text: str) -> None:
        """A piece of an entry's name."""
        self._names[font] = (self._names.get(font, "") + text)[:_LONGEST_NAME]

    def charset(self, font: int, number: int) -> None:
        """`\\fcharset`"""
        self._charsets[font] = number

    def code_page(self, number: int) -> None:
        """`\\ansicpg`; Western where Python does not have the code page."""
        try:
            self.codec = codecs.lookup("utf-8" if number == 65001 else f"cp{number}").name
        except LookupError:
            self.codec = "cp1252"

    def use(self, font: int) -> None:
        """A text is shown in this font."""
        if font in self._names:
            self.used.add(self._names[font].rstrip("; "))

    def decode(self, data: bytes, font: int) -> str:
        """The text of bytes in a font; never fails."""
        if font not in self._codecs and font in self._names:
            self._codecs[font] = _codec(self._names[font], self._charsets.get(font, 1))
        return _decode(data, self._codecs.get(font) or self.codec)


def _codec(name: str, charset: int) -> str | None:
    """None is the codec of the document. Fonts of the time before Unicode are fonts of Western letters, whatever their
    charset says."""
    if quality.LEGACY_FONT.search(name):
        return "cp1252"
    return _SIGNS if _SYMBOLS.search(name) else _CHARSETS.get(charset)


def _decode(data: bytes, codec: str) -> str:
    """The text of bytes in a font; never fails."""
    if codec == _SIGNS:
        return "".join(map(sign, data))
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        if codec != "cp1252":
            return data.decode(codec, "replace")
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)  # it has five holes


def sign(byte: int) -> str:
    """The character of a code in a font of signs; one of no known meaning is a bullet, as most are."""
    if byte < 0x40:
        return chr(byte)
    return chr(0xF000 + byte) if 0xF000 + byte in quality.SYMBOLS else "•"
