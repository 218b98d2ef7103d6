"""What somebody typed wrong where a file is no YAML: in the words of an office, at the line where it was typed.

The parser tells where it could not go on, in its own words; most often the slip stands in that line or the one before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ruamel.yaml.error import MarkedYAMLError

from archive.i18n import gettext as _

_FIELD = r"^ *(?:- +)*[\"']?[\w-]+[\"']?"
_BLANKS = "[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]"


def _tab() -> str:
    return _("a tab stands where blanks must; indent with blanks only")


# Slips that are none in no place of a file: pattern and what to say.
_ANYWHERE = (
    (re.compile(r"^ *\t|^\s*-\t|^\s*[\w-]+:\t"), _tab),
    (re.compile(f"^ *(?:- *)?{_BLANKS}"), lambda: _(
        "an invisible special blank, copied from Word or a web page, begins the line; delete it and type blanks")),
    (re.compile("^ *[\u2010-\u2015\u2212\u2022\u00b7] *\\S"), lambda: _(
        'a long dash or a dot begins the line; a list is written with the hyphen "-" and a blank')),
    (re.compile(_FIELD + "\\s*[\uff1a\u02d0]"), lambda: _('the colon is not the plain ":" of the keyboard')),
    (re.compile(r"^ *-[A-Za-z_]+:"), lambda: _('a blank lacks behind the "-"')),
)  # fmt: skip
# Slips where the parser stopped, or a line above it.
_NEAR = (
    (re.compile(r"^ *(?:- +)?[a-z_]+:[^\s/\d]"), lambda: _('a blank lacks behind the ":"')),
    (re.compile(r"^ *(?:- +)?[a-z_]+ +[^:#]*$"), lambda: _('a ":" lacks behind the name of the field')),
    (re.compile(_FIELD + r": +[@`%!*&|>]"), lambda: _(
        "a text that begins with a sign such as @ % ! * & must stand in quotes")),
    (re.compile(_FIELD + r': +"[^"]*" *[^\s,#\]}]'), lambda: _(
        "text stands behind the closing quote; put the whole text in quotes, with ' inside")),
)  # fmt: skip
_SPACED_COLON = re.compile(r":(?= |$)")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def sign(character: str) -> str:
    """What to do about a sign that no text has."""
    if character == "\0":
        return _("the file was not saved whole: its end is empty; take it from a copy or write the end anew")
    return _("an invisible sign stands in the line; type the line anew")


def slips(text: str, error: MarkedYAMLError) -> list[tuple[int, str]]:
    """The lines (from 1) with what is wrong in each, where the parser stopped with this error."""
    lines = re.split(r"\r\n|[\r\n]", text)
    stopped = error.problem_mark or error.context_mark
    at = min(stopped.line, len(lines) - 1) if stopped else 0
    if any(_typed(lines[: at + 1], _ANYWHERE)):
        return list(_typed(lines, _ANYWHERE))
    before = max(0, at - 1)
    for number, what in _typed(lines[before : at + 1], _NEAR):
        return [(before + number, what)]
    line, what = _stopped(lines, at, error)
    return [(line + 1, what)]


_Table = tuple[tuple[re.Pattern[str], Callable[[], str]], ...]


def _typed(lines: list[str], table: _Table) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, 1):
        for pattern, what in table:
            if pattern.search(line):
                yield number, what()
                break


def _stopped(lines: list[str], at: int, error: MarkedYAMLError) -> tuple[int, str]:
    """The parser's own words turned into what to do; the line is counted from 0."""
    said, context = error.problem or "", error.context or ""
    begun = error.context_mark.line if error.context_mark else at
    if "quoted scalar" in context:
        return begun, _("a quotation mark is opened here and not closed")
    if "flow" in context:
        return begun, _("a bracket is opened here and not closed, or a comma lacks between two words")
    if "another document" in said:
        return at, _('"---" begins a second file; delete the line')
    if "could not find expected ':'" in said:
        return begun, _('a ":" with a blank behind it lacks after the name of a field')
    if "mapping values are not allowed" in said:
        if len(_SPACED_COLON.findall(_QUOTED.sub("", lines[at]))) > 1:
            return at, _(
                'a second ":" stands in the line; put the text in quotes, and begin each field on a line of its own'
            )
        return at, _indented()
    if "expected <block end>" in said:
        odd = next((number for number in range(at, -1, -1) if lines[number].count('"') % 2), None)
        return (at, _indented()) if odd is None else (odd, _("a quotation mark is opened here and not closed"))
    if "tab" in said.lower() or "'\\t'" in said:
        return at, _tab()
    return at, _("not valid YAML: {said}").format(said=said.strip() or "?")


def _indented() -> str:
    return _("the line is indented otherwise than those above it: fields that belong together begin in one column")
