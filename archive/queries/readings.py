"""What was read in blobs: texts, tables, and pages that wait for OCR."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Length

from archive import models
from archive.records import Page, Reading, ReadingState, Signature, Source, Table, plain

AT_ONCE = 200  # documents that are held in memory together
_TEXT_AT_ONCE = 8 << 20  # characters of pages, as stored, that are worked on together


def blobs_to_read(reader: str, limit: int) -> list[str]:
    """Digests of documents without a reading by this version of the readers, oldest first."""
    done = models.Reading.objects.filter(sha256=OuterRef("sha256"), reader=reader)
    rows = models.Document.objects.filter(~Exists(done)).order_by("filed_at").values_list("sha256", flat=True)
    return list(dict.fromkeys(rows[:limit]))


def save_readings(readings: Iterable[tuple[str, Reading]], reader: str, scans: int | None = None) -> None:
    """Keep readings, in place of those of earlier versions; what was derived from the earlier ones is made anew. Of the
    pages of each that wait for OCR, the first `scans` are to be read (None: all)."""
    readings = list(readings)
    rows = [
        models.Reading(
            sha256=sha256, reader=reader, format=reading.format, state=reading.state.value,
            source=reading.source.value, encoding=reading.encoding, confidence=reading.confidence,
            warnings=plain(reading.warnings), properties=reading.properties, page_count=len(reading.pages),
            pages=[[page.text, page.source.value, page.confidence] for page in reading.pages],
            tables=[[table.page, plain(table.rows)] for table in reading.tables],
            scans=list(reading.scans), signatures=plain(reading.signatures),
        )
        for sha256, reading in readings
    ]  # fmt: skip
    with transaction.atomic():
        digests = [row.sha256 for row in rows]
        models.Recognition.objects.filter(document__sha256__in=digests).delete()
        models.Indexed.objects.filter(document__sha256__in=digests).delete()
        models.Reading.objects.filter(sha256__in=digests).delete()
        models.ReadScan.objects.filter(sha256__in=digests).delete()
        models.Reading.objects.bulk_create(rows)
        models.ReadScan.objects.bulk_create(
            models.ReadScan(sha256=sha256, page=page, reader=reader)
            for sha256, reading in readings
            for page in reading.scans[:scans]
        )


def reading_from(row: models.Reading) -> Reading:
    """The record of a row."""
    return Reading(
        row.format,
        ReadingState(row.state),
        tuple(Page(text, Source(source), confidence) for text, source, confidence in row.pages),
        tuple(Table(page, tuple(tuple(cells) for cells in rows)) for page, rows in row.tables),
        Source(row.source),
        row.encoding,
        row.confidence,
        tuple((code, words) for code, words in row.warnings),
        row.properties,
        row.reader,
        tuple(row.scans),
        tuple(Signature(**signature) for signature in row.signatures),
    )


def reading(sha256: str) -> Reading | None:
    """The reading of a blob, whole; None while it is not read."""
    row = models.Reading.objects.filter(pk=sha256).first()
    return reading_from(row) if row else None


def readings_of(digests: Iterable[str]) -> Iterator[tuple[str, Reading]]:
    """The readings of blobs, some in memory at a time."""
    wanted = list(dict.fromkeys(digests))
    for start in range(0, len(wanted), AT_ONCE):
        for row in models.Reading.objects.filter(pk__in=wanted[start : start + AT_ONCE]):
            yield row.sha256, reading_from(row)


def pages_of(digests: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The page texts of several blobs, for the index."""
    rows = models.Reading.objects.filter(pk__in=digests).values_list("sha256", "pages")
    return {sha256: tuple(page[0] for page in pages) for sha256, pages in rows}


def text_of(document_id: str) -> tuple[str, ...]:
    """The page texts of a document; none where there is no such document or it is not read."""
    digests = models.Document.objects.filter(pk=document_id).values_list("sha256", flat=True)
    return next(iter(pages_of(list(digests)).values()), ())


def page_sources(pages: Collection[tuple[str, int]]) -> dict[tuple[str, int], tuple[Source, float | None]]:
    """Where the texts of these pages (digest, number from 1) came from, and how surely they were read."""
    found = {}
    for page in {page for _sha256, page in pages}:  # most are the first of their papers: one query
        at = f"pages__{page - 1}"
        rows = models.Reading.objects.filter(pk__in=[sha256 for sha256, other in pages if other == page])
        for sha256, source, confidence in rows.values_list("pk", f"{at}__1", f"{at}__2"):
            if source is not None:
                found[sha256, page] = (Source(source), confidence)
    return found


@dataclass(frozen=True, slots=True)
class Scan:
    """A page that waits for OCR, and the format of its blob."""

    sha256: str
    page: int
    format: str


def scans_to_read(reader: str, limit: int) -> list[Scan]:
    """Pages that wait for OCR. Documents take turns, in the order in which they were read: the first pages of all come
    before their second ones, so that three hundred pages of one hold up no other."""
    form = models.Reading.objects.filter(pk=OuterRef("sha256")).values("format")
    rows = (
        models.ReadScan.objects.filter(done=False, reader=reader).order_by("page", "id").annotate(form=Subquery(form))
    )
    return [Scan(*row) for row in rows.values_list("sha256", "page", "form")[:limit]]


def save_scan(sha256: str, page: int, found: Page | str) -> None:
    """Keep what OCR found on a page, or the code of why the page could not be read. A page that nobody waits for any
    longer is let go."""
    row = models.ReadScan.objects.filter(sha256=sha256, page=page)
    if isinstance(found, Page):
        row.update(done=True, text=found.text, confidence=found.confidence, failed="")
    else:
        row.update(done=True, failed=found)


def scans_done(reader: str, digests: Collection[str] | None = None) -> list[str]:
    """Of these blobs (None: of all) those whose every page was read; `save_readings` makes an end of their scans."""
    rows = models.ReadScan.objects.filter(reader=reader)
    if digests is not None:
        rows = rows.filter(sha256__in=digests)
    waiting = models.ReadScan.objects.filter(sha256=OuterRef("sha256"), done=False)
    return list(rows.filter(~Exists(waiting)).order_by("sha256").values_list("sha256", flat=True).distinct())


def scans_of(sha256: str) -> tuple[dict[int, Page], dict[int, str]]:
    """The pages of a blob that OCR has read, and the codes of those it could not read, by page number."""
    rows = list(models.ReadScan.objects.filter(sha256=sha256, done=True).order_by("page"))
    found = {row.page: Page(row.text, Source.OCR, row.confidence) for row in rows if not row.failed}
    return found, {row.page: row.failed for row in rows if row.failed}


def light_enough(documents: Iterable[models.Document]) -> list[models.Document]:
    """As many of the first ones as have no more text together than may be held in memory; at least one."""
    rows = list(documents)
    read = models.Reading.objects.filter(pk__in=[row.sha256 for row in rows])
    sizes = dict(read.annotate(size=Length("pages")).values_list("pk", "size"))
    total = 0
    for count, row in enumerate(rows):
        total += sizes.get(row.sha256, 0)
        if total > _TEXT_AT_ONCE and count:
            return rows[:count]
    return rows
