"""Whose paper it is: names with accents first, the body's own words aside, folders and superiors."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.records import (
    Campaign,
    Document,
    Fact,
    Facts,
    KnownDocument,
    MassOrganisation,
    ReadingState,
    Recognition,
    Source,
    Unit,
    UnitType,
)
from rules.loader import find_pack
from validators.belongs import belongs
from validators.unit_names import BEGINS, SAME, SAME_BARE, WITHIN, NameIndex, unlike

D, C = UnitType.DANG_BO_CO_SO, UnitType.CHI_BO_CO_SO
SUB = UnitType.CHI_BO_TRUC_THUOC
UNITS = (
    Unit("dai-nang", "Chi bộ Công ty Đại Phong", C, mass_orgs=(MassOrganisation("ctd", "Hội Chữ thập đỏ"),)),
    Unit("dai-huyen", "Chi bộ Công ty Đài Phong", C),
    Unit("cd-y-te", "Đảng bộ Trường Cao đẳng Y tế", D),
    Unit("dieu-duong", "Chi bộ Khoa Điều dưỡng", SUB, parent="cd-y-te"),
    Unit("khoa-noi", "Chi bộ Khoa Nội", SUB, parent="cd-y-te"),
    Unit("noi-tiet", "Chi bộ Khoa Nội tiết", SUB, parent="cd-y-te"),
    Unit("phu-nu", "Chi bộ Hội Liên hiệp Phụ nữ tỉnh", C),
    Unit("ccb", "Chi bộ Hội Cựu chiến binh tỉnh", C),
    Unit("so-y-te", "Đảng bộ Sở Y tế", D),
    Unit("cq-so-y-te", "Chi bộ Cơ quan Sở Y tế", SUB, parent="so-y-te"),
    Unit("van-phong", "Chi bộ Văn phòng", SUB, parent="so-y-te"),
    Unit("chi-bo-1", "Chi bộ 1", SUB, parent="so-y-te"),
    Unit("chi-bo-2", "Chi bộ 2", SUB, parent="so-y-te"),
    Unit("vp-noi-vu", "Chi bộ Văn phòng Sở Nội vụ", C),
)
BY_ID = {unit.id: unit for unit in UNITS}
PACK = find_pack("xep-loai-2021")
INDEX = NameIndex(Campaign("x", "x", 2021, PACK.id, units=UNITS), PACK)


def fact(value: str | None) -> Fact | None:
    return Fact(value, 1, value) if value else None


def ask(
    unit: str,
    issuer: str | None = None,
    named: str | None = None,
    superior: str | None = None,
    scanned: bool = False,
    about_others: bool = False,
) -> tuple[bool | None, str]:
    facts = Facts(issuer=fact(issuer), unit_named=fact(named), superior=fact(superior))
    document = Document("d", unit, "x", "0" * 64, "a.docx", "", 1, datetime(2021, 12, 1, tzinfo=UTC))
    source = Source.OCR if scanned else Source.EMBEDDED
    known = KnownDocument(document, ReadingState.READ, source, recognition=Recognition("x", 1.0, facts=facts))
    answer = belongs(known, BY_ID[unit], INDEX, about_others)
    return answer.ok, answer.owner


@pytest.mark.parametrize(
    ("unit", "issuer"),
    [
        ("dai-nang", "CHI BỘ CÔNG TY ĐẠI PHONG"),
        ("dai-nang", "BCH CÔNG ĐOÀN CÔNG TY ĐẠI PHONG"),
        ("dai-nang", "HỘI CHỮ THẬP ĐỎ CÔNG TY ĐẠI PHONG"),
        ("dai-nang", "Chi ủy Công ty Ðại  Phong"),  # the Icelandic capital, two blanks
        ("cd-y-te", "ĐẢNG ỦY TRƯỜNG CAO ĐẲNG Y TẾ"),
        ("cd-y-te", "ĐẢNG UỶ TRƯỜNG CAO ĐẲNG Y TẾ HÀ TĨNH"),
        ("cd-y-te", "BAN CHẤP HÀNH ĐẢNG BỘ TRƯỜNG CAO ĐẲNG Y TẾ"),
        ("cd-y-te", "ĐOÀN TNCS HỒ CHÍ MINH TRƯỜNG CAO ĐẲNG Y TẾ"),
        ("cd-y-te", "ỦY BAN KIỂM TRA ĐẢNG ỦY TRƯỜNG CAO ĐẲNG Y TẾ"),
        ("cd-y-te", "ĐẢNG ỦY TRƯỜNG CAO ĐẲNG Y TÊ"),  # a slip of the accent
        ("dieu-duong", "CHI BỘ KHOA ĐIỀU DƯỠNG TRƯỜNG CAO ĐẲNG Y TẾ"),
        ("khoa-noi", "CHI BỘ KHOA NỘI"),
        ("noi-tiet", "CHI BỘ KHOA NỘI TIẾT"),
        ("phu-nu", "CHI BỘ HỘI LIÊN HIỆP PHỤ NỮ TỈNH"),
        ("phu-nu", "CÔNG ĐOÀN HỘI LIÊN HIỆP PHỤ NỮ TỈNH"),
        ("cq-so-y-te", "CHI BỘ CƠ QUAN SỞ Y TẾ"),
        ("so-y-te", "ĐẢNG ỦY SỞ Y TẾ"),
        ("chi-bo-1", "CHI BỘ 1"),
        ("van-phong", "CHI BỘ VĂN PHÒNG SỞ Y TẾ"),
        ("vp-noi-vu", "CHI BỘ VĂN PHÒNG SỞ NỘI VỤ"),
        ("khoa-noi", "TỔ BẢO VỆ"),  # no party body: the host's own offices bear many names
        ("cd-y-te", None),
    ],
)
def test_the_units_own_papers(unit: str, issuer: str | None) -> None:
    assert ask(unit, issuer) == (True, "")


@pytest.mark.parametrize(
    ("unit", "issuer", "owner"),
    [
        ("dai-nang", "CHI BỘ CÔNG TY ĐÀI PHONG", "dai-huyen"),
        ("dai-huyen", "CÔNG ĐOÀN CÔNG TY ĐẠI PHONG", "dai-nang"),
        ("khoa-noi", "CHI BỘ KHOA NỘI TIẾT", "noi-tiet"),
        ("noi-tiet", "CHI BỘ KHOA NỘI", "khoa-noi"),
        ("chi-bo-1", "CHI BỘ 2", "chi-bo-2"),
        ("cd-y-te", "CHI BỘ KHOA ĐIỀU DƯỠNG", "dieu-duong"),
        ("cd-y-te", "CHI BỘ KHOA DƯỢC", "CHI BỘ KHOA DƯỢC"),  # below it, though not listed
        ("dieu-duong", "ĐẢNG ỦY TRƯỜNG CAO ĐẲNG Y TẾ", "cd-y-te"),
        ("ccb", "CHI BỘ HỘI LIÊN HIỆP PHỤ NỮ TỈNH", "phu-nu"),
        ("so-y-te", "CHI BỘ CƠ QUAN SỞ Y TẾ", "cq-so-y-te"),
        ("cq-so-y-te", "ĐẢNG ỦY SỞ Y TẾ", "so-y-te"),
        ("khoa-noi", "CÔNG ĐOÀN CÔNG TY ĐÀI PHONG MIỀN TRUNG", "dai-huyen"),
    ],
)
def test_papers_of_others(unit: str, issuer: str, owner: str) -> None:
    assert ask(unit, issuer) == (False, owner)


@pytest.mark.parametrize(
    ("unit", "issuer"),
    [
        ("dai-nang", "CHI BO CONG TY DAI PHONG"),  # without accents it may be either
        ("dai-nang", "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH"),  # a superior's paper
        ("so-y-te", "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH"),
    ],
)
def test_what_cannot_be_told(unit: str, issuer: str) -> None:
    assert ask(unit, issuer)[0] is None


def test_a_party_body_that_nobody_in_the_campaign_is_called_like_cannot_be_told() -> None:
    assert ask("khoa-noi", "CHI BỘ TỔ BẢO VỆ") == (None, "CHI BỘ TỔ BẢO VỆ")
    for short in ("CHI BỘ KN", "CHI BỘ K. NỘI", "CHI BỘ"):
        assert ask("khoa-noi", short)[0] is True


@pytest.mark.parametrize(
    ("one", "other", "stranger"),
    [
        ("Ban QLDA giao thông", "Ban Quản lý dự án giao thông", False),
        ("BQLDA", "Ban Quản lý dự án giao thông", False),
        ("Liên minh HTX tỉnh", "Liên minh Hợp tác xã tỉnh", False),
        ("VP", "Văn phòng", False),
        ("TAND tỉnh", "Tòa án nhân dân tỉnh", False),
        ("P. TC-HC", "Phòng Tổ chức - Hành chính", False),
        ("Sở Xây dựng", "Sở Tư pháp", True),
        ("Công ty Đại Phong", "Điện lực Hoàng Giang", True),
    ],
)
def test_strangers_share_no_telling_word(one: str, other: str, stranger: bool) -> None:
    index = NameIndex(Campaign("x", "x", 2021, PACK.id), PACK)
    assert unlike(index.printed(one).names[0], index.printed(other).names[0]) is stranger


def test_a_scan_is_not_trusted_with_accents() -> None:
    assert ask("dai-nang", "CHI BỘ CÔNG TY ĐÀI PHONG", scanned=True) == (None, "dai-huyen")
    assert ask("khoa-noi", "CHI BỘ CÔNG TY ĐÀI PHONG", scanned=True) == (False, "dai-huyen")
    assert ask("dieu-duong", "CHI BỘ KHOA ĐIỂU DƯỜNG", scanned=True)[0] is True
    assert ask("dieu-duong", "CHI BỘ KHOA ĐIÊU DUÔNC", scanned=True)[0] is True


def test_the_unit_named_speaks_where_the_head_does_not() -> None:
    assert ask("khoa-noi", None, "Chi bộ Khoa Nội")[0] is True
    assert ask("khoa-noi", None, "Chi bộ Khoa Nội tiết") == (False, "noi-tiet")
    assert ask("khoa-noi", "ĐẢNG ỦY TRƯỜNG CAO ĐẲNG Y TẾ", "Chi bộ Khoa Nội")[0] is True
    assert ask("khoa-noi", "TỔ BẢO VỆ", "Chi bộ Khoa Nội tiết") == (None, "noi-tiet")


def test_an_inspection_of_a_sub_unit_is_a_paper_of_the_body_that_inspected() -> None:
    above = "ĐẢNG ỦY TRƯỜNG CAO ĐẲNG Y TẾ"
    assert ask("cd-y-te", "ỦY BAN KIỂM TRA", "Chi bộ Khoa Nội", above, about_others=True)[0] is True
    assert ask("cd-y-te", "ỦY BAN KIỂM TRA", "Chi bộ Khoa Nội", about_others=True)[0] is True
    assert ask("khoa-noi", "ỦY BAN KIỂM TRA", None, above) == (False, "cd-y-te")


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Chi bộ Sở Y tế", "ĐẢNG UỶ SỞ Y TẾ", SAME),
        ("Công ty Đại Phong", "Cty", 0),
        ("Công ty Đại Phong", "Công ty Đài Phong", SAME_BARE),
        ("Sở Y tế", "Sở Y tế tỉnh Hà Tĩnh", BEGINS),
        ("Phòng Tổ chức - Hành chính", "Phòng Tổ chức – Hành chính", SAME),
        ("Sở Y tế", "Thanh tra Sở Y tế", WITHIN),
        ("1", "Khu phố 1", 0),
    ],
)
def test_how_names_agree(one: str, other: str, how: int) -> None:
    index = NameIndex(Campaign("x", "x", 2021, PACK.id, units=(Unit("u", one, C),)), PACK)
    assert index.agreements(other).get("u", (0, 0))[0] == how
