"""A small inbox on a real disk with a real SQLite ledger and a clock that only moves when told to."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from archive.config import Config
from archive.records import Outcome, Receipt, Unit, UnitType
from archive.store import BlobStore, Checkpoint, no_checkpoint
from inbox.ledger import Filing
from inbox.loop import Inbox
from inbox.results import PassResult

UNITS = {
    unit.id: unit
    for unit in (
        Unit("cb-van-phong", "Chi bộ Văn phòng", UnitType.CHI_BO_CO_SO),
        Unit("db-so-y-te", "Đảng bộ Sở Y tế", UnitType.DANG_BO_CO_SO),
        Unit("dbbp-benh-vien", "Đảng bộ bộ phận Bệnh viện", UnitType.DANG_BO_BO_PHAN, "db-so-y-te"),
        Unit("cb-khoa-noi", "Chi bộ Khoa Nội", UnitType.CHI_BO_TRUC_THUOC, "dbbp-benh-vien"),
    )
}
START = datetime(2021, 12, 1, 8, 0, tzinfo=UTC)

CRASH_POINTS = (
    "claim_mkdir", "claim_meta_written", "claim_meta_synced", "claim_renamed", "claim_synced", "blob_partial",
    "blob_staged", "blob_linked", "blob_synced", "tx_open", "tx_before_commit", "tx_committed", "payload_unlinked",
    "claim_meta_dropped", "claim_dropped",
)  # fmt: skip


class Clock:
    """A monotonic clock and a wall clock that move together, when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds

    def moment(self) -> datetime:
        return START + timedelta(seconds=self.now - 1000.0)


class SqliteLedger:
    """A ledger with one table and real transactions."""

    def __init__(self, path: Path, units: Mapping[str, Unit] = UNITS, synchronous: str = "OFF") -> None:
        self.path = path
        self.known = dict(units)
        self.synchronous = synchronous
        self.fail: Exception | None = None
        with closing(self._connect()) as connection:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS receipt (intake_id TEXT PRIMARY KEY, unit TEXT, path BLOB, sha256 TEXT,"
                " size INTEGER, outcome TEXT, reason TEXT, at TEXT, name TEXT, folder TEXT, incomplete INTEGER)"
            )

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={self.synchronous}")
        return connection

    def units(self) -> Mapping[str, Unit]:
        return self.known

    def receipt(self, intake_id: str) -> Receipt | None:
        found = self.rows("WHERE intake_id = ?", intake_id)
        return _receipt(found[0]) if found else None

    def record(self, filings: Sequence[Filing], now: datetime, checkpoint: Checkpoint) -> list[Receipt]:
        if self.fail:
            raise self.fail
        with closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            checkpoint("tx_open")
            for filing in filings:
                connection.execute(
                    "INSERT OR IGNORE INTO receipt VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        filing.delivery.intake_id, filing.delivery.unit, filing.delivery.path, filing.sha256,
                        filing.delivery.size, self._outcome(connection, filing), filing.quarantine, now.isoformat(),
                        filing.name, filing.folder, filing.incomplete,
                    ),
                )  # fmt: skip
            checkpoint("tx_before_commit")
            connection.execute("COMMIT")
            checkpoint("tx_committed")
            connection.row_factory = sqlite3.Row
            query = "SELECT * FROM receipt WHERE intake_id = ?"
            return [_receipt(connection.execute(query, (filing.delivery.intake_id,)).fetchone()) for filing in filings]

    @staticmethod
    def _outcome(connection: sqlite3.Connection, filing: Filing) -> str:
        if filing.quarantine:
            return "quarantined"
        query = "SELECT 1 FROM receipt WHERE unit = ? AND sha256 = ?"
        same = connection.execute(query, (filing.delivery.unit, filing.sha256)).fetchone()
        return "duplicate" if same else "filed"

    def rows(self, where: str = "", *values: object) -> list[sqlite3.Row]:
        with closing(self._connect()) as connection:
            connection.row_factory = sqlite3.Row
            return connection.execute(f"SELECT * FROM receipt {where}", values).fetchall()


def _receipt(row: sqlite3.Row) -> Receipt:
    return Receipt(
        row["intake_id"], row["unit"], row["path"], row["sha256"], row["size"], Outcome(row["outcome"]),
        row["intake_id"], row["reason"], datetime.fromisoformat(row["at"]),
    )  # fmt: skip


class Bench:
    """A home with an inbox, units' folders made, and what a test wants to do with them."""

    def __init__(self, home: Path, **options: Any) -> None:
        self.home = home
        self.config = Config(home=home, inbox=home / "inbox", settle_seconds=5.0, incomplete_after=1800.0)
        for folder in (self.config.inbox, self.config.blobs, self.config.claim):
            folder.mkdir(parents=True, exist_ok=True)
        for folder in ("cb-van-phong", "db-so-y-te/dbbp-benh-vien/cb-khoa-noi"):
            (self.config.inbox / folder).mkdir(parents=True, exist_ok=True)
        self.clock = Clock()
        self.ledger = SqliteLedger(home / "ledger.sqlite3")
        self.options: dict[str, Any] = {"closes": lambda _handle: True, "settle": 5.0} | options
        self.inbox = self.opened()

    def opened(self, checkpoint: Checkpoint = no_checkpoint, **options: Any) -> Inbox:
        """An inbox as a new process would have it: it remembers nothing."""
        return Inbox(
            self.config,
            self.ledger,
            BlobStore(self.config.blobs, checkpoint),
            clock=self.clock,
            now=self.clock.moment,
            pause=self.clock.advance,
            checkpoint=checkpoint,
            **(self.options | options),
        )

    def reopen(self, checkpoint: Checkpoint = no_checkpoint, **options: Any) -> None:
        self.inbox = self.opened(checkpoint, **options)

    def raw(self, path: str | bytes) -> bytes:
        return os.fsencode(self.config.inbox) + b"/" + os.fsencode(path)

    def drop(self, path: str | bytes, data: bytes = b"du lieu") -> str:
        """Drop a file below the inbox; its SHA-256."""
        where = self.raw(path)
        os.makedirs(os.path.dirname(where), exist_ok=True)
        with open(where, "wb") as file:
            file.write(data)
        return sha256(data)

    def settle(self, seconds: float = 5.0) -> PassResult:
        """Two passes, `seconds` apart; the second one's result."""
        self.inbox.pass_once()
        self.clock.advance(seconds)
        return self.inbox.pass_once()

    def paths(self) -> list[bytes]:
        """The paths of all receipts, sorted."""
        return sorted(row["path"] for row in self.ledger.rows())

    def left(self) -> list[bytes]:
        """Everything but folders that lies below the inbox."""
        root = os.fsencode(self.config.inbox)
        return sorted(os.path.relpath(path, root) for path in _files(root))

    def claims(self) -> list[str]:
        return sorted(os.listdir(self.config.claim))

    def assert_whole(self, dropped: Mapping[bytes, str] | Sequence[tuple[bytes, str]]) -> None:
        """Exactly one receipt for each dropped file, with the right digest and a sound blob; nothing left over."""
        assert_whole(self.config, [(row["path"], row["sha256"]) for row in self.ledger.rows()], dropped)


def assert_whole(
    config: Config,
    receipts: Sequence[tuple[bytes, str]],
    dropped: Mapping[bytes, str] | Sequence[tuple[bytes, str]],
) -> None:
    wanted = list(dropped.items() if isinstance(dropped, Mapping) else dropped)
    assert sorted(receipts) == sorted(wanted)
    store = BlobStore(config.blobs)
    digests = {digest for _path, digest in wanted}
    assert all(store.check(digest) for digest in digests)
    assert digests == set(store.digests())
    assert os.listdir(config.claim) == []
    assert list((config.blobs / "tmp").glob("*")) == []
    assert list(_files(os.fsencode(config.inbox))) == []


def _files(root: bytes) -> Iterator[bytes]:
    for folder, folders, files in os.walk(root):
        yield from (os.path.join(folder, name) for name in files)
        yield from (os.path.join(folder, name) for name in folders if os.path.islink(os.path.join(folder, name)))


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def failing_at(point: str, hit: int, error: BaseException) -> Callable[[str], None]:
    """A checkpoint that raises at the n-th hit of a point, once."""
    left = hit

    def checkpoint(name: str) -> None:
        nonlocal left
        if name == point:
            left -= 1
            if left == 0:
                raise error

    return checkpoint


class _KillError(BaseException):
    pass


def killing_at(point: str, hit: int) -> Callable[[str], None]:
    """A checkpoint at whose n-th hit of a point the process kills itself."""
    armed = failing_at(point, hit, _KillError())

    def checkpoint(name: str) -> None:
        try:
            armed(name)
        except _KillError:
            os.kill(os.getpid(), signal.SIGKILL)

    return checkpoint


def child(work: Callable[[], None]) -> int:
    """How a child process that does this ends: its signal as a negative number, or its exit code."""
    pid = os.fork()
    if pid == 0:
        code = 99
        try:
            work()
            code = 0
        except SystemExit as error:
            code = int(error.code or 0)
        finally:
            sys.stderr.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
