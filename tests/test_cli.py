"""The commands as scripts see them: one JSON object, exit codes, errors with the next step, a language for people."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from docx import Document

CAMPAIGN = """
campaign: {id: xl-2021, title: Xếp loại năm 2021, year: 2021, pack: xep-loai-2021}
teams: [{id: doan-1, name: Đoàn Kiểm tra số 1}, {id: doan-2, name: Đoàn Kiểm tra số 2}]
units:
  - {id: cb-van-phong, name: Chi bộ Văn phòng, type: chi-bo-co-so, members: 3, mass_orgs: [cong-doan]}
  - {id: db-so-y-te, name: Đảng bộ Sở Y tế, type: dang-bo-co-so, has_ubkt: true, mass_orgs: [cong-doan]}
  - {id: cb-khoa-noi, name: Chi bộ Khoa Nội, type: chi-bo-truc-thuoc, parent: db-so-y-te, members: 2}
visits:
  - {unit: cb-van-phong, team: doan-1, on: 2021-12-20}
  - {unit: db-so-y-te, team: doan-2, on: 2021-12-22}
"""


class Hoso:
    """Runs commands in a home of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = {**os.environ, "HOSO_HOME": str(home), "HOSO_LANG": "vi"}

    def run(self, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "cli", *arguments], env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
        return done

    def json(self, *arguments: str, code: int = 0) -> dict[str, Any]:
        done = self.run(*arguments, "--json", code=code)
        answer: dict[str, Any] = json.loads(done.stdout)
        assert answer["ok"] == (code == 0)
        return answer

    def data(self, *arguments: str) -> Any:
        return self.json(*arguments)["data"]

    def copy(self, folder: Path) -> Hoso:
        """The home and the campaign's file, in another folder."""
        shutil.copytree(self.home.parent, folder, symlinks=True, dirs_exist_ok=True)
        return Hoso(folder / "home")


def report(path: Path, *, year: int = 2021, number: str = "12", unit: str = "CHI BỘ VĂN PHÒNG") -> Path:
    """A year-end report as a clerk types it."""
    paper = Document()
    for line in (
        "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH", unit, "*", f"Số {number}-BC/CB", "ĐẢNG CỘNG SẢN VIỆT NAM",
        f"Hòa Phú, ngày 15 tháng 12 năm {year}", "BÁO CÁO",
        f"Tổng kết công tác năm {year}, phương hướng, nhiệm vụ năm {year + 1}", "-----",
        "Chi bộ đã lãnh đạo hoàn thành tốt nhiệm vụ chính trị trong năm.",
        "Chế độ sinh hoạt được duy trì nền nếp vào tuần đầu hằng tháng.",
        "Nơi nhận:", "- Lưu Chi bộ.", "T/M CHI BỘ", "BÍ THƯ", "Nguyễn Thị Lan",
    ):  # fmt: skip
        paper.add_paragraph(line)
    path.parent.mkdir(parents=True, exist_ok=True)
    paper.save(str(path))
    return path


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Hoso:
    """A home with a campaign, to be copied: to make it by commands takes seconds."""
    hoso = Hoso(tmp_path_factory.mktemp("loaded") / "home")
    hoso.run("init")
    (hoso.home.parent / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    hoso.run("campaign", "load", str(hoso.home.parent / "campaign.yaml"))
    return hoso


@pytest.fixture(scope="session")
def scanned(loaded: Hoso, tmp_path_factory: pytest.TempPathFactory) -> Hoso:
    """The same, with this year's report and last year's taken in."""
    hoso = loaded.copy(tmp_path_factory.mktemp("scanned"))
    inbox = hoso.home / "inbox"
    report(inbox / "cb-van-phong" / "BC tong ket.docx")
    report(inbox / "db-so-y-te" / "BC nam ngoai.docx", year=2020, unit="ĐẢNG ỦY SỞ Y TẾ")
    (inbox / "lạc chỗ.txt").write_text("Báo cáo", encoding="utf-8")
    hoso.run("inbox", "scan", "--until-idle", "--settle", "0")
    return hoso


@pytest.fixture
def hoso(loaded: Hoso, tmp_path: Path) -> Hoso:
    return loaded.copy(tmp_path)


@pytest.fixture
def taken(scanned: Hoso, tmp_path: Path) -> Hoso:
    """This year's report and last year's, taken in."""
    return scanned.copy(tmp_path)


def test_a_home_is_made_once_and_making_it_again_is_harmless(tmp_path: Path) -> None:
    hoso = Hoso(tmp_path / "home")
    answer = hoso.json("init")
    assert answer["schema"] == "hoso/init@1"
    assert answer["data"]["created"] is True
    assert hoso.data("init")["created"] is False
    assert {"hoso.toml", "catalogue.sqlite3", "blobs", "claim", "index", "log", "inbox"} <= {
        path.name for path in hoso.home.iterdir()
    }


def test_a_command_without_a_home_says_how_to_make_one(tmp_path: Path) -> None:
    answer = Hoso(tmp_path / "none").json("check", code=10)
    assert answer["error"]["code"] == "not-initialised"
    assert "hoso init" in answer["error"]["hint"]


def test_a_campaign_loads_twice_to_the_same_and_makes_the_folders(hoso: Hoso, tmp_path: Path) -> None:
    data = hoso.data("campaign", "load", str(tmp_path / "campaign.yaml"))
    assert (data["units"], data["teams"], data["visits"]) == (3, 2, 2)
    assert data["changed"] == {"added": [], "changed": [], "removed": []}
    assert (hoso.home / "inbox" / "db-so-y-te" / "cb-khoa-noi").is_dir()


def test_a_unit_that_is_gone_from_the_campaign_is_named(hoso: Hoso, tmp_path: Path) -> None:
    """A line that was lost by mistake takes a unit and its visit out of every answer."""
    fewer = "".join(line for line in CAMPAIGN.splitlines(keepends=True) if "cb-van-phong" not in line)
    (tmp_path / "fewer.yaml").write_text(fewer, encoding="utf-8")
    told = hoso.run("campaign", "load", str(tmp_path / "fewer.yaml")).stdout
    assert "- đơn vị cb-van-phong" in told
    assert "- lịch làm việc cb-van-phong" in told


def test_a_broken_campaign_changes_nothing_and_names_the_line_and_the_word(hoso: Hoso, tmp_path: Path) -> None:
    before = hoso.data("campaign", "show")
    broken = tmp_path / "broken.yaml"
    broken.write_text(CAMPAIGN.replace("type: chi-bo-co-so", "type: chi-bo-coso"), encoding="utf-8")
    error = hoso.json("campaign", "load", str(broken), code=12)["error"]
    assert "broken.yaml:5" in error["message"]
    assert "chi-bo-co-so" in error["message"]
    assert hoso.data("campaign", "show") == before


def test_a_slip_in_the_settings_stops_every_command(hoso: Hoso) -> None:
    (hoso.home / "hoso.toml").write_text("[inbox]\nsetle = 3\n", encoding="utf-8")
    error = hoso.json("check", code=12)["error"]
    assert "hoso.toml:2" in error["message"]
    assert "inbox.settle" in error["message"]


def test_a_dropped_file_becomes_an_answer(taken: Hoso) -> None:
    """The main line, end to end, through the commands alone."""
    receipts = {item["path"]: item for item in taken.data("receipts")}
    assert {path: item["outcome"] for path, item in receipts.items()} == {
        "cb-van-phong/BC tong ket.docx": "filed",
        "db-so-y-te/BC nam ngoai.docx": "filed",
        "lạc chỗ.txt": "quarantined",
    }
    documents = {item["name"]: item for item in taken.data("docs", "list")}
    paper = documents["BC tong ket.docx"]
    assert (paper["kind"], paper["number"], paper["code"], paper["issued_on"], paper["year"], paper["signer"]) == (
        "bao-cao-tong-ket", "12", "12-BC/CB", "2021-12-15", 2021, "Nguyễn Thị Lan",
    )  # fmt: skip
    units = {item["unit"]: item for item in taken.data("check", "--as-of", "2021-12-17")["units"]}
    unit = units["cb-van-phong"]
    verdicts = {item["id"]: item for item in unit["requirements"]}
    assert verdicts["bao-cao-tong-ket"]["verdict"] == "met"
    assert verdicts["bao-cao-tong-ket"]["documents"] == [paper["id"]]
    assert (unit["team"], unit["visit_on"], unit["due_on"], unit["days_left"]) == (
        "doan-1", "2021-12-20", "2021-12-17", 0,
    )  # fmt: skip
    other = {item["id"]: item for item in units["db-so-y-te"]["requirements"]}["bao-cao-tong-ket"]
    assert other["verdict"] == "not-met"
    assert other["near_misses"][0]["fails"] == ["wrong-year"]
    assert "2021" in other["remedy"]
    folder = taken.home / "inbox" / "cb-van-phong"
    assert {path.name for path in folder.iterdir()} >= {"_TINH-TRANG.html", "_THIEU.txt", "_BIEN-NHAN"}
    assert (taken.home / "inbox" / "_CAN-SUA").is_dir()
    found = taken.data("search", "hoan thanh tot nhiem vu")
    assert paper["id"] in {hit["document"] for hit in found["hits"]}
    snippet, span = found["hits"][0]["snippet"], found["hits"][0]["spans"][0]
    assert snippet[span[0] : span[1]].lower().startswith("hoàn")
    assert found["facets"]["unit"] == {"cb-van-phong": 1, "db-so-y-te": 1}


def test_the_bytes_come_back_as_they_went_in(taken: Hoso, tmp_path: Path) -> None:
    item = next(item for item in taken.data("docs", "list") if item["unit"] == "cb-van-phong")
    taken.run("docs", "export", item["id"], "-o", str(tmp_path / "out.docx"))
    assert hashlib.sha256((tmp_path / "out.docx").read_bytes()).hexdigest() == item["sha256"]
    text = taken.data("docs", "text", item["id"])
    assert "Tổng kết công tác năm 2021" in text["pages"][0]
    assert taken.run("docs", "text", item["id"]).stdout.rstrip("\n") == "\f".join(text["pages"])


def test_the_gate_exits_with_4_and_still_answers(taken: Hoso) -> None:
    answer = taken.json("check", "cb-van-phong", "--as-of", "2021-12-17", "--gate", code=4)
    assert answer["data"]["units"][0]["unit"] == "cb-van-phong"
    taken.json("check", "cb-van-phong", "--as-of", "2021-12-01", "--gate")


def test_a_team_sees_its_units_with_their_sub_units(taken: Hoso) -> None:
    data = taken.data("check", "--team", "doan-2", "--as-of", "2021-12-17")
    assert [item["unit"] for item in data["units"]] == ["db-so-y-te", "cb-khoa-noi"]


def test_a_persons_decision_holds_and_everything_follows(taken: Hoso) -> None:
    item = next(item for item in taken.data("docs", "list") if item["name"] == "BC nam ngoai.docx")
    taken.run("docs", "set", item["id"], "--year", "2021", "--by", "Trần Lan")
    unit = taken.data("check", "db-so-y-te", "--as-of", "2021-12-17")["units"][0]
    assert {r["id"]: r["verdict"] for r in unit["requirements"]}["bao-cao-tong-ket"] == "met"
    answer = taken.json("docs", "set", item["id"], "--kind", "bao-cao-tong-kat", "--by", "Trần Lan", code=5)
    assert "bao-cao-tong-ket" in answer["error"]["hint"]


def test_one_scan_takes_in_what_lies_there(hoso: Hoso) -> None:
    report(hoso.home / "inbox" / "cb-van-phong" / "bc.docx")
    data = hoso.data("inbox", "scan", "--settle", "0.2")
    assert (data["filed"], data["read"], data["waiting"], data["stuck"]) == (1, 1, 0, [])


def test_a_stray_file_can_be_given_to_its_unit(taken: Hoso) -> None:
    item = next(item for item in taken.data("docs", "list") if item["unit"] is None)
    data = taken.data("docs", "set", item["id"], "--unit", "cb-khoa-noi", "--by", "Trần Lan")
    assert data["unit"] == "cb-khoa-noi"


def test_the_past_can_be_rebuilt(taken: Hoso) -> None:
    first = taken.data("receipts")[0]["at"]
    then = taken.data("check", "cb-van-phong", "--as-of", "2021-12-17", "--known-at", "2021-12-01T00:00:00+07:00")
    assert {r["verdict"] for r in then["units"][0]["requirements"]} <= {"not-met", "not-applicable"}
    assert first > "2021-12-01"


def test_explain_shows_each_condition_with_its_page(taken: Hoso) -> None:
    data = taken.data("explain", "db-so-y-te", "bao-cao-tong-ket", "--as-of", "2021-12-17")
    assert data["verdict"]["verdict"] == "not-met"
    failing = [c for c in data["candidates"][0]["conditions"] if c["ok"] is False]
    assert len(failing) == 1
    error = taken.json("explain", "db-so-y-te", "bao-cao-tong-kat", code=5)["error"]
    assert "bao-cao-tong-ket" in error["hint"]
    error = taken.json("explain", "db-so-y", "bao-cao-tong-ket", code=5)["error"]
    assert "db-so-y-te" in error["hint"]


def test_a_query_may_begin_with_a_minus(taken: Hoso) -> None:
    assert taken.data("search", "-2020")["total"] == 1
    assert taken.data("search", "báo cáo -2020")["total"] == 1


def test_a_search_need_not_stand_in_quotes(taken: Hoso) -> None:
    assert taken.data("search", "tổng", "kết", "năm", "2021")["query"] == "tổng kết năm 2021"
    told = taken.data("search", "công tác", "-không có đâu", "don-vi:văn phòng", "--limit", "1")
    assert (told["query"], told["total"]) == ('"công tác" -"không có đâu" don-vi:"văn phòng"', 1)
    assert taken.data("search", "tổng kết năm")["query"] == "tổng kết năm"


def test_people_read_names_and_scripts_ids(taken: Hoso) -> None:
    text = taken.run("search", "tong ket").stdout
    assert "Báo cáo tổng kết năm; Chi bộ Văn phòng; " in text
    assert "Chi bộ Văn phòng (1); Đảng bộ Sở Y tế (1)" in text
    assert "cb-van-phong" not in text
    data = taken.data("search", "tong ket")
    assert {(hit["unit"], hit["kind"]) for hit in data["hits"]} == {
        ("cb-van-phong", "bao-cao-tong-ket"), ("db-so-y-te", "bao-cao-tong-ket"),
    }  # fmt: skip
    assert list(data["facets"]["kind"]) == ["bao-cao-tong-ket"]
    assert data["hits"][0]["document"][:12] in text, "for --like and hoso docs"


def test_conditions_are_told_by_names_and_by_days_in_short(taken: Hoso) -> None:
    for conditions in (
        ["--unit", "văn phòng", "--kind", "Báo cáo tổng kết năm"], ['loai:"tổng kết năm" don-vi:"Văn phòng"'],
        ["--unit", "cb-van-phong", "--from", "12/2021", "--to", "2021"],
    ):  # fmt: skip
        answer = taken.json("search", *(["báo cáo"] if conditions[0][0] == "-" else []), *conditions)
        assert (answer["data"]["total"], answer["warnings"]) == (1, []), conditions
    assert "31/12/2021" in taken.json("search", "x", "--from", "31/02/2021", code=2)["error"]["hint"]
    told = taken.run("search", 'don-vi:"văn phongf" loai:xyz')
    assert "cb-van-phong (Chi bộ Văn phòng)" in told.stderr


def test_a_batch_of_queries_is_answered_line_by_line(taken: Hoso, tmp_path: Path) -> None:
    batch = tmp_path / "queries.jsonl"
    lines = [{"query": "tổng kết"}, {"query": "tong ket", "unit": "cb-van-phong"}, {"query": "không có đâu"}]
    batch.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    results = taken.data("search", "--batch", str(batch))["results"]
    assert [result["total"] for result in results] == [2, 1, 0]
    batch.write_text('{"query": 5}\n', encoding="utf-8")
    assert "queries.jsonl:1" in taken.json("search", "--batch", str(batch), code=1)["error"]["message"]


def test_a_search_is_saved_run_again_and_removed(taken: Hoso) -> None:
    data = taken.data(
        "search", "tong ket", "--unit", "cb-van-phong", "--limit", "5", "--save", "Tổng kết", "--by", "Lan"
    )
    assert (data["total"], data["saved"]["options"]) == (1, {"unit": "cb-van-phong", "limit": 5})
    again = taken.data("search", "--saved", "Tổng kết")
    assert [hit["document"] for hit in again["hits"]] == [hit["document"] for hit in data["hits"]]
    assert taken.data("search", "--saved", "Tổng kết", "--unit", "db-so-y-te")["total"] == 1
    (kept,) = taken.data("searches", "list")
    assert (kept["name"], kept["query"], kept["by"]) == ("Tổng kết", "tong ket", "Lan")
    assert "Tổng kết — tong ket --unit cb-van-phong" in taken.run("searches", "list").stdout
    taken.json("verify")
    assert taken.data("searches", "remove", "Tổng kết")["name"] == "Tổng kết"
    assert taken.data("searches", "list") == []
    assert taken.json("search", "--saved", "Tổng kết", code=5)["error"]["code"] == "not-found"
    taken.run("search", "--saved", "x", "y", code=2)
    taken.run("search", "--save", "x", code=2)
    taken.json("verify")


def test_an_answer_tells_where_why_and_what_comes_next(taken: Hoso) -> None:
    first = taken.data("search", "tong ket", "--limit", "1", "--explain")
    second = taken.data("search", "tong ket", "--limit", "1", "--after", first["next"])
    assert {hit["unit"] for page in (first, second) for hit in page["hits"]} == {"cb-van-phong", "db-so-y-te"}
    (hit,) = first["hits"]
    assert (hit["code"], hit["number"], hit["matched"], second["next"]) == ("12-BC/CB", "12", "exact", None)
    assert len(hit["explain"]) > 3
    text = taken.run("search", "tong ket", "--limit", "1", "--explain").stdout
    assert "12-BC/CB" in text
    assert first["next"] in text
    assert taken.json("search", "tong ket", "--after", "abc", code=2)["error"]["code"] == "bad-key"
    assert taken.data("search", '"tong ket')["understood"] == "tong ket"
    assert taken.data("search", "tomg kết", "--lang", "en")["suggestions"] == ["tổng kết"]
    assert [hit["document"] for hit in taken.data("search", "--like", hit["document"])["hits"]] == [
        hit["document"] for hit in second["hits"]
    ]
    assert taken.json("search", "--like", "0123456789", code=5)["error"]["code"] == "not-found"


def test_a_damaged_index_never_fails_a_search(taken: Hoso) -> None:
    for path in (taken.home / "index").rglob("*"):
        if path.is_file():
            path.chmod(0o600)
            path.write_bytes(b"rubbish")
    answer = taken.data("search", "tổng kết công tác")
    assert (answer["degraded"], answer["total"]) == (True, 2)
    taken.json("verify", code=20)
    taken.run("index", "rebuild")
    answer = taken.data("search", "tổng kết công tác")
    assert (answer["degraded"], answer["total"]) == (False, 2)
    assert taken.data("index", "stats")["documents"] == 2
    taken.json("verify", "--full")


def test_verify_names_what_is_wrong(taken: Hoso) -> None:
    assert taken.data("verify", "--full")["audit_ok"] is True
    sha256 = taken.data("docs", "list")[0]["sha256"]
    blob = next((taken.home / "blobs").rglob(sha256))
    blob.chmod(0o644)
    blob.write_bytes(b"x" + blob.read_bytes()[1:])
    answer = taken.json("verify", code=20)
    assert answer["data"]["bad"] == [sha256]
    document = taken.data("docs", "list")[0]["id"]
    taken.json("docs", "export", document, "-o", str(taken.home / "out"), code=20)
    assert not (taken.home / "out").exists()
    blob.unlink()
    assert taken.json("verify", code=20)["data"]["missing"] == [sha256]


def test_the_doctor_finds_a_missing_inbox(taken: Hoso) -> None:
    assert {item["state"] for item in taken.data("doctor")} <= {"ok", "warn"}
    (taken.home / "inbox").rename(taken.home / "elsewhere")
    answer = taken.json("doctor", code=1)
    assert [item["check"] for item in answer["data"] if item["state"] == "fail"] == ["inbox"]
    assert all(item["remedy"] for item in answer["data"] if item["state"] == "fail")


def test_watching_takes_in_answers_and_stops_cleanly(hoso: Hoso) -> None:
    command = [sys.executable, "-m", "cli", "inbox", "watch", "--settle", "0.2"]
    process = subprocess.Popen(command, env=hoso.environment, stderr=subprocess.PIPE, text=True)
    try:
        report(hoso.home / "inbox" / "cb-van-phong" / "bc.docx")
        until = time.monotonic() + 60
        page = hoso.home / "inbox" / "cb-van-phong" / "_TINH-TRANG.html"
        while not (page.exists() and "bc.docx" in page.read_text(encoding="utf-8")):
            assert time.monotonic() < until, process.stderr
            time.sleep(0.05)
        error = hoso.json("inbox", "scan", code=11)["error"]
        assert str(process.pid) in error["message"]
        hoso.run("check")
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.communicate()


def test_a_rule_pack_is_checked_and_its_examples_run(tmp_path: Path) -> None:
    hoso = Hoso(tmp_path / "none")
    assert hoso.data("rules", "check", "xep-loai-2021")["errors"] == []
    cases = hoso.data("rules", "test", "xep-loai-2021")
    assert cases["failed"] == 0
    assert cases["passed"] > 20
    pack = Path(__file__).parents[1] / "rules" / "packs" / "xep-loai-2021.yaml"
    broken = tmp_path / "broken.yaml"
    broken.write_text(
        pack.read_text(encoding="utf-8").replace("area: xep-loai\n", "aera: xep-loai\n", 1), encoding="utf-8"
    )
    error = hoso.json("rules", "check", str(broken), code=12)["error"]
    assert "broken.yaml:" in error["message"]
    assert "area" in error["message"]


def test_a_rule_pack_is_shown_and_two_are_compared(tmp_path: Path) -> None:
    hoso = Hoso(tmp_path / "none")
    shown = hoso.data("rules", "show", "xep-loai-2023", "--requirement", "xep-loai-chinh-quyen-doan-the")
    assert [item["id"] for item in shown["requirements"]] == ["xep-loai-chinh-quyen-doan-the"]
    assert shown["pack"]["base"] == ["xep-loai-2021"]
    assert "kiem-diem-ca-nhan" in hoso.run("rules", "show", "xep-loai-2021").stdout
    assert hoso.data("rules", "diff", "xep-loai-2021", "xep-loai-2021")["same"] is True
    assert hoso.data("rules", "diff", "xep-loai-2021", "xep-loai-2025")["same"] is False
    error = hoso.json("rules", "show", "xep-loai-2021", "--requirement", "bao-cao-qdc", code=5)["error"]
    assert "bao-cao-qcdc" in error["hint"]


def test_options_may_stand_before_the_command(hoso: Hoso, tmp_path: Path) -> None:
    assert json.loads(hoso.run("--json", "--home", str(hoso.home), "index", "stats").stdout)["ok"]
    told = hoso.run("--lang=en", f"--home={tmp_path / 'nowhere'}", "search", "a", code=10)
    assert str(tmp_path / "nowhere") in told.stderr
    hoso.run("--home", str(hoso.home), code=2)


def test_usage_errors_exit_with_2(hoso: Hoso) -> None:
    hoso.run("search", code=2)
    hoso.run("check", "--as-of", "hôm qua", code=2)
    hoso.run("no-such-command", code=2)


def test_usage_errors_are_told_as_json_and_in_the_language_asked_for(hoso: Hoso) -> None:
    answer = hoso.json("inbox", "scan", "--settle", "-1", code=2)
    assert (answer["schema"], answer["error"]["code"]) == ("hoso/inbox-scan@1", "usage")
    assert "hoso inbox scan --help" in answer["error"]["hint"]
    assert "Không có lệnh" in hoso.json("no-such-command", code=2)["error"]["message"]
    assert "Lỗi: " in hoso.run("check", "--no-such-option", code=2).stderr
    assert "Lỗi: " in hoso.run("check", "cb-nao", code=5).stderr
    assert "No such option" in hoso.run("check", "--no-such-option", "--lang", "en", code=2).stderr
    assert "Cách dùng:" in hoso.run("check", "--help").stdout


def test_a_decision_needs_a_name_and_a_believable_year(taken: Hoso) -> None:
    document = taken.data("docs", "list")[0]["id"]
    taken.run("docs", "set", document, "--year", "1", "--by", "Trần Lan", code=2)
    taken.run("docs", "set", document, "--year", "2021", "--by", " ", code=2)
    taken.run("docs", "set", document, "--by", "Trần Lan", code=2)
    assert (
        "bao-cao-tong-ket" in taken.json("docs", "set", document, "--kind", "xyz", "--by", "x", code=5)["error"]["hint"]
    )


def test_an_unknown_unit_is_not_taken_for_an_empty_one(hoso: Hoso) -> None:
    for words in (("receipts",), ("docs", "list")):
        assert "cb-van-phong" in hoso.json(*words, "--unit", "cb-van-phon", code=5)["error"]["hint"]
        assert hoso.data(*words, "--unit", "cb-van-phong") == []


def test_a_document_without_text_is_told_so(hoso: Hoso) -> None:
    (hoso.home / "inbox" / "cb-van-phong" / "cũ.wpd").write_bytes(b"\xffWPC" + bytes(64))
    hoso.run("inbox", "scan", "--until-idle", "--settle", "0")
    answer = hoso.json("docs", "text", hoso.data("docs", "list")[0]["id"])
    assert answer["data"]["pages"] == []
    assert "cũ.wpd" in answer["warnings"][0]


def test_a_slip_in_a_filter_is_warned_of(hoso: Hoso) -> None:
    answer = hoso.json("search", "báo cáo", "--unit", "cb-nao", "--kind", "bao-cao-tong-kat")
    assert [("cb-nao" in line, "bao-cao-tong-kat" in line) for line in answer["warnings"]] == [
        (True, False), (False, True),
    ]  # fmt: skip
    assert hoso.json("search", "báo cáo", "--unit", "cb-van-phong", "--kind", "bao-cao-tong-ket")["warnings"] == []


def test_a_unit_that_the_team_does_not_visit_is_told(hoso: Hoso) -> None:
    assert hoso.data("check", "cb-khoa-noi", "--team", "doan-2")["units"][0]["unit"] == "cb-khoa-noi"
    assert "doan-1" in hoso.json("check", "db-so-y-te", "--team", "doan-1", code=5)["error"]["message"]
    assert "doan-1" in hoso.run("campaign", "show").stdout


def test_people_read_sentences_not_codes(taken: Hoso) -> None:
    assert "quá hạn 3 ngày" in taken.run("check", "cb-van-phong", "--as-of", "2021-12-20").stdout
    assert "(no-unit)" not in taken.run("receipts").stdout
    assert "None" not in taken.run("search", "").stdout
    assert "không phải nộp" in taken.run("explain", "cb-khoa-noi", "bao-cao-tong-ket").stdout
    assert "2 văn bản" in taken.run("index", "stats").stdout
    assert "không có tệp" in taken.run("search", "--batch", str(taken.home / "nowhere"), code=1).stderr


def test_a_scan_that_is_interrupted_says_so(hoso: Hoso) -> None:
    (hoso.home / "inbox" / "cb-van-phong" / "cut.pdf").write_bytes(b"%PDF-1.7\n")
    command = [sys.executable, "-m", "cli", "inbox", "scan", "--until-idle", "--settle", "30", "--json"]
    process = subprocess.Popen(command, env=hoso.environment, stdout=subprocess.PIPE, text=True)
    try:
        until = time.monotonic() + 60
        while not (hoso.home / "inbox" / "cb-van-phong" / "_TINH-TRANG.html").exists():
            assert time.monotonic() < until
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        answer = json.loads(process.communicate(timeout=30)[0])
        assert (process.returncode, answer["ok"], answer["error"]["code"]) == (130, False, "interrupted")
    finally:
        process.kill()


def test_people_are_answered_in_their_language(hoso: Hoso) -> None:
    assert "Chi bộ Văn phòng" in hoso.run("check").stdout
    assert "missing" in hoso.run("check", "--lang", "en").stdout
    assert "thiếu" in hoso.run("check", "--lang", "vi").stdout


def test_an_unexpected_error_is_one_line_and_a_log(hoso: Hoso) -> None:
    (hoso.home / "catalogue.sqlite3").write_bytes(b"not a database" * 100)
    done = hoso.run("check", code=1)
    assert "Traceback" not in done.stderr
    assert "Traceback" in (hoso.home / "log" / "error.log").read_text(encoding="utf-8")


def test_what_the_disk_or_the_database_refuses_is_told_in_one_line_without_a_traceback(hoso: Hoso) -> None:
    (hoso.home / "claim").rmdir()
    (hoso.home / "claim").touch()
    done = hoso.run("inbox", "scan", code=1)
    assert str(hoso.home / "claim") in done.stderr
    assert "Traceback" not in done.stderr
    (hoso.home / "catalogue.sqlite3").write_bytes(b"rubbish" * 1000)
    assert str(hoso.home) in hoso.json("check", code=1)["error"]["message"]
    (hoso.home / "log" / "error.log").unlink()
    (hoso.home / "log").rmdir()
    (hoso.home / "log").touch()
    assert "Traceback" not in hoso.run("check", code=1).stderr, "not even where it cannot be kept"


def test_a_terminal_is_never_steered_by_a_name_or_a_text(hoso: Hoso) -> None:
    folder = hoso.home / "inbox" / "cb-van-phong"
    (folder / "a\x1b[31m\nđỏ\u202e.txt").write_text("BÁO CÁO\x1b]0;tên\x07 năm 2021", encoding="utf-8")
    hoso.run("inbox", "scan", "--until-idle", "--settle", "0")
    document = hoso.data("docs", "list")[0]["id"]
    for words in (["receipts"], ["docs", "list"], ["docs", "text", document], ["search", "báo cáo"], ["check"]):
        assert not set("\x1b\x07\u202e") & set(hoso.run(*words).stdout), words


def test_a_terminal_that_lacks_letters_still_gets_an_answer(hoso: Hoso) -> None:
    hoso.environment["PYTHONIOENCODING"] = "latin-1"
    done = subprocess.run(
        [sys.executable, "-m", "cli", "campaign", "show"], env=hoso.environment, capture_output=True, check=False
    )
    assert (done.returncode, b"Traceback" in done.stderr, b"cb-van-phong" in done.stdout) == (0, False, True)


def test_today_is_the_offices_day_wherever_the_servers_clock_stands(hoso: Hoso) -> None:
    days = []
    for zone in ("Etc/GMT+12", "Pacific/Kiritimati", "Etc/GMT+12"):  # the first two are never on the same day
        hoso.environment["TZ"] = zone
        days.append(hoso.data("check")["as_of"])
    assert days[1] in (days[0], days[2])


def scoring(path: Path, *, number: str, told: str, total: str, level: str, kind: str = "BÁO CÁO") -> Path:
    """A report on the unit's own points: what its text tells, and the total row of its table."""
    paper = Document()
    for line in (
        "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH", "CHI BỘ VĂN PHÒNG", "*", f"Số {number}-BC/CB", "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Hòa Phú, ngày 16 tháng 12 năm 2021", kind, "Tự chấm điểm, đề xuất mức chất lượng chi bộ năm 2021", "-----",
        f"Tổng số điểm tự chấm: {told}/100 điểm.", f"Đề xuất mức chất lượng: {level}.", "T/M CHI BỘ", "BÍ THƯ",
        "Nguyễn Thị Lan",
    ):  # fmt: skip
        paper.add_paragraph(line)
    table = paper.add_table(0, 4)
    for row in (("TT", "Nội dung", "Điểm chuẩn", "Tự chấm"), ("1", "Việc", "100", total), ("", "Tổng", "100", total)):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    path.parent.mkdir(parents=True, exist_ok=True)
    paper.save(str(path))
    return path


def test_papers_that_disagree_are_told_everywhere_and_grading_only_helps(hoso: Hoso) -> None:
    folder = hoso.home / "inbox" / "cb-van-phong"
    good, best = "Hoàn thành tốt nhiệm vụ", "Hoàn thành xuất sắc nhiệm vụ"
    scoring(folder / "BC tu cham.docx", number="15", told="87", total="87", level=good)
    scoring(folder / "Bang tu cham.docx", number="15", told="92", total="92", level=best, kind="BẢNG")
    hoso.run("inbox", "scan", "--until-idle", "--settle", "0")

    wanted = ["figures-disagree", "level-disagree"]
    documents = hoso.data("docs", "list", "--unit", "cb-van-phong")
    assert {item["name"]: [finding["code"] for finding in item["findings"]] for item in documents} == {
        "BC tu cham.docx": wanted, "Bang tu cham.docx": wanted,
    }  # fmt: skip
    (unit,) = hoso.data("check", "cb-van-phong")["units"]
    assert [finding["code"] for finding in unit["findings"]] == wanted
    assert {place["name"] for place in unit["findings"][0]["places"]} == {"BC tu cham.docx", "Bang tu cham.docx"}
    message = unit["findings"][0]["message"]
    assert "87/100" in message
    assert "92/100" in message
    assert message in hoso.run("check", "cb-van-phong").stdout
    assert (folder / "_TINH-TRANG.html").read_text(encoding="utf-8").count("“Tổng số điểm tự chấm: 87/100") == 2

    answer = hoso.json("grade", "cb-van-phong")
    assert answer["schema"] == "hoso/grade@1"
    (grade,) = answer["data"]["units"]
    assert (grade["level"], grade["fit"]) == (None, "cannot-tell")
    assert {item["group"] for item in answer["data"]["quotas"]} == {"Chi bộ Văn phòng", "Chi bộ cơ sở"}
    assert hoso.run("--help").stdout.count("grade") == 1
    text = hoso.run("grade", "--lang", "en").stdout
    assert text.rstrip().endswith("The committee decides on the level by secret ballot.")
    assert "Đảng bộ Sở Y tế" in text


def test_what_a_person_knows_is_told_with_its_unit_and_a_known_condition(hoso: Hoso) -> None:
    paper = hoso.home / "inbox" / "cb-van-phong" / "a.docx"
    scoring(paper, number="15", told="92", total="92", level="Hoàn thành xuất sắc nhiệm vụ")
    hoso.run("inbox", "scan", "--until-idle", "--settle", "0")
    (grade,) = hoso.data("grade", "cb-van-phong", "--know", "lanh-dao-bi-ky-luat=yes")["units"]
    fits = {item["id"]: item["fit"] for item in grade["conditions"]}
    assert (fits["score"], fits["lanh-dao-bi-ky-luat"]) == ("consistent", "not-consistent")
    assert grade["fit"] == "not-consistent"
    slip = hoso.json("grade", "cb-van-phong", "--know", "lanh-dao-ky-luat=yes", code=5)
    assert "lanh-dao-bi-ky-luat" in slip["error"]["message"]
    hoso.json("grade", "--know", "lanh-dao-bi-ky-luat=yes", code=2)
    hoso.json("grade", "cb-van-phong", "--know", "lanh-dao-bi-ky-luat", code=2)
    assert "cb-van-phong" in hoso.json("grade", "cb-van-fong", code=5)["error"]["hint"]
