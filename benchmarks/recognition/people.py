"""Invented people, places and bodies: whose papers they are."""

# ruff: noqa: E501 (what is printed stands on one line)

from __future__ import annotations

from dataclasses import dataclass
from random import Random

_SURNAMES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Trịnh",
    "Mai",
    "Đinh",
    "Lương",
    "Tô",
    "Cao",
    "Hà",
    "Chu",
    "Thái",
    "Nông",
    "Vi",
]
_MALE = [
    "Văn Hùng",
    "Đức Thịnh",
    "Minh Quân",
    "Quang Huy",
    "Hữu Nghĩa",
    "Thanh Tùng",
    "Xuân Trường",
    "Trọng Tấn",
    "Bá Khánh",
    "Công Lý",
    "Tiến Dũng",
    "Viết Sơn",
    "Quốc Khánh",
    "Anh Tuấn",
    "Hải",
    "Khắc Điệp",
    "Đình Thi",
    "Ngọc Ẩn",
]
_FEMALE = [
    "Thị Hồng Nhung",
    "Thị Lan",
    "Thu Hà",
    "Thị Kim Oanh",
    "Bích Phượng",
    "Ngọc Ánh",
    "Thị Thúy Hằng",
    "Thị Mỹ Lệ",
    "Diệu Linh",
    "Thị Quý",
    "Thị Út",
    "Hương Giang",
    "Thị Thanh Thủy",
    "Khánh Hòa",
]
_TITLES = ("ThS. ", "TS. ", "BSCKI. ", "Ths. ", "PGS.TS. ")
PLACES = (
    "Hà Giang",
    "Phú Lâm",
    "TP. Hòa Bình",
    "Tân An",
    "Long Xuyên",
    "Đông Hà",
    "Bắc Kạn",
    "Buôn Ma Thuột",
    "Quảng Ngãi",
    "Vị Thanh",
)
KHOI = (
    "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH", "ĐẢNG ỦY KHỐI CƠ QUAN VÀ DOANH NGHIỆP TỈNH", "ĐẢNG BỘ KHỐI CÁC CƠ QUAN TỈNH",
    "ĐẢNG ỦY KHỐI DOANH NGHIỆP TỈNH", "ĐẢNG ỦY KHỐI CÁC CƠ QUAN\nVÀ DOANH NGHIỆP TỈNH",
)  # fmt: skip
HOSTS = [
    "Sở Nội vụ",
    "Sở Tài chính",
    "Sở Khoa học và Công nghệ",
    "Thanh tra tỉnh",
    "Chi cục Thủy lợi",
    "Ban Quản lý Khu kinh tế",
    "Văn phòng UBND tỉnh",
    "Sở Nông nghiệp và Phát triển nông thôn",
    "Cục Thống kê tỉnh",
    "Kho bạc Nhà nước tỉnh",
    "Trường THPT Chuyên",
    "Bệnh viện Đa khoa tỉnh",
    "Trung tâm Kiểm soát bệnh tật",
    "Trường Chính trị tỉnh",
    "Đài Phát thanh và Truyền hình",
    "Công ty Cổ phần Cấp thoát nước",
    "Công ty TNHH MTV Xổ số kiến thiết",
    "Công ty Điện lực",
    "Ngân hàng Chính sách xã hội tỉnh",
    "Báo Sông Hương",
    "Hội Nông dân tỉnh",
    "Bảo hiểm xã hội tỉnh",
]
_PARTS = [
    "Văn phòng",
    "Phòng Tổ chức - Hành chính",
    "Phòng Kế hoạch - Tài chính",
    "Khoa Ngoại tổng hợp",
    "Phòng Nghiệp vụ 2",
    "Khối Hành chính",
    "Xí nghiệp 1",
    "Thanh tra",
]


def person(rng: Random) -> str:
    """A name as in running text."""
    return f"{rng.choice(_SURNAMES)} {rng.choice(rng.choice((_MALE, _FEMALE)))}"


def signed(name: str, rng: Random) -> str:
    """A name as it stands below a signature: now and then in capitals, or with an academic title."""
    if rng.random() < 0.12:
        return name.upper()
    return rng.choice(_TITLES) + name if rng.random() < 0.12 else name


@dataclass(frozen=True, slots=True)
class Body:
    """A party organisation: `org` "Chi bộ" or "Đảng bộ", its committee `cuy`, its host body, the lines of its head."""

    org: str
    cuy: str
    bch: str
    host: str
    superior: str
    issuer: str
    short: str

    @property
    def unit(self) -> str:
        """The name as in a sentence."""
        return f"{self.org} {self.host}"


def body(rng: Random, hosts: list[str]) -> Body:
    """A chi bộ cơ sở, a đảng bộ cơ sở or a chi bộ below one, of one of these host bodies."""
    host, khoi = rng.choice(hosts), rng.choice(KHOI)
    form = rng.random()
    if form < 0.4:
        issuer = rng.choice((f"CHI BỘ {host.upper()}", f"CHI BỘ\n{host.upper()}", f"CHI BỘ CƠ SỞ {host.upper()}"))
        return Body("Chi bộ", "Chi ủy", rng.choice(("Ban Chi ủy", "Chi ủy")), host, khoi, issuer, "CB")
    if form < 0.8:
        issuer = rng.choice((
            f"ĐẢNG ỦY {host.upper()}", f"ĐẢNG BỘ {host.upper()}", f"BAN CHẤP HÀNH\nĐẢNG BỘ {host.upper()}",
            f"ĐẢNG ỦY\n{host.upper()}", f"BAN THƯỜNG VỤ\nĐẢNG ỦY {host.upper()}",
        ))  # fmt: skip
        return Body(
            "Đảng bộ",
            "Đảng ủy",
            rng.choice(("Ban Chấp hành Đảng bộ", "Ban Thường vụ Đảng ủy")),
            host,
            khoi,
            issuer,
            "ĐU",
        )
    part = rng.choice(_PARTS)
    superior = rng.choice((f"ĐẢNG BỘ {host.upper()}", f"ĐẢNG ỦY {host.upper()}"))
    return Body("Chi bộ", "Chi ủy", "Chi ủy", part, superior, f"CHI BỘ {part.upper()}", "CB")


@dataclass(frozen=True, slots=True)
class Mass:
    """A mass organisation of a body: its name in a sentence, head and signature."""

    name: str
    superior: str
    issuer: str
    motto: str
    short: str
    role: str


def mass(of: Body, rng: Random) -> Mass:
    """One of the four."""
    host = of.host.upper()
    return rng.choice((
        Mass("Công đoàn cơ sở", "LIÊN ĐOÀN LAO ĐỘNG TỈNH", rng.choice((f"CÔNG ĐOÀN {host}", f"CÔNG ĐOÀN CƠ SỞ\n{host}", f"BCH CÔNG ĐOÀN {host}")), "state", "CĐ", "CHỦ TỊCH"),
        Mass("Đoàn Thanh niên", rng.choice(("TỈNH ĐOÀN", "ĐOÀN KHỐI CÁC CƠ QUAN TỈNH")), rng.choice((f"BCH ĐOÀN {host}", f"CHI ĐOÀN {host}", f"ĐOÀN CƠ SỞ {host}")), "youth", "ĐTN", "BÍ THƯ"),
        Mass("Hội Phụ nữ", "HỘI LIÊN HIỆP PHỤ NỮ TỈNH", rng.choice((f"HỘI PHỤ NỮ {host}", f"CHI HỘI PHỤ NỮ\n{host}")), "state", "HPN", "CHỦ TỊCH"),
        Mass("Hội Cựu chiến binh", "HỘI CỰU CHIẾN BINH KHỐI", rng.choice((f"HỘI CỰU CHIẾN BINH {host}", f"HỘI CCB {host}")), "state", "CCB", "CHỦ TỊCH"),
    ))  # fmt: skip
