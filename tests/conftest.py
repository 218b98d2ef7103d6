"""What all tests share: the Django project is set up once, and every test has a home of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

os.environ["DJANGO_SETTINGS_MODULE"] = "web.settings"

import django

django.setup()

from archive import database
from archive.config import Config
from archive.home import create
from archive.i18n import use_language

# The same examples in each run: a red run is the doing of the change. To look for others: --hypothesis-profile=default
settings.register_profile("same", derandomize=True)
settings.load_profile("same")

SAMPLES = Path(__file__).resolve().parents[1] / ".." / "shared" / "samples"


@pytest.fixture(autouse=True)
def _no_home_of_ours(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that forgets to name a home must not find the tester's own archive."""
    monkeypatch.setenv("HOSO_HOME", str(tmp_path_factory.getbasetemp() / "nobody's home"))
    monkeypatch.setenv("HOSO_LANG", "vi")


@pytest.fixture(autouse=True)
def _vietnamese() -> None:
    """Whatever language a test asks for, the next one begins anew."""
    use_language("vi")


@pytest.fixture
def config(tmp_path: Path) -> Iterator[Config]:
    """A fresh home with its catalogue open."""
    made, _new = create(tmp_path / "home")
    yield made
    database.close()


@pytest.fixture(scope="session")
def samples() -> Path:
    """The shared samples beside the checkout; tests that need them are skipped where there are none."""
    if not SAMPLES.is_dir():
        pytest.skip("no ../shared/samples beside this checkout")
    return SAMPLES.resolve()
