"""A sheet as a PDF with a text layer: PDFium lays the text down, in an embedded font with all Vietnamese letters."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from inbox.demo.pdf_files import HEIGHT, WIDTH, fixed
from inbox.demo.sheet import Grid, Heading, Sheet, Signature

FONT_PACKAGE = "fontpkg_be_vietnam_pro"
LEFT, RIGHT, TOP, BOTTOM = 72, 552, 785, 60
MIDDLE = 312
SIZE, LEADING = 11.5, 16


def font_files() -> tuple[Path, Path] | None:
    """The regular and the bold cut of the font, or None where its package is not installed."""
    spec = find_spec(FONT_PACKAGE)
    if spec is None or not spec.origin:
        return None
    files = Path(spec.origin).parent / "files"
    return files / "BeVietnamPro-Regular.ttf", files / "BeVietnamPro-Bold.ttf"


def pdf_bytes(sheet: Sheet, fonts: tuple[Path, Path]) -> bytes:
    """The sheet as .pdf with a text layer."""
    press = _Press(fonts)
    press.columns(sheet.left, sheet.right, (1,), (0,))
    if sheet.form:
        press.centre((sheet.form,))
    press.skip()
    press.centre((sheet.kind, *sheet.title), bold=True)
    press.centre(("-----",))
    for block in sheet.body:
        if isinstance(block, Grid):
            press.grid(block.rows)
        elif isinstance(block, Heading):
            press.paragraph(block.text, bold=True)
        else:
            press.paragraph(block, indent=28)
    press.skip()
    press.columns(*_foot(sheet))
    return press.done()


def _foot(sheet: Sheet) -> tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...], tuple[int, ...]]:
    right = _signed(sheet.signatures[-1]) if sheet.signatures else ()
    if len(sheet.signatures) == 2:
        return _signed(sheet.signatures[0]), right, (0, 1), (0, 1)
    return ("Nơi nhận:", *sheet.recipients) if sheet.recipients else (), right, (0,), (0, 1)


def _signed(signature: Signature) -> tuple[str, ...]:
    return (*signature.lines, "", "", "", signature.name)


class _Press:
    """Sets lines from the top of a page to its bottom, and begins a new page where one is full."""

    def __init__(self, fonts: tuple[Path, Path]) -> None:
        self._document: Any = pypdfium2.PdfDocument.new()
        self._buffers: list[Any] = []  # PDFium reads them until the file is saved
        self._fonts = [self._load(path.read_bytes()) for path in fonts]
        self._widths: dict[tuple[str, bool], float] = {}
        self._page: Any = None
        self._y = 0.0
        self._turn()

    def _load(self, data: bytes) -> Any:
        array = (ctypes.c_ubyte * len(data)).from_buffer_copy(data)
        self._buffers.append(array)
        return pdfium.FPDFText_LoadFont(self._document.raw, array, len(data), pdfium.FPDF_FONT_TRUETYPE, True)

    def _turn(self) -> None:
        if self._page is not None:
            pdfium.FPDFPage_GenerateContent(self._page.raw)
        self._page, self._y = self._document.new_page(WIDTH, HEIGHT), TOP

    def skip(self) -> None:
        """Leaves a line free."""
        self._y -= LEADING

    def paragraph(self, text: str, *, indent: float = 0, bold: bool = False) -> None:
        """Sets a paragraph over the width of the page."""
        for at, line in enumerate(self._wrapped(text, RIGHT - LEFT, bold, indent)):
            self._need(1)
            self._set(line, LEFT + (indent if at == 0 else 0), bold)
            self._y -= LEADING
        self._y -= 3

    def centre(self, lines: Sequence[str], *, bold: bool = False) -> None:
        """Sets lines in the middle."""
        for line in lines:
            self._need(1)
            self._set(line, (LEFT + RIGHT - self._width(line, bold)) / 2, bold)
            self._y -= LEADING

    def columns(
        self, left: Sequence[str], right: Sequence[str], bold_left: Sequence[int], bold_right: Sequence[int]
    ) -> None:
        """Sets two blocks side by side, the left one first, as Word writes the cells of a head."""
        sides = [
            [(part, at in bold) for at, line in enumerate(lines) for part in self._wrapped(line, width, at in bold)]
            for lines, bold, width in ((left, bold_left, MIDDLE - LEFT - 20), (right, bold_right, RIGHT - MIDDLE))
        ]
        self._need(max(len(side) for side in sides))
        top = self._y
        for side, x in zip(sides, (LEFT, MIDDLE), strict=True):
            self._y = top
            for line, is_bold in side:
                self._set(line, x, is_bold)
                self._y -= LEADING
        self._y = top - LEADING * max(len(side) for side in sides)

    def grid(self, rows: Sequence[Sequence[str]]) -> None:
        """Sets a table without lines, each column as wide as its longest cell asks for."""
        asked = [max(min(len(row[at]), 42) + 2 for row in rows) for at in range(len(rows[0]))]
        widths = [(RIGHT - LEFT) * part / sum(asked) for part in asked]
        for at, row in enumerate(rows):
            cells = [list(self._wrapped(cell, width - 6, at == 0)) for cell, width in zip(row, widths, strict=True)]
            self._need(max(map(len, cells)))
            top, x = self._y, float(LEFT)
            for lines, width in zip(cells, widths, strict=True):
                self._y = top
                for line in lines:
                    self._set(line, x, at == 0)
                    self._y -= LEADING
                x += width
            self._y = top - LEADING * max(map(len, cells))
        self._y -= 6

    def done(self) -> bytes:
        """The finished file."""
        pdfium.FPDFPage_GenerateContent(self._page.raw)
        written = io.BytesIO()
        self._document.save(written)
        for font in self._fonts:
            pdfium.FPDFFont_Close(font)
        self._document.close()
        return fixed(written.getvalue())

    def _need(self, lines: int) -> None:
        if self._y - lines * LEADING < BOTTOM:
            self._turn()

    def _set(self, text: str, x: float, bold: bool) -> None:
        if not text:
            return
        units = (ctypes.c_ushort * (len(text) + 1))(*map(ord, text), 0)  # all its letters lie in the first plane
        run = pdfium.FPDFPageObj_CreateTextObj(self._document.raw, self._fonts[bold], SIZE)
        pdfium.FPDFText_SetText(run, units)
        pdfium.FPDFPageObj_Transform(run, 1, 0, 0, 1, x, self._y)
        pdfium.FPDFPage_InsertObject(self._page.raw, run)

    def _wrapped(self, text: str, width: float, bold: bool, indent: float = 0) -> Iterator[str]:
        line = ""
        for word in text.split(" "):
            longer = f"{line} {word}" if line else word
            if line and self._width(longer, bold) > width - indent:
                yield line
                line, indent = word, 0
            else:
                line = longer
        yield line

    def _width(self, text: str, bold: bool) -> float:
        return sum(self._letter(letter, bold) for letter in text)

    def _letter(self, letter: str, bold: bool) -> float:
        key = (letter, bold)
        if key not in self._widths:
            width = ctypes.c_float()
            pdfium.FPDFFont_GetGlyphWidth(self._fonts[bold], ord(letter), SIZE, width)
            self._widths[key] = width.value
        return self._widths[key]
