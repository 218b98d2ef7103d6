import pytest

from archive.search import following, ranking
from archive.search.query import parse
from archive.search.ranking import Level, Merit, Row
from archive.search.tree import Not


def level(text: str, name: str) -> Level:
    return next(each for each in ranking.levels(parse(text).root) if each.name == name)


def merit(text: str, name: str) -> Merit:
    return level(text, name).merits[0]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("cán bộ", "phrase"),
        ("cán bộ", "near"),
        ("can bo", "phrase"),
        ('"tổ chức" cán bộ', "phrase"),
        ("trưở* lớp", "phrase"),
        ("39-BC/ĐU đảng ủy", "phrase"),
    ],
)
def test_a_merit_tells_that_the_words_are_there(text: str, name: str) -> None:
    assert following.tells(merit(text, name), parse(text).root.parts)


def test_a_merit_of_some_words_tells_nothing_of_others() -> None:
    assert not following.tells(Row(parse("cán bộ").root.parts, "wished"), parse("cán bộ xã").root.parts)  # type: ignore[arg-type]


def test_words_near_each_other_tell_of_no_phrase() -> None:
    assert not following.tells(merit('"tổ chức" cán bộ', "near"), parse('"tổ chức" cán bộ').root.parts)


def test_one_of_two_is_not_told_by_either() -> None:
    """Nor is what a minus keeps out."""
    assert not following.tells(merit("xã OR bản họp", "phrase"), parse("xã OR bản họp").root.parts)
    parts = parse("cán bộ -xã").root.parts
    assert isinstance(parts[-1], Not)
    assert not following.tells(merit("cán bộ -xã", "phrase"), parts)


def test_a_word_beside_itself_is_near_nothing() -> None:
    """Of twice the same word nothing is asked but the other runs, so these do not tell of it."""
    text = 'đảng đảng "tổ chức"'
    assert not following.tells(merit(text, "near"), parse(text).root.parts)


def test_what_follows_from_a_phrase_is_asked_no_more() -> None:
    levels = ranking.levels(parse("cán bộ xã").root)
    found = following.left(levels, levels[0].merits[0])
    left = {level.name: (len(level.merits), known) for level, known in found}
    assert left["near"] == (0, 1)
    assert left["accents"] == (0, 3)
    assert left["pairs"] == (0, 2)
    assert left["often"] == (3, 0)
