from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.i18n import use_language
from tests.inbox.bench import Bench


@pytest.fixture
def english() -> None:
    """What the system and the log say, in the words of the sources."""
    use_language("en")


@pytest.fixture
def no_fsync(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that does not cut the power need not wait for the disk."""
    monkeypatch.setattr(os, "fsync", lambda _handle: None)


@pytest.fixture
def bench(tmp_path: Path, no_fsync: None) -> Bench:
    return Bench(tmp_path / "home")


@pytest.fixture
def make_bench(tmp_path: Path, no_fsync: None) -> Callable[..., Bench]:
    def make(**options: Any) -> Bench:
        return Bench(tmp_path / "home", **options)

    return make
