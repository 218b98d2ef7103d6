"""The examples of docs/tim-kiem.md, run as they stand there."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.search.dates import first_day
from archive.search.fallback import search_catalogue
from archive.search.ports import IndexedDocument
from archive.search.query import parse

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "tim-kiem.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")]
PAPERS = [row for row in ROWS if len(row) == 6 and len(row[0]) == 1]
EXAMPLES = [
    (typed.strip("`"), found.split(), why)
    for typed, found, why in (row for row in ROWS if len(row) == 3)
    if typed[0] == "`"
]


@pytest.fixture(name="papers")
def papers_fixture(paper: Callable[..., IndexedDocument]) -> list[IndexedDocument]:
    found = []
    for days, (name, unit, kind, code, day, text) in enumerate(PAPERS):
        issued = first_day(day)
        year = 2021 if name in "AB" else None
        more = {"code": code or None, "issued": issued.isoformat() if issued else None, "year": year}
        found.append(paper(name, text, unit=unit, kind=kind, name="tep.docx", days=-days, **more))
    return found


@pytest.mark.parametrize(("typed", "found", "why"), EXAMPLES)
def test_an_example_finds_what_the_page_says(
    papers: list[IndexedDocument], typed: str, found: list[str], why: str
) -> None:
    page = search_catalogue(parse(typed), papers, None)
    assert [hit.document for hit in page.hits] == found
    if page.understood is not None:
        assert why == f"`{page.understood}`"


def test_the_page_has_an_example_of_each_thing() -> None:
    assert len(PAPERS) == 6
    assert len(EXAMPLES) > 35
    fields = {name for typed, _, _ in EXAMPLES for name in re.findall(r"([a-z-]+):", typed)}
    assert {"so", "loai", "don-vi", "nam", "tu", "den", "unit", "kind", "year"} <= fields
