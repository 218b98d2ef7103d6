"""Every shared sample through the sandbox: each is answered, within the limits, in the state that fits it."""

from __future__ import annotations

import re
from pathlib import Path

from archive.readers.limits import ReadingLimits
from archive.readers.sandbox import Sandbox
from archive.records import Reading, ReadingState

# The hostile ones take what they are given, so they are given little.
LIMITS = ReadingLimits(seconds=6, cpu_seconds=6, memory_mb=1024)
_LOCKED = {
    "r6-user-password.pdf", "enc-R3-V2.pdf", "testWORD_protected_passtika.docx", "password_password_cryptoapi.doc",
    "pass_protected.ods", "pass_protected.xlsx", "testODTEncrypted.odt", "testZipEncrypted.zip",
    "test7Z_protected_passTika.7z", "rar5-psw.rar",
}  # fmt: skip
_UNREADABLE = {
    "ExternalEntityInText.docx", "rong.pdf", "mau_nua.pdf", "bom_1GiB.pdf", "bom_200MiB.docx", "ty_tieng_cuoi.docx",
    "cay_trang_vong.pdf", "form_vong.pdf", "mang_sau.pdf",
}  # fmt: skip
_WAITING = {
    "quet.pdf", "quet_dau_do.jpg", "testOCR.pdf", "testTIFF.tif", "mau_khong_tounicode.pdf", "noembed-identity-2.pdf",
}  # fmt: skip
_MOTTO = re.compile("VIỆT NAM|HỒ CHÍ MINH")
_READ = {
    "7z", "csv", "doc", "docm", "docx", "eml", "html", "msg", "ods", "odt", "pdf", "rar", "rtf", "txt", "xls", "xlsb",
    "xlsm", "xlsx", "zip",
}  # fmt: skip


def read_all(folder: Path, limits: ReadingLimits) -> dict[str, Reading]:
    paths = [(str(path.relative_to(folder)), path) for path in sorted(folder.rglob("*")) if path.is_file()]
    with Sandbox(limits) as sandbox:
        read = dict(sandbox.read_many(paths))
    assert len(read) == len(paths)
    return read


def test_formats(samples: Path) -> None:
    read = read_all(samples / "formats", LIMITS)
    assert {name for name, reading in read.items() if reading.state is ReadingState.LOCKED} == _LOCKED
    unreadable = {name for name, reading in read.items() if reading.state is ReadingState.UNREADABLE}
    assert unreadable >= _UNREADABLE
    for name, reading in read.items():
        assert reading.state is ReadingState.READ or reading.warnings, name
    assert {reading.format for reading in read.values() if reading.state is ReadingState.READ} == _READ
    assert [name for name, reading in read.items() if reading.state is ReadingState.READ and not reading.text] == []
    waiting = {name for name, reading in read.items() if reading.scans}
    assert waiting >= _WAITING
    assert all(read[name].state is ReadingState.NOT_YET for name in _WAITING)
    assert {name for name, reading in read.items() if reading.state is ReadingState.NOT_YET} - waiting == {"~$mau.docx"}


def test_dossiers(samples: Path) -> None:
    """What the clerks of the sample dossiers drop: all DOCX are read, one from TCVN3, and the scans wait for OCR."""
    read = read_all(samples / "dossiers" / "inbox", ReadingLimits())
    by_state = {name: reading.state for name, reading in read.items() if reading.format in ("docx", "pdf", "txt")}
    assert {name for name, state in by_state.items() if state is ReadingState.LOCKED} == {
        "cb-cty-dai-phong-1/Bien ban kiem phieu.pdf"
    }
    assert {name for name, state in by_state.items() if state is ReadingState.NOT_YET} == {
        "cb-cty-dai-phong-1/CT KTGS.pdf",
        "db-cd-y-te/To trinh.pdf",
        "db-cd-y-te/scan0001.pdf",
    }
    assert "old-encoding" in dict(read["db-cd-y-te/cb-phong-to-chuc/Bao cao tong ket (1).docx"].warnings)
    assert {name for name, state in by_state.items() if state is ReadingState.UNREADABLE} == {
        "cb-cty-dai-phong-2/Bao cao tong ket nam 2021.pdf"
    }
    heads = [reading.pages[0].text for name, reading in read.items() if by_state.get(name) is ReadingState.READ]
    assert len(heads) > 30
    # Letters of a font of capitals, .VnTimeH, are small ones in the file.
    assert all(_MOTTO.search(head[:400].upper()) for head in heads)
