"""Contents that pdfium must not see, or gives half of without a word."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence

import pikepdf
import pytest

from archive.readers.limits import ReadingLimits
from archive.readers.pdf_limits import Trouble, bound, troubled_pages
from tests.archive.readers import making

LIMITS = ReadingLimits(part_mb=1)


def troubles(content: bytes, *more: bytes, resources: bytes = b"") -> dict[int, Trouble]:
    """Of a page with this stream (dictionary entries, a line, data) as content, and further objects from number 5."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << %s >> >>" % resources
    objects: Sequence[bytes] = (
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, content, *more,
    )  # fmt: skip
    bound(LIMITS)
    with pikepdf.open(io.BytesIO(making.assemble(objects))) as pdf:
        return troubled_pages(pdf, LIMITS)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def deflated(data: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        data = zlib.compress(data)
    return stream(data, b"/Filter [%s]" % (b"/FlateDecode " * times))


def form(calls: bytes) -> bytes:
    return stream(b"/X Do", b"/Type /XObject /Subtype /Form /Resources << /XObject << /X %s >> >>" % calls)


def test_an_ordinary_page_is_fine() -> None:
    assert troubles(deflated(b"BT (xin) Tj ET")) == {}
    assert troubles(stream(b"/X Do"), form(b"6 0 R"), form(b"9 0 R"), resources=b"/XObject << /X 5 0 R >>") == {}


@pytest.mark.parametrize("times", [1, 2])
def test_a_bomb(times: int) -> None:
    assert troubles(deflated(b" " * 3_000_000, times)) == {1: Trouble.BIG}
    bomb = deflated(b" " * 3_000_000, times).replace(b"<<", b"<< /Subtype /Form", 1)
    assert troubles(stream(b"/X Do"), bomb, resources=b"/XObject << /X 5 0 R >>") == {1: Trouble.BIG}


def test_forms_that_call_each_other() -> None:
    around = troubles(stream(b"/X Do"), form(b"6 0 R"), form(b"5 0 R"), resources=b"/XObject << /X 5 0 R >>")
    assert around == {1: Trouble.ENDLESS}
    chain = [form(b"%d 0 R" % (number + 6)) for number in range(60)]
    assert troubles(stream(b"/X Do"), *chain, resources=b"/XObject << /X 5 0 R >>") == {1: Trouble.ENDLESS}


def test_damaged_data() -> None:
    data = zlib.compress(bytes(range(256)) * 40)
    broken = stream(data[:90] + b"\xff\xff\xff" + data[93:], b"/Filter /FlateDecode")
    assert troubles(broken) == {1: Trouble.DAMAGED}
    assert not Trouble.DAMAGED.forbids
