"""A home is made once, by whoever may; what is in it is nobody else's to read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from archive import audit, database, models
from archive.config import Config
from archive.home import create
from archive.searching import rebuild_index
from archive.verify import audit_ok


def test_papers_and_their_texts_are_for_this_account_alone(config: Config) -> None:
    rebuild_index(config)
    for path in (config.blobs, config.claim, config.index, config.log, config.catalogue):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path
    for path in config.home.glob("catalogue.sqlite3-*"):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(config.inbox.stat().st_mode) == 0o777 & ~mask, "the clerks' folder is for the administrator"


def test_making_it_again_changes_nothing(config: Config) -> None:
    head = audit.head()
    _config, new = create(config.home)
    assert (new, audit.head()) == (False, head)


def test_a_home_that_was_half_made_is_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(audit, "append", cut)
        with pytest.raises(KeyboardInterrupt):
            create(tmp_path)
    config, _new = create(tmp_path)
    assert models.Audit.objects.count() == 1
    assert audit_ok(config.audit_head)
    database.close()


def test_an_emptied_log_is_not_taken_for_a_new_one(config: Config) -> None:
    models.Audit.objects.all().delete()
    create(config.home)
    assert not audit_ok(config.audit_head)
