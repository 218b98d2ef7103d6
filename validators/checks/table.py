"""All checks on one document, in the order in which their findings are shown. To add one: a file and a line here."""

from __future__ import annotations

from collections.abc import Callable

from archive.records import Finding, Reading, Recognition
from rules.model import RulePack
from validators.checks.active_content import active_content
from validators.checks.blank_field import blank_field
from validators.checks.level_above_score import level_above_score
from validators.checks.low_confidence import low_confidence
from validators.checks.no_date import no_date
from validators.checks.no_head import no_head
from validators.checks.no_number import no_number
from validators.checks.no_signature_block import no_signature_block
from validators.checks.odd_code import odd_code
from validators.checks.old_encoding import old_encoding
from validators.checks.over_maximum import over_maximum
from validators.checks.paper import CheckedPaper
from validators.checks.signature_changed import signature_changed
from validators.checks.sum_mismatch import sum_mismatch
from validators.checks.text_incomplete import text_incomplete
from validators.checks.type_mismatch import type_mismatch
from validators.checks.unread import unread

Check = Callable[[CheckedPaper], tuple[Finding, ...]]

CHECKS: dict[str, Check] = {
    "unread": unread,
    "type-mismatch": type_mismatch,
    "active-content": active_content,
    "text-incomplete": text_incomplete,
    "low-confidence": low_confidence,
    "signature-changed": signature_changed,
    "old-encoding": old_encoding,
    "no-head": no_head,
    "no-number": no_number,
    "odd-code": odd_code,
    "no-date": no_date,
    "no-signature-block": no_signature_block,
    "blank-field": blank_field,
    "sum-mismatch": sum_mismatch,
    "over-maximum": over_maximum,
    "level-above-score": level_above_score,
}


def run_checks(reading: Reading, recognition: Recognition, *, name: str, pack: RulePack) -> tuple[Finding, ...]:
    """Everything wrong in one document, for the clerk who handed it in; `name` is the file's name. Pure, never raises
    whatever stands in the document, linear in its length."""
    paper = CheckedPaper(reading, recognition, name, pack)
    return tuple(finding for check in CHECKS.values() for finding in check(paper))
