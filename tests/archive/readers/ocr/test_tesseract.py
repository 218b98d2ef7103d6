"""The two ways to tesseract: the library, and a newer program of the system."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.readers.ocr import tesseract
from archive.readers.ocr.tesseract import PAGE, Library, Program, best, library
from tests.archive.readers.paper import page

_FAKE = """#!{python}
import os, sys
if "--version" in sys.argv:
    print("tesseract {version}")
    sys.exit()
with open({log!r}, "w") as log:
    print(os.environ.get("OMP_THREAD_LIMIT"), *sys.argv[1:], file=log)
size = sys.stdin.buffer.readline()
assert len(sys.stdin.buffer.read()) == 1000 * 560, size
print("level\\tpage_num\\tblock_num\\tpar_num\\tline_num\\tword_num\\tleft\\ttop\\twidth\\theight\\tconf\\ttext")
print("4\\t1\\t1\\t1\\t1\\t0\\t5\\t6\\t70\\t20\\t-1\\t")
print("5\\t1\\t1\\t1\\t1\\t1\\t5\\t6\\t30\\t20\\t96.5\\tĐảng")
print("5\\t1\\t1\\t1\\t1\\t2\\t45\\t6\\t30\\t20\\t30\\tủy")
sys.exit("it broke" if {code} else 0)
"""


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    best.cache_clear()
    yield
    best.cache_clear()


def put_program(folder: Path, monkeypatch: pytest.MonkeyPatch, version: str, code: int = 0) -> Path:
    log = folder / "log"
    program = folder / "tesseract"
    program.write_text(_FAKE.format(python=sys.executable, version=version, log=str(log), code=code))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    return log


def test_a_newer_program_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = put_program(tmp_path, monkeypatch, "9.1.0")
    engine = best()
    assert engine.name == f"tesseract 9.1.0 ({tmp_path}/tesseract)"
    found = engine.words(page().convert("L"), 300, PAGE)
    assert [(word.text, word.sure, word.left, word.right) for word in found] == [
        ("Đảng", 0.965, 5, 35),
        ("ủy", 0.3, 45, 75),
    ]
    threads, *asked = log.read_text().split()
    assert threads == "1"
    assert asked[:2] == ["stdin", "stdout"]
    assert asked[asked.index("-l") + 1] == "vie"
    assert asked[asked.index("--psm") + 1] == "3"
    assert asked[asked.index("--tessdata-dir") + 1] == str(tesseract.DATA)


@pytest.mark.parametrize("version", ["4.1.1", "5.3.0", "what"])
def test_an_older_program_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    put_program(tmp_path, monkeypatch, version)
    assert best() is library()


def test_without_a_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert best() is library()


def test_a_program_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_program(tmp_path, monkeypatch, "9.1.0", code=1)
    with pytest.raises(OSError, match="it broke"):
        best().words(page().convert("L"), 300, PAGE)


def test_time_runs_out(tmp_path: Path) -> None:
    assert Library().words(page().convert("L"), 150, PAGE, 0.001) == []
    assert library().words(page().convert("L"), 150, PAGE)  # and it is as good as new
    slow = tmp_path / "slow"
    slow.write_text(f"#!{sys.executable}\nimport sys, time\n'--version' in sys.argv or time.sleep(60)\n")
    slow.chmod(0o755)
    assert Program(str(slow)).words(page().convert("L"), 150, PAGE, 0.3) == []


def test_the_data_is_what_its_readme_says() -> None:
    import hashlib

    digest = hashlib.sha256((tesseract.DATA / "vie.traineddata").read_bytes()).hexdigest()
    assert digest in (tesseract.DATA / "README.md").read_text(encoding="utf-8")
    assert "Apache License" in (tesseract.DATA / "LICENSE").read_text(encoding="utf-8")
