"""Papers in one XML file: Word 2003 XML, Word and PowerPoint's flat packages, OpenDocument's flat texts.

Any other XML (an electronic invoice, a table of Excel 2003) is kept and the clerk is told what to send.
"""

from __future__ import annotations

from pathlib import Path

from archive.i18n import gettext as _
from archive.readers import outcome, quality
from archive.readers.limits import ReadingLimits
from archive.readers.office.blocks import TextBudget
from archive.readers.office.docx import read_open_docx
from archive.readers.office.docx_story import read_story
from archive.readers.office.layout import Layout
from archive.readers.office.odt import read_flat_odt
from archive.readers.office.office import answered, incomplete, not_readable_here
from archive.readers.office.package import FlatPackage, Refused, events, forbid_doctype
from archive.readers.office.pptx import read_open_pptx
from archive.records import Reading

_OPENDOCUMENT = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}document"
_WORD_2003 = "{http://schemas.microsoft.com/office/word/2003/wordml}wordDocument"
_FLAT_PACKAGE = "{http://schemas.microsoft.com/office/2006/xmlPackage}package"
_PPTX = "ppt/presentation.xml"


def read_xml(path: Path, limits: ReadingLimits) -> Reading:
    """The reading of an XML file, under the name of the format that it is."""
    return answered("xml", lambda: _read(path, limits))


def _read(path: Path, limits: ReadingLimits) -> Reading:
    cap = limits.part_mb * 1024 * 1024
    with path.open("rb") as stream:
        data = stream.read(cap + 1)
    if len(data) > cap:
        raise Refused("XML")
    root = _root(data)
    if root == _OPENDOCUMENT:
        return read_flat_odt(data, limits, "odt")
    if root == _WORD_2003:
        return _word_2003(data, limits)
    if root == _FLAT_PACKAGE:
        with FlatPackage(data, limits) as package:
            return read_open_pptx(package, limits) if _PPTX in package.names else read_open_docx(package, limits)
    return not_readable_here("xml")


def _root(data: bytes) -> str:
    forbid_doctype(data, "XML")
    for _kind, element in events(data, ("*",), ("start",)):
        return str(element.tag)
    return ""


def _word_2003(data: bytes, limits: ReadingLimits) -> Reading:
    """Its elements are called as those of DOCX; headers and notes stand in the text where they belong."""
    story = read_story(data, TextBudget(limits.text_mb * 1024 * 1024))
    layout = Layout(limits)
    layout.add(story.blocks)
    lost = [_("the end of the text")] if story.cut or layout.cut else []
    return outcome.read(
        "doc",
        layout.pages(),
        tables=layout.tables,
        warnings=incomplete(lost),
        legacy_font=any(quality.LEGACY_FONT.search(font) for font in story.fonts),
    )
