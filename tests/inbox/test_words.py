from __future__ import annotations

from typing import get_args

import pytest

from inbox.words import Why
from reports.words import why


@pytest.mark.parametrize("code", get_args(Why))
def test_every_code_has_a_sentence(code: str) -> None:
    assert why(code) != code
    assert "No space left" in why(code, "No space left")
