"""The plain texts: for an old Notepad, and with the same numbers as the pages."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from reports import text
from reports.mending import note_pages
from reports.pages import NotePage, Page, RootPage, UnitPage
from reports.table import RENDERERS, render

from .conftest import EVIL


@pytest.fixture
def notes(unit_page: UnitPage, root_page: RootPage) -> tuple[NotePage, ...]:
    return note_pages("Chi bộ Văn phòng", (*unit_page.to_mend, *root_page.strays))


def lines(content: bytes) -> list[str]:
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    return content.decode("utf-8-sig").removesuffix("\r\n").split("\r\n")


def flat(content: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(lines(content)))


def test_lines_are_short_and_end_as_windows_wants(
    unit_page: UnitPage, root_page: RootPage, notes: tuple[NotePage, ...]
) -> None:
    pages: list[Page] = [unit_page, root_page, *notes]
    for page in pages:
        for line in lines(render(page, "text")):
            assert len(line) <= text.WIDTH
            assert line == line.rstrip()


def test_a_unit_reads_what_is_missing_and_apart_what_is_unsure(unit_page: UnitPage) -> None:
    content = flat(render(unit_page, "text"))
    order = [
        "MISSING PAPERS", "Chi bộ Văn phòng", "Visit: 20/12/2021, Đoàn Kiểm tra số 3",
        "To be sent beforehand by: 17/12/2021 (3 day(s) left)", "As of 14/12/2021: 2 item(s) are missing",
        "TO BE SENT BEFORE THE VISIT", "1. Báo cáo tổng kết năm", "Nearly right: BC TK nam 2020.docx – là báo cáo",
        "To do: Nộp báo cáo tổng kết năm 2021.", "TO BE SHOWN AT THE VISIT", "2. Biên bản sinh hoạt chi bộ",
        "10 of 12 present", "Due 20/12/2021, 6 day(s) left", "Still missing: tháng 8, tháng 11",
        "NOT CERTAIN YET", "1. Báo cáo kiểm tra, giám sát", "FILES TO MEND", "BC KTGS.pdf",
    ]  # fmt: skip
    at = [content.index(words) for words in order]
    assert at == sorted(at)
    assert "tự chấm điểm" not in content


def test_numbers_are_the_same_in_html_and_text(unit_page: UnitPage, root_page: RootPage) -> None:
    page, plain = render(unit_page, "html").decode(), flat(render(unit_page, "text"))
    for words in ("2 item(s) are missing, 1 of them", "3 day(s) left", "6 day(s) left", "10 of 12 present"):
        assert words.lower() in page.lower()
        assert words.lower() in plain.lower()
    assert len(re.findall(r" \d\. [A-ZĐ]", plain)) == len(re.findall('<span class="n">', page)) == 3
    overview, all_plain = render(root_page, "html").decode(), flat(render(root_page, "text"))
    assert "3 of 5 units" in all_plain
    for line in root_page.lines:
        assert f"<b>{line.head.missing}</b>" in overview
        assert (line.head.name in all_plain) == bool(line.missing or line.unsure)


def test_when_nothing_is_missing_it_says_so(unit_page: UnitPage, root_page: RootPage) -> None:
    head = replace(unit_page.head, missing=0, unsure=0, missing_before=0)
    done = replace(unit_page, head=head, missing=(), unsure=(), to_mend=())
    content = flat(render(done, "text"))
    assert "The dossier is complete." in content
    assert "Nothing is missing." in content
    rest = replace(root_page, lines=tuple(line for line in root_page.lines if not line.head.total), strays=())
    assert "Nothing is missing." in flat(render(rest, "text"))


def test_the_root_lists_titles_and_stray_files(root_page: RootPage) -> None:
    content = flat(render(root_page, "text"))
    assert "- Biên bản sinh hoạt chi bộ (tháng 8, tháng 11), due 20/12/2021" in content
    assert "? Báo cáo kiểm tra, giám sát, due 17/12/2021" in content
    assert "FILES IN NO UNIT'S FOLDER" in content
    assert "Perhaps cb-van-phong was meant (Chi bộ Văn phòng)?" in content


def test_a_note_says_what_why_and_what_to_do(notes: tuple[NotePage, ...]) -> None:
    content = flat(render(notes[0], "text"))
    order = [
        "THIS FILE NEEDS YOU",
        "BC KTGS.pdf",
        "WHAT IS WRONG",
        "password",
        "WHY IT MATTERS",
        "WHAT TO DO",
        "1.",
        "3.",
    ]
    at = [content.index(words) for words in order]
    assert at == sorted(at)


def test_hidden_characters_cannot_forge_lines(unit_page: UnitPage) -> None:
    mend = replace(unit_page.to_mend[0], path="a\r\nTHE DOSSIER IS COMPLETE\u202e\x1b.pdf")
    content = lines(render(replace(unit_page, to_mend=(mend,)), "text"))
    assert "THE DOSSIER IS COMPLETE" not in [line.strip() for line in content]
    assert not any(char in "".join(content) for char in "\u202e\x1b")


def test_we_know_our_own_notes_and_only_those(notes: tuple[NotePage, ...]) -> None:
    for note in notes:
        content = render(note, "text")
        digest = "-" if note.mend.secret else note.mend.sha256
        assert text.seal_of(content) == (note.mend.key, digest)
        assert text.seal_of(content + b"thanks\r\n") is None
        assert text.seal_of(content.replace(b"WHAT", b"what")) is None
        assert text.seal_of(content.replace(note.mend.key.encode(), b"other")) is None
    assert text.seal_of(b"") is None
    assert text.seal_of(b"hoso-note x " + b"0" * 16) is None


def test_a_note_of_an_evil_file_still_names_it(notes: tuple[NotePage, ...]) -> None:
    evil = next(note for note in notes if EVIL in note.mend.path)
    assert EVIL.replace(" ", "") in "".join(lines(render(evil, "text"))).replace(" ", "")


def test_every_page_has_its_formats() -> None:
    assert {(page.__name__, form) for page, form in RENDERERS} == {
        ("UnitPage", "html"), ("UnitPage", "text"), ("RootPage", "html"), ("RootPage", "text"),
        ("ReceiptPage", "html"), ("NotePage", "text"),
    }  # fmt: skip
