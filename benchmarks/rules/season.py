"""How fast a whole season is judged, judged by other rules, and how both grow with the number of documents.

    .venv/bin/python -m benchmarks.rules.season [UNITS SUB_UNITS DOCUMENTS ...]

Makes a home through the catalogue (nothing is parsed; each paper is recognised once per kind and then borne by every
unit), runs the real commands on it as a person would, and prints the median and the worst of a few runs. The floor of
the same machine is the start of Python with Django.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "web.settings")

import django

django.setup()

from archive import catalogue, database
from archive.home import create
from archive.readers.table import READER_VERSION
from archive.records import (
    Campaign,
    Delivery,
    Fact,
    Page,
    Reading,
    ReadingState,
    Recognition,
    Source,
    Team,
    Unit,
    UnitType,
    Visit,
)
from inbox.recognition import made_with
from rules.loader import PACKS, find_pack
from validators.recognise import recognise

PACK = find_pack("xep-loai-2021")
SEEN = datetime(2021, 12, 10, 8, tzinfo=UTC)
AS_OF = "2021-12-17"
RUNS = 5
AT_ONCE = 500
KINDS = [
    "bao-cao-tong-ket", "bien-ban-sinh-hoat", "kiem-diem-ca-nhan", "bao-cao-qcdc", "bao-cao-ktgs",
    "bien-ban-xep-loai", "bao-cao-tu-cham-diem", "kiem-diem-tap-the", "bao-cao-dan-van-kheo", "chuong-trinh-ktgs",
]  # fmt: skip


def campaign(units: int, subs: int) -> Campaign:
    """So many units with visits, the sub-units spread below the first half of them."""
    parents = max(1, units // 2)
    held = []
    for number in range(units):
        kind = UnitType.DANG_BO_CO_SO if number < parents else UnitType.CHI_BO_CO_SO
        word = "Đảng bộ" if kind is UnitType.DANG_BO_CO_SO else "Chi bộ"
        held.append(Unit(f"dv-{number:03}", f"{word} Sở Số {number} tỉnh Hòa Phú", kind, members=9, has_ubkt=True))
    for number in range(subs):
        name = f"Chi bộ Phòng Chuyên môn {number}"
        held.append(Unit(f"tt-{number:03}", name, UnitType.CHI_BO_TRUC_THUOC, f"dv-{number % parents:03}", 9))
    visits = tuple(Visit(f"dv-{n:03}", f"doan-{n % 4}", date(2021, 12, 18) + timedelta(n % 20)) for n in range(units))
    teams = tuple(Team(f"doan-{n}", f"Đoàn Kiểm tra số {n}") for n in range(4))
    return Campaign("mua", "Mùa kiểm tra", 2021, "xep-loai-2021", (), teams, tuple(held), visits)


def text(kind_id: str, issuer: str, number: int) -> str:
    """A paper of that kind as its pack's words describe it."""
    kind = PACK.kinds[kind_id]
    printed = (kind.printed or ("báo cáo",))[0]
    title = " ".join(group[0] for group in kind.title) or kind.title_vi
    head = f"ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH\n{issuer.upper()}\n*\nSố {number}-BC/CB\nĐẢNG CỘNG SẢN VIỆT NAM\n"
    day = f"Hòa Phú, ngày {number % 28 + 1} tháng 12 năm 2021\n"
    body = "Chi bộ đã lãnh đạo hoàn thành tốt nhiệm vụ chính trị trong năm. " * 30
    foot = "\nNơi nhận:\n- Lưu.\nT/M CHI BỘ\nBÍ THƯ\nNguyễn Thị Lan"
    return f"{head}{day}{printed.upper()}\n{title} năm 2021\n-----\n{body}{foot}"


def papers(held: Campaign, documents: int) -> Iterator[tuple[catalogue.Intake, Reading, Recognition]]:
    """So many papers, the units taking turns."""
    patterns = {}
    for kind in KINDS:
        page = Reading("docx", ReadingState.READ, (Page(text(kind, "Chi bộ Mẫu", 5)),), source=Source.EMBEDDED)
        found = recognise(page, name="bc.docx", folder="", pack=PACK)
        patterns[kind] = replace(found, kind=kind, score=max(found.score, 0.9))
    for number in range(documents):
        unit = held.units[number % len(held.units)]
        turn = number // len(held.units)
        kind = KINDS[turn % len(KINDS)]
        issued = f"2021-{turn % 12 + 1:02}-15" if kind == "bien-ban-sinh-hoat" else "2021-12-10"
        facts = replace(
            patterns[kind].facts,
            issuer=Fact(unit.name.upper(), 1, unit.name.upper()),
            issued_on=Fact(issued, 1, issued),
            code=Fact(f"{number}-BC/CB", 1, f"{number}-BC/CB"),
            number=Fact(str(number), 1, str(number)),
            member=Fact(f"Nguyễn Văn {number}", 1, "") if kind == "kiem-diem-ca-nhan" else None,
        )
        name = f"{kind} {number}.docx"
        delivery = Delivery(f"{number:032x}", unit.id, f"{unit.id}/{name}".encode(), 1000, SEEN)
        reading = Reading(
            "docx", ReadingState.READ, (Page(text(kind, unit.name, number)),), source=Source.EMBEDDED,
            properties={"author": "Văn phòng"}, reader=READER_VERSION,
        )  # fmt: skip
        yield catalogue.Intake(delivery, f"{number:064x}", name), reading, replace(patterns[kind], facts=facts)


def make(home: Path, units: int, subs: int, documents: int) -> None:
    """The home of a season."""
    config, _new = create(home)
    held = campaign(units, subs)
    catalogue.save_campaign(held, SEEN, "mùa")
    version, batch = made_with(PACK), []
    for paper in papers(held, documents):
        batch.append(paper)
        if len(batch) == AT_ONCE:
            _save(batch, version)
            batch = []
    _save(batch, version)
    database.close()
    print(f"  {config.catalogue.stat().st_size / 2**20:.0f} MB of catalogue", file=sys.stderr)


def _save(batch: list[tuple[catalogue.Intake, Reading, Recognition]], version: str) -> None:
    catalogue.record([intake for intake, _reading, _found in batch], SEEN)
    catalogue.save_readings([(intake.sha256, reading) for intake, reading, _found in batch], READER_VERSION)
    catalogue.save_recognitions([(intake.delivery.intake_id, found) for intake, _reading, found in batch], version)


def timed(home: Path, *words: str, runs: int = RUNS) -> str:
    """The whole command, started anew each time."""
    environment = {**os.environ, "HOSO_HOME": str(home)}
    took, worked, size = [], [], 0
    for _run in range(runs):
        began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([sys.executable, "-m", "cli", *words], env=environment, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took.append(time.perf_counter() - began)
        worked.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        size = len(done.stdout)
    processor = f"processor {statistics.median(worked):.2f} s"
    return f"median {statistics.median(took):.2f} s, worst {max(took):.2f} s, {processor}, {size / 1024:.0f} KB"


def other_rules(home: Path, old: str, new: str) -> str:
    """The pack with one thing changed, beside the home."""
    path = home / "moi.yaml"
    changed = (PACKS / "xep-loai-2021.yaml").read_text(encoding="utf-8")
    assert old in changed, old
    path.write_text(changed.replace(old, new), encoding="utf-8")
    return str(path)


def measure(units: int, subs: int, documents: int) -> None:
    print(f"{units} units, {subs} sub-units, {documents} documents")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        make(home, units, subs, documents)
        print("  floor (init again)          ", timed(home, "init"))
        print("  check                       ", timed(home, "check", "--as-of", AS_OF))
        print("  check --json                ", timed(home, "check", "--as-of", AS_OF, "--json"))
        print("  check --next --json         ", timed(home, "check", "--next", "--as-of", AS_OF, "--json"))
        same = ("rules", "replay", "--pack", "xep-loai-2021", "--campaign", "mua", "--as-of", AS_OF, "--json")
        print("  replay, the same rules      ", timed(home, *same, runs=3))
        fewer = (*same[:3], other_rules(home, "per: month", "count: 4"), *same[4:])
        print("  replay, other requirements  ", timed(home, *fewer, runs=3))
        words = (*same[:3], other_rules(home, "Báo cáo tổng kết năm", "Báo cáo cả năm"), *same[4:])
        print("  replay, other words of kinds", timed(home, *words, runs=1))


def main() -> None:
    if len(sys.argv) > 3:
        units, subs, *amounts = map(int, sys.argv[1:])
    else:
        units, subs, amounts = 100, 300, [2000, 6000, 20000]
    for documents in amounts:
        measure(units, subs, documents)


if __name__ == "__main__":
    main()
