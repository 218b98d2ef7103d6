"""PPTX and PPTM: one page a slide, in the order of the show, hidden slides too; below each its diagrams and notes.

Read over our own package: python-pptx unpacks and parses every part when it opens a file, bombs too, keeps it all in
memory, and knows neither diagrams nor alternatives. What stands on the masters only is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from archive.i18n import gettext as _
from archive.readers import budget, outcome, quality
from archive.readers.limits import ReadingLimits
from archive.readers.office.blocks import Blocks, TableBlock, TextBudget
from archive.readers.office.drawing import Drawing, chart_texts, read_drawing
from archive.readers.office.layout import TableNotes, lines_of
from archive.readers.office.office import answered, files_inside, incomplete, scanned
from archive.readers.office.package import BROKEN, Package, Refused, events
from archive.readers.office.properties import core_properties
from archive.records import Reading, Table

_MAIN = "ppt/presentation.xml"
_MACROS = re.compile(r"(?:^|/)vbaProject\.bin$|(?:^|/)activeX/", re.IGNORECASE)
_EMBEDDED = re.compile(r"(?:^|/)embeddings/[^/]+$", re.IGNORECASE)
_OLD_FONT = re.compile(rb'typeface="(?:\.Vn|VNI-)')
# What hangs on a slide, by the last word of the relation's type, in the order in which it is read.
_BESIDE = ("diagramData", "chart", "notesSlide", "comments")


def read_pptx(path: Path, limits: ReadingLimits, form: str = "pptx") -> Reading:
    """The reading of a PPTX or PPTM; a broken, refused or locked one is a state, not an error."""

    def opened() -> Reading:
        with Package(path, limits) as package:
            return read_open_pptx(package, limits, form)

    return answered(form, opened)


def read_open_pptx(package: Package, limits: ReadingLimits, form: str = "pptx") -> Reading:
    """The same of an open package. Raises what the package raises."""
    return _Show(package, limits, form).read()


class _Show:
    def __init__(self, package: Package, limits: ReadingLimits, form: str) -> None:
        self._package = package
        self._limits = limits
        self._form = form
        self._text = TextBudget(limits.text_mb * 1024 * 1024)
        self._lost: list[str] = []
        self._fonts: set[str] = set()
        self._hidden: list[int] = []
        self._tables: list[Table] = []
        self._notes = TableNotes(limits)

    def read(self) -> Reading:
        slides = list(self._slides())
        budget.extend(self._limits, len(slides))
        pages = [self._page(number, part) for number, part in enumerate(slides[: self._limits.pages], start=1)]
        if len(slides) > len(pages):
            self._lost.append(_("the pages after page {count}").format(count=self._limits.pages))
        properties = core_properties(self._package)
        scan = scanned(self._form, self._package, self._limits, pages, self._warnings(), properties)
        return scan or outcome.read(
            self._form,
            pages,
            tables=self._tables,
            warnings=self._warnings(),
            properties=properties,
            legacy_font=self._legacy_font(pages),
        )

    def _slides(self) -> Iterator[str]:
        main = self._package.main(_MAIN)
        parts = {name: part for name, kind, part in self._package.relations(main) if kind == "slide"}
        for _kind, element in events(self._package.read(main), ("{*}sldId",), ("end",)):
            relation = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            if relation in parts:
                yield parts.pop(relation)

    def _page(self, number: int, part: str) -> str:
        slide = self._drawing(part)
        if slide is None:
            return ""
        if slide.hidden:
            self._hidden.append(number)
        blocks: list[Blocks] = [slide.blocks, *self._beside(part)]
        for block in (block for each in blocks for block in each if isinstance(block, TableBlock)):
            self._tables += self._notes.tables(block, number)
        return "\n".join(line for each in blocks for line in lines_of(each))

    def _beside(self, slide: str) -> Iterator[Blocks]:
        relations = self._package.relations(slide)
        for wanted in _BESIDE:
            for _id, kind, part in relations:
                if kind == wanted and kind == "chart":
                    yield self._chart(part)
                elif kind == wanted and (drawing := self._drawing(part)):
                    yield drawing.blocks

    def _drawing(self, part: str) -> Drawing | None:
        """One part; when it is broken the others are still worth reading. Limits hold for all."""
        try:
            drawing = read_drawing(self._package.read(part), self._text)
        except (KeyError, *BROKEN):
            self._lost.append(part)
            return None
        self._fonts |= drawing.fonts
        if drawing.cut:
            self._lost.append(part)
        return drawing

    def _chart(self, part: str) -> list[str]:
        try:
            return chart_texts(self._package.read(part), self._text)
        except (KeyError, *BROKEN):
            self._lost.append(part)
            return []

    def _warnings(self) -> Iterator[outcome.WarningPair]:
        yield from incomplete(self._lost)
        if any(_MACROS.search(name) for name in self._package.names):
            yield "active-content", _("the file holds macros; they are kept and never run")
        yield from files_inside(name.rpartition("/")[2] for name in self._package.names if _EMBEDDED.search(name))
        if self._hidden:
            words = _("hidden slides, read all the same: {pages}").format(pages=outcome.numbers(self._hidden))
            yield "hidden-text", words

    def _legacy_font(self, pages: list[str]) -> bool:
        if any(quality.LEGACY_FONT.search(font) for font in self._fonts):
            return True
        # The font may stand in a theme only; it is looked at when the letters already look old.
        if quality.vote("\n".join(pages), 200).encoding == "unicode":
            return False
        themes = sorted(name for name in self._package.names if name.startswith("ppt/theme/"))
        try:
            return any(_OLD_FONT.search(self._package.read(name)) for name in themes[:3])
        except (Refused, KeyError, *BROKEN):
            return False
