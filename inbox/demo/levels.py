"""What a unit and its members say of themselves at the end of the year: scores, reviews, levels."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from inbox.demo import words
from inbox.demo.party import party_sheet
from inbox.demo.season import Season
from inbox.demo.sheet import Grid, Heading, Sheet, Signature

LEVELS = {
    "HTXSNV": "Hoàn thành xuất sắc nhiệm vụ",
    "HTTNV": "Hoàn thành tốt nhiệm vụ",
    "HTNV": "Hoàn thành nhiệm vụ",
}


def scores(season: Season, lost: tuple[int, ...]) -> tuple[Grid, int]:
    """The score table of the framework, with so many points lost in each of its groups, and its total."""
    rows: list[tuple[str, ...]] = [("TT", "Nội dung", "Điểm chuẩn", "Điểm tự chấm", "Ghi chú")]
    total = 0
    for (label, name, items), less in zip(words.CRITERIA, lost, strict=True):
        most = sum(points for _, points in items)
        rows.append((label, name, str(most), str(most - less), ""))
        total += most - less
        for at, (item, points) in enumerate(items, start=1):
            cut = min(less, points)
            less -= cut
            rows.append((str(at), item, str(points), str(points - cut), ""))
    rows.append(("", "Tổng cộng", "100", str(total), ""))
    return Grid(tuple(rows)), total


def score_report(season: Season, lost: tuple[int, ...] | None = None) -> Sheet:
    """Báo cáo tự chấm điểm, đề xuất mức chất lượng, with the table in it."""
    level = season.body.unit.proposed_level or "HTTNV"
    grid, total = scores(season, lost or ((2, 1, 2, 0, 1) if level == "HTXSNV" else (5, 3, 4, 1, 2)))
    body = (
        f"Thực hiện Kế hoạch số 39-KH/ĐUK, ngày 12/11/{season.year} của Ban Thường vụ Đảng ủy Khối và khung tiêu chí "
        f"đánh giá, {season.name} tự chấm điểm như sau:",
        grid,
        f"Tổng số điểm tự chấm: {total}/100 điểm.",
        f"Đề xuất mức chất lượng: {LEVELS[level]}.",
        *season.say(words.FAULTS, 1),
    )
    noun = season.body.noun.lower()
    title = (f"Tự chấm điểm, đề xuất mức chất lượng {noun} năm {season.year}",)
    return party_sheet(season, "BÁO CÁO", title, body, 6, "BC")


def level_summary(season: Season) -> Sheet:
    """Báo cáo kết quả đánh giá, xếp loại of sub-units and members."""
    first, second = season.rng.randint(2, 4), season.rng.randint(3, 9)
    if not season.body.is_committee:  # all of the cell's members, as its minutes count them
        people = len(season.body.members)
        first = min(first, people - 2)
        second = people - first
    best = 1 if first + second >= 7 else 0  # no more than a fifth of those with a good level
    rows = (
        ("TT", "Đối tượng", "Tổng số", "HTXSNV", "HTTNV", "HTNV", "KHTNV"),
        ("1", "Đảng viên giữ chức vụ", str(first), str(best), str(first - best), "0", "0"),
        ("2", "Đảng viên không giữ chức vụ", str(second), "0", str(second - 1), "1", "0"),
        ("", "Tổng cộng", str(first + second), str(best), str(first + second - best - 1), "1", "0"),
    )
    body = (
        f"{season.body.committee} báo cáo kết quả đánh giá, xếp loại chất lượng năm {season.year} như sau:",
        Grid(rows),
        "Việc xếp loại được thực hiện bằng bỏ phiếu kín, đúng quy trình và tỷ lệ quy định.",
    )
    title = (f"Kết quả đánh giá, xếp loại chất lượng tổ chức đảng, đảng viên năm {season.year}",)
    return party_sheet(season, "BÁO CÁO", title, body, 7, "BC", deputy=True)


def proposal(season: Season) -> Sheet:
    """Tờ trình đề nghị công nhận mức hoàn thành xuất sắc."""
    body = (
        f"Căn cứ kết quả thực hiện nhiệm vụ năm {season.year}, {season.body.committee} kính trình Ban Thường vụ Đảng "
        f"ủy Khối xem xét, công nhận {season.name} đạt mức Hoàn thành xuất sắc nhiệm vụ năm {season.year}.",
        *season.say(words.PARTY_WORK, 1),
        "Kính đề nghị Ban Thường vụ Đảng ủy Khối xem xét, quyết định.",
    )
    title = ("Về việc đề nghị công nhận, khen thưởng tổ chức đảng", f"hoàn thành xuất sắc nhiệm vụ năm {season.year}")
    return party_sheet(season, "TỜ TRÌNH", title, body, 4, "TTr")


def committee_review(season: Season, form_year: int = 2019) -> Sheet:
    """Báo cáo kiểm điểm tập thể on form 01; a wrong form year is one of the commonest faults."""
    who = "Ban Chấp hành Đảng bộ" if season.body.is_committee else "Chi ủy"
    body = (
        f"Căn cứ Hướng dẫn số 21-HD/BTCTW, ngày 18/10/2019 của Ban Tổ chức Trung ương, tập thể {who} kiểm điểm năm "
        f"{season.year} như sau:",
        Heading("I. Ưu điểm, kết quả đạt được"),
        *season.say(words.PARTY_WORK, 3),
        *season.say(words.INSPECTION, 1),
        Heading("II. Hạn chế, khuyết điểm và nguyên nhân"),
        *season.say(words.FAULTS, 2),
        Heading("III. Kết quả khắc phục những hạn chế đã được chỉ ra"),
        "Các nội dung tồn tại của kỳ kiểm điểm trước đã khắc phục xong.",
        Heading("IV. Phương hướng, biện pháp khắc phục"),
        *season.say(words.PLANS, 2),
        "V. Tự nhận mức xếp loại chất lượng: Hoàn thành tốt nhiệm vụ.",
    )
    title = (f"Tập thể {who} năm {season.year}",)
    sheet = party_sheet(season, "BÁO CÁO KIỂM ĐIỂM", title, body, 9, "BC")
    return replace(sheet, form=f"Mẫu 01-HD KĐ.ĐG {form_year}")


def own_review(season: Season, member: str, form_year: int = 2019) -> Sheet:
    """Bản kiểm điểm cá nhân of one member on form 02."""
    born = date(season.rng.randint(1966, 1994), season.rng.randint(1, 12), season.rng.randint(1, 28))
    body = (
        f"Họ và tên: {member}        Ngày sinh: {born:%d/%m/%Y}",
        f"Đơn vị công tác: {season.body.host_name}        Sinh hoạt tại: {season.name}",
        "Chức vụ Đảng: Đảng viên",
        Heading("I. Ưu điểm, kết quả đạt được"),
        *season.say(words.OWN_MERITS),
        Heading("II. Hạn chế, khuyết điểm và nguyên nhân"),
        *season.say(words.OWN_FAULTS, 1),
        Heading("III. Phương hướng, biện pháp khắc phục"),
        *season.say(words.PLANS, 1),
        Heading("IV. Tự nhận mức xếp loại chất lượng"),
        "Xếp loại đảng viên: Hoàn thành tốt nhiệm vụ.",
    )
    return Sheet(
        superior=season.body.superior,
        issuer=season.body.issuer,
        kind="BẢN KIỂM ĐIỂM CÁ NHÂN",
        title=(f"Năm {season.year}",),
        body=body,
        signatures=(Signature(("NGƯỜI TỰ KIỂM ĐIỂM",), member),),
        year=season.year,
        day=season.day(12),
        form=f"Mẫu 02-HD KĐ.ĐG {form_year}",
    )
