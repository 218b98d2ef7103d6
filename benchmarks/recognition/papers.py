"""A paper in its parts, with the truth about it; how the parts are laid out on a page is said in `layouts`."""

# ruff: noqa: E501 (what is printed stands on one line)

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import held_out as wordings_held_out
import people
from wordings import MEMBER, MINUTES, TABLE, Sort

PROSE = (
    "Công tác chính trị, tư tưởng được quan tâm; 100% đảng viên tham gia học tập các chuyên đề, viết thu hoạch đúng hạn.",
    "Đã chỉ đạo chính quyền và các đoàn thể phối hợp tốt trong phòng, chống dịch, bảo đảm đời sống cho người lao động.",
    "Một số nội dung triển khai còn chậm so với tiến độ; việc kiểm tra, đôn đốc có lúc chưa thường xuyên.",
    "Nguyên nhân chủ quan là do một vài đồng chí chưa chủ động sắp xếp công việc, ngại va chạm, nể nang.",
    "Kinh phí sử dụng tiết kiệm, đúng mục đích; công khai tài chính theo quy định.",
    "Thời gian tới tiếp tục đổi mới phương thức lãnh đạo, phân công cấp ủy viên phụ trách từng lĩnh vực.",
    "Phối hợp với các phòng chuyên môn tổ chức tốt các ngày lễ lớn trong năm; thăm hỏi gia đình chính sách.",
    "Tỷ lệ hoàn thành công việc được giao đạt 98,5%, trong đó 27 nhiệm vụ hoàn thành trước hạn.",
)
_MOTTOS = {
    "party": ("ĐẢNG CỘNG SẢN VIỆT NAM",),
    "state": ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
    "youth": ("ĐOÀN TNCS HỒ CHÍ MINH",),
}
_LEVELS = ("Hoàn thành tốt nhiệm vụ", "Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành nhiệm vụ")


@dataclass(frozen=True, slots=True)
class Truth:
    """What must be read off: None = nothing; `kinds` and `signers` mean any of them; `year` None = not looked at."""

    kinds: tuple[str, ...]
    number: str | None
    code: str | None
    day: str | None
    issuer: str | None
    signers: tuple[str, ...]
    year: int | None


@dataclass(slots=True)
class Paper:
    """The parts of a paper, each as lines."""

    truth: Truth
    superior: list[str] = field(default_factory=list)
    issuer: list[str] = field(default_factory=list)
    number: str = ""
    motto: list[str] = field(default_factory=list)
    dateline: str = ""
    form: str = ""
    printed: str = ""
    title: str = ""
    body: list[str] = field(default_factory=list)
    table: list[list[str]] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    right: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


def make(
    sort: Sort, rng: Random, *, held_out: bool = False, state_form: bool = False, bare_head: bool = False
) -> Paper:
    """A paper of a sort, worded as those that one may tune on or as those that are held out. `state_form`: head and order
    of a number as in state papers; `bare_head`: no head at all."""
    of = people.body(rng, wordings_held_out.HOSTS if held_out else people.HOSTS)
    org = people.mass(of, rng) if sort.mass else None
    year = 2021 if rng.random() < 0.8 else rng.choice((2020, 2022))
    month = rng.randint(1, 12)
    day = _day(sort, year, month, rng)
    words = _words(sort, of, org, year, month, day, rng)
    titles = wordings_held_out.TITLES[sort.kind] if held_out else sort.titles
    printed, _, title = rng.choice(titles).format(**words).rpartition("|")
    said = "{Y}" in "".join(titles) and str(year) in title
    number, code, printed_number = _number(sort, of, org, state_form, rng)
    paper = Paper(
        Truth((sort.kind, *sort.also), number, code, None, None, (), year if said else None),
        title=title,
        printed=printed or rng.choice(sort.printed),
    )  # fmt: skip
    told_at_head = not bare_head and not (sort.manner == MINUTES and rng.random() < 0.4)
    if not bare_head:
        _head(paper, sort, of, org, state_form, printed_number, rng)
    if told_at_head:
        paper.dateline = _dateline(day, rng)
    _body(paper, sort, of, words, rng)
    signers = _sign(paper, sort, of, org, words, rng)
    meeting_day = sort.manner == MINUTES and any(words["held"] in line for line in paper.body)
    dated = told_at_head or meeting_day
    issuer = None if bare_head else " ".join(paper.issuer)
    paper.truth = Truth(
        paper.truth.kinds,
        None if bare_head else number,
        None if bare_head else code,
        day.isoformat() if dated else None,
        issuer,
        signers,
        paper.truth.year,
    )
    return paper


def _day(sort: Sort, year: int, month: int, rng: Random) -> date:
    if sort.dated == "month":
        return date(year, month, rng.randint(3, calendar.monthrange(year, month)[1]))
    if sort.dated == "start":
        return date(year, 1, 5) + timedelta(rng.randint(0, 70))
    if sort.dated == "half":
        return date(year, 6, 5) + timedelta(rng.randint(0, 140))
    if sort.dated == "any":
        return date(year, 2, 1) + timedelta(rng.randint(0, 300))
    return date(year, 11, 25) + timedelta(rng.randint(0, 52))


def _words(
    sort: Sort, of: people.Body, org: people.Mass | None, year: int, month: int, day: date, rng: Random
) -> dict[str, str]:
    held = rng.choice(
        (f"{day:%d/%m/%Y}", f"{day.day:02} tháng {day.month:02} năm {day.year}", f"{day.day}/{day.month}/{day.year}")
    )
    who = org.name if org else rng.choice((of.cuy, of.bch)) if "cap-uy" in sort.kind else of.unit
    return {
        "Y": str(year), "N": str(year + 1), "M": rng.choice((f"{month:02}", f"{month}")), "unit": of.unit, "org": of.org,
        "cuy": of.cuy, "bch": of.bch, "host": of.host, "mass": org.name if org else "", "who": who,
        "other": people.person(rng), "held": held, "chair": people.person(rng), "secretary": people.person(rng),
    }  # fmt: skip


def _dateline(day: date, rng: Random) -> str:
    place = rng.choice(people.PLACES)
    style = rng.random()
    month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
    if style < 0.85:
        return f"{place}, ngày {day.day:02} tháng {month} năm {day.year}"
    return f"{place}, ngày {day:%d/%m/%Y}"


def _number(
    sort: Sort, of: people.Body, org: people.Mass | None, state: bool, rng: Random
) -> tuple[str | None, str | None, str]:
    if not sort.code or rng.random() < (0.6 if sort.manner == MINUTES else 0.04):
        return None, None, ""
    short = org.short if org else of.short
    if rng.random() < 0.05:
        return None, None, f"Số:      -{sort.code}/{short}"
    digits = rng.randint(1, 480)
    number = f"{digits:02}" if rng.random() < 0.8 else f"{digits}"
    if org or state:
        return str(digits), f"{digits}{sort.code}{short}", f"Số: {number}/{sort.code}-{short}"
    form = rng.choice(
        (
            "Số {n}-{k}/{o}",
            "Số: {n}-{k}/{o}",
            "Số {n} - {k}/{o}",
            "Số:{n}-{k}/{o}",
            "Số {n} -{k}/ {o}",
            "Số: {n}/{k}-{o}",
            "Số: {n} {k}/{o}",
        )
    )
    return str(digits), f"{digits}{sort.code}{short}", form.format(n=number, k=sort.code, o=short)


def _head(
    paper: Paper, sort: Sort, of: people.Body, org: people.Mass | None, state: bool, number: str, rng: Random
) -> None:
    inspectors = of.org == "Đảng bộ" and "ktgs" in sort.kind and rng.random() < 0.3
    if org:
        paper.superior, paper.issuer = org.superior.split("\n"), org.issuer.split("\n")
    elif inspectors:
        paper.superior, paper.issuer = [f"ĐẢNG ỦY {of.host.upper()}"], ["ỦY BAN KIỂM TRA"]
    else:
        paper.superior, paper.issuer = of.superior.split("\n"), of.issuer.split("\n")
    paper.motto = list(_MOTTOS["state" if state and not org else org.motto if org else "party"])
    paper.number = number
    if sort.form and rng.random() < 0.6:
        paper.form = f"Mẫu {sort.form}-HD KĐ.ĐG 2019"


def _body(paper: Paper, sort: Sort, of: people.Body, words: dict[str, str], rng: Random) -> None:
    if sort.manner == MEMBER:
        paper.body.append(
            f"Họ và tên: {words['other']}{rng.choice((' ', '        ', chr(9)))}"
            f"Ngày sinh: {rng.randint(1, 28)}/{rng.randint(1, 12)}/19{rng.randint(65, 95)}"
        )
        paper.body.append(f"Đơn vị công tác: {of.host}")
        paper.body.append(f"Chi bộ: {of.host}")
    if sort.openings:
        paper.body.append(rng.choice(sort.openings).format(**words))
    if sort.manner == MINUTES and sort.kind != "bien-ban-kiem-phieu":
        paper.body.append(f"Chủ trì: Đồng chí {words['chair']}; Thư ký: Đồng chí {words['secretary']}.")
    paper.body += rng.sample(PROSE, rng.randint(2, 4))
    if sort.kind in ("bang-tu-cham-diem", "bang-tu-cham-diem-ktgs", "bieu-sinh-hoat"):
        paper.body = []
        paper.table = [["TT", "Nội dung", "Điểm chuẩn", "Điểm tự chấm", "Ghi chú"]]
        paper.table += [
            [str(at), f"Nội dung tiêu chí {text}", "25", str(rng.randint(20, 25)), ""]
            for at, text in enumerate(("về tổ chức", "về chuyên môn", "về nền nếp", "về hồ sơ"), 1)
        ]
        paper.table.append(["", "Tổng cộng", "100", str(rng.randint(80, 98)), ""])
    elif sort.kind in ("danh-sach", "dang-ky-dan-van-kheo"):
        paper.body = []
        head = (
            ["TT", "Họ và tên", "Đơn vị"]
            if sort.kind == "danh-sach"
            else ["TT", "Tên mô hình", "Lĩnh vực", "Người phụ trách"]
        )
        paper.table = [
            head,
            *[
                [str(at), *[rng.choice(("Phòng Một", "Cải tiến quy trình", "Văn hóa - xã hội"))] * (len(head) - 1)]
                for at in range(1, 4)
            ],
        ]
    if sort.kind == "kiem-diem-ca-nhan":
        paper.body.append(f"Tự xếp loại: {rng.choice(_LEVELS)}.")


def _sign(
    paper: Paper, sort: Sort, of: people.Body, org: people.Mass | None, words: dict[str, str], rng: Random
) -> tuple[str, ...]:
    head, name = words["chair"], people.signed(words["chair"], rng)
    signed = rng.choice(([], [], [], [], ["(Đã ký)"], ["(ký, ghi rõ họ tên)"], ["(Ký tên, đóng dấu)"]))
    leader = (
        ["CHỦ NHIỆM"]
        if "ỦY BAN KIỂM TRA" in paper.issuer
        else rng.choice((["BÍ THƯ"], ["BÍ THƯ"], ["PHÓ BÍ THƯ"], ["PHÓ BÍ THƯ THƯỜNG TRỰC"]))
    )
    of_whom = (
        "ỦY BAN KIỂM TRA"
        if leader == ["CHỦ NHIỆM"]
        else rng.choice((of.org.upper(), of.cuy.upper(), "BAN CHẤP HÀNH", of.cuy.upper()))
    )
    authority = [f"{rng.choice(('T/M', 'T/M', 'T/M', 'TM.'))} {of_whom}"]
    if sort.manner == MINUTES:
        return _sign_minutes(paper, sort, org, words, signed, rng)
    if sort.manner == MEMBER and sort.kind != "nhan-xet-noi-cu-tru":
        role = (
            "NGƯỜI CAM KẾT"
            if sort.kind == "cam-ket"
            else rng.choice(
                ("NGƯỜI TỰ KIỂM ĐIỂM", "NGƯỜI VIẾT BẢN KIỂM ĐIỂM", "NGƯỜI KIỂM ĐIỂM", "NGƯỜI VIẾT KIỂM ĐIỂM")
            )
        )
        paper.right = [role, *signed, "", words["other"]]
        if rng.random() < 0.4 and sort.kind != "cam-ket":
            paper.after = [
                "NHẬN XÉT CỦA CHI BỘ",
                "Đồng chí luôn gương mẫu, hoàn thành tốt công việc.",
                *authority,
                *leader,
                "",
                words["chair"],
            ]
        return (words["other"],)
    paper.right = [*authority, *leader, *signed, "", "", name]
    if sort.manner == TABLE:
        if rng.random() < 0.4:
            paper.left = ["NGƯỜI LẬP BIỂU", "", "", words["secretary"]]
    else:
        paper.recipients = [
            "Nơi nhận:",
            rng.choice(("- Đảng ủy Khối (b/c),", "- Ban Tổ chức Đảng ủy Khối,", "- Như trên,")),
            rng.choice(("- Các đồng chí cấp ủy viên,", "- Đoàn kiểm tra số 2,")),
            rng.choice(("- Lưu Văn phòng.", "- Lưu chi bộ.", "- Lưu VT.")),
        ]
    return (head,)


def _sign_minutes(
    paper: Paper, sort: Sort, org: people.Mass | None, words: dict[str, str], signed: list[str], rng: Random
) -> tuple[str, ...]:
    if sort.kind == "bien-ban-kiem-phieu":
        paper.left = [rng.choice(("THƯ KÝ", "NGƯỜI GHI BIÊN BẢN")), *signed, "", words["secretary"]]
        paper.right = [
            rng.choice(("TM. TỔ KIỂM PHIẾU", "T/M BAN KIỂM PHIẾU", "T/M TỔ KIỂM PHIẾU")),
            rng.choice(("TỔ TRƯỞNG", "TRƯỞNG BAN")),
            *signed,
            "",
            words["chair"],
        ]
    else:
        paper.left = [
            rng.choice(("THƯ KÝ", "NGƯỜI GHI BIÊN BẢN", "THƯ KÝ HỘI NGHỊ", "NGƯỜI GHI")),
            *signed,
            "",
            words["secretary"],
        ]
        chair = ["CHỦ TRÌ", "CHỦ TỌA", "CHỦ TRÌ HỘI NGHỊ", "CHỦ TRÌ CUỘC HỌP"]
        paper.right = [
            rng.choice((*chair, f"TM. BAN CHẤP HÀNH\n{org.role}" if org else "T/M CHI ỦY\nBÍ THƯ")),
            *signed,
            "",
            words["chair"],
        ]
        paper.right = [line for part in paper.right for line in part.split("\n")]
    return words["chair"], words["secretary"]
