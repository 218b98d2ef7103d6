"""Campaigns with their units, teams, visits and waivers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from archive import audit, models, past, people
from archive.errors import NotFound
from archive.i18n import gettext as _
from archive.records import (
    BasisPaper,
    Calendar,
    Campaign,
    MassOrganisation,
    Period,
    Team,
    Unit,
    UnitType,
    Visit,
    Waiver,
    plain,
)

CAMPAIGN_LOADED, CAMPAIGN_KEPT = "campaign-loaded", "campaign-kept"


@dataclass(frozen=True, slots=True)
class Changes:
    """What a second load of a campaign file changed, by the ids of the things. `withdrawn` are unit and
    requirement of the waivers of the file that a person revoked by hand: they stay revoked."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    withdrawn: tuple[str, ...] = ()


def _unit_values(unit: Unit, position: int) -> dict[str, Any]:
    return {
        "name": unit.name,
        "type": unit.type.value,
        "parent": unit.parent,
        "members": unit.members,
        "exempt": unit.exempt,
        "host": unit.host,
        "mass_orgs": [[org.id, org.name] for org in unit.mass_orgs],
        "has_ubkt": unit.has_ubkt,
        "proposed_level": unit.proposed_level,
        "position": position,
        "active": True,
    }


def save_campaign(campaign: Campaign, now: datetime, by: str) -> Changes:
    """Make the catalogue's campaign what the file says, in one transaction; loading it again changes nothing. Waivers
    that a command added or revoked stay as they are (see `people.follow_file`)."""
    with transaction.atomic():
        current, before = current_row(), _facts_of(campaign.id)
        _note_former(campaign.id, now)
        # The one loaded last is the current one, even where the clock was set back in between.
        loaded_at = max(now, current.loaded_at + timedelta(microseconds=1)) if current else now
        row, _created = models.Campaign.objects.update_or_create(
            id=campaign.id,
            defaults={
                "title": campaign.title,
                "year": campaign.year,
                "pack": campaign.pack,
                "basis": plain(campaign.basis),
                "period": plain(campaign.period),
                "calendar": plain(campaign.calendar) if campaign.calendar != Calendar() else {},
                "loaded_at": loaded_at,
            },
        )
        _save_people(row, campaign)
        withdrawn = people.follow_file(row, campaign.waivers, now)
        after = _facts_of(campaign.id)
        changes = _difference(before, after, withdrawn)
        if before != after or current != row:  # an older campaign that is loaded again becomes the current one
            values = {key: after[key] for key in (*changes.added, *changes.changed)}
            told = {name: plain(getattr(changes, name)) for name in ("added", "changed", "removed")}
            content = past.note_campaign(_campaign(row), loaded_at)
            detail = {**told, "values": values, "state": state_of(campaign.id), "content": content}
            audit.append([audit.Entry(by, CAMPAIGN_LOADED, campaign.id, detail)], now)
    return changes


def _note_former(campaign: str, now: datetime) -> None:
    """Keep what an earlier version of hoso loaded and kept nothing of, before it is changed."""
    row = models.Campaign.objects.filter(pk=campaign).first()
    if row and not past.is_noted(campaign):
        content = past.note_campaign(_campaign(row), row.loaded_at)
        audit.append([audit.Entry(audit.SYSTEM, CAMPAIGN_KEPT, campaign, {"content": content})], now)


def _save_people(row: models.Campaign, campaign: Campaign) -> None:
    models.Team.objects.filter(campaign=row).exclude(slug__in=[team.id for team in campaign.teams]).delete()
    for team in campaign.teams:
        models.Team.objects.update_or_create(campaign=row, slug=team.id, defaults={"name": team.name})
    models.Unit.objects.filter(campaign=row).exclude(slug__in=[u.id for u in campaign.units]).update(active=False)
    for position, unit in enumerate(campaign.units):
        models.Unit.objects.update_or_create(campaign=row, slug=unit.id, defaults=_unit_values(unit, position))
    models.Visit.objects.filter(campaign=row).exclude(unit__in=[v.unit for v in campaign.visits]).delete()
    for visit in campaign.visits:
        values = {"team": visit.team, "on": visit.on}
        models.Visit.objects.update_or_create(campaign=row, unit=visit.unit, defaults=values)


def _facts_of(campaign: str) -> dict[str, Any]:
    """Everything of a campaign that a load may change, JSON-ready, keyed by readable ids."""
    facts: dict[str, Any] = {}
    for row in models.Campaign.objects.filter(pk=campaign):
        told = {"title": row.title, "year": row.year, "pack": row.pack, "basis": row.basis}
        # Left out where there are none: digests in the audit log are older than these two.
        more = {"period": row.period, "calendar": row.calendar}
        facts[f"campaign {row.pk}"] = told | {name: value for name, value in more.items() if value}
    for team in models.Team.objects.filter(campaign=campaign):
        facts[f"team {team.slug}"] = team.name
    for unit in models.Unit.objects.filter(campaign=campaign, active=True):
        facts[f"unit {unit.slug}"] = _unit_values(_unit(unit), unit.position)
    for visit in models.Visit.objects.filter(campaign=campaign):
        facts[f"visit {visit.unit}"] = [visit.team, plain(visit.on)]
    for waiver in models.Waiver.objects.filter(campaign=campaign, revoked_at=None).order_by("id"):
        values = [waiver.why, waiver.by, plain(waiver.until)]
        facts.setdefault(f"waiver {waiver.unit}/{waiver.requirement}", []).append(values)
    return facts


def state_of(campaign: str) -> str:
    """A digest of all that answers take from a campaign, waivers of the past too, for `verify`."""
    state = [_facts_of(campaign), people.waiver_state(campaign)]
    return audit.digest_of(state)


def _difference(before: dict[str, Any], after: dict[str, Any], withdrawn: Iterable[Waiver]) -> Changes:
    return Changes(
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(key for key in after.keys() & before.keys() if after[key] != before[key])),
        tuple(sorted(before.keys() - after.keys())),
        tuple(sorted(f"{waiver.unit}/{waiver.requirement}" for waiver in withdrawn)),
    )


def _unit(row: models.Unit) -> Unit:
    return Unit(
        row.slug, row.name, UnitType(row.type), row.parent, row.members, row.exempt, row.host,
        tuple(MassOrganisation(*org) for org in row.mass_orgs), row.has_ubkt, row.proposed_level,
    )  # fmt: skip


def current_row() -> models.Campaign | None:
    """The campaign that was loaded last."""
    return models.Campaign.objects.order_by("-loaded_at").first()


def current_campaign(known_at: datetime | None = None) -> Campaign | None:
    """The campaign loaded last, with the waivers that stand now; with `known_at` as both were at that moment. None
    before the first."""
    then = past.campaign_at(known_at) if known_at is not None else None
    if then is None:
        row = current_row()
        then = _campaign(row) if row else None
    return replace(then, waivers=people.waivers(then.id, known_at)) if then else None


def campaign(campaign_id: str) -> Campaign:
    """The campaign of that id as it is now, the current one or an earlier one. Raises NotFound."""
    row = models.Campaign.objects.filter(pk=campaign_id).first()
    if row is None:
        known = ", ".join(models.Campaign.objects.order_by("-loaded_at").values_list("pk", flat=True))
        hint = _("Campaigns that were loaded: {ids}").format(ids=known or "-")
        raise NotFound(_("there is no campaign '{id}'").format(id=campaign_id), hint)
    return replace(_campaign(row), waivers=people.waivers(row.pk))


def _campaign(row: models.Campaign) -> Campaign:
    """The campaign of that row, without its waivers."""
    return Campaign(
        row.id,
        row.title,
        row.year,
        row.pack,
        tuple(
            BasisPaper(paper["code"], date.fromisoformat(paper["on"]) if paper["on"] else None, paper["title"])
            for paper in row.basis
        ),
        tuple(Team(team.slug, team.name) for team in models.Team.objects.filter(campaign=row).order_by("slug")),
        tuple(_unit(unit) for unit in models.Unit.objects.filter(campaign=row, active=True).order_by("position")),
        tuple(Visit(visit.unit, visit.team, visit.on) for visit in models.Visit.objects.filter(campaign=row)),
        period=Period(**row.period) if row.period else None,
        calendar=Calendar(*(tuple(map(date.fromisoformat, row.calendar.get(name, ()))) for name in ("working", "off"))),
    )


def unit_names() -> dict[str, str]:
    """The units of the current campaign, id and name."""
    units = models.Unit.objects.filter(campaign=current_row(), active=True)
    return dict(units.order_by("position").values_list("slug", "name"))


def grant_waiver(campaign_id: str, waiver: Waiver, now: datetime) -> None:
    """Keep a waiver that a person gives, in the log."""
    with transaction.atomic():
        people.grant(campaign_id, waiver, now)
        _log_waiver(people.WAIVED, campaign_id, waiver, waiver.by, plain(waiver), now)


def revoke_waiver(campaign_id: str, waived: Waiver, by: str, why: str, now: datetime) -> list[people.GrantedWaiver]:
    """Revoke every waiver that stands for that unit's requirement, in the log; those that were. Rows stay."""
    with transaction.atomic():
        revoked = people.revoke(campaign_id, waived.unit, waived.requirement, by, why, now)
        if revoked:
            _log_waiver(people.WAIVER_REVOKED, campaign_id, waived, by, {"why": why, "waivers": len(revoked)}, now)
    return revoked


def _log_waiver(action: str, campaign_id: str, waiver: Waiver, by: str, detail: dict[str, Any], now: datetime) -> None:
    subject = f"{waiver.unit}/{waiver.requirement}"
    detail = {**detail, "campaign": campaign_id, "state": state_of(campaign_id)}
    audit.append([audit.Entry(by, action, subject, detail)], now)
