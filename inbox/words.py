"""The codes of why a file waits or is not taken. `reports.words.why` has the sentence for each."""

from __future__ import annotations

from typing import Literal

Why = Literal[
    # waits, and is taken later
    "settling",
    "growing",
    "open",
    "incomplete",
    "empty",
    "held",
    "no-campaign",
    "retry",
    "not-removed",
    "away",  # the inbox or the catalogue as a whole
    "backlog",  # nothing in the inbox: reading or indexing
    # not taken while it stays as it is
    "symlink",
    "fifo",
    "socket",
    "device",
    "other-disk",
    "own-home",
    "too-deep",
    "too-many",
    "no-access",
    "unknown-entry",
]
