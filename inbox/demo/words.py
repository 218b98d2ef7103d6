"""The stock of paragraphs that the papers of the demo are made of. {n}, {m} and {p} are drawn for each paper."""

from __future__ import annotations

OPENING = (
    "Năm {year} là năm đầu thực hiện nghị quyết đại hội đảng các cấp, công việc nhiều hơn các năm trước và chịu ảnh "
    "hưởng kéo dài của dịch bệnh; {name} đã bám sát chương trình toàn khóa để tổ chức thực hiện nhiệm vụ.",
    "Dưới sự chỉ đạo của Ban Thường vụ Đảng ủy Khối, {name} đã phát huy tinh thần đoàn kết, chủ động điều chỉnh kế "
    "hoạch cho phù hợp với tình hình, cơ bản hoàn thành các chỉ tiêu đề ra trong năm {year}.",
)
TASKS = {
    "party": (
        "Công tác tham mưu, tổng hợp được thực hiện kịp thời; đã soạn thảo và trình ban hành {n} văn bản, không có văn "
        "bản phải thu hồi vì sai thẩm quyền hoặc thể thức.",
        "Công tác văn thư, lưu trữ có chuyển biến rõ; toàn bộ hồ sơ công việc của nhiệm kỳ trước đã được chỉnh lý và "
        "nộp vào kho đúng hạn.",
    ),
    "state": (
        "Đơn vị tiếp nhận, chỉnh lý và đưa vào bảo quản {n} mét giá tài liệu; phục vụ {m} lượt người đến khai thác tại "
        "phòng đọc, không để xảy ra mất mát, hư hỏng.",
        "Thủ tục cấp bản sao, chứng thực tài liệu được rút ngắn còn một ngày làm việc; hộp thư góp ý không ghi nhận "
        "phản ánh về thái độ phục vụ.",
    ),
    "public-service": (
        "Nhiệm vụ chuyên môn được giữ vững trong điều kiện vừa làm việc vừa phòng, chống dịch; {m}% kế hoạch năm hoàn "
        "thành trước ngày 15 tháng 12.",
        "Đơn vị đã cử {n} lượt viên chức tham gia tăng cường cho các điểm tiêm chủng và khu cách ly; nhiều đồng chí "
        "xung phong nhận thêm ca trực.",
    ),
    "enterprise": (
        "Sản xuất, kinh doanh duy trì liên tục theo phương án ba tại chỗ; doanh thu đạt {m}% kế hoạch, thu nhập của "
        "người lao động không giảm so với năm trước.",
        "Công ty thay thế {n} thiết bị cũ, giảm tỷ lệ hao hụt; công tác an toàn lao động được kiểm tra hằng tháng, "
        "không xảy ra tai nạn nghiêm trọng.",
    ),
}
PARTY_WORK = (
    "Việc học tập, quán triệt nghị quyết được tổ chức bằng cả hình thức tập trung và trực tuyến, tỷ lệ tham gia đạt "
    "{p}%; sau mỗi đợt học đều có bản thu hoạch và kế hoạch cá nhân.",
    "Nền nếp sinh hoạt chi bộ được giữ vững vào tuần đầu hằng tháng; mỗi quý có một chuyên đề học tập và làm theo tư "
    "tưởng, đạo đức, phong cách Hồ Chí Minh gắn với công việc của đơn vị.",
    "Trong năm đã giới thiệu {n} quần chúng học lớp bồi dưỡng nhận thức về Đảng; việc thẩm tra lý lịch, xét kết nạp "
    "thực hiện đúng trình tự.",
    "Tình hình tư tưởng của cán bộ, đảng viên ổn định; những băn khoăn về sắp xếp tổ chức bộ máy được cấp ủy giải "
    "thích kịp thời, công khai.",
    "Công tác quy hoạch cán bộ được rà soát, bổ sung theo hướng dẫn của cấp trên; việc giới thiệu nhân sự tiến hành "
    "bằng bỏ phiếu kín, bảo đảm dân chủ và bảo mật.",
)
INSPECTION = (
    "Cấp ủy ban hành chương trình kiểm tra, giám sát từ tháng 01 và phân công từng đồng chí phụ trách; đã hoàn thành "
    "các cuộc kiểm tra, giám sát chuyên đề theo chương trình.",
    "Nội dung kiểm tra tập trung vào việc thực hiện quy chế làm việc, thu nộp và sử dụng đảng phí, chế độ tự phê bình "
    "và phê bình; các thiếu sót nhỏ đã được nhắc nhở và khắc phục.",
    "Trong năm không có đơn tố cáo đảng viên; không có tổ chức đảng, đảng viên bị thi hành kỷ luật.",
)
DEMOCRACY = (
    "Hội nghị cán bộ, viên chức, người lao động được tổ chức trong quý I; các quy chế nội bộ về chi tiêu, thi đua, "
    "nâng lương đều lấy ý kiến rộng rãi trước khi ban hành.",
    "Những việc phải công khai được niêm yết tại bảng tin và đăng trên trang thông tin nội bộ; thủ trưởng đơn vị đối "
    "thoại với người lao động {n} lần trong năm.",
    "Ban Thanh tra nhân dân giám sát việc mua sắm và sử dụng tài sản công theo chương trình, kiến nghị được trả lời "
    "bằng văn bản.",
)
MOBILISING = (
    "Các mô hình đăng ký từ đầu năm được giao người phụ trách và theo dõi hằng quý; phong trào đã vận động {m} lượt "
    "người tham gia, hỗ trợ {n} gia đình gặp khó khăn do dịch bệnh.",
    "Qua bình xét, một tập thể và hai cá nhân được đề nghị biểu dương điển hình trong phong trào thi đua của Khối.",
)
UNIONS = (
    "Công đoàn phối hợp chăm lo đời sống đoàn viên, tặng quà {n} trường hợp khó khăn nhân dịp Tết; các phong trào thi "
    "đua được phát động và tổng kết đúng hạn.",
    "Cấp ủy làm việc định kỳ sáu tháng một lần với ban chấp hành các đoàn thể, cho ý kiến về chương trình hoạt động.",
)
FAULTS = (
    "Một số buổi sinh hoạt chưa thật sôi nổi, ý kiến phát biểu còn tập trung vào công việc chuyên môn.",
    "Việc tự phê bình và phê bình có lúc còn nể nang; theo dõi sau kiểm tra chưa thường xuyên.",
    "Chỉ tiêu kết nạp đảng viên mới chưa đạt do nguồn ít và thời gian giãn cách kéo dài.",
)
PLANS = (
    "Tập trung lãnh đạo hoàn thành nhiệm vụ chính trị năm {next}; cụ thể hóa nghị quyết đại hội bằng việc làm có thời "
    "hạn và người chịu trách nhiệm.",
    "Nâng chất lượng sinh hoạt chuyên đề; phấn đấu kết nạp từ 01 đến 02 đảng viên mới.",
    "Thực hiện chương trình kiểm tra, giám sát đúng tiến độ; giải quyết dứt điểm các kiến nghị sau kiểm tra.",
)
MEETING = (
    "Đồng chí chủ trì nêu mục đích, nội dung cuộc họp; các dự thảo đã gửi đến thành viên dự họp trước ba ngày.",
    "Có {n} ý kiến phát biểu, cơ bản nhất trí với dự thảo, đề nghị làm rõ nguyên nhân của hạn chế và bổ sung số liệu.",
    "Đồng chí chủ trì tiếp thu, giải trình từng ý kiến và kết luận; giao bộ phận giúp việc hoàn chỉnh văn bản.",
)
OWN_FAULTS = (
    "Việc tự học ngoại ngữ, tin học chưa đều; có lúc còn nóng vội khi xử lý công việc.",
    "Chưa mạnh dạn góp ý với đồng nghiệp; sắp xếp thời gian làm việc đôi khi chưa khoa học.",
)
OWN_MERITS = (
    "Bản thân giữ vững lập trường tư tưởng, chấp hành nghiêm chủ trương của Đảng, pháp luật của Nhà nước và quy chế "
    "của cơ quan; tham gia đầy đủ các buổi sinh hoạt.",
    "Hoàn thành các công việc được phân công đúng thời hạn, phối hợp tốt với đồng nghiệp, có {n} đề xuất cải tiến được "
    "áp dụng.",
    "Gương mẫu trong phòng, chống dịch tại nơi cư trú; giữ mối liên hệ với chi ủy nơi ở.",
)
MODELS = (
    ("Một cửa thân thiện, trả kết quả trước hẹn", "Xây dựng hệ thống chính trị"),
    ("Tủ sách dùng chung cho người lao động", "Văn hóa - xã hội"),
    ("Tiết kiệm điện, nước tại nơi làm việc", "Kinh tế"),
    ("Ngày thứ bảy giúp dân", "Văn hóa - xã hội"),
)
MONTHLY = (
    "Thông báo tình hình thời sự, các văn bản mới của cấp trên; phổ biến kế hoạch phòng, chống dịch của cơ quan.",
    "Kiểm điểm việc thực hiện nghị quyết tháng trước: {n} trên {n} nhiệm vụ đã hoàn thành, không có việc chậm hạn.",
    "Thảo luận và thống nhất nhiệm vụ tháng tới; phân công đảng viên phụ trách từng việc.",
)
CRITERIA = (
    ("I", "Lãnh đạo thực hiện nhiệm vụ chính trị", (("Hoàn thành chỉ tiêu chuyên môn", 25), ("Cải cách, đổi mới", 10))),
    ("II", "Công tác chính trị, tư tưởng", (("Học tập, quán triệt nghị quyết", 8), ("Nắm tình hình tư tưởng", 7))),
    ("III", "Công tác tổ chức, cán bộ", (("Chế độ sinh hoạt", 10), ("Phát triển đảng viên", 10), ("Cán bộ", 5))),
    ("IV", "Công tác kiểm tra, giám sát", (("Thực hiện chương trình kiểm tra", 10),)),
    ("V", "Công tác dân vận, đoàn thể", (("Quy chế dân chủ", 8), ("Phong trào thi đua", 7))),
)
INSPECTION_CRITERIA = (
    ("Ban hành chương trình kiểm tra, giám sát đúng hạn", 15),
    ("Hoàn thành các cuộc kiểm tra, giám sát theo chương trình", 25),
    ("Kiểm tra khi có dấu hiệu vi phạm (không phát sinh tính điểm tối đa)", 20),
    ("Giải quyết tố cáo, khiếu nại kỷ luật (không phát sinh tính điểm tối đa)", 15),
    ("Chế độ thông tin, báo cáo, lưu trữ hồ sơ", 15),
    ("Kiểm tra thu, nộp, sử dụng đảng phí", 10),
)
