"""A number and code that is not written as the rules of papers ask: "58-BC/ ĐU", "02 CTr/ĐU", "20/BC-CB"."""

from __future__ import annotations

import re

from archive.i18n import gettext as _
from archive.records import Fact, Finding, Source
from archive.vietnamese import exact_words, nfc
from validators.checks.paper import CheckedPaper, warning

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_SO = re.compile(r"^\s*số\s*[:.]?\s*", re.IGNORECASE)
# A code that a narrow column wrapped is not mistyped.
_WRAP = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_LETTERS = r"[^\W\d_]"
_PARTY = re.compile(rf"(\d+)-({_LETTERS}+)/(\w[\w.&-]*)")
_STATE_IN_PARTY = re.compile(rf"(\d+)\s*/\s*({_LETTERS}+)\s*-\s*(\w[\w.&-]*)")
_EITHER = re.compile(rf"\d+(?:-{_LETTERS}+/|/{_LETTERS}+-)\w[\w.&/-]*")
_WITH_YEAR = re.compile(r"\d+/(?:19|20)\d\d/\w[\w.&/-]*")  # laws and decrees: "109/2004/NĐ-CP", "01/2021/QH15"
_PARTS = re.compile(r"\w+")
_YOUTH = "doan-thanh-nien"  # its own rules part number and code by blanks: "367 - QĐ/TWĐTN-VP"


def odd_code(paper: CheckedPaper) -> tuple[Finding, ...]:
    """Looks at the code as printed. Where no number is printed, `no-number` says so and this says nothing."""
    fact = paper.facts.code_printed
    if fact is None or paper.is_read is False:
        return ()
    printed = _SO.sub("", _WRAP.sub("", nfc(fact.value).translate(_DASHES)).strip())
    if not printed[:1].isdigit():
        return ()
    what = _form_fault(paper, printed) or _kind_fault(paper, printed)
    if not what:
        return ()
    right = _mended(paper, printed)
    remedy = (
        _('Write it "{right}".').format(right=right) if right else _("Write number-KIND/ORGANISATION, e.g. 58-BC/ĐU.")
    )
    return warning("odd-code", what.format(code=printed), remedy, fact.page)


def _form_fault(paper: CheckedPaper, printed: str) -> str | None:
    mass_org = paper.facts.mass_org
    if mass_org and mass_org.value == _YOUTH:
        return None
    if _WITH_YEAR.fullmatch(printed) or _is_recognised(paper):
        return None
    if paper.is_state_style:
        return None if _EITHER.fullmatch(printed) else _blanks_or_parts(printed)
    if _PARTY.fullmatch(printed):
        return None
    if _STATE_IN_PARTY.fullmatch(printed):
        return _('The code "{code}" is in the order of state papers.')
    return _blanks_or_parts(printed)


def _is_recognised(paper: CheckedPaper) -> bool:
    """Whether the code comes from a picture, where a hyphen, a slash or a blank is as often misread as mistyped."""
    fact = paper.facts.code_printed
    pages = paper.reading.pages
    at = fact.page if fact and fact.page else 1
    return at <= len(pages) and pages[at - 1].source is Source.OCR


def _blanks_or_parts(printed: str) -> str:
    if re.search(r"\s", printed):
        return _('The code "{code}" has blanks in it.')
    return _('The code "{code}" lacks its hyphen or slash.')


def _kind_fault(paper: CheckedPaper, printed: str) -> str | None:
    """The letters of one kind under the title of another: 22-BC/ĐU on a resolution. Only between kinds that both have
    letters of their own, as a table may carry the number of the report it belongs to."""
    title = paper.facts.kind_printed
    parts = _PARTS.findall(printed)
    letters = {_fold_key(key): kinds for key, kinds in paper.pack.abbreviations.items()}
    kinds = letters.get(_fold_key(parts[1])) if len(parts) > 1 else None
    if not title or not kinds:
        return None
    words = f"{exact_words(title.value)} "
    has_own = any(words.startswith(f"{exact_words(kind)} ") for others in letters.values() for kind in others)
    if not has_own or any(words.startswith(f"{exact_words(kind)} ") for kind in kinds):
        return None
    return _('The code "{code}" belongs to another kind of paper than its title.')


def _fold_key(letters: str) -> str:
    return nfc(letters).lower()


def _mended(paper: CheckedPaper, printed: str) -> str | None:
    """How it should look: by the recogniser's reading, else by its parts; None where that is no better."""
    fact: Fact | None = paper.facts.code
    if fact and nfc(fact.value) != printed and _EITHER.fullmatch(nfc(fact.value)):
        return nfc(fact.value)
    parts = _PARTS.findall(printed)
    if len(parts) != 3:
        return None
    number, kind, issuer = parts
    right = f"{number}/{kind}-{issuer}" if paper.is_state_style else f"{number}-{kind}/{issuer}"
    return right if right != printed else None
