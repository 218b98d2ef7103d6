import pytest

from archive.i18n import use_language


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")
