"""What is no text, and what is text in an old encoding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.readers.quality import confidence, garbage_share, old_encoding, tidy, vote
from archive.vietnamese import nfc

UNICODE = "Báo cáo tổng kết công tác năm 2021, phương hướng, nhiệm vụ năm 2022 của Chi bộ"
TCVN3 = "B¸o c¸o tæng kÕt c«ng t¸c n¨m 2021, ph\u00ad¬ng h\u00adíng, nhiÖm vô n¨m 2022 cña Chi bé"
VNI = "Baùo caùo toång keát coâng taùc naêm 2021, phöông höôùng, nhieäm vuï naêm 2022 cuûa Chi boä"
FOREIGN = "El señor Muñoz habló después; la réunion était déjà terminée à Orléans où François"


@pytest.mark.parametrize(("text", "encoding"), [(UNICODE, "unicode"), (TCVN3, "tcvn3"), (VNI, "vni")])
def test_words_vote(text: str, encoding: str) -> None:
    assert vote(text).encoding == encoding


def test_foreign_words_are_too_few_to_be_an_old_encoding() -> None:
    assert old_encoding(FOREIGN, legacy_font=False) is None
    assert old_encoding(f"{UNICODE} {FOREIGN}", legacy_font=True) is None


def test_without_an_old_font_many_words_must_say_so() -> None:
    assert old_encoding(TCVN3, legacy_font=False) is None
    assert old_encoding(TCVN3, legacy_font=True) == "tcvn3"
    assert old_encoding(f"{TCVN3}\n" * 4, legacy_font=False) == "tcvn3"


def test_garbage() -> None:
    assert garbage_share("Báo cáo\nnăm\t2021") == 0
    assert confidence("Báo cáo") == 1.0
    assert confidence("abc\ufffd" * 10) < 0.5
    assert confidence("x" * 99 + "\ufffd") == 0.75
    assert garbage_share("\uf0b7 gạch đầu dòng") == 0, "a bullet of the Symbol font"


def test_tidy() -> None:
    assert tidy("\n a\u00a0b \r\ncu\u0302\u00ad\u200bng\t\n") == " a b\ncûng"


@given(st.text())
def test_tidy_text_is_composed_and_stays_so(text: str) -> None:
    once = tidy(text)
    assert once == nfc(once) == tidy(once)
    assert 0 <= garbage_share(once) <= 1
    assert 0 < confidence(once) <= 1
