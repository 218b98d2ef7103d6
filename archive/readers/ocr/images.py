"""Picture files: scans and photographs that clerks drop as JPEG, PNG, TIFF and the like. Their text is for OCR to read.

Here they are only opened and counted, which takes as long as decoding the first page: the clerk has the answer that the
file is filed and waits to be read, or why it cannot be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageFile

from archive.i18n import gettext as _
from archive.readers import outcome
from archive.readers.limits import ReadingLimits
from archive.readers.ocr import pictures
from archive.records import Reading

_TAKEN, _CHANGED, _MORE = 0x9003, 0x0132, 0x8769  # EXIF: when it was taken, saved; where more of it stands
_MOMENT = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d:\d\d:\d\d)")


@dataclass(slots=True)
class _Found:
    pages: int = 1
    more: bool = False  # than are read
    cut: bool = False
    properties: dict[str, str] = field(default_factory=dict)


def read_image(path: Path, limits: ReadingLimits, form: str) -> Reading:
    """The reading of a picture file of the format `form`: all its pages wait for OCR. A broken one, or one that says
    it is bigger than anything a scanner or a telephone makes, is a state."""
    try:
        with pictures.opened(path, limits, form) as picture:
            found = _look(picture, limits, form)
    except MemoryError:
        raise
    except pictures.TooBig:
        words = _("the picture has more pixels than can be read; scan the paper again with 300 dpi and drop it again")
        return outcome.unreadable(form, "unreadable", words)
    except Exception:  # the decoders have a dozen kinds of errors
        words = _("the picture is damaged; scan or photograph the paper again and drop it again")
        return outcome.unreadable(form, "unreadable", words)
    pages = range(1, found.pages + 1)
    return outcome.read(form, [""] * found.pages, scans=pages, warnings=_warnings(found), properties=found.properties)


def _look(picture: ImageFile.ImageFile, limits: ReadingLimits, form: str) -> _Found:
    found = _Found(properties=_properties(picture))
    picture.draft("RGB", (1, 1))  # as small as JPEG can be decoded; all its bytes are seen
    try:
        picture.load()
    except MemoryError:
        raise
    except Exception:
        found.cut = True
    if found.cut:
        _decode_the_rest(picture)
    if form in pictures.PAGED:
        found.pages, found.more = _count(picture, limits.ocr_pages)
    return found


def _decode_the_rest(picture: ImageFile.ImageFile) -> None:
    """Raises what Pillow raises when there is nothing at all to see."""
    with pictures.lenient():
        picture.seek(0)
        picture.load()


def _count(picture: Image.Image, most: int) -> tuple[int, bool]:
    """How many pages there are, up to `most`, and whether there are more. A page whose directory is broken ends it."""
    for number in range(1, most + 1):
        try:
            picture.seek(number)
        except MemoryError:
            raise
        except Exception:
            return number, False
    return most, True


def _warnings(found: _Found) -> list[outcome.WarningPair]:
    warnings = []
    if found.cut:
        words = _("the picture is cut off: the rest is missing; scan or photograph the paper again and drop it again")
        warnings.append(("text-incomplete", words))
    if found.more:
        words = _("only the first {count} pictures of the file are read; hand it in as several files")
        warnings.append(("text-incomplete", words.format(count=found.pages)))
    return warnings


def _properties(picture: Image.Image) -> dict[str, str]:
    """Its size in pixels, and when it was taken, if it says so."""
    said = {"pixels": f"{picture.width} x {picture.height}"}
    try:
        exif = picture.getexif()
        moment = _MOMENT.match(str(exif.get_ifd(_MORE).get(_TAKEN) or exif.get(_CHANGED) or ""))
    except MemoryError:
        raise
    except Exception:
        return said
    if moment:
        year, month, day, clock = moment.groups()
        said["created"] = f"{year}-{month}-{day}T{clock}"
    return said
