from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from archive.search.analysis import clean, keys, line, tokens
from archive.search.ports import IndexedDocument
from archive.search.postings import CODE, NAME, PAGES, TITLE, analyse, pack, page_of, unpack


def test_words_of_numbers() -> None:
    assert keys("Số 09-KH/ĐU, 164CV và 4G, 007, 000") == ["số", "9", "kh", "đu", "164", "cv", "và", "4g", "7", "0"]


@given(st.text())
def test_places_are_those_of_the_words(text: str) -> None:
    shown = clean(text)
    assert clean(shown) == shown
    found = tokens(text)
    assert [(token.start, token.end) for token in found] == [line(shown).span(at) for at in range(len(found))]
    assert [token.exact for token in found] == keys(shown) == line(shown).keys
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
