from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from archive.errors import BadConfiguration
from archive.records import Calendar, Period, UnitType
from rules.campaign import folder_name_trouble, load_campaign
from rules.yamlfile import BadFile

CAMPAIGN = """\
campaign: {id: xl-2021, title: Kiểm tra năm 2021, year: 2021, pack: xep-loai-2021}
basis:
- {code: 164-CV/ĐUK, on: 2021-10-26, title: 'Công văn'}
- {code: 39-KH/ĐUK, on: 2021-11-12}
teams:
- {id: doan-1, name: Đoàn Kiểm tra số 1}
units:
- {id: cb-van-phong, name: Chi bộ Văn phòng, type: chi-bo-co-so, members: 12, exempt: 1, host: party,
   mass_orgs: [cong-doan], proposed_level: HTTNV}
- {id: db-so-y-te, name: Đảng bộ Sở Y tế, type: dang-bo-co-so, has_ubkt: true,
   mass_orgs: [{id: hoi-chu-thap-do, name: Hội Chữ thập đỏ}, cong-doan]}
- {id: bp-noi, name: Đảng bộ bộ phận Nội, type: dang-bo-bo-phan, parent: db-so-y-te}
- {id: cb-khoa-noi, name: Chi bộ Khoa Nội, type: chi-bo-truc-thuoc, parent: bp-noi, members: 9}
visits:
- {unit: cb-van-phong, team: doan-1, on: 2021-12-20}
waivers:
- {unit: cb-van-phong, requirement: doan-the-thong-qua, why: đang kiện toàn, by: Văn phòng, until: 2021-12-31}
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "dot.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_campaign_is_read_whole(tmp_path: Path) -> None:
    campaign = load_campaign(write(tmp_path, CAMPAIGN))
    assert (campaign.id, campaign.year, campaign.pack) == ("xl-2021", 2021, "xep-loai-2021")
    assert [unit.type for unit in campaign.units] == [
        UnitType.CHI_BO_CO_SO, UnitType.DANG_BO_CO_SO, UnitType.DANG_BO_BO_PHAN, UnitType.CHI_BO_TRUC_THUOC,
    ]  # fmt: skip
    office, health = campaign.units[:2]
    assert (office.members, office.exempt, office.host, office.proposed_level) == (12, 1, "party", "HTTNV")
    assert [(org.id, org.name) for org in office.mass_orgs] == [("cong-doan", "Công đoàn")]
    assert [org.name for org in health.mass_orgs] == ["Hội Chữ thập đỏ", "Công đoàn"]
    assert health.has_ubkt
    assert health.members is None
    assert campaign.visits[0].on == date(2021, 12, 20)
    assert campaign.basis[0].on == date(2021, 10, 26)
    assert campaign.basis[1].title == ""
    assert campaign.waivers[0].until == date(2021, 12, 31)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("type: chi-bo-co-so", "type: chi-bo-coso", 8, "chi-bo-co-so"),
        ("host: party", "host: parti", 8, "party"),
        ("team: doan-1, on", "team: doan-2, on", 15, "doan-1"),
        ("{unit: cb-van-phong, team", "{unit: cb-vanphong, team", 15, "cb-van-phong"),
        ("requirement: doan-the-thong-qua", "requirement: doan-the-thongqua", 17, "doan-the-thong-qua"),
        ("parent: bp-noi", "parent: bp-noii", 13, "bp-noi"),
        ("parent: bp-noi, ", "", 13, "parent"),
        ("parent: db-so-y-te", "parent: cb-van-phong", 12, "dang-bo-co-so"),
        ("parent: db-so-y-te", "parent: bp-noi", 12, "bp-noi"),
        ("host: party", "parent: db-so-y-te", 8, "parent"),
        ("id: cb-khoa-noi", "id: cb-van-phong", 13, "line 8"),
        ("id: cb-khoa-noi", "id: CB-van-phong", 13, "Windows"),
        ("id: cb-khoa-noi", "id: _cb", 13, "_cb"),
        ("id: cb-khoa-noi", "id: a/b", 13, "a/b"),
        ("id: cb-khoa-noi", "id: nul", 13, "Windows"),
        ("members: 12, exempt: 1", "members: 1, exempt: 2", 8, "2"),
        ("members: 12", "members: mười hai", 8, "mười hai"),
        ("on: 2021-12-20", "on: 20/12/2021", 15, "2021-12-20"),
        ("has_ubkt: true", "has_ubkt: có", 10, "true"),
        ("proposed_level: HTTNV", "proposed_level: HTTVN", 9, "HTTNV"),
        ("mass_orgs: [cong-doan],", "mass_orgs: [cong-doann],", 9, "cong-doan"),
        ("pack: xep-loai-2021", "pack: xep-lai-2021", 1, "xep-loai-2021"),
        ("units:", "unit:", 7, "units"),
        ("why: đang kiện toàn, ", "", 17, "why"),
        ("- {id: doan-1, name: Đoàn Kiểm tra số 1}", "- {id: doan-1, name: A}\n- {id: doan-1, name: B}", 7, "doan-1"),
        ("waivers:", "- {unit: cb-van-phong, team: doan-1, on: 2021-12-21}\nwaivers:", 16, "cb-van-phong"),
        ("waivers:", "- {unit: bp-noi, team: doan-1, on: 2021-12-21}\nwaivers:", 16, "db-so-y-te"),
    ],
)
def test_each_mistake_names_its_line_and_the_nearest_word(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    assert old in CAMPAIGN
    with pytest.raises(BadFile) as caught:
        load_campaign(write(tmp_path, CAMPAIGN.replace(old, new)))
    found = [(error.line, error.message) for error in caught.value.errors]
    assert any(at == line and words in message for at, message in found), found


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    wrong = (
        CAMPAIGN.replace("host: party", "host: parti")
        .replace("doan-1, on", "doan-9, on")
        .replace("title: K", "titel: K")
    )
    with pytest.raises(BadConfiguration) as caught:
        load_campaign(write(tmp_path, wrong))
    assert [f"dot.yaml:{line}:" in caught.value.message for line in (1, 8, 15)] == [True, True, True]


def test_units_below_each_other_in_a_ring_are_told(tmp_path: Path) -> None:
    ring = CAMPAIGN.replace("parent: db-so-y-te", "parent: cb-khoa-noi")
    with pytest.raises(BadConfiguration, match="bp-noi"):
        load_campaign(write(tmp_path, ring))


def test_a_pack_beside_the_campaign_file_is_found(tmp_path: Path) -> None:
    pack = Path(__file__).parents[2] / "rules" / "packs" / "xep-loai-2021.yaml"
    (tmp_path / "goi.yaml").write_bytes(pack.read_bytes())
    campaign = load_campaign(write(tmp_path, CAMPAIGN.replace("pack: xep-loai-2021", "pack: goi.yaml")))
    assert campaign.pack == str((tmp_path / "goi.yaml").resolve())


def test_a_file_that_is_not_there_is_a_bad_configuration(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match="khong-co"):
        load_campaign(tmp_path / "khong-co.yaml")


@pytest.mark.parametrize("name", ["cb-van-phong", "Chi bộ 1", "a.b", "đơn-vị", "com", "a" * 100])
def test_names_that_can_be_folders(name: str) -> None:
    assert folder_name_trouble(name) is None


@pytest.mark.parametrize(
    "name",
    ["a/b", "a\\b", "a:b", "a*", "a\nb", "..", ".a", "_a", "~$a", "a.", "a ", " a", "CON", "com1", "LPT9.x", "ư" * 60],
)
def test_names_that_cannot(name: str) -> None:
    assert folder_name_trouble(name)


# --- what the campaign reviews, and its pack -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ("", Period(2021)),
        (", quarter: 4", Period(2021, "quarter", 4)),
        (", half: 1", Period(2021, "half", 1)),
        (", term: [2020, 2025]", Period(2025, "term", since=2020)),
    ],
)
def test_what_a_campaign_reviews(tmp_path: Path, head: str, wanted: Period) -> None:
    campaign = load_campaign(write(tmp_path, CAMPAIGN.replace("year: 2021,", f"year: 2021{head},")))
    assert (campaign.year, campaign.reviewed) == (2021, wanted)


def test_the_campaign_has_a_table_of_swapped_days(tmp_path: Path) -> None:
    table = CAMPAIGN + "calendar: {working: [2021-01-02], off: [2021-12-31]}\n"
    campaign = load_campaign(write(tmp_path, table))
    assert campaign.calendar == Calendar((date(2021, 1, 2),), (date(2021, 12, 31),))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("year: 2021,", "year: 2024,", "xep-loai-2023"),
        ("year: 2021,", "year: 2018,", "xep-loai-2018"),
        ("year: 2021,", "year: 2030,", "xep-loai-2025"),
        ("year: 2021,", "year: 2010,", "2019-2022"),
        ("year: 2021,", "year: 2021, quarter: 5,", "4"),
        ("year: 2021,", "year: 2021, quarter: 0,", "quarter"),
        ("year: 2021,", "year: 2021, half: 3,", "2"),
        ("year: 2021,", "year: 2021, half: 1, quarter: 1,", "half"),
        ("year: 2021,", "year: 2021, term: [2025, 2030],", "term"),
        ("year: 2021,", "year: 2021, term: [2020],", "term"),
        ("year: 2021,", "year: 2021, quater: 1,", "quarter"),
    ],
)
def test_a_wrong_year_or_period_is_told_and_the_right_pack_named(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    with pytest.raises(BadFile) as caught:
        load_campaign(write(tmp_path, CAMPAIGN.replace(old, new)))
    assert [error.line for error in caught.value.errors] == [1]
    assert words in caught.value.errors[0].message


def test_an_overlay_beside_the_campaign_file_and_the_units_it_names(tmp_path: Path) -> None:
    text = (
        "id: dp\nbase: xep-loai-2021\nchanges:\n"
        "- {requirement: bao-cao-qcdc, reason: x, units: [cb-van-phong], drop: true}\n"
    )
    (tmp_path / "dp.yaml").write_text(text, encoding="utf-8")
    file = write(tmp_path, CAMPAIGN.replace("pack: xep-loai-2021", "pack: dp.yaml"))
    assert load_campaign(file).pack == str((tmp_path / "dp.yaml").resolve())
    (tmp_path / "dp.yaml").write_text(text.replace("cb-van-phong", "cb-vanphong"), encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        load_campaign(file)
    (error,) = caught.value.errors
    assert (Path(error.file).name, error.line) == ("dp.yaml", 4)
    assert "cb-van-phong" in error.message
