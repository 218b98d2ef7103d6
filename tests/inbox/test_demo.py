"""The demo: the same bytes for the same seed and day, in the shapes that papers have, with every trap in it."""

from __future__ import annotations

import hashlib
import io
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest
from docx import Document
from pypdf import PdfReader
from pypdf.errors import PdfReadError

from inbox.demo import write_pdf
from inbox.demo.bodies import UNITS, folder, make_bodies
from inbox.demo.campaign import visit_days
from inbox.demo.dossiers import DOSSIERS
from inbox.demo.expected import expected
from inbox.demo.make import DemoSet, make_demo
from inbox.demo.pdf_files import locked_bytes, picture_pdf, scan_of
from inbox.demo.people import People
from inbox.demo.sheet import Grid, Head, Heading, Sheet, Signature
from inbox.demo.traps import CHANGES, EFFECTS, PASSWORD, WRITERS
from inbox.demo.write_docx import docx_bytes
from inbox.demo.write_text import text_bytes
from rules.campaign import load_campaign

DAY = date(2021, 12, 20)


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> DemoSet:
    return make_demo(tmp_path_factory.mktemp("demo"), seed=2021, visit_from=DAY)


def inbox(demo: DemoSet) -> Path:
    return demo.campaign_file.parent / "inbox"


def digests(demo: DemoSet) -> dict[str, str]:
    return {
        path.relative_to(inbox(demo)).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in demo.files
    }


def words_of(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])


# --- the whole -------------------------------------------------------------------------------------------------------


def test_it_is_the_size_of_a_small_season(demo):
    assert 140 <= len(demo.files) <= 180
    assert len(set(demo.files)) == len(demo.files)
    assert all(path.is_file() for path in demo.files)
    campaign = load_campaign(demo.campaign_file)
    assert (campaign.id, campaign.pack, campaign.year) == ("xl-2021", "xep-loai-2021", 2021)
    assert campaign.units == UNITS
    assert len({unit.type for unit in campaign.units}) == 4
    assert len(campaign.teams) == 3
    assert {visit.team for visit in campaign.visits} == {team.id for team in campaign.teams}
    assert len(campaign.waivers) == 1
    assert demo.as_of == max(visit.on for visit in campaign.visits)


def test_every_file_lies_where_the_contract_says(demo):
    folders = {folder(unit.id) for unit in UNITS}
    astray = [path for path in digests(demo) if not any(path.startswith(f"{below}/") for below in folders)]
    assert astray == ["BC gui nham cho.docx", "cb-van-thu-cu/BC kiem tra giam sat.docx"]
    assert folder("cb-khoa-ngoai") == "db-benh-vien/db-khoi-lam-sang/cb-khoa-ngoai"


def test_the_same_seed_and_day_give_the_same_bytes(demo, tmp_path):
    again = make_demo(tmp_path, seed=2021, visit_from=DAY)
    assert digests(again) == digests(demo)
    assert again.campaign_file.read_bytes() == demo.campaign_file.read_bytes()
    assert again.expected == demo.expected


def few(monkeypatch) -> None:
    """Two units' papers only, to make a demo in a moment."""
    some = {unit: entries[:6] for unit, entries in DOSSIERS.items() if unit in ("db-benh-vien", "cb-van-phong")}
    monkeypatch.setattr("inbox.demo.make.DOSSIERS", some)


def test_another_seed_gives_other_people_whatever_the_day(demo, tmp_path, monkeypatch):
    few(monkeypatch)
    other = digests(make_demo(tmp_path, seed=7, visit_from=date(2024, 2, 29)))
    same = [path for path, digest in digests(demo).items() if other.get(path) == digest]
    assert len(other) > 12
    assert {Path(path).name for path in same} == {"Thumbs.db", "~$ tong ket nam 2021.docx"}


@pytest.mark.parametrize("first", [DAY, date(2021, 12, 31), date(2024, 2, 29), date(2022, 1, 1)])
def test_visits_fall_on_working_days_and_sub_units_follow(first):
    days = visit_days(first)
    assert {unit.id for unit in UNITS} == set(days)
    assert all(day.weekday() < 5 and day >= first and (day.month, day.day) != (1, 1) for day in days.values())
    assert all(days[unit.id] == days[unit.parent] for unit in UNITS if unit.parent)


# --- the traps -------------------------------------------------------------------------------------------------------


def test_every_trap_is_in_the_demo_and_has_an_effect():
    used = {entry.trap for entries in DOSSIERS.values() for entry in entries}
    assert used == set(EFFECTS)
    assert set(WRITERS) | set(CHANGES) <= set(EFFECTS)


def test_the_copy_is_the_only_duplicate(demo):
    counts = Counter(digests(demo).values())
    (twice,) = [digest for digest, count in counts.items() if count > 1]
    names = sorted(path for path, digest in digests(demo).items() if digest == twice)
    assert names == ["db-benh-vien/BC tong ket nam 2021.docx", "db-benh-vien/Copy of BC tong ket nam 2021.docx"]


def test_one_name_is_decomposed_as_on_a_mac(demo):
    names = [path.name for path in demo.files if unicodedata.normalize("NFC", path.name) != path.name]
    assert [unicodedata.normalize("NFC", name) for name in names] == ["Đăng ký mô hình Dân vận khéo 2021.docx"]


def test_files_that_nobody_can_read(demo):
    root = inbox(demo)
    assert (root / "cb-thu-vien/Bao cao QCDC.docx").read_bytes() == b""
    assert not (root / "cb-luu-tru/Bao cao QCDC 2021.pdf").read_bytes().rstrip().endswith(b"%%EOF")
    locked = PdfReader(root / "db-cao-dang/Bien ban kiem phieu.pdf")
    assert locked.is_encrypted
    with pytest.raises(PdfReadError):
        locked.pages[0].extract_text()
    assert locked.decrypt(PASSWORD)
    for scan in ("scan0001.pdf", "Chuong trinh KTGS (scan).pdf"):
        pages = PdfReader(root / "db-cap-nuoc" / scan).pages
        assert [page.extract_text() for page in pages] == [""] * len(pages)
        assert all("/XObject" in page["/Resources"] for page in pages)


def test_what_the_traps_print(demo):
    root = inbox(demo)
    assert "Số      -BC/CB" in words_of(root / "cb-luu-tru/BC DVK.docx")
    assert "ngày      tháng      năm 2021" in words_of(root / "cb-thu-vien/Dang ky Dan van kheo.docx")
    assert "MẬT" in words_of(root / "cb-in-ban-mai/BC QCDC 2021.docx").split("\n")
    assert "CHI BỘ CÔNG TY IN BÌNH MINH" in words_of(root / "cb-in-ban-mai/BC KTGS nam 2021.docx")
    assert "6 tháng đầu năm 2021" in words_of(root / "db-benh-vien/BC cong tac KTGS 2021.docx")
    assert "Tổng kết công tác năm 2020," in words_of(root / "db-cao-dang/BC tong ket.docx")
    assert "CTr/ĐU" in words_of(root / "db-cao-dang/CTr KTGS 2021.docx").replace("-", "")
    review = Document(str(root / "db-cao-dang/Bao cao kiem diem tap the.docx"))
    assert review.sections[0].header.paragraphs[0].text == "Mẫu 01-HD KĐ.ĐG 2018"
    header = Document(str(root / "cb-in-ban-mai/BC Dan van kheo.docx")).sections[0].header
    assert "CHI BỘ CÔNG TY IN BAN MAI" in header.tables[0].rows[0].cells[0].text
    assert (root / "db-cap-nuoc/NQ Dang uy.pdf").read_bytes().startswith(b"PK")


def test_the_score_tables_add_up_except_the_one_that_must_not(demo):
    root = inbox(demo)
    wrong = []
    for path in sorted(root.rglob("*cham diem*.docx")):
        table = next((t for t in Document(str(path)).tables if t.rows[0].cells[-1].text == "Ghi chú"), None)
        rows = [[cell.text for cell in row.cells] for row in table.rows[1:]] if table else []
        groups = [int(row[3]) for row in rows[:-1] if row[0] in ("I", "II", "III", "IV", "V")]
        items = [int(row[3]) for row in rows[:-1] if row[0].isdigit()]
        if rows and int(rows[-1][3]) != sum(groups or items):
            wrong.append(path.parent.name)
        assert not groups or sum(groups) == sum(items)
    assert wrong == ["cb-in-ban-mai"]


def test_numbers_of_one_unit_are_given_once(demo):
    found: Counter[tuple[str, str]] = Counter()
    for path in demo.files:
        if (
            path.suffix == ".docx"
            and path.stat().st_size
            and not path.name.startswith("~$")
            and "Copy" not in path.name
        ):
            lines = [line for line in words_of(path).split("\n")[:8] if line.startswith("Số ") and line[3].isdigit()]
            found.update((path.parent.name, line.replace(" ", "")) for line in lines if "/" in line)
    assert len(found) > 45
    assert [key for key, count in found.items() if count > 1] == []


# --- what must come out ----------------------------------------------------------------------------------------------


def test_what_is_certain_of_the_verdicts(demo):
    verdicts = demo.expected
    assert verdicts == expected()
    complete = {verdict for (unit, _), verdict in verdicts.items() if unit == "cb-van-phong"}
    assert complete <= {"met", "not-applicable"}
    empty = Counter(verdict for (unit, _), verdict in verdicts.items() if unit == "cb-in-binh-minh")
    assert empty["met"] == 1
    assert empty["not-met"] > 12
    assert verdicts["db-benh-vien", "doan-the-thong-qua"] == "not-met"
    assert verdicts["cb-luu-tru", "bien-ban-sinh-hoat"] == "not-met"
    assert verdicts["db-cao-dang", "bien-ban-kiem-phieu"] == "cannot-tell"
    assert verdicts["db-cap-nuoc", "bao-cao-dan-van-kheo"] == "met"
    assert verdicts["db-cap-nuoc", "ho-so-cuoc-kiem-tra"] == "not-applicable"
    assert ("db-cap-nuoc", "bien-ban-kiem-phieu") not in verdicts  # a scan: it hangs on whether scans are read
    assert ("cb-in-ban-mai", "doan-the-thong-qua") not in verdicts  # waived


def test_the_searches_find_something(demo):
    plain, phrase, code = demo.searches
    text = words_of(inbox(demo) / "db-benh-vien/BC tong ket nam 2021.docx")
    assert plain.isascii()
    assert phrase.strip('"') in text
    assert f"Số {code}" in text


# --- the parts -------------------------------------------------------------------------------------------------------


def sheet(**changes) -> Sheet:
    fields = {
        "superior": "ĐẢNG ỦY KHỐI",
        "issuer": "CHI BỘ BAN MAI",
        "kind": "BÁO CÁO",
        "title": ("Tổng kết công tác năm 2021",),
        "body": (Heading("I. Kết quả"), "Đoạn văn dài. " * 40, Grid((("TT", "Nội dung"), ("1", "Việc")))),
        "signatures": (Signature(("T/M CHI BỘ", "BÍ THƯ"), "Nguyễn Văn An"),),
        "year": 2021,
        "day": date(2021, 12, 15),
        "number": "Số 12-BC/CB",
        "recipients": ("- Lưu Chi bộ.",),
    }
    return Sheet(**{**fields, **changes})


def test_a_word_file_is_laid_out_as_offices_do():
    data = docx_bytes(sheet())
    document = Document(io.BytesIO(data))
    head = document.tables[0]
    assert head.rows[0].cells[0].text.split("\n") == ["ĐẢNG ỦY KHỐI", "CHI BỘ BAN MAI", "*", "Số 12-BC/CB"]
    assert head.rows[0].cells[1].text.split("\n") == [
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "",
        "Thanh Giang, ngày 15 tháng 12 năm 2021",
    ]
    assert head.style.name == "Normal Table"  # no borders
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert document.core_properties.created.date() == date(2021, 12, 15)
    with ZipFile(io.BytesIO(data)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_state_and_the_youth_union_have_heads_of_their_own():
    state = docx_bytes(sheet(head=Head.STATE))
    cells = Document(io.BytesIO(state)).tables[0].rows[0].cells
    assert cells[1].text.startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc")
    assert "***" in sheet(head=Head.YOUTH).left


def test_minutes_have_two_signers():
    both = (Signature(("NGƯỜI GHI BIÊN BẢN",), "Trần Thị Mai"), Signature(("CHỦ TRÌ",), "Nguyễn Văn An"))
    left, right = Document(io.BytesIO(docx_bytes(sheet(signatures=both)))).tables[-1].rows[0].cells
    assert left.text.startswith("NGƯỜI GHI BIÊN BẢN")
    assert left.text.endswith("Trần Thị Mai")
    assert right.text.endswith("Nguyễn Văn An")


def test_plain_text_holds_everything():
    text = text_bytes(sheet(form="Mẫu 02-HD KĐ.ĐG 2019")).decode()
    for words in ("Mẫu 02-HD KĐ.ĐG 2019", "Số 12-BC/CB", "ngày 15 tháng 12", "BÁO CÁO", "1\tViệc", "Nguyễn Văn An"):
        assert words in text


@pytest.mark.skipif(write_pdf.font_files() is None, reason="the font package for PDF papers is not installed")
def test_a_pdf_gives_its_words_back():
    fonts = write_pdf.font_files()
    assert fonts is not None
    long = sheet(body=tuple(f"{n}. Đoạn văn có dấu: hòa, thủy, ữ, ặ, Ỹ." for n in range(90)))
    pages = PdfReader(io.BytesIO(write_pdf.pdf_bytes(long, fonts))).pages
    text = "\n".join(page.extract_text() for page in pages)
    assert len(pages) > 1
    for words in ("ĐẢNG CỘNG SẢN VIỆT NAM", "Số 12-BC/CB", "89. Đoạn văn có dấu: hòa, thủy, ữ, ặ, Ỹ.", "Nguyễn Văn An"):
        assert words in text


def test_without_the_font_the_papers_come_as_word_files(tmp_path, monkeypatch):
    few(monkeypatch)
    monkeypatch.setattr("inbox.demo.make.font_files", lambda: None)
    names = {path.name for path in make_demo(tmp_path, visit_from=DAY).files}
    assert "BC TK 2021.docx" in names
    assert not [name for name in names if name.endswith(".pdf")]


def test_scans_and_locked_files_are_the_same_each_time():
    picture = picture_pdf([(30, 42, Random(1).randbytes(30 * 42))])
    scan = scan_of(picture)
    assert scan == scan_of(picture)
    assert PdfReader(io.BytesIO(scan)).pages[0].extract_text() == ""
    locked = locked_bytes(scan, PASSWORD)
    assert locked == locked_bytes(scan, PASSWORD)
    assert PdfReader(io.BytesIO(locked)).is_encrypted


def test_no_two_people_bear_the_same_name():
    bodies = make_bodies(Random(3))
    names = [name for body in bodies.values() for name in body.members]
    names += [name for body in bodies.values() for pair in body.heads.values() for name in pair]
    assert len(names) == len(set(names))
    assert len(set(People(Random(1)).names(200))) == 200
