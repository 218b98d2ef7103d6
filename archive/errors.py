"""Errors for people: a stable code, a message that says what and where, and a hint that says what to do next.

Only "cannot go on" is an exception. A problem in a document is a `records.Finding`, a value.
"""

import errno
from enum import IntEnum

from archive.i18n import gettext as _


class ExitCode(IntEnum):
    """Exit codes of every command, as contract.md fixes them."""

    OK = 0
    FAILED = 1
    USAGE = 2
    PARTIAL = 3
    FINDINGS = 4
    NOT_FOUND = 5
    NOT_PERMITTED = 6
    NOT_INITIALISED = 10
    LOCKED = 11
    BAD_CONFIG = 12
    DEPENDENCY_MISSING = 13
    INTEGRITY = 20
    INTERRUPTED = 130


def in_words(error: Exception) -> str:
    """What the system said, in the language in use where it is one of the usual things."""
    said = {
        errno.ENOENT: _("there is no such file or folder"),
        errno.EACCES: _("no permission"),
        errno.EPERM: _("no permission"),
        errno.EROFS: _("the disk is read-only"),
        errno.ENOSPC: _("the disk is full"),
        errno.EEXIST: _("something of that name is there already"),
        errno.EISDIR: _("it is a folder, not a file"),
        errno.ENOTDIR: _("a part of the path is not a folder"),
        errno.EIO: _("the disk or the share fails"),
    }
    if isinstance(error, OSError):
        return said.get(error.errno or 0) or error.strerror or str(error)
    of_the_database = {
        "database or disk is full": _("the disk is full"),
        "database is locked": _("the catalogue is busy"),
        "attempt to write a readonly database": _("the disk is read-only"),
        "disk I/O error": _("the disk or the share fails"),
    }
    return of_the_database.get(str(error)) or str(error) or repr(error)


class HosoError(Exception):
    """Something a person must know or do before hoso can go on."""

    code = "failed"
    exit_code = ExitCode.FAILED

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class NotFound(HosoError):
    """A unit, requirement or document that does not exist was named."""

    code = "not-found"
    exit_code = ExitCode.NOT_FOUND


class NotInitialised(HosoError):
    """The home has no catalogue yet."""

    code = "not-initialised"
    exit_code = ExitCode.NOT_INITIALISED


class Locked(HosoError):
    """Another process works on this home."""

    code = "locked"
    exit_code = ExitCode.LOCKED


class BadConfiguration(HosoError):
    """hoso.toml, a campaign file or a rule pack is wrong; nothing was changed. The message names file and line."""

    code = "bad-configuration"
    exit_code = ExitCode.BAD_CONFIG


class DependencyMissing(HosoError):
    """A library or program that this step needs is not installed."""

    code = "dependency-missing"
    exit_code = ExitCode.DEPENDENCY_MISSING


class IntegrityFailure(HosoError):
    """What is stored does not match its digest or its log."""

    code = "integrity"
    exit_code = ExitCode.INTEGRITY
