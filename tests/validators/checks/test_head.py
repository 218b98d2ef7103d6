"""Number, code, date and signature: asked for where a paper of that printed kind has them, and nowhere else."""

from __future__ import annotations

import pytest

from archive.records import Source

PARTY = (
    "ĐẢNG ỦY KHỐI\tĐẢNG CỘNG SẢN VIỆT NAM\nCHI BỘ BAN MAI\n*\n{number}\tHòa Phú, ngày {date}\n{kind}\nVề việc\n{body}"
)
STATE = "CÔNG ĐOÀN TỈNH\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{number}\tHòa Phú, ngày {date}\n{kind}\n{body}"
SIGNED = "Nơi nhận:\tT/M CHI BỘ\n- Lưu.\tBÍ THƯ\n\tNguyễn Văn An"


def party(number="Số 12-BC/CB", date="15 tháng 12 năm 2021", kind="BÁO CÁO", body=SIGNED):
    return PARTY.format(number=number, date=date, kind=kind, body=body)


GOOD = {"number": "12", "code": "12-BC/CB", "code_printed": "12-BC/CB", "kind_printed": "BÁO CÁO", "signer": "An"}


def test_a_good_report_has_no_finding(codes):
    assert codes(party(), issued_on="2021-12-15", **GOOD) == []


def test_a_report_with_its_number_left_blank(check):
    facts = {**GOOD, "number": None, "code": None, "code_printed": "-BC/CB"}
    (finding,) = check(party(number="Số      -BC/CB"), issued_on="2021-12-15", **facts)
    assert (finding.code, finding.severity, finding.page) == ("no-number", "warning", 1)


@pytest.mark.parametrize(
    "printed", ["NGHỊ QUYẾT", "TỜ TRÌNH", "CHƯƠNG TRÌNH", "THÔNG BÁO", "KẾ HOẠCH", "BÁO CÁO KIỂM ĐIỂM"]
)
def test_kinds_that_carry_a_number(codes, printed):
    found = codes(party(number=""), kind=None, issued_on="2021-12-15", kind_printed=printed, signer="An")
    assert found == ["no-number"]


@pytest.mark.parametrize(
    "printed", ["BIÊN BẢN", "BẢN KIỂM ĐIỂM CÁ NHÂN", "BẢNG TỰ CHẤM ĐIỂM", "BẢN ĐĂNG KÝ", "PHIẾU BIỂU QUYẾT"]
)
def test_kinds_that_carry_none(codes, printed):
    assert codes(party(number=""), kind=None, issued_on="2021-12-15", kind_printed=printed, signer="An") == []


def test_a_kind_that_may_be_a_table_needs_no_number_unless_it_prints_report(codes):
    known = {"kind": "tu-cham-diem", "issued_on": "2021-12-15", "signer": "An"}
    assert codes(party(number=""), **known) == []
    assert codes(party(number=""), kind_printed="BÁO CÁO", **known) == ["no-number"]


def test_a_members_own_report_carries_no_number(codes):
    assert codes(party(number=""), issued_on="2021-12-15", kind_printed="BÁO CÁO", member="An", signer="An") == []


@pytest.mark.parametrize("source", [Source.OCR, Source.NONE])
def test_nothing_is_missed_on_a_scan(codes, source):
    assert codes(party(number="", date="   tháng   năm 2021", body=""), source=source, kind_printed="BÁO CÁO") == []


def test_nothing_is_missed_where_text_is_cut_off(codes):
    found = codes("BÁO CÁO", kind_printed="BÁO CÁO", warnings=(("text-incomplete", "page 2"),))
    assert found == ["text-incomplete"]


@pytest.mark.parametrize(
    "date",
    [
        "     tháng     năm 2021",
        " … tháng … năm 2021",
        "..... tháng 12 năm 2021",
        "___ tháng ___ năm ____",
        " tháng năm 2021",
        "15 tháng ... năm 2021",
    ],
)
@pytest.mark.parametrize("kind", ["BÁO CÁO", "BẢN ĐĂNG KÝ", "BIÊN BẢN"])
def test_a_blank_date_line(codes, date, kind):
    facts = {**GOOD, "kind_printed": kind}
    facts = facts if kind == "BÁO CÁO" else {**facts, "code_printed": None}
    assert codes(party(date=date, kind=kind), kind=None, **facts) == ["no-date"]


def test_a_report_without_any_date(codes):
    head = "ĐẢNG ỦY KHỐI\tĐẢNG CỘNG SẢN VIỆT NAM\nBÁO CÁO\nThực hiện Kế hoạch số 39, ngày 12/11/2021 của Khối\n"
    assert codes(head + SIGNED, **GOOD) == ["no-date"]
    assert codes(head + "Hòa Phú, 15/12/2021\n" + SIGNED, **GOOD) == []
    assert codes(head + "Số 12-BC/CB\tHòa Phú, ngày 15-12-2021\n" + SIGNED, **GOOD) == []


def test_a_blank_date_line_at_the_foot(codes):
    body = "Nội dung.\n" * 80 + "Hòa Phú, ngày     tháng     năm 2021\nNGƯỜI TỰ KIỂM ĐIỂM\nNguyễn Văn An"
    assert codes(body, kind="kiem-diem-ca-nhan", signer="An") == ["no-date"]


@pytest.mark.parametrize(
    "field", ["Ngày, tháng, năm sinh: 1/2/1980", "Ngày tháng năm sinh: 1980", "trong những ngày tháng năm qua"]
)
def test_a_field_is_not_a_date_line(codes, field):
    assert codes(f"BẢN KIỂM ĐIỂM\n{field}\nNGƯỜI TỰ KIỂM ĐIỂM", kind="kiem-diem-ca-nhan", signer="An") == []


def test_minutes_that_name_their_day_in_the_text_are_dated(codes):
    text = "BIÊN BẢN\nHôm nay, {}, chi bộ họp.\nTHƯ KÝ\tCHỦ TRÌ"
    known = {"kind": "bien-ban-hop", "signer": "An"}
    assert codes(text.format("ngày 04/03/2021"), **known) == []
    assert codes(text.format("ngày 4 tháng 3 năm 2021"), **known) == []
    assert codes(text.format("tại phòng họp"), **known) == ["no-date"]


def test_a_table_without_a_date_is_left_alone(codes):
    assert codes("BẢNG TỰ CHẤM ĐIỂM\nNội dung", kind="tu-cham-diem", kind_printed="BẢNG TỰ CHẤM ĐIỂM") == []


def test_a_report_that_nobody_signs(check):
    facts = {**GOOD, "signer": None}
    (finding,) = check(party(body="Nội dung báo cáo."), issued_on="2021-12-15", **facts)
    assert finding.code == "no-signature-block"
    assert "dấu" not in finding.remedy  # a chi bộ is never asked for a seal


@pytest.mark.parametrize(
    "mark", ["T/M CHI BỘ", "TM. BAN CHẤP HÀNH", "PHÓ BÍ THƯ", "NGƯỜI GHI BIÊN BẢN\tCHỦ TRÌ", "K/T CHỦ TỊCH"]
)
def test_a_signature_block_that_was_not_recognised(codes, mark):
    facts = {**GOOD, "signer": None}
    assert codes(party(body=f"Nội dung.\n{mark}\n"), issued_on="2021-12-15", **facts) == []


def test_a_chairman_named_in_the_text_is_no_signature(codes):
    text = "BIÊN BẢN\nHôm nay, ngày 04/03/2021\nChủ trì: Đồng chí Nguyễn Văn An\nNội dung."
    assert codes(text, kind="bien-ban-hop", issued_on="2021-03-04") == ["no-signature-block"]


@pytest.mark.parametrize(
    "printed",
    [
        "58-BC/ĐU",
        "Số 58-BC/ĐU",
        "Số: 58 - BC/ĐU".replace(" - ", "-"),
        "58–BC/ĐU",
        "58-\nBC/ĐU",
        "58-BC/ĐUHVCSPT",
        "01-BC/ĐU.UBKT",
    ],
)
def test_codes_as_they_should_be(codes, printed):
    assert codes(party(), issued_on="2021-12-15", **{**GOOD, "code_printed": printed}) == []


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("58-BC/ ĐU", "58-BC/ĐU"),
        ("58 -BC/ĐU", "58-BC/ĐU"),
        ("02 BC/ĐU", "02-BC/ĐU"),
        ("20/BC-CB", "20-BC/CB"),
        ("20 / BC-CB", "20-BC/CB"),
        ("58-BC ĐU", "58-BC/ĐU"),
        ("58BC/ĐU", None),
    ],
)
def test_odd_codes_of_party_papers(check, printed, right):
    (finding,) = check(party(), issued_on="2021-12-15", **{**GOOD, "code": None, "code_printed": printed})
    assert finding.code == "odd-code"
    assert printed in finding.message
    assert right is None or right in finding.remedy


def test_the_recognisers_mended_code_is_advised(check):
    (finding,) = check(party(), issued_on="2021-12-15", **{**GOOD, "code": "58-BC/ĐU", "code_printed": "58BC/ĐU"})
    assert "58-BC/ĐU" in finding.remedy


def test_mass_organisations_write_the_state_order(codes):
    state = STATE.format(number="Số: 04/BB-CĐ", date="4 tháng 3 năm 2021", kind="BIÊN BẢN", body="CHỦ TRÌ")
    known = {
        "kind": "bien-ban-hop",
        "issued_on": "2021-03-04",
        "number": "4",
        "signer": "An",
        "kind_printed": "BIÊN BẢN",
    }
    assert codes(state, code_printed="04/BB-CĐ", **known) == []
    assert codes(state, code_printed="04-BB/CĐ", **known) == []
    assert codes(state, code_printed="04/BB - CĐ", **known) == ["odd-code"]
    assert codes(party(), code_printed="367 - BB/TWĐTN-VP", mass_org="doan-thanh-nien", **known) == []


def test_a_code_of_another_kind_than_the_title(codes):
    facts = {**GOOD, "kind_printed": "NGHỊ QUYẾT", "issued_on": "2021-12-15"}
    assert codes(party(kind="NGHỊ QUYẾT"), kind="nghi-quyet", **facts) == ["odd-code"]
    facts["kind_printed"] = "BẢNG TỰ CHẤM ĐIỂM"  # an annex carries the number of its report
    assert codes(party(kind="BẢNG TỰ CHẤM ĐIỂM"), kind="tu-cham-diem", **facts) == []
