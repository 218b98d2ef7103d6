"""A field of a form left open: "Số đảng viên dự họp: ……", "có mặt:      đồng chí", "[tên đơn vị]"."""

from __future__ import annotations

import re

from archive.i18n import gettext as _
from archive.records import Finding
from archive.vietnamese import exact, fold_words
from validators.checks.paper import CheckedPaper, warning

_DOTS = re.compile(r"\.{5,}|…{2,}|(?:\. ){4,}\.|_{5,}")
_COUNT = re.compile(r":[ \xa0]{4,40}(?:đồng chí|người|điểm|phiếu|%)(?=\s{0,9}(?:[;,.]|$))")
_GAP = re.compile(r":[ \xa0]{4}")
_TEMPLATE = re.compile(r"\[(?:[^\W\d_][^\[\]\n]{2,60}|\.{3,20}|…{1,20})\]")
_CONTENTS = re.compile(r"[.…_]\s{0,9}\d{1,4}\s{0,9}$")  # a line of a table of contents ends in its page number
_MARKS = (".....", "……", ". . . .", "_____", ":  ", ": \xa0", ":\xa0", "[")  # every open field has one
_OWN_CHECK = re.compile(r"ngày[\s._…/-]*tháng|^\s{0,9}số\s{0,9}:?[\s._…-]*(?:-|$)")  # no-date and no-number tell these
# Lines that somebody else fills in by hand later: remarks of the cấp ủy, signatures.
LATER = ("nhan xet", "danh gia cua", "y kien", "tham dinh", "xac nhan", "ky ten", "chu ky", "ky ghi ro", "duyet")
_SHOWN = 3
_LONG = 2_000  # characters of a line that are looked at


def blank_field(paper: CheckedPaper) -> tuple[Finding, ...]:
    """One finding with up to three of the open fields. An open number or date is told by its own check."""
    if not paper.can_miss or not any(_is_open(line[:_LONG]) for _page, line in paper.lines):
        return ()
    found: list[tuple[int, str]] = []
    later = False
    for page, line in paper.lines:
        line = line[:_LONG]
        # What follows a heading for later remarks is ruled lines for their writer, up to the next words.
        later = _is_for_later(line) or (later and _only_dots(line))
        if not later and _is_open(line):
            found.append((page, _shown(line)))
    if not found:
        return ()
    examples = "; ".join(f"“{words}”" for _page, words in found[:_SHOWN])
    message = _("{count} field(s) left blank: {examples}.").format(count=len(found), examples=examples)
    return warning("blank-field", message, _("Fill in or strike out every field and hand it in again."), found[0][0])


def _is_for_later(line: str) -> bool:
    folded = fold_words(line[:200])
    return any(words in folded for words in LATER)


def _only_dots(line: str) -> bool:
    return not any(char.isalnum() for char in line)


def _is_open(line: str) -> bool:
    if not any(mark in line for mark in _MARKS) or _CONTENTS.search(line):
        return False
    if _TEMPLATE.search(line) or (_GAP.search(line) and _COUNT.search(exact(line))):
        return True
    dots = _DOTS.search(line)
    # Dots alone are a rule drawn across the page; only after a label are they a field.
    return dots is not None and not _only_dots(line[: dots.start()]) and not _OWN_CHECK.search(exact(line))


def _shown(line: str) -> str:
    words = re.sub(r"[\s.…_]+", " ", line).strip()
    return words if len(words) <= 60 else words[:59] + "…"
