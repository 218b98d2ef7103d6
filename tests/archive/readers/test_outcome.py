"""What every reader's answer means: converted, waiting for OCR, garbled, empty."""

from __future__ import annotations

from archive.readers import outcome
from archive.records import Page, Reading, ReadingState, Source, Table

TCVN3 = "B¸o c¸o tæng kÕt c«ng t¸c n¨m 2021, ph\u00ad¬ng h\u00adíng"
UNICODE = "Báo cáo tổng kết công tác năm 2021, phương hướng"


def codes(reading: Reading) -> list[str]:
    return [code for code, _words in reading.warnings]


def test_an_old_encoding_is_converted_in_pages_tables_and_properties() -> None:
    rows = (("STT", "Hä vµ tªn"), ("1", "NguyÔn V¨n H\u00ad\u00a0"))
    reading = outcome.read(
        "doc",
        [TCVN3, "plain\u00a0", ""],
        tables=[Table(1, rows)],
        properties={"title": "LuËt", "author": "José", "created": "2002-07-10"},
        warnings=[("hidden-text", "x")],
    )
    assert (reading.state, reading.source, reading.encoding) == (ReadingState.READ, Source.CONVERTED, "tcvn3")
    assert [page.text for page in reading.pages] == [UNICODE, "plain", ""]
    assert [page.source for page in reading.pages] == [Source.CONVERTED, Source.EMBEDDED, Source.NONE]
    assert reading.tables == (Table(1, (("STT", "Họ và tên"), ("1", "Nguyễn Văn Hư"))),)
    assert reading.properties == {"title": "Luật", "author": "José", "created": "2002-07-10"}
    assert codes(reading) == ["hidden-text", "old-encoding"]


def test_a_title_may_be_older_than_its_text() -> None:
    reading = outcome.read("pdf", [UNICODE], properties={"title": TCVN3})
    assert (reading.encoding, reading.source, codes(reading)) == ("unicode", Source.EMBEDDED, [])
    assert reading.properties == {"title": UNICODE}


def test_pages_that_wait_for_ocr() -> None:
    reading = outcome.read("pdf", ["chữ", "", "chữ", ""], scans=[4, 2])
    assert (reading.state, reading.scans) == (ReadingState.READ, (2, 4))
    assert [page.text for page in reading.pages] == ["chữ", "", "chữ", ""]
    assert codes(reading) == ["text-incomplete"]
    assert "2, 4" in reading.warnings[0][1]


def test_nothing_but_scans_is_not_read_yet_and_keeps_its_pages() -> None:
    reading = outcome.read("pdf", ["", ""], scans=[1, 2], warnings=[("attachments", "x")], properties={"title": "Ba"})
    assert (reading.state, reading.scans, codes(reading)) == (
        ReadingState.NOT_YET, (1, 2), ["needs-ocr", "attachments"],
    )  # fmt: skip
    assert reading.pages == (Page("", Source.NONE, 1.0),) * 2
    assert reading.properties == {"title": "Ba"}
    stamped = outcome.read("pdf", ["Ký bởi: Văn phòng", ""], scans=[1])
    assert (stamped.state, stamped.pages[0].text) == (ReadingState.NOT_YET, "Ký bởi: Văn phòng")


def test_no_text_and_no_scan_is_empty() -> None:
    assert codes(outcome.read("pdf", ["", " \n"])) == ["empty"]


def test_text_that_was_lost_is_never_called_empty() -> None:
    warnings = [("hidden-text", "x"), ("text-incomplete", "the first 4 MB"), ("attachments", "x")]
    reading = outcome.read("odt", [""], warnings=warnings)
    assert reading.state is ReadingState.UNREADABLE
    assert codes(reading) == ["text-incomplete", "hidden-text", "attachments"]


def test_garbled_pages() -> None:
    rubbish = "\ue001\ue002\ue003 a"
    few = outcome.read("pdf", ["chữ", "chữ", rubbish])
    assert (few.state, codes(few)) == (ReadingState.READ, ["text-garbled"])
    most = outcome.read("pdf", ["chữ", rubbish, rubbish])
    assert (most.state, codes(most), most.pages) == (ReadingState.NOT_YET, ["text-garbled"], ())


def test_a_guess_is_less_sure() -> None:
    assert outcome.read("txt", ["chữ"], sure=0.5).confidence == 0.5


def test_rubbish_on_pages_that_wait_for_ocr_is_no_reason_to_give_up_the_document() -> None:
    reading = outcome.read("pdf", ["\ue001\ue002\ue003", "\ue004\ue005", "Báo cáo tổng kết"], scans=[1, 2])
    assert (reading.state, reading.scans) == (ReadingState.READ, (1, 2))
