"""Packs on top of packs: what is merged, what is changed and why, and every mistake with file and line."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Calendar, Unit, UnitType
from rules.loader import PACKS, builtin_packs, check_pack, find_pack, load_pack, pack_files, pack_from_text
from rules.model import Requirement, RulePack, When
from rules.yamlfile import BadFile

BASE_FILE = PACKS / "xep-loai-2021.yaml"
BASE_TEXT = BASE_FILE.read_text(encoding="utf-8")
BASE = load_pack(BASE_FILE)
OFFICE = Unit("cb-van-phong", "Chi bộ Văn phòng", UnitType.CHI_BO_CO_SO)
OTHER = Unit("cb-so-y-te", "Chi bộ Sở Y tế", UnitType.CHI_BO_CO_SO)


def overlay(text: str, *bases: tuple[str, str]) -> RulePack:
    """A pack on top of that of 2021, or of the bases given."""
    return pack_from_text("id: dia-phuong\n" + text, "goi.yaml", bases or (("nen.yaml", BASE_TEXT),))


def errors(text: str) -> list[tuple[str, int, str]]:
    with pytest.raises(BadFile) as caught:
        overlay("base: xep-loai-2021\n" + text)
    return [(Path(error.file).name, error.line, error.message) for error in caught.value.errors]


def ids(pack: RulePack, unit: Unit | None = None) -> list[str]:
    return [item.id for item in (pack.requirements_for(unit) if unit else pack.requirements)]


def one(pack: RulePack, requirement: str, unit: Unit | None = None) -> Requirement:
    found = pack.requirement(requirement, unit)
    assert found
    return found


# --- what an overlay does --------------------------------------------------------------------------------------------


def test_an_overlay_that_changes_nothing_asks_the_same() -> None:
    same = overlay("base: xep-loai-2021\n")
    assert same.requirements == BASE.requirements
    assert same.kinds == BASE.kinds
    assert replace(same, id=BASE.id, base=(), sha256=BASE.sha256) == BASE


def test_a_requirement_is_changed_dropped_and_added_with_its_reason() -> None:
    pack = overlay("""\
base: xep-loai-2021
changes:
- {requirement: kiem-diem-ca-nhan, reason: Đảng ủy Khối cho 95 %, at_least: 95 %}
- {requirement: bien-ban-kiem-phieu, reason: không bỏ phiếu, drop: true}
requirements:
- id: phieu-xep-loai
  title: Phiếu đánh giá
  area: xep-loai
  for: [chi-bo-co-so]
  when: at-visit
  accepts: [phieu-danh-gia]
  why: Kế hoạch của Khối
  remedy: Nộp phiếu.
""")
    assert ids(pack) == [*(name for name in ids(BASE) if name != "bien-ban-kiem-phieu"), "phieu-xep-loai"]
    assert one(pack, "kiem-diem-ca-nhan").at_least == 95
    assert replace(one(pack, "kiem-diem-ca-nhan"), at_least=None) == one(BASE, "kiem-diem-ca-nhan")
    told = [(change.requirement, change.action, change.reason, change.line) for change in pack.changes]
    assert told == [
        ("kiem-diem-ca-nhan", "change", "Đảng ủy Khối cho 95 %", 4),
        ("bien-ban-kiem-phieu", "drop", "không bỏ phiếu", 5),
        ("phieu-xep-loai", "add", "Kế hoạch của Khối", 7),
    ]
    assert one(pack, "kiem-diem-ca-nhan").changes == pack.changes[:1]
    assert not any(item.changes for item in BASE.requirements)


def test_lists_are_added_to_and_dropped_from_and_fields_taken_away() -> None:
    pack = overlay("""\
base: xep-loai-2021
changes:
- requirement: tu-cham-diem
  reason: chỉ nhận bảng
  accepts: {drop: [bao-cao-tu-cham-diem], add: [bang-bieu]}
  near: {add: bao-cao}
- {requirement: to-trinh-khen-thuong, reason: mọi đơn vị, only_if: null}
- {requirement: cap-uy-thong-qua, reason: cần cả hai, all_of: [bien-ban-cap-uy, nghi-quyet-cap-uy]}
kinds:
  bien-ban-kiem-phieu: {names: {add: [bbkp 2]}}
""")
    assert one(pack, "tu-cham-diem").accepts == ("bang-tu-cham-diem", "bang-bieu")
    assert one(pack, "tu-cham-diem").near == ("bieu-sinh-hoat", "bao-cao")
    assert one(pack, "to-trinh-khen-thuong").only_if is None
    assert (one(pack, "cap-uy-thong-qua").accepts, len(one(pack, "cap-uy-thong-qua").all_of)) == ((), 2)
    below = BASE.kinds["bien-ban-kiem-phieu"]
    assert pack.kinds["bien-ban-kiem-phieu"] == replace(below, names=(*below.names, "bbkp 2"))


def test_dropping_and_adding_back_gives_the_base() -> None:
    written = BASE_TEXT[BASE_TEXT.index("- id: bien-ban-kiem-phieu") : BASE_TEXT.index("- id: bien-ban-sinh-hoat")]
    drop = "changes: [{requirement: bien-ban-kiem-phieu, reason: thử, drop: true}]\n"
    in_one_file = overlay(f"base: xep-loai-2021\n{drop}requirements:\n{written}")
    assert in_one_file.requirements == BASE.requirements  # at its old place, too
    below = ("bo.yaml", f"id: bo\nbase: xep-loai-2021\n{drop}")
    in_two = overlay(f"base: bo.yaml\nrequirements:\n{written}", below, ("nen.yaml", BASE_TEXT))
    assert sorted(in_two.requirements, key=lambda item: item.id) == sorted(BASE.requirements, key=lambda item: item.id)
    assert in_two.base == ("bo", "xep-loai-2021")


def test_dropping_everything_and_writing_it_again_gives_the_base() -> None:
    drops = "".join(f"- {{requirement: {name}, reason: thử, drop: true}}\n" for name in ids(BASE))
    written = BASE_TEXT[BASE_TEXT.index("- id: bao-cao-tong-ket\n") : BASE_TEXT.index("\nkinds:\n")]
    pack = overlay(f"base: xep-loai-2021\nchanges:\n{drops}requirements:\n{written}")
    assert pack.requirements == BASE.requirements
    assert all([change.action for change in item.changes] == ["add"] for item in pack.requirements)


def test_changes_for_single_units_hold_for_them_alone_and_on_top_of_all_others() -> None:
    local = """\
id: dia-phuong
base: xep-loai-2021
changes:
- {requirement: bao-cao-qcdc, reason: nộp tại buổi làm việc, units: [cb-van-phong], when: at-visit}
- {requirement: bao-cao-dan-van-kheo, reason: đã nộp nơi khác, units: [cb-van-phong], drop: true}
"""
    change = "{requirement: bao-cao-qcdc, reason: thêm hạn, when: before-visit, count: 2}"
    top = f"base: dia-phuong.yaml\nchanges: [{change}]\n"
    pack = overlay(top, ("dia-phuong.yaml", local), ("nen.yaml", BASE_TEXT))
    assert (one(pack, "bao-cao-qcdc").deadline.when, one(pack, "bao-cao-qcdc").count) == (When.BEFORE_VISIT, 2)
    own = one(pack, "bao-cao-qcdc", OFFICE)
    assert (own.deadline.when, own.count) == (When.AT_VISIT, 2)
    assert [change.reason for change in own.changes] == ["thêm hạn", "nộp tại buổi làm việc"]
    assert "bao-cao-dan-van-kheo" not in ids(pack, OFFICE)
    assert ids(pack, OTHER) == ids(BASE, OTHER)
    assert {item.deadline.when for item in pack.every_requirement() if item.id == "bao-cao-qcdc"} == set(When) - {
        When.BY_DATE, When.AFTER_VISIT,
    }  # fmt: skip


def test_a_requirement_may_be_asked_of_single_units_only() -> None:
    pack = overlay("""\
base: xep-loai-2021
requirements:
- {id: rieng, title: Riêng, area: xep-loai, for: [chi-bo-co-so], units: [cb-van-phong], when: at-visit,
   accepts: [bao-cao], why: vì, remedy: Nộp.}
""")
    assert "rieng" in ids(pack, OFFICE)
    assert "rieng" not in ids(pack, OTHER)


def test_sections_are_merged_by_key_and_levels_by_id() -> None:
    pack = overlay("""\
base: xep-loai-2021
title: Gói của Khối
areas: {khac: Khác}
deadlines: {before-visit: {days: 5, working_days: true}}
grading: {levels: [{id: HTXSNV, from_score: 95}]}
mass_orgs: {cong-doan: {words: {add: [cđcs]}}}
calendar: {working: [2021-01-02], off: [2021-12-31]}
""")
    assert (pack.title, pack.years, pack.year) == ("Gói của Khối", (2019, 2022), 2021)
    assert list(pack.areas) == [*BASE.areas, "khac"]
    due = one(pack, "bao-cao-tong-ket").deadline
    assert (due.days, due.working_days) == (5, True)
    assert one(pack, "kiem-diem-tap-the").deadline == one(BASE, "kiem-diem-tap-the").deadline
    assert [(level.id, level.title, level.from_score) for level in pack.levels[:2]] == [
        ("HTXSNV", "Hoàn thành xuất sắc nhiệm vụ", 95), ("HTTNV", "Hoàn thành tốt nhiệm vụ", 70),
    ]  # fmt: skip
    assert pack.mass_org_words["cong-doan"] == (*BASE.mass_org_words["cong-doan"], "cđcs")


def test_swapped_days_of_both_files_hold_and_the_upper_one_wins() -> None:
    local = (
        "dp.yaml",
        "id: dp\nbase: xep-loai-2021\ncalendar: {working: [2021-01-02], off: [2021-12-31, 2021-12-30]}\n",
    )
    pack = overlay("base: dp.yaml\ncalendar: {working: [2021-12-31]}\n", local, ("nen.yaml", BASE_TEXT))
    assert [day.isoformat() for day in pack.calendar.working] == ["2021-01-02", "2021-12-31"]
    assert [day.isoformat() for day in pack.calendar.off] == ["2021-12-30"]


days = st.dates().map(lambda day: day)


@given(st.sets(days), st.sets(days), st.sets(days), st.sets(days))
def test_a_table_over_another_says_of_each_day_one_thing(a: set, b: set, c: set, d: set) -> None:  # type: ignore[type-arg]
    upper, lower = Calendar(tuple(a), tuple(b - a)), Calendar(tuple(c), tuple(d - c))
    both = upper.over(lower)
    assert not set(both.working) & set(both.off)
    assert set(both.working) | set(both.off) == a | b | c | d
    assert set(upper.working) <= set(both.working)
    assert set(upper.off) <= set(both.off)


# --- the files on the disk -------------------------------------------------------------------------------------------


def test_the_hash_is_over_the_bytes_of_the_whole_chain(tmp_path: Path) -> None:
    (tmp_path / "duoi.yaml").write_text("id: duoi\nbase: xep-loai-2021\n", encoding="utf-8")
    (tmp_path / "tren.yaml").write_text("id: tren\nbase: duoi.yaml\n", encoding="utf-8")
    pack = load_pack(tmp_path / "tren.yaml")
    files = pack_files(tmp_path / "tren.yaml")
    assert [path.name for path in files] == ["tren.yaml", "duoi.yaml", "xep-loai-2021.yaml"]
    assert pack.sha256 == hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    assert load_pack(BASE_FILE).sha256 == hashlib.sha256(BASE_FILE.read_bytes()).hexdigest()
    (tmp_path / "duoi.yaml").write_text("id: duoi\nbase: xep-loai-2021\n# khác\n", encoding="utf-8")
    assert load_pack(tmp_path / "tren.yaml").sha256 != pack.sha256
    again = [(path.name, path.read_text(encoding="utf-8")) for path in pack_files(tmp_path / "tren.yaml")]
    assert pack_from_text(again[0][1], again[0][0], again[1:]) == load_pack(tmp_path / "tren.yaml")


def test_each_mistake_names_the_file_it_stands_in(tmp_path: Path) -> None:
    (tmp_path / "duoi.yaml").write_text(
        "id: duoi\nbase: xep-loai-2021\nchanges:\n- {requirement: bao-cao-qcdc, reason: x, when: at-vist}\n"
        "kinds:\n  bao-cao: {form_year: hai}\n",
        encoding="utf-8",
    )
    (tmp_path / "tren.yaml").write_text(
        "id: tren\nbase: duoi.yaml\nchanges:\n- {requirement: bao-cao-qdc, reason: x, drop: true}\n"
        "- {requirement: bao-cao-ktgs, reason: x, near: [bao-cap]}\n",
        encoding="utf-8",
    )
    found = [(Path(error.file).name, error.line) for error in check_pack(tmp_path / "tren.yaml")]
    assert found == [("duoi.yaml", 4), ("duoi.yaml", 6), ("tren.yaml", 4), ("tren.yaml", 5)]


def test_bases_in_a_ring_and_unknown_bases_are_told(tmp_path: Path) -> None:
    for name, base in (("a", "b.yaml"), ("b", "a.yaml"), ("c", "xep-loai-202"), ("d", "khong-co.yaml"), ("e", "[]")):
        (tmp_path / f"{name}.yaml").write_text(f"id: {name}\nbase: {base}\n", encoding="utf-8")
    told = {name: check_pack(tmp_path / f"{name}.yaml") for name in "abcde"}
    assert {name: [(Path(e.file).name, e.line) for e in found] for name, found in told.items()} == {
        "a": [("b.yaml", 2)], "b": [("a.yaml", 2)], "c": [("c.yaml", 2)], "d": [("d.yaml", 2)], "e": [("e.yaml", 2)],
    }  # fmt: skip
    assert "a.yaml -> b.yaml -> a.yaml" in told["a"][0].message
    assert "xep-loai-202" in told["c"][0].message.partition(";")[2]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("changes: [{requirement: bao-cao-tong-kt, reason: x, drop: true}]", 3, "bao-cao-tong-ket"),
        ("changes:\n- {requirement: bao-cao-qcdc, drop: true}", 4, "reason"),
        ("changes:\n- {requirement: bao-cao-qcdc, reason: x}", 4, "drop: true"),
        ("changes:\n- {requirement: bao-cao-qcdc, reason: x, drop: true, count: 2}", 4, "drop: true"),
        ("changes:\n- {requirement: bao-cao-qcdc, reason: x, cuont: 2}", 4, "count"),
        ("changes:\n- {requirement: bao-cao-qcdc, reason: x, units: [], count: 2}", 4, "units"),
        ("changes:\n- {requirement: bao-cao-qcdc, reason: x, title: null}", 0, "title"),
        ("changes: {requirement: bao-cao-qcdc}", 3, "list"),
        ("requirements:\n- {id: bao-cao-qcdc, title: x}", 4, "changes"),
        ("calendar: {working: [2021-01-02], off: [2021-01-02]}", 3, "2021-01-02"),
        ("calendar: {working: [02/01/2021]}", 3, "02/01/2021"),
        ("calendar: {work: [2021-01-02]}", 3, "working"),
        ("period: {years: [2022, 2019]}", 3, "2019, 2022"),
        ("period: {years: [2019, 2022], from: 2021}", 3, "from"),
        ("period: {years: [2019, 2022], year: 2023}", 3, "2023"),
        ("changes:\n- {requirement: bao-cao-qcdc, reason: x, at_least: 95}", 4, "95 %"),
        ("changes:\n- {requirement: bao-cao-qcdc, reason: x, at_least: 0 %}", 4, "95 %"),
        ("changes:\n- {requirement: bao-cao-qcdc, reason: x, periods: [quater]}", 4, "quarter"),
        ("changes:\n- {requirement: bao-cao-qcdc, reason: x, from: hots}", 4, "host"),
        ("changes:\n- {requirement: bao-cao-qcdc, reason: x, when: by-date, due: {on: 02-29}}", 4, "02-29"),
        ("changes:\n- {requirement: bao-cao-qcdc, reason: x, due: {days: 2, next_year: true}}", 4, "next_year"),
    ],
)
def test_each_mistake_names_its_line_and_the_nearest_word(text: str, line: int, words: str) -> None:
    found = errors(text + "\n")
    assert any((line == 0 or at == line) and words in message for _file, at, message in found), found


def test_changes_without_a_base_and_bases_without_text_are_mistakes() -> None:
    with pytest.raises(BadFile, match=r"base: \.\.\."):
        pack_from_text(BASE_TEXT + "\nchanges: [{requirement: bao-cao-qcdc, reason: x, drop: true}]\n")
    with pytest.raises(BadFile, match=r"pack\.yaml:2"):
        pack_from_text("id: x\nbase: xep-loai-2021\n")


# --- the packs of the project ----------------------------------------------------------------------------------------


def test_every_year_from_2018_has_one_pack_but_for_those_never_ordered() -> None:
    packs = [find_pack(pack_id) for pack_id in builtin_packs()]
    covering = {year: [pack.id for pack in packs if pack.covers(year)] for year in range(2017, 2030)}
    assert covering.pop(2017) == []
    assert all(len(found) == 1 for found in covering.values()), covering


@pytest.mark.parametrize("pack_id", ["xep-loai-2018", "xep-loai-2023", "xep-loai-2025"])
def test_packs_of_other_years_name_no_guidance_of_2021(pack_id: str) -> None:
    """Whoever adds a requirement to the base must say on what it rests in the other years."""
    pack = find_pack(pack_id)
    foreign = ("39-KH/ĐUK", "164-CV/ĐUK", "21-HD/BTCTW", "Hướng dẫn 21 năm")
    for item in pack.requirements:
        assert item.why
        assert not any(word in text for word in foreign for text in (item.why, item.title)), item.id
    assert pack.unverified
    assert pack.grading_unverified
    assert pack.exempt_members.who
    assert all(pack.kinds[kind].form_year == pack.year for kind in ("kiem-diem-tap-the", "kiem-diem-ca-nhan"))
