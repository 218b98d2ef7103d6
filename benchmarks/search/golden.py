"""How the order of hits was chosen: the golden searches with one thing of the ranking changed at a time.

The weights are the order of the levels in `archive.search.ranking.levels` and NEAR. They may be tuned on the searches
at odd places only; those at even places are for measuring. Run as `python -m benchmarks.search.golden FOLDER`, the
folder being that of the golden set (documents.json, queries.json).
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from archive.search import ranking
from archive.search.answer import answer
from archive.search.memory import InMemory
from archive.search.ports import IndexedDocument
from archive.search.query import parse
from archive.search.ranking import Level
from tests.archive.search.making import in_memory

_YEAR = re.compile(r"\nHà Tĩnh, ngày \d+ tháng \d+ năm (\d{4})\n")
_LEVELS = ranking.levels
_NEAR = ranking.NEAR

Change = Callable[[tuple[Level, ...]], tuple[Level, ...]]


def papers(folder: Path) -> list[IndexedDocument]:
    """The documents of the set, filed in an order that has nothing to do with the expected one."""
    found = []
    for at, record in enumerate(json.loads((folder / "documents.json").read_text(encoding="utf-8"))):
        year = _YEAR.search(record["text"])
        found.append(
            IndexedDocument(
                id=record["id"], unit=record["unit"], kind=None, name=record["name"], title=None, number=None,
                code=None, year=int(year[1]) if year else None, issued_on=None, source="embedded",
                filed_at=datetime(2021, 12, 1, tzinfo=UTC) + timedelta(days=at * 7919 % 997),
                pages=(unicodedata.normalize("NFD", record["text"]) if record["nfd"] else record["text"],),
            )
        )  # fmt: skip
    return found


def score(segment: InMemory, queries: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """Means of right-first and recall@10."""
    firsts, recalls = [], []
    for query in queries:
        options = dict(query.get("options", {}))
        if "from" in options:
            options["from_"] = options.pop("from")
        hits = [hit.document for hit in answer([segment], parse(query["query"], limit=10, **options), None, 0).hits]
        first, wanted = set(query["first"]), {*query["first"], *query["then"]}
        firsts.append(0.0 if set(hits) & set(query["not"]) else len(first & set(hits[: len(first)])) / len(first))
        recalls.append(len(wanted & set(hits)) / len(wanted))
    return sum(firsts) / len(firsts), sum(recalls) / len(recalls)


def without(name: str) -> Change:
    """The levels without one of them."""
    return lambda levels: tuple(level for level in levels if level.name != name)


def before(name: str, other: str) -> Change:
    """The levels with one moved in front of another."""

    def change(levels: tuple[Level, ...]) -> tuple[Level, ...]:
        moved = [level for level in levels if level.name == name]
        rest = [level for level in levels if level.name != name]
        at = next((at for at, level in enumerate(rest) if level.name == other), len(rest))
        return (*rest[:at], *moved, *rest[at:])

    return change


def changes() -> Iterator[tuple[str, Change, int]]:
    """What is tried: a name, a change of the levels, and NEAR."""
    yield "as it is", lambda levels: levels, _NEAR
    for words in (3, 10, 100, 1000):
        yield f"near = {words} words", lambda levels: levels, words
    for name in ("phrase", "near", "other-accents", "accents", "pairs", "spelling", "title", "often"):
        yield f"without {name}", without(name), _NEAR
    for name, other in (
        ("other-accents", "near"),
        ("other-accents", "phrase"),
        ("accents", "phrase"),
        ("title", "phrase"),
        ("often", "phrase"),
        ("often", "spelling"),
        ("spelling", "phrase"),
    ):
        yield f"{name} before {other}", before(name, other), _NEAR


def main(folder: Path) -> None:
    """Print the figures of both halves."""
    segment = in_memory(papers(folder))
    queries = json.loads((folder / "queries.json").read_text(encoding="utf-8"))
    print(f"{'':34}{'to tune on':>20}{'to measure':>20}")
    for name, change, words in changes():
        ranking.levels = lambda root, change=change: change(_LEVELS(root))  # type: ignore[assignment,misc]
        ranking.NEAR = words
        figures = [score(segment, queries[half::2]) for half in (0, 1)]
        print(f"{name:34}" + "".join(f"{first:>12.3f}{recall:>8.3f}" for first, recall in figures))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
