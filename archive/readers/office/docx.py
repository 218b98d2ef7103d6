"""DOCX and DOCM: headers first (the head of some papers stands there), then the body, then footers, notes, comments.

What the clerk's paper shows is what is read: tracked insertions, not deletions; hidden text is left out and said so.
List numbers that Word counts itself stand in no part of the file and are not made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from archive.i18n import gettext as _
from archive.readers import outcome, quality
from archive.readers.limits import ReadingLimits
from archive.readers.mail.eml import web_pages
from archive.readers.office.blocks import Blocks, TextBudget
from archive.readers.office.docx_story import Story, read_story
from archive.readers.office.drawing import chart_texts, read_drawing
from archive.readers.office.layout import Layout, lines_of, without_page_numbers
from archive.readers.office.office import answered, files_inside, incomplete, scanned
from archive.readers.office.package import BROKEN, Package, Refused
from archive.readers.office.properties import core_properties
from archive.readers.web.html import html_page
from archive.records import Reading

# What stands after the body, by the last word of the relation's type.
_AFTER_BODY = ("footer", "footnotes", "endnotes", "comments")
_DRAWN = ("diagramData", "chart")
_HEADER_ORDER = {"first": 0, "default": 1, "even": 2}
_MACROS = re.compile(r"(?:^|/)vbaProject\.bin$|(?:^|/)activeX/|(?:^|/)vbaData\.xml$", re.IGNORECASE)
_EMBEDDED = re.compile(r"(?:^|/)embeddings/[^/]+$", re.IGNORECASE)


def read_docx(path: Path, limits: ReadingLimits, form: str = "docx") -> Reading:
    """The reading of a DOCX; a broken, refused or locked one is a state, not an error."""

    def opened() -> Reading:
        with Package(path, limits) as package:
            return read_open_docx(package, limits, form)

    return answered(form, opened)


def read_open_docx(package: Package, limits: ReadingLimits, form: str = "docx") -> Reading:
    """The same of an open package. Raises what the package raises."""
    return _Document(package, limits, form).read()


class _Document:
    def __init__(self, package: Package, limits: ReadingLimits, form: str) -> None:
        self._package = package
        self._limits = limits
        self._form = form
        self._text = TextBudget(limits.text_mb * 1024 * 1024)
        self._lost: list[str] = []  # parts that could not be read, or not whole
        self._stories: list[Story] = []

    def read(self) -> Reading:
        main = self._package.main("word/document.xml")
        relations = self._package.relations(main)
        body = read_story(self._package.read(main), self._text, lambda name: self._chunk(name, relations))
        self._keep(body, main)
        layout = Layout(self._limits)
        for story in self._headers(body, relations):
            layout.add_lines(without_page_numbers(lines_of(story.blocks)), story.blocks)
        layout.add(body.blocks)
        self._after_body(layout, relations)
        if layout.cut:
            self._lost.append(_("the pages after page {count}").format(count=self._limits.pages))
        pages = layout.pages()
        properties = core_properties(self._package)
        scan = scanned(self._form, self._package, self._limits, pages, self._warnings(), properties)
        return scan or outcome.read(
            self._form,
            pages,
            tables=layout.tables,
            warnings=self._warnings(),
            properties=properties,
            legacy_font=self._legacy_font(),
        )

    def _headers(self, body: Story, relations: list[tuple[str, str, str]]) -> Iterator[Story]:
        used = {relation: _HEADER_ORDER.get(kind, 1) for kind, relation in reversed(body.headers)}
        headers = [(used.get(name, 3), part) for name, kind, part in relations if kind == "header"]
        for _order, part in sorted(headers):
            yield from self._optional(part)

    def _after_body(self, layout: Layout, relations: list[tuple[str, str, str]]) -> None:
        for wanted in _AFTER_BODY:
            stories = [story for _, kind, part in relations if kind == wanted for story in self._optional(part)]
            blocks = [block for story in stories for block in story.blocks]
            lines = lines_of(blocks)
            if wanted == "footer":
                lines = without_page_numbers(dict.fromkeys(lines))
            if lines:
                layout.add_lines(["", *lines], blocks)
        for _id, kind, part in relations:
            if kind in _DRAWN:
                layout.add_lines(self._drawn(part, kind))

    def _optional(self, part: str) -> Iterator[Story]:
        """A part besides the body; when it is broken the body is still worth reading. Limits hold for all."""
        try:
            story = read_story(self._package.read(part), self._text)
        except (KeyError, *BROKEN):
            self._lost.append(part)
            return
        self._keep(story, part)
        yield story

    def _drawn(self, part: str, kind: str) -> list[str]:
        """The words in a diagram or a chart."""
        try:
            data = self._package.read(part)
            return chart_texts(data, self._text) if kind == "chart" else lines_of(read_drawing(data, self._text).blocks)
        except (KeyError, *BROKEN):
            self._lost.append(part)
            return []

    def _chunk(self, relation: str, relations: list[tuple[str, str, str]]) -> Blocks | None:
        """A web page in place of text, as portals make DOCX of one; bare or as a web archive."""
        part = next((part for name, kind, part in relations if name == relation and kind == "aFChunk"), "")
        try:
            data = self._package.raw(part)
        except (KeyError, *BROKEN):
            return None
        pages = web_pages(data)
        return [block for page, charset in pages for block in html_page(page, charset, self._text)[0].blocks] or None

    def _keep(self, story: Story, part: str) -> None:
        self._stories.append(story)
        if story.cut or story.foreign:
            self._lost.append(part)

    def _warnings(self) -> Iterator[outcome.WarningPair]:
        yield from incomplete(self._lost)
        if any(_MACROS.search(name) for name in self._package.names):
            yield "active-content", _("the file holds macros; they are kept and never run")
        yield from files_inside(name.rpartition("/")[2] for name in self._package.names if _EMBEDDED.search(name))
        if any(story.hidden for story in self._stories):
            yield "hidden-text", _("hidden text is left out, as it is on paper")

    def _legacy_font(self) -> bool:
        fonts = [font for story in self._stories for font in story.fonts]
        if any(quality.LEGACY_FONT.search(font) for font in fonts):
            return True
        # The font may stand in a style only; the big part is looked at when the letters already look old.
        text = "\n".join(line for story in self._stories for line in lines_of(story.blocks))
        if "word/styles.xml" not in self._package.names or quality.vote(text, 200).encoding == "unicode":
            return False
        try:
            return b'"VNI-' in (styles := self._package.read("word/styles.xml")) or b'".Vn' in styles
        except (Refused, KeyError, *BROKEN):
            return False
