"""What people are told of a bundle that could not be unpacked whole: which of its files, why, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from archive.i18n import gettext as _
from archive.records import Finding, Severity

CODE = "bundle-incomplete"
_SHOWN = 5  # files named in the sentence


def findings(name: str, left_out: Sequence[Sequence[str]], missing: int) -> tuple[Finding, ...]:
    """The finding on a bundle out of which `missing` files were not taken. `left_out` are (name, code) of the first
    ones, with the codes of `archive.readers.spool.Left`; a name of "" stands for the bundle as a whole."""
    named = [(inner, code) for inner, code in left_out if inner]
    codes = list(dict.fromkeys(code for _inner, code in left_out))
    told = [f"“{inner}” ({_why(code)})" for inner, code in named[:_SHOWN]]
    whole = [_why(code) for inner, code in left_out if not inner]
    rest = missing - len(whole) - len(told)
    if rest > 0:
        told.append(_("and {count} more").format(count=rest) if told else _why(codes[0]))
    message = _("Not everything in {name} could be taken out: {what}.").format(name=name, what=", ".join(whole + told))
    return (Finding(CODE, Severity.ERROR, message, " ".join(dict.fromkeys(_remedy(code) for code in codes))),)


def _why(code: str) -> str:
    reasons = {
        "locked": _("under a password"),
        "link": _("only a shortcut to another file"),
        "broken": _("damaged or cut off"),
        "method": _("packed in a way that is not known here"),
        "memory": _("takes too much memory to unpack"),
        "tool": _("RAR bundles cannot be unpacked here"),
        "volumes": _("goes on in another part of the bundle"),
        "size": _("too large"),
        "count": _("too many files"),
        "depth": _("bundles inside bundles, too many levels"),
        "time": _("takes too long to unpack"),
    }
    return reasons.get(code, code)


def _remedy(code: str) -> str:
    remedies = {
        "locked": _("Unpack it on your computer with its password and drop these files by themselves."),
        "link": _("Drop the file itself that the shortcut leads to."),
        "tool": _("Make the bundle anew as ZIP, or unpack it on your computer and drop the files one by one."),
        "volumes": _("Unpack all parts together on your computer and drop the files one by one."),
        "size": _("Drop these files by themselves, or in several smaller bundles."),
        "count": _("Drop the files in several smaller bundles."),
        "depth": _("Drop the inner bundle by itself."),
    }
    other = _("Take these files out on your computer, see that they open, and drop them by themselves.")
    return remedies.get(code, other)
