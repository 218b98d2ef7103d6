"""Pictures of pages, and how they are made black on white."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from archive.readers.limits import ReadingLimits
from archive.readers.ocr import inks
from archive.readers.ocr.pictures import TooBig, opened, page_image
from tests.archive.readers import hostile_pictures, making
from tests.archive.readers.paper import RED, SAMPLES, page, saved, stamped

LIMITS = ReadingLimits()


def put(folder: Path, data: bytes) -> Path:
    path = folder / "document"
    path.write_bytes(data)
    return path


def test_a_scan_is_rendered_as_it_was_scanned() -> None:
    found = page_image(SAMPLES / "formats" / "quet.pdf", LIMITS, form="pdf", number=1)
    assert found is not None
    assert (found.image.size, found.dpi) == ((1240, 1755), 150)


def test_letters_are_rendered_at_the_set_resolution(tmp_path: Path) -> None:
    path = put(tmp_path, making.pdf(making.lines("Báo cáo")))
    found = page_image(path, replace(LIMITS, ocr_dpi=100), form="pdf", number=1)
    assert found is not None
    assert (found.image.width, found.dpi) == (827, 100)


def test_a_huge_page_is_capped() -> None:
    limits = replace(LIMITS, pixels_mp=4)
    found = page_image(SAMPLES / "formats" / "trang_khong_lo.pdf", limits, form="pdf", number=1)
    assert found is not None
    assert found.image.width * found.image.height < 4.1e6


def test_a_cut_off_pdf_is_mended() -> None:
    assert page_image(SAMPLES / "formats" / "mau_mat_duoi.pdf", LIMITS, form="pdf", number=1) is not None


@pytest.mark.parametrize(("said", "width"), [(600, 2000), (300, 4000), (72, 2480)])
def test_big_pictures_become_scans(tmp_path: Path, said: int, width: int) -> None:
    """At 600 dpi twice too big; at 300 dpi right, if bigger than A4; a telephone's 72 dpi say nothing."""
    path = put(tmp_path, saved(Image.new("L", (4000, 5000), 255), "JPEG", dpi=(said, said)))
    found = page_image(path, LIMITS, form="jpeg", number=1)
    assert found is not None
    assert found.dpi == pytest.approx(300, abs=1)
    assert found.image.width == pytest.approx(width, rel=0.15)


def test_as_the_camera_was_held(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = put(tmp_path, saved(page(), "JPEG", exif=exif))
    found = page_image(path, LIMITS, form="jpeg", number=1)
    assert found is not None
    assert found.image.size == (page().height, page().width)
    assert _alike(found.image, page().transpose(Image.Transpose.ROTATE_270))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_all_kinds_of_pixels(tmp_path: Path, mode: str) -> None:
    picture = page().convert("L").point(lambda value: value * 256, "I").convert("I;16") if mode == "I;16" else page()
    path = put(tmp_path, saved(picture if mode == "I;16" else picture.convert(mode), "PNG"))
    found = page_image(path, LIMITS, form="png", number=1)
    assert found is not None
    assert _alike(found.image, page())


def test_ink_on_nothing_is_ink_on_white(tmp_path: Path) -> None:
    layer = Image.new("RGBA", page().size, (0, 0, 0, 0))
    layer.paste((0, 0, 0, 255), mask=ImageChops.invert(page().convert("L")))
    found = page_image(put(tmp_path, saved(layer, "PNG")), LIMITS, form="png", number=1)
    assert found is not None
    assert _alike(found.image, page())


def test_pages_of_a_tiff(tmp_path: Path) -> None:
    path = put(tmp_path, saved(Image.new("L", (300, 100), 255), "TIFF", save_all=True, append_images=[page()]))
    second = page_image(path, LIMITS, form="tiff", number=2)
    assert second is not None
    assert second.image.size == page().size
    assert page_image(path, LIMITS, form="tiff", number=3) is None


# --- inks ------------------------------------------------------------------------------------------------------------


def test_stamp_and_pen_vanish() -> None:
    even = inks.even(stamped(page()))
    assert inks.coloured(even)
    assert inks.in_black(even)
    assert _alike(inks.bleached(even), page(), 6)


def test_black_pages_are_not_bleached() -> None:
    assert not inks.coloured(inks.even(page()))
    assert not inks.coloured(page().convert("L"))


def test_a_page_in_red_is_red_itself() -> None:
    even = inks.even(page(ink=RED))
    assert inks.coloured(even)
    assert not inks.in_black(even)


@pytest.mark.parametrize("angle", [-14, -3.5, 0, 2, 11])
def test_skew_is_found(angle: float) -> None:
    crooked = page().convert("L").rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    assert inks.skew(crooked) == pytest.approx(-angle, abs=0.5)


def test_what_was_not_read() -> None:
    grey = page().convert("L")
    assert inks.unread(grey, [(0, 0, grey.width, grey.height)]) == 0.0
    assert 0.3 < inks.unread(grey, [(0, 0, grey.width, 260)]) < 0.7
    assert inks.unread(Image.new("L", (100, 100), 255), []) == 0.0


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (17, 5)])
def test_the_smallest_pictures(size: tuple[int, int]) -> None:
    even = inks.even(Image.new("RGB", size, "red"))
    inks.in_black(even)
    assert inks.coloured(even) in (True, False)
    assert inks.level(inks.bleached(even)).mode == "L"


def _alike(one: Image.Image, other: Image.Image, most: float = 3) -> bool:
    """The mean difference of the pixels, as grey, is small."""
    difference = ImageChops.difference(one.convert("L"), other.convert("L")).histogram()
    return sum(value * count for value, count in enumerate(difference)) / (one.width * one.height) < most


def test_a_jpeg_of_too_many_passes_is_too_big() -> None:
    data = hostile_pictures.FILES["jpeg-1500-passes.jpg"]()
    with pytest.raises(TooBig), opened(io.BytesIO(data), ReadingLimits(), "jpeg"):
        pass
    photo = io.BytesIO()
    Image.effect_noise((300, 200), 50).save(photo, "JPEG", progressive=True)
    film = io.BytesIO(photo.getvalue() + b"\xff\xda" * 99_999)
    with opened(film, ReadingLimits(pixels_mp=1), "jpeg") as picture:
        picture.load()
