"""What is no text, and how text is kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.readers import legacy
from archive.readers.quality import confidence, garbage_share, tidy
from archive.vietnamese import nfc


def old_encoding(text: str, *, legacy_font: bool) -> str | None:
    found = legacy.find((text,), legacy_font)
    return found.encoding if found else None


def test_old_encoding_by_name() -> None:
    assert old_encoding("B¸o c¸o tæng kÕt c«ng t¸c n¨m, ph\u00ad¬ng h\u00adíng", legacy_font=False) == "tcvn3"
    assert old_encoding("Baùo caùo toång keát coâng taùc naêm", legacy_font=True) == "vni"
    assert old_encoding("Báo cáo tổng kết công tác năm", legacy_font=True) is None


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


def test_long_runs_of_blanks_and_marks_are_no_trouble() -> None:
    """A hundred thousand of them took half a minute."""
    assert tidy("a" + " " * 400_000 + "b") == "a" + " " * 400_000 + "b"
    assert tidy("a" + "\t " * 200_000) == "a"
    piled = tidy("a" + "\u0323\u0301" * 300_000 + "b")
    assert (piled[0], piled[-1]) == ("\u1ea1", "b")
    assert len(piled) < 40
    assert tidy("ca\u0301c" * 1000) == "c\u00e1c" * 1000
    assert tidy("…" * 100) == "…" * 100
