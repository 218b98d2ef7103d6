"""The rules that a campaign is judged by: kept in the catalogue as soon as any answer is given by them, so that the
answer can be given again when the pack's file has been changed or is gone."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import DatabaseError

from archive import audit, past
from archive.config import Config
from archive.errors import BadConfiguration
from archive.past import KeptPack
from archive.records import Campaign
from rules.loader import find_pack, pack_files, pack_from_text
from rules.model import RulePack


def rules_of(config: Config, campaign: Campaign, now: datetime) -> RulePack:
    """The campaign's rules as its pack's file says today; they are kept. Raises BadConfiguration."""
    pack = find_pack(campaign.pack)
    keep_rules(config, campaign, pack, now)
    return pack


def keep_rules(config: Config, campaign: Campaign, pack: RulePack, now: datetime) -> None:
    """Keep the rules that answers are given by from now on, unless they are the same as before. Who may only read the
    catalogue gets an answer all the same."""
    if past.pack_in_use(campaign.id) == pack.sha256:
        return
    files = tuple((path.name, path.read_bytes()) for path in pack_files(campaign.pack))
    if hashlib.sha256(b"".join(content for _name, content in files)).hexdigest() != pack.sha256:
        return  # changed this very moment: whoever answers next keeps it
    try:
        noted = past.note_pack(campaign.id, KeptPack(pack.sha256, files), now)
    except DatabaseError:
        return
    if noted:
        audit.write_head(config.audit_head)


def rules_at(campaign: Campaign, moment: datetime) -> RulePack:
    """The rules that answers were given by at that moment, whatever became of the file since. Raises
    BadConfiguration."""
    kept = past.pack_at(campaign.id, moment)
    if kept is None:
        return find_pack(campaign.pack)
    try:
        today = find_pack(campaign.pack)
    except BadConfiguration:
        today = None
    return today if today and today.sha256 == kept.sha256 else _as_it_was(kept)


def _as_it_was(kept: KeptPack) -> RulePack:
    """The pack out of its kept files alone: what lies on the disk, or comes with hoso, today is not looked at."""
    (name, own), *bases = ((name, content.decode("utf-8")) for name, content in kept.files)
    return pack_from_text(own, name, bases)
