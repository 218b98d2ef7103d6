import unicodedata
from datetime import date
from typing import Any as Whatever

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.query import BadFilter, parse
from archive.search.reading import as_typed
from archive.search.tree import All, Any, Field, Not, Phrase, Prefix, Term


def words(text: str) -> tuple[object, ...]:
    return parse(text).root.parts


def term(exact: str, fold: str | None = None) -> Term:
    return Term(exact, fold or exact)


CÁN, BỘ = term("cán", "can"), term("bộ", "bo")
CODE = Phrase((term("164"), term("cv"), term("đuk", "duk")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cán bộ", (CÁN, BỘ)),
        ("CÁN  Bộ!", (CÁN, BỘ)),
        ("cán-bộ", (CÁN, BỘ)),
        ('"cán bộ"', (Phrase((CÁN, BỘ)),)),
        ("“cán bộ”", (Phrase((CÁN, BỘ)),)),
        ('"cán"', (CÁN,)),
        ("-cán", (Not(CÁN),)),
        ('cán -"cán bộ"', (CÁN, Not(Phrase((CÁN, BỘ))))),
        ("-cán-bộ", (Not(Phrase((CÁN, BỘ))),)),
        ("cán - bộ", (CÁN, BỘ)),
        ("cán OR bộ", (Any((CÁN, BỘ)),)),
        ("cán or bộ", (CÁN, term("or"), BỘ)),
        ("x cán OR bộ y", (term("x"), Any((CÁN, BỘ)), term("y"))),
        ("cán OR bộ OR x", (Any((CÁN, BỘ, term("x"))),)),
        ("cán-bộ OR x", (Any((All((CÁN, BỘ)), term("x"))),)),
        ("cán*", (Prefix(("cán",), "cán", "can"),)),
        ("hòa*", (Prefix(("hoà", "hòa"), "hoà", "hoa"),)),
        ("ly*", (Prefix(("ly",), "li", "li"),)),
        ("246*", (Prefix(("246",), "246", "246"),)),
        ("thủy kỷ", (term("thuỷ", "thuy"), term("kỉ", "ki"))),
        ("09", (term("9"),)),
    ],
)
def test_words(text: str, expected: tuple[object, ...]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "164-CV/ĐUK",
        "164 - CV/ĐUK",
        "164 -CV/ĐUK",
        "164/CV-ĐUK",
        "0164–cv/đuk",
        "Số 164 - CV/ĐUK",
        "số: 164-CV / ĐUK",
        "Số:164-CV/ĐUK",
        "164-\nCV/ĐUK",
        "(164-CV/ĐUK)",
        "[số 164-CV/ĐUK];",
    ],
)
def test_spellings_of_a_number(text: str) -> None:
    assert words(text) == (CODE,)


def test_numbers_one_behind_the_other_are_two() -> None:
    assert words("164-CV/ĐUK;164-CV/ĐUK, (164-CV/ĐUK)") == (CODE, CODE, CODE)


@pytest.mark.parametrize("text", ["30/2020/NĐ-CP", "30/2020/nd-cp"])
def test_a_number_of_the_state_needs_no_accents(text: str) -> None:
    (number,) = words(text)
    assert isinstance(number, Phrase)
    assert [word.fold for word in number.words] == ["30", "2020", "nd", "cp"]


@pytest.mark.parametrize("text", ["164 cv đuk", "số 164 cv đuk", "164cv/đuk", "Số 164CV ĐUK", "so 164 CV-ĐUK"])
def test_a_number_without_marks_is_one_number_too(text: str) -> None:
    assert words(text) == (CODE,)


@pytest.mark.parametrize("text", ["2021 bc ktgs", "12 cv gửi", "3 da bo", "164 cv", "12 đề án"])
def test_figures_and_words_in_a_row_are_no_number(text: str) -> None:
    assert not any(isinstance(part, Phrase) for part in words(text))


def test_a_word_taken_away_after_a_year_is_no_number() -> None:
    assert words("năm 2021 -trường") == (term("năm", "nam"), term("2021"), Not(term("trường", "truong")))


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("so:164-CV/ĐUK", Field("number", "164 cv duk")),
        ("số:0164", Field("number", "164")),
        ("loai:bao-cao", Field("kind", "bao cao")),
        ('loại:"báo cáo"', Field("kind", "bao cao")),
        ("đơn-vị:cb-01", Field("unit", "cb 1")),
        ("unit:cb-01", Field("unit", "cb 1")),
        ("donvi:cb-01", Field("unit", "cb 1")),
        ("nam:2021", Field("year", "2021")),
        ("tu:5/2/2021", Field("from", "2021-02-05")),
        ("từ:2021-02-05", Field("from", "2021-02-05")),
        ("den:2/2020", Field("to", "2020-02-29")),
        ("to:2021", Field("to", "2021-12-31")),
    ],
)
def test_fields_stand_beside_the_words(text: str, field: Field) -> None:
    query = parse(f"cán {text} bộ")
    assert query.fields == (field,)
    assert query.root.parts == (CÁN, BỘ)


def test_what_is_no_field_is_words() -> None:
    assert words("tu:abc 10:30 http://x") == tuple(map(term, ("tu", "abc", "10", "30", "http", "x")))


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("cán bộ", None),
        ("cán - bộ, xã: 10:30", None),
        ('"cán bộ" -xã OR ủy* so:12 tu: 1/2/2021', None),
        ('cán "bộ xã', "cán bộ xã"),
        ('cán ""', "cán"),
        ("OR cán", "cán"),
        ("cán OR", "cán"),
        ("cán OR OR bộ", "cán OR bộ"),
        ("(cán OR bộ) xã", "cán OR bộ xã"),
        ("cán tu:31/02/2021", "cán"),
        ("nam:21 cán", "cán"),
        ("nam: cán", "cán"),
        ("cán loai:", "cán"),
        ('cán don-vi:"" so:" "', "cán"),
        ("cán den: mai", "cán mai"),
        ("nguoi-ky:Lan cán", "nguoi ky Lan cán"),
        ("nam:hai", "nam hai"),
        ('"', ""),
        ("cán " * 600, "cán " * 63 + "cán"),
        ("x" * 2001, "x" * 2000),
        ("a* b* c* d* cán e* xã", "a* b* c* d* cán"),
    ],
)
def test_what_was_used_of_a_malformed_query_is_told(text: str, understood: str | None) -> None:
    query = parse(text)
    assert query.understood == understood
    if understood:
        again = parse(understood)
        assert (again.root, again.fields) == (query.root, query.fields)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("nam: 2021", Field("year", "2021")),
        ("tu: 1/2/2021", Field("from", "2021-02-01")),
        ("LOAI: bao-cao", Field("kind", "bao cao")),
        ('don-vi: "Chi bộ A"', Field("unit", "chi bo a")),
        ("so:164 cv đuk", Field("number", "164 cv duk")),
        ("so:164 - CV/ĐUK", Field("number", "164 cv duk")),
    ],
)
def test_a_field_may_have_blanks(text: str, field: Field) -> None:
    query = parse(text)
    assert (query.fields, query.root.parts) == ((field,), ())


def test_a_line_out_of_a_paper_is_words() -> None:
    assert parse("Loại: xuất sắc").fields == parse("Đơn vị: xã").fields == ()


def test_decomposed_text_is_read_alike() -> None:
    composed = "số:164 thủy* -“đường sắt” OR Ðảng"
    decomposed = parse(unicodedata.normalize("NFD", composed))
    assert (decomposed.root, decomposed.fields) == (parse(composed).root, parse(composed).fields)


def test_flags() -> None:
    query = parse("x", unit="dv", kind="k", year="2021", from_="1/2/2021", to=date(2021, 3, 1), sort="date", limit=5)
    assert (query.unit, query.kind, query.year, query.sort, query.limit) == ("dv", "k", 2021, "date", 5)
    assert (query.from_, query.to) == (date(2021, 2, 1), date(2021, 3, 1))
    assert parse("x", limit=-1, offset=-5).limit == 0
    assert (parse("x", limit="5").limit, parse("x", offset="7").offset) == (5, 7)


def test_an_endless_query_is_read_as_far_as_it_goes() -> None:
    assert len(words("cán " * 100_000)) == 64
    assert len(parse("x" * 100_000).text) == 2000
    assert words(f"{'x' * 65}*") == words(f"{'x' * 64}")


@pytest.mark.parametrize(
    "flag",
    [
        {"from_": "32/1/2021"},
        {"to": "mai"},
        {"year": "hai"},
        {"year": 0},
        {"year": 10**30},
        {"year": float("inf")},
        {"sort": "size"},
        {"limit": "ten"},
        {"offset": float("inf")},
    ],
)
def test_a_flag_that_cannot_be_understood_is_said(flag: dict[str, Whatever]) -> None:
    with pytest.raises(BadFilter):
        parse("x", **flag)


SYMBOLS = st.text(alphabet='aàđĐÐ9 "“”-–*:/.\n\u0301\u200bORosdentưaİ', max_size=40)


@given(SYMBOLS | st.text(max_size=60))
def test_reading_never_fails(text: str) -> None:
    query = parse(text)
    query.corrected()
    if query.understood is not None:
        again = parse(query.understood)
        assert (again.root, again.fields) == (query.root, query.fields)
    assert repr(query.root) == repr(parse(text).root)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["tổng kết"], "tổng kết"),
        (["tổng", "kết"], "tổng kết"),
        (["tổng kết", "năm"], '"tổng kết" năm'),
        (["năm", "-tổng kết"], 'năm -"tổng kết"'),
        (["năm", "-don-vi:văn phòng", "Loai:báo cáo"], 'năm -don-vi:"văn phòng" Loai:"báo cáo"'),
        (["năm", '"tổng kết" 2021'], 'năm "tổng kết" 2021'),
        (["a", "OR", "b*"], "a OR b*"),
        (["a", ""], "a "),
    ],
)
def test_words_of_a_command_line_are_one_text(words: list[str], text: str) -> None:
    assert as_typed(words) == text
