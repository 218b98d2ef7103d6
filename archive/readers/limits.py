"""How much a single document may cost. A document over a limit is answered so; it never holds up the others."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """Limits for reading one document, part of the configuration; docs/settings.md has the reasons.

    `memory_mb` is the address space of a worker; `seconds` of wall time and `cpu_seconds` of processor time grow by
    `seconds_per_page` for each page; `part_mb` is the unpacked size of one part of a zip, `members` how many it may
    hold; `pages` are read at most; `pixels_mp` is for pictures of pages; `text_mb` million characters of text are kept
    at most: recognition and index, which work in the service itself, take sixty times that in memory.

    `cells` of all sheets of a workbook are read at most. OCR reads `ocr_pages` of a document at most, each at `ocr_dpi`
    within `ocr_seconds`. A bundle, with all bundles inside it, gives `bundle_mb` and `bundle_members` at most,
    `bundle_ratio` times its own size, and no more than `bundle_depth` bundles deep.
    """

    memory_mb: int = 2048
    cpu_seconds: int = 60
    seconds: float = 30.0
    seconds_per_page: float = 0.5
    part_mb: int = 64
    pages: int = 5000
    members: int = 2000
    pixels_mp: int = 40
    text_mb: int = 4
    cells: int = 2_000_000
    ocr_dpi: int = 300
    ocr_pages: int = 300
    ocr_seconds: float = 60.0
    bundle_mb: int = 2048
    bundle_members: int = 5000
    bundle_ratio: int = 200
    bundle_depth: int = 3
