"""The audit chain: any changed, removed or cut-off row is seen."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import transaction

from archive import audit, models
from archive.audit import Entry
from archive.config import Config
from archive.errors import IntegrityFailure
from archive.verify import audit_ok

NOW = datetime(2021, 12, 1, 8, 30, 15, 123456, tzinfo=UTC)


@pytest.fixture
def chain(config: Config) -> Config:
    for number in range(5):
        with transaction.atomic():
            audit.append([Entry("Lan", "decided", f"d{number}", {"kind": "báo cáo", "n": number})], NOW)
    audit.write_head(config.audit_head)
    return config


def test_an_untouched_chain_holds(chain: Config) -> None:
    assert audit.broken_links() == []
    assert audit_ok(chain.audit_head)


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "Ai đó"},
        {"action": "filed"},
        {"subject": "khác"},
        {"detail": {"kind": "báo cáo", "n": 99}},
        {"at": datetime(2021, 12, 2, tzinfo=UTC)},
        {"previous": "f" * 64},
        {"digest": "f" * 64},
    ],
)
def test_any_changed_field_is_seen(chain: Config, change: dict[str, object]) -> None:
    models.Audit.objects.filter(seq=3).update(**change)
    assert 3 in audit.broken_links()
    assert not audit_ok(chain.audit_head)


def test_a_row_taken_out_is_seen(chain: Config) -> None:
    models.Audit.objects.filter(seq=3).delete()
    assert not audit_ok(chain.audit_head)


def test_a_cut_off_end_is_seen_by_the_head_outside(chain: Config) -> None:
    models.Audit.objects.filter(seq__gte=5).delete()
    assert audit.broken_links() == []
    assert not audit_ok(chain.audit_head)
    audit.write_head(chain.audit_head)
    assert not audit_ok(chain.audit_head), "the head outside is never set back"


def test_a_rewritten_end_is_not_hidden_by_what_comes_after_it(chain: Config) -> None:
    with transaction.atomic():
        models.Audit.objects.filter(seq=audit.head().seq).delete()
        audit.append([Entry("Ai đó", "decided", "khác", {}), Entry("hoso", "filed", "x", {})], NOW)
    assert audit.broken_links() == []
    audit.write_head(chain.audit_head)
    assert not audit_ok(chain.audit_head), "the head outside still knows the link that was there"


def test_the_head_outside_is_on_the_disk_before_it_takes_its_place(
    chain: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bool] = []
    monkeypatch.setattr(
        "os.fsync", lambda _handle: synced.append(chain.audit_head.with_name("audit.head.part").exists())
    )
    with transaction.atomic():
        audit.append([Entry("hoso", "filed", "x", {})], NOW)
    synced.clear()
    audit.write_head(chain.audit_head)
    assert synced[:1] == [True]


def test_a_head_that_lags_behind_after_a_crash_is_no_error(chain: Config) -> None:
    with transaction.atomic():
        audit.append([Entry("hoso", "filed", "x", {})], NOW)
    assert audit_ok(chain.audit_head)
    assert audit.write_head(chain.audit_head).seq == audit.head().seq


def test_a_missing_or_damaged_head_is_seen(chain: Config) -> None:
    chain.audit_head.write_text("not a head", encoding="ascii")
    assert not audit_ok(chain.audit_head)
    with pytest.raises(IntegrityFailure):
        audit.read_head(chain.audit_head)
    chain.audit_head.unlink()
    assert not audit_ok(chain.audit_head)
