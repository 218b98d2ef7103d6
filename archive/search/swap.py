"""Keeping other writers out of an index, and putting a new index in the place of an old one."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import Locked
from archive.i18n import gettext as _


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Hold the only right to write an index; Locked where another process or thread holds it. The lock lies beside the
    folder, so that it outlives the folder's being replaced; a killed process lets go of it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder.with_name(f"{folder.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(descriptor)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        message = _("The search index is being written by another process.")
        raise Locked(message, _("Wait for it to finish, then try again.")) from None


def fresh_beside(folder: Path) -> Path:
    """An unused folder name beside an index, where its successor is built; what a killed rebuild left is removed."""
    for each in (_new(folder), _old(folder)):
        shutil.rmtree(each, ignore_errors=True)
    return _new(folder)


def is_left_beside(folder: Path) -> bool:
    """Whether an index was begun beside this one."""
    return _new(folder).exists()


def take_place(folder: Path) -> None:
    """Let the index built in `fresh_beside` become the index. Between the two renames there is none for a moment: a
    search then finds it missing and is answered from the catalogue."""
    if folder.exists():
        folder.rename(_old(folder))
    _new(folder).rename(folder)
    descriptor = os.open(folder.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    shutil.rmtree(_old(folder), ignore_errors=True)
    _lock_of_new(folder).unlink(missing_ok=True)


def _new(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.new")


def _old(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.old")


def _lock_of_new(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.new.lock")
