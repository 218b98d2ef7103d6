"""What people read in a terminal: the same data as `--json`, in a few lines of Vietnamese or English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from archive.i18n import gettext as _
from archive.records import (
    Campaign,
    Completeness,
    KnownDocument,
    Outcome,
    Percent,
    ReadingState,
    Receipt,
    Verdict,
    VerdictKind,
    plain,
)
from reports.received import signatures_to_tell
from reports.words import days_left, decimal, moment, receipt_reason, signature

if TYPE_CHECKING:  # they bring the readers and the search engine, for which `hoso check` need not wait
    from archive.doctor import Check
    from archive.verify import Verification

MARKS = {
    VerdictKind.MET: "✓",
    VerdictKind.NOT_MET: "✗",
    VerdictKind.CANNOT_TELL: "?",
    VerdictKind.NOT_APPLICABLE: "–",
}


def day(value: date | None) -> str:
    """A date for people, dd/mm/yyyy."""
    return value.strftime("%d/%m/%Y") if value else "?"


def percent(value: Percent) -> str:
    """A percentage or a range of it."""
    if value.low == value.high:
        return f"{decimal(value.low)} %"
    return f"{decimal(value.low)}–{decimal(value.high)} %"


def campaign_data(campaign: Campaign) -> dict[str, Any]:
    """The campaign for scripts: counts and everything in it."""
    data: dict[str, Any] = plain(campaign)
    data["counts"] = {"units": len(campaign.units), "teams": len(campaign.teams), "visits": len(campaign.visits)}
    return data


def campaign_text(campaign: Campaign) -> str:
    """The campaign: its units with their visits."""
    visits = {visit.unit: visit for visit in campaign.visits}
    teams = {team.id: team.name for team in campaign.teams}
    lines = [f"{campaign.title} ({campaign.id}, {campaign.pack})"]
    for unit in campaign.units:
        visit = visits.get(unit.id)
        when = f"{day(visit.on)}, {teams.get(visit.team, visit.team)}" if visit else ""
        lines.append(f"  {'  ' if unit.parent else ''}{unit.id:<28} {unit.name:<44} {when}".rstrip())
    lines += [_("Teams:"), *(f"  {team.id:<28} {team.name}" for team in campaign.teams)] if teams else []
    return "\n".join(lines)


def scan_text(data: dict[str, Any]) -> str:
    """What a scan did."""
    lines = [
        _("Taken in: {filed} new, {duplicates} already held, {quarantined} set aside; {waiting} still waiting.").format(
            **data
        ),
        _("Read: {read}, of which {failed} could not be read.").format(**data),
    ]
    if data["scans"]:
        lines.append(_("Text recognised on {scans} scanned pages.").format(**data))
    lines += [f"  {clean(item['path']) or _('the inbox')}: {item['reason']}" for item in data["stuck"]]
    return "\n".join(lines)


def receipts_text(receipts: Sequence[Receipt]) -> str:
    """Receipts, a line each."""
    words = {
        Outcome.FILED: _("filed"),
        Outcome.DUPLICATE: _("already held"),
        Outcome.QUARANTINED: _("set aside"),
    }
    lines = []
    for receipt in receipts:
        name = receipt.path.decode("utf-8", "replace")
        reason = f" ({receipt_reason(receipt.reason)})" if receipt.reason else ""
        when = moment(receipt.at)
        lines.append(f"{receipt.number:>5} {when} {words[receipt.outcome]}{reason}: {clean(name)}")
    return "\n".join(lines) or _("Nothing was delivered yet.")


def clean(text: str) -> str:
    """Text from outside, made safe for a terminal: control characters shown, not obeyed."""
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)


def documents_text(documents: Sequence[KnownDocument]) -> str:
    """Documents, a line each, with their findings."""
    lines = []
    for known in documents:
        kind = known.kind or _unrecognised(known)
        facts = known.recognition.facts if known.recognition else None
        code = facts.code.value if facts and facts.code and not known.secret else ""
        head = f"{known.document.id[:12]} {known.document.unit or '-':<24} {kind:<26} {code:<14}"
        lines.append(f"{head} {clean(known.document.name)}")
        lines += [f"{'':13}= {clean(signature(each))}" for each in signatures_to_tell(known)]
        lines += [f"{'':13}! {finding.message}" for finding in known.findings]
    return "\n".join(lines) or _("Nothing is held yet.")


def _unrecognised(known: KnownDocument) -> str:
    if known.bundle and (known.bundle.members or known.state is ReadingState.READ):
        return _("{n} files inside").format(n=known.bundle.members)
    return _("not recognised") if known.state is ReadingState.READ else _("not read")


def check_text(campaign: Campaign, units: Sequence[Completeness], as_of: date, *, detailed: bool) -> str:
    """Completeness: a line for each unit, or one unit in full."""
    lines = [_("{title}, as of {day}").format(title=campaign.title, day=day(as_of))]
    for unit in units:
        lines += _unit_lines(unit) if detailed else [_unit_line(unit)]
    return "\n".join(lines)


def _unit_line(unit: Completeness) -> str:
    counts = unit.counts
    words = _("{met} met, {not_met} missing, {cannot_tell} unsure").format(**counts)
    due = _("due {day}").format(day=day(unit.due_on)) if unit.due_on else _("no visit")
    indent = "  " if unit.unit.parent else ""
    done = _("{percent} complete").format(percent=percent(unit.percent))
    return f"{indent}{unit.unit.name:<46} {done:>24}   {words}; {due}"


def _unit_lines(unit: Completeness) -> list[str]:
    lines = [_unit_line(unit)]
    if unit.visit_on:
        lines.append(_("Visit on {day}; {left}.").format(day=day(unit.visit_on), left=days_left(unit.days_left)))
    for verdict in unit.verdicts:
        lines += _verdict_lines(verdict)
    lines += [_("Papers that do not agree:")] if unit.findings else []
    for finding in unit.findings:
        lines += [f"  ! {clean(finding.message)}", f"      → {finding.remedy}"]
    return lines


def _verdict_lines(verdict: Verdict) -> list[str]:
    notes = [_("waived")] if verdict.waived else []
    notes += [_("late")] if verdict.late else []
    count = f" {verdict.have}/{verdict.need}" if verdict.need > 1 else ""
    tail = f" ({', '.join(notes)})" if notes else ""
    lines = [f"  {MARKS[verdict.verdict]} {verdict.title}{count}{tail}"]
    if verdict.verdict in (VerdictKind.NOT_MET, VerdictKind.CANNOT_TELL) and not verdict.waived:
        lines += [f"      {reason.message}" for reason in verdict.reasons]
        lines += [f"      → {verdict.remedy}"] if verdict.remedy else []
    return lines


def verify_text(found: Verification) -> str:
    """The result of `hoso verify`."""
    lines = [_("{n} blobs held, {hashed} hashed again.").format(n=found.blobs, hashed=found.hashed)]
    lines += [_("changed: {id}").format(id=item) for item in found.bad]
    lines += [_("missing: {id}").format(id=item) for item in found.missing]
    lines += [_("catalogue: {id}").format(id=item) for item in found.rows]
    if found.orphans:
        lines.append(_("{n} blobs belong to no document (harmless, as after a crash).").format(n=len(found.orphans)))
    lines.append(_("The audit log holds together.") if found.audit_ok else _("THE AUDIT LOG DOES NOT HOLD TOGETHER."))
    if not found.index_matches:
        lines.append(_("The search index does not match; make it again with: hoso index rebuild"))
    return "\n".join(lines)


def doctor_text(checks: Sequence[Check]) -> str:
    """The doctor's findings, a line each and a remedy where there is one."""
    from archive.doctor import title

    marks = {"ok": "✓", "warn": "!", "fail": "✗"}
    lines = []
    for item in checks:
        lines.append(f"{marks[item.state]} {title(item.check)}: {item.message}")
        lines += [f"    → {item.remedy}"] if item.remedy else []
    return "\n".join(lines)
