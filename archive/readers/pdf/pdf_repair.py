"""PDFs that are cut off or damaged: qpdf (pikepdf) writes a new table of their objects, for the reader to try again.

qpdf takes whatever it finds. Half a paper would come out as a paper of half the pages, so that every object that
another one names is looked for: `Mended.lacks` says that some are gone.
"""

from __future__ import annotations

import io
import mmap
import re
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from archive.readers import sniff
from archive.readers.limits import ReadingLimits

_OBJECT = re.compile(rb"(?<!\d)(\d{1,9})\s+(\d{1,5})\s+obj\b")
_REFERENCE = re.compile(rb"(?<!\d)(\d{1,9})\s+(\d{1,5})\s+R\b")
_STREAM = re.compile(rb"\bstream\r?\n.*?(?:endstream|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mended:
    """A PDF with a new table; `lacks` when objects that others name are gone."""

    data: bytes
    lacks: bool


def cut_off(path: Path) -> bool:
    """Whether the end of a file is missing: objects follow the last end mark. Padding or other junk behind the end does
    no harm."""
    if sniff.closes(path):
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return _OBJECT.search(data, data.rfind(b"%%EOF") + 1) is not None


def opened(source: Path | bytes) -> pikepdf.Pdf | None:
    """The file as qpdf sees it, to be closed; None when it cannot be opened, or not without a password."""
    try:
        return pikepdf.open(io.BytesIO(source) if isinstance(source, bytes) else source)
    except MemoryError:
        raise
    except Exception:  # pikepdf has a dozen kinds of them
        return None


def repaired(pdf: pikepdf.Pdf, count: int) -> bool:
    """Whether qpdf had to guess where the objects of a file are, or found other pages than the `count` that pdfium did:
    the two may then see different papers in it, and only what qpdf writes is the same to both."""
    found = len(pdf.pages)
    return found != count or any("reconstruct" in str(warning) for warning in pdf.get_warnings())


def says_encrypted(path: Path) -> bool:
    """Whether a file asks for a key at all; pdfium also says so of some that are merely broken."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return data.find(b"/Encrypt") >= 0


def mend(path: Path, limits: ReadingLimits) -> Mended | None:
    """The file as qpdf saves it, streams untouched; None when nothing can be saved, or the file is bigger than
    `limits.part_mb`: it is held several times over."""
    if path.stat().st_size > limits.part_mb * 1024 * 1024:
        return None
    data = path.read_bytes()
    saved = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if not len(pdf.pages):
                return None
            lacks = _lacks(data, pdf)
            pdf.save(saved, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    except MemoryError:
        raise
    except Exception:  # pikepdf has a dozen kinds of them
        return None
    return Mended(saved.getvalue(), lacks)


def _lacks(data: bytes, pdf: pikepdf.Pdf) -> bool:
    """Whether an object is gone that others name, in the file as it is or in its object streams."""
    bare = _STREAM.sub(b"", data)
    there = _numbers(_OBJECT, bare)
    named = _numbers(_REFERENCE, bare)
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Type") == "/ObjStm":
            named |= _numbers(_REFERENCE, item.read_bytes())
    return any(pdf.get_object(which) is None for which in named - there)


def _numbers(pattern: re.Pattern[bytes], text: bytes) -> set[tuple[int, int]]:
    return {(int(match[1]), int(match[2])) for match in pattern.finditer(text)}
