"""Papers of the host body, of mass organisations, of other meetings and ballots, which look like what is asked."""

from __future__ import annotations

import pytest

from tests.validators.papers import Paper, pack, seen
from tests.validators.wordings import MINUTES, PROPOSAL, REPORT, RESOLUTION, SELF_REVIEW, UNION

STATE = REPORT.with_(
    superior="ỦY BAN NHÂN DÂN TỈNH",
    issuer="SỞ TƯ PHÁP",
    number="Số: 250/BC-STP",
    motto="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
    foot=("GIÁM ĐỐC", "", "Phùng Khắc Đệ"),
)
STATE_MINUTES = STATE.with_(printed="BIÊN BẢN", number="")
UNION_REPORT = UNION.with_(
    printed="BÁO CÁO", number="Số: 25/BC-CĐ", foot=("TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "", "Vi Văn An")
)
YOUTH_REPORT = UNION_REPORT.with_(
    superior="ĐOÀN KHỐI CƠ QUAN TỈNH", issuer="BCH ĐOÀN SỞ TƯ PHÁP", motto="ĐOÀN TNCS HỒ CHÍ MINH"
)
UNION_INSPECTORS = UNION_REPORT.with_(superior="CÔNG ĐOÀN SỞ TƯ PHÁP", issuer="ỦY BAN KIỂM TRA")
SERVES = {kind for requirement in pack().requirements for kind in (*requirement.accepts, *requirement.all_of)}

STRANGERS = (
    STATE.with_(title="Tổng kết công tác năm 2021, phương hướng, nhiệm vụ năm 2022"),
    STATE.with_(title="Kết quả đánh giá, xếp loại chất lượng cán bộ năm 2021"),
    STATE.with_(superior="", issuer="CÔNG TY CỔ PHẦN HÒA PHÁT", title="Tổng kết hoạt động năm 2021"),
    STATE.with_(printed="KẾ HOẠCH", title="Kiểm tra, giám sát năm 2021"),
    STATE.with_(printed="THÔNG BÁO", title="Kết quả kiểm tra công tác phòng cháy, chữa cháy năm 2021"),
    STATE.with_(printed="TỜ TRÌNH", title="Đề nghị tặng Bằng khen năm 2021"),
    STATE_MINUTES.with_(title="Họp xét thi đua, xếp loại lao động năm 2021"),
    UNION_REPORT.with_(title="Tổng kết công tác năm 2021"),
    UNION_REPORT.with_(title="Kết quả công tác kiểm tra, giám sát của Công đoàn năm 2021"),
    UNION_REPORT.with_(title="Kết quả thực hiện Quy chế dân chủ ở cơ sở năm 2021"),
    UNION_REPORT.with_(printed="BẢNG TỰ CHẤM ĐIỂM", number="", title="năm 2021"),
    UNION_INSPECTORS.with_(title="Công tác kiểm tra, giám sát năm 2021"),
    YOUTH_REPORT.with_(title="Tổng kết công tác năm 2021"),
    YOUTH_REPORT.with_(title="Kết quả đánh giá, xếp loại chất lượng đoàn viên năm 2021"),
    PROPOSAL.with_(issuer="CÔNG ĐOÀN SỞ TƯ PHÁP", title="Đề nghị khen thưởng năm 2021"),
    UNION.with_(title="Họp Ban Chấp hành thông qua báo cáo tổng kết công tác Công đoàn năm 2021"),
    UNION.with_(
        title="Họp Ban Chấp hành Công đoàn",
        body=("Hôm nay, ngày 23/12/2021, họp thông qua báo cáo tổng kết công tác công đoàn năm 2021.",),
    ),
    MINUTES.with_(title="Kiểm phiếu lấy phiếu tín nhiệm quy hoạch cán bộ năm 2021"),
    MINUTES.with_(title="Kiểm phiếu bầu Bí thư Chi bộ nhiệm kỳ 2020-2025"),
    MINUTES.with_(title="Kiểm phiếu biểu quyết kết nạp đảng viên"),
    MINUTES.with_(title="Họp Chi ủy thông qua báo cáo chuyên đề năm 2021"),
    MINUTES.with_(title="Họp Chi bộ kiểm điểm đảng viên do để xảy ra mất tài sản"),
    RESOLUTION.with_(title="Thông qua báo cáo tài chính đảng năm 2021"),
    REPORT.with_(title="Tham luận tại Hội nghị tổng kết công tác xây dựng Đảng năm 2021"),
    REPORT.with_(title="Tiếp thu, giải trình ý kiến góp ý báo cáo tổng kết năm 2021"),
    REPORT.with_(title="Tự đánh giá, chấm điểm cơ quan an toàn về an ninh trật tự năm 2021"),
    REPORT.with_(title="Kết quả thực hiện kế hoạch kiểm tra, giám sát của HĐND năm 2021"),
    REPORT.with_(printed="THÔNG BÁO", title="Kết luận Hội nghị Chi ủy về công tác kiểm tra, giám sát"),
    REPORT.with_(printed="BẢNG CHẤM ĐIỂM", number="", title="Cải cách hành chính năm 2021"),
    PROPOSAL.with_(title="Đề nghị công nhận Danh hiệu Gia đình văn hóa"),
    MINUTES.with_(title="Sinh hoạt Câu lạc bộ tháng 5/2021"),
    MINUTES.with_(title="Làm việc của Đoàn kiểm tra về đánh giá, xếp loại năm 2021"),
    MINUTES.with_(
        title="Họp Chi ủy",
        body=(
            "Nội dung: thảo luận kế hoạch tháng 12; phân công đồng chí Phó Bí thư chuẩn bị dự thảo báo cáo tổng kết.",
        ),
    ),
    SELF_REVIEW.with_(printed="BẢN TỰ KIỂM ĐIỂM", title="Của đảng viên dự bị xin chuyển đảng chính thức"),
    UNION.with_(title="Họp Ban Chấp hành thông qua báo cáo tổng kết năm 2021 của Công đoàn"),
    UNION.with_(title="Hội nghị Ban Chấp hành tổng kết năm 2021, thảo luận phương hướng năm 2022"),
    REPORT.with_(title="Công tác kiểm tra, giám sát", dateline="Bình Lâm, ngày 28 tháng 6 năm 2021"),
    REPORT.with_(title="Công tác kiểm tra, giám sát 06 tháng 2021"),
    REPORT.with_(printed="", number="Số 33-CV/CB", title="V/v gửi báo cáo tổng kết và bảng tự chấm điểm năm 2021"),
    REPORT.with_(printed="", number="", title="THƯ MỜI\nDự hội nghị tổng kết công tác năm 2021"),
)


@pytest.mark.parametrize("layout", ["lines", "tab"])
@pytest.mark.parametrize("paper", STRANGERS, ids=lambda paper: f"{paper.issuer} {paper.printed} {paper.title}"[:90])
def test_what_only_looks_like_it_serves_no_requirement(paper: Paper, layout: str) -> None:
    assert seen(paper.with_(layout=layout)).kind not in SERVES


def test_a_party_paper_under_the_state_motto_is_still_one() -> None:
    signed = STATE.with_(foot=("T/M CHI BỘ", "BÍ THƯ", "", "Phùng Khắc Đệ"))
    assert seen(signed).kind == "bao-cao-tong-ket"
    assert seen(STATE.with_(title="Tổng kết công tác của Chi bộ năm 2021")).kind == "bao-cao-tong-ket"


def test_a_party_cell_named_after_a_mass_organisation_is_a_party_body() -> None:
    for issuer in (
        "CHI BỘ HỘI CỰU CHIẾN BINH TỈNH",
        "CHI BỘ\nHỘI CỰU CHIẾN BINH TỈNH",
        "BAN THƯỜNG VỤ ĐẢNG ỦY HỘI PHỤ NỮ TỈNH",
    ):
        found = seen(REPORT.with_(issuer=issuer))
        assert (found.kind, found.facts.mass_org) == ("bao-cao-tong-ket", None)


def test_the_ballot_minutes_whose_matter_stands_in_the_text() -> None:
    bare = MINUTES.with_(printed="BIÊN BẢN KIỂM PHIẾU", title="")
    rating = "Kết quả bỏ phiếu đánh giá, xếp loại chất lượng đảng viên năm 2021; số phiếu phát ra: 06."
    election = "Kết quả bầu Bí thư Chi bộ; số phiếu phát ra: 06."
    assert seen(bare.with_(body=(rating,))).kind == "bien-ban-kiem-phieu"
    assert seen(bare.with_(body=(election,))).kind not in SERVES


def test_an_excerpt_and_a_letter_without_a_printed_kind() -> None:
    excerpt = MINUTES.with_(printed="TRÍCH BIÊN BẢN", title="Họp chi bộ kiểm điểm, xếp loại đảng viên năm 2021")
    assert seen(excerpt).kind == "bien-ban-xep-loai"
    letter = REPORT.with_(printed="", number="Số 04-CV/CB", title="V/v đăng ký mô hình\n“Dân vận khéo” năm 2021")
    assert seen(letter).kind == "dang-ky-dan-van-kheo"
    below = letter.with_(
        title="", issuer="CHI BỘ SỞ TƯ PHÁP", number="Số 04-CV/CB\nV/v đăng ký mô hình\n“Dân vận khéo” năm 2021"
    )
    for layout in ("lines", "tab"):
        assert seen(below.with_(layout=layout, mark="")).kind == "dang-ky-dan-van-kheo"


def test_minutes_whose_matter_stands_side_by_side_in_the_text() -> None:
    union = UNION.with_(
        title="Họp Ban Chấp hành Hội LHPN Công ty", issuer="HỘI LIÊN HIỆP PHỤ NỮ", superior="CÔNG TY XÂY LẮP"
    )
    body = ("Hôm nay, ngày 25/12/2021, Ban Chấp hành Hội họp cho ý kiến về dự thảo báo cáo tổng kết của Chi bộ.",)
    assert seen(union.with_(body=body)).kind == "bien-ban-doan-the"
    committee = MINUTES.with_(title="Họp Chi ủy cuối năm 2021")
    body = ("Nội dung: 1. Thông qua báo cáo tổng kết công tác năm 2021 của Chi bộ. 2. Thông qua bản tự chấm điểm.",)
    assert seen(committee.with_(body=body)).kind == "bien-ban-cap-uy"


def test_a_party_report_that_names_mass_organisations_stays_a_party_report() -> None:
    title = "Tổng kết công tác xây dựng Đảng, lãnh đạo Công đoàn, Đoàn Thanh niên năm 2021"
    found = seen(REPORT.with_(title=title, issuer="", superior=""))
    assert (found.kind, found.facts.mass_org) == ("bao-cao-tong-ket", None)
