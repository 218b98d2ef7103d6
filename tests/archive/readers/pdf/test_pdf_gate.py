"""Which pages go to OCR, which are kept: both mistakes cost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.readers.pdf.pdf_gate import PageFacts, Treatment, judge, plainly_good
from archive.vietnamese import bare

VIETNAMESE = """Thực hiện chương trình kiểm tra, giám sát năm 2021, Chi bộ đã tổ chức các buổi sinh hoạt định kỳ theo
đúng quy định; tỷ lệ đảng viên tham gia đạt trên 95%. Công tác tư tưởng được chú trọng, nội bộ đoàn kết thống nhất,
không có đảng viên vi phạm kỷ luật. Quỹ thủy lợi, sức khỏe và hòa giải ở cơ sở được chăm lo chu đáo, kịp thời."""
ENGLISH = """The annual report was presented to the members of the board at the meeting held on Monday. It describes
the work that has been done during the year and the plans for the next one. All the staff were asked to send their
comments in writing before the end of the month."""
FRENCH = """Le conseil municipal a examiné le rapport annuel sur les travaux de voirie et il a décidé de reporter la
réunion. Les habitants du quartier ont demandé que le service des eaux soit rétabli avant la fin du mois."""
TCVN3 = (
    3 * "®¶ng ñy khèi b¸o c¸o tæng kÕt c«ng t¸c n¨m thùc hiÖn chØ ®¹o cña cÊp trªn vµ ch­¬ng tr×nh c«ng t¸c ®· ®Ò ra "
)


def lost(text: str, beyond: int) -> str:
    """The text as a font map gives it that has no letters beyond this code."""
    return "".join(char for char in text if ord(char) < beyond)


GOOD = {
    "Vietnamese": VIETNAMESE,
    "English": ENGLISH,
    "French": FRENCH,
    "numbers": " ".join(f"{number}.250.000" for number in range(200)),
    "names in capitals": "NGUYỄN VĂN AN\nTRẦN THỊ BÌNH\nPHẠM QUỐC CƯỜNG\n" * 12,
    "names without marks": "Nguyen Van An\nTran Thi Binh\nPham Quoc Cuong\n" * 12,
    "abbreviations": "1 UBKT 50%\n2 BTGDV 70%\n3 VPĐU 20%\n" * 14,
    "devices": "1 Dell Latitude 5420 12.000.000\n2 HP LaserJet Pro 4003 9.500.000\n" * 14,
    "addresses": "nguyenvanan@tinhmau.gov.vn www.tinhmau.gov.vn\n" * 20,
    "Chinese": "年度报告 工作总结 " * 30,
    "few words": "Trang 2/5",
    "nothing": "",
}
GARBLED = {
    "letters beyond Latin-1 lost": lost(VIETNAMESE, 0x100),
    "letters beyond ASCII lost": lost(VIETNAMESE, 0x80),
    "letters taken for others": VIETNAMESE.translate(str.maketrans("aeghinotăâđêôơư", "xqzwkvjr§ßþøñłð")),
    "private area": "".join(chr(0xE000 + ord(char)) if char.isalpha() else char for char in VIETNAMESE),
    "U+FFFD": VIETNAMESE.replace("n", "\ufffd"),
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_good_pages_are_kept(text: str) -> None:
    assert judge(PageFacts(text)).treatment is Treatment.KEEP


@pytest.mark.parametrize("text", GARBLED.values(), ids=GARBLED)
def test_garbled_pages_go_to_ocr(text: str) -> None:
    assert not plainly_good(text)
    assert judge(PageFacts(text)).treatment is Treatment.OCR


def test_only_vietnamese_is_settled_by_its_words_alone() -> None:
    assert plainly_good(VIETNAMESE)
    assert not any(plainly_good(text) for kind, text in GOOD.items() if kind not in ("Vietnamese",))


def test_old_encodings_are_converted_not_recognised() -> None:
    assert judge(PageFacts(TCVN3)).treatment is Treatment.CONVERT
    few = PageFacts("®¶ng ñy khèi b¸o c¸o tæng kÕt", legacy_font=True)
    assert judge(few).treatment is Treatment.CONVERT


def test_a_picture_as_big_as_the_page_is_a_scan() -> None:
    stamp = "Ký bởi: Văn thư\nNgày ký: 15.12.2021"
    scan = judge(PageFacts(stamp, covered=0.9, pictures=1))
    assert (scan.treatment, scan.text_stays) == (Treatment.OCR, False)
    assert judge(PageFacts("7", covered=0.9, pictures=30)).treatment is Treatment.OCR
    assert judge(PageFacts(stamp, covered=0.1, pictures=1)).treatment is Treatment.KEEP  # a logo
    assert judge(PageFacts(VIETNAMESE, covered=1.0, pictures=1)).treatment is Treatment.KEEP  # a watermark


def test_letters_drawn_as_outlines_are_a_picture() -> None:
    assert judge(PageFacts("", paths=2000)).treatment is Treatment.OCR
    assert judge(PageFacts("", paths=4)).treatment is Treatment.KEEP  # the lines of an empty page
    assert judge(PageFacts("", pictures=1, covered=0.05)).treatment is Treatment.OCR


def test_a_text_layer_is_kept_only_when_it_reads_well() -> None:
    poor = bare(VIETNAMESE).replace("h", "li").replace("n", "ri")
    layer = judge(PageFacts(poor, covered=1.0, pictures=1, hidden=1.0))
    assert (layer.treatment, layer.text_stays) == (Treatment.OCR, True)
    assert judge(PageFacts(VIETNAMESE, covered=1.0, pictures=1, hidden=1.0)).treatment is Treatment.KEEP


def test_fonts_that_do_not_tell_their_letters() -> None:
    numbers = judge(PageFacts("\x22\x43\x54 abc", unmapped=0.3))
    assert (numbers.treatment, numbers.text_stays) == (Treatment.OCR, False)
    doubtful = judge(PageFacts("Abstract 012", nameless=True))
    assert (doubtful.treatment, doubtful.text_stays) == (Treatment.OCR, True)


def test_jumping_letters_are_put_in_order_unless_they_are_turned() -> None:
    assert judge(PageFacts("cacs", jumps=0.03)).treatment is Treatment.RESORT
    assert judge(PageFacts("cacs", jumps=0.03, upright=False)).treatment is Treatment.OCR


@given(st.text(max_size=400), st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_any_text_has_a_treatment(text: str, covered: float, hidden: float, legacy: bool) -> None:
    facts = PageFacts(text, covered=covered, hidden=hidden, legacy_font=legacy)
    found = judge(facts)
    assert found.treatment in Treatment
    assert found.text_stays or found.treatment is Treatment.OCR
