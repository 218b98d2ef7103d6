"""What the names of files say where the file itself cannot be read: enough that nothing is called missing wrongly."""

from __future__ import annotations

import pytest

from archive.records import Reading, ReadingState
from tests.validators.papers import pack
from validators.recognise import recognise

# requirement, names as clerks type them
NAMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("bao-cao-tong-ket", ("BCTK2021.doc", "Baocaotongket.rtf", "1.1 BC TKCT nam 2021.doc", "BC cuoi nam 2021.doc")),
    (
        "tu-cham-diem",
        ("Bang cham diem TCCSD 2021.xlsx", "tự chấm 2021.xlsx", "BC tu danh gia xep loai 2021.rtf", "BC TCĐ.doc"),
    ),
    ("cap-uy-thong-qua", ("BB hop BCH dang bo thong qua BC.doc", "NQ chi uy thong qua bao cao TK.doc")),
    ("doan-the-thong-qua", ("BB CDCS.doc", "Biên bản CĐ góp ý báo cáo.doc", "bien ban hop BCH cong doan gop y.doc")),
    ("tong-hop-xep-loai", ("DS xep loai DV 2021.xlsx", "Tong hop KQ XLCL.xlsx", "danh sach xep loai dang vien.xls")),
    ("kiem-diem-tap-the", ("BCKĐ tập thể.rtf", "KD tap the.doc")),
    ("kiem-diem-ca-nhan", ("KĐ đảng viên.doc", "ban tu kiem diem.jpg", "Bùi Thị Mai - kiểm điểm.doc")),
    ("bien-ban-xep-loai", ("Bien ban hop chi bo xep loai.rtf", "BB HỌP KĐ CUỐI NĂM.doc")),
    ("bien-ban-kiem-phieu", ("BBKP.jpg", "bien ban bo phieu.doc")),
    ("bien-ban-sinh-hoat", ("bien ban SHCB.zip", "BB T12.doc")),
    ("bao-cao-ktgs", ("bc tong ket ktgs.doc", "BC KT-GS 2021.doc", "BC cong tac KT, GS.doc")),
    ("tu-cham-diem-ktgs", ("Tự chấm điểm công tác KT, GS.xlsx", "cham diem UBKT.xls")),
    ("chuong-trinh-ktgs", ("CTKTGS 2021.rtf", "KH KT-GS.doc")),
    ("ho-so-cuoc-kiem-tra", ("TBKL kiem tra.doc",)),
)


@pytest.mark.parametrize(("requirement", "name"), [(req, name) for req, names in NAMES for name in names])
def test_names_point_to_the_requirement(requirement: str, name: str) -> None:
    hint = recognise(Reading("doc", ReadingState.NOT_YET), name=name, folder="", pack=pack()).hint
    accepted = next(item.accepts for item in pack().requirements if item.id == requirement)
    assert hint in accepted


@pytest.mark.parametrize(
    "name",
    ["BC so ket 6 thang.doc", "scan0001.pdf", "KH cong tac nam.doc", "danh sach dang vien.xls", "NQ thang 3.doc"],
)
def test_other_names_point_to_none(name: str) -> None:
    hint = recognise(Reading("doc", ReadingState.NOT_YET), name=name, folder="", pack=pack()).hint
    assert hint not in {kind for item in pack().requirements for kind in item.accepts}
