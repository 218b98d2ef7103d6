"""A 7z whose list of members asks for more than any list needs is not opened."""

from __future__ import annotations

from pathlib import Path

import py7zr
import pytest

from archive.readers.bundles.seven_zip import SevenZipBundle
from archive.readers.limits import ReadingLimits
from tests.archive.readers import hostile_bundles


@pytest.mark.parametrize("means", ["ppmd-4GiB", "lzma-4GiB", "lzma2-4GiB", "nothing-known"])
def test_a_list_packed_by_unusual_means(means: str, tmp_path: Path) -> None:
    path = tmp_path / "x.7z"
    path.write_bytes(hostile_bundles.FILES[f"7z-head-packed-by-{means}.7z"]())
    with pytest.raises(ValueError, match=r"^$"):
        SevenZipBundle(path, ReadingLimits())


@pytest.mark.parametrize("preset", [1, 7, 9])
def test_lists_as_programs_pack_them(preset: int, tmp_path: Path) -> None:
    path = tmp_path / "x.7z"
    with py7zr.SevenZipFile(path, "w", filters=[{"id": py7zr.FILTER_LZMA2, "preset": preset}]) as archive:
        archive.set_encoded_header_mode(True)
        archive.writestr(b"x", "a.txt")
    with SevenZipBundle(path, ReadingLimits()) as bundle:
        assert [entry.name for entry in bundle.entries] == ["a.txt"]
