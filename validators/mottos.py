"""The mottos at the right of a head, which tell a party paper from one of the state or of the Youth Union."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from validators.phrases import starts_like

_PARTY = ("dang", "cong", "san", "viet", "nam")
_STATE = ("cong", "hoa", "xa", "hoi", "chu", "nghia", "viet", "nam")
_FREEDOM = ("doc", "lap", "tu", "do", "hanh", "phuc")
_YOUTH = ("doan", "tncs", "ho", "chi", "minh")
_YOUTH_LONG = ("doan", "thanh", "nien", "cong", "san", "ho", "chi", "minh")
MOTTOS = {_STATE: "state", _FREEDOM: "state", _YOUTH_LONG: "youth", _PARTY: "party", _YOUTH: "youth"}


def find_motto(keys: Sequence[str], motto: Sequence[str]) -> int | None:
    """Where a motto stands among the words; one word in four may be misread, or one letter in five."""
    whole = "".join(motto)
    most = len(whole) // 5
    for at in range(len(keys) - len(motto) + 1):
        said = keys[at : at + len(motto)]
        if sum(key != word for key, word in zip(said, motto, strict=True)) <= len(motto) // 4:
            return at
        if Levenshtein.distance("".join(said), whole, score_cutoff=most) <= most:
            return at
    spelt = "".join(keys)
    return 0 if starts_like(spelt, whole) and len(spelt) <= len(whole) + 2 else None
