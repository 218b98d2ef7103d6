"""How long it takes to hold all papers of a campaign against each other and to grade its units, in this process alone.

.venv/bin/python -m benchmarks.between [DOCUMENTS ...]
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta

from archive.records import (
    Campaign,
    Document,
    Fact,
    Facts,
    Figure,
    KnownDocument,
    Period,
    ReadingState,
    Recognition,
    Unit,
    UnitType,
)
from rules.loader import find_pack
from validators.between.table import compare
from validators.grading import grade_all
from validators.unit_names import NameIndex

PACK = find_pack("xep-loai-2021")
KINDS = [*PACK.grading.papers, "kiem-diem-ca-nhan", "bien-ban-sinh-hoat", "bao-cao-qcdc", "bao-cao-ktgs"]
START = datetime(2021, 12, 1, tzinfo=UTC)
FIGURES = ("members", "called", "present", "absent", "issued", "collected", "valid")


def campaign_of(units: int) -> Campaign:
    """Units with three sub-units each."""
    parents = [Unit(f"u{n}", f"Đảng bộ Sở số {n}", UnitType.DANG_BO_CO_SO) for n in range(units)]
    below = [
        Unit(f"u{n}-{k}", f"Chi bộ Phòng {k} Sở số {n}", UnitType.CHI_BO_TRUC_THUOC, parent=f"u{n}")
        for n in range(units)
        for k in range(3)
    ]
    return Campaign("xl", "Đợt 2021", 2021, PACK.id, units=(*parents, *below))


def paper(unit: Unit, number: int) -> KnownDocument:
    """One of all kinds in turn, with every fact that is compared."""
    kind = KINDS[number % len(KINDS)]
    figures = tuple(Figure(name, 9, 1, f"{name} 9") for name in FIGURES) if kind in PACK.grading.papers else ()
    facts = Facts(
        code=Fact(f"{number}-BC/CB", 1, f"Số {number}-BC/CB"),
        kind_printed=Fact("BÁO CÁO", 1, "BÁO CÁO"),
        title=Fact(f"Công tác số {number}", 1, "Công tác"),
        issuer=Fact(unit.name.upper(), 1, unit.name.upper()),
        issued_on=Fact("2021-12-15", 1, "ngày 15"),
        period=Period(2021),
        level=Fact("HTTNV", 1, "Đề xuất mức chất lượng chi bộ: Hoàn thành tốt nhiệm vụ"),
        score=Fact("87", 1, "Tổng số điểm tự chấm: 87"),
        figures=figures,
    )
    name = f"{unit.id}-{number}"
    document = Document(name, unit.id, "xl", name, f"{name}.docx", "", 10, START + timedelta(minutes=number))
    return KnownDocument(document, ReadingState.READ, recognition=Recognition(kind, 0.9, facts=facts))


def main() -> None:
    """Prints a line for each number of documents."""
    for documents in map(int, sys.argv[1:] or ("2000", "6000", "20000")):
        campaign = campaign_of(max(1, documents // 60))
        each = documents // len(campaign.units)
        by_unit = {unit.id: [paper(unit, n) for n in range(each)] for unit in campaign.units}
        index = NameIndex(campaign, PACK)
        start = time.perf_counter()
        for unit in campaign.units:
            index.agreements(unit.name.upper())  # `check` has done so before it compares
        began = time.perf_counter()
        found = [compare(unit, by_unit[unit.id], 2021, PACK, index) for unit in campaign.units]
        compared = time.perf_counter()
        grade_all(campaign, by_unit, PACK)
        graded = time.perf_counter()
        total = each * len(campaign.units)
        print(f"{total:>6} documents, {len(campaign.units):>5} units: names in {began - start:.2f} s,", end=" ")
        print(f"compared in {compared - began:.2f} s ({sum(map(len, found))} findings),", end=" ")
        print(f"graded in {graded - compared:.2f} s")


if __name__ == "__main__":
    main()
