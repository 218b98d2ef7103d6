"""What a person decides about a document: kind, unit or year, beside what the machine found."""

from __future__ import annotations

from datetime import datetime

from archive import audit, catalogue
from archive.config import Config
from archive.errors import HosoError, NotFound
from archive.i18n import gettext as _
from archive.records import Campaign, KnownDocument
from reports.questions import find_unit
from rules.model import RulePack
from rules.yamlfile import nearest


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
    return known
