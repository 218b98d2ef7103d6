"""What a PDF holds besides its text: fields, typed words, files, scripts."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from archive.readers.pdf import pdf_inside
from archive.readers.pdf.pdf_inside import Inside, properties
from tests.archive.readers.conftest import ReadBytes
from tests.archive.readers.making import lines, pdf


def look(path: Path) -> Inside:
    with pikepdf.open(path) as file:
        return pdf_inside.look(file)


def annotated(*annotations: bytes) -> bytes:
    """A page with these annotations."""
    data = pdf(lines("Phiếu đảng viên"))
    return data.replace(b"/MediaBox", b"/Annots [%s] /MediaBox" % b" ".join(annotations))


TEXT = b"<< /Subtype /Widget /FT /Tx /TU (Ho ten) /V (Le Van A) /Rect [0 0 9 9] >>"
UNLABELLED = b"<< /Subtype /Widget /FT /Tx /T (Text1) /V <FEFF004C00EA0020004E006D> >>"
TICKED = b"<< /Subtype /Widget /FT /Btn /T (Dong y) /AS /Yes >>"
UNTICKED = b"<< /Subtype /Widget /FT /Btn /T (Khong) /AS /Off >>"
BUTTON = b"<< /Subtype /Widget /FT /Btn /T (Gui) /Ff 65536 >>"
CHOICE = b"<< /Subtype /Widget /FT /Ch /TU (Muc) /V [(A) (B)] >>"
CHILD = b"<< /Subtype /Widget /Parent << /FT /Tx /TU (Nam) /V (2021) >> >>"
TYPED = b"<< /Subtype /FreeText /Contents (go vao) >>"
REMARK = b"<< /Subtype /Text /Contents (xem lai) >>"


@pytest.mark.parametrize(
    ("annotation", "said"),
    [
        (TEXT, "Ho ten: Le Van A"),
        (UNLABELLED, "Lê Nm"),
        (TICKED, "[x] Dong y"),
        (UNTICKED, "[ ] Khong"),
        (BUTTON, None),
        (CHOICE, "Muc: A; B"),
        (CHILD, "Nam: 2021"),
        (TYPED, "go vao"),
        (REMARK, None),
    ],
)
def test_what_was_filled_in_follows_the_page(annotation: bytes, said: str | None, read_bytes: ReadBytes) -> None:
    reading = read_bytes(annotated(annotation))
    assert reading.text.split("\n")[1:] == ([said] if said else [])


def test_scripts_of_pages_and_fields_are_seen(read_bytes: ReadBytes) -> None:
    script = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
    for annotation in (
        b"<< /Subtype /Link /A %s >>" % script,
        b"<< /Subtype /Widget /Parent << /FT /Tx /AA << /K %s >> >> >>" % script,
    ):
        assert [code for code, _words in read_bytes(annotated(annotation)).warnings] == ["active-content"]
    link = b"<< /Subtype /Link /A << /S /URI /URI (http://a.vn) >> >>"
    assert read_bytes(annotated(link)).warnings == ()


def test_an_attached_file_on_a_page_is_named(read_bytes: ReadBytes) -> None:
    reading = read_bytes(annotated(b"<< /Subtype /FileAttachment /FS << /Type /Filespec /F (bang.xlsx) >> >>"))
    assert "bang.xlsx" in dict(reading.warnings)["attachments"]


def test_samples(samples: Path) -> None:
    folder = samples / "formats"
    assert look(folder / "attachment.pdf").attachments == ["foo.txt"]
    assert look(folder / "testPDF_multiFormatEmbFiles.pdf").attachments == ["My first attachment"]
    assert look(folder / "testPDF_jsActionOnPage.pdf").active
    assert look(folder / "FormTestFromOo.pdf").fields[1][0] == "[ ] help for CB"
    assert look(folder / "tail-uncovered.pdf").signed
    assert not look(folder / "commented.pdf").fields


def test_remarks_stay_out_of_the_text(samples: Path, read_bytes: ReadBytes) -> None:
    text = read_bytes((samples / "formats" / "commented.pdf").read_bytes()).text
    assert "The troublemakers." in text
    assert "Note in second paragraph" not in text


def test_properties_are_told_plainly() -> None:
    told = properties({"Title": "Báo cáo", "CreationDate": "D:20211215080000+07'00'", "ModDate": "hôm qua"})
    assert told == {"title": "Báo cáo", "created": "2021-12-15T08:00:00+07:00"}
