"""The same measure on the sample dossiers beside the checkout, where kinds are told by the requirement they serve."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

from archive.readers.limits import ReadingLimits
from archive.readers.table import read
from archive.records import ReadingState, Recognition
from archive.vietnamese import bare
from rules.loader import find_pack
from validators.recognise import recognise

DOSSIERS = Path(__file__).resolve().parents[2] / ".." / "shared" / "samples" / "dossiers"
_UNITS = (
    *("db-cd-y-te", "cb-khoa-dieu-duong", "cb-phong-to-chuc"),
    *("cb-cty-dai-phong-1", "cb-cty-dai-phong-2", "cb-van-thu-cu"),
)


def _papers(folder: Path) -> list[tuple[str, dict[str, Any], Path]]:
    truth = json.loads((DOSSIERS / "truth.json").read_text(encoding="utf-8"))["files"]
    found = []
    for rel, wanted in truth.items():
        path = DOSSIERS / "inbox" / rel
        if "member_of" in wanted:
            with zipfile.ZipFile(DOSSIERS / "inbox" / wanted["member_of"]) as bundle:
                path = folder / f"{len(found)}{Path(rel).suffix}"
                path.write_bytes(bundle.read(rel[len(wanted["member_of"]) + 1 :]))
        found.append((rel, wanted, path))
    return found


def _fields(found: Recognition) -> dict[str, str | int | None]:
    facts = found.facts
    read_off = {
        "number": facts.number,
        "code": facts.code,
        "issued_on": facts.issued_on,
        "issuer": facts.issuer,
        "signer": facts.signer,
    }
    values: dict[str, str | int | None] = {key: fact.value if fact else None for key, fact in read_off.items()}
    return values | {"year": facts.period.year if facts.period else None}


def _fits(wanted: object, got: object) -> bool:
    def key(value: object) -> str:
        return "".join(char for char in bare(str(value)).lower() if char.isalnum())

    return any(
        want == got or (want is not None and got is not None and key(want) == key(got))
        for want in (wanted if isinstance(wanted, list) else [wanted])
    )


def report() -> None:
    """Prints the table; nothing where the samples are not there."""
    if not DOSSIERS.is_dir():
        return
    pack = find_pack("xep-loai-2021")
    accepted = {requirement.id: set(requirement.accepts) for requirement in pack.requirements}
    count: Counter[str] = Counter()
    mistakes = []
    with tempfile.TemporaryDirectory() as scratch:
        for rel, wanted, path in _papers(Path(scratch)):
            reading = read(path, ReadingLimits())
            if (
                reading.state is not ReadingState.READ
                or reading.format == "zip"
                or not reading.text.strip()
                or "kind_any" not in wanted
            ):
                continue
            *folders, name = rel.split("/")
            folder = "/".join(part for part in folders if part not in _UNITS and not part.endswith(".zip"))
            found = recognise(reading, name=name, folder=folder, pack=pack)
            serves = set[str]().union(*(accepted.get(word, set()) for word in wanted["kind_any"]))
            count["papers"] += 1
            count["unknown"] += found.kind is None
            if found.kind and serves:
                count["kinds"] += 1
                count["kind"] += found.kind in serves
                mistakes += [(rel, "kind", found.kind)] if found.kind not in serves else []
            for key, got in _fields(found).items():
                if key in wanted:
                    count[f"{key} of"] += 1
                    count[key] += _fits(wanted[key], got)
                    mistakes += [(rel, key, str(got))] if not _fits(wanted[key], got) else []
    print(f"\n## sample dossiers: {count['papers']} papers with text\n")
    print(
        f"kind {count['kind']}/{count['kinds']}, not recognised {count['unknown']}, "
        + ", ".join(
            f"{key} {count[key]}/{count[f'{key} of']}"
            for key in ("number", "code", "issued_on", "issuer", "signer", "year")
        )
    )
    for mistake in mistakes:
        print("-", *mistake)
