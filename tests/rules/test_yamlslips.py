"""Slips of the pen in a pack: each told in the line where it was made, in words, all at once, never as a traceback."""

from __future__ import annotations

import contextlib
import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.i18n import use_language
from rules.loader import check_pack, pack_from_text
from rules.yamlfile import BadFile

BASE = (
    "nen.yaml",
    """\
id: nen
title: Gói nền
period: {year: 2021}
areas: {xep-loai: Xếp loại}
grading: {levels: [{id: HTXSNV, title: Xuất sắc}]}
kinds: {phieu-danh-gia: {name: Phiếu}, bien-ban: {name: Biên bản}}
requirements:
- {id: kiem-diem-ca-nhan, title: A, area: xep-loai, for: [chi-bo-co-so], when: at-visit, accepts: [bien-ban],
   per: member, why: A, remedy: A}
- {id: bien-ban-kiem-phieu, title: B, area: xep-loai, for: [chi-bo-co-so], when: at-visit, accepts: [bien-ban], why: B,
   remedy: B}
- {id: bao-cao-qcdc, title: C, area: xep-loai, for: [chi-bo-co-so], when: at-visit, accepts: [bien-ban],
   why: C, remedy: C}
""",
)
PACK = """\
id: dia-phuong
base: nen.yaml
title: Gói của Đảng ủy Khối
changes:
- requirement: kiem-diem-ca-nhan
  reason: Đảng ủy Khối cho phép 95 %
  at_least: 95 %
- requirement: bien-ban-kiem-phieu
  reason: không bỏ phiếu
  drop: true
requirements:
- id: phieu-xep-loai
  title: Phiếu đánh giá
  area: xep-loai
  for: [chi-bo-co-so]
  when: by-date
  due: {on: 2021-12-15}
  accepts: [phieu-danh-gia]
  only_if: {fact: proposed_level, is: HTXSNV}
  why: Kế hoạch của Khối
  remedy: Nộp phiếu {period}.
"""
INDENT, BRACKET, QUOTES, SIGN = "indented otherwise", "a bracket is opened", "a quotation mark", "must stand in quotes"


def told(text: str) -> list[tuple[int, str]]:
    """The mistakes of the pack in that text."""
    with pytest.raises(BadFile) as caught:
        pack_from_text(text, "goi.yaml", [BASE])
    return [(error.line, error.message) for error in caught.value.errors]


def written(folder: Path, data: bytes) -> Path:
    """The pack in a file, with its base beside it."""
    (folder / "nen.yaml").write_text(BASE[1], encoding="utf-8")
    path = folder / "goi.yaml"
    path.write_bytes(data)
    return path


def test_the_pack_itself_is_in_order() -> None:
    assert pack_from_text(PACK, "goi.yaml", [BASE]).requirement("phieu-xep-loai")


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("  title: Phiếu", " title: Phiếu", 13, INDENT),
        ("  area: xep-loai", "    area: xep-loai", 14, INDENT),
        ("  area: xep-loai", "\tarea: xep-loai", 14, "a tab"),
        ("- id: phieu", "-\tid: phieu", 12, "a tab"),
        ("area: xep-loai", "area:\txep-loai", 14, "a tab"),
        ("  area: xep-loai", "  area xep-loai", 14, '":" lacks'),
        ("remedy: Nộp", "remedy Nộp", 21, '":" lacks'),
        ("  area: xep-loai", "  area:xep-loai", 14, 'blank lacks behind the ":"'),
        ("  area: xep-loai", "  area\uff1a xep-loai", 14, "not the plain"),
        ("title: Phiếu", "title: Phiếu: ", 13, 'a second ":"'),
        ("title: Phiếu đánh giá", 'title: "Phiếu đánh giá', 13, QUOTES),
        ("title: Phiếu đánh giá", 'title: "Phiếu" đánh giá', 13, "behind the closing quote"),
        ("[phieu-danh-gia]", "[\u201cphieu-danh-gia\u201d]", 18, '"phieu-danh-gia"'),
        ("[chi-bo-co-so]", "[chi-bo-co-so", 15, BRACKET),
        ("{on: 2021-12-15}", "{on: 2021-12-15", 17, BRACKET),
        ("[chi-bo-co-so]", "[chi-bo-co-so}", 15, BRACKET),
        ("at_least: 95 %", "at_least: %95", 7, SIGN),
        ("title: Phiếu", "title: @Phiếu", 13, SIGN),
        ("title: Phiếu", "title: !Phiếu", 13, SIGN),
        ("title: Phiếu", "title: !gấp Phiếu", 13, SIGN),
        ("title: Phiếu", "title: *Phiếu", 13, SIGN),
        ("- id: phieu", "-id: phieu", 12, 'blank lacks behind the "-"'),
        ("- id: phieu", "\u2013 id: phieu", 12, "a long dash"),
        ("- id: phieu", "  id: phieu", 11, "must be a list"),
        ("  area: xep-loai", "\u00a0\u00a0area: xep-loai", 14, "special blank"),
        ("requirements:", "---\nrequirements:", 11, '"---"'),
        ("Phiếu đánh", "Phiếu\x0bđánh", 13, "invisible sign"),
        ("{period}.\n", "{period}.\n\0\0\0", 22, "not saved whole"),
        ("  accepts:", "  acepts:", 18, '"accepts"'),
        ("[phieu-danh-gia]", "[phieu-danhgia]", 18, '"phieu-danh-gia"'),
        ("[chi-bo-co-so]", "[chi bộ cơ sở]", 15, '"chi-bo-co-so"'),
        ("is: HTXSNV", "is: htxsnv", 19, '"HTXSNV"'),
        ("2021-12-15", "15/12/2021", 17, "2021-12-15"),
        ("2021-12-15", "2021-12-5", 17, "2021-12-05"),
        ("2021-12-15", "31/11/2021", 17, "2021-12-20"),
        ("id: phieu-xep-loai", "id: bao-cao-qcdc", 12, '"changes"'),
        ("drop: true", "drop: có", 10, "true or false"),
        ("at_least: 95 %", "at_least: 95", 7, "95 %"),
        ("only_if: {fact: proposed_level, is: HTXSNV}", "only_if: mức HTXSNV", 19, "fact"),
        ("reason: không bỏ phiếu\n  drop: true", "{reason: không, theo lệ, drop: true}", 9, ""),
    ],
)
def test_each_slip_is_told_once_where_it_was_made(old: str, new: str, line: int, words: str) -> None:
    assert old in PACK
    found = told(PACK.replace(old, new, 1))
    assert [at for at, _message in found] == [line]
    assert words in found[0][1]


def test_a_comma_in_a_text_between_braces_is_told() -> None:
    change = "- {requirement: bao-cao-qcdc, reason: nộp sau, theo kế hoạch, when: at-visit}\nrequirements:"
    assert told(PACK.replace("requirements:", change, 1)) == [
        (11, '"theo kế hoạch" stands where the name of a field must; a text with a comma goes in quotes')
    ]


def test_several_slips_are_told_at_once() -> None:
    wrong = PACK.replace("  area:", "\tarea:").replace("- id:", "\u2013 id:").replace("  why:", "\u00a0 why:")
    assert [line for line, _message in told(wrong)][:2] == [12, 14]
    wrong = PACK.replace("accepts:", "acepts:").replace("for: [", "for: [x").replace("2021-12-15", "15.12.2021")
    assert [line for line, _message in told(wrong)] == [15, 17, 18]


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (PACK.encode("utf-16"), 1, "UTF-8"),
        (PACK.encode().replace("Gói".encode(), b"G\xf3i"), 3, "UTF-8"),
        (b"PK\x03\x04" + bytes(range(256)), 1, "Word"),
        (b"", 1, "empty"),
        (b"# ch\xe1\xbb\x89 ghi ch\xc3\xba\n", 1, "name: value"),
        (b"- [a]\n", 1, "name: value"),
        (PACK[: PACK.index("chi-bo-co-so") + 8].encode(), 15, BRACKET),
        (PACK.encode()[: PACK.encode().index("Phiếu".encode()) + 4], 13, "UTF-8"),
    ],
)
def test_files_saved_wrongly_or_by_half(tmp_path: Path, data: bytes, line: int, words: str) -> None:
    path = written(tmp_path, data)
    (error,) = check_pack(path)
    assert error.line == line
    assert words in error.message


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf" + PACK.encode(), PACK.replace("\n", "\r\n").encode()])
def test_a_byte_order_mark_and_windows_lines_do_no_harm(tmp_path: Path, data: bytes) -> None:
    path = written(tmp_path, data)
    assert check_pack(path) == []


def test_an_anchor_twice_says_nothing_beside_the_errors() -> None:
    with warnings.catch_warnings(record=True) as noise:
        assert len(told(PACK.replace("title: Phiếu", "title: &a Phiếu\n  names: &a x", 1))) == 2
    assert noise == []


def test_a_heading_with_nothing_below_it_takes_nothing_away() -> None:
    text = PACK[: PACK.index("- id: phieu")] + "kinds:\ntests:\n"
    assert len(pack_from_text(text, "goi.yaml", [BASE]).requirements) == 2


@given(st.data())
def test_whatever_is_typed_is_a_pack_or_errors_with_lines(data: st.DataObject) -> None:
    """Letters taken out, put in, lines moved: no traceback, every line within the file."""
    use_language("en")
    text = PACK
    for _time in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 30)))
        typed = data.draw(
            st.sampled_from(["", " ", "\t", ":", "- ", "\n", '"', "'", "[", "}", "&a ", "*a", "|", "#", "ế"])
        )
        text = text[:start] + typed + text[end:]
    with contextlib.suppress(BadFile):
        pack_from_text(text, "goi.yaml", [BASE])
        return
    lines = {line for line, _message in told(text)}
    assert lines <= set(range(1, max(text.count("\n"), BASE[1].count("\n")) + 2))
