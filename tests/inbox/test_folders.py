from __future__ import annotations

import os
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Unit, UnitType
from inbox.folders import NO_UNIT, Place, is_ignored, is_own, place, shown
from tests.inbox.bench import UNITS


@pytest.mark.parametrize(
    ("path", "unit", "folder", "name"),
    [
        ("cb-van-phong/bc.docx", "cb-van-phong", "", "bc.docx"),
        ("cb-van-phong/01 Bao cao tong ket/bc.docx", "cb-van-phong", "01 Bao cao tong ket", "bc.docx"),
        ("cb-van-phong/a/b/bc.docx", "cb-van-phong", "a/b", "bc.docx"),
        ("db-so-y-te/bc.docx", "db-so-y-te", "", "bc.docx"),
        ("db-so-y-te/dbbp-benh-vien/bc.docx", "dbbp-benh-vien", "", "bc.docx"),
        ("db-so-y-te/dbbp-benh-vien/cb-khoa-noi/x/bc.docx", "cb-khoa-noi", "x", "bc.docx"),
        # only level by level: a grandchild's folder directly below is a folder like any other
        ("db-so-y-te/cb-khoa-noi/bc.docx", "db-so-y-te", "cb-khoa-noi", "bc.docx"),
        ("db-so-y-te/x/dbbp-benh-vien/bc.docx", "db-so-y-te", "x/dbbp-benh-vien", "bc.docx"),
        ("cb-van-phong/db-so-y-te/bc.docx", "cb-van-phong", "db-so-y-te", "bc.docx"),
        ("cb-khoa-noi/bc.docx", "cb-khoa-noi", "", "bc.docx"),
    ],
)
def test_a_path_belongs_to_the_unit_of_its_folders(path: str, unit: str, folder: str, name: str) -> None:
    assert place(path.encode(), UNITS) == Place(unit, folder, name)


@pytest.mark.parametrize(
    ("path", "folder"),
    [("bc.docx", ""), ("Phong ban/bc.docx", "Phong ban"), ("cb-van-phong2/x/bc.docx", "cb-van-phong2/x")],
)
def test_the_root_and_unknown_folders_are_nobodys(path: str, folder: str) -> None:
    assert place(path.encode(), UNITS) == Place(None, folder, "bc.docx", NO_UNIT)


def test_a_folder_from_a_mac_is_the_same_folder() -> None:
    units = {"chi-bộ-1": Unit("chi-bộ-1", "Chi bộ 1", UnitType.CHI_BO_CO_SO)}
    decomposed = unicodedata.normalize("NFD", "chi-bộ-1/Báo cáo/Tổng kết.docx").encode()
    assert place(decomposed, units) == Place("chi-bộ-1", "Báo cáo", "Tổng kết.docx")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"a\nb.docx", "a\\nb.docx"),
        (b"\x1b[31mred.txt", "\\x1b[31mred.txt"),
        (b"\xe9\xff.txt", "\\xe9\\xff.txt"),
        ("evil\u202efdp.exe".encode(), "evil\\u202efdp.exe"),
        ("Báo cáo.docx".encode(), "Báo cáo.docx"),
    ],
)
def test_names_are_shown_without_harm(raw: bytes, text: str) -> None:
    assert shown(raw) == text


@given(st.binary(max_size=60))
def test_any_name_can_be_shown_stored_and_placed(raw: bytes) -> None:
    text = shown(raw)
    text.encode("utf-8")
    assert text.isprintable() or all(unicodedata.category(char) not in ("Cc", "Cs") for char in text)
    assert place(b"cb-van-phong/" + raw.replace(b"/", b"_"), UNITS).unit == "cb-van-phong"


IGNORED = [
    "~$BC tong ket.docx", ".~lock.bc.odt#", "a.tmp", "~WRD0003.TMP", "b.part", "c.crdownload", "Thumbs.db", "THUMBS.DB",
    "desktop.ini", ".DS_Store", "._bc.docx",
]  # fmt: skip
OWN = ["_TINH-TRANG.html", "_tinh-trang.html", "_THIEU.txt", "_BIEN-NHAN", "_CAN-SUA", "_THIEU - Copy.txt"]
TAKEN = ["bc.docx", "_ghi chu.docx", "_.pdf", "tmp", "partly", "a.tmp.docx", ".bc.docx", "$bc.docx", "~bc.docx"]


@pytest.mark.parametrize("name", IGNORED)
def test_leftovers_of_programs_are_ignored(name: str) -> None:
    assert is_ignored(os.fsencode(name))
    assert not is_own(os.fsencode(name))


@pytest.mark.parametrize("name", OWN)
def test_our_own_pages_are_never_deliveries(name: str) -> None:
    assert is_own(os.fsencode(name))


@pytest.mark.parametrize("name", TAKEN)
def test_a_clerks_file_is_taken_whatever_it_begins_with(name: str) -> None:
    assert not is_ignored(os.fsencode(name))
    assert not is_own(os.fsencode(name))
