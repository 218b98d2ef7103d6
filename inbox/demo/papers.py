"""Which function writes the paper that a requirement asks for."""

from __future__ import annotations

from collections.abc import Callable

from inbox.demo.inspections import (
    inspection_conclusion,
    inspection_programme,
    inspection_report,
    inspection_scores,
)
from inbox.demo.levels import committee_review, level_summary, own_review, proposal, score_report
from inbox.demo.minutes import ballot_minutes, committee_minutes, mass_org_minutes, monthly_minutes, review_minutes
from inbox.demo.reports import democracy_report, mobilising_report, model_registration, year_report
from inbox.demo.season import Season
from inbox.demo.sheet import Sheet

PAPERS: dict[str, Callable[[Season], Sheet]] = {
    "bao-cao-tong-ket": year_report,
    "bao-cao-tong-ket-truc-thuoc": year_report,
    "tu-cham-diem": score_report,
    "cap-uy-thong-qua": committee_minutes,
    "tong-hop-xep-loai": level_summary,
    "to-trinh-khen-thuong": proposal,
    "kiem-diem-tap-the": committee_review,
    "bien-ban-xep-loai": review_minutes,
    "bien-ban-kiem-phieu": ballot_minutes,
    "bao-cao-qcdc": democracy_report,
    "bao-cao-dan-van-kheo": mobilising_report,
    "dang-ky-dan-van-kheo": model_registration,
    "bao-cao-ktgs": inspection_report,
    "tu-cham-diem-ktgs": inspection_scores,
    "chuong-trinh-ktgs": inspection_programme,
    "ho-so-cuoc-kiem-tra": inspection_conclusion,
}


def write(season: Season, requirement: str, part: str | None) -> Sheet:
    """The paper for a requirement; `part` says which where there are several: the member's place in the list, the
    month, the mass organisation."""
    if requirement == "kiem-diem-ca-nhan":
        return own_review(season, season.body.members[int(part or 0)])
    if requirement == "bien-ban-sinh-hoat":
        return monthly_minutes(season, int(part or 1))
    if requirement == "doan-the-thong-qua":
        return mass_org_minutes(season, part or "cong-doan")
    return PAPERS[requirement](season)
