"""The picture of a page, from a PDF or a picture file, and what is done to it before OCR looks at it.

Pages are rendered one by one at the resolution they were scanned with: a scan of 200 dpi enlarged to 300 costs half as
much again and is read worse. No picture, whatever its file says of itself, grows beyond the limit of pixels.
"""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import pypdfium2 as pdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageFile

from archive.readers.limits import ReadingLimits
from archive.readers.pdf import pdf_repair

Picture = Image.Image

# What Pillow calls them. Only these decoders ever see a file: Pillow has others that start programs.
FORMATS: dict[str, tuple[str, ...]] = {
    "bmp": ("BMP", "DIB"),
    "gif": ("GIF",),
    "heic": ("HEIF", "AVIF"),
    "jpeg": ("JPEG",),  # and MPO, by the same door
    "png": ("PNG",),
    "tiff": ("TIFF",),
    "webp": ("WEBP",),
}
ANY = "picture"  # one inside another file, whatever its name says
FORMATS[ANY] = tuple(name for form, names in FORMATS.items() if form != "heic" for name in names)
PAGED = ("tiff",)  # other formats with several pictures hold one page and its previews, or a cartoon

_DECODED = 5  # times the limit of pixels may be decoded, to be made smaller at once: telephones take 200 megapixels
_PASSES = 20  # over a picture of so many pixels; a photograph of many passes has a dozen
_JPEGS = ("JPEG", "MPO")
_MARK, _PASS, _END = re.compile(rb"\xff[^\x00\xff\xd0-\xd8]"), 0xDA, 0xD9
_LONGEST = 20_000  # pixels of a side; tesseract takes 32,767
_DPI_LEAST = 150
_A4_INCHES = (8.27, 11.69)
_COVERS = 0.8  # share of a page under one picture, which then is the page
_OBJECTS = 200
_A3_INCHES = 17.0
_ORIENTATION = 0x0112  # EXIF: how the camera was held
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_REDUCIBLE = ("L", "LA", "RGB", "RGBA", "CMYK", "YCbCr", "La", "RGBa")


class TooBig(Exception):
    """A picture of more pixels than may be decoded."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as pixels, RGB or grey, and about how many there are to an inch."""

    image: Picture
    dpi: int


def page_image(file: Path | BinaryIO, limits: ReadingLimits, *, form: str, number: int) -> PageImage | None:
    """Page `number`, from 1, of a PDF or a picture file; None when there is none or nothing can be made of it."""
    try:
        if form == "pdf" and isinstance(file, Path):
            return _rendered(file, limits, number)
        with opened(file, limits, form) as picture:
            return _frame(picture, limits, number)
    except MemoryError:
        raise
    except Exception:  # a damaged picture: the decoders have a dozen kinds of errors
        return None


# --- pages of a PDF --------------------------------------------------------------------------------------------------


def _rendered(path: Path, limits: ReadingLimits, number: int) -> PageImage | None:
    document = _opened_pdf(path, limits)
    if document is None:
        return None
    try:
        if not 1 <= number <= len(document):
            return None
        document.init_forms()  # the values of form fields are drawn as well
        page = document[number - 1]
        try:
            dpi = _fitting(page.get_size(), _native_dpi(page, limits.ocr_dpi), limits)
            image = page.render(scale=dpi / 72, rev_byteorder=True).to_pil()
            return PageImage(image.convert("RGB"), max(round(dpi), 1))
        finally:
            page.close()
    finally:
        document.close()


def _opened_pdf(path: Path, limits: ReadingLimits) -> pdfium2.PdfDocument | None:
    """The same pages as the text was read from: mended where the file is spoilt."""
    try:
        document = pdfium2.PdfDocument(path)
    except pdfium2.PdfiumError:
        mended = pdf_repair.mend(path, limits)
        return pdfium2.PdfDocument(mended.data) if mended else None
    qpdf = pdf_repair.opened(path)
    if qpdf is None:
        return document
    with qpdf:
        mended = pdf_repair.mend(path, limits) if pdf_repair.repaired(qpdf, len(document)) else None
    if mended is None:
        return document
    document.close()
    return pdfium2.PdfDocument(mended.data)


def _native_dpi(page: Any, most: int) -> float:
    """The resolution of the picture that is the page, within bounds; `most` when the page is none."""
    width, height = page.get_size()
    for index, item in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)):
        if index >= _OBJECTS:
            break
        left, bottom, right, top = item.get_bounds()
        wide, high = right - left, top - bottom
        if wide * high >= _COVERS * width * height > 0:
            pixels = max(item.get_px_size()) / max(wide, high)  # a page on its side has them the other way round
            return float(min(max(pixels * 72, _DPI_LEAST), most))
    return most


def _fitting(size: tuple[float, float], dpi: float, limits: ReadingLimits) -> float:
    """The resolution at which a page of this size, in points, stays within the limit of pixels."""
    width, height = (max(side, 1.0) / 72 for side in size)
    return min(dpi, math.sqrt(limits.pixels_mp * 1e6 / (width * height)), _LONGEST / max(width, height))


# --- picture files ---------------------------------------------------------------------------------------------------


@contextmanager
def opened(file: Path | BinaryIO, limits: ReadingLimits, form: str) -> Iterator[ImageFile.ImageFile]:
    """A picture file, not decoded yet. Raises `TooBig`, and whatever Pillow raises at a broken file."""
    if form == "heic":
        import pi_heif

        pi_heif.register_heif_opener()
    before = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = limits.pixels_mp * 1_000_000 * _DECODED
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=FORMATS[form]) as picture:
                if picture.format in _JPEGS:
                    _check_passes(picture, file, limits)
                yield picture
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise TooBig from error
    finally:
        Image.MAX_IMAGE_PIXELS = before


def _check_passes(picture: Picture, file: Path | BinaryIO, limits: ReadingLimits) -> None:
    """That a JPEG of many passes, each over all its pixels, does not come to more than can be decoded. Raises
    `TooBig`."""
    most = limits.pixels_mp * 1_000_000 * _DECODED * _PASSES // (picture.width * picture.height)
    if _passes(file, most) > most:
        raise TooBig


def _passes(file: Path | BinaryIO, most: int) -> int:
    """How many passes a JPEG has; no more than one over `most` are counted. Only what stands between its marks of
    beginning and end is looked at, since telephones put a film behind (ITU T.81, B.1)."""
    if isinstance(file, Path):
        data = file.read_bytes()
    else:
        place = file.tell()
        file.seek(0)
        data = file.read()
        file.seek(place)
    at, count = 2, 0
    while count <= most and (mark := _MARK.search(data, at)):
        kind = mark[0][1]
        if kind == _END:
            break
        count += kind == _PASS
        at = mark.end() + (int.from_bytes(data[mark.end() : mark.end() + 2], "big") if kind != 1 else 0)
    return count


@contextmanager
def lenient() -> Iterator[None]:
    """What there is of a picture that is cut off is decoded, the rest stays grey."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _frame(picture: ImageFile.ImageFile, limits: ReadingLimits, number: int) -> PageImage:
    """A page of a picture file, upright as its camera held it, no bigger than a scan of its paper would be."""
    picture.seek(number - 1)
    width, height = picture.size
    dpi = _dpi(picture)
    most = math.sqrt(limits.pixels_mp * 1e6 / (width * height))
    times = min(1.0, limits.ocr_dpi / dpi, most, _LONGEST / max(width, height))
    size = (max(1, round(width * times)), max(1, round(height * times)))
    turn = _TURNS.get(picture.getexif().get(_ORIENTATION, 1))
    picture.draft("RGB", size)  # JPEG is decoded at half its size or less where that is enough
    with lenient():
        picture.load()
    image = _in_rgb(_shrunk(picture, size))
    return PageImage(image if turn is None else image.transpose(turn), max(round(dpi * times), 1))


def _dpi(picture: Picture) -> float:
    """What the file says, when a paper can be that big; else as if it were A4. Telephones say 72 of everything."""
    short, long = sorted(picture.size)
    said = picture.info.get("dpi", (0, 0))[0]
    if _DPI_LEAST <= said <= 1200 and long / said <= _A3_INCHES:
        return float(said)
    return max(short / _A4_INCHES[0], long / _A4_INCHES[1], 1.0)


def _shrunk(picture: Picture, size: tuple[int, int]) -> Picture:
    """At the size, before its colours are converted: a copy of 200 megapixels is a gigabyte."""
    factor = min(picture.width // size[0], picture.height // size[1])
    small: Picture = picture
    if factor > 1 and picture.mode in _REDUCIBLE:
        small = picture.reduce(factor)
    if picture.mode in ("1", "P", "PA"):
        small = small.convert("L" if picture.mode == "1" else "RGBA")
    return small if small.size == size else small.resize(size, Image.Resampling.BICUBIC)


def _in_rgb(picture: Picture) -> Picture:
    """RGB or grey, on white where nothing is; sixteen bits become eight."""
    if picture.mode.startswith("I") or picture.mode == "F":
        deep = picture.convert("F")
        low, high = cast("tuple[float, float]", deep.getextrema())
        times = 255 / max(high - low, 1e-6)
        return deep.point(lambda value: value * times - low * times).convert("L")
    if picture.mode in ("L", "RGB"):
        return picture
    if picture.mode in ("LA", "La", "RGBA", "RGBa") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")
    return picture.convert("RGB")
