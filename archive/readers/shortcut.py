"""Shortcuts: small files that say where a paper is, and hold nothing of it. Clerks drop them for the paper itself.

Of Windows (.lnk, .url), macOS (.webloc, alias), Linux (.desktop) and Google Drive (.gdoc, .gsheet); known by their
content. Where one points to is never looked at.
"""

from __future__ import annotations

import re
from pathlib import Path

from archive.i18n import gettext as _
from archive.readers import outcome
from archive.readers.limits import ReadingLimits
from archive.records import Reading

_LARGEST = 16 * 1024  # bytes; a .lnk with a picture of its target's path is some hundred
_LNK = b"L\x00\x00\x00\x01\x14\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00F"  # [MS-SHLLINK] 2.1
_ALIAS = b"book\x00\x00\x00\x00mark"
_INI = re.compile(rb"\s*+(?:[#;][^\n]*+\s*+)*+\[")
_SECTION = re.compile(rb"^\[(?:InternetShortcut|Desktop Entry)\][ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_GOOGLE = re.compile(rb'"doc_id"\s*:|"url"\s*:\s*"https://(?:docs|drive)\.google\.com/')


def is_shortcut(data: bytes) -> bool:
    """Whether a file of these bytes, all of them, is a shortcut."""
    if data.startswith((_LNK, _ALIAS)):
        return True
    if len(data) > _LARGEST:
        return False
    if data.startswith(b"bplist00"):
        return b"URL" in data and b"://" in data
    text = _narrow(data).lstrip()
    if text.startswith(b"{"):
        return text.rstrip().endswith(b"}") and bool(_GOOGLE.search(text))
    if text.startswith(b"<"):
        return b"<plist" in text and b"<key>URL</key>" in text
    return bool(_INI.match(text) and _SECTION.search(text))


def _narrow(data: bytes) -> bytes:
    """ASCII letters as they are, of a UTF-16 text as well."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").encode()
    return data.removeprefix(b"\xef\xbb\xbf")


def read_shortcut(_path: Path, _limits: ReadingLimits) -> Reading:
    """Nothing to read, now or later; what to drop instead."""
    words = _(
        "this is only a shortcut, not a paper; open the paper, save it as a PDF or DOCX file and hand in that file"
    )
    return outcome.not_yet("shortcut", "not-readable-yet", words)
