"""The parts of a mail (RFC 2045, 2046), found by position in the file's bytes.

The standard library's header parser reads the head of each part. The body is split here: the library's own parser goes
down by recursion, hands every line through all open levels and takes any number of parts, so that a mail of nested or
of empty parts costs minutes; and it turns 50 MB of attachments into several times that in memory.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import collapse_rfc2231_value

from archive.readers.bundles.member_names import guessed
from archive.readers.web.html import decode_as

Bytes = bytes | mmap.mmap

_DEEPEST = 20  # multiparts in multiparts
_HEAD = 256 * 1024  # bytes of the head of one part
_LONGEST_HEADER = 20_000  # characters; a mail to a thousand people
_BOUNDARY = 256  # characters; RFC 2046 says 70
_HEAD_END = re.compile(rb"\r\n\r\n|\n\n|\n\r\n|\r\r")
_BEFORE = re.compile(rb"(?:\xef\xbb\xbf|[ \t\r\n>]){1,1000}(?=[!-9;-~]{1,100}:|From )")
_FOLD = re.compile(r"\r?\n[ \t]*|\r[ \t]*")
_PARSER = BytesHeaderParser(policy=compat32)


@dataclass(slots=True)
class Part:
    """One part: its head, its body by position, and its own parts if it is a multipart."""

    head: Message
    start: int
    end: int
    parts: list[Part] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The media type, such as "text/plain"."""
        return self.head.get_content_type()

    @property
    def charset(self) -> str:
        """The charset that the part names; "" when it names none."""
        return str(self.head.get_content_charset("") or "")

    def header(self, name: str) -> str:
        """A header as people read it; "" when there is none."""
        value = self.head.get(name)
        return "" if value is None else words_of(str(value))

    @property
    def filename(self) -> str:
        """The name of the file that the part is; "" when it has none."""
        names = []
        for header, parameter in (("Content-Disposition", "filename"), ("Content-Type", "name")):
            try:
                found = self.head.get_params([], header)
            except (ValueError, TypeError, LookupError, AttributeError):  # broken RFC 2231
                continue
            names += [value for key, value in found if key.lower() == parameter]
        # Some mailers send a plain name in ASCII before the real one of RFC 2231, which comes as a triple.
        best = next((name for name in names if isinstance(name, tuple)), next(iter(names), ""))
        return words_of(collapse_rfc2231_value(best)).strip()

    @property
    def attached(self) -> bool:
        """Whether the part says it is an attachment."""
        return str(self.head.get_content_disposition() or "") == "attachment"

    def content(self, data: Bytes) -> bytes:
        """The body without its transfer encoding."""
        body = data[self.start : self.end]
        encoding = str(self.head.get("Content-Transfer-Encoding", "")).strip().lower()
        if encoding not in ("base64", "quoted-printable", "x-uuencode", "uuencode", "uue", "x-uue"):
            return body
        message = Message()
        message["Content-Transfer-Encoding"] = encoding
        message.set_payload(body.decode("ascii", "surrogateescape"))
        decoded = message.get_payload(decode=True)
        return decoded if isinstance(decoded, bytes) else body

    def walk(self) -> Iterator[Part]:
        """This part and all in it, in order."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(slots=True)
class Mail:
    """A mail and whether parts of it were left off: too many, too deep, a head too long."""

    top: Part
    cut: bool = False


def split_mail(data: Bytes, at_most: int, start: int = 0, end: int | None = None) -> Mail:
    """The parts of the mail that stands in these bytes, `at_most` of them."""
    splitter = _Splitter(data, at_most)
    if not start:
        start = _before_head(data)
    top = splitter.part(start, len(data) if end is None else end, "text/plain", 0)
    return Mail(top, splitter.cut)


def _before_head(data: Bytes) -> int:
    """How many bytes in front of the first header are none: a mark of UTF-8 or empty lines, as an editor leaves
    them, and the sign by which mailbox files quote their own lines."""
    found = _BEFORE.match(data)
    return found.end() if found else 0


class _Splitter:
    def __init__(self, data: Bytes, at_most: int) -> None:
        self._data = data
        self._left = at_most
        self.cut = False

    def part(self, start: int, end: int, usual: str, depth: int) -> Part:
        """The part between these positions; `usual` is its type when it names none."""
        self._left -= 1
        head, start = self._head(start, end)
        head.set_default_type(usual)
        part = Part(head, start, end)
        boundary = str(head.get_boundary("") or "") if head.get_content_maintype() == "multipart" else ""
        if boundary and depth >= _DEEPEST:
            self.cut = True
        elif boundary:
            usual = "message/rfc822" if part.kind == "multipart/digest" else "text/plain"
            for begins, ends in self._between(boundary, start, end):
                if self._left <= 0:
                    self.cut = True
                    break
                part.parts.append(self.part(begins, ends, usual, depth + 1))
        return part

    def _head(self, start: int, end: int) -> tuple[Message, int]:
        """The headers, and where the body begins."""
        window = self._data[start : min(end, start + _HEAD)]
        if window.startswith((b"\n", b"\r\n")):  # no header at all
            return Message(), start + (2 if window.startswith(b"\r") else 1)
        found = _HEAD_END.search(window)
        if found is None and start + _HEAD < end:
            self.cut = True
        stop = found.start() if found else len(window)
        return _mended(_PARSER.parsebytes(window[:stop])), start + (found.end() if found else len(window))

    def _between(self, boundary: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where the parts of a multipart begin and end; a mail cut off has a last part without its closing line."""
        mark = boundary[:_BOUNDARY].encode("utf-8", "surrogateescape")
        line = re.compile(rb"^--" + re.escape(mark) + rb"(--)?[ \t]*(?:\r?\n|\r|\Z)", re.MULTILINE)
        begins = -1
        for found in line.finditer(self._data, start, end):
            if begins >= 0:
                yield begins, max(begins, self._before_line_end(found.start()))
            if found[1]:
                return
            begins = found.end()
        if 0 <= begins < end:
            yield begins, end

    def _before_line_end(self, at: int) -> int:
        """The line break in front of a boundary belongs to the boundary."""
        before = self._data[max(0, at - 2) : at]
        return at - (2 if before == b"\r\n" else 1 if before[-1:] in (b"\n", b"\r") else 0)


def _mended(head: Message) -> Message:
    """Headers in which letters stand as bare bytes, as some mailers send them, with letters: the library would put
    question marks for them."""
    if all(value.isascii() for _name, value in head.raw_items()):
        return head
    mended = Message()
    for name, value in head.raw_items():
        mended[name] = guessed(value.encode("ascii", "surrogateescape"))
    return mended


# --- words -----------------------------------------------------------------------------------------------------------


def words_of(value: str) -> str:
    """A header as people read it: unfolded, encoded words (RFC 2047) decoded, also broken ones. A letter that a mailer
    cut in two between encoded words comes back: neighbours are joined before they are decoded."""
    value = _FOLD.sub(" ", value[:_LONGEST_HEADER])
    if "=?" not in value:
        return value
    try:
        return "".join(
            piece if isinstance(piece, str) else _decoded(piece, name) for piece, name in decode_header(value)
        )
    except Exception:  # whatever the library makes of broken base64
        return value


def _decoded(piece: bytes, charset: str | None) -> str:
    return decode_as(piece, charset)[0] if charset else piece.decode("raw-unicode-escape", "replace")
