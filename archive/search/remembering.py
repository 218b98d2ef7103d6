"""What is made of words, remembered: most words of a text have been seen before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")
_MANY = 400_000  # words


class Remembered(dict[str, Value]):
    """Word -> what `make` makes of it. A dictionary is asked without a call of ours."""

    def __init__(self, make: Callable[[str], Value]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, word: str) -> Value:
        if len(self) >= _MANY:
            self.clear()
        made = self[word] = self._make(word)
        return made
