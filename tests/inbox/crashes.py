"""Runs an inbox in child processes that kill themselves with SIGKILL at named points; a program of its own.

Reads scenarios as JSON from stdin: {"home": ..., "catalogue": true or false, "runs": [[point, hit], ..., null]}. Each
run is a child process; the one with null runs to the end. Writes, per scenario, how each child ended: its signal as a
negative number, or its exit code. Forking here, where there is one thread and no test framework, costs milliseconds.
"""

from __future__ import annotations

import json
import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

from archive.config import Config
from archive.store import BlobStore, no_checkpoint
from inbox.ledger import CatalogueLedger, Ledger
from inbox.loop import Inbox
from tests.inbox.bench import UNITS, SqliteLedger, child, killing_at


def run(home: Path, catalogue: bool, crash: list[Any] | None) -> None:
    """Take in everything there is, or die on the way."""
    ledger: Ledger
    if catalogue:
        from archive import database

        database.use(home / "catalogue.sqlite3")
        ledger = CatalogueLedger()
    else:
        ledger = SqliteLedger(home / "ledger.sqlite3", synchronous="FULL")
    checkpoint = killing_at(*crash) if crash else no_checkpoint
    config = Config(home=home, inbox=home / "inbox")
    inbox = Inbox(
        config,
        ledger,
        BlobStore(config.blobs, checkpoint),
        closes=lambda _handle: True,
        settle=0.0,
        checkpoint=checkpoint,
    )
    result = inbox.until_idle(lambda _seconds: False, quiet=0.0)
    if result.stuck:
        print(result.stuck, file=sys.stderr)
        raise SystemExit(3)


def make_catalogue(home: Path) -> None:
    """A home with a real catalogue that knows the units."""
    from datetime import UTC, datetime

    from archive import catalogue, database
    from archive.home import create
    from archive.records import Campaign

    create(home)
    campaign = Campaign("xl-2021", "Kiểm tra", 2021, "xep-loai-2021", units=tuple(UNITS.values()))
    catalogue.save_campaign(campaign, datetime(2021, 12, 1, tzinfo=UTC), "test")
    database.close()


def main() -> None:
    scenarios = json.load(sys.stdin)
    if any(scenario["catalogue"] for scenario in scenarios):
        os.environ["DJANGO_SETTINGS_MODULE"] = "web.settings"
        import django

        django.setup()
    if sys.argv[1:]:
        make_catalogue(Path(sys.argv[1]))
    ends = [[child(partial(run, Path(s["home"]), s["catalogue"], crash)) for crash in s["runs"]] for s in scenarios]
    json.dump(ends, sys.stdout)


if __name__ == "__main__":
    main()
