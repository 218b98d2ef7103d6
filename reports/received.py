"""What a unit handed in, as its page lists it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath

from archive.records import Completeness, Document, KnownDocument, Outcome, Receipt, Signature
from reports.items import ocr_of
from reports.mending import newest_versions
from reports.names import shown
from reports.pages import Again, Badge, Item, Received, Version
from rules.model import RulePack
from validators.candidates import WAITING, doubtful, waits
from validators.scoring import by_name_alone


def received_of(
    documents: Sequence[KnownDocument], items: Sequence[Item], one: Completeness, pack: RulePack
) -> tuple[Received, ...]:
    """What we hold, newest first, older versions folded into the newest."""
    titles = {item.id: item.title for item in items}
    serves: dict[str, list[str]] = {}
    for verdict in one.verdicts:
        for document in verdict.documents:
            serves.setdefault(document, []).append(titles[verdict.requirement])
    held = [
        _one(newest, older, serves, pack) for newest, older in newest_versions(documents)
    ]  # fmt: skip
    return tuple(sorted(held, key=lambda received: received.filed_at, reverse=True))


def _one(
    known: KnownDocument, older: Sequence[KnownDocument], serves: Mapping[str, Sequence[str]], pack: RulePack
) -> Received:
    document, facts = known.document, known.recognition.facts if known.recognition else None
    # Of a secret paper nothing but its name is shown; of a blurred scan nothing that may be misread.
    told = facts if facts and not known.secret and not doubtful(known) else None
    kind = _kind(known, pack)
    return Received(
        name=shown(document.name),
        folder=shown(document.folder),
        kind=kind,
        code=shown(told.code.value) if told and told.code else "",
        issued_on=date.fromisoformat(told.issued_on.value) if told and told.issued_on else None,
        year=known.year if kind else None,
        state=known.state.value,
        secret=known.secret,
        by_person=bool(document.decision and document.decision.kind),
        filed_at=document.filed_at,
        size=document.size,
        badges=() if known.secret else _badges(known),
        serves=tuple(dict.fromkeys(title for each in (known, *older) for title in serves.get(each.document.id, ()))),
        older=tuple(Version(each.document.filed_at, each.document.size) for each in older),
        members=known.bundle.members if known.bundle else None,
        bundle=shown(known.came_in),
        ocr=None if known.secret else ocr_of(known),
        waits=waits(known),
        signatures=tuple(replace(s, signer=shown(s.signer)) for s in signatures_to_tell(known)),
        rival=_rival(known, pack) if kind else "",
    )


def _kind(known: KnownDocument, pack: RulePack) -> str:
    """The title of its kind; nothing where it is secret, or cannot be relied on."""
    kind = pack.kinds.get(known.kind or "")
    return "" if known.secret or doubtful(known) else kind.title_vi if kind else known.kind or ""


def _rival(known: KnownDocument, pack: RulePack) -> str:
    """The other kind that its text speaks for as well, where its name alone decided between them."""
    found = known.recognition
    by_person = known.document.decision and known.document.decision.kind
    rival = pack.kinds.get(found.runner_up or "") if found and not by_person and by_name_alone(found) else None
    return rival.title_vi if rival else ""


def signatures_to_tell(known: KnownDocument) -> tuple[Signature, ...]:
    """Its digital signatures, without those that a finding tells of already; none of a secret paper."""
    told = any(finding.code == "signature-changed" for finding in known.findings)
    return () if known.secret else tuple(s for s in known.signatures if (s.intact and s.whole) or not told)


def _badges(known: KnownDocument) -> tuple[Badge, ...]:
    hidden = {WAITING}  # nothing for anybody to do: the page says it in passing
    if known.kind and not doubtful(known):
        hidden.add("low-confidence")  # a person has looked
    return tuple(
        Badge(finding.severity.value, finding.message, finding.remedy, finding.page)
        for finding in known.findings
        if finding.code not in hidden
    )


def came_again(receipts: Iterable[Receipt], documents: Iterable[KnownDocument]) -> tuple[Again, ...]:
    """Deliveries whose bytes were already here."""
    first = {known.document.id: known.document for known in documents}
    return tuple(_again(receipt, first.get(receipt.document or "")) for receipt in receipts
                 if receipt.outcome is Outcome.DUPLICATE)  # fmt: skip


def _again(receipt: Receipt, first: Document | None) -> Again:
    name = shown(PurePosixPath(receipt.path.decode("utf-8", "replace")).name)
    return Again(name, receipt.at, first.filed_at if first else None, shown(first.name) if first else "")
