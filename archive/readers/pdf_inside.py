"""What a PDF holds besides the text of its pages, by pypdf: properties, files inside, scripts, filled fields.

Nothing here is needed to read the text, so each look is bounded in steps and in time, and whatever fails is left out.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from archive.readers import budget
from archive.readers.quality import tidy

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # each damaged file would fill the log with its own story

_ACTIVE = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition"})
_PAGES, _ANNOTATIONS, _NAMES = 200, 2000, 100
_SHOWS_TEXT = re.compile(rb"[)>\]]\s*(?:Tj|TJ|'|\")")
_INFO = {"title": "/Title", "author": "/Author", "subject": "/Subject", "producer": "/Producer", "creator": "/Creator"}


@dataclass(slots=True)
class Inside:
    """What was found. `fields` holds the filled-in values by page, counted from 1."""

    properties: dict[str, str] = field(default_factory=dict)
    attachments: list[str] = field(default_factory=list)
    active: bool = False
    fields: dict[int, list[str]] = field(default_factory=dict)


def look(file: BinaryIO, seconds: float = 5.0) -> Inside:
    """Everything that could be found within `seconds` of processor time."""
    inside = Inside()
    try:
        with budget.at_most(seconds):
            reader = PdfReader(file)
            if reader.is_encrypted:
                reader.decrypt("")
            inside.properties = properties(reader)
            _look_at_catalogue(reader, inside)
            _look_at_pages(reader, inside)
    except MemoryError:
        raise
    except Exception:
        return inside
    return inside


def lost_pages(file: BinaryIO, pages: list[int], seconds: float = 10.0) -> list[int]:
    """Which of these pages (from 1), empty to the first reader, have content that shows text or cannot be unpacked."""
    lost: list[int] = []
    try:
        with budget.at_most(seconds):
            reader = PdfReader(file)
            if reader.is_encrypted:
                reader.decrypt("")
            for number in pages[:_PAGES]:
                if shows_text(reader.pages[number - 1]):
                    lost.append(number)
    except MemoryError:
        raise
    except Exception:
        return pages  # what cannot be looked into is never called blank
    return lost


def shows_text(page: Any) -> bool:
    """Whether a page's content shows text. Content beyond pypdf's limit counts: the text that pypdf gives for it is
    empty, without a word about it."""
    try:
        contents = page.get_contents()
        return contents is not None and bool(_SHOWS_TEXT.search(contents.get_data()))
    except MemoryError:
        raise
    except Exception:
        return True


def properties(reader: PdfReader) -> dict[str, str]:
    """Title, author and dates as the file tells them."""
    info: Any = reader.metadata or {}
    found = {name: tidy(str(info.get(key, "")))[:500] for name, key in _INFO.items()}
    for name in ("creation_date", "modification_date"):
        try:
            moment = getattr(info, name, None)
        except ValueError:
            continue
        if moment:
            found["created" if name.startswith("creation") else "modified"] = moment.isoformat()
    return {name: value for name, value in found.items() if value}


def _look_at_catalogue(reader: PdfReader, inside: Inside) -> None:
    root = _get(reader.trailer, "/Root")
    names = _get(root, "/Names")
    inside.attachments = [tidy(str(name))[:200] for name in _tree_names(_get(names, "/EmbeddedFiles"))]
    inside.active = (
        _acts(_get(root, "/OpenAction"))
        or _acts_any(_get(root, "/AA"))
        or any(True for _name in _tree_names(_get(names, "/JavaScript")))
    )


def _look_at_pages(reader: PdfReader, inside: Inside) -> None:
    left = _ANNOTATIONS
    for number, page in enumerate(reader.pages[:_PAGES], start=1):
        inside.active = inside.active or _acts_any(_get(page, "/AA"))
        annotations = _get(page, "/Annots")
        for entry in annotations if isinstance(annotations, list) else ():
            left -= 1
            if left < 0:
                return
            _look_at_annotation(entry.get_object(), number, inside)


def _look_at_annotation(annotation: Any, page: int, inside: Inside) -> None:
    kind = _get(annotation, "/Subtype")
    inside.active = inside.active or _acts(_get(annotation, "/A")) or _acts_any(_get(annotation, "/AA"))
    if kind == "/FileAttachment":
        file = _get(annotation, "/FS")
        inside.attachments.append(tidy(str(_get(file, "/UF") or _get(file, "/F") or "?"))[:200])
    if kind == "/Widget":
        parent = _get(annotation, "/Parent")
        inside.active = inside.active or _acts_any(_get(parent, "/AA"))
        value = _get(annotation, "/V") or _get(parent, "/V")
        if (_get(annotation, "/FT") or _get(parent, "/FT")) in ("/Tx", "/Ch") and isinstance(value, str) and value:
            inside.fields.setdefault(page, []).append(value)


def _get(holder: Any, key: str) -> Any:
    value = holder.get(key) if isinstance(holder, DictionaryObject) else None
    return value.get_object() if value is not None else None


def _acts(action: Any, depth: int = 5) -> bool:
    if not isinstance(action, DictionaryObject) or depth < 0:
        return False
    following = _get(action, "/Next")
    chain = following if isinstance(following, list) else [following]
    return _get(action, "/S") in _ACTIVE or any(_acts(step, depth - 1) for step in chain[:20])


def _acts_any(actions: Any) -> bool:
    return isinstance(actions, DictionaryObject) and any(_acts(_get(actions, key)) for key in actions)


def _tree_names(tree: Any, depth: int = 6) -> Iterator[Any]:
    """The names of a PDF name tree, the first hundred of each node."""
    if depth < 0 or tree is None:
        return
    pairs = _get(tree, "/Names")
    if isinstance(pairs, list):
        yield from (name.get_object() for name in pairs[: 2 * _NAMES : 2])
    children = _get(tree, "/Kids")
    if isinstance(children, list):
        for child in children[:_NAMES]:
            yield from _tree_names(child.get_object(), depth - 1)
