"""DOCX and DOCM: headers first (the head of some papers stands there), then the body, then footers, notes, comments.

What the clerk's paper shows is what is read: tracked insertions, not deletions; hidden text is left out and said so.
List numbers that Word counts itself stand in no part of the file and are not made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from docx.opc.coreprops import CoreProperties
from docx.oxml.coreprops import CT_CoreProperties
from docx.oxml.parser import parse_xml

from archive.i18n import gettext as _
from archive.readers import budget, outcome, quality
from archive.readers.docx_layout import Layout, lines_of
from archive.readers.docx_story import Story, TextBudget, read_story
from archive.readers.limits import ReadingLimits
from archive.readers.package import BROKEN, NeedsPassword, Package, Refused
from archive.records import Reading

# What stands after the body, by the last word of the relation's type.
_AFTER_BODY = ("footer", "footnotes", "endnotes", "comments")
_HEADER_ORDER = {"first": 0, "default": 1, "even": 2}
_PAGE_NUMBER = re.compile(r"[\s\-–—.]*\d*[\s\-–—./]*\d*[\s\-–—.]*")
_MACROS = re.compile(r"(?:^|/)vbaProject\.bin$|(?:^|/)activeX/|(?:^|/)vbaData\.xml$", re.IGNORECASE)
_PICTURE = re.compile(r"(?:^|/)media/[^/]+\.(?:jpe?g|png|tiff?|bmp|emf|wmf)$", re.IGNORECASE)
_EMBEDDED = re.compile(r"(?:^|/)embeddings/[^/]+$", re.IGNORECASE)


def read_docx(path: Path, limits: ReadingLimits, form: str = "docx") -> Reading:
    """The reading of a DOCX; a broken, refused or locked one is a state, not an error."""
    try:
        with Package(path, limits) as package:
            return _Document(package, limits, form).read()
    except NeedsPassword:
        return outcome.locked(form)
    except Refused as why:
        words = _("the file unpacks beyond the limits or holds forbidden XML: {what}").format(what=why)
        return outcome.unreadable(form, "over-limit", words)
    except (KeyError, *BROKEN):
        return outcome.unreadable(form, "unreadable", _("the file is damaged; save it again and drop it again"))


class _Document:
    def __init__(self, package: Package, limits: ReadingLimits, form: str) -> None:
        self._package = package
        self._limits = limits
        self._form = form
        self._text = TextBudget(limits.text_mb * 1024 * 1024)
        self._lost: list[str] = []  # parts that could not be read, or not whole
        self._stories: list[Story] = []

    def read(self) -> Reading:
        main = next((part for _, kind, part in self._package.relations("") if kind == "officeDocument"), "")
        main = main if main in self._package.names else "word/document.xml"
        body = read_story(self._package.read(main), self._text)
        self._keep(body, main)
        relations = self._package.relations(main)
        layout = Layout(self._limits.pages)
        for story in self._headers(body, relations):
            layout.add_lines(_without_page_numbers(lines_of(story.blocks)), story.blocks)
        layout.add(body.blocks)
        self._after_body(layout, relations)
        if layout.cut:
            self._lost.append(_("the pages after page {count}").format(count=self._limits.pages))
        pages = layout.pages()
        if not any(page.strip() for page in pages) and any(_PICTURE.search(name) for name in self._package.names):
            words = _("the pages are pictures; their text cannot be read yet")
            return outcome.not_yet(self._form, "needs-ocr", words, self._warnings())
        return outcome.read(
            self._form,
            pages,
            tables=layout.tables,
            warnings=self._warnings(),
            properties=self._properties(),
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
            lines = list(dict.fromkeys(lines_of(blocks)) if wanted == "footer" else lines_of(blocks))
            if wanted == "footer":
                lines = _without_page_numbers(lines)
            if lines:
                layout.add_lines(["", *lines], blocks)

    def _optional(self, part: str) -> Iterator[Story]:
        """A part besides the body; when it is broken the body is still worth reading. Limits hold for all."""
        try:
            story = read_story(self._package.read(part), self._text)
        except (KeyError, *BROKEN):
            self._lost.append(part)
            return
        self._keep(story, part)
        yield story

    def _keep(self, story: Story, part: str) -> None:
        self._stories.append(story)
        if story.cut or story.foreign:
            self._lost.append(part)

    def _warnings(self) -> Iterator[outcome.WarningPair]:
        if self._lost:
            words = _("not everything could be read: {what}").format(what=", ".join(self._lost[:5]))
            yield "text-incomplete", words
        if any(_MACROS.search(name) for name in self._package.names):
            yield "active-content", _("the file holds macros; they are kept and never run")
        embedded = sorted(name.rpartition("/")[2] for name in self._package.names if _EMBEDDED.search(name))
        if embedded:
            yield "attachments", _("files inside: {names}").format(names=", ".join(embedded[:20]))
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

    def _properties(self) -> dict[str, str]:
        """What the file says of itself. python-docx reads this one part; the whole package is never opened by it,
        because it would unpack all parts at once, bombs too."""
        try:
            part = next(part for _, kind, part in self._package.relations("") if kind == "core-properties")
            with budget.at_most(2):
                core = CoreProperties(cast("CT_CoreProperties", parse_xml(self._package.read(part))))
                dates = {"created": core.created, "modified": core.modified}
                words = {"title": core.title, "author": core.author, "last_modified_by": core.last_modified_by}
        except Exception:  # whatever is wrong with it, the text is what counts
            return {}
        kept = {key: quality.tidy(value)[:500] for key, value in words.items() if value}
        return kept | {key: moment.isoformat() for key, moment in dates.items() if moment}


def _without_page_numbers(lines: list[str]) -> list[str]:
    return [line for line in lines if not _PAGE_NUMBER.fullmatch(line)]
