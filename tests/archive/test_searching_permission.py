"""What somebody finds through the service is what they would find in a catalogue of their units alone, though papers
are moved and marked secret after they were indexed; with both engines, hits, order, versions, counts, facets,
suggestions and keys alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from archive import catalogue, models
from archive.config import Config
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
    plain,
)
from archive.search.fallback import search_catalogue
from archive.search.ports import IndexedDocument
from archive.search.query import parse
from archive.search.table import ENGINES
from archive.searching import Searcher, indexable, rebuild_index

NOW = datetime(2021, 12, 1, 8, tzinfo=UTC)
UNITS = ("cb-a", "cb-b", "cb-c")
WORDS = ["cán", "cân", "bộ", "bố", "đảng", "ủy", "kỷ", "luật", "xã", "thủy", "bơm", "lưới", "ghe", "dừa"]
TYPED = (*WORDS, "cnán", "bmơ", "-xã", "đả*", '"cán bộ"', "kyr", "bơm OR ghe", "nam:2021", "don-vi:cb-a", "loai:k1")
LONG = "một bản báo cáo dài hơn năm mươi từ về việc trồng dừa và chở nước ngọt của tổ thủy nông ấp bàu " * 3
PAPERS, STATES, ASKED = 30, 12, 40


def recognition(random: Random) -> Recognition:
    secrecy = Fact("MẬT", 1, "MẬT") if random.random() < 0.2 else None
    period = Period(2021) if random.random() < 0.5 else None
    return Recognition(random.choice(("k1", "k2")), 0.9, facts=Facts(period=period, secrecy=secrecy))


def fill(random: Random) -> list[str]:
    """Papers of three units, some of the same words as another; their ids."""
    units = tuple(Unit(name, name, UnitType.CHI_BO_CO_SO) for name in UNITS)
    catalogue.save_campaign(Campaign("xl", "X", 2021, "xep-loai-2021", units=units), NOW, "x")
    ids = []
    for number in range(PAPERS):
        now = NOW + timedelta(minutes=random.randint(0, 9))
        # Few names: a paper of the same name in the same folder is a newer version.
        delivery = Delivery(f"{number:032x}", random.choice(UNITS), b"x%d" % (number % 20), 3, now)
        catalogue.record([catalogue.Intake(delivery, f"{number:064x}", f"{number % 20}.docx")], now)
        text = random.choice((LONG, "", "")) + " ".join(random.choices(WORDS, k=random.randint(1, 8)))
        catalogue.save_readings(
            [(f"{number:064x}", Reading("docx", ReadingState.READ, (Page(text),), (), Source.EMBEDDED))], "r"
        )
        catalogue.save_recognitions([(f"{number:032x}", recognition(random))], "m")
        ids.append(f"{number:032x}")
    return ids


def change(random: Random, document: str) -> None:
    """Move a paper, take a move back, or mark it anew as secret or not: the index is not told."""
    if random.random() < 0.5:
        catalogue.save_recognitions([(document, recognition(random))], "m")
    elif random.random() < 0.7:
        catalogue.decide(document, kind=None, unit=random.choice(UNITS), year=None, by="Lan", now=NOW)
    else:
        catalogue.undecide(document, ["unit"], by="Lan", now=NOW)


def index(config: Config) -> list[IndexedDocument]:
    """What is in the index from now on."""
    rebuild_index(config)
    return indexable(list(catalogue.recognised_documents()))


def as_catalogued(indexed: list[IndexedDocument]) -> list[IndexedDocument]:
    """Those of them that still may be found, for the same unit. One that was moved, and may be back, waits until it is
    indexed again."""
    unit_of = {known.document.id: known.document.unit for known in catalogue.recognised_documents() if not known.secret}
    marked = catalogue.indexed_ids()
    moved = set(models.Decision.objects.exclude(unit=None).values_list("document_id", flat=True))
    waits = moved - marked
    return [paper for paper in indexed if unit_of.get(paper.id) == paper.unit and paper.id not in waits]


def seen_alone(papers: list[IndexedDocument], query: str, options: dict[str, Any]) -> dict[str, Any]:
    page = search_catalogue(parse(query, **options), papers, None)
    return told(plain(page))


def told(answer: dict[str, Any]) -> dict[str, Any]:
    """What of an answer does not come from the catalogue or the clock."""
    hits = [{key: hit[key] for key in ("document", "unit", "snippet", "spans", "versions")} for hit in answer["hits"]]
    wanted = ("total", "facets", "next", "corrected", "understood", "suggestions")
    return {"hits": hits, **{name: answer[name] for name in wanted}}


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_the_service_answers_as_over_the_units_alone(config: Config, engine: str) -> None:
    random = Random(11)
    config = replace(config, engine=engine)
    ids = fill(random)
    indexed = index(config)
    empty = 0
    with Searcher(config) as searcher:
        for _state in range(STATES):
            for document in random.sample(ids, 4):
                change(random, document)
            if random.random() < 0.2:
                indexed = index(config)
            now = as_catalogued(indexed)
            for _ in range(ASKED):
                units = frozenset(random.sample((*UNITS, "nobody"), random.randint(0, 3)))
                alone = [paper for paper in now if paper.unit in units]
                query = " ".join(random.choices(TYPED, k=random.randint(0, 2)))
                options = {"limit": random.choice((1, 2, 100)), "sort": random.choice(("relevance", "date"))}
                answer = searcher.find(query, units=units, **options)
                assert not answer["degraded"]
                assert told(answer) == seen_alone(alone, query, options), (query, units)
                empty += not answer["total"]
                if answer["next"]:
                    options["after"] = answer["next"]
                    answer = searcher.find(query, units=units, **options)
                    assert told(answer) == seen_alone(alone, query, options), (query, units)
    assert empty < STATES * ASKED / 2, "most cases are about something"
