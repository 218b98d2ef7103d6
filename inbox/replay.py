"""A season's stored dossiers judged by other rules, before these are adopted: nothing is stored."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from archive import catalogue
from archive.records import Campaign
from inbox.past import seen_under, to_see_again
from inbox.rules_used import rules_at
from reports.questions import by_unit
from rules.model import RulePack
from validators.completeness import assess_all
from validators.replaying import Difference, differences


@dataclass(frozen=True, slots=True)
class Replay:
    """What other rules would change. `old` are the rules that the campaign was judged by last; `recognised_again` how
    many papers had to be recognised anew because words of kinds differ; `summary` counts verdicts as "old -> new"."""

    campaign: Campaign
    as_of: date
    old: RulePack
    new: RulePack
    units: int
    verdicts: int
    documents: int
    recognised_again: int
    differences: tuple[Difference, ...]

    @property
    def summary(self) -> dict[str, int]:
        """How many verdicts went from what to what; "-" where a requirement is new or dropped."""
        changed = (item for item in self.differences if item.verdict_changed)
        words = ((item.old.verdict.value if item.old else "-", item.new.verdict.value if item.new else "-")
                 for item in changed)  # fmt: skip
        return dict(sorted(Counter(f"{old} -> {new}" for old, new in words).items()))


def replay(campaign_id: str | None, new: RulePack, as_of: date | None, now: datetime, today: date) -> Replay:
    """Judge a campaign's dossiers (None: the current one's) by the rules that it was judged by last and by `new`, with
    everything filed, decided and waived so far. Without `as_of` on the day of its last visit, or today where that is
    still ahead. Raises NotFound, BadConfiguration."""
    current = catalogue.current_campaign() if campaign_id is None else None
    campaign = current or catalogue.campaign(campaign_id or "")
    day = as_of or min([today, max((visit.on for visit in campaign.visits), default=today)])
    old = rules_at(campaign, now)
    stored = catalogue.known_documents(None, None, campaign.id)
    again = [to_see_again(pack, stored, campaign.id) for pack in (old, new)]
    before = by_unit(seen_under(old, stored, again[0]))
    after = by_unit(seen_under(new, stored, again[1])) if any(again) else before
    answers = [assess_all(campaign, seen, pack, day) for seen, pack in ((before, old), (after, new))]
    found = differences(answers[0], answers[1], (old, new), (before, after))
    verdicts = sum(len(one.verdicts) for one in answers[1])
    return Replay(
        campaign, day, old, new, len(answers[1]), verdicts, len(stored), len(again[0] | again[1]), tuple(found)
    )  # fmt: skip
