"""The codes of why a file waits or is not taken, and their sentences for the status page and for `inbox scan`."""

from __future__ import annotations

from typing import Literal

from archive.i18n import gettext as _

Why = Literal[
    "settling", "growing", "open", "incomplete", "empty", "held", "no-campaign", "retry", "not-removed", "away",
    "symlink", "fifo", "socket", "device", "other-disk", "own-home", "too-deep", "too-many", "no-access",
    "unknown-entry",
]  # fmt: skip


def _n(message: str) -> str:
    """Marks a sentence for translation; it is translated when it is shown."""
    return message


WHY: dict[Why, str] = {
    # waits, and is taken later
    "settling": _n("just arrived; taken as soon as it has been at rest for a moment"),
    "growing": _n("still being copied"),
    "open": _n("open in a program; save it and close it"),
    "incomplete": _n("its end is missing; if copying it has failed, copy it here again"),
    "empty": _n("empty; if copying it has failed, copy it here again"),
    "held": _n("changed while it was taken in; taken as soon as it is at rest"),
    "no-campaign": _n("no campaign is loaded yet; nothing needs to be done here"),
    "retry": _n("could not be stored yet ({detail}); tried again by itself"),
    "not-removed": _n("is stored, but cannot be removed from this folder ({detail})"),
    "away": _n("cannot be reached ({detail}); tried again by itself"),
    # not taken while it stays as it is
    "symlink": _n("a link; copy the file itself here"),
    "fifo": _n("not a file"),
    "socket": _n("not a file"),
    "device": _n("not a file"),
    "other-disk": _n("lies on another disk; copy it here"),
    "own-home": _n("the archive's own folder"),
    "too-deep": _n("too many folders inside one another; put the files higher up"),
    "too-many": _n("too many files at once; the rest follows when these are taken"),
    "no-access": _n("may not be read; ask the administrator"),
    "unknown-entry": _n("something unknown in the archive's claim area; ask the administrator"),
}


def sentence(why: Why, detail: str = "") -> str:
    """What to tell a person about such a file, in the language in use."""
    return _(WHY[why]).format(detail=detail)
