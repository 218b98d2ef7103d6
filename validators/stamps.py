"""What others put on a page: the stamp of the office that took it in, the box of an electronic signature, an annex's
reference to the paper it goes with. Their numbers and days are not the paper's own, so recognition never sees them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from validators.lines import Cell

_TAKEN_IN = frozenset({"congvanden", "den", "vanbanden", "cvden", "congvandi", "vanbandi"})
_REACH = 6  # lines below the stamp's first word that may be its own
_STAMPED = re.compile(r"^(?:so(?: den)?|ngay(?: den)?|gio|chuyen|luu ho so(?: so)?|kinh chuyen)\b[ :.…_\d/\-]*$")
_PASSED_ON = re.compile(r"^chuyen ?:")
_ALWAYS = re.compile(r"^(?:so den|ngay den)\b ?[:.]? ?[\d./\- …]*$")
_SIGNED = re.compile(
    r"^(?:nguoi ki|ki boi|duoc ki boi|ki so boi|thoi gian ki|ngay ki|digitally signed by|signed by|signing date"
    r"|date|dn|reason|location|email|e mail|website|dien thoai|fax|tel)\b ?: ?\S"
)
_GOES_WITH = re.compile(r"^\W{0,2}(?:ban hanh )?kem theo\b")


def own(cells: Iterable[Cell]) -> Iterator[Cell]:
    """The cells of a head that are the paper's own."""
    stamped_to = -1
    for cell in cells:
        key = cell.folded.strip(" .:*|[]()_-")
        if cell.compact in _TAKEN_IN and len(cell.text) <= 30:
            stamped_to = cell.line + _REACH
        elif not _foreign(key, stamped=cell.line <= stamped_to):
            yield cell


def _foreign(key: str, *, stamped: bool) -> bool:
    if len(key) > 160:
        return False
    if stamped and (_STAMPED.match(key) or _PASSED_ON.match(key)):
        return True
    return bool(_ALWAYS.match(key) or _SIGNED.match(key) or _GOES_WITH.match(key))
