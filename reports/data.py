"""What scripts read (`--json`): the records in fixed shapes. New fields may be added, none may move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from archive.people import GrantedWaiver
from archive.records import Completeness, Fact, Facts, KnownDocument, Receipt, plain
from validators.next import Step


def check_data(campaign: str, as_of: str, pack: str, pack_sha256: str, units: Sequence[Completeness]) -> dict[str, Any]:
    """The answer of `hoso check`."""
    return {
        "campaign": campaign,
        "pack": pack,
        "pack_sha256": pack_sha256,
        "as_of": as_of,
        "units": [unit_data(unit) for unit in units],
    }


def next_data(steps: Sequence[Step], total: int, left: dict[str, int]) -> dict[str, Any]:
    """What `hoso check --next` adds: the steps that are shown, how many there are, and how many are open for each
    visit by the unit that is visited."""
    return {"next": [plain(step) for step in steps], "next_total": total, "visits_left": left}


def unit_data(completeness: Completeness) -> dict[str, Any]:
    """A unit in `hoso check`."""
    return {
        "unit": completeness.unit.id,
        "name": completeness.unit.name,
        "type": completeness.unit.type.value,
        "team": completeness.team,
        "visit_on": plain(completeness.visit_on),
        "due_on": plain(completeness.due_on),
        "days_left": completeness.days_left,
        "percent": plain(completeness.percent),
        "percent_before": plain(completeness.percent_before),
        "percent_due": plain(completeness.percent_due),
        "counts": completeness.counts,
        "requirements": [_requirement(verdict) for verdict in completeness.verdicts],
        "unread": list(completeness.unread),
        "findings": [plain(finding) for finding in completeness.findings],
    }


def _requirement(verdict: Any) -> dict[str, Any]:
    data: dict[str, Any] = plain(verdict)
    return {"id": data.pop("requirement"), **data}


def waiver_data(given: GrantedWaiver, today: date) -> dict[str, Any]:
    """A waiver in `hoso waivers list`. `state` is "standing", "expired" or "revoked"; `source` "file" or "hand"."""
    return {
        **plain(given.waiver),
        "source": "hand" if given.by_hand else "file",
        "state": waiver_state(given, today),
        "granted_at": plain(given.granted_at),
        "revoked_at": plain(given.revoked_at),
        "revoked_by": given.revoked_by,
        "revoked_why": given.revoked_why,
    }


def waiver_state(given: GrantedWaiver, today: date) -> str:
    """What a waiver is worth on that day."""
    if given.revoked_at:
        return "revoked"
    return "standing" if given.waiver.holds_on(today) else "expired"


def receipt_data(receipt: Receipt) -> dict[str, Any]:
    """A receipt in `hoso receipts`; a name that is not UTF-8 comes as hex too."""
    data = {
        "intake_id": receipt.intake_id,
        "unit": receipt.unit,
        "path": receipt.path.decode("utf-8", "replace"),
        "sha256": receipt.sha256,
        "size": receipt.size,
        "outcome": receipt.outcome.value,
        "document": receipt.document,
        "reason": receipt.reason,
        "bundle": receipt.bundle.decode("utf-8", "replace") if receipt.bundle else None,
        "at": plain(receipt.at),
        "number": receipt.number,
    }
    try:
        receipt.path.decode("utf-8")
    except UnicodeDecodeError:
        data["path_hex"] = receipt.path.hex()
    return data


def document_data(known: KnownDocument) -> dict[str, Any]:
    """A document in `hoso docs list`."""
    found = known.recognition
    facts = found.facts if found and not known.secret else Facts()  # of a secret paper no more than that it is here
    return {
        "id": known.document.id,
        "unit": known.document.unit,
        "name": known.document.name,
        "folder": known.document.folder,
        "sha256": known.document.sha256,
        "filed_at": plain(known.document.filed_at),
        "version_of": known.document.version_of,
        "state": known.state.value,
        "format": known.format,
        "bundle": plain(known.bundle),
        "came_in": known.came_in,
        "kind": known.kind,
        "score": round(found.score, 3) if found else 0.0,
        "runner_up": found.runner_up if found else None,
        "hint": found.hint if found else None,
        "number": _value(facts.number),
        "code": _value(facts.code),
        "code_printed": _value(facts.code_printed),
        "title": _value(facts.title),
        "issued_on": _value(facts.issued_on),
        "issuer": _value(facts.issuer),
        "signer": _value(facts.signer),
        "role": _value(facts.role),
        "year": known.year,
        "period": plain(facts.period),
        "pages": known.pages,
        "source": known.source.value,
        "encoding": known.encoding,
        "confidence": known.confidence,
        "secret": known.secret,
        "signatures": [] if known.secret else plain(known.signatures),
        "decision": plain(known.document.decision),
        "findings": [plain(finding) for finding in known.findings],
    }


def _value(fact: Fact | None) -> str | None:
    return fact.value if fact else None
