"""The pages as files: self-contained, harmless whatever the names, and telling everything."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.template import Context, Engine

from archive.records import Campaign, Outcome, Signature
from reports import html
from reports.mending import receipt_page
from reports.pages import ReceiptPage, RootPage, UnitPage

from .conftest import EVIL, receipt

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "reports" / "templates"
VOID = {"meta", "rect", "br", "path"}


@pytest.fixture
def receipt_pages(campaign: Campaign) -> list[ReceiptPage]:
    evil = f"cb-van-phong/{EVIL}"
    return [
        receipt_page(receipt("r", evil, outcome=outcome, reason=reason), campaign=campaign, audit_head="9 <head>")
        for outcome, reason in (
            (Outcome.FILED, None),
            (Outcome.DUPLICATE, None),
            (Outcome.QUARANTINED, "secret-mark"),
            (Outcome.QUARANTINED, "<b>odd</b>"),
        )
    ]


@pytest.fixture
def rendered(unit_page: UnitPage, root_page: RootPage, receipt_pages: list[ReceiptPage]) -> list[str]:
    return [html.render(page).decode() for page in (unit_page, root_page, *receipt_pages)]


class Outline(HTMLParser):
    """Collects tags and text, and checks that every tag is closed in its turn."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_hostile_names_stay_text_on_every_page(rendered: list[str]) -> None:
    for page in rendered:
        outline = Outline(page)
        assert outline.open == []
        assert EVIL in "".join(outline.text)
        tags = {tag for tag, _attributes in outline.tags}
        assert not tags & {"img", "script", "iframe", "object", "embed", "form", "input", "link", "b7"}
        assert all(not name.startswith("on") for _tag, attributes in outline.tags for name in attributes)
        assert "&amp;quot;" not in page
        assert "&amp;lt;" not in page


def test_nothing_is_fetched_from_anywhere(rendered: list[str]) -> None:
    for page in rendered:
        assert not re.search(
            r"https?:|//|@import|url\((?!#hatch)|src=(?!x onerror)", page.replace("<!doctype html>", "")
        )
        for tag, attributes in Outline(page).tags:
            assert "style" not in attributes
            href = attributes.get("href") or "#"
            assert href.startswith("#") or re.fullmatch(r"[\w./%-]+_TINH-TRANG\.html", href), (tag, href)


def test_the_policy_allows_the_style_sheet_and_nothing_else(rendered: list[str]) -> None:
    for page in rendered:
        style = re.search("<style>(.*?)</style>", page, re.DOTALL)
        policy = re.search('http-equiv="Content-Security-Policy" content="([^"]*)"', page)
        assert style
        assert policy
        digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
        assert policy[1].split(";")[:2] == ["default-src 'none'", f" style-src 'sha256-{digest}'"]
        assert page.index("<meta charset=") < page.index("<title>")


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", " ".join(Outline(page).text))


def test_a_unit_reads_what_is_missing_first(unit_page: UnitPage) -> None:
    page = html.render(unit_page).decode()
    order = [page.index(f'id="{part}"') for part in ("thieu", "chua-ro", "can-sua", "cho", "danh-muc", "da-nhan")]
    assert order == sorted(order)
    text = text_of(page)
    for words in (
        "2 item(s) are missing, 1 of them to be sent before the visit.", "3 day(s) left", "17/12/2021", "20/12/2021",
        "Đoàn Kiểm tra số 3", "40–60 %", "33,3–66,7 %", "tháng 8, tháng 11", "Nộp báo cáo tổng kết năm 2021.",
        "Present, handed in late", "Does not apply", "Waived: Đang kiện toàn (Văn phòng)", "Missing (10 of 12)",
        "locked by a password", "Bears a secrecy mark; kept apart", "1 older version(s)", "Không thấy chữ ký.",
        "(page 2)", "still being copied", "a link; copy the file itself here",
        "held since 06/12/2021 08:05 as “BC TK nam 2020.docx”",
        "newest file 13/12/2021 14:05", "abababababab",
    ):  # fmt: skip
        assert words.lower() in text.lower(), words
    assert "99-CV/CB" not in page


def test_digital_signatures_are_shown_with_the_file(unit_page: UnitPage) -> None:
    signed = Signature("<b>An</b>", "2021-12-15T08:00:00+07:00", True, True)
    received = next(each for each in unit_page.received if not each.secret)
    page = html.render(replace(unit_page, received=(replace(received, signatures=(signed,)),))).decode()
    assert "Digital signature: &lt;b&gt;An&lt;/b&gt;, 15/12/2021, intact, certificate not verified" in page


def test_the_bar_is_as_long_as_the_percentages(unit_page: UnitPage) -> None:
    bars = re.findall(r'<rect width="([\d.]+)%"', html.render(unit_page).decode())
    assert bars[:3] == ["100", "60.00", "40.00"]


def test_the_root_page_leads_to_every_unit(root_page: RootPage) -> None:
    page = html.render(root_page).decode()
    text = text_of(page)
    for line in root_page.lines:
        assert f'href="{line.head.href}"' in page
        assert line.head.name in text
    assert "Perhaps cb-van-phong was meant (Chi bộ Văn phòng)?" in text
    assert "No visit day yet" in text


def test_receipts_say_what_became_of_the_file(receipt_pages: list[ReceiptPage]) -> None:
    texts = [text_of(html.render(page).decode()) for page in receipt_pages]
    for text in texts:
        for words in (
            "Receipt 0042",
            "cdcdcdcdcdcd",
            "cd" * 32,
            "245,3 KB",
            "251.187 byte",
            "13/12/2021 14:05",
            "<head>",
        ):
            assert words in text
    assert "✓ Received" in texts[0]
    assert "✓ Already received" in texts[1]
    assert "! Received, needs attention" in texts[2]
    assert "secrecy mark" in texts[2]
    assert "(<b>odd</b>)" in texts[3]


def test_hidden_characters_are_made_visible(campaign: Campaign, unit_page: UnitPage) -> None:
    assert "có\ufffd mật khẩu" in html.render(unit_page).decode()
    path = b"cb-van-phong/gnp.\xe2\x80\xae\x1b[31m\xff.exe"
    page = html.render(receipt_page(receipt("r", path), campaign=campaign, audit_head="")).decode()
    assert "\u202e" not in page
    assert "\x1b" not in page
    assert "gnp.\ufffd\ufffd[31m\ufffd.exe" in page


def test_the_same_page_has_the_same_bytes(unit_page: UnitPage) -> None:
    assert html.render(unit_page) == html.render(unit_page)


def test_no_variable_of_a_template_is_misspelt(
    unit_page: UnitPage, root_page: RootPage, receipt_pages: list[ReceiptPage]
) -> None:
    strict = Engine(dirs=[str(TEMPLATES)], builtins=["reports.tags"], string_if_invalid="%MISSING%")
    for page, name in ((unit_page, "unit"), (root_page, "root"), (receipt_pages[2], "receipt")):
        context = Context({"page": page, "css": "", "css_digest": ""})
        assert "%MISSING%" not in strict.get_template(f"{name}.html").render(context)


RENDER = """
import sys
from datetime import date, datetime, timezone
if sys.argv[1:]:
    import django
    django.setup()
from reports.table import render
from reports.pages import *
moment = datetime(2021, 12, 13, 7, 5, tzinfo=timezone.utc)
receipt = ReceiptPage("f", 7, "id", "u", "Unit", "C", "n", "", moment, 12345, "ab" * 32, "filed", None, None, "h")
days = (date(2021, 12, 20), date(2021, 12, 17), 1234, 1237)
head = Head("u", "Unit", "chi-bo-co-so", "", *days, 1.5, 2.5, 1, 2, 3, 4, 5, 6, 7, 8)
root = RootPage(Rules("C", "p", "ab" * 32, date(2021, 12, 13), moment), (RootLine(head, (), ()),), (), (), ())
sys.stdout.buffer.write(render(receipt, "html") + render(root, "html"))
"""


def test_pages_are_the_same_with_and_without_the_settings_of_django() -> None:
    def run(*arguments: str) -> bytes:
        environment = {"DJANGO_SETTINGS_MODULE": "web.settings" if arguments else "", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", RENDER, *arguments]
        return subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True).stdout

    without = run()
    assert b"12.345" in without
    assert without == run("setup")


def messages(folder: Path) -> set[str]:
    return {
        found for path in folder.glob("*.html") for found in re.findall(r'\{% t "([^"]*)"', path.read_text("utf-8"))
    }


def test_every_message_of_the_templates_is_translated() -> None:
    with (ROOT / "archive" / "locale" / "vi" / "LC_MESSAGES" / "hoso.po").open("rb") as file:
        translated = {message.id for message in read_po(file) if message.string and not message.fuzzy}
    wanted = messages(TEMPLATES)
    assert len(wanted) > 50
    assert wanted - translated == set()


def test_pages_are_in_the_language_in_use(unit_page: UnitPage, monkeypatch: pytest.MonkeyPatch) -> None:
    words: dict[str, str] = {"Missing papers": "Còn <thiếu>", "en": "vi"}
    translate: Callable[[str], str] = lambda message: words.get(message, message)  # noqa: E731
    monkeypatch.setattr("reports.tags.gettext", translate)
    page = html.render(unit_page).decode()
    assert '<html lang="vi">' in page
    assert "Còn &lt;thiếu&gt;" in page
