"""What a file is by its bytes, whatever its name says, and whether its format closes.

Pure Python over the head, the tail and the directory of a container: cheap, bounded, and safe on any bytes. Links are
not followed and a FIFO does not block: whatever is no regular file is "unknown".
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from archive.readers.containers import ole_format, zip_end, zip_format
from archive.readers.csv_file import delimiter_of
from archive.readers.text import MARKS

_HEAD = 64 * 1024
_ZIP_TAIL = 65_535 + 22  # a zip may end in a comment of that length
_PDF_TAIL = 2048

_SIGNATURES = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"{\\rt", "rtf"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x1f\x8b\x08", "gz"),
    (b"%!PS", "ps"),
    (b"AT&TFORM", "djvu"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
_PDF = re.compile(rb"%PDF-\d")
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body|meta|table)\b", re.I | re.S
)
_XML = re.compile(rb"\s*<\?xml\s")
_MAIL_HEADER = re.compile(
    rb"^(?:received|return-path|delivered-to|message-id|mime-version|from|to|subject|date|x-mailer|content-type):",
    re.I | re.M,
)
# No text holds these; tab, line feed, form feed, carriage return and escape may stand in one.
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO | None]:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        yield file if stat.S_ISREG(os.fstat(descriptor).st_mode) else None


def sniff(path: Path) -> str:
    """The format of a file: "pdf", "docx", "txt", "jpeg", "zip", ... "empty" for zero bytes, "unknown" for anything
    else. `OSError` when it cannot be opened."""
    with _opened(path) as file:
        if file is None:
            return "unknown"
        head = file.read(_HEAD)
        if not head:
            return "empty"
        if head.startswith(_ZIPS):
            return zip_format(file, head, _tail(file, _ZIP_TAIL))
        if head.startswith(_OLE):
            return ole_format(file)
        return _by_signature(head) or _by_words(head, whole=len(head) < _HEAD)


def closes(path: Path) -> bool:
    """Whether a file's format has come to its end: a PDF its trailer, a zip its directory; other formats always have,
    zero bytes never. Only head and tail are read. `OSError` when it cannot be opened."""
    with _opened(path) as file:
        return file is not None and closes_open(file.fileno())


def closes_open(handle: int) -> bool:
    """The same of an open file, for who must not open it by its name again."""
    with os.fdopen(os.dup(handle), "rb") as file:
        file.seek(0)
        head = file.read(1100)
        if not head:
            return False
        if head.startswith(_ZIPS):
            return zip_end(_tail(file, _ZIP_TAIL)) >= 0
        if _by_signature(head) == "pdf":
            return b"%%EOF" in _tail(file, _PDF_TAIL)
        return True


def _tail(file: BinaryIO, count: int) -> bytes:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - count))
    return file.read(count)


def _by_signature(head: bytes) -> str | None:
    for mark, form in _SIGNATURES:
        if head.startswith(mark):
            return form
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in _HEIF_BRANDS else "mp4"
    if head[:2] == b"BM" and head[6:10] == b"\x00\x00\x00\x00" and len(head) > 26:
        return "bmp"
    if _PDF.search(head, 0, 1024 + 6):  # readers allow that much before the header
        return "pdf"
    return "rtf" if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf") else None


def _by_words(head: bytes, whole: bool) -> str:
    """A text of some sort, judged by its beginning; wide encodings need their mark."""
    if not head.startswith(tuple(mark for mark, encoding in MARKS if encoding != "utf-8-sig")):
        plain = head.removeprefix(codecs.BOM_UTF8)
        if _BINARY.search(plain):
            return "unknown"
    else:
        encoding = next(encoding for mark, encoding in MARKS if head.startswith(mark))
        plain = head[: len(head) // 4 * 4].decode(encoding, "ignore").encode()
    if _HTML.match(plain[:4096]):
        return "html"
    if _XML.match(plain):
        return "xml"
    top = re.split(rb"\r?\n\r?\n", plain[:8192], maxsplit=1)[0]
    if re.match(rb"[A-Za-z-]+:", top) and len(_MAIL_HEADER.findall(top)) >= 2:
        return "eml"
    if delimiter_of(plain.decode("latin-1"), whole):  # what parts the values is ASCII in all encodings
        return "csv"
    return "txt" if whole or len(plain) > 16 else "unknown"
