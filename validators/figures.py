"""The counts that papers print and that must agree: people at a meeting, ballots and votes, ratings.

Read only where they are plain, and never on recognised pictures: a wrong digit there is no disagreement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from archive.records import Fact, Figure, Reading, Recognition, Source
from archive.vietnamese import fold
from rules.model import Level, RulePack
from validators.checks.points import show
from validators.checks.score_table import score_tables
from validators.rating_tables import MEMBERS, SUB_UNITS, RatingTable, rating_tables, row_of

_LINES, _LENGTH = 1_500, 600
_N = r"(?P<n>\d{1,5})(?![\d%]|[.,]\d|\s?%|\s?/\s?\d{1,2}/\d{2,4}|\s?(?:gio|h|phut|ngay|thang)\b)"
_GAP = r"[^\d\n;]{0,30}?"
_MEMBERS = re.compile(
    rf"tong so dang vien(?: (?:cua|trong|toan) (?:chi bo|dang bo))?(?: hien (?:co|nay))?\s?(?:la|co)?\s?[:=]?\s?{_N}"
)
_MEETING = {
    "called": re.compile(rf"(?:tong so|trieu tap|duoc trieu tap)(?! phieu){_GAP}{_N}"),
    "present": re.compile(rf"co mat{_GAP}{_N}(?:\s?/\s?(?P<of>\d{{1,5}}))?"),
    "absent": re.compile(rf"vang(?: mat)?{_GAP}{_N}"),
}
_BALLOTS = {
    "issued": re.compile(rf"phat ra{_GAP}{_N}"),
    "collected": re.compile(rf"thu (?:ve|vao|lai){_GAP}{_N}"),
    "valid": re.compile(rf"(?<!khong )hop le{_GAP}{_N}"),
    "invalid": re.compile(rf"khong hop le{_GAP}{_N}"),
}
_VOTES = re.compile(rf"(?P<gap>[^\d\n]{{0,40}}){_N}(?:\s?/\s?\d{{1,5}})?\s?phieu")
_PEOPLE = re.compile(rf"(?P<gap>[^\d\n]{{0,25}}){_N}\s?(?P<who>dong chi|dang vien|d/c|nguoi|chi bo|to chuc)")
_UP = ("tro len", "tro xuong")
_MEETS = {"minutes", "tally"}


def with_figures(found: Recognition, reading: Reading, pack: RulePack, decided: str | None = None) -> Recognition:
    """The recognition with the figures of its paper, in their order; as it is where the pack compares no such kind.
    `decided` is the kind that a person said it is."""
    roles = pack.grading.papers.get(decided or found.kind or "", frozenset())
    if not roles or reading.source is Source.OCR:
        return found
    score = found.facts.score or (_total(reading) if "score" in roles else None)
    figures = tuple(_of_roles(reading, roles, pack.levels))
    return replace(found, facts=replace(found.facts, score=score, figures=figures))


def _total(reading: Reading) -> Fact | None:
    """The total of the score table, wherever in a sheet it stands."""
    tables = score_tables(reading.tables)
    total = tables[0].total if len(tables) == 1 else None
    if total is None or total.own is None:
        return None
    return Fact(format(total.own.normalize(), "f"), total.page, f"{total.words} | {show(total.own)}")


def _of_roles(reading: Reading, roles: frozenset[str], levels: Sequence[Level]) -> Iterator[Figure]:
    lines = list(_lines(reading))
    if roles & _MEETS:
        yield from _first(lines, _MEETING)
    if roles & {"report", "ratings", "score"}:
        yield from _first(lines, {"members": _MEMBERS})
    if "tally" in roles:
        yield from _ballots(lines, levels)
        yield from _voted(rating_tables(reading.tables, levels))
    if "ratings" in roles:
        yield from _rated(rating_tables(reading.tables, levels), lines, levels)


def _lines(reading: Reading) -> Iterator[tuple[int, str, str]]:
    """Page, words and folded words of the lines that hold a number; folding keeps lengths."""
    left = _LINES
    for number, page in enumerate(reading.pages, start=1):
        for line in page.text.split("\n", left)[:left]:
            left -= 1
            if page.source is not Source.OCR and any(map(str.isdecimal, line[:_LENGTH])):
                words = " ".join(line[:_LENGTH].split())
                yield number, words, fold(words)


def _first(lines: Sequence[tuple[int, str, str]], wanted: Mapping[str, re.Pattern[str]]) -> Iterator[Figure]:
    """The first of each: later ones are of other meetings, other years."""
    found: set[str] = set()
    for page, words, folded in lines:
        for name, pattern in wanted.items():
            match = pattern.search(folded) if name not in found else None
            if match:
                found.add(name)
                yield Figure(name, int(match["n"]), page, words)
                if name == "present" and match["of"] and "called" not in found:
                    found.add("called")
                    yield Figure("called", int(match["of"]), page, words)


def _ballots(lines: Sequence[tuple[int, str, str]], levels: Sequence[Level]) -> Iterator[Figure]:
    """Ballot by ballot, each begun by its slips handed out; votes belong to the ballot above them. A level that comes
    again is about somebody else."""
    names = _level_names(levels)
    ballot, subject = 0, 0
    voted: set[str] = set()
    for page, words, folded in lines:
        for name, pattern in _BALLOTS.items():
            match = pattern.search(folded)
            if match:
                ballot += name == "issued"
                yield Figure(name, int(match["n"]), page, words, of=str(max(ballot, 1)))
                voted = set()
        for level, count in _counted(folded, names, _VOTES):
            if level in voted or not voted:
                subject, voted = subject + 1, set()
            voted.add(level)
            yield Figure("votes", count, page, words, level, f"{max(ballot, 1)}.{subject}")


def _level_names(levels: Sequence[Level]) -> list[tuple[str, str]]:
    """Names of levels as they stand in a line, the longest first: "không hoàn thành ..." holds "hoàn thành ..."."""
    named = {(fold(level.title), level.id) for level in levels} | {(fold(level.id), level.id) for level in levels}
    return sorted(named, key=lambda item: -len(item[0]))


def _counted(folded: str, names: Sequence[tuple[str, str]], pattern: re.Pattern[str]) -> list[tuple[str, int]]:
    """The levels that a line counts, in its order."""
    rest, found = folded, []
    for name, level in names:
        at = rest.find(name)
        if at < 0:
            continue
        match = pattern.match(rest, at + len(name))
        rest = rest[:at] + "#" * len(name) + rest[at + len(name) :]
        if match and "#" not in match["gap"] and not any(words in match["gap"] for words in _UP):
            found.append((at, level, int(match["n"])))
    return [(level, count) for _at, level, count in sorted(found)]


def _voted(tables: Sequence[RatingTable]) -> Iterator[Figure]:
    """The votes for each row of a table of votes."""
    for table in tables:
        for row in table.rows:
            if row.is_total or len(row.counts) < 2:
                continue
            for level, count in row.counts.items():
                yield Figure("votes", count, table.page, row.words, level, row.name[:100])


def _rated(
    tables: Sequence[RatingTable], lines: Sequence[tuple[int, str, str]], levels: Sequence[Level]
) -> Iterator[Figure]:
    """How many members and how many units below hold each level: by the tables, else by the text."""
    found = set()
    for of in (MEMBERS, SUB_UNITS):
        for figures in filter(None, (_of_table(table, of) for table in tables)):
            found.add(of)
            yield from figures
            break
    names = _level_names(levels)
    for page, words, folded in lines:
        for level, count in _counted(folded, names, _PEOPLE):
            who = SUB_UNITS if re.search(r"\d\s?(?:chi bo|to chuc)", folded) else MEMBERS
            if who not in found:
                yield Figure("rated", count, page, words, level, who)


def _of_table(table: RatingTable, of: str) -> list[Figure]:
    """The sums of one table: its last total row, else its rows together."""
    rows = [row for row in table.rows if row_of(table, row) == of]
    if not rows:
        return []
    totals = [row for row in rows if row.is_total]
    chosen = totals[-1:] or rows
    words = chosen[0].words if len(chosen) == 1 else " … ".join((chosen[0].words, chosen[-1].words))
    counts: dict[str, int] = {}
    for row in chosen:
        for level, count in row.counts.items():
            counts[level] = counts.get(level, 0) + count
    figures = [Figure("rated", count, table.page, words, level, of) for level, count in counts.items()]
    if all(row.total is not None for row in chosen):
        figures.append(Figure("rated-total", sum(row.total or 0 for row in chosen), table.page, words, of=of))
    return figures
