"""Loading a campaign: the file is checked whole, then the catalogue and the folders of the units follow it."""

from __future__ import annotations

import getpass
from datetime import datetime
from pathlib import Path
from typing import Any

from archive import audit, catalogue
from archive.config import Config
from archive.i18n import gettext as _
from archive.records import Campaign, plain
from rules.campaign import load_campaign
from rules.loader import find_pack


def load_campaign_file(config: Config, path: Path, now: datetime) -> tuple[dict[str, Any], str]:
    """Load a campaign file; data and text of the answer. Raises BadConfiguration, and then nothing has changed."""
    campaign = load_campaign(path, find_pack)
    changes = catalogue.save_campaign(campaign, now, _account())
    audit.write_head(config.audit_head)
    folders = make_folders(config.inbox, campaign)
    data = {
        "campaign": campaign.id,
        "units": len(campaign.units),
        "teams": len(campaign.teams),
        "visits": len(campaign.visits),
        "waivers": len(campaign.waivers),
        "changed": plain(changes),
        "folders_made": folders,
    }
    words = _("{title}: {units} units, {teams} teams, {visits} visits.").format(title=campaign.title, **data)
    count = len(changes.added) + len(changes.changed) + len(changes.removed)
    return data, words + "\n" + (_("{n} things changed.").format(n=count) if count else _("Nothing changed."))


def make_folders(inbox: Path, campaign: Campaign) -> int:
    """Make the units' folders where they lack, so that clerks find where to put things; how many were made. A share
    that is not there now gets them at the next load."""
    parents = {unit.id: unit.parent for unit in campaign.units}
    made = 0
    for unit in campaign.units:
        parts = [unit.id]
        while parent := parents.get(parts[0]):
            parts.insert(0, parent)
        folder = inbox.joinpath(*parts)
        if inbox.is_dir() and not folder.exists():
            folder.mkdir(parents=True, exist_ok=True)
            made += 1
    return made


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return "?"
