"""Opens the catalogue of one home: SQLite in WAL with full fsync, migrated to the current schema."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from archive.errors import HosoError, NotInitialised
from archive.i18n import gettext as _

_NETWORK = ("cifs", "smb3", "smbfs", "nfs", "nfs4", "9p", "fuse.sshfs")

# trusted_schema stays on: Django's JSON columns check themselves with JSON_VALID().
# FULL: a receipt that was shown must survive a power cut (with NORMAL it does not).
_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;PRAGMA busy_timeout=10000;"


def settings_for(path: Path | None) -> dict[str, Any]:
    """The Django DATABASES entry for a catalogue file; None until `use` names one."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path) if path else ":memory:",
        "OPTIONS": {"init_command": _PRAGMAS, "transaction_mode": "IMMEDIATE", "timeout": 10},
        "CONN_MAX_AGE": None,
    }


def use(path: Path, *, create: bool = False) -> None:
    """Work with this catalogue from now on. With `create` it is made or migrated; without, a missing one is an error.

    Raises NotInitialised when there is none, HosoError when it lies on a network file system (WAL needs one host)."""
    if not create and not path.is_file():
        raise NotInitialised(
            _("{home} is not a home of hoso yet").format(home=path.parent),
            _("Make it with: hoso init --home {home}").format(home=path.parent),
        )
    if filesystem(path.parent) in _NETWORK:
        raise HosoError(
            _("{home} lies on a network drive").format(home=path.parent),
            _("Keep the home on a local disk; only the inbox may be a network folder."),
        )
    _point_at(path)
    if create:
        _migrate()


def close() -> None:
    """Close the connection, as before a fork or when another home is opened."""
    from django.db import connections

    connections["default"].close()


@contextmanager
def snapshot() -> Iterator[None]:
    """All that is read in the block is of one moment, while other processes go on writing. Nothing is written in it."""
    from django.db import connections

    with connections["default"].cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")  # Django's own transactions are IMMEDIATE: writers would have to wait
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _point_at(path: Path) -> None:
    from django.db import connections

    connection = connections["default"]
    if connection.settings_dict["NAME"] != str(path):
        connection.close()
        connection.settings_dict["NAME"] = str(path)


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def is_current() -> bool:
    """Whether the open catalogue has every migration of this version."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["default"])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def filesystem(path: Path) -> str:
    """The type of the file system that holds a path ("ext4", "cifs", ...); "" where the system does not tell."""
    try:
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    wanted = str(path.resolve())
    for line in mounts:
        fields, _dash, rest = line.partition(" - ")
        point = fields.split()[4].replace("\\040", " ")
        if (wanted == point or wanted.startswith(point.rstrip("/") + "/")) and len(point) >= len(best):
            best, kind = point, rest.split()[0]
    return kind
