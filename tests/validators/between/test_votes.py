"""The votes of a tally."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Figure
from tests.validators.between.papers import CAMPAIGN, CELL, MINUTES, PACK, TALLY, ballot, figures, paper, votes
from validators.between.table import CHECKS, attached, compare
from validators.unit_names import NameIndex

SLIPS = ballot(issued=9, collected=9, valid=8, invalid=1)


def test_a_tally_that_adds_up_is_never_doubted(codes) -> None:
    assert codes(paper("a", TALLY, told=(*SLIPS, *votes(HTXSNV=2, HTTNV=6, HTNV=0, KHTNV=0)))) == []
    assert codes(paper("a", TALLY, told=(*SLIPS, *votes(HTTNV=6)))) == []  # other levels may stand elsewhere
    assert codes(paper("a", TALLY, told=votes(HTTNV=6, HTNV=9))) == []  # of how many slips?


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (ballot(issued=9, collected=10), "10 slips came back of 9"),
        (ballot(collected=9, valid=8, invalid=2), "8 valid and 2 invalid slips are 10, not 9"),
        (ballot(collected=9, valid=10), "10 slips are valid of 9"),
        ((*SLIPS, *votes(HTXSNV=3, HTTNV=6)), "3 + 6 = 9, with 8 valid slips"),
        ((*SLIPS, *votes(HTXSNV=3, HTTNV=3, HTNV=0, KHTNV=0)), "3 + 3 + 0 + 0 = 6, with 8 valid slips"),
        ((*SLIPS, *votes("Trần Thị Bình", HTXSNV=5, HTTNV=5)), "5 + 5 = 10"),
        ((*ballot(issued=9), *figures(present=8)), "9 slips were handed out to 8 people"),
    ],
)
def test_what_does_not_add_up_is_told_with_the_sum_and_the_places(found, told, words) -> None:
    (finding,) = found(paper("a", TALLY, told=told))
    assert finding.code == "votes-disagree"
    assert words in finding.message
    assert len(finding.places) >= 2


def test_each_ballot_stands_by_itself(codes) -> None:
    told = (*SLIPS, *ballot("2", issued=9, collected=7), *votes("2.2", HTTNV=7))
    assert codes(paper("a", TALLY, told=told)) == []
    assert codes(paper("a", TALLY, told=(*told, *votes("2.3", HTTNV=8)))) == ["votes-disagree"]
    # Of several ballots nobody knows to which the names of a table belong.
    assert codes(paper("a", TALLY, told=(*told, *votes("Trần Thị Bình", HTTNV=9, HTNV=9)))) == []


def test_more_slips_than_people_in_the_minutes_of_the_day(codes) -> None:
    tally = paper("a", TALLY, told=ballot(issued=9))
    assert codes(tally, paper("b", MINUTES, told=figures(present=8))) == ["votes-disagree"]
    assert codes(tally, paper("b", MINUTES, told=figures(present=10))) == []  # probationary members do not vote
    assert codes(tally, paper("b", MINUTES, told=figures(present=8), day="2021-12-20")) == []


# --- whatever papers say ---------------------------------------------------------------------------------------------

NAMES = ["members", "called", "present", "absent", "issued", "collected", "valid", "invalid", "votes", "rated-total"]
FIGURES = st.builds(
    Figure,
    st.sampled_from(NAMES),
    st.integers(0, 20),
    st.integers(1, 3),
    st.text(max_size=20),
    st.sampled_from(["", "HTXSNV", "HTTNV", "LẠ"]),
    st.sampled_from(["", "1", "2", "1.1", "members", "Ông A", "."]),
)
TEXTS = st.one_of(st.sampled_from(["15-BC/CB", "-/", "BÁO CÁO", "HTXSNV", "87/100", "CHI BỘ X"]), st.text(max_size=12))
PAPERS = st.tuples(
    st.sampled_from([*PACK.grading.papers, "bao-cao", None]),
    st.lists(FIGURES, max_size=12).map(tuple),
    st.dictionaries(st.sampled_from(["score", "level", "title", "code", "kind_printed", "unit_named"]), TEXTS),
    st.sampled_from(["2021-12-15", "2019-01-01", None, "hôm qua"]),
    st.one_of(st.none(), TEXTS.filter(bool)),
)


@given(st.lists(PAPERS, max_size=6))
def test_whatever_papers_say_nothing_is_raised_and_every_finding_has_its_places(papers) -> None:
    held = [
        paper(f"p{n}", kind, told=told, day=day, issuer=issuer, filed=n, **facts)
        for n, (kind, told, facts, day, issuer) in enumerate(papers)
    ]
    for finding in compare(CELL, held, 2021, PACK, NameIndex(CAMPAIGN, PACK)):
        assert finding.code in CHECKS
        assert finding.places
        assert finding.remedy
        assert all(place.words in finding.message for place in finding.places)
        shown = [known for known in attached(held, [finding]) if known.findings]
        assert {known.document.id for known in shown} == {place.document for place in finding.places}


SHARES = st.lists(st.integers(0, 30), min_size=4, max_size=4)


@given(SHARES, st.integers(0, 5))
def test_counts_that_add_up_are_silent_and_one_vote_more_is_told(shares, invalid) -> None:
    valid = sum(shares)
    levels = dict(zip(("HTXSNV", "HTTNV", "HTNV", "KHTNV"), shares, strict=True))
    slips = ballot(issued=valid + invalid, collected=valid + invalid, valid=valid, invalid=invalid)
    index = NameIndex(CAMPAIGN, PACK)
    assert compare(CELL, [paper("a", TALLY, told=(*slips, *votes(**levels)))], 2021, PACK, index) == ()
    levels["HTTNV"] += 1
    assert len(compare(CELL, [paper("a", TALLY, told=(*slips, *votes(**levels)))], 2021, PACK, index)) == 1
