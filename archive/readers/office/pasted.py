"""Pictures of pages that a clerk pasted into a DOCX, PPTX or ODT: the paper is a scan in another wrapping.

A page picture is one that is as big as a page may be, whatever it shows: logos and signatures are smaller. They are
taken in the order of their numbers, which is that in which they were pasted.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from archive.readers.limits import ReadingLimits
from archive.readers.ocr import pictures
from archive.readers.office.package import BROKEN, Package, Refused

FORMS = ("docm", "docx", "odp", "odt", "pptm", "pptx")
FEW_WORDS = 30  # besides pictures: a caption, a heading, the clerk's name

_MEMBER = re.compile(r"(?:^|/)(?:media|Pictures)/[^/]+\.(?:jpe?g|png|tiff?|bmp|gif|webp)$", re.IGNORECASE)
_DRAWN = re.compile(r"(?:^|/)(?:media|Pictures)/[^/]+\.(?:emf|wmf|svg)$", re.IGNORECASE)
_DIGITS = re.compile(r"(\d+)")
_SIDE = 500  # pixels; A4 at 72 dpi is 595 across


def page_pictures(package: Package, limits: ReadingLimits) -> list[str]:
    """Names of the members that are pictures of pages, in order, and one beyond the limit of pages for OCR, so that
    it shows that there are more."""
    found: list[str] = []
    for name in sorted(filter(_MEMBER.search, package.names), key=_in_numbers):
        if len(found) <= limits.ocr_pages and _is_page(package, name):
            found.append(name)
    return found


def has_pictures(package: Package) -> bool:
    """Whether there is any picture at all, drawings too."""
    return any(_MEMBER.search(name) or _DRAWN.search(name) for name in package.names)


def few_words(pages: Sequence[str]) -> bool:
    """Whether a text is no more than a few words around its pictures."""
    return sum(len(page.split()) for page in pages) < FEW_WORDS


def page_image(path: Path, limits: ReadingLimits, number: int) -> pictures.PageImage | None:
    """Page picture `number`, from 1, for OCR; None when there is none or nothing can be made of it."""
    try:
        with Package(path, limits) as package:
            data = package.raw(page_pictures(package, limits)[number - 1])
    except (*BROKEN, Refused, IndexError):
        return None
    return pictures.page_image(io.BytesIO(data), limits, form=pictures.ANY, number=1)


def _in_numbers(name: str) -> list[object]:
    return [int(part) if part.isdigit() else part for part in _DIGITS.split(name)]


def _is_page(package: Package, name: str) -> bool:
    try:
        with package.stream(name) as stream, Image.open(stream, formats=pictures.FORMATS[pictures.ANY]) as image:
            return min(image.size) >= _SIDE
    except MemoryError:
        raise
    except (*BROKEN, Refused, Image.DecompressionBombError, Image.DecompressionBombWarning, SyntaxError, KeyError):
        return False
