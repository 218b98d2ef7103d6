"""One page of a PDF by pdfium: its text, and the closer look for a page whose words do not speak for it."""

from __future__ import annotations

import ctypes
import re
from dataclasses import replace
from typing import Any

import pypdfium2.raw as pdfium

from archive.readers import quality
from archive.readers.pdf import pdf_gate
from archive.readers.pdf.pdf_gate import Judgement, PageFacts, Treatment
from archive.readers.pdf.pdf_order import JUMPS_FROM, PageChars, PageText

_SAMPLE = 200  # letters that are asked one by one
_OBJECTS = 5000
_MOST_LETTERS = 1_000_000
_HYPHEN = re.compile("(\\w*)[\x02\ufffe](?:\r?\n)?(\\w*)")


class TooLong(Exception):
    """More letters than stand on any paper."""


def read_page(page: Any, *, first: bool, nameless: bool) -> tuple[PageFacts, Judgement]:
    """The text of a page, as good as it gets without OCR, and what to do with it. `first` is the first page of the
    paper, `nameless` a page with a font that only numbers its letters. Raises `TooLong`."""
    textpage = page.get_textpage()
    try:
        if textpage.count_chars() > _MOST_LETTERS:
            raise TooLong
        text = PageText(textpage)
        if not text.may_jump():
            facts = PageFacts(_joined(text.drawn()))
        else:
            chars = PageChars(textpage)
            facts = PageFacts(_joined(text.drawn()), jumps=chars.jumps(), upright=chars.upright())
            if pdf_gate.judge(facts).treatment is Treatment.RESORT:
                facts = PageFacts(chars.placed(head=first))
        if facts.jumps <= JUMPS_FROM and pdf_gate.plainly_good(facts.text):
            return facts, Judgement(Treatment.KEEP)
        facts = _look(page, textpage, replace(facts, nameless=nameless))
        return facts, pdf_gate.judge(facts)
    finally:
        textpage.close()


def _joined(text: str) -> str:
    return _HYPHEN.sub(_hyphen, text) if "\x02" in text or "\ufffe" in text else text


def _hyphen(match: re.Match[str]) -> str:
    """pdfium marks a hyphen at the end of a line. A foreign word is joined; Vietnamese is never parted within a
    syllable, so that its hyphen ("Covid-", "thi đua-") is a real one."""
    before, after = match.groups()
    joined = before.isascii() and after.isascii() and before.isalpha() and after.islower()
    return before + ("" if joined else "-") + after


def _look(page: Any, textpage: Any, facts: PageFacts) -> PageFacts:
    """What else the page tells. Its objects may be many thousands: they are asked only where pictures may matter."""
    hidden, unmapped, legacy = _letters(textpage)
    facts = replace(facts, hidden=hidden, unmapped=unmapped, legacy_font=legacy)
    if hidden == 0 and len(facts.text.split()) >= pdf_gate.FEW_WORDS:
        return facts
    covered, pictures, paths = _objects(page)
    return replace(facts, covered=covered, pictures=pictures, paths=paths)


def _objects(page: Any) -> tuple[float, int, int]:
    """The share of the page under pictures (scanners cut a page into strips, so that they are added up), how many
    there are, and how many paths."""
    width, height = page.get_size()
    area, pictures, paths = 0.0, 0, 0
    for index, item in enumerate(page.get_objects(max_depth=4)):
        if index > _OBJECTS:
            break
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            pictures += 1
            wide, high = min(right, width) - max(left, 0), min(top, height) - max(bottom, 0)
            area += max(wide, 0) * max(high, 0)
        paths += item.type == pdfium.FPDF_PAGEOBJ_PATH
    return min(area / max(width * height, 1), 1.0), pictures, paths


def _letters(textpage: Any) -> tuple[float, float, bool]:
    """Of a sample of the letters: the shares that are invisible and without a map; whether an old font is among
    theirs."""
    raw = textpage.raw
    asked = hidden = unmapped = 0
    fonts: set[bytes] = set()
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    count = textpage.count_chars()
    for index in range(0, count, max(1, count // _SAMPLE)):
        item = pdfium.FPDFText_GetTextObject(raw, index)
        if not item:  # a blank that pdfium made up
            continue
        asked += 1
        hidden += pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        unmapped += pdfium.FPDFText_HasUnicodeMapError(raw, index) == 1
        if pdfium.FPDFText_GetFontInfo(raw, index, name, len(name), ctypes.byref(flags)):
            fonts.add(name.value)
    legacy = any(quality.LEGACY_FONT.match(font.decode("utf-8", "replace")) for font in fonts)
    return hidden / max(asked, 1), unmapped / max(asked, 1), legacy
