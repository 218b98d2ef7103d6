"""Traps of recognition by name: what looks like the paper asked for and is another one, or the other way round."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime

import pytest

from archive.records import Campaign, Document, KnownDocument, ReadingState, Source, Unit, UnitType
from tests.validators.papers import Paper, pack, seen
from tests.validators.test_recognise_noise import misread
from tests.validators.wordings import MINUTES, PROPOSAL, REPORT, SELF_REVIEW, TABLE, UNION, WORDINGS
from validators.belongs import belongs
from validators.unit_names import NameIndex

SERVES = {kind for requirement in pack().requirements for kind in (*requirement.accepts, *requirement.all_of)}


def year_of(paper: Paper) -> int | None:
    period = seen(paper).facts.period
    return period.year if period else None


# --- a report on year N dated January N + 1


@pytest.mark.parametrize("dateline", ["Bình Lâm, ngày 04 tháng 01 năm 2022", "Bình Lâm, ngày 17/01/2022"])
@pytest.mark.parametrize(
    "title",
    [
        "Tổng kết công tác năm 2021, phương hướng, nhiệm vụ năm 2022",
        "Tổng kết công tác năm, phương hướng, nhiệm vụ năm 2022",
        "Tổng kết công tác xây dựng Đảng",
        "Kết quả công tác năm vừa qua và phương hướng, nhiệm vụ năm 2022",
    ],
)
def test_a_report_of_january_tells_of_the_year_before(title: str, dateline: str) -> None:
    assert year_of(REPORT.with_(title=title, dateline=dateline)) == 2021


def test_a_plan_of_january_is_of_its_own_year() -> None:
    plan = REPORT.with_(printed="CHƯƠNG TRÌNH", number="Số 02-CTr/CB", dateline="Bình Lâm, ngày 12 tháng 01 năm 2021")
    assert year_of(plan.with_(title="Kiểm tra, giám sát năm 2021")) == 2021
    assert year_of(plan.with_(title="Công tác kiểm tra, giám sát")) == 2021


# --- half-year and topic reports


@pytest.mark.parametrize(
    "title",
    [
        "Sơ kết công tác 6 tháng đầu năm 2021",
        "Tổng kết công tác sáu tháng đầu năm 2021, nhiệm vụ 6 tháng cuối năm",
        "Kết quả công tác 09 tháng năm 2021",
        "Công tác xây dựng Đảng quý IV năm 2021",
        "Kết quả thực hiện nhiệm vụ tháng 11, nhiệm vụ tháng 12 năm 2021",
        "Công tác kiểm tra, giám sát 6 tháng đầu năm 2021",
        "Kết quả thực hiện Chỉ thị 05-CT/TW năm 2021",
        "Tổng kết công tác phát triển đảng viên năm 2021",
        "Tổng kết 5 năm thực hiện Nghị quyết Trung ương 4 khóa XII",
        "Công tác phòng, chống tham nhũng năm 2021",
    ],
)
def test_half_year_and_topic_reports_serve_nothing(title: str) -> None:
    assert seen(REPORT.with_(title=title, dateline="Bình Lâm, ngày 28 tháng 10 năm 2021")).kind not in SERVES


def test_words_that_sound_like_part_of_a_year() -> None:
    for title in ("Đề nghị xét khen thưởng cuối năm 2021", "Về việc khen thưởng cuối năm 2021"):
        assert seen(PROPOSAL.with_(title=title)).kind == "to-trinh-khen-thuong"
    assert seen(REPORT.with_(title="Tổng kết công tác 12 tháng năm 2021")).kind == "bao-cao-tong-ket"


# --- one abbreviation, two kinds


@pytest.mark.parametrize(
    ("printed", "number", "kind"),
    [
        ("QUYẾT ĐỊNH", "Số 09-QĐ/ĐU", "quyet-dinh"),
        ("QUY ĐỊNH", "Số 09-QĐ/ĐU", "quy-dinh"),
        ("QUY ĐỊNH", "Số 09-QĐi/ĐU", "quy-dinh"),
        ("THÔNG TRI", "Số 03-TT/ĐU", "thong-tri"),
        ("THÔNG TƯ", "Số: 03/TT-BNV", "thong-tu"),
    ],
)
def test_the_printed_kind_decides_where_an_abbreviation_has_two(printed: str, number: str, kind: str) -> None:
    found = seen(REPORT.with_(printed=printed, number=number, title="Về chế độ làm việc"))
    assert found.kind == kind
    assert found.facts.code is not None


def test_without_a_printed_kind_such_a_code_tells_none() -> None:
    for number in ("Số 09-QĐ/ĐU", "Số 03-TT/ĐU"):
        assert seen(REPORT.with_(printed="", number=number, title="")).kind is None


# --- forms copied from another year


@pytest.mark.parametrize(
    ("form", "year"),
    [
        ("Mẫu 02-HD KĐ.ĐG 2018", "2018"),
        ("Mẫu 02-HD KĐ.ĐG 2019", "2019"),
        ("Mẫu 02 - HD KĐ.ĐG năm 2018", "2018"),
        ("(Mẫu 2A-HD KĐ.ĐG 2023)", "2023"),
    ],
)
def test_the_year_of_a_form_is_the_one_printed_on_it(form: str, year: str) -> None:
    found = seen(SELF_REVIEW.with_(form=form, title="Năm 2021"))
    assert found.kind == "kiem-diem-ca-nhan"
    assert found.facts.form_year is not None
    assert (found.facts.form_year.value, found.facts.period and found.facts.period.year) == (year, 2021)


# --- look-alikes said in other words

LOOK_ALIKES = (
    REPORT.with_(title="Tham luận về công tác xây dựng Đảng năm 2021"),
    REPORT.with_(title="Tiếp thu ý kiến góp ý vào báo cáo tổng kết năm 2021"),
    REPORT.with_(printed="GIẤY MỜI", title="Dự hội nghị tổng kết công tác năm 2021"),
    REPORT.with_(printed="KẾ HOẠCH", title="Tổ chức hội nghị tổng kết công tác Đảng năm 2021"),
    REPORT.with_(printed="KẾ HOẠCH", title="Kiểm điểm, đánh giá, xếp loại chất lượng đảng viên năm 2021"),
    REPORT.with_(printed="HƯỚNG DẪN", title="Tự chấm điểm, đề xuất mức chất lượng năm 2021"),
    REPORT.with_(printed="CHƯƠNG TRÌNH", title="Hội nghị tổng kết công tác Đảng năm 2021"),
    REPORT.with_(printed="QUYẾT ĐỊNH", title="Công nhận kết quả xếp loại chất lượng đảng viên năm 2021"),
    REPORT.with_(printed="QUYẾT ĐỊNH", title="Thành lập Tổ kiểm phiếu đánh giá, xếp loại năm 2021"),
    PROPOSAL.with_(title="Về việc xin chuẩn y kết quả bầu cử chi ủy"),
    MINUTES.with_(title="Kiểm phiếu bầu cử chi ủy nhiệm kỳ 2020 - 2022"),
    MINUTES.with_(title="Họp xét kết nạp đảng viên mới năm 2021"),
    MINUTES.with_(title="Bàn giao hồ sơ xếp loại đảng viên năm 2021"),
    MINUTES.with_(title="Hội nghị cán bộ, công chức, viên chức năm 2021"),
    UNION.with_(title="Họp Ban Chấp hành tổng kết hoạt động công đoàn năm 2021"),
    TABLE.with_(title="Chất lượng sinh hoạt chi bộ tháng 5 năm 2021"),
    SELF_REVIEW.with_(printed="BẢN KIỂM ĐIỂM", title="Về việc vi phạm quy chế làm việc năm 2021"),
    SELF_REVIEW.with_(printed="BẢN CAM KẾT", title="Tu dưỡng, rèn luyện năm 2021"),
)


@pytest.mark.parametrize("paper", LOOK_ALIKES, ids=lambda paper: f"{paper.printed} {paper.title}"[:80])
def test_look_alikes_in_other_words_serve_nothing(paper: Paper) -> None:
    assert seen(paper).kind not in SERVES


# --- five letters in a hundred misread


def test_with_five_letters_in_a_hundred_misread_no_paper_becomes_another() -> None:
    rng = random.Random(5)
    count: Counter[str] = Counter()
    for kind, paper, titles in WORDINGS:
        for title in titles[:4]:
            found = seen(misread(paper.with_(title=title).text, rng))
            count["right" if found.kind == kind else "none" if found.kind is None else "wrong"] += 1
    assert count["wrong"] <= 0.02 * count.total()
    assert count["right"] >= 0.7 * count.total()


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Số l4-BC/CB", "14-BC/CB"),
        ("Số: 1O4-8C/CB", "104-BC/CB"),
        ("5ố 14 - BG/CB", "14-BC/CB"),
        ("Số 14-BlC/CB", "14-BC/CB"),
        ("Số 4S6-BC/CB", "456-BC/CB"),
    ],
)
def test_a_misread_code_is_mended_by_the_printed_kind(printed: str, code: str) -> None:
    found = seen(REPORT.with_(number=printed)).facts.code
    assert found is not None
    assert found.value == code


@pytest.mark.parametrize(
    "dateline",
    [
        "Bình Lâm, nqày 16 tháng l2 năm 2O21",
        "Bình Lâm, ngày 16 lháng 12 năn 2021",
        "Bình Lâm, hgày 16/12/2021",
        "Bình Lâm, ngày l6/12/2021",
    ],
)
def test_a_misread_date_line_is_read(dateline: str) -> None:
    facts = seen(REPORT.with_(dateline=dateline)).facts
    assert facts.issued_on is not None
    assert (facts.issued_on.value, facts.issuer and facts.issuer.value) == ("2021-12-16", "CHI BỘ SỞ TƯ PHÁP")


@pytest.mark.parametrize("issuer", ["GHI BỘ SỞ TƯ PHÁP", "CH1 BỘ SỞ TƯ PHÁP", "CHI RỘ\nSỞ TƯ PHÁP", "CH BỘ SỞ TƯ PHÁP"])
def test_a_misread_word_for_a_body_is_told(issuer: str) -> None:
    found = seen(REPORT.with_(issuer=issuer)).facts.issuer
    assert found is not None
    assert found.value == "CHI BỘ SỞ TƯ PHÁP"


def test_the_words_for_other_bodies_are_left_alone() -> None:
    for issuer in ("CHI HỘI PHỤ NỮ SỞ TƯ PHÁP", "CHI ĐOÀN SỞ TƯ PHÁP", "TỈNH ỦY BÌNH LÂM", "ĐẢNG UỶ SỞ TƯ PHÁP"):
        found = seen(UNION.with_(issuer=issuer)).facts.issuer
        assert found is not None
        assert found.value == issuer


# --- two units whose names differ in their accents only

TWO = Campaign(
    "x",
    "x",
    2021,
    "xep-loai-2021",
    units=(
        Unit("ha", "Chi bộ Công ty Hải Hà", UnitType.CHI_BO_CO_SO),
        Unit("ha-nang", "Chi bộ Công ty Hải Hạ", UnitType.CHI_BO_CO_SO),
    ),
)


@pytest.mark.parametrize(
    ("issuer", "scanned", "own"),
    [
        ("CHI BỘ CÔNG TY HẢI HÀ", False, {"ha": True, "ha-nang": False}),
        ("CHI BỘ\nCÔNG TY HẢI HẠ", False, {"ha": False, "ha-nang": True}),
        ("chi bộ công ty hải hạ", False, {"ha": False, "ha-nang": True}),
        ("CHI BO CONG TY HAI HA", False, {"ha": None, "ha-nang": None}),
        ("CHI BỘ CÔNG TY HẢI HẠ", True, {"ha": None, "ha-nang": True}),
    ],
)
def test_two_units_that_differ_in_accents_are_kept_apart(
    issuer: str, scanned: bool, own: dict[str, bool | None]
) -> None:
    found = seen(REPORT.with_(issuer=issuer))
    index = NameIndex(TWO, pack())
    for unit in TWO.units:
        document = Document("d", unit.id, "x", "0" * 64, "a.docx", "", 1, datetime(2021, 12, 1, tzinfo=UTC))
        source = Source.OCR if scanned else Source.EMBEDDED
        known = KnownDocument(document, ReadingState.READ, source, recognition=found)
        assert belongs(known, unit, index).ok is own[unit.id]


# --- what others put on the page


@pytest.mark.parametrize(
    "front",
    [
        "CÔNG VĂN ĐẾN\nSố: 1234\nNgày: 24/12/2021\nChuyển: ............",
        "VĂN PHÒNG ĐẢNG ỦY KHỐI\nĐẾN\nSố đến: 77\nNgày đến: 24-12-2021",
        "Người ký: Văn thư cơ quan\nThời gian ký: 24/12/2021 09:31:07 +07:00",
        "Phụ lục 2\n(Kèm theo Công văn số 164-CV/ĐUK ngày 26/10/2021 của Đảng ủy Khối)",
        "Trang 1/3\nEmail: vanphong@donvi.gov.vn",
    ],
    ids=["stamp", "office's stamp", "electronic signature", "annex", "letterhead"],
)
def test_what_others_put_on_the_page_is_not_the_papers_own(front: str) -> None:
    plain, found = seen(REPORT), seen(f"{front}\n{REPORT.text}")
    assert found.kind == "bao-cao-tong-ket"
    facts = ("number", "code", "issued_on", "issuer", "signer", "period")
    assert [getattr(found.facts, fact) for fact in facts] == [getattr(plain.facts, fact) for fact in facts]


def test_a_cover_page_does_not_hide_the_head() -> None:
    cover = f"{REPORT.superior}\n{REPORT.issuer}\nBÁO CÁO\nTỔNG KẾT CÔNG TÁC NĂM 2021\nBình Lâm, 2021"
    found = seen(f"{cover}\f{REPORT.text}")
    assert found.kind == "bao-cao-tong-ket"
    assert (found.facts.code and found.facts.code.value) == "14-BC/CB"
    assert (found.facts.issued_on and found.facts.issued_on.page) == 2


def test_an_annex_of_its_own_stays_one() -> None:
    annex = TABLE.with_(printed="PHỤ LỤC 01", title="BẢNG TỰ CHẤM ĐIỂM\nnăm 2021")
    assert seen(annex).kind == "bang-tu-cham-diem"


# --- capitals and lines lost on the way


def test_a_title_goes_on_below_a_compound_printed_kind() -> None:
    long = "Kiểm điểm tập thể lãnh đạo Chi bộ Phòng Tổ chức - Hành chính và Thanh tra năm 2021"
    assert seen(REPORT.with_(printed="BÁO CÁO KIỂM ĐIỂM", title=long)).kind == "kiem-diem-tap-the"


def test_a_line_in_brackets_below_the_title_is_none_of_it() -> None:
    title = "Kết luận kiểm tra Chi bộ Phòng Kế hoạch\n(Trình hội nghị cuối năm)"
    assert seen(REPORT.with_(printed="THÔNG BÁO", number="Số 02-TB/CB", title=title)).kind == "ket-luan-kiem-tra"


def test_a_date_line_and_a_motto_broken_by_a_narrow_column() -> None:
    broken = UNION.with_(
        motto="CỘNG HÒA XÃ HỘI CHỦ NGHĨA\nVIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        dateline="Bình Lâm, ngày 16\ntháng 12 năm 2021",
        title="Họp Ban Chấp hành góp ý báo cáo tổng kết năm 2021 của Chi bộ",
    )
    facts = seen(broken).facts
    assert facts.issued_on is not None
    assert (facts.issued_on.value, facts.issuer and facts.issuer.value) == ("2021-12-16", "CÔNG ĐOÀN CƠ SỞ SỞ TƯ PHÁP")


@pytest.mark.parametrize("name", ["dương thị quý", "Dương thị quý", "Dương Thị Quý", "DƯƠNG THỊ QUÝ", "D.ương Thị Quý"])
def test_a_signer_whose_capitals_were_lost_is_still_named(name: str) -> None:
    found = seen(REPORT.with_(foot=("t/m chi bộ", "bí thư", "", name))).facts.signer
    assert found is not None
    assert found.value.lower().replace(".", "") == "dương thị quý"


def test_minutes_without_a_head_are_of_who_met() -> None:
    union = UNION.with_(
        superior="",
        issuer="",
        motto="",
        dateline="",
        title="Hội nghị Ban Chấp hành thông qua báo cáo tổng kết năm 2021 của Đảng bộ",
        body=("Vào lúc 15h00 ngày 20/12/2021, Công đoàn cơ sở họp với 9/10 đồng chí.",),
    )
    assert seen(union).facts.mass_org is not None
    assert seen(union).kind == "bien-ban-doan-the"
