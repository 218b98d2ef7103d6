"""Papers that are pictures of pages pasted into an office file: their pages wait for OCR and are then read."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from archive.readers.limits import ReadingLimits
from archive.readers.ocr.ocr import read_page
from archive.records import ReadingState, Source
from tests.archive.readers.conftest import ReadBytes
from tests.archive.readers.making import docx, p
from tests.archive.readers.office.test_odt import odt
from tests.archive.readers.paper import SENTENCE, page, saved

LIMITS = ReadingLimits()
LOGO = saved(Image.new("RGB", (120, 120), "red"))
OTHER = ("QUYẾT ĐỊNH", "về việc công nhận kết quả đánh giá")


def media(*pictures: bytes) -> dict[str, bytes]:
    """Numbered as Word numbers them: image10 comes after image9."""
    return {f"word/media/image{number}.png": data for number, data in enumerate(pictures, start=8)}


def test_pages_come_in_the_order_of_their_numbers_and_words_behind(read_bytes: ReadBytes, tmp_path: Path) -> None:
    first, logo, last = saved(page()), LOGO, saved(page(OTHER))
    data = docx(p("Ảnh báo cáo"), others=media(first, logo, last))
    reading = read_bytes(data)
    assert reading.scans == (1, 2)
    assert [found.text for found in reading.pages] == ["", "", "Ảnh báo cáo"]
    path = tmp_path / "anh.docx"
    path.write_bytes(data)
    read = [read_page(path, LIMITS, form="docx", number=number) for number in (1, 2)]
    assert SENTENCE in " ".join(read[0].text.split())
    assert read[1].text.startswith("QUYẾT ĐỊNH")
    assert {found.source for found in read} == {Source.OCR}


def test_a_file_of_pictures_alone_waits(read_bytes: ReadBytes) -> None:
    reading = read_bytes(odt("", **{"Pictures/1000.png": saved(page())}))
    assert (reading.state, reading.scans) == (ReadingState.NOT_YET, (1,))


def test_a_paper_of_words_is_not_led_to_ocr(read_bytes: ReadBytes) -> None:
    data = docx(p("Chi bộ đã tổ chức sinh hoạt chuyên đề theo quý. " * 4), others=media(saved(page())))
    reading = read_bytes(data)
    assert (reading.state, reading.scans) == (ReadingState.READ, ())


def test_no_more_pages_than_ocr_may_read(read_bytes: ReadBytes) -> None:
    data = docx("", others=media(*[saved(page(size=(600, 600)))] * 4))
    reading = read_bytes(data, ReadingLimits(ocr_pages=2))
    assert reading.scans == (1, 2)
    assert "text-incomplete" in dict(reading.warnings)


@pytest.mark.parametrize("number", [2, 99])
def test_a_page_that_is_not_there_is_empty(tmp_path: Path, number: int) -> None:
    path = tmp_path / "anh.docx"
    path.write_bytes(docx("", others=media(saved(page()))))
    assert read_page(path, LIMITS, form="docx", number=number).text == ""


def test_a_spoilt_picture_or_package_is_an_empty_page(tmp_path: Path) -> None:
    path = tmp_path / "anh.docx"
    path.write_bytes(docx("", others=media(saved(page())[:3000])))
    assert read_page(path, LIMITS, form="docx", number=1).confidence == pytest.approx(0, abs=1)
    path.write_bytes(b"PK\x03\x04 and no more")
    assert read_page(path, LIMITS, form="docx", number=1).text == ""
