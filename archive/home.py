"""The home of one archive: made once, opened by every command."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from django.db import transaction

from archive import audit, database
from archive.config import Config, load
from archive.errors import HosoError, in_words
from archive.i18n import gettext as _
from archive.search.table import rebuild

PRIVATE = 0o700  # papers are for this account alone; the home itself may hold the inbox, which others must reach
EXAMPLE = """\
# Settings of this archive. Lines that begin with # are off; the values shown are the defaults.
# language = "vi"

[inbox]
# path = "inbox"                 # the shared folder; relative to this file's folder or absolute
# settle = 5                     # seconds a file must be at rest before it is taken
# network_settle = 30            # the same on a network drive
# scan_every = 10                # seconds between looks at the folder
# incomplete_after = "30 min"    # a file that does not close is then taken in as it is

[reading]
# workers = 2                    # isolated processes that read documents
# memory_mb = 2048               # what one of them may use
# seconds = 30                   # what one document may take, and half a second more for each page
# ocr_pages = 300                # pictures of pages of one document that are read by OCR
# bundle_mb = 2048               # what comes out of a ZIP, 7z or RAR, with all bundles inside it
"""


def create(home: Path) -> tuple[Config, bool]:
    """Make a home (True) or bring an existing one up to this version (False). Repeating it is harmless."""
    try:
        new = not (home / "catalogue.sqlite3").is_file()
        home.mkdir(parents=True, exist_ok=True)
        if not (home / "hoso.toml").exists():
            (home / "hoso.toml").write_text(EXAMPLE, encoding="utf-8")
        config = load(home)
        config.inbox.mkdir(parents=True, exist_ok=True)
        for folder in (config.blobs, config.claim, config.index, config.log):
            folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        config.catalogue.touch(mode=0o600)  # SQLite gives its other files the same rights
    except OSError as error:
        raise HosoError(
            _("{home} cannot be made: {error}").format(home=home, error=in_words(error)),
            _("Choose another folder with --home, or ask for the right to write there."),
        ) from error
    database.use(config.catalogue, create=True)
    if not any(config.index.iterdir()):
        rebuild(config.index, [], config.engine)
    with transaction.atomic():
        if not audit.head().seq:
            audit.append([audit.Entry("hoso", "home-made", home.name, {})], datetime.now(UTC))
    if not config.audit_head.exists():
        audit.write_head(config.audit_head)
    return config, new


def open_home(home: Path) -> Config:
    """The settings of an existing home, with its catalogue open. Raises NotInitialised, BadConfiguration."""
    config = load(home)
    database.use(config.catalogue)
    if not database.is_current():
        database.use(config.catalogue, create=True)
    return config
