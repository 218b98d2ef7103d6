"""Cut-off and damaged PDFs: mended whole, or not taken for whole."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from archive.readers.limits import ReadingLimits
from archive.readers.pdf.pdf_repair import cut_off, mend, says_encrypted
from tests.archive.readers.making import lines, pdf


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "x.pdf"


def packed(data: bytes) -> bytes:
    """The same PDF with its objects in object streams."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as whole:
        whole.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return buffer.getvalue()


def test_a_whole_file_is_not_cut_off(file: Path) -> None:
    for data in (pdf(lines("một")), packed(pdf(lines("một"))), pdf(lines("một")) + bytes(5000)):
        file.write_bytes(data)
        assert not cut_off(file)


@pytest.mark.parametrize("lost", [1, 30, 100])
def test_a_lost_table_is_made_anew(lost: int, file: Path) -> None:
    data = pdf(lines("một"), lines("hai"))
    file.write_bytes(data[: data.rindex(b"xref\n0 ") + lost])
    mended = mend(file, ReadingLimits())
    assert cut_off(file)
    assert mended
    assert not mended.lacks
    with pikepdf.open(io.BytesIO(mended.data)) as pages:
        assert len(pages.pages) == 2


def test_lost_objects_are_missed(file: Path) -> None:
    """The catalogue and the pages stand first in this file, the contents behind."""
    data = pdf(lines("một"), lines("hai"))
    file.write_bytes(data[: data.index(b"\n8 0 obj")])
    mended = mend(file, ReadingLimits())
    assert mended is None or mended.lacks


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.8, 0.97])
def test_half_a_packed_file_is_never_whole(keep: float, file: Path) -> None:
    data = packed(pdf(*[lines(f"trang {number}\n" * 20) for number in range(6)]))
    file.write_bytes(data[: int(len(data) * keep)])
    mended = mend(file, ReadingLimits())
    assert cut_off(file)
    assert mended is None or mended.lacks


def test_a_big_file_is_not_mended(file: Path) -> None:
    file.write_bytes(pdf(lines("một")))
    assert mend(file, ReadingLimits(part_mb=0)) is None


def test_encryption_is_seen(samples: Path) -> None:
    assert says_encrypted(samples / "formats" / "r6-user-password.pdf")
    assert not says_encrypted(samples / "formats" / "cay_trang_vong.pdf")
