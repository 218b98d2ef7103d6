"""OCR with the real engine and the data that is carried."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from archive.readers.limits import ReadingLimits
from archive.readers.ocr import ocr, tesseract
from archive.readers.ocr.ocr import DOUBTFUL, describe, read_page
from archive.readers.ocr.tesseract import Word
from archive.readers.sandbox import Job, Sandbox
from archive.records import Page, Source
from tests.archive.readers.paper import LINES, RED, SAMPLES, SENTENCE, page, saved, stamped

LIMITS = ReadingLimits()
ReadPicture = Callable[..., Page]


@pytest.fixture
def read_picture(tmp_path: Path) -> ReadPicture:
    def read(picture: Image.Image, limits: ReadingLimits = LIMITS) -> Page:
        path = tmp_path / "page.png"
        path.write_bytes(saved(picture))
        return read_page(path, limits, form="png", number=1)

    return read


def words(text: str) -> str:
    return " ".join(text.split())


def share(text: str) -> float:
    """Of the words on the page. tesseract takes this font's a for an o or d now and then."""
    wanted = set(words("\n".join(LINES)).split())
    return len(wanted & set(text.split())) / len(wanted)


def test_a_page_is_read_as_it_stands(read_picture: ReadPicture) -> None:
    found = read_picture(page())
    assert share(found.text) > 0.8
    assert [len(line.split()) for line in found.text.split("\n")] == [len(line.split()) for line in LINES]
    assert found.source is Source.OCR
    assert found.confidence is not None
    assert found.confidence > DOUBTFUL


def test_stamp_and_pen_hide_nothing(read_picture: ReadPicture) -> None:
    found = read_picture(stamped(page()))
    assert share(found.text) > 0.8
    assert SENTENCE in words(found.text)


@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270])
def test_a_page_on_its_side_or_head_is_read(read_picture: ReadPicture, turn: Image.Transpose) -> None:
    assert SENTENCE in words(read_picture(page().transpose(turn)).text)


@pytest.mark.parametrize("angle", [-9, 12])
def test_a_crooked_page_is_read(read_picture: ReadPicture, angle: int) -> None:
    crooked = page().rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    assert SENTENCE in words(read_picture(crooked).text)


def test_a_page_printed_in_colour_is_read(read_picture: ReadPicture) -> None:
    assert SENTENCE in words(read_picture(page(ink=RED)).text)


def test_a_shaded_photograph_is_read(read_picture: ReadPicture) -> None:
    shade = Image.frombytes("L", (2, 2), bytes((255, 120, 150, 60))).resize((1000, 560), Image.Resampling.BILINEAR)
    dark = Image.composite(page(), Image.new("RGB", (1000, 560), "black"), shade)
    assert SENTENCE in words(read_picture(dark).text)


def test_columns_are_parted_by_tabs(read_picture: ReadPicture) -> None:
    left = page(("HUYỆN ỦY HÒA PHÚ", "CHI BỘ CÔNG TY", "Số 12-BC/CB"), size=(1400, 400))
    left.paste(page(("CỘNG HÒA XÃ HỘI", "Hòa Phú, ngày 15 tháng 12 năm 2021"), size=(700, 400)), (650, 0))
    text = read_picture(left).text
    assert "CHI BỘ CÔNG TY\tHòa Phú, ngày 15 tháng 12 năm 2021\nSố 12-BC/CB" in text


def test_a_blank_page_is_empty(read_picture: ReadPicture) -> None:
    assert read_picture(Image.new("RGB", (800, 1100), "white")) == Page("", Source.NONE, 0.0)


def test_no_text_is_seen_in_noise(read_picture: ReadPicture) -> None:
    found = read_picture(Image.effect_noise((500, 500), 90))
    assert found.confidence is not None
    assert found.confidence < DOUBTFUL


def test_a_spoilt_page_is_doubtful(read_picture: ReadPicture) -> None:
    small = page().resize((250, 140), Image.Resampling.BOX).resize((1000, 560), Image.Resampling.BILINEAR)
    found = read_picture(small)
    assert found.confidence is not None
    assert found.confidence < DOUBTFUL


@pytest.mark.parametrize("name", ["quet.pdf", "quet_dau_do.jpg"])
def test_the_sample_scans_are_read(name: str) -> None:
    form = "pdf" if name.endswith("pdf") else "jpeg"
    found = read_page(SAMPLES / "formats" / name, LIMITS, form=form, number=1)
    assert words(found.text).count("kiểm tra, giám sát được làm đều") >= 8
    assert "Quỹ thủy lợi" in words(found.text).split("đạt 93%")[1][:120]  # below the stamp
    assert "giám sát được làm đều" in words(found.text)
    assert found.confidence is not None
    assert found.confidence >= DOUBTFUL


def test_other_scans() -> None:
    english = read_page(SAMPLES / "formats" / "testOCR.pdf", LIMITS, form="pdf", number=1)
    assert "Happy New Year 2003!" in english.text
    cat = read_page(SAMPLES / "formats" / "testTIFF.tif", LIMITS, form="tiff", number=1)
    assert (cat.confidence or 0) < DOUBTFUL


@pytest.mark.parametrize("number", [0, 2, 10_000])
def test_a_page_that_is_not_there(number: int) -> None:
    assert read_page(SAMPLES / "formats" / "quet.pdf", LIMITS, form="pdf", number=number).source is Source.NONE


@settings(max_examples=25, deadline=None)
@given(data=st.binary(max_size=300), form=st.sampled_from(["pdf", "png", "jpeg", "tiff", "gif", "bmp", "webp", "heic"]))
def test_any_bytes_are_an_empty_page(tmp_path_factory: pytest.TempPathFactory, data: bytes, form: str) -> None:
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes(data)
    assert read_page(path, LIMITS, form=form, number=1) == Page("", Source.NONE, 0.0)


def test_it_works_in_a_worker_with_one_thread(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    path.write_bytes(saved(stamped(page())))
    with Sandbox(LIMITS, workers=1) as sandbox:
        ((_key, threads),) = sandbox.run([Job("b", path, _threads)])
        ((_key, found),) = sandbox.run([Job("a", path, partial(read_page, form="png", number=1))])
    assert isinstance(found, Page)
    assert SENTENCE in words(found.text)
    assert threads == 0


def _threads(path: Path, limits: ReadingLimits) -> int:
    """How many threads tesseract leaves behind."""
    before = len(list(Path("/proc/self/task").iterdir()))
    read_page(path, limits, form="png", number=1)
    return len(list(Path("/proc/self/task").iterdir())) - before


def test_the_system_program_is_used_when_it_fails_the_library_is(
    monkeypatch: pytest.MonkeyPatch, read_picture: ReadPicture
) -> None:
    class Broken:
        name = "broken"

        def words(self, picture: Image.Image, dpi: int, mode: int, seconds: float | None = None) -> list[Word]:
            raise OSError

    monkeypatch.setattr(tesseract, "best", Broken)
    assert SENTENCE in words(read_picture(page()).text)


def test_it_says_what_it_is() -> None:
    engine, data = describe()
    assert engine.startswith("tesseract ")
    assert "vie" in data
    assert ocr.engine() == engine


def test_rules_of_tables_and_the_icelandic_letter() -> None:
    told = [("2__|", 0), ("Thu,", 40), ("nộp", 90), ("|", 150), ("Ðảng", 170), ("ÐĐU", 230), ("xa", 900)]
    line = [Word(text, 0.9, (1, 1, 1), left, 0, left + 10 * len(text), 20) for text, left in told]
    assert ocr._text(line) == "2\tThu, nộp\tĐảng ĐU\txa"
