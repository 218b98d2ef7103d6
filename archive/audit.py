"""The audit log: a hash chain over every change of what is held or decided.

Each row's digest covers the row and the digest before it, so no row can be changed, inserted or taken out unseen. The
chain's end could still be cut off; that is why its head is also written outside the database (`<home>/audit.head`) and
into each receipt.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from archive import models
from archive.errors import IntegrityFailure
from archive.i18n import gettext as _
from archive.store import sync_directory

GENESIS = "0" * 64
SYSTEM = "hoso"  # who did what nobody did by hand


@dataclass(frozen=True, slots=True)
class Head:
    """The last link: its number (0 = empty log) and its digest."""

    seq: int
    digest: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A change to be logged: who did what to which thing, and the values it now has."""

    actor: str
    action: str
    subject: str
    detail: dict[str, Any]


def digest(seq: int, at: datetime, entry: Entry, previous: str) -> str:
    """SHA-256 over a canonical form of one link."""
    row = [seq, at.astimezone(UTC).isoformat(), entry.actor, entry.action, entry.subject, entry.detail, previous]
    return digest_of(row)


def digest_of(value: Any) -> str:
    """SHA-256 over the canonical form of JSON-ready data."""
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode("utf-8", "backslashreplace")).hexdigest()


def logged(*actions: str) -> Iterator[models.Audit]:
    """The links of these actions, in order."""
    return models.Audit.objects.filter(action__in=actions).order_by("seq").iterator()


def append(entries: Iterable[Entry], at: datetime) -> Head:
    """Add links to the chain. Must be called inside the transaction that makes the change."""
    end = head()
    seq, previous = end.seq, end.digest
    rows = []
    for entry in entries:
        seq += 1
        link = digest(seq, at, entry, previous)
        rows.append(
            models.Audit(
                seq=seq, at=at, actor=entry.actor, action=entry.action, subject=entry.subject, detail=entry.detail,
                previous=previous, digest=link,
            )
        )  # fmt: skip
        previous = link
    models.Audit.objects.bulk_create(rows)
    return Head(seq, previous)


def head() -> Head:
    """The end of the chain as the database has it."""
    last = models.Audit.objects.order_by("-seq").values_list("seq", "digest").first()
    return Head(*last) if last else Head(0, GENESIS)


def rows() -> Iterator[models.Audit]:
    """Every link in order."""
    yield from models.Audit.objects.order_by("seq").iterator()


def broken_links() -> list[int]:
    """Numbers of links whose digest, predecessor or number is not what it must be."""
    wrong, previous, expected = [], GENESIS, 1
    for row in rows():
        entry = Entry(row.actor, row.action, row.subject, row.detail)
        if row.seq != expected or row.previous != previous or digest(row.seq, row.at, entry, previous) != row.digest:
            wrong.append(row.seq)
        previous, expected = row.digest, row.seq + 1
    return wrong


def write_head(path: Path) -> Head:
    """Copy the chain's head to a file outside the database; call it after the commit. A file that knows a link which
    the chain has no more (cut off or rewritten) stays as it is, for `verify` to find."""
    with transaction.atomic():  # one process at a time, so that of two the later head stays
        end = head()
        known = read_head(path)
        if known != end and (known is None or head_holds(known)):
            aside = path.with_name(path.name + ".part")
            with aside.open("w", encoding="ascii") as file:
                file.write(f"{end.seq} {end.digest}\n")
                file.flush()
                os.fsync(file.fileno())
            aside.replace(path)
            sync_directory(path.parent)
    return end


def read_head(path: Path) -> Head | None:
    """The head as the file has it; None where there is none. Raises IntegrityFailure when the file is damaged."""
    try:
        seq, link = path.read_text(encoding="ascii").split()
        return Head(int(seq), link)
    except FileNotFoundError:
        return None
    except (ValueError, OSError) as error:
        raise IntegrityFailure(_("{path} is damaged: {error}").format(path=path, error=error)) from error


def head_holds(known: Head) -> bool:
    """Whether the chain still has that link: false when its end was cut off or rewritten."""
    if known.seq == 0:
        return True
    return models.Audit.objects.filter(seq=known.seq, digest=known.digest).exists()
