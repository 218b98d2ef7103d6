"""What kind of disk a folder lies on, from /proc/self/mountinfo: another computer's changes raise no events here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

NETWORK_TYPES = frozenset(
    {"9p", "afs", "ceph", "cifs", "davfs", "glusterfs", "lustre", "nfs", "nfs4", "smb3", "smbfs", "vboxsf", "virtiofs"}
)
_OCTAL = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True, slots=True)
class Mount:
    """A mount point and the type of its file system; both empty where the system does not tell."""

    point: str
    kind: str

    @property
    def network(self) -> bool:
        """Whether others may change files there without this kernel seeing it (`fuseblk` is a local disk)."""
        return self.kind in NETWORK_TYPES or self.kind == "fuse" or self.kind.startswith("fuse.")


def mount_of(folder: Path, table: str | None = None) -> Mount:
    """The mount that holds a folder. `table` is the text of mountinfo, read from /proc when not given."""
    if table is None:
        try:
            table = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return Mount("", "")
    best = Mount("", "")
    wanted = str(folder.resolve())
    for line in table.splitlines():
        fields, dash, rest = line.partition(" - ")
        parts = fields.split(" ")
        if not dash or len(parts) < 5:
            continue
        point = _OCTAL.sub(lambda match: chr(int(match[1], 8)), parts[4])
        inside = wanted == point or wanted.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best.point):  # of two at one point the later one covers the earlier
            best = Mount(point, rest.split(" ")[0])
    return best
