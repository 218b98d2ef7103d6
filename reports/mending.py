"""Which files a person must act on, and the notes and receipts that tell so: pure builders beside `reports.dossier`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import PurePosixPath

from archive.bundles import CODE as INCOMPLETE
from archive.records import (
    HANOI,
    Campaign,
    Completeness,
    Document,
    Finding,
    KnownDocument,
    Outcome,
    ReadingState,
    Receipt,
    Severity,
    Unit,
)
from archive.vietnamese import fold_words
from reports.names import owner, receipt_name, safe_names, shown, unit_folder
from reports.pages import Mend, NotePage, ReceiptPage
from validators.candidates import doubtful

_TOLD_DAYS = 7  # how long a stray whose content a unit holds already is told of
_TOGETHER = timedelta(seconds=1)  # dropped in one go, as far as the answer goes: the one is no mending of the other
_NEAR_ENOUGH = 0.7  # below this a suggested folder is more often wrong than right


def newest_versions(documents: Iterable[KnownDocument]) -> list[tuple[KnownDocument, list[KnownDocument]]]:
    """The newest version of each file with its older ones, newest first."""
    families: dict[str, list[KnownDocument]] = {}
    for known in documents:
        families.setdefault(known.document.version_of or known.document.id, []).append(known)
    for family in families.values():
        family.sort(key=lambda known: (known.document.filed_at, known.document.id), reverse=True)
    return [(family[0], family[1:]) for family in families.values()]


def mends_of(
    completeness: Completeness, documents: Sequence[KnownDocument], receipts: Sequence[Receipt]
) -> tuple[Mend, ...]:
    """What a unit must mend, oldest first. A newer version of the file, or a person's decision on it, settles it; that
    a file cannot be read, also one beside it that can, and has its name but for the ending."""
    strange = {
        near.document: near.message
        for verdict in completeness.verdicts
        for near in verdict.near_misses
        if "wrong-unit" in near.fails
    }
    refused = {r.document: r.reason for r in receipts if r.outcome is Outcome.QUARANTINED and r.document and r.reason}
    newest = [known for known, _older in newest_versions(documents)]
    readable = {_stem(known) for known in newest if known.state is ReadingState.READ and not doubtful(known)}
    found: list[Mend] = []
    for known in newest:
        decision = known.document.decision
        settled = (known.state is ReadingState.NOT_YET or doubtful(known)) and _stem(known) in readable
        if known.secret or not (settled or (decision and decision.kind)):
            found += _mends_of_one(known, strange.get(known.document.id), refused.get(known.document.id))
    return tuple(sorted(found, key=lambda mend: (mend.at, mend.key)))


def _stem(known: KnownDocument) -> tuple[str, str]:
    """Where a document lies, and its name without the ending."""
    return known.document.folder, fold_words(PurePosixPath(known.document.name).stem)


def _mends_of_one(known: KnownDocument, strange: str | None, refused: str | None) -> list[Mend]:
    errors = [finding for finding in known.findings if finding.severity is Severity.ERROR]
    code = _trouble(known) or refused
    if code:
        told = _told(known, code, errors)
        return [_mend(known, code, message=told.message if told else "", remedy=told.remedy if told else "")]
    kind = "not-yet" if known.state is ReadingState.NOT_YET else "finding"
    found = [
        _mend(known, kind, f"{known.document.id}:{finding.code}:{finding.page or 0}", finding.message,
              finding.remedy)
        for finding in errors
    ]  # fmt: skip
    if strange is not None:
        found.append(_mend(known, "wrong-unit", message=strange))
    return found


def _trouble(known: KnownDocument) -> str | None:
    """What keeps a document from being read or shown, if anything."""
    if known.secret:
        return "secret-mark"
    if any(finding.code == INCOMPLETE for finding in known.findings):
        return INCOMPLETE  # says more than that one of its files is locked
    if known.state is ReadingState.LOCKED:
        return "locked"
    if known.state is ReadingState.UNREADABLE:
        return "unreadable" if known.document.size else "empty"
    return None


def _told(known: KnownDocument, code: str, errors: Sequence[Finding]) -> Finding | None:
    """The finding that says more than the trouble does: damaged is not the same as asking for too much, and a bundle is
    opened in another way than a paper."""
    if code == INCOMPLETE:
        return next(finding for finding in known.findings if finding.code == INCOMPLETE)
    if errors and (code == "unreadable" or (code == "locked" and known.bundle)):
        return errors[0]
    return None


def _mend(known: KnownDocument, code: str, key: str = "", message: str = "", remedy: str = "") -> Mend:
    document = known.document
    path = str(PurePosixPath(document.folder) / document.name) if document.folder else document.name
    return Mend(
        key or document.id, shown(document.name), shown(path), code, document.filed_at, document.size, document.sha256,
        message, remedy, bundle=shown(known.came_in),
    )  # fmt: skip


def strays_of(
    nowhere: Sequence[Receipt], documents: Sequence[KnownDocument], units: Mapping[str, Unit], today: date
) -> tuple[Mend, ...]:
    """Files dropped outside every unit's folder, oldest first: one line per path and content. What came to some unit
    afterwards, or was given to one by a person, is settled. What a unit had handed in before is answered all the same,
    for `_TOLD_DAYS`: whoever dropped it looks for an answer."""
    homes = _homes(documents, units)
    secret = {known.document.id for known in documents if known.secret}
    found: dict[tuple[bytes, str], Mend] = {}
    for receipt in sorted(nowhere, key=lambda each: (each.at, each.intake_id)):
        home = homes.get(receipt.sha256)
        if home and (home[0] - receipt.at >= _TOGETHER or (today - _day(receipt)).days >= _TOLD_DAYS):
            continue
        mend = _stray(receipt, receipt.document in secret, units, home[1] if home else None)
        found.setdefault((receipt.path, receipt.sha256), mend)
    return tuple(found.values())


def _day(receipt: Receipt) -> date:
    return receipt.at.astimezone(HANOI).date()


def _homes(documents: Sequence[KnownDocument], units: Mapping[str, Unit]) -> dict[str, tuple[datetime, str]]:
    """Which contents a unit holds: when they last came to one or were given to it, and which that is."""
    homes: dict[str, tuple[datetime, str]] = {}
    for known in documents:
        document, decision = known.document, known.document.decision
        unit, at = document.unit, document.filed_at
        if decision and decision.unit:
            unit, at = decision.unit, decision.at
        if unit is not None and unit in units:
            homes[document.sha256] = max((at, unit), homes.get(document.sha256, (at, unit)))
    return homes


def _stray(receipt: Receipt, secret: bool, units: Mapping[str, Unit], home: str | None) -> Mend:
    path = shown(receipt.path)
    folder, slash, _rest = path.partition("/")
    code = "unknown-folder" if slash else "no-unit"
    if secret:
        code = "secret-mark"
    elif home:
        code = "held-by-unit"
    elif receipt.reason and receipt.reason != "no-unit":
        code = receipt.reason
    near = units.get(home) if home else nearest_unit(folder, units) if slash else None
    return Mend(
        receipt.intake_id, PurePosixPath(path).name, path, code, receipt.at, receipt.size, receipt.sha256,
        near=(str(unit_folder(units, near.id)), near.name) if near else None,
    )  # fmt: skip


def nearest_unit(folder: str, units: Mapping[str, Unit]) -> Unit | None:
    """The unit whose id or name is most like the name of a folder; None when none is like it."""
    wanted = fold_words(folder)

    def likeness(unit: Unit) -> float:
        return max(
            difflib.SequenceMatcher(None, wanted, fold_words(name)).ratio() for name in (unit.id, unit.name)
        )  # fmt: skip

    best = max(units.values(), key=likeness, default=None)
    return best if best and likeness(best) >= _NEAR_ENOUGH else None


def note_pages(unit_name: str, mends: Iterable[Mend]) -> tuple[NotePage, ...]:
    """The notes for `_CAN-SUA`, each with the safe name of its file; the oldest file of a name keeps the plain name."""
    told = list(mends)
    names = safe_names((mend.key, mend.name) for mend in told)
    return tuple(NotePage(names[mend.key], unit_name, mend) for mend in told)


def receipt_page(
    receipt: Receipt, *, campaign: Campaign, audit_head: str, document: Document | None = None
) -> ReceiptPage:
    """The receipt of one delivery; `document` is the one it was filed as, or, of a duplicate, the one that was here."""
    units = {unit.id: unit for unit in campaign.units}
    bundle, path = _parted(receipt)
    _whose, inside = owner(units, path)
    inner = PurePosixPath(shown(inside))
    unit = units.get(receipt.unit or "")
    first = document if receipt.outcome is Outcome.DUPLICATE else None
    mend = None
    if receipt.outcome is Outcome.QUARANTINED:
        mend = Mend(
            receipt.intake_id, inner.name, str(inner), receipt.reason or "unknown", receipt.at, receipt.size,
            receipt.sha256,
        )  # fmt: skip
    return ReceiptPage(
        file=receipt_name(receipt.at, receipt.number),
        number=receipt.number,
        intake_id=receipt.intake_id,
        unit=receipt.unit or "",
        unit_name=unit.name if unit else receipt.unit or "",
        campaign=campaign.title,
        name=inner.name,
        folder=str(inner.parent) if inner.parent != PurePosixPath(".") else "",
        at=receipt.at,
        size=receipt.size,
        sha256=receipt.sha256,
        outcome=receipt.outcome.value,
        mend=mend,
        first_at=first.filed_at if first else None,
        first_name=shown(first.name) if first else "",
        audit_head=audit_head,
        bundle=bundle,
    )


def _parted(receipt: Receipt) -> tuple[str, str]:
    """The name of the bundle that a file came in ("" for one that was dropped by itself), and the file's own path: that
    in the folder, or that in the bundle."""
    if receipt.bundle is None:
        return "", receipt.path.decode("utf-8", "replace")
    inner = receipt.path[len(receipt.bundle) :].removeprefix(b"!/")
    return shown(receipt.bundle.rpartition(b"/")[2]), inner.decode("utf-8", "replace")
