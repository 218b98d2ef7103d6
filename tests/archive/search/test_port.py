"""What every engine of the table must do (archive.search.ports)."""

from collections.abc import Callable
from typing import Any

import pytest

from archive.search.ports import IndexDamaged, IndexedDocument

Paper = Callable[..., IndexedDocument]


def test_a_missing_index_says_so_and_the_first_commit_makes_it(shelf: Any, paper: Paper) -> None:
    assert shelf.index.check() == "missing"
    with pytest.raises(IndexDamaged):
        shelf.ids("mạ")
    shelf.index.commit()
    assert shelf.index.check() == "ok"
    assert shelf.page("mạ").total == 0


def test_nothing_is_seen_before_commit(shelf: Any, paper: Paper) -> None:
    first = shelf.put(paper("a", "cây mạ"))
    shelf.index.upsert([paper("b", "cây mạ")])
    shelf.index.delete(["a"])
    assert shelf.ids("mạ") == ["a"]
    assert shelf.index.commit() > first
    assert shelf.ids("mạ") == ["b"]


def test_an_empty_commit_changes_nothing(shelf: Any, paper: Paper) -> None:
    assert shelf.put(paper("a", "mạ")) == shelf.put()


def test_upsert_replaces_and_repeating_it_is_harmless(shelf: Any, paper: Paper) -> None:
    shelf.put(paper("a", "cây mạ"), paper("b", "cây ngô"))
    shelf.put(paper("a", "cây đa"))
    shelf.put(paper("a", "cây đa"), paper("a", "cây đề"))
    assert shelf.ids("mạ") == shelf.ids("đa") == []
    assert shelf.ids("đề") == ["a"]
    assert sorted(shelf.index.documents()) == ["a", "b"]


def test_delete_of_the_unknown_and_put_after_delete(shelf: Any, paper: Paper) -> None:
    shelf.put(paper("a", "mạ"))
    shelf.index.delete(["a", "no such"])
    shelf.index.upsert([paper("a", "ngô")])
    shelf.index.commit()
    assert list(shelf.index.documents()) == ["a"]
    shelf.index.delete(["a"])
    shelf.index.commit()
    assert list(shelf.index.documents()) == []
    assert shelf.index.check() == "ok"


def test_many_commits_stay_few_pieces_and_lose_nothing(shelf: Any, paper: Paper) -> None:
    ids = [f"d{at:02}" for at in range(40)]
    for at, each in enumerate(ids):
        shelf.put(paper(each, f"văn bản thứ {at}"))
    for each in ids[::2]:
        shelf.index.delete([each])
        shelf.index.commit()
    assert sorted(shelf.index.documents()) == ids[1::2]
    assert shelf.page("văn bản").total == 20
    assert shelf.ids("thứ 39") == ["d39"]
    assert int(shelf.index.stats()["segments"]) <= 16
    assert shelf.index.check() == "ok"


def test_what_was_replaced_goes_away(shelf: Any, paper: Paper) -> None:
    text = " ".join(f"chữ{at}" for at in range(300))
    shelf.put(*(paper(f"d{at:02}", f"{text} lần 0") for at in range(60)))
    fresh = int(shelf.index.stats()["bytes"])
    for round_ in range(1, 13):
        shelf.put(*(paper(f"d{at:02}", f"{text} lần {round_}") for at in range(round_ % 3, 40, 3)))
    assert shelf.page("lần").total == 60
    assert shelf.page('"lần 0"').total == 20, "those beyond 40, and none of the others"
    assert int(shelf.index.stats()["bytes"]) <= 3 * fresh
    assert shelf.index.check() == "ok"


def test_another_object_sees_each_commit(shelf: Any, paper: Paper) -> None:
    shelf.put(paper("a", "mạ"))
    other = type(shelf)(shelf.folder, shelf.engine)
    assert other.ids("mạ") == ["a"]
    shelf.put(paper("b", "mạ", days=1))
    shelf.index.delete(["a"])
    shelf.index.commit()
    assert other.ids("mạ") == ["b"]
    other.put(paper("c", "mạ", days=2))
    assert shelf.ids("mạ") == ["c", "b"]
    other.index.close()


def test_stats(shelf: Any, paper: Paper) -> None:
    generation = shelf.put(paper("a", "mạ"), paper("b", "ngô"))
    stats = shelf.index.stats()
    assert (stats["documents"], stats["engine"], stats["generation"]) == (2, shelf.engine, generation)
    assert int(stats["bytes"]) > 0


# --- what matches, and in which order --------------------------------------------------------------------------------


def test_the_order_of_things(shelf: Any, paper: Paper) -> None:
    far = "cán " + "một hai ba bốn năm " * 20 + "bộ"
    shelf.put(
        paper("typed phrase", "cán bộ xã"),
        paper("typed near", "cán của bộ này", days=1),
        paper("folded phrase", "can bo xa", days=2),
        paper("typed far", far, days=3),
        paper("folded", "bố can con", days=4),
        paper("none", "cán cân", days=5),
    )
    expected = ["typed phrase", "typed near", "folded phrase", "typed far", "folded"]
    assert shelf.ids("cán bộ") == expected


def test_the_title_then_what_is_no_passing_mention_then_the_newest(shelf: Any, paper: Paper) -> None:
    shelf.put(
        paper("body", "cây mạ", days=9),
        paper("titled", "cây mạ", title="Cây mạ"),
        paper("long", "cây mạ " + "và nhiều chữ khác nữa " * 99, days=9),
        paper("older", "cây mạ", days=8),
        paper("a-same", "cây mạ", days=8),
    )
    assert shelf.ids("cây mạ") == ["titled", "body", "a-same", "older", "long"]


def test_title_number_and_file_name_are_searched_each_by_itself(shelf: Any, paper: Paper) -> None:
    shelf.put(
        paper("a", "nội dung", title="Báo cáo quý", name="phu luc 3.docx", code="12-BC/ĐU"),
        paper("b", "nội dung"),
    )
    assert shelf.ids('"báo cáo quý"') == shelf.ids('"phụ lục 3"') == shelf.ids("12-BC/ĐU") == ["a"]
    assert shelf.ids('"quý phu luc"') == [], "no phrase runs from the title into the name"
    hit = shelf.page("báo cáo quý").hits[0]
    assert (hit.page, hit.snippet, hit.spans, hit.matched) == (1, "nội dung", (), "exact")


def test_phrases_run_over_lines_and_pages(shelf: Any, paper: Paper) -> None:
    shelf.put(paper("a", "hồ sơ một\r\n  cửa", "liên\u00a0thông thi-đua 164-\nCV/ĐUK"), paper("b", "cửa một liên"))
    for phrase in ("một cửa", "cửa liên thông", "thi đua", "164 cv đuk"):
        assert shelf.ids(f'"{phrase}"') == ["a"], phrase


def test_numbers(shelf: Any, paper: Paper) -> None:
    shelf.put(
        paper("164", "Căn cứ 164-CV/ĐUK về hồ sơ"),
        paper("1640", "Căn cứ 1640-CV/ĐUK"),
        paper("kh", "Kế hoạch 164-KH/ĐUK"),
        paper("09", "Số 09CV/ĐUK"),
    )
    for typed in ("164-CV/ĐUK", "Số 164 - CV/ĐUK", "164 cv duk", "0164/CV-ĐUK", "164cv đuk"):
        assert shelf.ids(typed) == ["164"], typed
    assert shelf.ids("9-CV/ĐUK") == shelf.ids("009 cv đuk") == ["09"]


def test_minus_keeps_other_accents_but_not_bare_words(shelf: Any, paper: Paper) -> None:
    shelf.put(
        paper("trường", "thư viện trường"),
        paper("trưởng", "thư viện trưởng"),
        paper("bare", "thu vien truong"),
        paper("none", "thư viện"),
    )
    assert set(shelf.ids("thư viện -trường")) == {"trưởng", "none"}
    assert set(shelf.ids("thư viện -truong")) == {"none"}
    assert set(shelf.ids('thư viện -"viện trường"')) == {"trưởng", "none"}


@pytest.mark.parametrize("letter", "abcdeghiklmnopqrstuvxyz")
def test_minus_before_a_beginning_takes_bare_words_away_whatever_their_letters(
    shelf: Any, paper: Paper, letter: str
) -> None:
    shelf.put(paper("bare", f"xã ma{letter}"), paper("other", "xã mại"))
    assert shelf.ids("xã -mà*") == ["other"]


def test_or_prefix_and_phrase_with_prefix(shelf: Any, paper: Paper) -> None:
    shelf.put(paper("a", "lynch và lý lịch"), paper("b", "linh hoạt"), paper("c", "chè xanh"), paper("d", "ca nô"))
    assert shelf.ids("ly*") == ["a"]
    assert set(shelf.ids("li*")) == {"a", "b"}
    assert set(shelf.ids('chè OR "ca nô"')) == {"c", "d"}
    assert shelf.ids('"chè xa*"') == ["c"]
    assert shelf.ids("-c* -l*") == []


def test_telex_only_when_nothing_has_the_words_as_typed(shelf: Any, paper: Paper) -> None:
    shelf.put(paper("a", "tiết kiệm chi", unit="dv-01"))
    page = shelf.page("tieets kieemj")
    assert ([hit.document for hit in page.hits], page.corrected) == (["a"], "tiết kiệm")
    shelf.put(paper("b", "gõ nhầm: tieets kieemj", unit="dv-02"))
    page = shelf.page("tieets kieemj")
    assert ([hit.document for hit in page.hits], page.corrected) == (["b"], None)
    assert shelf.ids("tieets kieemj", unit="dv-01") == [], "a filter never adds a hit"
    assert shelf.ids("tieets kieemj", units=frozenset({"dv-01"})) == ["a"], "what may not be seen is not there"
    assert shelf.page("tieets chieef").corrected is None, "what they stand for is nowhere either"


# --- filters, sorting, pages of an answer ----------------------------------------------------------------------------


@pytest.fixture
def filled(shelf: Any, paper: Paper) -> Any:
    rows = [
        ("a", "dv-01", "bao-cao-tong-ket", 2021, "2021-12-01", "58-BC/ĐU"),
        ("b", "dv-01", "bao-cao-ktgs", 2020, "2020-12-31", "12-BC/ĐU"),
        ("c", "dv-02", "to-trinh", 2021, "2021-01-05", "12-TTr/ĐU"),
        ("d", None, None, None, None, None),
    ]
    papers = [
        paper(name, "văn bản", unit=unit, kind=kind, year=year, issued=issued, code=code, days=days)
        for days, (name, unit, kind, year, issued, code) in enumerate(rows)
    ]
    shelf.put(*papers)
    return shelf


@pytest.mark.parametrize(
    ("flags", "ids"),
    [
        ({}, "abcd"),
        ({"unit": "dv-01"}, "ab"),
        ({"kind": "to-trinh"}, "c"),
        ({"year": 2021}, "ac"),
        ({"from_": "2021-01-05"}, "ac"),
        ({"to": "5/1/2021"}, "bc"),
        ({"from_": "2021", "unit": "dv-02"}, "c"),
        ({"unit": "no such"}, ""),
    ],
)
def test_flags_narrow(filled: Any, flags: dict[str, Any], ids: str) -> None:
    page = filled.page("văn bản", **flags)
    assert sorted(hit.document for hit in page.hits) == list(ids)
    assert page.total == len(ids)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("don-vi:dv-01", "ab"),
        ("loai:bao-cao", "ab"),
        ("loại:báo-cáo-tổng-kết", "a"),
        ("nam:2021 văn", "ac"),
        ("tu:2021 den:1/2021", "c"),
        ("so:12", "bc"),
        ("so:12-BC/ĐU", "b"),
        ("so:BC/ĐU", "ab"),
        ("so:8", ""),
        ("-so:12 văn", "ad"),
        ("so:58 OR loai:to-trinh", "ac"),
        ("so:99 tieets", ""),
    ],
)
def test_fields(filled: Any, text: str, ids: str) -> None:
    assert sorted(filled.ids(text)) == list(ids)


def test_facets_count_all_hits(filled: Any) -> None:
    page = filled.page("văn bản", limit=1)
    assert page.total == 4
    assert page.facets == {
        "unit": {"dv-01": 2, "dv-02": 1},
        "kind": {"bao-cao-ktgs": 1, "bao-cao-tong-ket": 1, "to-trinh": 1},
        "year": {"2021": 2, "2020": 1},
    }


def test_sorting_and_paging(filled: Any) -> None:
    assert filled.ids("văn bản") == list("dcba"), "equals: the newest first"
    assert filled.ids("văn bản", sort="date") == list("dacb"), "by issue, or filing where that is not known"
    assert filled.ids("văn bản", limit=2, offset=1) == list("cb")
    assert filled.ids("văn bản", sort="date", limit=2, offset=3) == ["b"]
    assert filled.page("văn bản", limit=0).total == 4
    assert filled.ids("") == list("dcba"), "no words: everything"


def test_units_that_may_be_seen(filled: Any) -> None:
    page = filled.page("văn bản", units=frozenset({"dv-02"}))
    assert ([hit.document for hit in page.hits], page.total) == (["c"], 1)
    assert page.facets["unit"] == {"dv-02": 1}
    assert filled.page("văn bản", units=frozenset()).total == 0


def test_a_hit_shows_the_page_of_the_best_match_as_written(shelf: Any, paper: Paper) -> None:
    shelf.put(paper("a", "bộ cán", "mở đầu\nCán  bộ xã\u0323 Ủng hộ", "can bo", title="T", source="ocr"))
    hit = shelf.page("cán bộ").hits[0]
    assert (hit.page, hit.snippet, hit.matched, hit.title, hit.source) == (
        2,
        "mở đầu\nCán  bộ xạ̃ Ủng hộ",
        "exact",
        "T",
        "ocr",
    )
    assert [hit.snippet[start:end] for start, end in hit.spans] == ["Cán", "bộ"]
    assert shelf.page("can bộ").hits[0].matched == "exact"
    assert shelf.page("cạn bộ").hits[0].matched == "folded"


def test_a_document_without_text_is_found_by_its_name(shelf: Any, paper: Paper) -> None:
    shelf.put(paper("a", name="bao cao.pdf"), paper("b", "", name="bao cao.pdf"))
    pages = {hit.document: (hit.page, hit.snippet) for hit in shelf.page("báo cáo").hits}
    assert pages == {"a": (None, ""), "b": (1, "")}
