"""A paper that ends without anybody signing it. A seal is never asked for: a chi bộ has none."""

from __future__ import annotations

from archive.i18n import gettext as _
from archive.records import Finding
from archive.vietnamese import fold_words
from validators.checks.paper import CheckedPaper, warning

# How the lines of a signature block begin, without accents; "t m" is T/M and TM.
MARKS = (
    "t m",
    "tm",
    "k t",
    "kt",
    "t l",
    "tl",
    "tuq",
    "q",
    "bi thu",
    "pho bi thu",
    "pho bt",
    "chu tri",
    "chu toa",
    "chu tich",
    "pho chu tich",
    "chu nhiem",
    "thu ky",
    "nguoi ghi",
    "nguoi viet",
    "nguoi lap",
    "nguoi tu",
    "nguoi bao cao",
    "nguoi kiem diem",
    "truong",
    "pho truong",
    "to truong",
    "giam doc",
    "dai dien",
    "dang vien",
    "ky ten",
    "ky ghi ro",
    "da ky",
)
_LONGEST = 8  # words; a line of running text is longer


def no_signature_block(paper: CheckedPaper) -> tuple[Finding, ...]:
    """Told where neither the recogniser nor a look at the lines finds anything like a signature block."""
    facts = paper.facts
    if facts.signer or facts.role or facts.signers or not paper.can_miss or not paper.is_signed:
        return ()
    if any(_is_mark(cell) for _page, line in (*paper.head, *paper.foot) for cell in line.split("\t")):
        return ()
    return warning(
        "no-signature-block",
        _("Nobody signs the paper: authority, title and name of the signer are missing."),
        _("Add the signature block and hand in the signed paper."),
        len(paper.reading.pages) or None,
    )


def _is_mark(line: str) -> bool:
    words = fold_words(line) if ":" not in line and len(line) < 120 else ""
    return 0 < len(words.split()) <= _LONGEST and any(f"{words} ".startswith(f"{mark} ") for mark in MARKS)
