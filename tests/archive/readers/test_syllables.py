"""Which words may be Vietnamese."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.readers.syllables import is_syllable, is_word, syllable_share

GOOD = "nghiêng NGHIÊNG giường gì gìn quyền quốc khuỷu thuở hoà hòa thủy thuỷ được ướt yêu ý ủy ăn à kỹ Huỳnh quýt "
GOOD += "ngoẻo Đắk"
BAD = "nưíc ®îc đợc1 toâi cquan ngia kng baó́ cat nhât quôc été über Muñoz nước̣"


@pytest.mark.parametrize("word", GOOD.split())
def test_syllables(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(unicodedata.normalize("NFD", word))


@pytest.mark.parametrize("word", [*BAD.split(), "", "nghiêngnghiêng", "ngang2"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize("word", ["UBND", "HĐND", "Party", "report", "đ", "A"])
def test_words_that_stand_in_papers(word: str) -> None:
    assert is_word(word)


@pytest.mark.parametrize("word", ["xkcdq", "aBcD", "lllll", "Đ́x", "hđnd", "ß"])
def test_letters_that_are_no_words(word: str) -> None:
    assert not is_word(word)


def test_share() -> None:
    assert syllable_share("Báo cáo số 12 của UBND về Internet, 5 m²") == 1.0
    assert syllable_share("B¸o c¸o tæng kÕt c«ng t¸c n¨m") < 0.3
    assert syllable_share("phuong; nhng nguoi; ngh") == 0.5
    assert syllable_share("123 ... ") == 1.0


@given(st.text())
def test_any_text_has_a_share(text: str) -> None:
    assert 0 <= syllable_share(text) <= 1
    assert is_syllable(text) in (True, False)
