"""TCVN3 and VNI are told by their words and converted; all else stays as it is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.readers.legacy import find, from_tcvn3, from_vni, vote

UNICODE = "Báo cáo tổng kết công tác năm 2021, phương hướng, nhiệm vụ năm 2022 của Chi bộ"
TCVN3 = "B¸o c¸o tæng kÕt c«ng t¸c n¨m 2021, ph\u00ad¬ng h\u00adíng, nhiÖm vô n¨m 2022 cña Chi bé"
VNI = "Baùo caùo toång keát coâng taùc naêm 2021, phöông höôùng, nhieäm vuï naêm 2022 cuûa Chi boä"

# Every letter of the TCVN3 table of the standard (glibc's TCVN5712-1, upper half), and all of VNI's combinations.
TCVN3_LETTERS = bytes([*range(0xA1, 0xAF), *range(0xB5, 0xBA), *range(0xBB, 0xBF), *range(0xC6, 0xCD), 0xCE, 0xCF])
TCVN3_LETTERS += bytes([*range(0xD0, 0xD9), *range(0xDC, 0xE0), *range(0xE1, 0xF0), *range(0xF1, 0xFF)])
TCVN3_IN_UNICODE = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
VNI_LETTERS = (
    "aùaøaûaõaï aâaáaàaåaãaä aêaéaèaúaüaë eùeøeûeõeï eâeáeàeåeãeä íìæóò oùoøoûoõoï oâoáoàoåoãoä ôôùôøôûôõôï "
    "uùuøuûuõuï ööùöøöûöõöï yùyøyûyõî ñ"
)
VNI_IN_UNICODE = "áàảãạ âấầẩẫậ ăắằẳẵặ éèẻẽẹ êếềểễệ íìỉĩị óòỏõọ ôốồổỗộ ơớờởỡợ úùủũụ ưứừửữự ýỳỷỹỵ đ"


def converted(text: str, legacy_font: bool = False) -> str | None:
    converter = find([text], legacy_font)
    return converter.text(text) if converter else None


def test_the_whole_tables() -> None:
    assert from_tcvn3(TCVN3_LETTERS.decode("latin-1")) == TCVN3_IN_UNICODE
    assert from_vni(VNI_LETTERS) == VNI_IN_UNICODE
    assert from_vni(VNI_LETTERS.upper()) == VNI_IN_UNICODE.upper()


@pytest.mark.parametrize(("text", "encoding"), [(TCVN3, "tcvn3"), (VNI, "vni")])
def test_old_texts_are_converted(text: str, encoding: str) -> None:
    converter = find([text], legacy_font=False)
    assert converter is not None
    assert (converter.encoding, converter.usual) == (encoding, encoding)
    assert converter.text(text) == UNICODE


@pytest.mark.parametrize(
    "text",
    [
        UNICODE,
        unicodedata.normalize("NFD", UNICODE),
        "El señor Muñoz habló después; ¿qué más está aquí? Sí, él sé té",
        "la réunion était déjà terminée à Orléans où François né près du thé",
        "für über müde schön größer Straße Fuß grün fünf können müssen",
        "20°C, 5 m², ±3, §12, ©2004, Word®, £5, µm, «so», 1ª, 3º, 5×7, don´t",
        "",
    ],
)
@pytest.mark.parametrize("legacy_font", [False, True])
def test_other_texts_are_left_alone(text: str, legacy_font: bool) -> None:
    assert converted(text, legacy_font) is None
    assert vote(text).encoding == "unicode" or vote(text).distinct < 2


def test_an_old_font_makes_few_words_enough() -> None:
    assert converted("thùc hiÖn") is None
    assert converted("thùc hiÖn", legacy_font=True) == "thực hiện"
    assert find([UNICODE], legacy_font=True) is None


def test_a_text_may_mix_all_three_by_line_and_cell() -> None:
    mixed = f"{UNICODE}\n{TCVN3}\t{VNI}\n{UNICODE} {TCVN3}\nDanh s¸ch\nCoâng an"
    expected = f"{UNICODE}\n{UNICODE}\t{UNICODE}\n{UNICODE} {UNICODE}\nDanh sách\nCông an"
    assert converted(mixed) == expected


def test_words_that_could_be_both_follow_their_line_then_the_text() -> None:
    """ "cã" is có in TCVN3, and a word of Unicode too; "hoà" is one of Unicode only."""
    assert converted(f"{TCVN3}\ncã\nlµ cã hoà") == f"{UNICODE}\ncó\nlà có hoà"
    several = "\n".join([UNICODE] * 3)
    assert converted(f"{several}\ncã\n{TCVN3}\nmét c¸i cã") == f"{several}\ncã\n{UNICODE}\nmột cái có"


def test_a_word_of_which_half_was_converted_before() -> None:
    assert converted(f"{TCVN3} đÇu điÒu") == f"{UNICODE} đầu điều"


def test_signs_alone_stay_and_letters_alone_do_not() -> None:
    assert converted(f"{TCVN3}\n· 5.000 ® ¹ × 3 m² \u2212 1") == f"{UNICODE}\n· 5.000 đ ¹ × 3 m² \u2212 1"
    assert converted(f"{TCVN3}\n« sè 1") == f"{UNICODE}\nô số 1"
    assert converted(f"{TCVN3}\n«thùc hiÖn» « Bé »") == f"{UNICODE}\n«thực hiện» « Bộ »"


def test_codes_that_programs_replace() -> None:
    """PDF fonts have a minus for the soft hyphen, a bullet for the dot; Latin-1 has controls for the quotes."""
    assert converted(f"{TCVN3} n\u2212íc x\u2219 l\u03bc \x93h\u00ad\x94") == f"{UNICODE} nước xã là “hư”"


def test_properties_convert_only_where_all_words_fit() -> None:
    converter = find([TCVN3], legacy_font=False)
    assert converter is not None
    assert [converter.property(text) for text in ("LuËt", "José", "Smith")] == ["Luật", "José", "Smith"]


@given(st.text(st.characters(max_codepoint=0x24FF), max_size=60), st.booleans())
def test_any_text_can_be_asked_and_converted(text: str, legacy_font: bool) -> None:
    for raw in (text, f"{TCVN3}\n{text}", f"{VNI}\n{text}"):
        result = converted(raw, legacy_font)
        assert result is None or result.count("\n") == unicodedata.normalize("NFC", raw).count("\n")


@given(st.text(alphabet=st.characters(max_codepoint=0x7F), max_size=80))
def test_ascii_never_changes(text: str) -> None:
    assert converted(text, legacy_font=True) is None
    assert converted(f"{TCVN3}\n{text}") == f"{UNICODE}\n{text}"


def test_long_runs_cost_no_stack() -> None:
    text = f"{TCVN3}\n{'»' * 100_000}{'«' * 100_000}{'®' * 100_000}"
    assert converted(text) is not None
