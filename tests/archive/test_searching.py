"""Searching an archive: the index finds, the catalogue decides what may be shown, neither is needed by the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import catalogue
from archive.config import Config
from archive.errors import HosoError
from archive.records import (
    Campaign,
    Delivery,
    Fact,
    Facts,
    Page,
    Period,
    Reading,
    ReadingState,
    Recognition,
    Source,
    Unit,
    UnitType,
)
from archive.searching import Searcher, batch_lines, index_stats, rebuild_index

NOW = datetime(2021, 12, 1, 8, tzinfo=UTC)
UNITS = tuple(Unit(name, name, UnitType.CHI_BO_CO_SO) for name in ("cb-a", "cb-b"))
CAMPAIGN = Campaign("xl", "X", 2021, "xep-loai-2021", units=UNITS)
TEXTS = {
    "cb-a": ("Báo cáo tổng kết công tác năm 2021", "Biên bản họp chi bộ tháng ba", "Tổng hợp kết quả"),
    "cb-b": ("Báo cáo kết quả công tác dân vận khéo", "Tong ket cong tac"),
}


@pytest.fixture
def archive(config: Config) -> Config:
    """Five papers of two units; the third of cb-a is marked secret, and one lies in nobody's folder."""
    catalogue.save_campaign(CAMPAIGN, NOW, "x")
    number = 0
    for unit, texts in (*TEXTS.items(), (None, ("Báo cáo tổng kết lạc chỗ",))):
        for text in texts:
            number += 1
            delivery = Delivery(f"{number:032x}", unit, b"x%d" % number, 3, NOW)
            reason = None if unit else "no-unit"
            catalogue.record([catalogue.Intake(delivery, f"{number:064x}", f"{number}.docx", "", reason)], NOW)
            reading = Reading("docx", ReadingState.READ, (Page(text),), (), Source.EMBEDDED)
            catalogue.save_readings([(f"{number:064x}", reading)], "r")
            secret = Fact("MẬT", 1, "MẬT") if text.startswith("Tổng hợp") else None
            facts = Facts(period=Period(2021), secrecy=secret)
            catalogue.save_recognitions([(f"{number:032x}", Recognition("k", 0.9, facts=facts))], "m")
    rebuild_index(config)
    return config


QUERIES = ["tổng kết", "tong ket", '"kết quả"', "bao cao -tổng", "dân* OR họp", "", "không có đâu"]


@pytest.mark.parametrize("query", QUERIES)
def test_the_catalogue_answers_as_the_index_does(archive: Config, query: str) -> None:
    with Searcher(archive) as searcher:
        indexed = searcher.find(query)
    for path in archive.index.iterdir():
        path.write_bytes(b"rubbish")
    with Searcher(archive) as searcher:
        fallen_back = searcher.find(query)
    assert (indexed["degraded"], fallen_back["degraded"]) == (False, True)
    for key in ("total", "hits", "facets"):
        assert fallen_back[key] == indexed[key]


def test_nobody_finds_a_secret_or_a_stray_paper(archive: Config) -> None:
    with Searcher(archive) as searcher:
        assert searcher.find("")["total"] == 4
        assert searcher.find("lạc chỗ")["total"] == searcher.find("tổng hợp")["total"] == 0


def test_a_paper_moved_since_it_was_indexed_is_not_shown_as_the_old_units(archive: Config) -> None:
    catalogue.decide(f"{1:032x}", kind=None, unit="cb-b", year=None, by="Lan", now=NOW)
    with Searcher(archive) as searcher:
        assert [hit["unit"] for hit in searcher.find("tổng kết")["hits"]] == ["cb-b"]
    rebuild_index(archive)
    with Searcher(archive) as searcher:
        assert [hit["unit"] for hit in searcher.find("tổng kết")["hits"]] == ["cb-b", "cb-b"]


def test_papers_of_an_earlier_campaign_are_still_found(archive: Config) -> None:
    """They stay in the index, through a rebuild, and the answer without an index has them too."""
    later = replace(CAMPAIGN, id="xl-2")
    catalogue.save_campaign(later, NOW + timedelta(days=365), "x")
    rebuild_index(archive)
    assert catalogue.documents_to_index(10) == []
    with Searcher(archive) as searcher:
        assert searcher.find("")["total"] == 4
    for path in archive.index.iterdir():
        path.write_bytes(b"rubbish")
    with Searcher(archive) as searcher:
        assert searcher.find("")["total"] == 4


def test_a_rebuild_counts_what_may_be_found(archive: Config) -> None:
    data = rebuild_index(archive)
    assert data["documents"] == index_stats(archive)["documents"] == 4
    assert data["bytes"] > 0


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("{", "queries:2"),
        ('{"query": 1}', "query"),
        ('{"query": "a", "units": "b"}', "units"),
        ('{"query": "a", "unit": 5}', "unit"),
        ('{"query": "a", "from": 2021}', "2021"),
        ("[]", "query"),
    ],
)
def test_a_wrong_line_of_a_batch_is_named(tmp_path: Path, line: str, word: str) -> None:
    path = tmp_path / "queries"
    path.write_text('{"query": "a"}\n' + line, encoding="utf-8")
    with pytest.raises(HosoError) as caught:
        list(batch_lines(path))
    assert word in caught.value.message
