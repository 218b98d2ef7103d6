"""Over the sample dossiers: score findings exactly where the truth has them, and nowhere else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from zipfile import BadZipFile

import pytest
from docx import Document
from docx.opc.exceptions import PackageNotFoundError

from archive.records import Fact, Facts, Page, Reading, ReadingState, Recognition, Source, Table
from validators.checks.table import run_checks

SAMPLES = Path(__file__).resolve().parents[3] / ".." / "shared" / "samples" / "dossiers"
SCORES = {"sum-mismatch", "over-maximum", "level-above-score"}
LEVELS = {"xuất sắc": "HTXSNV", "tốt": "HTTNV"}

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not beside this checkout")


def read(path: Path) -> Reading | None:
    try:
        document = Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError):
        return None
    tables = tuple(Table(1, tuple(tuple(c.text for c in row.cells) for row in t.rows)) for t in document.tables)
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    return Reading("docx", ReadingState.READ, (Page(text),), tables, Source.EMBEDDED)


def facts(text: str) -> Facts:
    score = re.search(r"Tổng (?:số )?điểm tự chấm: (\d+)", text)
    level = re.search(r"Đề xuất mức chất lượng: Hoàn thành (xuất sắc|tốt)", text)
    return Facts(
        score=Fact(score[1], 1, score[0]) if score else None,
        level=Fact(LEVELS[level[1]], 1, level[0]) if level else None,
    )


def test_score_findings_are_those_of_the_truth(pack):
    truth = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))["files"]
    wanted = {name: sorted(SCORES & set(paper.get("findings_any", ()))) for name, paper in truth.items()}
    found = {}
    for path in sorted((SAMPLES / "inbox").rglob("*")):
        reading = read(path) if path.is_file() else None
        if reading is None:
            continue
        recognition = Recognition(None, 0.0, facts=facts(reading.text))
        codes = {f.code for f in run_checks(reading, recognition, name=path.name, pack=pack)}
        found[path.relative_to(SAMPLES / "inbox").as_posix()] = sorted(SCORES & codes)
    assert len(found) > 30
    assert {name: codes for name, codes in found.items() if codes} == {
        name: codes for name, codes in wanted.items() if codes
    }
