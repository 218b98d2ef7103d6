"""How papers are laid out: two dozen templates, each from the parts of a paper to what a reader hands on.

DOCX, HTML and TXT are made as files and read by the readers of the project; the others are texts as the readers of PDF
and scans hand them on.
"""

from __future__ import annotations

import html
import io
import re
import tempfile
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import damage
import docx
from papers import Paper

from archive.readers.limits import ReadingLimits
from archive.readers.table import read
from archive.records import Page, Reading, ReadingState, Source

Lines = list[str]
STAR, RULE = "*", "_______"


def _left(paper: Paper, mark: str = STAR) -> Lines:
    return [*paper.superior, *paper.issuer, mark, paper.number] if paper.issuer else []


def _right(paper: Paper) -> Lines:
    return [*paper.motto, *([paper.dateline] if paper.dateline else [])]


def _title(paper: Paper, width: int = 0) -> Lines:
    title = textwrap.wrap(paper.title, width) if width else [paper.title]
    return [line for line in (paper.printed, *title) if line]


def _rows(left: Lines, right: Lines, gap: str) -> Lines:
    size = max(len(left), len(right))
    pairs = zip(left + [""] * (size - len(left)), right + [""] * (size - len(right)), strict=True)
    return [f"{a}{gap}{b}".strip(" ") for a, b in pairs if a or b]


def _table(paper: Paper) -> Lines:
    return ["\t".join(row) for row in paper.table]


def _foot(paper: Paper, gap: str = "\n") -> Lines:
    left = paper.recipients or paper.left
    if gap == "\n":
        return [*left, *paper.right, *paper.after]
    return [*_rows(left, paper.right, gap), *paper.after]


def _lines(paper: Paper, head: Lines, *, width: int = 0, foot: str = "\n", rule: str = "-----") -> Lines:
    form = [paper.form] if paper.form else []
    return [*form, *head, *_title(paper, width), rule, *paper.body, *_table(paper), *_foot(paper, foot)]


def _text(lines: Lines) -> str:
    return "\n".join(line for line in lines if line is not None)


def _reading(text: str, form: str = "pdf", source: Source = Source.EMBEDDED, **more: object) -> Reading:
    pages = tuple(Page(page) for page in text.split("\f"))
    return replace(Reading(form, ReadingState.READ, pages, source=source), **more)  # type: ignore[arg-type]


def _read(data: bytes, suffix: str) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"paper{suffix}"
        path.write_bytes(data)
        return read(path, ReadingLimits())


def _docx(paper: Paper, head: Callable[[docx.document.Document], None], *, caps: bool = False) -> Reading:
    document = docx.Document()
    if paper.form:
        document.add_paragraph(paper.form)
    head(document)
    for line in [*_title(paper), "-----", *paper.body]:
        document.add_paragraph(line)
    if paper.table:
        table = document.add_table(0, len(paper.table[0]))
        for row in paper.table:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    if not caps:
        cells = document.add_table(1, 2).rows[0].cells
        cells[0].text, cells[1].text = "\n".join(paper.recipients or paper.left), "\n".join(paper.right)
        for line in paper.after:
            document.add_paragraph(line)
    else:
        for line in _foot(paper, "\t"):
            document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return _read(out.getvalue(), ".docx")


def docx_table(paper: Paper, rng: Random) -> Reading:
    """Word: the head in one row of a table without borders."""

    def head(document: docx.document.Document) -> None:
        cells = document.add_table(1, 2).rows[0].cells
        cells[0].text, cells[1].text = "\n".join(_left(paper)), "\n".join(_right(paper))

    return _docx(paper, head)


def docx_rows(paper: Paper, rng: Random) -> Reading:
    """Word: the head in a table of several rows, number and date line in the last one, no star."""

    def head(document: docx.document.Document) -> None:
        table = document.add_table(2, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = (
            "\n".join([*paper.superior, *paper.issuer]),
            "\n".join(paper.motto),
        )
        table.cell(1, 0).text, table.cell(1, 1).text = paper.number, paper.dateline

    return _docx(paper, head)


def docx_tabs(paper: Paper, rng: Random) -> Reading:
    """Word: the head set with tab stops, and the signatures too."""

    def head(document: docx.document.Document) -> None:
        for line in _rows(_left(paper), _right(paper), "\t"):
            document.add_paragraph(line)

    return _docx(paper, head, caps=True)


def docx_breaks(paper: Paper, rng: Random) -> Reading:
    """Word: one paragraph with line breaks for each column, the printed kind and the title in one paragraph."""

    def head(document: docx.document.Document) -> None:
        document.add_paragraph("\n".join(_left(paper, RULE)))
        document.add_paragraph("\n".join(_right(paper)))

    joined = replace(paper, printed="\n".join(_title(paper, 60)), title="") if paper.printed else paper
    return _docx(joined, head)


def html_page(paper: Paper, rng: Random) -> Reading:
    """Saved by Word as a web page."""
    columns = ["<br>".join(map(html.escape, column)) for column in (_left(paper), _right(paper))]
    head = f"<tr><td>{columns[0]}</td><td>{columns[1]}</td></tr>"
    rows = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in paper.table)
    foot = f"<tr><td>{'<br>'.join(paper.recipients or paper.left)}</td><td>{'<br>'.join(paper.right)}</td></tr>"
    body = "".join(
        f"<p>{html.escape(line)}</p>" for line in [*([paper.form] if paper.form else []), *_title(paper), *paper.body]
    )
    end = "".join(f"<p>{html.escape(line)}</p>" for line in paper.after)
    page = f"<table>{head}</table>{body}<table>{rows}</table><table>{foot}</table>{end}"
    return _read(f"<html><head><meta charset=utf-8></head><body>{page}</body></html>".encode(), ".html")


def txt_blanks(paper: Paper, rng: Random) -> Reading:
    """A plain text file, the columns parted by blanks."""
    head = [f"{a:<46}{b}" for a, b in _pairs(_left(paper), _right(paper))]
    return _read(_text(_lines(paper, head, width=70, foot=" " * 12)).encode(), ".txt")


def _pairs(left: Lines, right: Lines) -> list[tuple[str, str]]:
    size = max(len(left), len(right))
    return list(zip(left + [""] * (size - len(left)), right + [""] * (size - len(right)), strict=True))


def plain_lines(paper: Paper, rng: Random) -> Reading:
    """No columns, no star; the date line at the foot, above who signs."""
    dated = [paper.dateline] if paper.dateline else []
    head = [*paper.superior, *paper.issuer, *([paper.number] if paper.number else [])]
    lines = [*([paper.form] if paper.form else []), *paper.motto, *head, *_title(paper), *paper.body, *_table(paper)]
    return _reading(_text([*lines, *dated, *(paper.recipients or paper.left), *paper.right, *paper.after]), "docx")


def date_below_title(paper: Paper, rng: Random) -> Reading:
    """The date line below the title, in brackets or not, as some committees have it."""
    dated = [rng.choice(("({})", "{}")).format(paper.dateline)] if paper.dateline else []
    title = _title(paper, 64)
    lines = [*_left(paper), *paper.motto, *title, *dated, "-----", *paper.body, *_table(paper), *_foot(paper)]
    return _reading(_text([*([paper.form] if paper.form else []), *lines]), "docx")


def right_first(paper: Paper, rng: Random) -> Reading:
    """A PDF whose right column comes before the left one."""
    foot = [*paper.right, *(paper.recipients or paper.left)] if paper.recipients else [*paper.left, *paper.right]
    lines = [
        *_right(paper),
        *_left(paper),
        *_title(paper, 60),
        *_wrapped(paper.body, 88),
        *_table(paper),
        *foot,
        *paper.after,
    ]
    return _reading(_text(lines))


def _wrapped(lines: Lines, width: int) -> Lines:
    return [part for line in lines for part in (textwrap.wrap(line, width) or [""])]


def pdf_of_word(paper: Paper, rng: Random) -> Reading:
    """Word made into a PDF: hard line breaks, columns run together with one blank, page numbers between."""
    body = _wrapped(paper.body, 78)
    half = len(body) // 2
    first = [
        *([paper.form] if paper.form else []),
        *_rows(_left(paper), _right(paper), " "),
        *_title(paper, 52),
        *body[:half],
    ]
    return _reading(_text([*first, "\f2", *body[half:], *_table(paper), *_foot(paper), "2"]))


def pdf_wide(paper: Paper, rng: Random) -> Reading:
    """A PDF whose columns keep their distance."""
    lines = _lines(
        replace(paper, body=_wrapped(paper.body, 90)),
        _rows(_left(paper, RULE), _right(paper), "      "),
        width=56,
        foot="        ",
    )
    return _reading(_text(lines))


def letterhead(paper: Paper, rng: Random) -> Reading:
    """A page number, a file's name and the address of the office in front, a stamp of the electronic signature."""
    front = rng.sample(
        [
            "1",
            "Trang 1/3",
            "D:\\VAN BAN DI\\BC 2021\\ban chinh.doc",
            "Điện thoại: 0219.3866.123  Fax: 0219.3866.456",
            "Email: vanphong@donvi.gov.vn",
            "Website: donvi.gov.vn",
        ],
        3,
    )
    stamp = ["Người ký: Văn thư cơ quan", "Thời gian ký: 18/12/2021 09:31:07 +07:00"] if rng.random() < 0.5 else []
    return _reading(_text([*front, *stamp, *_lines(paper, [*_left(paper), *_right(paper)], width=64), "Trang 3/3"]))


def incoming_stamp(paper: Paper, rng: Random) -> Reading:
    """The stamp of the office that took the paper in lies on the head: its own number and day are not the paper's."""
    number = rng.randint(100, 3000)
    short = [rng.choice(("CÔNG VĂN ĐẾN", "ĐẾN")), f"Số: {number}", "Ngày: 24/12/2021", "Chuyển: ............"]
    long = ["VĂN PHÒNG ĐẢNG ỦY KHỐI", "CÔNG VĂN ĐẾN", f"Số đến: {number}", "Ngày đến: 22-12-2021"]
    stamp = rng.choice((short, long))
    return _reading(_text([*stamp, *_lines(paper, [*_left(paper), *_right(paper)], width=60)]))


def small_caps(paper: Paper, rng: Random) -> Reading:
    """Capitals set as small caps: the text itself is in small letters."""

    def lowered(line: str) -> str:
        return line if re.match(r"(?i)s[ốo]\b", line) else line[:1] + line[1:].lower() if line.isupper() else line

    parts = ("superior", "issuer", "motto", "right", "left")
    changes = {part: [lowered(line) for line in getattr(paper, part)] for part in parts}
    shown = replace(paper, printed=lowered(paper.printed), **changes)
    return _reading(_text(_lines(shown, [*_left(shown), *_right(shown)], width=66)), "docx")


def annex(paper: Paper, rng: Random) -> Reading:
    """An annex's heading over the head."""
    front = [
        rng.choice(("Phụ lục 2", "PHỤ LỤC SỐ 01", "Phụ lục III")),
        "(Kèm theo Công văn số 164-CV/ĐUK ngày 26/10/2021 của Đảng ủy Khối)",
    ]
    return _reading(_text([*front, *_lines(paper, [*_left(paper), *_right(paper)], width=62)]), "docx")


def cover(paper: Paper, rng: Random) -> Reading:
    """A cover page in front, the paper itself from the second page."""
    page = [*paper.superior, *paper.issuer, "", "HỒ SƠ", "KIỂM TRA, ĐÁNH GIÁ CUỐI NĂM", paper.dateline.split(",")[0]]
    return _reading(_text([*page, "\f", *_lines(paper, _rows(_left(paper), _right(paper), "\t"), width=64)]), "docx")


def long_title(paper: Paper, rng: Random) -> Reading:
    """The title over four lines or more, with a line in brackets behind it."""
    more = rng.choice(("(Trình hội nghị cuối năm)", "(Dự thảo lần 2)", "(Phục vụ buổi làm việc của Đoàn kiểm tra)"))
    lines = [
        *_rows(_left(paper), _right(paper), "\t"),
        *_title(paper, 26),
        more,
        "*****",
        *paper.body,
        *_table(paper),
        *_foot(paper, "\t"),
    ]
    return _reading(_text([*([paper.form] if paper.form else []), *lines]), "docx")


def capital_title(paper: Paper, rng: Random) -> Reading:
    """The whole title in capitals, on a line with the printed kind where it is short."""
    joined = (
        replace(paper, printed="", title=f"{paper.printed} {paper.title}".upper())
        if len(paper.title) < 46
        else replace(paper, title=paper.title.upper())
    )
    return _reading(_text(_lines(joined, _rows(_left(joined), _right(joined), "\t"), width=60)), "docx")


def narrow(paper: Paper, rng: Random) -> Reading:
    """Lines broken anew by a narrow column, the head's too; empty lines between."""
    head = [*_wrapped(_left(paper), 24), *_wrapped(_right(paper), 28)]
    lines = _lines(replace(paper, body=_wrapped(paper.body, 44)), head, width=30)
    return _reading("\n\n".join(lines), "docx")


def blanks(paper: Paper, rng: Random) -> Reading:
    """Kinds spelt out with blanks, blanks doubled, no-break blanks, blanks in front."""
    spelt = replace(paper, printed="  ".join(" ".join(word) for word in paper.printed.split()))
    text = _text(_lines(spelt, [*_left(spelt), *_right(spelt)], width=70))
    return _reading(damage.blanks(text, rng), "docx")


def no_head(paper: Paper, rng: Random) -> Reading:
    """Nothing above the title: a draft, or a table that goes with another paper."""
    return _reading(
        _text(
            [
                *([paper.form] if paper.form else []),
                *_title(paper, 70),
                *paper.body,
                *_table(paper),
                *_foot(paper, "\t"),
            ]
        ),
        "docx",
    )


def _plain(paper: Paper) -> str:
    return _text(_lines(paper, [*_left(paper), *_right(paper)], width=66))


def state_form(paper: Paper, rng: Random) -> Reading:
    """The head of state papers, the number in the state order, over a party paper."""
    return _reading(_text(_lines(paper, _rows(_left(paper, RULE), _right(paper), "\t"), width=64, foot="\t")), "docx")


def nfd(paper: Paper, rng: Random) -> Reading:
    """Letters and accents apart, as some Macs and PDFs have it."""
    return _reading(damage.nfd(_plain(paper)))


def no_accents(paper: Paper, rng: Random) -> Reading:
    """Typed without accents."""
    return _reading(damage.no_accents(_plain(paper)), "docx")


def tcvn3(paper: Paper, rng: Random) -> Reading:
    """Typed with a TCVN3 font, the capitals by a font of capitals: they come out as small letters."""
    return _read(damage.tcvn3(_plain(paper), rng).encode(), ".txt")


def vni(paper: Paper, rng: Random) -> Reading:
    """Typed with a VNI font."""
    return _read(damage.vni(_plain(paper)).encode(), ".txt")


def ocr(paper: Paper, rng: Random) -> Reading:
    """A scan, one letter in twenty misread."""
    return _reading(damage.misread(_plain(paper), rng, 0.05), "pdf", Source.OCR, confidence=0.8)


def ocr_rows(paper: Paper, rng: Random) -> Reading:
    """A scan whose columns ran together, one letter in thirty misread."""
    text = _text(_lines(paper, _rows(_left(paper), _right(paper), " "), width=60, foot=" "))
    return _reading(damage.misread(text, rng, 0.033), "pdf", Source.OCR, confidence=0.85)


LAYOUTS: tuple[Callable[[Paper, Random], Reading], ...] = (
    docx_table, docx_rows, docx_tabs, docx_breaks, html_page, txt_blanks, plain_lines, date_below_title, right_first,
    pdf_of_word, pdf_wide, letterhead, incoming_stamp, small_caps, annex, cover, long_title, capital_title, narrow,
    blanks, no_head, state_form, nfd, no_accents, tcvn3, vni, ocr, ocr_rows,
)  # fmt: skip
NOISY = frozenset({"ocr", "ocr_rows"})
