from hypothesis import given
from hypothesis import strategies as st

from archive.search.analysis import clean, line
from archive.search.postings import PAGES
from archive.search.snippets import LENGTH, best_page, snippet

FILLER = "câu này để cho trang dài thêm một chút nữa. " * 20


def test_the_page_with_most_of_the_match() -> None:
    starts = (PAGES, PAGES + 10, PAGES + 20)
    assert best_page([(1, [PAGES, PAGES + 11]), (1, [PAGES + 12])], starts) == 2
    assert best_page([(1, [PAGES + 25, PAGES + 5])], starts) == 1
    assert best_page([(1, [3])], starts) == 1, "a match in the title alone is shown by the first page"
    assert best_page([], ()) is None


def test_the_densest_place_is_shown() -> None:
    page = "mạ. " + FILLER + "Cây mạ vụ đông. " + FILLER
    words = line(page).words
    marks = [(1, [at for at, word in enumerate(words) if word == wanted]) for wanted in ("mạ", "vụ")]
    shown, spans = snippet(page, 0, marks)
    assert [shown[start:end] for start, end in spans] == ["mạ", "vụ"]
    assert shown in page
    assert len(shown) <= LENGTH
    assert not shown[0].isspace()


def test_a_word_without_end_is_cut() -> None:
    shown, spans = snippet("đầu " + "x" * 10_000 + " cuối", 0, [(1, [1])])
    assert len(shown) <= 200
    assert [shown[start:end] for start, end in spans] == [shown]


def test_a_page_without_the_match_is_shown_from_its_beginning() -> None:
    shown, spans = snippet(FILLER, PAGES, [(1, [0])])
    assert FILLER.startswith(shown)
    assert spans == ()
    assert snippet("", PAGES, []) == ("", ())


@given(st.text(alphabet="aă đ\n.", max_size=600), st.lists(st.integers(0, 300), max_size=8))
def test_spans_are_whole_words_of_the_page(text: str, positions: list[int]) -> None:
    page = clean(text)
    shown, spans = snippet(page, 0, [(1, sorted(set(positions)))])
    words = set(map(line(page).span, range(len(line(page).words))))
    assert shown in page
    assert {shown[start:end] for start, end in spans} <= {page[start:end] for start, end in words}
