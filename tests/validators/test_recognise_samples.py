"""Recognition over the sample dossiers that lie beside the checkout: every readable paper, every field."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from archive.readers.limits import ReadingLimits
from archive.readers.table import read
from archive.records import ReadingState, Recognition
from archive.vietnamese import exact_words
from tests.validators.papers import pack
from validators.recognise import recognise

DOSSIERS = Path(__file__).resolve().parents[2] / ".." / "shared" / "samples" / "dossiers"
UNITS = (
    "db-cd-y-te",
    "cb-khoa-dieu-duong",
    "cb-phong-to-chuc",
    "cb-cty-dai-phong-1",
    "cb-cty-dai-phong-2",
    "cb-van-thu-cu",
)
SERVES_NOTHING = {"báo cáo 6 tháng về kiểm tra, giám sát": "bao-cao-ktgs-so-ket"}

pytestmark = pytest.mark.skipif(not DOSSIERS.is_dir(), reason="the sample dossiers are not beside this checkout")


def papers(tmp_path: Path) -> list[tuple[str, dict[str, Any], Recognition]]:
    truth = json.loads((DOSSIERS / "truth.json").read_text(encoding="utf-8"))["files"]
    found = []
    for rel, wanted in truth.items():
        path = DOSSIERS / "inbox" / rel
        if "member_of" in wanted:
            with zipfile.ZipFile(DOSSIERS / "inbox" / wanted["member_of"]) as bundle:
                path = tmp_path / f"{len(found)}.docx"
                path.write_bytes(bundle.read(rel[len(wanted["member_of"]) + 1 :]))
        reading = read(path, ReadingLimits())
        if reading.state is ReadingState.READ and reading.format != "zip" and reading.text.strip():
            *folders, name = rel.split("/")
            folder = "/".join(part for part in folders if part not in UNITS and not part.endswith(".zip"))
            found.append((rel, wanted, recognise(reading, name=name, folder=folder, pack=pack())))
    return found


def fields(found: Recognition) -> dict[str, str | int | None]:
    facts = found.facts
    read_off = {
        "number": facts.number,
        "code": facts.code,
        "issued_on": facts.issued_on,
        "issuer": facts.issuer,
        "signer": facts.signer,
    }
    return {
        **{key: fact.value if fact else None for key, fact in read_off.items()},
        "year": facts.period.year if facts.period else None,
    }


def fits(key: str, wanted: object, got: object) -> bool:
    for want in wanted if isinstance(wanted, list) else [wanted]:
        if key == "code" and want and got:
            want, got = ("".join(char for char in str(text) if char.isalnum()) for text in (want, got))
        if want == got or (want and got and exact_words(str(want)) == exact_words(str(got))):
            return True
    return False


def test_kinds_and_fields_of_every_readable_paper(tmp_path: Path) -> None:
    accepted = {requirement.id: set(requirement.accepts) for requirement in pack().requirements}
    seen = papers(tmp_path)
    assert len(seen) >= 50
    wrong = []
    for rel, wanted, found in seen:
        serves = set[str]().union(*(accepted.get(word, set()) for word in wanted["kind_any"]))
        if (serves and found.kind not in serves) or found.kind is None:
            wrong.append((rel, "kind", found.kind))
        if (
            wanted["kind_any"]
            and wanted["kind_any"][0] in SERVES_NOTHING
            and found.kind != SERVES_NOTHING[wanted["kind_any"][0]]
        ):
            wrong.append((rel, "kind", found.kind))
        wrong += [
            (rel, key, str(got))
            for key, got in fields(found).items()
            if key in wanted and not fits(key, wanted[key], got)
        ]
    assert wrong == []


def test_only_the_paper_marked_secret_is_secret(tmp_path: Path) -> None:
    marked = [rel for rel, _, found in papers(tmp_path) if found.facts.secrecy]
    assert marked == ["cb-cty-dai-phong-1/BC QCDC 2021.docx"]
