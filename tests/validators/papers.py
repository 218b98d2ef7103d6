"""Papers as offices print them, made from parts: for the tests of recognition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from archive.records import Page, Reading, ReadingState, Recognition, Source
from rules.loader import find_pack
from rules.model import RulePack
from validators.recognise import recognise

PROSE = (
    "Thực hiện chỉ đạo của cấp trên và chương trình công tác đã đề ra, cấp ủy đã tập trung lãnh đạo cán bộ, đảng viên "
    "và người lao động khắc phục khó khăn, hoàn thành các nhiệm vụ được giao.",
    "Chế độ sinh hoạt được duy trì nền nếp; nội dung được chuẩn bị trước, phân công rõ người, rõ việc; nhắc nhở đảng "
    "viên bảo mật thông tin công việc.",
    "Việc tự phê bình và phê bình ở một số đồng chí chưa thật mạnh dạn, còn nể nang.",
)


@cache
def pack() -> RulePack:
    """The pack of 2021, loaded once."""
    return find_pack("xep-loai-2021")


@dataclass(frozen=True)
class Paper:
    """The parts of a paper; `text` prints them in one of three layouts."""

    printed: str = "BÁO CÁO"
    title: str = "Tổng kết công tác năm 2021,\nphương hướng, nhiệm vụ năm 2022"
    superior: str = "ĐẢNG ỦY KHỐI CƠ QUAN VÀ DOANH NGHIỆP TỈNH"
    issuer: str = "CHI BỘ SỞ TƯ PHÁP"
    number: str = "Số 14-BC/CB"
    motto: str = "ĐẢNG CỘNG SẢN VIỆT NAM"
    dateline: str = "Bình Lâm, ngày 16 tháng 12 năm 2021"
    mark: str = ""
    form: str = ""
    body: tuple[str, ...] = PROSE
    foot: tuple[str, ...] = ("T/M CHI BỘ", "BÍ THƯ", "", "", "Lương Thị Kiều Oanh")
    recipients: tuple[str, ...] = ("Nơi nhận:", "- Đảng ủy Khối (báo cáo),", "- Lưu Chi bộ.")
    layout: str = "lines"

    def with_(self, **changes: object) -> Paper:
        """The same paper with some parts changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def head(self) -> list[str]:
        """The head: left column then right one, or both on the same lines, parted by a tab or by blanks."""
        left = [*self.superior.split("\n"), *self.issuer.split("\n"), "*", *([self.number] if self.number else [])]
        left = [line for line in [*left, self.mark] if line]
        right = [*self.motto.split("\n"), "", self.dateline]
        if self.layout == "lines":
            return [*left, *right]
        gap = {"tab": "\t", "blanks": "      ", "joined": " "}[self.layout]
        rows = max(len(left), len(right))
        left += [""] * (rows - len(left))
        right += [""] * (rows - len(right))
        return [
            f"{a}{gap}{b}".strip() if self.layout != "tab" else f"{a}\t{b}" for a, b in zip(left, right, strict=True)
        ]

    @property
    def text(self) -> str:
        """The whole paper as a reader hands it on."""
        lines = [self.form] if self.form else []
        lines += [
            *self.head(),
            self.printed,
            *self.title.split("\n"),
            "-----",
            *self.body,
            *self.recipients,
            *self.foot,
        ]
        return "\n".join(lines)


def reading(text: str, **changes: object) -> Reading:
    """A reading of one page for each form feed."""
    pages = tuple(Page(page) for page in text.split("\f"))
    return replace(Reading("docx", ReadingState.READ, pages, source=Source.EMBEDDED), **changes)  # type: ignore[arg-type]


def seen(paper: Paper | str, *, name: str = "van ban.docx", folder: str = "") -> Recognition:
    """What recognition makes of a paper."""
    text = paper.text if isinstance(paper, Paper) else paper
    return recognise(reading(text), name=name, folder=folder, pack=pack())
