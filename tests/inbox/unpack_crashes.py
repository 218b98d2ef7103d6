"""Unpacks one bundle in child processes that kill themselves with SIGKILL at named points; a program of its own.

Reads [[home, [[point, hit], ..., null]], ...] as JSON from stdin; each run is a child, the one with null runs to the
end. Writes, per home, how each child ended: its signal as a negative number, or its exit code. The worker is played by
a call: that a killed service takes its workers along is tested with the sandbox.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from archive.readers.sandbox import Job
from tests.inbox.bench import child, killing_at


class _InPlace:
    """A sandbox that does its jobs here."""

    def __init__(self, limits: Any, *_more: object, **_options: object) -> None:
        self._limits = limits

    def __enter__(self) -> _InPlace:
        return self

    def __exit__(self, *_details: object) -> None: ...

    def run(self, jobs: list[Job[Any]]) -> Iterator[tuple[str, Any]]:
        for job in jobs:
            yield job.key, job.work(job.path, self._limits)


def run(home: Path, crash: list[Any] | None) -> None:
    """Unpack everything there is, or die on the way."""
    from archive import database
    from archive.config import Config
    from archive.store import BlobStore, no_checkpoint
    from inbox import unpack

    unpack.Sandbox = _InPlace  # type: ignore[misc,assignment]
    database.use(home / "catalogue.sqlite3")
    checkpoint = killing_at(*crash) if crash else no_checkpoint
    config = Config(home=home, inbox=home / "inbox")
    store = BlobStore(config.blobs, checkpoint)
    store.sweep()
    unpacker = unpack.Unpacker(config, store, checkpoint)
    while unpacker.step():
        pass


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "web.settings"
    import django

    django.setup()
    homes = json.load(sys.stdin)
    json.dump([[child(partial(run, Path(home), crash)) for crash in crashes] for home, crashes in homes], sys.stdout)


if __name__ == "__main__":
    main()
