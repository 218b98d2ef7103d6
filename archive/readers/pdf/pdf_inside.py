"""What a PDF holds besides the text of its pages, by qpdf (pikepdf): files inside, scripts, filled fields, signatures.

Nothing here is needed to read the text, so each look is bounded in steps and in time, and whatever fails is left out.
Properties come from pdfium's table and are told by pypdf, which knows the ways in which dates are written.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, BinaryIO

import pikepdf
from pypdf import DocumentInformation, PdfReader
from pypdf.generic import NameObject, TextStringObject

from archive.readers import budget
from archive.readers.quality import tidy

for _noisy in ("pypdf", "pikepdf"):  # each damaged file would fill the log with its own story
    logging.getLogger(_noisy).setLevel(logging.CRITICAL)
_ACTIVE = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition"})
_PAGES, _ANNOTATIONS, _NAMES = 200, 2000, 100
_TELLING = ("/Names", "/OpenAction", "/AA", "/AcroForm")
_VALUE = 5000  # characters of a field
_PUSH_BUTTON = 1 << 16
_SHOWS_TEXT = re.compile(rb"[)>\]]\s*(?:Tj|TJ|'|\")")
_INFO = {"title": "/Title", "author": "/Author", "subject": "/Subject", "producer": "/Producer", "creator": "/Creator"}


@dataclass(slots=True)
class Inside:
    """What was found. `fields` holds what people filled in, by page counted from 1; `restricted` says that the file
    opens without a password, but its author allows only some uses of it; `signed` that it has fields for signatures;
    `nameless` are the pages with a font that only numbers its letters: it has no map to Unicode, and is not in the file
    either."""

    attachments: list[str] = field(default_factory=list)
    active: bool = False
    fields: dict[int, list[str]] = field(default_factory=dict)
    restricted: bool = False
    signed: bool = False
    nameless: set[int] = field(default_factory=set)


def look(pdf: pikepdf.Pdf, seconds: float = 5.0) -> Inside:
    """Everything that could be found within `seconds` of processor time."""
    inside = Inside()
    try:
        inside.restricted = pdf.is_encrypted
        annotated = _look_at_fonts(pdf, inside)
        if annotated or any(key in pdf.Root for key in _TELLING):  # most papers have none; setting the clock costs
            with budget.at_most(seconds):
                _look_at_catalogue(pdf, inside)
                _look_at_pages(annotated, inside)
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
        if contents is None:
            return "/Contents" in page  # it names an object that is gone
        return bool(_SHOWS_TEXT.search(contents.get_data()))
    except MemoryError:
        raise
    except Exception:
        return True


def properties(info: Mapping[str, str]) -> dict[str, str]:
    """Title, author and dates as the file tells them; `info` is the document information table, its keys without the
    slash."""
    known: Any = DocumentInformation()
    known.update({NameObject(f"/{key}"): TextStringObject(text) for key, text in info.items()})
    found = {name: tidy(str(known.get(key, "")))[:500] for name, key in _INFO.items()}
    for name, key in (("created", "creation_date"), ("modified", "modification_date")):
        try:
            moment = getattr(known, key, None)
        except ValueError:
            continue
        if moment:
            found[name] = moment.isoformat()
    return {name: value for name, value in found.items() if value}


def _look_at_catalogue(pdf: pikepdf.Pdf, inside: Inside) -> None:
    root = pdf.Root
    names = root.get("/Names")
    inside.attachments = [_words(name)[:200] for name in _tree_names(_get(names, "/EmbeddedFiles"))]
    inside.active = (
        _acts(root.get("/OpenAction"))
        or _acts_any(root.get("/AA"))
        or any(True for _name in _tree_names(_get(names, "/JavaScript")))
    )
    inside.signed = any(_signs(item) for item in _items(_get(root.get("/AcroForm"), "/Fields")))


def _signs(field: Any, depth: int = 4) -> bool:
    if _get(field, "/FT") == "/Sig":
        return True
    return depth > 0 and any(_signs(kid, depth - 1) for kid in _items(_get(field, "/Kids")))


def _look_at_fonts(pdf: pikepdf.Pdf, inside: Inside) -> list[tuple[int, Any]]:
    """Finds the pages with nameless fonts; returns the pages, from 1, with annotations or actions."""
    nameless: dict[tuple[int, int], bool] = {}
    annotated = []
    for number, page in enumerate(islice(pdf.pages, _PAGES), start=1):
        if _has_nameless(page.obj.get("/Resources"), nameless):
            inside.nameless.add(number)
        if "/Annots" in page.obj or "/AA" in page.obj:
            annotated.append((number, page.obj))
    return annotated


def _look_at_pages(pages: list[tuple[int, Any]], inside: Inside) -> None:
    left = _ANNOTATIONS
    for number, page in pages:
        inside.active = inside.active or _acts_any(page.get("/AA"))
        for annotation in _items(page.get("/Annots")):
            left -= 1
            if left < 0:
                return
            _look_at_annotation(annotation, number, inside)


def _has_nameless(resources: Any, known: dict[tuple[int, int], bool]) -> bool:
    fonts = _get(resources, "/Font")
    if not isinstance(fonts, pikepdf.Dictionary):
        return False
    return any(_is_nameless(fonts.get(str(key)), known) for key in islice(fonts, _NAMES))


def _is_nameless(font: Any, known: dict[tuple[int, int], bool]) -> bool:
    if not isinstance(font, pikepdf.Dictionary) or font.get("/Subtype") != "/Type0" or "/ToUnicode" in font:
        return False
    if font.objgen not in known:
        descendant = next(_items(font.get("/DescendantFonts")), None)
        descriptor = _get(descendant, "/FontDescriptor")
        embedded = any(_get(descriptor, key) is not None for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        known[font.objgen] = not embedded and str(font.get("/Encoding", "")).startswith("/Identity")
    return known[font.objgen]


def _look_at_annotation(annotation: Any, page: int, inside: Inside) -> None:
    kind = _get(annotation, "/Subtype")
    inside.active = inside.active or _acts(_get(annotation, "/A")) or _acts_any(_get(annotation, "/AA"))
    if kind == "/FileAttachment":
        file = _get(annotation, "/FS")
        inside.attachments.append(_words(_get(file, "/UF") or _get(file, "/F") or "?")[:200])
    typed = ""
    if kind == "/Widget":
        inside.active = inside.active or _acts_any(_get(_get(annotation, "/Parent"), "/AA"))
        typed = _filled(annotation)
    elif kind == "/FreeText":  # how people fill in a form that has no fields; remarks stay outside the text
        typed = _words(_get(annotation, "/Contents"))
    if typed:
        inside.fields.setdefault(page, []).append(typed[:_VALUE])


def _filled(widget: Any) -> str:
    """What a field says, with its label: "Họ và tên: Lê Văn A", "[x] Đồng ý"."""
    parent = _get(widget, "/Parent")
    kind = _get(widget, "/FT") or _get(parent, "/FT")
    label = _words(_get(widget, "/TU") or _get(parent, "/TU"))
    value = _get(widget, "/V") or _get(parent, "/V")
    if kind == "/Btn":
        flags = _get(widget, "/Ff") or _get(parent, "/Ff") or 0
        if not isinstance(flags, int) or flags & _PUSH_BUTTON:
            return ""
        state = _get(widget, "/AS")
        ticked = state not in (None, "/Off")
        label = label or _words(_get(widget, "/T") or _get(parent, "/T"))
        return f"[{'x' if ticked else ' '}] {label}" if label else ""
    if kind not in ("/Tx", "/Ch"):
        return ""
    chosen = _items(value) if isinstance(value, pikepdf.Array) else [value]
    text = "; ".join(filter(None, map(_words, chosen)))
    return f"{label}: {text}" if label and text else text


def _words(value: Any) -> str:
    return tidy(str(value)) if isinstance(value, pikepdf.String | str) else ""


def _get(holder: Any, key: str) -> Any:
    return holder.get(key) if isinstance(holder, pikepdf.Dictionary) else None


def _items(array: Any) -> Iterator[Any]:
    if isinstance(array, pikepdf.Array):
        yield from islice(array, _ANNOTATIONS)


def _acts(action: Any, depth: int = 5) -> bool:
    if not isinstance(action, pikepdf.Dictionary) or depth < 0:
        return False
    following = action.get("/Next")
    chain = islice(following, 20) if isinstance(following, pikepdf.Array) else [following]
    return str(action.get("/S", "")) in _ACTIVE or any(_acts(step, depth - 1) for step in chain)


def _acts_any(actions: Any) -> bool:
    return isinstance(actions, pikepdf.Dictionary) and any(_acts(actions.get(str(key))) for key in actions)


def _tree_names(tree: Any, depth: int = 6) -> Iterator[Any]:
    """The names of a PDF name tree, the first hundred of each node."""
    if depth < 0 or tree is None:
        return
    yield from islice(_items(_get(tree, "/Names")), 0, 2 * _NAMES, 2)
    for child in islice(_items(_get(tree, "/Kids")), _NAMES):
        yield from _tree_names(child, depth - 1)
