"""The nearest right word, for errors that say what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from archive.vietnamese import fold


def nearest(word: str, known: Iterable[str], *, cutoff: float = 50.0) -> str | None:
    """The known word most like the one given, accents and case aside; None when nothing is at all alike."""
    choices = {candidate: fold(candidate) for candidate in known}
    found = process.extractOne(fold(word), choices, scorer=fuzz.ratio, score_cutoff=cutoff)
    return found[2] if found else None
