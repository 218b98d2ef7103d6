"""Marks that stand alone in a head: secrecy, urgency, the form's mark ("Mẫu 02-HD KĐ.ĐG 2019")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.vietnamese import exact_words, fold, fold_words

_EDGES = " .:*()[]{}|_-–—\"'“”"
_SECRET = {"mat": "MẬT", "toimat": "TỐI MẬT", "tuyetmat": "TUYỆT MẬT"}
# The mark as written, without its accents, or with one lost in scanning; MẮT (an eye) or MẶT (a face) is none.
_SECRET_LAST = ("mật", "mât", "mạt", "mat")
_URGENT = {"khan", "thuongkhan", "hoatoc", "hoatochengio"}
_OTHER = {"duthao", "saoy", "saoluc", "congvanden", "den", "banchinh", "luuhanhnoibo", "xongtralai", "taptrinhki"}
_FORM = re.compile(
    r"^\W{0,3}(?:bieu )?mau(?: so)?[ .:]{0,3}(\d{1,2} ?[a-d]?)\b[ .\-–/]{0,4}(?P<family>[a-z][a-z ,.\-–/]{0,24})?"
    r"(?P<year>(?:19|20)\d\d)?"
)


@dataclass(frozen=True, slots=True)
class Form:
    """A form's mark: `number` ("02", "2A" as printed), `family` (bare letters, "hdkddg"), `year`, `code` as shown."""

    number: str
    family: str
    year: str | None
    code: str

    @property
    def key(self) -> tuple[str, str]:
        """What two marks are compared by: the number without a leading zero, and the family."""
        return self.number.lstrip("0").lower().replace(" ", ""), self.family


def secrecy(text: str, *, any_case: bool = False) -> str | None:
    """The secrecy mark that a cell is, or None. Only the mark itself, alone and in capitals: "bảo mật", "bí mật" or
    "bỏ phiếu kín" in a sentence are none. `any_case` is for fonts whose capitals are stored as small letters."""
    if len(text) > 40:
        return None
    alone = text.strip(_EDGES)
    label = re.match(r"(?i)độ mật ?: ?", alone)
    alone = alone[label.end() :].strip(_EDGES) if label else alone
    if not any_case and any(char.islower() for char in alone):
        return None
    if not exact_words(alone).replace(" ", "").endswith(_SECRET_LAST):
        return None
    return _SECRET.get(fold_words(alone).replace(" ", ""))


def is_stamp(text: str) -> bool:
    """Whether a cell is an urgency mark or another stamp that is no organisation's name."""
    key = fold_words(text).replace(" ", "")
    return key in _URGENT or key in _OTHER


def read_form(text: str) -> Form | None:
    """The form's mark that a short cell begins with, or None."""
    if len(text) > 80:
        return None
    folded = fold(text)
    match = _FORM.match(folded)
    if not match:
        return None
    number = match[1].replace(" ", "").upper()
    family = re.sub(r"[^a-z]", "", re.sub(r"\bnam\b", "", match["family"] or ""))
    start, end = match.span(1)[0], match.end()
    code = text[start:end]
    if match["year"]:
        code = text[start : match.start("year")]
    return Form(number, family, match["year"], code.strip(" -–/.,("))


def form_key(code: str) -> tuple[str, str]:
    """The key of a form code as a pack writes it ("02-HD KĐ.ĐG")."""
    form = read_form(f"Mẫu {code}")
    return form.key if form else (code, "")
