"""Black on white and level, as OCR wants it: the shade of a photograph, stamps and pens taken out of a page.

Measured on pages with two stamps and two signatures, 200 dpi: syllables found 78 % as they are, 91 % in the red channel
(a red stamp vanishes, a blue pen stays and tears lines apart), 95 % with all colour bleached.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

Picture = Image.Image

_COLOUR = 60  # of 255 between the strongest and the weakest channel
_COLOURED = 0.003  # share of such pixels from which on there is a stamp or a pen
_BLACK = 0.1  # of the dark pixels that stay without colour, at least, where the print is black; stamps leave a fifth
_IS_DARK = [255 if value < 150 else 0 for value in range(256)]
_GREY = 20  # JPEG and noise give black letters that much colour
_TILE = 16  # pixels of a side of the squares that the paper's brightness is taken from
_MOST_TABLE = 0.5
_VIVID = [round(value * 0.4) for value in range(256)]  # colour that paper, even in lamplight, does not have
_ANY = [0, *[255] * 255]
_REACHED = 128
_IS_REACHED = [255 if value == _REACHED else 0 for value in range(256)]
_WHITE = 235  # what paper becomes; some room above, for noise
_LOG = [round(255 * math.log(value + 1, 256)) for value in range(256)]
_EXP = [min(255, round(256 ** (value / 255) - 1)) for value in range(256)]
_PAPER = 215  # after all, everything lighter is paper: its grain and the grain of a table confuse the search for lines
_CLEAR = [min(255, round(value * 255 / _PAPER)) for value in range(256)]
_SKETCH = 600  # pixels of the shorter side, for the skew
_SKEW_MOST = 15  # degrees
_SKEW_LEAST = 1.5
_DARKNESS = [max(0, min(255, 2 * (255 - value))) if value < 216 else 0 for value in range(256)]
_PEN = [round(max(0, value - _GREY) * 3) for value in range(256)]
_STAMP = [round(max(0, value - _GREY) * 2) for value in range(256)]
_LIGHT = [max(0, min(255, round((value - 160) * 255 / 40))) for value in range(256)]  # lighter than a tinted letter


def even(picture: Picture) -> Picture:
    """The picture with paper that is white everywhere, in each channel: divided by the paper's own brightness, which is
    the brightest around, so that the light letters of a shaded corner become black as well. RGB or grey."""
    channels = [_even(channel) for channel in picture.split()]
    if len(channels) == 1:
        return channels[0]
    whole = Image.merge("RGB", channels)
    table = _table(picture)
    if table is not None:
        whole.paste("white", mask=table)
    return whole


def _even(channel: Picture) -> Picture:
    paper = _tiles(channel).filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(4))
    paper = paper.resize(channel.size, Image.Resampling.BILINEAR)
    # Pillow cannot divide; the difference of logarithms is as good, to two parts in a hundred.
    ratio = ImageChops.subtract(channel.point(_LOG), paper.point(_LOG), 1, _LOG[_WHITE])
    return ratio.point(_EXP)


def _table(picture: Picture) -> Picture | None:
    """Where a photograph shows the table that the paper lies on, as a mask: wide places of one strong colour, wider
    than the star of a stamp, that reach the edge. None when there is none, or when that would be most of the page: then
    it is the paper."""
    tiles = _tiles(picture)
    vivid = ImageChops.subtract(_colour(tiles), _strongest(tiles).point(_VIVID)).point(_ANY)
    vivid = _at_the_edge(vivid.filter(ImageFilter.MinFilter(7)).filter(ImageFilter.MaxFilter(9)))
    count = vivid.histogram()[255]
    if not 0 < count < _MOST_TABLE * vivid.width * vivid.height:
        return None
    return vivid.resize(picture.size, Image.Resampling.NEAREST)


def _at_the_edge(mask: Picture) -> Picture:
    """What of a mask hangs together with its edge: a big stamp within the page does not."""
    framed = ImageOps.expand(mask, 1, 255)
    ImageDraw.floodfill(framed, (0, 0), _REACHED)
    return framed.crop((1, 1, framed.width - 1, framed.height - 1)).point(_IS_REACHED)


def _tiles(picture: Picture) -> Picture:
    size = (max(1, picture.width // _TILE), max(1, picture.height // _TILE))
    return picture.resize(size, Image.Resampling.BOX)


def coloured(picture: Picture) -> bool:
    """Whether there is enough ink of any colour for a stamp or a signature; `picture` is `even`."""
    if picture.mode == "L":
        return False
    size = (max(1, picture.width // 4), max(1, picture.height // 4))
    strong = sum(_colour(picture.resize(size, Image.Resampling.NEAREST)).histogram()[_COLOUR:])
    return strong >= _COLOURED * size[0] * size[1]


def in_black(picture: Picture) -> bool:
    """Whether what is written is black: under a tenth of it left without the colour, it is itself in colour."""
    return _dark(bleached(picture)) >= _BLACK * _dark(grey(picture))


def unread(picture: Picture, boxes: Iterable[tuple[int, int, int, int]]) -> float:
    """Share of what is dark on a grey page outside the boxes (left, top, right, bottom) of what was read. A line that
    OCR passed over leaves no other trace; clean pages are below 0.05, table rules and stains included."""
    sketch = _sketched(picture, 4).point(_IS_DARK)
    total = sum(sketch.histogram()[128:])
    pen = ImageDraw.Draw(sketch)
    for left, top, right, bottom in boxes:
        pen.rectangle((left // 4 - 1, top // 4 - 1, right // 4 + 1, bottom // 4 + 1), fill=0)
    return sum(sketch.histogram()[128:]) / total if total else 0.0


def _dark(picture: Picture) -> int:
    return sum(_sketched(picture, 2).histogram()[:128])


def _sketched(picture: Picture, times: int) -> Picture:
    size = (max(1, picture.width // times), max(1, picture.height // times))
    return picture.resize(size, Image.Resampling.BOX)


def bleached(picture: Picture) -> Picture:
    """Grey, what has colour made white. Letters that are written in colour vanish as well. A pen is dark and must be
    made lighter by its blue; a stamp is light in the red channel already, and the letters below it, which JPEG tints,
    are dark there: they must not be bleached with it."""
    if picture.mode == "L":
        return grey(picture)
    red, green, blue = picture.split()
    strongest = _strongest(picture)
    weakest = ImageChops.darker(ImageChops.darker(red, green), blue)
    stamp = ImageChops.multiply(ImageChops.subtract(red, weakest).point(_STAMP), strongest.point(_LIGHT))
    pen = ImageChops.subtract(blue, red).point(_PEN)
    return ImageChops.add(ImageChops.add(strongest, pen), stamp).point(_CLEAR)


def grey(picture: Picture) -> Picture:
    """Grey, coloured letters kept."""
    return picture.convert("L").point(_CLEAR)


def _strongest(picture: Picture) -> Picture:
    red, green, blue = picture.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _colour(picture: Picture) -> Picture:
    red, green, blue = picture.split()
    weakest = ImageChops.darker(ImageChops.darker(red, green), blue)
    return ImageChops.subtract(_strongest(picture), weakest)


def skew(picture: Picture) -> float:
    """By how many degrees, counter-clockwise, a grey page must be turned for its lines to be level or upright: where
    the profile of its rows, or of its columns, has the steepest steps. 30 ms a page, and right to a quarter of a
    degree up to 15 either way."""
    times = _SKETCH / min(picture.size)
    size = (min(4 * _SKETCH, round(picture.width * times)), min(4 * _SKETCH, round(picture.height * times)))
    left, top = size[0] // 16, size[1] // 16
    sketch = picture.resize(size, Image.Resampling.BOX).crop((left, top, size[0] - left, size[1] - top))
    sketch = sketch.point(_DARKNESS)
    rough = max((_steps(sketch, angle), angle) for angle in range(-_SKEW_MOST, _SKEW_MOST + 1))[1]
    return max((_steps(sketch, rough + part / 4), rough + part / 4) for part in range(-3, 4))[1]


def _steps(sketch: Picture, angle: float) -> float:
    turned = sketch.rotate(angle, Image.Resampling.NEAREST) if angle else sketch
    total = 0
    for size in ((1, turned.height), (turned.width, 1)):
        profile = turned.resize(size, Image.Resampling.BOX).tobytes()
        total += sum((one - other) ** 2 for one, other in pairwise(profile))
    return total


def level(picture: Picture) -> Picture:
    """A grey page with its lines level; tesseract itself copes with `_SKEW_LEAST`, and loses all from five degrees."""
    angle = skew(picture)
    if abs(angle) < _SKEW_LEAST:
        return picture
    return picture.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
