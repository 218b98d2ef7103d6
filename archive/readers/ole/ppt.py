"""PPT of PowerPoint 97 and later: one page a slide in the order of the show, below each the texts of its notes.

Old training papers are full of TCVN3 and VNI. Source: [MS-PPT]. Every save adds to the end of the file; the persist
directory says which copy of a slide holds, so that what was deleted is not read.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.i18n import gettext as _
from archive.readers import outcome
from archive.readers.limits import ReadingLimits
from archive.readers.office.office import pictures_only
from archive.readers.ole.ole import NotOle, Ole
from archive.readers.ole.ole_summary import summary
from archive.readers.quality import LEGACY_FONT
from archive.records import Reading

_ENCRYPTED = 0xF3D1C4DF
_EDIT, _DIRECTORY = 0x0FF5, 0x1772
_DOCUMENT, _SLIDE_LIST, _SLIDE, _NOTES = 0x03E8, 0x0FF0, 0x03EE, 0x03F0
_NOTES_OF, _PERSIST, _WIDE, _BYTES, _OUTLINE, _FONT = 0x03F1, 0x03F3, 0x0FA0, 0x0FA8, 0x0F9E, 0x0FB7
_SLIDES, _NOTE_PAGES = 0, 2  # which list
_DEEPEST = 100  # containers in containers; PowerPoint has eight
_LINES = str.maketrans({"\r": "\n", "\v": "\n"})


@dataclass(frozen=True, slots=True)
class _Record:
    instance: int
    kind: int
    start: int
    end: int
    container: bool


@dataclass(slots=True)
class _Place:
    """Where a slide or a page of notes stands, and its texts that stand in the outline."""

    offset: int
    slide: int = 0  # the slide's number, which its notes name
    outline: list[str] = field(default_factory=list)


class _Broken(ValueError):
    """The records do not lead to the slides."""


def read_ppt(path: Path, limits: ReadingLimits) -> Reading:
    """The reading of a PPT; a broken, cut or locked one is a state, not an error."""
    try:
        with path.open("rb") as stream:
            ole = Ole(stream)
            user = ole.stream("Current User", 64)
            if "EncryptedSummary" in ole.names or (len(user) >= 16 and _u32(user, 12) == _ENCRYPTED):
                return outcome.locked("ppt")
            show = _Show(ole.stream("PowerPoint Document", limits.part_mb * 1024 * 1024), limits)
            return _reading(show.pages(_u32(user, 16)), show, ole, limits)
    except (NotOle, _Broken, struct.error):
        return outcome.damaged("ppt")


def _reading(pages: list[str], show: _Show, ole: Ole, limits: ReadingLimits) -> Reading:
    warnings = []
    if show.cut:
        words = _("only the first {count} pages were read")
        warnings.append(("text-incomplete", words.format(count=limits.pages)))
    if not any(page.strip() for page in pages) and "Pictures" in ole.names:
        return pictures_only("ppt", warnings)
    legacy_font = any(map(LEGACY_FONT.search, show.fonts))
    return outcome.read("ppt", pages, warnings=warnings, properties=summary(ole), legacy_font=legacy_font)


class _Show:
    def __init__(self, data: bytes, limits: ReadingLimits) -> None:
        self._data = data
        self._most = limits.pages
        self._left = limits.text_mb * 1024 * 1024
        self._seen: set[int] = set()
        self.fonts: list[str] = []
        self.cut = False

    def pages(self, edit: int) -> list[str]:
        """The text of each slide; `edit` is where the last save stands."""
        document, places = self._saved(edit)
        lists: dict[int, list[_Place]] = {}
        for record in self._children(self._record(places.get(document, -1), _DOCUMENT)):
            if record.kind == _SLIDE_LIST:
                lists[record.instance] = self._listed(record, places)
            elif record.container:
                self.fonts += [self._font(inner) for inner in self._inside(record) if inner.kind == _FONT]
        slides = lists.get(_SLIDES, [])
        self.cut = len(slides) > self._most
        pages = [self._texts(place, _SLIDE) for place in slides[: self._most]]
        numbers = {slide.slide: number for number, slide in enumerate(slides[: self._most])}
        for place in lists.get(_NOTE_PAGES, ()):
            number = numbers.get(self._slide_of(place))
            if number is not None:
                pages[number] += [text for text in self._texts(place, _NOTES) if text.strip() != "*"]  # a page number
        return ["\n".join(page) for page in pages]

    def _saved(self, edit: int) -> tuple[int, dict[int, int]]:
        """The number of the document's record, and where each numbered record stands, by all saves together."""
        document, places, seen = -1, dict[int, int](), set[int]()
        while edit and edit not in seen:
            seen.add(edit)
            record = self._record(edit, _EDIT)
            if document < 0:
                document = _u32(self._data, record.start + 16)
            directory = self._record(_u32(self._data, record.start + 12), _DIRECTORY)
            if directory.start not in seen:
                seen.add(directory.start)
                for number, offset in self._directory(directory):
                    places.setdefault(number, offset)
            edit = _u32(self._data, record.start + 8)
        return document, places

    def _directory(self, record: _Record) -> Iterator[tuple[int, int]]:
        at = record.start
        while at + 4 <= record.end:
            head = _u32(self._data, at)
            first, count = head & 0xFFFFF, min(head >> 20, (record.end - at) // 4 - 1)
            for index in range(count):
                yield first + index, _u32(self._data, at + 4 + 4 * index)
            at += 4 + 4 * count

    def _listed(self, record: _Record, places: dict[int, int]) -> list[_Place]:
        found: list[_Place] = []
        for child in self._children(record):
            if child.kind == _PERSIST:
                reference, _flags, _texts, slide = struct.unpack_from("<4I", self._data, child.start)
                found.append(_Place(places.get(reference, -1), slide))
            elif found and child.kind in (_WIDE, _BYTES):
                found[-1].outline.append(self._text(child))
        return found

    def _slide_of(self, notes: _Place) -> int:
        for record in self._children(self._record(notes.offset, _NOTES)):
            if record.kind == _NOTES_OF:
                return _u32(self._data, record.start)
        return -1

    def _texts(self, place: _Place, kind: int) -> list[str]:
        """The texts of a slide as its boxes stand; those of the outline that no box names come last."""
        texts, named = [], set[int]()
        if place.offset not in self._seen:
            self._seen.add(place.offset)
            for record in self._inside(self._record(place.offset, kind)):
                if record.kind in (_WIDE, _BYTES):
                    texts.append(self._text(record))
                elif record.kind == _OUTLINE:
                    index = _u32(self._data, record.start)
                    if index < len(place.outline) and index not in named:
                        named.add(index)
                        texts.append(place.outline[index])
        return texts + [text for index, text in enumerate(place.outline) if index not in named]

    def _text(self, record: _Record) -> str:
        if self._left <= 0:
            return ""
        data = self._data[record.start : record.end]
        text = data.decode("utf-16-le", "replace") if record.kind == _WIDE else data.decode("latin-1")
        self._left -= len(text)  # what is over the limit is cut, and told of, by archive/readers/table.py
        return text.translate(_LINES)

    def _font(self, record: _Record) -> str:
        return self._data[record.start : min(record.end, record.start + 64)].decode("utf-16-le", "replace")

    # --- records ---

    def _record(self, offset: int, kind: int) -> _Record:
        record = self._at(offset, len(self._data)) if offset >= 0 else None
        if record is None or record.kind != kind:
            raise _Broken
        return record

    def _at(self, offset: int, end: int) -> _Record | None:
        if offset + 8 > end:
            return None
        head, kind, length = struct.unpack_from("<HHI", self._data, offset)
        return _Record(head >> 4, kind, offset + 8, min(offset + 8 + length, end), head & 15 == 15)

    def _children(self, record: _Record) -> Iterator[_Record]:
        at = record.start
        while child := self._at(at, record.end):
            yield child
            at = child.end

    def _inside(self, record: _Record) -> Iterator[_Record]:
        """All records in one, at any depth, in order."""
        waiting = [self._children(record)]
        while waiting:
            child = next(waiting[-1], None)
            if child is None:
                waiting.pop()
            else:
                yield child
                if child.container and len(waiting) < _DEEPEST:
                    waiting.append(self._children(child))


def _u32(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", data, at)[0])
