"""Text typed with an old Vietnamese font (TCVN3 .VnTime, VNI) instead of Unicode."""

from __future__ import annotations

import re

from archive.i18n import gettext as _
from archive.records import Finding, ReadingState
from validators.checks.paper import CheckedPaper, warning

NAMES = {"tcvn3": "TCVN3, .VnTime", "vni": "VNI", "viscii": "VISCII", "vps": "VPS"}

# Bytes of the old fonts as a reader without conversion shows them. Inside a word no Unicode Vietnamese has them.
_WORD = re.compile(r"[^\s\d.,;:()/\"'“”–-]{2,}")
_TCVN3 = re.compile("[a-zA-Z][®¸µ¶·¹¨¾»¼½Æ©Ê­¬ª«¦§¥¤£¢]|[®¸µ¶·¹¨¾»¼½Æ©­¬ª«¦§][a-zA-Z]")
_VNI = re.compile("[aeiouyAEIOUY][ùøûõïâêÙØÛÕÏÂÊ]|[öôÖÔ][ùøûõïÙØÛÕÏ]")
_FEW = 20  # words below which nothing can be said
_SHARE = 0.15  # of the words; real texts in the old fonts lie above 0.4, Unicode ones at 0
_SAMPLE = 20_000  # characters: enough to tell, and bounded


def old_encoding(paper: CheckedPaper) -> tuple[Finding, ...]:
    """By what the reader said, else by the look of the text."""
    name = NAMES.get(paper.reading.encoding.lower())
    if name and paper.reading.state is ReadingState.READ:
        message = _("The text is typed with an old font ({name}); it was converted for reading, the file is unchanged.")
        remedy = _("Check a few lines and figures of the text; type new papers in Unicode (Times New Roman).")
        return warning("old-encoding", message.format(name=name), remedy)
    name = _by_look(paper.reading.text[:_SAMPLE])
    if not name:
        return ()
    message = _("The text is typed with an old font ({name}), not Unicode.").format(name=name)
    return warning("old-encoding", message, _("Convert it to Unicode (Times New Roman) and hand it in again."))


def _by_look(text: str) -> str | None:
    found = _WORD.findall(text)
    if len(found) < _FEW:
        return None
    for name, look in ((NAMES["tcvn3"], _TCVN3), (NAMES["vni"], _VNI)):
        if sum(1 for word in found if look.search(word)) > _SHARE * len(found):
            return name
    return None
