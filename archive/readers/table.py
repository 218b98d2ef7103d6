"""The one table of formats that are read. To add one: a module with a reader, a line here, a sample in the tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from archive.i18n import gettext as _
from archive.readers import budget, outcome, sniff
from archive.readers.bundles.bundles import read_7z, read_rar, read_zip
from archive.readers.limits import ReadingLimits
from archive.readers.mail.eml import read_eml
from archive.readers.mail.msg import read_msg
from archive.readers.ocr.images import read_image
from archive.readers.office.docx import read_docx
from archive.readers.office.odt import read_odt
from archive.readers.office.office import not_readable_here, read_tnef
from archive.readers.office.pptx import read_pptx
from archive.readers.office.xml_file import read_xml
from archive.readers.ole.doc import read_doc
from archive.readers.ole.ole_other import read_other_ole
from archive.readers.ole.ppt import read_ppt
from archive.readers.outcome import READER_VERSION
from archive.readers.pdf.pdf import read_pdf
from archive.readers.rtf.rtf import read_rtf
from archive.readers.sheets.csv_file import read_csv
from archive.readers.sheets.sheets import read_ods, read_xls, read_xlsb, read_xlsx
from archive.readers.shortcut import read_shortcut
from archive.readers.text import read_text
from archive.readers.web.html import read_html
from archive.records import Reading

__all__ = ["READERS", "READER_VERSION", "read"]

READERS: dict[str, Callable[[Path, ReadingLimits], Reading]] = {
    "7z": read_7z,
    "bmp": lambda path, limits: read_image(path, limits, "bmp"),
    "csv": read_csv,
    "doc": read_doc,
    "docm": lambda path, limits: read_docx(path, limits, "docm"),
    "docx": read_docx,
    "eml": read_eml,
    "gif": lambda path, limits: read_image(path, limits, "gif"),
    "heic": lambda path, limits: read_image(path, limits, "heic"),
    "html": read_html,
    "jpeg": lambda path, limits: read_image(path, limits, "jpeg"),
    "odg": lambda path, limits: read_odt(path, limits, "odg"),
    "odp": lambda path, limits: read_odt(path, limits, "odp"),
    "odt": read_odt,
    "pdf": read_pdf,
    "png": lambda path, limits: read_image(path, limits, "png"),
    "ppt": read_ppt,
    "pptm": lambda path, limits: read_pptx(path, limits, "pptm"),
    "pptx": read_pptx,
    "ods": read_ods,
    "msg": read_msg,
    "ole": read_other_ole,
    "rar": read_rar,
    "rtf": read_rtf,
    "shortcut": read_shortcut,
    "tiff": lambda path, limits: read_image(path, limits, "tiff"),
    "tnef": read_tnef,
    "txt": read_text,
    "webp": lambda path, limits: read_image(path, limits, "webp"),
    "xls": read_xls,
    "xlsb": read_xlsb,
    "xlsm": lambda path, limits: read_xlsx(path, limits, "xlsm"),
    "xlsx": read_xlsx,
    "xml": read_xml,
    "zip": read_zip,
}


def read(path: Path, limits: ReadingLimits) -> Reading:
    """The reading of one file, for the worker processes. Whatever is wrong with the document is a state and a warning;
    only a file that cannot be opened is an `OSError`. Running out of memory or time is the sandbox's to answer."""
    budget.begin(limits)
    form = sniff.sniff(path)
    if form == "empty":
        return outcome.unreadable(form, "empty", _("the file is empty; drop it again with its content"))
    reader = READERS.get(form)
    if reader is None:
        # A DOCX, XLSX or PPTX under a password: which one, only the password tells.
        return outcome.locked(form) if form == "ooxml" else not_readable_here(form)
    try:
        return _within(reader(path, limits), limits)
    except MemoryError:
        raise
    except Exception as error:  # a defect of ours or of a library: it costs this document a warning, no more
        words = _("the reader stumbled over the file: {what}").format(what=type(error).__name__)
        return outcome.unreadable(form, "reader-failed", words)


def _within(reading: Reading, limits: ReadingLimits) -> Reading:
    """No more text than may be kept; what is left off is said so."""
    left = limits.text_mb * 1024 * 1024
    if sum(len(page.text) for page in reading.pages) <= left:
        return reading
    pages = []
    for page in reading.pages:
        pages.append(replace(page, text=page.text[:left]))
        left -= len(page.text)
        if left <= 0:
            break
    warnings = reading.warnings
    if not any(code == "text-incomplete" for code, _words in warnings):
        warnings = (
            ("text-incomplete", _("only the first {count} MB were read").format(count=limits.text_mb)),
            *warnings,
        )
    tables = tuple(table for table in reading.tables if table.page <= len(pages))
    return replace(reading, pages=tuple(pages), tables=tables, warnings=warnings)
