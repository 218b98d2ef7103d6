"""Plain text: UTF-8, UTF-16 with a mark, else a guess that says so. Form feeds part the pages."""

from __future__ import annotations

import codecs
from pathlib import Path

from archive.i18n import gettext as _
from archive.readers import legacy, outcome
from archive.readers.limits import ReadingLimits
from archive.records import Reading

# The longer marks first: that of UTF-32-LE begins like that of UTF-16-LE.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSED = 0.5


def read_text(path: Path, limits: ReadingLimits) -> Reading:
    """The reading of a plain text; what is longer than the limit is left off and said so."""
    cap = limits.text_mb * 1024 * 1024
    with path.open("rb") as stream:
        data = stream.read(cap + 1)
    warnings = []
    if len(data) > cap:
        data = data[:cap]
        warnings.append(("text-incomplete", _("only the first {count} MB were read").format(count=limits.text_mb)))
    text, encoding = decode(data)
    if encoding == "cp1258":
        warnings.append(("encoding-guessed", _("the encoding of the text is a guess; save the file as UTF-8")))
    pages = [page for page in text.split("\f") if page.strip()] or [""]
    if len(pages) > limits.pages:
        pages = pages[: limits.pages]
        warnings.append(("text-incomplete", _("only the first {count} pages were read").format(count=limits.pages)))
    return outcome.read("txt", pages, warnings=warnings, sure=_GUESSED if encoding == "cp1258" else 1.0)


def decode(data: bytes) -> tuple[str, str]:
    """Text and the name of its encoding: that of the mark, UTF-8, or the guess "cp1258" (TCVN3 and VNI stay as the
    Latin-1 that they look like, "latin-1", for the vote on old encodings)."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), "unicode"
    try:
        return data.decode("utf-8"), "unicode"
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4 and len(data) > 4:  # a letter cut in two at the very end
            return data.decode("utf-8", "ignore"), "unicode"
    latin = data.decode("latin-1")
    if legacy.find((latin,), legacy_font=False):
        return latin, "latin-1"
    return data.decode("cp1258", "replace"), "cp1258"
