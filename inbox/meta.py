"""What is written down of a claim, so that any later process knows whose file it holds."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from inbox.descriptors import Stamp


@dataclass(frozen=True, slots=True)
class Claim:
    """One file on its way into the archive. `path` is relative to the inbox; `stamp` is None when the meta is lost.
    `incomplete`: taken in though its format does not close."""

    intake_id: str
    path: bytes
    unit: str | None
    stamp: Stamp | None
    seen_at: datetime
    in_place: bool = False
    incomplete: bool = False


def encoded(claim: Claim) -> bytes:
    """The content of `meta.json`."""
    stamp = claim.stamp
    data: dict[str, Any] = {
        "intake_id": claim.intake_id,
        "path": base64.b64encode(claim.path).decode("ascii"),
        "unit": claim.unit,
        "stat": asdict(stamp) if stamp else None,
        "seen_at": claim.seen_at.isoformat(),
        "in_place": claim.in_place,
        "incomplete": claim.incomplete,
    }
    return json.dumps(data, indent=1).encode("ascii")


def decoded(data: bytes, intake_id: str) -> Claim:
    """The claim that `meta.json` tells of. Raises ValueError, KeyError or TypeError for anything that `encoded` did not
    write for this very claim."""
    fields = json.loads(data)
    if fields["intake_id"] != intake_id:
        raise ValueError(fields["intake_id"])
    return Claim(
        intake_id,
        base64.b64decode(fields["path"], validate=True),
        fields["unit"],
        Stamp(**fields["stat"]),
        datetime.fromisoformat(fields["seen_at"]),
        bool(fields["in_place"]),
        bool(fields["incomplete"]),
    )
