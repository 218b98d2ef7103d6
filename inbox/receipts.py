"""Lays the answers into the clerk's folder: status page, missing list, receipts, notes about files to mend.

Everything may be repeated: what is already there and equal is not touched (an open Explorer would flicker, and our own
watcher would wake). A share that is read-only, full or gone costs the answer, for now: each function returns what it
could not write as `Failure` values, and the caller tries again later. Nothing here ever stops the filing of documents.
"""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from archive.i18n import gettext as _
from archive.records import Unit
from inbox.answer_folder import Folder, opened
from reports.names import MISSING, NOTE, RECEIPTS, STATUS, TO_MEND, other_name
from reports.names import unit_folder as unit_folder
from reports.pages import NotePage, ReceiptPage, RootPage, UnitPage
from reports.table import render
from reports.text import note_name, seal_of

_MOST_OF_A_NOTE = 1 << 16


@dataclass(frozen=True, slots=True)
class Failure:
    """An answer that could not be laid down now: where below the inbox, a stable code (read-only, full, gone, link,
    failed) and a sentence for the log."""

    path: str
    code: str
    message: str


@dataclass(slots=True)
class Answered:
    """What came of a call: files written, files that were right already, files removed, what failed, and for receipts
    the intake ids that now have theirs in the folder."""

    written: int = 0
    kept: int = 0
    removed: int = 0
    failures: list[Failure] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    def count(self, written: bool) -> None:
        """One more file, written or found right."""
        self.written += written
        self.kept += not written

    def __iadd__(self, other: Answered) -> Answered:
        self.written += other.written
        self.kept += other.kept
        self.removed += other.removed
        self.failures += other.failures
        self.done += other.done
        return self


def write_unit_answers(
    inbox: Path,
    folder: PurePosixPath | bytes | str,
    page: UnitPage,
    notes: Sequence[NotePage] = (),
    sources: Mapping[str, Path] | None = None,
) -> Answered:
    """Lay page, missing list and notes into a unit's folder (made when it is not there). `folder` is the unit's path
    below the inbox, see `unit_folder`; `sources` as in `sync_notes`."""
    answered = _put_pages(inbox, folder, page)
    answered += sync_notes(inbox, folder, notes, sources)
    return answered


def write_root_answers(
    inbox: Path,
    page: RootPage,
    notes: Sequence[NotePage] = (),
    sources: Mapping[str, Path] | None = None,
) -> Answered:
    """Lay the page of all units, the missing list and the notes about stray files into the inbox' root."""
    answered = _put_pages(inbox, "", page)
    answered += sync_notes(inbox, "", notes, sources)
    return answered


def _put_pages(inbox: Path, folder: PurePosixPath | bytes | str, page: UnitPage | RootPage) -> Answered:
    answered = Answered()
    for name, form in ((STATUS, "html"), (MISSING, "text")):
        content = render(page, form)
        with _failing(answered, folder, name), opened(inbox, folder, create=True) as place:
            answered.count(place.put(name, content))
    return answered


def write_receipts(inbox: Path, units: Mapping[str, Unit], pages: Sequence[ReceiptPage]) -> Answered:
    """Lay receipts into `_BIEN-NHAN` of their units' folders. A receipt is written once and never changed; one that
    lies there already, in whatever words, counts as done. A delivery of no unit has no receipt page: its answer is the
    note in the root's `_CAN-SUA`, and it counts as done here."""
    answered = Answered()
    by_unit: dict[str, list[ReceiptPage]] = {}
    for page in pages:
        by_unit.setdefault(page.unit, []).append(page)
    answered.done += [page.intake_id for page in by_unit.pop("", [])]
    for unit, own in by_unit.items():
        folder = unit_folder(units, unit) / RECEIPTS
        with _failing(answered, folder, ""), opened(inbox, folder, create=True) as place:
            for page in own:
                with _failing(answered, folder, page.file):
                    answered.count(_put_receipt(place, page))
                    answered.done.append(page.intake_id)
    return answered


def _put_receipt(place: Folder, page: ReceiptPage) -> bool:
    """Write a receipt unless it is there; where something else has its name, beside that under another one."""
    mark = page.intake_id.encode()
    for name in (page.file, other_name(page.file, page.intake_id)):
        there = place.read(name) if place.is_there(name) else b""
        if there and mark in there:
            return False
        if not place.is_there(name):
            return place.put(name, render(page, "html"), 0o444)
    raise FileExistsError(errno.EEXIST, "both names of the receipt are taken", page.file)


# --- notes -----------------------------------------------------------------------------------------------------------


def sync_notes(
    inbox: Path,
    folder: PurePosixPath | bytes | str,
    notes: Sequence[NotePage],
    sources: Mapping[str, Path] | None = None,
) -> Answered:
    """Make `_CAN-SUA` of a folder hold exactly these notes. `sources` maps keys of notes to files whose bytes are laid
    beside the note when it is first written (never those of a paper marked secret). Notes of ours that no longer hold
    go, and the copies beside them; what a clerk has put there or written into is never touched."""
    answered = Answered()
    where = PurePosixPath(_text(folder)) / TO_MEND
    if not notes and not _exists(answered, inbox, where):
        return answered
    with _failing(answered, where, ""), opened(inbox, _below(folder, TO_MEND), create=bool(notes)) as place:
        ours = _own_notes(place)
        wanted = {note.mend.key: note for note in notes}
        for name, (key, sha256) in ours.items():
            if key not in wanted:
                with _failing(answered, where, name):
                    _remove_note(place, name, sha256)
                    answered.removed += 1
        standing = {key: name for name, (key, _sha256) in ours.items() if key in wanted}
        for key, note in wanted.items():
            with _failing(answered, where, note_name(note.file)):
                source = (sources or {}).get(key) if note.mend.copied else None
                if source is not None and not source.is_file():
                    source = None  # the note matters more than the copy; `hoso verify` tells of a missing blob
                answered.count(_put_note(place, note, standing.get(key), source))
    if not notes and not answered.failures:
        with _failing(answered, where, ""), opened(inbox, folder) as parent:
            parent.remove_folder_if_empty(TO_MEND)
    return answered


def _own_notes(place: Folder) -> dict[str, tuple[str, str]]:
    """Names of notes that we wrote and nobody has changed, with the key and the digest they tell."""
    found = {}
    for name in sorted(place.names()):
        if name.endswith(NOTE):
            seal = seal_of(place.read(name, _MOST_OF_A_NOTE) or b"")
            if seal:
                found[name] = seal
    return found


def _put_note(place: Folder, note: NotePage, standing: str | None, source: Path | None) -> bool:
    """Write one note. One that stands already keeps its name; a new one steps aside for whatever has its name, and
    only a new one gets the file beside it: a clerk who took the file away to mend it does not want it back."""
    content = render(note, "text")
    if standing is not None:
        return place.put(standing, content)
    file = note.file
    if not _free(place, file, note, source):
        file = other_name(note.file, note.mend.key)
    if source is not None and not place.is_there(file):
        place.put_copy(file, source)
    return place.put(note_name(file), content)


def _free(place: Folder, file: str, note: NotePage, source: Path | None) -> bool:
    """Whether a note and its file may have this name: nothing is there, or our own copy that lost its note."""
    if place.is_there(note_name(file)):
        return False
    if not place.is_there(file):
        return True
    return source is not None and place.digest(file) == note.mend.sha256


def _remove_note(place: Folder, name: str, sha256: str) -> None:
    """The copy goes before its note: after a crash between the two the note still says whose the copy was."""
    file = name.removesuffix(NOTE)
    if sha256 != "-" and place.digest(file) == sha256:
        place.remove(file)
    place.remove(name)


def sweep(inbox: Path, folders: Sequence[PurePosixPath | bytes | str]) -> int:
    """Remove what an interrupted run left aside in the root and in these folders of units. To be called at start, when
    nobody else answers in this inbox."""
    swept = 0
    for folder in ("", *folders):
        for inner in ("", RECEIPTS, TO_MEND):
            with contextlib.suppress(OSError), opened(inbox, _below(folder, inner)) as place:
                swept += place.sweep()
    return swept


# --- failures --------------------------------------------------------------------------------------------------------

_CODES = {
    errno.EROFS: "read-only", errno.EACCES: "read-only", errno.EPERM: "read-only", errno.ENOSPC: "full",
    errno.EDQUOT: "full", errno.ENOENT: "gone", errno.ESTALE: "gone", errno.EHOSTDOWN: "gone", errno.EIO: "gone",
    errno.ENOTCONN: "gone", errno.ELOOP: "link", errno.ENOTDIR: "link", errno.EISDIR: "link",
}  # fmt: skip


@contextlib.contextmanager
def _failing(answered: Answered, folder: PurePosixPath | bytes | str, name: str) -> Iterator[None]:
    """Turn an OSError into a Failure: an answer is tried again, the loop goes on."""
    try:
        yield
    except OSError as error:
        path = str(PurePosixPath(_text(folder)) / name) if name else _text(folder) or "."
        answered.failures.append(Failure(path, _CODES.get(error.errno or 0, "failed"), _words(path, error)))


def _words(path: str, error: OSError) -> str:
    reason = {
        "read-only": _("the share cannot be written to"),
        "full": _("the disk of the share is full"),
        "gone": _("the share is not there"),
        "link": _("something else lies there under our name, such as a link; remove it"),
    }.get(_CODES.get(error.errno or 0, ""), error.strerror or str(error))
    return _("{path} could not be written: {reason}; it is tried again.").format(path=path, reason=reason)


def _exists(answered: Answered, inbox: Path, where: PurePosixPath) -> bool:
    try:
        with opened(inbox, where):
            return True
    except FileNotFoundError:
        return False
    except OSError:
        with _failing(answered, where, ""):
            raise
        return False


def _text(folder: PurePosixPath | bytes | str) -> str:
    return folder.decode("utf-8", "replace") if isinstance(folder, bytes) else str(folder).removeprefix("./")


def _below(folder: PurePosixPath | bytes | str, name: str) -> PurePosixPath | bytes | str:
    if isinstance(folder, bytes):
        return folder + b"/" + name.encode()
    return PurePosixPath(folder) / name
