"""OpenDocument texts (ODT), with presentations and drawings, which are the same XML: headers, body, footers, notes.

Read by our own walk over the parts: odfpy, the one library for it, has had no release since 2020 and builds the whole
document in memory. What was taken out under tracked changes and what is hidden does not come in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from archive.i18n import gettext as _
from archive.readers import outcome, quality
from archive.readers.limits import ReadingLimits
from archive.readers.office.blocks import Blocks, TextBudget
from archive.readers.office.layout import Layout, lines_of, without_page_numbers
from archive.readers.office.odt_story import OdtStory, read_part
from archive.readers.office.office import answered, files_inside, incomplete, scanned
from archive.readers.office.package import BROKEN, NeedsPassword, Package
from archive.readers.office.properties import odf_properties
from archive.records import Reading

_MANIFEST = "META-INF/manifest.xml"
_ENCRYPTED = b"encryption-data"
# Libraries of macros; a file without any may still list its empty libraries.
_MACROS = re.compile(r"(?:Basic|Scripts)/(?!.*script-l[bc]\.xml$).*[^/]$")
_ENTRY = re.compile(rb"<manifest:file-entry[^>]*>")
_OBJECT = re.compile(
    rb'"application/vnd\.(?:oasis\.opendocument\.(?:text|spreadsheet|presentation)|sun\.star\.oleobject)'
)
_ENTRY_NAME = re.compile(rb'full-path="([^"]*[^"/])/?"')


def read_odt(path: Path, limits: ReadingLimits, form: str = "odt") -> Reading:
    """The reading of an ODT, ODP or ODG; a broken, refused or locked one is a state, not an error."""

    def opened() -> Reading:
        with Package(path, limits) as package:
            return _read(package, limits, form)

    return answered(form, opened)


def read_flat_odt(data: bytes, limits: ReadingLimits, form: str) -> Reading:
    """The reading of an OpenDocument text in one XML file. Raises what `read_part` raises."""
    story = OdtStory()
    read_part(data, story, TextBudget(limits.text_mb * 1024 * 1024))
    return _reading(story, limits, form, [], [])


def _read(package: Package, limits: ReadingLimits, form: str) -> Reading:
    manifest = package.raw(_MANIFEST) if _MANIFEST in package.names else b""
    if _ENCRYPTED in manifest:
        raise NeedsPassword
    story, lost = OdtStory(), []
    budget = TextBudget(limits.text_mb * 1024 * 1024)
    for part in ("styles.xml", "content.xml", "meta.xml"):  # the styles first: the content is read by them
        try:
            read_part(package.read(part), story, budget)
        except (KeyError, *BROKEN):
            if part == "content.xml":
                raise
            if part in package.names:
                lost.append(part)
    reading = _reading(story, limits, form, lost, list(_inside(package, manifest)))
    texts = [page.text for page in reading.pages]
    warnings = reading.warnings if texts else reading.warnings[1:]  # without pages the first says that nothing is there
    return scanned(form, package, limits, texts, warnings, odf_properties(story.meta)) or reading


def _reading(
    story: OdtStory, limits: ReadingLimits, form: str, lost: list[str], warnings: list[outcome.WarningPair]
) -> Reading:
    layout = Layout(limits)
    layout.add_lines(_once(story.headers), story.headers)
    layout.add(story.body)
    for blocks, lines in (
        (story.footers, _once(story.footers)),
        (story.notes, lines_of(story.notes)),
        (story.comments, lines_of(story.comments)),
    ):
        if lines:
            layout.add_lines(["", *lines], blocks)
    if layout.cut:
        lost.append(_("the pages after page {count}").format(count=limits.pages))
    if story.cut:
        lost.append(_("the text after the first {count} MB").format(count=limits.text_mb))
    warnings = [*incomplete(lost), *warnings]
    if story.hidden:
        warnings.append(("hidden-text", _("hidden text is left out, as it is on paper")))
    return outcome.read(
        form,
        layout.pages(),
        tables=layout.tables,
        warnings=warnings,
        properties=odf_properties(story.meta),
        legacy_font=any(quality.LEGACY_FONT.search(font) for font in story.fonts),
    )


def _once(blocks: Blocks) -> list[str]:
    """The lines of headers or footers: those of first, left and right pages mostly say the same."""
    return without_page_numbers(dict.fromkeys(lines_of(blocks)))


def _inside(package: Package, manifest: bytes) -> Iterator[outcome.WarningPair]:
    if any(_MACROS.match(name) for name in package.names):
        yield "active-content", _("the file holds macros; they are kept and never run")
    inside = [
        found[1] for entry in _ENTRY.findall(manifest) if _OBJECT.search(entry) and (found := _ENTRY_NAME.search(entry))
    ]
    yield from files_inside(name.decode("utf-8", "replace") for name in inside)
