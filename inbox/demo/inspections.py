"""Papers of inspection and supervision (kiểm tra, giám sát)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from inbox.demo import words
from inbox.demo.party import party_sheet
from inbox.demo.season import Season
from inbox.demo.sheet import Grid, Heading, Sheet, Signature


def inspection_report(season: Season) -> Sheet:
    """Báo cáo tổng kết công tác kiểm tra, giám sát năm."""
    return _inspection(season, (f"Tổng kết công tác kiểm tra, giám sát năm {season.year}",), 8)


def half_year_inspection_report(season: Season) -> Sheet:
    """The report on the first half of the year, which is not the one asked for."""
    title = ("Kết quả công tác kiểm tra, giám sát", f"6 tháng đầu năm {season.year}")
    return replace(_inspection(season, title, 8), day=date(season.year, 6, 25))


def _inspection(season: Season, title: tuple[str, ...], before: int) -> Sheet:
    done = season.rng.randint(1, 3)
    rows = (
        ("TT", "Nội dung", "Kế hoạch", "Thực hiện"),
        ("1", "Kiểm tra chuyên đề", str(done), str(done)),
        ("2", "Giám sát chuyên đề", "1", "1"),
    )
    body = (
        *season.say(words.OPENING, 1),
        Heading("I. Kết quả"),
        *season.say(words.INSPECTION),
        Grid(rows),
        Heading("II. Hạn chế"),
        *season.say(words.FAULTS, 1),
        Heading("III. Nhiệm vụ"),
        *season.say(words.PLANS, 1),
    )
    return party_sheet(season, "BÁO CÁO", title, body, before, "BC", deputy=True)


def inspection_scores(season: Season) -> Sheet:
    """Bảng tự chấm điểm thi đua công tác kiểm tra, giám sát."""
    rows: list[tuple[str, ...]] = [("TT", "Nội dung", "Điểm chuẩn", "Tự chấm", "Ghi chú")]
    total = 0
    for at, (item, most) in enumerate(words.INSPECTION_CRITERIA, start=1):
        own = most - season.rng.randint(0, 2)
        total += own
        rows.append((str(at), item, str(most), str(own), ""))
    rows.append(("", "Tổng cộng", "100", str(total), ""))
    title = (f"Thi đua thực hiện công tác kiểm tra, giám sát năm {season.year}",)
    body = (Grid(tuple(rows)), f"Tổng điểm tự chấm: {total} điểm.")
    return party_sheet(season, "BẢNG TỰ CHẤM ĐIỂM", title, body, 8)


def inspection_programme(season: Season) -> Sheet:
    """Chương trình kiểm tra, giám sát of the year, from its January."""
    rows = (
        ("TT", "Đối tượng", "Nội dung", "Thời gian"),
        ("1", "Đảng viên là cán bộ quản lý", "Chấp hành quy chế làm việc", "Quý II"),
        ("2", "Bộ phận tài vụ", "Thu, nộp, sử dụng đảng phí", "Quý III"),
    )
    body = (
        Heading("I. Mục đích, yêu cầu"),
        "Chủ động phòng ngừa, kịp thời chấn chỉnh thiếu sót; bảo đảm công khai, dân chủ, chặt chẽ.",
        Heading("II. Nội dung"),
        Grid(rows),
        Heading("III. Tổ chức thực hiện"),
        *season.say(words.INSPECTION, 1),
    )
    sheet = party_sheet(season, "CHƯƠNG TRÌNH", (f"Công tác kiểm tra, giám sát năm {season.year}",), body, 8, "CTr")
    return replace(sheet, day=date(season.year, 1, 18 + season.rng.randint(0, 3)))


def inspection_conclusion(season: Season) -> Sheet:
    """Thông báo kết luận of an inspection by the unit's Ủy ban Kiểm tra."""
    below = f"Tổ đảng {season.rng.choice(('Hành chính', 'Tài vụ', 'Đào tạo'))}"
    body = (
        f"Thực hiện chương trình kiểm tra, giám sát năm {season.year}, Ủy ban Kiểm tra Đảng ủy đã kiểm tra {below} và "
        "thông báo kết luận như sau:",
        Heading("1. Ưu điểm"),
        *season.say(words.INSPECTION, 1),
        Heading("2. Khuyết điểm, thiếu sót"),
        *season.say(words.FAULTS, 1),
        Heading("3. Yêu cầu"),
        "Khắc phục các thiếu sót trong thời hạn ba mươi ngày và báo cáo Ủy ban Kiểm tra.",
    )
    unit = season.body
    return Sheet(
        superior=unit.issuer,
        issuer="ỦY BAN KIỂM TRA",
        kind="THÔNG BÁO",
        title=(f"Kết luận kiểm tra đối với {below}",),
        body=body,
        signatures=(Signature(("T/M ỦY BAN KIỂM TRA", "CHỦ NHIỆM"), unit.members[3]),),
        year=season.year,
        day=date(season.year, 9, 20 + season.rng.randint(0, 4)),
        number=season.number("TB", "UBKT"),
        recipients=(f"- {below},", "- Thường trực Đảng ủy (báo cáo),", "- Lưu Ủy ban Kiểm tra."),
    )
