"""What is inside a zip or an OLE file, and whether it needs a password. Bounded and in pure Python."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Set
from typing import BinaryIO

from archive.readers.ole.ole import NotOle, Ole

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
_TYPE = re.compile(r"application/[\w.+-]+|image/[\w.+-]+")
_ROOT_TYPE = re.compile(rb"application/vnd\.(?:oasis\.opendocument|sun\.xml)\.[a-z-]+")
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
    (b"presentationml.template.main+xml", "pptx"),
    (b"ms-powerpoint.presentation.macroEnabled.main+xml", "pptm"),
    (b"ms-powerpoint.slideshow.macroEnabled.main+xml", "pptm"),
    (b"ms-powerpoint.template.macroEnabled.main+xml", "pptm"),
    (b"ms-visio.", "vsdx"),
    (b"ms-package.xps-", "xps"),
    (b"application/oxps", "xps"),
)
# Packages by the type that they name themselves (OpenDocument, EPUB), templates under the type of their documents.
_OPENDOCUMENT = "application/vnd.oasis.opendocument."
_MIMETYPES = {
    f"{_OPENDOCUMENT}text": "odt",
    f"{_OPENDOCUMENT}spreadsheet": "ods",
    f"{_OPENDOCUMENT}presentation": "odp",
    f"{_OPENDOCUMENT}graphics": "odg",
    f"{_OPENDOCUMENT}base": "odb",
    f"{_OPENDOCUMENT}database": "odb",
    "application/epub+zip": "epub",
    "application/vnd.sun.xml.writer": "sxw",
    "application/vnd.sun.xml.calc": "sxc",
    "application/vnd.sun.xml.impress": "sxi",
}
# Packages by a member that stands at their top; one that stands deeper is a file in somebody's bundle.
_TOP_MEMBERS = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("ppt/presentation.xml", "pptx"),
    ("Index/Document.iwa", "iwork"),
    ("Metadata/BuildVersionHistory.plist", "iwork"),
    ("index.apxl", "iwork"),
    ("buildVersionHistory.plist", "iwork"),
    ("AndroidManifest.xml", "apk"),
    ("META-INF/MANIFEST.MF", "jar"),
)
_FOLDERS = ((b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx"))
# What a zip may turn out to be; "opc" and "package" are packages of programs that are not known here.
ZIP_FORMATS = frozenset(
    {"zip", "opc", "package", *_MIMETYPES.values(), *(form for _mark, form in (*_CONTENT_TYPES, *_TOP_MEMBERS))}
)
_STREAMS = (
    ("EncryptedPackage", "ooxml"),  # a DOCX, XLSX or PPTX under a password: which one, only the password tells
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "msg"),
)
OLE_FORMATS = frozenset({"ole", *(form for _stream, form in _STREAMS)})


def zip_end(tail: bytes) -> int:
    """Where in the last bytes of a file the end of the zip's directory stands, whole; -1 when it does not."""
    at = tail.rfind(b"PK\x05\x06")
    while at >= 0:
        if at + 22 <= len(tail) and at + 22 + struct.unpack_from("<H", tail, at + 20)[0] <= len(tail):
            return at
        at = tail.rfind(b"PK\x05\x06", 0, at)
    return -1


def zip_format(file: BinaryIO, head: bytes, tail: bytes) -> str:
    """The format of a zip, one of `ZIP_FORMATS`: by the content type that it declares or by a member at its top, else
    "zip"; a broken one by the names in its head."""
    end = zip_end(tail)
    if end < 0 or struct.unpack_from("<I", tail, end + 12)[0] > _DIRECTORY_CAP:
        return next((form for folder, form in _FOLDERS if folder in head), "zip")
    try:
        with zipfile.ZipFile(file) as archive:
            return _package_format(archive)
    except BROKEN:
        return next((form for folder, form in _FOLDERS if folder in head), "zip")


def _package_format(archive: zipfile.ZipFile) -> str:
    """A package that is not known is still one: its parts are no papers, nobody may take it for a bundle."""
    names = set(archive.namelist())
    if "[Content_Types].xml" in names:
        types = _first(archive, "[Content_Types].xml", 1024 * 1024)
        named = next((form for mark, form in _CONTENT_TYPES if mark in types), None)
        return named or _by_top_member(names) or "opc"
    if mimetype := _mimetype(archive, names):
        return _MIMETYPES.get(mimetype.removesuffix("-template"), "package")
    return _by_top_member(names) or "zip"


def _by_top_member(names: Set[str]) -> str | None:
    return next((form for member, form in _TOP_MEMBERS if member in names), None)


def _mimetype(archive: zipfile.ZipFile, names: Set[str]) -> str:
    """The type that a package names itself, also one of OpenDocument without its first member; "" for a plain zip."""
    if "mimetype" in names:
        said = _first(archive, "mimetype", 200).decode("ascii", "replace").strip()
        if _TYPE.fullmatch(said):
            return said
    if "META-INF/manifest.xml" in names and "content.xml" in names:
        found = _ROOT_TYPE.search(_first(archive, "META-INF/manifest.xml", 1024 * 1024))
        return found[0].decode("ascii") if found else ""
    return ""


def _first(archive: zipfile.ZipFile, name: str, count: int) -> bytes:
    with archive.open(name) as stream:
        return stream.read(count)


def ole_format(file: BinaryIO) -> str:
    """The format of an OLE file by its streams, one of `OLE_FORMATS`; "ole" when it is none that we know."""
    try:
        names = Ole(file).names
    except BROKEN:
        return "ole"
    return next((form for stream, form in _STREAMS if stream in names), "ole")


def needs_password(file: BinaryIO) -> bool:
    """Whether a zip, or a package that is one, is under a password; False where it cannot be told."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _zip_locked(archive)
    except BROKEN:
        return False


def _zip_locked(archive: zipfile.ZipFile) -> bool:
    if any(info.flag_bits & 1 for info in archive.infolist()):
        return True
    manifest = "META-INF/manifest.xml"
    return manifest in archive.namelist() and b"encryption-data" in _first(archive, manifest, 1024 * 1024)
