"""Titles as offices word them, with the kind that they tell: shared by the tests of recognition."""

from __future__ import annotations

from tests.validators.papers import Paper

REPORT = Paper()
MINUTES = REPORT.with_(
    printed="BIÊN BẢN",
    number="",
    foot=("NGƯỜI GHI BIÊN BẢN", "", "Vi Văn Chiến", "CHỦ TRÌ", "", "Lương Thị Kiều Oanh"),
    recipients=(),
)
UNION = MINUTES.with_(
    superior="LIÊN ĐOÀN LAO ĐỘNG TỈNH",
    issuer="CÔNG ĐOÀN CƠ SỞ\nSỞ TƯ PHÁP",
    motto="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
)
RESOLUTION = REPORT.with_(printed="NGHỊ QUYẾT", number="Số 06-NQ/CB")
PROPOSAL = REPORT.with_(printed="TỜ TRÌNH", number="Số 05-TTr/CB")
TABLE = REPORT.with_(printed="BẢNG TỰ CHẤM ĐIỂM", number="")
REGISTRATION = REPORT.with_(printed="BẢN ĐĂNG KÝ", number="")
SELF_REVIEW = REPORT.with_(
    printed="BẢN KIỂM ĐIỂM CÁ NHÂN",
    number="",
    body=("Họ và tên: Vi Văn Chiến        Ngày sinh: 01/02/1980", "Đơn vị công tác: Sở Tư pháp", *REPORT.body),
    foot=("NGƯỜI TỰ KIỂM ĐIỂM", "", "Vi Văn Chiến"),
    recipients=(),
)

# kind, paper, titles
WORDINGS: tuple[tuple[str, Paper, tuple[str, ...]], ...] = (
    (
        "bao-cao-tong-ket",
        REPORT,
        (
            "Tổng kết công tác năm 2021, phương hướng, nhiệm vụ năm 2022",
            "Tổng kết công tác xây dựng Đảng năm 2021, nhiệm vụ trọng tâm năm 2022",
            "Kết quả công tác năm 2021 và phương hướng nhiệm vụ năm 2022",
            "Tổng kết năm 2021 của Chi bộ Sở Tư pháp",
            "Tình hình, kết quả thực hiện nhiệm vụ năm 2021;\nphương hướng, nhiệm vụ năm 2022",
            "Tổng kết công tác đảng năm 2021",
            "Kết quả lãnh đạo thực hiện nhiệm vụ chính trị và công tác xây dựng Đảng năm 2021",
            "Công tác xây dựng Đảng năm 2021, phương hướng, nhiệm vụ năm 2022",
            "Tổng kết công tác của Chi bộ năm 2021",
            "TỔNG KẾT CÔNG TÁC NĂM 2021\nPHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2022",
            "Kết quả thực hiện nhiệm vụ năm 2021, phương hướng nhiệm vụ năm 2022",
            "Tổng kết hoạt động năm 2021",
            "Tổng kết công tác lãnh đạo của Chi ủy năm 2021",
            "Kết quả hoạt động của Chi bộ năm 2021",
            "Tổng kết công tác Chi bộ Sở Tư pháp năm 2021",
        ),
    ),
    (
        "bao-cao-tu-cham-diem",
        REPORT,
        (
            "Tự chấm điểm, đề xuất mức chất lượng chi bộ năm 2021",
            "Tự đánh giá, xếp loại chất lượng tổ chức cơ sở đảng năm 2021",
            "Kết quả tự chấm điểm và đề nghị xếp loại chất lượng chi bộ năm 2021",
            "Tự chấm điểm theo khung tiêu chí đánh giá, xếp loại\nchất lượng tổ chức đảng năm 2021",
            "Đề nghị công nhận mức xếp loại chất lượng năm 2021",
            "Tự phân loại chất lượng tổ chức cơ sở đảng năm 2021",
        ),
    ),
    (
        "bang-tu-cham-diem",
        TABLE,
        (
            "Đánh giá, xếp loại chất lượng chi bộ năm 2021",
            "Chất lượng tổ chức cơ sở đảng năm 2021",
        ),
    ),
    (
        "bang-tu-cham-diem",
        REPORT.with_(printed="BẢNG CHẤM ĐIỂM", number=""),
        ("Đánh giá, phân loại chất lượng TCCSĐ năm 2021",),
    ),
    (
        "bang-tu-cham-diem",
        REPORT.with_(printed="BIỂU TỰ ĐÁNH GIÁ", number=""),
        ("Mức độ hoàn thành nhiệm vụ năm 2021",),
    ),
    (
        "bien-ban-cap-uy",
        MINUTES,
        (
            "Họp Chi ủy thông qua báo cáo tổng kết năm 2021\nvà báo cáo tự chấm điểm, đề xuất mức chất lượng",
            "Hội nghị Đảng ủy góp ý dự thảo báo cáo tổng kết năm 2021",
            "Hội nghị Ban Chấp hành Đảng bộ thông qua các báo cáo cuối năm 2021",
            "Họp Ban Thường vụ Đảng ủy cho ý kiến báo cáo tổng kết và kết quả tự chấm điểm năm 2021",
            "Họp cấp ủy xem xét, thông qua báo cáo tự chấm điểm năm 2021",
            "Họp Chi ủy thông qua báo cáo tổng kết, tự đánh giá, xếp loại chất lượng năm 2021",
            "V/v thông qua báo cáo tổng kết năm 2021",
        ),
    ),
    (
        "nghi-quyet-cap-uy",
        RESOLUTION,
        (
            "Hội nghị Chi uỷ thông qua báo cáo tổng kết và tự chấm điểm,\nđề xuất mức chất lượng năm 2021",
            "Về việc thông qua Báo cáo tổng kết năm 2021",
            "Hội nghị Ban Chấp hành Đảng bộ về thông qua báo cáo tổng kết công tác năm 2021",
        ),
    ),
    (
        "nghi-quyet",
        RESOLUTION,
        (
            "Hội nghị Chi bộ tháng 12 năm 2021",
            "Lãnh đạo thực hiện nhiệm vụ năm 2022",
            "Sinh hoạt chi bộ thường kỳ tháng 5",
        ),
    ),
    (
        "bien-ban-doan-the",
        UNION,
        (
            "Họp Ban Chấp hành Công đoàn thông qua báo cáo tổng kết\nvà tự chấm điểm của Chi bộ năm 2021",
            "Hội nghị Ban Chấp hành Công đoàn góp ý báo cáo tổng kết năm 2021 của Chi bộ",
            "Họp thông qua báo cáo tổng kết và báo cáo tự chấm điểm của Chi bộ",
            "Hội nghị lấy ý kiến đoàn viên vào dự thảo báo cáo của Chi bộ năm 2021",
            "V/v góp ý, thông qua báo cáo tổng kết công tác năm 2021 của Chi bộ Sở Tư pháp",
        ),
    ),
    (
        "tong-hop-xep-loai",
        REPORT,
        (
            "Kết quả đánh giá, xếp loại tổ chức đảng và đảng viên năm 2021",
            "Tổng hợp kết quả xếp loại chất lượng đảng viên năm 2021",
            "Kết quả kiểm điểm, đánh giá, xếp loại chất lượng tổ chức đảng, đảng viên năm 2021",
            "Kết quả đánh giá, xếp loại chất lượng chi bộ trực thuộc và đảng viên năm 2021",
            "Tổng hợp kết quả phân loại chất lượng đảng viên năm 2021",
        ),
    ),
    (
        "tong-hop-xep-loai",
        REPORT.with_(printed="BẢNG TỔNG HỢP", number=""),
        ("Kết quả xếp loại chất lượng chi bộ, đảng viên năm 2021",),
    ),
    (
        "tong-hop-xep-loai",
        REPORT.with_(printed="TỔNG HỢP", number=""),
        ("Kết quả đánh giá, xếp loại chất lượng đảng viên năm 2021",),
    ),
    (
        "to-trinh-khen-thuong",
        PROPOSAL,
        (
            "Đề nghị công nhận Chi bộ hoàn thành xuất sắc nhiệm vụ năm 2021",
            "Về việc đề nghị khen thưởng tổ chức đảng, đảng viên năm 2021",
            "V/v đề nghị tặng Giấy khen chi bộ hoàn thành xuất sắc nhiệm vụ năm 2021",
            "Đề nghị xếp loại chất lượng chi bộ năm 2021",
            "Đề nghị công nhận mức chất lượng",
        ),
    ),
    ("to-trinh", PROPOSAL, ("Đề nghị bổ sung cấp ủy viên",)),
    ("to-trinh", PROPOSAL, ("Đề nghị công nhận đảng viên chính thức",)),
    (
        "kiem-diem-tap-the",
        REPORT,
        (
            "Kiểm điểm tập thể Chi ủy năm 2021",
            "Kiểm điểm của Ban Chấp hành Đảng bộ năm 2021",
            "Kiểm điểm, tự đánh giá, xếp loại chất lượng của tập thể Chi ủy năm 2021",
            "Kiểm điểm tập thể Ban Thường vụ Đảng ủy năm 2021",
        ),
    ),
    (
        "kiem-diem-tap-the",
        REPORT.with_(printed="BÁO CÁO KIỂM ĐIỂM"),
        (
            "Tập thể Chi ủy năm 2021",
            "Ban Chấp hành Đảng bộ năm 2021",
        ),
    ),
    ("kiem-diem-ca-nhan", SELF_REVIEW, ("Năm 2021",)),
    (
        "kiem-diem-ca-nhan",
        SELF_REVIEW.with_(printed="BẢN TỰ KIỂM ĐIỂM"),
        (
            "Cá nhân năm 2021",
            "Đảng viên năm 2021",
            "Năm 2021",
        ),
    ),
    (
        "kiem-diem-ca-nhan",
        SELF_REVIEW.with_(printed="BẢN KIỂM ĐIỂM"),
        (
            "Đảng viên năm 2021",
            "Năm 2021",
        ),
    ),
    (
        "bien-ban-xep-loai",
        MINUTES,
        (
            "Họp kiểm điểm, đánh giá, xếp loại chất lượng chi bộ, đảng viên năm 2021",
            "Hội nghị kiểm điểm tập thể, cá nhân năm 2021",
            "Họp chi bộ đánh giá, xếp loại chất lượng đảng viên năm 2021",
            "Hội nghị bình xét, xếp loại đảng viên năm 2021",
            "Họp Chi bộ về việc phân loại chất lượng đảng viên",
        ),
    ),
    (
        "bien-ban-kiem-phieu",
        MINUTES,
        (
            "Kiểm phiếu xếp loại chất lượng đảng viên năm 2021",
            "Kiểm phiếu bỏ phiếu kín đánh giá, xếp loại tổ chức đảng năm 2021",
        ),
    ),
    ("bien-ban-kiem-phieu", MINUTES.with_(printed="BIÊN BẢN KIỂM PHIẾU"), ("Xếp loại chất lượng chi bộ năm 2021",)),
    (
        "bien-ban-sinh-hoat",
        MINUTES,
        (
            "Họp Chi bộ định kỳ tháng 3 năm 2021",
            "Sinh hoạt Chi bộ tháng 3/2021",
            "Sinh hoạt chi bộ thường kỳ tháng 11 năm 2021",
            "Họp chi bộ tháng 4",
            "Hội nghị chi bộ thường kỳ tháng 7/2021",
        ),
    ),
    ("bien-ban-sinh-hoat", MINUTES.with_(printed="BIÊN BẢN SINH HOẠT CHI BỘ"), ("Tháng 3 năm 2021",)),
    (
        "bao-cao-qcdc",
        REPORT,
        (
            "Kết quả thực hiện Quy chế dân chủ ở cơ sở năm 2021",
            "Tình hình thực hiện dân chủ ở cơ sở năm 2021",
            "Công tác dân vận và thực hiện Quy chế dân chủ ở cơ sở năm 2021",
            "Tổng kết việc thực hiện QCDC ở cơ sở năm 2021",
        ),
    ),
    (
        "bao-cao-dan-van-kheo",
        REPORT,
        (
            'Kết quả phong trào thi đua "Dân vận khéo" năm 2021',
            "Thực hiện mô hình “Dân vận khéo” năm 2021",
            "Tổng kết phong trào thi đua Dân vận khéo năm 2021",
            'Kết quả xây dựng mô hình, điển hình "Dân vận khéo" năm 2021',
        ),
    ),
    (
        "bao-cao-qcdc-dan-van-kheo",
        REPORT,
        (
            'Kết quả thực hiện Quy chế dân chủ ở cơ sở\nvà phong trào thi đua "Dân vận khéo" năm 2021',
            'Phong trào "Dân vận khéo" và việc thực hiện dân chủ ở cơ sở năm 2021',
        ),
    ),
    (
        "dang-ky-dan-van-kheo",
        REGISTRATION,
        (
            'Mô hình "Dân vận khéo" năm 2021',
            'Xây dựng mô hình, điển hình "Dân vận khéo" năm 2021',
        ),
    ),
    ("dang-ky-dan-van-kheo", REPORT.with_(printed='ĐĂNG KÝ MÔ HÌNH "DÂN VẬN KHÉO" NĂM 2021', number=""), ("",)),
    ("dang-ky", REGISTRATION, ("Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh năm 2021",)),
    (
        "bao-cao-ktgs",
        REPORT,
        (
            "Tổng kết công tác kiểm tra, giám sát năm 2021",
            "Kết quả công tác kiểm tra, giám sát và thi hành kỷ luật đảng năm 2021",
            "Công tác kiểm tra, giám sát năm 2021, phương hướng, nhiệm vụ năm 2022",
            "Kết quả thực hiện chương trình kiểm tra, giám sát năm 2021",
            "Kết quả công tác KTGS năm 2021",
        ),
    ),
    (
        "bao-cao-ktgs-so-ket",
        REPORT,
        (
            "Kết quả công tác kiểm tra, giám sát\n6 tháng đầu năm 2021",
            "Công tác kiểm tra, giám sát quý III năm 2021",
            "Công tác kiểm tra, giám sát sáu tháng đầu năm 2021",
            "Công tác kiểm tra, giám sát từ tháng 01 đến tháng 6 năm 2021",
            "Sơ kết công tác kiểm tra, giám sát 9 tháng đầu năm 2021",
        ),
    ),
    (
        "bao-cao-so-ket",
        REPORT,
        (
            "Kết quả công tác 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2021",
            "Công tác xây dựng Đảng tháng 11 năm 2021",
            "Sơ kết công tác quý I/2021",
            "Kết quả thực hiện nhiệm vụ 9 tháng đầu năm 2021",
            "Tổng kết công tác 6 tháng đầu năm 2021",
            "Kết quả thực hiện Quy chế dân chủ ở cơ sở 6 tháng đầu năm 2021",
        ),
    ),
    (
        "bao-cao-chuyen-de",
        REPORT,
        (
            "Kết quả thực hiện Chỉ thị 05-CT/TW năm 2021",
            "Tổng kết 5 năm thực hiện Nghị quyết số 26-NQ/TW",
            "Chuyên đề về học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh năm 2021",
            "Tổng kết công tác phát triển đảng viên năm 2021",
            "Tổng kết công tác phòng, chống dịch Covid-19 năm 2021",
            "Tổng kết phong trào thi đua năm 2021",
            "Kết quả công tác dân vận năm 2021",
            "Tổng kết nhiệm kỳ 2017-2020",
            "Kết quả công tác tuyên giáo năm 2021",
        ),
    ),
    ("bao-cao-thanh-tich", REPORT, ("Thành tích đề nghị tặng Giấy khen năm 2021",)),
    (
        "bang-tu-cham-diem-ktgs",
        TABLE,
        (
            "Thi đua thực hiện công tác kiểm tra, giám sát năm 2021",
            "Công tác kiểm tra, giám sát năm 2021",
        ),
    ),
    ("bang-tu-cham-diem-ktgs", REPORT, ("Tự chấm điểm thi đua công tác kiểm tra, giám sát năm 2021",)),
    (
        "chuong-trinh-ktgs",
        REPORT.with_(printed="CHƯƠNG TRÌNH", number="Số 02-CTr/CB"),
        (
            "Công tác kiểm tra, giám sát năm 2021",
            "Kiểm tra, giám sát của Chi bộ năm 2021",
        ),
    ),
    (
        "chuong-trinh-ktgs",
        REPORT.with_(printed="KẾ HOẠCH", number="Số 02-KH/CB"),
        (
            "Kiểm tra, giám sát năm 2021",
            "Công tác kiểm tra, giám sát của Đảng ủy năm 2021",
        ),
    ),
    (
        "ke-hoach",
        REPORT.with_(printed="KẾ HOẠCH", number="Số 02-KH/CB"),
        (
            "Kiểm tra, giám sát đối với Chi bộ Phòng Công chứng",
            "Tổ chức kiểm điểm cuối năm 2021",
        ),
    ),
    (
        "ket-luan-kiem-tra",
        REPORT.with_(printed="THÔNG BÁO", number="Số 05-TB/UBKT"),
        (
            "Kết luận kiểm tra đối với Chi bộ Phòng Công chứng",
            "Kết quả kiểm tra việc thu, nộp đảng phí",
            "Kết luận giám sát chuyên đề đối với Chi bộ Thanh tra",
        ),
    ),
    (
        "ket-luan-kiem-tra",
        REPORT.with_(printed="THÔNG BÁO KẾT LUẬN", number="Số 05-TB/UBKT"),
        ("Kiểm tra Chi bộ Phòng Công chứng",),
    ),
    (
        "ket-luan-kiem-tra",
        REPORT.with_(printed="KẾT LUẬN", number="Số 05-KL/UBKT"),
        ("Kiểm tra đối với Chi bộ Phòng Công chứng",),
    ),
    (
        "thong-bao",
        REPORT.with_(printed="THÔNG BÁO", number="Số 05-TB/CB"),
        (
            "Lịch sinh hoạt chi bộ tháng 12",
            "Kết luận của Ban Thường vụ Đảng ủy",
        ),
    ),
    ("quy-dinh", REPORT.with_(printed="QUY ĐỊNH", number="Số 05-QĐ/ĐU"), ("Chức năng, nhiệm vụ của cấp ủy",)),
    (
        "quyet-dinh",
        REPORT.with_(printed="QUYẾT ĐỊNH", number="Số 05-QĐ/ĐU"),
        ("Kiện toàn Ban Chỉ đạo thực hiện Quy chế dân chủ",),
    ),
    ("thong-tri", REPORT.with_(printed="THÔNG TRI", number="Số 05-TT/TU"), ("Về công tác cuối năm",)),
    ("thong-tu", REPORT.with_(printed="THÔNG TƯ", number="Số 05/2021/TT-BNV"), ("Quy định chế độ tập sự",)),
    ("phieu-danh-gia", REPORT.with_(printed="PHIẾU ĐÁNH GIÁ", number=""), ("Chất lượng tổ chức đảng năm 2021",)),
    (
        "bien-ban",
        MINUTES,
        (
            "Bàn giao hồ sơ đảng viên",
            "Họp xét kết nạp đảng viên",
        ),
    ),
    (
        "bieu-sinh-hoat",
        REPORT.with_(printed="BIỂU TỰ ĐÁNH GIÁ", number=""),
        ("Chất lượng sinh hoạt chi bộ tháng 7 năm 2022",),
    ),
    (
        "bao-cao-tong-ket",
        REPORT.with_(printed="BÁO CÁO TỔNG KẾT CÔNG TÁC NĂM 2021, PHƯƠNG HƯỚNG NHIỆM VỤ NĂM 2022"),
        ("",),
    ),
    ("bao-cao-tong-ket", REPORT.with_(printed="BÁO CÁO TỔNG KẾT"), ("CÔNG TÁC NĂM 2021",)),
    (
        "bao-cao-tong-ket",
        REPORT,
        (
            "Kết quả lãnh đạo, chỉ đạo thực hiện nhiệm vụ năm 2021 và phương hướng, nhiệm vụ năm 2022",
            "Kết quả thực hiện nhiệm vụ chính trị, công tác xây dựng Đảng năm 2021",
            "Công tác năm 2021 và phương hướng, nhiệm vụ năm 2022",
            "Tổng kết công tác xây dựng Đảng và lãnh đạo thực hiện nhiệm vụ chính trị năm 2021",
            "Tình hình và kết quả công tác năm 2021",
            "Tổng kết việc lãnh đạo thực hiện nhiệm vụ năm 2021",
            "Tổng kết công tác của Đảng ủy năm 2021",
            "Tổng kết năm công tác 2021",
        ),
    ),
    (
        "bao-cao-tu-cham-diem",
        REPORT,
        (
            "Kết quả tự đánh giá, xếp loại chất lượng đảng bộ năm 2021",
            "TỰ CHẤM ĐIỂM, ĐỀ XUẤT MỨC XẾP LOẠI CHẤT LƯỢNG NĂM 2021",
        ),
    ),
    ("bao-cao-tu-cham-diem", REPORT.with_(printed="BÁO CÁO TỰ CHẤM ĐIỂM, ĐỀ XUẤT MỨC CHẤT LƯỢNG NĂM 2021"), ("",)),
    ("bang-tu-cham-diem", TABLE.with_(printed="BẢNG TỰ CHẤM ĐIỂM, ĐỀ XUẤT MỨC CHẤT LƯỢNG ĐẢNG BỘ NĂM 2021"), ("",)),
    ("bang-tu-cham-diem", TABLE.with_(printed="BẢNG TỰ CHẤM ĐIỂM"), ("Năm 2021",)),
    ("bang-tu-cham-diem", TABLE.with_(printed="BIỂU CHẤM ĐIỂM"), ("Đánh giá, xếp loại chất lượng tổ chức cơ sở đảng",)),
    (
        "bang-tu-cham-diem",
        TABLE.with_(printed="BẢNG ĐIỂM TỰ CHẤM"),
        ("Theo khung tiêu chí đánh giá, xếp loại năm 2021",),
    ),
    (
        "bien-ban-cap-uy",
        MINUTES,
        (
            "Hội nghị Ban Chấp hành Đảng bộ thông qua báo cáo tổng kết và tự chấm điểm năm 2021",
            "Hội nghị Chi bộ thông qua báo cáo tổng kết năm 2021",
            "Hội nghị Đảng ủy thảo luận, thông qua dự thảo báo cáo tổng kết năm",
        ),
    ),
    (
        "nghi-quyet-cap-uy",
        RESOLUTION,
        (
            "Thông qua Báo cáo kết quả công tác năm 2021 và tự chấm điểm",
            "Phiên họp Ban Thường vụ Đảng ủy thông qua báo cáo tổng kết, báo cáo tự chấm điểm năm 2021",
        ),
    ),
    (
        "bien-ban-doan-the",
        UNION,
        (
            "Hội nghị Ban Chấp hành Công đoàn tham gia góp ý vào báo cáo của Chi bộ năm 2021",
            "Họp Ban Chấp hành Công đoàn cơ sở cho ý kiến đối với báo cáo tổng kết, tự chấm điểm của Đảng bộ",
            "Hội nghị Ban Chấp hành góp ý dự thảo báo cáo tổng kết công tác Đảng năm 2021",
        ),
    ),
    (
        "tong-hop-xep-loai",
        REPORT,
        (
            "Tổng hợp kết quả đánh giá chất lượng chi bộ, đảng viên năm 2021",
            "Kết quả bình xét, xếp loại chi bộ và đảng viên năm 2021",
        ),
    ),
    (
        "tong-hop-xep-loai",
        REPORT.with_(printed="BÁO CÁO TỔNG HỢP"),
        ("Kết quả xếp loại các chi bộ trực thuộc và đảng viên",),
    ),
    ("tong-hop-xep-loai", REPORT, ("Kết quả phân loại đảng viên và tổ chức đảng năm 2021",)),
    (
        "to-trinh-khen-thuong",
        PROPOSAL,
        (
            "Về việc đề nghị công nhận Đảng bộ “Hoàn thành xuất sắc nhiệm vụ” năm 2021",
            "Đề nghị biểu dương, khen thưởng năm 2021",
            "Đề nghị công nhận mức chất lượng đảng bộ năm 2021",
        ),
    ),
    ("kiem-diem-tap-the", REPORT, ("Kiểm điểm công tác lãnh đạo, chỉ đạo của Ban Chấp hành Đảng bộ năm 2021",)),
    ("kiem-diem-tap-the", REPORT.with_(printed="BẢN KIỂM ĐIỂM TẬP THỂ"), ("Chi ủy Chi bộ Sở Tư pháp năm 2021",)),
    ("kiem-diem-tap-the", REPORT.with_(printed="BÁO CÁO KIỂM ĐIỂM"), ("Tập thể lãnh đạo, quản lý năm 2021",)),
    ("kiem-diem-ca-nhan", SELF_REVIEW.with_(printed="BẢN KIỂM ĐIỂM"), ("Của đảng viên năm 2021",)),
    ("kiem-diem-ca-nhan", SELF_REVIEW.with_(printed="BẢN TỰ KIỂM ĐIỂM CÁ NHÂN"), ("Năm 2021",)),
    (
        "kiem-diem-ca-nhan",
        SELF_REVIEW.with_(printed="BẢN TỰ KIỂM ĐIỂM"),
        ("Đánh giá, xếp loại chất lượng đảng viên năm 2021",),
    ),
    ("kiem-diem-ca-nhan", SELF_REVIEW.with_(printed="BẢN KIỂM ĐIỂM CÁ NHÂN NĂM 2021"), ("",)),
    (
        "bien-ban-xep-loai",
        MINUTES,
        (
            "Hội nghị kiểm điểm cuối năm 2021",
            "Họp Chi bộ xét, đánh giá, xếp loại chất lượng đảng viên cuối năm",
            "Hội nghị Ban Chấp hành Đảng bộ kiểm điểm tập thể, cá nhân và xếp loại năm 2021",
        ),
    ),
    (
        "bien-ban-sinh-hoat",
        MINUTES,
        (
            "Sinh hoạt Chi bộ thường kỳ tháng 01/2021",
            "Hội nghị sinh hoạt chi bộ tháng 5",
            "Họp thường kỳ Chi bộ tháng 2 năm 2021",
        ),
    ),
    ("bien-ban-sinh-hoat", MINUTES.with_(printed="BIÊN BẢN"), ("Họp Chi bộ tháng 10 năm 2021",)),
    ("bien-ban-sinh-hoat", MINUTES.with_(printed="BIÊN BẢN HỌP CHI BỘ"), ("Tháng 6 năm 2021",)),
    ("bien-ban-kiem-phieu", MINUTES.with_(printed="BIÊN BẢN KIỂM PHIẾU"), ("Kết quả bỏ phiếu xếp loại chất lượng",)),
    (
        "bao-cao-qcdc",
        REPORT,
        (
            "Việc thực hiện Quy chế dân chủ trong hoạt động của cơ quan năm 2021",
            "Kết quả xây dựng và thực hiện Quy chế dân chủ năm 2021",
        ),
    ),
    (
        "bao-cao-dan-van-kheo",
        REPORT,
        (
            'Tổng kết mô hình "Dân vận khéo" năm 2021',
            'Công tác dân vận và phong trào thi đua "Dân vận khéo" năm 2021',
        ),
    ),
    ("dang-ky-dan-van-kheo", REGISTRATION.with_(printed="ĐĂNG KÝ"), ("Mô hình, điển hình “Dân vận khéo” năm 2021",)),
    ("dang-ky-dan-van-kheo", REGISTRATION.with_(printed="PHIẾU ĐĂNG KÝ"), ("Xây dựng mô hình “Dân vận khéo”",)),
    (
        "bao-cao-ktgs",
        REPORT,
        (
            "Công tác kiểm tra, giám sát, kỷ luật đảng năm 2021",
            "Tình hình, kết quả thực hiện công tác kiểm tra, giám sát năm 2021; nhiệm vụ năm 2022",
        ),
    ),
    ("bang-tu-cham-diem-ktgs", TABLE.with_(printed="BẢNG ĐIỂM TỰ CHẤM"), ("Công tác kiểm tra, giám sát năm 2021",)),
    (
        "bang-tu-cham-diem-ktgs",
        TABLE.with_(printed="BẢNG CHẤM ĐIỂM THI ĐUA"),
        ("Thực hiện nhiệm vụ kiểm tra, giám sát năm 2021",),
    ),
    (
        "bang-tu-cham-diem-ktgs",
        TABLE.with_(printed="BẢNG TỰ CHẤM ĐIỂM THI ĐUA CÔNG TÁC KIỂM TRA, GIÁM SÁT NĂM 2021"),
        ("",),
    ),
    ("chuong-trinh-ktgs", REPORT.with_(printed="CHƯƠNG TRÌNH CÔNG TÁC KIỂM TRA, GIÁM SÁT NĂM 2021"), ("",)),
    ("chuong-trinh-ktgs", REPORT.with_(printed="KẾ HOẠCH"), ("Kiểm tra, giám sát của Chi bộ năm 2021",)),
    (
        "ket-luan-kiem-tra",
        REPORT.with_(printed="THÔNG BÁO"),
        (
            "Kết luận cuộc kiểm tra đối với Chi bộ Khoa Nội",
            "Kết quả giám sát đối với đồng chí Bí thư Chi bộ",
            "Kết luận kiểm tra việc chấp hành chế độ sinh hoạt đảng",
        ),
    ),
    (
        "bao-cao-tong-ket",
        REPORT,
        (
            "Đánh giá kết quả lãnh đạo, chỉ đạo thực hiện nhiệm vụ năm 2021",
            "Tình hình thực hiện nhiệm vụ chính trị năm 2021",
            "Tổng kết tình hình công tác năm 2021, phương hướng năm 2022",
            "Kết quả công tác 12 tháng năm 2021",
        ),
    ),
    (
        "bao-cao-tu-cham-diem",
        REPORT,
        ("Tự kiểm tra, chấm điểm, đề nghị mức chất lượng của Chi bộ năm 2021",),
    ),
    (
        "bang-tu-cham-diem",
        TABLE.with_(printed="PHIẾU TỰ CHẤM ĐIỂM"),
        ("Chất lượng tổ chức cơ sở đảng năm 2021",),
    ),
    (
        "bien-ban-cap-uy",
        MINUTES,
        (
            "Hội nghị Ban Chấp hành Đảng bộ duyệt báo cáo tổng kết năm 2021",
            "Họp Chi ủy thông qua hồ sơ đánh giá, xếp loại năm 2021",
            "HỌP BAN THƯỜNG VỤ\nV/v cho ý kiến Báo cáo tổng kết công tác năm 2021 và Báo cáo tự đánh giá, xếp loại",
        ),
    ),
    ("bien-ban-doan-the", UNION, ("Hội nghị BCH tham gia đóng góp vào báo cáo của cấp ủy năm 2021",)),
    (
        "tong-hop-xep-loai",
        REPORT,
        (
            "Đánh giá, xếp loại chất lượng chi bộ, đảng viên năm 2021",
            "Công tác kiểm điểm, đánh giá, xếp loại chất lượng đảng viên năm 2021",
        ),
    ),
    ("kiem-diem-tap-the", REPORT, ("Kiểm điểm tập thể lãnh đạo Chi bộ năm 2021 theo Quy định số 132-QĐ/TW",)),
    ("bien-ban-xep-loai", MINUTES, ("Họp chi bộ phân tích chất lượng đảng viên năm 2021",)),
    ("bien-ban-kiem-phieu", MINUTES, ("Kết quả bỏ phiếu kín xếp loại đảng viên, tổ chức đảng năm 2021",)),
    (
        "bao-cao-ktgs",
        REPORT,
        (
            "Kết quả công tác kiểm tra, giám sát quý IV và cả năm 2021",
            "Kết quả kiểm tra, giám sát năm 2021 của Chi bộ",
        ),
    ),
    ("bang-tu-cham-diem-ktgs", TABLE.with_(printed="BIỂU CHẤM ĐIỂM THI ĐUA"), ("Ngành Kiểm tra Đảng năm 2021",)),
)
