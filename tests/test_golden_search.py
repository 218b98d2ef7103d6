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
from typing import Any

import pytest
from docx import Document

LIMIT = 10


@dataclass(frozen=True)
class Score:
    """Figures of one set; `wrong` tells what was asked and found."""

    right_first: float
    recall: float
    wrong: list[tuple[str, str, list[str]]]
    unequal: list[str]  # queries that find other hits when typed in the other Unicode form


class Office:
    """A home of its own that holds one golden set. Documents go by the ids of the set."""

    def __init__(self, golden: Path, folder: Path) -> None:
        self.home = folder / "home"
        self.folder = folder
        self.queries = _load(golden, "queries")
        self.hoso("init")
        campaign = folder / "campaign.yaml"
        campaign.write_text(_campaign(_load(golden, "units")), encoding="utf-8")
        self.hoso("campaign", "load", str(campaign))
        papers = _load(golden, "documents")
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

    def found(self, form: str, *, swap: bool = False) -> list[list[str]]:
        """The hits of each query of the set, typed in a Unicode form; `swap` types those marked `nfd` the other way."""
        typed = []
        for query in self.queries:
            here = "NFD" if query.get("nfd") and not swap else form
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


def _load(golden: Path, name: str) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads((golden / f"{name}.json").read_text(encoding="utf-8"))
    return records


def _campaign(units: list[dict[str, Any]]) -> str:
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
    return Office(samples / "search", tmp_path_factory.mktemp("golden"))


def test_every_paper_is_taken_in_and_read(office: Office) -> None:
    assert len(office.ids) == office.scanned["filed"] == office.scanned["read"]
    assert office.scanned["failed"] == 0


def test_the_golden_searches_are_answered_as_people_expect(office: Office) -> None:
    score = office.score()
    assert score.right_first >= 0.95, score.wrong
    assert score.recall >= 0.98, score.wrong
    assert score.unequal == []
