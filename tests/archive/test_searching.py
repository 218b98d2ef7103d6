"""Searching an archive: the index finds, the catalogue decides what may be shown, neither is needed by the other."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connection

from archive import catalogue, searching
from archive.config import Config
from archive.errors import DependencyMissing, HosoError, NotFound
from archive.records import (
    Campaign,
    Delivery,
    Fact,
    Facts,
    KnownDocument,
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
from archive.search.whoosh_index import WhooshIndex
from archive.searching import Searcher, find_lines, index_stats, indexable, rebuild_index

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
        path.chmod(0o600)
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


def ids(answer: dict[str, Any]) -> set[int]:
    return {int(hit["document"], 16) for hit in answer["hits"]}


def test_who_may_see_some_units_finds_and_counts_theirs_alone(archive: Config) -> None:
    with Searcher(archive) as searcher:
        answer = searcher.find("", units=frozenset({"cb-b", "nowhere"}))
        assert (ids(answer), answer["total"], answer["facets"]["unit"]) == ({4, 5}, 2, {"cb-b": 2})
        assert searcher.find("", units=frozenset())["total"] == 0
        assert searcher.find('don-vi:"cb a"', units=frozenset({"cb-b"}))["total"] == 0


def test_what_was_moved_or_marked_secret_since_is_not_counted_either(archive: Config) -> None:
    """The index still has two papers as they were: no count, facet or key may tell of them."""
    catalogue.decide(f"{1:032x}", kind=None, unit="cb-b", year=None, by="Lan", now=NOW)
    secret = Recognition("k", 0.9, facts=Facts(secrecy=Fact("MẬT", 1, "MẬT")))
    catalogue.save_recognitions([(f"{2:032x}", secret)], "m")
    with Searcher(archive) as searcher:
        answer = searcher.find("", units=frozenset({"cb-a"}), limit=1)
        assert (answer["total"], answer["hits"], answer["facets"]["unit"], answer["next"]) == (0, [], {}, None)
        for number in (1, 2):
            with pytest.raises(NotFound):
                searcher.document(f"{number:032x}", units=frozenset({"cb-a"}))


def test_a_move_that_was_taken_back_tells_the_other_unit_nothing(archive: Config) -> None:
    catalogue.decide(f"{1:032x}", kind=None, unit="cb-b", year=None, by="Lan", now=NOW)
    rebuild_index(archive)
    catalogue.undecide(f"{1:032x}", ["unit"], by="Lan", now=NOW)
    with Searcher(archive) as searcher:
        assert ids(searcher.find("", units=frozenset({"cb-b"}))) == {4, 5}
        rebuild_index(archive)
        assert ids(searcher.find("", units=frozenset({"cb-a"}))) == {1, 2}


def test_an_index_that_disagrees_with_the_catalogue_is_overruled(archive: Config) -> None:
    """Whatever went wrong: the search is made again without what the catalogue has for another unit."""
    catalogue.decide(f"{1:032x}", kind=None, unit="cb-b", year=None, by="Lan", now=NOW)
    catalogue.mark_indexed(catalogue.documents([f"{1:032x}"]))  # which is not so
    with Searcher(archive) as searcher:
        answer = searcher.find("", units=frozenset({"cb-a"}))
        assert (ids(answer), answer["total"], answer["facets"]["unit"]) == ({2}, 1, {"cb-a": 1})


def test_an_index_that_is_wrong_again_and_again_is_not_asked_any_longer(
    archive: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one from another home would be."""
    monkeypatch.setattr(searching, "_ATTEMPTS", 2)
    moved = [f"{number:032x}" for number in (4, 5)]
    for document in moved:
        catalogue.decide(document, kind=None, unit="cb-a", year=None, by="Lan", now=NOW)
    catalogue.mark_indexed(catalogue.documents(moved))  # which is not so
    with Searcher(archive) as searcher:
        answer = searcher.find("", units=frozenset({"cb-b"}), limit=1)
        assert (answer["total"], answer["hits"], answer["degraded"]) == (0, [], True)


@pytest.mark.parametrize("seed", range(4))
def test_an_answer_through_the_catalogue_is_that_over_the_units_alone(archive: Config, seed: int) -> None:
    random = Random(seed)
    with Searcher(archive) as searcher:
        for _ in range(10):
            query = random.choice([*QUERIES, "tieng cong", "cong tác", "bao OR họp", "báp cáo"])
            units = frozenset(random.sample(["cb-a", "cb-b"], random.randint(0, 2)))
            answer = searcher.find(query, units=units, sort=random.choice(["relevance", "date"]))
            known = indexable(list(catalogue.recognised_documents(units)))
            alone = search_catalogue(parse(query, sort="relevance"), known, None)
            assert (answer["total"], answer["facets"]) == (alone.total, plain(alone.facets))
            assert ids(answer) == {int(hit.document, 16) for hit in alone.hits}
            assert answer["suggestions"] == list(alone.suggestions)


def test_similar_papers_are_those_that_may_be_seen(archive: Config) -> None:
    title = Facts(title=Fact("Kết quả công tác", 1, "Kết quả công tác"))
    catalogue.save_recognitions([(f"{4:032x}", Recognition("k", 0.9, facts=title))], "m2")
    catalogue.save_recognitions([(f"{5:032x}", Recognition("k", 0.9, facts=replace(title)))], "m2")
    rebuild_index(archive)
    with Searcher(archive) as searcher:
        assert ids(searcher.similar(f"{4:032x}", units=frozenset({"cb-b"}))) == {5}
        with pytest.raises(NotFound):
            searcher.similar(f"{4:032x}", units=frozenset({"cb-a"}))


def test_a_unit_may_be_told_by_words_of_its_name(archive: Config) -> None:
    named = [replace(unit, name=name) for unit, name in zip(UNITS, ("Đảng ủy Vạn Phú", "Đảng ủy Văn Phú"), strict=True)]
    catalogue.save_campaign(replace(CAMPAIGN, units=tuple(named)), NOW, "x")
    with Searcher(archive) as searcher:
        for typed, count in (
            ('don-vi:"Vạn Phú"', 2),
            ('don-vi:"văn phú"', 2),
            ('don-vi:"van phu"', 4),
            ('-don-vi:"Vạn Phú" tong', 1),
            ('don-vi:"Vạn Phú" OR họp', 2),
            ("don-vi:cb-a", 2),
            ('don-vi:"Phú Vạn"', 0),
        ):
            assert searcher.find(typed)["total"] == count, typed


def test_a_page_read_by_ocr_is_marked_with_its_own_confidence(archive: Config) -> None:
    mixed = (Page("Báo cáo in sẵn", Source.EMBEDDED, 0.99), Page("dấu giáp lai", Source.OCR, 0.61))
    reading = Reading("pdf", ReadingState.READ, mixed, (), Source.OCR, confidence=0.8)
    catalogue.save_readings([(f"{1:064x}", reading)], "r2")
    catalogue.save_recognitions([(f"{1:032x}", Recognition("k", 0.9))], "m2")
    rebuild_index(archive)
    with Searcher(archive) as searcher:
        (hit,) = searcher.find("giáp lai")["hits"]
        assert (hit["page"], hit["source"], hit["confidence"]) == (2, "ocr", 0.61)
        (hit,) = searcher.find("in sẵn")["hits"]
        assert (hit["page"], hit["source"], hit["confidence"]) == (1, "embedded", 0.99)


def test_an_older_version_that_alone_matches_says_that_there_is_a_newer_one(archive: Config) -> None:
    delivery = Delivery(f"{9:032x}", "cb-a", b"x1", 3, NOW + timedelta(days=1))
    catalogue.record([catalogue.Intake(delivery, f"{9:064x}", "1.docx")], NOW + timedelta(days=1))
    reading = Reading("docx", ReadingState.READ, (Page("Báo cáo tổng kết, sửa lại"),), (), Source.EMBEDDED)
    catalogue.save_readings([(f"{9:064x}", reading)], "r")
    catalogue.save_recognitions([(f"{9:032x}", Recognition("k", 0.9))], "m")
    rebuild_index(archive)
    with Searcher(archive) as searcher:
        (old,) = searcher.find('"công tác năm 2021"')["hits"]
        assert (old["document"], old["newer"], old["versions"]) == (f"{1:032x}", f"{9:032x}", [])
        (new,) = searcher.find('"báo cáo tổng kết"')["hits"]
        assert (new["document"], new["newer"], new["versions"]) == (f"{9:032x}", None, [f"{1:032x}"])


def test_a_newer_version_that_is_another_units_is_not_told_of(archive: Config) -> None:
    later = NOW + timedelta(days=1)
    delivery = Delivery(f"{9:032x}", "cb-a", b"x1", 3, later)
    catalogue.record([catalogue.Intake(delivery, f"{9:064x}", "1.docx")], later)
    reading = Reading("docx", ReadingState.READ, (Page("Sửa lại"),), (), Source.EMBEDDED)
    catalogue.save_readings([(f"{9:064x}", reading)], "r")
    catalogue.save_recognitions([(f"{9:032x}", Recognition("k", 0.9))], "m")
    catalogue.decide(f"{9:032x}", kind=None, unit="cb-b", year=None, by="Lan", now=later)
    rebuild_index(archive)
    with Searcher(archive) as searcher:
        (hit,) = searcher.find('"công tác năm 2021"', units=frozenset({"cb-a"}))["hits"]
    assert hit["newer"] is None


def test_one_searcher_sees_every_commit_and_a_rebuilt_index(archive: Config) -> None:
    with Searcher(archive) as searcher:
        assert searcher.find("")["total"] == 4
        catalogue.save_recognitions([(f"{3:032x}", Recognition("k", 0.9))], "m2")
        rebuild_index(archive)
        assert searcher.find("")["total"] == 5
        for path in archive.index.iterdir():
            path.chmod(0o600)
            path.write_bytes(b"rubbish")
        assert (searcher.find("")["total"], searcher.find("")["degraded"]) == (5, True)
        rebuild_index(archive)
        assert searcher.find("")["degraded"] is False


def test_one_searcher_answers_several_threads(archive: Config) -> None:
    with Searcher(archive) as searcher:
        alone = {query: searcher.find(query)["hits"] for query in QUERIES}

        def ask(query: str) -> bool:
            try:
                return bool(searcher.find(query)["hits"] == alone[query])
            finally:
                connection.close()  # of this thread

        with ThreadPoolExecutor(4) as threads:
            assert all(threads.map(ask, QUERIES * 5))


def test_papers_of_an_earlier_campaign_are_still_found(archive: Config) -> None:
    """They stay in the index, through a rebuild, and the answer without an index has them too."""
    later = replace(CAMPAIGN, id="xl-2")
    catalogue.save_campaign(later, NOW + timedelta(days=365), "x")
    rebuild_index(archive)
    assert catalogue.documents_to_index(10) == []
    with Searcher(archive) as searcher:
        assert searcher.find("")["total"] == 4
    for path in archive.index.iterdir():
        path.chmod(0o600)
        path.write_bytes(b"rubbish")
    with Searcher(archive) as searcher:
        assert searcher.find("")["total"] == 4


def test_a_batch_takes_days_as_the_flags_do(archive: Config, tmp_path: Path) -> None:
    path = tmp_path / "queries"
    days = [{"from": "1/1/2021", "to": "31/12/2021"}, {"from": "2021-01-01", "to": "2021-12-31"}, {"from": None}]
    path.write_text("\n".join(json.dumps({"query": "tổng kết", **each}) for each in days), encoding="utf-8")
    with Searcher(archive) as searcher:
        assert [answer["total"] for answer in find_lines(searcher, path)] == [0, 0, 2]


def test_an_index_that_may_not_be_read_is_answered_for(archive: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after somebody else made it again."""

    def forbidden(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(WhooshIndex, "_show", forbidden)
    with Searcher(archive) as searcher:
        answer = searcher.find("tổng kết")
    assert (answer["total"], answer["degraded"]) == (2, True)


def test_where_the_engine_is_not_installed_the_catalogue_answers(
    archive: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> None:
        raise DependencyMissing("tantivy")

    monkeypatch.setattr(searching, "open_index", missing)
    with Searcher(archive) as searcher:
        answer = searcher.find("tổng kết")
    assert (answer["total"], answer["degraded"]) == (2, True)


def test_nothing_is_similar_to_a_paper_whose_name_has_no_words(archive: Config) -> None:
    with Searcher(archive) as searcher:
        assert searcher.similar(f"{1:032x}")["total"] == 0


def test_a_rebuild_looks_at_some_papers_at_a_time(archive: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    pulled, ahead = [], []
    all_of_them, index_of = catalogue.recognised_documents, searching.indexable

    def counted() -> Iterator[KnownDocument]:
        for known in all_of_them():
            pulled.append(known.document.id)
            yield known

    def indexed(some: Sequence[KnownDocument]) -> list[IndexedDocument]:
        ahead.append(len(pulled))
        return index_of(some)

    monkeypatch.setattr(searching, "REBUILD_BATCH", 2)
    monkeypatch.setattr(catalogue, "recognised_documents", counted)
    monkeypatch.setattr(searching, "indexable", indexed)
    rebuild_index(archive)
    assert ahead == [2, 4, 6]


def test_a_paper_that_changes_during_a_rebuild_is_indexed_again(
    archive: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = searching.rebuild

    def meanwhile(*given: Any) -> int:
        generation = real(*given)
        catalogue.decide(f"{1:032x}", kind=None, unit="cb-b", year=None, by="Lan", now=NOW)
        return generation

    monkeypatch.setattr(searching, "rebuild", meanwhile)
    rebuild_index(archive)
    assert [known.document.id for known in catalogue.documents_to_index(10)] == [f"{1:032x}"]


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
        ('{"query": "a", "from": 2021}', "from"),
        ('{"query": "a", "from": "31/2/2021"}', "queries:2"),
        ('{"query": "a", "year": 1e400}', "queries:2"),
        ('{"query": "a", "after": "x"}', "queries:2"),
        ('{"query": "a", "sort": ["date"]}', "queries:2"),
        ("[]", "query"),
        ("[" * 100_000, "queries:2"),
    ],
)
def test_a_wrong_line_of_a_batch_is_named(archive: Config, tmp_path: Path, line: str, word: str) -> None:
    path = tmp_path / "queries"
    path.write_text('{"query": "a"}\n' + line, encoding="utf-8")
    with Searcher(archive) as searcher, pytest.raises(HosoError) as caught:
        list(find_lines(searcher, path))
    assert word in caught.value.message


def test_names_of_units_and_kinds_hold_for_what_telex_keys_stand_for_too(archive: Config) -> None:
    units = tuple(
        Unit(unit.id, name, unit.type) for unit, name in zip(UNITS, ("Chi bộ Một", "Chi bộ Hai"), strict=True)
    )
    catalogue.save_campaign(replace(CAMPAIGN, units=units), NOW, "y")
    with Searcher(archive, lambda: {"k": "Báo cáo khác", "j": "Kế hoạch"}) as searcher:
        for query in ('keets quar don-vi:"hai"', 'baos caos loai:"báo cáo khác" don-vi:"hai"'):
            answer = searcher.find(query)
            assert (ids(answer), answer["corrected"] is not None) == ({4}, True)
        assert searcher.find("baos caos", unit="hai", kind="kế hoạch")["total"] == 0
        assert ids(searcher.find("baos caos", unit="hai", kind="báo cáo khác")) == {4}


def test_what_no_unit_and_no_kind_is_called_is_told(archive: Config) -> None:
    with Searcher(archive, lambda: {"k": "Báo cáo khác"}) as searcher:
        assert searcher.unknown("loai:khac don-vi:lạ -loai:xyz", unit="cb-a", kind="q") == (["lạ"], ["q", "xyz"])
        assert searcher.unknown("don-vi:cb-b", units=frozenset({"cb-a"})) == (["cb b"], []), "may not be seen"


def test_titles_of_kinds_are_asked_for_only_where_a_search_tells_a_kind(archive: Config) -> None:
    def titles() -> dict[str, str]:
        raise AssertionError

    with Searcher(archive, titles) as searcher:
        assert searcher.find("tong ket don-vi:cb-a")["total"] == 1
        assert searcher.unknown("tong ket don-vi:cb-a") == ([], [])


def test_a_rebuild_tells_how_far_it_is(archive: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "REBUILD_BATCH", 2)
    told: list[tuple[int, int]] = []
    rebuild_index(archive, lambda done, most: told.append((done, most)))
    assert told == [(2, 6), (4, 6), (6, 6)]
