"""Bundles: ZIP, 7z, RAR, and mails with attachments. What is in them is listed as a reading, and unpacked into a spool.

Unpacking never writes by a name from inside: members go to files that we number, names are text. All of it happens in a
worker; the service makes deliveries of what lies in the spool.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from archive.i18n import gettext as _
from archive.readers import budget, outcome, sniff
from archive.readers.bundles.member_names import rebuilt
from archive.readers.bundles.rar_bundle import RarBundle
from archive.readers.bundles.seven_zip import SevenZipBundle
from archive.readers.bundles.zip_bundle import ZipBundle
from archive.readers.limits import ReadingLimits
from archive.readers.spool import (
    Allowance,
    Bundle,
    Entry,
    Left,
    Member,
    NeedsPassword,
    NoRoom,
    OutOfTime,
    Spool,
    TooMuch,
)  # fmt: skip
from archive.records import Page, Reading, ReadingState, Source

LISTED = 50  # members left out that are told by name
_LOGO = 20 * 1024  # bytes; pictures below it, in a mail, are of its signature
_MEGABYTES_A_PAGE = 4  # as much as a page's time unpacks, on a slow disk


@dataclass(frozen=True, slots=True)
class Unpacking:
    """What came out of a bundle: members in the spool, and (name, code) of what was left, the first ones of `missing`;
    a name of "" stands for the bundle as a whole. `held_up` says why nothing can be unpacked now: a full disk, say."""

    members: tuple[Member, ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    missing: int = 0
    held_up: str = ""

    @property
    def size(self) -> int:
        """Bytes of all members."""
        return sum(member.size for member in self.members)


class _Mail:
    """The attachments of a mail, as a bundle. Those in front of the place where it is broken are had."""

    def __init__(self, path: Path, limits: ReadingLimits) -> None:
        self.cut = False
        self._parts: list[tuple[str, bytes]] = []
        try:
            self._parts.extend(_attachments(path, limits))
        except MemoryError:
            raise
        except Exception:
            self.cut = True
        self.entries: Sequence[Entry] = [
            Entry(index, rebuilt(name), len(data))
            for index, (name, data) in enumerate(self._parts)
            if not (len(data) < _LOGO and _is_picture(data))
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_details: object) -> None: ...

    def unpack(self, wanted: Sequence[Entry], spool: Spool) -> None:
        for entry in wanted:
            spool.put(entry, [self._parts[entry.index][1]])


def _attachments(path: Path, limits: ReadingLimits) -> Iterable[tuple[str, bytes]]:
    if sniff.sniff(path) == "msg":
        from archive.readers.mail import msg

        return msg.attachments(path, limits)
    from archive.readers.mail import eml

    return eml.attachments(path, limits)


def _is_picture(data: bytes) -> bool:
    return data.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM"))


_OPENERS: dict[str, Callable[[Path, ReadingLimits], Bundle]] = {
    "zip": ZipBundle,
    "7z": SevenZipBundle,
    "rar": RarBundle,
    "eml": _Mail,
    "msg": _Mail,
}


# --- reading ---------------------------------------------------------------------------------------------------------


def read_zip(path: Path, limits: ReadingLimits) -> Reading:
    """What a ZIP lists."""
    return _read(path, limits, "zip")


def read_7z(path: Path, limits: ReadingLimits) -> Reading:
    """What a 7z lists."""
    return _read(path, limits, "7z")


def read_rar(path: Path, limits: ReadingLimits) -> Reading:
    """What a RAR lists."""
    return _read(path, limits, "rar")


def _read(path: Path, limits: ReadingLimits, form: str) -> Reading:
    try:
        with _OPENERS[form](path, limits) as bundle:
            entries = bundle.entries
    except NeedsPassword:
        return outcome.locked(form)
    except MemoryError:
        raise
    except Exception:  # whatever a library raises on damage
        words = _("the bundle is damaged or cut off; make it anew, or drop its files one by one")
        return outcome.unreadable(form, "unreadable", words)
    if not entries:
        return outcome.unreadable(form, "empty", _("there is no file in the bundle"))
    if any(entry.refused == Left.LOCKED for entry in entries):
        return outcome.locked(form)
    # Names are no prose: whether they are good Vietnamese, and in which font, is not asked (`outcome.read` would).
    text = "\n".join(entry.name for entry in entries)
    return Reading(
        form, ReadingState.READ, (Page(text, Source.EMBEDDED, 1.0),), source=Source.EMBEDDED, confidence=1.0,
        reader=outcome.READER_VERSION,
    )  # fmt: skip


# --- unpacking -------------------------------------------------------------------------------------------------------


def unpack(
    path: Path,
    limits: ReadingLimits,
    *,
    into: Path,
    allowance: Allowance,
    skip: Callable[[str], bool] = lambda _name: False,
) -> Unpacking:
    """Unpack a bundle into a folder of ours, which is emptied first: each member into a file named by its index, six
    digits. Names that `skip` says yes to are passed over. Never raises for what is in the bundle."""
    budget.begin(limits)
    for leftover in into.iterdir():  # of an attempt that was killed
        leftover.unlink()
    spool = Spool(into, allowance.size)
    try:
        with _OPENERS[sniff.sniff(path)](path, limits) as bundle:
            wanted = _chosen(bundle.entries, allowance, skip, spool)
            budget.extend(limits, sum(entry.size for entry in wanted) // (_MEGABYTES_A_PAGE << 20) + len(wanted) // 10)
            _unpack(bundle, wanted, spool)
            if bundle.cut:
                spool.leave(Entry(-1, "", 0), Left.BROKEN)
    except NoRoom as error:
        return Unpacking(held_up=str(error))
    except NeedsPassword:
        spool.leave(Entry(-1, "", 0), Left.LOCKED)
    except Exception:
        spool.leave(Entry(-1, "", 0), Left.BROKEN)
    return _outcome(spool)


def _chosen(entries: Sequence[Entry], allowance: Allowance, skip: Callable[[str], bool], spool: Spool) -> list[Entry]:
    """What may be taken, in order; the others are left, each with its reason."""
    wanted: list[Entry] = []
    room = allowance.size
    for entry in entries:
        if skip(entry.name):
            continue
        if entry.refused is not None:
            spool.leave(entry, entry.refused)
        elif len(wanted) >= allowance.members:
            spool.leave(entry, allowance.over)
        elif entry.size > room:
            spool.leave(entry, Left.SIZE)
        else:
            room -= entry.size
            wanted.append(entry)
    return wanted


def _unpack(bundle: Bundle, wanted: Sequence[Entry], spool: Spool) -> None:
    """Everything that is wanted is taken or left, however the unpacking ends."""
    code = Left.BROKEN
    try:
        bundle.unpack(wanted, spool)
    except TooMuch:
        code = Left.SIZE
    except OutOfTime:
        code = Left.TIME
    except NoRoom:
        raise
    except Exception:
        code = Left.BROKEN
    done = {member.index for member in spool.taken} | {entry.index for entry, _code in spool.left}
    for entry in wanted:
        if entry.index not in done:
            spool.leave(entry, code)


def _outcome(spool: Spool) -> Unpacking:
    members = tuple(sorted(spool.taken, key=lambda member: member.index))
    left = sorted(spool.left, key=lambda pair: pair[0].index)
    return Unpacking(members, tuple((entry.name, code) for entry, code in left[:LISTED]), len(left))
