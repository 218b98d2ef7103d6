"""The page that teaches offices to write rule packs: its examples are run, and it explains every word of the format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import EnumMeta
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from archive.records import ReadingState, Severity, Source, UnitType, VerdictKind
from rules.cases import Suite, run_cases
from rules.conditions import FACTS, HOSTS
from rules.fields import Fields
from rules.grading import ROLES, TOTAL, Grouping, Rounding, Rule, Whose
from rules.loader import builtin_packs, check_pack, find_pack
from rules.model import PARTS, Origin, Per, RulePack, When
from rules.overlay import _MANY
from rules.packfile import _PERIODS
from rules.requirementfile import CHECK_CODES, REMEDY_WORDS
from rules.yamlfile import Entry, Problems
from validators.examples import evaluate
from validators.mutation import surviving

PAGE = (Path(__file__).parents[1] / "docs" / "bo-quy-tac.md").read_text(encoding="utf-8")
VALUES: tuple[EnumMeta | Sequence[str], ...] = (
    UnitType, When, Per, Origin, PARTS, CHECK_CODES, Severity, HOSTS, tuple(FACTS), _PERIODS, ROLES, (TOTAL,), Rule,
    Whose, Grouping, Rounding, ReadingState, Source, VerdictKind,
)  # fmt: skip


def blocks() -> dict[str, list[str]]:
    """The texts of each file of the page, in order: the first whole, then what is to be written at its end."""
    found: dict[str, list[str]] = {}
    for block in re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.M | re.S):
        name = re.match(r"# ([\w-]+\.yaml)", block)
        assert name, block[:80]
        found.setdefault(name[1], []).append(block)
    return found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files of the page, as far as its first blocks, in the working directory."""
    for name, texts in blocks().items():
        (tmp_path / name).write_text(texts[0], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def mutated(path: Path) -> tuple[Suite, list[str]]:
    suite = run_cases(path, evaluate)
    return suite, [
        f"{one.line} {one.requirement}: {one.what}" for one in surviving(suite.pack, suite.holding).survivors
    ]


@pytest.mark.parametrize("name", blocks())
def test_each_example_is_a_pack_whose_examples_hold(folder: Path, name: str) -> None:
    assert check_pack(folder / name) == []
    suite, survivors = mutated(folder / name)
    assert [result.failures for result in suite.results if not result.passed] == []
    assert suite.lacks == {}
    assert survivors


@pytest.mark.parametrize("name", blocks())
def test_with_what_is_to_be_added_no_slip_goes_unnoticed(folder: Path, name: str) -> None:
    (folder / name).write_text("".join(blocks()[name]), encoding="utf-8")
    suite, survivors = mutated(folder / name)
    assert [result.failures for result in suite.results if not result.passed] == []
    assert survivors == []


def test_the_page_counts_the_slips_right(folder: Path) -> None:
    said = re.search(r"còn (\d+) chỗ", PAGE)
    assert said
    assert len(mutated(folder / "van-thu.yaml")[1]) == int(said[1])


def test_the_commands_of_the_page_work(folder: Path) -> None:
    commands = [
        line.split()
        for line in re.findall(r"^hoso (.*)$", "".join(re.findall(r"```console\n(.*?)```", PAGE, re.S)), re.M)
    ]
    assert len(commands) == 6
    for words in commands:
        done = CliRunner().invoke(cli.main, words)
        assert done.exit_code == ("--mutate" in words), (words, done.output)


def explained() -> set[str]:
    """The words in the first column of the page's tables."""
    rows = re.findall(r"^\| (.*?) \|", PAGE[PAGE.index("## 5.") :], re.M)
    return {word for row in rows for word in re.findall(r"`([^`]+)`", row)}


class _Seen:
    """Every set of fields that a reader knew, but for those whose names the office chooses itself."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.known: set[tuple[str, ...]] = set()
        read = Fields.__init__

        def init(fields: Fields, entry: Entry, problems: Problems, known: Sequence[str], what: str = "") -> None:
            self.known.add(tuple(known))
            read(fields, entry, problems, known, what)

        monkeypatch.setattr(Fields, "__init__", init)

    def words(self, packs: Sequence[RulePack]) -> Iterator[str]:
        chosen = {
            name
            for pack in packs
            for names in (pack.kinds, pack.areas, pack.mass_orgs, pack.abbreviations, pack.unit_types)
            for name in names
        }
        chosen |= {item.id for pack in packs for item in pack.requirements}
        # Values may be names of fields, too (a deadline for each `when`); they are looked at by themselves.
        closed = [chosen, *({str(value) for value in each} for each in VALUES)]
        for known in self.known:
            if not any(set(map(str, known)) <= names for names in closed):
                yield from known


def test_every_word_of_the_format_has_its_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever adds a field to the format explains it here, to people who do not read the code."""
    from rules import loader

    loader._load.cache_clear()
    loader._read.cache_clear()
    seen = _Seen(monkeypatch)
    more = folder / "them.yaml"
    more.write_text(FULL, encoding="utf-8")
    assert check_pack(more) == []
    paths = [*builtin_packs().values(), *folder.glob("*.yaml")]
    packs = [run_cases(path, evaluate).pack for path in paths]
    wanted = set(seen.words(packs)) - {"cases"}  # the heading of the project's own files of examples
    assert wanted > {"accepts", "form_year", "lies_with", "rounding", "next_year", "new_terms", "any", "off"}
    assert sorted(wanted - explained()) == []
    # What stands in the page and is no word of the format any more misleads.
    values = {str(value) for each in VALUES for value in each} | {f"{{{word}}}" for word in REMEDY_WORDS}
    assert sorted(explained() - wanted - values - set(_MANY)) == []


@pytest.mark.parametrize("values", VALUES)
def test_every_value_is_explained(values: EnumMeta | Sequence[str]) -> None:
    words = set(re.findall(r"`([^`\s]+)`", PAGE))
    assert [str(value) for value in values if str(value) not in words] == []


def test_every_word_in_braces_is_explained() -> None:
    assert [word for word in REMEDY_WORDS if f"`{{{word}}}`" not in PAGE] == []


def test_every_built_in_pack_is_named() -> None:
    assert [pack_id for pack_id in builtin_packs() if f"`{pack_id}`" not in PAGE] == []
    assert find_pack("xep-loai-2021").years == (2019, 2022)


# A pack that goes into every corner of the format that the others leave out.
FULL = """\
id: them
base: xep-loai-2021
title: Thêm
calendar: {working: [2021-01-02], off: [2021-12-31], why: thông báo}
changes:
- requirement: bao-cao-qcdc
  reason: thử
  when: by-date
  due: {on: 01-10, next_year: true}
  only_if: {all: [{any: [{not: {fact: host, is: state}}]}]}
tests:
- name: Thử
  unit: {id: a, type: chi-bo-co-so, mass_orgs: [{id: x, name: X}]}
  visit: 2021-12-20
  as_of: 2021-12-20
  papers: [{kind: bao-cao-ktgs, year: 2021}]
  expect: {bao-cao-ktgs: {verdict: met}}
"""
