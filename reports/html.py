"""Pages as HTML: one self-contained file each, no script, nothing fetched from anywhere.

Django's template engine runs on its own here, so pages are rendered with and without Django's settings. The style
sheet is named by its hash in the page's Content-Security-Policy: nothing else on the page can style, load or run.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from django.template import Context, Engine, Template

from reports.names import harmless
from reports.pages import Page, ReceiptPage, RootPage, UnitPage

_HERE = Path(__file__).parent / "templates"
_TEMPLATES: dict[type[Page], str] = {UnitPage: "unit.html", RootPage: "root.html", ReceiptPage: "receipt.html"}


@cache
def engine() -> Engine:
    """The template engine, with compiled templates kept."""
    return Engine(dirs=[str(_HERE)], autoescape=True, libraries={}, builtins=["reports.tags"])


@cache
def _style() -> tuple[str, str]:
    css = _lines((_HERE / "style.css").read_text(encoding="utf-8"))
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return css, f"sha256-{digest}"


@cache
def _template(name: str) -> Template:
    return engine().get_template(name)


def render(page: UnitPage | RootPage | ReceiptPage) -> bytes:
    """A page as the bytes of an HTML file, UTF-8."""
    css, digest = _style()
    context = Context({"page": page, "css": css, "css_digest": digest}, autoescape=True)
    text: str = _template(_TEMPLATES[type(page)]).render(context)
    return (_lines(harmless(text)) + "\n").encode()


def _lines(text: str) -> str:
    """Without indentation and empty lines: half the bytes of a page. The style sheet goes through it before it is
    hashed, so that its hash holds for the page as written."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)
