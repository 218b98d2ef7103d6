"""A past answer is given again exactly, whatever happened since; and other rules are tried before they are adopted."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from rules.loader import PACKS
from tests.test_cli import CAMPAIGN, Hoso, report

AS_OF = ("--as-of", "2021-12-17")


@pytest.fixture
def season(tmp_path: Path) -> Hoso:
    """A home whose campaign rests on a pack of the office's own, with two reports."""
    hoso = Hoso(tmp_path / "home")
    hoso.run("init")
    pack(tmp_path).write_bytes((PACKS / "xep-loai-2021.yaml").read_bytes())
    (tmp_path / "campaign.yaml").write_text(CAMPAIGN.replace("xep-loai-2021}", "rieng.yaml}"), encoding="utf-8")
    hoso.run("campaign", "load", str(tmp_path / "campaign.yaml"))
    report(hoso.home / "inbox" / "cb-van-phong" / "BC tong ket.docx")
    report(hoso.home / "inbox" / "db-so-y-te" / "BC nam ngoai.docx", year=2020, unit="ĐẢNG ỦY SỞ Y TẾ")
    hoso.run("inbox", "scan", "--until-idle", "--settle", "0")
    return hoso


def pack(folder: Path) -> Path:
    return folder / "rieng.yaml"


def change_pack(folder: Path, old: str, new: str) -> None:
    text = pack(folder).read_text(encoding="utf-8")
    assert old in text
    pack(folder).write_text(text.replace(old, new), encoding="utf-8")


def moment() -> str:
    time.sleep(0.002)  # the catalogue tells moments apart by the millisecond and better
    return datetime.now(UTC).isoformat()


def test_a_past_answer_is_given_again_though_everything_has_changed_since(season: Hoso, tmp_path: Path) -> None:
    before = season.data("check", *AS_OF)
    told = season.run("check", "cb-van-phong", *AS_OF).stdout
    then = moment()

    change_pack(tmp_path, "per: month", "count: 4")  # other requirements ...
    change_pack(tmp_path, "tổng kết công tác", "chưa từng có")  # ... and other words
    report(season.home / "inbox" / "db-so-y-te" / "BC nam nay.docx", unit="ĐẢNG ỦY SỞ Y TẾ", number="77")
    season.run("inbox", "scan", "--until-idle", "--settle", "0")
    first = next(item for item in season.data("docs", "list") if item["name"] == "BC tong ket.docx")
    season.run("docs", "set", first["id"], "--kind", "bao-cao-ktgs", "--by", "Trần Lan")
    season.run("waivers", "add", "cb-van-phong", "bien-ban-xep-loai", "--why", "bão", "--by", "Trần Lan")
    moved = (tmp_path / "campaign.yaml").read_text(encoding="utf-8").replace("on: 2021-12-20", "on: 2021-12-27")
    (tmp_path / "campaign.yaml").write_text(moved.replace("members: 3", "members: 8"), encoding="utf-8")
    season.run("campaign", "load", str(tmp_path / "campaign.yaml"))

    after = season.data("check", *AS_OF)
    assert after != before
    assert after["pack_sha256"] != before["pack_sha256"]
    assert season.data("check", *AS_OF, "--known-at", then) == before
    assert season.run("check", "cb-van-phong", *AS_OF, "--known-at", then).stdout == told
    pack(tmp_path).unlink()
    assert season.data("check", *AS_OF, "--known-at", then) == before, "the pack's file is not needed"
    assert season.data("verify", "--full")["rows"] == []


def test_a_past_answer_knows_the_bases_of_its_pack(season: Hoso, tmp_path: Path) -> None:
    pack(tmp_path).replace(tmp_path / "goc.yaml")
    changes = "changes: [{requirement: bien-ban-xep-loai, reason: x, drop: true}]"
    overlay = f"id: rieng\ntitle: Riêng\nbase: goc.yaml\n{changes}\n"
    pack(tmp_path).write_text(overlay, encoding="utf-8")
    before, then = season.data("check", *AS_OF), moment()
    assert "bien-ban-xep-loai" not in {r["id"] for r in before["units"][0]["requirements"]}
    text = (tmp_path / "goc.yaml").read_text(encoding="utf-8")
    (tmp_path / "goc.yaml").write_text(text.replace("per: month", "count: 4"), encoding="utf-8")
    assert season.data("check", *AS_OF) != before
    assert season.data("check", *AS_OF, "--known-at", then) == before


def test_rules_are_tried_on_the_season_before_they_are_adopted(season: Hoso, tmp_path: Path) -> None:
    season.run("inbox", "scan", "--until-idle", "--settle", "0")
    same = season.data("rules", "replay", "--pack", str(pack(tmp_path)), "--campaign", "xl-2021", *AS_OF)
    assert (same["differences"], same["changed"], same["recognised_again"]) == (0, [], 0)
    assert "0 " in season.run("rules", "replay", "--pack", str(pack(tmp_path)), *AS_OF).stdout
    new = tmp_path / "moi.yaml"
    text = pack(tmp_path).read_text(encoding="utf-8")
    new.write_text(
        text.replace("  accepts: [bao-cao-tong-ket]\n", "  accepts: [bao-cao-tong-ket]\n  count: 2\n", 1), "utf-8"
    )
    found = season.data("rules", "replay", "--pack", str(new), *AS_OF)
    assert found["recognised_again"] == 0, "no word of a kind is other"
    one = by_place(found)["cb-van-phong", "bao-cao-tong-ket"]
    assert (one["old"]["verdict"], one["new"]["verdict"], one["new"]["have"], one["new"]["need"]) == (
        "met", "not-met", 1, 2,
    )  # fmt: skip
    assert one["because"]["fields"] == ["count"]
    assert found["summary"] == {"met -> not-met": 1}
    assert season.data("check", *AS_OF)["units"][0]["requirements"][0]["verdict"] == "met", "nothing was adopted"


def test_other_words_of_a_kind_are_tried_on_the_papers_themselves(season: Hoso, tmp_path: Path) -> None:
    new = tmp_path / "moi.yaml"
    new.write_text(without_the_words(pack(tmp_path).read_text(encoding="utf-8")), encoding="utf-8")
    found = season.data("rules", "replay", "--pack", str(new), *AS_OF)
    assert found["recognised_again"] == 2
    one = by_place(found)["cb-van-phong", "bao-cao-tong-ket"]
    assert one["old"]["verdict"] == "met" != one["new"]["verdict"]
    assert [paper["old"] for paper in one["because"]["papers"]] == ["bao-cao-tong-ket"]


def test_last_years_season_is_replayed_by_last_years_rules(season: Hoso, tmp_path: Path) -> None:
    season.data("check", *AS_OF)
    this_year = CAMPAIGN.replace("id: xl-2021", "id: xl-2022").replace("pack: xep-loai-2021", "pack: moi.yaml")
    changed = without_the_words((PACKS / "xep-loai-2021.yaml").read_text(encoding="utf-8"))
    (tmp_path / "moi.yaml").write_text(changed, encoding="utf-8")
    (tmp_path / "nam-sau.yaml").write_text(this_year, encoding="utf-8")
    season.run("campaign", "load", str(tmp_path / "nam-sau.yaml"))
    season.run("inbox", "scan", "--until-idle", "--settle", "0")
    found = season.data("rules", "replay", "--pack", str(pack(tmp_path)), "--campaign", "xl-2021", *AS_OF)
    assert (found["differences"], found["documents"], found["recognised_again"]) == (0, 2, 0)
    answer = season.json("rules", "replay", "--pack", str(pack(tmp_path)), "--campaign", "xl-2020", code=5)
    assert "xl-2021" in answer["error"]["hint"]


def without_the_words(text: str) -> str:
    """A pack that knows no year-end report by its title."""
    return re.sub(
        r"(?m)^(  bao-cao-tong-ket:\n(?:    .*\n)*?    title_words:\n)(?:      .*\n)+",
        r"\1      - [chưa từng có]\n",
        text,
    )


def by_place(found: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(item["unit"], item["requirement"]): item for item in found["changed"]}
