"""YAML files of the office, read with the line of every word, for rules.loader and rules.campaign.

YAML 1.2 by ruamel.yaml: `on`, `yes` and `no` are plain words. Anchors and merge keys are refused: an office cannot read
them, and they let a small file grow without end. Every error is kept with file and line, so that all are told at once.
"""

from __future__ import annotations

import difflib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from archive.errors import BadConfiguration, in_words
from archive.i18n import gettext as _
from archive.vietnamese import fold, nfc
from rules.yamlslips import sign, slips

_TAG = "tag:yaml.org,2002:"
MAX_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PackError:
    """One mistake in a file of the office: which file, which line (from 1), what is wrong, the nearest right word."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class Line(int):
    """A line number that knows its file: the tree of a pack is put together from several files, and each mistake is
    told where it stands."""

    file: str

    def __new__(cls, number: int, file: str) -> Line:
        """The line of that number in that file."""
        line = super().__new__(cls, number)
        line.file = file
        return line

    def __reduce__(self) -> tuple[type[Line], tuple[int, str]]:
        """For packs on their way to another process."""
        return Line, (int(self), self.file)


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a YAML file and its line. `items` holds a mapping or a list; a scalar has its `text` as written and
    a `tag` ("str", "int", "bool", "null", "timestamp", "float"), or "map" or "seq"."""

    line: int
    tag: str
    text: str = ""
    fields: dict[str, Entry] = field(default_factory=dict)
    items: tuple[Entry, ...] = ()

    @property
    def scalar(self) -> bool:
        """Neither a mapping nor a list."""
        return self.tag not in ("map", "seq")


class Problems:
    """The mistakes found in one file so far."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.errors: list[PackError] = []

    def add(self, line: int, message: str) -> None:
        """Note one more; the same one is noted once."""
        error = PackError(line.file if isinstance(line, Line) else self.file, int(line), message)
        if error not in self.errors:
            self.errors.append(error)

    def unknown(self, line: int, what: str, word: str, known: Iterable[str]) -> None:
        """`word` is none of the known ones: say so, with the nearest."""
        self.add(line, unknown_word(what, word, known))

    def stop_if_any(self) -> None:
        """Raise BadConfiguration with every mistake, in the order of the lines."""
        if self.errors:
            raise BadFile(self.errors)


class BadFile(BadConfiguration):
    """A campaign file or rule pack with mistakes; `errors` holds them one by one, in the order of the lines."""

    def __init__(self, errors: Sequence[PackError]) -> None:
        self.errors = tuple(sorted(errors, key=lambda error: (error.file, error.line)))
        hint = _("Nothing was changed. Mend the lines named above and try again.")
        super().__init__("\n".join(map(str, self.errors)), hint)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like this one, accents and case aside; None when nothing is near."""
    by_key: dict[str, str] = {}
    for other in known:
        by_key.setdefault(fold(other), other)
    close = difflib.get_close_matches(fold(word), list(by_key), n=1, cutoff=0.55)
    return by_key[close[0]] if close else None


def unknown_word(what: str, word: str, known: Iterable[str]) -> str:
    """ "unknown field "acepts"; did you mean "accepts"?", or the whole choice where nothing is near."""
    known = list(known)
    near = nearest(word, known)
    if near:
        return _('unknown {what} "{word}"; did you mean "{near}"?').format(what=what, word=word, near=near)
    choice = ", ".join(known[:20]) + (", ..." if len(known) > 20 else "") if known else _("(none)")
    return _('unknown {what} "{word}"; there are: {choice}').format(what=what, word=word, choice=choice)


def read_yaml(path: Path) -> tuple[Entry, Problems, bytes]:
    """The file's tree, its (still empty) list of problems and its very bytes.

    Raises BadConfiguration where the file cannot be opened or is no YAML."""
    problems = Problems(str(path))
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.add(1, _("cannot be opened: {why}").format(why=in_words(error)))
        raise BadFile(problems.errors) from error
    tree = parse_yaml(data, problems)
    problems.stop_if_any()
    return tree, problems, data


def parse_yaml(data: bytes, problems: Problems) -> Entry:
    """The tree of a YAML text; what is wrong with it is added to `problems` (then the tree may be empty)."""
    nothing = Entry(1, "null")
    if len(data) > MAX_BYTES:
        problems.add(1, _("the file is larger than {size} MB").format(size=MAX_BYTES // 2**20))
        return nothing
    try:
        text = nfc(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        problems.add(*_encoding(data, data.count(b"\n", 0, error.start) + 1))
        return nothing
    try:
        parser = YAML(typ="safe", pure=True)
        parser.composer.warn_double_anchors = False  # anchors are refused anyway, each with its line
        node = parser.compose(io.StringIO(text))
        tree = _entry(node, problems) if node is not None else nothing
    except MarkedYAMLError as error:
        for line, what in slips(text, error):
            problems.add(line, what)
    except YAMLError as error:
        # The parser takes no control signs; it tells them by their place in the text.
        position = getattr(error, "position", None)
        line = text.count("\n", 0, position) + 1 if isinstance(position, int) else 1
        problems.add(line, sign(text[position : position + 1]) if isinstance(position, int) else sign(""))
    except (RecursionError, ValueError) as error:
        problems.add(1, _("not valid YAML: {said}").format(said=type(error).__name__))
    else:
        if not problems.errors and tree.tag != "map":
            problems.add(1, _no_fields(text))
        return tree
    return nothing


def _encoding(data: bytes, line: int) -> tuple[int, str]:
    """Why these bytes are no text, with what to do, and the line of the first that is none."""
    if data[:4] == b"PK\x03\x04":
        return 1, _("this is a Word, Excel or ZIP file; a rule file is plain text, written in Notepad")
    return line, _("not UTF-8 text; save the file with the encoding UTF-8 (in Notepad: Save As, Encoding: UTF-8)")


def _no_fields(text: str) -> str:
    if not text.strip():
        return _("the file is empty; was it saved?")
    return _('the file must consist of fields, each written "name: value"')


def _entry(node: Any, problems: Problems, line: int | None = None) -> Entry:
    line = Line(node.start_mark.line + 1, problems.file) if line is None else line
    if not str(node.tag).startswith(_TAG):
        problems.add(line, _("a text that begins with a sign such as @ % ! * & must stand in quotes"))
        return Entry(line, "null")
    if node.anchor:
        problems.add(
            line, _('anchors ("&{name}") are not used in these files; write the value out').format(name=node.anchor)
        )
        return Entry(line, "null")
    if isinstance(node, MappingNode):
        return Entry(line, "map", fields=_fields(node, problems))
    if isinstance(node, SequenceNode):
        return Entry(line, "seq", items=tuple(_entry(item, problems) for item in node.value))
    assert isinstance(node, ScalarNode)
    return Entry(line, str(node.tag).removeprefix(_TAG), text=node.value)


def _fields(node: MappingNode, problems: Problems) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for key, value in node.value:
        line = Line(key.start_mark.line + 1, problems.file)
        if not isinstance(key, ScalarNode):
            problems.add(line, _("the name of a field must be a plain word"))
        elif key.value in found:
            problems.add(line, _('"{name}" stands twice').format(name=key.value))
        else:
            found[key.value] = _entry(value, problems, line)
    return found
