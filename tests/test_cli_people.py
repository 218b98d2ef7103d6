"""The commands of people: taking back, excusing, and what to do next."""

from __future__ import annotations

from pathlib import Path

from tests.test_cli import CAMPAIGN, Hoso, hoso, loaded, scanned, taken  # noqa: F401  fixtures

AS_OF = ("--as-of", "2021-12-17")


def verdict(hoso: Hoso, unit: str, requirement: str) -> dict[str, object]:  # noqa: F811
    (found,) = hoso.data("check", unit, *AS_OF)["units"]
    return next(item for item in found["requirements"] if item["id"] == requirement)


def test_a_decision_is_taken_back_and_the_machines_answer_holds_again(taken: Hoso) -> None:  # noqa: F811
    item = next(item for item in taken.data("docs", "list") if item["name"] == "BC nam ngoai.docx")
    before = verdict(taken, "db-so-y-te", "bao-cao-tong-ket")
    taken.run("docs", "set", item["id"], "--year", "2021", "--by", "Trần Lan")
    assert verdict(taken, "db-so-y-te", "bao-cao-tong-ket")["verdict"] == "met"
    data = taken.data("docs", "unset", item["id"], "--year", "--by", "Trần Lan")
    assert (data["year"], data["decision"]) == (2020, None)
    assert verdict(taken, "db-so-y-te", "bao-cao-tong-ket") == before
    assert taken.json("docs", "unset", item["id"], "--by", "Trần Lan", code=5)["error"]["code"] == "not-found"
    taken.run("docs", "unset", item["id"], "--by", " ", code=2)


def test_a_waiver_is_given_listed_and_revoked(taken: Hoso, tmp_path: Path) -> None:  # noqa: F811
    place = ("cb-van-phong", "bien-ban-xep-loai")
    given = taken.data("waivers", "add", *place, "--why", "bão lụt", "--by", "Trần Lan", "--until", "2099-12-31")
    assert (given["source"], given["state"], given["why"]) == ("hand", "standing", "bão lụt")
    assert verdict(taken, *place)["waived"] is True
    taken.run("campaign", "load", str(tmp_path / "campaign.yaml"))
    assert verdict(taken, *place)["waived"] is True, "a second load leaves it alone"
    again = taken.json("waivers", "add", *place, "--why", "x", "--by", "y", code=1)["error"]
    assert "bão lụt" in again["message"]
    slip = taken.json("waivers", "add", place[0], "bien-ban-xep-loi", "--why", "x", "--by", "y", code=5)["error"]
    assert "bien-ban-xep-loai" in slip["hint"]
    taken.run("waivers", "revoke", *place, "--by", "Minh", "--why", "đã nộp")
    assert verdict(taken, *place)["waived"] is False
    (listed,) = taken.data("waivers", "list", "--unit", "cb-van-phong")
    assert (listed["state"], listed["revoked_by"], listed["revoked_why"]) == ("revoked", "Minh", "đã nộp")
    assert taken.data("verify")["rows"] == []


def test_a_waiver_of_the_file_revoked_by_hand_is_warned_of_at_the_next_load(hoso: Hoso, tmp_path: Path) -> None:  # noqa: F811
    file = tmp_path / "campaign.yaml"
    line = "waivers: [{unit: cb-van-phong, requirement: bien-ban-xep-loai, why: x, by: y}]\n"
    file.write_text(CAMPAIGN + line, encoding="utf-8")
    hoso.run("campaign", "load", str(file))
    hoso.run("waivers", "revoke", "cb-van-phong", "bien-ban-xep-loai", "--by", "Minh", "--why", "nhầm")
    answer = hoso.json("campaign", "load", str(file))
    assert answer["data"]["withdrawn"] == ["cb-van-phong/bien-ban-xep-loai"]
    assert len(answer["warnings"]) == 1


def test_what_to_do_next_is_one_list_in_the_order_of_visits(taken: Hoso) -> None:  # noqa: F811
    data = taken.data("check", "--next", *AS_OF)
    steps = data["next"]
    assert data["next_total"] == len(steps) > 3
    assert [step["days_left"] for step in steps] == sorted(step["days_left"] for step in steps)
    assert {step["unit"] for step in steps if step["visit_unit"] == "db-so-y-te"} == {"db-so-y-te", "cb-khoa-noi"}
    for call in {step["call"] for step in steps}:
        assert len({(step["unit"], step["asks"]) for step in steps if step["call"] == call}) == 1
    assert data["visits_left"]["cb-van-phong"] == sum(step["unit"] == "cb-van-phong" for step in steps)
    gaps = [r for u in data["units"] for r in u["requirements"] if r["verdict"] in ("not-met", "cannot-tell")]
    assert len(gaps) == len(steps), "nothing is left out and nothing stands twice"
    short = taken.data("check", "--next", "--limit", "2", *AS_OF)
    assert short["next"] == steps[:2]
    assert short["next_total"] == len(steps)
    one = taken.data("check", "cb-khoa-noi", "--next", *AS_OF)
    assert one["next"] == [step for step in steps if step["unit"] == "cb-khoa-noi"]
    assert "20/12/2021" in taken.run("check", "--next", *AS_OF).stdout
    taken.run("check", "--limit", "3", code=2)
