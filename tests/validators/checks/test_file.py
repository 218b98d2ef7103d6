"""What the file itself is like: unread, wrongly named, in an old font, with macros, with fields left open."""

from __future__ import annotations

import pytest

from archive.records import ReadingState, Severity, Source


@pytest.mark.parametrize(
    ("state", "form", "warnings", "code"),
    [
        (ReadingState.LOCKED, "pdf", (), "locked"),
        (ReadingState.UNREADABLE, "pdf", (), "unreadable"),
        (ReadingState.UNREADABLE, "empty", (), "empty"),
        (ReadingState.UNREADABLE, "docx", (("reader-timeout", "30 s"),), "unreadable"),
        (ReadingState.NOT_YET, "jpeg", (), "not-readable-yet"),
        (ReadingState.NOT_YET, "pdf", (), "not-readable-yet"),
        (ReadingState.NOT_YET, "rar", (), "not-readable-yet"),
        (ReadingState.NOT_YET, "eml", (), "not-readable-yet"),
        (ReadingState.NOT_YET, "unknown", (), "not-readable-yet"),
    ],
)
def test_every_unread_document_has_one_error_with_a_remedy(check, state, form, warnings, code):
    (finding,) = check(state=state, form=form, warnings=warnings, kind=None, name="scan")
    assert (finding.code, finding.severity) == (code, Severity.ERROR)
    assert "scan" in finding.message
    assert finding.remedy


def test_each_way_of_being_unread_has_words_of_its_own(check):
    forms = ("jpeg", "rar", "eml", "xls")
    said = {check(state=ReadingState.NOT_YET, form=form, kind=None, name="x")[0].message for form in forms}
    crashed = check(state=ReadingState.UNREADABLE, form="pdf", kind=None, name="x", warnings=(("reader-crashed", ""),))
    broken = check(state=ReadingState.UNREADABLE, form="pdf", kind=None, name="x")
    assert len(said) == 4
    assert crashed[0].message != broken[0].message


def test_a_bundle_that_cannot_be_opened_is_unpacked_at_home(check):
    for state, warnings in (
        (ReadingState.LOCKED, ()),
        (ReadingState.UNREADABLE, (("unreadable", ""),)),
    ):
        (finding,) = check(state=state, form="7z", kind=None, name="x", warnings=warnings)
        (paper,) = check(state=state, form="pdf", kind=None, name="x", warnings=warnings)
        assert finding.code == paper.code
        assert finding.remedy != paper.remedy
    torn, *_mismatch = check(state=ReadingState.UNREADABLE, form="zip", kind=None, name="x.docx", warnings=())
    (word,) = check(state=ReadingState.UNREADABLE, form="docx", kind=None, name="x.docx", warnings=())
    assert (torn.message, torn.remedy) == (word.message, word.remedy)
    (empty,) = check(state=ReadingState.UNREADABLE, form="zip", kind=None, name="x", warnings=(("empty", ""),))
    assert empty.message != finding.message


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("NQ.pdf", "docx"),
        ("bang.docx", "pdf"),
        ("mau.doc", "rtf"),
        ("a.doc.pdf", "doc"),
        ("BC.PDF ", "docx"),
        ("a.doc", "html"),
    ],
)
def test_a_name_that_belies_the_bytes(codes, name, form):
    assert codes("chữ", kind=None, name=name, form=form) == ["type-mismatch"]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("NQ.PDF", "pdf"),
        ("a.jpeg", "jpeg"),
        ("bao cao", "docx"),
        ("so 12.2021", "docx"),
        ("a.docx", "unknown"),
        ("a.txt", "txt"),
    ],
)
def test_names_that_are_right_or_claim_nothing(codes, name, form):
    assert codes("chữ", kind=None, name=name, form=form) == []


def test_a_wrong_name_is_told_of_unread_papers_too(codes):
    assert codes(state=ReadingState.NOT_YET, form="rtf", kind=None, name="a.doc") == [
        "not-readable-yet",
        "type-mismatch",
    ]
    assert codes(state=ReadingState.LOCKED, form="doc", kind=None, name="a.docx") == ["locked"]


def test_active_content(codes):
    assert codes("chữ", kind=None, form="docm", name="a.docm") == ["active-content"]
    assert codes("chữ", kind=None, form="pdf", name="a.pdf", warnings=(("active-content", "JS"),)) == ["active-content"]


def test_files_inside_a_pdf_are_no_macros(check, codes):
    inside = ("attachments", "tệp bên trong: a.xml")
    (finding,) = check("chữ", kind=None, form="pdf", name="a.pdf", warnings=(inside,))
    assert (finding.code, finding.severity) == ("attachments", Severity.WARNING)
    assert "macro" not in finding.message
    both = codes("chữ", kind=None, form="pdf", name="a.pdf", warnings=(("active-content", "JS"), inside))
    assert both == ["active-content", "attachments"]
    for form in ("docx", "eml", "xlsx"):  # pictures and tables of the text; a mail's are taken out of it
        assert codes("chữ", kind=None, form=form, name="a", warnings=(inside,)) == []


def test_a_blurred_scan_says_how_sure_its_text_is_and_what_to_do(check, codes):
    (finding,) = check("chữ", kind=None, form="pdf", name="a.pdf", source=Source.OCR, confidence=0.359)
    assert (finding.code, finding.severity) == ("low-confidence", Severity.ERROR)
    assert "35 %" in finding.message
    assert codes("chữ", kind=None, form="pdf", name="a.pdf", source=Source.OCR, confidence=0.6) == []
    assert codes("chữ", kind=None, form="pdf", name="a.pdf", confidence=0.3) == [], "a text of its own is no scan"


def test_points_that_may_be_misread_are_no_contradiction(codes):
    facts = {"level": "HTXSNV", "score": "55"}
    assert codes("chữ", kind=None, form="pdf", name="a.pdf", source=Source.OCR, **facts) == ["level-above-score"]
    found = codes("chữ", kind=None, form="pdf", name="a.pdf", source=Source.OCR, confidence=0.5, **facts)
    assert found == ["low-confidence"]


def test_a_title_with_nothing_that_says_whose_it_is(codes):
    title = {"kind_printed": "BÁO CÁO", "title": "Tổng kết công tác năm 2021"}
    assert "no-head" in codes("BÁO CÁO\nTổng kết công tác năm 2021\nhết", **title)
    for said in ("issuer", "number", "code", "issued_on", "signer", "member", "score"):
        assert "no-head" not in codes("BÁO CÁO\nhết", **title, **{said: "2021-12-01"}), said
    assert "no-head" not in codes("BÁO CÁO\nhết", **title, source=Source.OCR), "a scan's head may be misread"
    assert "no-head" not in codes("BẢNG\nhết", **title, tables=((("a", "b"),),)), "a table may be an annex"
    assert "no-head" not in codes("BÁO CÁO\nhết", **(title | {"kind": None}))


def test_an_empty_bundle_holds_nothing(check):
    (finding,) = check(state=ReadingState.UNREADABLE, form="zip", kind=None, name="x.zip", warnings=(("empty", ""),))
    assert finding.code == "empty"


def test_a_signature_that_does_not_hold_is_told_whether_read_or_not(check, codes):
    warnings = (("signature-changed", "chữ ký số của An: tệp đã bị sửa"),)
    (finding,) = check("chữ", kind=None, form="pdf", name="a.pdf", warnings=warnings)
    assert (finding.code, finding.severity) == ("signature-changed", Severity.WARNING)
    assert "chữ ký số của An" in finding.message
    assert finding.remedy
    unread = codes(state=ReadingState.NOT_YET, form="pdf", kind=None, name="a.pdf", warnings=warnings)
    assert unread[0] == "not-readable-yet"
    assert "signature-changed" in unread


def test_what_is_too_big_is_not_called_broken(check):
    warnings = (("text-incomplete", "trang 1: nội dung {quá} lớn"),)
    (finding,) = check(state=ReadingState.UNREADABLE, form="pdf", kind=None, name="{x}.pdf", warnings=warnings)
    assert finding.code == "unreadable"
    assert "nội dung {quá} lớn" in finding.message
    assert "{x}.pdf" in finding.message
    assert "hỏng" not in finding.message


def test_incomplete_text_names_the_place(check):
    warnings = (("text-incomplete", "trang 3"), ("text-incomplete", "trang 3"), ("text-incomplete", "trang 5"))
    (finding,) = check("chữ", kind=None, warnings=warnings)
    assert "trang 3; trang 5" in finding.message


def test_a_scan_that_waits_to_be_read_asks_nothing_of_anybody(check):
    waiting = (("needs-ocr", "ảnh"),)
    (finding,) = check(state=ReadingState.NOT_YET, form="pdf", kind=None, warnings=waiting, scans=(1,), name="a.pdf")
    assert (finding.code, finding.severity) == ("needs-ocr", Severity.WARNING)
    (never,) = check(state=ReadingState.NOT_YET, form="docx", kind=None, warnings=waiting, name="a.docx")
    assert (never.code, never.severity) == ("not-readable-yet", Severity.ERROR), "nothing waits: it is never read"


def test_pages_that_wait_are_told_apart_from_those_that_failed(check):
    warnings = (("text-incomplete", "trang 2: ảnh"), ("text-incomplete", "trang 3"))
    waits, failed = check("chữ", kind=None, warnings=warnings, scans=(2,))
    assert (waits.code, failed.code) == ("needs-ocr", "text-incomplete")
    assert ("trang 2" in waits.message, "trang 3" in failed.message) == (True, True)
    assert waits.remedy != failed.remedy


def test_where_no_words_are_found_the_file_is_not_called_broken(check):
    (blank,) = check(state=ReadingState.UNREADABLE, form="jpeg", kind=None, name="x", warnings=(("empty", ""),))
    (broken,) = check(state=ReadingState.UNREADABLE, form="jpeg", kind=None, name="x", warnings=(("unreadable", ""),))
    assert blank.code == broken.code == "unreadable"
    assert (blank.message, blank.remedy) != (broken.message, broken.remedy)


TCVN3 = "®¶ng ñy khèi b¸o c¸o tæng kÕt c«ng t¸c n¨m thùc hiÖn chØ ®¹o cña cÊp trªn vµ ch­¬ng tr×nh c«ng t¸c ®· ®Ò ra"
VNI = "Baùo caùo toång keát coâng taùc naêm Ñaûng uûy Khoái Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam thöïc hieän vuï"
UNICODE = (
    "Thực hiện chỉ đạo của cấp trên, chi bộ đã tập trung lãnh đạo cán bộ, đảng viên khắc phục khó khăn; "
    "hòa nhập, thủy lợi, giõ, muõng, où est, déjà, Müller, €12, 20°C, ®, ©, quý, được, ướt, yêu, ạ à á ả ã"
)


@pytest.mark.parametrize("text", [TCVN3, VNI])
def test_old_fonts_are_seen_in_the_text(codes, text):
    assert codes(text, kind=None) == ["old-encoding"]


@pytest.mark.parametrize("encoding", ["tcvn3", "TCVN3", "vni"])
def test_old_fonts_that_the_reader_converted(codes, encoding):
    assert codes(UNICODE, kind=None, encoding=encoding) == ["old-encoding"]


def test_what_was_converted_counts_and_says_so(check):
    (finding,) = check(UNICODE, kind=None, encoding="tcvn3", warnings=(("old-encoding", "TCVN3"),))
    assert finding.severity is Severity.WARNING
    assert "(TCVN3, .VnTime)" in finding.message, "no brackets in brackets"
    assert finding.message != check(TCVN3, kind=None)[0].message


@pytest.mark.parametrize("text", [UNICODE, "VNI", "Chi bo Van phong bao cao tong ket nam " * 5, ""])
def test_unicode_text_is_no_old_font(codes, text):
    assert codes(text, kind=None) == []


@pytest.mark.parametrize(
    "line",
    [
        "Số đảng viên dự họp: ..........",
        "Chủ trì: ………… Thư ký: …………",
        "Họ và tên: ______________",
        "Tổng số:       đồng chí; có mặt: 5 đồng chí",
        "Chi bộ [tên đơn vị] báo cáo",
        "Kết quả [...] phiếu",
    ],
)
def test_fields_left_open(codes, line):
    assert codes(f"Nội dung\n{line}\nHết", kind=None) == ["blank-field"]


@pytest.mark.parametrize(
    "line",
    [
        "-----",
        "_______",
        "....................",
        "I. Kết quả ........................ 3",
        "Số ..... -BC/CB",
        "Hòa Phú, ngày ..... tháng ..... năm 2021",
        "Họ và tên: Nguyễn An        Ngày sinh: 1/2/1980",
        "Chủ trì:        đồng chí Nguyễn Văn An",
        "v.v... và các việc khác...",
        "theo Điều 5 [1] của Quy định",
        "Nhận xét của chi ủy: ...................",
        "Ý kiến của cấp ủy\n........................\n........................",
    ],
)
def test_lines_that_are_no_open_field(codes, line):
    assert codes(f"Nội dung\n{line}\nHết", kind=None) == []


def test_open_fields_are_one_finding_with_the_first_page(check):
    (finding,) = check("Hết\fTên: ........\nNơi: ........\fTuổi: .......\nLớp: .......", kind=None)
    assert finding.page == 2
    assert "4" in finding.message
    assert "Tên" in finding.message
    assert "Lớp" not in finding.message
