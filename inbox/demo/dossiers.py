"""What each unit of the demo hands in: one line a file. {year} in a name is the year under review."""

from __future__ import annotations

from dataclasses import dataclass

QCDC_AND_DVK = ("bao-cao-qcdc", "bao-cao-dan-van-kheo")


@dataclass(frozen=True, slots=True)
class Entry:
    """A file for a requirement: its name below the unit's folder, the trap in it, and which one it is where there are
    several (member, month, mass organisation). `of` is the unit that wrote it, where it lies in the wrong folder."""

    requirement: str
    name: str
    trap: str = ""
    part: str | None = None
    of: str | None = None


def _members(*places: int, stem: str = "Ban kiem diem ca nhan - {member}.docx") -> tuple[Entry, ...]:
    return tuple(Entry("kiem-diem-ca-nhan", stem, part=str(place)) for place in places)


def _months(*months: int) -> tuple[Entry, ...]:
    name = "Bien ban sinh hoat/BB sinh hoat chi bo thang {part}.docx"
    return tuple(Entry("bien-ban-sinh-hoat", name, part=str(month)) for month in months)


DOSSIERS: dict[str, tuple[Entry, ...]] = {
    "db-benh-vien": (
        Entry("bao-cao-tong-ket", "BC tong ket nam {year}.docx"),
        Entry("tu-cham-diem", "BC tu cham diem, de xuat muc chat luong.docx"),
        Entry("cap-uy-thong-qua", "NQ Dang uy thong qua bao cao.pdf", "resolution"),
        Entry("doan-the-thong-qua", "BB hop BCH Cong doan.docx", part="cong-doan"),
        Entry("doan-the-thong-qua", "BB hop BCH Doan thanh nien.docx", part="doan-thanh-nien"),
        Entry("tong-hop-xep-loai", "Tong hop ket qua xep loai.docx"),
        Entry("to-trinh-khen-thuong", "To trinh de nghi cong nhan.docx"),
        Entry("kiem-diem-tap-the", "Kiem diem tap the BCH dang bo.docx"),
        Entry("bien-ban-xep-loai", "BB hop kiem diem, xep loai.docx"),
        Entry("bien-ban-kiem-phieu", "BB kiem phieu.docx"),
        Entry("bao-cao-qcdc", "BC Quy che dan chu {year}.docx"),
        Entry("bao-cao-dan-van-kheo", "BC Dan van kheo {year}.docx"),
        Entry("dang-ky-dan-van-kheo", "Đăng ký mô hình Dân vận khéo {year}.docx", "nfd"),
        Entry("bao-cao-ktgs", "BC cong tac KTGS {year}.docx", "half-year"),
        Entry("tu-cham-diem-ktgs", "Bang tu cham diem KTGS.docx"),
        Entry("chuong-trinh-ktgs", "Chuong trinh KTGS {year}.docx"),
        Entry("ho-so-cuoc-kiem-tra", "TB ket luan kiem tra.pdf"),
    ),
    "db-khoi-lam-sang": (
        Entry("bao-cao-tong-ket-truc-thuoc", "Bao cao tong ket (1).docx"),
        Entry("bien-ban-xep-loai", "BB xep loai.docx"),
    ),
    "cb-khoa-ngoai": (
        Entry("bao-cao-tong-ket-truc-thuoc", "BC tong ket chi bo.docx"),
        Entry("bien-ban-xep-loai", "BB xep loai chi bo.docx"),
        *_members(0, 1, 2, 3, 4),
        *_months(*range(1, 13)),
    ),
    "cb-phong-ke-hoach": (
        Entry("bao-cao-tong-ket-truc-thuoc", "BC tong ket.docx"),
        *_members(0, 1, stem="mau 02 KD.DG ({part}).docx"),
    ),
    "db-cao-dang": (
        Entry("bao-cao-tong-ket", "BC tong ket.docx", "last-year"),
        Entry("tu-cham-diem", "Tu cham diem.docx"),
        Entry("cap-uy-thong-qua", "Bien ban hop Dang uy.docx"),
        Entry("doan-the-thong-qua", "BB Cong doan.docx", part="cong-doan"),
        Entry("doan-the-thong-qua", "BB Doan TN.docx", part="doan-thanh-nien"),
        Entry("tong-hop-xep-loai", "Ket qua xep loai chi bo, dang vien.docx"),
        Entry("kiem-diem-tap-the", "Bao cao kiem diem tap the.docx", "old-form"),
        Entry("bien-ban-xep-loai", "BB xep loai (sua lan 1).docx"),
        Entry("bien-ban-xep-loai", "BB xep loai (sua lan 2) CHUAN.docx"),
        Entry("bien-ban-kiem-phieu", "Bien ban kiem phieu.pdf", "locked"),
        Entry("bao-cao-qcdc", "BC QCDC {year}.docx", "state-order"),
        Entry("bao-cao-dan-van-kheo", "BC dan van kheo.docx"),
        Entry("dang-ky-dan-van-kheo", "Dang ky DVK.docx"),
        Entry("bao-cao-ktgs", "BC tong ket KTGS.docx"),
        Entry("tu-cham-diem-ktgs", "Tu cham diem KTGS/bang diem.docx"),
        Entry("chuong-trinh-ktgs", "CTr KTGS {year}.docx", "blank-in-code"),
        Entry("ho-so-cuoc-kiem-tra", "Thong bao ket luan kiem tra.docx"),
    ),
    "cb-khoa-co-khi": (
        Entry("bao-cao-tong-ket-truc-thuoc", "BC tong ket cb co khi.docx"),
        Entry("bien-ban-xep-loai", "BB hop xep loai.docx"),
        *_members(0, 1, 2),
    ),
    "db-cap-nuoc": (
        Entry("bao-cao-tong-ket", "Bao cao tong ket {year}.pdf"),
        Entry("tu-cham-diem", "BC tu cham diem.docx"),
        Entry("cap-uy-thong-qua", "NQ Dang uy.pdf", "word-named-pdf"),
        Entry("doan-the-thong-qua", "BB hop Cong doan.docx", part="cong-doan"),
        Entry("doan-the-thong-qua", "BB hop Hoi phu nu.docx", part="phu-nu"),
        Entry("tong-hop-xep-loai", "Tong hop xep loai.docx"),
        Entry("kiem-diem-tap-the", "BC kiem diem BCH.docx"),
        Entry("bien-ban-xep-loai", "Bien ban hop xep loai.docx"),
        Entry("bien-ban-kiem-phieu", "scan0001.pdf", "scan"),
        Entry("bao-cao-qcdc", "BC QCDC va Dan van kheo {year}.docx", "combined"),
        Entry("bao-cao-ktgs", "BC KTGS {year}.docx"),
        Entry("tu-cham-diem-ktgs", "Diem thi dua KTGS.docx"),
        Entry("chuong-trinh-ktgs", "Chuong trinh KTGS (scan).pdf", "scan"),
    ),
    "cb-xi-nghiep-1": (
        Entry("bao-cao-tong-ket-truc-thuoc", "bao cao tong ket.txt"),
        Entry("bien-ban-xep-loai", "bien ban xep loai.docx"),
    ),
    "cb-van-phong": (
        Entry("bao-cao-tong-ket", "BC TK {year}.pdf", "new-year"),
        Entry("tu-cham-diem", "BC tu cham diem {year}.docx"),
        Entry("cap-uy-thong-qua", "BB hop chi uy thong qua bao cao.docx"),
        Entry("doan-the-thong-qua", "BB hop Cong doan.docx", part="cong-doan"),
        Entry("tong-hop-xep-loai", "Ket qua xep loai dang vien.docx"),
        Entry("to-trinh-khen-thuong", "To trinh.pdf"),
        Entry("kiem-diem-tap-the", "Kiem diem tap the chi uy.docx"),
        *_members(0, 1, 2, 3, 4),
        Entry("bien-ban-xep-loai", "BB hop kiem diem, xep loai.docx"),
        Entry("bien-ban-kiem-phieu", "BB kiem phieu.docx"),
        *_months(*range(1, 13)),
        Entry("bao-cao-qcdc", "BC QCDC.docx"),
        Entry("bao-cao-dan-van-kheo", "BC Dan van kheo.docx"),
        Entry("dang-ky-dan-van-kheo", "Dang ky mo hinh Dan van kheo.docx"),
        Entry("bao-cao-ktgs", "BC cong tac kiem tra, giam sat.docx"),
        Entry("tu-cham-diem-ktgs", "Tu cham diem KTGS.docx"),
        Entry("chuong-trinh-ktgs", "Chuong trinh KTGS.docx"),
    ),
    "cb-luu-tru": (
        Entry("bao-cao-tong-ket", "01 Bao cao tong ket/BC nam {year}.docx"),
        Entry("tu-cham-diem", "BC tu cham diem.docx"),
        Entry("cap-uy-thong-qua", "BB chi uy.docx"),
        Entry("doan-the-thong-qua", "BB CD.docx", part="cong-doan"),
        Entry("doan-the-thong-qua", "BB DTN.docx", part="doan-thanh-nien"),
        Entry("tong-hop-xep-loai", "Tong hop xep loai.docx"),
        Entry("kiem-diem-tap-the", "Kiem diem chi uy.docx"),
        *_members(0, 1, 2, 3),
        Entry("bien-ban-xep-loai", "BB xep loai.docx"),
        Entry("bien-ban-kiem-phieu", "BB kiem phieu.docx"),
        *_months(1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12),
        Entry("bao-cao-qcdc", "Bao cao QCDC {year}.pdf", "truncated"),
        Entry("bao-cao-dan-van-kheo", "BC DVK.docx", "no-number"),
        Entry("dang-ky-dan-van-kheo", "Dang ky DVK.docx"),
        Entry("bao-cao-ktgs", "BC KTGS.docx"),
        Entry("tu-cham-diem-ktgs", "Bang diem KTGS.docx"),
        Entry("chuong-trinh-ktgs", "CT KTGS.docx"),
    ),
    "cb-thu-vien": (
        Entry("bao-cao-tong-ket", "BC tong ket {year}.docx"),
        Entry("tu-cham-diem", "Tu cham diem.docx", "level-above"),
        *_members(0, 2),
        Entry("kiem-diem-tap-the", "Kiem diem chi uy {year}.docx"),
        Entry("bien-ban-xep-loai", "BB hop xep loai.docx"),
        Entry("bao-cao-qcdc", "Bao cao QCDC.docx", "empty"),
        Entry("dang-ky-dan-van-kheo", "Dang ky Dan van kheo.docx", "no-date"),
    ),
    "cb-in-ban-mai": (
        Entry("bao-cao-tong-ket", "Bao cao tong ket.docx"),
        Entry("tu-cham-diem", "tu cham diem.docx", "wrong-sum"),
        Entry("cap-uy-thong-qua", "Bien ban hop chi uy.docx"),
        Entry("tong-hop-xep-loai", "Ket qua xep loai.docx"),
        Entry("bao-cao-qcdc", "BC QCDC {year}.docx", "secret"),
        Entry("bao-cao-dan-van-kheo", "BC Dan van kheo.docx", "page-header"),
        Entry("bao-cao-ktgs", "BC KTGS nam {year}.docx", "wrong-unit", of="cb-in-binh-minh"),
        Entry("chuong-trinh-ktgs", "CTr KTGS.docx"),
    ),
    "cb-in-binh-minh": (Entry("bao-cao-tong-ket", "BC TK.docx"),),
}

# Papers that reach no unit: in the root of the inbox, and in a folder that no unit has.
ASTRAY: tuple[tuple[str, str, Entry], ...] = (
    ("", "cb-in-binh-minh", Entry("bao-cao-dan-van-kheo", "BC gui nham cho.docx")),
    ("cb-van-thu-cu", "cb-thu-vien", Entry("bao-cao-ktgs", "BC kiem tra giam sat.docx")),
)
# The same bytes once more under another name, within a unit's folder.
COPIES: tuple[tuple[str, str, str], ...] = (
    ("db-benh-vien", "BC tong ket nam {year}.docx", "Copy of BC tong ket nam {year}.docx"),
)
# What Word and Windows leave behind.
LITTER: tuple[tuple[str, str, bytes], ...] = (
    ("db-benh-vien", "~$ tong ket nam {year}.docx", b"\x05Admin" + bytes(156)),
    ("db-benh-vien", "Thumbs.db", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)),
)
WAIVED: tuple[tuple[str, str, str], ...] = (
    ("cb-in-ban-mai", "doan-the-thong-qua", "Công đoàn đang kiện toàn Ban Chấp hành"),
)
