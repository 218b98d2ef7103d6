"""What a package says of itself: title, author, dates; the same keys for every format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from docx.opc.coreprops import CoreProperties
from docx.oxml.coreprops import CT_CoreProperties
from docx.oxml.parser import parse_xml

from archive.readers import budget
from archive.readers.office.package import Package

_LONGEST = 500
# By the element's local name in an OpenDocument meta.xml.
_ODF = {"title": "title", "initial-creator": "author", "creator": "last_modified_by"}
_ODF_DATES = {"creation-date": "created", "date": "modified"}
ODF_META = frozenset({*_ODF, *_ODF_DATES})


def core_properties(package: Package) -> dict[str, str]:
    """Those of an Office package. python-docx reads this one part; the whole package is never opened by it, because it
    would unpack all parts at once, bombs too."""
    try:
        part = next(part for _, kind, part in package.relations("") if kind == "core-properties")
        with budget.at_most(2):
            core = CoreProperties(cast("CT_CoreProperties", parse_xml(package.read(part))))
            dates = {"created": core.created, "modified": core.modified}
            words = {"title": core.title, "author": core.author, "last_modified_by": core.last_modified_by}
    except Exception:  # whatever is wrong with it, the text is what counts
        return {}
    return shown(words) | {key: moment.isoformat() for key, moment in dates.items() if moment}


def odf_properties(found: Mapping[str, str]) -> dict[str, str]:
    """Those of an OpenDocument file, from the texts of its meta elements by local name."""
    words = shown({key: found.get(name) for name, key in _ODF.items()})
    words.setdefault("author", words.get("last_modified_by", ""))
    dates = {key: found.get(name, "").strip()[:19] for name, key in _ODF_DATES.items()}
    return {key: value for key, value in {**words, **dates}.items() if value}


def shown(words: Mapping[str, str | None]) -> dict[str, str]:
    """Those that say something, not too long; raw, for the vote on old encodings."""
    return {key: value.strip()[:_LONGEST] for key, value in words.items() if value and value.strip()}
