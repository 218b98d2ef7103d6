"""Readers at work on small files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.readers.limits import ReadingLimits
from archive.readers.table import read
from archive.records import Reading

ReadBytes = Callable[..., Reading]


@pytest.fixture
def read_bytes(tmp_path: Path) -> ReadBytes:
    """Read bytes as a file in this process; for files that are known to be harmless."""

    def read_them(data: bytes, limits: ReadingLimits | None = None) -> Reading:
        path = tmp_path / "document"
        path.write_bytes(data)
        return read(path, limits or ReadingLimits())

    return read_them
