from __future__ import annotations

from typing import get_args

from inbox.words import WHY, Why, sentence


def test_every_code_has_a_sentence() -> None:
    assert set(get_args(Why)) == WHY.keys()
    assert all(sentence(why, "x") for why in WHY)


def test_a_sentence_says_what_the_system_said() -> None:
    assert "No space" in sentence("retry", "No space left on device")
