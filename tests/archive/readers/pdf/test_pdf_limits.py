"""Contents that pdfium must not see, or gives half of without a word."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence

import pikepdf
import pytest

from archive.readers.limits import ReadingLimits
from archive.readers.pdf.pdf_limits import Guard, Trouble, bound
from tests.archive.readers import making

LIMITS = ReadingLimits(part_mb=1)


def trouble(content: bytes, *more: bytes, resources: bytes = b"") -> Trouble | None:
    """Of a page with this stream (dictionary entries, a line, data) as content, and further objects from number 5."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << %s >> >>" % resources
    objects: Sequence[bytes] = (
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, content, *more,
    )  # fmt: skip
    bound(LIMITS)
    with pikepdf.open(io.BytesIO(making.assemble(objects))) as pdf:
        return Guard(pdf, LIMITS).at(1)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def deflated(data: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        data = zlib.compress(data)
    return stream(data, b"/Filter [%s]" % (b"/FlateDecode " * times))


def form(calls: bytes) -> bytes:
    return stream(b"/X Do", b"/Type /XObject /Subtype /Form /Resources << /XObject << /X %s >> >>" % calls)


LEAF = stream(b"0 0 9 9 re f", b"/Type /XObject /Subtype /Form /Resources << >>")


def test_an_ordinary_page_is_fine() -> None:
    assert trouble(deflated(b"BT (xin) Tj ET")) is None
    assert trouble(stream(b"/X Do"), form(b"6 0 R"), LEAF, resources=b"/XObject << /X 5 0 R >>") is None


@pytest.mark.parametrize("times", [1, 2])
def test_a_bomb(times: int) -> None:
    assert trouble(deflated(b" " * 3_000_000, times)) is Trouble.BIG
    bomb = deflated(b" " * 3_000_000, times).replace(b"<<", b"<< /Subtype /Form", 1)
    assert trouble(stream(b"/X Do"), bomb, resources=b"/XObject << /X 5 0 R >>") is Trouble.BIG


def test_forms_that_call_each_other() -> None:
    around = trouble(stream(b"/X Do"), form(b"6 0 R"), form(b"5 0 R"), resources=b"/XObject << /X 5 0 R >>")
    assert around is Trouble.ENDLESS
    chain = [form(b"%d 0 R" % (number + 6)) for number in range(60)]
    assert trouble(stream(b"/X Do"), *chain, resources=b"/XObject << /X 5 0 R >>") is Trouble.ENDLESS


def test_damaged_data() -> None:
    data = zlib.compress(bytes(range(256)) * 40)
    broken = stream(data[:90] + b"\xff\xff\xff" + data[93:], b"/Filter /FlateDecode")
    assert trouble(broken) is Trouble.DAMAGED
    assert not Trouble.DAMAGED.forbids


X = b"/XObject << /X 5 0 R >>"


def test_forms_count_as_often_as_they_are_drawn() -> None:
    wide = [form(b"%d 0 R" % (number + 6)).replace(b"/X Do", b"/X Do " * 10) for number in range(6)]
    assert trouble(stream(b"/X Do"), *wide, LEAF, resources=X) is Trouble.BIG
    assert trouble(stream(b"/X Do " * 100), LEAF, resources=X) is None


@pytest.mark.parametrize("call", [b"/X Do", b"/#58 Do", b"/X\n%x\nDo", b"(X)Do", b"q/X Do/X Do"])
@pytest.mark.parametrize("own", [b"", b"/Resources << >>"])
def test_a_form_that_draws_itself_by_the_page(call: bytes, own: bytes) -> None:
    itself = stream(call, b"/Type /XObject /Subtype /Form " + own)
    assert trouble(stream(b"/X Do"), itself, resources=X) is Trouble.ENDLESS


def test_naming_a_form_is_not_drawing_it() -> None:
    shared = stream(b"BT (xin) Tj ET", b"/Type /XObject /Subtype /Form /Resources << %s >>" % X)
    assert trouble(stream(b"/X Do"), shared, resources=X) is None


def test_resources_of_the_page_tree() -> None:
    around = form(b"5 0 R")
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    tree = b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Resources << %s >> >>" % X
    data = making.assemble([b"<< /Type /Catalog /Pages 2 0 R >>", tree, page, stream(b"/X Do"), around])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert Guard(pdf, LIMITS).at(1) is Trouble.ENDLESS


@pytest.mark.parametrize(
    "content",
    [
        b"BT " + b"(a) Tj -1 0 Td " * 30_000 + b"ET",
        b"BT " + b"(a)' " * 30_000 + b"ET",
        b"/A BMC (a) Tj " * 3000,
    ],
)
def test_more_than_any_page_shows(content: bytes) -> None:
    assert trouble(stream(content)) is Trouble.BIG
    many = form(b"9 0 R").replace(b"/X Do", b"(a)Tj")
    assert trouble(stream(b"/X Do " * 30_000), many, resources=X) is Trouble.BIG


def test_lzw_that_unpacks_to_anything() -> None:
    assert trouble(stream(zlib.compress(bytes(900_000)), b"/Filter [/FlateDecode /LZWDecode]")) is Trouble.BIG
    assert trouble(stream(bytes(99_000), b"/Filter /LZWDecode")) is Trouble.BIG
    assert trouble(stream(bytes.fromhex("800B6050220C0C8501"), b"/Filter /LZWDecode")) is None


@pytest.mark.parametrize("key", [b"FontFile2", b"ToUnicode"])
def test_a_font_that_is_a_bomb_on_every_page(key: bytes) -> None:
    font = b"<< /Type /Font /Subtype /Type0 /%s 6 0 R /DescendantFonts [<< /FontDescriptor << /%s 6 0 R >> >>] >>"
    bomb = deflated(b" " * 3_000_000)
    page = b"<< /Type /Page /Parent 2 0 R /Contents 7 0 R /Resources << /Font << /F 5 0 R >> >> >>"
    data = making.assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
            page,
            page,
            font % (key, key),
            bomb,
            stream(b"BT (xin) Tj ET"),
        ]
    )
    bound(LIMITS)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        guard = Guard(pdf, LIMITS)
        assert [guard.at(1), guard.at(2)] == [Trouble.BIG] * 2


def test_glyphs_are_contents_too() -> None:
    font = b"<< /Type /Font /Subtype /Type3 /CharProcs << /a 6 0 R >> >>"
    resources = b"/Font << /F 5 0 R >> /XObject << /X 7 0 R >>"
    assert trouble(stream(b"BT ET"), font, stream(b"/X Do"), form(b"7 0 R"), resources=resources) is Trouble.ENDLESS
