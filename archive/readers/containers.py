"""What is inside a zip or an OLE file, and whether it needs a password. Bounded and in pure Python."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import BinaryIO

from archive.readers.ole import NotOle, Ole

BROKEN = (
    zlib.error,
    zipfile.BadZipFile,
    NotOle,
    ValueError,
    KeyError,
    EOFError,
    OSError,
    struct.error,
    NotImplementedError,
    OverflowError,
)
_DIRECTORY_CAP = 8 * 1024 * 1024
_CONTENT_TYPES = (
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"wordprocessingml.template.main+xml", "docx"),
    (b"ms-word.document.macroEnabled.main+xml", "docm"),
    (b"ms-word.template.macroEnabledTemplate.main+xml", "docm"),
    (b"ms-excel.sheet.binary.macroEnabled.main", "xlsb"),
    (b"ms-excel.sheet.macroEnabled.main+xml", "xlsm"),
    (b"ms-excel.template.macroEnabled.main+xml", "xlsm"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"spreadsheetml.template.main+xml", "xlsx"),
    (b"presentationml.presentation.main+xml", "pptx"),
    (b"presentationml.slideshow.main+xml", "pptx"),
    (b"ms-powerpoint.presentation.macroEnabled.main+xml", "pptm"),
)
_MIMETYPES = {"text": "odt", "spreadsheet": "ods", "presentation": "odp", "graphics": "odg"}
_FOLDERS = ((b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx"))
_STREAMS = (
    ("EncryptedPackage", "ooxml"),  # a DOCX, XLSX or PPTX under a password: which one, only the password tells
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "msg"),
)


def zip_end(tail: bytes) -> int:
    """Where in the last bytes of a file the end of the zip's directory stands, whole; -1 when it does not."""
    at = tail.rfind(b"PK\x05\x06")
    while at >= 0:
        if at + 22 <= len(tail) and at + 22 + struct.unpack_from("<H", tail, at + 20)[0] <= len(tail):
            return at
        at = tail.rfind(b"PK\x05\x06", 0, at)
    return -1


def zip_format(file: BinaryIO, head: bytes, tail: bytes) -> str:
    """The format of a zip: by its declared content type, else "zip"; a broken one by the names in its head."""
    end = zip_end(tail)
    if end < 0 or struct.unpack_from("<I", tail, end + 12)[0] > _DIRECTORY_CAP:
        return next((form for folder, form in _FOLDERS if folder in head), "zip")
    try:
        with zipfile.ZipFile(file) as archive:
            return _package_format(archive)
    except BROKEN:
        return next((form for folder, form in _FOLDERS if folder in head), "zip")


def _package_format(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if "[Content_Types].xml" in names:
        types = _first(archive, "[Content_Types].xml", 1024 * 1024)
        return next((form for mark, form in _CONTENT_TYPES if mark in types), "zip")
    if "mimetype" in names:
        mimetype = _first(archive, "mimetype", 200).decode("ascii", "replace").strip()
        if mimetype.startswith("application/vnd.oasis.opendocument."):
            return _MIMETYPES.get(mimetype.rpartition(".")[2].removesuffix("-template"), "zip")
        if mimetype == "application/epub+zip":
            return "epub"
    return "zip"


def _first(archive: zipfile.ZipFile, name: str, count: int) -> bytes:
    with archive.open(name) as stream:
        return stream.read(count)


def ole_format(file: BinaryIO) -> str:
    """The format of an OLE file by its streams; "ole" when it is none that we know."""
    try:
        names = Ole(file).names
    except BROKEN:
        return "ole"
    return next((form for stream, form in _STREAMS if stream in names), "ole")


def needs_password(file: BinaryIO, form: str) -> bool:
    """Whether a file of one of these formats is under a password; False where it cannot be told."""
    try:
        if form == "ooxml":
            return True
        if form in ("doc", "xls", "ppt"):
            return _ole_locked(Ole(file), form)
        if form in ("odt", "ods", "odp", "odg", "zip", "xlsx", "xlsm", "xlsb", "pptx", "pptm"):
            with zipfile.ZipFile(file) as archive:
                return _zip_locked(archive)
    except BROKEN:
        pass
    return False


def _zip_locked(archive: zipfile.ZipFile) -> bool:
    if any(info.flag_bits & 1 for info in archive.infolist()):
        return True
    manifest = "META-INF/manifest.xml"
    return manifest in archive.namelist() and b"encryption-data" in _first(archive, manifest, 1024 * 1024)


def _ole_locked(ole: Ole, form: str) -> bool:
    if form == "doc":
        flags = ole.stream("WordDocument", 12)[11:]  # of the file's first structure; fEncrypted
        return bool(flags and flags[0] & 1)
    if form == "ppt":
        return "EncryptedSummary" in ole.names
    records = ole.stream("Workbook" if "Workbook" in ole.names else "Book", 512)
    at = 0
    while at + 4 <= len(records):
        kind, size = struct.unpack_from("<HH", records, at)
        if kind == 0x2F:  # FILEPASS; it stands among the first records or not at all
            return True
        at += 4 + size
    return False
