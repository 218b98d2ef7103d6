"""Wordings that nothing was tuned on: titles and openings by kind, written after those of `wordings` and measured only.

Whoever tunes recognition leaves these alone; once what is wrong here has been looked at and mended, write new ones.
"""

from __future__ import annotations

TITLES: dict[str, tuple[str, ...]] = {
    "bao-cao-tong-ket": (
        "Tổng kết công tác Đảng, công tác chuyên môn năm {Y}; phương hướng, nhiệm vụ năm {N}",
        "Kết quả công tác xây dựng Đảng năm {Y} và nhiệm vụ trọng tâm năm {N}",
        "Tổng kết thực hiện nhiệm vụ chính trị và công tác xây dựng Đảng năm {Y} của {unit}",
        "Tình hình thực hiện nhiệm vụ năm {Y}, phương hướng năm {N}",
    ),
    "bao-cao-tu-cham-diem": (
        "Kết quả tự chấm điểm, xếp loại {org} năm {Y}",
        "Tự đánh giá chất lượng và đề nghị mức xếp loại của {unit} năm {Y}",
        "Về tự chấm điểm đánh giá chất lượng tổ chức cơ sở đảng năm {Y}",
    ),
    "bang-tu-cham-diem": (
        "BẢNG TỰ CHẤM ĐIỂM|Chất lượng tổ chức cơ sở đảng và đảng viên năm {Y}",
        "BIỂU CHẤM ĐIỂM|Đánh giá chất lượng {org} năm {Y} (tự chấm)",
        "BẢNG TỰ ĐÁNH GIÁ|Mức độ hoàn thành nhiệm vụ của {unit} năm {Y}",
    ),
    "bien-ban-cap-uy": (
        "Họp {cuy} thông qua dự thảo báo cáo tổng kết năm {Y} và kết quả tự chấm điểm",
        "Hội nghị {bch} xem xét báo cáo tổng kết, báo cáo tự đánh giá chất lượng năm {Y}",
        "Họp {cuy} góp ý, hoàn chỉnh báo cáo tổng kết công tác năm {Y}",
    ),
    "nghi-quyet-cap-uy": (
        "Của {bch} về việc thông qua báo cáo tổng kết năm {Y}",
        "Về thông qua báo cáo tổng kết, bảng tự chấm điểm và đề nghị xếp loại năm {Y}",
    ),
    "bien-ban-doan-the": (
        "Hội nghị {mass} đóng góp ý kiến vào báo cáo tổng kết năm {Y} của {unit}",
        "Họp Ban Chấp hành {mass} về việc góp ý dự thảo báo cáo tổng kết, tự chấm điểm của {cuy} năm {Y}",
        "Họp BCH {mass} thông qua báo cáo tự chấm điểm của {org} năm {Y}",
    ),
    "tong-hop-xep-loai": (
        "Tổng hợp kết quả đánh giá, xếp loại đảng viên năm {Y}",
        "Kết quả đánh giá, phân loại chất lượng đảng viên và tổ chức đảng năm {Y} của {unit}",
        "Công tác kiểm điểm và kết quả xếp loại tổ chức đảng, đảng viên năm {Y}",
    ),
    "to-trinh-khen-thuong": (
        "Đề nghị Đảng ủy Khối khen thưởng {org} và đảng viên năm {Y}",
        "Về việc đề nghị tặng giấy khen tổ chức đảng hoàn thành xuất sắc nhiệm vụ năm {Y}",
        "Đề nghị công nhận {unit} hoàn thành xuất sắc nhiệm vụ năm {Y}",
    ),
    "kiem-diem-tap-the": (
        "Kiểm điểm tập thể {bch} gắn với đánh giá, xếp loại năm {Y}",
        "BÁO CÁO KIỂM ĐIỂM|Tập thể lãnh đạo {host} và {cuy} năm {Y}",
        "Kết quả tự kiểm điểm của tập thể {cuy} {host} năm {Y}",
    ),
    "kiem-diem-ca-nhan": (
        "BẢN TỰ KIỂM ĐIỂM CÁ NHÂN|Năm {Y}",
        "BẢN KIỂM ĐIỂM|Đảng viên không giữ chức vụ lãnh đạo năm {Y}",
        "BẢN TỰ KIỂM ĐIỂM|Năm công tác {Y}",
    ),
    "bien-ban-xep-loai": (
        "Họp kiểm điểm cuối năm và xếp loại đảng viên năm {Y}",
        "Hội nghị đánh giá chất lượng {org}, đảng viên năm {Y}",
        "Họp {org} kiểm điểm, bình xét xếp loại đảng viên năm {Y}",
    ),
    "bien-ban-kiem-phieu": (
        "BIÊN BẢN KIỂM PHIẾU|Xếp loại chất lượng {org} và đảng viên năm {Y}",
        "Kiểm phiếu xếp loại đảng viên năm {Y}",
        "Kiểm phiếu đánh giá mức độ hoàn thành nhiệm vụ của đảng viên năm {Y}",
    ),
    "bien-ban-sinh-hoat": (
        "Sinh hoạt chi bộ định kỳ tháng {M} năm {Y}",
        "Họp chi bộ tháng {M}/{Y}",
        "Hội nghị sinh hoạt chi bộ thường kỳ tháng {M}/{Y}",
    ),
    "bao-cao-qcdc": (
        "Kết quả triển khai, thực hiện quy chế dân chủ trong cơ quan năm {Y}",
        "Tổng kết công tác thực hiện Quy chế dân chủ ở cơ sở năm {Y}; phương hướng năm {N}",
    ),
    "bao-cao-dan-van-kheo": (
        "Kết quả thực hiện phong trào thi đua Dân vận khéo năm {Y} và phương hướng năm {N}",
        "Hiệu quả các mô hình “Dân vận khéo” năm {Y}",
    ),
    "bao-cao-qcdc-dan-van-kheo": (
        "Thực hiện Quy chế dân chủ ở cơ sở gắn với phong trào thi đua “Dân vận khéo” năm {Y}",
        "Kết quả phong trào Dân vận khéo và việc thực hiện QCDC năm {Y}",
    ),
    "dang-ky-dan-van-kheo": (
        "BẢN ĐĂNG KÝ|Xây dựng mô hình “Dân vận khéo” năm {Y}",
        "PHIẾU ĐĂNG KÝ|Mô hình, điển hình Dân vận khéo năm {Y}",
    ),
    "bao-cao-ktgs": (
        "Tình hình và kết quả công tác kiểm tra, giám sát năm {Y}",
        "Tổng kết công tác kiểm tra, giám sát và thi hành kỷ luật của Đảng năm {Y}",
        "Kết quả thực hiện nhiệm vụ kiểm tra, giám sát, kỷ luật đảng năm {Y}; nhiệm vụ năm {N}",
    ),
    "bang-tu-cham-diem-ktgs": (
        "BẢNG TỰ CHẤM ĐIỂM|Kết quả công tác kiểm tra, giám sát năm {Y}",
        "BẢNG CHẤM ĐIỂM THI ĐUA|Công tác kiểm tra, giám sát, kỷ luật đảng năm {Y}",
        "PHIẾU TỰ CHẤM ĐIỂM|Thi đua của Ủy ban Kiểm tra năm {Y}",
    ),
    "chuong-trinh-ktgs": (
        "CHƯƠNG TRÌNH|Công tác kiểm tra, giám sát của {unit} năm {Y}",
        "KẾ HOẠCH|Thực hiện công tác kiểm tra, giám sát năm {Y}",
    ),
    "ket-luan-kiem-tra": (
        "Kết luận của {cuy} về kiểm tra Chi bộ Phòng Đào tạo",
        "Kết quả giám sát chuyên đề Chi bộ Phòng Kinh doanh năm {Y}",
        "KẾT LUẬN|Kiểm tra chi bộ Khoa Nhi về thực hiện quy chế làm việc",
    ),
    "bao-cao-so-ket": (
        "Kết quả công tác xây dựng Đảng 6 tháng đầu năm {Y}",
        "Công tác tháng {M} năm {Y} của {unit}",
        "Tình hình thực hiện nhiệm vụ quý III và phương hướng quý IV năm {Y}",
    ),
    "bao-cao-ktgs-so-ket": (
        "Kết quả công tác kiểm tra, giám sát 6 tháng đầu năm {Y}",
        "Công tác kiểm tra, giám sát quý III năm {Y}",
    ),
    "bao-cao-chuyen-de": (
        "Kết quả học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh năm {Y}",
        "Công tác bảo vệ chính trị nội bộ năm {Y}",
        "Sơ kết 3 năm thực hiện Nghị quyết số 18-NQ/TW",
    ),
    "bao-cao-thanh-tich": ("Thành tích xuất sắc của {unit} năm {Y}",),
    "bao-cao-cuoc-kiem-tra": (
        "Kết quả kiểm tra đối với Chi bộ Phòng Tài vụ",
        "Tự kiểm tra của Chi bộ theo kế hoạch kiểm tra của cấp trên",
    ),
    "bieu-sinh-hoat": ("BẢNG TỰ CHẤM ĐIỂM|Chất lượng sinh hoạt chi bộ tháng {M}/{Y}",),
    "phieu-danh-gia": ("PHIẾU ĐÁNH GIÁ|Chất lượng đảng viên năm {Y}",),
    "nhan-xet-noi-cu-tru": ("NHẬN XÉT|Của cấp ủy nơi cư trú đối với đảng viên năm {Y}",),
    "bao-cao": ("Việc trang bị bàn ghế phòng họp", "Tình hình nhà ăn tập thể"),
    "bien-ban": ("Kiểm kê tài sản", "Đại hội đảng viên nhiệm kỳ 2020 - 2025"),
    "nghi-quyet": ("Chi bộ tháng {M} năm {Y}", "Về công tác cán bộ"),
    "to-trinh": ("Về việc xin ý kiến nhân sự bổ sung cấp ủy", "Đề nghị chuẩn y chức danh phó bí thư"),
    "ke-hoach": ("Tổ chức các hoạt động kỷ niệm ngày thành lập Đảng", "Kiểm điểm tập thể, cá nhân cuối năm {Y}"),
    "chuong-trinh": ("Công tác trọng tâm của {cuy} năm {Y}",),
    "quyet-dinh": ("Về việc chuẩn y kết quả bầu cử", "Thành lập Đoàn kiểm tra"),
    "quy-dinh": ("Về quản lý và sử dụng con dấu",),
    "quy-che": ("Chi tiêu nội bộ của {cuy}",),
    "thong-bao": ("Về thời gian tổ chức hội nghị {cuy}",),
    "ket-luan": ("Của {bch} về nhiệm vụ quý IV năm {Y}",),
    "huong-dan": ("Thực hiện tự chấm điểm, xếp loại năm {Y}",),
    "thong-tri": ("Về chuẩn bị đại hội các chi bộ trực thuộc",),
    "cong-van": ("V/v chuẩn bị hồ sơ làm việc với Đoàn kiểm tra",),
    "giay-moi": ("Dự họp xét khen thưởng năm {Y}",),
    "danh-sach": ("Đảng viên được phân công phụ trách khu dân cư",),
    "cam-ket": ("Không vi phạm những điều đảng viên không được làm",),
    "de-an": ("Sắp xếp các chi bộ trực thuộc",),
}

HOSTS = [
    "Sở Giao thông vận tải",
    "Sở Lao động - Thương binh và Xã hội",
    "Cục Thuế tỉnh",
    "Liên minh Hợp tác xã tỉnh",
    "Trường Cao đẳng Sư phạm",
    "Bệnh viện Y học cổ truyền",
    "Công ty Cổ phần Xây dựng số 4",
    "Tòa án nhân dân tỉnh",
    "Viện Kiểm sát nhân dân tỉnh",
    "Trung tâm Dịch vụ việc làm",
    "Chi cục Kiểm lâm",
    "Bưu điện tỉnh",
    "Hội Văn học nghệ thuật",
    "Công ty TNHH Một thành viên Lâm nghiệp",
]
