"""A zip of XML parts, opened with suspicion: nothing is unpacked beyond its limit, no DOCTYPE, no outside file.

For every format that is such a package: DOCX, PPTX, XLSX, ODT.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Protocol

from lxml import etree

from archive.readers.limits import ReadingLimits

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, etree.XMLSyntaxError, NotImplementedError, ValueError, OSError)
_MEGABYTE = 1024 * 1024
_SMALL, _RATIO = 8 * _MEGABYTE, 200  # XML of long tables packs 50:1; a bomb comes near 1000:1
_LIMITS = re.compile(r"too long|too big|size limit")
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"))


class Target(Protocol):
    """What `walk` tells of."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element opens."""

    def end(self, tag: str) -> None:
        """An element closes."""

    def data(self, text: str) -> None:
        """Text between two tags, maybe in pieces."""


class Refused(Exception):
    """The package is over a limit; the text says what is."""


class Forbidden(Refused):
    """It holds a DOCTYPE, which no honest package does; the text says where."""


class NeedsPassword(Exception):
    """A part is encrypted."""


class Package:
    """An open package. `BROKEN`, `Refused` and `NeedsPassword` are what may go wrong."""

    def __init__(self, path: Path, limits: ReadingLimits) -> None:
        self._zip = zipfile.ZipFile(path)
        self._part_cap = limits.part_mb * _MEGABYTE
        self._total_left = 4 * self._part_cap
        self.names = set(self._zip.namelist())
        if len(self._zip.infolist()) > limits.members:
            raise Refused(f"{len(self._zip.infolist())} members")
        if any(info.flag_bits & 1 for info in self._zip.infolist()):
            raise NeedsPassword

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def read(self, name: str) -> bytes:
        """The bytes of one XML part, without a DOCTYPE."""
        data = self.raw(name)
        forbid_doctype(data, name)
        return data

    def stream(self, name: str) -> IO[bytes]:
        """One part to look into; no more comes out than its declared size."""
        info = self._zip.getinfo(name)
        if info.file_size > self._part_cap:
            raise Refused(name)
        return self._zip.open(info)

    def raw(self, name: str) -> bytes:
        """The bytes of one part. The size that the zip declares is a promise, so what comes out is counted."""
        info = self._zip.getinfo(name)
        cap = min(self._part_cap, self._total_left, max(_SMALL, info.compress_size * _RATIO))
        if info.file_size > cap:
            raise Refused(name)
        with self._zip.open(info) as stream:
            data = stream.read(cap + 1)
        if len(data) > cap:
            raise Refused(name)
        self._total_left -= len(data)
        return data

    def main(self, usual: str) -> str:
        """The part that all others hang from."""
        main = next((part for _, kind, part in self.relations("") if kind == "officeDocument"), "")
        return main if main in self.names else usual

    def relations(self, part: str) -> list[tuple[str, str, str]]:
        """(id, last word of the type, name of the part) of what a part points to inside the package; "" is the root."""
        folder, base = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if rels not in self.names:
            return []
        found = []
        for _, element in events(self.read(rels), ("{*}Relationship",), ("end",)):
            if element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/")
                found.append((element.get("Id", ""), element.get("Type", "").rpartition("/")[2], target))
        return found


class FlatPackage(Package):
    """The same in one XML file (Flat OPC): its parts stand in it one by one, those that are no XML by name only."""

    def __init__(self, data: bytes, limits: ReadingLimits) -> None:
        self._parts: dict[str, bytes] = {}
        for _, element in events(data, ("{*}part",), ("end",)):
            name = next((value for key, value in element.attrib.items() if key.endswith("}name")), "").lstrip("/")
            content = element.find("{*}xmlData/{*}*")
            self._parts[name] = b"" if content is None else etree.tostring(content, with_tail=False)
            element.clear()
            if len(self._parts) > limits.members:
                raise Refused(f"{len(self._parts)} members")
        self.names = set(self._parts)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._parts.clear()

    def stream(self, name: str) -> IO[bytes]:
        """One part to look into."""
        return io.BytesIO(self._parts[name])

    def raw(self, name: str) -> bytes:
        """The bytes of one part."""
        return self._parts[name]


def is_limit(error: Exception) -> bool:
    """Whether a part is not broken, but beyond what the XML parser takes: texts of 10 MB, say."""
    return isinstance(error, etree.XMLSyntaxError) and bool(_LIMITS.search(str(error)))


def forbid_doctype(data: bytes, name: str) -> None:
    """Honest documents have none; entities and outside files come by one. `Forbidden` with the part's name."""
    if any(mark in data for mark in _DOCTYPES):
        raise Forbidden(name)


def events(data: bytes, tags: tuple[str, ...], kinds: tuple[str, ...] = ("start", "end")) -> Iterator[tuple[str, Any]]:
    """The elements of a part as they open and close; entities stay unresolved and nothing is fetched."""
    first = True
    source = etree.iterparse(
        io.BytesIO(data),
        events=kinds,
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    for kind, element in source:
        if first and element.getroottree().docinfo.internalDTD is not None:  # a DOCTYPE in some rare encoding
            raise Forbidden("XML")
        first = False
        yield kind, element


def forget(element: Any) -> None:
    """Free an element that is read, and the siblings before it."""
    parent = element.getparent()
    element.clear(keep_tail=False)
    while parent is not None and element.getprevious() is not None:
        del parent[0]


class _Checked:
    """A target that refuses a DOCTYPE before anything in it is used."""

    def __init__(self, target: Target) -> None:
        self.start, self.end, self.data = target.start, target.end, target.data

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise Forbidden("XML")

    def close(self) -> None:
        """Nothing is left to do."""


def walk(data: bytes, target: Target) -> None:
    """Tell the target of a part's elements and texts in their order; for formats where texts stand between elements.
    No tree is built. Entities stay unresolved and nothing is fetched."""
    checked: Any = _Checked(target)
    parser = etree.XMLParser(target=checked, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    etree.parse(io.BytesIO(data), parser)
