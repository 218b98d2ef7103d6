"""Makes the demo: a campaign file and an inbox full of dossiers, the same bytes for the same seed and day."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from math import prod
from pathlib import Path
from random import Random

from archive.vietnamese import bare
from inbox.demo.bodies import Body, folder, make_bodies
from inbox.demo.campaign import YEAR, campaign_text, visit_days
from inbox.demo.dossiers import ASTRAY, COPIES, DOSSIERS, LITTER, Entry
from inbox.demo.expected import expected
from inbox.demo.papers import write
from inbox.demo.pdf_files import locked_bytes, picture_pdf, scan_of
from inbox.demo.season import Season
from inbox.demo.sheet import Sheet
from inbox.demo.traps import CHANGES, PASSWORD, WRITERS
from inbox.demo.write_docx import docx_bytes
from inbox.demo.write_pdf import font_files, pdf_bytes
from inbox.demo.write_text import text_bytes

SEED = 2021
VISIT_FROM = date(2021, 12, 20)
_NOISE = (300, 424)  # pixels of a picture of nothing


@dataclass(frozen=True, slots=True)
class DemoSet:
    """What was made. `searches` each find something; `expected` holds the verdict of (unit, requirement) on the day
    `as_of`, for the pairs that are certain."""

    campaign_file: Path
    files: tuple[Path, ...]
    searches: tuple[str, ...]
    expected: dict[tuple[str, str], str]
    as_of: date


def make_demo(target: Path, *, seed: int = SEED, visit_from: date = VISIT_FROM) -> DemoSet:
    """Writes `campaign.yaml` and `inbox/` below `target`. Without the font package the papers that would be PDF come
    as Word files, and the scans are pictures of nothing."""
    maker = _Maker(target / "inbox", seed, visit_from)
    maker.make()
    campaign_file = target / "campaign.yaml"
    campaign_file.write_text(campaign_text(visit_from), encoding="utf-8")
    days = visit_days(visit_from)
    searches = ("dan van kheo", '"bỏ phiếu kín"', maker.code)
    return DemoSet(campaign_file, tuple(maker.files), searches, expected(), max(days.values()))


class _Maker:
    """Writes file after file; the numbers in each unit's register run on from paper to paper."""

    def __init__(self, inbox: Path, seed: int, visit_from: date) -> None:
        self._inbox = inbox
        self._seed = seed
        self._bodies: dict[str, Body] = make_bodies(Random(f"{seed}/bodies"))
        self._days = visit_days(visit_from)
        self._registers = {unit: Season(body, YEAR, self._days[unit], Random(0)) for unit, body in self._bodies.items()}
        self._fonts = font_files()
        self.files: list[Path] = []
        self.code = ""

    def make(self) -> None:
        """All of it."""
        for unit, entries in DOSSIERS.items():
            for entry in entries:
                self._put(folder(unit), entry.of or unit, entry)
        for below, unit, entry in ASTRAY:
            self._put(below, unit, entry)
        for unit, source, name in COPIES:
            self._save(folder(unit), name.format(year=YEAR), self._path(unit, source).read_bytes())
        for unit, name, data in LITTER:
            self._save(folder(unit), name.format(year=YEAR), data)

    def _path(self, unit: str, name: str) -> Path:
        return self._inbox / folder(unit) / name.format(year=YEAR)

    def _put(self, below: str, unit: str, entry: Entry) -> None:
        season = self._season(unit, entry, f"{below}/{entry.name}/{entry.part}")
        sheet = WRITERS[entry.trap](season) if entry.trap in WRITERS else write(season, entry.requirement, entry.part)
        if entry.trap in CHANGES:
            sheet = CHANGES[entry.trap](season, sheet)
        if entry.requirement == "bao-cao-tong-ket" and not self.code:
            self.code = sheet.number.removeprefix("Số ")
        name = self._name(entry, season)
        name, data = self._file(name, sheet, entry.trap, season.rng)
        self._save(below, name, data)

    def _season(self, unit: str, entry: Entry, key: str) -> Season:
        register = self._registers[unit]
        rng = Random(f"{self._seed}/{key}")
        if entry.trap == "last-year":
            # Numbers run on through the whole term of the committee, so last year's are the lower ones.
            return Season(register.body, YEAR - 1, self._days[unit] - timedelta(days=365), rng, Counter(BC=-8))
        return Season(register.body, YEAR, self._days[unit], rng, register.register)

    def _name(self, entry: Entry, season: Season) -> str:
        part = entry.part or ""
        member = bare(season.body.members[int(part)]) if entry.requirement == "kiem-diem-ca-nhan" else ""
        name = entry.name.format(year=YEAR, part=part, member=member)
        return unicodedata.normalize("NFD", name) if entry.trap == "nfd" else name

    def _file(self, name: str, sheet: Sheet, trap: str, rng: Random) -> tuple[str, bytes]:
        if trap == "empty":
            return name, b""
        if trap in ("scan", "locked", "truncated"):
            return name, self._spoilt(sheet, trap, rng)
        if name.endswith(".txt"):
            return name, text_bytes(sheet)
        if name.endswith(".pdf") and trap != "word-named-pdf":
            if self._fonts:
                return name, pdf_bytes(sheet, self._fonts)
            name = f"{name.removesuffix('.pdf')}.docx"
        return name, docx_bytes(sheet)

    def _spoilt(self, sheet: Sheet, trap: str, rng: Random) -> bytes:
        whole = pdf_bytes(sheet, self._fonts) if self._fonts else picture_pdf([(*_NOISE, rng.randbytes(prod(_NOISE)))])
        if trap == "locked":
            return locked_bytes(whole, PASSWORD)
        if trap == "truncated":
            return whole[: len(whole) * 2 // 3]
        return scan_of(whole)

    def _save(self, below: str, name: str, data: bytes) -> None:
        path = self._inbox / below / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.files.append(path)
