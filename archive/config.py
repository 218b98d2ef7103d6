"""The settings of one home: defaults, then `hoso.toml`, then `HOSO_*` in the environment; flags come from the command.

`SETTINGS` is the one table of what may be set. An unknown key is an error that names the line and the nearest key, so
that a slip never silently leaves a default in force.
"""

from __future__ import annotations

import difflib
import math
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.errors import BadConfiguration, in_words
from archive.i18n import LANGUAGES
from archive.i18n import gettext as _
from archive.readers.limits import ReadingLimits


@dataclass(frozen=True, slots=True)
class Config:
    """Where things are and how long things take; times in seconds. Made once by `load` and passed on."""

    home: Path
    inbox: Path
    settle_seconds: float = 5.0
    network_settle_seconds: float = 30.0
    scan_seconds: float = 10.0
    incomplete_after: float = 1800.0
    workers: int = 2
    language: str = "vi"
    engine: str = "whoosh"
    reading: ReadingLimits = field(default_factory=ReadingLimits)

    @property
    def blobs(self) -> Path:
        """Every byte that ever came, by digest."""
        return self.home / "blobs"

    @property
    def claim(self) -> Path:
        """Files taken out of the share and not yet filed."""
        return self.home / "claim"

    @property
    def index(self) -> Path:
        """The search index; disposable."""
        return self.home / "index"

    @property
    def log(self) -> Path:
        """Log files."""
        return self.home / "log"

    @property
    def catalogue(self) -> Path:
        """The database; the truth."""
        return self.home / "catalogue.sqlite3"

    @property
    def audit_head(self) -> Path:
        """The head of the audit chain, outside the database."""
        return self.home / "audit.head"


def default_home() -> Path:
    """The platform's user data directory for hoso."""
    import platformdirs  # only who names no home pays for it

    return Path(platformdirs.user_data_dir("hoso", appauthor=False))


_UNITS = {"": 1, "s": 1, "giây": 1, "m": 60, "min": 60, "minute": 60, "minutes": 60, "phút": 60, "h": 3600, "giờ": 3600}


def _seconds(value: Any) -> float:
    """A span of time: a number of seconds, or text such as "30 min" or "30 phút"."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = float(value)
    else:
        match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(\w*)\s*", str(value))
        if not match or match[2].lower() not in _UNITS:
            raise ValueError(_("a number of seconds, or text such as '30 min'"))
        number = float(match[1]) * _UNITS[match[2].lower()]
    if not 0 <= number < math.inf:
        raise ValueError(_("a number that is not negative"))
    return number


def _some_seconds(value: Any) -> float:
    """A span of time that may not be none: the scan would never rest, and a reader have no limit."""
    number = _seconds(value)
    if number < 1:
        raise ValueError(_("at least one second"))
    return number


def _count(value: Any) -> int:
    if isinstance(value, bool) or not re.fullmatch(r"[1-9]\d*", str(value)):
        raise ValueError(_("a whole number from 1 on"))
    return int(value)


def _path(value: Any) -> Path:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(_("a folder's path in quotes"))
    return Path(value).expanduser()


def _one_of(*allowed: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if value not in allowed:
            raise ValueError(_("one of {allowed}").format(allowed=", ".join(allowed)))
        return str(value)

    return check


SETTINGS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "language": ("language", _one_of(*LANGUAGES)),
    "inbox.path": ("inbox", _path),
    "inbox.settle": ("settle_seconds", _seconds),
    "inbox.network_settle": ("network_settle_seconds", _seconds),
    "inbox.scan_every": ("scan_seconds", _some_seconds),
    "inbox.incomplete_after": ("incomplete_after", _seconds),
    "reading.workers": ("workers", _count),
    "reading.memory_mb": ("reading.memory_mb", _count),
    "reading.seconds": ("reading.seconds", _some_seconds),
    "reading.seconds_per_page": ("reading.seconds_per_page", _seconds),
    "reading.cpu_seconds": ("reading.cpu_seconds", _count),
    "reading.pages": ("reading.pages", _count),
    "reading.text_mb": ("reading.text_mb", _count),
    "reading.part_mb": ("reading.part_mb", _count),
    "reading.members": ("reading.members", _count),
    "reading.cells": ("reading.cells", _count),
    "reading.pixels_mp": ("reading.pixels_mp", _count),
    "reading.ocr_dpi": ("reading.ocr_dpi", _count),
    "reading.ocr_pages": ("reading.ocr_pages", _count),
    "reading.ocr_seconds": ("reading.ocr_seconds", _some_seconds),
    "reading.bundle_mb": ("reading.bundle_mb", _count),
    "reading.bundle_members": ("reading.bundle_members", _count),
    "reading.bundle_ratio": ("reading.bundle_ratio", _count),
    "reading.bundle_depth": ("reading.bundle_depth", _count),
    "search.engine": ("engine", _one_of("whoosh", "tantivy")),
}


def load(home: Path, environment: Mapping[str, str] | None = None) -> Config:
    """The settings of this home. Raises BadConfiguration with file, line and the nearest right word."""
    environment = os.environ if environment is None else environment
    path = home / "hoso.toml"
    values: dict[str, Any] = {}
    if path.is_file():
        text = _read(path)
        for key, value in _flat(_parse(path, text)).items():
            values[key] = _checked(key, value, f"{path}:{_line(text, key)}")
    for key in SETTINGS:
        name = "HOSO_" + key.replace(".", "_").upper()
        if name in environment:
            values[key] = _checked(key, environment[name], name)
    return _config(home, values)


def _config(home: Path, values: dict[str, Any]) -> Config:
    plain = {SETTINGS[key][0]: value for key, value in values.items()}
    limits = {name.removeprefix("reading."): plain.pop(name) for name in list(plain) if name.startswith("reading.")}
    inbox = plain.pop("inbox", None)
    return Config(home=home, inbox=home / inbox if inbox else home / "inbox", reading=ReadingLimits(**limits), **plain)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadConfiguration(_("{path} cannot be read: {error}").format(path=path, error=in_words(error))) from error


def _parse(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        where = f"{path}:{line[1] if line else len(text.splitlines())}"
        raise BadConfiguration(f"{where}: {error}", _("Mend this line; nothing was changed.")) from error


def _flat(data: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in data.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = value
    return flat


def _line(text: str, key: str) -> int:
    """The line on which a key is set: the last part of its name, below its table where it has one."""
    table, _dot, name = key.rpartition(".")
    lines = text.splitlines()
    start = next((n for n, line in enumerate(lines) if line.strip() == f"[{table}]"), 0)
    for number, line in enumerate(lines[start:], start=start + 1):
        if re.match(rf"\s*(?:{re.escape(key)}|{re.escape(name)})\s*=", line):
            return number
    return 1


def _checked(key: str, value: Any, where: str) -> Any:
    if key not in SETTINGS:
        near = difflib.get_close_matches(key, SETTINGS, n=1, cutoff=0.0)[0]
        raise BadConfiguration(
            _("{where}: unknown setting '{key}'; did you mean '{near}'?").format(where=where, key=key, near=near),
            _("Known settings: {known}").format(known=", ".join(SETTINGS)),
        )
    try:
        return SETTINGS[key][1](value)
    except ValueError as error:
        raise BadConfiguration(
            _("{where}: '{key}' must be {wanted}, not {value!r}").format(
                where=where, key=key, wanted=error, value=value
            ),
            _("Mend this line; nothing was changed."),
        ) from error
