"""A reading is whole again when OCR has read the pages that waited for it, whatever it found there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.readers import outcome
from archive.readers.ocr.scans import completed
from archive.records import Page, Reading, ReadingState, Source

TEXT = "ĐẢNG BỘ TỈNH MẪU\nBáo cáo tổng kết công tác năm 2021 của chi bộ cơ sở"
PICTURES = outcome.read("tiff", ["", "", ""], scans=[1, 2, 3])
MIXED = outcome.read(
    "pdf", [TEXT, "", TEXT, ""], scans=[2, 4], warnings=[("text-incomplete", "trang 3 bị hỏng"), ("attachments", "a")]
)


def page(text: str, confidence: float | None = 0.9) -> Page:
    return Page(text, Source.OCR, confidence)


def codes(reading: Reading) -> list[str]:
    return [code for code, _words in reading.warnings]


def test_pictures_become_a_text_that_is_marked_as_read_by_ocr() -> None:
    assert (PICTURES.state, codes(PICTURES)) == (ReadingState.NOT_YET, ["needs-ocr"])
    read = completed(PICTURES, {1: page("một", 0.9), 2: page("hai ba bốn năm sáu", 0.5), 3: page("")}, {})
    assert (read.state, read.source, read.scans, read.warnings) == (ReadingState.READ, Source.OCR, (), ())
    assert [one.text for one in read.pages] == ["một", "hai ba bốn năm sáu", ""]
    assert read.confidence == round((3 * 0.9 + 18 * 0.5) / 21, 2), "weighted by length"
    assert read.reader == PICTURES.reader


def test_the_other_pages_stay_as_they_are_and_only_the_waiting_is_no_longer_told() -> None:
    assert codes(MIXED) == ["text-incomplete", "text-incomplete", "attachments"]
    read = completed(MIXED, {2: page("hai"), 4: page("bốn")}, {})
    assert [one.source for one in read.pages] == [Source.EMBEDDED, Source.OCR, Source.EMBEDDED, Source.OCR]
    assert read.pages[0] == MIXED.pages[0]
    assert (read.source, read.warnings) == (Source.OCR, (("text-incomplete", "trang 3 bị hỏng"), ("attachments", "a")))


def test_blank_scans_leave_a_text_what_it_was() -> None:
    read = completed(MIXED, {2: page("", None), 4: page("", None)}, {})
    assert (read.state, read.source, read.confidence) == (ReadingState.READ, Source.EMBEDDED, MIXED.confidence)


def test_pages_that_failed_and_pages_over_the_limit_are_named() -> None:
    read = completed(PICTURES, {1: page("một")}, {2: "reader-timeout"})
    (lost, left) = read.warnings
    assert (read.state, lost[0], left[0]) == (ReadingState.READ, "text-incomplete", "text-incomplete")
    assert "2" in lost[1]
    assert "3" in left[1]
    assert [one.text for one in read.pages] == ["một", "", ""]


def test_a_doubtful_text_stays_where_nothing_better_is_found_but_is_not_judged_on_alone() -> None:
    doubtful = outcome.read("pdf", [TEXT, TEXT], scans=[1, 2])
    read = completed(doubtful, {1: page("một")}, {2: "reader-timeout"})
    assert [one.text for one in read.pages] == ["một", TEXT]
    alone = completed(doubtful, {1: page("")}, {2: "reader-timeout"})
    assert (alone.state, alone.pages) == (ReadingState.UNREADABLE, ())


def test_where_nothing_is_found_that_is_said_and_what_to_do() -> None:
    blank = completed(PICTURES, {number: page("  ") for number in (1, 2, 3)}, {})
    assert (blank.state, codes(blank), blank.pages) == (ReadingState.UNREADABLE, ["empty"], ())
    failed = completed(PICTURES, {1: page("")}, {2: "reader-memory", 3: "reader-timeout"})
    assert (failed.state, codes(failed), failed.scans) == (ReadingState.UNREADABLE, ["reader-memory"], ())


@given(
    st.lists(st.sampled_from([TEXT, "", "x"]), min_size=1, max_size=6),
    st.dictionaries(st.integers(1, 6), st.builds(page, st.text(max_size=20), st.none() | st.floats(0, 1))),
    st.dictionaries(st.integers(1, 6), st.just("reader-crashed")),
)
def test_nothing_waits_any_longer_and_no_page_moves(
    texts: list[str], found: dict[int, Page], failed: dict[int, str]
) -> None:
    scans = [number for number, text in enumerate(texts, start=1) if not text]
    reading = outcome.read("pdf", texts, scans=scans)
    whole = completed(reading, found, failed)
    assert whole.scans == ()
    assert "needs-ocr" not in codes(whole)
    assert whole.state in (ReadingState.READ, ReadingState.UNREADABLE)
    if whole.state is ReadingState.READ:
        assert len(whole.pages) == len(texts)
        assert (whole.source is Source.OCR) == any(found[n].text.strip() for n in scans if n in found)
        assert ("text-incomplete" in codes(whole)) == any(n in failed or n not in found for n in scans)
