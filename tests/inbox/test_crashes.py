"""kill -9 at every point, and once more during recovery: afterwards one receipt for each file, and nothing lost.

Real processes, killed for real; the ledger once a small one of the tests' own, once the catalogue.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from archive.config import Config
from tests.inbox.bench import CRASH_POINTS, assert_whole, sha256

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    b"cb-van-phong/BC tong ket.docx": b"bao cao tong ket",
    b"cb-van-phong/01 Bao cao/lan 2.docx": b"bao cao tong ket",  # the same bytes again
    b"db-so-y-te/dbbp-benh-vien/cb-khoa-noi/a\nb\xff.pdf": b"%PDF",
    b"lac.txt": b"",
}
LINKED = b"db-so-y-te/linked.docx"  # taken in place

# The hits are chosen so that a group, a later file of a group, and the file taken in place are all hit.
HITS = (1, 3)
AGAIN = ("claim_synced", "tx_before_commit", "payload_unlinked")


def drop_all(home: Path) -> dict[bytes, str]:
    inbox = os.fsencode(home / "inbox")
    for path, data in FILES.items():
        where = inbox + b"/" + path
        os.makedirs(os.path.dirname(where), exist_ok=True)
        with open(where, "wb") as file:
            file.write(data)
    (home / "other name").write_bytes(b"linked")
    os.link(home / "other name", inbox + b"/" + LINKED)
    return {path: sha256(data) for path, data in FILES.items()} | {LINKED: sha256(b"linked")}


def run(scenarios: list[dict[str, object]], *arguments: str) -> list[list[int]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.inbox.crashes", *arguments],
        input=json.dumps(scenarios), capture_output=True, text=True, cwd=ROOT, check=False, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    ends: list[list[int]] = json.loads(done.stdout)
    assert "Traceback" not in done.stderr, done.stderr
    return ends


def scenarios(folder: Path, catalogue: bool) -> list[dict[str, object]]:
    """Killed once at each point, and killed again at another during recovery."""
    wanted = []
    for number, (point, hit) in enumerate(itertools.product(CRASH_POINTS, HITS)):
        # The catalogue is slower: one second kill each, another one from scenario to scenario.
        seconds = [AGAIN[number % len(AGAIN)]] if catalogue else AGAIN
        for again in seconds:
            runs = [[point, hit], [again, 1], None]
            wanted.append({"home": str(folder / f"{point}-{hit}-{again}"), "catalogue": catalogue, "runs": runs})
    return wanted


def receipts(home: Path, catalogue: bool) -> list[tuple[bytes, str]]:
    if catalogue:
        query = "SELECT path, sha256 FROM archive_receipt JOIN archive_delivery ON delivery_id = intake_id"
    else:
        query = "SELECT path, sha256 FROM receipt"
    with closing(sqlite3.connect(home / ("catalogue.sqlite3" if catalogue else "ledger.sqlite3"))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [(bytes(path), digest) for path, digest in connection.execute(query)]


@pytest.mark.parametrize("catalogue", [False, True], ids=["ledger", "catalogue"])
def test_killed_at_every_point_and_again_in_recovery(tmp_path: Path, catalogue: bool) -> None:
    template = tmp_path / "template"
    if catalogue:
        run([{"home": str(template), "catalogue": True, "runs": []}], str(template))
    else:
        (template / "inbox").mkdir(parents=True)
    plans = scenarios(tmp_path, catalogue)
    dropped: dict[bytes, str] = {}
    for plan in plans:
        shutil.copytree(template, Path(str(plan["home"])))
        dropped = drop_all(Path(str(plan["home"])))

    killed_in_recovery = 0.0
    for plan, (first, second, last) in zip(plans, run(plans), strict=True):
        home = Path(str(plan["home"]))
        # A point that is hit once for a whole group has no third time.
        assert first == -signal.SIGKILL or plan["runs"][0][1] > 1, plan  # type: ignore[index]
        killed_in_recovery += (second == -signal.SIGKILL) / len(plans)
        assert last == 0, plan
        config = Config(home=home, inbox=home / "inbox")
        assert_whole(config, receipts(home, catalogue), dropped)
        assert (home / "other name").read_bytes() == b"linked"
    assert killed_in_recovery > 0.5
