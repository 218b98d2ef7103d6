"""PDF: the words in the order of the paper, and never a page called blank that is not."""

from __future__ import annotations

import io
import re
import zlib
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader, PdfWriter

from archive.readers.limits import ReadingLimits
from archive.readers.pdf.pdf_order import Segment, unweave
from archive.records import Reading, ReadingState
from tests.archive.readers import making
from tests.archive.readers.conftest import ReadBytes
from tests.archive.readers.making import accents_later, lines, pdf

# Letters above U+00FF are not drawn alone by a font that is not embedded, so these words do with the others.
WORDS = "Các phòng tìm các ý tôn trí hòa nhã và thông tin công tác"


def codes(reading: Reading) -> list[str]:
    return [code for code, _words in reading.warnings]


def written(writer: PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def writer_of(data: bytes) -> PdfWriter:
    return PdfWriter(clone_from=PdfReader(io.BytesIO(data)))


def test_lines_and_pages(read_bytes: ReadBytes) -> None:
    reading = read_bytes(pdf(lines("ĐẢNG BỘ TỈNH MẪU\nBáo cáo tổng kết"), lines("trang hai")))
    assert [page.text for page in reading.pages] == ["ĐẢNG BỘ TỈNH MẪU\nBáo cáo tổng kết", "trang hai"]
    assert (reading.state, reading.confidence, reading.warnings) == (ReadingState.READ, 1.0, ())


def test_a_decomposed_text_comes_composed(read_bytes: ReadBytes) -> None:
    assert read_bytes(pdf(lines("Ba\u0301o ca\u0301o"))).text == "Báo cáo"


def test_columns_on_one_line_are_parted_by_a_tab(read_bytes: ReadBytes) -> None:
    page = [(72.0, 780.0, "ĐẢNG ỦY KHỐI"), (330.0, 780.0, "ĐẢNG CỘNG SẢN VIỆT NAM"), (72.0, 700.0, "Một câu dài")]
    assert read_bytes(pdf(page)).text == "ĐẢNG ỦY KHỐI\tĐẢNG CỘNG SẢN VIỆT NAM\nMột câu dài"


def test_columns_drawn_one_after_the_other_stay_so(read_bytes: ReadBytes) -> None:
    left = lines("ĐẢNG BỘ TỈNH\nĐẢNG ỦY KHỐI\n*\nSố 27-BC/ĐU")
    right = lines("ĐẢNG CỘNG SẢN VIỆT NAM\nHà Tĩnh, ngày 15", left=330)
    assert read_bytes(pdf(left + right)).text.split("\n") == [
        "ĐẢNG BỘ TỈNH", "ĐẢNG ỦY KHỐI", "*", "Số 27-BC/ĐU", "ĐẢNG CỘNG SẢN VIỆT NAM", "Hà Tĩnh, ngày 15",
    ]  # fmt: skip


def test_letters_drawn_later_are_put_in_their_place(read_bytes: ReadBytes) -> None:
    page = [run for number in range(3) for run in accents_later(WORDS, 72, 700 - 16 * number)]
    assert read_bytes(pdf(page)).text == "\n".join([WORDS] * 3)


def test_a_head_of_such_a_page_is_read_column_by_column(read_bytes: ReadBytes) -> None:
    columns = [
        ("CÔNG TY MÂU", "CÔNG HÒA XÃ HÔI"),
        ("CHI NHÁNH", ""),
        ("*", "Hòa Phú, ngày 04 tháng 01"),
        ("Só 02-BC/CB", ""),
    ]
    page = []
    for number, (left, right) in enumerate(columns):
        page += accents_later(left, 72, 780 - 16 * number) + accents_later(right, 300, 780 - 16 * number)
    page += accents_later(WORDS, 72, 690)
    assert read_bytes(pdf(page)).text.split("\n") == [
        "CÔNG TY MÂU", "CHI NHÁNH", "*", "Só 02-BC/CB", "CÔNG HÒA XÃ HÔI", "Hòa Phú, ngày 04 tháng 01", WORDS,
    ]  # fmt: skip


def test_unweave_leaves_a_table_alone() -> None:
    rows = [
        [Segment(text, x, x + 50) for text, x in (("1", 72.0), ("Nội dung", 200.0), ("9", 400.0))] for _ in range(3)
    ]
    assert unweave(rows) == rows


def test_hyphens_at_line_ends(read_bytes: ReadBytes) -> None:
    """Foreign words are joined; Vietnamese is never parted within a syllable, so its hyphens are real."""
    text = read_bytes(pdf(lines("exam-\nple dịch Covid-\n19, thi đua-\nkhen thưởng"))).text
    assert text == "example dịch Covid-19, thi đua-khen thưởng"


def test_a_page_that_is_a_picture_is_named(read_bytes: ReadBytes) -> None:
    reading = read_bytes(pdf(lines("một\n" * 20), [], lines("ba\n" * 20), picture_on=[2]))
    assert (reading.state, codes(reading), reading.scans) == (ReadingState.READ, ["text-incomplete"], (2,))
    assert "2" in reading.warnings[0][1]
    assert [bool(page.text) for page in reading.pages] == [True, False, True]


def test_more_pictures_than_are_recognised_are_named(read_bytes: ReadBytes) -> None:
    reading = read_bytes(pdf([], [], [], [], picture_on=[1, 2, 3, 4]), ReadingLimits(ocr_pages=2))
    assert (reading.state, reading.scans, len(reading.pages)) == (ReadingState.NOT_YET, (1, 2), 4)
    assert codes(reading) == ["needs-ocr", "text-incomplete"]
    assert "3, 4" in reading.warnings[1][1]


def test_only_pictures_need_ocr_even_under_a_stamp_of_text(read_bytes: ReadBytes) -> None:
    for page in ([], lines("Ký bởi: Văn thư\nNgày ký 15.12.2021")):
        reading = read_bytes(pdf(page, picture_on=[1]))
        assert (reading.state, codes(reading), reading.scans) == (ReadingState.NOT_YET, ["needs-ocr"], (1,))
        assert [page.text for page in reading.pages] == [""]


def test_a_truly_blank_page_is_no_gap(read_bytes: ReadBytes) -> None:
    reading = read_bytes(pdf(lines("một"), [], lines("ba")))
    assert (reading.state, reading.warnings, len(reading.pages)) == (ReadingState.READ, (), 3)
    assert codes(read_bytes(pdf([]))) == ["empty"]


def test_page_cap(read_bytes: ReadBytes) -> None:
    reading = read_bytes(pdf(*[lines(str(number)) for number in range(9)]), ReadingLimits(pages=4))
    assert (len(reading.pages), codes(reading)) == (4, ["text-incomplete"])


def test_no_time_left_is_not_the_end_of_the_paper(read_bytes: ReadBytes) -> None:
    reading = read_bytes(pdf(lines("một"), lines("hai")), ReadingLimits(seconds=0, seconds_per_page=0))
    assert (reading.state, codes(reading)) == (ReadingState.UNREADABLE, ["text-incomplete"])


def test_content_beyond_the_limit_of_the_readers_is_never_blank(read_bytes: ReadBytes) -> None:
    """80 MB of blanks stand before the words. pypdf gives "" for it, without an error or a line in the log."""
    content = zlib.compress(b" " * 80_000_000 + b"BT /F1 12 Tf 72 700 Td (xin) Tj ET")
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(content), content)
    data = making.assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>",
            stream,
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 7 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length 36 >>\nstream\nBT /F1 12 Tf 72 700 Td (thay) Tj ET  \nendstream",
        ]
    )
    reading = read_bytes(data)
    assert reading.pages[1].text == "thay"
    assert reading.pages[0].text == "xin" or codes(reading) == ["text-incomplete"]
    mangled = read_bytes(data.replace(b"/Size 8", b"/Size 999999999"))  # now pypdf has to read it
    assert mangled.pages[1].text == "thay"
    assert mangled.pages[0].text == "xin" or codes(mangled) == ["text-incomplete"]


def test_passwords(read_bytes: ReadBytes) -> None:
    writer = writer_of(pdf(lines("mật khẩu")))
    writer.encrypt("khóa", "chủ", algorithm="RC4-128")
    assert read_bytes(written(writer)).state is ReadingState.LOCKED
    writer = writer_of(pdf(lines("chỉ cấm in")))
    writer.encrypt("", "chủ", algorithm="RC4-128")
    assert read_bytes(written(writer)).text == "chỉ cấm in"


def test_properties_scripts_and_files_inside(read_bytes: ReadBytes) -> None:
    writer = writer_of(pdf(lines("một")))
    writer.add_metadata({"/Title": "Báo cáo", "/Author": "Văn thư", "/CreationDate": "D:20211215080000+07'00'"})
    plain = read_bytes(written(writer))
    wanted = {"title": "Báo cáo", "author": "Văn thư", "created": "2021-12-15T08:00:00+07:00"}
    assert {name: plain.properties.get(name) for name in wanted} == wanted
    assert plain.warnings == ()
    writer.add_attachment("bảng điểm.xlsx", b"x")
    reading = read_bytes(written(writer))
    assert codes(reading) == ["attachments"]
    assert "bảng điểm.xlsx" in reading.warnings[0][1]
    script = b"<< /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert\\(1\\)) >>] >> >>"
    assert codes(read_bytes(pdf(lines("một"), extra={"Names": script}))) == ["active-content"]


@pytest.mark.parametrize(
    ("action", "acts"),
    [
        (b"<< /S /Launch /F (a.exe) >>", True),
        (b"<< /S /GoTo /D [0 /Fit] >>", False),
        (b"<< /S /GoTo /D [0 /Fit] /Next << /S /JavaScript /JS (x) >> >>", True),
        (b"[0 /Fit]", False),
    ],
)
def test_what_runs_on_opening(action: bytes, acts: bool, read_bytes: ReadBytes) -> None:
    reading = read_bytes(pdf(lines("một"), extra={"OpenAction": action}))
    assert codes(reading) == (["active-content"] if acts else [])


def test_letters_that_are_none_are_not_handed_on(read_bytes: ReadBytes) -> None:
    garbled = lines("\ue001\ue002\ue003 \ue004\ue005\n" * 5)
    whole = read_bytes(pdf(garbled))
    assert (whole.state, codes(whole), whole.scans, whole.text) == (ReadingState.NOT_YET, ["needs-ocr"], (1,), "")
    part = read_bytes(pdf(lines("một hai ba"), garbled, lines("bốn năm sáu")))
    assert (part.state, codes(part), part.scans) == (ReadingState.READ, ["text-incomplete"], (2,))
    assert [page.text for page in part.pages] == ["một hai ba", "", "bốn năm sáu"]


def test_a_lost_table_of_contents_is_mended(read_bytes: ReadBytes) -> None:
    data = pdf(lines("ĐẢNG BỘ TỈNH MẪU"), lines("trang hai"))
    reading = read_bytes(data[: data.rindex(b"xref\n0 ") + 30])
    assert (reading.state, reading.text) == (ReadingState.READ, "ĐẢNG BỘ TỈNH MẪU\ftrang hai")


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.85])
def test_half_a_paper_is_never_taken_for_the_whole(keep: float, read_bytes: ReadBytes) -> None:
    data = pdf(*[lines(f"trang {number}\n" * 20) for number in range(6)])
    reading = read_bytes(data[: int(len(data) * keep)])
    assert (reading.state, codes(reading)) == (ReadingState.UNREADABLE, ["unreadable"])


def test_padding_behind_the_end_does_no_harm(read_bytes: ReadBytes) -> None:
    assert read_bytes(pdf(lines("một")) + bytes(5000)).text == "một"


def test_a_wrong_table_is_read_by_the_second_reader_or_mended(read_bytes: ReadBytes) -> None:
    data = pdf(lines("một"))
    assert read_bytes(data.replace(b"/Size 7", b"/Size 999999999")).text == "một"


def test_a_broken_page_tree_is_not_taken_for_a_locked_file(samples: Path, read_bytes: ReadBytes) -> None:
    reading = read_bytes((samples / "formats" / "cay_trang_vong.pdf").read_bytes())
    assert (reading.state, codes(reading)) == (ReadingState.UNREADABLE, ["unreadable"])


def test_content_that_is_gone_is_not_a_blank_page(read_bytes: ReadBytes) -> None:
    data = pdf(lines("một"), lines("hai"))
    reading = read_bytes(data.replace(b"/Contents 8 0 R", b"/Contents 99 0 R"))
    assert [page.text for page in reading.pages] == ["một", ""]
    assert codes(reading) == ["text-incomplete"]


def test_damaged_content_is_never_taken_for_all_of_it(read_bytes: ReadBytes) -> None:
    with pikepdf.open(io.BytesIO(pdf(lines("một hai ba bốn\n" * 30), lines("hai")))) as whole:
        buffer = io.BytesIO()
        whole.save(buffer)
    data = buffer.getvalue()
    spans = [match.span(1) for match in _STREAMS.finditer(data)]
    begin, end = next(span for span in spans if b"BT" in _inflated(data, span))
    middle = (begin + end) // 2
    reading = read_bytes(data[:middle] + b"\xff\xff\xff" + data[middle + 3 :])
    assert (reading.state, codes(reading)) == (ReadingState.READ, ["text-incomplete"])


_STREAMS = re.compile(rb"stream\r?\n(.*?)endstream", re.S)


def _inflated(data: bytes, span: tuple[int, int]) -> bytes:
    try:
        return zlib.decompressobj().decompress(data[slice(*span)])
    except zlib.error:
        return b""


def test_bombs_and_endless_forms_are_answered_as_what_they_are(samples: Path, read_bytes: ReadBytes) -> None:
    for name in ("bom_1GiB", "form_vong"):
        reading = read_bytes((samples / "formats" / f"{name}.pdf").read_bytes())
        assert (reading.state, codes(reading)) == (ReadingState.UNREADABLE, ["text-incomplete"]), name
        assert "hỏng" not in reading.warnings[0][1]


def test_real_samples(samples: Path, read_bytes: ReadBytes) -> None:
    """The same paper in several states of damage gives the same words, or says why not."""
    folder = samples / "formats"
    whole = read_bytes((folder / "mau.pdf").read_bytes())
    assert whole.text.startswith(
        "ĐẢNG BỘ TỈNH MẪU\nĐẢNG ỦY KHỐI MẪU\n*\nSố 27-BC/CB\nĐẢNG CỘNG SẢN VIỆT NAM\nHà Tĩnh, ngày 15"
    )
    for same in ("mau_mat_duoi.pdf", "mau_rac_dau.pdf", "la_pdf.docx"):
        assert read_bytes((folder / same).read_bytes()).text == whole.text, same
    assert read_bytes((folder / "mau_nua.pdf").read_bytes()).state is ReadingState.UNREADABLE
    for scan in ("quet.pdf", "testOCR.pdf"):
        assert codes(read_bytes((folder / scan).read_bytes())) == ["needs-ocr"]
    coded = read_bytes((folder / "mau_khong_tounicode.pdf").read_bytes())
    assert (codes(coded), coded.scans, coded.text) == (["needs-ocr"], (1,), "")
    unsure = read_bytes((folder / "noembed-identity-2.pdf").read_bytes())
    assert (codes(unsure), unsure.scans) == (["needs-ocr", "text-garbled"], (1,))
    damaged = read_bytes((folder / "damaged-stream.pdf").read_bytes())
    assert (damaged.text, codes(damaged)) == ("Potato", ["text-incomplete"])
    texts = {"helloworld-bad": "Hello, world!", "xref-errors": "Potato", "testOptionalHyphen": "optionalhyphen"}
    for name, text in texts.items():
        assert read_bytes((folder / f"{name}.pdf").read_bytes()).text == text
    assert "Tika - Content Analysis Toolkit\n" in read_bytes((folder / "testPDF_rotated.pdf").read_bytes()).text
    assert "active-content" in codes(read_bytes((folder / "testPDF_jsActionOnPage.pdf").read_bytes()))
    limited = read_bytes((folder / "r6-empty-password.pdf").read_bytes())
    assert (limited.state, bool(limited.properties["restricted"])) == (ReadingState.READ, True)
    for name in ("r6-user-password.pdf", "enc-R3-V2.pdf"):
        assert read_bytes((folder / name).read_bytes()).state is ReadingState.LOCKED


def test_old_encodings_in_real_pdfs(samples: Path, read_bytes: ReadBytes) -> None:
    found = sorted((samples / "legacy" / "files").glob("*.pdf"))
    assert found
    for path in found:
        reading = read_bytes(path.read_bytes())
        assert (reading.state, reading.encoding, reading.scans) == (ReadingState.READ, "tcvn3", ()), path.name
