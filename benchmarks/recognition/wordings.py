"""What clerks write: printed kinds, titles and openings of the papers of a year, by kind.

Written from how papers look, not from the rule pack; these one may tune on, those of `held_out` not. Words before a bar are the printed kind. In braces: Y the year, N the next one, M a month, unit the unit's
name as in a sentence ("Chi bộ Sở Nội vụ"), org its body's word ("Chi bộ", "Đảng bộ"), cuy its committee, bch the
committee in full, host the body it is of, mass the mass organisation, other another member.
"""

from __future__ import annotations

from dataclasses import dataclass

REPORT, MINUTES, MEMBER, TABLE, LETTER = "report", "minutes", "member", "table", "letter"


@dataclass(frozen=True, slots=True)
class Sort:
    """Papers of one kind: `kind` the pack's id (several where the line between them is thin), `printed` as in the head,
    `code` its suffix ("" = no number), `manner` how it is built and signed, `mass` whether a mass organisation's."""

    kind: str
    printed: tuple[str, ...]
    code: str
    manner: str
    titles: tuple[str, ...]
    openings: tuple[str, ...]
    mass: bool = False
    form: str = ""
    dated: str = "end"  # when in the year: end, start, any, half
    also: tuple[str, ...] = ()


_YEAR_OPENINGS = (
    "Năm {Y}, bên cạnh những thuận lợi cơ bản, {unit} gặp không ít khó khăn do dịch bệnh kéo dài; tuy vậy các chỉ tiêu đề ra đều đạt.",
    "Căn cứ chương trình công tác năm {Y}, {unit} báo cáo kết quả như sau:",
    "{unit} có 3 tổ đảng, lãnh đạo toàn diện hoạt động của {host}. Trong năm, {cuy} đã ban hành 12 nghị quyết.",
)
_MEETING = (
    "Hôm nay, vào hồi 14 giờ 00 phút, ngày {held}, tại phòng họp {host}, {who} tiến hành họp.",
    "Thời gian: 8 giờ 30, ngày {held}. Địa điểm: Hội trường {host}.",
    "Vào lúc 15h00 ngày {held}, {who} họp với sự có mặt của 9/10 đồng chí.",
)

SORTS: tuple[Sort, ...] = (
    Sort("bao-cao-tong-ket", ("BÁO CÁO",), "BC", REPORT, (
        "Tổng kết công tác năm {Y} và phương hướng, nhiệm vụ năm {N}",
        "Tổng kết công tác Đảng năm {Y}, nhiệm vụ trọng tâm năm {N}",
        "Kết quả lãnh đạo thực hiện nhiệm vụ chính trị, công tác xây dựng Đảng năm {Y}; phương hướng, nhiệm vụ năm {N}",
        "Tổng kết công tác xây dựng Đảng và xây dựng hệ thống chính trị năm {Y}",
        "Tình hình và kết quả hoạt động của {org} năm {Y}, nhiệm vụ, giải pháp năm {N}",
        "Công tác năm {Y} và phương hướng, nhiệm vụ năm {N} của {unit}",
        "Tổng kết hoạt động của {unit} năm {Y}",
        "Kết quả công tác năm {Y} và chương trình công tác năm {N}",
        "Công tác xây dựng Đảng năm {Y}, phương hướng, nhiệm vụ công tác xây dựng Đảng năm {N}",
        "Tổng kết năm {Y}; mục tiêu, nhiệm vụ và giải pháp năm {N}",
        "Tổng kết công tác lãnh đạo của {cuy} năm {Y}",
        "Đánh giá kết quả công tác năm {Y}, phương hướng nhiệm vụ năm {N}",
        "Kết quả thực hiện nhiệm vụ năm {Y} và kế hoạch công tác năm {N}",
        "Tổng kết tình hình thực hiện nhiệm vụ năm {Y} và triển khai nhiệm vụ năm {N}",
        "Tổng kết công tác năm {Y} trình hội nghị {org} cuối năm",
        "Tổng kết công tác {unit} năm {Y}",
    ), _YEAR_OPENINGS),
    Sort("bao-cao-tu-cham-diem", ("BÁO CÁO",), "BC", REPORT, (
        "Tự chấm điểm, đề nghị xếp loại chất lượng {org} năm {Y}",
        "Kết quả tự đánh giá, chấm điểm và đề xuất mức chất lượng {org} năm {Y}",
        "Tự đánh giá, xếp loại chất lượng {unit} năm {Y}",
        "Kết quả tự chấm điểm theo khung tiêu chí và đề xuất mức xếp loại năm {Y}",
        "Tự chấm điểm các nội dung công tác năm {Y} của {unit}",
        "Kết quả tự chấm điểm năm {Y}",
        "Tự đánh giá mức độ hoàn thành nhiệm vụ của {org} năm {Y}",
        "Kết quả tự phân loại chất lượng tổ chức cơ sở đảng năm {Y}",
        "Về việc tự chấm điểm, tự xếp loại tổ chức đảng năm {Y}",
        "Kết quả tự chấm điểm và tự xếp loại của {unit} năm {Y}",
    ), (
        "Thực hiện kế hoạch kiểm tra của Đảng ủy Khối, {unit} tự chấm điểm như sau: tổng điểm 94/100 điểm.",
        "Sau khi đối chiếu với khung tiêu chí, {cuy} tự đánh giá đạt 91,5 điểm, đề nghị xếp loại Hoàn thành xuất sắc nhiệm vụ.",
    )),
    Sort("bang-tu-cham-diem", ("BẢNG TỰ CHẤM ĐIỂM", "PHIẾU TỰ CHẤM ĐIỂM"), "", TABLE, (
        "Đánh giá, xếp loại chất lượng tổ chức cơ sở đảng năm {Y}",
        "Theo khung tiêu chí đánh giá chất lượng {org} năm {Y}",
        "BẢNG ĐIỂM|Tự chấm các tiêu chí đánh giá, xếp loại {org} năm {Y}",
        "BẢNG CHẤM ĐIỂM|Chất lượng {unit} năm {Y}",
        "BIỂU TỰ ĐÁNH GIÁ|Chất lượng tổ chức đảng năm {Y}",
        "BẢNG TỔNG HỢP|Kết quả tự chấm điểm của {unit} năm {Y}",
    ), ()),
    Sort("bien-ban-cap-uy", ("BIÊN BẢN",), "BB", MINUTES, (
        "Hội nghị {cuy} thông qua báo cáo tổng kết và tự chấm điểm năm {Y}",
        "Họp {cuy} thảo luận, thông qua dự thảo báo cáo tổng kết công tác năm {Y}",
        "Họp {bch} xem xét, thông qua báo cáo tổng kết năm {Y} và báo cáo tự chấm điểm",
        "Họp {cuy} cho ý kiến vào dự thảo báo cáo tổng kết, bảng tự chấm điểm năm {Y}",
        "Hội nghị {bch} mở rộng cho ý kiến về báo cáo tổng kết năm {Y}",
        "Họp {cuy} thống nhất báo cáo tổng kết và mức chất lượng đề nghị năm {Y}",
        "Phiên họp {cuy} duyệt báo cáo tổng kết, tự đánh giá năm {Y}",
        "Họp {cuy} về việc thông qua các báo cáo phục vụ kiểm tra, xếp loại cuối năm {Y}",
    ), _MEETING),
    Sort("nghi-quyet-cap-uy", ("NGHỊ QUYẾT",), "NQ", REPORT, (
        "Về việc thông qua báo cáo tổng kết và báo cáo tự chấm điểm năm {Y}",
        "Hội nghị {bch} thông qua báo cáo tổng kết công tác năm {Y}",
        "Thông qua kết quả tự chấm điểm, đề xuất mức chất lượng năm {Y}",
        "Về việc thông qua các báo cáo cuối năm {Y}",
        "Hội nghị {cuy} thống nhất thông qua dự thảo báo cáo tổng kết, tự đánh giá năm {Y}",
        "Của {cuy} về thông qua báo cáo tổng kết năm {Y} và hồ sơ đánh giá, xếp loại",
    ), (
        "{cuy} họp ngày {held} đã thảo luận và thống nhất quyết nghị:",
        "Sau khi nghe đồng chí Bí thư trình bày báo cáo, hội nghị thống nhất QUYẾT NGHỊ:",
    )),
    Sort("bien-ban-doan-the", ("BIÊN BẢN",), "BB", MINUTES, (
        "Họp Ban Chấp hành góp ý báo cáo tổng kết năm {Y} của {unit}",
        "Họp {mass} tham gia ý kiến vào dự thảo báo cáo tổng kết và tự chấm điểm của {org} năm {Y}",
        "Hội nghị Ban Chấp hành thông qua báo cáo tổng kết, báo cáo tự chấm điểm của {unit} năm {Y}",
        "Họp BCH {mass} góp ý vào báo cáo tổng kết công tác năm {Y} của {org}",
        "Họp Ban Chấp hành {mass} cho ý kiến đối với báo cáo tổng kết và bản tự chấm điểm của {unit}",
        "Họp lấy ý kiến {mass} về dự thảo báo cáo tổng kết năm {Y} của {org}",
        "Họp góp ý báo cáo tổng kết năm {Y} của {unit}",
        "Hội nghị BCH {mass} thống nhất nội dung báo cáo tổng kết và mức tự chấm điểm của {org} năm {Y}",
    ), _MEETING, mass=True),
    Sort("tong-hop-xep-loai", ("BÁO CÁO",), "BC", REPORT, (
        "Kết quả đánh giá, xếp loại chất lượng tổ chức đảng và đảng viên năm {Y}",
        "Kết quả kiểm điểm, đánh giá, xếp loại chất lượng đảng viên năm {Y}",
        "Kết quả xếp loại chi bộ và đảng viên năm {Y} của {unit}",
        "Kết quả phân loại tổ chức đảng, đảng viên năm {Y}",
        "Kết quả bình xét, xếp loại đảng viên cuối năm {Y}",
        "Kết quả đánh giá chất lượng các chi bộ trực thuộc và đảng viên năm {Y}",
        "BẢNG TỔNG HỢP|Kết quả xếp loại chất lượng đảng viên năm {Y}",
        "TỔNG HỢP|Kết quả xếp loại tổ chức đảng, đảng viên năm {Y}",
    ), (
        "Tổng số đảng viên được xếp loại: 21 đồng chí; hoàn thành xuất sắc nhiệm vụ 4, hoàn thành tốt nhiệm vụ 16, hoàn thành nhiệm vụ 1.",
        "{unit} đã tiến hành kiểm điểm, bỏ phiếu; kết quả cụ thể như sau:",
    )),
    Sort("to-trinh-khen-thuong", ("TỜ TRÌNH",), "TTr", REPORT, (
        "Về việc đề nghị công nhận {org} hoàn thành xuất sắc nhiệm vụ năm {Y}",
        "Về việc đề nghị khen thưởng tổ chức đảng và đảng viên năm {Y}",
        "Đề nghị tặng Giấy khen cho tập thể, cá nhân hoàn thành xuất sắc nhiệm vụ năm {Y}",
        "V/v đề nghị công nhận, khen thưởng {unit} đạt tiêu chuẩn hoàn thành xuất sắc nhiệm vụ năm {Y}",
        "Đề nghị xét khen thưởng cuối năm {Y}",
        "Đề nghị công nhận mức xếp loại Hoàn thành xuất sắc nhiệm vụ năm {Y} đối với {unit}",
    ), (
        "Kính gửi: Ban Thường vụ Đảng ủy Khối",
        "Kính gửi: - Ban Thường vụ Đảng ủy Khối; - Ban Tổ chức Đảng ủy Khối.",
    )),
    Sort("kiem-diem-tap-the", ("BÁO CÁO",), "BC", REPORT, (
        "BẢN KIỂM ĐIỂM|Tập thể {cuy} năm {Y}",
        "BÁO CÁO KIỂM ĐIỂM|Tập thể {bch} năm {Y}",
        "Kiểm điểm của tập thể {cuy} {host} năm {Y}",
        "Kiểm điểm, tự đánh giá, xếp loại chất lượng tập thể {cuy} năm {Y}",
        "BÁO CÁO KIỂM ĐIỂM|Tự phê bình và phê bình của tập thể {cuy} năm {Y}",
        "Tự kiểm điểm của {bch} năm {Y}",
        "Kiểm điểm tập thể lãnh đạo {unit} năm {Y}",
        "Kiểm điểm trách nhiệm tập thể {cuy} năm {Y}",
    ), (
        "Thực hiện Quy định số 132-QĐ/TW, {cuy} kiểm điểm như sau. I. Ưu điểm, kết quả đạt được.",
        "{cuy} gồm 5 đồng chí, trong năm không thay đổi về nhân sự. Kết quả lãnh đạo như sau.",
    ), form="01"),
    Sort("kiem-diem-ca-nhan", ("BẢN KIỂM ĐIỂM CÁ NHÂN", "BẢN TỰ KIỂM ĐIỂM", "BẢN KIỂM ĐIỂM", "BẢN KIỂM ĐIỂM ĐẢNG VIÊN"), "", MEMBER, (
        "Năm {Y}",
        "Cá nhân đảng viên năm {Y}",
        "Đảng viên năm {Y} (dành cho cá nhân không giữ chức vụ lãnh đạo, quản lý)",
        "Của cá nhân năm {Y}",
        "(Dành cho cán bộ giữ chức vụ lãnh đạo, quản lý) Năm {Y}",
        "Của đảng viên trong năm {Y}",
    ), (), form="02"),
    Sort("bien-ban-xep-loai", ("BIÊN BẢN",), "BB", MINUTES, (
        "Họp chi bộ kiểm điểm, xếp loại đảng viên năm {Y}",
        "Hội nghị kiểm điểm, đánh giá, xếp loại chất lượng tổ chức đảng, đảng viên năm {Y}",
        "Họp {org} đánh giá, xếp loại chất lượng đảng viên cuối năm {Y}",
        "Hội nghị {cuy} kiểm điểm tập thể, cá nhân và xếp loại năm {Y}",
        "Họp bình xét, phân loại đảng viên năm {Y}",
        "Hội nghị kiểm điểm tự phê bình và phê bình cuối năm {Y}",
        "Họp {org} bình xét chất lượng đảng viên năm {Y}",
        "Hội nghị xếp loại {org} và đảng viên năm {Y}",
    ), _MEETING),
    Sort("bien-ban-kiem-phieu", ("BIÊN BẢN",), "", MINUTES, (
        "BIÊN BẢN KIỂM PHIẾU|Đánh giá, xếp loại chất lượng đảng viên năm {Y}",
        "Kết quả bỏ phiếu xếp loại chất lượng tổ chức đảng, đảng viên năm {Y}",
        "Bỏ phiếu đánh giá, xếp loại chất lượng {org} năm {Y}",
        "BIÊN BẢN KIỂM PHIẾU|Xếp loại tổ chức đảng và đảng viên năm {Y}",
        "Kiểm phiếu biểu quyết mức xếp loại chất lượng đảng viên năm {Y}",
        "BIÊN BẢN KIỂM PHIẾU|Đề nghị công nhận đảng viên hoàn thành xuất sắc nhiệm vụ năm {Y}",
    ), (
        "Hôm nay, ngày {held}, Tổ kiểm phiếu gồm 3 đồng chí tiến hành kiểm phiếu. Số phiếu phát ra: 21 phiếu; số phiếu thu vào: 21 phiếu.",
        "Ban kiểm phiếu đã tiến hành kiểm phiếu ngày {held}, kết quả: phiếu phát ra 15, phiếu thu về 15, hợp lệ 15.",
    )),
    Sort("bien-ban-sinh-hoat", ("BIÊN BẢN",), "BB", MINUTES, (
        "Sinh hoạt chi bộ tháng {M} năm {Y}",
        "Họp chi bộ định kỳ tháng {M}/{Y}",
        "Sinh hoạt chi bộ thường kỳ tháng {M} năm {Y}",
        "Họp chi bộ thường lệ tháng {M} năm {Y}",
        "Sinh hoạt định kỳ tháng {M}/{Y} của {unit}",
        "Hội nghị chi bộ tháng {M} năm {Y}",
        "Họp thường kỳ chi bộ tháng {M}/{Y}",
        "Cuộc họp chi bộ tháng {M} năm {Y}",
    ), _MEETING, dated="month"),
    Sort("bao-cao-qcdc", ("BÁO CÁO",), "BC", REPORT, (
        "Kết quả thực hiện Quy chế dân chủ ở cơ sở năm {Y}",
        "Tình hình thực hiện quy chế dân chủ năm {Y} tại {host}",
        "Kết quả xây dựng và thực hiện Quy chế dân chủ ở cơ sở năm {Y}, nhiệm vụ năm {N}",
        "Công tác thực hiện dân chủ ở cơ sở năm {Y}",
        "Tổng kết việc triển khai, thực hiện Quy chế dân chủ trong hoạt động của cơ quan năm {Y}",
        "Về việc thực hiện QCDC ở cơ sở năm {Y}",
    ), _YEAR_OPENINGS),
    Sort("bao-cao-dan-van-kheo", ("BÁO CÁO",), "BC", REPORT, (
        "Kết quả phong trào thi đua “Dân vận khéo” năm {Y}",
        "Kết quả thực hiện mô hình \"Dân vận khéo\" năm {Y}",
        "Tổng kết phong trào thi đua Dân vận khéo năm {Y} của {unit}",
        "Tình hình xây dựng mô hình, điển hình “Dân vận khéo” năm {Y}",
        "Kết quả xây dựng mô hình Dân vận khéo năm {Y}",
        "Đánh giá phong trào thi đua “Dân vận khéo” năm {Y}",
    ), _YEAR_OPENINGS),
    Sort("bao-cao-qcdc-dan-van-kheo", ("BÁO CÁO",), "BC", REPORT, (
        "Kết quả thực hiện Quy chế dân chủ ở cơ sở và phong trào thi đua “Dân vận khéo” năm {Y}",
        "Tình hình thực hiện QCDC ở cơ sở, phong trào thi đua Dân vận khéo năm {Y}",
        "Công tác Dân vận khéo và thực hiện dân chủ ở cơ sở năm {Y}",
        "Tổng kết phong trào \"Dân vận khéo\" gắn với thực hiện quy chế dân chủ năm {Y}",
    ), _YEAR_OPENINGS),
    Sort("dang-ky-dan-van-kheo", ("BẢN ĐĂNG KÝ", "ĐĂNG KÝ", "BẢNG ĐĂNG KÝ"), "", TABLE, (
        "Mô hình “Dân vận khéo” năm {Y}",
        "Xây dựng mô hình, điển hình Dân vận khéo năm {Y}",
        "Thực hiện mô hình “Dân vận khéo” năm {Y} của {unit}",
        "Điển hình \"Dân vận khéo\" năm {Y}",
    ), (), dated="start"),
    Sort("bao-cao-ktgs", ("BÁO CÁO",), "BC", REPORT, (
        "Công tác kiểm tra, giám sát, kỷ luật đảng năm {Y}",
        "Tổng kết công tác kiểm tra, giám sát năm {Y}, phương hướng, nhiệm vụ năm {N}",
        "Kết quả công tác kiểm tra, giám sát và thi hành kỷ luật trong Đảng năm {Y}",
        "Tình hình thực hiện nhiệm vụ kiểm tra, giám sát năm {Y}",
        "Kết quả thực hiện chương trình kiểm tra, giám sát năm {Y} của {unit}",
        "Tổng kết công tác KTGS năm {Y}",
        "Công tác kiểm tra, giám sát của {cuy} năm {Y}",
        "Kết quả kiểm tra, giám sát năm {Y} và phương hướng, nhiệm vụ năm {N}",
    ), _YEAR_OPENINGS),
    Sort("bang-tu-cham-diem-ktgs", ("BẢNG TỰ CHẤM ĐIỂM", "BẢNG CHẤM ĐIỂM", "BIỂU CHẤM ĐIỂM"), "", TABLE, (
        "Thi đua công tác kiểm tra, giám sát năm {Y}",
        "Công tác kiểm tra, giám sát năm {Y} của {unit}",
        "Thi đua ngành Kiểm tra Đảng năm {Y}",
        "Về công tác kiểm tra, giám sát và thi hành kỷ luật đảng năm {Y}",
    ), ()),
    Sort("chuong-trinh-ktgs", ("CHƯƠNG TRÌNH", "KẾ HOẠCH"), "CTr", REPORT, (
        "Kiểm tra, giám sát năm {Y}",
        "Công tác kiểm tra, giám sát của {cuy} năm {Y}",
        "Kiểm tra, giám sát năm {Y} của {unit}",
        "Công tác kiểm tra, giám sát và thi hành kỷ luật đảng năm {Y}",
    ), (
        "Thực hiện Điều lệ Đảng, {cuy} xây dựng kế hoạch kiểm tra, giám sát năm {Y} như sau: I. Mục đích, yêu cầu.",
        "Căn cứ chương trình của Ủy ban Kiểm tra Đảng ủy Khối, {cuy} ban hành chương trình với các nội dung sau.",
    ), dated="start"),
    Sort("ket-luan-kiem-tra", ("THÔNG BÁO",), "TB", REPORT, (
        "Kết luận kiểm tra việc chấp hành Nghị quyết đối với chi bộ Phòng Kế hoạch",
        "Kết quả kiểm tra chi bộ Khoa Dược về thu, nộp đảng phí",
        "KẾT LUẬN|Giám sát chuyên đề đối với đồng chí {other}",
        "THÔNG BÁO KẾT LUẬN|Giám sát đối với Chi bộ Phòng Kỹ thuật năm {Y}",
        "Kết luận kiểm tra đảng viên {other} về chấp hành Điều lệ Đảng",
        "Kết luận cuộc kiểm tra Chi bộ Văn phòng năm {Y}",
    ), (
        "Ngày {held}, {cuy} đã xem xét báo cáo của Tổ kiểm tra và kết luận như sau: 1. Ưu điểm; 2. Khuyết điểm.",
        "Sau khi nghe Tổ kiểm tra báo cáo, {cuy} thông báo: Chi bộ đã chấp hành nghiêm; còn thiếu sót về ghi chép sổ sách.",
    ), dated="any"),
    # --- papers that serve nothing, named so that they are not mistaken
    Sort("bao-cao-so-ket", ("BÁO CÁO",), "BC", REPORT, (
        "Sơ kết công tác 6 tháng đầu năm {Y}, nhiệm vụ 6 tháng cuối năm",
        "Công tác xây dựng Đảng quý III năm {Y}",
        "Kết quả công tác tháng {M}, nhiệm vụ tháng tới năm {Y}",
        "Tình hình công tác 9 tháng đầu năm {Y}",
        "Kết quả lãnh đạo thực hiện nhiệm vụ sáu tháng đầu năm {Y}",
        "Công tác quý II/{Y} và nhiệm vụ quý III/{Y} của {org}",
    ), _YEAR_OPENINGS[1:], dated="half"),
    Sort("bao-cao-ktgs-so-ket", ("BÁO CÁO",), "BC", REPORT, (
        "Công tác kiểm tra, giám sát 6 tháng đầu năm {Y}",
        "Kết quả kiểm tra, giám sát quý I năm {Y}",
        "Sơ kết công tác kiểm tra, giám sát, kỷ luật đảng sáu tháng đầu năm {Y}",
        "Tình hình công tác KTGS 9 tháng năm {Y}",
    ), _YEAR_OPENINGS[1:], dated="half"),
    Sort("bao-cao-chuyen-de", ("BÁO CÁO",), "BC", REPORT, (
        "Kết quả thực hiện Chỉ thị 05-CT/TW về học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh năm {Y}",
        "Công tác phát triển đảng viên năm {Y}",
        "Tổng kết 5 năm thực hiện Nghị quyết Trung ương 4 khóa XII",
        "Kết quả thực hiện công tác phòng, chống tham nhũng, lãng phí năm {Y}",
        "Tình hình thu, nộp, quản lý và sử dụng đảng phí năm {Y}",
        "Công tác tuyên giáo năm {Y}, phương hướng, nhiệm vụ năm {N}",
    ), _YEAR_OPENINGS[1:], also=("bao-cao",)),
    Sort("bao-cao-thanh-tich", ("BÁO CÁO",), "BC", REPORT, (
        "Thành tích đề nghị tặng Giấy khen của Đảng ủy Khối năm {Y}",
        "Thành tích của {unit} năm {Y} đề nghị khen thưởng",
    ), _YEAR_OPENINGS),
    Sort("bao-cao-cuoc-kiem-tra", ("BÁO CÁO",), "BC", REPORT, (
        "Kết quả kiểm tra việc chấp hành quy chế làm việc đối với Chi bộ Phòng Tổng hợp",
        "Tự kiểm tra việc lãnh đạo thực hiện nhiệm vụ (theo quyết định của Đoàn kiểm tra)",
        "Kết quả giám sát chuyên đề đối với đồng chí {other}",
        "Tự kiểm tra của {unit} phục vụ cuộc kiểm tra của Đảng ủy Khối",
    ), _YEAR_OPENINGS[1:], dated="any"),
    Sort("bieu-sinh-hoat", ("BIỂU TỰ ĐÁNH GIÁ", "BẢNG CHẤM ĐIỂM"), "", TABLE, (
        "Chất lượng sinh hoạt chi bộ tháng {M} năm {Y}",
        "Đánh giá chất lượng sinh hoạt chi bộ tháng {M}/{Y}",
    ), (), dated="month"),
    Sort("phieu-danh-gia", ("PHIẾU ĐÁNH GIÁ", "PHIẾU BIỂU QUYẾT", "PHIẾU NHẬN XÉT"), "", TABLE, (
        "Xếp loại chất lượng đảng viên năm {Y}",
        "Mức độ hoàn thành nhiệm vụ của tập thể {cuy} năm {Y}",
    ), ()),
    Sort("nhan-xet-noi-cu-tru", ("PHIẾU NHẬN XÉT",), "", MEMBER, (
        "Đối với đảng viên đang công tác giữ mối liên hệ với cấp ủy nơi cư trú năm {Y}",
        "BẢN NHẬN XÉT|Của chi ủy nơi cư trú đối với đảng viên theo Quy định 213-QĐ/TW",
    ), ()),
    # --- general papers
    Sort("bao-cao", ("BÁO CÁO",), "BC", REPORT, (
        "Việc sử dụng trụ sở làm việc",
        "Số lượng máy tính, thiết bị văn phòng hiện có",
        "Việc bố trí phòng làm việc của các đoàn thể",
        "Kết quả quyên góp ủng hộ đồng bào vùng lũ",
    ), _YEAR_OPENINGS[1:], dated="any", also=("bao-cao-chuyen-de",)),
    Sort("bien-ban", ("BIÊN BẢN",), "BB", MINUTES, (
        "Bàn giao hồ sơ, tài liệu giữa hai bộ phận",
        "Đại hội chi bộ nhiệm kỳ 2020 - 2022",
        "Hội nghị cán bộ, công chức, viên chức năm {Y}",
        "Bầu cử bổ sung chi ủy viên",
    ), _MEETING, dated="any"),
    Sort("nghi-quyet", ("NGHỊ QUYẾT",), "NQ", REPORT, (
        "Lãnh đạo thực hiện nhiệm vụ tháng {M} năm {Y}",
        "Sinh hoạt chi bộ thường kỳ tháng {M} năm {Y}",
        "Về phương hướng, nhiệm vụ năm {N}",
        "Về lãnh đạo công tác chuyên môn quý IV năm {Y}",
    ), ("Chi bộ họp ngày {held}, thảo luận và quyết nghị các nội dung sau:",), dated="any"),
    Sort("to-trinh", ("TỜ TRÌNH",), "TTr", REPORT, (
        "Về việc xin chuẩn y kết quả bầu cử chi ủy",
        "Đề nghị cấp kinh phí tổ chức đại hội",
    ), ("Kính gửi: Ban Thường vụ Đảng ủy Khối",), dated="any"),
    Sort("ke-hoach", ("KẾ HOẠCH",), "KH", REPORT, (
        "Tổ chức kiểm điểm, đánh giá, xếp loại chất lượng tổ chức đảng và đảng viên năm {Y}",
        "Công tác năm {N} của {unit}",
        "Tổ chức hội nghị tổng kết công tác năm {Y}",
        "Kiểm tra chuyên đề đối với Chi bộ Phòng Nghiệp vụ",
    ), ("Căn cứ hướng dẫn của cấp trên, {cuy} xây dựng kế hoạch như sau:",), dated="any"),
    Sort("chuong-trinh", ("CHƯƠNG TRÌNH",), "CTr", REPORT, (
        "Công tác năm {Y} của {cuy}",
        "Hội nghị tổng kết công tác Đảng năm {Y}",
        "Hành động thực hiện Nghị quyết Đại hội",
    ), ("Để hoàn thành nhiệm vụ, {cuy} xây dựng chương trình như sau:",), dated="start"),
    Sort("quyet-dinh", ("QUYẾT ĐỊNH",), "QĐ", REPORT, (
        "Về việc thành lập Tổ kiểm tra",
        "Về việc khen thưởng đảng viên hoàn thành xuất sắc nhiệm vụ năm {Y}",
        "Kết nạp đảng viên {other}",
        "Kiện toàn Ban Chỉ đạo thực hiện Quy chế dân chủ ở cơ sở",
    ), ("- Căn cứ Điều lệ Đảng Cộng sản Việt Nam;",), dated="any"),
    Sort("quy-dinh", ("QUY ĐỊNH",), "QĐ", REPORT, (
        "Về chế độ thông tin, báo cáo",
        "Trách nhiệm nêu gương của cán bộ, đảng viên",
    ), ("- Căn cứ Điều lệ Đảng Cộng sản Việt Nam;",), dated="any"),
    Sort("quy-che", ("QUY CHẾ",), "QC", REPORT, (
        "Làm việc của {cuy} nhiệm kỳ 2020 - 2025",
        "Phối hợp giữa {cuy} và lãnh đạo cơ quan",
    ), ("- Căn cứ Điều lệ Đảng Cộng sản Việt Nam;",), dated="any"),
    Sort("thong-bao", ("THÔNG BÁO",), "TB", REPORT, (
        "Phân công nhiệm vụ cấp ủy viên",
        "Lịch sinh hoạt chi bộ quý IV năm {Y}",
    ), ("{cuy} thông báo như sau:",), dated="any"),
    Sort("ket-luan", ("KẾT LUẬN",), "KL", REPORT, (
        "Của {cuy} tại phiên họp tháng {M} năm {Y}",
        "Hội nghị {bch} về công tác cán bộ",
    ), ("{cuy} kết luận như sau:",), dated="any", also=("thong-bao",)),
    Sort("huong-dan", ("HƯỚNG DẪN",), "HD", REPORT, (
        "Kiểm điểm, đánh giá, xếp loại chất lượng tổ chức đảng, đảng viên năm {Y}",
        "Ghi chép sổ biên bản chi bộ",
    ), ("{cuy} hướng dẫn một số nội dung như sau:",), dated="any"),
    Sort("thong-tri", ("THÔNG TRI",), "TT", REPORT, (
        "Về việc lãnh đạo tổ chức đại hội đoàn thể",
        "Triệu tập hội nghị cán bộ chủ chốt",
    ), ("{cuy} yêu cầu các chi bộ thực hiện các nội dung sau:",), dated="any"),
    Sort("cong-van", ("",), "CV", LETTER, (
        "V/v gửi báo cáo cuối năm {Y}",
        "V/v cử cán bộ tham gia lớp bồi dưỡng",
    ), ("Kính gửi: Ban Tổ chức Đảng ủy Khối",), dated="any"),
    Sort("giay-moi", ("GIẤY MỜI",), "GM", REPORT, (
        "Dự hội nghị tổng kết công tác Đảng năm {Y}",
        "Họp {cuy} thông qua báo cáo tổng kết năm {Y}",
    ), ("{cuy} trân trọng kính mời đồng chí tới dự hội nghị.",), dated="any"),
    Sort("danh-sach", ("DANH SÁCH",), "", TABLE, (
        "Đảng viên dự hội nghị tổng kết năm {Y}",
        "Cấp ủy viên nhiệm kỳ 2020 - 2025",
    ), (), dated="any"),
    Sort("cam-ket", ("BẢN CAM KẾT",), "", MEMBER, (
        "Tu dưỡng, rèn luyện, phấn đấu năm {Y}",
        "Thực hiện nêu gương năm {Y}",
    ), (), dated="start"),
    Sort("de-an", ("ĐỀ ÁN",), "ĐA", REPORT, (
        "Nâng cao chất lượng sinh hoạt chi bộ giai đoạn 2021 - 2025",
        "Nhân sự cấp ủy khóa mới",
    ), ("Phần thứ nhất: sự cần thiết xây dựng đề án.",), dated="any"),
)
