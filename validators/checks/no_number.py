"""A report, resolution, programme … without its number: it was handed in before it was issued."""

from __future__ import annotations

from archive.i18n import gettext as _
from archive.records import Finding
from validators.checks.paper import CheckedPaper, warning


def no_number(paper: CheckedPaper) -> tuple[Finding, ...]:
    """Only for printed kinds that carry a number, and only where the head could be read for sure."""
    if paper.facts.number or not paper.is_numbered or not paper.can_miss:
        return ()
    printed = paper.facts.kind_printed
    return warning(
        "no-number",
        _("The paper has no number."),
        _("Enter the number from the register of outgoing papers and hand it in again."),
        printed.page if printed else 1,
    )
