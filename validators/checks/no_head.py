"""A title with words below it, but nothing that says whose paper it is, of which day, or who answers for it."""

from __future__ import annotations

from archive.i18n import gettext as _
from archive.records import Finding
from validators.checks.paper import CheckedPaper, warning


def no_head(paper: CheckedPaper) -> tuple[Finding, ...]:
    """Such a paper may be a draft or a mere cover: completeness cannot tell. Tables and forms may stand without a head,
    as annexes to what has one."""
    facts = paper.facts
    said = (
        *(facts.issuer, facts.superior, facts.number, facts.code, facts.code_printed, facts.issued_on, facts.place),
        *(facts.signer, facts.role, facts.member, facts.mass_org, facts.unit_named, facts.form_code, facts.secrecy),
        *(facts.score, facts.level, *facts.signers, *paper.reading.tables),
    )
    if paper.kind is None or any(said) or not paper.is_signed or not paper.can_miss:
        return ()
    message = _("The paper has neither issuer nor number nor date nor signature: perhaps it is a draft or a part only.")
    return warning("no-head", message, _("Hand in the whole paper as it was issued."), 1)
