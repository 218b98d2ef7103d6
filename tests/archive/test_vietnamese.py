"""The chain of keys: pairs that are equal, pairs that are not, and that positions keep."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.vietnamese import collation_key, exact, exact_words, fold, fold_words, nfc, words

TEXT = st.text(
    alphabet=st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạòóỏõọùúủũụỳýỷỹỵẤỄƯỢÐ İß-_ .0123\n"), max_size=60
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Đảng ủy Khối", "Đảng uỷ Khối"),
        ("Ủy ban Kiểm tra", "Uỷ ban kiểm tra"),
        ("Hòa Bình", "Hoà Bình"),
        ("khỏe", "khoẻ"),
        ("kỷ luật", "kỉ luật"),
        ("tỷ lệ", "tỉ lệ"),
        ("quý", "quí"),
        ("ĐUK", "ÐUK"),
        ("Chi bộ Sở Y tế", unicodedata.normalize("NFD", "Chi bộ Sở Y tế")),
        ("nước", "nƣớc"),
    ],
)
def test_spellings_of_one_word_are_equal(one: str, other: str) -> None:
    assert exact_words(one) == exact_words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("kỷ luật", "kĩ luật"), ("tay", "tai"), ("thúy", "thúi"), ("cháy", "chái"), ("Đại Phong", "Đài Phong")],
)
def test_words_that_only_look_alike_are_told_apart(one: str, other: str) -> None:
    assert exact_words(one) != exact_words(other)


def test_folding_drops_accents_and_the_bar_of_đ() -> None:
    assert fold_words("Chi bộ Điều dưỡng, 58-BC/ĐU") == "chi bo dieu duong 58 bc du"


@given(TEXT | st.text(max_size=40))
def test_keys_keep_the_length_of_the_nfc_text(text: str) -> None:
    assert len(exact(text)) == len(fold(text)) == len(nfc(text))


@given(TEXT)
def test_the_way_of_composing_never_matters(text: str) -> None:
    assert exact(text) == exact(unicodedata.normalize("NFD", nfc(text)))


@given(TEXT)
def test_words_stand_where_they_say(text: str) -> None:
    shown = nfc(text)
    for word in words(text):
        assert fold(shown[word.start : word.end]).isalnum()
        assert len(word.exact) == len(word.fold) == word.end - word.start


def test_names_sort_as_in_a_dictionary_and_numbers_by_value() -> None:
    names = ["Ốc", "Đội 10", "Đội 9", "an", "Ân", "Ăn", "dạ", "đá", "bà", "bá", "bạ"]
    assert sorted(names, key=collation_key) == [
        "an", "Ăn", "Ân", "bà", "bá", "bạ", "dạ", "đá", "Đội 9", "Đội 10", "Ốc",
    ]  # fmt: skip
