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

from archive.readers import shortcut
from archive.readers.containers import OLE_FORMATS, ZIP_FORMATS, ole_format, zip_end, zip_format
from archive.readers.sheets.csv_file import delimiter_of
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
    (b"\x78\x9f\x3e\x22", "tnef"),  # [MS-OXTNEF] 2.1.3.1: winmail.dat
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
_PDF = re.compile(rb"%PDF-\d")
# What browsers take for a page: one of HTML's own elements, after blanks, comments and declarations. No way back into
# these (`*+`, `(?>`): a hundred comments could be parted in 2**100 ways.
_HTML = re.compile(
    rb"(?:[\s\xef\xbb\xbf]++|(?><!--.*?-->)|(?><\?xml[^>]*>))*+<(?:!doctype\s+html\b|(?:html|head|body|title|meta|link|base|style|"
    rb"script|div|p|span|table|h[1-6]|center|font|br|hr|ul|ol|img|a|b|i|u|strong|em|form|pre|article|section|main|header"
    rb"|footer|nav)(?=[\s/>]))",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"\s*<\?xml\s")
_MAIL_HEADER = re.compile(
    rb"^(?:received|return-path|delivered-to|message-id|mime-version|from|to|cc|subject|date|x-mailer|content-type|"
    rb"content-transfer-encoding|dkim-signature|arc-seal|authentication-results|reply-to|sender|x-received):",
    re.IGNORECASE | re.MULTILINE,
)
_MAIL = re.compile(rb"\s*+(?:>?From [^\n]{1,500}\n)?[!-9;-~]{1,100}:")  # the first line may be that of a mailbox file
_HEAD_END = re.compile(rb"\r?\n\r?\n")
# No text holds these; tab, line feed, form feed, carriage return and escape may stand in one.
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


# Everything that `sniff` may answer.
FORMATS = frozenset({
    *ZIP_FORMATS, *OLE_FORMATS, *(form for _mark, form in _SIGNATURES), "webp", "heic", "mp4", "bmp", "pdf", "shortcut",
    "html", "xml", "eml", "csv", "txt", "empty", "unknown",
})  # fmt: skip


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO | None]:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        yield file if stat.S_ISREG(os.fstat(descriptor).st_mode) else None


def sniff(path: Path) -> str:
    """The format of a file, one of `FORMATS`: "pdf", "docx", ... "empty" for zero bytes, "unknown" for anything else.
    `OSError` when it cannot be opened."""
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
        whole = len(head) < _HEAD
        if whole and shortcut.is_shortcut(head):
            return "shortcut"
        return _by_signature(head) or _by_words(head, whole)


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
        if _is_mail(plain):  # whatever bytes come after its head
            return "eml"
        if _BINARY.search(plain):
            return "unknown"
    else:
        encoding = next(encoding for mark, encoding in MARKS if head.startswith(mark))
        plain = head[: len(head) // 4 * 4].decode(encoding, "ignore").encode()
    if _HTML.match(plain):
        return "html"
    if _XML.match(plain):
        return "xml"
    if delimiter_of(plain.decode("latin-1"), whole):  # what parts the values is ASCII in all encodings
        return "csv"
    return "txt" if whole or len(plain) > 16 else "unknown"


def _is_mail(plain: bytes) -> bool:
    if not _MAIL.match(plain):
        return False
    head = _HEAD_END.split(plain.lstrip()[:8192], maxsplit=1)[0]
    return len(_MAIL_HEADER.findall(head)) >= 2
