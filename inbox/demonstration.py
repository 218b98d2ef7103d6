"""`hoso demo`: the whole line on sample dossiers, in a home of its own, as a newcomer meets it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from archive import catalogue
from archive.errors import HosoError
from archive.home import create
from archive.i18n import gettext as _
from archive.searching import Searcher
from inbox.demo.make import make_demo
from inbox.service import Service
from inbox.setup import load_campaign_file
from reports.console import check_text
from reports.data import unit_data
from reports.questions import Question, ask
from reports.search import Names, kind_titles, search_text
from rules.loader import find_pack

SETTLE = 1.0  # the demo's files are whole when they are dropped
FIRST_VISIT = timedelta(days=2)  # from today, so that the pages show deadlines that are near


def run_demo(home: Path, *, once: bool, today: date, say: Callable[[str], None]) -> dict[str, Any]:
    """Set up, take in, print completeness and searches; then watch, unless `once`. Visits begin two days after `today`.
    Data for `--json`.

    Raises HosoError when the home holds somebody's real archive."""
    config, _new = create(home)
    samples = home / "demo"
    already = _dropped_before(samples)
    demo = make_demo(samples, visit_from=today + FIRST_VISIT)
    load_campaign_file(config, demo.campaign_file, datetime.now(UTC))
    if not already:
        say(_("Dropping {n} sample files into {inbox} ...").format(n=len(demo.files), inbox=config.inbox))
        shutil.copytree(samples / "inbox", config.inbox, dirs_exist_ok=True, symlinks=True)
    campaign = catalogue.current_campaign()
    if campaign is None:  # cannot be: it was loaded just now
        raise HosoError(_("no campaign is loaded"))
    pack = find_pack(campaign.pack)
    with Service(config, pack, settle=SETTLE) as service:
        scanned = service.until_idle()
        units = ask(Question(today), campaign, pack, catalogue.known_documents())
        say("\n" + check_text(campaign, units, today, detailed=False))
        with Searcher(config) as searcher:
            answers = [searcher.find(query, limit=3) for query in demo.searches]
        names = Names(catalogue.unit_names(), kind_titles(pack))
        for answer in answers:
            say("\n" + search_text(answer | {"next": None}, names))
        say("\n" + _("Open {path} in a browser.").format(path=config.inbox / "_TINH-TRANG.html"))
        if not once:
            say(_("Watching {inbox}: drop a file into a unit's folder. Stop with Ctrl-C.").format(inbox=config.inbox))
            service.watch()
    return {"home": str(home), "scan": scanned, "units": [unit_data(unit) for unit in units], "searches": answers}


def _dropped_before(samples: Path) -> bool:
    """Whether the demo was dropped into this home before. Raises HosoError when something else lives here."""
    if catalogue.current_campaign() is not None and not samples.is_dir():
        raise HosoError(
            _("this home holds a real archive, not the demo"), _("Choose another folder: ./run demo --home DIR")
        )
    return catalogue.count_documents() > 0
