"""When papers must be recognised again: other words of kinds, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.loader import PACKS, find_pack, pack_from_text
from rules.model import RulePack
from validators.wording import wording

TEXT = (PACKS / "xep-loai-2021.yaml").read_text(encoding="utf-8")
PACK = find_pack("xep-loai-2021")


@pytest.mark.parametrize(
    ("old", "new"),
    [("per: month", "count: 4"), ("why: Điều lệ Đảng", "why: Quy định"), ("title: Kiểm tra", "title: Đợt kiểm tra")],
)
def test_other_requirements_and_reasons_leave_recognition_as_it_is(old: str, new: str) -> None:
    assert old in TEXT
    other = pack_from_text(TEXT.replace(old, new))
    assert other.sha256 != PACK.sha256
    assert wording(other) == wording(PACK)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tổng kết công tác năm", "tổng kết cả năm"),
        ("name: Báo cáo tổng kết năm", "name: Báo cáo năm"),
        ("names: [biên bản sinh hoạt,", "names: [biên bản họp,"),
        ("  title: Báo cáo tổng kết năm", "  title: Báo cáo cả năm"),
    ],
)
def test_other_words_of_kinds_and_of_folders_are_seen(old: str, new: str) -> None:
    assert old in TEXT
    assert wording(pack_from_text(TEXT.replace(old, new))) != wording(PACK)


def test_what_a_later_version_adds_counts_until_it_is_said_not_to() -> None:
    changed: RulePack = replace(PACK, levels=PACK.levels[1:])
    assert wording(changed) != wording(PACK)
