"""Whether an archive has outgrown the embedded engine, by what searches of its own words take."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from archive.i18n import gettext as _
from archive.search.ports import Index
from archive.search.query import parse

EMBEDDED = "whoosh"
MEASURED = 20_000  # documents; p95 was 78 ms with 6,000, 261 with 20,000, 609 with 30,000, see benchmarks/search
SLOW = 500.0  # milliseconds, at the 95th percentile

# Words that stand in most papers of any office: of all searches the slowest.
_COMMON = ("công tác", "của đảng", "báo cáo", "và các", "thực hiện", "năm", "dang uy", "kiem tra", "chi bộ", "cán bộ")


def outgrown(index: Index, clock: Callable[[], float] = perf_counter) -> str:
    """Why another engine would serve better, in words; nothing when this one does."""
    documents = int(index.stats()["documents"])
    if documents > MEASURED:
        return _("{n} documents are more than the search engine whoosh was measured with ({most})").format(
            n=documents, most=MEASURED
        )
    taken = sorted(_taken(index, text, clock) for text in _COMMON for _round in range(2))
    slowest = taken[int(len(taken) * 0.95)]
    if slowest > SLOW:
        return _("a search takes up to {n} ms").format(n=round(slowest))
    return ""


def _taken(index: Index, text: str, clock: Callable[[], float]) -> float:
    began = clock()
    index.search(parse(text))
    return 1000 * (clock() - began)
