from __future__ import annotations

from pathlib import Path

import pytest

from archive.errors import BadConfiguration, ExitCode
from rules.loader import builtin_packs, check_pack, find_pack, load_pack, pack_from_text
from rules.model import Per, When
from rules.yamlfile import BadFile

PACK = """\
id: thu
title: Gói thử
period: {year: 2021}
areas: {a: Mảng A}
mass_orgs: {cong-doan: {name: Công đoàn, words: [công đoàn]}}
grading: {levels: [{id: HTXSNV, title: Xuất sắc, from_score: 90}]}
deadlines:
  before-visit: {days: 3, working_days: true}
kinds:
  bao-cao: {name: Báo cáo, title_words: [[tổng kết]], period: year}
  bien-ban: {name: Biên bản}
requirements:
- id: mot
  title: Một
  area: a
  for: [chi-bo-co-so]
  when: before-visit
  accepts: [bao-cao]
  only_if: {all: [{fact: host, in: [state]}, {not: {fact: members, at_least: 9}}]}
  why: Quy định
  remedy: Nộp năm {year}.
- id: hai
  title: Hai
  area: a
  for: [chi-bo-co-so]
  when: by-date
  due: {on: 2021-12-01}
  all_of: [bao-cao, bien-ban]
  why: Quy định
  remedy: Nộp cả hai.
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "thu.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def errors(text: str) -> list[tuple[int, str]]:
    with pytest.raises(BadFile) as caught:
        pack_from_text(text)
    return [(error.line, error.message) for error in caught.value.errors]


def test_the_2021_pack_has_the_requirements_of_the_contract() -> None:
    pack = find_pack("xep-loai-2021")
    assert [requirement.id for requirement in pack.requirements] == [
        "bao-cao-tong-ket", "tu-cham-diem", "cap-uy-thong-qua", "doan-the-thong-qua", "tong-hop-xep-loai",
        "to-trinh-khen-thuong", "kiem-diem-tap-the", "kiem-diem-ca-nhan", "bien-ban-xep-loai", "bien-ban-kiem-phieu",
        "bien-ban-sinh-hoat", "bao-cao-qcdc", "bao-cao-dan-van-kheo", "dang-ky-dan-van-kheo", "bao-cao-ktgs",
        "tu-cham-diem-ktgs", "chuong-trinh-ktgs", "ho-so-cuoc-kiem-tra", "bao-cao-tong-ket-truc-thuoc",
    ]  # fmt: skip
    before = [item.id for item in pack.requirements if item.deadline.when is When.BEFORE_VISIT]
    assert all(pack.requirement(item).deadline.days == 3 for item in before)
    assert "kiem-diem-tap-the" not in before
    assert "bao-cao-ktgs" in before
    assert pack.kinds["kiem-diem-ca-nhan"].form_year == 2019
    assert {level.id: level.from_score for level in pack.levels} == {
        "HTXSNV": 90, "HTTNV": 70, "HTNV": 50, "KHTNV": None,
    }  # fmt: skip


def test_the_hash_is_over_the_bytes_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, PACK)
    first = load_pack(path)
    path.write_text(PACK + "# một ghi chú\n", encoding="utf-8")
    assert len(first.sha256) == 64
    assert load_pack(path).sha256 != first.sha256


def test_a_pack_of_the_office_is_read(tmp_path: Path) -> None:
    pack = find_pack(write(tmp_path, PACK))
    one, two = pack.requirements
    assert one.deadline.days == 3
    assert one.deadline.working_days
    assert one.only_if
    assert [part.op for part in one.only_if.parts] == ["in", "not"]
    assert two.all_of == ("bao-cao", "bien-ban")
    assert two.per is Per.NOTHING
    assert str(two.deadline.on) == "2021-12-01"
    assert pack.kinds["bao-cao"].title == (("tổng kết",),)
    assert pack.mass_org_words == {"cong-doan": ("công đoàn",)}


def test_every_mistake_is_told_at_once_with_its_line_and_the_nearest_word(tmp_path: Path) -> None:
    wrong = (
        PACK.replace("  accepts: [bao-cao]", "  acepts: [bao-cao]")
        .replace("for: [chi-bo-co-so]\n  when: by-date", "for: [chi-bo-cosо]\n  when: by-dat")
        .replace("all_of: [bao-cao, bien-ban]", "all_of: [bao-cap, bien-ban]")
        .replace("fact: host, in: [state]", "fact: hots, in: [state]")
        .replace("{year}.", "{yaer}.")
    )
    path = write(tmp_path, wrong)
    found = check_pack(path)
    lines = wrong.splitlines()
    for word, near in (
        ("acepts", "accepts"),
        ("bao-cap", "bao-cao"),
        ("hots", "host"),
        ("yaer", "year"),
        ("by-dat", ""),
    ):
        error = next(error for error in found if f'"{word}"' in error.message)
        assert word in lines[error.line - 1]
        assert near in error.message
    with pytest.raises(BadConfiguration) as caught:
        load_pack(path)
    assert caught.value.exit_code == ExitCode.BAD_CONFIG
    assert all(f"{path}:{error.line}:" in caught.value.message for error in found)
    assert [error.line for error in found] == sorted(error.line for error in found)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("id: hai", "id: mot", 22, "mot"),
        ("  title: Hai\n", "", 22, "title"),
        ("area: a\n  for: [chi-bo-co-so]\n  when: by", "area: b\n  for: [chi-bo-co-so]\n  when: by", 24, "b"),
        ("due: {on: 2021-12-01}", "due: {on: 01/12/2021}", 27, "01/12/2021"),
        ("due: {on: 2021-12-01}", "due: {on: 2021-02-30}", 27, "2021-02-30"),
        ("  due: {on: 2021-12-01}\n", "", 22, "due"),
        ("  why: Quy định\n  remedy: Nộp cả hai.", "  remedy: Nộp cả hai.", 22, "why"),
        ("all_of: [bao-cao, bien-ban]", "all_of: [bao-cao]\n  accepts: [bien-ban]", 22, "all_of"),
        ("in: [state]", "in: [stat]", 19, "state"),
        ("{fact: members, at_least: 9}", "{fact: members}", 19, "at_least"),
        ("{fact: members, at_least: 9}", "{fact: members, at_least: chín}", 19, "chín"),
        ("{fact: members, at_least: 9}", "{fact: host, at_least: 9}", 19, "host"),
        ("days: 3, working_days: true", "days: 3, working_days: yes", 8, "yes"),
        ("days: 3,", "days: -3,", 8, "-3"),
        ("period: {year: 2021}", "period: {year: hai nghìn}", 3, "hai nghìn"),
        ("id: thu", "id: Thử", 1, "Thử"),
        ("period: year}", "period: yearly}", 10, "year"),
        ("  when: by-date", "  when: by-date\n  per: months", 27, "month"),
        ("  when: by-date", "  when: by-date\n  checks: {no-numbr: warning}", 27, "no-number"),
        ("  when: by-date", "  when: by-date\n  checks: {no-number: warn}", 27, "warning"),
        ("  when: by-date", "  when: by-date\n  when: at-visit", 27, "when"),
        ("title: Gói thử", "title: Gói: thử", 2, ":"),
        ("title: Gói thử", "title: &x Gói thử", 2, "&x"),
        ("Nộp cả hai.", "Nộp {cả hai.", 30, ""),
    ],
)
def test_each_mistake_names_its_line(old: str, new: str, line: int, words: str) -> None:
    wrong = PACK.replace(old, new)
    assert wrong != PACK
    found = errors(wrong)
    assert any(at == line and words in message for at, message in found), found


def test_a_tab_and_a_wrong_encoding_are_told_in_words(tmp_path: Path) -> None:
    assert errors(PACK.replace("  title: Hai", "\ttitle: Hai"))[0][0] == 23
    path = tmp_path / "cp1258.yaml"
    path.write_bytes(PACK.encode("utf-16"))
    assert check_pack(path)[0].line == 1
    path.write_bytes(PACK.encode().replace("Gói".encode(), b"G\xf3i"))
    assert "UTF-8" in check_pack(path)[0].message
    assert check_pack(path)[0].line == 2


@pytest.mark.parametrize("text", ["", "[]", "a", "- - - -\n", "{" * 3000, "--- a\n--- b\n", "\x00", "a: *b\n"])
def test_what_is_no_pack_is_an_error_and_never_a_traceback(text: str) -> None:
    with pytest.raises(BadConfiguration):
        pack_from_text(text)


def test_an_unknown_pack_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match="xep-loai-2021"):
        find_pack("xep-lai-2021")
    with pytest.raises(BadConfiguration):
        find_pack(tmp_path / "khong-co.yaml")


def test_builtin_packs_are_without_mistakes() -> None:
    assert {pack_id: check_pack(path) for pack_id, path in builtin_packs().items()} == {
        "xep-loai-2018": [], "xep-loai-2021": [], "xep-loai-2023": [], "xep-loai-2025": [],
    }  # fmt: skip


def test_the_office_word_on_is_a_plain_word() -> None:
    wrong = PACK.replace("title: Gói thử", "title: on").replace("name: Biên bản", "name: no")
    pack = pack_from_text(wrong)
    assert (pack.title, pack.kinds["bien-ban"].title_vi) == ("on", "no")


def test_requirements_that_are_no_list_are_told_of() -> None:
    before, mark, _after = PACK.partition("requirements:\n")
    assert mark
    line = before.count("\n") + 1
    assert [told[0] for told in errors(f"{before}requirements: khong co gi\n")] == [line]
    assert [told[0] for told in errors(f"{before}requirements: {{id: mot}}\n")][:1] == [line]
