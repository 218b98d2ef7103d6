"""Minutes: of the committee, of the mass organisations, of the yearly review, of the ballot, of each month."""

from __future__ import annotations

from datetime import date

from inbox.demo import words
from inbox.demo.season import Season
from inbox.demo.sheet import Block, Head, Heading, Sheet, Signature


def _minutes(season: Season, title: tuple[str, ...], body: tuple[Block, ...], day: date, purpose: str) -> Sheet:
    unit = season.body
    people = len(unit.members)
    return Sheet(
        superior=unit.superior,
        issuer=unit.issuer,
        kind="BIÊN BẢN",
        title=title,
        body=(
            f"Hôm nay, hồi 14 giờ 00, ngày {day:%d/%m/%Y}, tại phòng họp, {season.name} {purpose}.",
            Heading("I. Thành phần"),
            f"Tổng số: {people} đồng chí; có mặt: {people} đồng chí; vắng mặt: 0 đồng chí.",
            f"Chủ trì: Đồng chí {unit.secretary}.",
            f"Thư ký: Đồng chí {unit.clerk}.",
            Heading("II. Nội dung"),
            *body,
            "Biên bản đã đọc lại cho mọi người cùng nghe và nhất trí thông qua.",
        ),
        signatures=(Signature(("NGƯỜI GHI BIÊN BẢN",), unit.clerk), Signature(("CHỦ TRÌ",), unit.secretary)),
        year=season.year,
        day=day,
    )


def committee_minutes(season: Season) -> Sheet:
    """The committee passes the yearly report and the self-scoring."""
    year, committee = season.year, season.body.committee
    body = (
        *season.say(words.MEETING),
        f"Kết luận: Hội nghị nhất trí 100% thông qua Báo cáo tổng kết năm {year} và Báo cáo tự chấm điểm, đề xuất mức "
        f"chất lượng năm {year}.",
    )
    title = (
        f"Họp {committee} thông qua báo cáo tổng kết năm {year}",
        "và báo cáo tự chấm điểm, đề xuất mức chất lượng",
    )
    return _minutes(season, title, body, season.day(7), f"họp {committee} để thông qua các báo cáo cuối năm")


def review_minutes(season: Season) -> Sheet:
    """The yearly meeting at which all are reviewed and rated."""
    body = (
        *season.say(words.MEETING, 2),
        "Tập thể và từng cá nhân lần lượt trình bày bản tự kiểm điểm; hội nghị góp ý, bỏ phiếu kín xếp loại chất lượng "
        f"năm {season.year}.",
        "Kết quả: 100% số phiếu đồng ý mức Hoàn thành tốt nhiệm vụ trở lên.",
    )
    noun = season.body.noun.lower()
    title = (f"Họp kiểm điểm, đánh giá, xếp loại chất lượng {noun}, đảng viên năm {season.year}",)
    return _minutes(season, title, body, season.day(11), "họp kiểm điểm, đánh giá, xếp loại chất lượng cuối năm")


def ballot_minutes(season: Season) -> Sheet:
    """The count of a secret ballot."""
    people, noun = len(season.body.members), season.body.noun.lower()
    body = (
        f"Ban Kiểm phiếu gồm ba đồng chí; số phiếu phát ra: {people} phiếu; số phiếu thu về: {people} phiếu; số phiếu "
        f"hợp lệ: {people} phiếu.",
        f"Kết quả: {people}/{people} phiếu đề nghị xếp loại {noun} hoàn thành tốt nhiệm vụ trở lên.",
        "Phiếu được niêm phong, bảo mật và lưu theo quy định.",
    )
    title = (f"Kiểm phiếu đánh giá, xếp loại chất lượng {noun} năm {season.year}",)
    return _minutes(season, title, body, season.day(11), "tiến hành bỏ phiếu kín và kiểm phiếu")


def monthly_minutes(season: Season, month: int) -> Sheet:
    """The meeting of one month."""
    day = date(season.year, month, 3 + season.rng.randint(0, 3))
    title = (f"Sinh hoạt chi bộ tháng {month} năm {season.year}",)
    return _minutes(season, title, season.say(words.MONTHLY), day, f"họp sinh hoạt thường kỳ tháng {month}")


# What each mass organisation prints: superior, name in its head, head, letters of its code, title of its head.
_ORGS = {
    "cong-doan": ("CÔNG ĐOÀN VIÊN CHỨC TỈNH", "CÔNG ĐOÀN", Head.STATE, "CĐ", "Chủ tịch"),
    "doan-thanh-nien": ("ĐOÀN KHỐI CÁC CƠ QUAN TỈNH", "BCH ĐOÀN THANH NIÊN", Head.YOUTH, "", "Bí thư"),
    "phu-nu": ("HỘI LIÊN HIỆP PHỤ NỮ TỈNH", "HỘI PHỤ NỮ", Head.STATE, "", "Chủ tịch"),
    "cuu-chien-binh": ("HỘI CỰU CHIẾN BINH KHỐI", "HỘI CỰU CHIẾN BINH", Head.STATE, "", "Chủ tịch"),
}


def mass_org_minutes(season: Season, org: str) -> Sheet:
    """The committee of a mass organisation passes the reports of the party organisation."""
    superior, issuer, head, code, post = _ORGS[org]
    chair, scribe = season.body.heads[org]
    name = next(mass_org.name for mass_org in season.body.unit.mass_orgs if mass_org.id == org)
    day = season.day(8)
    noun, host = season.body.noun, season.body.host_name
    body = (
        f"Hôm nay, ngày {day:%d/%m/%Y}, Ban Chấp hành {name} {host} họp góp ý, thông qua Báo cáo tổng kết "
        f"năm {season.year} và Báo cáo tự chấm điểm, đề xuất mức chất lượng của {season.name}.",
        "Thành phần: 05/05 ủy viên Ban Chấp hành có mặt.",
        f"Chủ trì: đồng chí {chair}, {post}; thư ký: đồng chí {scribe}.",
        *season.say(words.MEETING, 2),
        f"Ban Chấp hành {name} nhất trí thông qua các báo cáo nêu trên.",
    )
    return Sheet(
        superior=superior,
        issuer=f"{issuer} {host.upper()}",
        kind="BIÊN BẢN",
        title=(f"Họp Ban Chấp hành {name} thông qua báo cáo tổng kết", f"và tự chấm điểm của {noun} năm {season.year}"),
        body=body,
        signatures=(Signature(("THƯ KÝ",), scribe), Signature(("CHỦ TRÌ",), chair)),
        year=season.year,
        day=day,
        number=f"Số: {season.rng.randint(3, 19):02}/BB-{code}" if code else "",
        head=head,
    )
