"""Hostile PDFs: loops, bombs, lies about lengths, broken filters, fonts and signatures."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Sequence
from functools import partial

from tests.archive.readers import making
from tests.archive.readers.hostile_zips import zlib_bomb

_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << %s >> >>"
_FONT = b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
_TEXT = b"BT /F1 12 Tf 72 700 Td (bao cao tong ket cong tac nam) Tj ET"


def stream(data: bytes, told: bytes = b"", length: int | None = None) -> bytes:
    """A stream object; `told` is the rest of its dictionary."""
    size = len(data) if length is None else length
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (size, told, data)


def paper(
    content: bytes = _TEXT,
    told: bytes = b"",
    *,
    more: Sequence[bytes] = (),
    catalogue: bytes = b"",
    page: bytes = b"",
    resources: bytes = _FONT,
    length: int | None = None,
) -> bytes:
    """One page; objects from number 5 on are `more`, the others are added to catalogue, page and resources."""
    kid = _PAGE % resources
    return making.assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            kid[:-2] + page + b">>",
            stream(content, told, length),
            *more,
        ]
    )


def _filtered(name: bytes, data: bytes, parameters: bytes = b"") -> bytes:
    return paper(data, b"/Filter %s %s" % (name, parameters))


def _tree(kids: bytes, count: int, *more: bytes) -> bytes:
    return making.assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
            *more,
        ]
    )


def _form(inner: bytes, resources: bytes) -> bytes:
    return stream(inner, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << %s >>" % resources)


def _forms_wide() -> bytes:
    """Ten forms each of which draws the next one ten times: 10**10 in all."""
    forms = [_form(b"/X Do " * 10, b"/XObject << /X %d 0 R >>" % (number + 1)) for number in range(5, 15)]
    return paper(b"/X Do", more=[*forms, _form(_TEXT, _FONT)], resources=b"/XObject << /X 5 0 R >>")


def _table(lines: bytes, trailer: bytes, start: int | None = None, body: bytes = b"") -> bytes:
    """A PDF whose cross-reference table and trailer are as given."""
    head = (
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n"
        b"<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n" + body
    )
    at = len(head) if start is None else start
    return head + b"xref\n" + lines + b"trailer\n<< /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (trailer, at)


def _object_streams() -> bytes:
    """Object streams that stand in each other, and an xref stream that says so."""
    body = b"%PDF-1.5\n"
    first = len(body)
    inner = b"1 0 2 20 5 40 6 60 " + b" " * 60
    for number, other in ((5, 6), (6, 5)):
        told = b"/Type /ObjStm /N 4 /First 20 /Extends %d 0 R" % other
        body += b"%d 0 obj\n" % number + stream(inner, told) + b"\nendobj\n"
    entries = b"".join(struct.pack(">BHB", 2, 6 if n == 5 else 5, 0) for n in range(7))
    at = len(body)
    table = stream(entries, b"/Type /XRef /Size 8 /W [1 2 1] /Root 1 0 R /Prev %d" % first)
    return body + b"7 0 obj\n" + table + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % at


def _xref_stream(widths: bytes, index: bytes, data: bytes = b"\1\0\0\0" * 9) -> bytes:
    body = b"%PDF-1.5\n"
    told = b"/Type /XRef /Size 9 /W [%s] /Index [%s] /Root 1 0 R" % (widths, index)
    return body + b"7 0 obj\n" + stream(data, told) + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(body)


def _picture(told: bytes, data: bytes = b"\0" * 100) -> bytes:
    picture = stream(data, b"/Type /XObject /Subtype /Image %s" % told)
    return paper(b"q 595 0 0 842 0 0 cm /I Do Q", more=[picture], resources=b"/XObject << /I 5 0 R >>")


def _font(font: bytes, *more: bytes) -> bytes:
    return paper(more=[font, *more], resources=b"/Font << /F1 5 0 R >>")


def _mapped(cmap: bytes) -> bytes:
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    return _font(font, stream(cmap))


def _embedded(kind: bytes, data: bytes) -> bytes:
    font = b"<< /Type /Font /Subtype /TrueType /BaseFont /X /FirstChar 32 /LastChar 33 /FontDescriptor 6 0 R >>"
    descriptor = b"<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 0 1 1] /%s 7 0 R >>" % kind
    return _font(font, descriptor, stream(data))


def _encrypted(handler: bytes) -> bytes:
    data = paper()
    at = data.rindex(b"trailer\n<<") + len(b"trailer\n<<")
    return data[:at] + b" /ID [<00><00>] /Encrypt << %s >>" % handler + data[at:]


def _signed(contents: bytes, byte_range: bytes = b"0 10 20 10", filter_: bytes = b"/adbe.pkcs7.detached") -> bytes:
    signature = b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter %s /ByteRange [%s] /Contents <%s> /M (D:99999999) >>"
    field = b"<< /FT /Sig /T (s) /Type /Annot /Subtype /Widget /Rect [0 0 0 0] /V 6 0 R /P 3 0 R >>"
    return paper(
        more=[field, signature % (filter_, byte_range, contents)],
        catalogue=b"/AcroForm << /SigFlags 3 /Fields [5 0 R] >>",
        page=b"/Annots [5 0 R]",
    )


def _annotations(count: int) -> bytes:
    note = b"<< /Type /Annot /Subtype /FreeText /Rect [0 0 9 9] /Contents (ghi chu) /AP << /N 4 0 R >> >>"
    return paper(page=b"/Annots [%s]" % b" ".join(b"5 0 R" for _ in range(count)), more=[note])


def _attached(names: bytes) -> bytes:
    return paper(
        catalogue=b"/Names << /EmbeddedFiles %s >>" % names,
        more=[
            b"<< /Type /Filespec /F (../../x.exe) /EF << /F 6 0 R >> >>",
            stream(zlib_bomb(200), b"/Filter /FlateDecode"),
            b"<< /Kids [7 0 R 7 0 R] /Limits [(a) (z)] >>",
        ],
    )


def _many_pages(count: int, told: int | None = None) -> bytes:
    kids = b"3 0 R " * count
    return _tree(kids, count if told is None else told, _PAGE % _FONT, stream(_TEXT))


def _fields_loop() -> bytes:
    field = b"<< /FT /Tx /T (a) /V (gia tri) /Kids [5 0 R 6 0 R] /Parent 6 0 R >>"
    return paper(catalogue=b"/AcroForm << /Fields [5 0 R 6 0 R] >>", more=[field, field])


def _outline_loop() -> bytes:
    item = b"<< /Title (muc) /Parent 5 0 R /First 6 0 R /Next 6 0 R /Prev 6 0 R >>"
    return paper(catalogue=b"/Outlines 5 0 R /Dests 5 0 R /PageLabels 5 0 R", more=[item, item])


def _letters(count: int, apart: bytes = b"1 0 Td") -> bytes:
    return b"BT /F1 1 Tf 0 0 Td " + (b"(a) Tj " + apart + b" ") * count + b"ET"


def _lzw(size: int) -> bytes:
    """LZW whose codes each stand for one letter more than the one before: 2,500 times its size, unpacked."""
    bits = "".join(format(code, f"0{9 + (code > 510) + (code > 1022) + (code > 2046)}b") for code in range(258, 4093))
    bits = format(256, "09b") + format(97, "09b") + bits + format(4092, "012b") * (size * 8 // 12)
    bits = bits[: len(bits) // 8 * 8]
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def _resource_bomb(font: bytes, *more: bytes) -> bytes:
    return _font(font, *more, stream(zlib_bomb(1024), b"/Filter /FlateDecode /N 3"))


_TYPE1 = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
_ALIKE = b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 5 >>"
_PATTERN = b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.0001 /YStep 0.0001 /Resources << >>"

FILES: dict[str, Callable[[], bytes]] = {
    "pdf-tree-holds-itself.pdf": partial(_tree, b"2 0 R 2 0 R", 2_000_000_000),
    "pdf-tree-two-hold-each-other.pdf": partial(_tree, b"3 0 R", 5, _ALIKE),
    "pdf-tree-deep.pdf": lambda: _tree(
        b"3 0 R", 1, *(b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 1) for number in range(3, 5000))
    ),
    "pdf-tree-of-nothing.pdf": partial(_tree, b"99 0 R null 7 (a) [3 0 R]", 9),
    "pdf-tree-count-1e9.pdf": partial(_many_pages, 3, 1_000_000_000),
    "pdf-tree-count-negative.pdf": partial(_many_pages, 3, -5),
    "pdf-one-page-5000-times.pdf": partial(_many_pages, 5000),
    "pdf-root-is-a-page.pdf": lambda: making.assemble([_PAGE % _FONT, b"null", b"null", stream(_TEXT)]),
    "pdf-parent-loop.pdf": lambda: paper().replace(b"/Type /Pages /Kids", b"/Type /Pages /Parent 2 0 R /Kids"),
    "pdf-form-draws-itself.pdf": lambda: paper(
        b"/X Do", more=[_form(b"/X Do /X Do", b"/XObject << /X 5 0 R >>")], resources=b"/XObject << /X 5 0 R >>"
    ),
    "pdf-forms-draw-each-other.pdf": lambda: paper(
        b"/X Do",
        more=[_form(b"/X Do", b"/XObject << /X 6 0 R >>"), _form(b"/X Do", b"/XObject << /X 5 0 R >>")],
        resources=b"/XObject << /X 5 0 R >>",
    ),
    "pdf-form-draws-itself-by-the-page.pdf": lambda: paper(
        b"/X Do", more=[_form(b"/X Do /X Do", b"")], resources=b"/XObject << /X 5 0 R >>"
    ),
    "pdf-form-draws-itself-and-is-spoilt.pdf": lambda: FILES["pdf-form-draws-itself.pdf"]().replace(
        b"3 0 obj", b"3 -1 obj"
    ),
    "pdf-forms-10-to-the-10.pdf": _forms_wide,
    "pdf-pattern-of-itself.pdf": lambda: paper(
        b"/Pattern cs /P scn 0 0 595 842 re f",
        more=[stream(b"/Pattern cs /P scn 0 0 9 9 re f", _PATTERN)],
        resources=b"/Pattern << /P 5 0 R >>",
    ),
    "pdf-type3-glyph-draws-itself.pdf": lambda: _font(
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 122"
        b" /Widths [1] /CharProcs << /a 6 0 R >> /Encoding << /Differences [97 /a /a /a] >>"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        stream(_TEXT),
    ),
    "pdf-xref-loop.pdf": lambda: _table(b"0 3\n" + b"0000000009 00000 n \n" * 3, b"/Size 3 /Prev 110", 110),
    "pdf-xref-prev-is-itself.pdf": lambda: paper().replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev 9"),
    "pdf-xref-stream-loop.pdf": lambda: _xref_stream(b"1 2 1", b"0 9").replace(b"/Root", b"/Prev 9 /Root"),
    "pdf-xref-widths-huge.pdf": partial(_xref_stream, b"2147483647 2147483647 1", b"0 9"),
    "pdf-xref-widths-negative.pdf": partial(_xref_stream, b"-1 -2 1", b"-5 2147483647"),
    "pdf-xref-index-huge.pdf": partial(_xref_stream, b"1 2 1", b"0 2147483647 5 999999999"),
    "pdf-xref-counts-2e9.pdf": lambda: _table(b"0 2000000000\n0000000000 65535 f \n", b"/Size 2000000000"),
    "pdf-xref-size-1e9.pdf": lambda: paper().replace(b"/Size 5", b"/Size 999999999"),
    "pdf-xref-start-beyond.pdf": lambda: _table(b"0 1\n0000000000 65535 f \n", b"/Size 3", 2**62),
    "pdf-xref-none.pdf": lambda: paper().split(b"xref")[0] + b"%%EOF",
    "pdf-object-streams-in-each-other.pdf": _object_streams,
    "pdf-number-of-object-2e9.pdf": lambda: paper().replace(b"4 0 obj", b"2000000000 0 obj"),
    "pdf-length-too-long.pdf": lambda: paper(length=2**31 - 1),
    "pdf-length-negative.pdf": lambda: paper(length=-1),
    "pdf-length-zero.pdf": lambda: paper(length=0),
    "pdf-length-is-itself.pdf": lambda: (
        paper().replace(b"/Length 64", b"/Length 4 0 R").replace(b"/Length 65", b"/Length 4 0 R")
    ),
    "pdf-flate-bomb-1GiB.pdf": lambda: _filtered(b"/FlateDecode", zlib_bomb(1024)),
    "pdf-flate-bomb-twice.pdf": lambda: _filtered(b"[/FlateDecode /FlateDecode]", zlib.compress(zlib_bomb(4096))),
    "pdf-flate-bomb-thrice.pdf": lambda: _filtered(
        b"[/FlateDecode /FlateDecode /FlateDecode]", zlib.compress(zlib.compress(zlib_bomb(4096)))
    ),
    "pdf-flate-bomb-of-text.pdf": lambda: _filtered(b"/FlateDecode", zlib.compress(_TEXT * 400_000)),
    "pdf-flate-garbage.pdf": lambda: _filtered(b"/FlateDecode", b"\x78\xda" + bytes(range(256))),
    "pdf-flate-predictor.pdf": lambda: _filtered(
        b"/FlateDecode",
        zlib.compress(bytes(999)),
        b"/DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 99 /BitsPerComponent 64 >>",
    ),
    "pdf-lzw-garbage.pdf": lambda: _filtered(b"/LZWDecode", bytes(range(256)) * 20),
    "pdf-lzw-bomb.pdf": lambda: _filtered(b"[/FlateDecode /LZWDecode]", zlib_bomb(64)),
    "pdf-lzw-letters-more-and-more.pdf": lambda: _filtered(b"/LZWDecode", _lzw(90_000)),
    "pdf-lzw-long.pdf": lambda: _filtered(b"/LZWDecode", _lzw(3_000_000)),
    "pdf-runlength-bomb.pdf": lambda: _filtered(
        b"[/FlateDecode /RunLengthDecode]", zlib.compress(b"\x81 " * 4_000_000)
    ),
    "pdf-ascii85-garbage.pdf": lambda: _filtered(b"/ASCII85Decode", b"zzzz!!!~" * 999),
    "pdf-hundred-filters.pdf": lambda: _filtered(b"[" + b"/ASCIIHexDecode " * 100 + b"]", b"41" * 99),
    "pdf-filter-unknown.pdf": lambda: _filtered(b"/NieDagewesen", b"abc"),
    "pdf-filter-crypt.pdf": lambda: _filtered(b"/Crypt", b"abc", b"/DecodeParms << /Name /X >>"),
    "pdf-page-200000pt.pdf": lambda: paper().replace(b"[0 0 595 842]", b"[0 0 200000 200000]"),
    "pdf-page-1e38pt.pdf": lambda: (
        paper().replace(b"[0 0 595 842]", b"[-1e38 -1e38 1e38 1e38]").replace(b"/MediaBox", b"/UserUnit 1e9 /MediaBox")
    ),
    "pdf-page-0pt.pdf": lambda: paper().replace(b"[0 0 595 842]", b"[0 0 0 0]"),
    "pdf-page-box-garbage.pdf": lambda: paper().replace(b"[0 0 595 842]", b"[(a) /b null]"),
    "pdf-picture-100000x100000.pdf": partial(
        _picture, b"/Width 100000 /Height 100000 /ColorSpace /DeviceRGB /BitsPerComponent 8"
    ),
    "pdf-picture-flate-bomb.pdf": lambda: _picture(
        b"/Width 30000 /Height 30000 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode", zlib_bomb(900)
    ),
    "pdf-picture-negative.pdf": partial(
        _picture, b"/Width -1 /Height -2147483648 /ColorSpace /DeviceGray /BitsPerComponent 8"
    ),
    "pdf-picture-jbig2.pdf": partial(
        _picture,
        b"/Width 999 /Height 999 /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode",
        b"\0\0\0\0\x30\0\1\0\0\0\x13\xff\xff\xff\xff\xff\xff\xff\xff" + bytes(99),
    ),
    "pdf-picture-jpx.pdf": partial(
        _picture,
        b"/Width 9 /Height 9 /Filter /JPXDecode",
        b"\0\0\0\x0cjP  \r\n\x87\n\xff\x4f\xff\x51\0\x29" + b"\xff" * 60,
    ),
    "pdf-picture-dct.pdf": partial(
        _picture,
        b"/Width 9 /Height 9 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode",
        b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\3\1\x22\0" + b"\xff" * 99,
    ),
    "pdf-picture-ccitt.pdf": partial(
        _picture,
        b"/Width 9 /Height 9 /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode"
        b" /DecodeParms << /K -1 /Columns 2147483647 /Rows 2147483647 >>",
        b"\xaa" * 999,
    ),
    "pdf-picture-masks-itself.pdf": partial(
        _picture, b"/Width 9 /Height 9 /ColorSpace /DeviceGray /BitsPerComponent 8 /SMask 5 0 R /Mask 5 0 R"
    ),
    "pdf-colour-of-itself.pdf": lambda: paper(
        b"/C cs 1 scn 0 0 9 9 re f",
        more=[b"[/Indexed 5 0 R 2147483647 5 0 R]"],
        resources=b"/ColorSpace << /C 5 0 R >>",
    ),
    "pdf-arrays-deep.pdf": lambda: paper(more=[b"[" * 60_000 + b"]" * 60_000], page=b"/Rotate 5 0 R"),
    "pdf-arrays-deep-in-content.pdf": lambda: paper(b"[" * 500_000),
    "pdf-dictionaries-deep.pdf": lambda: paper(catalogue=b"/A << " * 30_000 + b">> " * 30_000),
    "pdf-content-states-deep.pdf": lambda: paper(b"q " * 1_000_000 + _TEXT),
    "pdf-content-marks-deep.pdf": lambda: paper(b"BT /F1 9 Tf " + b"/A BMC (a) Tj " * 15_000 + b"ET"),
    "pdf-content-strings-8MB.pdf": lambda: paper(b"BT /F1 1 Tf " + (b"(" + b"a " * 16_000 + b") Tj ") * 240 + b"ET"),
    "pdf-content-drawn-by-the-tree.pdf": lambda: making.assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Resources << /XObject << /X 5 0 R >> >> >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            stream(b"/X Do"),
            stream(b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"),
        ]
    ),
    "pdf-forms-with-letters-10000-times.pdf": lambda: paper(
        b"/X Do " * 10_000, more=[_form(_letters(20, b"-1 0 Td"), _FONT)], resources=b"/XObject << /X 5 0 R >>"
    ),
    "pdf-content-huge-numbers.pdf": lambda: paper(b"9" * 100_000 + b" 1e99999 -" + b"9" * 5000 + b" 0 0 0 cm " + _TEXT),
    "pdf-content-letters-60000.pdf": lambda: paper(_letters(60_000)),
    "pdf-content-letters-backward.pdf": lambda: paper(_letters(60_000, b"-1 0 Td")),
    "pdf-content-letters-far.pdf": lambda: paper(_letters(5000, b"1e7 1e7 Td")),
    "pdf-content-open-string.pdf": lambda: paper(b"BT (" + b"a(" * 500_000),
    "pdf-content-is-the-page.pdf": lambda: paper(page=b"/Contents 3 0 R").replace(b"/Contents 4 0 R", b""),
    "pdf-content-of-20000-parts.pdf": lambda: paper(page=b"/Contents [%s]" % (b"4 0 R " * 20_000)).replace(
        b"/Contents 4 0 R", b""
    ),
    "pdf-script.pdf": lambda: paper(
        catalogue=b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\); while\\(1\\);) >>"
    ),
    "pdf-launch.pdf": lambda: paper(
        catalogue=b"/OpenAction << /S /Launch /F (/bin/sh) /Win << /F (cmd.exe) >> /Next 1 0 R >>"
    ),
    "pdf-address-of-passwd.pdf": lambda: paper(
        more=[b"<< /Length 0 /F (/etc/passwd) /FFilter /FlateDecode >>\nstream\n\nendstream"], page=b"/Contents 5 0 R"
    ).replace(b"/Contents 4 0 R", b""),
    "pdf-xfa.pdf": lambda: paper(
        catalogue=b"/AcroForm << /Fields [] /XFA 5 0 R /NeedAppearances true >>",
        more=[stream(b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>')],
    ),
    "pdf-cmap-huge.pdf": lambda: _mapped(
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        + b"100 beginbfrange <0000> <FFFF> <0041> endbfrange\n" * 3000
    ),
    "pdf-cmap-range-2-32.pdf": lambda: _mapped(
        b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange 1 begincidrange <00> <FFFFFFFF> 0 endcidrange"
    ),
    "pdf-cmap-long-targets.pdf": lambda: _mapped(
        b"1 beginbfchar " + b"".join(b"<%02X> <%s>\n" % (n, b"0041" * 20_000) for n in range(97, 122)) + b"endbfchar"
    ),
    "pdf-cmap-uses-itself.pdf": lambda: _mapped(b"/X usecmap").replace(b"/Length 10", b"/UseCMap 6 0 R /Length 10"),
    "pdf-cmap-bomb.pdf": partial(_resource_bomb, _TYPE1),
    "pdf-font-bomb.pdf": partial(
        _resource_bomb,
        b"<< /Type /Font /Subtype /TrueType /BaseFont /X /FirstChar 32 /LastChar 33 /FontDescriptor 6 0 R >>",
        b"<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 0 1 1] /FontFile2 7 0 R >>",
    ),
    "pdf-colour-bomb.pdf": lambda: paper(
        b"/C cs 1 scn 0 0 9 9 re f",
        more=[b"[/ICCBased 6 0 R]", stream(zlib_bomb(1024), b"/Filter /FlateDecode /N 3")],
        resources=b"/ColorSpace << /C 5 0 R >>",
    ),
    "pdf-font-of-itself.pdf": lambda: _font(
        b"<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /BaseFont /X /DescendantFonts [5 0 R] >>"
    ),
    "pdf-font-widths-huge.pdf": lambda: _font(
        b"<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /BaseFont /X /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /W [0 2147483647 5 9 [1e38]] /DW -1e38 >>",
    ),
    "pdf-font-truetype-garbage.pdf": partial(_embedded, b"FontFile2", b"\0\1\0\0\xff\xff" + b"\xff" * 500),
    "pdf-font-cff-garbage.pdf": partial(_embedded, b"FontFile3", b"\1\0\4\4" + b"\xff" * 500),
    "pdf-font-type1-garbage.pdf": partial(
        _embedded, b"FontFile", b"%!PS-AdobeFont-1.0\n/CharStrings 2147483647 dict dup begin\n" + b"/a 9 RD " * 999
    ),
    "pdf-locked-v9.pdf": partial(_encrypted, b"/Filter /Standard /V 9 /R 99 /Length 4096 /O <00> /U <00> /P -1"),
    "pdf-locked-handler-unknown.pdf": partial(_encrypted, b"/Filter /Khong.Biet /V 4"),
    "pdf-locked-empty.pdf": partial(_encrypted, b""),
    "pdf-locked-r6-garbage.pdf": partial(
        _encrypted,
        b"/Filter /Standard /V 5 /R 6 /Length 256 /O <"
        + b"00" * 48
        + b"> /U <"
        + b"00" * 48
        + b"> /OE <> /UE <> /Perms <> /P -4 /CF << /StdCF << /CFM /AESV3 >> >> /StmF /StdCF /StrF /StdCF",
    ),
    "pdf-locked-r3-garbage.pdf": partial(
        _encrypted, b"/Filter /Standard /V 2 /R 3 /Length 128 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> /P -4"
    ),
    "pdf-locked-public-key.pdf": partial(
        _encrypted, b"/Filter /Adobe.PubSec /SubFilter /adbe.pkcs7.s5 /V 4 /Recipients [<3082>]"
    ),
    "pdf-annotations-5000.pdf": partial(_annotations, 5000),
    "pdf-annotations-loop.pdf": lambda: paper(
        page=b"/Annots [5 0 R 3 0 R 4 0 R]",
        more=[b"<< /Type /Annot /Subtype /Popup /Parent 5 0 R /Popup 5 0 R /IRT 5 0 R >>"],
    ),
    "pdf-fields-loop.pdf": _fields_loop,
    "pdf-fields-deep.pdf": lambda: paper(
        catalogue=b"/AcroForm << /Fields [5 0 R] >>", more=[b"<< /T (a) /Kids [%d 0 R] >>" % n for n in range(6, 5000)]
    ),
    "pdf-outline-loop.pdf": _outline_loop,
    "pdf-attached-tree-loop.pdf": partial(_attached, b"7 0 R"),
    "pdf-attached-bomb.pdf": partial(_attached, b"<< /Names [%s] >>" % (b"(a) 5 0 R " * 5000)),
    "pdf-signed-garbage.pdf": partial(_signed, b"00" * 4000),
    "pdf-signed-empty.pdf": partial(_signed, b""),
    "pdf-signed-der-deep.pdf": partial(_signed, b"3080" * 8000),
    "pdf-signed-der-length.pdf": partial(_signed, b"3084FFFFFFFF" + b"00" * 100),
    "pdf-signed-range-beyond.pdf": partial(_signed, b"3000", b"0 99999999999 -5 2147483647"),
    "pdf-signed-range-cut.pdf": partial(_signed, b"3000", b"0"),
    "pdf-signed-timestamp-garbage.pdf": partial(_signed, b"3000", b"0 9 9 9", b"/ETSI.RFC3161"),
    "pdf-signed-cades-garbage.pdf": partial(_signed, b"3009060165", b"0 9 9 9", b"/ETSI.CAdES.detached"),
    "pdf-head-only.pdf": lambda: b"%PDF-1.7\n%%EOF",
    "pdf-head-late.pdf": lambda: b"\n" * 1000 + paper(),
    "pdf-trailer-twice.pdf": lambda: paper() + b"trailer\n<< /Root 3 0 R /Size 1 >>\nstartxref\n0\n%%EOF",
    "pdf-200000-objects.pdf": lambda: (
        b"%PDF-1.4\n" + b"".join(b"%d 0 obj null endobj\n" % n for n in range(200_000)) + b"%%EOF"
    ),
    "pdf-xmp-laughs.pdf": lambda: paper(
        catalogue=b"/Metadata 5 0 R",
        more=[
            stream(
                b'<!DOCTYPE z [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><z>&b;</z>',
                b"/Type /Metadata /Subtype /XML",
            )
        ],
    ),
}
