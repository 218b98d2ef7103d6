"""What must come out of the demo, as far as the dossiers say it for certain."""

from __future__ import annotations

from collections import Counter

from archive.records import Unit, UnitType
from inbox.demo.bodies import UNITS
from inbox.demo.dossiers import DOSSIERS, QCDC_AND_DVK, WAIVED, Entry
from inbox.demo.traps import EFFECTS

_DB, _CB = UnitType.DANG_BO_CO_SO, UnitType.CHI_BO_CO_SO
_BP, _TT = UnitType.DANG_BO_BO_PHAN, UnitType.CHI_BO_TRUC_THUOC

# The unit types that each requirement of pack xep-loai-2021 is for.
APPLIES: dict[str, tuple[UnitType, ...]] = {
    "bao-cao-tong-ket": (_DB, _CB),
    "tu-cham-diem": (_DB, _CB),
    "cap-uy-thong-qua": (_DB, _CB),
    "doan-the-thong-qua": (_DB, _CB),
    "tong-hop-xep-loai": (_DB, _CB),
    "to-trinh-khen-thuong": (_DB, _CB),
    "kiem-diem-tap-the": (_DB, _CB),
    "kiem-diem-ca-nhan": (_CB, _TT),
    "bien-ban-xep-loai": (_DB, _CB, _BP, _TT),
    "bien-ban-kiem-phieu": (_DB, _CB),
    "bien-ban-sinh-hoat": (_CB, _TT),
    "bao-cao-qcdc": (_DB, _CB),
    "bao-cao-dan-van-kheo": (_DB, _CB),
    "dang-ky-dan-van-kheo": (_DB, _CB),
    "bao-cao-ktgs": (_DB, _CB),
    "tu-cham-diem-ktgs": (_DB, _CB),
    "chuong-trinh-ktgs": (_DB, _CB),
    "ho-so-cuoc-kiem-tra": (_DB,),
    "bao-cao-tong-ket-truc-thuoc": (_BP, _TT),
}
MONTHS = 12


def expected() -> dict[tuple[str, str], str]:
    """The verdict of each unit and requirement on the day of the last visit. Pairs that hang on how well scans and
    broken files are read are left out, and so are waived ones."""
    waived = {(unit, requirement) for unit, requirement, _why in WAIVED}
    verdicts: dict[tuple[str, str], str] = {}
    for unit in UNITS:
        for requirement in APPLIES:
            verdict = _verdict(unit, requirement)
            if verdict and (unit.id, requirement) not in waived:
                verdicts[unit.id, requirement] = verdict
    return verdicts


def _verdict(unit: Unit, requirement: str) -> str | None:
    if not _applies(unit, requirement):
        return "not-applicable"
    entries = [entry for entry in DOSSIERS[unit.id] if requirement in _serves(entry)]
    effects = Counter(EFFECTS[entry.trap] for entry in entries)
    if effects["met"] >= _need(unit, requirement):
        return "met"
    if not entries or set(effects) <= {"met", "not-met"}:
        return "not-met"
    return "cannot-tell" if set(effects) == {"cannot-tell"} else None


def _serves(entry: Entry) -> tuple[str, ...]:
    return QCDC_AND_DVK if entry.trap == "combined" else (entry.requirement,)


def _applies(unit: Unit, requirement: str) -> bool:
    conditions = {
        "doan-the-thong-qua": bool(unit.mass_orgs),
        "to-trinh-khen-thuong": unit.proposed_level == "HTXSNV",
        "ho-so-cuoc-kiem-tra": unit.has_ubkt,
    }
    return unit.type in APPLIES[requirement] and conditions.get(requirement, True)


def _need(unit: Unit, requirement: str) -> int:
    counts = {
        "doan-the-thong-qua": len(unit.mass_orgs),
        "kiem-diem-ca-nhan": (unit.members or 0) - unit.exempt,
        "bien-ban-sinh-hoat": MONTHS,
    }
    return counts.get(requirement, 1)
