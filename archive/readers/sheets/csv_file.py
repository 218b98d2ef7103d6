"""CSV: rows of values parted by comma, semicolon, tab or bar (RFC 4180, and what spreadsheets really write).

A CSV has no mark of its own, so it is told by its shape: every row has as many values as the first. Prose does not,
and where it happens to, its commas are followed by a blank.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

from archive.i18n import gettext as _
from archive.readers import outcome
from archive.readers.limits import ReadingLimits
from archive.readers.sheets.sheet_grid import Full, Grid, Room
from archive.readers.text import decode, read_text
from archive.records import Reading

DELIMITERS = ";\t|,"
_ROWS, _LEAST_ROWS = 50, 3  # that are looked at, and that there must be
_LINES = 1000  # that those rows may run over
_DECLARED = re.compile(r"sep=([;,\t|])\r?\n")  # what Excel reads and writes as a line of its own
_DECIMAL = re.compile(r"-?\d+,\d+%?")
_GUESSED = 0.5  # the confidence of a text whose encoding is a guess, as in text.py


def delimiter_of(text: str, whole: bool = True) -> str | None:
    """What parts the values of a text, None when it is no CSV. `whole`: the text is not only a beginning, whose last
    line is cut off."""
    if declared := _DECLARED.match(text):
        return declared[1]
    lines = list(itertools.islice(_lines(text), _LINES))
    if not whole and len(lines) < _LINES:
        lines = lines[:-1]
    return next((delimiter for delimiter in DELIMITERS if _parts(lines, delimiter)), None)


def _lines(text: str) -> Iterator[str]:
    """Lines with their ends. Not `splitlines`, for which half a Vietnamese letter may end a line."""
    return io.StringIO(text, newline="")


def _parts(lines: list[str], delimiter: str) -> bool:
    """Whether all rows have as many values as the first, two at least, and neither prose nor a list of decimals."""
    try:
        rows = [row for row in itertools.islice(csv.reader(lines, delimiter=delimiter), _ROWS) if row]
    except csv.Error:
        return False
    if len(rows) < _LEAST_ROWS or len(rows[0]) < 2 or any(len(row) != len(rows[0]) for row in rows):
        return False
    # A blank after a comma or a semicolon is a sentence; a tab or a bar is in no sentence at all.
    if delimiter in ",;":
        later = [value for row in rows for value in row[1:] if value]
        if sum(value[0] == " " for value in later) * 2 > len(later):
            return False
    return delimiter != "," or not all(_DECIMAL.fullmatch(",".join(row)) for row in rows if any(row))


def read_csv(path: Path, limits: ReadingLimits) -> Reading:
    """The reading of a CSV: one page and one table; what is over a limit is left off and said so."""
    cap = limits.text_mb * 1024 * 1024
    with path.open("rb") as stream:
        data = stream.read(cap + 1)
    text, encoding = decode(data[:cap])
    delimiter = delimiter_of(text, whole=len(data) <= cap)
    if delimiter is None:  # it looked like one at its beginning only
        return read_text(path, limits)
    warnings = []
    if len(data) > cap:
        warnings.append(("text-incomplete", _("only the first {count} MB were read").format(count=limits.text_mb)))
    if encoding == "cp1258":
        warnings.append(("encoding-guessed", _("the encoding of the text is a guess; save the file as UTF-8")))
    grid = Grid("", False, Room(limits))
    try:
        _fill(grid, _DECLARED.sub("", text, count=1) if _DECLARED.match(text) else text, delimiter)
    except csv.Error:
        return read_text(path, limits)
    except Full as why:
        warnings.append(("text-incomplete", str(why)))
    table = grid.table(1)
    lines = list(grid.lines(table))[1:]  # no name on top
    return outcome.read(
        "csv",
        ["\n".join(lines)],
        tables=[table] if table else [],
        warnings=warnings,
        sure=_GUESSED if encoding == "cp1258" else 1.0,
    )


def _fill(grid: Grid, text: str, delimiter: str) -> None:
    for number, row in enumerate(csv.reader(_lines(text), delimiter=delimiter)):
        for column, value in enumerate(row):
            grid.put(number, column, value)
