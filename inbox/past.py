"""What an answer of the past rests on: the campaign, its rules and the documents as they were known at a moment.

What was read in a document is not kept for each moment: a scan whose text was recognised later counts as read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from archive import catalogue, people
from archive.errors import NotFound
from archive.i18n import gettext as _
from archive.records import Campaign, KnownDocument, Recognition
from inbox.recognition import decided_kind, made_with, recognise_all
from inbox.rules_used import rules_at
from reports.questions import folders_asked
from rules.model import RulePack


@dataclass(frozen=True, slots=True)
class Basis:
    """What an answer rests on."""

    campaign: Campaign
    pack: RulePack
    documents: list[KnownDocument]


def basis_at(moment: datetime, unit: str | None) -> Basis:
    """What was known of a unit (None: of all) at that moment: what was filed, decided, waived and loaded by then, and
    the rules of then. Raises NotFound before the first campaign or where there was no such unit, BadConfiguration."""
    campaign = catalogue.current_campaign(moment)
    if campaign is None:
        raise NotFound(_("no campaign is loaded"), _("Load one with: hoso campaign load FILE.yaml"))
    pack = rules_at(campaign, moment)
    documents = catalogue.known_documents(folders_asked(unit, campaign, pack), moment, campaign.id)
    again = to_see_again(pack, documents, campaign.id)
    return Basis(campaign, pack, seen_under(pack, documents, again))


def seen_under(pack: RulePack, documents: Sequence[KnownDocument], again: Collection[str]) -> list[KnownDocument]:
    """The documents as recognition sees them under these rules: those with the ids `again`, see
    `to_see_again`, are recognised anew; nothing is stored."""
    seen = _seen_again(pack, [known for known in documents if known.document.id in again])
    return [seen.get(known.document.id, known) for known in documents]


def to_see_again(pack: RulePack, documents: Iterable[KnownDocument], campaign: str) -> set[str]:
    """Ids of those whose stored recognition does not hold under these rules: made with other words, or after a
    person had decided otherwise about their kind."""
    other, standing = catalogue.made_otherwise(made_with(pack), campaign), people.decisions()
    now = {document: decision.kind for document, decision in standing.items()}
    return {
        known.document.id
        for known in documents
        if known.recognition
        and (known.document.id in other or decided_kind(known.document) != now.get(known.document.id))
    }


def _seen_again(pack: RulePack, documents: Sequence[KnownDocument]) -> dict[str, KnownDocument]:
    by_blob: dict[str, list[KnownDocument]] = {}
    for known in documents:
        by_blob.setdefault(known.document.sha256, []).append(known)
    work = [known for papers in by_blob.values() for known in papers]
    pairs = (
        (known.document, reading) for sha256, reading in catalogue.readings_of(by_blob) for known in by_blob[sha256]
    )
    found = recognise_all(pairs, pack, len(work))
    return {known.document.id: _with(known, found[known.document.id]) for known in work if known.document.id in found}


def _with(known: KnownDocument, recognition: Recognition) -> KnownDocument:
    beside = known.findings[len(known.recognition.findings) if known.recognition else 0 :]
    return replace(known, recognition=recognition, findings=(*recognition.findings, *beside))
