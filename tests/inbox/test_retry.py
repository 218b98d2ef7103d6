from __future__ import annotations

import logging

import pytest

from inbox.retry import Retries
from tests.inbox.bench import START

pytestmark = pytest.mark.usefixtures("english")

FULL = OSError(28, "No space left on device")


def test_the_wait_doubles_up_to_five_minutes_and_never_ends() -> None:
    retries, now, waits = Retries(), 0.0, []
    for _try in range(12):
        retries.failed(b"x", FULL, "retry", now, START)
        trouble = retries.trouble(b"x")
        assert trouble is not None
        assert retries.blocked(b"x", trouble.again_at - 0.1)
        assert not retries.blocked(b"x", trouble.again_at)
        waits.append(trouble.again_at - now)
        now = trouble.again_at
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]


def test_the_log_names_the_file_not_the_key(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "hoso.inbox"):
        Retries().failed(b"\0" + b"0a1b", FULL, "retry", 0.0, START, "cb-van-phong/báo cáo.docx".encode())
    assert caplog.messages == ["cb-van-phong/báo cáo.docx is tried again until it succeeds: the disk is full"]


def test_after_a_quarter_of_an_hour_there_is_one_alarm(caplog: pytest.LogCaptureFixture) -> None:
    retries = Retries()
    with caplog.at_level(logging.WARNING, "hoso.inbox"):
        for now in (0.0, 800.0):
            retries.failed(b"x", FULL, "retry", now, START)
        assert caplog.messages == []
        for now in (900.0, 1200.0):
            retries.failed(b"x", FULL, "retry", now, START)
    assert len(caplog.messages) == 1
    assert "15 minutes: the disk is full" in caplog.messages[0]


def test_success_and_absence_forget(caplog: pytest.LogCaptureFixture) -> None:
    retries = Retries()
    for key in (b"x", b"y", b"z"):
        retries.failed(key, ValueError("database is locked"), "retry", 0.0, START)
    retries.succeeded(b"x")
    retries.keep_only({b"z"})
    assert [retries.trouble(key) is None for key in (b"x", b"y", b"z")] == [True, True, False]
    assert not retries.blocked(b"x", 0.0)
