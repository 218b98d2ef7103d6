"""Small archives to search, for every engine of the table."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.search.ports import Index, IndexedDocument, Page
from archive.search.query import parse
from archive.search.table import ENGINES, open_index

FILED = datetime(2021, 12, 1, 8, tzinfo=UTC)


def paper(name_of: str, *pages: str, unit: str | None = "dv-01", days: int = 0, **more: Any) -> IndexedDocument:
    fields: dict[str, Any] = {
        "kind": None,
        "name": f"{name_of}.txt",
        "title": None,
        "number": None,
        "code": None,
        "year": None,
        "issued_on": None,
        "filed_at": FILED + timedelta(days=days),
        "source": "embedded",
    }
    issued = more.pop("issued", None)
    if issued:
        more["issued_on"] = date.fromisoformat(issued)
    return IndexedDocument(id=name_of, unit=unit, pages=pages, **fields | more)


@pytest.fixture(name="paper", scope="session")
def paper_fixture() -> Callable[..., IndexedDocument]:
    return paper


class Shelf:
    """An index in a folder of its own, with short words for what tests do."""

    def __init__(self, folder: Path, engine: str) -> None:
        self.folder = folder
        self.engine = engine
        self.index: Index = open_index(folder, engine)

    def put(self, *papers: IndexedDocument) -> int:
        self.index.upsert(papers)
        return self.index.commit()

    def page(self, text: str, units: frozenset[str] | None = None, **flags: Any) -> Page:
        return self.index.search(parse(text, **flags), units)

    def ids(self, text: str, units: frozenset[str] | None = None, **flags: Any) -> list[str]:
        return [hit.document for hit in self.page(text, units, **flags).hits]


@pytest.fixture(params=sorted(ENGINES))
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path / "index", request.param)
    yield shelf
    shelf.index.close()
