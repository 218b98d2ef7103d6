"""What becomes of a PDF: the picture that a scanner makes of it, a file under a password, a file that tells no time.

PDFium and pypdf stamp the moment and a random id into what they write; both are overwritten in place, so that the same
sheet gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2
from pypdf import PdfReader, PdfWriter

WIDTH, HEIGHT = 595, 842  # A4 in points
_ID = re.compile(rb"(/ID\s*\[\s*<)([0-9A-Fa-f]{32})(>\s*<)([0-9A-Fa-f]{32})(>)")
_NO_ID = b"0" * 32
_CREATED = re.compile(rb"/CreationDate\s*\(([^()]*)\)")
SCAN_SCALE = 150 / 72


def fixed(pdf: bytes, *, first_id: bool = True) -> bytes:
    """Date and ids overwritten by as many other bytes, so that the offsets in the file stay right. Of a locked file
    the first id is part of the key and stays."""

    def ids(match: re.Match[bytes]) -> bytes:
        return b"".join((match[1], _NO_ID if first_id else match[2], match[3], _NO_ID, match[5]))

    def created(match: re.Match[bytes]) -> bytes:
        return match[0].replace(match[1], b"D:20211201080000+07'00'"[: len(match[1])].ljust(len(match[1])))

    return _ID.sub(ids, _CREATED.sub(created, pdf))


def locked_bytes(pdf: bytes, password: str) -> bytes:
    """The PDF under a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.encrypt(password, algorithm="RC4-128")  # AES draws random vectors; this has to come out the same each time
    written = io.BytesIO()
    writer.write(written)
    return fixed(written.getvalue(), first_id=False)


def scan_of(pdf: bytes) -> bytes:
    """The PDF as a scanner gives it: pictures of its pages, no text."""
    return picture_pdf(list(_pictures(pdf)))


def _pictures(pdf: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Each page as width, height and grey values."""
    document: Any = pypdfium2.PdfDocument(pdf)
    for page in document:
        bitmap = page.render(scale=SCAN_SCALE, grayscale=True)
        rows = bytes(bitmap.buffer)
        width, stride = bitmap.width, bitmap.stride
        yield width, bitmap.height, b"".join(rows[at : at + width] for at in range(0, len(rows), stride))
    document.close()


def picture_pdf(pictures: Sequence[tuple[int, int, bytes]]) -> bytes:
    """A PDF with one grey picture on each page, written by hand: three objects a page after catalogue and page tree."""
    pages = " ".join(f"{3 + 3 * at} 0 R" for at in range(len(pictures)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {len(pictures)}/Kids[{pages}]>>".encode()]
    for at, (width, height, grey) in enumerate(pictures):
        page, data = 3 + 3 * at, zlib.compress(grey, 9)
        draw = f"{WIDTH} 0 0 {HEIGHT} 0 0 cm /I Do".encode()
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents {page + 1} 0 R"
            f"/Resources<</XObject<</I {page + 2} 0 R>>>>>>".encode(),
            b"<</Length %d>>stream\n%b\nendstream" % (len(draw), draw),
            f"<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray/BitsPerComponent 8"
            f"/Filter/FlateDecode/Length {len(data)}>>stream\n".encode()
            + data
            + b"\nendstream",
        ]
    written, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return (
        written
        + b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table)
        + b"trailer\n<</Size %d/Root 1 0 R/ID[<%b><%b>]>>\n" % (size, _NO_ID, _NO_ID)
        + b"startxref\n%d\n%%%%EOF\n" % len(written)
    )
