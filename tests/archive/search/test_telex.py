import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.telex import correct, syllable


@pytest.mark.parametrize(
    ("keys", "meant"),
    [
        ("tieets", "tiết"),
        ("tietes", "tiết"),
        ("kieemj", "kiệm"),
        ("thuwowngf", "thường"),
        ("thuowngf", "thường"),
        ("ddaaus", "đấu"),
        ("DDangr", "đảng"),
        ("ddood", None),
        ("dduwowcj", "được"),
        ("hoawcj", "hoặc"),
        ("nguwowif", "người"),
        ("quyeets", "quyết"),
        ("giuwax", "giữa"),
        ("gif", "gì"),
        ("giwx", "giữ"),
        ("giwowngf", "giường"),
        ("thuowr", "thuở"),
        ("quynhf", "quỳnh"),
        ("cuuws", "cứu"),
        ("hoioj", "hội"),
        ("dieudef", "điều"),
        ("ngoeof", "ngoèo"),
        ("quas", "quá"),
        ("toasn", "toán"),
        ("mua", None),
        ("muwa", "mưa"),
        ("xuyeen", "xuyên"),
        ("word", None),
        ("bcdf", None),
    ],
)
def test_syllables(keys: str, meant: str | None) -> None:
    assert syllable(keys) == meant


def test_only_words_that_are_keys_are_replaced() -> None:
    assert correct('tieets kieemj -"ddieenj" nam:2021 OR can') == 'tiết kiệm -"điện" nam:2021 OR can'
    assert correct("can bo") is None
    assert correct("so:quyeets") is None
    assert correct("164-cv/dduk 7-QDD/TU") == "164-cv/đuk 7-QĐ/TU"


@given(st.text(alphabet="abcdegiowusfrxjz ", max_size=30) | st.text(max_size=30))
def test_correcting_never_fails(text: str) -> None:
    assert correct(text) != text
