"""A chi bộ has no seal: nothing may ask it for one."""

from __future__ import annotations

import re

import pytest

from archive.i18n import use_language
from archive.records import Recognition
from archive.vietnamese import fold_words
from rules.loader import builtin_packs, find_pack
from tests.validators.papers import Paper, reading
from validators.checks.table import run_checks
from validators.recognise import recognise

SEAL = re.compile(r"\b(?:con dau|dong dau|seal|stamp)\b")
PACKS = [find_pack(name) for name in builtin_packs()]


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "paper",
    [
        Paper(),
        Paper(foot=()),
        Paper(number="", dateline="Bình Lâm, ngày … tháng … năm 2021", foot=("T/M CHI BỘ",)),
        Paper(printed="BIÊN BẢN", title="Họp kiểm điểm, xếp loại chi bộ năm 2021", number="", foot=()),
    ],
)
def test_no_finding_on_a_paper_of_a_chi_bo_speaks_of_a_seal(pack, language, paper) -> None:
    use_language(language)
    try:
        read = reading(paper.text)
        for found in (recognise(read, name="a.docx", folder="", pack=pack), Recognition(None, 0.0)):
            for finding in run_checks(read, found, name="a.docx", pack=pack):
                assert not SEAL.search(fold_words(f"{finding.message} {finding.remedy}"))
    finally:
        use_language("vi")


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_no_requirement_of_a_pack_asks_for_a_seal(pack) -> None:
    for requirement in pack.requirements:
        assert not SEAL.search(fold_words(f"{requirement.title} {requirement.remedy} {requirement.why}"))
