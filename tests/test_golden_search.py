"""The golden searches as an office meets them: papers dropped into the inbox, taken in, read, recognised, then found.

`tests/archive/search/test_golden.py` asks the engine alone; here nothing is told to the index that the papers do not
say themselves, so that a filter by year or day stands or falls with what recognition read.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from docx import Document

LIMIT = 10
Form = Literal["NFC", "NFD"]
Records = list[dict[str, Any]]


@dataclass(frozen=True)
class Score:
    """Figures of one set; `wrong` tells what was asked and found."""

    right_first: float
    recall: float
    wrong: list[tuple[str, str, list[str]]]
    unequal: list[str]  # queries that find other hits when typed in the other Unicode form


class Office:
    """A home of its own that holds one golden set. Documents go by the ids of the set."""

    def __init__(self, folder: Path, units: Records, papers: Records, queries: Records) -> None:
        self.home = folder / "home"
        self.folder = folder
        self.queries = queries
        self.hoso("init")
        campaign = folder / "campaign.yaml"
        campaign.write_text(_campaign(units), encoding="utf-8")
        self.hoso("campaign", "load", str(campaign))
        for paper in papers:
            _drop(self.home / "inbox" / paper["unit"], paper)
        self.scanned = self.hoso("inbox", "scan", "--until-idle", "--settle", "0")
        by_place = {(paper["unit"], paper["name"]): paper["id"] for paper in papers}
        self.documents = self.hoso("docs", "list")
        self.ids = {each["id"]: by_place[each["unit"], each["name"]] for each in self.documents}

    def hoso(self, *arguments: str) -> Any:
        done = subprocess.run(
            [sys.executable, "-m", "cli", *arguments, "--json"],
            env={**os.environ, "HOSO_HOME": str(self.home), "HOSO_LANG": "vi"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (done.returncode, done.stdout, done.stderr)
        return json.loads(done.stdout)["data"]

    def ask(self, queries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The answers to lines of `hoso search --batch`."""
        lines = self.folder / "queries.jsonl"
        lines.write_text("".join(f"{json.dumps(each)}\n" for each in queries), encoding="utf-8")
        results: list[dict[str, Any]] = self.hoso("search", "--batch", str(lines))["results"]
        return results

    def found(self, form: Form, *, swap: bool = False) -> list[list[str]]:
        """The hits of each query of the set, typed in a Unicode form; `swap` types those marked `nfd` the other way."""
        typed = []
        for query in self.queries:
            here: Form = "NFD" if query.get("nfd") and not swap else form
            text = unicodedata.normalize(here, query["query"])
            typed.append({"query": text, "limit": LIMIT, **query.get("options", {})})
        return [[self.ids[hit["document"]] for hit in answer["hits"]] for answer in self.ask(typed)]

    def score(self) -> Score:
        found = self.found("NFC")
        other = self.found("NFD", swap=True)
        firsts, recalls, wrong = [], [], []
        for query, hits in zip(self.queries, found, strict=True):
            first, wanted = set(query["first"]), {*query["first"], *query["then"]}
            right = 0.0 if set(hits) & set(query["not"]) else len(first & set(hits[: len(first)])) / len(first)
            recall = len(wanted & set(hits)) / len(wanted)
            firsts.append(right)
            recalls.append(recall)
            if right < 1 or recall < 1:
                wrong.append((query["id"], query["query"], hits))
        unequal = [query["id"] for query, one, two in zip(self.queries, found, other, strict=True) if one != two]
        return Score(sum(firsts) / len(firsts), sum(recalls) / len(recalls), wrong, unequal)


def _load(golden: Path, name: str) -> Records:
    records: Records = json.loads((golden / f"{name}.json").read_text(encoding="utf-8"))
    return records


def _campaign(units: Records) -> str:
    """JSON is YAML; members and visits as a small campaign has them."""
    return json.dumps(
        {
            "campaign": {"id": "tim-2021", "title": "Xếp loại năm 2021", "year": 2021, "pack": "xep-loai-2021"},
            "teams": [{"id": "doan-1", "name": "Đoàn Kiểm tra số 1"}],
            "units": [{**unit, "members": 3} for unit in units],
            "visits": [{"unit": unit["id"], "team": "doan-1", "on": "2021-12-20"} for unit in units],
        },
        ensure_ascii=False,
    )


def _drop(folder: Path, paper: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = unicodedata.normalize("NFD", paper["text"]) if paper["nfd"] else paper["text"]
    if paper["format"] == "txt":
        (folder / paper["name"]).write_bytes(text.encode("utf-8"))
        return
    document = Document()
    for line in text.split("\n"):
        document.add_paragraph(line.rstrip("\r"))
    document.save(str(folder / paper["name"]))


@pytest.fixture(scope="module")
def office(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    golden = samples / "search"
    papers = _load(golden, "documents")
    return Office(tmp_path_factory.mktemp("golden"), _load(golden, "units"), papers, _load(golden, "queries"))


def test_every_paper_is_taken_in_and_read(office: Office) -> None:
    assert len(office.ids) == office.scanned["filed"] == office.scanned["read"]
    assert office.scanned["failed"] == 0


def test_the_golden_searches_are_answered_as_people_expect(office: Office) -> None:
    score = office.score()
    assert score.right_first >= 0.95, score.wrong
    assert score.recall >= 0.98, score.wrong
    assert score.unequal == []


# --- papers of known number, day and unit, whose kinds are known or not ----------------------------------------------


def _paper(number: str, day: str, kind: str, about: str) -> str:
    return (
        f"CHI BỘ ẤP BÀU\n*\nSố {number}\n\nĐẢNG CỘNG SẢN VIỆT NAM\nBến Tre, ngày {day}\n\n"
        f"{kind}\n{about}\n\nĐã mượn máy bơm chìm của tổ thủy nông."
    )


PAPERS = [
    ("late", "bau", "docx", _paper("03-BC/CB", "10 tháng 01 năm 2022", "BÁO CÁO", "kết quả trồng dừa năm 2021")),
    ("report", "bau", "txt", _paper("121-BC/CB", "15 tháng 12 năm 2021", "BÁO CÁO", "kết quả trồng dừa năm 2021")),
    ("before", "sau", "txt", _paper("12-BC/CB", "14 tháng 12 năm 2020", "BÁO CÁO", "kết quả trồng dừa năm 2020")),
    ("letter", "sau", "docx", _paper("31-CV/CB", "28 tháng 02 năm 2020", "", "V/v mượn ghe chở máy bơm chìm")),
    ("minutes", "sau", "txt", "BIÊN BẢN\nHọp bàn bơm tát\nHôm nay, ngày 5 tháng 6 năm 2019, tổ mượn máy bơm chìm."),
    ("note", "bau", "docx", "Trả lời theo Số 121-BC/CB: máy bơm chìm để ở kho."),
]
ALL = {name for name, *_ in PAPERS}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Office:
    units = [{"id": name, "name": f"Chi bộ {name}", "type": "chi-bo-co-so"} for name in ("bau", "sau")]
    papers = [
        {"id": name, "unit": unit, "name": f"{name}.{form}", "format": form, "text": text, "nfd": name == "before"}
        for name, unit, form, text in PAPERS
    ]
    return Office(tmp_path_factory.mktemp("desk"), units, papers, [])


NARROWED: list[tuple[dict[str, Any], set[str]]] = [
    ({"query": "bơm"}, ALL),
    ({"query": "bơm", "year": 2021}, {"late", "report"}),
    ({"query": "bơm", "year": 2020}, {"before", "letter"}),
    ({"query": "bơm", "year": 2019}, {"minutes"}),
    ({"query": "bơm", "from": "2021-12-15"}, {"late", "report"}),
    ({"query": "bơm", "to": "2020-02-28"}, {"letter", "minutes"}),
    ({"query": "bơm", "from": "2020-12-14", "to": "2021-12-15"}, {"before", "report"}),
    ({"query": "bơm", "unit": "bau", "year": 2021, "to": "2021-12-31"}, {"report"}),
    ({"query": "bơm", "kind": "bien-ban"}, {"minutes"}),
    ({"query": 'bơm loai:"công văn"'}, {"letter"}),
    ({"query": "bơm loại:cong-van nam:2020"}, {"letter"}),
    ({"query": "bơm don-vi:sau"}, {"before", "letter", "minutes"}),
    ({"query": 'bơm -"don-vi" -đơn-vị:sau'}, {"late", "report", "note"}),
    ({"query": "nam:2021"}, {"late", "report"}),
    ({"query": "tu:01/12/2021 den:31/12/2021"}, {"report"}),
    ({"query": "từ:12/2020 đến:2021 bơm"}, {"report", "before"}),
    ({"query": "so:121-BC/CB"}, {"report"}),
    ({"query": "so:121"}, {"report"}),
    ({"query": "so:0012-BC/CB"}, {"before"}),
    ({"query": "Số:121-BC/CB"}, {"report", "note"}),
    ({"query": "121 bc cb"}, {"report", "note"}),
    ({"query": "-121-BC/CB"}, ALL - {"report", "note"}),
    ({"query": "03-bc/cb OR 31CV/CB"}, {"late", "letter"}),
    ({"query": "!?… \x00 😀"}, ALL),
    ({"query": "насос"}, set()),
    ({"query": "bơm " * 500}, ALL),
]


def test_flags_fields_and_numbers_narrow_as_the_papers_say(desk: Office) -> None:
    answers = desk.ask([query for query, _ in NARROWED])
    wrong = []
    for (query, expected), answer in zip(NARROWED, answers, strict=True):
        found = {desk.ids[hit["document"]] for hit in answer["hits"]}
        if found != expected or answer["total"] != len(expected):
            wrong.append((query, found))
    assert wrong == []


def test_what_was_found_is_marked_in_the_words_of_the_paper(desk: Office) -> None:
    (answer,) = desk.ask([{"query": "may bom chim"}])
    for hit in answer["hits"]:
        marked = [hit["snippet"][start:end] for start, end in hit["spans"]]
        assert marked
        assert {word.lower() for word in marked} == {"máy", "bơm", "chìm"}


def test_pages_of_an_answer_join_and_the_newest_come_first(desk: Office) -> None:
    query = {"query": "bơm nam:2021 OR nam:2020 OR nam:2019", "sort": "date"}
    pages = desk.ask([{**query, "limit": 2, "offset": offset} for offset in (0, 2, 4)])
    joined = [desk.ids[hit["document"]] for page in pages for hit in page["hits"]]
    assert joined == ["late", "report", "before", "letter", "minutes"]
    assert {page["total"] for page in pages} == {5}
