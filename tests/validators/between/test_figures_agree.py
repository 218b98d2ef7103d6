"""The same figure in several papers of a unit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.records import Decision, ReadingState, Severity, Source
from tests.validators.between.papers import (
    BOARD,
    CELL,
    MINUTES,
    PROPOSAL,
    RATINGS,
    REPORT,
    SCORE,
    TABLE,
    TALLY,
    figures,
    paper,
)

RATED = figures(members=9)


def test_two_totals_are_told_once_with_both_places(found) -> None:
    report = paper("bao-cao", SCORE, score=("87/100", "Tổng số điểm tự chấm: 87/100 điểm"))
    table = paper("bang", TABLE, score=("93.5", "Tổng cộng | 93,5"))
    (finding,) = found(report, table)
    assert (finding.code, finding.severity) == ("figures-disagree", Severity.WARNING)
    assert [(place.document, place.page, place.words) for place in finding.places] == [
        ("bao-cao", 1, "Tổng số điểm tự chấm: 87/100 điểm"),
        ("bang", 1, "Tổng cộng | 93,5"),
    ]
    for words in ("87", "93,5", "bao-cao.docx", "bang.docx", "page 1"):
        assert words in finding.message
    assert finding.remedy


def test_the_same_total_written_otherwise_is_the_same(codes) -> None:
    assert codes(paper("a", SCORE, score="93,50"), paper("b", TABLE, score="93.5/100 điểm")) == []


@pytest.mark.parametrize(
    ("kind", "words", "told"),
    [
        (MINUTES, "thống nhất tự chấm 92 điểm", True),
        (PROPOSAL, "tổng số điểm 92", True),
        (MINUTES, "chấm chéo 92 điểm", False),  # somebody else's points
        (REPORT, "tổng điểm tự chấm 92", False),  # a year's report speaks of many scores
    ],
)
def test_in_other_papers_only_the_units_own_total_counts(codes, kind, words, told) -> None:
    papers = paper("a", SCORE, score="93"), paper("b", kind, score=("92", words))
    assert codes(*papers) == (["figures-disagree"] if told else [])


def test_the_points_of_another_scale_are_not_compared(codes) -> None:
    assert codes(paper("a", SCORE, score="93"), paper("b", TABLE, score="186/200")) == []


def test_the_number_of_members(codes, found) -> None:
    summary = paper("a", RATINGS, told=(replace(figures(x=9)[0], name="rated-total", of="members"),))
    assert codes(summary, paper("b", REPORT, told=figures(members=9))) == []
    (finding,) = found(summary, paper("b", REPORT, told=figures(members=12)))
    assert "9, 12" in finding.message
    assert {place.document for place in finding.places} == {"a", "b"}


def test_those_who_are_exempt_may_be_counted_or_not(codes) -> None:
    unit = replace(CELL, exempt=1)
    papers = paper("a", RATINGS, told=figures(members=8)), paper("b", REPORT, told=figures(members=9))
    assert codes(*papers, unit=unit) == []
    assert codes(*papers) == ["figures-disagree"]


def test_the_meeting_of_a_cell_is_its_members_that_of_a_board_its_committee(codes) -> None:
    papers = [paper("a", REPORT, told=figures(members=9)), paper("b", MINUTES, told=figures(called=4, present=4))]
    assert codes(*papers) == ["figures-disagree"]
    board = [paper(p.document.id, p.kind, unit=BOARD, issuer=None, told=p.recognition.facts.figures) for p in papers]
    assert codes(*board, unit=BOARD) == []


def test_minutes_and_tally_of_one_day(codes) -> None:
    minutes = paper("a", MINUTES, told=figures(called=9, present=9))
    assert codes(minutes, paper("b", TALLY, told=figures(called=9, present=8))) == ["figures-disagree"]
    assert codes(minutes, paper("b", TALLY, told=figures(called=9, present=9))) == []
    assert codes(minutes, paper("b", TALLY, day="2021-12-16", told=figures(called=9, present=8))) == []
    assert codes(minutes, paper("b", TALLY, day=None, told=figures(called=9, present=8))) == []


def test_present_and_absent_are_all_who_were_called(found, codes) -> None:
    line = [replace(figure, words="Tổng số 9; có mặt 7; vắng 1") for figure in figures(called=9, present=7, absent=1)]
    (finding,) = found(paper("a", MINUTES, told=tuple(line)))
    assert "7 present and 1 absent are not 9" in finding.message
    right = [replace(figure, words="như trên") for figure in figures(called=9, present=8, absent=1)]
    assert codes(paper("a", MINUTES, told=tuple(right))) == []
    assert codes(paper("a", MINUTES, told=figures(called=9, present=7, absent=1))) == []  # told in different places


# --- what is never compared ------------------------------------------------------------------------------------------

OTHER = paper("b", TABLE, score="80")


@pytest.mark.parametrize(
    "change",
    [
        {"known": {"source": Source.OCR, "confidence": 0.99}},
        {"known": {"state": ReadingState.UNREADABLE}},
        {"known": {"recognition": None}},
        {"score_of_kind": 0.4},
        {"year": 2020},
        {"year": None},
        {"secrecy": "MẬT"},
        {"issuer": "CHI BỘ CÔNG TY ĐÀI PHONG", "year": 2020},
        {"unit": BOARD},
    ],
)
def test_what_is_unsure_secret_of_another_year_or_anothers_is_never_compared(codes, change) -> None:
    assert codes(paper("a", SCORE, score="93"), OTHER) == ["figures-disagree"]
    assert codes(paper("a", SCORE, score="93", **change), OTHER) == []


def test_of_one_kind_the_newest_paper_counts(codes) -> None:
    old, new = paper("a", SCORE, score="93", day="2021-12-10"), paper("c", SCORE, score="80", filed=5)
    assert codes(old, new, OTHER) == []
    version = paper("d", SCORE, score="80", filed=9, known={"version_of": "a"})
    assert codes(old, version, OTHER) == []


def test_what_a_person_decided_is_sure(codes) -> None:
    decision = Decision(SCORE, None, 2021, "Lan", OTHER.document.filed_at)
    assert codes(paper("a", None, score="93", score_of_kind=0.1, known={"decision": decision}), OTHER) == [
        "figures-disagree"
    ]
