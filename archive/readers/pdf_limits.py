"""Pages of a PDF that must not be handed to pdfium, or not without a word: it unpacks and draws whatever it is told to,
until the worker dies, and of a content that is damaged it gives the beginning as if it were all.

A page content of a few kilobytes may unpack to gigabytes, and a form may call itself; qpdf finds both beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from itertools import islice
from typing import Any

import pikepdf
from pikepdf.settings import set_qpdf_limits

from archive.readers.limits import ReadingLimits

_DEEP = 30  # forms within forms; pdfium gives up beyond
_FORMS = 5000  # of a document
_PACKED = frozenset({"/FlateDecode", "/LZWDecode", "/RunLengthDecode", "/ASCIIHexDecode", "/ASCII85Decode"})

Which = tuple[int, int]


class Trouble(StrEnum):
    """What is wrong with the content of a page."""

    BIG = "big"
    ENDLESS = "endless"
    DAMAGED = "damaged"  # what is left of it can be read

    @property
    def forbids(self) -> bool:
        """Whether the page must not be read at all."""
        return self is not Trouble.DAMAGED


def bound(limits: ReadingLimits) -> None:
    """No stream that qpdf unpacks may grow beyond the limit."""
    most = limits.part_mb * 1024 * 1024
    set_qpdf_limits(flate_max_memory=most, run_length_max_memory=most, max_stream_filters=10)


def troubled_pages(pdf: pikepdf.Pdf, limits: ReadingLimits) -> dict[int, Trouble]:
    """The pages, from 1, with a content that must not be read or is damaged."""
    look = _Look(limits.part_mb * 1024 * 1024)
    found = {}
    for number, page in enumerate(islice(pdf.pages, limits.pages), start=1):
        trouble = look.at(page.obj)
        if trouble:
            found[number] = trouble
    return found


class _Look:
    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[Which, Trouble | None] = {}

    def at(self, page: Any) -> Trouble | None:
        size, damaged = 0, False
        for stream in _streams(page):
            unpacked = self._unpacked(stream)
            size += unpacked or 0
            damaged = damaged or unpacked is None
        if size > self._most:
            return Trouble.BIG
        within = self._forms(page.get("/Resources"), ())
        return within or (Trouble.DAMAGED if damaged else None)

    def _forms(self, resources: Any, above: tuple[Which, ...]) -> Trouble | None:
        """The worst that the forms of a page, or of a form, have in them."""
        holder = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
        if not isinstance(holder, pikepdf.Dictionary):
            return None
        worst = None
        for key in holder:
            item = holder.get(str(key))
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form":
                trouble = self._form(item, above)
                if trouble and trouble.forbids:
                    return trouble
                worst = worst or trouble
        return worst

    def _form(self, form: Any, above: tuple[Which, ...]) -> Trouble | None:
        which = form.objgen
        if which in above or len(above) > _DEEP:
            return Trouble.ENDLESS
        if which not in self._known and len(self._known) < _FORMS:
            size = self._unpacked(form)
            if size is not None and size > self._most:
                self._known[which] = Trouble.BIG
            else:
                within = self._forms(form.get("/Resources"), (*above, which))
                self._known[which] = within or (Trouble.DAMAGED if size is None else None)
        return self._known.get(which)

    def _unpacked(self, stream: Any) -> int | None:
        """The unpacked size, more than the limit when it is beyond; None for damaged data."""
        try:
            return len(stream.read_bytes())
        except (pikepdf.PdfError, pikepdf.DataDecodingError) as error:
            return self._most + 1 if "limit" in str(error) else None


def _streams(page: Any) -> Iterator[Any]:
    """The streams that a page itself names: its contents, and whatever else is packed like text."""
    for key in page:
        value = page.get(key)
        if key == "/Contents" and isinstance(value, pikepdf.Array):
            yield from (item for item in islice(value, 10_000) if isinstance(item, pikepdf.Stream))
        elif isinstance(value, pikepdf.Stream) and (key == "/Contents" or _is_packed(value.get("/Filter"))):
            yield value


def _is_packed(filters: Any) -> bool:
    names = filters if isinstance(filters, pikepdf.Array) else [filters]
    return all(str(name) in _PACKED for name in names)
