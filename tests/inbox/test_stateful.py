"""Any mixture of clerks, crashes and failing disks: nothing that a clerk left is ever lost or counted twice."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.inbox.bench import CRASH_POINTS, Bench, failing_at, sha256

PATHS = [b"cb-van-phong/a.docx", b"cb-van-phong/sub/b\n\xff.docx", b"db-so-y-te/dbbp-benh-vien/c.docx", b"lac.txt"]
paths = st.sampled_from(PATHS)
points = st.sampled_from(CRASH_POINTS)
hits = st.integers(1, 3)
errors = st.sampled_from([errno.ENOSPC, errno.EIO, errno.EACCES])


class Crash(BaseException):
    """The process is gone: nothing may clean up after it."""


@dataclass
class File:
    """What a clerk put at a path and has not taken away: its content as the clerk last left it."""

    path: bytes
    content: bytes


class InboxMachine(RuleBasedStateMachine):
    """Clerks drop, write on, replace and delete; the inbox runs, fails and dies."""

    def __init__(self) -> None:
        super().__init__()
        self.quick = patch.object(os, "fsync", lambda _handle: None)
        self.quick.start()
        self.folder = Path(tempfile.mkdtemp())
        self.bench = Bench(self.folder / "home", settle=5.0)
        self.files: list[File] = []
        self.writers: dict[int, File] = {}
        self.serial = 0

    def there(self, path: bytes) -> File | None:
        """The file a clerk sees at a path: not yet taken."""
        if not os.path.exists(self.bench.raw(path)):
            return None
        return [file for file in self.files if file.path == path][-1]

    def new_content(self, size: int) -> bytes:
        self.serial += 1
        return b"%d;" % self.serial * size

    # --- clerks ---

    @rule(path=paths, size=st.integers(0, 3))
    def drop(self, path: bytes, size: int) -> None:
        if self.linked(path):
            return
        content = self.new_content(size)
        file = self.there(path)
        self.bench.drop(path, content)
        if file:
            file.content = content
        else:
            self.files.append(File(path, content))

    @rule(path=paths)
    def replace(self, path: bytes) -> None:
        file = self.there(path)
        if file is None or self.linked(path):
            return
        file.content = self.new_content(2)
        (self.folder / "new").write_bytes(file.content)
        os.replace(self.folder / "new", self.bench.raw(path))

    @rule(path=paths)
    def write_on(self, path: bytes) -> None:
        file = self.there(path)
        if file is None or self.linked(path):
            return
        more = self.new_content(1)
        with open(self.bench.raw(path), "ab") as target:
            target.write(more)
        file.content += more

    @rule(path=paths)
    def delete(self, path: bytes) -> None:
        file = self.there(path)
        if file is None or self.linked(path):
            return
        os.unlink(self.bench.raw(path))
        self.files.remove(file)
        for writer in [writer for writer, its in self.writers.items() if its is file]:
            os.close(writer)
            del self.writers[writer]

    @rule(path=paths)
    def drop_a_hard_link(self, path: bytes) -> None:
        if os.path.exists(self.bench.raw(path)):
            return
        content = self.new_content(1)
        other = self.folder / f"other {self.serial}"
        other.write_bytes(content)
        os.makedirs(os.path.dirname(self.bench.raw(path)), exist_ok=True)
        os.link(other, self.bench.raw(path))
        self.files.append(File(path, content))

    def linked(self, path: bytes) -> bool:
        """A file with two names is left alone by the clerks of this test: it may be recorded and still be there."""
        return os.path.exists(self.bench.raw(path)) and os.stat(self.bench.raw(path)).st_nlink > 1

    @rule(path=paths)
    def open_a_writer(self, path: bytes) -> None:
        file = self.there(path)
        if file and not self.linked(path) and file not in self.writers.values():
            self.writers[os.open(self.bench.raw(path), os.O_WRONLY | os.O_APPEND)] = file

    @precondition(lambda self: self.writers)
    @rule(close=st.booleans())
    def write_through_a_writer(self, close: bool) -> None:
        writer, file = next(iter(self.writers.items()))
        if any(file is its for its in self.files) and self.is_written_file(writer, file):
            more = self.new_content(1)
            os.write(writer, more)
            file.content += more
        if close:
            os.close(writer)
            del self.writers[writer]

    def is_written_file(self, writer: int, file: File) -> bool:
        """Not one that was replaced under the writer's hands."""
        os.lseek(writer, 0, os.SEEK_SET)
        with open(f"/proc/self/fd/{writer}", "rb") as content:
            return content.read() == file.content

    # --- the inbox ---

    @rule(seconds=st.sampled_from([1.0, 5.0, 60.0]))
    def run(self, seconds: float) -> None:
        self.bench.clock.advance(seconds)
        self.bench.inbox.pass_once()

    @rule(seconds=st.sampled_from([5.0, 5.0, 60.0]), point=points, hit=hits)
    def die(self, seconds: float, point: str, hit: int) -> None:
        self.bench.reopen(failing_at(point, hit, Crash()))
        with suppress(Crash):
            self.bench.settle(seconds)
        self.bench.reopen()

    @rule(seconds=st.sampled_from([5.0, 60.0]), point=points, hit=hits, error=errors)
    def fail(self, seconds: float, point: str, hit: int, error: int) -> None:
        self.bench.reopen(failing_at(point, hit, OSError(error, os.strerror(error))))
        self.bench.settle(seconds)
        self.bench.reopen()

    @rule(path=paths, point=points)
    def write_during_a_pass(self, path: bytes, point: str) -> None:
        done: list[str] = []

        def clerk(name: str) -> None:
            if name == point and not done:
                done.append(name)
                self.write_on(path)

        self.bench.reopen(clerk)
        self.bench.settle()
        self.bench.reopen()

    # --- what must hold ---

    @invariant()
    def nothing_is_lost_at_any_moment(self) -> None:
        held = {row["sha256"] for row in self.bench.ledger.rows()}
        held |= {sha256(Path(os.fsdecode(self.bench.raw(path))).read_bytes()) for path in self.bench.left()}
        held |= {sha256(payload.read_bytes()) for payload in self.bench.config.claim.glob("*/payload")}
        assert {sha256(file.content) for file in self.files} <= held

    @invariant()
    def nothing_is_counted_that_was_not_delivered(self) -> None:
        delivered = sorted((file.path, sha256(file.content)) for file in self.files)
        for row in self.bench.ledger.rows():
            delivered.remove((row["path"], row["sha256"]))

    def teardown(self) -> None:
        try:
            for writer in self.writers:
                os.close(writer)
            self.bench.reopen()
            for seconds in (5.0, 5.0, 5.0, 300.0, 1800.0, 5.0, 5.0):
                self.bench.inbox.pass_once()
                self.bench.clock.advance(seconds)
            self.bench.inbox.pass_once()
            self.bench.assert_whole([(file.path, sha256(file.content)) for file in self.files])
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.quick.stop()


InboxMachine.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestInbox = InboxMachine.TestCase
