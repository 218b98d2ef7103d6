from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.i18n import use_language
from archive.records import Campaign, Finding, KnownDocument, Unit
from tests.validators.between.papers import CAMPAIGN, CELL, PACK
from validators.between.table import compare
from validators.unit_names import NameIndex

Compare = Callable[..., list[Finding]]


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


@pytest.fixture
def found() -> Compare:
    """The findings between papers of one unit."""

    def run(*papers: KnownDocument, unit: Unit = CELL, campaign: Campaign = CAMPAIGN) -> list[Finding]:
        return list(compare(unit, papers, campaign.year, PACK, NameIndex(campaign, PACK)))

    return run


@pytest.fixture
def codes(found: Compare) -> Callable[..., list[str]]:
    """Their codes."""
    return lambda *papers, **more: [finding.code for finding in found(*papers, **more)]
