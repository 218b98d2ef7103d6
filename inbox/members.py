"""Members of bundles as deliveries: which are nobody's paper, what their id, path, folder and name are. Pure."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath

from archive.i18n import gettext as _
from inbox.folders import is_ignored, is_own

INSIDE = b"!/"  # parts a bundle's path from that of its member
_MAC = "__MACOSX"  # where a Mac puts what other systems cannot keep of a file


def is_litter(inner: str) -> bool:
    """Whether nobody meant to hand this in: leftovers of programs and systems, and our own answers in a folder that was
    bundled whole. `inner` is a member's path, rebuilt."""
    parts = inner.split("/")
    return _MAC in parts or any(is_own(part.encode()) for part in parts) or is_ignored(parts[-1].encode())


def inner_path(inner: str, index: int) -> str:
    """What a member is called in its bundle, also one that has no name."""
    return inner or _("file {number}").format(number=index + 1)


def intake_id(bundle: str, index: int, inner: str) -> str:
    """The id of a member's delivery: the same whenever the bundle is unpacked again."""
    return hashlib.sha256(f"{bundle}\n{index}\n{inner}".encode()).hexdigest()[:32]


def place(folder: str, inner: str) -> tuple[str, str]:
    """Folder and name of a member; the folders of a bundle are as good as those of the share it lies in."""
    path = PurePosixPath(folder, inner)
    return "" if path.parent == PurePosixPath(".") else str(path.parent), path.name
