"""What members of bundles are called as deliveries, and which are nobody's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.readers.bundles.member_names import rebuilt
from inbox.members import inner_path, intake_id, is_litter, place


@pytest.mark.parametrize(
    "inner",
    [
        "~$mau.docx", "Thumbs.db", "a/b/desktop.ini", "__MACOSX/._a.docx", "Hồ sơ/.DS_Store", "_TINH-TRANG.html",
        "cb-a/_BIEN-NHAN/2021-12-01_0800_0001.html", "_CAN-SUA/bc.docx",
    ],
)  # fmt: skip
def test_leftovers_and_our_own_answers_are_nobodys(inner: str) -> None:
    assert is_litter(inner)


@pytest.mark.parametrize("inner", ["", "bc.docx", "_bc.docx", "MACOSX/bc.docx", "Thumbs.db/bc.docx"])
def test_papers_are_not(inner: str) -> None:
    assert not is_litter(inner)


@pytest.mark.parametrize(
    ("folder", "inner", "wanted"),
    [
        ("", "bc.docx", ("", "bc.docx")),
        ("01 Báo cáo", "bc.docx", ("01 Báo cáo", "bc.docx")),
        ("01 Báo cáo", "Quý 4/x/bc.docx", ("01 Báo cáo/Quý 4/x", "bc.docx")),
    ],
)
def test_a_member_lies_where_its_bundle_lies_and_in_its_folders(
    folder: str, inner: str, wanted: tuple[str, str]
) -> None:
    assert place(folder, inner) == wanted


@given(st.text(), st.integers(0, 10_000))
def test_every_member_has_a_name_and_an_id_of_its_own(name: str, index: int) -> None:
    inner = rebuilt(name)
    folder, last = place("", inner_path(inner, index))
    assert last
    assert not folder.startswith("/")
    assert len(intake_id("a" * 32, index, inner)) == 32
    assert intake_id("a" * 32, index, inner) != intake_id("a" * 32, index + 1, inner)
