"""Papers in one XML file; any other XML is kept, and the clerk is told what to send."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from archive.i18n import use_language
from archive.readers.limits import ReadingLimits
from archive.records import Reading, ReadingState
from tests.archive.readers.conftest import ReadBytes
from tests.archive.readers.office.test_odt import NAMES, content, p

PROLOG = '<?xml version="1.0" encoding="UTF-8"?>\n'
WORD = 'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"'
WORDS = "B¸o c¸o tæng kÕt, ph\xad¬ng h\xadíng"
PKG = "http://schemas.microsoft.com/office/2006/xmlPackage"


def codes(reading: Reading) -> list[str]:
    return [code for code, _words in reading.warnings]


def test_flat_opendocument(read_bytes: ReadBytes) -> None:
    meta = "<office:meta><dc:title>tên</dc:title></office:meta>"
    xml = f'{PROLOG}<office:document {NAMES} office:mimetype="x">{meta}{content(p("Báo cáo"))}</office:document>'
    reading = read_bytes(xml.encode())
    assert (reading.format, reading.text, reading.properties) == ("odt", "Báo cáo", {"title": "tên"})


def test_word_2003(read_bytes: ReadBytes) -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    body = (
        f'<w:p><w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t>{WORDS}</w:t></w:r></w:p>'
        f"<w:tbl><w:tr>{cell.format('a')}{cell.format('b')}</w:tr></w:tbl>"
    )
    mso = '<?mso-application progid="Word.Document"?>'
    reading = read_bytes(f"{PROLOG}{mso}<w:wordDocument {WORD}><w:body>{body}</w:body></w:wordDocument>".encode())
    assert reading.text == "Báo cáo tổng kết, phương hướng\na\tb"
    assert reading.tables[0].rows == (("a", "b"),)


def test_a_flat_package_says_what_the_zip_says(samples: Path, read_bytes: ReadBytes) -> None:
    zipped = (samples / "formats" / "moi_phan.docx").read_bytes()
    parts = ""
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        for name in archive.namelist():
            inner = archive.read(name).decode().partition("?>")[2]
            parts += f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{inner}</pkg:xmlData></pkg:part>'
    flat = f'{PROLOG}<pkg:package xmlns:pkg="{PKG}">{parts}</pkg:package>'
    reading = read_bytes(flat.encode())
    assert (reading.format, reading.text) == ("docx", read_bytes(zipped).text)


def test_other_xml_is_kept_and_says_what_to_do(read_bytes: ReadBytes) -> None:
    use_language("en")
    reading = read_bytes(f"{PROLOG}<HDon><TTChung>1</TTChung></HDon>".encode())
    use_language("vi")
    assert (reading.state, codes(reading)) == (ReadingState.NOT_YET, ["not-readable-yet"])
    assert "XML" in reading.warnings[0][1]
    assert "PDF or DOCX" in reading.warnings[0][1]


_MANY = "".join(f"<pkg:part pkg:name='/{number}'/>" for number in range(60))


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (f'<!DOCTYPE x [<!ENTITY a "b">]><w:wordDocument {WORD}>&a;</w:wordDocument>', "forbidden-xml"),
        (f"<w:wordDocument {WORD}><w:body>", "unreadable"),
        (f'<pkg:package xmlns:pkg="{PKG}"/>', "unreadable"),
        (f'<pkg:package xmlns:pkg="{PKG}">{_MANY}</pkg:package>', "over-limit"),
        ("<x" * 100_000, "unreadable"),
    ],
    ids=["entity", "cut", "empty package", "members", "deep"],
)  # fmt: skip
def test_hostile_xml(xml: str, code: str, read_bytes: ReadBytes) -> None:
    reading = read_bytes((PROLOG + xml).encode(), ReadingLimits(members=50))
    assert (reading.state, codes(reading)) == (ReadingState.UNREADABLE, [code])
