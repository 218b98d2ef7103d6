"""`hoso rules show` and `hoso rules diff`: everything a pack says, and what differs, in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive.errors import NotFound
from archive.i18n import use_language
from reports.rulebook import show_data, show_text
from reports.rulediff import diff_data, diff_text
from rules.loader import builtin_packs, find_pack
from rules.model import RulePack

BASE = find_pack("xep-loai-2021")


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


@pytest.fixture
def overlay(tmp_path: Path) -> RulePack:
    """A pack of an office: changes, drops, adds, and has one unit's own rules."""
    path = tmp_path / "khoi.yaml"
    path.write_text(
        """\
id: khoi
base: xep-loai-2021
deadlines: {before-visit: {days: 5, working_days: true, unverified: theo lời kể}}
calendar: {working: [2021-01-02]}
changes:
- {requirement: kiem-diem-ca-nhan, reason: nhiều người đi học, at_least: 95 %, grace_days: 3}
- {requirement: bien-ban-kiem-phieu, reason: không bỏ phiếu, drop: true}
- requirement: bao-cao-qcdc
  reason: cơ quan nhà nước mới có
  only_if: {any: [{fact: host, in: [state, public-service]}, {not: {fact: has_ubkt, is: true}}]}
- {requirement: tu-cham-diem, reason: chỉ nhận bảng, accepts: [bang-tu-cham-diem, bang-bieu], periods: [year, quarter]}
- {requirement: bao-cao-dan-van-kheo, reason: báo cáo riêng, units: [cb-a], when: after-visit, due: {days: 2}}
- {requirement: dang-ky-dan-van-kheo, reason: miễn, units: [cb-a], drop: true}
requirements:
- {id: muc, title: Mức của cơ quan, area: xep-loai, for: [chi-bo-co-so], from: host, when: by-date,
   due: {on: 01-10, next_year: true}, all_of: [phieu-danh-gia, quyet-dinh],
   why: Kế hoạch của Khối, remedy: Nộp., unverified: mới suy ra}
""",
        encoding="utf-8",
    )
    return find_pack(path)


def requirement(pack: RulePack, name: str) -> dict[str, object]:
    (found,) = show_data(pack, name)["requirements"]
    return dict(found)


def test_show_says_who_when_how_many_what_counts_and_on_what_it_rests(overlay: RulePack) -> None:
    own = requirement(overlay, "kiem-diem-ca-nhan")
    assert own["how_many"] == "1 per member, less the exempt; 95 % of them are enough"
    assert own["when"] == "at the visit; waited for 3 days more"
    assert own["forms"] == "02-HD KĐ.ĐG 2019"
    assert "Hướng dẫn 21-HD/BTCTW" in str(own["why"])
    assert requirement(overlay, "bao-cao-tong-ket")["when"] == "5 working days before the visit"
    assert requirement(overlay, "bao-cao-tong-ket")["unverified"] == ["theo lời kể"]
    democracy = str(requirement(overlay, "bao-cao-qcdc")["who"])
    assert democracy.endswith(
        "only where host body is a state agency or a public service unit or not (the unit has an inspection commission)"
    )
    assert str(requirement(overlay, "tu-cham-diem")["who"]).endswith("in campaigns on a year, quarter")
    level = requirement(overlay, "muc")
    assert level["when"] == "by 10/01 of the next year"
    assert str(level["what_counts"]).startswith("each of: Phiếu đánh giá, biểu quyết, nhận xét, Quyết định; issued by")
    assert level["unverified"] == ["mới suy ra"]


def test_show_says_what_was_changed_where_and_why(overlay: RulePack) -> None:
    text = show_text(overlay)
    for words in (
        "On top of: xep-loai-2021", "Swapped days, worked: 02/01/2021", "not verified: theo lời kể",
        "changed (how many, days it is waited for) by khoi.yaml:6: nhiều người đi học",
        "bien-ban-kiem-phieu: dropped by khoi.yaml:7: không bỏ phiếu", "added by khoi.yaml:",
        "unit cb-a: 2 days after the visit", "changed (deadline) by khoi.yaml:", "unit cb-a: not asked",
    ):  # fmt: skip
        assert words in text, words
    only = show_data(overlay, "bien-ban-kiem-phieu")
    assert (only["requirements"], [each["reason"] for each in only["dropped"]]) == ([], ["không bỏ phiếu"])
    with pytest.raises(NotFound) as caught:
        show_data(overlay, "kiem-diem-ca-nhn")
    assert "kiem-diem-ca-nhan" in caught.value.hint


def test_every_pack_can_be_shown_whole_and_names_all_that_is_unverified() -> None:
    for pack_id in builtin_packs():
        pack = find_pack(pack_id)
        data, text = show_data(pack), show_text(pack)
        json.dumps(data)
        assert [item["id"] for item in data["requirements"]] == [item.id for item in pack.requirements]
        for item in pack.requirements:
            assert f"\n{item.id} " in text
            assert item.why in text
            assert item.unverified in text
        for doubt in (*pack.unverified, pack.grading_unverified, *(kind.unverified for kind in pack.kinds.values())):
            assert doubt in text or doubt in {pack.kinds[kind].unverified for kind in _serving_nothing(pack)}


def _serving_nothing(pack: RulePack) -> set[str]:
    served = {kind for item in pack.requirements for kind in (*item.accepts, *item.all_of)}
    return set(pack.kinds) - served


def test_equal_packs_say_so(tmp_path: Path) -> None:
    (tmp_path / "nhu-cu.yaml").write_text("id: nhu-cu\nbase: xep-loai-2021\n", encoding="utf-8")
    for other in (BASE, find_pack(tmp_path / "nhu-cu.yaml")):
        assert diff_data(BASE, other)["same"] is True
        assert diff_text(BASE, other).endswith("The two packs ask the same: nothing differs.")


def test_diff_tells_each_difference_in_words(overlay: RulePack) -> None:
    data, text = diff_data(BASE, overlay), diff_text(BASE, overlay)
    assert data["same"] is False
    by_id = {(each["id"], each["unit"]): each for each in data["requirements"]}
    assert by_id["bien-ban-kiem-phieu", ""]["change"] == "dropped"
    assert by_id["muc", ""]["change"] == "added"
    assert by_id["dang-ky-dan-van-kheo", "cb-a"]["change"] == "dropped"
    assert by_id["bao-cao-dan-van-kheo", "cb-a"]["words"] == [
        "deadline: 3 days before the visit -> 2 days after the visit",
        "reason: báo cáo riêng",
    ]
    assert by_id["bao-cao-dan-van-kheo", ""]["words"] == [
        "deadline: 3 days before the visit -> 5 working days before the visit"
    ]
    for words in (
        "Biên bản kiểm phiếu [bien-ban-kiem-phieu]: no longer asked: không bỏ phiếu",
        "what counts: adds Bảng, biểu khác; leaves out Báo cáo tự chấm điểm, đề xuất mức chất lượng",
        "how many: 1 per member, less the exempt -> 1 per member, less the exempt; 95 % of them are enough",
        "newly not verified: theo lời kể", 'section "calendar" differs',
    ):  # fmt: skip
        assert words in text, words
    untouched = {"kiem-diem-tap-the", "bien-ban-xep-loai", "bien-ban-sinh-hoat"}
    assert not untouched & {name for name, _unit in by_id}


def test_diff_is_told_from_both_sides(overlay: RulePack) -> None:
    there, back = diff_data(BASE, overlay), diff_data(overlay, BASE)
    opposite = {"added": "dropped", "dropped": "added", "changed": "changed"}
    told = {(each["id"], each["unit"]): each["change"] for each in there["requirements"]}
    assert {(each["id"], each["unit"]): opposite[each["change"]] for each in back["requirements"]} == told


def test_the_forms_of_two_periods_are_compared() -> None:
    text = diff_text(BASE, find_pack("xep-loai-2023"))
    assert "form: 02-HD KĐ.ĐG 2019 -> 02A-HD KĐ.ĐG, 02B-HD KĐ.ĐG 2023" in text
    assert "years: 2019-2022 -> 2023-2024" in text
    assert "xep-loai-chinh-quyen-doan-the" in text
