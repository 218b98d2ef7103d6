"""Taking a file out of the clerks' reach, durably: STABLE -> CLAIMED of design.md 5, and what a crash leaves of it.

A claim is a folder `claim/<intake_id>` with `meta.json` (what was dropped where) and `payload` (the file itself,
renamed into it). The intake id is born with the folder and names the delivery for good. All else follows from the disk:

    payload and a receipt      recorded: clean up            no payload        the file is still in the inbox: drop
    payload, no receipt        go on from here               payload, no meta  quarantined as of unknown origin

A renamed file's writer, if there is one after all, goes on writing into the payload: no byte is lost, the claim waits.

Two kinds of file cannot be renamed safely: one on another file system than the home, and one with a second name (a hard
link), through which it could be changed later. Such a claim is `in_place`: only its meta lies in the claim area, the
bytes are stored straight from the inbox, and the name there is removed after the receipt is committed, if it still is
the very same file. A crash before the commit drops the claim, one after it finishes the removal; the other names of a
linked file are never touched. (A writer that opens such a file in the instant between the last test and the removal
would write to a file without a name; nothing short of a rename can rule that out.)
"""

from __future__ import annotations

import errno
import logging
import os
import re
import secrets
import stat
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from archive.store import Checkpoint, no_checkpoint, sync_directory
from inbox.descriptors import FOLDER, Stamp, folder_of, opened
from inbox.meta import Claim, decoded, encoded

log = logging.getLogger("hoso.inbox")

_ID = re.compile(r"[0-9a-f]{32}")
_META, _META_PART, _PAYLOAD = b"meta.json", b"meta.part", b"payload"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A settled file that is to be claimed."""

    path: bytes
    unit: str | None
    stamp: Stamp
    seen_at: datetime
    incomplete: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that could not be claimed now; it is still in the inbox."""

    path: bytes
    error: OSError


def new_id() -> str:
    """An intake id: 128 random bits in hex."""
    return secrets.token_hex(16)


class ClaimArea:
    """The folder `claim/` of one home. Outside the shared folder, so that nobody else reaches it."""

    def __init__(self, root: Path, checkpoint: Checkpoint = no_checkpoint) -> None:
        self.root = root
        self._checkpoint = checkpoint
        self._rename_fails = False
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._device = root.stat().st_dev

    # --- taking ------------------------------------------------------------------------------------------------------

    def take(self, inbox: int, wanted: Sequence[Wanted]) -> tuple[list[Claim], list[Refused]]:
        """Claim settled files of the folder open as `inbox`, with one round of fsync for all of them.

        A file that vanished meanwhile is in neither list; nor is one whose claim failed after the rename: `pending`
        finds it. Raises nothing for the disk's sake."""
        refused: list[Refused] = []
        claims = self._announce_all(wanted, refused)
        moved: list[Claim] = []
        for claim in claims:
            try:
                moved.append(self._move(inbox, claim))
            except OSError as error:
                self.drop(claim.intake_id)
                if not isinstance(error, FileNotFoundError) and not self.holds_file(claim.intake_id):
                    refused.append(Refused(claim.path, error))
        try:
            self.make_durable(moved, inbox)
        except OSError as error:
            log.warning("claims could not be made durable and are tried again: %s", error)
            return [], refused
        return moved, refused

    def _announce_all(self, wanted: Sequence[Wanted], refused: list[Refused]) -> list[Claim]:
        """Write down what is about to be taken, durably, before anything is touched."""
        claims: list[Claim] = []
        for file in wanted:
            claim = self._named(file)
            try:
                self._announce(claim)
                claims.append(claim)
            except OSError as error:
                self.drop(claim.intake_id)
                refused.append(Refused(file.path, error))
        try:
            for claim in claims:
                sync_directory(self.root / claim.intake_id)
            sync_directory(self.root)
            self._checkpoint("claim_meta_synced")
        except OSError as error:
            for claim in claims:
                self.drop(claim.intake_id)
            refused.extend(Refused(claim.path, error) for claim in claims)
            return []
        return claims

    def _named(self, file: Wanted) -> Claim:
        in_place = self._rename_fails or file.stamp.links > 1 or file.stamp.device != self._device
        return Claim(new_id(), file.path, file.unit, file.stamp, file.seen_at, in_place, file.incomplete)

    def _announce(self, claim: Claim) -> None:
        (self.root / claim.intake_id).mkdir(mode=0o700)
        self._checkpoint("claim_mkdir")
        self._write_meta(claim)

    def _write_meta(self, claim: Claim) -> None:
        with self._folder(claim.intake_id) as folder:
            part = os.open(_META_PART, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600, dir_fd=folder)
            with os.fdopen(part, "wb") as file:
                file.write(encoded(claim))
                file.flush()
                self._checkpoint("claim_meta_written")
                os.fsync(file.fileno())
            os.rename(_META_PART, _META, src_dir_fd=folder, dst_dir_fd=folder)

    def _move(self, inbox: int, claim: Claim) -> Claim:
        if claim.in_place:
            return claim
        try:
            with folder_of(inbox, claim.path) as (source, name), self._folder(claim.intake_id) as folder:
                os.rename(name, _PAYLOAD, src_dir_fd=source, dst_dir_fd=folder)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            # One file system, mounted twice: its device number did not tell.
            self._rename_fails = True
            claim = replace(claim, in_place=True)
            self._write_meta(claim)
            sync_directory(self.root / claim.intake_id)
            return claim
        self._checkpoint("claim_renamed")
        return claim

    def make_durable(self, claims: Sequence[Claim], inbox: int | None) -> None:
        """fsync the renames of these claims. Called again for claims that a crash left: were one recorded and cleaned
        up before its rename is durable, a power cut would put the file back into the inbox, to be counted twice."""
        renamed = [claim for claim in claims if not claim.in_place]
        for claim in renamed:
            sync_directory(self.root / claim.intake_id)
        if inbox is not None:
            for path in {claim.path.rpartition(b"/")[0]: claim.path for claim in renamed}.values():
                self._sync_source(inbox, path)
        self._checkpoint("claim_synced")

    @staticmethod
    def _sync_source(inbox: int, path: bytes) -> None:
        with ExitStack() as stack:
            try:
                folder, _name = stack.enter_context(folder_of(inbox, path))
            except OSError:  # the folder is gone, or is another thing by now: nothing is left to make durable
                return
            sync_directory(folder)

    # --- what there is -----------------------------------------------------------------------------------------------

    def pending(self) -> list[str]:
        """The ids of all claims there are, whatever state a crash left them in. Raises OSError."""
        return sorted(name for name in self._names() if _ID.fullmatch(name))

    def strangers(self) -> list[bytes]:
        """Names in the claim area that are no claims; nobody but us should write there. Left alone."""
        return sorted(os.fsencode(name) for name in self._names() if not _ID.fullmatch(name))

    def _names(self) -> Iterator[str]:
        return (entry.name for entry in self.root.iterdir())

    def load(self, intake_id: str, now: datetime) -> Claim | None:
        """The claim as its meta tells it; None when its file was never moved into it. With its meta lost it is a claim
        of unknown origin, named by its id and seen `now`. Raises OSError when the disk cannot be read."""
        claim = self._meta(intake_id)
        if claim is not None and claim.in_place:
            return claim
        if not self.holds_file(intake_id):
            return None
        return claim or Claim(intake_id, intake_id.encode("ascii"), None, None, now)

    def _meta(self, intake_id: str) -> Claim | None:
        try:
            return decoded((self.root / intake_id / os.fsdecode(_META)).read_bytes(), intake_id)
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError) as error:
            log.warning("the meta of claim %s cannot be read: %r", intake_id, error)
            return None

    @contextmanager
    def source(self, claim: Claim, inbox: int | None) -> Iterator[int]:
        """The claimed file, open for reading. Raises NotAFile when something else was swapped in before the rename,
        FileNotFoundError when an `in_place` file is gone, other OSError when the disk or the share fails."""
        if not claim.in_place:
            with self._folder(claim.intake_id) as folder, opened(folder, _PAYLOAD) as handle:
                yield handle
            return
        with folder_of(_present(inbox), claim.path) as (folder, name), opened(folder, name) as handle:
            yield handle

    # --- letting go --------------------------------------------------------------------------------------------------

    def finish(self, claim: Claim, inbox: int | None) -> None:
        """Remove a claim whose receipt is committed, its file first. Repeating it is harmless. Raises OSError when an
        `in_place` file cannot be removed from the inbox; the claim then stays."""
        if claim.in_place:
            self._remove_source(claim, _present(inbox))
        else:
            with self._folder(claim.intake_id) as folder, suppress(FileNotFoundError):
                os.unlink(_PAYLOAD, dir_fd=folder)
        self._checkpoint("payload_unlinked")
        self._empty(claim.intake_id)

    def _remove_source(self, claim: Claim, inbox: int) -> None:
        """Unless it was written or replaced since: then it is a new delivery."""
        try:
            with folder_of(inbox, claim.path) as (folder, name):
                now = Stamp.of(os.lstat(name, dir_fd=folder))
                if claim.stamp and now.same_bytes(claim.stamp) and now.changed == claim.stamp.changed:
                    os.unlink(name, dir_fd=folder)
                    sync_directory(folder)
        except (FileNotFoundError, NotADirectoryError):
            pass

    def drop(self, intake_id: str) -> None:
        """Give up a claim that holds no file; one that does is left as it is, and so is one the disk fails on."""
        with suppress(OSError):
            if not self.holds_file(intake_id):
                self._empty(intake_id)

    def _empty(self, intake_id: str) -> None:
        with self._folder(intake_id) as folder:
            for name in (_META_PART, _META):
                with suppress(FileNotFoundError):
                    os.unlink(name, dir_fd=folder)
        self._checkpoint("claim_meta_dropped")
        (self.root / intake_id).rmdir()
        self._checkpoint("claim_dropped")

    def holds_file(self, intake_id: str) -> bool:
        """Whether something was moved into this claim."""
        return os.path.lexists(self.root / intake_id / os.fsdecode(_PAYLOAD))

    def put_back(self, claim: Claim, inbox: int) -> None:
        """Return what is no file (a link swapped in just before the rename) to the inbox, without ever replacing what
        has come there since. Raises OSError; then it stays here."""
        with folder_of(inbox, claim.path) as (target, name), self._folder(claim.intake_id) as folder:
            if stat.S_ISDIR(os.lstat(_PAYLOAD, dir_fd=folder).st_mode):
                os.rename(_PAYLOAD, name, src_dir_fd=folder, dst_dir_fd=target)  # fails on a file or a filled folder
            else:
                os.link(_PAYLOAD, name, src_dir_fd=folder, dst_dir_fd=target, follow_symlinks=False)
                os.unlink(_PAYLOAD, dir_fd=folder)
        self.drop(claim.intake_id)

    @contextmanager
    def _folder(self, intake_id: str) -> Iterator[int]:
        handle = os.open(self.root / intake_id, FOLDER)
        try:
            yield handle
        finally:
            os.close(handle)


def _present(inbox: int | None) -> int:
    if inbox is None:
        raise OSError(errno.ENOTCONN, os.strerror(errno.ENOTCONN))
    return inbox
