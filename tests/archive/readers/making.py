"""Small real files for the tests of the readers, made by hand so that each byte is known."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

Run = tuple[float, float, str]  # x, y of the baseline in points from the lower left corner, and the text; \0 is a gap
SIZE = 12  # points; every letter is half as wide

_CMAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Plain def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
%s
endcmap CMapName currentdict /CMap defineresource pop end end"""


def pdf(*pages: Sequence[Run], picture_on: Sequence[int] = (), extra: Mapping[str, bytes] | None = None) -> bytes:
    """A PDF whose letters are drawn as given, in that order; pages (from 1) of `picture_on` hold a picture as big as
    the page; `extra` adds entries to the catalogue."""
    letters = sorted({char for page in pages for _x, _y, text in page for char in text} - {"\0"})
    ranges = b"\n".join(b"1 beginbfchar <%04X> <%04X> endbfchar" % (ord(char), ord(char)) for char in letters)
    objects = [b"", b"", _stream(_CMAP % ranges), _FONT, _DESCENDANT]
    kids = []
    for number, page in enumerate(pages, start=1):
        content = b"\n".join(_show(*run) for run in page)
        if number in picture_on:
            content += b"\nq 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
        objects.append(_stream(content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 4 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    more = b" ".join(b"/%s %s" % (key.encode(), value) for key, value in (extra or {}).items())
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R %s >>" % more
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return assemble(objects)


def assemble(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, the catalogue first, with a right table and trailer."""
    data = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    start = data.rindex(b"xref\n0 ")
    return data + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


def lines(text: str, left: float = 72, top: float = 780) -> list[Run]:
    """Runs for lines below each other."""
    return [(left, top - 16 * number, line) for number, line in enumerate(text.split("\n"))]


def accents_later(text: str, left: float, y: float) -> list[Run]:
    """A line whose accented letters are drawn after the rest of their word, as some programs do."""
    runs: list[Run] = []
    at = left
    for word in text.split(" "):
        plain = "".join(char if char.isascii() else "\0" for char in word)
        marked = "".join("\0" if char.isascii() else char for char in word)
        runs.append((at, y, plain))
        skipped = len(marked) - len(marked.lstrip("\0"))
        runs.append((at + skipped * SIZE / 2, y, marked.strip("\0")))
        at += (len(word) + 1) * SIZE / 2
    return [run for run in runs if run[2].strip("\0")]


_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /Identity-H"
    b" /DescendantFonts [5 0 R] /ToUnicode 3 0 R >>"
)
_DESCENDANT = (
    b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plain /DW 500"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    b" /FontDescriptor << /Type /FontDescriptor /FontName /Plain /Flags 4 /Ascent 800 /Descent -200"
    b" /FontBBox [0 -200 500 800] /ItalicAngle 0 /CapHeight 700 /StemV 80 >> >>"
)


def _show(x: float, y: float, text: str) -> bytes:
    strings = [b"<%s>" % part.encode("utf-16-be").hex().encode() for part in text.split("\0")]
    return b"BT /F1 %d Tf 1 0 0 1 %.2f %.2f Tm [%s] TJ ET" % (SIZE, x, y, b" -500 ".join(strings))


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


# --- DOCX ------------------------------------------------------------------------------------------------------------

_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>'
).encode()


def docx(body: str, parts: Mapping[str, str] | None = None, *, others: Mapping[str, bytes] | None = None) -> bytes:
    """A DOCX with this body; `parts` are further stories by name, such as "header1" or "footnotes"; `others` are
    members as they are."""
    parts = parts or {}
    relations = {f"r{name}": (name.rstrip("0123456789"), f"{name}.xml") for name in parts}
    members = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": _relations({"r1": ("officeDocument", "word/document.xml")}),
        "word/_rels/document.xml.rels": _relations(relations),
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>".encode(),
    }
    for name, story in parts.items():
        members[f"word/{name}.xml"] = f"<w:{name} {_W}>{story}</w:{name}>".encode()
    return zipped({**members, **(others or {})})


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def p(text: str, before: str = "", run: str = "") -> str:
    """A paragraph; tabs and line breaks in the text become elements; `before` is its properties, `run` its run's."""
    inner = text.replace("\t", "</w:t><w:tab/><w:t>").replace("\n", "</w:t><w:br/><w:t>")
    return f"<w:p>{before}<w:r>{run}<w:t>{inner}</w:t></w:r></w:p>"


def table(*rows: Sequence[str]) -> str:
    """A table; each cell is a text or ready XML."""
    body = ""
    for row in rows:
        cells = [cell if cell.startswith("<") else p(cell) for cell in row]
        body += "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"
    return f"<w:tbl>{body}</w:tbl>"


def _relations(targets: Mapping[str, tuple[str, str]]) -> bytes:
    body = "".join(
        f'<Relationship Id="{key}" Type="{_TYPE}/{kind}" Target="{target}"/>' for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{body}</Relationships>'.encode()
