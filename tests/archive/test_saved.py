"""Searches kept under a name: who, when, in the log, and nothing of any answer."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from archive import audit, catalogue, models, saved
from archive.config import Config
from archive.errors import NotFound
from archive.saved import BadName

NOW = datetime(2021, 12, 1, 8, tzinfo=UTC)


def test_a_search_is_kept_replaced_and_removed(config: Config) -> None:
    head = config.audit_head
    options = {"unit": "cb-a", "from_": date(2021, 1, 1), "after": "xyz", "offset": 20}
    saved.save("  Báo  cáo ", "báo cáo", options, by="Lan", now=NOW, head=head)
    kept = saved.named("Báo cáo")
    assert (kept.query, kept.options, kept.by, kept.at) == (
        "báo cáo",
        {"unit": "cb-a", "from_": "2021-01-01"},
        "Lan",
        NOW,
    )
    saved.save("Báo cáo", "báo cáo năm", {}, by="Hùng", now=NOW, head=head)
    assert [(each.query, each.by) for each in saved.listed()] == [("báo cáo năm", "Hùng")]
    saved.remove("Báo cáo", by="Lan", now=NOW, head=head)
    assert saved.listed() == []
    told = [(row.action, row.actor, row.subject, row.detail.get("query")) for row in audit.rows()][1:]
    assert told == [
        ("search-saved", "Lan", "Báo cáo", "báo cáo"),
        ("search-saved", "Hùng", "Báo cáo", "báo cáo năm"),
        ("search-removed", "Lan", "Báo cáo", None),
    ]
    assert audit.read_head(head) == audit.head()
    assert catalogue.wrong_rows() == []


def test_what_is_no_text_is_kept_as_far_as_it_is(config: Config) -> None:
    options = {"unit": "\udcff", "year": 2021}
    saved.save("\udcffa", "cán \udcff", options, by="Lan", now=NOW, head=config.audit_head)
    kept = saved.named("\udcffa")
    assert (kept.name, kept.query, kept.options) == ("?a", "cán ?", {"unit": "?", "year": 2021})
    assert catalogue.wrong_rows() == []


@pytest.mark.parametrize("name", ["", "  ", "x" * 101])
def test_a_name_that_cannot_be_is_said(config: Config, name: str) -> None:
    with pytest.raises(BadName):
        saved.save(name, "báo cáo", {}, by="Lan", now=NOW, head=config.audit_head)


def test_an_unknown_name_is_not_found(config: Config) -> None:
    with pytest.raises(NotFound):
        saved.named("không có")
    with pytest.raises(NotFound):
        saved.remove("không có", by="Lan", now=NOW, head=config.audit_head)
    assert [row.action for row in audit.rows()] == ["home-made"]


def test_what_was_changed_behind_the_log_is_seen(config: Config) -> None:
    for name in ("a", "b"):
        saved.save(name, "báo cáo", {}, by="Lan", now=NOW, head=config.audit_head)
    models.SavedSearch.objects.filter(name="a").update(query="khác")
    models.SavedSearch.objects.filter(name="b").delete()
    assert list(saved.wrong()) == ["saved search a", "saved search b is gone"]
