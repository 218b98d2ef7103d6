"""Pages drawn for the tests of OCR: real letters of a real font, in black, red and blue."""

from __future__ import annotations

import io
from pathlib import Path

import fontpkg_be_vietnam_pro
from PIL import Image, ImageChops, ImageDraw, ImageFont

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples"
LINES = (
    "BÁO CÁO TỔNG KẾT NĂM 2021",
    "Chi bộ đã tổ chức sinh hoạt chuyên đề theo quý,",
    "đảng viên tham gia học tập nghị quyết đạt tỷ lệ cao.",
    "Việc kiểm tra, giám sát được làm đều trong năm;",
    "không có đảng viên bị kỷ luật, không có đơn thư.",
    "Cấp ủy phân công nhiệm vụ cho từng đồng chí.",
)
SENTENCE = "được làm đều trong năm"
RED, BLUE = (214, 38, 48), (32, 60, 160)
_FONT = Path(fontpkg_be_vietnam_pro.__file__).parent / "files" / "BeVietnamPro-Regular.ttf"


def page(
    lines: tuple[str, ...] = LINES, *, ink: tuple[int, int, int] | str = "black", size: tuple[int, int] = (1000, 560)
) -> Image.Image:
    """A small page of about 150 dpi."""
    picture = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(_FONT), 34)
    for number, line in enumerate(lines):
        pen.text((60, 50 + number * 75), line, ink, font)
    return picture


def stamped(picture: Image.Image) -> Image.Image:
    """With a red stamp over the middle of the text and a blue stroke through a line; ink multiplies."""
    layer = Image.new("RGB", picture.size, "white")
    pen = ImageDraw.Draw(layer)
    pen.ellipse((350, 120, 690, 460), outline=RED, width=16)
    pen.regular_polygon((520, 290, 90), 5, fill=RED)
    pen.line([(80, 330), (250, 240), (420, 340), (600, 250), (860, 330)], BLUE, 5, joint="curve")
    return ImageChops.multiply(picture, layer)


def saved(picture: Image.Image, form: str = "PNG", **options: object) -> bytes:
    """The bytes of a picture file."""
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()
