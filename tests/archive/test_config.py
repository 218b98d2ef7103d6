"""hoso.toml: defaults, precedence, and errors that name file, line and the nearest right word."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from archive.config import SETTINGS, load
from archive.errors import BadConfiguration
from archive.home import EXAMPLE
from archive.readers.limits import ReadingLimits


def write(home: Path, text: str) -> Path:
    home.mkdir(exist_ok=True)
    (home / "hoso.toml").write_text(text, encoding="utf-8")
    return home


def test_defaults_when_there_is_no_file(tmp_path: Path) -> None:
    config = load(tmp_path, {})
    assert config.inbox == tmp_path / "inbox"
    assert (config.settle_seconds, config.network_settle_seconds, config.incomplete_after) == (5, 30, 1800)


def test_the_file_is_above_the_defaults_and_the_environment_above_the_file(tmp_path: Path) -> None:
    home = write(tmp_path, '[inbox]\npath = "/srv/chung"\nsettle = 8\nincomplete_after = "10 phút"\n')
    config = load(home, {"HOSO_INBOX_SETTLE": "2"})
    assert (config.inbox, config.settle_seconds, config.incomplete_after) == (Path("/srv/chung"), 2, 600)


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ('[inbox]\n\npathh = "x"\n', 3, "inbox.path"),
        ("[inbox]\nsettle = -1\n", 2, "inbox.settle"),
        ("[inbox]\nsettle = 'soon'\n", 2, "inbox.settle"),
        ("[inbox]\nsettle = nan\n", 2, "inbox.settle"),
        ("[inbox]\nsettle = inf\n", 2, "inbox.settle"),
        ("[inbox]\nscan_every = 0\n", 2, "inbox.scan_every"),
        ("[reading]\nseconds = 0\n", 2, "reading.seconds"),
        ("[reading]\nworkers = 0\n", 2, "reading.workers"),
        ('language = "fr"\n', 1, "language"),
        ("[inbox\n", 1, "hoso.toml"),
    ],
)
def test_a_slip_names_the_line_and_the_right_word(tmp_path: Path, text: str, line: int, word: str) -> None:
    with pytest.raises(BadConfiguration) as caught:
        load(write(tmp_path, text), {})
    assert f"hoso.toml:{line}" in caught.value.message
    assert word in caught.value.message


def test_a_bad_value_in_the_environment_names_the_variable(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match="HOSO_INBOX_SETTLE"):
        load(tmp_path, {"HOSO_INBOX_SETTLE": "a while"})


def test_the_example_shows_the_defaults_truly(tmp_path: Path) -> None:
    """Every line of the example, switched on, is a known setting with its default value."""
    lines = [line.removeprefix("# ") if " = " in line else line for line in EXAMPLE.splitlines()]
    config = load(write(tmp_path, "\n".join(lines[1:])), {})
    assert config == load(tmp_path / "without", {}).__class__(home=tmp_path, inbox=tmp_path / "inbox")


def test_every_setting_is_documented() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
    assert [key for key in SETTINGS if f"`{key}`" not in page] == []


def test_every_limit_of_reading_can_be_set_and_its_default_is_told() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
    for field in fields(ReadingLimits):
        assert f"reading.{field.name}" in SETTINGS
        assert f"| `reading.{field.name}` | `{field.default:g}` |".replace("2e+06", "2000000") in page
