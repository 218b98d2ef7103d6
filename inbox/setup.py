"""Loading a campaign: the file is checked whole, then the catalogue and the folders of the units follow it."""

from __future__ import annotations

import getpass
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from archive import audit, catalogue
from archive.config import Config
from archive.i18n import gettext as _
from archive.records import Campaign
from inbox.answer_folder import opened
from inbox.rules_used import rules_of
from reports.names import unit_folder
from rules.campaign import load_campaign
from rules.loader import find_pack

SHOWN = 10  # of what is new, and of what is other than before, this many are listed


def load_campaign_file(config: Config, path: Path, now: datetime) -> tuple[dict[str, Any], str]:
    """Load a campaign file; data and text of the answer. Raises BadConfiguration, and then nothing has changed."""
    campaign = load_campaign(path, find_pack)
    changes = catalogue.save_campaign(campaign, now, account())
    rules_of(config, campaign, now)
    audit.write_head(config.audit_head)
    folders = make_folders(config.inbox, campaign)
    data = {
        "campaign": campaign.id,
        "units": len(campaign.units),
        "teams": len(campaign.teams),
        "visits": len(campaign.visits),
        "waivers": len(campaign.waivers),
        "changed": {name: list(getattr(changes, name)) for name in ("added", "changed", "removed")},
        "withdrawn": list(changes.withdrawn),
        "folders_made": folders,
    }
    words = _("{title}: {units} units, {teams} teams, {visits} visits.").format(title=campaign.title, **data)
    count = len(changes.added) + len(changes.changed) + len(changes.removed)
    told = _("{n} things changed.").format(n=count) if count else _("Nothing changed.")
    return data, "\n".join([words, told, *_listed(changes)])


def _listed(changes: catalogue.Changes) -> list[str]:
    """What changed, a line each; of what is new or other only the first, of what is gone everything."""
    names = {
        "campaign": _("campaign"),
        "team": _("team"),
        "unit": _("unit"),
        "visit": _("visit"),
        "waiver": _("waiver"),
    }
    lines = []
    for mark, entries in (("+", changes.added[:SHOWN]), ("~", changes.changed[:SHOWN]), ("-", changes.removed)):
        for entry in entries:
            what, space, which = entry.partition(" ")
            lines.append(f"  {mark} {names.get(what, what)}{space}{which}")
    return lines


def make_folders(inbox: Path, campaign: Campaign) -> int:
    """Make the units' folders where they lack, so that clerks find where to put things; how many were made. What cannot
    be made now (a share that is away or read-only) is made when the unit is first answered."""
    units = {unit.id: unit for unit in campaign.units}
    made = 0
    for unit in units:
        folder = unit_folder(units, unit)
        if not (inbox / folder).exists():
            with suppress(OSError), opened(inbox, folder, create=True):
                made += 1
    return made


def account() -> str:
    """The name of the account that runs this."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return "?"
