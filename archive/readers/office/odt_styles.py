"""The styles of an OpenDocument text as far as they change what is read: font, hidden, page break."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_DEEPEST = 50  # parents of parents; a ring of styles must end somewhere


@dataclass(slots=True)
class Style:
    """One style; None = what its parent says."""

    parent: str = ""
    font: str | None = None
    hidden: bool | None = None
    breaks_before: bool = False
    breaks_after: bool = False


@dataclass(slots=True)
class Styles:
    """Styles by (family, name); the name "" is the family's default."""

    by_name: dict[tuple[str, str], Style] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)  # declared name -> real name
    _open: Style | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element of the styles opens; `attributes` by local name."""
        if name == "font-face":
            self.fonts[attributes.get("name", "")] = attributes.get("font-family", "").strip("'\" ")
        elif name in ("style", "default-style"):
            self._open = Style(attributes.get("parent-style-name", ""), breaks_before=_new_page_style(attributes))
            named = attributes.get("name", "") if name == "style" else ""
            self.by_name[attributes.get("family", ""), named] = self._open
        elif self._open is not None and name == "text-properties":
            self._open.font = attributes.get("font-name") or attributes.get("font-family") or self._open.font
            if "display" in attributes:
                self._open.hidden = attributes["display"] == "none"
        elif self._open is not None and name in ("paragraph-properties", "table-properties", "section-properties"):
            self._open.breaks_before |= attributes.get("break-before") == "page"
            self._open.breaks_after |= attributes.get("break-after") == "page"

    def end(self, name: str) -> None:
        """An element of the styles closes."""
        if name in ("style", "default-style"):
            self._open = None

    def font(self, family: str, name: str) -> str | None:
        """The real name of the font that a style sets, itself or by its parents; None when none does."""
        font = next((style.font for style in self._line(family, name) if style.font is not None), None)
        return None if font is None else self.fonts.get(font, font).strip("'\" ")

    def hidden(self, family: str, name: str) -> bool | None:
        """Whether a style hides its text; None when it does not say."""
        return next((style.hidden for style in self._line(family, name) if style.hidden is not None), None)

    def breaks(self, family: str, name: str) -> tuple[bool, bool]:
        """Whether a page ends before and after what has this style; common styles of headings may say so as well."""
        line = self._line(family, name)
        return any(style.breaks_before for style in line), any(style.breaks_after for style in line)

    def _line(self, family: str, name: str) -> list[Style]:
        found: list[Style] = []
        style = self.by_name.get((family, name))
        while style is not None and len(found) < _DEEPEST:
            found.append(style)
            style = self.by_name.get((family, style.parent)) if style.parent else None
        default = self.by_name.get((family, ""))
        return [*found, default] if default else found


def _new_page_style(attributes: Mapping[str, str]) -> bool:
    return bool(attributes.get("master-page-name"))
