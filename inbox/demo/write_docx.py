"""A sheet as a Word file, laid out as offices do: a head table without borders, Times New Roman, A4.

The same sheet gives the same bytes: the dates in the file's properties and in its ZIP directory are fixed.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from inbox.demo.sheet import Grid, Head, Heading, Sheet, Signature

FONT = "Times New Roman"
_STAMP = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP can say
_CENTRE, _LEFT, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
_JUSTIFY = WD_ALIGN_PARAGRAPH.JUSTIFY


def docx_bytes(sheet: Sheet) -> bytes:
    """The sheet as .docx."""
    document = Document()
    _prepare(document, sheet)
    section: Any = document.sections[0]
    if sheet.form:
        # Collective papers keep the mark of the form in the page header, personal ones on top of the page.
        first = section.header.paragraphs[0] if sheet.number else document.add_paragraph()
        _line(first, sheet.form, _RIGHT, italic=True)
    if sheet.in_page_header:
        width = section.page_width - section.left_margin - section.right_margin
        _head(section.header.add_table(1, 2, width), sheet)
    else:
        _head(document.add_table(1, 2), sheet)
    _line(document.add_paragraph(), sheet.kind, _CENTRE, bold=True, size=15)
    for line in sheet.title:
        _line(document.add_paragraph(), line, _CENTRE, bold=True)
    _line(document.add_paragraph(), "-----", _CENTRE)
    for block in sheet.body:
        _block(document, block)
    _foot(document, sheet)
    return _fixed(document)


def _prepare(document: Any, sheet: Sheet) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(4)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    # python-docx's template carries the styles of Word 2007 a second time, half of the file's size for nothing.
    for key in [key for key, rel in document.part.rels.items() if rel.reltype.endswith("/stylesWithEffects")]:
        del document.part.rels[key]
    properties = document.core_properties
    written = datetime(sheet.day.year, sheet.day.month, sheet.day.day, 8) if sheet.day else datetime(sheet.year, 12, 1)
    properties.author = properties.last_modified_by = sheet.signatures[0].name if sheet.signatures else ""
    properties.title, properties.comments, properties.revision = "", "", 1
    properties.created = properties.modified = written


def _line(paragraph: Any, text: str, align: Any, *, bold: bool = False, italic: bool = False, size: int = 14) -> None:
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _cell(cell: Any, lines: Sequence[str], bold: Sequence[bool], align: Any = _CENTRE) -> None:
    for at, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        _line(paragraph, line, align, bold=bold[at] if at < len(bold) else False, size=13)


def _head(table: Any, sheet: Sheet) -> None:
    left, right = table.rows[0].cells
    _cell(left, sheet.left, (False, True))
    _cell(right, sheet.right, (True, sheet.head is Head.STATE))
    right.paragraphs[-1].runs[0].italic = True


def _block(document: Any, block: str | Heading | Grid) -> None:
    if isinstance(block, Heading):
        _line(document.add_paragraph(), block.text, _LEFT, bold=True)
    elif isinstance(block, Grid):
        table = document.add_table(0, len(block.rows[0]))
        table.style = "Table Grid"
        for at, row in enumerate(block.rows):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                _cell(cell, (text,), (at == 0,), _CENTRE if len(text) < 8 else _LEFT)
        document.add_paragraph()
    else:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Mm(10)
        _line(paragraph, block, _JUSTIFY)


def _foot(document: Any, sheet: Sheet) -> None:
    left, right = document.add_table(1, 2).rows[0].cells
    if len(sheet.signatures) == 2:
        _sign(left, sheet.signatures[0])
    else:
        _cell(left, ("Nơi nhận:", *sheet.recipients) if sheet.recipients else ("",), (True,), _LEFT)
    if sheet.signatures:
        _sign(right, sheet.signatures[-1])


def _sign(cell: Any, signature: Signature) -> None:
    lines = (*signature.lines, "", "", "", signature.name)
    _cell(cell, lines, (True, *(False for _ in lines[2:]), True))


def _fixed(document: Any) -> bytes:
    """The package with fixed times, as python-docx stamps each part with the moment of writing."""
    written, fixed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with ZipFile(written) as source, ZipFile(fixed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = ZipInfo(name, _STAMP)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 0  # else the ZIP tells which system wrote it
            target.writestr(info, source.read(name))
    return fixed.getvalue()
