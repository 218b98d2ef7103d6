"""When a field counts as read rightly."""

from __future__ import annotations

from papers import Truth
from rapidfuzz.distance import Levenshtein

from archive.records import Recognition
from archive.vietnamese import bare, exact_words, fold_words

FIELDS = ("number", "code", "date", "issuer", "signer", "year")
_SLIP = 0.16  # of the letters of a name: a twentieth is misread, and what is misread cannot be mended in a name


def right(field: str, truth: Truth, found: Recognition, *, noisy: bool) -> bool | None:
    """Whether a field is right; None where it is not looked at. In misread scans (`noisy`) accents are not looked at,
    and names may differ by the letters that were misread."""
    facts = found.facts
    if field == "kind":
        return found.kind in truth.kinds
    if field == "year":
        period = facts.period
        return None if truth.year is None else bool(period and period.year == truth.year)
    if field == "date":
        return _same(truth.day, facts.issued_on.value if facts.issued_on else None)
    if field == "number":
        return _same(truth.number, facts.number.value if facts.number else None)
    if field == "code":
        return code(truth.code, facts.code.value if facts.code else None, noisy=noisy)
    if field == "issuer":
        return name(truth.issuer, facts.issuer.value if facts.issuer else None, noisy=noisy)
    got = facts.signer.value if facts.signer else None
    return any(name(want, got, noisy=noisy) for want in truth.signers)


def _same(want: str | None, got: str | None) -> bool:
    return want == got


def code(want: str | None, got: str | None, *, noisy: bool = False) -> bool:
    """Codes by their letters and figures: the order and the dashes are mended, leading zeros do not
    count."""
    if not want or not got:
        return want == got
    ours, theirs = ("".join(char for char in bare(text).upper() if char.isalnum()).lstrip("0") for text in (want, got))
    return ours == theirs or (noisy and Levenshtein.distance(ours, theirs) <= 2)


def name(want: str | None, got: str | None, *, noisy: bool = False) -> bool:
    """Names by their words, accents too where nothing was misread and they were printed."""
    if not want or not got:
        return want == got
    if exact_words(want) == exact_words(got):
        return True
    if got.isascii():
        return fold_words(want) == fold_words(got)
    ours, theirs = fold_words(want).replace(" ", ""), fold_words(got).replace(" ", "")
    return noisy and Levenshtein.distance(ours, theirs) <= max(2, round(_SLIP * len(ours)))
