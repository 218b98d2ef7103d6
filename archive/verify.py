"""Fixity: is everything that was taken still held, unchanged, and does the catalogue still say so?"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from archive import audit, catalogue, database
from archive.config import Config
from archive.errors import DependencyMissing, IntegrityFailure
from archive.i18n import gettext as _
from archive.search.ports import IndexDamaged
from archive.search.table import open_index
from archive.store import BlobStore

SAMPLE = 2000  # blobs that are hashed again without --full; the others are only looked for


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of `hoso verify`, in the words of contract.md; `hashed` says how many blobs were hashed again."""

    blobs: int
    hashed: int
    bad: tuple[str, ...]
    missing: tuple[str, ...]
    orphans: tuple[str, ...]
    rows: tuple[str, ...]
    audit_ok: bool
    index_matches: bool

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong. Orphans harm nobody: they are bytes without a receipt, as after a crash."""
        return not (self.bad or self.missing or self.rows) and self.audit_ok and self.index_matches


def verify(
    config: Config, store: BlobStore, *, full: bool, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> Verification:
    """Hash the blobs (all with `full`, else a random sample), and compare catalogue, audit chain and index. Others may
    go on writing: what comes meanwhile is no error."""
    wanted = catalogue.digests()  # before the blobs, which come before their rows
    held = set(store.digests())
    present = sorted(held & wanted)
    checked = present if full or len(present) <= SAMPLE else random.sample(present, SAMPLE)
    bad = []
    for done, sha256 in enumerate(checked, start=1):
        if not store.check(sha256):
            bad.append(sha256)
        progress(done, len(checked))
    matches = index_matches(config)
    intact = audit_ok(config.audit_head)
    with database.snapshot():
        rows = catalogue.wrong_rows()
    if full:
        rows += _database_errors()
    return Verification(
        blobs=len(held),
        hashed=len(checked),
        bad=tuple(sorted(bad)),
        missing=tuple(sorted(wanted - held)),
        orphans=tuple(sorted(held - wanted)),
        rows=tuple(rows),
        audit_ok=intact,
        index_matches=matches,
    )


def audit_ok(head_file: Path) -> bool:
    """Whether every link holds and the chain still has the head that is kept outside the database."""
    try:
        known = audit.read_head(head_file)
    except IntegrityFailure:
        return False
    return known is not None and audit.head_holds(known) and not audit.broken_links()


def index_matches(config: Config) -> bool:
    """Whether the index holds every document that is marked as indexed and may be found, and none that is unknown, or
    marked and not to be found. A document without a mark is still to be worked on: it may be in the index or not."""
    marked = catalogue.indexed_ids()  # before the index, which is written before the marks
    wanted = marked & catalogue.searchable_ids()
    if not wanted and not any(config.index.glob("*")):
        return True
    try:
        index = open_index(config.index, config.engine)
        try:
            state, there = index.check(), set(index.documents())
        finally:
            index.close()
    except (IndexDamaged, DependencyMissing, PermissionError):
        return False
    return state == "ok" and wanted <= there and there <= catalogue.searchable_ids() | (there - marked)


def _database_errors() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        found = [str(row[0]) for row in cursor.fetchall()]
    return [] if found == ["ok"] else [_("database: {error}").format(error=error) for error in found]
