"""The yearly reports of a party organisation, and what its committee resolves on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from inbox.demo import words
from inbox.demo.party import party_sheet
from inbox.demo.season import Season
from inbox.demo.sheet import Grid, Heading, Sheet


def year_report(season: Season) -> Sheet:
    """Báo cáo tổng kết năm."""
    year, host = season.year, season.body.unit.host or "state"
    body = (
        *season.say(words.OPENING),
        Heading("Phần thứ nhất"),
        Heading(f"KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM {year}"),
        Heading("I. Lãnh đạo thực hiện nhiệm vụ chính trị"),
        *season.say(words.TASKS[host]),
        Heading("II. Công tác xây dựng Đảng"),
        *season.say(words.PARTY_WORK, 4),
        Heading("III. Công tác kiểm tra, giám sát"),
        *season.say(words.INSPECTION, 2),
        Heading("IV. Lãnh đạo công tác dân vận và các đoàn thể"),
        *season.say(words.UNIONS),
        Heading("V. Hạn chế, nguyên nhân"),
        *season.say(words.FAULTS, 2),
        Heading("Phần thứ hai"),
        Heading(f"PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM {year + 1}"),
        *season.say(words.PLANS),
        f"Trên đây là báo cáo tổng kết công tác năm {year} của {season.name}.",
    )
    title = (f"Tổng kết công tác năm {year},", f"phương hướng, nhiệm vụ năm {year + 1}")
    return party_sheet(season, "BÁO CÁO", title, body, 6, "BC")


def resolution(season: Season) -> Sheet:
    """Nghị quyết of the committee that passes both reports."""
    year, committee = season.year, season.body.committee
    body = (
        f"{committee} đã họp, nghe trình bày Báo cáo tổng kết công tác năm {year} và Báo cáo tự chấm điểm, đề xuất mức "
        f"chất lượng năm {year} của {season.name}; sau khi thảo luận,",
        Heading("QUYẾT NGHỊ"),
        f"1. Thông qua Báo cáo tổng kết công tác năm {year} và Báo cáo tự chấm điểm, đề xuất mức chất lượng.",
        "2. Giao Thường trực cấp ủy tiếp thu ý kiến, hoàn chỉnh hai báo cáo, gửi Đoàn Kiểm tra đúng hạn.",
        *season.say(words.PLANS, 1),
    )
    title = (f"Hội nghị {committee} thông qua báo cáo tổng kết", f"và báo cáo tự chấm điểm năm {year}")
    return party_sheet(season, "NGHỊ QUYẾT", title, body, 5, "NQ")


def democracy_report(season: Season) -> Sheet:
    """Báo cáo thực hiện Quy chế dân chủ ở cơ sở."""
    body = (
        *season.say(words.OPENING, 1),
        Heading("I. Công tác lãnh đạo, chỉ đạo"),
        *season.say(words.UNIONS, 1),
        Heading("II. Kết quả thực hiện Quy chế dân chủ"),
        *season.say(words.DEMOCRACY),
        Heading("III. Hạn chế và nhiệm vụ"),
        *season.say(words.FAULTS, 1),
    )
    title = (f"Kết quả thực hiện Quy chế dân chủ ở cơ sở năm {season.year}",)
    return party_sheet(season, "BÁO CÁO", title, body, 10, "BC", deputy=True)


def mobilising_report(season: Season) -> Sheet:
    """Báo cáo phong trào "Dân vận khéo"."""
    body = (
        *season.say(words.OPENING, 1),
        Heading("1. Kết quả thực hiện các mô hình"),
        *season.say(words.MOBILISING),
        Heading("2. Khó khăn"),
        *season.say(words.FAULTS, 1),
        Heading("3. Nhiệm vụ thời gian tới"),
        *season.say(words.PLANS, 1),
    )
    title = (f'Kết quả phong trào thi đua "Dân vận khéo" năm {season.year}',)
    return party_sheet(season, "BÁO CÁO", title, body, 10, "BC")


def combined_report(season: Season) -> Sheet:
    """One report on Quy chế dân chủ and "Dân vận khéo" together."""
    body = (
        *season.say(words.OPENING, 1),
        Heading("I. Kết quả thực hiện Quy chế dân chủ ở cơ sở"),
        *season.say(words.DEMOCRACY),
        Heading('II. Kết quả phong trào thi đua "Dân vận khéo"'),
        *season.say(words.MOBILISING),
        Heading("III. Hạn chế và nhiệm vụ"),
        *season.say(words.FAULTS, 1),
    )
    title = ("Kết quả thực hiện Quy chế dân chủ ở cơ sở", f'và phong trào thi đua "Dân vận khéo" năm {season.year}')
    return party_sheet(season, "BÁO CÁO", title, body, 10, "BC", deputy=True)


def model_registration(season: Season) -> Sheet:
    """Bản đăng ký mô hình "Dân vận khéo", from the spring of the year."""
    unit = season.body
    chosen = season.rng.sample(words.MODELS, 2)
    rows = [("TT", "Tên mô hình", "Lĩnh vực", "Người phụ trách")]
    rows += [
        (str(at), name, area, who)
        for at, ((name, area), who) in enumerate(zip(chosen, (unit.deputy, unit.clerk), strict=True), start=1)
    ]
    body = (
        f'{season.name} đăng ký xây dựng mô hình "Dân vận khéo" năm {season.year} như sau:',
        Grid(tuple(rows)),
        "Thời gian thực hiện: từ tháng 3 đến hết tháng 11.",
    )
    sheet = party_sheet(season, "BẢN ĐĂNG KÝ", (f'Mô hình "Dân vận khéo" năm {season.year}',), body, 10)
    return replace(sheet, day=date(season.year, 3, 9 + season.rng.randint(0, 3)))
