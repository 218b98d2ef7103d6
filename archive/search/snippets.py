"""The piece of a page that shows why a document was found. Plain text with places; whoever shows it escapes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from archive.search.analysis import line
from archive.search.postings import page_of

LENGTH = 200  # characters, about

Marks = Sequence[tuple[int, Sequence[int]]]


def best_page(marks: Marks, starts: Sequence[int]) -> int | None:
    """The page (from 1) with most of the match, the first of equals; None for a document without pages."""
    if not starts:
        return None
    weights: Counter[int] = Counter()
    for weight, positions in marks:
        for page in {page_of(position, starts) for position in positions}:
            weights[page] += weight
    del weights[0]  # title, name and number stand on no page
    return min(weights, key=lambda page: (-weights[page], page)) if weights else 1


def snippet(page: str, start: int, marks: Marks) -> tuple[str, tuple[tuple[int, int], ...]]:
    """About LENGTH characters of a page around the densest place of the match, and the places of matched words in it.
    `start` is the position of the page's first word."""
    words = line(page)
    found = sorted(
        (begin, min(end, begin + LENGTH), group)  # a word may be as long as the page, as of a picture written as text
        for group, (_, positions) in enumerate(marks)
        for position in positions
        if 0 <= position - start < len(words.words)
        for begin, end in [words.span(position - start)]
    )
    begin, end = _window(page, found)
    spans = sorted({(first - begin, last - begin) for first, last, _ in found if first >= begin and last <= end})
    return page[begin:end], tuple(spans)


def _window(page: str, found: Sequence[tuple[int, int, int]]) -> tuple[int, int]:
    if not found:
        return _trim(page, 0, min(LENGTH, len(page)), 0, 0)
    first, last = _densest(found)
    spare = max(0, LENGTH - (last - first))
    begin = max(0, min(first - spare // 3, len(page) - LENGTH))
    end = min(len(page), max(begin + LENGTH, last))
    return _trim(page, begin, end, first, last)


def _densest(found: Sequence[tuple[int, int, int]]) -> tuple[int, int]:
    """The stretch of at most LENGTH characters with most different groups, then most words; the first of equals."""
    best = (0, 0, 0)
    stretch = found[0][:2]
    inside: Counter[int] = Counter()
    right = 0
    for left, (first, _, group) in enumerate(found):
        while right < len(found) and (right == left or found[right][1] - first <= LENGTH):
            inside[found[right][2]] += 1
            right += 1
        here = (len(inside), right - left, -first)
        if left == 0 or here > best:
            best, stretch = here, (first, max(end for _, end, _ in found[left:right][-1:]))
        inside[group] -= 1
        if not inside[group]:
            del inside[group]
    return stretch


def _trim(page: str, begin: int, end: int, first: int, last: int) -> tuple[int, int]:
    """Cut at blanks rather than within words, never into the match; no blanks at the ends."""
    if begin > 0 and not page[begin - 1].isspace():
        while begin < first and not page[begin].isspace():
            begin += 1
    if end < len(page) and not page[end].isspace():
        cut = end
        while cut > max(last, begin) and not page[cut - 1].isspace():
            cut -= 1
        end = cut if cut > max(last, begin) else end
    while begin < end and page[begin].isspace() and begin < max(first, 1):
        begin += 1
    while end > begin and page[end - 1].isspace():
        end -= 1
    return begin, end
