"""Pages of a PDF that must not be handed to pdfium, or not without a word: it unpacks and draws whatever it is told to,
until the worker dies, and of a content that is damaged it gives the beginning as if it were all.

qpdf looks at a page just before pdfium does. What counts is what would really be drawn: a form is counted as often as
"/Name Do" draws it, from wherever pdfium would take a form of that name (ISO 32000-2, 8.10). That a form merely names
itself among its resources is nothing: many programs give all forms of a file the same resources.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Any

import pikepdf
from pikepdf.settings import set_qpdf_limits

from archive.readers.limits import ReadingLimits
from archive.readers.pdf import pdf_content
from archive.readers.pdf.pdf_content import Drawn

_DEEP = 30  # forms within forms; pdfium gives up a little later
_PARTS = 10_000  # streams that one page's content consists of
_MEGABYTE = 1024 * 1024
_CONTENT = 8 * _MEGABYTE  # of one page, forms counted as often as drawn; a dense map has two or three
_SHOWN = 20_000  # stretches of text on a page: pdfium takes time with their square when they run backward
_FLATE = 1040  # times its size a deflated stream may unpack to, at most
_LZW = 32 * 1024  # bytes of an LZW stream: it may unpack to 2,500 times that, and qpdf sets it no limit
_PACKED = frozenset({"/FlateDecode", "/LZWDecode", "/RunLengthDecode", "/ASCIIHexDecode", "/ASCII85Decode"})
_NESTED = 12  # a font, a colour space, and what they hold

# What pdfium unpacks for a page besides its content, and where it stands.
_RESOURCES = ("/Font", "/ColorSpace", "/Pattern", "/Shading", "/ExtGState")
_HELD = (
    "/FontDescriptor", "/FontFile", "/FontFile2", "/FontFile3", "/ToUnicode", "/DescendantFonts", "/Encoding",
    "/UseCMap", "/CIDToGIDMap", "/Function", "/ColorSpace", "/Alternate",
)  # fmt: skip

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


class _Forbidden(Exception):
    """A page, or what it draws, has this trouble."""

    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble


def bound(limits: ReadingLimits) -> None:
    """No stream that qpdf unpacks may grow beyond the limit."""
    most = limits.part_mb * _MEGABYTE
    set_qpdf_limits(
        flate_max_memory=most,
        run_length_max_memory=most,
        png_max_memory=most,
        tiff_max_memory=most,
        max_stream_filters=10,
    )


@dataclass(slots=True)
class _Page:
    """A page in hand: its resources, where forms are looked for in the end, and what its forms were found to cost."""

    resources: Any
    costs: dict[tuple[Which, Which], Drawn] = field(default_factory=dict)
    damaged: bool = False


class Guard:
    """Looks at the pages of one file, which must stay open."""

    def __init__(self, pdf: pikepdf.Pdf, limits: ReadingLimits) -> None:
        self._pages = pdf.pages
        self._most = limits.part_mb * _MEGABYTE
        self._content = min(self._most, _CONTENT)
        self._known: dict[Which, Drawn] = {}
        self._fine: set[Which] = set()  # fonts and the like that were looked at

    def at(self, number: int) -> Trouble | None:
        """What is wrong with a page, counted from 1."""
        try:
            obj = self._pages[number - 1].obj
            page = _Page(_inherited(obj))
            self._cost(self._drawn(obj.get("/Contents"), page), (), page.resources, page)
            self._check_held(page.resources, page)
        except _Forbidden as forbidden:
            return forbidden.trouble
        return Trouble.DAMAGED if page.damaged or self._other_damage(obj) else None

    def _other_damage(self, page: Any) -> bool:
        """Whether a stream that hangs on the page itself, packed as contents are, is damaged."""
        try:
            others = (page.get(key) for key in page if key not in ("/Contents", "/Parent"))
            return any(self._unpacked(other) is None for other in others if _is_packed(other))
        except _Forbidden:
            return True

    # --- contents and forms ---

    def _drawn(self, contents: Any, page: _Page) -> Drawn:
        """What a content says, taken alone."""
        if isinstance(contents, pikepdf.Stream) and contents.objgen in self._known:
            return self._known[contents.objgen]
        pieces, size = [], 0
        for stream in _streams(contents):
            data = self._unpacked(stream)
            page.damaged = page.damaged or data is None
            pieces.append(data or b"")
            size += len(pieces[-1])
            if size > self._content:
                raise _Forbidden(Trouble.BIG)
        drawn = pdf_content.drawn(b"\n".join(pieces))
        if drawn is None:
            raise _Forbidden(Trouble.BIG)
        if isinstance(contents, pikepdf.Stream) and not page.damaged:
            self._known[contents.objgen] = drawn
        return drawn

    def _cost(self, drawn: Drawn, above: tuple[Which, ...], resources: Any, page: _Page) -> Drawn:
        """The same with all that it draws. Raises `_Forbidden` beyond the limits."""
        size, shown = drawn.size, drawn.shown
        for name, times in drawn.forms.items():
            for form in _forms(name, resources, page.resources):
                inner = self._form(form, above, resources, page)
                size += times * inner.size
                shown += times * inner.shown
                if size > self._content or shown > _SHOWN:
                    raise _Forbidden(Trouble.BIG)
        if shown > _SHOWN:
            raise _Forbidden(Trouble.BIG)
        return Drawn(size, shown, Counter())

    def _form(self, form: Any, above: tuple[Which, ...], resources: Any, page: _Page) -> Drawn:
        which = form.objgen
        if which in above or len(above) > _DEEP:
            raise _Forbidden(Trouble.ENDLESS)
        own = form.get("/Resources")
        holder = (0, 0) if isinstance(own, pikepdf.Dictionary) or not above else above[-1]
        if (which, holder) not in page.costs:
            if isinstance(own, pikepdf.Dictionary):
                self._check_held(own, page)
            else:
                own = resources  # a form without any is drawn with those of whatever draws it
            page.costs[which, holder] = self._cost(self._drawn(form, page), (*above, which), own, page)
        return page.costs[which, holder]

    # --- fonts and colours ---

    def _check_held(self, resources: Any, page: _Page) -> None:
        """That nothing a page, a form or a font has at hand unpacks beyond the limit."""
        if not isinstance(resources, pikepdf.Dictionary):
            return
        for kind in _RESOURCES:
            holder = resources.get(kind)
            if isinstance(holder, pikepdf.Dictionary):
                for key in holder:
                    self._check(holder.get(str(key)), _NESTED, page)

    def _check(self, item: Any, depth: int, page: _Page) -> None:
        if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array) or depth < 0:
            return
        which = item.objgen
        if which in self._fine:
            return
        if which != (0, 0):
            self._fine.add(which)  # before the look inside, which may come back here
        try:
            self._check_inside(item, depth, page)
        except _Forbidden:
            self._fine.discard(which)
            raise

    def _check_inside(self, item: Any, depth: int, page: _Page) -> None:
        if isinstance(item, pikepdf.Array):
            for each in islice(item, 10):
                self._check(each, depth - 1, page)
            return
        if isinstance(item, pikepdf.Stream):
            self._unpack_on_trial(item)
        for key in _HELD:
            if key in item:
                self._check(item.get(key), depth - 1, page)
        glyphs = item.get("/CharProcs")
        if isinstance(glyphs, pikepdf.Dictionary):  # a font whose letters are contents of their own
            resources = item.get("/Resources", page.resources)
            for glyph in glyphs:
                self._cost(self._drawn(glyphs.get(str(glyph)), page), (), resources, page)
            self._check_held(resources, page)

    def _unpack_on_trial(self, stream: Any) -> None:
        filters = stream.get("/Filter")
        if filters == "/FlateDecode" and len(stream.get_raw_stream_buffer()) * _FLATE < self._most:
            return
        self._unpacked(stream)

    def _unpacked(self, stream: Any) -> bytes | None:
        """The unpacked bytes; None for damaged data."""
        filters = stream.get("/Filter")
        names = [str(name) for name in islice(filters, 20)] if isinstance(filters, pikepdf.Array) else [str(filters)]
        if "/LZWDecode" in names or "/LZW" in names:
            before = set(names[: max(at for at, name in enumerate(names) if name.startswith("/LZW"))])
            long = len(stream.get_raw_stream_buffer()) > _LZW
            if long or not before <= {"/ASCII85Decode", "/ASCIIHexDecode"}:
                raise _Forbidden(Trouble.BIG)
        try:
            return bytes(stream.read_bytes())
        except (pikepdf.PdfError, pikepdf.DataDecodingError) as error:
            if "limit" in str(error):
                raise _Forbidden(Trouble.BIG) from error
            return None


def _streams(contents: Any) -> Iterator[Any]:
    if isinstance(contents, pikepdf.Stream):
        yield contents
    elif isinstance(contents, pikepdf.Array):
        if len(contents) > _PARTS:
            raise _Forbidden(Trouble.BIG)
        yield from (item for item in contents if isinstance(item, pikepdf.Stream))


def _inherited(page: Any) -> Any:
    """The resources of a page, or of the branch of the page tree that it hangs on."""
    for _ in range(50):
        found = page.get("/Resources")
        parent = page.get("/Parent")
        if found is not None or not isinstance(parent, pikepdf.Dictionary):
            return found
        page = parent
    return None


def _forms(name: str, own: Any, of_page: Any) -> Iterator[Any]:
    """The form of this name; with no name to go by, all that could be meant."""
    for resources in (own, of_page):
        holder = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
        if not isinstance(holder, pikepdf.Dictionary):
            continue
        keys = [name] if name else list(map(str, holder))
        found = [item for key in keys if _is_form(item := holder.get(key))]
        yield from found
        if name and found:
            return


def _is_packed(item: Any) -> bool:
    if not isinstance(item, pikepdf.Stream):
        return False
    filters = item.get("/Filter")
    return all(str(name) in _PACKED for name in (filters if isinstance(filters, pikepdf.Array) else [filters]))


def _is_form(item: Any) -> bool:
    return isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form"
