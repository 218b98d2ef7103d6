"""Spreadsheets: XLSX, XLSM, XLSB, XLS and ODS. Each sheet is a page: its name, then its rows, and a table of them.

What the paper shows is what is read: the last results of formulas, dates as dates, text boxes. Hidden sheets are read
too and named so. Chart sheets, comments, headers and footers of the print are left out. Nothing is calculated, no
macro is run, and no other file is ever asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from archive.i18n import gettext as _
from archive.readers import outcome
from archive.readers.containers import needs_password
from archive.readers.limits import ReadingLimits
from archive.readers.office.office import incomplete, not_read
from archive.readers.office.package import BROKEN, NeedsPassword, Package, Refused
from archive.readers.ole.ole import NotOle, Ole
from archive.readers.ole.ole_summary import summary
from archive.readers.sheets import sheet_biff, sheet_ods, sheet_xls, sheet_xlsb, sheet_xlsx
from archive.readers.sheets.sheet_grid import Book, Full, Room
from archive.readers.sheets.sheet_package import SheetPackage
from archive.records import Reading, Table

_MACRO_FOLDERS = {"_VBA_PROJECT_CUR", "_VBA_PROJECT"}
_PICTURE = re.compile(r"(?:^|/)(?:media|Pictures)/[^/]+\.(?:jpe?g|png|tiff?|bmp|emf|wmf)$", re.IGNORECASE)
_SHOWN = 20  # names in one sentence


def read_xlsx(path: Path, limits: ReadingLimits, form: str = "xlsx") -> Reading:
    """The reading of an XLSX or XLSM; a broken, refused or locked one is a state, not an error."""
    return _read_package(path, limits, form, sheet_xlsx.fill)


def read_xlsb(path: Path, limits: ReadingLimits) -> Reading:
    """The same of an XLSB."""
    return _read_package(path, limits, "xlsb", sheet_xlsb.fill)


def read_ods(path: Path, limits: ReadingLimits) -> Reading:
    """The same of an ODS."""
    with path.open("rb") as file:
        if needs_password(file):
            return outcome.locked("ods")
    return _read_package(path, limits, "ods", sheet_ods.fill)


def read_xls(path: Path, limits: ReadingLimits) -> Reading:
    """The same of an XLS."""
    try:
        with path.open("rb") as file:
            ole = Ole(file)
            names = ole.names
            stream = ole.stream("Workbook" if "Workbook" in names else "Book", limits.part_mb * 1024 * 1024)
            properties = summary(ole)
        book = Book(Room(limits), macros=bool(_MACRO_FOLDERS & names), properties=properties)
        return _reading("xls", book, partial(sheet_xls.fill, stream, book))
    except sheet_xls.Locked:
        return outcome.locked("xls")
    except (NotOle, *sheet_biff.Broken):
        return outcome.damaged("xls")


def _read_package(path: Path, limits: ReadingLimits, form: str, fill: Callable[[Package, Book], None]) -> Reading:
    try:
        with SheetPackage(path, limits) as package:
            book = Book(Room(limits))
            book.pictures = any(_PICTURE.search(name) for name in package.names)
            reading = _reading(form, book, partial(fill, package, book))
            if package.over and not reading.pages:
                raise Refused(package.over[0])
            return reading
    except NeedsPassword:
        return outcome.locked(form)
    except (Refused, KeyError, *sheet_xlsb.Broken, *BROKEN) as why:
        return not_read(form, why)


def _reading(form: str, book: Book, fill: Callable[[], None]) -> Reading:
    try:
        fill()
    except Full as why:
        book.cut = str(why)
    pages: list[str] = []
    tables: list[Table] = []
    for grid in book.grids:
        if grid.rows or grid.notes:
            table = grid.table(len(pages) + 1)
            tables += [table] if table else []
            pages.append("\n".join(grid.lines(table)))
    if not pages and book.pictures:
        words = _("the pages are pictures; their text cannot be read yet")
        return outcome.not_yet(form, "needs-ocr", words, _warnings(book))
    return outcome.read(
        form,
        pages,
        tables=tables,
        warnings=_warnings(book),
        properties=book.properties,
        legacy_font=book.legacy_font,
    )


def _warnings(book: Book) -> Iterator[outcome.WarningPair]:
    if book.cut:
        yield "text-incomplete", book.cut
    yield from incomplete(book.lost)
    if book.macros:
        yield "active-content", _("the file holds macros; they are kept and never run")
    if book.attachments:
        yield "attachments", _("files inside: {names}").format(names=", ".join(book.attachments[:_SHOWN]))
    hidden = [grid.name for grid in book.grids if grid.hidden]
    if hidden:
        yield (
            "hidden-sheets",
            _("hidden sheets are read too: {names}; delete those that are not needed and drop it again").format(
                names=", ".join(hidden[:_SHOWN])
            ),
        )
