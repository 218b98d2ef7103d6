"""When the doctor sends an archive to the other engine."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from archive.search import growth
from archive.search.ports import IndexedDocument
from archive.search.whoosh_index import WhooshIndex


@pytest.fixture
def index(tmp_path: Path, paper: Callable[..., IndexedDocument]) -> Iterator[WhooshIndex]:
    made = WhooshIndex(tmp_path / "index")
    made.upsert([paper("a", "báo cáo công tác"), paper("b", "năm")])
    made.commit()
    yield made
    made.close()


def test_quick_searches_of_few_documents_are_well(index: WhooshIndex) -> None:
    assert growth.outgrown(index, count(0.0, 0.49).__next__) == ""


def test_slow_searches_are_told(index: WhooshIndex) -> None:
    assert "510" in growth.outgrown(index, count(0.0, 0.51).__next__)


def test_more_documents_than_were_measured_are_told(index: WhooshIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "MEASURED", 1)
    assert "2" in growth.outgrown(index, count(0.0, 0.0).__next__)
