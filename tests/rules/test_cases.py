"""Every example dossier of the packs comes out as written; and a case that does not is told with file and line."""

from dataclasses import replace
from pathlib import Path

import pytest

from archive.errors import BadConfiguration
from rules.cases import all_cases, run_cases
from rules.loader import builtin_packs, check_pack, load_pack
from rules.model import Requirement, RulePack
from validators.examples import evaluate

RESULTS = {
    f"{pack_id}: {Path(result.file).name}:{result.line} {result.name}": result
    for pack_id in builtin_packs()
    for result in run_cases(pack_id, evaluate)
}


@pytest.mark.parametrize("name", RESULTS)
def test_case(name: str) -> None:
    assert RESULTS[name].failures == ()


def _asks(requirement: Requirement, pack: RulePack) -> tuple[object, ...]:
    """What a requirement asks, the words for people aside, with the forms of what counts."""
    plain = replace(requirement, title="", why="", remedy="", unverified="", names=())
    plain = replace(plain, deadline=replace(plain.deadline, unverified=""))
    kinds = [pack.kinds[kind] for kind in (*requirement.accepts, *requirement.all_of)]
    return plain, [(kind.id, kind.forms, kind.form_year, kind.period) for kind in kinds]


def test_every_requirement_is_shown_met_not_met_and_in_doubt() -> None:
    """What a pack takes unchanged from its base is shown by the base's examples."""
    for pack_id, path in builtin_packs().items():
        pack = load_pack(path)
        base = load_pack(builtin_packs()[pack.base[0]]) if pack.base else None
        shown: dict[str, set[str]] = {requirement.id: set() for requirement in pack.requirements}
        for case in all_cases(path, pack):
            for name, wanted in case.expect.items():
                shown[name].add(wanted.verdict.value)
        for requirement in pack.requirements:
            below = base.requirement(requirement.id) if base else None
            if base is None or below is None or _asks(requirement, pack) != _asks(below, base):
                verdicts = shown[requirement.id]
                assert verdicts >= {"met", "not-met", "cannot-tell"}, (pack_id, requirement.id, verdicts)


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
    (result,) = run_cases("xep-loai-2021", evaluate, [file])
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
    results = run_cases(path, evaluate, files=[])
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
    (result,) = run_cases("xep-loai-2021", evaluate, [file])
    assert not any("bao-cao-tong-ket" in text for text in result.failures), result.failures
