"""Which page can be had in which format: the one place to add a renderer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reports import html, text
from reports.pages import NotePage, Page, ReceiptPage, RootPage, UnitPage

RENDERERS: dict[tuple[type[Page], str], Callable[[Any], bytes]] = {
    (UnitPage, "html"): html.render,
    (UnitPage, "text"): text.missing_of_unit,
    (RootPage, "html"): html.render,
    (RootPage, "text"): text.missing_of_all,
    (ReceiptPage, "html"): html.render,
    (NotePage, "text"): text.note,
}


def render(page: Page, form: str) -> bytes:
    """A page in a format ("html" or "text") as the bytes of its file. Raises KeyError where there is no such pair."""
    return RENDERERS[type(page), form](page)
