"""One worker per home: an flock on `<home>/lock`, which the kernel lets go of however the process ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import Locked
from archive.i18n import gettext as _


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """Hold the home for the length of the block. Raises Locked, naming the process that holds it.

    The file stays: removing it would let two processes lock two files of the same name."""
    handle = os.open(home / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip() or "?"
            raise Locked(
                _("{home} is in use by process {pid}").format(home=home, pid=holder),
                _("Wait until it ends, or stop it, and try again."),
            ) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode("ascii"), 0)
        yield
    finally:
        os.close(handle)
