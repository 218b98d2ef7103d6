"""An answer of search as people read it in a terminal."""

from datetime import UTC, datetime
from typing import Any

import pytest

from archive.i18n import use_language
from archive.saved import SavedSearch
from reports.search import Names, index_text, rebuilt_text, search_text, searches_text

NAMES = Names({"cb-01": "Chi bộ Văn phòng"}, {"bao-cao": "Báo cáo khác"})
HIT: dict[str, Any] = {
    "document": "0123456789abcdef",
    "unit": "cb-01",
    "kind": "bao-cao",
    "name": "BC.docx",
    "title": "Tổng kết công tác",
    "page": 2,
    "score": 1.0,
    "snippet": "… báo cáo tổng kết, kiểm tra … kết\nquả",
    "spans": [[10, 14], [15, 18], [20, 24], [25, 28], [31, 34]],
    "matched": "exact",
    "source": "embedded",
    "number": "12",
    "code": "12-BC/CB",
    "issued_on": "2021-12-30",
    "year": 2021,
    "confidence": None,
    "versions": [],
    "newer": None,
    "explain": [],
}
ANSWER: dict[str, Any] = {
    "query": "tổng kết",
    "total": 1,
    "hits": [HIT],
    "facets": {"unit": {"cb-01": 1}, "kind": {"bao-cao": 1}, "year": {"2021": 1}},
    "next": None,
    "corrected": None,
    "understood": None,
    "suggestions": [],
    "degraded": False,
}


@pytest.fixture(autouse=True)
def english() -> None:
    use_language("en")


def lines(names: Names = NAMES, **changed: Any) -> list[str]:
    return search_text(ANSWER | changed, names).split("\n")


def nothing(**changed: Any) -> list[str]:
    empty: dict[str, dict[str, int]] = {"unit": {}, "kind": {}, "year": {}}
    return lines(total=0, hits=[], facets=empty, **changed)


def test_a_hit_says_what_it_is_by_names_that_people_know_and_where_it_stands() -> None:
    assert lines()[1:] == [
        "",
        "  Tổng kết công tác",
        "      Báo cáo khác; Chi bộ Văn phòng; No. 12-BC/CB; of 30/12/2021",
        "      BC.docx; page 2; id 0123456789ab",
        "      … báo cáo [tổng kết, kiểm tra] … [kết] quả",
    ]


def test_an_id_without_a_name_stands_for_itself() -> None:
    assert "      bao-cao; cb-01; No. 12-BC/CB; of 30/12/2021" in lines(Names())


def test_a_paper_without_a_title_is_not_named_twice() -> None:
    told = "\n".join(lines(hits=[HIT | {"title": None}]))
    assert told.count("BC.docx") == 1


def test_what_is_weak_in_a_hit_is_said() -> None:
    hit = HIT | {"source": "ocr", "confidence": 0.8, "matched": "folded", "versions": ["x", "y"], "newer": "f" * 32}
    told = "\n".join(lines(hits=[hit]))
    assert "page 2; read from a scan (OCR), confidence 80 %; other accents; id 0123456789ab" in told
    assert "Older or equal papers below it: 2; --all-versions" in told
    assert told.endswith("without these words: ffffffffffff")


def test_counts_tell_names_and_how_many_are_left_out() -> None:
    counts = {f"k{n}": 1000 - n for n in range(9)}
    facets = {"unit": {"cb-01": 2, "cb-02": 1}, "kind": counts, "year": {"2021": 3}}
    told = lines(facets=facets)
    assert told[1] == "  By unit: Chi bộ Văn phòng (2); cb-02 (1)"
    assert told[2] == "  By kind: k0 (1.000); k1 (999); k2 (998); k3 (997); k4 (996); k5 (995); and 3 others"
    assert told[3] == "", "one year only is no choice"


def test_where_nothing_is_found_the_next_step_is_told() -> None:
    assert nothing()[0] == "Nothing was found for: tổng kết"
    assert "Try fewer words" in nothing()[1]
    assert nothing(suggestions=["tổng kho", "tổng"])[1:] == ["Did you mean: tổng kho; tổng"]
    assert nothing(query=" ")[0] == "Nothing was found."


def test_behind_the_last_hit_there_is_nothing_and_that_is_said() -> None:
    assert lines(hits=[])[1] == "There is nothing behind this place; the answer has ended."


def test_how_to_go_on_is_told_last() -> None:
    assert lines(next="KEY")[-1].endswith("--after KEY")
    assert lines(saved={"name": "Tổng kết"})[-1] == 'Saved. Search so again with: hoso search --saved "Tổng kết"'


def test_an_answer_without_the_index_says_so_with_the_command_that_mends_it() -> None:
    assert "hoso index rebuild" in lines(degraded=True)[2]


def test_what_was_searched_instead_is_told() -> None:
    assert lines(corrected="kiểm tra")[1] == "Searched as: kiểm tra"
    assert lines(understood="")[1] == "Understood as: everything"


def test_a_pasted_page_is_not_read_out_again() -> None:
    told = lines(query="tổng kết " * 1000, understood="tổng kết " * 200)
    assert all(len(line) < 250 and line.endswith("…") for line in told[:2])


def test_lines_are_broken_for_a_terminal_and_stay_at_their_margin() -> None:
    told = search_text(ANSWER | {"next": "K-" * 40}, NAMES, 40).split("\n")
    hit = told[told.index("  Tổng kết công tác") + 1 : told.index("", 2)]
    assert len(hit) > 3
    assert all(len(line) <= 40 and line.startswith("      ") for line in hit)
    assert "K-" * 40 in told, "a key is copied whole"


def test_everything_is_no_search_for_nothing() -> None:
    assert lines(query=" ", total=1156)[0] == "1.156 documents"


def test_a_name_of_a_stranger_does_not_steer_the_terminal() -> None:
    assert "\x1b" not in "\n".join(lines(Names({"cb-01": "a\x1b[2J"}), hits=[HIT | {"kind": "\x1b[31m"}]))


def test_options_of_saved_searches_stand_as_they_are_typed() -> None:
    at = datetime(2021, 12, 1, tzinfo=UTC)
    kept = SavedSearch("A", "tổng kết", {"from_": "2021-12-01", "all_versions": True, "unit": "Văn phòng"}, "Lan", at)
    told = searches_text([kept])
    assert told.startswith('A — tổng kết --from 2021-12-01 --all-versions --unit "Văn phòng" — Lan')


def test_the_index_is_told_in_round_numbers() -> None:
    data = {"documents": 12345, "bytes": 3_000_000, "engine": "whoosh", "seconds": 12.34}
    assert index_text(data) == "The search index holds 12.345 documents in 2,9 MB (engine: whoosh)."
    assert rebuilt_text(data) == "12.345 documents indexed in 12,3 s; the index takes 2,9 MB (engine: whoosh)."
