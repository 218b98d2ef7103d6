"""The proposed level, the unit's name and the numbers of papers, across a dossier."""

from __future__ import annotations

import pytest

from archive.records import Source
from tests.validators.between.papers import BOARD, MINUTES, PROPOSAL, RATINGS, REPORT, SCORE, TABLE, paper

ASKS = ("HTXSNV", "Đề xuất mức chất lượng: Hoàn thành xuất sắc nhiệm vụ")
LESS = ("HTTNV", "Đề nghị công nhận chi bộ hoàn thành tốt nhiệm vụ")
OF_MEMBERS = ("HTTNV", "Đề nghị xếp loại đảng viên Nguyễn Văn An hoàn thành tốt nhiệm vụ")


def test_two_levels_are_told_with_both_places(found) -> None:
    (finding,) = found(paper("a", SCORE, level=ASKS), paper("b", MINUTES, level=LESS))
    assert finding.code == "level-disagree"
    assert "Hoàn thành xuất sắc nhiệm vụ, Hoàn thành tốt nhiệm vụ" in finding.message
    assert [place.words for place in finding.places] == [ASKS[1], LESS[1]]


@pytest.mark.parametrize(
    ("kind", "level", "title"),
    [
        (MINUTES, OF_MEMBERS, None),
        (MINUTES, ("HTTNV", "Kết quả: Hoàn thành tốt nhiệm vụ"), None),  # of whom?
        (PROPOSAL, LESS, "Đề nghị công nhận đảng viên hoàn thành tốt nhiệm vụ"),
        ("kiem-diem-tap-the", LESS, None),  # the committee's own level is another thing
        (MINUTES, ("HTXSNV", "Đề nghị công nhận chi bộ hoàn thành xuất sắc nhiệm vụ"), None),
    ],
)
def test_levels_of_others_and_the_same_level_do_not_disagree(codes, kind, level, title) -> None:
    more = {"title": title} if title else {}
    assert codes(paper("a", SCORE, level=ASKS), paper("b", kind, level=level, **more)) == []


def test_a_proposal_for_the_unit_counts_by_its_title(codes) -> None:
    proposal = paper(
        "b", PROPOSAL, level=LESS, title="Đề nghị công nhận Chi bộ Công ty Đại Phong hoàn thành tốt nhiệm vụ"
    )
    assert codes(paper("a", TABLE, level=ASKS), proposal) == ["level-disagree"]


# --- names -----------------------------------------------------------------------------------------------------------


def test_two_names_are_told_with_both_places(found) -> None:
    (finding,) = found(paper("a", REPORT), paper("b", SCORE, issuer="CHI BỘ CÔNG TY ĐÀI PHONG"))
    assert finding.code == "unit-name-disagree"
    assert [place.words for place in finding.places] == ["CHI BỘ CÔNG TY ĐẠI PHONG", "CHI BỘ CÔNG TY ĐÀI PHONG"]
    (finding,) = found(paper("a", REPORT), paper("b", SCORE, issuer="CHI BỘ TRƯỜNG HỌC HÒA BÌNH"))
    assert finding.code == "unit-name-disagree"


@pytest.mark.parametrize(
    "issuer",
    [
        "CHI BO CONG TY DAI PHONG",  # typed without accents
        "CHI ỦY CHI BỘ CÔNG TY ĐẠI PHONG",
        "CHI BỘ CÔNG TY CỔ PHẦN ĐẠI PHONG",  # the full name
        "CHI BỘ CTY ĐẠI PHONG",
        "CHI BỘ CTĐP",
        "CHI BỘ",
        "BAN KIỂM PHIẾU",
        None,
    ],
)
def test_short_forms_and_bodies_of_the_unit_are_no_disagreement(codes, issuer) -> None:
    assert codes(paper("a", REPORT), paper("b", SCORE, issuer=issuer)) == []


def test_a_mass_organisation_has_a_name_of_its_own(codes) -> None:
    union = paper("b", RATINGS, issuer="CÔNG ĐOÀN TRƯỜNG HỌC HÒA BÌNH", mass_org="cong-doan")
    assert codes(paper("a", REPORT), union) == []


# --- numbers: by issuer, kind and term, never by the year ------------------------------------------------------------

REPORTS = {"kind_printed": "BÁO CÁO", "title": "Tổng kết công tác năm 2021"}
OTHERS = {"kind_printed": "BÁO CÁO", "title": "Kết quả kiểm tra, giám sát của chi bộ"}
CODE = {"number": "15", "code": "15-BC/CB"}


def test_one_number_on_two_papers_of_a_term_is_told_with_both(found) -> None:
    (finding,) = found(paper("a", REPORT, **REPORTS, **CODE), paper("b", "bao-cao-ktgs", **OTHERS, **CODE))
    assert finding.code == "number-twice"
    assert "15-BC/CB" in finding.message
    assert [place.document for place in finding.places] == ["a", "b"]
    assert "Tổng kết công tác" in finding.places[0].words


def test_the_same_number_a_year_later_in_the_same_term_is_told(codes) -> None:
    later = paper("b", REPORT, year=2022, day="2022-12-15", **REPORTS, **CODE)
    assert codes(paper("a", REPORT, **REPORTS, **CODE), later) == ["number-twice"]


@pytest.mark.parametrize("day", ["2019-12-15", "2020-12-15", "2026-12-15"])
def test_after_a_congress_numbers_begin_again_and_in_its_year_it_cannot_be_told(codes, day) -> None:
    other = paper("b", REPORT, year=int(day[:4]), day=day, **REPORTS, **CODE)
    assert codes(paper("a", REPORT, **REPORTS, **CODE), other) == []


@pytest.mark.parametrize(
    "change",
    [
        {"code": "15-NQ/CB", "kind_printed": "NGHỊ QUYẾT"},  # another series
        {"code": "16-BC/CB"},
        {"code": "15-BC/UBKT", "issuer": "ỦY BAN KIỂM TRA"},
        {"code": "15/BC-CB"},  # the order of state papers, with numbers of their own
        {"issuer": "CHI BỘ KHOA NỘI"},
        {"issuer": None},
        {"day": None},
        {"kind_printed": "BẢNG"},  # an annex bears the number of its report
        {"title": "Tổng kết công tác năm 2021 của Chi bộ"},  # the same paper, revised
        {"kind": None},
        {"known": {"source": Source.OCR, "confidence": 0.99}},
    ],
)
def test_other_series_annexes_revisions_and_scans_are_never_told(codes, change) -> None:
    given = {"kind": "bao-cao-ktgs", **OTHERS, **CODE, **change}
    assert codes(paper("a", REPORT, **REPORTS, **CODE), paper("b", given.pop("kind"), **given)) == []


def test_a_copy_and_a_revision_of_a_paper_bear_its_number(codes) -> None:
    first = paper("a", REPORT, **REPORTS, **CODE)
    assert codes(first, paper("b", REPORT, day="2021-12-20", **REPORTS, **CODE)) == []


def test_papers_of_another_unit_are_another_series(codes) -> None:
    other = paper("b", "bao-cao-ktgs", unit=BOARD, **OTHERS, **CODE)
    assert codes(paper("a", REPORT, **REPORTS, **CODE), other) == []
