"""Picture files: counted and opened at once, read by OCR later."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from archive.readers.limits import ReadingLimits
from archive.readers.ocr.images import read_image
from archive.readers.ocr.ocr import read_page
from archive.readers.ocr.pictures import FORMATS
from archive.readers.table import read
from archive.records import Reading, ReadingState
from tests.archive.readers.conftest import ReadBytes
from tests.archive.readers.paper import page, saved

SMALL = (200, 100)


def waits(reading: Reading, form: str, pages: int = 1) -> None:
    assert reading.format == form
    assert reading.state is ReadingState.NOT_YET
    assert reading.scans == tuple(range(1, pages + 1))
    assert len(reading.pages) == pages
    assert reading.warnings[0][0] == "needs-ocr"


@pytest.mark.parametrize(
    ("form", "name"),
    [("jpeg", "JPEG"), ("png", "PNG"), ("tiff", "TIFF"), ("gif", "GIF"), ("bmp", "BMP"), ("webp", "WEBP")],
)
def test_formats(read_bytes: ReadBytes, form: str, name: str) -> None:
    reading = read_bytes(saved(page().resize(SMALL), name))
    waits(reading, form)
    assert reading.properties["pixels"] == "200 x 100"
    assert len(reading.warnings) == 1


def test_pictures_of_telephones() -> None:
    """HEIC, made from a page of paper.py with heif-enc of libheif 1.15."""
    path = Path(__file__).parents[1] / "files" / "trang.heic"
    waits(read(path, ReadingLimits()), "heic")
    assert "tổ chức sinh hoạt" in read_page(path, ReadingLimits(), form="heic", number=1).text


def test_avif_is_in_the_same_box(read_bytes: ReadBytes) -> None:
    waits(read_bytes(saved(page().resize(SMALL), "AVIF")), "heic")


def test_pages_of_a_tiff(read_bytes: ReadBytes) -> None:
    sheets = [page().resize(SMALL) for _sheet in range(4)]
    data = saved(sheets[0], "TIFF", save_all=True, append_images=sheets[1:])
    waits(read_bytes(data), "tiff", 4)
    reading = read_bytes(data, replace(ReadingLimits(), ocr_pages=3))
    waits(reading, "tiff", 3)
    assert [code for code, _words in reading.warnings] == ["needs-ocr", "text-incomplete"]


def test_a_cartoon_is_one_page(read_bytes: ReadBytes) -> None:
    frames = [Image.new("L", SMALL, shade) for shade in (0, 100, 200)]
    waits(read_bytes(saved(frames[0], "GIF", save_all=True, append_images=frames[1:])), "gif")


def test_when_it_was_taken(read_bytes: ReadBytes) -> None:
    exif = Image.Exif()
    exif[0x0132] = "2022:01:05 08:00:00"
    exif.get_ifd(0x8769)[0x9003] = "2021:12:24 10:15:02"
    assert read_bytes(saved(page(), "JPEG", exif=exif)).properties["created"] == "2021-12-24T10:15:02"


@pytest.mark.parametrize("name", ["JPEG", "PNG", "GIF", "BMP"])
def test_a_picture_cut_off(read_bytes: ReadBytes, name: str) -> None:
    data = saved(page(), name)
    reading = read_bytes(data[: len(data) // 2])
    if reading.state is ReadingState.NOT_YET:
        assert [code for code, _words in reading.warnings] == ["needs-ocr", "text-incomplete"]
    else:
        assert reading.warnings[0][0] == "unreadable"


def test_half_a_photograph_is_still_read(read_bytes: ReadBytes) -> None:
    data = saved(page(), "JPEG")
    reading = read_bytes(data[: len(data) // 2])
    assert reading.state is ReadingState.NOT_YET


@pytest.mark.parametrize("side", [60_000, 2**31 - 1])
def test_absurd_sizes_are_refused(read_bytes: ReadBytes, side: int) -> None:
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(head)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    body = zlib.compress(bytes(100))
    data += struct.pack(">I", len(body)) + b"IDAT" + body + struct.pack(">I", zlib.crc32(b"IDAT" + body))
    reading = read_bytes(data)
    assert reading.state is ReadingState.UNREADABLE
    assert reading.warnings[0][0] == "unreadable"


def test_another_format_is_not_guessed(tmp_path: Path) -> None:
    path = tmp_path / "picture"
    path.write_bytes(saved(page(), "GIF"))
    assert read_image(path, ReadingLimits(), "png").state is ReadingState.UNREADABLE


def test_limits_of_pillow_are_put_back(tmp_path: Path) -> None:
    before = Image.MAX_IMAGE_PIXELS
    path = tmp_path / "picture"
    path.write_bytes(saved(page(), "PNG"))
    read(path, ReadingLimits())
    assert before == Image.MAX_IMAGE_PIXELS


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=400), form=st.sampled_from(sorted(FORMATS)), at=st.integers(0, 300))
def test_any_bytes_are_answered(tmp_path_factory: pytest.TempPathFactory, data: bytes, form: str, at: int) -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, {"heic": "AVIF"}.get(form, FORMATS[form][0]))
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes(out.getvalue()[:at] + data)
    assert read_image(path, ReadingLimits(), form).state in (ReadingState.UNREADABLE, ReadingState.NOT_YET)
