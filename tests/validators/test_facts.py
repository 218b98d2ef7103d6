"""Facts of a paper: number, date, place, issuer, signers, period, unit, marks, form, member, level, score."""

from __future__ import annotations

import pytest

from archive.records import Fact, Period, Table
from tests.validators.papers import PROSE, Paper, pack, reading, seen
from tests.validators.wordings import MINUTES, PROPOSAL, REPORT, SELF_REVIEW, TABLE, UNION
from validators.marks import secrecy
from validators.recognise import recognise


def value(fact: Fact | None) -> str | None:
    return fact.value if fact else None


# --- number and code -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "number", "code"),
    [
        ("Số 58-BC/ĐU", "58", "58-BC/ĐU"),
        ("Số 58-BC/ ĐU", "58", "58-BC/ĐU"),
        ("Số: 07 - BC / CB", "7", "07-BC/CB"),
        ("Số 02 CTr/ĐU", "2", "02-CTr/ĐU"),
        ("Số 20/BC-CB", "20", "20-BC/CB"),
        ("Số 58–BC/ĐU", "58", "58-BC/ĐU"),
        ("Số\u00a058\u2011BC/ĐU", "58", "58-BC/ĐU"),
        ("Số: 03-ctr/ĐU", "3", "03-CTr/ĐU"),
        ("Số 11-BC/ĐUHVCSPT", "11", "11-BC/ĐUHVCSPT"),
        ("So 9-BC/CB", "9", "9-BC/CB"),
        ("Số -BC/CB", None, None),
        ("Số      -BC/CB", None, None),
        ("Số ……-BC/CB", None, None),
        ("Số: ...../BC-CB", None, None),
        ("", None, None),
    ],
)
def test_numbers(line: str, number: str | None, code: str | None) -> None:
    for layout in ("lines", "tab", "joined"):
        facts = seen(REPORT.with_(number=line, layout=layout)).facts
        assert (value(facts.number), value(facts.code)) == (number, code), layout
        assert (facts.code_printed is None) == (line == "")


def test_state_papers_keep_the_state_order() -> None:
    facts = seen(UNION.with_(number="Số: 04/BB-CĐ", title="Họp thông qua báo cáo tổng kết của Chi bộ năm 2021")).facts
    assert (value(facts.number), value(facts.code)) == ("4", "04/BB-CĐ")
    dated = seen(UNION.with_(number="Số: 04/2021/BB-CĐCS", title="Họp góp ý báo cáo tổng kết")).facts
    assert value(dated.code) == "04/2021/BB-CĐCS"


def test_a_code_broken_over_two_lines() -> None:
    facts = seen(REPORT.text.replace("Số 14-BC/CB", "Số 14 -\nBC/CB")).facts
    assert value(facts.code) == "14-BC/CB"


def test_numbers_in_the_text_are_not_the_papers_own() -> None:
    body = ("Căn cứ Kế hoạch số 39-KH/ĐUK, ngày 12/11/2021 của Ban Thường vụ Đảng ủy Khối;", *PROSE)
    facts = seen(MINUTES.with_(body=body, dateline="", title="Sinh hoạt chi bộ tháng 3 năm 2021")).facts
    assert (facts.number, facts.issued_on) == (None, None)


# --- date and place --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "day", "place"),
    [
        ("Bình Lâm, ngày 15 tháng 12 năm 2021", "2021-12-15", "Bình Lâm"),
        ("Bình Lâm, ngày 05 tháng 03 năm 2021", "2021-03-05", "Bình Lâm"),
        ("TP. Bình Lâm, ngày 5 tháng 3 năm 2021", "2021-03-05", "TP. Bình Lâm"),
        ("Bình Lâm, ngày 15/12/2021", "2021-12-15", "Bình Lâm"),
        ("Bình Lâm, ngày 15 tháng 12 năm 2 0 2 1", "2021-12-15", "Bình Lâm"),
        ("Bình Lâm , ngày 1 5 tháng 1 2 năm 2021", "2021-12-15", "Bình Lâm"),
        ("Bình Lâm, ngáy 15 thang 12 nãm 2021", "2021-12-15", "Bình Lâm"),
        ("Bình Lâm, ngày      tháng     năm 2021", None, "Bình Lâm"),
        ("Bình Lâm, ngày … tháng … năm 2021", None, "Bình Lâm"),
        ("Bình Lâm, ngày 31 tháng 2 năm 2021", None, None),
        ("", None, None),
    ],
)
def test_date_lines(line: str, day: str | None, place: str | None) -> None:
    for layout in ("lines", "tab", "joined"):
        facts = seen(REPORT.with_(dateline=line, layout=layout)).facts
        assert value(facts.issued_on) == day, layout
        if place:
            assert value(facts.place) == place, layout


@pytest.mark.parametrize(
    "opening",
    [
        "Hôm nay, ngày 04/03/2021, tại phòng họp, Chi bộ tiến hành sinh hoạt thường kỳ.",
        "Vào hồi 14 giờ 30 phút, ngày 04 tháng 3 năm 2021, tại hội trường cơ quan.",
        "1. Thời gian: 7h30, ngày 04/3/2021.",
    ],
)
def test_minutes_without_date_line_take_the_day_of_the_meeting(opening: str) -> None:
    facts = seen(MINUTES.with_(dateline="", title="Sinh hoạt chi bộ thường kỳ", body=(opening, *PROSE))).facts
    assert value(facts.issued_on) == "2021-03-04"
    assert facts.period == Period(2021, "month", 3)


def test_a_date_line_above_the_signature() -> None:
    facts = seen(
        SELF_REVIEW.with_(
            dateline="", title="Năm 2021", foot=("Bình Lâm, ngày 05 tháng 12 năm 2021", *SELF_REVIEW.foot)
        )
    ).facts
    assert (value(facts.issued_on), value(facts.place)) == ("2021-12-05", "Bình Lâm")


# --- issuer and superior ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("superior", "issuer"),
    [
        ("ĐẢNG ỦY KHỐI CÁC CƠ QUAN\nTỈNH", "CHI BỘ SỞ TƯ PHÁP"),
        ("ĐẢNG ỦY KHỐI", "ĐẢNG ỦY TRƯỜNG CAO ĐẲNG\nNGHỀ BÌNH LÂM"),
        ("ĐẢNG UỶ TRƯỜNG CAO ĐẲNG Y\nTẾ", "UỶ BAN KIỂM TRA"),
        ("LIÊN ĐOÀN LAO ĐỘNG TỈNH", "CÔNG ĐOÀN\nTRƯỜNG CAO ĐẲNG Y TẾ"),
        ("ĐẢNG BỘ SỞ Y TẾ", "BAN CHẤP HÀNH\nĐẢNG BỘ BỆNH VIỆN"),
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "CHI BỘ TRƯỜNG THPT BÌNH LÂM"),
    ],
)
def test_issuer_and_superior(superior: str, issuer: str) -> None:
    for layout in ("lines", "tab", "blanks", "joined"):
        facts = seen(REPORT.with_(superior=superior, issuer=issuer, layout=layout)).facts
        assert value(facts.issuer) == issuer.replace("\n", " "), layout
        assert value(facts.superior) == superior.replace("\n", " "), layout


def test_an_issuer_alone() -> None:
    facts = seen(REPORT.with_(superior="")).facts
    assert (value(facts.issuer), facts.superior) == ("CHI BỘ SỞ TƯ PHÁP", None)


def test_small_letters_of_old_capital_fonts() -> None:
    head = REPORT.with_(
        superior="đảng ủy khối tỉnh", issuer="chi bộ sở tư pháp", motto="đảng cộng sản việt nam", printed="báo cáo"
    )
    facts = seen(head).facts
    assert (value(facts.issuer), value(facts.superior)) == ("chi bộ sở tư pháp", "đảng ủy khối tỉnh")


# --- signers ---------------------------------------------------------------------------------------------------------

REPORT_FEET = {
    "one below the other": ("T/M CHI BỘ", "BÍ THƯ", "", "Lương Thị Kiều Oanh"),
    "beside the recipients": (
        "Nơi nhận:\tT/M CHI BỘ",
        "- Đảng ủy Khối,\tBÍ THƯ",
        "- Lưu Chi bộ.\t",
        "\tLương Thị Kiều Oanh",
    ),
    "run together": ("Nơi nhận: T/M CHI BỘ", "- Đảng ủy Khối (báo cáo), BÍ THƯ", "- Lưu Chi bộ. Lương Thị Kiều Oanh"),
    "for another": ("K/T BÍ THƯ", "PHÓ BÍ THƯ", "", "Lương Thị Kiều Oanh"),
    "state form": ("TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "(Đã ký)", "ThS. Lương Thị Kiều Oanh"),
    "no authority": ("BÍ THƯ CHI BỘ", "", "Đ/c Lương Thị Kiều Oanh"),
    "small letters": ("T/M Chi bộ", "Bí thư", "Lương Thị Kiều Oanh"),
    "recipients last": ("T/M CHI BỘ", "BÍ THƯ", "Lương Thị Kiều Oanh", "Nơi nhận:", "- Như trên,", "- Lưu Chi bộ."),
    "an annex behind": (
        "T/M CHI BỘ",
        "BÍ THƯ",
        "Lương Thị Kiều Oanh",
        "PHỤ LỤC",
        "1\tVi Văn Chiến\tHTTNV",
        "2\tNguyễn Thị Hoa\tHTNV",
    ),
}


@pytest.mark.parametrize("foot", REPORT_FEET)
def test_signer_of_a_report(foot: str) -> None:
    facts = seen(REPORT.with_(recipients=(), foot=REPORT_FEET[foot])).facts
    assert value(facts.signer) == "Lương Thị Kiều Oanh"
    assert facts.role is not None


MINUTES_FEET = {
    "columns": ("NGƯỜI GHI BIÊN BẢN", "", "Vi Văn Chiến", "CHỦ TRÌ", "", "Lương Thị Kiều Oanh"),
    "rows": ("THƯ KÝ\tCHỦ TỌA", "", "Vi Văn Chiến\tLương Thị Kiều Oanh"),
    "run together": ("NGƯỜI GHI BIÊN BẢN CHỦ TRÌ", "Vi Văn Chiến Lương Thị Kiều Oanh"),
    "roles first": ("THƯ KÝ", "CHỦ TRÌ", "Vi Văn Chiến", "Lương Thị Kiều Oanh"),
    "notes between": (
        "THƯ KÝ",
        "(Ký, ghi rõ họ tên)",
        "Vi Văn Chiến",
        "CHỦ TRÌ CUỘC HỌP",
        "(Ký, ghi rõ họ tên)",
        "Lương Thị Kiều Oanh",
    ),
    "authority": ("THƯ KÝ\tT/M CHI BỘ", "\tBÍ THƯ", "Vi Văn Chiến\tLương Thị Kiều Oanh"),
}


@pytest.mark.parametrize("foot", MINUTES_FEET)
def test_signers_of_minutes(foot: str) -> None:
    facts = seen(MINUTES.with_(title="Sinh hoạt chi bộ tháng 3 năm 2021", foot=MINUTES_FEET[foot])).facts
    assert value(facts.signer) == "Lương Thị Kiều Oanh"
    assert {fact.value for fact in facts.signers} == {"Vi Văn Chiến", "Lương Thị Kiều Oanh"}


def test_names_that_look_like_words_of_offices() -> None:
    for name in (
        "Chu Trí Dũng",
        "Đoàn Thanh Tùng",
        "Lưu Văn Hùng",
        "Đặng Viễn Phương",
        "Nguyễn Thắng Lợi",
        "H’Hen Niê",
        "Lò Thị Ban",
    ):
        assert value(seen(REPORT.with_(foot=("T/M CHI BỘ", "BÍ THƯ", "", name))).facts.signer) == name


def test_no_place_to_sign_means_no_signer() -> None:
    assert seen(REPORT.with_(foot=(), recipients=())).facts.signer is None
    assert seen(SELF_REVIEW.with_(title="Năm 2021", foot=())).facts.signer is None


def test_a_members_own_paper_is_signed_by_the_member_whoever_signs_below() -> None:
    foot = (
        "NGƯỜI TỰ KIỂM ĐIỂM",
        "Vi Văn Chiến",
        "ĐÁNH GIÁ CỦA CHI BỘ",
        "Chi bộ xếp loại: Hoàn thành tốt nhiệm vụ",
        "T/M CHI BỘ",
        "BÍ THƯ",
        "Lương Thị Kiều Oanh",
    )
    facts = seen(SELF_REVIEW.with_(title="Năm 2021", foot=foot)).facts
    assert (value(facts.signer), value(facts.member)) == ("Vi Văn Chiến", "Vi Văn Chiến")


@pytest.mark.parametrize(
    "line",
    [
        "Họ và tên: Vi Văn Chiến Ngày sinh: 01/02/1980",
        "Họ và tên: Vi Văn Chiến; sinh ngày 1/2/1980",
        "Tôi tên là: Vi Văn Chiến, đảng viên",
        "Họ tên: VI VĂN CHIẾN",
    ],
)
def test_member(line: str) -> None:
    facts = seen(SELF_REVIEW.with_(title="Năm 2021", body=(line, *PROSE))).facts
    assert facts.member is not None
    assert facts.member.value.lower() == "vi văn chiến"


# --- period ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Tổng kết công tác năm 2021, phương hướng, nhiệm vụ năm 2022", Period(2021)),
        ("Tổng kết công tác năm, phương hướng, nhiệm vụ năm 2022", Period(2021)),
        ("Công tác năm 2021 (số liệu đến tháng 11)", Period(2021)),
        ("Đề nghị công nhận đảng bộ hoàn thành xuất sắc nhiệm vụ năm 2021", Period(2021)),
        ("Kết quả thực hiện nhiệm vụ năm 2021 và nhiệm vụ năm 2022", Period(2021)),
        ("Kết quả công tác 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2021", Period(2021, "half", 1)),
        ("Kết quả công tác quý III/2021", Period(2021, "quarter", 3)),
        ("Công tác tháng 11/2021, nhiệm vụ tháng 12/2021", Period(2021, "month", 11)),
        ("Công tác từ tháng 01 đến tháng 6 năm 2021", Period(2021, "half", 1)),
        ("Công tác từ ngày 01/01/2021 đến ngày 30/6/2021", Period(2021, "half", 1)),
        ("Công tác 9 tháng đầu năm 2021", Period(2021, "part")),
        ("Thực hiện Kế hoạch số 12-KH/ĐUK ngày 05/01/2020 về công tác năm 2021", Period(2021)),
        ("Tổng kết nhiệm kỳ 2020 - 2025", Period(2025, "term", since=2020)),
        ("Kết quả trong nhiệm kỳ 2015–2020, phương hướng nhiệm kỳ 2020-2025", Period(2020, "term", since=2015)),
        ("Kiểm điểm năm 2021 của Ban Chấp hành nhiệm kỳ 2020-2025", Period(2021)),
        # Whose term it is, not what it is on: the date speaks.
        ("Kiểm điểm của Ban Chấp hành Đảng bộ nhiệm kỳ 2020-2025", Period(2021)),
    ],
)
def test_period_of_the_title(title: str, period: Period) -> None:
    assert seen(REPORT.with_(title=title)).facts.period == period


def test_a_report_of_january_tells_of_the_year_before() -> None:
    january = "Bình Lâm, ngày 04 tháng 01 năm 2022"
    assert seen(REPORT.with_(dateline=january)).facts.period == Period(2021)
    without = REPORT.with_(title="Tổng kết công tác chi bộ", dateline=january)
    found = seen(without)
    assert found.facts.period == Period(2021)
    assert found.evidence[-1].where == "date"
    opening = without.with_(body=("Năm 2020, được sự quan tâm của cấp trên, chi bộ đã hoàn thành nhiệm vụ.", *PROSE))
    assert seen(opening).facts.period == Period(2020)


def test_a_plan_is_for_the_year_it_names() -> None:
    plan = REPORT.with_(
        printed="CHƯƠNG TRÌNH",
        number="Số 01-CTr/CB",
        title="Công tác kiểm tra, giám sát năm 2022",
        dateline="Bình Lâm, ngày 30 tháng 12 năm 2021",
    )
    assert seen(plan).facts.period == Period(2022)


def test_months_of_meetings() -> None:
    for title, month in (
        ("Sinh hoạt Chi bộ tháng 3/2021", 3),
        ("Họp Chi bộ định kỳ tháng Mười năm 2021", 10),
        ("Họp chi bộ thường kỳ", 12),
    ):
        assert seen(MINUTES.with_(title=title)).facts.period == Period(2021, "month", month)


# --- unit, marks, level, score ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paper", "unit"),
    [
        (
            SELF_REVIEW.with_(
                title="Năm 2021",
                body=("Họ và tên: Vi Văn Chiến", "Đơn vị: Sở Tư pháp        Chi bộ: Phòng Công chứng", *PROSE),
            ),
            "Chi bộ Phòng Công chứng",
        ),
        (
            REPORT.with_(body=("Trong năm, Đảng bộ Trường Cao đẳng Y tế đã hoàn thành nhiệm vụ.",)),
            "Đảng bộ Trường Cao đẳng Y tế",
        ),
        (UNION.with_(title="Họp góp ý báo cáo tổng kết của Chi bộ Sở Tư pháp năm 2021"), "Chi bộ Sở Tư pháp"),
        (REPORT.with_(body=("Được sự quan tâm của Ban Thường vụ Đảng ủy Khối, chi bộ đã cố gắng.",)), None),
        (
            REPORT.with_(
                printed="THÔNG BÁO", number="Số 05-TB/UBKT", title="Kết luận kiểm tra đối với Chi bộ Phòng Công chứng"
            ),
            None,
        ),
    ],
)
def test_unit_named(paper: Paper, unit: str | None) -> None:
    assert value(seen(paper).facts.unit_named) == unit


@pytest.mark.parametrize("word", ["MẮT", "MẶT", "MẤT", "BÍ MẬT", "MẬT ONG"])
def test_words_like_the_mark_are_none(word: str) -> None:
    assert secrecy(word) is None


@pytest.mark.parametrize(("mark", "read"), [("MÂT", "MẬT"), ("TOI MAT", "TỐI MẬT"), ("TUYỆT MẠT", "TUYỆT MẬT")])
def test_a_mark_that_lost_an_accent_is_still_one(mark: str, read: str) -> None:
    assert secrecy(mark) == read


@pytest.mark.parametrize(
    ("mark", "secrecy"),
    [
        ("MẬT", "MẬT"),
        ("TỐI MẬT", "TỐI MẬT"),
        ("TUYỆT  MẬT", "TUYỆT MẬT"),
        ("[ MẬT ]", "MẬT"),
        ("Độ mật: MẬT", "MẬT"),
        ("M Ậ T", "MẬT"),
        ("Mật", None),
        ("HỎA TỐC", None),
        ("BẢO MẬT", None),
    ],
)
def test_secrecy_marks(mark: str, secrecy: str | None) -> None:
    for layout in ("lines", "tab"):
        facts = seen(REPORT.with_(mark=mark, layout=layout)).facts
        assert value(facts.secrecy) == secrecy
        if mark != "BẢO MẬT":
            assert value(facts.issuer) == REPORT.issuer or mark == "Mật"


@pytest.mark.parametrize(
    ("lines", "level"),
    [
        (("Đề xuất mức chất lượng: Hoàn thành tốt nhiệm vụ.",), "HTTNV"),
        (("Chi bộ tự nhận mức xếp loại: HOÀN THÀNH XUẤT SẮC NHIỆM VỤ",), "HTXSNV"),
        (("IV. Tự nhận mức xếp loại chất lượng", "Xếp loại đảng viên: Không hoàn thành nhiệm vụ."), "KHTNV"),
        (("Tự nhận mức xếp loại chất lượng:", "Hoàn thành nhiệm vụ"), "HTNV"),
        (("Đề nghị xếp loại: Hoàn thành xuất sắc ☐ Hoàn thành tốt nhiệm vụ ☒",), "HTTNV"),
        (("Kết quả xếp loại: Hoàn thành tốt nhiệm vụ 88,9%; Hoàn thành nhiệm vụ 11,1%",), None),
        (("Đảng viên hoàn thành tốt nhiệm vụ trở lên đạt 95%.",), None),
    ],
)
def test_level(lines: tuple[str, ...], level: str | None) -> None:
    assert value(seen(REPORT.with_(title="Tự chấm điểm năm 2021", body=(*PROSE, *lines))).facts.level) == level


def test_level_in_the_title_of_a_proposal() -> None:
    assert (
        value(seen(PROPOSAL.with_(title="Đề nghị công nhận Chi bộ hoàn thành xuất sắc nhiệm vụ năm 2021")).facts.level)
        == "HTXSNV"
    )


@pytest.mark.parametrize(
    ("line", "score"),
    [
        ("Tổng điểm tự chấm: 96 điểm.", "96"),
        ("Tổng số điểm tự chấm: 87/100 điểm.", "87"),
        ("Chi bộ tự chấm đạt 95,5 điểm.", "95.5"),
        ("Tổng cộng: 91,50 điểm", "91.5"),
        ("Tổng điểm chuẩn: 100 điểm", None),
        ("Tỷ lệ đạt 98%", None),
    ],
)
def test_score(line: str, score: str | None) -> None:
    assert value(seen(TABLE.with_(title="Chất lượng chi bộ năm 2021", body=(line,))).facts.score) == score


def test_score_of_a_table_without_a_sentence() -> None:
    table = Table(
        1,
        (
            ("TT", "Nội dung", "Điểm chuẩn", "Tự chấm"),
            ("1", "Nhiệm vụ chính trị", "60", "57"),
            ("", "Tổng cộng", "100", "94,5"),
        ),
    )
    found = recognise(
        reading(TABLE.with_(title="Chất lượng chi bộ năm 2021", body=()).text, tables=(table,)),
        name="x",
        folder="",
        pack=pack(),
    )
    assert value(found.facts.score) == "94.5"


def test_facts_carry_page_and_words() -> None:
    facts = seen("\f" + REPORT.text.replace("\nNơi nhận", "\f\nNơi nhận")).facts
    assert facts.number == Fact("14", 2, "Số 14-BC/CB")
    assert facts.signer == Fact("Lương Thị Kiều Oanh", 3, "Lương Thị Kiều Oanh")
    assert facts.title is not None
    assert facts.title.value.startswith("Tổng kết công tác năm 2021")


@pytest.mark.parametrize(
    ("printed", "signer"),
    [
        ("Lương Thị Kiều Oanh (đã ký)", "Lương Thị Kiều Oanh"),
        ("Thiếu tướng, PGS, TS Đinh Hoàng", "Đinh Hoàng"),
        ("BSCKII. Đinh Hoàng", "Đinh Hoàng"),
        ("Nhà giáo ưu tú Đinh Hoàng", "Đinh Hoàng"),
        ("Ô. Đinh Hoàng", "Đinh Hoàng"),
        ("K'Brêu", "K'Brêu"),
        ("H'Hen Niê", "H'Hen Niê"),
        ("Lê Y", "Lê Y"),
    ],
)
def test_names_below_a_signature(printed: str, signer: str) -> None:
    assert value(seen(REPORT.with_(foot=("T/M CHI BỘ", "BÍ THƯ", "", printed))).facts.signer) == signer


def test_two_roles_and_two_names_each_run_together_on_a_line() -> None:
    found = seen(MINUTES.with_(title="Sinh hoạt chi bộ tháng 5 năm 2021", foot=("THƯ KÝ CHỦ TRÌ", "Lê Y Đinh Hoàng")))
    assert [fact.value for fact in found.facts.signers] == ["Lê Y", "Đinh Hoàng"]


def test_a_long_annex_behind_the_signatures_does_not_hide_them() -> None:
    annex = "\n".join(f"{number}\tChỉ tiêu nhóm {number}\t100\t97" for number in range(1, 900))
    found = recognise(reading(f"{REPORT.text}\f{annex}"), name="x.docx", folder="", pack=pack())
    assert value(found.facts.signer) == "Lương Thị Kiều Oanh"
    found = recognise(reading(f"{REPORT.text}\n{annex}"), name="x.docx", folder="", pack=pack())
    assert value(found.facts.signer) == "Lương Thị Kiều Oanh"


def test_a_province_that_sounds_like_a_body_is_part_of_the_superior_above() -> None:
    found = seen(REPORT.with_(superior="ĐẢNG BỘ KHỐI CÁC CƠ QUAN\nTỈNH ĐỒNG LAM"))
    assert value(found.facts.superior) == "ĐẢNG BỘ KHỐI CÁC CƠ QUAN TỈNH ĐỒNG LAM"


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Công tác kiểm tra, giám sát quý IV và cả năm 2021", Period(2021)),
        ("Kết quả công tác xây dựng Đảng từ 15/12/2020 đến 15/12/2021", Period(2021)),
        ("Công tác kiểm tra, giám sát 06 tháng 2021", Period(2021, "half", 1)),
        ("Kết quả thực hiện nhiệm vụ nửa đầu năm 2021", Period(2021, "half", 1)),
        ("Kết quả công tác Đảng tháng 11, nhiệm vụ tháng 12 năm 2021", Period(2021, "month", 11)),
    ],
)
def test_parts_of_a_year_in_other_words(title: str, period: Period) -> None:
    assert seen(REPORT.with_(title=title)).facts.period == period
