from collections.abc import Callable

from hypothesis import example, given
from hypothesis import strategies as st

from archive.search.analysis import clean, key, keys, line, tokens
from archive.search.ports import IndexedDocument
from archive.search.postings import (
    CODE,
    NAME,
    PAGES,
    STEPS,
    TITLE,
    analyse,
    mark,
    may_be_followed,
    pack,
    page_of,
    reaches,
    unpack,
    weight,
)


def test_words_of_numbers() -> None:
    assert keys("Số 09-KH/ĐU, 164CV và 4G, 007, 000") == ["số", "9", "kh", "đu", "164", "cv", "và", "4g", "7", "0"]


@given(st.text() | st.text("eIİ\u0307\u0301ƣÐ\u0323"))
@example("eIİ\u0307\u0301 cán")
def test_places_are_those_of_the_words(text: str) -> None:
    shown = clean(text)
    assert clean(shown) == shown
    found = tokens(text)
    assert [(token.start, token.end) for token in found] == [line(shown).span(at) for at in range(len(found))]
    assert [token.exact for token in found] == keys(shown) == list(map(key, line(shown).words))
    assert all(shown[token.start : token.end].strip() for token in found)


def test_a_document_is_one_line_of_words(paper: Callable[..., IndexedDocument]) -> None:
    document = paper("a", "một hai", "ba một", name="tep.docx", title="Một", code="9-BC/ĐU")
    analysed = analyse(document)
    assert unpack(analysed.words["mot"])[0][0].decode() == "một"
    assert list(unpack(analysed.words["mot"])[0][1]) == [TITLE, PAGES, PAGES + 3]
    assert list(unpack(analysed.words["tep"])[0][1]) == [NAME]
    assert list(unpack(analysed.words["bc"])[0][1]) == [CODE + 1]
    assert (analysed.starts, analysed.lines) == ((PAGES, PAGES + 2), (["một", "hai"], ["ba", "một"]))
    assert [page_of(at, analysed.starts) for at in (NAME, PAGES, PAGES + 1, PAGES + 2)] == [0, 1, 1, 2]


@given(st.dictionaries(st.text(min_size=1, max_size=64), st.lists(st.integers(0, 2**32 - 1), min_size=1)))
def test_packing_keeps_every_place(spellings: dict[str, list[int]]) -> None:
    unpacked = {spelling.decode() or "plain": list(places) for spelling, places in unpack(pack("plain", spellings))}
    assert unpacked == spellings


some_words = st.sampled_from(["kiểm", "kiếm", "tra", "trà", "Đảng", "ủy", "uỷ", "bộ", "09", "9", "xã"])
few_words = st.lists(some_words, max_size=12).map(" ".join)


@given(pages=st.lists(few_words, max_size=3), title=st.none() | few_words, name=few_words)
def test_followers_agree_with_places(
    paper: Callable[..., IndexedDocument], pages: list[str], title: str | None, name: str
) -> None:
    words = analyse(paper("a", *pages, title=title, name=name, code="9-BC/ĐU")).words
    ends = {fold: {place for _, places in unpack(value) for place in places} for fold, value in words.items()}
    for one, value in words.items():
        behind = {mark(other) for other in words if {place + 1 for place in ends[one]} & ends[other]}
        assert set(value[1 : value[0]]) == behind
        assert all(may_be_followed(value, frozenset({mark(other)})) == (mark(other) in behind) for other in words)


def test_a_phrase_over_a_page_break_has_its_follower_and_one_over_two_zones_has_none(
    paper: Callable[..., IndexedDocument],
) -> None:
    words = analyse(paper("a", "cây", "mạ non", title="kiểm", name="tra", code=None)).words
    assert may_be_followed(words["cay"], frozenset({mark("ma")}))
    assert not may_be_followed(words["kiem"], frozenset({mark("tra")}))
    assert not may_be_followed(words["non"], frozenset({mark("cay")}))


def test_every_word_may_follow_where_nobody_asked_which_do() -> None:
    assert may_be_followed(pack("kiem", {"kiểm": [7]}), frozenset({mark("tra")}))
    assert not may_be_followed(pack("kiem", {"kiểm": [7]}, ()), frozenset({mark("tra")}))


def test_any_number_of_different_followers_is_kept(paper: Callable[..., IndexedDocument]) -> None:
    others = [f"chu{at}" for at in range(3000)]
    words = analyse(paper("a", " ".join(f"và {other}" for other in others))).words
    assert all(may_be_followed(words["va"], frozenset({mark(other)})) for other in others)
    assert list(unpack(words["va"])[0][1]) == list(range(PAGES, PAGES + 6000, 2))


@given(st.integers(0, 500), st.integers(0, 20_000))
def test_a_weight_is_how_many_steps_are_reached_the_first_ones_first(times: int, length: int) -> None:
    reached = [reaches(step, times, length) for step in STEPS]
    assert reached == sorted(reached, reverse=True)
    assert weight(times, length) == sum(reached)
