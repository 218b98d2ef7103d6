"""Every example dossier of the packs comes out as written; and a case that does not is told with file and line."""

from pathlib import Path

import pytest

from archive.errors import BadConfiguration
from archive.records import VerdictKind
from rules.cases import SHOWN, Suite, run_cases
from rules.loader import builtin_packs, check_pack
from validators.examples import evaluate

SUITES = {pack_id: run_cases(pack_id, evaluate) for pack_id in builtin_packs()}
RESULTS = {
    f"{pack_id}: {Path(result.file).name}:{result.line} {result.name}": result
    for pack_id, suite in SUITES.items()
    for result in suite.results
}


@pytest.mark.parametrize("name", RESULTS)
def test_case(name: str) -> None:
    assert RESULTS[name].failures == ()


@pytest.mark.parametrize("pack_id", builtin_packs())
def test_every_requirement_is_shown_met_not_met_and_in_doubt(pack_id: str) -> None:
    """What a pack takes unchanged from its base is shown by the base's examples."""
    assert SUITES[pack_id].lacks == {}


CASES = """\
cases:
- name: Sai
  unit: {type: chi-bo-co-so}
  visit: 2021-12-20
  as_of: 2021-12-18
  papers: [{kind: bao-cao-tong-ket, year: 2021}]
  expect:
    bao-cao-tong-ket:
      verdict: not-met
      late: false
    tu-cham-diem: {verdict: not-met, reasons: [wrong-year], need: 2}
"""


def test_what_comes_out_otherwise_is_told_with_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "sai.yaml"
    file.write_text(CASES, encoding="utf-8")
    (result,) = run_cases("xep-loai-2021", evaluate, [file]).results
    assert not result.passed
    assert [text.split(": ")[0] for text in result.failures] == [f"{file}:{line}" for line in (8, 8, 11, 11)]
    assert [word in " ".join(result.failures) for word in ("met", "late", "wrong-year", "need 2")] == [True] * 4


def test_a_mistake_in_a_case_is_told_before_anything_runs(tmp_path: Path) -> None:
    file = tmp_path / "sai.yaml"
    file.write_text(CASES.replace("kind: bao-cao-tong-ket", "kind: bao-cao-tong-kt"), encoding="utf-8")
    with pytest.raises(BadConfiguration, match=r"sai.yaml:6: .*bao-cao-tong-ket"):
        run_cases("xep-loai-2021", evaluate, [file])


def test_cases_may_stand_in_the_pack_itself(tmp_path: Path) -> None:
    pack = builtin_packs()["xep-loai-2021"].read_text(encoding="utf-8")
    path = tmp_path / "goi.yaml"
    path.write_text(pack + "tests:\n" + CASES.partition("\n")[2], encoding="utf-8")
    results = run_cases(path, evaluate, files=[]).results
    assert [result.name for result in results] == ["Sai"]
    assert check_pack(path) == []
    path.write_text(path.read_text(encoding="utf-8").replace("verdict: not-met", "verdict: missing"), encoding="utf-8")
    assert len(check_pack(path)) == 2


def test_a_paper_may_be_given_as_its_text(tmp_path: Path) -> None:
    file = tmp_path / "chu.yaml"
    text = "ĐẢNG ỦY KHỐI\nCHI BỘ VĂN PHÒNG\n*\nSố 12-BC/CB\n\nBÁO CÁO\ntổng kết công tác năm 2021\n\nHết."
    paper = '{name: a.txt, text: "' + text.replace("\n", "\\n") + '"}'
    case = CASES.replace("{kind: bao-cao-tong-ket, year: 2021}", paper).replace("verdict: not-met\n", "verdict: met\n")
    case = case.replace("{type: chi-bo-co-so}", "{type: chi-bo-co-so, name: Chi bộ Văn phòng}")  # whose paper it is
    case = case.replace("late: false", "late: true")  # it came on the 18th
    file.write_text(case, encoding="utf-8")
    (result,) = run_cases("xep-loai-2021", evaluate, [file]).results
    assert not any("bao-cao-tong-ket" in text for text in result.failures), result.failures


# --- packs on top of packs -------------------------------------------------------------------------------------------

OVERLAY = """\
id: dia-phuong
base: xep-loai-2021
title: Gói của Khối
changes:
- {requirement: bien-ban-kiem-phieu, reason: không bỏ phiếu, drop: true}
- {requirement: kiem-diem-tap-the, reason: nộp trước, when: before-visit}
- {requirement: bao-cao-qcdc, reason: nói rõ hơn, remedy: Nộp báo cáo dân chủ.}
"""


def overlay(tmp_path: Path, more: str = "") -> Suite:
    path = tmp_path / "goi.yaml"
    path.write_text(OVERLAY + more, encoding="utf-8")
    return run_cases(path, evaluate)


def test_the_examples_of_the_base_are_run_against_the_pack_on_top(tmp_path: Path) -> None:
    suite = overlay(tmp_path)
    assert [result.failures for result in suite.results if not result.passed] == []
    assert {result.base for result in suite.results} == {"xep-loai-2021"}
    outdated = {name for result in suite.results for name in result.outdated}
    assert outdated == {"kiem-diem-tap-the"}  # asked otherwise now; the words of a remedy do not count
    assert suite.lacks == {"kiem-diem-tap-the": SHOWN}


def test_what_the_pack_on_top_spoils_without_changing_it_fails(tmp_path: Path) -> None:
    more = "- {requirement: bao-cao-ktgs, reason: thử, near: null, accepts: [bao-cao-ktgs, bao-cao-thanh-tich]}\n"
    suite = overlay(tmp_path, more)
    failed = [line for result in suite.results for line in result.failures]
    # "served" elsewhere, a paper is no longer a mistake for the others
    assert {line.split(": ")[1] for line in failed} == {"bao-cao-tong-ket", "to-trinh-khen-thuong"}


def test_an_example_of_the_same_name_takes_the_place_of_that_of_the_base(tmp_path: Path) -> None:
    name = "Chưa có biên bản kiểm phiếu"
    more = f"""\
tests:
- name: {name}
  unit: {{type: chi-bo-co-so, name: Chi bộ A}}
  visit: 2021-12-20
  as_of: 2021-12-20
  expect: {{kiem-diem-tap-the: not-met}}
"""
    suite = overlay(tmp_path, more)
    assert [result.base for result in suite.results if result.name == name] == [""]
    assert suite.shown["kiem-diem-tap-the"] == {VerdictKind.NOT_MET}


def test_findings_and_near_misses_may_be_part_of_an_example(tmp_path: Path) -> None:
    file = tmp_path / "sai.yaml"
    case = CASES.replace("year: 2021}]", "year: 2021, findings: [no-numbr]}]")
    file.write_text(case, encoding="utf-8")
    with pytest.raises(BadConfiguration, match=r"sai.yaml:6: .*no-number"):
        run_cases("xep-loai-2021", evaluate, [file])
    file.write_text(CASES.replace("need: 2}", "near: [a.docx]}"), encoding="utf-8")
    (result,) = run_cases("xep-loai-2021", evaluate, [file]).results
    assert any("near: a.docx" in line for line in result.failures)


def test_examples_are_in_vietnamese_whatever_people_read(tmp_path: Path) -> None:
    file = tmp_path / "thang.yaml"
    expect = "bien-ban-sinh-hoat: {verdict: not-met, missing: [tháng 1]}"
    case = CASES.replace("kind: bao-cao-tong-ket, year: 2021", "kind: bien-ban-sinh-hoat, year: 2021, month: 2")
    file.write_text(case[: case.index("    bao-cao-tong-ket:")] + f"    {expect}\n", encoding="utf-8")
    assert [result.failures for result in run_cases("xep-loai-2021", evaluate, [file]).results] == [()]
