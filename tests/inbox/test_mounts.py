from __future__ import annotations

from pathlib import Path

import pytest

from inbox.mounts import Mount, mount_of

TABLE = r"""22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:26 / /srv/share rw,relatime shared:2 - cifs //nas/share rw
31 30 0:27 / /srv/share/local rw - tmpfs tmpfs rw
32 22 0:28 / /mnt/thu\040muc\011a rw - fuse.sshfs me@host: rw
33 22 0:29 / /mnt/usb rw - fuseblk /dev/sdb1 rw
34 22 0:30 / /mnt/twice rw - ext4 /dev/sdc rw
35 34 0:31 / /mnt/twice rw - nfs4 nas:/x rw
broken line
"""


@pytest.mark.parametrize(
    ("folder", "point", "kind", "network"),
    [
        ("/home", "/", "ext4", False),
        ("/srv/share", "/srv/share", "cifs", True),
        ("/srv/share/inbox", "/srv/share", "cifs", True),
        ("/srv/shared", "/", "ext4", False),
        ("/srv/share/local/x", "/srv/share/local", "tmpfs", False),
        ("/mnt/thu muc\ta/x", "/mnt/thu muc\ta", "fuse.sshfs", True),
        ("/mnt/usb", "/mnt/usb", "fuseblk", False),
        ("/mnt/twice", "/mnt/twice", "nfs4", True),
    ],
)
def test_the_innermost_latest_mount_counts(folder: str, point: str, kind: str, network: bool) -> None:
    mount = mount_of(Path(folder), TABLE)
    assert (mount, mount.network) == (Mount(point, kind), network)


def test_a_system_that_tells_nothing_counts_as_local() -> None:
    assert not mount_of(Path("/home"), "").network


def test_this_system_tells_something(tmp_path: Path) -> None:
    assert mount_of(tmp_path).kind
