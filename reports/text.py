"""Plain text for the clerk: UTF-8 with a BOM and CRLF lines, so that the oldest Notepad shows it right."""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from archive.i18n import gettext as _
from archive.vietnamese import nfc
from reports import words
from reports.names import NOTE, STATUS, shown
from reports.pages import Head, Item, NotePage, RootPage, UnitPage
from reports.troubles import advice

WIDTH = 76
_BOM = b"\xef\xbb\xbf"
_RULE = "=" * WIDTH
_THIN = "-" * WIDTH
# The last lines of a note vouch for those above them, so that we know our own notes again and never remove or replace
# one that a clerk has written into.
_SEAL = re.compile(rb"SHA-256: ([0-9a-f]{64}|-)\r\nhoso-note ([!-~]+) ([0-9a-f]{16})\r\n\Z")


def missing_of_unit(page: UnitPage) -> bytes:
    """`_THIEU.txt` of a unit: what is missing, apart what is not certain, with what to do and by when."""
    lines = [*_title(_("MISSING PAPERS"), page.head.name, page.rules.campaign), *_dates(page.head)]
    lines += _fill(_("As of {day}").format(day=words.day(page.rules.as_of)) + ": " + words.headline(page.head))
    lines += _by_when(page.missing)
    if page.unsure:
        lines += ["", _THIN, _("NOT CERTAIN YET (not counted as missing)")]
        lines += [line for item in page.unsure for line in _item(item)]
    if page.to_mend:
        lines += ["", _THIN, _("FILES TO MEND")]
        for mend in page.to_mend:
            inside = " " + _("(in the bundle {name})").format(name=mend.bundle) if mend.bundle else ""
            lines += ["", *_fill(f"- {mend.path}{inside}", "  "), *_fill(advice(mend).what, "  ", "  ")]
    lines += ["", _RULE, *_fill(_("More on the page {page} in this folder.").format(page=STATUS))]
    return _bytes(lines)


def missing_of_all(page: RootPage) -> bytes:
    """`_THIEU.txt` in the inbox' root: every unit that lacks something, by the day of its visit."""
    lines = _title(_("MISSING PAPERS, ALL UNITS"), page.rules.campaign)
    lacking = [line for line in page.lines if line.missing or line.unsure]
    lines += _fill(
        _("As of {day}: {lacking} of {units} units lack something or are not certain.").format(
            day=words.day(page.rules.as_of), lacking=len(lacking), units=len(page.lines)
        )
    )
    if not lacking:
        lines += ["", _("Nothing is missing.")]
    for number, line in enumerate(lacking, start=1):
        lines += ["", _THIN, *_fill(f"{number}. {line.head.name} ({line.head.unit})", "   "), *_dates(line.head, "   ")]
        lines += _fill(words.headline(line.head), "   ", "   ")
        lines += [each for item in line.missing for each in _short(item, "-")]
        lines += [each for item in line.unsure for each in _short(item, "?")]
    if page.strays:
        lines += ["", _RULE, _("FILES IN NO UNIT'S FOLDER")]
        for mend in page.strays:
            lines += ["", *_fill(f"- {mend.path}", "  ")]
            lines += _fill(" ".join((advice(mend).what, *advice(mend).steps)), "  ", "  ")
    return _bytes(lines)


def note(page: NotePage) -> bytes:
    """A note in `_CAN-SUA`: what is wrong with one file, why it matters, what to do. Its last line is our seal."""
    mend, said = page.mend, advice(page.mend)
    lines = _title(_("THIS FILE NEEDS YOU"), mend.name)
    lines += _fill(_("File: {path}").format(path=mend.path), "  ")
    if mend.bundle:
        lines += _fill(_("In the bundle: {name}").format(name=mend.bundle), "  ")
    if page.unit_name:
        lines += _fill(_("Unit: {name}").format(name=page.unit_name), "  ")
    lines += [_("Handed in: {moment}").format(moment=words.moment(mend.at))]
    lines += ["", _("WHAT IS WRONG"), *_fill(said.what, "  ", "  ")]
    lines += ["", _("WHY IT MATTERS"), *_fill(said.why, "  ", "  ")]
    lines += ["", _("WHAT TO DO")]
    for number, step in enumerate(said.steps, start=1):
        lines += _fill(f"  {number}. {step}", "     ")
    lines += ["", _THIN]
    return sealed(_bytes(lines), mend.key, "-" if mend.secret else mend.sha256)


def sealed(text: bytes, key: str, sha256: str) -> bytes:
    """A note with its last lines: the digest of the file that may lie beside it ("-": none may), and whose note."""
    tail = f"SHA-256: {sha256}\r\nhoso-note {re.sub('[^!-~]', '_', key)}"
    return text + f"{tail} {_check(text, tail)}\r\n".encode()


def seal_of(content: bytes) -> tuple[str, str] | None:
    """Key and digest of a note of ours that nobody has changed; None for anything else."""
    match = _SEAL.search(content)
    if not match:
        return None
    sha256, key, check = (group.decode("ascii") for group in match.groups())
    expected = _check(content[: match.start()], f"SHA-256: {sha256}\r\nhoso-note {key}")
    return (key, sha256) if check == expected else None


def _check(text: bytes, tail: str) -> str:
    return hashlib.sha256(text + tail.encode()).hexdigest()[:16]


def note_name(file: str) -> str:
    """The name of the note about a file in `_CAN-SUA`."""
    return file + NOTE


# --- pieces ----------------------------------------------------------------------------------------------------------


def _title(*titles: str) -> list[str]:
    return [*(line for title in titles if title for line in _fill(title)), _RULE]


def _dates(head: Head, indent: str = "") -> list[str]:
    if not head.visit_on:
        return [indent + _("No visit day yet")]
    visit = _("Visit: {day}").format(day=words.day(head.visit_on))
    lines = _fill(f"{visit}, {head.team}" if head.team else visit, indent + "  ", indent)
    if head.due_on and head.before:
        due = _("To be sent beforehand by: {day}").format(day=words.day(head.due_on))
        left = f" ({words.days_left(head.days_left)})" if head.clock == "due" else ""
        lines += _fill(due + left, indent + "  ", indent)
    return lines


def _by_when(items: Sequence[Item]) -> Iterator[str]:
    if not items:
        yield from ("", _("Nothing is missing."))
    for when, group in groupby(items, key=lambda item: item.when):
        yield from ("", _THIN, words.when(when).upper())
        for item in group:
            yield from _item(item)


def _item(item: Item) -> Iterator[str]:
    pad = "    "
    yield ""
    yield from _fill(f"{item.number:2}. {item.title}", pad)
    if item.need > 1:
        yield from _fill(_("{have} of {need} present").format(have=item.have, need=item.need), pad, pad)
    if item.due_on:
        due = _("Due {day}").format(day=words.day(item.due_on))
        left = f", {words.days_left(item.days_left)}" if item.state == "not-met" else ""
        yield from _fill(due + left, pad, pad)
    if item.lacks:
        yield from _fill(_("Still missing:") + " " + ", ".join(item.lacks), pad, pad)
    for reason in item.reasons:
        yield from _fill(reason, pad, pad)
    for near in item.near:
        told = f"{near.name} – {near.message}" if near.name else near.message
        yield from _fill(_("Nearly right:") + " " + told, pad, pad)
    if item.remedy:
        yield from _fill(_("To do:") + " " + item.remedy, pad, pad)


def _short(item: Item, sign: str) -> list[str]:
    title = f"{item.title} ({', '.join(item.lacks)})" if item.lacks else item.title
    due = ", " + _("Due {day}").format(day=words.day(item.due_on)).lower() if item.due_on else ""
    return _fill(f"   {sign} {title}{due}", "     ")


def _fill(text: str, indent: str = "", first: str = "") -> list[str]:
    """A paragraph as lines of at most `WIDTH`; hidden characters of strange names are made visible first."""
    leading = text[: len(text) - len(text.lstrip(" "))]
    plain = shown(" ".join(nfc(text).split()))
    return textwrap.wrap(
        plain, WIDTH, initial_indent=first + leading, subsequent_indent=indent, break_on_hyphens=False
    )  # fmt: skip


def _bytes(lines: Iterable[str]) -> bytes:
    return _BOM + "".join(f"{line}\r\n" for line in lines).encode()
