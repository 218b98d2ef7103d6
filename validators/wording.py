"""What of a rule pack recognition and the checks on a document look at, as one digest.

Where two packs agree in it, every paper is recognised alike under both: a changed deadline or number of copies is no
reason to look at thousands of papers again.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json

from archive.records import plain
from rules.model import RulePack

# Of these neither recognition nor a check on one document looks at anything.
_LEFT_OUT = frozenset({
    "id", "title", "year", "years", "basis", "areas", "unit_types", "committees", "sha256", "base", "changes",
    "calendar", "exempt_members", "grading_unverified",
})  # fmt: skip
# Of a requirement only what sub-folders are named by, and what they then hold.
_OF_REQUIREMENTS = ("id", "title", "names", "accepts", "all_of")


def wording(pack: RulePack) -> str:
    """SHA-256 over the kinds, the words and whatever else recognition and the checks take from the pack."""
    data = {
        field.name: plain(getattr(pack, field.name))
        for field in dataclasses.fields(pack)
        if field.name not in _LEFT_OUT and field.name != "requirements"
    }
    data["requirements"] = [
        [plain(getattr(requirement, name)) for name in _OF_REQUIREMENTS] for requirement in pack.requirements
    ]
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()
