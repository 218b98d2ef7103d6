"""What a person decides: kind, unit or year of a document, and waivers, beside what the machine found and the file
says. Each is checked before it is kept, can be taken back, and stays in the history."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from archive import audit, catalogue, people
from archive.config import Config
from archive.errors import HosoError, NotFound
from archive.i18n import gettext as _
from archive.people import GrantedWaiver
from archive.records import HANOI, Campaign, KnownDocument, Waiver
from inbox.recognition import decided_kind, made_with, recognised
from reports.data import waiver_state
from reports.questions import find_requirement, find_unit
from reports.words import day
from rules.model import RulePack
from rules.yamlfile import nearest

# --- documents -------------------------------------------------------------------------------------------------------


def decide(
    config: Config,
    campaign: Campaign,
    pack: RulePack,
    document: str,
    *,
    kind: str | None,
    unit: str | None,
    year: int | None,
    by: str,
    now: datetime,
) -> KnownDocument:
    """Keep a decision after checking that its words exist. Raises NotFound, HosoError when nothing is decided."""
    if kind is None and unit is None and year is None:
        raise HosoError(_("nothing is decided"), _("Give --kind, --unit or --year."))
    if kind is not None and kind not in pack.kinds:
        near = nearest(kind, pack.kinds)
        raise NotFound(
            _("there is no kind '{id}'").format(id=kind),
            _("Did you mean '{near}'?").format(near=near)
            if near
            else _("The kinds are: {kinds}").format(kinds=", ".join(pack.kinds)),
        )
    if unit is not None:
        find_unit(campaign, unit)
    known = catalogue.decide(document, kind=kind, unit=unit, year=year, by=by, now=now)
    audit.write_head(config.audit_head)
    return _seen_anew(known, pack)


def undecide(
    config: Config, pack: RulePack, document: str, names: Collection[str], *, by: str, now: datetime
) -> KnownDocument:
    """Take back what people decided about `names` (none: about everything); the machine's answer holds again. Raises
    NotFound where nothing of it was decided."""
    known = catalogue.document(document)
    decision = known.document.decision
    held = [name for name in people.DECIDABLE if decision and getattr(decision, name)]
    wanted = [name for name in held if not names or name in names]
    if not wanted or (names and len(wanted) < len(set(names))):
        told = ", ".join(held) or _("nothing")
        message = _("nobody has decided that about {name}; decided is: {held}")
        raise NotFound(
            message.format(name=known.document.name, held=told), _("Decisions are shown by: hoso docs list --json")
        )
    known = catalogue.undecide(known.document.id, wanted, by, now)
    audit.write_head(config.audit_head)
    return _seen_anew(known, pack)


def _seen_anew(known: KnownDocument, pack: RulePack) -> KnownDocument:
    """Facts are read and checks are made as the kind asks for that a person named: at once, so that the next answer
    rests on them even while no service runs."""
    document, version = known.document, made_with(pack)
    if document.id in catalogue.made_otherwise(version, document.campaign):
        reading = catalogue.reading(document.sha256)
        if reading is not None:
            found = recognised(document, reading, pack)
            catalogue.save_recognitions([(document.id, found)], version, {document.id: decided_kind(document)})
    return catalogue.document(document.id)


# --- waivers ---------------------------------------------------------------------------------------------------------


def add_waiver(config: Config, campaign: Campaign, pack: RulePack, waiver: Waiver, now: datetime) -> GrantedWaiver:
    """Excuse a unit from a requirement. It stands until it is revoked or its day has passed; loading the campaign file
    again does not touch it. Raises NotFound, HosoError where one stands already or its day has passed."""
    _check_names(campaign, pack, waiver)
    today = now.astimezone(HANOI).date()
    if waiver.until and waiver.until < today:
        raise HosoError(
            _("{day} has passed: such a waiver would excuse nothing").format(day=day(waiver.until)),
            _("Give a later day with --until, or none."),
        )
    standing = next((held for held in people.waiver_history(campaign.id) if _stands_for(held, waiver, today)), None)
    if standing:
        message = _("{unit} is excused from {requirement} already, by {by}: {why}")
        raise HosoError(
            message.format(
                unit=waiver.unit, requirement=waiver.requirement, by=standing.waiver.by, why=standing.waiver.why
            ),
            _("To change it, revoke it first: hoso waivers revoke {unit} {requirement} --by ... --why ...").format(
                unit=waiver.unit, requirement=waiver.requirement
            ),
        )
    catalogue.grant_waiver(campaign.id, waiver, now)
    audit.write_head(config.audit_head)
    return people.waiver_history(campaign.id)[-1]


def revoke_waiver(
    config: Config, campaign: Campaign, unit: str, requirement: str, *, by: str, why: str, now: datetime
) -> list[GrantedWaiver]:
    """Revoke the waiver of a requirement of a unit, whether the campaign file or a person gave it; loading the file
    again does not bring it back. Raises NotFound where none stands."""
    waived = Waiver(unit, requirement, "", by)
    revoked = catalogue.revoke_waiver(campaign.id, waived, by, why, now)
    if not revoked:
        raise NotFound(
            _("no waiver stands for {requirement} of {unit}").format(requirement=requirement, unit=unit),
            _("Waivers are listed by: hoso waivers list"),
        )
    audit.write_head(config.audit_head)
    return revoked


def _stands_for(held: GrantedWaiver, waiver: Waiver, today: date) -> bool:
    """Whether it excuses that unit from that requirement today."""
    same = (held.waiver.unit, held.waiver.requirement) == (waiver.unit, waiver.requirement)
    return same and waiver_state(held, today) == "standing"


def _check_names(campaign: Campaign, pack: RulePack, waiver: Waiver) -> None:
    unit = find_unit(campaign, waiver.unit)
    requirement = find_requirement(pack, waiver.requirement, unit)
    if unit.type not in requirement.unit_types:
        raise HosoError(
            _("{requirement} is not asked of {unit} at all").format(requirement=requirement.id, unit=unit.name),
            _("What is asked of it is listed by: hoso check {unit}").format(unit=unit.id),
        )
