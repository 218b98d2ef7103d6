"""Scans and photographs made of real pages whose text is known: skew, noise, JPEG, red stamps, pen, shade, wood.

Everything comes from a seed, so that two runs see the same pictures. Real stamped scans with transcripts could not be
had; what a stamp does to a page is modelled as ink: it multiplies, so that black letters below it stay black.
"""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from archive.readers import legacy

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
_PICTURE = Image.Image
_STAMP_RED = (214, 38, 48)
_PEN_BLUE = (32, 44, 140)


@dataclass(frozen=True)
class Original:
    """A page with its text. `number` counts from 0; `encoding` is that of the text layer."""

    name: str
    path: Path
    number: int
    encoding: str = "unicode"

    def picture(self, dpi: int) -> _PICTURE:
        """The page as it would be printed."""
        document = pdfium2.PdfDocument(self.path)
        try:
            return document[self.number].render(scale=dpi / 72).to_pil().convert("RGB")
        finally:
            document.close()

    def text(self) -> str:
        """What stands on it."""
        document = pdfium2.PdfDocument(self.path)
        try:
            text = document[self.number].get_textpage().get_text_range()
        finally:
            document.close()
        return text if self.encoding == "unicode" else legacy.from_tcvn3(text.replace("\u2212", "\xad"))


def originals() -> list[Original]:
    """Fifteen pages: party papers, a table, decrees and a plan in old fonts."""
    dossiers = SAMPLES / "dossiers" / "inbox"
    old = SAMPLES / "legacy" / "files"
    report = dossiers / "cb-cty-dai-phong-1" / "BC TK 2021.pdf"
    school = dossiers / "db-cd-y-te"
    review = dossiers / "cb-cty-dai-phong-1" / "Hoang Duc Thanh - kiem diem.pdf"
    decree, plan = "2006-1E499_ND109veDKKD_dacotrenmucPTDNN-V.pdf", "2005-1ADDZ_Ke_hoach_2005__QH_lan_6_25-10.pdf"
    return [
        *(Original(f"report {number + 1}", report, number) for number in range(3)),
        Original("review", review, 0),
        Original("resolution", school / "NQ Dang uy thong qua BC tong ket, tu cham diem.pdf", 0),
        Original("notice", school / "TB ket luan kiem tra Chi bo Khoa Duoc.pdf", 0),
        Original("sample", SAMPLES / "formats" / "mau.pdf", 0),
        *(Original(f"decree {number + 1}", old / decree, number, "tcvn3") for number in (0, 1, 8, 20)),
        *(Original(f"plan {number + 1}", old / plan, number, "tcvn3") for number in (0, 5)),
        *(
            Original(f"circular {number + 1}", old / "2006-16EZE_TT01.06GopvonDNNVV.pdf", number, "tcvn3")
            for number in (0, 1)
        ),
    ]


# --- what happens to a page ------------------------------------------------------------------------------------------


def worn(picture: _PICTURE, rng: random.Random, quality: int = 55) -> _PICTURE:
    """Laid on the glass by hand: up to 1.5 degrees askew, grey paper, noise, JPEG."""
    picture = picture.rotate(rng.uniform(-1.5, 1.5), Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    picture = Image.eval(picture, lambda value: 28 + value * 216 // 255)
    return jpeg(noisy(picture, rng, 10), quality)


def stamped(picture: _PICTURE, rng: random.Random) -> _PICTURE:
    """Two round stamps, one over the lower right, where one signs, one over the text, and a signature by pen."""
    width, height = picture.size
    size = round(width * 0.2)
    for left, top in ((0.55, rng.uniform(0.62, 0.75)), (rng.uniform(0.1, 0.4), rng.uniform(0.2, 0.5))):
        at = (round(left * width), round(top * height))
        picture = _inked(picture, _stamp(size, rng), at)
        pen = Image.new("RGB", (size * 2, size), "white")
        ImageDraw.Draw(pen).line(list(_strokes(size, rng)), _PEN_BLUE, max(2, width // 500), joint="curve")
        picture = _inked(picture, pen, (at[0] + size // 3, at[1]))
    return picture


def photo(picture: _PICTURE, rng: random.Random) -> _PICTURE:
    """Taken with a telephone from above: on a table, out of square, shaded to one side, slightly soft."""
    width, height = picture.size
    table = _table((round(width * 1.2), round(height * 1.15)), rng)
    corners = [(rng.uniform(0.03, 0.09), rng.uniform(0.03, 0.07)) for _corner in range(4)]
    wide, high = table.size
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    quad = (
        (ax * wide, ay * high),
        (wide - bx * wide, by * high),
        (wide - cx * wide, high - cy * high),
        (dx * wide, high - dy * high),
    )
    size = (wide, high)
    how = _perspective(quad, picture.size)
    paper = picture.transform(size, Image.Transform.PERSPECTIVE, how, Image.Resampling.BICUBIC)
    mask = Image.new("L", picture.size, 255).transform(size, Image.Transform.PERSPECTIVE, how)
    table.paste(paper, (0, 0), mask)
    return jpeg(noisy(_shaded(table, rng).filter(ImageFilter.GaussianBlur(0.7)), rng, 8), 75)


def noisy(picture: _PICTURE, rng: random.Random, strength: int) -> _PICTURE:
    """The same with up to `strength` of 255 more or less on each pixel."""
    width, height = picture.size
    noise = Image.frombytes("L", picture.size, rng.randbytes(width * height))
    noise = Image.eval(noise, lambda value: value * strength // 128)
    channels = (ImageChops.add(channel, noise, offset=-strength) for channel in picture.split())
    return Image.merge("RGB", tuple(channels))


def jpeg(picture: _PICTURE, quality: int) -> _PICTURE:
    """Saved and opened again."""
    buffer = io.BytesIO()
    picture.convert("RGB").save(buffer, "JPEG", quality=quality)
    buffer.seek(0)
    return Image.open(buffer).convert("RGB")


def fax(picture: _PICTURE, rng: random.Random) -> _PICTURE:
    """Black and white only."""
    return worn(picture, rng).convert("L").point(lambda value: 255 if value > 150 else 0).convert("RGB")


def poor(picture: _PICTURE, rng: random.Random) -> _PICTURE:
    """Out of focus and pressed to death; for the question whether OCR knows that it does not know."""
    soft = picture.filter(ImageFilter.GaussianBlur(picture.width / 700 * rng.uniform(0.5, 1.6)))
    return worn(stamped(soft, rng), rng, 25)


def _stamp(size: int, rng: random.Random) -> _PICTURE:
    stamp = Image.new("RGB", (size, size), "white")
    pen = ImageDraw.Draw(stamp)
    middle, line = size / 2, max(2, size // 50)
    pen.ellipse((line, line, size - line, size - line), outline=_STAMP_RED, width=line * 2)
    pen.ellipse((size * 0.27, size * 0.27, size * 0.73, size * 0.73), outline=_STAMP_RED, width=line)
    star = []
    for index in range(10):
        radius = size * (0.16 if index % 2 == 0 else 0.065)
        angle = math.pi * index / 5 - math.pi / 2
        star.append((middle + radius * math.cos(angle), middle + radius * math.sin(angle)))
    pen.polygon(star, fill=_STAMP_RED)
    letters = "DANG BO TINH * DANG UY KHOI CAC CO QUAN * "
    font = ImageFont.load_default(size * 0.085)
    for index, letter in enumerate(letters):
        tile = Image.new("L", (size // 8, size // 8), 0)
        ImageDraw.Draw(tile).text((size // 16, size // 16), letter, 255, font, anchor="mm")
        turn = 360 * index / len(letters)
        angle = math.radians(turn - 90)
        at = (middle + size * 0.37 * math.cos(angle), middle + size * 0.37 * math.sin(angle))
        tile = tile.rotate(-turn, Image.Resampling.BICUBIC)
        stamp.paste(_STAMP_RED, (round(at[0] - size / 16), round(at[1] - size / 16)), tile)
    worn_off = Image.frombytes("L", (24, 24), rng.randbytes(576)).resize((size, size), Image.Resampling.BICUBIC)
    faded = Image.composite(stamp, Image.new("RGB", stamp.size, "white"), worn_off.point(lambda v: min(255, 150 + v)))
    return faded.rotate(rng.uniform(-25, 25), Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))


def _strokes(size: int, rng: random.Random) -> Iterator[tuple[float, float]]:
    for step in range(60):
        angle = step / 60 * math.tau * 3.3
        yield (
            size * (0.2 + step / 60 * 1.4) + size * 0.15 * math.sin(angle * 1.3) + rng.uniform(-1, 1),
            size * 0.5 + size * (0.3 - step / 300) * math.cos(angle) + rng.uniform(-1, 1),
        )


def _inked(picture: _PICTURE, ink: _PICTURE, at: tuple[int, int]) -> _PICTURE:
    layer = Image.new("RGB", picture.size, "white")
    layer.paste(ink, at)
    return ImageChops.multiply(picture, layer)


def _table(size: tuple[int, int], rng: random.Random) -> _PICTURE:
    grain = Image.frombytes("L", (6, 90), rng.randbytes(540)).resize(size, Image.Resampling.BICUBIC)
    return Image.merge("RGB", [grain.point(lambda v, c=colour: c + v // 5) for colour in (88, 56, 30)])


def _shaded(picture: _PICTURE, rng: random.Random) -> _PICTURE:
    corners = bytes(rng.choice(((255, 205, 175, 130), (140, 185, 215, 255), (255, 180, 230, 140))))
    shade = Image.frombytes("L", (2, 2), corners).resize(picture.size, Image.Resampling.BILINEAR)
    warm = Image.merge("RGB", (shade, shade.point(lambda v: v * 97 // 100), shade.point(lambda v: v * 88 // 100)))
    return ImageChops.multiply(picture, warm)


def _perspective(quad: tuple[tuple[float, float], ...], size: tuple[int, int]) -> list[float]:
    """Coefficients that take a point of the table back to one of the page (Pillow's order); eight equations."""
    wide, high = size
    rows, right = [], []
    for (x, y), (u, v) in zip(quad, ((0, 0), (wide, 0), (wide, high), (0, high)), strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return _solved(rows, right)


def _solved(rows: list[list[float]], right: list[float]) -> list[float]:
    matrix = [[*row, value] for row, value in zip(rows, right, strict=True)]
    count = len(matrix)
    for column in range(count):
        pivot = max(range(column, count), key=lambda row: abs(matrix[row][column]))
        matrix[column], matrix[pivot] = matrix[pivot], matrix[column]
        for row in range(count):
            if row != column:
                factor = matrix[row][column] / matrix[column][column]
                matrix[row] = [a - factor * b for a, b in zip(matrix[row], matrix[column], strict=True)]
    return [matrix[row][count] / matrix[row][row] for row in range(count)]


# --- the conditions --------------------------------------------------------------------------------------------------

Damage = Callable[[_PICTURE, random.Random], _PICTURE]


def _office(picture: _PICTURE, rng: random.Random) -> _PICTURE:
    return worn(stamped(picture, rng), rng)


CONDITIONS: dict[str, tuple[int, Damage]] = {
    "clean 300": (300, lambda picture, rng: picture),
    "clean 200": (200, lambda picture, rng: picture),
    "clean 150": (150, lambda picture, rng: picture),
    "worn 200": (200, worn),
    "stamped 150": (150, _office),
    "stamped 200": (200, _office),
    "stamped 300": (300, _office),
    "on its side 200": (200, lambda picture, rng: _office(picture, rng).transpose(Image.Transpose.ROTATE_90)),
    "upside down 200": (200, lambda picture, rng: _office(picture, rng).transpose(Image.Transpose.ROTATE_180)),
    "fax 200": (200, fax),
    "photo 180": (180, lambda picture, rng: photo(stamped(picture, rng), rng)),
    "photo 300": (300, lambda picture, rng: photo(stamped(picture, rng), rng)),
    "poor 110": (110, poor),
}


def scan(original: Original, condition: str, seed: int = 0) -> _PICTURE:
    """The page under one of the CONDITIONS."""
    dpi, damage = CONDITIONS[condition]
    return damage(original.picture(dpi), random.Random(f"{seed}/{original.name}/{condition}"))
