"""The demo, the whole line at once: 160 papers in, and every verdict that is certain comes out as it must."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from archive import catalogue, database
from archive.errors import HosoError
from archive.home import create
from archive.records import Outcome
from inbox.demo.make import make_demo
from inbox.demonstration import FIRST_VISIT, run_demo
from inbox.setup import load_campaign_file
from reports.questions import Question, ask
from rules.loader import find_pack

TODAY = date(2021, 12, 18)
ABSENT = "not-applicable"  # a requirement of other kinds of unit is not listed at all


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, Any], list[str]]]:
    home = tmp_path_factory.mktemp("demo") / "home"
    said: list[str] = []
    data = run_demo(home, once=True, today=TODAY, say=said.append)
    yield home, data, said
    database.close()


def test_every_certain_verdict_comes_out(demo: tuple[Path, dict[str, Any], list[str]], tmp_path: Path) -> None:
    made = make_demo(tmp_path, visit_from=TODAY + FIRST_VISIT)
    campaign = catalogue.current_campaign()
    assert campaign is not None
    units = ask(Question(made.as_of), campaign, find_pack(campaign.pack), catalogue.known_documents())
    came = {(unit.unit.id, verdict.requirement): verdict.verdict.value for unit in units for verdict in unit.verdicts}
    wrong = {
        pair: (came.get(pair, ABSENT), wanted)
        for pair, wanted in made.expected.items()
        if came.get(pair, ABSENT) != wanted
    }
    assert wrong == {}


def test_everything_is_answered_and_nothing_is_left(demo: tuple[Path, dict[str, Any], list[str]]) -> None:
    home, data, _said = demo
    receipts = catalogue.receipts()
    assert data["scan"]["filed"] + data["scan"]["duplicates"] + data["scan"]["quarantined"] == len(receipts)
    assert {receipt.outcome for receipt in receipts} == set(Outcome)
    assert catalogue.unanswered(1) == []
    left = [path for path in (home / "inbox").rglob("*") if path.is_file() and path.relative_to(home / "inbox").parts]
    ours = [path for path in left if any(part.startswith("_") for part in path.relative_to(home / "inbox").parts)]
    assert {path.name for path in set(left) - set(ours)} <= {"Thumbs.db", "~$ tong ket nam 2021.docx"}
    assert list((home / "claim").iterdir()) == []


def test_it_says_what_a_newcomer_wants_to_see(demo: tuple[Path, dict[str, Any], list[str]]) -> None:
    _home, data, said = demo
    text = "\n".join(said)
    assert all(unit["name"] in text for unit in data["units"])
    assert len(data["searches"]) == 3
    assert all(answer["total"] for answer in data["searches"])
    assert "_TINH-TRANG.html" in text


def test_a_second_demo_in_the_same_home_drops_nothing_again(demo: tuple[Path, dict[str, Any], list[str]]) -> None:
    home, _data, _said = demo
    before = catalogue.count_documents()
    data = run_demo(home, once=True, today=TODAY, say=lambda _line: None)
    assert data["scan"]["filed"] == 0
    assert catalogue.count_documents() == before


def test_the_demo_never_touches_a_real_archive(tmp_path: Path) -> None:
    made = make_demo(tmp_path / "samples", visit_from=TODAY)
    config, _new = create(tmp_path / "home")
    load_campaign_file(config, made.campaign_file, datetime(2021, 12, 1, tzinfo=UTC))
    with pytest.raises(HosoError, match=r"real archive|hồ sơ thật"):
        run_demo(tmp_path / "home", once=True, today=TODAY, say=lambda _line: None)
    database.close()
