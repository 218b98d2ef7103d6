"""What campaigns and their rules were at any moment: the campaign file's content and the rule pack's very bytes.

Kept so that an answer of the past can be given again, although the campaign was loaded anew since and the pack's file
was changed or is gone. Rows are only ever added; each is in the audit log.
"""

from __future__ import annotations

import hashlib
import types
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from django.db import transaction

from archive import audit, models
from archive.records import Campaign, plain

RULES_USED = "rules-used"

# --- campaigns -------------------------------------------------------------------------------------------------------


def note_campaign(campaign: Campaign, at: datetime) -> str:
    """Keep what the campaign is from `at` on; the digest of it, for the log. Must be called inside a transaction."""
    content = plain(replace(campaign, waivers=()))
    models.CampaignState.objects.create(campaign_id=campaign.id, at=at, content=content)
    return audit.digest_of(content)


def is_noted(campaign: str) -> bool:
    """Whether anything is kept of this campaign: nothing is of one that an earlier version of hoso loaded."""
    return models.CampaignState.objects.filter(campaign=campaign).exists()


def campaign_at(moment: datetime) -> Campaign | None:
    """The campaign that was current at that moment, as it was then, without its waivers; before the first the first
    one. None where nothing was ever kept."""
    states = models.CampaignState.objects
    row = states.filter(at__lte=moment).order_by("-at", "-id").first() or states.order_by("at", "id").first()
    return _revived(Campaign, row.content) if row else None


def _revived(kind: Any, data: Any) -> Any:
    """What `plain` made of a value of that type, as the value again."""
    origin, inner = get_origin(kind), get_args(kind)
    if data is None:
        return None
    if origin in (Union, types.UnionType):
        return _revived(next(item for item in inner if item is not types.NoneType), data)
    if origin is tuple:
        kinds = [inner[0]] * len(data) if inner[-1] is Ellipsis else inner
        return tuple(_revived(each, item) for each, item in zip(kinds, data, strict=True))
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: _revived(hints[name], value) for name, value in data.items() if name in hints})  # type: ignore[operator]
    if kind is date:
        return date.fromisoformat(data)
    return kind(data) if isinstance(kind, type) and issubclass(kind, Enum) else data


# --- rule packs ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KeptPack:
    """A rule pack as bytes: its digest as answers name it, and (name, content) of its file and of those it rests on."""

    sha256: str
    files: tuple[tuple[str, bytes], ...]


def pack_in_use(campaign: str) -> str | None:
    """The digest of the rules that the campaign was judged by last."""
    return models.PackUse.objects.filter(campaign=campaign).order_by("-id").values_list("sha256", flat=True).first()


def note_pack(campaign: str, pack: KeptPack, now: datetime) -> bool:
    """Keep that the campaign is judged by these rules from now on; False where it was already."""
    with transaction.atomic():
        if pack_in_use(campaign) == pack.sha256:
            return False
        files = [[name, hashlib.sha256(content).hexdigest()] for name, content in pack.files]
        for (_name, sha256), (_same, content) in zip(files, pack.files, strict=True):
            models.PackFile.objects.get_or_create(sha256=sha256, defaults={"content": content})
        models.PackUse.objects.create(campaign_id=campaign, at=now, sha256=pack.sha256, files=files)
        audit.append([audit.Entry(audit.SYSTEM, RULES_USED, campaign, {"sha256": pack.sha256, "files": files})], now)
    return True


def pack_at(campaign: str, moment: datetime) -> KeptPack | None:
    """The rules that the campaign was judged by at that moment; before the first the first ones. None where none were
    ever kept."""
    uses = models.PackUse.objects.filter(campaign=campaign)
    row = uses.filter(at__lte=moment).order_by("-id").first() or uses.order_by("id").first()
    if row is None:
        return None
    digests = [sha256 for _name, sha256 in row.files]
    contents = {file.sha256: bytes(file.content) for file in models.PackFile.objects.filter(pk__in=digests)}
    return KeptPack(row.sha256, tuple((name, contents[sha256]) for name, sha256 in row.files))


# --- for verify ------------------------------------------------------------------------------------------------------


def wrong_past(logged_campaigns: Sequence[str]) -> Iterator[str]:
    """Kept campaigns and rules that differ from what the audit log says of them. `logged_campaigns` are the digests of
    `note_campaign` in the log."""
    states = models.CampaignState.objects.order_by("id").values_list("pk", "content")
    held = {audit.digest_of(content): pk for pk, content in states}
    yield from (f"campaign as it was ({pk})" for digest, pk in held.items() if digest not in logged_campaigns)
    yield from ("a campaign as it was is gone" for digest in logged_campaigns if digest not in held)
    for file in models.PackFile.objects.all():
        if hashlib.sha256(bytes(file.content)).hexdigest() != file.sha256:
            yield f"rule pack {file.sha256}"
    yield from _wrong_uses()


def _wrong_uses() -> Iterator[str]:
    logged = {(row.subject, row.at): row.detail for row in audit.logged(RULES_USED)}
    known = set(models.PackFile.objects.values_list("pk", flat=True))
    for use in models.PackUse.objects.all():
        detail = {"sha256": use.sha256, "files": use.files}
        if logged.pop((use.campaign_id, use.at), None) != detail or {sha256 for _name, sha256 in use.files} - known:
            yield f"rules of campaign {use.campaign_id} from {plain(use.at)}"
    yield from (f"rules of campaign {campaign} from {plain(at)} are gone" for campaign, at in logged)
