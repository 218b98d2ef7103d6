"""Tesseract at work on one prepared page: the library of the tesserocr wheel, or the system's program when it is newer.

Both read with the Vietnamese data that is carried in tessdata/ and tell their words as TSV, so that what is made of
them does not depend on which it was. One thread: four take four times the processor time for the same page.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any, Protocol

from PIL import Image

DATA = Path(__file__).parent / "tessdata"
DATA_VERSION = "tessdata_fast 4.1.0"
LANGUAGE = "vie"
PAGE, BLOCK = 3, 6  # how tesseract parts a page (--psm): into columns and blocks; one block of text

_LEAST_DPI, _MOST_DPI = 70, 2400  # what tesseract takes for credible
_ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}
_VERSION = re.compile(r"\bv?(\d+)\.(\d+)(?:\.(\d+))?")
_WORD_LEVEL = "5"

Version = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Word:
    """A word in its place, in pixels from the upper left; `line` is the same for all words of a line; `sure` 0 to 1."""

    text: str
    sure: float
    line: tuple[int, int, int]
    left: int
    top: int
    right: int
    bottom: int


class Engine(Protocol):
    """What reads a page."""

    name: str

    def words(self, picture: Image.Image, dpi: int, mode: int, seconds: float | None = None) -> list[Word]:
        """The words of a grey picture in reading order, as `mode` parts it; none when it takes longer than it may."""


class Library:
    """Tesseract inside this process."""

    def __init__(self) -> None:
        os.environ.update(_ONE_THREAD)  # before it is imported; the wheel has no threads, other builds do
        import tesserocr

        tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)  # it complains of boxes to stderr
        self._api: Any = tesserocr.PyTessBaseAPI(path=f"{DATA}/", lang=LANGUAGE, oem=tesserocr.OEM.LSTM_ONLY)
        self._api.SetVariable("debug_file", os.devnull)
        self.version = _version(tesserocr.tesseract_version())
        self.name = f"tesseract {_shown(self.version)} (tesserocr {metadata.version('tesserocr')})"

    def words(self, picture: Image.Image, dpi: int, mode: int, seconds: float | None = None) -> list[Word]:
        """As `Engine` says."""
        self._api.SetPageSegMode(mode)
        self._api.SetImageBytes(picture.tobytes(), picture.width, picture.height, 1, picture.width)
        self._api.SetSourceResolution(_credible(dpi))
        try:
            # Its result must not be touched when it ran out of time: it is half built, and the process would crash.
            if not self._api.Recognize(round((seconds or 0) * 1000)):
                return []
            return _parsed(self._api.GetTSVText(0))
        finally:
            self._api.Clear()


class Program:
    """The system's tesseract, started for each page."""

    def __init__(self, program: str) -> None:
        self._program = program
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=10, check=False)
        self.version = _version(said.stdout + said.stderr)
        self.name = f"tesseract {_shown(self.version)} ({program})"

    def words(self, picture: Image.Image, dpi: int, mode: int, seconds: float | None = None) -> list[Word]:
        """As `Engine` says. Raises `OSError` when the program fails."""
        command = [self._program, "stdin", "stdout", "--tessdata-dir", str(DATA), "-l", LANGUAGE, "--oem", "1"]
        command += ["--psm", str(mode), "--dpi", str(_credible(dpi)), "-c", "tessedit_create_tsv=1"]
        page = b"P5 %d %d 255\n" % picture.size + picture.tobytes()
        try:
            done = subprocess.run(
                command, input=page, capture_output=True, timeout=seconds, env={**os.environ, **_ONE_THREAD}, check=True
            )
        except subprocess.TimeoutExpired:
            return []
        except subprocess.CalledProcessError as error:
            raise OSError(error.stderr.decode("utf-8", "replace")) from error
        return _parsed(done.stdout.decode("utf-8", "replace"))


@lru_cache(maxsize=1)
def library() -> Library:
    """The library, loaded once for a process."""
    return Library()


@lru_cache(maxsize=1)
def best() -> Engine:
    """The system's program when it is newer than the library, else the library."""
    program = shutil.which("tesseract")
    if program is not None:
        try:
            system = Program(program)
            if system.version > library().version:
                return system
        except (OSError, subprocess.SubprocessError):
            pass
    return library()


def _version(said: str) -> Version:
    match = _VERSION.search(said)
    return (int(match[1]), int(match[2]), int(match[3] or 0)) if match else (0, 0, 0)


def _shown(version: Version) -> str:
    return ".".join(map(str, version))


def _credible(dpi: int) -> int:
    return max(_LEAST_DPI, min(dpi, _MOST_DPI))


def _parsed(table: str) -> list[Word]:
    """The words of tesseract's TSV: level, page, block, paragraph, line, word, left, top, width, height, sure, text."""
    words = []
    for row in table.split("\n"):
        cells = row.split("\t", 11)
        if len(cells) != 12 or cells[0] != _WORD_LEVEL or not cells[11].strip():
            continue
        block, paragraph, line, _number, left, top, width, height = map(int, cells[2:10])
        sure = min(max(float(cells[10]) / 100, 0.0), 1.0)
        words.append(Word(cells[11].strip(), sure, (block, paragraph, line), left, top, left + width, top + height))
    return words
