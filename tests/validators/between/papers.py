"""Papers of one dossier with their facts as plain values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

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

PACK = find_pack("xep-loai-2021")
CELL = Unit("cb", "Chi bộ Công ty Đại Phong", UnitType.CHI_BO_CO_SO, members=9)
BOARD = Unit("db", "Đảng bộ Sở Y tế", UnitType.DANG_BO_CO_SO)
CAMPAIGN = Campaign("xl", "Đợt 2021", 2021, PACK.id, units=(CELL, BOARD))
SCORE, TABLE, RATINGS = "bao-cao-tu-cham-diem", "bang-tu-cham-diem", "tong-hop-xep-loai"
TALLY, MINUTES, PROPOSAL, REPORT = (
    "bien-ban-kiem-phieu",
    "bien-ban-xep-loai",
    "to-trinh-khen-thuong",
    "bao-cao-tong-ket",
)
_START = datetime(2021, 12, 1, tzinfo=UTC)


def figures(**counts: int) -> tuple[Figure, ...]:
    """Plain figures, each with its own words."""
    return tuple(Figure(name, count, 1, f"{name}: {count}") for name, count in counts.items())


def votes(of: str = "1.1", **counts: int) -> tuple[Figure, ...]:
    """Votes for levels."""
    return tuple(Figure("votes", n, 2, f"{level}: {n} phiếu", level, of) for level, n in counts.items())


def ballot(of: str = "1", **counts: int) -> tuple[Figure, ...]:
    """Slips of one ballot."""
    return tuple(Figure(name, n, 1, f"{name} {n} phiếu", of=of) for name, n in counts.items())


def paper(
    id_: str,
    kind: str | None,
    *,
    unit: Unit = CELL,
    issuer: str | None = "CHI BỘ CÔNG TY ĐẠI PHONG",
    day: str | None = "2021-12-15",
    year: int | None = 2021,
    told: tuple[Figure, ...] = (),
    filed: int = 0,
    score_of_kind: float = 0.9,
    known: dict[str, Any] | None = None,
    **facts: str | tuple[str, str],
) -> KnownDocument:
    """A paper with facts as plain values, or as (value, words)."""
    read = {
        name: Fact(*((value, 1, value) if isinstance(value, str) else (value[0], 1, value[1])))
        for name, value in facts.items()
    }
    all_facts = Facts(
        issuer=Fact(issuer, 1, issuer) if issuer else None,
        issued_on=Fact(day, 1, day) if day else None,
        period=Period(year) if year else None,
        figures=told,
        **read,  # type: ignore[arg-type]
    )
    document = Document(
        id_, unit.id, "xl", f"sha-{id_}", f"{id_}.docx", "", 10, _START + timedelta(hours=filed),
        version_of=(known or {}).pop("version_of", None), decision=(known or {}).pop("decision", None),
    )  # fmt: skip
    recognition = Recognition(kind, score_of_kind, facts=all_facts)
    return KnownDocument(document, **{"state": ReadingState.READ, "recognition": recognition, **(known or {})})
