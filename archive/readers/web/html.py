"""HTML as browsers show it: blocks are lines, tables are tables, what is hidden stays out, nothing is fetched.

The file of a web portal that calls itself .doc or .xls is such a page, and so is the text of many a mail.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from archive.i18n import gettext as _
from archive.readers import outcome
from archive.readers.limits import ReadingLimits
from archive.readers.office.blocks import TextBudget
from archive.readers.office.layout import Layout, lines_of
from archive.readers.office.office import incomplete
from archive.readers.text import MARKS, decode
from archive.readers.web.html_walk import HtmlPage, walk_html
from archive.records import Reading

_MEGABYTE = 1024 * 1024
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_OLD_STYLE = re.compile(r"font-family\s*:[^;}]{0,200}?(?:\.Vn|VNI-)", re.IGNORECASE)
_DECLARED_IN = 8192


def read_html(path: Path, limits: ReadingLimits) -> Reading:
    """The reading of an HTML file; what is longer than the limits is left off and said so."""
    with path.open("rb") as stream:
        data = stream.read(limits.part_mb * _MEGABYTE + 1)
    return read_html_parts([(data, "")], limits)


def read_html_parts(parts: list[tuple[bytes, str]], limits: ReadingLimits) -> Reading:
    """The reading of one paper made of HTML parts, each with the charset that its envelope names ("" = none)."""
    budget = TextBudget(limits.text_mb * _MEGABYTE, limits.cells)
    layout = Layout(limits)
    old, title, guessed = False, "", False
    lost: list[str] = []
    for data, charset in parts:
        if len(data) > limits.part_mb * _MEGABYTE:
            data = data[: limits.part_mb * _MEGABYTE]
            lost.append(_("the text after the first {count} MB").format(count=limits.part_mb))
        page, guess = html_page(data, charset, budget)
        layout.add(page.blocks)
        old = old or page.old_font
        title = title or page.title
        guessed = guessed or guess
        if page.cut:
            lost.append(_("the end of the page"))
    if layout.cut:
        lost.append(_("the pages after page {count}").format(count=limits.pages))
    return outcome.read(
        "html",
        layout.pages(),
        tables=layout.tables,
        warnings=_warnings(lost, guessed),
        properties={"title": title} if title else {},
        legacy_font=old,
        sure=0.5 if guessed else 1.0,
    )


def _warnings(lost: list[str], guessed: bool) -> Iterator[outcome.WarningPair]:
    yield from incomplete(list(dict.fromkeys(lost)))
    if guessed:
        yield "encoding-guessed", _("the encoding of the text is a guess; save the file as UTF-8")


def html_page(data: bytes, charset: str, budget: TextBudget) -> tuple[HtmlPage, bool]:
    """A page walked, its old fonts found also in its style sheets; and whether its encoding was guessed."""
    text, guessed = decode_html(data, charset)
    page = walk_html(text, budget)
    page.old_font = page.old_font or bool(_OLD_STYLE.search(page.styles))
    return page, guessed


def text_of_html(data: bytes | str, charset: str = "", at_most: int = 4 * _MEGABYTE) -> str:
    """The lines of a page, raw (the vote on old encodings is still to come), for mails; `charset` as the mail names
    it, `at_most` characters."""
    text = data if isinstance(data, str) else decode_html(data, charset)[0]
    return "\n".join(lines_of(walk_html(text, TextBudget(at_most)).blocks))


def decode_html(data: bytes, charset: str = "") -> tuple[str, bool]:
    """Text, and whether its encoding was guessed. Bytes that are UTF-8 are UTF-8, whatever the page says: portals copy
    an old declaration along. Else the envelope's charset, then the page's own, decides."""
    declared = _CHARSET.search(data, 0, _DECLARED_IN)
    return decode_as(data, charset, declared[1].decode("ascii", "replace") if declared else "")


def decode_as(data: bytes, *charsets: str) -> tuple[str, bool]:
    """Text, and whether its encoding was guessed: UTF-8 when it is (or a wide one with its mark), else the first of
    these charsets that is known, else a guess."""
    if not data.startswith(tuple(mark for mark, _name in MARKS)):
        try:
            return data.decode("utf-8"), False
        except UnicodeDecodeError:
            pass
        codec = next((codec for name in charsets if (codec := text_codec(name)) not in ("", "utf-8")), "")
        if codec not in ("", "cp1258"):
            return data.decode(codec, "replace"), False
        charsets = (codec,)
    text, encoding = decode(data)  # asks for the old encodings before it takes cp1258
    return text, encoding == "cp1258" and "cp1258" not in charsets


def text_codec(name: str) -> str:
    """The codec for a charset's name; "" for one that is unknown or none for text. Latin-1 stays Latin-1 byte for
    byte: the old Vietnamese encodings are called so."""
    name = name.strip().strip("\"'").lower()
    if name in ("x-user-defined", "us-ascii", "ascii", "x-viet-tcvn5712", "unknown-8bit"):
        return "latin-1"
    try:
        found = codecs.lookup(name)
        "".encode(found.name)  # refuses what is no encoding of text, such as hex and zlib
    except (LookupError, ValueError, TypeError):
        return ""
    return "" if found.name.replace("-", "_") in _NO_TEXT else found.name


# They decode anything to something, or are a door of their own.
_NO_TEXT = frozenset({"unicode_escape", "raw_unicode_escape", "utf_7", "idna", "punycode", "undefined"})
